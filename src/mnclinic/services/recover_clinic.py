"""When no password opens the clinic, its recovery sheet does, and makes a new administrator in view."""

import uuid
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic import __version__
from mnclinic.domain.instants import Clock, OneTime, zone_of
from mnclinic.domain.names import fold
from mnclinic.domain.plain_days import plain_moment
from mnclinic.errors import ActionRefused, DatabaseDamaged, InvalidInput, NotPermitted, Refusal
from mnclinic.models import Clinic, RecoveryOpening, Staff
from mnclinic.security.envelope import wipe
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import LoadedKeyFile, load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role
from mnclinic.security.rotation import abandon_rotation, finish_rotation
from mnclinic.security.signing_keys import InstallationKey, unwrap_installation_key
from mnclinic.security.slots import NewUser, add_user, open_with_recovery
from mnclinic.services.anchors import why_behind
from mnclinic.services.credentials import database_salt_of, device_secret_of
from mnclinic.services.database_form import hold_against_schema
from mnclinic.services.key_changes import keep_in
from mnclinic.services.key_file_rows import found_standing
from mnclinic.services.key_register import Enrolment
from mnclinic.services.late_entries import kept_for_the_log
from mnclinic.services.older_key_file import told_of_changed_database_key
from mnclinic.services.open_clinic import shared_use, upgrade_alone
from mnclinic.services.recovery_sheet_rows import opening_entered
from mnclinic.services.second_person import independent_of, still_asked
from mnclinic.services.second_person_rows import hands_in, opening_waits_until
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import NewPerson, add_staff_row, as_kept, names_of_staff, staff_entered
from mnclinic.services.user_names import problem_of_taken
from mnclinic.services.users.add_user import problems_of_person
from mnclinic.store.engine import DATABASE_NAME, close_engine, open_engine
from mnclinic.store.log_writer import Act, Installation, Scribe
from mnclinic.store.trouble import told_plainly
from mnclinic.store.unit_of_work import Store, UnitOfWork


@dataclass(frozen=True)
class ClinicRecovered:
    """A new administrator may log in. With `nobody_else` the record says so; if not, somebody confirms."""

    staff_id: str
    user: str
    nobody_else: bool


@dataclass
class _BySheet:
    """The database key that the sheet opened."""

    database_key: bytearray = field(repr=False)


def enrol_administrator_by_sheet(
    folder: Path, code: str, person: NewPerson, *, clock: Clock, source: str
) -> ClinicRecovered:
    """Open the database with the recovery sheet and make a new administrator, entered by the installation.

    The sheet leads to nobody's signature key and to nobody's log-in. Until another member of staff
    confirms the new administrator, the clinic is read-only for everybody. Accounts in the same printed
    name are the same person; where there is nobody else, the record says so for ever.

    Args:
        folder: Holds the clinic, such as a backup that was just restored.
        code: The recovery sheet's, as typed or scanned.
        person: The new administrator, whose password is their own. Their role is set here.
        clock: Where the time comes from.
        source: From what, for the log: the name of a backup, or `data folder`.

    Raises:
        InvalidInput: the code is mistyped (the groups are named), or what the person gave is wrong.
        WrongCredentials: it is another sheet's. StoreUnavailable and kin. Nothing was changed.
    """
    use = shared_use(folder)
    try:
        standing = load_key_file(folder)
        key_file = standing.keyfile
        salt = database_salt_of(folder)
        with kept_for_the_log(folder, key_file, None, "recovery_sheet", clock=clock):
            database_key = open_with_recovery(key_file, code, database_salt=salt)
        try:
            engine = None
            with told_plainly():
                engine = open_engine(folder / DATABASE_NAME, bytes(database_key), key_file.epoch_at(salt)[1])
            try:
                with told_of_changed_database_key(folder, key_file):
                    upgrade_alone(folder, engine, use, now=clock.now())
                settled = _settled(key_file, database_key, salt)
                with told_plainly(), Session(engine) as session:
                    row = session.get(Clinic, 1)
                    if row is None:
                        raise DatabaseDamaged(
                            "The database holds no clinic. Nothing was changed. Restore the newest backup."
                        )
                    vault, name, wrapped = row.vault, row.name, row.installation_private
                    names = names_of_staff(session)
                with unwrap_installation_key(wrapped, database_key, vault_id=vault) as key:
                    installation = Installation(vault, key.key_id, key.public, key.sign, __version__)
                    store = Store(folder, engine, installation, OneTime(clock))
                    asked = _administrator(person, name, names, clock)
                    return _enrol(store, key, standing, settled, _BySheet(database_key), asked, source)
            finally:
                close_engine(engine)
        finally:
            wipe(database_key)
    finally:
        use.release()


def _settled(key_file: KeyFile, database_key: bytearray, salt: bytes | None) -> KeyFile:
    """The key file after a change of the database key that was stopped."""
    if key_file.next is None:
        return key_file
    if salt == key_file.next.database_salt:
        return finish_rotation(key_file, database_key)
    return abandon_rotation(key_file, database_key)


def _administrator(
    person: NewPerson, clinic_name: str, staff_names: tuple[str, ...], clock: Clock
) -> NewPerson:
    asked = as_kept(
        NewPerson(person.user, person.name, Role.ADMINISTRATOR.value, person.credential, person.password)
    )
    problems = problems_of_person(asked, clinic_name=clinic_name, staff_names=staff_names, now=clock.now())
    if problems:
        raise InvalidInput(
            "The new administrator was not entered. Nothing was changed. Correct these and try again.",
            problems,
        )
    return asked


def _enrol(  # noqa: PLR0917 - one caller, which has just opened each of them
    store: Store,
    installation: InstallationKey,
    standing: LoadedKeyFile,
    key_file: KeyFile,
    opened: _BySheet,
    person: NewPerson,
    source: str,
) -> ClinicRecovered:
    with store.work(Scribe(None, None, installation.key_id, installation.sign)) as work:
        now = store.clock.now()
        _refuse_taken(work, person.user)
        if (found := found_standing(work.session, standing)) is not None:
            work.log.record(found)
        nobody_else = _is_nobody_else(work.session, person.name)
        staff_id = str(uuid.uuid4())
        changed, keys = add_user(
            key_file,
            opened,
            NewUser(person.user, staff_id, person.password, signature=False),
            device_secret=device_secret_of(key_file),
        )
        try:
            work.log.record(
                Act("clinic.recovered", "E", categories=("keys", "staff"), detail={"source": source})
            )
            row = add_staff_row(work.session, person, staff_id, now)
            work.log.record(staff_entered(work, "staff.added", row))
            Enrolment(work, store.installation.vault, now).enrol(
                keys.session, "session", row, staff_id, vouched_by=[installation]
            )
        finally:
            keys.forget()
        opening = RecoveryOpening(
            opened_at=now, administrator=staff_id, source=source, nobody_else=nobody_else
        )
        work.session.add(opening)
        work.session.flush()
        work.log.record(opening_entered("recovery_opening.made", opening))
        keep_in(store.folder, work, changed, retire_previous=True)
    return ClinicRecovered(staff_id, person.user, nobody_else)


def _refuse_taken(work: UnitOfWork, user: str) -> None:
    if (taken := problem_of_taken(work.session, user)) is not None:
        raise InvalidInput(f"{taken.what} Nothing was changed. Choose another.", [taken])


def _is_nobody_else(session: Session, name: str) -> bool:
    others = session.scalars(
        select(Staff.name).where(Staff.is_active, Staff.role != Role.INSPECTOR.value)
    ).all()
    return all(fold(other) == fold(name) for other in others)


@dataclass(frozen=True)
class RecoveryConfirmed:
    """How many openings were confirmed. `nobody_else`: the record says that nobody independent was left."""

    openings: int
    nobody_else: bool


def confirm_recovery(clinic: OpenClinic) -> RecoveryConfirmed:
    """As a second person, confirm the administrator whom the recovery sheet made; the clinic works again.

    Whoever got their password from the new administrator could be the same hand, so their word counts
    only where everybody's came from there; the record then says that there was nobody else. In a clinic
    set up from a file every first password came from an administrator: there it is asked of somebody who is
    none and chose their own, where there is one (`second_person.still_asked`), and the record says the same.
    Where there was one until a reset or an end of access since the opening, it waits three days after the
    last.

    Returns how many openings were confirmed.

    Raises:
        ActionRefused: nothing waits for it. NotPermitted: oneself, a password given by
            somebody else, or one that came through the new administrator's hands; or it is too early.
    """
    clinic.require(RoleAct.CONFIRM_RECOVERY)
    with clinic.work() as work:
        now = clinic.clock.now()
        waiting = work.session.scalars(
            select(RecoveryOpening).where(
                RecoveryOpening.confirmed_at.is_(None), RecoveryOpening.nobody_else.is_(False)
            )
        ).all()
        if not waiting:
            raise ActionRefused(
                [Refusal("nothing_to_confirm", "No opening with the recovery sheet waits for confirmation.")]
            )
        if any(row.administrator == clinic.person.staff_id for row in waiting):
            raise NotPermitted(
                "Whoever was made administrator with the recovery sheet cannot confirm that. "
                "Nothing was changed. Ask somebody else of the staff to log in and confirm it."
            )
        hands = hands_in(work.session)
        for row in waiting:
            independent = set(independent_of(hands, row.administrator))
            acceptable = independent or still_asked(hands, row.administrator)
            if acceptable and clinic.person.staff_id not in acceptable:
                names = work.session.scalars(
                    select(Staff.name).where(Staff.id.in_(sorted(acceptable))).order_by(Staff.name)
                )
                raise NotPermitted(
                    "Whoever was made administrator with the recovery sheet had that from an administrator, "
                    "and you are one or your password went through the same hands, so your word is not a "
                    f"second person's. Nothing was changed. Who may confirm it: {', '.join(names)}."
                )
            begins = opening_waits_until(work.session, hands, row.administrator)
            if begins is not None and now < begins:
                raise NotPermitted(
                    "Since the clinic was opened with its recovery sheet, everybody whose word would be a "
                    "second person's was given another password or left. So confirming it waits three days "
                    "after the last of that, while everybody reads of it on Today: until "
                    f"{plain_moment(begins.astimezone(zone_of(clinic.clock)))}. "
                    "Nothing was changed. If any of that was not wanted, confirm nothing and tell everybody "
                    "here."
                )
            row.nobody_else = not independent
            row.confirmed_at = now
            row.confirmed_by = clinic.person.staff_id
            work.log.record(opening_entered("recovery_opening.confirmed", row))
        still_read_only = why_behind(work.session)
        work.commit(checkpoint=True)
    clinic.read_only = still_read_only
    hold_against_schema(clinic)
    return RecoveryConfirmed(len(waiting), any(row.nobody_else for row in waiting))
