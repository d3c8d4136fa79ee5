"""What a person ought to know or do about the clinic itself, for Today."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mnclinic.domain.follow_up import ContactState
from mnclinic.domain.instants import now_here, read_instant, zone_of
from mnclinic.domain.plain_days import plain_day, plain_moment
from mnclinic.errors import ILL_WRITTEN
from mnclinic.models import (
    ApprovedDocument,
    KeyRevocation,
    LogEntry,
    RecoveryOpening,
    RecoverySheet,
    RegisteredKey,
    Staff,
    instant_text,
)
from mnclinic.security.keyfile import UserSlot
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.backup_plan import OWN_DISK, backup_notices
from mnclinic.services.effective_days import force_on
from mnclinic.services.key_file_put_back import key_file_put_back, what_happened
from mnclinic.services.key_standing import unconfirmed_in_force
from mnclinic.services.keys.own_keys_anew import KEYS_RENEWED
from mnclinic.services.late_entries import FAILED_LOG_IN
from mnclinic.services.left_unsigned import left_unsigned
from mnclinic.services.list_events import open_in
from mnclinic.services.list_follow_ups import follow_ups_in
from mnclinic.services.open_clinic import READ_ONLY_FOLDER, READ_ONLY_FULL
from mnclinic.services.open_recalls import OpenRecall, open_recalls_in
from mnclinic.services.policy_notices import asked_of_the_clinic, looked_at_by
from mnclinic.services.recovery_sheet_rows import is_sheet_shut_out
from mnclinic.services.second_person import (
    KEY_REVOKED,
    PASSWORD_RESET,
    SHEET,
    UNKNOWN,
    Hands,
    may_confirm,
    waits_until,
)
from mnclinic.services.second_person_rows import hands_in, opening_waits_until
from mnclinic.services.see_amendment import count_unseen
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import slots_of_nobody
from mnclinic.services.supply_notices import supplies_to_tell
from mnclinic.services.users.add_user import SIGNING_ROLES
from mnclinic.services.users.paper_notices import papers_to_tell

TOLD_FOR = timedelta(days=30)
"""How long Today speaks of a director's new key, so that whoever holds the old fingerprint hears of it."""

PRESSING = frozenset(
    {
        "read_only",
        "key_file_from_copy",
        "key_file_put_back",
        "key_file_place_of_nobody",
        "recovery_sheet_shut_out",
        "clock_set_back",
        "head_file_lost",
        "head_file_failing",
        "directors_password_given",
        "directors_key_file_passed",
        "directors_key_unconfirmed",
        "directors_key_replaced",
        "signature_key_after_reset",
        "recovered",
        "access_over",
        "no_director",
        "password_temporary",
        "failed_log_ins",
        "database_key_not_changed",
        "backup_bad",
        "no_good_backup",
        "events_overdue",
        "recall_untold",
        "paper_over",
        "paper_ending_soon",
        "ill_written",
    }
)
"""Codes of the notices that cannot wait: what somebody may have done to keys and log, and what is failing."""

_ASK_THEM = " Ask in person whether that was wanted; if not, sign nothing and tell everybody here."
_HEAD_FILE_FAILING = (
    "The file clinic.head, which lies beside the database as its witness, could not be written. Nothing "
    "that was entered is lost, and the next entry tries again. If this stays, look whether the disk is full, "
    "or whether another program, such as a virus scanner, holds that file."
)

_ILL_WRITTEN = (
    "Something that these notices are made from is not what mnclinic writes, so some of them may be "
    "missing. Nothing was changed. Look at all of it with a check of the store, on Inspection or with: "
    "mnclinic check. Then restore a backup from before that, and ask for help if there is none."
)

_LEADERS = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Notice:
    """One sentence. `code` is for scripts, `page` names where it is put right; empty where nowhere is."""

    code: str
    sentence: str
    page: str

    @property
    def is_pressing(self) -> bool:
        """Whether it cannot wait, and is never hidden behind others."""
        return self.code in PRESSING


def notices(clinic: OpenClinic) -> tuple[Notice, ...]:
    """What this person should be told now, the most pressing first."""
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    with clinic.store.reading() as session:
        parts: tuple[Callable[[], Iterable[Notice]], ...] = (
            lambda: _of_the_clinic(clinic, session),
            lambda: _of_ones_own(clinic),
            lambda: _failed_log_ins(clinic, session),
            lambda: _of_directors(clinic, session),
            lambda: _of_keys(clinic, session),
            lambda: _keys_after_a_reset(clinic, session),
            lambda: _of_rules(clinic, session),
            lambda: _of_papers(clinic, session),
            lambda: _of_treatments_left(clinic, session),
            lambda: _of_supplies(clinic, session),
            lambda: _of_amendments(clinic, session),
            lambda: _of_events(clinic, session),
            lambda: _of_recalls(clinic, session),
            lambda: _of_follow_ups(clinic, session),
        )
        found = dict.fromkeys(one for part in parts for one in _as_far_as_written(part))
    of_backups = _as_far_as_written(lambda: _of_backups(clinic))
    return tuple(sorted(dict.fromkeys((*found, *of_backups)), key=lambda one: not one.is_pressing))


def _as_far_as_written(part: Callable[[], Iterable[Notice]]) -> Iterator[Notice]:
    """What a part says, up to where somebody put what is never written: the rest is told all the same."""
    try:
        yield from part()
    except ILL_WRITTEN:
        yield Notice("ill_written", _ILL_WRITTEN, "inspection")


def _of_rules(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """What the policy asks of the clinic, and rules to be reviewed soon, for whoever can draft the next."""
    if not may(Role(clinic.person.role), RoleAct.DRAFT_PROTOCOL):
        return
    today = clinic.clock.now().date()
    signed = session.scalars(
        select(ApprovedDocument)
        .where(ApprovedDocument.approval.is_not(None), ApprovedDocument.kind.in_(("policy", "protocol")))
        .order_by(ApprovedDocument.id)
    ).all()
    force = force_on(signed, today)
    in_force = [row for row in signed if force[row.id] == "in_force"]
    policy = next((json.loads(row.document) for row in in_force if row.kind == "policy"), None)
    if policy is not None:
        for code, said, page in asked_of_the_clinic(session, policy, clinic.clock.now()):
            yield Notice(code, said, page)
    for row in in_force:
        document = json.loads(row.document)
        review_by = looked_at_by(document, policy if row.kind == "protocol" else None)
        if review_by is None or review_by > (today + TOLD_FOR).isoformat():
            continue
        by = plain_day(date.fromisoformat(review_by))
        said = f"{row.name}, version {row.version}, is to be looked at again by {by}."
        yield Notice("rules_to_review", f"{said} Draft its next version under Protocols.", "protocols")


def _of_papers(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """Papers that end soon or have ended: the person's own, and everybody's for the leaders."""
    role = Role(clinic.person.role)
    page = "settings/people" if may(role, RoleAct.VIEW_USERS) else ""
    own, today = clinic.person.staff_id, clinic.clock.now().date()
    for code, said in papers_to_tell(session, own, today, tells_of_all=role in _LEADERS):
        yield Notice(code, said, page)


def _of_treatments_left(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """For whoever may void a visit, and the owner, who ended the access."""
    role = Role(clinic.person.role)
    if may(role, RoleAct.VOID_VISIT) or role in _LEADERS:
        for said in left_unsigned(session):
            yield Notice("treatment_left_unsigned", said, "")


def _of_supplies(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """For whoever can do something about it, which is everybody who works here."""
    if may(Role(clinic.person.role), RoleAct.KEEP_SUPPLIES):
        for code, said in supplies_to_tell(session, clinic.clock.now().date()):
            yield Notice(code, said, "devices")


def _of_amendments(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """What was signed about signed visits and no director has seen, for a director."""
    if may(Role(clinic.person.role), RoleAct.SEE_AMENDMENT) and (count := count_unseen(session)):
        said = f"{count} amendments of signed visits are not seen by a director yet. Read them on Director."
        if count == 1:
            said = "An amendment of a signed visit is not seen by a director yet. Read it on Director."
        yield Notice("amendments_unseen", said, "director")


def _of_events(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """Events of which the director is to be told, or that she is to sign, for whoever may write them down."""
    if not may(Role(clinic.person.role), RoleAct.RECORD_ADVERSE_EVENT):
        return
    due = [one.due_at for one in open_in(session) if one.due_at is not None]
    if not due:
        return
    now = clinic.clock.now()
    by = plain_moment(due[0].astimezone(zone_of(clinic.clock)))
    if due[0] < now:
        said = f"Adverse events that wait for the director: {len(due)}. The first was due by {by}."
        yield Notice("events_overdue", f"{said} List them with: mnclinic event list.", "events")
    else:
        said = f"Adverse events that wait for the director: {len(due)}. The first is due by {by}."
        yield Notice("events_waiting", f"{said} List them with: mnclinic event list.", "events")


def _of_recalls(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """Whom nobody has told of a recall, for whoever tells them; what the director may close, for her."""
    role = Role(clinic.person.role)
    tells, closes = may(role, RoleAct.FOLLOW_RECALL), may(role, RoleAct.CLOSE_RECALL)
    if not (tells or closes):
        return
    found = open_recalls_in(session)
    untold = [one for one in found if not one.is_drill and one.untried]
    if tells and untold:
        count = sum(one.untried for one in untold)
        said = f"People on the list of a recall whom nobody has tried to tell: {count}."
        said += " List them with: mnclinic recalls list."
        yield Notice("recall_untold", said, _recalls_page(untold))
    unreached = [one for one in found if not one.is_drill and one.unreached > one.untried]
    if tells and unreached:
        count = sum(one.unreached - one.untried for one in unreached)
        said = f"People on the list of a recall who were tried and not reached: {count}."
        said += " List them with: mnclinic recalls list."
        yield Notice("recall_unreached", said, _recalls_page(unreached))
    ended = [one for one in found if one.may_be_closed]
    if closes and ended:
        said = f"Recalls and drills that wait for the director to close them: {len(ended)}."
        said += " List them with: mnclinic recalls list."
        yield Notice("recalls_to_close", said, _recalls_page(ended))


def _recalls_page(found: Sequence[OpenRecall]) -> str:
    """The page of recalls, at the one that is meant where there is one alone."""
    return f"recalls/{found[0].recall_id}" if len(found) == 1 else "recalls"


def _of_follow_ups(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """How many patients are to be called today, and how many calls nobody made on their day."""
    if not may(Role(clinic.person.role), RoleAct.RECORD_FOLLOW_UP):
        return
    found = follow_ups_in(session, now_here(clinic.clock))
    over = sum(1 for one in found if one.state is ContactState.OVER)
    if over:
        said = (
            f"Follow-up contacts to be made: {len(found)}. Of these {over} were due on an earlier day. "
            "Open Follow-up calls."
        )
        yield Notice("follow_ups_over", said, "follow-up")
    elif found:
        said = f"Follow-up contacts to be made today: {len(found)}. Open Follow-up calls."
        yield Notice("follow_ups_due", said, "follow-up")


def _of_backups(clinic: OpenClinic) -> Iterator[Notice]:
    if not clinic.has_temporary_password and may(Role(clinic.person.role), RoleAct.VIEW_BACKUPS):
        for one in backup_notices(clinic):
            # Whoever cannot choose another place is not told every day that there ought to be one.
            if one.code != OWN_DISK or may(Role(clinic.person.role), RoleAct.MANAGE_BACKUPS):
                yield Notice(one.code, one.sentence, "settings/backups")


def _of_the_clinic(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    if clinic.read_only is not None:
        # Room on a disk, or the right to write to it, is made outside the program.
        is_of_the_disk = clinic.read_only in {READ_ONLY_FULL, READ_ONLY_FOLDER}
        yield Notice("read_only", clinic.read_only, "" if is_of_the_disk else "settings/recovery")
    if clinic.warning is not None:
        yield Notice("key_file_from_copy", clinic.warning, "settings/people")
    if clinic.clock_set_back is not None:
        yield Notice("clock_set_back", clinic.clock_set_back.sentence, "")
    if clinic.anchor_warning is not None:
        yield Notice("head_file_lost", clinic.anchor_warning, "settings/recovery")
    if clinic.read_only is None and clinic.store.witness.is_failing:
        yield Notice("head_file_failing", _HEAD_FILE_FAILING, "")
    if clinic.person.role not in _LEADERS:
        return
    if not session.scalar(
        select(func.count()).select_from(Staff).where(Staff.is_active, Staff.role == Role.DIRECTOR.value)
    ):
        yield Notice(
            "no_director",
            "The clinic has no medical director, so no visit can be approved or released. Add one.",
            "settings/people",
        )
    yield from _key_file_put_back(clinic, session)
    yield from _places_of_nobody(clinic, session)
    if (why_change_it := _why_to_change_the_key(session)) is not None:
        yield Notice(
            "database_key_not_changed",
            why_change_it
            + _by_whom(
                clinic,
                session,
                RoleAct.ROTATE_DATABASE_KEY,
                "Close the clinic everywhere else, then change the key.",
                "Have {who} change the key, with the clinic closed everywhere else.",
            ),
            _page_for(clinic, RoleAct.ROTATE_DATABASE_KEY),
        )
    yield from _of_the_sheet(clinic, session)
    yield from _openings_with_the_sheet(clinic, session)
    yield from _access_that_is_over(clinic, session)


def _of_the_sheet(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    key_file = load_key_file(clinic.folder).keyfile
    if is_sheet_shut_out(session, key_file):
        said = "The recovery sheet in force does not open the clinic. "
        if key_file.recovery is None:
            said += (
                "An older copy of the key file held the sheet of before, which ended with the change of the "
                "database key. "
            )
        else:
            said += (
                "The key file holds another sheet, as an older copy of it does, or a power cut while a sheet "
                "was made. "
            )
        yield Notice(
            "recovery_sheet_shut_out",
            said
            + _by_whom(
                clinic,
                session,
                RoleAct.MAKE_RECOVERY_SHEET,
                "Make a new sheet, and destroy every printed one of before.",
                "Have {who} make a new sheet and destroy every printed one of before.",
            ),
            _page_for(clinic, RoleAct.MAKE_RECOVERY_SHEET),
        )
        return
    sheet = session.scalars(select(RecoverySheet).where(RecoverySheet.replaced_at.is_(None))).first()
    if sheet is None or sheet.read_back_at is None:
        yield Notice(
            "recovery_sheet_not_read_back",
            "The recovery sheet was not read back, so nobody knows whether the printed one is right. "
            + _by_whom(
                clinic,
                session,
                RoleAct.MAKE_RECOVERY_SHEET,
                "Type it in once, then seal it.",
                "Have {who} type it in once, then seal it.",
            ),
            _page_for(clinic, RoleAct.MAKE_RECOVERY_SHEET),
        )


def _key_file_put_back(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    put_back = key_file_put_back(session, load_key_file(clinic.folder).keyfile)
    if put_back is None:
        return
    said = what_happened(
        put_back,
        _day(clinic, put_back.found_at),
        None if put_back.written_at is None else _moment(clinic, put_back.written_at),
    )
    if put_back.is_key_changed:
        own = others = "The database key was changed since."
    elif put_back.is_previous_copy:
        own = "Find out what happened to it, and change the database key after that."
        others = "Find out what happened to it, and have {who} change the database key after that."
    else:
        own = "Ask who put it back and why, and change the database key after that."
        others = "Ask who put it back and why, and have {who} change the database key after that."
    yield Notice(
        "key_file_put_back",
        said + _by_whom(clinic, session, RoleAct.ROTATE_DATABASE_KEY, own, others),
        _page_for(clinic, RoleAct.ROTATE_DATABASE_KEY),
    )


def _places_of_nobody(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """Each opens the database for whoever made it, although nobody of that name works here."""
    places = slots_of_nobody(session, load_key_file(clinic.folder).keyfile)
    if not places:
        return
    who = ", ".join(slot.user for slot in places)
    yield Notice(
        "key_file_place_of_nobody",
        f"The key file has a place for {who}, and nobody of that name has access here: the records can be "
        "opened with it. An older copy of the key file leaves that, or a power cut while somebody was added; "
        "so does whoever has the database key. "
        + _by_whom(
            clinic,
            session,
            RoleAct.ROTATE_DATABASE_KEY,
            "Close the clinic everywhere else, then change the key, which takes it out.",
            "Have {who} change the key, which takes it out, with the clinic closed everywhere else.",
        ),
        _page_for(clinic, RoleAct.ROTATE_DATABASE_KEY),
    )


def _openings_with_the_sheet(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """Whoever holds the sheet made an administrator: told for as long as a reset of a director is."""
    for opening in session.scalars(select(RecoveryOpening).order_by(RecoveryOpening.id)):
        settled_at = opening.opened_at if opening.nobody_else else opening.confirmed_at
        if settled_at is None or clinic.clock.now() - settled_at >= TOLD_FOR:
            continue
        made = session.get_one(Staff, opening.administrator).name
        said = (
            f"The clinic was opened with its recovery sheet on {_day(clinic, opening.opened_at)}, and "
            f"{made} was made administrator. "
        )
        confirmer = None if opening.confirmed_by is None else session.get(Staff, opening.confirmed_by)
        if confirmer is None:
            said += "There was nobody else to confirm that, and the record says so."
        elif opening.nobody_else:
            said += (
                f"{confirmer.name} confirmed that, but every password went through the same hands, so nobody "
                "independent did. The record says so."
            )
        else:
            said += (
                f"{confirmer.name} confirmed that on {_day(clinic, settled_at)}. If anything about it is not "
                "as it should be, end that access and make a new sheet."
            )
        yield Notice("recovered", said, "settings/recovery" if opening.nobody_else else "settings/people")


def _openings_that_wait(clinic: OpenClinic, session: Session, hands: Hands) -> Iterator[Notice]:
    """Whoever could refuse to confirm an opening was reset since, or left: everybody is told of it."""
    waiting = select(RecoveryOpening).where(
        RecoveryOpening.confirmed_at.is_(None), RecoveryOpening.nobody_else.is_(False)
    )
    for opening in session.scalars(waiting.order_by(RecoveryOpening.id)).all():
        begins = opening_waits_until(session, hands, opening.administrator)
        if begins is None or clinic.clock.now() >= begins:
            continue
        made = session.get_one(Staff, opening.administrator).name
        yield Notice(
            "recovered",
            f"{made} was made administrator with the recovery sheet, and since then everybody whose word "
            "would be a second person's was given another password or left. Anybody's word confirms it from "
            f"{_moment(clinic, begins)} on. Ask in person whether all that was wanted; if not, confirm "
            "nothing and tell everybody here.",
            "",
        )


def _access_that_is_over(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """The program lets nobody in whose time is over; their password still opens the key file without it."""
    users = {slot.user_id for slot in load_key_file(clinic.folder).keyfile.users}
    over = session.scalars(
        select(Staff)
        .where(Staff.is_active, Staff.access_until <= clinic.clock.now())
        .order_by(Staff.access_until, Staff.name)
    )
    for person in over:
        if person.id not in users or person.access_until is None:
            continue
        yield Notice(
            "access_over",
            f"The access of {person.name} ended on {_moment(clinic, person.access_until)}. Their password "
            "still opens the key file with another program, and with it the records. "
            + _by_whom(
                clinic,
                session,
                RoleAct.END_ACCESS,
                "End the access, which changes the database key too, or give more time.",
                "Have {who} end the access, which changes the database key too.",
            ),
            "settings/people",
        )


def _by_whom(clinic: OpenClinic, session: Session, act: RoleAct, own: str, others: str) -> str:
    """What to do: for whoever may, or with the names of those who may."""
    if may(Role(clinic.person.role), act):
        return own
    roles = [role.value for role in Role if may(role, act)]
    names = session.scalars(
        select(Staff.name).where(Staff.is_active, Staff.role.in_(roles)).order_by(Staff.name)
    ).all()
    return others.format(who=" or ".join(names) or "an administrator")


def _page_for(clinic: OpenClinic, act: RoleAct) -> str:
    """The page with the box for it; for whoever may not, the one that shows who there is."""
    return "settings/recovery" if may(Role(clinic.person.role), act) else "settings/people"


def _why_to_change_the_key(session: Session) -> str | None:
    """What opens the database in an older copy of the key file although it was ended or replaced."""

    def newest(*which: ColumnElement[bool]) -> int:
        return session.scalar(select(func.max(LogEntry.seq)).where(*which)) or 0

    changed = newest(LogEntry.action == "database_key.rotation_finished")
    stolen = select(KeyRevocation.key).where(KeyRevocation.reason == "stolen")
    reasons = [
        why
        for why, which in (
            (
                "Somebody left and the database key is still the one that they had. ",
                [LogEntry.action == "staff.left"],
            ),
            (
                "Somebody else may know a password or a recovery code that was replaced, and the database "
                "key is still the one that it opens in an older backup. ",
                [LogEntry.action == KEYS_RENEWED],
            ),
            (
                "A signature key was stolen, so its password may be known too, and the database key is still "
                "the one that it opens. ",
                [LogEntry.action == KEY_REVOKED, LogEntry.object_id.in_(stolen)],
            ),
            (
                "The recovery sheet was replaced, and the database key is still the one that the sheet of "
                "before opens with an older copy of the key file, such as a backup's. ",
                [LogEntry.action == "recovery_sheet.replaced"],
            ),
            (
                "A password was reset, and the database key is still the one that the password of before "
                "opens with an older copy of the key file, such as a backup's. ",
                [LogEntry.action == PASSWORD_RESET],
            ),
        )
        if newest(*which) > changed
    ]
    return "".join(reasons) or None


def _of_ones_own(clinic: OpenClinic) -> Iterator[Notice]:
    slot = load_key_file(clinic.folder).keyfile.slot_of(clinic.person.user)
    if slot is None:
        return
    if slot.is_temporary and clinic.has_password_of_set_up:
        anew = "; your signature key is made anew then" if clinic.person.role in SIGNING_ROLES else ""
        yield Notice(
            "password_of_set_up",
            f"Your first password was made by whoever set the clinic up: choose your own{anew}.",
            "settings/account",
        )
    elif slot.is_temporary:
        yield Notice(
            "password_temporary",
            "Your password was given to you by somebody else. Choose your own before anything else.",
            "settings/account",
        )
        return
    if clinic.person.role in SIGNING_ROLES and slot.signature is None:
        yield Notice(
            "no_signature_key",
            "You have no signature key, so you cannot sign. Make one.",
            "settings/account",
        )
    if slot.is_temporary:
        # A recovery code is made with one's own password alone.
        pass
    elif not slot.has_recovery_code or (slot.signature is not None and not slot.signature.has_recovery_code):
        yield Notice(
            "no_recovery_code",
            "You have no personal recovery code"
            + (" that leads to your signature key" if slot.has_recovery_code else "")
            + f". Make one: {_what_a_lost_code_costs(clinic, slot)}",
            "settings/account",
        )
    if clinic.person.role == Role.DIRECTOR and slot.signature is not None and slot.signature.factor is None:
        yield Notice(
            "second_factor_recommended",
            "Your signature takes the password alone. A key file on a stick of your own is recommended for "
            "directors.",
            "settings/account",
        )


def _what_a_lost_code_costs(clinic: OpenClinic, slot: UserSlot) -> str:
    if slot.signature is not None:
        return "without it a forgotten password costs you your signature key."
    another = "another" if clinic.person.role == Role.ADMINISTRATOR else "an"
    return f"without it {another} administrator has to reset a forgotten password."


def _failed_log_ins(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """Wrong passwords for this person's name, typed since the log-in before this one."""
    own = clinic.person.staff_id
    log_ins = session.scalars(
        select(LogEntry.entry)
        .where(LogEntry.object_id == own, LogEntry.action == "login")
        .order_by(LogEntry.seq.desc())
        .limit(2)
    ).all()
    before = json.loads(log_ins[1]) if len(log_ins) > 1 else None
    wrong = (
        session.scalar(
            select(func.count())
            .select_from(LogEntry)
            .where(
                LogEntry.object_id == own,
                LogEntry.action == FAILED_LOG_IN,
                LogEntry.seq > (before["seq"] if before else 0),
            )
        )
        or 0
    )
    if not wrong:
        return
    since = ""
    if before is not None:
        at = read_instant(before["ts"])
        place = zone_of(clinic.clock)
        since = f" since you logged in on {plain_moment(at.astimezone(place))}" if at else ""
    typed = "1 wrong password was" if wrong == 1 else f"{wrong} wrong passwords were"
    yield Notice(
        "failed_log_ins",
        f"{typed} typed for your name{since}. If that was not you, tell an administrator.",
        "",
    )


def _of_directors(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """Whoever can give every password could act as the director: everybody is told, so that she hears."""
    hands = hands_in(session)
    directors = session.scalars(
        select(Staff).where(Staff.is_active, Staff.role == Role.DIRECTOR.value).order_by(Staff.name)
    ).all()
    for director in directors:
        begins = waits_until(hands, director.id)
        is_to_wait = begins is not None and clinic.clock.now() < begins
        is_alone = is_to_wait and not may_confirm(hands, director.id)
        passed_at = hands.without_factor_at.get(director.id)
        if passed_at is not None and clinic.clock.now() - passed_at < TOLD_FOR:
            by = hands.without_factor_by[director.id]
            name = "that name" if by == director.id else f"the name of {_giver(session, by or UNKNOWN)}"
            yield _of_passed_key_file(clinic, director, passed_at, name, begins if is_alone else None)
        given_at = hands.given_at.get(director.id)
        if given_at is None or clinic.clock.now() - given_at >= TOLD_FOR:
            continue
        is_own = director.id == clinic.person.staff_id
        by = _giver(session, hands.given[director.id][-1][1])
        whom = "you" if is_own else f"{director.name}, a medical director,"
        said = f"On {_day(clinic, given_at)} {by} gave {whom} a new password."
        if begins is not None and is_alone:
            said += (
                f" From {_moment(clinic, begins)} on a signature key can be made in that name with nobody "
                "else's word."
            )
        asked = " If you did not ask for it, sign nothing and tell everybody here." if is_own else _ASK_THEM
        yield Notice("directors_password_given", said + asked, "")
    yield from _of_unconfirmed_keys(clinic, session)
    yield from _openings_that_wait(clinic, session, hands)


def _of_passed_key_file(
    clinic: OpenClinic, director: Staff, passed_at: datetime, name: str, begins: datetime | None
) -> Notice:
    """The key that took a key file was ended without it: whoever knows the password could have done that."""
    is_own = director.id == clinic.person.staff_id
    which = "your signature key" if is_own else f"the signature key of {director.name}, a medical director,"
    said = (
        f"On {_day(clinic, passed_at)} {which} was ended in {name} without the key file that it "
        "took besides the password."
    )
    if begins is not None:
        said += f" From {_moment(clinic, begins)} on another can be made with nobody else's word."
    asked = " If you did not want that, sign nothing and tell everybody here." if is_own else _ASK_THEM
    return Notice("directors_key_file_passed", said + asked, "")


def _of_unconfirmed_keys(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """For as long as such a key is in force, to everybody."""
    for one in unconfirmed_in_force(session):
        made_at = session.get_one(RegisteredKey, one.key).enrolled_at
        yield Notice(
            "directors_key_unconfirmed",
            f"On {_day(clinic, made_at)} a signature key of {one.name} was made and nobody else confirmed "
            f"it, which the log says for ever. Ask in person whether that was so, and compare the key "
            f"{one.key[:16]} with the fingerprint sheet signed in ink.",
            "",
        )


def _giver(session: Session, hand: str) -> str:
    if hand == SHEET:
        return "whoever holds the recovery sheet"
    person = session.get(Staff, hand)
    return person.name if person is not None else "somebody whose entry is missing from the log"


def _of_keys(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    enrolled = session.scalars(
        select(RegisteredKey.enrolled_at)
        .join(Staff, Staff.id == RegisteredKey.staff_id)
        .where(RegisteredKey.purpose == "signature", Staff.role == Role.DIRECTOR.value)
        .order_by(RegisteredKey.enrolled_at)
    ).all()
    if len(enrolled) > 1 and clinic.clock.now() - enrolled[-1] < TOLD_FOR:
        yield Notice(
            "directors_key_replaced",
            f"A director's signature key was made on {_day(clinic, enrolled[-1])}. "
            "What was signed before stays valid. Hand out the new fingerprint sheet.",
            "settings/recovery",
        )


def _keys_after_a_reset(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """Whoever gave somebody a password could have made the new signature key, so it is told."""
    resets = (
        select(LogEntry.object_id, func.max(LogEntry.at).label("at"))
        .where(LogEntry.action == PASSWORD_RESET)
        .group_by(LogEntry.object_id)
        .subquery()
    )
    made = session.execute(
        select(Staff.id, Staff.name, func.max(RegisteredKey.enrolled_at).label("at"), resets.c.at)
        .join(Staff, Staff.id == RegisteredKey.staff_id)
        .join(resets, resets.c.object_id == Staff.id)
        .where(RegisteredKey.purpose == "signature")
        .group_by(Staff.id)
    )
    for staff_id, name, made_at, reset_at in made:
        if instant_text(made_at) < reset_at or clinic.clock.now() - made_at >= TOLD_FOR:
            continue
        day = _day(clinic, made_at)
        if staff_id == clinic.person.staff_id:
            yield Notice(
                "signature_key_after_reset",
                f"Your signature key was made on {day}, after your password had been reset. "
                "If that was not you, tell the director.",
                "settings/account",
            )
        elif clinic.person.role == Role.DIRECTOR:
            yield Notice(
                "signature_key_after_reset",
                f"The signature key of {name} was made on {day}, after an administrator had reset the "
                "password. Ask whether that was so.",
                "settings/people",
            )


def _day(clinic: OpenClinic, at: datetime) -> str:
    return plain_day(at.astimezone(zone_of(clinic.clock)))


def _moment(clinic: OpenClinic, at: datetime) -> str:
    return plain_moment(at.astimezone(zone_of(clinic.clock)))
