"""One day as the front desk sees it: who is expected, who has come, and the visits themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from mnclinic.domain.planned_life import OPEN, PlanState
from mnclinic.domain.visit_life import VisitState
from mnclinic.models import AdverseEvent, Patient, PlannedVisit, Staff, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.list_visits import VisitRow, todays_visits
from mnclinic.services.session import OpenClinic

NO_TIME = "99:99"
"""Sorts behind every time of the day."""


@dataclass(frozen=True)
class PlannedRow:
    """Somebody who is expected, or who came without. `needs` are words for what should be seen to before.

    `at_time` is HH:MM or empty; an empty service or performer is still open. `is_doubled`: the same person
    is expected twice at this very time.
    """

    plan_id: str
    patient_ref: str
    patient: str
    record_number: str
    born_on: date | None
    planned_on: date
    at_time: str
    service: str
    performer: str
    performer_name: str
    note: str
    state: PlanState
    reason: str
    is_walk_in: bool
    arrived_at: datetime | None
    visit_id: str | None
    edition: int
    batch: str | None
    needs: tuple[str, ...]
    is_doubled: bool = False


@dataclass(frozen=True)
class DayLine:
    """One line of the day: a planned visit, a visit, or the visit that was started from a plan."""

    planned: PlannedRow | None
    visit: VisitRow | None

    @property
    def key(self) -> str:
        """What names the line while it changes: it stays the same from the plan to the signature."""
        if self.planned is not None:
            return self.planned.plan_id
        return self.visit.visit_id if self.visit is not None else ""

    @property
    def at_time(self) -> str:
        """HH:MM, or empty."""
        return self.planned.at_time if self.planned is not None else ""

    @property
    def patient(self) -> str:
        """Whose it is."""
        return self.planned.patient if self.planned is not None else self._visit.patient

    @property
    def patient_ref(self) -> str:
        """The patient's reference."""
        return self.planned.patient_ref if self.planned is not None else self._visit.patient_ref

    @property
    def record_number(self) -> str:
        """The patient's record number."""
        return self.planned.record_number if self.planned is not None else self._visit.record_number

    @property
    def born_on(self) -> date | None:
        """When the patient was born."""
        return self.planned.born_on if self.planned is not None else self._visit.born_on

    @property
    def service(self) -> str:
        """The visit's service where there is one, else the planned one; empty while it is open."""
        if self.visit is not None:
            return self.visit.service
        return self.planned.service if self.planned is not None else ""

    @property
    def performer_name(self) -> str:
        """Who performs, in the printed name; empty while it is open."""
        if self.visit is not None:
            return self.visit.performer_name
        return self.planned.performer_name if self.planned is not None else ""

    @property
    def _visit(self) -> VisitRow:
        if self.visit is None:
            raise LookupError("a line of the day holds a planned visit, a visit or both")
        return self.visit


@dataclass(frozen=True)
class DayList:
    """A day: its lines by time, those without a time behind, and what else Today shows."""

    day: date
    is_today: bool
    lines: tuple[DayLine, ...]
    open_before: tuple[VisitRow, ...]
    waiting_for_director: int

    def count(self, *states: PlanState) -> int:
        """How many planned visits stand in one of these states."""
        return sum(line.planned is not None and line.planned.state in states for line in self.lines)


def list_day(clinic: OpenClinic, day: date | None = None) -> DayList:
    """The lines of one day (today unless named). What was taken back is not shown."""
    clinic.require(RoleAct.VIEW_TODAY)
    now = clinic.clock.now()
    day = day or now.date()
    with clinic.store.reading() as session:
        planned = planned_on(session, day)
    today = todays_visits(clinic, day)
    visits = {visit.visit_id: visit for visit in today.visits}
    lines = [DayLine(row, visits.pop(row.visit_id or "", None)) for row in planned]
    lines += [DayLine(None, visit) for visit in visits.values()]
    lines.sort(key=lambda line: line.at_time or NO_TIME)
    return DayList(day, day == now.date(), tuple(lines), today.open_before, today.waiting_for_director)


def planned_on(session: Session, day: date) -> tuple[PlannedRow, ...]:
    """The planned visits of a day in the order of their times."""
    deferred = (
        select(Visit.id)
        .where(
            Visit.patient_ref == PlannedVisit.patient_ref,
            Visit.state == VisitState.DEFERRED.value,
        )
        .exists()
    )
    event = (
        select(AdverseEvent.id)
        .join(Visit, Visit.id == AdverseEvent.visit_id)
        .where(Visit.patient_ref == PlannedVisit.patient_ref)
        .exists()
    )
    found = session.execute(
        select(
            PlannedVisit.id,
            PlannedVisit.patient_ref,
            Patient.last_name,
            Patient.first_name,
            Patient.record_number,
            Patient.born_on,
            PlannedVisit.planned_on,
            PlannedVisit.at_time,
            PlannedVisit.service,
            PlannedVisit.performer,
            Staff.name.label("performer_name"),
            PlannedVisit.note,
            PlannedVisit.state,
            PlannedVisit.reason,
            PlannedVisit.is_walk_in,
            PlannedVisit.arrived_at,
            PlannedVisit.visit_id,
            PlannedVisit.edition,
            PlannedVisit.batch,
            deferred.label("has_deferred"),
            event.label("has_event"),
        )
        .join(Patient, Patient.ref == PlannedVisit.patient_ref)
        .outerjoin(Staff, Staff.user == PlannedVisit.performer)
        .where(PlannedVisit.planned_on == day, PlannedVisit.state != PlanState.TAKEN_BACK.value)
        .order_by(PlannedVisit.planned_on, PlannedVisit.at_time, PlannedVisit.id)
    ).all()
    times = [_place(row) for row in found if row.state in OPEN and row.at_time]
    return tuple(_row(row, times) for row in found)


def _place(row: Row[*tuple[Any, ...]]) -> tuple[str, str]:
    return (row.patient_ref, row.at_time)


def _row(row: Row[*tuple[Any, ...]], times: Sequence[tuple[str, str]]) -> PlannedRow:
    is_open = row.state in OPEN
    is_doubled = is_open and times.count(_place(row)) > 1
    needs = []
    if is_open:
        if row.born_on is None:
            needs.append("Date of birth missing")
        if row.has_deferred:
            needs.append("An earlier visit is deferred")
        if row.has_event:
            needs.append("Adverse event on record")
        if is_doubled:
            needs.append("Expected twice at this time")
    return PlannedRow(
        plan_id=row.id,
        patient_ref=row.patient_ref,
        patient=f"{row.last_name}, {row.first_name}".strip(", "),
        record_number=row.record_number,
        born_on=row.born_on,
        planned_on=row.planned_on,
        at_time=row.at_time,
        service=row.service,
        performer=row.performer,
        performer_name=row.performer_name or row.performer,
        note=row.note,
        state=PlanState(row.state),
        reason=row.reason,
        is_walk_in=row.is_walk_in,
        arrived_at=row.arrived_at,
        visit_id=row.visit_id,
        edition=row.edition,
        batch=row.batch,
        needs=tuple(needs),
        is_doubled=is_doubled,
    )
