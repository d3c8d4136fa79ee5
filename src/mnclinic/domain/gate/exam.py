"""Exam: the good faith exam, the order, and the phototype. The director may pass all of it."""

from collections.abc import Iterator
from datetime import date

from mnclinic.domain.finding import Finding, Light, PassedBy, refused, undone
from mnclinic.domain.gate.facts import StaffFacts, VisitFacts
from mnclinic.domain.policy import Policy
from mnclinic.domain.visit_document import ExamNote, OrderNote

LIGHT = Light.EXAM
MODALITY_WORDS = {"in_person": "in person", "video": "by video"}


def exam_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything about the exam and the order that this treatment rests on."""
    is_needed = facts.policy is None or facts.policy.exam_required
    if facts.document.exam is None and is_needed:
        yield _undone("exam_missing", "There is no good faith exam on file.", "exam")
    elif facts.document.exam is not None:
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
    if exam.modality not in facts.policy.exam_modalities:
        said = f"The policy accepts no exam that was done {MODALITY_WORDS.get(exam.modality, exam.modality)}."
        yield _refused("exam_modality_not_accepted", said, "exam.modality")
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
    most_days = facts.policy.order_valid_days
    age_days = (facts.day - order.ordered_on).days
    if most_days is not None and age_days > most_days:
        said = (
            f"The order of {order.ordered_on.isoformat()} is {age_days} days old; the policy accepts "
            f"{most_days}."
        )
        yield _refused("order_outdated", said, "order.ordered_on")
    if not (_may_order(facts.orderer, facts.policy) and _licensed(facts.orderer, order.ordered_on)):
        said = "Whoever ordered the treatment was not entitled to on that day."
        yield _refused("orderer_not_entitled", said, "order.ordered_by")


def _may_examine(person: StaffFacts | None, policy: Policy) -> bool:
    return person is not None and person.credential in policy.exam_credentials


def _may_order(person: StaffFacts | None, policy: Policy) -> bool:
    if policy.roles is None:
        return _may_examine(person, policy)
    role = policy.role(person.credential) if person is not None else None
    return role is not None and role.may_order


def _licensed(person: StaffFacts | None, day: date) -> bool:
    return person is not None and person.licensed_on(day)


def _refused(code: str, said: str, where: str) -> Finding:
    return refused(code, LIGHT, said, where, by=PassedBy.DIRECTOR)


def _undone(code: str, said: str, where: str) -> Finding:
    return undone(code, LIGHT, said, where, by=PassedBy.DIRECTOR)
