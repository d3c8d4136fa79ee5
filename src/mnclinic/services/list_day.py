"""One day as the front desk sees it: who is expected, who has come, and the visits themselves."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from mnclinic.domain.before_visit import Standing
from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.planned_life import OPEN, PlanState
from mnclinic.domain.visit_life import VisitState
from mnclinic.models import PlannedVisit, Staff
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.list_visits import VisitRow, todays_visits
from mnclinic.services.people_of_day import PersonOfDay, people_of_day
from mnclinic.services.planned_standing import PlannedAs, standings_before
from mnclinic.services.session import OpenClinic

NO_TIME = "99:99"
"""Sorts behind every time of the day."""

HERE_IN_VISIT = frozenset({VisitState.DRAFT, VisitState.DEFERRED})
"""States of a visit that has begun and is not performed: whose it is, is in the house."""

_LINES: Select[Any] = (
    select(*PlannedVisit.__table__.columns, Staff.name.label("performer_name"))
    .outerjoin(Staff, Staff.user == PlannedVisit.performer)
    .where(PlannedVisit.planned_on == bindparam("day"), PlannedVisit.state != PlanState.TAKEN_BACK.value)
    .order_by(PlannedVisit.planned_on, PlannedVisit.at_time, PlannedVisit.id)
)
"""Built once: the list is read at every change of the day."""


@dataclass(frozen=True)
class PlannedRow:
    """Somebody who is expected, or who came without. `needs` are words for what should be seen to before.

    `at_time` is HH:MM or empty; an empty service or performer is still open. `is_stopped`: no visit may be
    started for this person. `is_doubled`: they are expected twice at this very time. `patient_ref` is the
    record that was planned for; name and number are those under which the person is read. `standing` is how
    a visit would stand that were begun now; None where none will be.
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
    is_stopped: bool = False
    is_doubled: bool = False
    standing: Standing | None = None


class Stage(IntEnum):
    """How far a line of today is, in the order in which a front desk wants to see them."""

    HERE = 0
    EXPECTED = 1
    OVER = 2


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
    def visit_id(self) -> str | None:
        """The visit's id, also where it was moved to another day meanwhile; None before there is one."""
        if self.visit is not None:
            return self.visit.visit_id
        return self.planned.visit_id if self.planned is not None else None

    @property
    def is_begun(self) -> bool:
        """Whether there is a visit; before, what is not done cannot be done yet."""
        return self.visit is not None

    @property
    def lights(self) -> Mapping[Light, LightState] | None:
        """The six lights: the visit's, or as they would stand if it were begun; None where none will be."""
        if self.visit is not None:
            return self.visit.lights
        return self.planned.standing.lights if self.planned is not None and self.planned.standing else None

    @property
    def wrong(self) -> frozenset[str]:
        """The codes of what the gate holds against it, without what is merely still to be done."""
        if self.visit is not None:
            return self.visit.wrong
        return (
            self.planned.standing.wrong if self.planned is not None and self.planned.standing else frozenset()
        )

    @property
    def stage(self) -> Stage:
        """Whether the person is here, is still to come, or neither any more."""
        if self.visit is not None:
            return Stage.HERE if self.visit.state in HERE_IN_VISIT else Stage.OVER
        if self.planned is None or self.planned.state not in OPEN:
            return Stage.OVER
        return Stage.HERE if self.planned.state is PlanState.ARRIVED else Stage.EXPECTED

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

    @property
    def as_wanted(self) -> tuple[DayLine, ...]:
        """Today: who is here, then who comes next, then what is over; each by time. Another day: by time."""
        return tuple(sorted(self.lines, key=lambda line: line.stage)) if self.is_today else self.lines

    def count(self, *states: PlanState) -> int:
        """How many planned visits stand in one of these states."""
        return sum(line.planned is not None and line.planned.state in states for line in self.lines)


def list_day(clinic: OpenClinic, day: date | None = None) -> DayList:
    """The lines of one day (today unless named). What was taken back is not shown."""
    clinic.require(RoleAct.VIEW_TODAY)
    now = clinic.clock.now()
    day = day or now.date()
    with clinic.store.reading() as session:
        planned = planned_on(session, day, now)
    today = todays_visits(clinic, day)
    visits = {visit.visit_id: visit for visit in today.visits}
    lines = [DayLine(row, visits.pop(row.visit_id or "", None)) for row in planned]
    lines += [DayLine(None, visit) for visit in visits.values()]
    lines.sort(key=lambda line: line.at_time or NO_TIME)
    return DayList(day, day == now.date(), tuple(lines), today.open_before, today.waiting_for_director)


def planned_on(session: Session, day: date, now: datetime) -> tuple[PlannedRow, ...]:
    """The planned visits of a day in the order of their times, each judged as if it were begun that day."""
    found = session.execute(_LINES, {"day": day}).all()
    people = people_of_day(session, sorted({row.patient_ref for row in found}))
    times = Counter(
        (people[row.patient_ref].ref, row.at_time) for row in found if row.state in OPEN and row.at_time
    )
    as_planned = [
        PlannedAs(row.id, people[row.patient_ref], row.service, row.performer)
        for row in found
        if row.state in OPEN
    ]
    standings = standings_before(session, as_planned, datetime.combine(day, now.timetz()))
    return tuple(_row(row, people[row.patient_ref], times, standings.get(row.id)) for row in found)


def _row(
    row: Row[Any], person: PersonOfDay, times: Counter[tuple[str, str]], standing: Standing | None
) -> PlannedRow:
    is_open = row.state in OPEN
    is_doubled = is_open and times[person.ref, row.at_time] > 1
    needs = [one.words for one in person.needs] if is_open else []
    if is_doubled:
        needs.append("Expected twice at this time")
    return PlannedRow(
        plan_id=row.id,
        patient_ref=row.patient_ref,
        patient=person.name,
        record_number=person.record_number,
        born_on=person.born_on,
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
        is_stopped=is_open and person.is_deceased,
        is_doubled=is_doubled,
        standing=standing,
    )
