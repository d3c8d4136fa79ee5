"""Write down something untoward after a treatment. The visit goes to the top of the director's queue."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.person_details import text_of
from mnclinic.domain.review import SCORE
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import AdverseEvent
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

GRADES = range(1, 6)
REVIEW_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class AdverseEventRecorded:
    """An adverse event is on record for a visit."""

    event_id: str
    visit_id: str


def record_adverse_event(
    clinic: OpenClinic, visit_id: str, *, event: str, grade: int, noted_on: date, note: str
) -> AdverseEventRecorded:
    """Record an adverse event (grade 1 to 5) of a visit.

    A visit that waits for review moves to the top of the queue and is due within a day.
    Raises InvalidInput with every problem; nothing is stored then.
    """
    clinic.require(RoleAct.RECORD_ADVERSE_EVENT)
    event = text_of(event)
    problems = []
    if not event:
        problems.append(Problem("event", "Say what happened."))
    if grade not in GRADES:
        problems.append(Problem("grade", "The grade is a number from 1 to 5."))
    if noted_on > clinic.clock.now().date():
        problems.append(Problem("noted_on", "The day lies in the future."))
    if problems:
        raise InvalidInput("The adverse event was not stored. Correct what is marked.", problems)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        now = clinic.clock.now()
        row = AdverseEvent(
            id=str(uuid.uuid4()),
            visit_id=visit.id,
            event=event,
            grade=grade,
            noted_on=noted_on,
            note=text_of(note),
            recorded_by=clinic.person.staff_id,
            recorded_at=now,
        )
        work.session.add(row)
        words = [word for word in visit.review_reasons.split(",") if word]
        if visit.state == VisitState.IN_REVIEW.value and "adverse_event" not in words:
            visit.review_reasons = ",".join(["adverse_event", *words])
            visit.score += SCORE["adverse_event"]
            visit.due_at = min(visit.due_at or now + REVIEW_WITHIN, now + REVIEW_WITHIN)
        work.log.record(
            Act(
                "adverse_event.recorded",
                "C",
                subject=patient.ref,
                object=LoggedObject("adverse_event", row.id, 1, adverse_event_bytes(row)),
                categories=("adverse_event",),
            )
        )
        work.commit()
        return AdverseEventRecorded(row.id, visit.id)


def adverse_event_bytes(row: AdverseEvent) -> bytes:
    """The canonical bytes of an adverse event, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.adverse-event/1",
            "id": row.id,
            "visit": row.visit_id,
            "event": row.event,
            "grade": row.grade,
            "noted_on": row.noted_on.isoformat(),
            "note": row.note,
        }
    )
