"""Whose an adverse event is: the visits that it can be after, and events of a visit of the wrong patient."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.errors import InvalidInput, NotPermitted, Problem
from mnclinic.models import LogEntry, Patient
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.amend_visit import amend_visit
from mnclinic.services.list_events import event_called, events_of_person, open_events
from mnclinic.services.list_visits import review_queue
from mnclinic.services.record_adverse_event import record_adverse_event
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_event import show_event
from mnclinic.services.start_visit import start_visit
from mnclinic.services.visits_for_event import visits_for_event
from mnclinic.services.void_visit import void_visit
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, document
from tests.services.events import ACCOUNT, write_down
from tests.services.reading import log_size, problems_found


@pytest.fixture
def visit(clinic: SmallClinic) -> str:
    """A visit of P-000001 that reyes signed."""
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(), by, shown="window").visit_id


@pytest.fixture
def right(clinic: SmallClinic) -> str:
    """The record number of somebody else."""
    return add_patient(clinic.as_user("desk"), NewPatient("Invented", "Bea", "1990-02-03")).record_number


def file_to(clinic: SmallClinic, visit: str, right: str = "") -> None:
    with clinic.signing("reyes") as (reyes, by):
        amend_visit(reyes, visit, of_kind(AmendmentKind.WRONG_PATIENT, right), by, shown="window")


def held(clinic: OpenClinic) -> set[str]:
    with clinic.store.reading() as session:
        return set(session.scalars(select(Patient.record_number).where(Patient.hold_reason != "")))


def looks(clinic: OpenClinic, action: str) -> int:
    with clinic.store.reading() as session:
        return len(session.scalars(select(LogEntry).where(LogEntry.action == action)).all())


def test_an_event_of_a_visit_of_the_wrong_patient_stands_under_the_right_one(
    clinic: SmallClinic, visit: str, right: str
) -> None:
    desk = clinic.as_user("desk")
    event = write_down(desk, visit).event_id
    file_to(clinic, visit, right)
    assert events_of_person(desk, "P-000001") == ()
    (row,) = events_of_person(desk, right)
    assert (row.event_id, row.patient, row.filed_under) == (event, "Invented, Bea", "P-000001")
    assert [one.record_number for one in open_events(desk)] == [right]
    assert [one.record_number for one in review_queue(clinic.as_user("okafor")).events] == [right]
    assert visits_for_event(desk, "P-000001").visits == ()
    assert [one.visit_id for one in visits_for_event(desk, right).visits] == [visit]
    assert problems_found(clinic.as_user("inspector")) == []


def test_an_event_whose_patient_nobody_knows_stays_on_the_list_with_that_said(
    clinic: SmallClinic, visit: str
) -> None:
    desk = clinic.as_user("desk")
    write_down(desk, visit)
    file_to(clinic, visit)
    assert [(one.is_misfiled, one.filed_under) for one in open_events(desk)] == [(True, "")]
    assert events_of_person(desk, "P-000001") == ()


def test_a_grave_event_of_a_visit_of_the_wrong_patient_holds_the_records_of_both(
    clinic: SmallClinic, visit: str, right: str
) -> None:
    desk = clinic.as_user("desk")
    file_to(clinic, visit, right)
    assert write_down(desk, visit, grade=4).is_held_now
    assert held(desk) == {"P-000001", right}
    assert problems_found(clinic.as_user("inspector")) == []


def test_the_visits_of_a_person_are_told_newest_first_without_voided_ones_and_the_look_is_entered(
    clinic: SmallClinic, visit: str
) -> None:
    reyes = clinic.as_user("reyes")
    begun = start_visit(reyes, "P-000001", "microneedling_face", "reyes")
    gone = start_visit(reyes, "P-000001", "microneedling_face", "reyes")
    void_visit(reyes, gone, 1, "Entered twice.")
    before = looks(reyes, "patient.viewed")
    found = visits_for_event(clinic.as_user("desk"), "P-000001")
    assert [(one.visit_id, one.is_treated) for one in found.visits] == [(begun, False), (visit, True)]
    assert found.visits[1].areas
    assert looks(reyes, "patient.viewed") == before + 1


def test_who_writes_no_events_down_is_told_no_visits(clinic: SmallClinic, visit: str) -> None:
    with pytest.raises(NotPermitted):
        visits_for_event(clinic.as_user("inspector"), "P-000001")


def test_an_event_opened_shows_its_visit_and_the_look_is_entered(clinic: SmallClinic, visit: str) -> None:
    desk = clinic.as_user("desk")
    event = write_down(desk, visit).event_id
    before = looks(desk, "visit.viewed")
    shown = show_event(clinic.as_user("okafor"), event[:8])
    assert (shown.event.event_id, shown.visit.visit_id, shown.photos) == (event, visit, ())
    assert looks(desk, "visit.viewed") == before + 1


def test_what_could_not_be_read_is_refused_with_all_the_rest(clinic: SmallClinic, visit: str) -> None:
    desk = clinic.as_user("desk")
    size = log_size(desk)
    with pytest.raises(InvalidInput) as told:
        record_adverse_event(
            desk,
            visit,
            event="",
            grade=7,
            noted_on=desk.clock.now().date(),
            note="",
            account=replace(ACCOUNT, onset_at=desk.clock.now()),
            unread=[Problem("onset_at", "Nobody can read that.")],
        )
    assert {one.where for one in told.value.problems} == {"onset_at", "grade"}
    assert log_size(desk) == size


def test_the_list_says_when_a_director_has_signed(clinic: SmallClinic, visit: str) -> None:
    event = write_down(clinic.as_user("desk"), visit).event_id
    assert not event_called(clinic.as_user("desk"), event).facts.is_acknowledged
    assert [one.event_id for one in review_queue(clinic.as_user("okafor")).events] == [event]
