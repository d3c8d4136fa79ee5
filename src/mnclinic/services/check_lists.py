"""Hold what lists show of visits, imports and keys against the log; name what it entered and is not there."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.review import ALWAYS_SENT, SCORE
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.domain.visit_life import VisitState
from mnclinic.models import (
    AdverseEvent,
    ApprovedDocument,
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
    VisitSignature,
)
from mnclinic.services.check_lives import LivesOfLog
from mnclinic.services.check_logged import Logged, names
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.erasable_codes import codes_entered
from mnclinic.services.key_register import vouch_bytes
from mnclinic.services.record_adverse_event import REVIEW_WITHIN
from mnclinic.store.log_writer import CLOCK_JUMPED

FIRST = "first_by_new_staff"
WRONGLY_DRAWN = (
    "whether it goes to the director is not what the policy and the draw by its signature's entry say"
)
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


def queue(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """A visit's place in the director's queue is what follows from its record and the draw."""
    records = _newest_records(session)
    may_be_first = _may_be_first(session)
    due_days = _due_days(session)
    events: dict[str, list[AdverseEvent]] = {}
    for event in session.scalars(select(AdverseEvent)):
        events.setdefault(event.visit_id, []).append(event)
    for row in session.scalars(select(Visit).execution_options(yield_per=500)):
        what = _wrong_in_queue(row, records.get(row.id), events.get(row.id, []), due_days, may_be_first)
        if what is None and "adverse_event" in row.review_reasons.split(",") and row.id not in events:
            drawn = [one.seq for one in logged.named("visit", row.id) if one.action == "visit.drawn"]
            reasons = codes_entered(session, logged.entry(drawn[-1])) if drawn else ()
            if reasons is not None and "adverse_event" not in reasons:
                what = "it is said to have an adverse event, and nobody recorded one"
        if what is not None:
            yield StoreFinding(f"visit {row.number}", what)


def _newest_records(session: Session) -> dict[str, Mapping[str, Any]]:
    """The newest record of each visit that waits for the director."""
    newest: dict[str, Mapping[str, Any]] = {}
    for row in session.execute(
        select(VisitRevision.visit_id, VisitRevision.record)
        .join(Visit, Visit.id == VisitRevision.visit_id)
        .where(Visit.state == VisitState.IN_REVIEW.value)
        .order_by(VisitRevision.visit_id, VisitRevision.revision)
    ):
        record = json.loads(row.record)
        if record["state"] != "deferred":
            newest[row.visit_id] = record
    return newest


def _may_be_first(session: Session) -> Callable[[str], frozenset[bool]]:
    """Whether a visit counted as the first of its performer when it was signed; both where nobody can tell.

    A visit that was handed over after its treatment counts for somebody else from then on.
    """
    users = {row.id: row.user for row in session.execute(select(Staff.id, Staff.user))}
    first: dict[str, str] = {}
    newest: dict[str, str] = {}
    times = Counter[str]()
    for row in session.execute(
        select(VisitSignature.visit_id, VisitSignature.signer)
        .where(VisitSignature.meaning == "performed")
        .order_by(VisitSignature.id)
    ):
        first.setdefault(row.signer, row.visit_id)
        newest[row.visit_id] = row.signer
        times[row.visit_id] += 1
    performers = {row.id: row.performer for row in session.execute(select(Visit.id, Visit.performer))}
    was_handed_over = any(users.get(signer) != performers.get(visit) for visit, signer in newest.items())

    def may_be_first(visit: str) -> frozenset[bool]:
        if was_handed_over or times[visit] > 1:
            return frozenset({True, False})
        return frozenset({first.get(newest.get(visit, "")) == visit})

    return may_be_first


def _due_days(session: Session) -> dict[str, int]:
    """By a policy's hash, the days in which a visit is reviewed."""
    policies = session.scalars(select(ApprovedDocument).where(ApprovedDocument.kind == "policy"))
    return {row.sha256: int(json.loads(row.document)["review"]["due_days"]["value"]) for row in policies}


def _wrong_in_queue(
    row: Visit,
    record: Mapping[str, Any] | None,
    events: list[AdverseEvent],
    due_days: Mapping[str, int],
    may_be_first: Callable[[str], frozenset[bool]],
) -> str | None:
    if record is None or row.performed_at is None:
        return None if (row.score, row.due_at) == (0, None) else "it has a place in a queue that it is not in"
    features = {word for word in row.review_reasons.split(",") if word} | _features(record)
    possible = {sum(SCORE[word] for word in features)}
    if events and "adverse_event" not in features:
        possible |= {one + SCORE["adverse_event"] for one in possible}
    if FIRST not in features:
        may = may_be_first(row.id)
        possible = {one + SCORE[FIRST] * is_first for one in possible for is_first in may}
    policy = record["pinned"]["policy"]["sha256"]
    due = {row.performed_at + timedelta(days=due_days[policy])} if policy in due_days else {row.due_at}
    due |= {event.recorded_at + REVIEW_WITHIN for event in events}
    if row.score not in possible or row.due_at not in due:
        return "its place in the director's queue is not what follows from its record"
    return None


def _features(record: Mapping[str, Any]) -> set[str]:
    """What of the record itself puts a visit forward."""
    findings = record["judged"]["findings"]
    outcomes = {finding["outcome"] for finding in findings}
    found = {
        "override": "released" in outcomes,
        "off_label": any(finding["code"].startswith("off_label_") for finding in findings),
        "prp": read_visit_document(record["document"]).uses_prp,
        "late_entry": bool(record["late_entry"]),
        "reason_given": "reason_given" in outcomes,
    }
    return {word for word, present in found.items() if present}


def draws(session: Session, lives: LivesOfLog) -> Iterator[StoreFinding]:
    """Nobody was spared the director's review whom the policy or the ticket sends to it."""
    policies = {
        row.sha256: json.loads(row.document)["review"]
        for row in session.scalars(select(ApprovedDocument).where(ApprovedDocument.kind == "policy"))
    }
    newest: Mapping[str, Any] | None = None
    for row in session.execute(
        select(VisitRevision.visit_id, VisitRevision.record)
        .order_by(VisitRevision.visit_id, VisitRevision.revision)
        .execution_options(yield_per=500)
    ):
        record = json.loads(row.record)
        if newest is not None and newest["visit"] != row.visit_id:
            yield from _wrongly_drawn(session, newest, policies, lives)
            newest = None
        if record["state"] != "deferred":
            newest = record
    if newest is not None:
        yield from _wrongly_drawn(session, newest, policies, lives)


def _wrongly_drawn(
    session: Session, record: Mapping[str, Any], policies: Mapping[str, Mapping[str, Any]], lives: LivesOfLog
) -> Iterator[StoreFinding]:
    draw, pinned = lives.draw(record["visit"]), record["pinned"]["policy"]
    rule = policies.get(pinned["sha256"]) if pinned is not None else None
    if draw is None or rule is None:
        return
    is_drawn = draw.ticket < rule["sample_percent"]["value"] * 100
    features = _features(record) | ({"returned"} if draw.is_answer else set())
    due = features & (frozenset(rule["always"]) | ALWAYS_SENT)
    reasons: Collection[str] | None = draw.reasons
    if not due <= draw.reasons:
        reasons = codes_entered(session, {"seq": draw.seq, "why": ",".join(draw.reasons)})
    # A detail that is missing is told by the check of the log itself.
    is_spared = reasons is not None and not due <= frozenset(reasons)
    if is_spared or is_drawn != ("drawn" in draw.reasons):
        yield StoreFinding(f"visit {record['number']}", WRONGLY_DRAWN)


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
