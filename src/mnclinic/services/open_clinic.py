"""Log in: open the clinic in one person's name."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mnclinic import __version__
from mnclinic.audit.entry import fields_as_they_stand
from mnclinic.domain.instants import Clock, OneTime, ends_at_ms, read_instant
from mnclinic.errors import (
    ILL_WRITTEN,
    ClinicMissing,
    DatabaseDamaged,
    DatabaseMissing,
    DiskFull,
    FolderNotWritable,
    LogIllWritten,
    StoreUnavailable,
    WrongCredentials,
)
from mnclinic.models import Clinic, Licence, LogEntry, RecoveryOpening, RegisteredKey, Staff
from mnclinic.models.base import NO_DAY, NO_INSTANT
from mnclinic.security.device import KeyringHead
from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.signing_keys import unwrap_installation_key
from mnclinic.security.slots import Unlocked, follow_device_policy, unlock
from mnclinic.services.access_time import enter_within_access_time
from mnclinic.services.anchors import hold_against_anchors
from mnclinic.services.break_glass import glass_at_log_in
from mnclinic.services.clock_set_back import set_back_now
from mnclinic.services.credentials import CHECKING, database_salt_of, device_secret_of, judged, judged_to_read
from mnclinic.services.database_form import hold_against_schema, read_past_misfits
from mnclinic.services.found_at_log_in import found_at_log_in
from mnclinic.services.half_key_change import settle_half_change, unlocked_by
from mnclinic.services.key_changes import account_act, keep
from mnclinic.services.key_file_rows import PREVIOUS_COPY_IN_USE, is_newest_entered, key_file_entered
from mnclinic.services.key_register import Enrolment, directors_key, keys_in_force
from mnclinic.services.known_role import in_a_known_role
from mnclinic.services.late_entries import failed_log_ins, keep_for_the_log, where_it_can_be_written
from mnclinic.services.licensed_to_sign import entitling_licences
from mnclinic.services.older_key_file import told_of_changed_database_key, told_of_replaced_keys
from mnclinic.services.rotate_database_key import settle_keys
from mnclinic.services.session import ClinicFacts, OpenClinic, Person
from mnclinic.services.staff_rows import names_of_staff
from mnclinic.store.backup import copies_of_stopped_upgrades, copy_before_upgrade
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.engine import DATABASE_NAME, assert_not_plaintext, close_engine, open_engine
from mnclinic.store.folder_check import refuse_unsuitable
from mnclinic.store.folder_use import FolderUse
from mnclinic.store.log_writer import ILL_WRITTEN_LOG, Act, Installation, Scribe
from mnclinic.store.migrate import NEWEST, bring_up_to_date, current_revision, is_out_of_date
from mnclinic.store.prelogin import PreLogin
from mnclinic.store.rotation import settle_rotation
from mnclinic.store.spare import Spare
from mnclinic.store.trouble import is_without_room, told_plainly
from mnclinic.store.unit_of_work import Store

BACKUPS = "backups"
OPENING = "opening the clinic"
"""The step of a log-in after which it is entered."""
UNFINISHED = "setting-up"
"""The folder in which a clinic is made before it gets its place."""

READ_ONLY_FULL = (
    "The disk is full, so the clinic is open for reading alone: nothing can be stored. Everything saved "
    "before is safe. What you open meanwhile is entered in the log later. Free some space on the disk, then "
    "log in again."
)
READ_ONLY_FOLDER = (
    "The clinic's folder cannot be written, so the clinic is open for reading alone: nothing can be stored, "
    "and what you open is not in the log. Everything saved before is safe. Check that the folder is not "
    "read-only and that you may write to it, then log in again."
)


class DemoClock:
    """A demo clinic's time: the day it was built for, going on from its last entry."""

    def __init__(self, clock: Clock, start: datetime) -> None:
        self._clock = clock
        self._shift = start - clock.now()
        self._zone = start.tzinfo

    def now(self) -> datetime:
        """The demo's present instant."""
        return (self._clock.now() + self._shift).astimezone(self._zone)

    def monotonic_ms(self) -> int:
        """As the computer's."""
        return self._clock.monotonic_ms()


def is_unfinished(folder: Path) -> bool:
    """Whether a set-up was stopped here before its database got its name, which is its last step."""
    # Its own database must still lie there: of a clinic that lost its database nothing may be cleared away.
    return (folder / UNFINISHED / DATABASE_NAME).is_file() and not (folder / DATABASE_NAME).exists()


def clinic_is_here(folder: Path) -> bool:
    """Whether the folder holds a clinic, whole or not. One whose set-up was stopped was never made."""
    names = (DATABASE_NAME, KEY_FILE, PREVIOUS_KEY_FILE)
    return not is_unfinished(folder) and any((folder / name).exists() for name in names)


def assert_clinic_is_here(folder: Path) -> None:
    """Raise ClinicMissing, DatabaseMissing or DatabaseNotEncrypted where there is nothing to open."""
    if not clinic_is_here(folder):
        raise ClinicMissing(
            "There is no clinic in this folder. Nothing was changed. Choose the right folder with "
            "--data-dir, set one up with: mnclinic init, or try the demo with: mnclinic demo."
        )
    path = folder / DATABASE_NAME
    if not path.is_file():
        # A clinic without its keys is told as that by whoever reads them.
        load_key_file(folder)
        raise DatabaseMissing(
            "The clinic's database is not in this folder. Nothing was changed. Put the file clinic.db "
            "back, or restore the newest backup."
        )
    with told_plainly():
        assert_not_plaintext(path)


def open_clinic(
    folder: Path,
    user: str,
    password: str,
    *,
    clock: Clock,
    durable: bool = True,
    why: str | None = None,
    is_trial: bool = False,
    watch: Watch = unwatched,
) -> OpenClinic:
    """Open the clinic in `folder` and enter the log-in.

    The try is counted before the password is judged, and failed ones since the last log-in are entered.
    A full disk or a folder that cannot be written opens the clinic for reading alone.
    The log is held against the newest checkpoints known, and the database's triggers and tables against
    those that the program makes: `clinic.read_only` says what is missing or other.

    Args:
        folder: The clinic's.
        user: As typed.
        password: As typed.
        clock: Where the time comes from.
        durable: As `open_engine`.
        why: Stands in the log-in's entry, such as `unlocked`.
        is_trial: Of a copy that is being restored or tried out: this PC's keyring knows of the clinic
            itself, and is neither asked nor told.
        watch: Told how far it is, and asked whether to go on up to the step `OPENING`.

    Raises:
        ClinicMissing, KeyFileMissing, KeyFileDamaged, DatabaseMissing, DatabaseDamaged,
        DatabaseNotEncrypted, NewerFormat, ClinicInUse, FolderNotWritable, FolderUnsuitable: nothing was
            changed.
        WrongCredentials: the user or the password is not right, or the person has left.
        TooManyTries: the password was not looked at.
        DeviceSecretMissing: the log-in is bound to a keyring that is not this PC's.
        NotPermitted: outside the time for which the person has access.
        Stopped: the watch wanted no more; nobody is logged in and nothing was entered.
    """
    go_on(watch, CHECKING)
    use = shared_use(folder)
    try:
        loaded = load_key_file(folder)
        key_file, salt = loaded.keyfile, database_salt_of(folder)
        secret = device_secret_of(key_file)

        def unlocked_in(generation: KeyFile) -> Unlocked:
            return unlock(generation, user, password, device_secret=secret, database_salt=salt)

        def opened() -> tuple[KeyFile, Unlocked]:
            return unlocked_by(folder, key_file, user, unlocked_in)

        is_counted = True
        with told_of_changed_database_key(folder, key_file):
            try:
                opening, unlocked = judged(folder, key_file, user, clock=clock, judge=opened)
            except FolderNotWritable:
                is_counted = False
                opening, unlocked = judged_to_read(folder, key_file, user, clock=clock, judge=opened)
            try:
                go_on(watch, OPENING)
            except BaseException:
                unlocked.forget()
                raise
            clinic = open_unlocked(
                folder, opening, unlocked, use, clock=clock, durable=durable, why=why, is_trial=is_trial
            )
        if not is_counted and clinic.read_only is None:
            clinic.read_only = READ_ONLY_FOLDER
    except BaseException:
        use.release()
        raise
    try:
        clinic.warning = loaded.warning
        if clinic.read_only is None:
            _follow_device_policy(clinic, password, secret)
    except BaseException:
        clinic.close()
        raise
    return clinic


def shared_use(folder: Path) -> FolderUse:
    """The use of a folder that holds a clinic, taken before its files are read, so that they belong together.

    What a stopped change of the database key left beside the database is cleared away first.

    Raises ClinicMissing, DatabaseMissing, DatabaseNotEncrypted, FolderUnsuitable, ClinicInUse,
    FolderNotWritable and kin.
    """
    assert_clinic_is_here(folder)
    refuse_unsuitable(folder)
    # The try at a password has to be counted on the disk before it is judged.
    Spare(folder).release_if_short()
    settle_rotation(folder)
    return FolderUse.shared(folder)


def open_unlocked(
    folder: Path,
    key_file: KeyFile,
    unlocked: Unlocked,
    use: FolderUse,
    *,
    clock: Clock,
    durable: bool = True,
    why: str | None = None,
    is_trial: bool = False,
) -> OpenClinic:
    """Open the clinic with keys that are open already, and enter the log-in. The keys are used up by it.

    Args:
        folder: The clinic's.
        key_file: The generation that the keys came from.
        unlocked: Forgotten when this raises; its database key in any case.
        use: From `shared_use`; the clinic's from now on, the caller's when this raises.
        clock: Where the time comes from.
        durable: As `open_engine`.
        why: Stands in the log-in's entry: by what other way than the password.
        is_trial: As `open_clinic`.

    Raises: as `open_clinic`.
    """
    engine = None
    try:
        with told_plainly():
            engine = open_engine(
                folder / DATABASE_NAME,
                bytes(unlocked.database_key),
                unlocked.database_salt,
                durable=durable,
            )
        upgraded_from = upgrade_alone(folder, engine, use, now=clock.now())
        misfits = read_past_misfits(engine)
        clinic = _opened(folder, engine, key_file, unlocked, clock)
        clinic.folder_use = use
        if not misfits:
            _settle_half_change(clinic)
        with told_of_replaced_keys(clinic):
            enter_within_access_time(clinic)
        if not is_trial and not clinic.facts.is_demo:
            clinic.store.witness.second = KeyringHead(clinic.facts.vault)
            clinic.has_keyring_witness = True
        held = hold_against_anchors(clinic)
        hold_against_schema(clinic, misfits)
        with told_of_replaced_keys(clinic):
            _enter_log_in(clinic, unlocked, why, held.to_enter, upgraded_from)
        clinic.store.go_on_keeping_heads(is_suspended=held.is_in_question)
    except BaseException:
        unlocked.session.forget()
        if engine is not None:
            close_engine(engine)
        raise
    finally:
        unlocked.database_key[:] = bytes(len(unlocked.database_key))
    return clinic


def _settle_half_change(clinic: OpenClinic) -> None:
    try:
        settle_half_change(clinic)
    except (StoreUnavailable, *ILL_WRITTEN) as trouble:
        # On a full disk people read all the same, with keys that stand. The next log-in settles it. So they
        # do where the log or the register is ill written, which the log-in goes on to find.
        if isinstance(trouble, StoreUnavailable) and not is_without_room(trouble):
            raise


def upgrade_alone(folder: Path, engine: Engine, use: FolderUse, *, now: datetime) -> str | None:
    """Bring an older database up to date, with the folder to oneself. Raises ClinicInUse and kin.

    Returns the form that it had; None where it was up to date.
    """

    def back_up() -> Path:
        written = copy_before_upgrade(engine, folder, now=now, app=__version__, to=NEWEST)
        return written.folder / DATABASE_NAME

    def earlier() -> list[Path]:
        return [copy / DATABASE_NAME for copy in copies_of_stopped_upgrades(folder, to=NEWEST)]

    with told_plainly():
        if not is_out_of_date(engine):
            return None
        with use.alone():
            with engine.connect() as connection:
                before = current_revision(connection)
            return before if bring_up_to_date(engine, back_up=back_up, earlier=earlier) else None


def _enter_log_in(
    clinic: OpenClinic,
    unlocked: Unlocked,
    why: str | None,
    also: Iterable[Act],
    upgraded_from: str | None,
) -> None:
    """Enter the log-in, and before it what nobody could enter until somebody logged in.

    A disk that is full or failing does not keep people from reading: the clinic is then read-only.
    """
    installation = clinic.store.installation
    by_installation = Scribe(None, None, installation.key, installation.sign)
    person = clinic.person
    try:
        box = PreLogin(clinic.folder)
        drained = box.drain(unlocked.database_key, clinic.facts.vault)
        with clinic.work() as work:
            found = found_at_log_in(
                work.session,
                clinic.clock.now(),
                upgraded_from=upgraded_from,
                is_demo=clinic.facts.is_demo,
            )
            meanwhile = tuple(found)
            if work.session.get(RegisteredKey, unlocked.session.key_id) is None:
                # A power cut parted new keys from their entry: they are entered in view now.
                register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
                before = keys_in_force(work.session, person.staff_id, "session")
                register.enrol(
                    unlocked.session,
                    "session",
                    person,
                    person.staff_id,
                    vouched_by=[clinic.installation_key],
                    why="found",
                    scribe=by_installation,
                )
                for one in before:
                    register.revoke(
                        one.key, "replaced", by=None, signer=clinic.installation_key, scribe=by_installation
                    )
            if not is_newest_entered(work.session, clinic.key_file):
                there = load_key_file(clinic.folder)
                is_previous = there.from_previous and there.keyfile == clinic.key_file
                found_file = key_file_entered(
                    clinic.key_file, found=True, why=PREVIOUS_COPY_IN_USE if is_previous else None
                )
                work.log.record(found_file, scribe=by_installation)
            for act in (*meanwhile, *also, *failed_log_ins(drained)):
                work.log.record(act, scribe=by_installation)
            entered = account_act("login", person.staff_id, "E", why=why)
            work.log.record(replace(entered, categories=("session",)))
            work.commit()
        if not drained.is_empty:
            box.forget_through(drained)
        settle_keys(clinic)
    except (StoreUnavailable, *ILL_WRITTEN) as error:
        trouble = error if isinstance(error, StoreUnavailable) else LogIllWritten(ILL_WRITTEN_LOG)
        if not is_without_room(trouble):
            raise
        _read_only_too(clinic, _why_nothing_can_be_stored(trouble))
        with where_it_can_be_written():
            keep_for_the_log(clinic.folder, clinic.key_file, person.staff_id, "login", clock=clinic.clock)


def _read_only_too(clinic: OpenClinic, why: str) -> None:
    """What was found before stays told: on a full disk as in every other case."""
    if clinic.read_only is None or why not in clinic.read_only:
        clinic.read_only = " ".join(filter(None, (clinic.read_only, why)))


def _why_nothing_can_be_stored(trouble: StoreUnavailable) -> str:
    if isinstance(trouble, FolderNotWritable):
        return READ_ONLY_FOLDER
    if isinstance(trouble, DiskFull):
        return READ_ONLY_FULL
    return f"{trouble.sentence} Until then the clinic is open for reading alone: nothing can be stored."


def _follow_device_policy(clinic: OpenClinic, password: str, secret: bytes | None) -> None:
    changed = follow_device_policy(clinic.key_file, clinic.person.user, password, device_secret=secret)
    if changed is None:
        return
    with clinic.work() as work:
        action = "account.freed_from_device" if changed.device is None else "account.bound_to_device"
        work.log.record(account_act(action, clinic.person.staff_id))
        keep(clinic, work, changed, retire_previous=True)


def _opened(folder: Path, engine: Engine, key_file: KeyFile, unlocked: Unlocked, clock: Clock) -> OpenClinic:
    with told_plainly(), Session(engine) as session:
        row = session.get(Clinic, 1)
        if row is None:
            raise DatabaseDamaged(
                "The database holds no clinic. Nothing was changed. Restore the newest backup."
            )
        newest = session.execute(
            select(LogEntry.entry).order_by(LogEntry.seq.desc()).limit(1)
        ).scalar_one_or_none()
        facts = ClinicFacts(
            vault=row.vault,
            name=row.name,
            is_demo=row.is_demo,
            demo_day=None if row.demo_day == NO_DAY else row.demo_day,
            fingerprint=directors_key(session),
            is_solo=row.is_solo,
            staff_names=names_of_staff(session),
        )
        wrapped = row.installation_private
        read_only = unconfirmed_recovery(session)
        session_key = session.get(RegisteredKey, unlocked.session.key_id)
        # A reset gives a new one.
        is_of_set_up = session_key is not None and (
            session_key.enrolled_at == row.created_at
            or NO_INSTANT in {session_key.enrolled_at, row.created_at}
        )
    key = unwrap_installation_key(wrapped, unlocked.database_key, vault_id=facts.vault)
    if facts.demo_day is not None and newest is not None:
        clock = _demo_clock(clock, facts.demo_day, newest)
    store = Store(
        folder,
        engine,
        Installation(facts.vault, key.key_id, key.public, key.sign, __version__),
        OneTime(clock),
    )
    high_water = _high_water(newest)
    with told_plainly(), Session(engine) as session:
        glass = glass_at_log_in(session, unlocked.user_id, clock, high_water)
        # A demo's days are made up.
        set_back = None if facts.is_demo else set_back_now(session, clock.now())
    person, read_only = in_a_known_role(
        store, unlocked.session.key_id, person_of(store, unlocked.user_id), read_only
    )
    until = person.access_until
    return OpenClinic(
        store=store,
        key_file=key_file,
        person=person,
        access_ends_ms=None if until is None else ends_at_ms(clock, until, high_water),
        facts=facts,
        session_key=unlocked.session,
        installation_key=key,
        glass=glass,
        clock_set_back=set_back,
        read_only=read_only,
        has_temporary_password=unlocked.is_temporary and not is_of_set_up,
        has_password_of_set_up=unlocked.is_temporary and is_of_set_up,
    )


def unconfirmed_recovery(session: Session) -> str | None:
    """Why the clinic is read-only after it was opened with the recovery sheet; None if it is not."""
    opening = session.scalars(
        select(RecoveryOpening).where(
            RecoveryOpening.confirmed_at.is_(None), RecoveryOpening.nobody_else.is_(False)
        )
    ).first()
    if opening is None:
        return None
    administrator = session.get_one(Staff, opening.administrator)
    return (
        f"This clinic was opened with its recovery sheet, and {administrator.name} was made its "
        "administrator. It is open for reading alone until somebody else of the staff confirms that: log in "
        "under your own name and confirm it on Today, or with: mnclinic restore --confirm. Where nobody else "
        "has a password of their own any more, the administrator gives all of them new ones first, and the "
        "record says so."
    )


def _high_water(newest: bytes | None) -> datetime | None:
    """None too where no clock shows what stands there: a check names that entry, and work goes on."""
    return read_instant(fields_as_they_stand(newest).get("hwm"))


def _demo_clock(clock: Clock, day: date, newest: bytes) -> Clock:
    entry, high_water = fields_as_they_stand(newest), _high_water(newest)
    there = read_instant(f"2000-01-01T00:00:00{entry.get('tz')}")
    if high_water is None or there is None:
        return clock
    last = high_water + timedelta(minutes=1)
    zone = there.tzinfo
    same_time = datetime.combine(day, clock.now().time().replace(tzinfo=None), zone)
    if last.astimezone(zone).date() < day:
        # Still being built: its own clock tells its story.
        return clock
    latest = datetime.combine(day, time(23, 30), zone)
    return DemoClock(clock, max(last.astimezone(zone), min(same_time, latest)))


def person_of(store: Store, staff_id: str) -> Person:
    """The member of staff behind a log-in.

    Raises WrongCredentials for nobody of the staff, or somebody who left: the answer that a stranger gets.
    """
    with told_plainly(), Session(store.engine) as session:
        staff = session.get(Staff, staff_id)
        if staff is None or not staff.is_active:
            raise WrongCredentials
        papers = session.scalars(
            select(Licence).where(Licence.staff_id == staff_id).order_by(Licence.expires_on.desc())
        ).all()
        licence = next(iter(entitling_licences(papers, staff.credential)), None)
        signature_keys = keys_in_force(session, staff_id, "signature")
        return Person(
            staff_id=staff.id,
            user=staff.user,
            name=staff.name,
            role=staff.role,
            credential=staff.credential,
            licence=licence.number if licence else "",
            signature_key=signature_keys[0].key if signature_keys else None,
            # A bound that is none keeps nobody from having it checked; the clinic is only read then.
            access_from=None if staff.access_from == NO_INSTANT else staff.access_from,
            access_until=None if staff.access_until == NO_INSTANT else staff.access_until,
        )
