"""Hold what goes to the director, why and by when against records, draws and adverse events."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.policy import policy_from_json
from mnclinic.domain.review import ALWAYS_SENT, SCORE, due_within
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.domain.visit_life import VisitState
from mnclinic.models import AdverseEvent, ApprovedDocument, Staff, Visit, VisitRevision, VisitSignature
from mnclinic.services.check_lives import DRAWN, LivesOfLog
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_pins import Pins
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.erasable_codes import codes_entered
from mnclinic.services.record_adverse_event import REVIEW_WITHIN

EVENT = "adverse_event"
FIRST = "first_by_new_staff"
BY_ROLE = "break_glass"
"""Stands among the reasons of an entry that was made with broken glass, and is none of the visit."""
DECIDED = frozenset({"visit.signed", "visit.returned"})
"""Acts that end a visit's wait for the director."""
WRONGLY_DRAWN = (
    "whether it goes to the director is not what the policy and the draw by its signature's entry say"
)


@dataclass(frozen=True)
class _Sent:
    """Why the newest draw sent a visit to the director, and what its adverse events made of that since."""

    reasons: tuple[str, ...]
    """As the draw entered them; empty where it was not sent."""
    had_event: bool
    """An adverse event was entered before the draw."""
    raised_by: AdverseEvent | None
    """The one that put the visit forward while it waited."""

    @property
    def words(self) -> list[str]:
        """What stands in the list."""
        return [*([EVENT] if self.raised_by is not None else []), *self.reasons]


NOT_SENT = _Sent((), had_event=False, raised_by=None)


def queue(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """A visit's place in the director's queue is what follows from its record, the draw and its events."""
    records = _newest_records(session)
    may_be_first = _may_be_first(session)
    due_days = _due_days(session)
    events = _events(session)
    for row in session.scalars(select(Visit).execution_options(yield_per=500)):
        sent = _sent(session, logged, row.id, events.get(row.id, []))
        where = f"visit {row.number}"
        # A detail that is missing is told by the check of the log itself.
        if sent is not None and [one for one in row.review_reasons.split(",") if one] != sent.words:
            yield StoreFinding(where, "why it goes to review is not what the log entered")
        what = _wrong_in_queue(row, records.get(row.id), sent or NOT_SENT, due_days, may_be_first)
        if what is not None and (sent is not None or row.id not in records):
            yield StoreFinding(where, what)


def _events(session: Session) -> dict[str, list[AdverseEvent]]:
    """The adverse events of each visit."""
    events: dict[str, list[AdverseEvent]] = {}
    for event in session.scalars(select(AdverseEvent)):
        events.setdefault(event.visit_id, []).append(event)
    return events


def _entered_at(logged: Logged, events: Collection[AdverseEvent]) -> list[tuple[int, AdverseEvent]]:
    """The events that the log knows, in its order, each with the number of its first entry."""
    known = [(words[0].seq, one) for one in events if (words := logged.named(EVENT, one.id))]
    return sorted(known, key=lambda one: one[0])


def _sent(session: Session, logged: Logged, visit_id: str, events: Collection[AdverseEvent]) -> _Sent | None:
    """None where the detail that says it is not there."""
    drawn = [one.seq for one in logged.named("visit", visit_id) if one.action == DRAWN]
    if not drawn:
        return NOT_SENT
    codes = codes_entered(session, logged.entry(drawn[-1]))
    if codes is None:
        return None
    reasons = tuple(one for one in codes if one != BY_ROLE)
    entered = _entered_at(logged, events) if events else []
    decided = [
        one.seq
        for one in (logged.named("signature", visit_id) if entered else ())
        if one.action in DECIDED and one.seq > drawn[-1]
    ]
    until = min(decided, default=sys.maxsize)
    meanwhile = [event for seq, event in entered if drawn[-1] < seq < until]
    is_raised = bool(reasons) and EVENT not in reasons and bool(meanwhile)
    had_event = any(seq < drawn[-1] for seq, _ in entered)
    return _Sent(reasons, had_event, meanwhile[0] if is_raised else None)


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


def _due_days(session: Session) -> dict[str, tuple[int, int]]:
    """By a policy's hash, the days in which a visit is reviewed, and in which a telephone order is signed."""
    policies = session.scalars(select(ApprovedDocument).where(ApprovedDocument.kind == "policy"))
    days = {}
    for row in policies:
        policy = policy_from_json(json.loads(row.document))
        due_days = policy.review.due_days
        days[row.sha256] = (due_days, policy.director_deadline_days or due_days)
    return days


def _first_telephone_order(record: Mapping[str, Any]) -> datetime | None:
    """When the first order was given, where one let something pass."""
    if not any(finding["outcome"] == "telephoned" for finding in record["judged"]["findings"]):
        return None
    orders = read_visit_document(record["document"]).telephone_orders
    return min((order.ordered_at for order in orders), default=None)


def _wrong_in_queue(
    row: Visit,
    record: Mapping[str, Any] | None,
    sent: _Sent,
    due_days: Mapping[str, tuple[int, int]],
    may_be_first: Callable[[str], frozenset[bool]],
) -> str | None:
    if record is None or row.performed_at is None:
        return None if (row.score, row.due_at) == (0, None) else "it has a place in a queue that it is not in"
    features = {*sent.reasons, *_features(record), *([EVENT] if sent.had_event else [])}
    # An event that put it forward counts once more, beside one from before the draw.
    points = sum(SCORE[word] for word in features) + (SCORE[EVENT] if sent.raised_by is not None else 0)
    may = may_be_first(row.id) if FIRST not in features else frozenset({False})
    policy = record["pinned"]["policy"]["sha256"]
    due = row.due_at
    if policy in due_days:
        review_days, sign_days = due_days[policy]
        due = due_within(row.performed_at, review_days, _first_telephone_order(record), sign_days)
    if sent.raised_by is not None:
        within = sent.raised_by.recorded_at + REVIEW_WITHIN
        due = min(due or within, within)
    if row.score not in {points + SCORE[FIRST] * is_first for is_first in may} or row.due_at != due:
        return "its place in the director's queue is not what follows from its record"
    return None


def _features(record: Mapping[str, Any]) -> set[str]:
    """What of the record itself puts a visit forward."""
    findings = record["judged"]["findings"]
    outcomes = {finding["outcome"] for finding in findings}
    found = {
        "telephone_order": "telephoned" in outcomes,
        "override": "released" in outcomes,
        "off_label": any(finding["code"].startswith("off_label_") for finding in findings),
        "prp": read_visit_document(record["document"]).uses_prp,
        "late_entry": bool(record["late_entry"]),
        "reason_given": "reason_given" in outcomes,
    }
    return {word for word, present in found.items() if present}


def draws(session: Session, logged: Logged, lives: LivesOfLog) -> Iterator[StoreFinding]:
    """Nobody was spared the director's review whom the policy or the ticket sends to it.

    Each was performed under rules that were in force, so that the policy is the director's own.
    """
    policies = {
        row.sha256: json.loads(row.document)["review"]
        for row in session.scalars(select(ApprovedDocument).where(ApprovedDocument.kind == "policy"))
    }
    events = _events(session)
    pins = Pins(session, logged)

    def wrong(record: Mapping[str, Any]) -> Iterator[StoreFinding]:
        entered = _entered_at(logged, events.get(record["visit"], []))
        return _wrongly_drawn(
            session, record, policies, lives, first_event=entered[0][0] if entered else None
        )

    newest: Mapping[str, Any] | None = None
    for row in session.execute(
        select(VisitRevision.visit_id, VisitRevision.record)
        .order_by(VisitRevision.visit_id, VisitRevision.revision)
        .execution_options(yield_per=500)
    ):
        record = json.loads(row.record)
        if newest is not None and newest["visit"] != row.visit_id:
            yield from wrong(newest)
            newest = None
        if record["state"] != "deferred":
            yield from pins.wrong(record, newest)
            newest = record
    if newest is not None:
        yield from wrong(newest)


def _wrongly_drawn(
    session: Session,
    record: Mapping[str, Any],
    policies: Mapping[str, Mapping[str, Any]],
    lives: LivesOfLog,
    *,
    first_event: int | None,
) -> Iterator[StoreFinding]:
    draw, pinned = lives.draw(record["visit"]), record["pinned"]["policy"]
    rule = policies.get(pinned["sha256"]) if pinned is not None else None
    if draw is None or rule is None:
        return
    is_drawn = draw.ticket < rule["sample_percent"]["value"] * 100
    features = _features(record) | ({"returned"} if draw.is_answer else set())
    if first_event is not None and first_event < draw.seq:
        features |= {EVENT}
    due = features & (frozenset(rule["always"]) | ALWAYS_SENT)
    reasons: Collection[str] | None = draw.reasons
    if not due <= draw.reasons:
        reasons = codes_entered(session, {"seq": draw.seq, "why": ",".join(draw.reasons)})
    # A detail that is missing is told by the check of the log itself.
    is_spared = reasons is not None and not due <= frozenset(reasons)
    if is_spared or is_drawn != ("drawn" in draw.reasons):
        yield StoreFinding(f"visit {record['number']}", WRONGLY_DRAWN)
