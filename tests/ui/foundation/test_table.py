from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import VisitState
from mnclinic.ui.tokens import Size
from mnclinic.ui.widgets import ROW_ROLE, Column, DataTable, EmptyState, Lights, RowsModel, visit_status


@dataclass(frozen=True)
class Row:
    patient: str
    state: VisitState = VisitState.DRAFT
    lights: Lights | None = None


COLUMNS = (
    Column[Row]("Patient", lambda row: row.patient, stretch=1, strong=True),
    Column[Row]("State", lambda row: row.state.value, status=lambda row: visit_status(row.state)),
    Column[Row]("Readiness", lambda row: "", lights=lambda row: row.lights or {}),
    Column[Row]("Passes", lambda row: "4", align="right"),
)
LIGHTS = {Light.IDENTITY: LightState.PASSED, Light.HISTORY: LightState.FAILED}
ROWS = (Row("Okafor, Adaeze", VisitState.SIGNED, LIGHTS), Row("Ito, Haruka"), Row("Bauer, Jonas"))


@pytest.fixture
def table(qtbot: QtBot) -> DataTable[Row]:
    made: DataTable[Row] = DataTable(COLUMNS, label="Visits of today", name="today.visits")
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show_rows(ROWS)
    made.show()
    return made


def test_cells_show_the_columns_words(table: DataTable[Row]) -> None:
    model = table.model
    shown = [[model.index(row, column).data() for column in range(4)] for row in range(2)]
    assert shown == [["Okafor, Adaeze", "signed", "", "4"], ["Ito, Haruka", "draft", "", "4"]]


def test_the_titles_are_the_columns_titles(table: DataTable[Row]) -> None:
    titles = [table.model.headerData(place, Qt.Orientation.Horizontal) for place in range(4)]
    assert titles == ["Patient", "State", "Readiness", "Passes"]
    assert table.model.headerData(9, Qt.Orientation.Horizontal) is None
    assert table.model.headerData(0, Qt.Orientation.Vertical) is None


def test_every_column_carries_the_row_object(table: DataTable[Row]) -> None:
    assert {id(table.model.index(1, column).data(ROW_ROLE)) for column in range(4)} == {id(ROWS[1])}


def test_lights_are_spoken_in_words(table: DataTable[Row]) -> None:
    said = table.model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Identity: passed, History: stopped, Exam: not needed")


def test_the_model_keeps_the_laws_while_it_changes(qtmodeltester: ModelTester) -> None:
    model: RowsModel[Row] = RowsModel(COLUMNS)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt ships no types for it
    model.show_rows(ROWS)
    model.replace_row(1, Row("Ito, Haruka", VisitState.PERFORMED))
    assert model.rowCount() == 3
    assert model.columnCount() == 4
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(model.index(0, 0)) == 0
    assert model.index(1, 1).data() == "performed"
    model.show_rows(())
    assert model.rowCount() == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_current_row(qtbot: QtBot, table: DataTable[Row], key: Qt.Key) -> None:
    table.select_row(1)
    with qtbot.waitSignal(table.row_opened) as opened:
        QTest.keyClick(table.view, key)
    assert opened.args == [ROWS[1]]


def test_a_double_click_opens_a_row(qtbot: QtBot, table: DataTable[Row]) -> None:
    place = table.view.visualRect(table.model.index(2, 0)).center()
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.row_opened) as opened:
        QTest.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [ROWS[2]]


def test_a_click_on_a_light_names_the_light(qtbot: QtBot, table: DataTable[Row]) -> None:
    cell = table.view.visualRect(table.model.index(0, 2))
    pressed: list[tuple[Row, str]] = []
    table.light_clicked.connect(lambda row, name: pressed.append((row, name)))
    place = QPoint(cell.x() + Size.CELL_PADDING + 10, cell.center().y())
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert pressed == [(ROWS[0], Light.IDENTITY)]


def test_the_arrow_keys_say_which_row_is_current(qtbot: QtBot, table: DataTable[Row]) -> None:
    table.select_row(0)
    with qtbot.waitSignal(table.row_selected) as chosen:
        QTest.keyClick(table.view, Qt.Key.Key_Down)
    assert chosen.args == [ROWS[1]]
    assert table.current_row() == ROWS[1]


def test_the_current_line_stays_when_rows_are_shown_again(table: DataTable[Row]) -> None:
    table.select_row(2)
    table.show_rows((*ROWS, Row("New, Ana")))
    assert table.current_row() == ROWS[2]


def test_without_rows_the_table_says_what_will_appear(qtbot: QtBot) -> None:
    empty = EmptyState("calendar-days", "No visits today", "Start one with Ctrl+Shift+N.", "New visit")
    table: DataTable[Row] = DataTable(COLUMNS, label="Visits", empty=empty)
    qtbot.addWidget(table)
    table.show()
    assert empty.isVisible()
    assert not table.view.isVisible()
    with qtbot.waitSignal(empty.action_requested):
        empty.action.click()
    table.show_rows(ROWS)
    assert not empty.isVisible()
    assert table.view.isVisible()


def test_columns_fill_the_width_and_never_cut_a_chip(table: DataTable[Row]) -> None:
    widths = [table.view.columnWidth(place) for place in range(4)]
    assert sum(widths) == table.view.viewport().width()
    assert widths[0] > widths[1]


@pytest.mark.qt_log_ignore("does not support raise")  # the offscreen platform cannot raise a tooltip
def test_words_that_do_not_fit_can_be_read_in_a_tooltip(qtbot: QtBot, table: DataTable[Row]) -> None:
    long = Row("Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine " * 4)
    table.show_rows([long])
    index = table.model.index(0, 0)
    rect = table.view.visualRect(index)
    where = table.view.viewport().mapToGlobal(rect.center())
    event = QHelpEvent(QEvent.Type.ToolTip, rect.center(), where)
    QApplication.sendEvent(table.view.viewport(), event)
    assert QToolTip.text() == long.patient
    QToolTip.hideText()


def test_tab_leaves_the_table(table: DataTable[Row]) -> None:
    assert not table.view.tabKeyNavigation()
    assert table.view.accessibleName() == "Visits of today"
