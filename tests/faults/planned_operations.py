"""The operations on planned visits that have to survive a failing disk."""

from sqlalchemy import select

from mnclinic.models import Patient, PlannedVisit
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.mark_planned import enter_planned_again, mark_arrived, start_planned
from mnclinic.services.plan_visits import NewPlanned, change_planned, plan_visits, take_back_planned
from mnclinic.services.print_day_list import print_day_list
from tests.faults.operation import Operation, only
from tests.faults.team import Team
from tests.services.clinic_builder import MONDAY

DAY = MONDAY.date()


def two_people(team: Team) -> None:
    """Two people on the roster, whom nobody expects."""
    for name in ("Expected", "Alsoexpected"):
        add_patient(team.as_user("desk"), NewPatient(name, "Bea", "1971-03-04"))


def a_day_sheet(team: Team) -> None:
    """Both are expected."""
    two_people(team)
    plan_a_sheet(team)


def plan_a_sheet(team: Team) -> None:
    desk = team.as_user("desk")
    with desk.store.reading() as session:
        refs = session.scalars(select(Patient.ref).order_by(Patient.record_number)).all()
    plan_visits(
        desk, [NewPlanned(ref, DAY, "09:30", "microneedling_face", "reyes") for ref in refs], as_batch=True
    )


def take_a_sheet_back(team: Team) -> None:
    take_back_planned(team.as_user("desk"), only(team, "desk", select(PlannedVisit.batch)))


def one_taken_off(team: Team) -> None:
    """One of them was marked as arrived, and then taken off the list."""
    a_day_sheet(team)
    somebody_arrives(team)
    take_back_planned(team.as_user("desk"), _one(team))


def enter_it_again(team: Team) -> None:
    taken = only(team, "desk", select(PlannedVisit.id).where(PlannedVisit.state == "taken_back"))
    enter_planned_again(team.as_user("desk"), taken, None)


def change_a_line(team: Team) -> None:
    plan, ref = _one(team), only(team, "desk", select(PlannedVisit.patient_ref).order_by(PlannedVisit.id))
    change_planned(team.as_user("desk"), plan, 1, NewPlanned(ref, DAY, "11:00", note="Later."))


def somebody_arrives(team: Team) -> None:
    mark_arrived(team.as_user("desk"), _one(team), 1)


def start_what_was_planned(team: Team) -> None:
    start_planned(team.as_user("reyes"), _one(team), 1)


def print_the_list(team: Team) -> None:
    print_day_list(team.as_user("desk"), DAY, team.desk / "list.pdf")


def _one(team: Team) -> str:
    return only(team, "desk", select(PlannedVisit.id).order_by(PlannedVisit.id))


PLANNED: tuple[Operation, ...] = (
    Operation("plan a day sheet", plan_a_sheet, two_people, users=("desk",)),
    Operation("take a day sheet back", take_a_sheet_back, a_day_sheet, users=("desk",)),
    Operation("enter a planned visit again", enter_it_again, one_taken_off, users=("desk",)),
    Operation("change a planned visit", change_a_line, a_day_sheet, users=("desk",)),
    Operation("somebody arrives", somebody_arrives, a_day_sheet, users=("desk",)),
    Operation("print the day's list", print_the_list, a_day_sheet, users=("desk",)),
    Operation("start what was planned", start_what_was_planned, a_day_sheet, users=("desk", "reyes")),
)
