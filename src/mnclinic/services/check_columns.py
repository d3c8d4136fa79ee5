"""Hold the columns that lists, the queue and printed pages read against what was signed and entered.

A row that is frozen or signed carries its own bytes; what stands beside them in columns is read from them
here once more. Each row counts as often as it was entered, and in that order.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.review import SCORE
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.domain.visit_life import VisitState
from mnclinic.models import (
    AdverseEvent,
    ApprovedDocument,
    LogDetail,
    RegisteredKey,
    Release,
    TreatmentLineRow,
    Visit,
    VisitRevision,
    VisitSignature,
    instant_text,
)
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.record_adverse_event import REVIEW_WITHIN

WAITS = VisitState.IN_REVIEW.value
RELEASED_WORDS = " Released: "


def key_columns(session: Session) -> Iterator[StoreFinding]:
    """Purpose, holder and day of a key are those of the document that the key itself signed."""
    for row in session.scalars(select(RegisteredKey)):
        document = json.loads(row.document)
        said = (document["purpose"], document["holder"]["staff"], document["enrolled_at"])
        if said != (row.purpose, row.staff_id, instant_text(row.enrolled_at)):
            yield StoreFinding(
                f"key {row.key[:16]}", "its purpose, holder or day in the table is not its document's"
            )


def revision_columns(session: Session) -> Iterator[StoreFinding]:
    """When a record was frozen and which number it carries; and the treated areas' places in it."""
    numbers = _numbers(session)
    for row in session.scalars(select(VisitRevision)):
        record = json.loads(row.record)
        said = (record["visit"], record["number"], record["revision"], record["entered_at"])
        number = numbers.get(row.visit_id, row.visit_id)
        if said != (row.visit_id, number, row.revision, instant_text(row.frozen_at)):
            yield StoreFinding(
                f"visit {number} revision {row.revision}",
                "its number, revision or time in the tables is not the record's",
            )
    places: dict[tuple[str, int], list[int]] = {}
    for line in session.execute(
        select(TreatmentLineRow.visit_id, TreatmentLineRow.revision, TreatmentLineRow.position)
    ):
        places.setdefault((line.visit_id, line.revision), []).append(line.position)
    for (visit_id, revision), positions in places.items():
        if sorted(positions) != [*range(1, len(positions) + 1)]:
            where = f"visit {numbers.get(visit_id, visit_id)} revision {revision}"
            yield StoreFinding(where, "the treated areas in the tables are not numbered as they were signed")


def signature_columns(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Meaning, signer and time are those of the signed bytes; each stands once, in the log's order."""
    before: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    numbers = _numbers(session)
    for row in session.scalars(select(VisitSignature).order_by(VisitSignature.id)):
        record = json.loads(row.record)
        where = f"signature on {record['number']} revision {record['revision']} ({record['meaning']})"
        said = (record["meaning"], record["signer"]["staff"], record["signed_at"], record["number"])
        in_table = (row.meaning, row.signer, instant_text(row.signed_at), numbers.get(row.visit_id))
        if said != in_table:
            yield StoreFinding(where, "its meaning, signer or time in the table is not what was signed")
        if (row.visit_id, record["nonce"]) in seen:
            yield StoreFinding(where, "it stands in the table twice")
        seen.add((row.visit_id, record["nonce"]))
        entered = [one.seq for one in logged.named("signature", row.visit_id) if one.names(row.record)]
        if entered and entered[0] < before.get(row.visit_id, 0):
            yield StoreFinding(where, "it does not stand in the order of signing")
        before[row.visit_id] = max(before.get(row.visit_id, 0), *entered, 0)


def releases_whole(session: Session) -> Iterator[StoreFinding]:
    """For each release that the director signed there is exactly what her signed words name."""
    stored = Counter(
        (row.visit_id, row.signature_id, row.code)
        for row in session.execute(select(Release.visit_id, Release.signature_id, Release.code))
    )
    for row in session.scalars(select(VisitSignature).where(VisitSignature.meaning == "released")):
        record = json.loads(row.record)
        said = record["statement"].partition(RELEASED_WORDS)[2].partition(".")[0]
        wanted = Counter((row.visit_id, row.id, code) for code in said.split(", ") if code)
        held = Counter({key: count for key, count in stored.items() if key[1] == row.id})
        if held != wanted:
            yield StoreFinding(
                f"visit {record['number']}", "the releases in the table are not those that were signed"
            )


def event_columns(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """An adverse event is recorded by whoever entered it."""
    for row in session.scalars(select(AdverseEvent)):
        entries = logged.of("adverse_event", row.id)
        if entries and entries[0]["actor"]["uid"] != row.recorded_by:
            yield StoreFinding(f"adverse event {row.id[:8]}", "somebody else entered it in the log")


def document_columns(session: Session) -> Iterator[StoreFinding]:
    """Name and day of approval are those of the document and of the approval that was signed."""
    for row in session.scalars(select(ApprovedDocument)):
        document = json.loads(row.document)
        name = document.get("name") or document.get("title") or row.document_id
        signed_at = json.loads(row.approval)["signed_at"] if row.approval is not None else None
        approved_at = instant_text(row.approved_at) if row.approved_at is not None else None
        if (name, signed_at) != (row.name, approved_at):
            yield StoreFinding(
                f"{row.kind} {row.document_id} v{row.version}",
                "its name or the day of its approval in the table is not what was signed",
            )


def visit_columns(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """A visit's number, times, reason and place in the director's queue."""
    records = _newest_records(session)
    first = _first_by_performer(session)
    events: dict[str, list[AdverseEvent]] = {}
    for event in session.scalars(select(AdverseEvent)):
        events.setdefault(event.visit_id, []).append(event)
    due_days = _due_days(session)
    rows = session.scalars(select(Visit)).all()
    started = {row.id: words[0].seq for row in rows if (words := logged.named("visit", row.id))}
    in_order = sorted(started, key=lambda one: started[one])
    numbers = {visit_id: f"V-{count:06d}" for count, visit_id in enumerate(in_order, start=1)}
    for row in rows:
        where = f"visit {row.number}"
        if row.id not in numbers:
            continue
        if numbers[row.id] != row.number and len(numbers) == len(logged.ids("visit")):
            yield StoreFinding(where, f"the log entered it as {numbers[row.id]}")
        record = records.get(row.id)
        performed_at = record["entered_at"] if record is not None else None
        if performed_at != (instant_text(row.performed_at) if row.performed_at is not None else None):
            yield StoreFinding(where, "when it was performed is not what was signed")
        if row.reason != _reason(session, row, logged):
            yield StoreFinding(where, "the reason in the table is not the one that was given")
        if what := _wrong_in_queue(row, record, logged, events.get(row.id, []), due_days, first):
            yield StoreFinding(where, what)


def _numbers(session: Session) -> dict[str, str]:
    return {row.id: row.number for row in session.execute(select(Visit.id, Visit.number))}


def _newest_records(session: Session) -> dict[str, Mapping[str, Any]]:
    """The newest performed record of each visit."""
    newest: dict[str, Mapping[str, Any]] = {}
    for row in session.scalars(
        select(VisitRevision).order_by(VisitRevision.visit_id, VisitRevision.revision)
    ):
        record = json.loads(row.record)
        if record["state"] != "deferred":
            newest[row.visit_id] = record
    return newest


def _first_by_performer(session: Session) -> dict[str, bool]:
    """The visits that were the first of their performer; False for one that was signed again later."""
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
    return {visit: times[visit] == 1 for signer, visit in first.items() if newest[visit] == signer}


def _due_days(session: Session) -> dict[str, int]:
    """By a policy's hash, the days in which a visit is reviewed."""
    policies = session.scalars(select(ApprovedDocument).where(ApprovedDocument.kind == "policy"))
    return {row.sha256: int(json.loads(row.document)["review"]["due_days"]["value"]) for row in policies}


def _reason(session: Session, row: Visit, logged: Logged) -> str:
    """Why the visit was returned or voided, where that is how it stands."""
    if row.state == VisitState.VOIDED.value:
        seqs = [one.seq for one in logged.named("visit", row.id) if one.action == "visit.voided"]
        detail = session.scalar(select(LogDetail.detail).where(LogDetail.seq == max(seqs, default=0)))
        return str(json.loads(detail or b"{}").get("reason", ""))
    if row.state != VisitState.RETURNED.value:
        return ""
    signed = session.scalars(
        select(VisitSignature)
        .where(VisitSignature.visit_id == row.id, VisitSignature.meaning == "returned")
        .order_by(VisitSignature.id.desc())
    ).first()
    return str(json.loads(signed.record)["reason"] or "") if signed is not None else ""


def _wrong_in_queue(  # noqa: PLR0917 - everything that a place in the queue follows from
    row: Visit,
    record: Mapping[str, Any] | None,
    logged: Logged,
    events: list[AdverseEvent],
    due_days: Mapping[str, int],
    first: Mapping[str, bool],
) -> str | None:
    drawn = [one.seq for one in logged.named("visit", row.id) if one.action == "visit.drawn"]
    why = logged.entry(drawn[-1])["why"] if drawn else None
    words = {word for word in row.review_reasons.split(",") if word}
    entered = set((why or "").split(",")) & SCORE.keys()
    if words - {"adverse_event"} != entered - {"adverse_event"} or (
        "adverse_event" in entered | words
        and not ("adverse_event" in words and (events or "adverse_event" in entered))
    ):
        return "why the director sees it is not what the log entered"
    if row.state != WAITS or record is None or row.performed_at is None:
        return None if (row.score, row.due_at) == (0, None) else "it has a place in a queue that it is not in"
    features = words | _features(record)
    possible = {sum(SCORE[word] for word in features)}
    if events and "adverse_event" not in features:
        possible |= {one + SCORE["adverse_event"] for one in possible}
    if row.id in first and "first_by_new_staff" not in features:
        as_first = {one + SCORE["first_by_new_staff"] for one in possible}
        possible = as_first if first[row.id] else possible | as_first
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
