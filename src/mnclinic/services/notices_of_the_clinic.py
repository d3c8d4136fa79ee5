"""What Today says of the disk, the clock, the key file, the recovery sheet and the database key."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mnclinic.models import KeyRevocation, LogEntry, RecoveryOpening, RecoverySheet, Staff
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.key_file_put_back import key_file_put_back, what_happened
from mnclinic.services.keys.own_keys_anew import KEYS_RENEWED
from mnclinic.services.notice import LEADERS, TOLD_FOR, Notice, day_at, moment_at
from mnclinic.services.open_clinic import READ_ONLY_FOLDER, READ_ONLY_FULL
from mnclinic.services.recovery_sheet_rows import is_sheet_shut_out
from mnclinic.services.second_person import KEY_REVOKED, PASSWORD_RESET
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import slots_of_nobody

_HEAD_FILE_FAILING = (
    "The file clinic.head, which lies beside the database as its witness, could not be written. Nothing "
    "that was entered is lost, and the next entry tries again. If this stays, look whether the disk is full, "
    "or whether another program, such as a virus scanner, holds that file."
)


def of_the_clinic(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """To everybody why something cannot be stored; to the leaders what opens the database and should not."""
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
    if clinic.person.role not in LEADERS:
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
        day_at(put_back.found_at, clinic),
        None if put_back.written_at is None else moment_at(put_back.written_at, clinic),
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
            f"The clinic was opened with its recovery sheet on {day_at(opening.opened_at, clinic)}, and "
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
                f"{confirmer.name} confirmed that on {day_at(settled_at, clinic)}. If anything about it is "
                "not as it should be, end that access and make a new sheet."
            )
        yield Notice("recovered", said, "settings/recovery" if opening.nobody_else else "settings/people")


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
            f"The access of {person.name} ended on {moment_at(person.access_until, clinic)}. Their password "
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
