"""Log in: open the clinic in one person's name."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mnclinic import __version__
from mnclinic.domain.instants import Clock
from mnclinic.errors import ClinicMissing, DatabaseDamaged, DatabaseMissing
from mnclinic.models import Clinic, Licence, LogEntry, RegisteredKey, Staff
from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.signing_keys import unwrap_installation_key
from mnclinic.security.slots import Unlocked, unlock
from mnclinic.services.access_time import enter_within_access_time
from mnclinic.services.break_glass import glass_at_log_in
from mnclinic.services.rotate_database_key import settle_keys
from mnclinic.services.session import ClinicFacts, OpenClinic, Person
from mnclinic.store.engine import (
    DATABASE_NAME,
    assert_not_plaintext,
    close_engine,
    open_engine,
    salt_in_file,
)
from mnclinic.store.folder_check import refuse_unsuitable
from mnclinic.store.folder_use import FolderUse
from mnclinic.store.log_writer import Act, Installation
from mnclinic.store.migrate import bring_up_to_date, is_out_of_date
from mnclinic.store.rotation import settle_rotation
from mnclinic.store.trouble import told_plainly
from mnclinic.store.unit_of_work import Store

BACKUPS = "backups"


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


def clinic_is_here(folder: Path) -> bool:
    """Whether the folder holds a clinic, whole or not."""
    return any((folder / name).exists() for name in (DATABASE_NAME, KEY_FILE, PREVIOUS_KEY_FILE))


def open_clinic(folder: Path, user: str, password: str, *, clock: Clock, durable: bool = True) -> OpenClinic:
    """Open the clinic in `folder` and enter the log-in.

    Raises:
        ClinicMissing, KeyFileMissing, KeyFileDamaged, DatabaseMissing, DatabaseDamaged,
        DatabaseNotEncrypted, NewerFormat, ClinicInUse, FolderNotWritable, FolderUnsuitable: nothing was
            changed.
        WrongCredentials: the user or the password is not right.
    """
    if not clinic_is_here(folder):
        raise ClinicMissing(
            "There is no clinic in this folder. Nothing was changed. Choose the right folder with "
            "--data-dir, set one up with: mnclinic init, or try the demo with: mnclinic demo."
        )
    refuse_unsuitable(folder)
    settle_rotation(folder)
    use = FolderUse.shared(folder)
    try:
        clinic = _logged_in(folder, user, password, clock, use, durable=durable)
    except BaseException:
        use.release()
        raise
    try:
        enter_within_access_time(clinic)
        settle_keys(clinic)
        with clinic.work() as work:
            work.log.record(Act("login", "E", categories=("session",)))
            work.commit()
    except BaseException:
        clinic.close()
        raise
    return clinic


def _logged_in(
    folder: Path, user: str, password: str, clock: Clock, use: FolderUse, *, durable: bool
) -> OpenClinic:
    loaded = load_key_file(folder)
    path = folder / DATABASE_NAME
    if not path.is_file():
        raise DatabaseMissing(
            "The clinic's database is not in this folder. Nothing was changed. Put the file clinic.db "
            "back, or restore the newest backup."
        )
    with told_plainly():
        assert_not_plaintext(path)
        salt = salt_in_file(path)
    unlocked = unlock(loaded.keyfile, user, password, database_salt=salt)
    try:
        with told_plainly():
            engine = open_engine(path, bytes(unlocked.database_key), unlocked.database_salt, durable=durable)
        try:
            with told_plainly():
                if is_out_of_date(engine):
                    with use.alone():
                        bring_up_to_date(engine, backup_folder=folder / BACKUPS, now=clock.now())
            clinic = _opened(folder, engine, loaded.keyfile, unlocked, clock)
        except BaseException:
            unlocked.session.forget()
            close_engine(engine)
            raise
    finally:
        unlocked.database_key[:] = bytes(len(unlocked.database_key))
    clinic.warning = loaded.warning
    clinic.folder_use = use
    return clinic


def _opened(folder: Path, engine: Engine, key_file: KeyFile, unlocked: Unlocked, clock: Clock) -> OpenClinic:
    with told_plainly(), Session(engine) as session:
        row = session.get(Clinic, 1)
        if row is None:
            raise DatabaseDamaged(
                "The database holds no clinic. Nothing was changed. Restore the newest backup."
            )
        director_key = session.scalars(
            select(RegisteredKey)
            .join(Staff, Staff.id == RegisteredKey.staff_id)
            .where(RegisteredKey.purpose == "signature", Staff.role == "director")
            .order_by(RegisteredKey.enrolled_at.desc())
        ).first()
        newest = session.execute(
            select(LogEntry.entry).order_by(LogEntry.seq.desc()).limit(1)
        ).scalar_one_or_none()
        facts = ClinicFacts(
            vault=row.vault,
            name=row.name,
            is_demo=row.is_demo,
            demo_day=row.demo_day,
            fingerprint=director_key.key if director_key else "",
            is_solo=row.is_solo,
        )
        wrapped = row.installation_private
    key = unwrap_installation_key(wrapped, unlocked.database_key, vault_id=facts.vault)
    if facts.demo_day is not None and newest is not None:
        clock = _demo_clock(clock, facts.demo_day, newest)
    store = Store(
        folder,
        engine,
        Installation(facts.vault, key.key_id, key.public, key.sign, __version__),
        clock,
    )
    with told_plainly(), Session(engine) as session:
        glass = glass_at_log_in(session, unlocked.user_id, clock, _high_water(newest))
    return OpenClinic(
        store=store,
        key_file=key_file,
        person=person_of(store, unlocked.user_id),
        facts=facts,
        session_key=unlocked.session,
        installation_key=key,
        glass=glass,
    )


def _high_water(newest: bytes | None) -> datetime | None:
    return datetime.fromisoformat(json.loads(newest)["hwm"]) if newest is not None else None


def _demo_clock(clock: Clock, day: date, newest: bytes) -> Clock:
    entry = json.loads(newest)
    last = datetime.fromisoformat(entry["hwm"]) + timedelta(minutes=1)
    zone = datetime.fromisoformat(f"2000-01-01T00:00:00{entry['tz']}").tzinfo
    same_time = datetime.combine(day, clock.now().time().replace(tzinfo=None), zone)
    if last.astimezone(zone).date() < day:
        # Still being built: its own clock tells its story.
        return clock
    latest = datetime.combine(day, time(23, 30), zone)
    return DemoClock(clock, max(last.astimezone(zone), min(same_time, latest)))


def person_of(store: Store, staff_id: str) -> Person:
    """The member of staff behind a log-in.

    Raises DatabaseDamaged when the key file knows somebody whom the database does not.
    """
    with told_plainly(), Session(store.engine) as session:
        staff = session.get(Staff, staff_id)
        if staff is None:
            raise DatabaseDamaged(
                "The key file and the database do not belong together: it names a person who is not on "
                "the staff. Nothing was changed. Put back the key file that belongs to this database."
            )
        licence = session.scalars(
            select(Licence).where(Licence.staff_id == staff_id).order_by(Licence.expires_on.desc())
        ).first()
        signature_key = session.scalars(
            select(RegisteredKey.key)
            .where(RegisteredKey.staff_id == staff_id, RegisteredKey.purpose == "signature")
            .order_by(RegisteredKey.enrolled_at.desc())
        ).first()
        return Person(
            staff_id=staff.id,
            user=staff.user,
            name=staff.name,
            role=staff.role,
            credential=staff.credential,
            licence=licence.number if licence else "",
            signature_key=signature_key,
            access_from=staff.access_from,
            access_until=staff.access_until,
        )
