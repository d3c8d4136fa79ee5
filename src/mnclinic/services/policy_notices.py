"""What the policy in force asks of the clinic beside a single visit, and what of it is not done.

Signatures that are late, reviews that the owner is to hear of, too few visits drawn, adverse events that may
have to be reported, the director's visits and drills. Each sentence says what the policy asks and what
there is.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.plain_days import plain_day
from mnclinic.domain.policy_parameters import value_of
from mnclinic.domain.retention import months_after
from mnclinic.domain.visit_life import FROZEN, OPEN_TO_EDIT, VisitState
from mnclinic.models import AdverseEvent, Visit
from mnclinic.services.clinic_meetings import MeetingKind, due_days

Json = Mapping[str, Any]
Told = tuple[str, str, str]
"""A notice's code, its sentence and the page where it is put right."""

SERIOUS_GRADE = 3
TOLD_BEFORE = timedelta(days=7)
"""From when on something that comes back is told before its day."""
REPORTED_WITHIN = timedelta(days=14)
"""Ten working days, in which a device user facility reports a serious injury."""


def asked_of_the_clinic(session: Session, policy: Json, now: datetime) -> Iterator[Told]:
    """Everything that the policy in force asks of the clinic now and that is not done."""
    today = now.date()
    yield from _unsigned_too_long(session, policy, today)
    yield from _reviews_to_escalate(session, policy, now)
    yield from _too_few_drawn(session, policy, today)
    yield from _events_to_report(session, policy, today)
    yield from _meetings_due(session, policy, today)


def _unsigned_too_long(session: Session, policy: Json, today: date) -> Iterator[Told]:
    """Visits that nobody signed within the performer's days."""
    days = value_of(policy, "performer_deadline_days")
    if days is None:
        return
    states = [state.value for state in OPEN_TO_EDIT]
    count = session.scalar(
        select(func.count())
        .select_from(Visit)
        .where(Visit.state.in_(states), Visit.visit_on < today - timedelta(days=days))
    )
    if count:
        said = (
            f"Visits that are open longer than the policy's {days} days for the performer's signature: "
            f"{count}. Sign, or void what was not done."
        )
        yield "signatures_late", said, "today"


def _reviews_to_escalate(session: Session, policy: Json, now: datetime) -> Iterator[Told]:
    """Reviews that wait longer than the owner wants to hear nothing of."""
    days = value_of(policy, "review_escalate_days")
    if days is None:
        return
    due_days = value_of(policy, "due_days") or 0
    # `due_at` lies `due_days` after the performer's signature, from which both are counted.
    since = now - timedelta(days=max(days - due_days, 0))
    count = session.scalar(
        select(func.count())
        .select_from(Visit)
        .where(Visit.state == VisitState.IN_REVIEW.value, Visit.due_at < since)
    )
    if count:
        said = (
            f"Visits that wait for the director's review longer than the policy's {days} days: {count}. "
            "Speak with the director."
        )
        yield "reviews_escalated", said, ""


def _too_few_drawn(session: Session, policy: Json, today: date) -> Iterator[Told]:
    """Fewer visits sent to the director in the period than the policy asks for, by performer or in all."""
    least, days = (value_of(policy, name) for name in ("review_min_per_period", "review_window_days"))
    if not least or not days:
        return
    by_performer = value_of(policy, "review_basis") == "performer"
    rows = session.execute(
        select(Visit.performer, Visit.review_reasons).where(
            Visit.state.in_([state.value for state in FROZEN]),
            Visit.visit_on > today - timedelta(days=days),
            Visit.visit_on <= today,
        )
    )
    done, sent = Counter[str](), Counter[str]()
    for row in rows:
        whose = row.performer if by_performer else ""
        done[whose] += 1
        sent[whose] += bool(row.review_reasons)
    for whose, count in sorted(done.items()):
        wanted = min(least, count)
        if sent[whose] < wanted:
            of = f" of {whose}" if whose else ""
            said = (
                f"Visits{of} that went to the director in the last {days} days: {sent[whose]}. The policy "
                f"asks for {least}, or all. Raise the share that is drawn, or read more of them."
            )
            yield "too_few_drawn", said, "director"


def _events_to_report(session: Session, policy: Json, today: date) -> Iterator[Told]:
    """Serious events of the last days, where the clinic is a device user facility or may be one."""
    is_facility = value_of(policy, "mdr_user_facility")
    if is_facility == "no":
        return
    count = session.scalar(
        select(func.count())
        .select_from(AdverseEvent)
        .where(AdverseEvent.grade >= SERIOUS_GRADE, AdverseEvent.noted_on > today - REPORTED_WITHIN)
    )
    if count:
        known = (
            "The policy calls this clinic a device user facility"
            if is_facility == "yes"
            else "The policy does not say whether this clinic is a device user facility"
        )
        said = (
            f"Serious adverse events of the last {REPORTED_WITHIN.days} days: {count}. {known}. Look whether "
            "each was reported."
        )
        yield "events_to_report", said, "patients"


def _meetings_due(session: Session, policy: Json, today: date) -> Iterator[Told]:
    """The director's visit and the emergency drill, from a week before the policy's day on."""
    due = due_days(session, policy)
    for kind, code, words in (
        (MeetingKind.DIRECTOR_VISIT, "director_visit_due", "The director's next visit to the clinic"),
        (MeetingKind.DRILL, "drill_due", "The next emergency drill"),
    ):
        by = due[kind]
        if by is None or by > today + TOLD_BEFORE:
            continue
        said = f"{words} is due by {plain_day(by)}, by the policy."
        if by < today:
            said = f"{words} was due by {plain_day(by)}, by the policy."
        yield code, f"{said} Enter it under Protocols once it was held.", "protocols"


def looked_at_by(protocol: Json, policy: Json | None) -> str | None:
    """The day by which a protocol is looked at again: its own, or the policy's months after its first day."""
    own = protocol.get("review_by")
    months = value_of(policy, "protocol_review_months") if policy is not None else None
    if months is None:
        return own
    by_policy = months_after(date.fromisoformat(protocol["effective_on"]), months).isoformat()
    return min(own, by_policy) if own else by_policy
