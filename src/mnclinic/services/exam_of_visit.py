"""How long the exam and the order of one visit count, and which of an earlier visit still do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.gate import VisitFacts
from mnclinic.domain.gate.exam_validity import last_day_of_exam, last_day_of_order
from mnclinic.domain.policy import Policy
from mnclinic.domain.visit_document import OrderNote, VisitDocument, read_visit_document
from mnclinic.domain.visit_life import FROZEN
from mnclinic.models import Patient, Visit, VisitAmendment
from mnclinic.services.amendment_rows import is_misfiled
from mnclinic.services.one_person import refs_of
from mnclinic.services.visit_before import visit_before

APPROVED = "approved"


@dataclass(frozen=True)
class StillCounts:
    """An exam or an order of the visit `number` that counts on the day of this visit too.

    `part` is the document's own part, to be taken over as it is; `given_on` and `last_on` are its first and
    last day.
    """

    number: str
    given_on: date
    last_on: date
    part: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class ExamView:
    """What a screen of the exam shows beside the document itself."""

    exam_to: date | None = None
    """The last day on which the document's exam counts; None where there is none that clears."""
    order_to: date | None = None
    earlier_exam: StillCounts | None = None
    earlier_order: StillCounts | None = None


def exam_view(session: Session, visit: Visit, patient: Patient, facts: VisitFacts) -> ExamView:
    """The exam of one visit, under the facts that its gate was judged by."""
    policy, document = facts.policy, facts.document
    if policy is None:
        return ExamView()
    exam, order = document.exam, document.order
    before = _before(session, visit, refs_of(session, patient.ref))
    return ExamView(
        exam_to=last_day_of_exam(exam, policy) if exam is not None and exam.result == APPROVED else None,
        order_to=last_day_of_order(order, policy) if order is not None else None,
        earlier_exam=_exam(before, facts, policy) if before is not None else None,
        earlier_order=_order(session, visit, before, facts, policy) if before is not None else None,
    )


@dataclass(frozen=True)
class _Before:
    """The newest performed visit: its number, its document as stored and as read, whose visits count."""

    number: str
    stored: Mapping[str, Any]
    document: VisitDocument
    corrected: frozenset[str]
    """The parts of the document of which something was corrected: as they were signed they do not hold."""
    own: tuple[str, ...]


def _before(session: Session, visit: Visit, own: tuple[str, ...]) -> _Before | None:
    found = visit_before(session, visit, own)
    if found is None:
        return None
    paths = session.scalars(select(VisitAmendment.path).where(VisitAmendment.visit_id == found.id))
    corrected = frozenset(path.partition(".")[0] for path in paths if path)
    return _Before(found.number, found.stored, read_visit_document(found.stored), corrected, own)


def _exam(before: _Before, facts: VisitFacts, policy: Policy) -> StillCounts | None:
    exam = before.document.exam
    if exam is None or exam.result != APPROVED or "exam" in before.corrected:
        return None
    last_on = last_day_of_exam(exam, policy)
    services = exam.services if exam.services is not None else {before.document.service}
    if last_on < facts.day or facts.document.service not in services:
        return None
    return StillCounts(before.number, exam.examined_on, last_on, dict(before.stored["exam"]))


def _order(
    session: Session, visit: Visit, before: _Before, facts: VisitFacts, policy: Policy
) -> StillCounts | None:
    order = before.document.order
    if order is None or "order" in before.corrected or before.document.service != facts.document.service:
        return None
    last_on = last_day_of_order(order, policy)
    limits = (order.max_sessions, policy.order_max_sessions)
    most = min((limit for limit in limits if limit is not None), default=None)
    if last_on < facts.day:
        return None
    if most is not None and _sessions_under(session, visit, before.own, order, facts) >= most:
        return None
    return StillCounts(before.number, order.ordered_on, last_on, dict(before.stored["order"]))


def _sessions_under(
    session: Session, visit: Visit, own: tuple[str, ...], order: OrderNote, facts: VisitFacts
) -> int:
    """How many sessions of this service were done under it, this one aside."""
    counted = session.scalar(
        select(func.count())
        .select_from(Visit)
        .where(
            Visit.patient_ref.in_(own),
            Visit.state.in_([state.value for state in FROZEN]),
            Visit.id != visit.id,
            Visit.service == facts.document.service,
            Visit.visit_on.between(order.ordered_on, facts.day),
            ~is_misfiled(),
        )
    )
    return counted or 0
