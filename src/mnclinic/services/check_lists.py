"""Hold the clinic's own row, imports and backups against the log; name what it entered and is not there."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timezone
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import (
    Backup,
    Clinic,
    ImportBatch,
    KeyVouch,
    LogDetail,
    Patient,
    RegisteredKey,
    Staff,
    Visit,
)
from mnclinic.services.backup_rows import backup_bytes, first_backup_bytes
from mnclinic.services.check_logged import Logged, names
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.clinic_rows import clinic_bytes
from mnclinic.services.import_patients import import_bytes
from mnclinic.services.key_register import vouch_bytes

NOT_ENTERED = "it is not what the log entered"
GONE = "the log entered it and it is not there any more"
FIRST_ENTRY = 1


def clinic_row(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """The clinic is the one that was set up. Older logs name it by its name and key alone."""
    row = session.get_one(Clinic, 1)
    entered = logged.of("clinic", row.vault)
    if entered:
        if not names(entered[-1], clinic_bytes(row)):
            yield StoreFinding("clinic", NOT_ENTERED)
        return
    key = session.get(RegisteredKey, row.installation_key)
    detail = session.scalar(select(LogDetail.detail).where(LogDetail.seq == FIRST_ENTRY))
    if (
        json.loads(detail or b"{}").get("name") != row.name
        or key is None
        or (key.purpose, key.enrolled_at) != ("installation", row.created_at)
        or row.is_demo != (row.demo_day is not None)
    ):
        yield StoreFinding("clinic", NOT_ENTERED)


def staff_days(session: Session) -> Iterator[StoreFinding]:
    """Everybody is on the staff since their first key was made."""
    first: dict[str, datetime] = {}
    for row in session.scalars(select(RegisteredKey).where(RegisteredKey.staff_id.is_not(None))):
        staff = str(row.staff_id)
        first[staff] = min(first.get(staff, row.enrolled_at), row.enrolled_at)
    for person in session.scalars(select(Staff)):
        if person.id in first and person.added_at != first[person.id]:
            yield StoreFinding(
                f"staff {person.user}", "the day of coming in the table is not the one that was entered"
            )


def imports(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each import is as it was entered, and each person on the roster came with the one that is named."""
    rows = session.scalars(select(ImportBatch)).all()
    came: Counter[str] = Counter()
    spans: list[tuple[int, int, str]] = []
    for row in rows:
        entries = logged.of("import", row.id)
        if not entries:
            continue
        made = int(entries[0]["seq"])
        spans.append((made - row.added, made, row.id))
        if not names(entries[-1], import_bytes(row)):
            yield StoreFinding(f"import {row.id[:8]}", NOT_ENTERED)
    for person in session.scalars(select(Patient)):
        entered = logged.named("patient", person.ref)
        if not entered:
            continue
        seq, action = entered[0].seq, entered[0].action
        came[person.import_id or ""] += 1
        named = [one for first, made, one in spans if first <= seq < made]
        is_imported = action == "patient.imported"
        if is_imported != (person.import_id is not None) or (named and named != [person.import_id]):
            yield StoreFinding(f"patient {person.record_number}", "the import it came with is not the log's")
    for row in rows:
        if came[row.id] != (0 if row.undone_at is not None else row.added):
            yield StoreFinding(f"import {row.id[:8]}", "the people on the roster are not those it brought")
    entered_once = _imported_before_imports_were_entered(logged)
    older = [row for row in rows if not logged.of("import", row.id)]
    if sum(row.added for row in older) != entered_once - sum(row.added for row in rows if row not in older):
        for row in older or rows:
            yield StoreFinding(f"import {row.id[:8]}", "the log entered another number of people")
    for gone in sorted(logged.ids("import") - {row.id for row in rows}):
        yield StoreFinding(f"import {gone[:8]}", GONE)


def _imported_before_imports_were_entered(logged: Logged) -> int:
    """How many people the log says were imported, whether they are still on the roster or not."""
    return sum(logged.named("patient", ref)[0].action == "patient.imported" for ref in logged.ids("patient"))


def backups(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """The list of backups is what was entered about each of them last."""
    rows = session.scalars(select(Backup)).all()
    for row in rows:
        entries = logged.of("backup", row.id)
        if not entries or not _names_backup(entries[-1], row):
            yield StoreFinding(f"backup {row.id[:8]}", NOT_ENTERED)
    for gone in sorted(logged.ids("backup") - {row.id for row in rows}):
        yield StoreFinding(f"backup {gone[:8]}", GONE)


def _names_backup(entry: Mapping[str, Any], row: Backup) -> bool:
    if names(entry, backup_bytes(row)):
        return True
    zone = datetime.fromisoformat(f"2000-01-01T00:00:00{entry['tz']}").tzinfo
    zones = [UTC, zone] if isinstance(zone, timezone) else [UTC]
    return any(names(entry, first_backup_bytes(row, one)) for one in zones)


def words_counted(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """A later word for a key stands once for each time that it was entered."""
    held = Counter((word.key, vouch_bytes(word)) for word in session.scalars(select(KeyVouch)))
    for (key, content), count in held.items():
        if count != sum(names(entry, content) for entry in logged.of("key_vouch", key)):
            yield StoreFinding(f"key {key[:16]}", "a word for it stands in the table more than once")


def absent(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Everybody and every visit that the log entered and that is not there, each by itself."""
    for kind, column in (("patient", Patient.ref), ("staff", Staff.id), ("visit", Visit.id)):
        there = set(session.scalars(select(column)))
        for object_id in sorted(logged.ids(kind) - there - logged.ids(f"removed_{kind}")):
            seq = logged.named(kind, object_id)[0].seq
            yield StoreFinding(
                f"{kind} {object_id}", f"log entry {seq} entered it and it is not there any more"
            )
