"""Exam: the good faith exam, the order, and the phototype. The director may pass all of it."""

from collections.abc import Iterator
from datetime import date

from mnclinic.domain.finding import Finding, Light, PassedBy, refused, undone
from mnclinic.domain.gate.facts import StaffFacts, VisitFacts
from mnclinic.domain.policy import Policy
from mnclinic.domain.visit_document import ExamNote, OrderNote

LIGHT = Light.EXAM


def exam_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything about the exam and the order that this treatment rests on."""
    if facts.document.exam is None:
        yield _undone("exam_missing", "There is no good faith exam on file.", "exam")
    else:
        yield from _exam(facts.document.exam, facts)
    if facts.document.order is None:
        yield _undone("order_missing", "There is no order for this treatment.", "order")
    else:
        yield from _order(facts.document.order, facts)
    if facts.document.fitzpatrick is None:
        yield _undone("phototype_missing", "The Fitzpatrick phototype is not recorded.", "fitzpatrick")


def _exam(exam: ExamNote, facts: VisitFacts) -> Iterator[Finding]:
    examined_on = exam.examined_on.isoformat()
    if exam.result != "approved":
        said = f"The exam of {examined_on} did not approve the treatment."
        yield _refused("exam_not_approved", said, "exam.result")
    age_days = (facts.day - exam.examined_on).days
    if age_days < 0:
        yield _refused("exam_after_visit", "The exam lies after the visit.", "exam.examined_on")
    elif facts.policy is not None and age_days > facts.policy.exam_valid_days:
        said = (
            f"The exam of {examined_on} is {age_days} days old; the policy accepts "
            f"{facts.policy.exam_valid_days}."
        )
        yield _refused("exam_expired", said, "exam.examined_on")
    if facts.policy is None:
        return
    if not _may_examine(facts.examiner, facts.policy):
        said = "The examiner's credential does not entitle to examine under the clinic's policy."
        yield _refused("examiner_not_entitled", said, "exam.examiner")
    elif not _licensed(facts.examiner, exam.examined_on):
        said = "The examiner's licence was not valid on the day of the exam."
        yield _refused("examiner_not_licensed", said, "exam.examiner")


def _order(order: OrderNote, facts: VisitFacts) -> Iterator[Finding]:
    if not order.ordered_on <= facts.day <= order.valid_to:
        said = (
            f"The order is valid from {order.ordered_on.isoformat()} to {order.valid_to.isoformat()}, not "
            "on the day of the visit."
        )
        yield _refused("order_expired", said, "order")
    if facts.policy is None:
        return
    if not (_may_examine(facts.orderer, facts.policy) and _licensed(facts.orderer, order.ordered_on)):
        said = "Whoever ordered the treatment was not entitled to on that day."
        yield _refused("orderer_not_entitled", said, "order.ordered_by")


def _may_examine(person: StaffFacts | None, policy: Policy) -> bool:
    return person is not None and person.credential in policy.exam_credentials


def _licensed(person: StaffFacts | None, day: date) -> bool:
    return person is not None and person.licensed_on(day)


def _refused(code: str, said: str, where: str) -> Finding:
    return refused(code, LIGHT, said, where, by=PassedBy.DIRECTOR)


def _undone(code: str, said: str, where: str) -> Finding:
    return undone(code, LIGHT, said, where, by=PassedBy.DIRECTOR)
