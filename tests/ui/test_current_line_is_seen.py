"""The line that has the keyboard is in sight, on the smallest screen and with the largest text."""

from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import RowTable
from mnclinic.ui.elements.layout import bring_into_view
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.today.page import TodayPage
from mnclinic.ui.window import Workspace
from tests.ui.conftest import DAY, PATIENCE_MS, OpenAs

PLACES = (
    ("today", None),
    ("patients", None),
    ("protocols", None),
    ("devices", None),
    ("director", None),
    ("log", None),
    ("settings", "people"),
    ("settings", "backups"),
)
STEPS = 6
A_BIT_PX = 15
SETTLED_MS = 20_000
TURNS = 30
"""Of the event loop, in which a page lays out what stands below another current line."""


@pytest.fixture
def large(looks_again: None, open_as: OpenAs) -> tuple[ClinicWindow, Workspace]:
    """The director's window with the text twice as large, until the test is over."""
    looks_keeper().wear(text_scale=2.0)
    return open_as("okafor")


def unseen(table: RowTable) -> QRect:
    """What of the current line is out of sight."""
    line = table.visualRect(table.currentIndex())
    whole = QRect(0, line.y(), table.viewport().width(), line.height())
    return QRegion(whole).subtracted(table.viewport().visibleRegion()).boundingRect()


def shown(page: str, what: object, window: ClinicWindow, workspace: Workspace, qtbot: QtBot) -> QWidget:
    workspace.go(page, what)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    there = workspace.current_page()
    if isinstance(there, TodayPage):
        there._asked_day = date(DAY.year, DAY.month, DAY.day)
        there.refresh()
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    return there


def tables_of(page: QWidget) -> list[RowTable]:
    return [one for one in page.findChildren(RowTable) if one.isVisible() and one.rows.rowCount()]


@pytest.mark.parametrize("height", [720, 680])
def test_each_line_that_the_arrows_reach_is_whole_in_sight_on_every_page_with_a_table(
    large: tuple[ClinicWindow, Workspace], qtbot: QtBot, height: int
) -> None:
    window, workspace = large
    window.resize(1280, height)
    seen, lost = set(), []
    for name, what in PLACES:
        page = shown(name, what, window, workspace, qtbot)
        for table in tables_of(page):
            seen.add(table.objectName())
            window.activateWindow()
            qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
            table.setFocus(Qt.FocusReason.TabFocusReason)
            qtbot.waitUntil(table.hasFocus, timeout=PATIENCE_MS)
            for step in range(min(STEPS, table.rows.rowCount())):
                if step:
                    cast("Any", qtbot).keyClick(table, Qt.Key.Key_Down)
                for _ in range(TURNS):
                    QApplication.processEvents()
                if not (left := unseen(table)).isEmpty():
                    lost.append((table.objectName(), step, left.height()))
    assert lost == []
    assert {"today.visits", "patients.table", "protocols.table", "devices.lots", "log.entries"} <= seen
    assert "people.table" in seen


def test_a_mouse_button_that_is_held_over_another_window_keeps_no_line_out_of_sight(
    large: tuple[ClinicWindow, Workspace], qtbot: QtBot
) -> None:
    window, workspace = large
    window.resize(1280, 720)
    page = shown("patients", None, window, workspace, qtbot)
    (table,) = [one for one in tables_of(page) if one.objectName() == "patients.table"]
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    mouse = cast("Any", qtbot)
    mouse.mousePress(other, Qt.MouseButton.LeftButton)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(STEPS - 1):
        qtbot.waitUntil(lambda: not table._soon.isActive(), timeout=PATIENCE_MS)
        mouse.keyClick(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: unseen(table).isEmpty(), timeout=PATIENCE_MS)
    mouse.mouseRelease(other, Qt.MouseButton.LeftButton)


def test_a_list_that_has_the_keyboard_again_is_in_sight_however_far_down_the_page_was_left(
    large: tuple[ClinicWindow, Workspace], qtbot: QtBot
) -> None:
    window, workspace = large
    window.resize(1280, 720)
    page = shown("protocols", None, window, workspace, qtbot)
    (table,) = tables_of(page)
    foot = page.findChild(QPushButton, "protocols.history")
    assert foot is not None
    foot.setFocus(Qt.FocusReason.TabFocusReason)

    def is_left_far_down() -> bool:
        bring_into_view(foot, foot.rect())
        return not unseen(table).isEmpty()

    qtbot.waitUntil(is_left_far_down, timeout=PATIENCE_MS)
    shown("today", None, window, workspace, qtbot)
    shown("protocols", None, window, workspace, qtbot)
    qtbot.waitUntil(table.hasFocus, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: unseen(table).isEmpty(), timeout=PATIENCE_MS)


def test_a_page_whose_first_line_is_in_sight_from_its_top_stands_at_its_top(
    large: tuple[ClinicWindow, Workspace], qtbot: QtBot
) -> None:
    window, workspace = large
    window.resize(1280, 720)
    page = shown("protocols", None, window, workspace, qtbot)
    (table,) = tables_of(page)
    (bar,) = [
        one.verticalScrollBar()
        for one in page.findChildren(QScrollArea)
        if one.isVisible() and one.isAncestorOf(table)
    ]
    assert table.currentIndex().row() == 0
    shown("today", None, window, workspace, qtbot)
    # What an earlier step of the layout left: the line is in sight here too.
    bar.setValue(A_BIT_PX)
    shown("protocols", None, window, workspace, qtbot)
    qtbot.waitUntil(table.hasFocus, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bar.value() == 0, timeout=SETTLED_MS)


def test_what_is_clicked_does_not_move_under_the_pointer(
    large: tuple[ClinicWindow, Workspace], qtbot: QtBot
) -> None:
    window, workspace = large
    window.resize(1280, 720)
    page = shown("protocols", None, window, workspace, qtbot)
    (table,) = tables_of(page)
    table.clearFocus()
    for _ in range(TURNS):
        QApplication.processEvents()
    before = table.viewport().mapTo(window, table.viewport().rect().topLeft())
    at = table.visualRect(table.rows.index(1, 0)).center()
    cast("Any", qtbot).mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    for _ in range(TURNS):
        QApplication.processEvents()
    assert table.currentIndex().row() == 1
    assert table.viewport().mapTo(window, table.viewport().rect().topLeft()) == before
