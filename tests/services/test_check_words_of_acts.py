"""An act on a plan, a history or a paper changes its own columns alone, in the words that the row has."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mnclinic.domain.medical_history import HistoryKind, HistorySource
from mnclinic.models import Licence, MedicalHistory, PlannedVisit, Staff, instant_text
from mnclinic.services.change_medical_history import NewHistory, add_medical_history
from mnclinic.services.check_earlier_forms import MORE
from mnclinic.services.check_entry_words import OTHER_KIND
from mnclinic.services.mark_planned import (
    cancel_planned,
    enter_planned_again,
    mark_arrived,
    mark_no_show,
    put_planned_back,
    start_planned,
    take_arrival_back,
)
from mnclinic.services.medical_history import medical_history_bytes
from mnclinic.services.plan_visits import (
    NewPlanned,
    change_planned,
    plan_visits,
    take_back_planned,
    walk_in,
)
from mnclinic.services.planned_rows import enter_planned, lead
from mnclinic.services.staff_rows import staff_entered
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person, small_clinic
from tests.services.reading import assert_check_tells, problems_found

DAY = MONDAY.date()
OTHER_WORDS = "what its entry says of it in words is not what stands in it"


@pytest.fixture(scope="session")
def with_plan(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """Somebody who came without being expected, and has an allergy."""
    clinic = small_clinic(tmp_path_factory.mktemp("words-of-acts") / "clinic")
    desk = clinic.as_user("desk")
    person = add_person(desk, "Oneson")
    walk_in(desk, person)
    new = NewHistory(
        HistoryKind.ALLERGY, code="", words="Lidocaine", since="", source=HistorySource.PATIENT, note=""
    )
    add_medical_history(desk, person, new)
    clinic.close()
    return clinic


@pytest.fixture
def built_clinic(with_plan: SmallClinic) -> SmallClinic:
    """What the tests here get their copies of."""
    return with_plan


def _plan(work: UnitOfWork) -> PlannedVisit:
    return work.session.scalars(select(PlannedVisit)).one()


def _another_performer_with_the_arrival(work: UnitOfWork) -> None:
    row = _plan(work)
    lead(row, "plan.arrival_taken_back")
    row.arrived_at, row.performer = None, "lind"
    enter_planned(work, row, "plan.arrival_taken_back", "U")


def _another_day_off_the_list(work: UnitOfWork) -> None:
    row = _plan(work)
    row.planned_on += timedelta(days=5)
    lead(row, "plan.taken_back")
    enter_planned(work, row, "plan.taken_back", "D")


def _another_reason_than_it_says(work: UnitOfWork) -> None:
    row = _plan(work)
    lead(row, "plan.cancelled")
    row.reason = "She called off."
    enter_planned(work, row, "plan.cancelled", "D", {"reason": "The clinic called off."})


def _called_a_reading(work: UnitOfWork) -> None:
    row = _plan(work)
    lead(row, "plan.taken_back")
    enter_planned(work, row, "plan.taken_back", "R")


def _ended_in_the_words_of_another(work: UnitOfWork) -> None:
    row = work.session.scalars(select(MedicalHistory)).one()
    row.ended_on, row.ended_reason, row.edition = DAY, "Outgrown.", 2
    work.session.flush()
    thing = LoggedObject("medical_history", row.id, 2, medical_history_bytes(row))
    said = {"kind": "medicine", "words": "Vitamin C", "ended_on": DAY.isoformat(), "reason": "Outgrown."}
    act = Act("medical_history.ended", "U", subject=row.patient_ref, object=thing, categories=("history",))
    work.log.record(replace(act, detail=said))


def _a_licence_called_a_training(work: UnitOfWork) -> None:
    row = work.session.scalars(select(Staff).where(Staff.user == "reyes")).one()
    paper = Licence(staff_id=row.id, kind="MD", number="M-1", state="TX", valid_from=date(2026, 1, 1))
    paper.expires_on = date(2030, 1, 1)
    work.session.add(paper)
    said = {"kind": "CPR", "number": "M-1", "issuer": "TX", "until": "2030-01-01"}
    work.log.record(replace(staff_entered(work, "staff.paper_entered", row), detail=said))


def _more_time_than_it_says(work: UnitOfWork) -> None:
    row = work.session.scalars(select(Staff).where(Staff.user == "inspector")).one()
    before = row.access_until
    assert before is not None
    row.access_until = before + timedelta(days=90)
    said = {"before": instant_text(before), "after": instant_text(before + timedelta(days=1)), "reason": "x"}
    work.log.record(replace(staff_entered(work, "staff.access_extended", row), detail=said))


@pytest.mark.parametrize(
    ("user", "deed", "told"),
    [
        ("desk", _another_performer_with_the_arrival, MORE),
        ("desk", _another_day_off_the_list, MORE),
        ("desk", _another_reason_than_it_says, MORE),
        ("desk", _called_a_reading, OTHER_KIND),
        ("desk", _ended_in_the_words_of_another, OTHER_WORDS),
        ("owner", _a_licence_called_a_training, MORE),
        ("owner", _more_time_than_it_says, MORE),
    ],
)
def test_what_an_act_changed_or_said_besides_its_own_is_found(
    clinic: SmallClinic, user: str, deed: Callable[[UnitOfWork], None], told: str
) -> None:
    assert_check_tells(clinic.as_user(user), deed, told)


def test_lives_of_planned_visits_as_the_program_leads_them_are_in_order(clinic: SmallClinic) -> None:
    desk, lind = clinic.as_user("desk"), clinic.as_user("lind")
    person = add_person(desk, "Twoson")
    wanted = NewPlanned(person, DAY, "10:00", note="By bus.")
    plans = plan_visits(desk, [wanted] * 5, as_batch=True).plans
    first, second, third, fourth, fifth = (one.plan_id for one in plans)
    mark_arrived(desk, first, None)
    take_arrival_back(desk, first, None)
    change_planned(desk, first, 3, replace(wanted, at_time="11:00"))
    change_planned(desk, first, 4, replace(wanted, at_time="11:00", note="By car.", performer="reyes"))
    mark_arrived(desk, first, None)
    start_planned(lind, first, None, service="microneedling_face")
    mark_arrived(desk, second, None)
    cancel_planned(desk, second, None, "Unwell.")
    put_planned_back(desk, second, None)
    mark_no_show(desk, second, None)
    put_planned_back(desk, second, None)
    cancel_planned(desk, third, None, "Unwell.")
    put_planned_back(desk, third, None)
    mark_no_show(desk, fourth, None)
    mark_arrived(desk, fourth, None)
    take_back_planned(desk, fourth)
    enter_planned_again(desk, fourth, None)
    take_arrival_back(desk, fourth, None)
    take_back_planned(desk, fifth)
    enter_planned_again(desk, fifth, None)
    assert problems_found(desk) == []
