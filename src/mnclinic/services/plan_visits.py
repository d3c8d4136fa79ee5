"""Plan visits: one line as it is typed, or a whole day sheet in one step that can be taken back."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.person_details import line_of
from mnclinic.domain.planned_life import OPEN, PlanState, is_time
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.interchange.day_sheet import MOST_LINES
from mnclinic.models import PlannedVisit, Staff
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.one_person import heads_of, refs_of
from mnclinic.services.people_of_day import PersonOfDay, people_of_day
from mnclinic.services.planned_rows import (
    PlanChanged,
    as_said,
    day_and_time,
    enter_changed,
    enter_planned,
    lead,
    load_planned,
)
from mnclinic.services.session import OpenClinic

LONGEST_NOTE = 500
LONGEST_SERVICE = 80
FURTHEST_AHEAD = timedelta(days=731)

IN_THE_PAST = "This day has passed. Plan for today or later."
TOO_FAR_AHEAD = "This day is more than two years ahead. Check the year."
DECEASED = "This person is recorded as deceased. If that is wrong, correct it on the patient's page first."
NO_SUCH_PERFORMER = "Nobody who treats here has this user name."


@dataclass(frozen=True)
class NewPlanned:
    """Who is expected when. `at_time` is HH:MM or empty; an empty service or performer is still open."""

    patient_ref: str
    planned_on: date
    at_time: str = ""
    service: str = ""
    performer: str = ""
    note: str = ""


@dataclass(frozen=True)
class VisitsPlanned:
    """Visits were planned. `batch` names all of one day sheet; None for a line that was typed.

    `doubled` are the ids of those whose patient was already expected at that very time.
    """

    plans: tuple[PlanChanged, ...]
    batch: str | None
    doubled: tuple[str, ...]


def plan_visits(clinic: OpenClinic, wanted: Sequence[NewPlanned], *, as_batch: bool = False) -> VisitsPlanned:
    """Enter planned visits, all of them or none; with `as_batch` they can be taken back together.

    The same person twice at one time is entered and told, never refused: two treatments may follow on
    each other. Raises InvalidInput with every problem of every line.
    """
    clinic.require(RoleAct.PLAN_VISIT)
    batch = str(uuid.uuid4()) if as_batch else None
    with clinic.work() as work:
        now = clinic.clock.now()
        _refuse_wrong(work.session, wanted, now)
        # Whoever has several records is expected under the one that they are read under.
        heads = heads_of(work.session, sorted({one.patient_ref for one in wanted}))
        wanted = [replace(one, patient_ref=heads[one.patient_ref]) for one in wanted]
        done, doubled = [], []
        for one in wanted:
            is_doubled = _is_expected(work.session, one)
            row = _row(one, PlanState.PLANNED, now, batch=batch)
            work.session.add(row)
            done.append(enter_planned(work, row, "plan.made", "C", day_and_time(row)))
            if is_doubled:
                doubled.append(row.id)
        work.commit()
    return VisitsPlanned(tuple(done), batch, tuple(doubled))


def walk_in(clinic: OpenClinic, patient_ref: str, *, service: str = "", performer: str = "") -> PlanChanged:
    """Enter somebody who came without being expected: they stand on today's list as arrived, at this time."""
    clinic.require(RoleAct.MARK_ARRIVED)
    with clinic.work() as work:
        now = clinic.clock.now()
        wanted = NewPlanned(patient_ref, now.date(), f"{now:%H:%M}", service, performer)
        _refuse_wrong(work.session, [wanted], now)
        row = _row(wanted, PlanState.ARRIVED, now)
        row.is_walk_in, row.arrived_at = True, now
        work.session.add(row)
        done = enter_planned(work, row, "plan.walked_in", "C", day_and_time(row))
        work.commit()
    return done


def change_planned(clinic: OpenClinic, plan_id: str, edition: int, wanted: NewPlanned) -> PlanChanged:
    """Put another day, time, service, performer or note; the person stays the same.

    What changes nothing is no act and makes no entry. Raises InvalidInput, ActionRefused once it was
    started or ended, StaleVisit.
    """
    clinic.require(RoleAct.PLAN_VISIT)
    with clinic.work() as work:
        row = load_planned(work, plan_id, edition)
        now = clinic.clock.now()
        _refuse_wrong(work.session, [wanted], now, stays_on=row.planned_on)
        if wanted.patient_ref != row.patient_ref:
            raise InvalidInput(
                "A planned visit stays with its person. Nothing was changed. "
                "Cancel this one and plan another for the other person."
            )
        was = as_said(row)
        changed = _row(wanted, PlanState(row.state), now)
        fields = ("planned_on", "at_time", "service", "performer", "note")
        if all(getattr(row, name) == getattr(changed, name) for name in fields):
            return PlanChanged(row.id, row.edition, PlanState(row.state))
        if row.state == PlanState.ARRIVED.value and changed.planned_on != row.planned_on:
            raise ActionRefused(
                [
                    Refusal(
                        "plan_arrived",
                        "Whoever has arrived cannot be planned for another day. Nothing was changed. "
                        "Take the arrival back first.",
                    )
                ]
            )
        lead(row, "plan.changed")
        for name in fields:
            setattr(row, name, getattr(changed, name))
        done = enter_changed(work, row, was)
        work.commit()
    return done


def take_back_planned(clinic: OpenClinic, named: str) -> int:
    """Take back what was entered by mistake: one planned visit, or a whole day sheet by its batch.

    Returns how many lines were taken back. Those that were cancelled or marked meanwhile stay.

    Raises InvalidInput where nothing is called so, ActionRefused where a visit was already started from
    one of them: then nothing was taken back.
    """
    clinic.require(RoleAct.PLAN_VISIT)
    with clinic.work() as work:
        rows = work.session.scalars(select(PlannedVisit).where(PlannedVisit.batch == named)).all()
        if not rows:
            rows = [load_planned(work, named, None)]
        started = sum(row.state == PlanState.STARTED.value for row in rows)
        if started:
            raise ActionRefused(
                [
                    Refusal(
                        "plan_started",
                        f"{started} of these {'was' if started == 1 else 'were'} started as visits, so they "
                        "cannot be taken back together. Nothing was changed. Cancel the others one by one.",
                    )
                ]
            )
        taken = [row for row in rows if row.state in {one.value for one in OPEN}]
        if not taken:
            raise ActionRefused(
                [Refusal("plan_ended", "There is nothing left to take back. Nothing was changed.")]
            )
        for row in taken:
            lead(row, "plan.taken_back")
            enter_planned(work, row, "plan.taken_back", "D")
        work.commit()
    return len(taken)


def problems_of(
    wanted: NewPlanned,
    now: datetime,
    *,
    person: PersonOfDay | None,
    treats: Collection[str],
    stays_on: date | None = None,
) -> list[Problem]:
    """Everything that is wrong with one line.

    Args:
        wanted: The line.
        now: What day it is.
        person: Whose record it names; None where nobody has it.
        treats: The users who perform here.
        stays_on: A day that it was planned for already, which is never wrong.
    """
    problems = []
    today = now.date()
    if wanted.planned_on < today and wanted.planned_on != stays_on:
        problems.append(Problem("day", IN_THE_PAST))
    if wanted.planned_on > today + FURTHEST_AHEAD:
        problems.append(Problem("day", TOO_FAR_AHEAD))
    if wanted.at_time and not is_time(wanted.at_time):
        problems.append(Problem("time", "This is no time of the day. Write it as 09:30 or 1:30 pm."))
    if len(wanted.note) > LONGEST_NOTE:
        problems.append(Problem("note", f"The note is longer than {LONGEST_NOTE} characters."))
    if len(wanted.service) > LONGEST_SERVICE:
        problems.append(Problem("service", f"The service is longer than {LONGEST_SERVICE} characters."))
    if wanted.performer and wanted.performer not in treats:
        problems.append(Problem("performer", NO_SUCH_PERFORMER))
    if person is None:
        problems.append(Problem("person", "This person is not on the roster any more."))
    elif person.is_deceased:
        problems.append(Problem("person", DECEASED))
    return problems


def performers(session: Session) -> dict[str, str]:
    """Printed names of those who treat here, by user name."""
    rows = session.execute(
        select(Staff.user, Staff.name, Staff.credential).where(
            Staff.is_active, Staff.role.in_(("provider", "director"))
        )
    )
    return {row.user: f"{row.name}, {row.credential}" if row.credential else row.name for row in rows}


def _refuse_wrong(
    session: Session, wanted: Sequence[NewPlanned], now: datetime, *, stays_on: date | None = None
) -> None:
    if not wanted or len(wanted) > MOST_LINES:
        what = f"Between 1 and {MOST_LINES} lines can be entered at once."
        raise InvalidInput(f"{what} Nothing was stored.", [Problem("lines", what)])
    people = people_of_day(session, sorted({line.patient_ref for line in wanted}))
    treats = performers(session)
    problems = [
        Problem(f"lines[{at}].{one.where}" if len(wanted) > 1 else one.where, one.what)
        for at, line in enumerate(wanted)
        for one in problems_of(
            line, now, person=people.get(line.patient_ref), treats=treats, stays_on=stays_on
        )
    ]
    if problems:
        raise InvalidInput("Nothing was planned. Correct what is marked.", problems)


def _is_expected(session: Session, wanted: NewPlanned) -> bool:
    return bool(wanted.at_time) and bool(
        session.scalars(
            select(PlannedVisit.id)
            .where(
                PlannedVisit.patient_ref.in_(refs_of(session, wanted.patient_ref)),
                PlannedVisit.planned_on == wanted.planned_on,
                PlannedVisit.at_time == wanted.at_time,
                PlannedVisit.state.in_([one.value for one in OPEN]),
            )
            .limit(1)
        ).first()
    )


def _row(wanted: NewPlanned, state: PlanState, now: datetime, *, batch: str | None = None) -> PlannedVisit:
    return PlannedVisit(
        id=str(uuid.uuid4()),
        planned_on=wanted.planned_on,
        at_time=wanted.at_time,
        patient_ref=wanted.patient_ref,
        service=line_of(wanted.service),
        performer=wanted.performer,
        note=line_of(wanted.note),
        state=state.value,
        reason="",
        is_walk_in=False,
        edition=1,
        batch=batch,
        added_at=now,
    )
