"""Hold what lists show of visits, imports and keys against the log; name what it entered and is not there."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import (
    Clinic,
    ImportBatch,
    KeyVouch,
    LogEntry,
    Patient,
    RegisteredKey,
    Staff,
    TreatmentLineRow,
    Visit,
    VisitRevision,
)
from mnclinic.services.check_logged import Logged, names
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.key_register import vouch_bytes
from mnclinic.store.log_writer import CLOCK_JUMPED

BEHIND: Mapping[str, str] = {
    "staff.added": "clinic.recovered",
    "key.enrolled": "staff.added",
    "recovery_opening.made": "key.enrolled",
    "key_file.written": "recovery_opening.made",
    "key.revoked": "key.enrolled",
}
"""What the installation enters directly behind another act of its own."""


def numbers(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Visits are numbered in the order in which the log entered them, and records carry their numbers."""
    rows = session.execute(select(Visit.id, Visit.number)).all()
    started = {row.id: words[0].seq for row in rows if (words := logged.named("visit", row.id))}
    in_order = sorted(started, key=lambda one: started[one])
    wanted = {visit_id: f"V-{count:06d}" for count, visit_id in enumerate(in_order, start=1)}
    if len(wanted) == len(logged.ids("visit")):
        for row in rows:
            if row.number != wanted.get(row.id, row.number):
                yield StoreFinding(f"visit {row.number}", f"the log entered it as {wanted[row.id]}")
    held = {row.id: row.number for row in rows}
    for revision in session.scalars(select(VisitRevision).execution_options(yield_per=500)):
        number = json.loads(revision.record)["number"]
        if held.get(revision.visit_id) != number:
            yield StoreFinding(
                f"visit {held.get(revision.visit_id, revision.visit_id)} revision {revision.revision}",
                f"its record carries the number {number}",
            )


def treated_areas(session: Session) -> Iterator[StoreFinding]:
    """The treated areas of a record are numbered as they stand in it."""
    held = {row.id: row.number for row in session.execute(select(Visit.id, Visit.number))}
    places: dict[tuple[str, int], list[int]] = {}
    for line in session.execute(
        select(TreatmentLineRow.visit_id, TreatmentLineRow.revision, TreatmentLineRow.position)
    ):
        places.setdefault((line.visit_id, line.revision), []).append(line.position)
    for (visit_id, revision), positions in places.items():
        if sorted(positions) != [*range(1, len(positions) + 1)]:
            where = f"visit {held.get(visit_id, visit_id)} revision {revision}"
            what = "the treated areas in the tables are not numbered as they were signed"
            yield StoreFinding(where, what, table="treatment_line")


def imports(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each person came with the import that the log names behind them, or was added alone."""
    rows = session.scalars(select(ImportBatch)).all()
    spans = [
        (words[0].seq - row.added, words[0].seq, row.id)
        for row in rows
        if (words := logged.named("import", row.id))
    ]
    unnamed = [row for row in rows if not logged.named("import", row.id)]
    # The first form of the log entered the people of an import and not the import itself.
    brought = sum(
        words[0].action == "patient.imported"
        and not any(first <= words[0].seq < made for first, made, _ in spans)
        for ref in logged.ids("patient")
        if (words := logged.named("patient", ref))
    )
    if brought != sum(row.added for row in unnamed):
        for row in unnamed:
            yield StoreFinding(f"import {row.id[:8]}", "the log does not know of the people it brought")
    for person in session.execute(
        select(Patient.ref, Patient.record_number, Patient.import_id).execution_options(yield_per=1000)
    ):
        words = logged.named("patient", person.ref)
        if not words:
            continue
        named = [one for first, made, one in spans if first <= words[0].seq < made]
        is_imported = words[0].action == "patient.imported"
        if is_imported != (person.import_id is not None) or (named and named != [person.import_id]):
            yield StoreFinding(f"patient {person.record_number}", "the import it came with is not the log's")


def moments(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Moments that some signed document has too are exactly its own."""
    # The first by the log's order: a clock that is set right makes a later key an earlier one by its date.
    first: dict[str | None, datetime] = {}
    for key in sorted(session.scalars(select(RegisteredKey)), key=lambda one: _first_named(logged, one)):
        first.setdefault(key.staff_id, key.enrolled_at)
    for person in session.scalars(select(Staff)):
        if person.added_at != first.get(person.id, person.added_at):
            yield StoreFinding(f"staff {person.user}", "the moment of joining is not that of the first key")
    clinic = session.get_one(Clinic, 1)
    if clinic.created_at != first.get(None, clinic.created_at):
        yield StoreFinding("clinic", "the moment of its making is not that of its installation key")
    performed: dict[str, datetime] = {}
    for revision in session.scalars(
        select(VisitRevision)
        .order_by(VisitRevision.visit_id, VisitRevision.revision)
        .execution_options(yield_per=500)
    ):
        record = json.loads(revision.record)
        if record["state"] != "deferred":
            performed[revision.visit_id] = datetime.fromisoformat(record["entered_at"])
    for row in session.execute(select(Visit.id, Visit.number, Visit.performed_at)):
        if row.performed_at != performed.get(row.id):
            yield StoreFinding(f"visit {row.number}", "when it was performed is not what was signed")


def _first_named(logged: Logged, key: RegisteredKey) -> tuple[int, datetime]:
    """Where the log first names a key; before everything where it does not."""
    words = logged.named("key", key.key)
    return (words[0].seq if words else 0, key.enrolled_at)


def words_counted(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """A later word for a key stands once for each time that it was entered."""
    held = Counter((word.key, vouch_bytes(word)) for word in session.scalars(select(KeyVouch)))
    for (key, content), count in held.items():
        if count > sum(names(entry, content) for entry in logged.of("key_vouch", key)) > 0:
            what = "a word for it stands in the table more than once"
            yield StoreFinding(f"key {key[:16]}", what, table="key_vouch")


def absent(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Everybody and every visit that the log entered and that is not there, each by itself."""
    for kind, column in (("patient", Patient.ref), ("staff", Staff.id), ("visit", Visit.id)):
        there = set(session.scalars(select(column)))
        for object_id in sorted(logged.ids(kind) - there - logged.ids(f"removed_{kind}")):
            seq = logged.named(kind, object_id)[0].seq
            what = f"log entry {seq} entered it and it is not there any more"
            yield StoreFinding(f"{kind} {object_id}", what, seq=seq)


def recoveries(session: Session) -> Iterator[StoreFinding]:
    """What the installation enters of an opening with the recovery sheet stands in one piece, in its order.

    By itself it adds nobody and enrols no key but one that it found at a log-in.
    """
    by_nobody = select(LogEntry.entry).where(LogEntry.actor.is_(None), LogEntry.action.in_(BEHIND))
    for data in session.scalars(by_nobody.order_by(LogEntry.seq)):
        entry = json.loads(data)
        is_found = entry["action"] == "key.enrolled" and "found" in (entry["why"] or "").split(",")
        if not is_found and not _follows(session, entry):
            yield StoreFinding(f"log entry {entry['seq']}", "the installation does not enter this by itself")


def _follows(session: Session, entry: Mapping[str, Any]) -> bool:
    seq = entry["seq"]
    while (before := session.scalar(select(LogEntry.entry).where(LogEntry.seq == seq - 1))) is not None:
        earlier = json.loads(before)
        if earlier["actor"]["uid"] is not None:
            return False
        if earlier["action"] not in {CLOCK_JUMPED, entry["action"]}:
            return bool(BEHIND[entry["action"]] == earlier["action"])
        seq -= 1
    return False
