"""Write down what was done about an adverse event: the director was told, how it goes on, it was reported."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from mnclinic.domain.adverse_events import StepKind, problems_of_step, why_it_cannot_follow
from mnclinic.domain.instants import zone_of
from mnclinic.domain.person_details import line_of, text_of
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import EventStep
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.event_rows import EventRow, load_event, step_bytes
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

NOT_STORED = "Nothing was written down. Correct what is marked and try again."
_CLOSED = (
    "This adverse event is closed. Nothing was changed. If it came back, record it as a new event, so that "
    "the director's clock begins anew."
)
_TOLD = "It is written down already that the director knows of this event. Nothing was changed."


@dataclass(frozen=True)
class NewStep:
    """What somebody wants to write down. A report has the number and day of its submission."""

    what: StepKind
    text: str = ""
    grade: int | None = None
    report_number: str = ""
    reported_on: date | None = None


def follow_event(clinic: OpenClinic, event_id: str, new: NewStep) -> str:
    """Write one step of an event down; returns the step's id.

    Raises:
        InvalidInput: there is no such event, or something in it is wrong; every problem is listed.
        ActionRefused: the event is closed, or the director was told before.
    """
    clinic.require(RoleAct.RECORD_ADVERSE_EVENT)
    with clinic.work() as work:
        event, patient, row = load_event(work, event_id)
        now = clinic.clock.now()
        # The clock may have been set back since the event.
        newest = max(now, work.log.newest_time() or now)
        text, number = text_of(new.text), line_of(new.report_number)
        problems = [
            *problems_of_step(
                text=text,
                grade=new.grade,
                worst_grade=event.grade,
                outcome=None,
                is_text_needed=new.what is StepKind.NOTE,
            ),
            *_problems_of_report(new, number, row, newest=newest.astimezone(zone_of(clinic.clock))),
        ]
        if problems:
            raise InvalidInput(NOT_STORED, problems)
        _assert_possible(row, new.what)
        step = EventStep(
            id=str(uuid.uuid4()),
            event_id=event.id,
            what=new.what.value,
            text=text,
            grade=new.grade,
            report_number=number or None,
            reported_on=new.reported_on,
            recorded_by=clinic.person.staff_id,
            recorded_at=now,
        )
        work.session.add(step)
        match new.what:
            case StepKind.TOLD:
                action = "adverse_event.told"
            case StepKind.REPORTED:
                action = "adverse_event.reported"
            case _:
                action = "adverse_event.noted"
        work.log.record(
            Act(
                action,
                "C",
                subject=patient.ref,
                object=LoggedObject("event_step", step.id, 1, step_bytes(step)),
                categories=("adverse_event",),
            )
        )
        work.commit()
        return step.id


def _problems_of_report(new: NewStep, number: str, row: EventRow, *, newest: datetime) -> list[Problem]:
    if new.what is not StepKind.REPORTED:
        is_none = not number and new.reported_on is None
        return [] if is_none else [Problem("report_number", "Only a report has a number and a day.")]
    problems = [] if number else [Problem("report_number", "Type the number of the submission.")]
    if new.reported_on is None:
        problems.append(Problem("reported_on", "Say on which day it was sent."))
    elif new.reported_on > newest.date():
        problems.append(Problem("reported_on", "The day lies in the future."))
    elif new.reported_on < row.recorded_at.astimezone(newest.tzinfo).date():
        problems.append(Problem("reported_on", "That is before the event was written down."))
    return problems


def _assert_possible(row: EventRow, what: StepKind) -> None:
    match why_it_cannot_follow(what, row.done):
        case None:
            return
        case "event_closed" as code:
            raise ActionRefused([Refusal(code, _CLOSED)])
        case code:
            raise ActionRefused([Refusal(code, _TOLD)])
