"""The worksheet for Form FDA 3500: filled from the record, entered in the log, sent by nobody."""

from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.amendment import AmendmentKind
from mnclinic.errors import InvalidInput, NotPermitted
from mnclinic.services.amend_visit import amend_visit
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.list_events import events_of_person
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.log_records import RecordRef
from mnclinic.services.print_event_worksheet import print_event_worksheet
from mnclinic.services.read_log import open_log
from mnclinic.services.record_visit import record_visit
from tests.documents.reading import pages_of, squeezed
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, document
from tests.services.events import write_down
from tests.services.reading import log_size, problems_found


@pytest.fixture
def visit(clinic: SmallClinic) -> str:
    """A visit that reyes signed."""
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(), by, shown="window").visit_id


def printed(clinic: SmallClinic, event: str, out: Path) -> str:
    print_event_worksheet(clinic.as_user("desk"), event, out)
    return squeezed("\n".join(pages_of(out.read_bytes())))


def test_the_worksheet_says_what_the_record_says_and_what_it_does_not(
    clinic: SmallClinic, visit: str, tmp_path: Path
) -> None:
    desk = clinic.as_user("desk")
    event = write_down(desk, visit, grade=4, seriousness=("life_threatening", "hospital")).event_id
    said = printed(clinic, event, tmp_path / "sheet.pdf")
    shown = document()
    for words in (
        "P-000001",
        "[X] Life-threatening",
        "[X] Hospitalization, initial or prolonged",
        "[ ] Death",
        "Bacterial infection",
        "Done about it: Cool compress.",
        "Warm and sore.",
        shown["cartridge"]["lot"],
        f"{shown['lines'][0]['depth_mm']} mm",
        "nothing was sent",
        "No submission is written down yet.",
        "A4 Weight not in the record",
    ):
        assert squeezed(words) in said, words
    (row,) = events_of_person(desk, "P-000001")
    last_name = row.patient.split(",")[0]
    assert last_name not in said, "the form asks for no name"
    assert problems_found(clinic.as_user("inspector")) == []


def test_what_was_sent_stands_on_the_next_print_and_so_does_an_amendment(
    clinic: SmallClinic, visit: str, tmp_path: Path
) -> None:
    desk = clinic.as_user("desk")
    event = write_down(desk, visit).event_id
    sent = NewStep(StepKind.REPORTED, "To the maker too.", None, "MW5-77", desk.clock.now().date())
    follow_event(desk, event, sent)
    with clinic.signing("reyes") as (reyes, by):
        amend_visit(reyes, visit, of_kind(AmendmentKind.ADDENDUM), by, shown="window")
    said = printed(clinic, event, tmp_path / "sheet.pdf")
    assert squeezed("with the number MW5-77. To the maker too.") in said
    assert squeezed("Amendments of this visit that were signed later: 1.") in said


def test_the_print_and_each_step_stand_in_the_event_s_own_history(
    clinic: SmallClinic, visit: str, tmp_path: Path
) -> None:
    desk = clinic.as_user("desk")
    event = write_down(desk, visit).event_id
    clinic.clock.at += timedelta(minutes=5)
    follow_event(desk, event, NewStep(StepKind.TOLD))
    printed(clinic, event, tmp_path / "sheet.pdf")
    page = open_log(clinic.as_user("owner"), LogFilter(record=RecordRef("adverse_event", event)))
    assert [one.action for one in page.rows] == [
        "adverse_event.printed",
        "adverse_event.told",
        "adverse_event.recorded",
    ]


def test_nothing_is_entered_for_a_place_where_no_file_can_be_or_an_event_that_is_not_there(
    clinic: SmallClinic, visit: str, tmp_path: Path
) -> None:
    desk, inspector = clinic.as_user("desk"), clinic.as_user("inspector")
    event = write_down(desk, visit).event_id
    size = log_size(desk)
    with pytest.raises(InvalidInput):
        print_event_worksheet(desk, event, tmp_path / "nowhere" / "sheet.pdf")
    with pytest.raises(InvalidInput, match="no such adverse event"):
        print_event_worksheet(desk, "0" * 36, tmp_path / "sheet.pdf")
    with pytest.raises(NotPermitted):
        print_event_worksheet(inspector, event, tmp_path / "sheet.pdf")
    assert log_size(desk) == size
    assert not (tmp_path / "sheet.pdf").exists()
