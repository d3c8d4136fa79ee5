"""Adverse events with what was done about each, as lists and pages show them."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.event_clock import ClockFacts, ClockState, due_at, state_of
from mnclinic.errors import InvalidInput
from mnclinic.models import AdverseEvent, EventStep, LogEntry, Patient, Staff, Visit, instant_text
from mnclinic.services.amendment_rows import filed_elsewhere, is_misfiled, whose_visits
from mnclinic.services.directors_word import SignedAs
from mnclinic.services.event_standing import EventStandings, step_signed_as
from mnclinic.services.one_person import load_person
from mnclinic.services.standing import Standing, worst_of
from mnclinic.store.unit_of_work import UnitOfWork

NO_SUCH_EVENT = "There is no such adverse event. Nothing was changed. List them with: mnclinic event list."


@dataclass(frozen=True)
class StepRow:
    """One step. `by` is a name; `grade` is 0 where it was gone, None where nobody said."""

    step_id: str
    what: StepKind
    text: str
    grade: int | None
    outcome: str | None
    report_number: str | None
    reported_on: date | None
    by: str
    at: datetime
    standing: Standing = Standing.HOLDS
    """Of the director's signature under it; what nobody signs holds."""
    signed: SignedAs | None = None
    """How that is shown; None where nobody signs, or where it cannot be read any more."""


@dataclass(frozen=True)
class EventRow:
    """One event with its steps, oldest first. What an old row does not have is None or empty.

    The person is the right one also where its visit was filed to another: `filed_under` is the record number
    that the visit stands under then. `is_misfiled`: it is somebody else's, and nobody said whose.
    """

    event_id: str
    visit_id: str
    number: str
    visit_on: date
    patient_ref: str
    record_number: str
    patient: str
    phone: str
    kind: str | None
    event: str
    grade: int
    noted_on: date
    note: str
    onset_at: datetime | None
    is_expected: bool | None
    relatedness: str | None
    seriousness: tuple[str, ...]
    treatment: str
    told_how: str | None
    told_by: str
    tell_by: datetime | None
    sign_by: datetime | None
    recorded_by: str
    recorded_at: datetime
    steps: tuple[StepRow, ...]
    filed_under: str = ""
    is_misfiled: bool = False

    @property
    def done(self) -> frozenset[StepKind]:
        """The kinds of steps that were written down. A signature that does not hold is no director's word."""
        return frozenset(one.what for one in self.steps if one.standing is Standing.HOLDS)

    @property
    def has_broken_acknowledgement(self) -> bool:
        """Whether what stands as a director's signature does not hold; nothing can be signed beside it."""
        stands = {one.what for one in self.steps}
        return StepKind.ACKNOWLEDGED in stands - self.done

    @property
    def facts(self) -> ClockFacts:
        """What the clock asks."""
        done = self.done
        return ClockFacts(
            self.tell_by,
            self.sign_by,
            StepKind.TOLD in done,
            StepKind.ACKNOWLEDGED in done,
            StepKind.CLOSED in done,
        )

    @property
    def state(self) -> ClockState:
        """Where it stands."""
        return state_of(self.facts)

    @property
    def due_at(self) -> datetime | None:
        """Until when what has to be done next is done; None where nothing runs."""
        return due_at(self.facts)

    @property
    def standing(self) -> Standing:
        """One word for all signatures under its steps."""
        return worst_of([one.standing for one in self.steps])

    @property
    def grade_now(self) -> int:
        """The grade that was noted last."""
        return next((one.grade for one in reversed(self.steps) if one.grade is not None), self.grade)


def event_rows(
    session: Session, *, refs: Sequence[str] | None = None, event_id: str = "", is_open: bool = False
) -> list[EventRow]:
    """Events of whom these records are of, whose id begins so, that are not closed, or all; newest first."""
    asked = (
        select(AdverseEvent, Visit, Patient, Staff.name)
        .join(Visit, Visit.id == AdverseEvent.visit_id)
        .join(Patient, Patient.ref == Visit.patient_ref)
        .join(Staff, Staff.id == AdverseEvent.recorded_by)
    )
    if refs is not None:
        asked = asked.where(AdverseEvent.visit_id.in_(visits_of_theirs(session, refs)))
    if event_id:
        asked = asked.where(AdverseEvent.id.startswith(event_id, autoescape=True))
    if is_open:
        of_it = (EventStep.event_id == AdverseEvent.id, EventStep.what == StepKind.CLOSED.value)
        asked = asked.where(~exists().where(*of_it))
    found = sorted(session.execute(asked).all(), key=lambda row: row[0].id)
    found.sort(key=lambda row: row[0].recorded_at, reverse=True)
    steps = _steps(session, {event.id: event for event, *_ in found})
    whose = whose_visits(session, {visit.id for _, visit, *_ in found})
    return [
        _with_whose(
            session, whose, _row(event, visit, patient, name, tuple(steps.get(event.id, ()))), patient
        )
        for event, visit, patient, name in found
    ]


def visits_of_theirs(session: Session, refs: Sequence[str]) -> list[str]:
    """The ids of the visits that are of these records' person, under whomever they were filed."""
    own = session.scalars(select(Visit.id).where(Visit.patient_ref.in_(refs), ~is_misfiled()))
    return [*own, *filed_elsewhere(session, refs)]


def _with_whose(
    session: Session, whose: Mapping[str, str | None], row: EventRow, filed_to: Patient
) -> EventRow:
    """The row under the right person, where its visit was filed to another."""
    if row.visit_id not in whose:
        return row
    right = whose[row.visit_id]
    if right is None:
        return replace(row, is_misfiled=True)
    person = load_person(session, right)[0]
    return replace(
        row,
        patient_ref=person.ref,
        record_number=person.record_number,
        patient=name_of(person),
        phone=person.phone or "",
        filed_under=filed_to.record_number,
    )


def name_of(patient: Patient) -> str:
    """As lists show it."""
    return f"{patient.last_name}, {patient.first_name}"


def _steps(session: Session, events: Mapping[str, AdverseEvent]) -> dict[str, list[StepRow]]:
    """By event, in the order in which they were entered: the clock may have been set back between them."""
    found: dict[str, list[StepRow]] = {}
    standings = EventStandings(session)
    asked = (
        select(EventStep, Staff.name, LogEntry.seq)
        .join(Staff, Staff.id == EventStep.recorded_by)
        .outerjoin(LogEntry, (LogEntry.object_id == EventStep.id) & (LogEntry.object_kind == "event_step"))
    )
    steps = session.execute(asked.where(EventStep.event_id.in_(events))).all()
    for row, name, _ in sorted(steps, key=lambda one: (one.seq or sys.maxsize, one[0].id)):
        one = StepRow(
            row.id,
            StepKind(row.what),
            row.text,
            row.grade,
            row.outcome,
            row.report_number,
            row.reported_on,
            name,
            row.recorded_at,
            standings.of(row, events[row.event_id]),
            step_signed_as(row),
        )
        found.setdefault(row.event_id, []).append(one)
    return found


def _row(
    event: AdverseEvent, visit: Visit, patient: Patient, name: str, steps: tuple[StepRow, ...]
) -> EventRow:
    return EventRow(
        event_id=event.id,
        visit_id=visit.id,
        number=visit.number,
        visit_on=visit.visit_on,
        patient_ref=patient.ref,
        record_number=patient.record_number,
        patient=name_of(patient),
        phone=patient.phone or "",
        kind=event.kind,
        event=event.event,
        grade=event.grade,
        noted_on=event.noted_on,
        note=event.note,
        onset_at=event.onset_at,
        is_expected=event.is_expected,
        relatedness=event.relatedness,
        seriousness=tuple(one for one in (event.seriousness or "").split(",") if one),
        treatment=event.treatment or "",
        told_how=event.told_how,
        told_by=event.told_by or "",
        tell_by=event.tell_by,
        sign_by=event.sign_by,
        recorded_by=name,
        recorded_at=event.recorded_at,
        steps=steps,
    )


def load_event(work: UnitOfWork, event_id: str) -> tuple[AdverseEvent, Patient, EventRow]:
    """An event by its id or the first letters of it, of which no other's begins.

    The patient is whose record its visit stands under, as the log names it. Raises InvalidInput where there
    is none.
    """
    asked = select(AdverseEvent).where(AdverseEvent.id.startswith(event_id, autoescape=True)).limit(2)
    found = work.session.scalars(asked).all() if len(event_id) >= 8 else []  # noqa: PLR2004 - as lists show it
    if len(found) != 1:
        raise InvalidInput(NO_SUCH_EVENT)
    event = found[0]
    row = event_rows(work.session, event_id=event.id)[0]
    visit = work.session.get_one(Visit, event.visit_id)
    return event, work.session.get_one(Patient, visit.patient_ref), row


def step_bytes(row: EventStep) -> bytes:
    """The canonical bytes of a step, as the log names it; of an acknowledgement the signed record."""
    if row.record is not None:
        return row.record
    return canonical_bytes(
        {
            "format": "mnclinic.event-step/1",
            "id": row.id,
            "event": row.event_id,
            "what": row.what,
            "text": row.text,
            "grade": row.grade,
            "outcome": row.outcome,
            "report_number": row.report_number,
            "reported_on": row.reported_on.isoformat() if row.reported_on else None,
            "recorded_by": row.recorded_by,
            "recorded_at": instant_text(row.recorded_at),
        }
    )
