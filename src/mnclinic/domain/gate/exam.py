"""Exam: the good faith exam, what it clears, and the phototype. The director may pass all of it."""

from collections.abc import Iterable, Iterator
from datetime import date

from mnclinic.domain.finding import Finding, Light, PassedBy, refused, undone
from mnclinic.domain.gate.exam_renewal import renewal_findings
from mnclinic.domain.gate.facts import StaffFacts, VisitFacts
from mnclinic.domain.gate.order import order_findings
from mnclinic.domain.policy import Policy
from mnclinic.domain.treatment import Area
from mnclinic.domain.visit_document import ExamNote, OutsideExaminer

LIGHT = Light.EXAM
MODALITY_WORDS = {
    "in_person": "in person",
    "video": "by video",
    "store_and_forward": "from pictures and answers that were sent in",
}


def exam_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything about the exam and the order that this treatment rests on."""
    is_needed = facts.policy is None or facts.policy.exam_required
    exam = facts.document.exam
    if exam is None and is_needed:
        yield _undone("exam_missing", "There is no good faith exam on file.", "exam")
    elif exam is not None:
        yield from _result(exam, is_needed=is_needed)
        if is_needed or exam.result != "not_applicable":
            yield from _exam(exam, facts)
    yield from order_findings(facts)
    if facts.document.fitzpatrick is None:
        yield _undone("phototype_missing", "The Fitzpatrick phototype is not recorded.", "fitzpatrick")


def _result(exam: ExamNote, *, is_needed: bool) -> Iterator[Finding]:
    """Only an approval clears; that none applies is for the policy to say."""
    examined_on = exam.examined_on.isoformat()
    match exam.result:
        case "approved":
            return
        case "pending":
            said = f"The exam of {examined_on} is not finished: its result is pending."
            yield _undone("exam_pending", said, "exam.result")
        case "defer_to_director":
            said = f"The exam of {examined_on} leaves the decision to the director."
            yield _refused("exam_deferred_to_director", said, "exam.result")
        case "not_applicable" if not is_needed:
            return
        case _:
            said = "No exam is said to apply, yet the policy asks for one before every treatment."
            yield _refused("exam_not_applicable", said, "exam.result")


def _exam(exam: ExamNote, facts: VisitFacts) -> Iterator[Finding]:
    yield from _days(exam, facts)
    yield from _cleared(exam, facts)
    policy = facts.policy
    if policy is None:
        return
    if exam.modality not in policy.exam_modalities:
        said = f"The policy accepts no exam that was done {MODALITY_WORDS.get(exam.modality, exam.modality)}."
        yield _refused("exam_modality_not_accepted", said, "exam.modality")
    if exam.outside is not None:
        yield from _outside(exam, exam.outside, policy, facts.day)
        yield from _paper(exam.outside, facts)
    # Of an outside exam, who accepted it answers for it on the day of accepting it.
    signed_on = exam.outside.accepted_on if exam.outside is not None else exam.examined_on
    yield from _examiner(facts.examiner, policy, signed_on)


def _days(exam: ExamNote, facts: VisitFacts) -> Iterator[Finding]:
    examined_on = exam.examined_on.isoformat()
    age_days = (facts.day - exam.examined_on).days
    policy = facts.policy
    if age_days < 0:
        yield _refused("exam_after_visit", "The exam lies after the visit.", "exam.examined_on")
        return
    if policy is not None and age_days > policy.exam_valid_days:
        said = (
            f"The exam of {examined_on} is {age_days} days old; the policy accepts {policy.exam_valid_days}."
        )
        yield _refused("exam_expired", said, "exam.examined_on")
    if exam.valid_to is not None and exam.valid_to < facts.day:
        said = f"The examiner let the exam of {examined_on} count to {exam.valid_to.isoformat()} alone."
        yield _refused("exam_over", said, "exam.valid_to")
    yield from renewal_findings(exam, facts)


def _cleared(exam: ExamNote, facts: VisitFacts) -> Iterator[Finding]:
    """Whether the exam speaks of this service, of this class of device and of these areas."""
    service = facts.document.service
    if exam.services is not None and service not in exam.services:
        said = f"The exam clears {_listed(exam.services) or 'no service'}, not {_plain(service)}."
        yield _refused("exam_service_not_cleared", said, "exam.services")
    device = facts.device
    classes = exam.device_classes
    if classes is not None and device is not None and device.device_class not in classes:
        used = f"a {device.device_class} device" if device.device_class else "a device of unknown class"
        said = f"The exam clears {_listed(classes)} devices, not {used}."
        yield _refused("exam_device_not_cleared", said, "exam.device_classes")
    if exam.areas is not None:
        others = facts.document.treated_areas - exam.areas
        if others:
            said = f"The exam does not clear {_listed(others)}."
            yield _refused("exam_area_not_cleared", said, "exam.areas")


def _outside(exam: ExamNote, by: OutsideExaminer, policy: Policy, day: date) -> Iterator[Finding]:
    if by.credential not in policy.exam_credentials:
        said = f"{by.name} ({by.credential}) may not examine under the clinic's policy."
        yield _refused("outside_examiner_not_entitled", said, "exam.outside.credential")
    if by.licence_valid_to < exam.examined_on:
        said = (
            f"The licence {by.licence} of {by.name} ended on {by.licence_valid_to.isoformat()}, before the "
            f"exam of {exam.examined_on.isoformat()}."
        )
        yield _refused("outside_examiner_not_licensed", said, "exam.outside.licence_valid_to")
    if by.accepted_on < exam.examined_on:
        said = "The outside exam was accepted before it was done. Correct one of the days."
        yield _refused("outside_exam_accepted_before", said, "exam.outside.accepted_on")
    if by.accepted_on > day:
        said = f"The outside exam was accepted on {by.accepted_on.isoformat()} only, after the visit."
        yield _refused("outside_exam_accepted_after", said, "exam.outside.accepted_on")


def _paper(by: OutsideExaminer, facts: VisitFacts) -> Iterator[Finding]:
    """What somebody outside wrote has to be there to be read."""
    where = "exam.outside.paper_sha256"
    if by.paper_sha256 is None:
        said = "The outside exam is not attached yet, as a PDF or a picture."
        yield _undone("outside_exam_not_attached", said, where)
    elif by.paper_sha256 not in facts.exam_papers:
        said = "The outside exam that the visit names is not among the papers that are kept of this person."
        yield _refused("outside_exam_paper_unknown", said, where)


def _examiner(examiner: StaffFacts | None, policy: Policy, day: date) -> Iterator[Finding]:
    if examiner is None or examiner.credential not in policy.exam_credentials:
        said = "The examiner's credential does not entitle to examine under the clinic's policy."
        yield _refused("examiner_not_entitled", said, "exam.examiner")
    elif not examiner.licensed_on(day):
        said = f"{examiner.name} had no valid licence on {day.isoformat()}, the day of the exam."
        yield _refused("examiner_not_licensed", said, "exam.examiner")


def _listed(codes: Iterable[str | Area]) -> str:
    return ", ".join(sorted(map(_plain, codes)))


def _plain(code: str) -> str:
    return str(code).replace("_", " ")


def _refused(code: str, said: str, where: str) -> Finding:
    return refused(code, LIGHT, said, where, by=PassedBy.DIRECTOR)


def _undone(code: str, said: str, where: str) -> Finding:
    return undone(code, LIGHT, said, where, by=PassedBy.DIRECTOR)
