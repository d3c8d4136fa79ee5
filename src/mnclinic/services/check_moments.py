"""Hold when a signature says it was made, and the log's head that it names, against its own entry.

Both are the signer's own words, and whoever signs has the key. But every act signs under the newest head and
enters that in the same breath, so a sign-off that was dated back stands out.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.instants import read_instant
from mnclinic.models import (
    ApprovedDocument,
    Clinic,
    EventStep,
    RecallClosure,
    VisitAmendment,
    VisitSignature,
)
from mnclinic.services.check_columns import APART
from mnclinic.services.check_logged import Logged, names
from mnclinic.services.check_rows import StoreFinding
from mnclinic.store.log_writer import CLOCK_JUMPED


def signed_moments(
    session: Session, logged: Logged, had: Callable[[Mapping[str, Any]], bool]
) -> Iterator[StoreFinding]:
    """Every signature, acknowledgement, closure and approval names the head right before its entry, and when.

    `had` is asked whether the log ever had a head; of what visits, events and recalls were signed under it is
    asked where their signatures are looked at.
    """
    for row in session.scalars(
        select(VisitSignature).order_by(VisitSignature.id).execution_options(yield_per=500)
    ):
        words = [one for one in logged.named("signature", row.visit_id) if one.names(row.record)]
        if words:
            record = json.loads(row.record)
            where = f"signature on {record['number']} revision {record['revision']} ({record['meaning']})"
            yield from _wrong(where, record, logged.entry(words[0].seq), logged)
    for amended in session.scalars(select(VisitAmendment).execution_options(yield_per=500)):
        words = [one for one in logged.named("amendment", amended.visit_id) if one.names(amended.record)]
        if words:
            record = json.loads(amended.record)
            where = f"amendment {amended.position} of visit {record['number']}"
            yield from _wrong(where, record, logged.entry(words[0].seq), logged)
    yield from _directors_words(session, logged)
    approved = [
        (
            f"{row.kind} {row.document_id} v{row.version}",
            "approval",
            f"{row.kind}:{row.document_id}",
            approval,
        )
        for row in session.scalars(select(ApprovedDocument))
        if (approval := row.approval) is not None
    ]
    declaration = session.get_one(Clinic, 1).solo_declaration
    if declaration is not None:
        approved.append(("clinic", "declaration", "solo_physician", declaration))
    for where, kind, object_id, content in approved:
        entry = next((one for one in logged.of(kind, object_id) if names(one, content)), None)
        if entry is not None:
            record = json.loads(content)
            if not had(record["tree"]):
                yield StoreFinding(where, "it names a head that the log never had")
            yield from _wrong(where, record, entry, logged)


def _directors_words(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """The same of what a director signed about events and recalls."""
    known = select(EventStep).where(EventStep.record.is_not(None)).execution_options(yield_per=500)
    for step in session.scalars(known):
        word = logged.newest_named("event_step", step.id)
        if step.record is not None and word is not None and word.names(step.record):
            where = f"event step {step.id[:8]}"
            yield from _wrong(where, json.loads(step.record), logged.entry(word.seq), logged)
    for closure in session.scalars(select(RecallClosure).execution_options(yield_per=500)):
        word = logged.newest_named("recall_closure", closure.recall_id)
        if word is not None and word.names(closure.record):
            where = f"recall closure {closure.recall_id[:8]}"
            yield from _wrong(where, json.loads(closure.record), logged.entry(word.seq), logged)


def _wrong(
    where: str, record: Mapping[str, Any], entry: Mapping[str, Any], logged: Logged
) -> Iterator[StoreFinding]:
    seq, size = entry["seq"], record["tree"]["size"]
    # The program enters between head and entry only that it saw the clock jump.
    has_jumped = size == seq - 2 and logged.entry(seq - 1)["action"] == CLOCK_JUMPED
    if size != seq - 1 and not has_jumped:
        yield StoreFinding(
            where, f"it names the log's head of {size} entries, and log entry {seq} entered it"
        )
    signed_at, entered_at = read_instant(record["signed_at"]), read_instant(entry["ts"])
    if signed_at is None or entered_at is None:
        yield StoreFinding(where, "the moment of its signature is none")
        return
    apart = entered_at - signed_at
    # A step of the clock in that very moment stands in the log itself, on the side to which it went.
    if apart < timedelta(0):
        is_stepped = entry["clk"] == "back"
    else:
        before = read_instant(logged.entry(seq - 2)["ts"]) if has_jumped else None
        is_stepped = before is not None and signed_at >= before - APART
    if abs(apart) > APART and not is_stepped:
        yield StoreFinding(where, f"it says that it was signed at another time than log entry {seq} entered")
