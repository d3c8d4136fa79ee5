"""A visit of an earlier day is entered from its paper: what is confirmed was done then, and nothing now."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from PySide6.QtWidgets import QLabel, QPushButton

from mnclinic.domain.finding import Verdict
from mnclinic.errors import ClinicError
from mnclinic.services.show_visit import VisitView
from mnclinic.services.start_visit import start_visit
from mnclinic.ui.visits.care_aftercare import GivenAfter
from mnclinic.ui.visits.care_parts import asepsis_key
from mnclinic.ui.visits.parts import done_at
from mnclinic.ui.visits.summary import summary_cards
from tests.services.clinic_builder import MONDAY
from tests.ui.visits.conftest import AtVisit

STARTED = "2026-11-23T09:00:00-06:00"
ENDED = "2026-11-23T10:00:00-06:00"


def test_what_is_entered_on_the_day_of_a_visit_is_done_now_and_later_when_the_paper_says() -> None:
    document = {"started_at": STARTED, "ended_at": ENDED}
    noon = MONDAY.replace(hour=12)
    assert done_at(noon, document) == noon
    assert done_at(noon, None) == noon
    for late in (timedelta(days=1), timedelta(days=40)):
        assert done_at(noon + late, document) == datetime.fromisoformat(STARTED)
        assert done_at(noon + late, document, "ended_at") == datetime.fromisoformat(ENDED)
        assert done_at(noon + late, {"started_at": STARTED}, "ended_at") == datetime.fromisoformat(STARTED)


def test_the_day_of_a_visit_goes_by_the_clocks_of_the_visit() -> None:
    """Half past eleven at night there is the next day in UTC."""
    night = datetime.fromisoformat("2026-11-24T05:30:00+00:00")
    assert done_at(night, {"started_at": STARTED}) == night


def test_steps_sheets_and_the_end_of_a_visit_of_an_earlier_day_are_of_that_day(at_visit: AtVisit) -> None:
    at, page = at_visit, cast("Any", at_visit.page)
    banner = page._who
    assert "23 Nov 2026" not in " ".join(one.text() for one in banner.findChildren(QLabel))
    at.clinic.clock.at += timedelta(days=2)
    page.show_page(at.visit_id)
    at.until(lambda: "23 Nov 2026" in " ".join(one.text() for one in banner.findChildren(QLabel)))
    at.kept()
    began = page._view.document["started_at"]
    asepsis = page.steps["care"].asepsis
    asepsis.show_steps(("Put on fresh gloves.",), began)
    asepsis.buttons[0].click()
    held = json.loads(page.editing.text(asepsis_key("Put on fresh gloves.")))
    assert held["confirmed_at"] == began
    page.enter("treatment")
    ended = page.editing.text("ended_at")
    field = page.steps["treatment"].widget_of("ended_at")
    page.steps["treatment"].findChild(QPushButton, "visit.ended").click()
    at.kept()
    assert page.editing.text("ended_at") == ended, "nothing of another day ends now"
    at.until(field.hasFocus)


def test_whoever_opens_a_draft_of_an_earlier_day_is_told_that_it_is_none_for_today(at_visit: AtVisit) -> None:
    at, page = at_visit, cast("Any", at_visit.page)
    assert page._banner.isHidden()
    at.clinic.clock.at += timedelta(days=1)
    at.show()
    assert "This visit is of 23 Nov 2026" in page._banner.accessibleName()
    page._failed(ClinicError("The disk is full."))
    page._show(page._view)
    assert "The disk is full." in page._banner.accessibleName(), "what went wrong stays to be read"
    page.editing.put({"fitzpatrick.type": "5"}, "chosen", "fitzpatrick.type")
    at.kept()
    assert "needs a visit of today" in page._banner.accessibleName()


def test_what_was_assessed_at_a_visit_of_an_earlier_day_was_assessed_that_day(at_visit: AtVisit) -> None:
    at, page = at_visit, cast("Any", at_visit.page)
    at.clinic.clock.at += timedelta(days=2)
    at.show()
    began_at = datetime.fromisoformat(page._view.document["started_at"])
    page.editing.put({"fitzpatrick.type": ""}, "taken out", "fitzpatrick.type")
    at.kept()
    page.editing.put({"fitzpatrick.type": "5"}, "put in", "fitzpatrick.type")
    at.kept()
    assert at.stored()["fitzpatrick"]["assessed_on"] == began_at.date().isoformat()


def test_a_sheet_to_take_home_was_given_that_day_and_after_that_visit_again_now(at_visit: AtVisit) -> None:
    at, page = at_visit, cast("Any", at_visit.page)
    given = page.steps["care"].findChild(GivenAfter)
    at.clinic.clock.at += timedelta(days=2)
    at.show()
    began_at = datetime.fromisoformat(page._view.document["started_at"])
    assert given._now().date() == began_at.date()
    assert all("that day" in one.text() for one in (given.told_back, given.give))
    ref = page._view.patient_ref
    of_today = start_visit(at.lind, ref, "microneedling_face", "reyes")
    page.show_page(of_today)
    at.until(lambda: page._view is not None and not at.desk.runner.is_busy)
    assert page._view.visit_id == of_today
    assert all("now" in one.text() for one in (given.told_back, given.give))


def test_whoever_reads_a_late_entry_sees_first_that_it_is_one(at_visit: AtVisit) -> None:
    page = cast("Any", at_visit.page)
    view = replace(page._view, verdict=Verdict(()), late_entered_at=None)
    entered_at = datetime.fromisoformat("2026-11-28T08:15:00-06:00")

    def said(view: VisitView) -> str:
        (card, *_rest) = summary_cards(view, at_visit.desk)
        return " ".join(one.text() for one in card.findChildren(QLabel))

    assert "Nothing stands out" in said(view)
    late = said(replace(view, late_entered_at=entered_at))
    assert "Late entry: entered 28 Nov 2026, 08:15" in late
    assert "Nothing stands out" not in late
