"""Hold what stands beside signed and logged documents against them: moments, names, places, whose it is.

A column that was written in the transaction of its entry, from a clock read just before, is held against the
entry's own time, a few minutes apart at most.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.instants import read_instant
from mnclinic.domain.visit_life import OPEN_TO_EDIT
from mnclinic.models import (
    AdverseEvent,
    ApprovedDocument,
    Backup,
    Clinic,
    ImportBatch,
    Licence,
    LogDetail,
    LogEntry,
    Patient,
    RegisteredKey,
    Release,
    Staff,
    Visit,
    VisitRevision,
    VisitSignature,
    instant_text,
)
from mnclinic.services.backup_rows import backup_row_content, place_as_told
from mnclinic.services.check_lives import HELD
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import DOCUMENT_ACTS, StoreFinding
from mnclinic.services.import_patients import import_bytes

APART = timedelta(minutes=10)
"""How long a transaction may take between reading the clock for a column and making its entry."""

OPEN = frozenset(one.value for one in OPEN_TO_EDIT)
ANOTHER_CLINIC = "a database holds one clinic, and this is another"
NEVER_ENTERED = "it was never entered in the log"

DOCUMENT_KINDS = ("policy", "protocol", "consent_text", "authorisation")


def clinic(session: Session) -> Iterator[StoreFinding]:
    """The clinic's own row says what was entered when it was set up, and there is no other."""
    row = session.get_one(Clinic, 1)
    created = session.execute(
        select(LogEntry.entry, LogDetail.detail)
        .outerjoin(LogDetail, LogDetail.seq == LogEntry.seq)
        .where(LogEntry.action == "clinic.created")
        .order_by(LogEntry.seq)
        .limit(1)
    ).first()
    entry, detail = (json.loads(created.entry), created.detail) if created else ({}, None)
    said = json.loads(detail or b"{}")
    here = {
        "name": row.name,
        "is_demo": row.is_demo,
        "demo_day": row.demo_day.isoformat() if row.demo_day else None,
    }
    # What the first form did not enter is not there to be compared.
    if not entry or any(said.get(name, value) != value for name, value in here.items()):
        yield StoreFinding("clinic", "its name or kind is not what the log entered")
    elif not is_moment_of(entry, row.created_at) or entry["vault"] != row.vault:
        yield StoreFinding("clinic", "its identity or the moment of its making is not what the log entered")
    key = session.get(RegisteredKey, row.installation_key)
    if key is None or key.purpose != "installation":
        yield StoreFinding("clinic", "its installation key is not in the register as one")
    for other in session.scalars(select(Clinic.id).where(Clinic.id != 1).order_by(Clinic.id)):
        yield StoreFinding(f"clinic {other}", ANOTHER_CLINIC, table="clinic")


def keys(session: Session) -> Iterator[StoreFinding]:
    """What is searched of a key is what its own document says."""
    for row in session.scalars(select(RegisteredKey)):
        document = json.loads(row.document)
        said = (document["key"], document["purpose"], document["holder"]["staff"], document["enrolled_at"])
        if said != (row.key, row.purpose, row.staff_id, instant_text(row.enrolled_at)):
            yield StoreFinding(f"key {row.key[:16]}", "its columns are not what its document says")


def staff(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Everybody was added when the log says so; every licence is somebody's."""
    people = {row.id: row for row in session.scalars(select(Staff))}
    for row in people.values():
        entries = logged.of("staff", row.id)
        if entries and not is_moment_of(entries[0], row.added_at):
            yield StoreFinding(f"staff {row.user}", "the moment of joining is not what the log entered")
    for licence in session.scalars(select(Licence)):
        if licence.staff_id not in people:
            yield StoreFinding(f"licence {licence.id}", "it belongs to nobody on the staff")


def roster(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """People came onto the roster when, and by the import that, the log says."""
    batches = {row.id: row for row in session.scalars(select(ImportBatch))}
    people: Counter[str] = Counter()
    newest: dict[str, int] = {}
    for ref, number, added_at, import_id in session.execute(
        select(Patient.ref, Patient.record_number, Patient.added_at, Patient.import_id).execution_options(
            yield_per=1000
        )
    ):
        words = logged.named("patient", ref)
        if words and not is_moment_of(logged.entry(words[0].seq), added_at):
            yield StoreFinding(f"patient {number}", "the moment of joining is not what the log entered")
        if import_id is not None:
            people[import_id] += 1
            newest[import_id] = max(newest.get(import_id, 0), words[0].seq if words else 0)
            if import_id not in batches:
                yield StoreFinding(f"patient {number}", "the import that brought them is not there any more")
    # The first form entered the people of an import and not the import itself; no later one does that.
    first_made = min(
        (logged.named("import", one)[0].seq for one in logged.ids("import")), default=sys.maxsize
    )
    for row in batches.values():
        where = f"import {row.id[:8]}"
        if logged.newest_named("import", row.id) is None:
            if row.added == 0 or newest.get(row.id, 0) > first_made:
                yield StoreFinding(where, NEVER_ENTERED)
            elif row.undone_at is None and people[row.id] != row.added:
                yield StoreFinding(where, "it did not bring as many people as it says")
        elif not logged.ends_with("import", row.id, import_bytes(row)):
            yield StoreFinding(where, "it is not what the log entered")
        elif people[row.id] != (0 if row.undone_at else row.added):
            yield StoreFinding(where, "it did not bring as many people as it says")
    yield from _gone("imports", logged.ids("import") - batches.keys())


def records(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Every frozen record that the log entered is there, and was frozen when it says."""
    kept: dict[str, list[bytes]] = {}
    for row in session.scalars(
        select(VisitRevision)
        .order_by(VisitRevision.visit_id, VisitRevision.revision)
        .execution_options(yield_per=500)
    ):
        record = json.loads(row.record)
        where = f"visit {record['number']} revision {row.revision}"
        if (record["visit"], record["revision"], record["entered_at"]) != (
            row.visit_id,
            row.revision,
            instant_text(row.frozen_at),
        ):
            yield StoreFinding(where, "its columns are not what the record says")
        if row.visit_id not in kept:
            yield from _missing_records(session, logged, kept)
            kept = {row.visit_id: []}
        kept[row.visit_id].append(row.record)
    yield from _missing_records(session, logged, kept)
    with_records = set(session.scalars(select(VisitRevision.visit_id).distinct()))
    for visit_id in sorted(logged.ids("visit") - with_records):
        yield from _missing_records(session, logged, {visit_id: []})


def _missing_records(
    session: Session, logged: Logged, kept: Mapping[str, list[bytes]]
) -> Iterator[StoreFinding]:
    for visit_id, contents in kept.items():
        for word in logged.named("visit", visit_id):
            if word.action not in DOCUMENT_ACTS and not any(word.names(one) for one in contents):
                number = session.scalar(select(Visit.number).where(Visit.id == visit_id)) or visit_id[:8]
                where = f"visit {number} revision {word.revision}"
                what = f"the record that log entry {word.seq} names is missing"
                yield StoreFinding(where, what, seq=word.seq)


def signatures(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """What is searched of a signature is what was signed; each stands there once, in the log's order."""
    last: tuple[str, int] = ("", 0)
    for row in session.scalars(
        select(VisitSignature)
        .order_by(VisitSignature.visit_id, VisitSignature.id)
        .execution_options(yield_per=500)
    ):
        record = json.loads(row.record)
        where = f"signature on {record['number']} revision {record['revision']} ({record['meaning']})"
        said = (record["meaning"], record["signer"]["staff"], record["signed_at"])
        if said != (row.meaning, row.signer, instant_text(row.signed_at)):
            yield StoreFinding(where, "its columns are not what was signed")
        named = [word.seq for word in logged.named("signature", row.visit_id) if word.names(row.record)]
        if named and last[0] == row.visit_id and named[0] <= last[1]:
            yield StoreFinding(where, "it stands there twice, or before one that was made earlier")
        last = (row.visit_id, max(named, default=0))


def releases(session: Session) -> Iterator[StoreFinding]:
    """Each thing that the director's signature let pass is there, once."""
    kept: dict[int, Counter[str]] = {}
    for signature_id, code in session.execute(select(Release.signature_id, Release.code)):
        kept.setdefault(signature_id, Counter())[code] += 1
    for row in session.scalars(select(VisitSignature).where(VisitSignature.meaning == "released")):
        record = json.loads(row.record)
        stated = record["statement"].partition("Released: ")[2].split(".")[0]
        codes = Counter(code for code in stated.split(", ") if code)
        if kept.get(row.id, Counter()) != codes:
            what = f"the releases in the table are not those that were signed: {stated}"
            yield StoreFinding(f"visit {record['number']}", what, table="visit_release")


def visits(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """When a visit was performed and why it was returned or voided is what was entered."""
    for row in session.execute(
        select(
            Visit.id, Visit.number, Visit.state, Visit.performed_at, Visit.saved_at, Visit.reason
        ).execution_options(yield_per=500)
    ):
        where = f"visit {row.number}"
        performed = _last(logged, "signature", row.id, {"visit.performed"})
        if (performed is None) != (row.performed_at is None) or (
            performed is not None and not is_moment_of(performed, row.performed_at)
        ):
            yield StoreFinding(where, "the moment of its performance is not what the log entered")
        if row.state not in OPEN and not _is_saved_then(logged, row.id, row.saved_at):
            yield StoreFinding(where, "the moment at which it was last changed is not what the log entered")
        if row.reason != _reason(session, logged, row.id, row.state):
            yield StoreFinding(where, "the reason that stands there is not the one that was given")


def _is_saved_then(logged: Logged, visit_id: str, at: datetime) -> bool:
    """Whether a moment is that of the visit's newest act; nothing is stored behind it without an entry."""
    words = (*logged.named("visit", visit_id), *logged.named("signature", visit_id))
    newest = max((word.seq for word in words if word.action in HELD), default=0)
    return newest == 0 or is_moment_of(logged.entry(newest), at)


def _reason(session: Session, logged: Logged, visit_id: str, state: str) -> str:
    if state == "voided":
        voided = _last(logged, "visit", visit_id, {"visit.voided"})
        detail = session.get(LogDetail, voided["seq"]) if voided else None
        return str(json.loads(detail.detail)["reason"]) if detail is not None else ""
    if state == "returned":
        record = session.scalars(
            select(VisitSignature.record)
            .where(VisitSignature.visit_id == visit_id, VisitSignature.meaning == "returned")
            .order_by(VisitSignature.id.desc())
        ).first()
        return str(json.loads(record)["reason"]) if record is not None else ""
    return ""


def adverse_events(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Who noted an adverse event, and when, is what was entered."""
    for row in session.scalars(select(AdverseEvent)):
        words = logged.of("adverse_event", row.id)
        if words and (
            words[0]["actor"]["uid"] != row.recorded_by or not is_moment_of(words[0], row.recorded_at)
        ):
            yield StoreFinding(
                f"adverse event {row.id[:8]}", "who noted it, or when, is not what the log says"
            )


def documents(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """What is searched of a document is what it says; none that the log entered is missing."""
    kept: dict[tuple[str, str], list[bytes]] = {}
    for row in session.scalars(select(ApprovedDocument)):
        where = f"{row.kind} {row.document_id} v{row.version}"
        document = json.loads(row.document)
        kept.setdefault((row.kind, row.document_id), []).append(row.document)
        approved_at = json.loads(row.approval)["signed_at"] if row.approval is not None else None
        if (row.name, row.approved_at and instant_text(row.approved_at)) != (
            document.get("name") or document.get("title") or row.document_id,
            approved_at,
        ):
            yield StoreFinding(where, "its name or the moment of its approval is not what was signed")
        added = [
            entry
            for entry in logged.of(row.kind, row.document_id)
            if entry["obj"]["rev"] == row.version and entry["action"].endswith(".added")
        ]
        if added and not any(is_moment_of(entry, row.added_at) for entry in added):
            yield StoreFinding(where, "the moment of its adding is not what the log entered")
    for kind in DOCUMENT_KINDS:
        for document_id in sorted(logged.ids(kind)):
            for word in logged.named(kind, document_id):
                if not any(word.names(one) for one in kept.get((kind, document_id), ())):
                    where = f"{kind} {document_id} v{word.revision}"
                    yield StoreFinding(where, "the log entered it and it is not there any more")


def backups(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """The list of backups is what was entered of them."""
    rows = {row.id: row for row in session.scalars(select(Backup))}
    for row in rows.values():
        where = f"backup {row.name or row.id[:8]}"
        words = logged.named("backup", row.id)
        if not words:
            yield StoreFinding(where, NEVER_ENTERED)
        elif not words[-1].names(canonical_bytes(backup_row_content(row))):
            yield StoreFinding(where, "it is not what the log entered")
        elif not _is_as_told(session, logged, row):
            yield StoreFinding(where, "its place, size or moments are not what the log entered")
    yield from _gone("backups", logged.ids("backup") - rows.keys())


def _is_as_told(session: Session, logged: Logged, row: Backup) -> bool:
    """Whether the columns that are not in the logged object are those of the entries' details and times."""
    entries = logged.of("backup", row.id)
    details = session.scalars(
        select(LogDetail.detail)
        .where(LogDetail.seq.in_([entry["seq"] for entry in entries]))
        .order_by(LogDetail.seq)
    )
    told: dict[str, object] = {}
    for detail in details:
        told |= json.loads(detail)
    here = {
        "place": place_as_told(row),
        "kind": row.kind,
        "size_bytes": row.size_bytes,
        "log_size": row.log_size,
    }
    # What the first form did not enter is not there to be compared.
    if any(told.get(name, value) != value for name, value in here.items()):
        return False
    return all(
        at is not None and any(is_moment_of(entry, at) for entry in entries if entry["action"] in acts)
        for at, acts in (
            (row.checked_at, {"backup.checked"}),
            (row.removed_at, {"backup.removed", "backup.failed"}),
        )
        if at is not None or any(entry["action"] in acts for entry in entries)
    )


def _last(logged: Logged, kind: str, object_id: str, actions: Iterable[str]) -> Mapping[str, Any] | None:
    for word in reversed(logged.named(kind, object_id)):
        if word.action in actions:
            return logged.entry(word.seq)
    return None


def is_moment_of(entry: Mapping[str, Any], at: datetime) -> bool:
    """Whether a moment is the one at which an entry was made."""
    entered_at = read_instant(entry["ts"])
    return entered_at is not None and abs(entered_at - at) <= APART


def _gone(where: str, missing: Iterable[str]) -> Iterator[StoreFinding]:
    for name in sorted(missing):
        yield StoreFinding(where, f"{name[:8]} was entered in the log and is not there any more")
