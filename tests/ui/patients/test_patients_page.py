"""The patients' page: a person is added and opened by the keyboard, changed, merged and taken apart again."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.domain.person_details import Allergies, AllergyState, Standing
from mnclinic.interchange.day_sheet import Vocabulary
from mnclinic.services.banner_facts import BannerFacts, Hold, HoldCode
from mnclinic.services.find_patients import PatientsFound
from mnclinic.services.read_day_sheet import plannable
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.ui.keys import line_of, native_keys
from mnclinic.ui.patients import page as page_module
from mnclinic.ui.patients.banner import PatientBanner
from mnclinic.ui.patients.history_sheets import EndHistorySheet, HistorySheet
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.patients.sheets import (
    DetailsSheet,
    HoldSheet,
    MergeSheet,
    NewPatientSheet,
    StandingSheet,
    StartVisitSheet,
)
from mnclinic.ui.patients.sheets import merge as merge_sheet
from mnclinic.ui.patients.sheets import start_visit as start_sheet
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.window import Workspace
from tests.ui.conftest import PATIENCE_MS, OpenAs


class Seat:
    """A window with the patients' page in front."""

    def __init__(self, bot: QtBot, window: ClinicWindow, workspace: Workspace) -> None:
        self.bot, self.window, self.workspace = bot, window, workspace
        workspace.go("patients", None)
        self.settle()
        self.page = cast("PatientsPage", workspace.stack.currentWidget())

    def settle(self) -> None:
        QApplication.processEvents()
        self.until(lambda: not self.window._runner.is_busy)
        QApplication.processEvents()

    def until(self, fact: Callable[[], bool]) -> None:
        self.bot.waitUntil(fact, timeout=PATIENCE_MS)

    def keys(self, where: QWidget, text: str) -> None:
        cast("Any", self.bot).keyClicks(where, text)

    def key(self, where: QWidget, key: Qt.Key) -> None:
        cast("Any", self.bot).keyClick(where, key)

    def sheet(self, kind: type[QDialog]) -> Any:  # noqa: ANN401 - any sheet
        return next(one for one in self.window.findChildren(kind) if one.isVisible())

    def open(self, named: str) -> None:
        self.page._open_person(named)
        self.until(lambda: self.page.chart.isVisible() and not self.window._runner.is_busy)
        self.settle()

    def titles(self) -> list[str]:
        """The titles in the timeline, newest first."""
        return [
            line._entry.title
            for page in self.page.chart._pages
            for line in page.findChildren(QWidget)
            if hasattr(line, "_entry")
        ]


@pytest.fixture
def seat(open_as: OpenAs, qtbot: QtBot) -> Seat:
    window, workspace = open_as("owner")
    return Seat(qtbot, window, workspace)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_somebody_is_added_with_the_keyboard_alone_and_opened(seat: Seat) -> None:
    seat.key(seat.page.search, Qt.Key.Key_Tab)
    seat.page._add()
    form = seat.sheet(NewPatientSheet)
    form.activateWindow()
    seat.until(form.fields["last_name"].control.hasFocus)
    for text in ("Keyboard", "Kay", "4/23/1990", "512-555-0166"):
        seat.keys(focused(), text)
        seat.key(focused(), Qt.Key.Key_Tab)
    seat.key(focused(), Qt.Key.Key_Space)
    assert form.person.contact.codes() == ("call",)
    seat.key(focused(), Qt.Key.Key_Return)
    seat.until(lambda: not form.isVisible() and seat.page.chart.isVisible())
    seat.settle()
    assert seat.page.chart.banner.name.text() == "Kay Keyboard"
    assert "Born 23 Apr 1990" in seat.page.chart.banner.facts.text()
    assert seat.titles() == ["Added to the roster"]


def test_whoever_is_sent_for_from_elsewhere_is_opened_with_the_keyboard_on_what_is_done_most(
    seat: Seat,
) -> None:
    first, second = (seat.page.table.rows.row_at(at) for at in (0, 1))
    for one in (first, second):  # an owner starts no visit
        seat.workspace.go("patients", one.ref)
        seat.settle()
        assert seat.page.chart.ref == one.ref
        assert seat.window.focusWidget() is seat.page.chart._back
    seat.page.chart._edit.setFocus()
    seat.page.refresh()
    seat.settle()
    assert seat.window.focusWidget() is seat.page.chart._edit, "what is read anew takes it from nobody"


def test_another_persons_record_begins_at_its_top_and_its_end_is_reached_by_keys(seat: Seat) -> None:
    seat.window.resize(1280, 720)
    first, other = (seat.page.table.rows.row_at(at).ref for at in (0, 1))
    seat.open(first)
    details = next(one for one in seat.page.chart._scrollers if one.accessibleName() == "Details")
    bar = details.verticalScrollBar()
    assert bar.maximum() > 0, "there is more than fits"
    assert details.focusPolicy() & Qt.FocusPolicy.TabFocus
    details.setFocus()
    for _ in range(bar.maximum()):
        if bar.value() == bar.maximum():
            break
        seat.key(details, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    seat.page._to_roster()
    seat.open(other)
    assert [one.verticalScrollBar().value() for one in seat.page.chart._scrollers] == [0, 0]
    seat.window.resize(1280, 2400)
    seat.until(lambda: bar.maximum() == 0)
    assert details.focusPolicy() is Qt.FocusPolicy.NoFocus, "what is seen whole is no stop"


def test_the_whole_chart_is_printed_from_the_page_by_whoever_may(
    open_as: OpenAs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_as("reyes")
    seat = Seat(qtbot, window, workspace)
    person = next(
        one for at in range(8) if (one := seat.page.table.rows.row_at(at)).last_visit_on is not None
    )
    seat.open(person.ref)
    asked = []

    def choose(_page: QWidget, _words: str, suggested: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(suggested).name)
        return str(tmp_path / "chart.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    assert seat.page.chart._acts["print"].isVisible()
    seat.page.chart._acts["print"].trigger()
    seat.settle()
    assert asked == [f"chart-{person.record_number}.pdf"], "the name of the file names nobody"
    assert (tmp_path / "chart.pdf").read_bytes().startswith(b"%PDF")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "a.pdf"), ""))
    seat.page.chart._print()
    seat.settle()
    assert seat.page.chart._trouble.isVisible(), "where it cannot be written that is said on the page"


def test_whoever_may_be_known_already_is_told_while_typing_and_can_be_opened(seat: Seat) -> None:
    known = seat.page.table.current()
    seat.page._add()
    form = seat.sheet(NewPatientSheet)
    form.person.line("last_name").setText(known.last_name)
    form.person.line("first_name").setText(known.first_name)
    form.person.line("born_on").setText(f"{known.born_on:%Y-%m-%d}")
    seat.until(lambda: form.person.alikes.count() == 1)
    assert form.fields["born_on"].help.text().startswith("Read as ")
    opened = form.findChild(QPushButton, "new_patient.alike.0")
    opened.click()
    seat.until(lambda: seat.page.chart.ref == known.ref)
    assert not form.isVisible()


def test_every_problem_stands_beside_its_field_and_the_form_stays(seat: Seat) -> None:
    seat.page._add()
    form = seat.sheet(NewPatientSheet)
    form.person.line("born_on").setText("1990-02-30")
    form.add.click()
    seat.until(form.fields["born_on"].problem.isVisible)
    assert "not a day in the calendar" in form.fields["born_on"].problem.text()
    assert form.fields["phone"].problem.isVisible()
    assert form.person.contact.problem.isVisible()
    assert form.add.isEnabled()
    form.reject()


def test_a_day_that_is_none_is_told_once_and_a_problem_goes_when_it_is_mended(seat: Seat) -> None:
    seat.page._add()
    form = seat.sheet(NewPatientSheet)
    born, contact = form.fields["born_on"], form.person.contact
    form.person.line("born_on").setText("1990-02-30")
    seat.until(lambda: "not a day in the calendar" in born.help.text())
    assert born.help.isVisible(), "while it is typed it is help"
    form.add.click()
    seat.until(born.problem.isVisible)
    said = born.problem.text()

    def told() -> list[str]:
        return [one.text() for one in (born.help, born.problem) if one.isVisible()]

    assert told() == [said]
    form.person.line("born_on").setText("1990-02-31")
    seat.settle()
    assert len(told()) == len(set(told()))
    form.person.line("born_on").setText("1990-02-28")
    seat.until(lambda: told() == ["Read as 28 Feb 1990"])
    assert contact.problem.isVisible()
    seat.key(contact.boxes["call"], Qt.Key.Key_Space)
    assert not contact.problem.isVisible()
    assert contact.boxes["call"].accessibleDescription() == contact.label.text()
    form.reject()


def test_whoever_is_asked_for_while_somebody_else_is_open_is_shown_and_nobody_else(seat: Seat) -> None:
    rows = seat.page.table.rows
    first, second, third = (rows.row_at(at) for at in range(3))
    seat.open(first.ref)
    seat.workspace.go("patients", second.ref)
    seat.until(lambda: seat.page.chart.ref == second.ref)
    seat.settle()
    assert seat.page.chart.ref == second.ref
    seat.workspace.go("patients", first.ref)
    seat.workspace.go("patients", third.ref)
    seat.settle()
    assert seat.page.chart.ref == third.ref
    assert seat.page.place() == {"person": third.ref}


def by_mouse(seat: Seat) -> None:
    undo = seat.window.findChild(QPushButton, "toast.undo")
    assert undo is not None
    undo.click()


def by_key(seat: Seat) -> None:
    seat.page.chart._more.setFocus()
    QTest.keyClick(seat.window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def by_menu(seat: Seat) -> None:
    seat.workspace.open_menu()
    told = {line.words: line.keys for line in map(line_of, seat.workspace.menu.actions())}
    undo = next(words for words in told if words.startswith("Undo: "))
    assert told[undo] == native_keys("Ctrl+Z")
    next(one for one in seat.workspace.menu.actions() if one.text().startswith(undo)).trigger()
    seat.workspace.menu.close()


@pytest.mark.parametrize("take_back", [by_mouse, by_key, by_menu])
def test_details_are_changed_and_taken_back_from_the_toast(
    seat: Seat, take_back: Callable[[Seat], None]
) -> None:
    seat.open("P-000002")
    seat.page.chart._change_details()
    form = seat.sheet(DetailsSheet)
    before = form.person.line("phone").text()
    form.person.line("phone").setText(f"512-555-01{20 + len(take_back.__name__)}")
    form.person.none_known.setChecked(True)
    form.go.click()
    seat.until(lambda: bool(seat.titles()) and seat.titles()[0].startswith("Details changed"))
    seat.settle()
    assert "No known allergies" in seat.page.chart.banner.accessibleName()
    take_back(seat)
    seat.until(lambda: seat.titles()[:2] == [seat.titles()[0]] * 2)
    seat.settle()
    assert any(before in one.text() for one in seat.page.chart.findChildren(QLabel))


def test_what_was_changed_elsewhere_meanwhile_is_said_and_what_was_typed_stays(seat: Seat) -> None:
    from mnclinic.services.change_details import change_details

    seat.open("P-000004")
    seat.page.chart._change_details()
    form = seat.sheet(DetailsSheet)
    form.person.line("phone").setText("512-555-0112")
    change_details(seat.page._desk.clinic, "P-000004", {"email": "other@example.org"})
    form.go.click()
    seat.until(lambda: "changed elsewhere" in form.banner.accessibleName())
    assert form.person.line("phone").text() == "512-555-0112"
    form.reject()


def test_who_may_be_the_same_person_stands_there_before_anybody_types(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge_sheet, "DEBOUNCE_MS", 10_000_000)
    seat.open("P-000005")
    seat.page.chart._merge()
    sheet = seat.sheet(MergeSheet)
    seat.until(lambda: sheet.table.rows.rowCount() > 0 or not sheet._nobody.isHidden())
    sheet.reject()


def test_two_records_are_merged_after_a_look_at_both_and_taken_apart_again(seat: Seat) -> None:
    seat.open("P-000005")
    seat.page.chart._merge()
    sheet = seat.sheet(MergeSheet)
    sheet.search.setText("P-000006")
    seat.until(lambda: sheet.table.rows.rowCount() == 1)
    sheet.table.selectRow(0)
    sheet.go.click()
    assert sheet._reason.problem.isVisible()
    sheet.reason.setText("Same phone.")
    sheet.go.click()
    seat.until(lambda: "also P-000006" in seat.page.chart.banner.facts.text())
    seat.settle()
    apart = seat.page.chart.findChild(QPushButton, "chart.unmerge.0")
    assert apart is not None
    apart.click()
    seat.until(lambda: "also" not in seat.page.chart.banner.facts.text())


def test_a_death_and_a_hold_stand_in_the_banner_and_no_visit_can_be_started(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    seat = Seat(qtbot, *open_as("okafor"))
    seat.open("P-000007")
    assert seat.page.chart.start.isVisible()
    seat.page.chart._stand(Standing.DECEASED)
    sheet = seat.sheet(StandingSheet)
    sheet.go.click()
    seat.until(sheet._note.problem.isVisible)
    sheet.day.setText("20 Nov 2026")
    sheet.go.click()
    seat.until(lambda: sheet.focusWidget() is sheet.note)
    sheet.day.setText("32 Feb 2027")
    sheet.go.click()
    seat.until(lambda: sheet.focusWidget() is sheet.day)
    sheet.day.setText("20 Nov 2026")
    sheet.note.setText("Her sister.")
    sheet.go.click()
    seat.until(lambda: "Deceased, 20 Nov 2026" in seat.page.chart.banner.accessibleName())
    assert not seat.page.chart.start.isVisible()
    seat.page.chart._hold()
    hold = seat.sheet(HoldSheet)
    hold.go.setFocus()
    hold.go.click()
    seat.until(hold._reason.problem.isVisible)
    assert hold.focusWidget() is hold.reason
    hold.reason.setText("A letter from a lawyer.")
    hold.go.click()
    seat.until(lambda: "Legal hold: A letter" in seat.page.chart.banner.accessibleName())


def test_every_control_of_the_chart_and_its_sheets_that_takes_the_keyboard_has_a_name(seat: Seat) -> None:
    seat.open("P-000008")
    chart = seat.page.chart
    shown: list[QWidget] = [chart]
    for opened in (
        chart._change_details,
        chart._merge,
        chart._hold,
        lambda: chart._stand(Standing.DECEASED),
        seat.page._add,
    ):
        opened()
        shown.append(next(one for one in seat.window.findChildren(QDialog)[::-1] if one.isVisible()))
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for page in shown
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    for sheet in shown[1:]:
        cast("QDialog", sheet).reject()


def facts(**changes: object) -> BannerFacts:
    values: dict[str, Any] = {
        "ref": "r",
        "record_number": "P-000001",
        "also_numbers": (),
        "last_name": "Testerman",
        "first_name": "Ada",
        "preferred_name": "",
        "pronouns": "",
        "born_on": date(1990, 4, 23),
        "age": 36,
        "allergies": Allergies(AllergyState.NOT_RECORDED),
        "holds": (),
    }
    return BannerFacts(**(values | changes))


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [960, 1180])
def test_the_banner_shows_the_longest_words_whole_or_lets_them_be_scrolled(
    qtbot: QtBot, qapp: QApplication, scale: float, width: int
) -> None:
    apply_theme(qapp, "light", scale)
    holder = QWidget()
    qtbot.addWidget(holder)
    banner = PatientBanner()
    banner.setParent(holder)
    holder.resize(width, 720)
    banner.show_person(
        facts(
            last_name="W" * 120,
            preferred_name="عبد الرحمن 🌺",
            allergies=Allergies(AllergyState.SOME, "Latex and " + "x" * 4000),
            holds=(Hold(HoldCode.LEGAL_HOLD, "y" * 300), Hold(HoldCode.DECEASED, on=date(2026, 1, 2))),
        )
    )
    holder.show()
    banner.setGeometry(0, 0, width, banner.heightForWidth(width))
    QApplication.processEvents()
    for words in (banner.name, banner.facts):
        assert words.minimumSizeHint().width() <= words.width()
        assert words.heightForWidth(words.width()) <= words.height()
    pills = banner.alerts._strip._pills
    assert len(pills) == 3
    for pill in pills:
        assert banner.alerts._strip.rect().contains(pill.geometry())
    assert not any(
        one.geometry().intersects(other.geometry()) for one in pills for other in pills if one is not other
    )
    apply_theme(qapp, "light")


def test_no_allergies_recorded_looks_and_reads_otherwise_than_no_known_allergies(qtbot: QtBot) -> None:
    banner = PatientBanner()
    qtbot.addWidget(banner)
    seen = []
    for state, words in (
        (AllergyState.NOT_RECORDED, ""),
        (AllergyState.NONE_KNOWN, ""),
        (AllergyState.SOME, "Latex"),
    ):
        banner.show_person(facts(allergies=Allergies(state, words)))
        alert = banner.alerts._strip._pills[0]._alert
        seen.append((alert.words, alert.shape, alert.tone))
    assert [words for words, _, _ in seen] == [
        "No allergies recorded",
        "No known allergies",
        "Allergies: Latex",
    ]
    assert len({shape for _, shape, _ in seen}) == len({tone for _, _, tone in seen}) == 3


def test_what_is_done_with_somebody_does_nothing_before_anybody_is_chosen(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    _, workspace = open_as("okafor")
    page = PatientsPage(workspace._desk)
    qtbot.addWidget(page)
    wanted: list[object] = []
    workspace._desk.wanted.connect(lambda *what: wanted.append(what))
    for name in ("patients.history", "patients.looks", "patients.open", "patients.start_visit"):
        found = page.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        found.click()
    assert wanted == []


def test_an_allergy_is_written_down_shown_in_the_banner_and_ended(seat: Seat) -> None:
    seat.open("P-000005")
    seat.page.chart._add_history()
    form = seat.sheet(HistorySheet)
    form.pick.setCurrentIndex(form.pick.findData("latex"))
    form.since.setText("2027")
    form.go.click()
    seat.settle()
    assert "future" in form._fields["since"].problem.text()
    form.since.setText("2019-05")
    form.go.click()
    seat.settle()
    words = [one.text() for one in seat.page.chart.findChildren(QLabel)]
    assert "Allergy: Latex" in words
    assert "since 2019-05 · Told by the patient" in words
    card = seat.page.chart._card
    assert card is not None
    assert card.banner.allergies.words == "Latex"
    cast("QPushButton", seat.page.chart.findChild(QPushButton, "chart.history_end.0")).click()
    ending = seat.sheet(EndHistorySheet)
    ending.reason.setText("Tested: none.")
    ending.go.click()
    seat.settle()
    words = [one.text() for one in seat.page.chart.findChildren(QLabel)]
    assert any("ended" in one and "Tested: none." in one for one in words)
    assert seat.page.chart.findChild(QPushButton, "chart.history_end.0") is None
    assert seat.titles()[:2] == ["Entry of the health history ended", "Written into the health history"]


def test_the_quick_picks_are_those_of_the_chosen_kind(seat: Seat) -> None:
    seat.open("P-000001")
    seat.page.chart._add_history()
    form = seat.sheet(HistorySheet)
    form.kind.setCurrentIndex(form.kind.findData("medicine"))
    assert form.pick.findData("warfarin") > 0
    assert form.pick.findData("latex") == -1
    form.reject()


def held_back(monkeypatch: pytest.MonkeyPatch, name: str, is_held: Callable[..., bool]) -> threading.Event:
    """Hold the answers of the page's service back where `is_held` says so, until the event is set."""
    may_go = threading.Event()
    real = getattr(page_module, name)

    def slow(clinic: object, *given: object, **named: object) -> object:
        found = real(clinic, *given, **named)
        if is_held(*given, **named):
            may_go.wait(PATIENCE_MS / 1000)
        return found

    monkeypatch.setattr(page_module, name, slow)
    return may_go


def test_the_list_of_what_was_typed_before_is_never_painted_over_what_is_typed_now(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go = held_back(monkeypatch, "find_patients", lambda query, **_most: query == "p-000003")
    shown: list[str] = []
    monkeypatch.setattr(
        seat.page.table,
        "show_beginning",
        lambda rows, _total: shown.extend(one.record_number for one in rows),
    )
    seat.page.search.setText("p-000003")
    seat.page.search.setText("p-000005")
    may_go.set()
    seat.settle()
    assert shown == ["P-000005"]


def test_a_stretch_of_an_earlier_list_is_not_put_into_the_one_that_stands_there(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go = held_back(monkeypatch, "roster_page", lambda **_named: True)
    given: list[int] = []
    monkeypatch.setattr(seat.page._people, "give", lambda start, _rows: given.append(start))
    seat.page._fetch(4)
    seat.page._show("", PatientsFound((), 0))
    may_go.set()
    seat.settle()
    assert given == []
    seat.page._fetch(8)
    seat.settle()
    assert given == [8], "a stretch of the list that stands there comes into it"


def test_an_answer_that_comes_when_the_page_has_gone_is_let_go(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go = held_back(monkeypatch, "find_patients", lambda query, **_most: query == "p-000003")
    shown: list[str] = []
    monkeypatch.setattr(seat.page, "_show", lambda query, _found: shown.append(query))
    seat.page.search.setText("p-000003")
    old = seat.page
    seat.workspace.make_anew()
    seat.until(lambda: not shiboken6.isValid(old))
    may_go.set()
    seat.settle()
    assert shown == []


def test_back_from_a_record_leads_to_the_roster_that_led_to_it_and_to_the_line_it_was_opened_from(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    seat = Seat(qtbot, window, workspace)
    workspace.go("today", None)
    workspace.go("patients", None)
    seat.settle()
    page = seat.page
    page.table.selectRow(3)
    line = page.table.current().ref
    page._open_current()
    seat.until(lambda: page.rooms.currentWidget() is page.chart)
    workspace._back()
    seat.settle()
    assert workspace.current_page() is page
    assert page.rooms.currentWidget() is page._roster
    assert page.table.current().ref == line
    workspace._back()
    seat.settle()
    assert workspace.where[0] == "today"
    workspace.go("patients", line)
    seat.until(lambda: page.rooms.currentWidget() is page.chart)
    workspace._back()
    assert workspace.where[0] == "today", "no roster led to this record"


def test_who_treats_is_chosen_by_name_where_a_visit_is_started(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("desk")
    seat = Seat(qtbot, window, workspace)
    seat.page._start_visit()
    sheet = seat.sheet(StartVisitSheet)
    seat.until(lambda: sheet.performer.count() > 1)
    assert "T. Reyes, RN" in [sheet.performer.itemText(at) for at in range(sheet.performer.count())]
    assert sheet.performer.currentData() == "", "nobody is chosen for somebody who treats nobody"
    sheet._start()
    assert sheet.banner.isVisible()
    assert sheet.isVisible()
    sheet.performer.setCurrentIndex(sheet.performer.findData("reyes"))
    sheet._start()
    seat.until(lambda: not sheet.isVisible())


def test_a_visit_that_was_treated_on_paper_begins_when_its_sheet_says(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("lind")
    seat = Seat(qtbot, window, workspace)
    now = seat.page._desk.clinic.clock.now()
    seat.page._start_visit()
    sheet = seat.sheet(StartVisitSheet)
    seat.until(lambda: sheet.performer.count() > 1)
    assert not sheet.began_at.isVisible()
    sheet.is_earlier.click()
    seat.until(sheet.began_at.isVisible)
    sheet._start()
    assert "14:05" in sheet._began_field.problem.text()
    ahead = (now + timedelta(days=1)).date()
    sheet.day.setDate(QDate(ahead.year, ahead.month, ahead.day))
    sheet.began_at.setText("9:40")
    sheet._start()
    seat.until(lambda: "future" in sheet._began_field.problem.text())
    assert sheet.began_at.text() == "9:40", "what was typed is kept"
    seat.key(sheet.began_at, Qt.Key.Key_End)
    seat.key(sheet.began_at, Qt.Key.Key_Backspace)
    assert not sheet._began_field.problem.text(), "what is being put right is not blamed"
    seat.keys(sheet.began_at, "0")
    before = (now - timedelta(days=2)).date()
    sheet.day.setDate(QDate(before.year, before.month, before.day))
    sheet._start()
    seat.until(lambda: not sheet.isVisible())
    seat.until(lambda: workspace.where[0] == "visit")
    began_at = show_visit(seat.page._desk.clinic, workspace.where[1], opened=False).document["started_at"]
    assert began_at[:16] == f"{before.isoformat()}T09:40"
    assert datetime.fromisoformat(began_at).utcoffset() == now.utcoffset()


def test_a_visit_is_started_for_each_service_that_the_director_has_a_protocol_for(
    open_as: OpenAs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_as("desk")
    seat = Seat(qtbot, window, workspace)

    def with_own(clinic: OpenClinic) -> Vocabulary:
        known = plannable(clinic)
        return replace(known, services={**known.services, "scalp_needling": ("Scalp needling",)})

    monkeypatch.setattr(start_sheet, "plannable", with_own)
    seat.page._start_visit()
    sheet = seat.sheet(StartVisitSheet)
    seat.until(lambda: sheet.performer.count() > 1)
    offered = [sheet.service.itemText(at) for at in range(sheet.service.count())]
    assert offered == ["Face and neck", "Face with PRP", "Scalp needling"]
    sheet.reject()


def test_whoever_treats_and_starts_a_visit_is_its_performer_to_begin_with(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("lind")
    seat = Seat(qtbot, window, workspace)
    seat.page._start_visit()
    sheet = seat.sheet(StartVisitSheet)
    seat.until(lambda: sheet.performer.count() > 1)
    assert sheet.performer.currentText() == "G. Lind, NP"
