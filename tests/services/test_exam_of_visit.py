"""An exam and an order of the visit before that still count are offered: nobody types them again."""

from datetime import timedelta
from typing import Any

import pytest

from mnclinic.services.record_visit import record_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.show_visit import VisitView, show_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.test_amend_visit import amend
from tests.services.test_judge_correction import corrects

SERVICE = "microneedling_face"


def performed(clinic: SmallClinic, **changes: object) -> VisitView:
    """A performed visit of somebody."""
    with clinic.signing("reyes") as (reyes, by):
        done = record_visit(reyes, document(**changes), by, shown="command")
    return show_visit(clinic.as_user("reyes"), done.visit_id, opened=False)


def next_visit(clinic: SmallClinic, before: VisitView, *, days: int = 0, **changes: object) -> VisitView:
    """A visit of the same person that was started so many days later, with parts put in."""
    clinic.clock.at += timedelta(days=days)
    reyes = clinic.as_user("reyes")
    visit = start_visit(reyes, before.patient_ref, SERVICE, "reyes")
    view = show_visit(reyes, visit, opened=False)
    if changes:
        save_visit(reyes, visit, view.edition, view.document | changes)
        view = show_visit(reyes, visit, opened=False)
    return view


def part(name: str, **changes: object) -> dict[str, Any]:
    return {name: document()[name] | changes}


def test_the_exam_and_the_order_of_the_visit_before_are_offered_with_their_days(clinic: SmallClinic) -> None:
    before = performed(clinic)
    exam = next_visit(clinic, before, days=1).exam
    assert exam.earlier_exam is not None
    assert exam.earlier_order is not None
    assert (exam.earlier_exam.number, exam.earlier_order.number) == (before.number, before.number)
    assert exam.earlier_exam.part == document()["exam"]
    assert exam.earlier_order.part == document()["order"]
    assert exam.earlier_exam.given_on.isoformat() == document()["exam"]["examined_on"]
    assert exam.earlier_order.last_on.isoformat() == document()["order"]["valid_to"]
    assert exam.exam_to is None, "nothing stands in this visit yet"


def test_what_was_taken_over_clears_as_it_did_and_says_how_long(clinic: SmallClinic) -> None:
    before = performed(clinic)
    earlier = next_visit(clinic, before, days=1).exam
    assert earlier.earlier_exam is not None
    assert earlier.earlier_order is not None
    view = next_visit(clinic, before, exam=earlier.earlier_exam.part, order=earlier.earlier_order.part)
    assert view.exam.exam_to == earlier.earlier_exam.last_on
    assert view.exam.order_to == earlier.earlier_order.last_on
    found = {one.code for one in view.verdict.findings if one.code.startswith(("exam", "order"))}
    assert found == set()


@pytest.mark.parametrize(
    ("changes", "is_exam", "is_order"),
    [
        pytest.param(part("exam", valid_to="2026-11-24"), False, True, id="the examiner's last day is over"),
        pytest.param(part("order", valid_to="2026-11-24"), True, False, id="the order's last day is over"),
        pytest.param(part("order", max_sessions=1), True, False, id="the order is used up"),
        pytest.param(part("order", max_sessions=2), True, True, id="one session is left"),
    ],
)
def test_what_no_longer_counts_is_not_offered(
    clinic: SmallClinic, changes: dict[str, Any], is_exam: bool, is_order: bool
) -> None:
    exam = next_visit(clinic, performed(clinic, **changes), days=2).exam
    assert (exam.earlier_exam is not None, exam.earlier_order is not None) == (is_exam, is_order)


def test_an_exam_that_is_too_old_for_the_policy_is_not_offered(clinic: SmallClinic) -> None:
    before = performed(clinic)
    last_on = next_visit(clinic, before).exam.earlier_exam
    assert last_on is not None
    assert last_on.last_on.isoformat() == "2027-09-02", "365 days after it"
    days = (last_on.last_on - clinic.clock.at.date()).days
    assert next_visit(clinic, before, days=days).exam.earlier_exam is not None, "on its last day"
    assert next_visit(clinic, before, days=1).exam.earlier_exam is None


def test_what_was_corrected_later_is_not_offered_as_it_was_signed(clinic: SmallClinic) -> None:
    before = performed(clinic)
    old = document()["exam"]["examined_on"]
    amend(clinic, before.visit_id, corrects("exam.examined_on", f'"{old}"', '"2026-10-01"'))
    exam = next_visit(clinic, before).exam
    assert exam.earlier_exam is None
    assert exam.earlier_order is not None


def test_nothing_of_somebody_elses_visit_is_offered_and_nothing_for_another_service(
    clinic: SmallClinic,
) -> None:
    before = performed(clinic)
    reyes = clinic.as_user("reyes")
    visits = (
        start_visit(reyes, add_person(reyes, "Otherson"), SERVICE, "reyes"),
        start_visit(reyes, before.patient_ref, "microneedling_body", "reyes"),
    )
    for visit in visits:
        exam = show_visit(reyes, visit, opened=False).exam
        assert (exam.earlier_exam, exam.earlier_order) == (None, None)
