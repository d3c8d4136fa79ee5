"""The director closes an adverse event: how it ended, and nothing more is followed up."""

import uuid

from mnclinic.domain.adverse_events import StepKind, problems_of_step, why_it_cannot_follow
from mnclinic.domain.person_details import text_of
from mnclinic.errors import ActionRefused, InvalidInput, Refusal
from mnclinic.models import EventStep
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.event_rows import load_event, step_bytes
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

NOT_CLOSED = "The adverse event was not closed. Correct what is marked and try again."
_CLOSED = "This adverse event is closed already. Nothing was changed."
_NOT_KNOWN = (
    "No director has signed that she knows of this event. Nothing was changed. Sign that first; then it can "
    "be closed."
)


def close_event(clinic: OpenClinic, event_id: str, outcome: str, text: str) -> str:
    """Close an event with its outcome and words; returns the step's id.

    Raises:
        InvalidInput: there is no such event, or something is wrong; every problem is listed.
        ActionRefused: no director signed yet that she knows of it, or it is closed already.
    """
    clinic.require(RoleAct.CLOSE_EVENT)
    text = text_of(text)
    with clinic.work() as work:
        event, patient, row = load_event(work, event_id)
        problems = [
            *problems_of_step(
                text=text, grade=None, worst_grade=event.grade, outcome=outcome, is_text_needed=True
            )
        ]
        if problems:
            raise InvalidInput(NOT_CLOSED, problems)
        if code := why_it_cannot_follow(StepKind.CLOSED, row.done):
            said = _CLOSED if code == "event_closed" else _NOT_KNOWN
            raise ActionRefused([Refusal(code, said)])
        step = EventStep(
            id=str(uuid.uuid4()),
            event_id=event.id,
            what=StepKind.CLOSED.value,
            text=text,
            outcome=outcome,
            recorded_by=clinic.person.staff_id,
            recorded_at=clinic.clock.now(),
        )
        work.session.add(step)
        work.log.record(
            Act(
                "adverse_event.closed",
                "C",
                subject=patient.ref,
                object=LoggedObject("event_step", step.id, 1, step_bytes(step)),
                categories=("adverse_event",),
            )
        )
        work.commit()
        return step.id
