"""What nobody hopes to see typed, in the real window: nothing is clipped or lost, and refusals are told."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NoReturn, cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.errors import DiskFull
from mnclinic.services.list_visits import VisitRow
from mnclinic.ui.elements import Field
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.patients.sheets import NewPatientSheet
from mnclinic.ui.patients.sheets import person as sheets_module
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.window import Workspace
from tests.pictures.findings import findings_of
from tests.pictures.rounds import HEIGHT_PX, WIDTH_PX
from tests.ui.conftest import PATIENCE_MS, OpenAs

NAMES = (
    ("Castellanos de la Fuente y Etxeberría-Goikoetxea", "María de los Ángeles Guadalupe Concepción"),
    ("Nguyễn-Phúc", "Thị Minh Khai Hoàng Ánh"),
    ("عبد الرحمن بن محمد", "عائشة فاطمة الزهراء"),
    ("Stardust ✨🌈", "Zoë 🦋 Skye"),
    ("Wolfeschlegelsteinhausenbergerdorff" * 3, "Hubert"),
)
TABLE = "Ada\tTesterman\r\n1987-04-23\t555-0101\n"
FULL = "The disk is full. Make room and go on."


def _shows_one(roster: PatientsPage) -> bool:
    return roster.table.rows.rowCount() == 1


def _names(page: PatientsPage, words: str) -> bool:
    return page.chart.banner.name.text().replace("\u200b", "") == words


def _has_half(step: QWidget, window: QWidget) -> bool:
    seen = QRect(step.mapTo(window, QPoint(0, 0)), step.size()).intersected(window.rect())
    return seen.height() >= HEIGHT_PX // 2


class Front:
    """A window at the smallest size that it is made for."""

    def __init__(self, bot: QtBot, window: ClinicWindow, workspace: Workspace) -> None:
        self.bot, self.window, self.workspace = bot, window, workspace
        window.resize(WIDTH_PX, HEIGHT_PX)

    def settle(self) -> None:
        for _ in range(4):
            self.bot.waitUntil(lambda: not self.window._runner.is_busy, timeout=PATIENCE_MS)
            QApplication.processEvents()

    def go(self, name: str, what: object = None) -> Any:  # noqa: ANN401 - each page is of its own kind
        self.workspace.go(name, what)
        self.settle()
        return self.workspace.stack.currentWidget()

    def sheet(self) -> Any:  # noqa: ANN401 - any sheet
        return next(one for one in self.window.findChildren(QDialog) if one.isVisible())

    def new_patient(self) -> NewPatientSheet:
        cast("PatientsPage", self.go("patients"))._add()
        self.settle()
        return cast("NewPatientSheet", self.sheet())

    def found(self) -> list[str]:
        self.settle()
        return [str(one) for one in findings_of(self.window)]


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Callable[[float], object]]:
    """Dresses the program with letters so much larger, until the test is over and its window is gone."""
    yield partial(apply_theme, qapp, "light")
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    apply_theme(qapp, "light")


@pytest.fixture
def front(
    dress: Callable[[float], object], open_as: OpenAs, qtbot: QtBot, text_scale: float
) -> Iterator[Front]:
    dress(text_scale)
    window, workspace = open_as("okafor")
    yield Front(qtbot, window, workspace)
    for sheet in window.findChildren(QDialog):
        # One that is left open comes back at the next log-in, with a notice over the page.
        sheet.close()


@pytest.fixture
def text_scale() -> float:
    """How large the text is when the window opens."""
    return 1.0


def paste(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    field.setFocus()
    field.selectAll()
    field.paste()


@pytest.mark.parametrize("text_scale", [2.0])
def test_where_the_text_is_large_a_step_of_a_visit_has_half_of_the_window(front: Front) -> None:
    """First of all: a sheet that another test leaves is told over the page at the next log-in."""
    today = front.go("today")
    lines = [today.table.rows.row_at(at) for at in range(today.table.rows.rowCount())]
    visits = [one.visit for one in lines if isinstance(one.visit, VisitRow)]
    visit = next(
        one for one in (*visits, *_left_over(today)) if one.state in {"draft", "deferred", "returned"}
    )
    page = cast("VisitPage", front.go("visit", visit.visit_id))
    for name in page.steps:
        step = page.go(name)
        front.settle()
        front.bot.waitUntil(partial(_has_half, step, front.window), timeout=PATIENCE_MS)
        assert front.found() == [], name


def test_names_of_every_kind_are_added_found_and_shown_whole(front: Front, qapp: QApplication) -> None:
    refs = []
    for last, first in NAMES:
        sheet = front.new_patient()
        for name, text in (("last_name", last), ("first_name", first), ("born_on", "1987-04-23")):
            paste(cast("QLineEdit", sheet.fields[name].control), text)
        paste(cast("QLineEdit", sheet.fields["phone"].control), "555-0101")
        sheet.person.contact.boxes["call"].setChecked(True)
        added: list[Any] = []
        sheet.added.append(added.append)
        sheet.add.click()
        front.settle()
        assert added, sheet.fields["last_name"].problem.text()
        refs.append(added[0].ref)
    roster = cast("PatientsPage", front.go("patients"))
    roster.search.setText(NAMES[2][0].split()[0])
    front.bot.waitUntil(partial(_shows_one, roster), timeout=PATIENCE_MS)
    assert front.found() == []
    roster.search.clear()
    apply_theme(qapp, "light", 2.0)
    front.workspace.make_anew()
    front.settle()
    for ref, (last, first) in zip(refs, NAMES, strict=True):
        page = cast("PatientsPage", front.go("patients", ref))
        front.bot.waitUntil(partial(_names, page, f"{first} {last}"), timeout=PATIENCE_MS)
        assert front.found() == []


def test_a_table_pasted_into_any_single_line_becomes_one_line_of_the_same_words(front: Front) -> None:
    sheet = front.new_patient()
    fields = [one for one in sheet.findChildren(Field) if isinstance(one.control, QLineEdit)]
    assert len(fields) > 5
    for field in fields:
        line = cast("QLineEdit", field.control)
        paste(line, TABLE)
        assert line.text() == "Ada Testerman 1987-04-23 555-0101", line.objectName()
        line.undo()
        assert "\t" not in line.text()
    log = front.go("log")
    for field in log.findChildren(Field):
        if isinstance(field.control, QLineEdit):
            paste(field.control, TABLE)
            assert "\n" not in field.control.text()
            assert "\t" not in field.control.text()


@pytest.mark.parametrize("typed", ["2026-02-30", "31 Feb 1990", "13/45/1999", "yesterday", "9999-12-31"])
def test_an_impossible_day_stays_as_it_was_typed_and_is_told_beside_its_field(
    front: Front, typed: str
) -> None:
    sheet = front.new_patient()
    born = cast("QLineEdit", sheet.fields["born_on"].control)
    paste(born, typed)
    sheet.add.click()
    front.settle()
    assert sheet.isVisible()
    assert born.text() == typed
    assert sheet.fields["born_on"].problem.text()
    sheet.close()
    log = front.go("log")
    paste(log.filters.first, typed)
    log.filters.ask()
    front.settle()
    if typed != "9999-12-31":
        assert log.filters.fields["from"].problem.text()
    assert log.filters.first.text() == typed


def test_what_a_field_cannot_hold_is_told_at_once(front: Front, qtbot: QtBot) -> None:
    line = QLineEdit()
    line.setMaxLength(20)
    field = Field("Reason", line)
    qtbot.addWidget(field)
    field.show()
    paste(line, "x" * 30)
    assert line.text() == "x" * 20
    assert field.problem.text().startswith("At most 20 characters fit here.")
    cast("Any", qtbot).keyClicks(line, "\b")
    paste(line, "shorter")
    assert field.problem.text() == ""


def test_a_full_disk_refuses_with_a_sentence_and_what_was_typed_stays(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> NoReturn:
        raise DiskFull(FULL)

    monkeypatch.setattr(sheets_module, "add_patient", full)
    sheet = front.new_patient()
    paste(cast("QLineEdit", sheet.fields["last_name"].control), "Testerman")
    sheet.add.click()
    front.settle()
    assert sheet.isVisible()
    assert cast("QLineEdit", sheet.fields["last_name"].control).text() == "Testerman"
    said = [one.accessibleName() for one in sheet.findChildren(QWidget, "banner") if one.isVisible()]
    assert said == [FULL]
    assert sheet.add.isEnabled()


def _left_over(today: Any) -> list[VisitRow]:  # noqa: ANN401 - the page
    rows = today.left_over.rows
    return [rows.row_at(at) for at in range(rows.rowCount())]
