"""Go on after log entries were lost for good: two people say so, and the log shows it for ever."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.names import fold
from mnclinic.domain.person_details import text_of
from mnclinic.errors import ActionRefused, ClinicReadOnly, InvalidInput, NotPermitted, Problem, Refusal
from mnclinic.models import Staff
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.slots import Unlocked
from mnclinic.services.anchors import Fit, found_now, judge
from mnclinic.services.database_form import hold_against_schema
from mnclinic.services.history import Found, Gap, Head, History, gap_act, gap_document, history_in, missing
from mnclinic.services.installation_standing import NOT_THE_CLINICS, public_of_clinic
from mnclinic.services.key_register import NOBODY_ELSE
from mnclinic.services.open_clinic import unconfirmed_recovery
from mnclinic.services.second_log_in import SecondPerson, second_log_in
from mnclinic.services.second_person import could_confirm_loss, may_confirm_loss
from mnclinic.services.second_person_rows import hands_in, refuse_unregistered_log_in
from mnclinic.services.session import OpenClinic
from mnclinic.store.head_file import read_head
from mnclinic.store.log_tree import log_size_of, root_in
from mnclinic.store.log_writer import Scribe
from mnclinic.store.trouble import told_plainly

MOST_LOST = 1_000_000
"""More entries than a clinic makes in years are not lost between two backups."""


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
    password, which did not come through the same hands. Where there is nobody like that the entry says so.
    From now on the checkpoint chain goes on from this log, and every check calls it EXPLAINED and names
    the gap.

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
    reason = text_of(reason)
    if not reason:
        what = "Say what happened to the entries that are missing."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("reason", what)])
    with clinic.store.reading() as session:
        if public_of_clinic(session) != clinic.installation_key.public:
            # Nothing that it signs would be this clinic's.
            raise ClinicReadOnly(NOT_THE_CLINICS)
    with told_plainly():
        head_there = read_head(clinic.folder)
    key_file = load_key_file(clinic.folder).keyfile
    with (
        second_log_in(clinic.folder, key_file, second, clock=clinic.clock) as confirming,
        clinic.work() as work,
    ):
        session = work.session
        _refuse_unless_confirmed(session, clinic, confirming)
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
        document = gap_document(clinic.facts.vault, gap, reason)
        work.log.record(gap_act(document, why=NOBODY_ELSE if confirming is None else None))
        if confirming is not None:
            person = session.get_one(Staff, confirming.user_id)
            by_second = Scribe(person.id, person.role, confirming.session.key_id, confirming.session.sign)
            work.log.record(gap_act(document, is_confirmation=True), scribe=by_second)
        note = work.log.cut_checkpoint()
        still_read_only = unconfirmed_recovery(session)
        work.commit()
    clinic.store.witness.is_suspended = False
    clinic.store.keep_head(note, over_newer=True, seen=head_there)
    clinic.read_only = still_read_only
    hold_against_schema(clinic)
    return Continued(missing(gap.shared, gap.until), None if second is None else second.user)


def _others(session: Session, staff_id: str, among: Collection[str]) -> tuple[Staff, ...]:
    own = fold(session.get_one(Staff, staff_id).name)
    return tuple(
        one
        for one in session.scalars(select(Staff).where(Staff.is_active).order_by(Staff.name))
        if one.id in among and fold(one.name) != own
    )


def _refuse_unless_confirmed(session: Session, clinic: OpenClinic, confirming: Unlocked | None) -> None:
    own = clinic.person.staff_id
    hands = hands_in(session)
    # Whoever has yet to choose a password is waited for; whose passwords all came from one hand are not,
    # because that would leave the clinic closed for good. The entry then says that there was nobody else.
    could_confirm = _others(session, own, could_confirm_loss(hands, own))
    if confirming is None and not could_confirm:
        return
    may_confirm = _others(session, own, may_confirm_loss(hands, own))
    if confirming is None or confirming.user_id not in {one.id for one in may_confirm}:
        later = ", ".join(one.name for one in could_confirm)
        who = ", ".join(one.name for one in may_confirm) or (
            f"nobody until they chose a password of their own: {later}"
            if later
            else "nobody; go on without a second person, and the log says so"
        )
        why = (
            "A second person confirms that log entries are lost, with their own user name and password."
            if confirming is None
            else f"{confirming.user} cannot confirm this: not oneself, no inspector, nobody with a "
            "temporary password, nor anybody whose password went through the same hands as yours."
        )
        raise NotPermitted(f"{why} Nothing was changed. Who may: {who}.")
    refuse_unregistered_log_in(session, confirming)


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
    if one.known.size > size + MOST_LOST:
        what = f"The checkpoint that was given knows of {one.known.size} entries; so many were never here."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("checkpoint", what)])
    if one.fit is Fit.HOLDS or history.is_answered(one.known):
        return ()
    return (found_now(session, one, history, size),)
