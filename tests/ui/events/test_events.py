"""From the telephone call to an event that is closed, by the keys and sheets of the window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.event_clock import ClockState
from mnclinic.services.consent_of_visit import ConsentText
from mnclinic.services.event_rows import EventRow, StepRow
from mnclinic.services.list_events import event_called, open_events
from mnclinic.services.standing import Standing
from mnclinic.services.visits_for_event import visits_for_event
from mnclinic.ui.events.entry_sheet import EventSheet
from mnclinic.ui.events.page import EventsPage
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.window import Workspace
from tests.services.reading import entries_since, log_size
from tests.ui.conftest import PASSWORD, PATIENCE_MS, OpenAs


class Seat:
    """Somebody at the window."""

    def __init__(self, window: ClinicWindow, workspace: Workspace, qtbot: QtBot, qapp: QApplication) -> None:
        self.window, self.workspace, self.bot, self.app = window, workspace, qtbot, qapp
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)

    @property
    def page(self) -> EventsPage:
        return cast("EventsPage", self.workspace.stack.currentWidget())

    def settle(self) -> None:
        self.bot.waitUntil(lambda: not self.window._runner.is_busy, timeout=PATIENCE_MS)
        self.app.processEvents()

    def until(self, is_so: Callable[[], bool]) -> None:
        self.bot.waitUntil(is_so, timeout=PATIENCE_MS)

    def go(self, name: str, what: object = None) -> None:
        self.workspace.go(name, what)
        self.settle()

    def press(self, name: str) -> None:
        found = self.window.findChildren(QPushButton, name)
        shown = [one for one in found if one.isVisible()]
        assert len(shown) == 1, name
        shown[0].click()
        self.settle()

    def sheet(self) -> Any:  # noqa: ANN401 - each sheet is of its own kind
        self.until(lambda: self.app.activeModalWidget() is not None)
        return self.app.activeModalWidget()

    def entry_sheet(self) -> EventSheet:
        """The sheet of a new event of the first patient, who is looked up."""
        self.page.entry.begin("P-000001")
        self.settle()
        return cast("EventSheet", self.sheet())

    def keys(self, words: str) -> int:
        """Type into whatever has the keyboard; how many keys that was."""
        for one in words:
            target = cast("QWidget", self.app.focusWidget())
            QTest.keyClick(target, Qt.Key.Key_Return if one == "\n" else cast("Any", one))
            self.app.processEvents()
        return len(words)

    def begin(self) -> None:
        """Press the key that works on every page."""
        self.window.activateWindow()
        self.until(lambda: self.window.isActiveWindow() and self.app.focusWidget() is not None)
        target = cast("QWidget", self.app.focusWidget())
        QTest.keyClick(target, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    def events(self) -> dict[str, EventRow]:
        return {one.event_id: one for one in open_events(self.workspace._desk.clinic)}


@pytest.fixture
def sit(open_as: OpenAs, qtbot: QtBot, qapp: QApplication) -> Callable[[str], Seat]:
    return lambda user: Seat(*open_as(user), qtbot, qapp)


def shown_words(root: QWidget) -> str:
    return "\n".join(one.text() for one in root.findChildren(QLabel) if one.isVisibleTo(root))


def test_a_call_is_an_event_on_record_with_its_clock_after_few_keys(sit: Callable[[str], Seat]) -> None:
    seat = sit("desk")
    seat.go("today")
    before = seat.events()
    seat.begin()
    who = seat.sheet()
    # Enter before the answer is there takes whoever answers first.
    count = 1 + seat.keys("P-000001\n")
    seat.until(lambda: isinstance(seat.app.activeModalWidget(), EventSheet))
    assert not who.isVisible()
    count += seat.keys("bac\n")
    seat.until(lambda: seat.app.activeModalWidget() is None)
    seat.settle()
    (event,) = (one for key, one in seat.events().items() if key not in before)
    assert (event.kind, event.grade, event.told_by) == ("infection", 2, "The patient")
    assert (event.record_number, event.state) == ("P-000001", ClockState.TELL)
    assert count <= 15
    assert seat.page.room.event_id == event.event_id
    assert "is to be told by" in shown_words(seat.page.room)


def test_nothing_is_offered_beside_a_signature_that_does_not_hold_nor_where_nothing_is_stored(
    sit: Callable[[str], Seat], monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = sit("okafor")
    event, *_ = (one for one in seat.events().values() if not one.facts.is_acknowledged)
    seat.go("events", event.event_id)
    room = seat.page.room
    assert room.shown is not None
    shown = room.shown
    assert "acknowledge" in room.possible()
    forged = StepRow(
        *("s-1", StepKind.ACKNOWLEDGED, "", None, None, None, None, "Dr I. Okafor", event.recorded_at),
        standing=Standing.SIGNATURE_BROKEN,
    )
    room.show_event(replace(shown, event=replace(event, steps=(forged,))))
    seat.settle()
    assert "note" in room.possible()
    assert not room.possible() & {"acknowledge", "close"}
    assert "write the event down anew to sign for it" in shown_words(room)
    monkeypatch.setattr(seat.workspace._desk.clinic, "read_only", "It is open for reading alone.")
    room.show_event(shown)
    assert room.possible() == set()


def test_from_a_person_s_page_nobody_is_asked_for_again(sit: Callable[[str], Seat]) -> None:
    seat = sit("desk")
    seat.go("patients", "P-000001")
    before = seat.events()
    seat.begin()
    sheet = seat.sheet()
    assert isinstance(sheet, EventSheet)
    sheet.go.click()
    seat.settle()
    (event,) = (one for key, one in seat.events().items() if key not in before)
    seat.go("patients", "P-000001")
    page = cast("PatientsPage", seat.workspace.stack.currentWidget())
    assert "Redness, swelling or warmth" in shown_words(page.chart)
    seat.until(lambda: bool(page.chart.findChildren(QPushButton, "chart.event_open.0")))
    seat.press("chart.event_open.0")
    assert seat.page.room.event_id == event.event_id


def test_redness_long_after_the_treatment_is_not_expected_until_somebody_says_so(
    sit: Callable[[str], Seat],
) -> None:
    seat = sit("desk")
    seat.go("events")
    sheet = seat.entry_sheet()
    today = seat.workspace._desk.now.date()
    chosen = str(sheet.visit.currentData())
    sheet._days[chosen] = today - timedelta(days=3)
    sheet.kind.setCurrentIndex(sheet.kind.findData("infection"))
    assert sheet.expected.currentData() == "no"
    sheet.kind.setCurrentIndex(sheet.kind.findData("redness"))
    assert sheet.expected.currentData() == "yes"
    sheet.visit.addItem("An older one", "older")
    sheet._days["older"] = today - timedelta(days=4)
    sheet.visit.setCurrentIndex(sheet.visit.count() - 1)
    assert sheet.expected.currentData() == "no", "it lasts longer than it should"
    sheet.expected.setCurrentIndex(0)
    sheet.expected.activated.emit(0)
    sheet.visit.setCurrentIndex(0)
    sheet.visit.setCurrentIndex(sheet.visit.count() - 1)
    assert sheet.expected.currentData() == "yes", "somebody said so"
    sheet.reject()


def test_every_reason_stands_beside_its_field_and_what_was_typed_stays(sit: Callable[[str], Seat]) -> None:
    seat = sit("desk")
    seat.go("events")
    before = seat.events()
    sheet = seat.entry_sheet()
    sheet.kind.setCurrentIndex(sheet.kind.findData("other"))
    sheet.grade.setText("7")
    sheet.onset.setText("2031-01-01")
    sheet.told_by.clear()
    sheet.go.click()
    seat.settle()
    said = {name: field.problem.text() for name, field in sheet._fields.items() if field.problem.text()}
    assert said == {
        "event": "Say what happened.",
        "grade": "The grade is a number from 1 to 5.",
        "onset_at": "It cannot have begun in the future.",
        "told_by": "Say who told it, such as the patient.",
    }
    assert sheet.onset.text() == "2031-01-01"
    sheet.onset.setText("2020-01-01")
    sheet.go.click()
    seat.settle()
    assert "before the treatment" in sheet._fields["onset_at"].problem.text()
    sheet.onset.setText("the other day")
    sheet.go.click()
    seat.settle()
    assert "Write a time, a day or both" in sheet._fields["onset_at"].problem.text()
    assert sheet._fields["grade"].problem.text()
    sheet.reject()
    assert seat.events() == before


def test_a_note_that_is_too_long_is_told_beside_it_though_it_was_folded_away(
    sit: Callable[[str], Seat],
) -> None:
    seat = sit("desk")
    seat.go("events")
    sheet = seat.entry_sheet()
    sheet.note.setPlainText("x" * 4001)
    assert not sheet.note.isVisible()
    sheet.go.click()
    seat.settle()
    assert sheet.note.isVisible()
    assert sheet._fields["note"].problem.text() == "At most 4000 characters."
    assert len(sheet.note.toPlainText()) == 4001
    sheet.reject()


def test_what_is_wrong_is_in_sight_however_large_the_text_is(sit: Callable[[str], Seat]) -> None:
    seat = sit("desk")
    seat.window.resize(1280, 720)
    apply_theme(seat.app, "light", 2.0)
    try:
        seat.workspace.make_anew()
        seat.go("events")
        sheet = seat.entry_sheet()
        sheet.kind.setCurrentIndex(sheet.kind.findData("other"))
        sheet.go.click()
        seat.settle()
        problem = sheet._fields["event"].problem
        assert problem.text()
        seat.until(lambda: problem.visibleRegion().boundingRect().height() >= problem.height())
        sheet.reject()
    finally:
        apply_theme(seat.app, "light")


def test_a_grade_says_what_it_means_and_what_it_means_for_the_records(sit: Callable[[str], Seat]) -> None:
    seat = sit("desk")
    seat.go("events")
    sheet = seat.entry_sheet()
    sheet.kind.setCurrentIndex(sheet.kind.findData("allergy"))
    assert sheet.grade.text() == "4"
    assert "life-threatening" in sheet._fields["grade"].help.text()
    assert "legal hold" in sheet._fields["grade"].help.text()
    assert sheet.typed().seriousness == ("life_threatening",)
    sheet.grade.selectAll()
    QTest.keyClicks(sheet.grade, "2")
    sheet.kind.setCurrentIndex(sheet.kind.findData("infection"))
    assert (sheet.grade.text(), sheet.typed().seriousness) == ("2", ())
    sheet.kind.setCurrentIndex(sheet.kind.findData("granuloma"))
    assert sheet.grade.text() == "2", "a person chose it"
    sheet.reject()


def test_the_steps_of_an_emergency_are_the_approved_ones_and_unfold_where_it_is_grave(
    sit: Callable[[str], Seat], qtbot: QtBot
) -> None:
    seat = sit("desk")
    seat.go("events")
    sheet = seat.entry_sheet()
    assert "Steps in an emergency" not in [one.text() for one in sheet.findChildren(QPushButton)]
    sheet.reject()
    whose = visits_for_event(seat.workspace._desk.clinic, "P-000001")
    text = ConsentText(
        "emergency", 2, "en", "In an emergency", (("At once", "Call Dr. Invented."),), "0" * 64
    )
    made = EventSheet(seat.window, seat.workspace._desk, whose, (text,))
    qtbot.addWidget(made)
    made.open()
    assert "Call Dr. Invented." not in shown_words(made)
    made.kind.setCurrentIndex(made.kind.findData("allergy"))
    said = shown_words(made)
    assert "Call Dr. Invented." in said
    assert "In an emergency, version 2, approved by the director" in said
    made.reject()


def test_the_worksheet_is_written_where_somebody_says(
    sit: Callable[[str], Seat], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = sit("okafor")
    seat.go("events")
    seat.go("events", seat.page.table.rows.row_at(0).event_id)
    out = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    seat.press("event.worksheet")
    assert out.read_bytes().startswith(b"%PDF")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), ""))
    seat.press("event.worksheet")
    assert "folder" in shown_words(seat.page.room.banner)


def test_the_director_reads_signs_notes_and_closes_an_event_from_her_queue(
    sit: Callable[[str], Seat],
) -> None:
    seat = sit("okafor")
    waiting = [one for one in seat.events().values() if one.state is ClockState.TELL]
    event = waiting[0].event_id
    seat.go("director")
    assert f"{len(waiting)} adverse event" in shown_words(seat.page)
    seat.press(f"director.event.{event}")
    assert seat.page.room.event_id == event
    assert seat.page.room.possible() == {"acknowledge", "told", "note", "reported", "worksheet"}
    seat.press("event.acknowledge")
    sheet = seat.sheet()
    sheet._reason.setPlainText("Send her in today.")
    sheet._password.setText(PASSWORD["okafor"])
    sheet._confirm.click()
    seat.settle()
    assert "Send her in today." in shown_words(seat.page.room)
    assert "Signed by Dr I. Okafor, MD, 23 Nov 2026" in shown_words(seat.page.room)
    assert seat.page.room.possible() == {"note", "reported", "worksheet", "close"}
    seat.press("event.note")
    sheet = seat.sheet()
    sheet._confirm.click()
    seat.settle()
    assert "Fill this in." in shown_words(sheet)
    sheet._fields["text"].control.setPlainText("Better.")
    sheet._confirm.click()
    seat.settle()
    seat.press("event.reported")
    sheet = seat.sheet()
    sheet._fields["report_number"].control.setText("MW-1")
    sheet._confirm.click()
    seat.settle()
    seat.press("event.close")
    sheet = seat.sheet()
    sheet._fields["text"].control.setPlainText("Healed.")
    sheet._confirm.click()
    seat.settle()
    ended = event_called(seat.workspace._desk.clinic, event)
    assert [one.what.value for one in ended.steps] == ["acknowledged", "note", "reported", "closed"]
    assert ended.state is ClockState.CLOSED
    assert seat.page.room.possible() == {"reported", "worksheet"}
    seat.go("director")
    assert seat.window.findChild(QPushButton, f"director.event.{event}") is None


def test_whoever_sees_the_list_has_looked_at_its_people(sit: Callable[[str], Seat]) -> None:
    seat = sit("reyes")  # whom no other test left at this page
    inspector = seat.workspace._desk.clinic
    size = log_size(inspector)
    people = {one.patient_ref for one in seat.events().values()}
    assert people
    seat.go("events")

    def looked_at() -> set[str]:
        entries = entries_since(inspector, size)
        return {one["subj"] for one in entries if one["action"] == "patient.viewed"}

    seat.until(lambda: looked_at() == people)


def test_the_desk_writes_down_that_the_director_was_told_and_is_offered_no_signature(
    sit: Callable[[str], Seat],
) -> None:
    seat = sit("desk")
    seat.go("events")
    seat.page.entry.begin("P-000001")
    seat.settle()
    seat.sheet().go.click()
    seat.settle()
    assert seat.page.room.possible() == {"told", "note", "reported", "worksheet"}
    seat.press("event.told")
    seat.sheet()._confirm.click()
    seat.settle()
    assert seat.page.room.possible() == {"note", "reported", "worksheet"}
    event = event_called(seat.workspace._desk.clinic, seat.page.room.event_id)
    assert event.state is ClockState.SIGN


def test_whoever_inspects_reads_events_and_writes_none(sit: Callable[[str], Seat]) -> None:
    seat = sit("inspector")
    seat.go("events")
    assert not seat.page.new.isVisible()
    first = seat.page.table.rows.row_at(0)
    seat.go("events", first.event_id)
    assert seat.page.room.possible() == set()
