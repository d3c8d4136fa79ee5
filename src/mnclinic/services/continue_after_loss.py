"""Go on after log entries were lost for good: two people say so, and the log shows it for ever."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.names import fold
from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted, Problem, Refusal
from mnclinic.models import Staff
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role
from mnclinic.security.slots import Unlocked
from mnclinic.services.anchors import Fit, found_now, judge
from mnclinic.services.history import Found, Gap, Head, History, gap_act, gap_document, history_in, missing
from mnclinic.services.key_register import NOBODY_ELSE
from mnclinic.services.open_clinic import unconfirmed_recovery
from mnclinic.services.second_log_in import SecondPerson, second_log_in
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_tree import log_size_of, root_in
from mnclinic.store.log_writer import Scribe


@dataclass(frozen=True)
class Continued:
    """The clinic goes on. `lost` in words; `confirmed_by` a user name, None where there was nobody else."""

    lost: str
    confirmed_by: str | None


def continue_after_loss(
    clinic: OpenClinic, reason: str, second: SecondPerson | None, *, given: bytes | None = None
) -> Continued:
    """Enter that log entries are lost for good, in two people's names; the clinic can be written again.

    Both sign their own entry: whoever acts, and somebody else of the staff with their own user name and
    password. Where nobody else works here the entry says that. From now on the checkpoint chain goes on
    from this log, and every check calls it EXPLAINED and names the gap.

    Args:
        clinic: Open in the name of an administrator or the director.
        reason: What happened, in their own words.
        second: Who confirms it.
        given: A checkpoint off paper or out of a bundle that knows of what was lost, where that is not
            known from the folder or this PC.

    Raises:
        ActionRefused: nothing is missing as far as is known, or the log changed meanwhile.
        InvalidInput: there is no reason, or the checkpoint is damaged, unsigned or another clinic's.
        NotPermitted: the second person is missing, or may not confirm this.
        WrongCredentials, TooManyTries: theirs. StoreUnavailable and kin. Nothing was changed.
    """
    clinic.require(RoleAct.CONTINUE_AFTER_LOSS)
    if not reason.strip():
        what = "Say what happened to the entries that are missing."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("reason", what)])
    key_file = load_key_file(clinic.folder).keyfile
    with (
        second_log_in(clinic.folder, key_file, second, clock=clinic.clock) as confirming,
        clinic.work() as work,
    ):
        session = work.session
        _refuse_unless_confirmed(session, clinic, key_file, confirming)
        history = history_in(session)
        found = (*history.unresolved, *_of_given(session, clinic, history, given))
        if not found:
            raise ActionRefused(
                [
                    Refusal(
                        "nothing_lost",
                        "Nothing that is known speaks of more log entries than there are, so there is no "
                        "loss to go on after. Nothing was changed.",
                    )
                ]
            )
        head = work.log.head()
        gap = Gap(
            seq=head.size + 1,
            known=tuple(dict.fromkeys(one.known for one in found)),
            there=Head(head.size, head.root.hex()),
            shared=min(one.shared for one in found),
            by=clinic.person.staff_id,
            second=None if confirming is None else confirming.user_id,
        )
        document = gap_document(clinic.facts.vault, gap, reason.strip())
        work.log.record(gap_act(document, why=NOBODY_ELSE if confirming is None else None))
        if confirming is not None:
            person = session.get_one(Staff, confirming.user_id)
            by_second = Scribe(person.id, person.role, confirming.session.key_id, confirming.session.sign)
            work.log.record(gap_act(document, is_confirmation=True), scribe=by_second)
        note = work.log.cut_checkpoint()
        still_read_only = unconfirmed_recovery(session)
        work.commit()
    clinic.store.keep_head(note, over_newer=True)
    clinic.store.witness.is_suspended = False
    clinic.read_only = still_read_only
    return Continued(missing(gap.shared, gap.until), None if second is None else second.user)


def who_may_confirm_loss(session: Session, key_file: KeyFile, staff_id: str) -> tuple[Staff, ...]:
    """Who may be the second person beside the one with this staff id.

    Not an inspector, who does not work here; not another account of the same person; not somebody whose
    password was given to them by somebody else, who could be acting for both.
    """
    temporary = {slot.user_id for slot in key_file.users if slot.is_temporary}
    return tuple(one for one in _others(session, staff_id) if one.id not in temporary)


def _others(session: Session, staff_id: str) -> Iterator[Staff]:
    own = fold(session.get_one(Staff, staff_id).name)
    for one in session.scalars(select(Staff).where(Staff.is_active).order_by(Staff.name)):
        if one.id != staff_id and one.role != Role.INSPECTOR and fold(one.name) != own:
            yield one


def _refuse_unless_confirmed(
    session: Session, clinic: OpenClinic, key_file: KeyFile, confirming: Unlocked | None
) -> None:
    own = clinic.person.staff_id
    if confirming is None and not any(_others(session, own)):
        return
    may_confirm = who_may_confirm_loss(session, key_file, own)
    if confirming is None or confirming.user_id not in {one.id for one in may_confirm}:
        who = ", ".join(one.name for one in may_confirm) or "nobody until they chose a password of their own"
        why = (
            "A second person confirms that log entries are lost, with their own user name and password."
            if confirming is None
            else f"{confirming.user} cannot confirm this: not oneself, no inspector, and nobody with a "
            "temporary password."
        )
        raise NotPermitted(f"{why} Nothing was changed. Who may: {who}.")


def _of_given(
    session: Session, clinic: OpenClinic, history: History, given: bytes | None
) -> tuple[Found, ...]:
    if given is None:
        return ()
    connection = session.connection()
    size = log_size_of(connection)
    one = judge(
        given,
        "given",
        vault=clinic.facts.vault,
        public=clinic.installation_key.public,
        size=size,
        root_of=lambda at: root_in(connection, at),
    )
    if one.known is None:
        what = f"The checkpoint that was given cannot be used: {one.fit.value}."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("checkpoint", what)])
    if one.fit is Fit.HOLDS or history.is_answered(one.known):
        return ()
    return (found_now(session, one, history, size),)
