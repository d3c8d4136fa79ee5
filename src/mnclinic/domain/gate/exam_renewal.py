"""What asks for a new exam before the old one has run out, where the policy lists it (`exam_renew_on`).

An exam speaks of what was known on its day. What the sessions that rested on it used is what it was taken to
clear, where it does not say so itself; anything else is new. The director may pass all of it.
"""

from collections.abc import Iterator
from datetime import date

from mnclinic.domain.finding import Finding, Light, PassedBy, refused
from mnclinic.domain.gate.facts import DrugsAndPlaces, VisitFacts
from mnclinic.domain.medical_history import HistoryFact, HistoryKind
from mnclinic.domain.off_label_flags import PRP_WORDS
from mnclinic.domain.screening import Answer
from mnclinic.domain.visit_document import ExamNote, VisitDocument

PREGNANCY = "pregnancy"
WHERE = "exam.examined_on"


def renewal_findings(exam: ExamNote, facts: VisitFacts) -> Iterator[Finding]:
    """Every event and everything new since the exam for which the policy asks for another."""
    asked = facts.policy.exam_renew_on if facts.policy is not None else frozenset[str]()
    event_on = facts.adverse_event_on
    if "adverse_event" in asked and event_on is not None and event_on > exam.examined_on:
        said = f"After the adverse event of {event_on.isoformat()} the policy asks for a new exam."
        yield _refused("exam_before_event", said)
    if PREGNANCY in asked and _is_pregnant_since(exam, facts):
        said = f"Since the exam of {_day(exam)} there is a pregnancy; the policy asks for a new exam then."
        yield _refused("exam_before_pregnancy", said)
    if "new_drug" in asked:
        yield from _medicines(exam, facts)
    earlier = facts.under_exam
    if earlier is None:
        return
    if "new_area" in asked and exam.areas is None:
        yield from _new(
            exam, "area", "before another area is treated", facts.document.treated_areas - earlier.areas
        )
    if "new_device" in asked and exam.device_classes is None and facts.device is not None:
        yield from _device(exam, facts.device.device_class, earlier)
    if "new_drug" in asked:
        yield from _new(
            exam, "drug", "before another product is used", drugs_of(facts.document) - earlier.drugs
        )


def drugs_of(document: VisitDocument) -> frozenset[str]:
    """What a visit puts on or into the skin, in small letters: numbing cream, topicals, PRP."""
    named = [topical.name for topical in document.topicals]
    named += [document.anaesthetic.name] if document.anaesthetic is not None else []
    named += [PRP_WORDS] if document.uses_prp else []
    return frozenset(one.strip().casefold() for one in named)


def _new(exam: ExamNote, what: str, before: str, found: frozenset[str]) -> Iterator[Finding]:
    if found:
        named = ", ".join(sorted(one.replace("_", " ") for one in found))
        said = f"New since the exam of {_day(exam)}: {named}. The policy asks for a new exam {before}."
        yield _refused(f"exam_new_{what}", said)


def _device(exam: ExamNote, device_class: str, earlier: DrugsAndPlaces) -> Iterator[Finding]:
    if device_class not in earlier.device_classes:
        named = f"a {device_class} device" if device_class else "a device whose class is not in the register"
        said = (
            f"New since the exam of {_day(exam)}: {named}. The policy asks for a new exam before another "
            "class of device is used."
        )
        yield _refused("exam_new_device", said)


def _medicines(exam: ExamNote, facts: VisitFacts) -> Iterator[Finding]:
    """Medicines of the person's history that began after the exam, or may have."""
    begun = [
        row.words
        for row in facts.history
        if row.kind is HistoryKind.MEDICINE and row.counts_on(facts.day) and _may_follow(row, exam, facts.day)
    ]
    if begun:
        named = ", ".join(sorted(begun))
        said = f"Taken since the exam of {_day(exam)}: {named}. The policy asks for a new exam then."
        yield _refused("exam_new_medicine", said)


def _is_pregnant_since(exam: ExamNote, facts: VisitFacts) -> bool:
    """Told on a later day than the exam's, begun after it, or ended between it and the visit."""
    answer = facts.document.answers.get(PREGNANCY)
    if answer is not None and answer.answer is Answer.YES and exam.examined_on < facts.day:
        return True
    rows = [row for row in facts.history if row.code == PREGNANCY]
    return any(
        _may_follow(row, exam, facts.day)
        or (row.ended_on is not None and exam.examined_on < row.ended_on <= facts.day)
        for row in rows
    )


def _may_follow(row: HistoryFact, exam: ExamNote, day: date) -> bool:
    """Whether a row may have begun after the exam and by the visit. Of an unknown beginning nothing is said.

    An exam of the visit's own day knows everything that has begun by then.
    """
    examined, today = exam.examined_on.isoformat(), day.isoformat()
    since = row.since
    if not since or examined >= today or since > today[: len(since)]:
        return False
    whole = len(since) == len(examined)
    return since > examined[: len(since)] or (not whole and since == examined[: len(since)])


def _day(exam: ExamNote) -> str:
    return exam.examined_on.isoformat()


def _refused(code: str, said: str) -> Finding:
    return refused(code, Light.EXAM, said, WHERE, by=PassedBy.DIRECTOR)
