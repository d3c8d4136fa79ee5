"""Whoever leaves while their place is still coming back after the log-in finds it all at the next one.

Each test has a user of its own: what one of them left comes back at the next log-in.
"""

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.services.daily_check import LastCheck
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace
from tests.ui.conftest import PASSWORD, PATIENCE_MS, OpenAs


def type_into(window: QWidget, name: str, words: str) -> QLineEdit:
    field = next(one for one in window.findChildren(QLineEdit, name) if one.isVisible())
    field.setFocus()
    QTest.keyClicks(field, words)
    return field


def log_in_again(window: ClinicWindow, qtbot: QtBot, user: str) -> None:
    qtbot.waitUntil(lambda: window.stay is None and window.cover is None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    window.login.user.setText(user)
    window.login.password.setText(PASSWORD[user])
    QTest.keyClick(window.login.password, Qt.Key.Key_Return)


def came_in(window: ClinicWindow, qtbot: QtBot) -> Workspace:
    qtbot.waitUntil(lambda: window.stay is not None and window.stay.is_back(), timeout=PATIENCE_MS)
    return cast("Workspace", window.centralWidget())


def left_again_while_it_comes_back(window: ClinicWindow, qtbot: QtBot, user: str) -> Workspace:
    """Lock, log in, be left before the place is back, log in once more: what stands there then."""
    window.watch.say_left(Left.ASKED)
    log_in_again(window, qtbot, user)
    # The computer is locked while the log-in is under way: the window locks as soon as its page is made.
    window.watch.say_left(Left.SYSTEM_LOCKED)
    qtbot.waitUntil(lambda: window.cover is not None, timeout=PATIENCE_MS)
    log_in_again(window, qtbot, user)
    qtbot.waitUntil(lambda: window.stay is not None and window.stay.is_back(), timeout=PATIENCE_MS)
    return cast("Workspace", window.centralWidget())


@pytest.mark.parametrize(
    ("user", "page", "field"),
    [("desk", "today", "today.plan.line"), ("okafor", "inspection", "inspection.patient")],
)
def test_what_still_comes_back_when_the_window_locks_again_is_not_lost(
    open_as: OpenAs, qtbot: QtBot, user: str, page: str, field: str
) -> None:
    window, workspace = open_as(user)
    workspace.go(page, None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    type_into(window, field, "penumbra")
    back = left_again_while_it_comes_back(window, qtbot, user)
    line = next(one for one in back.findChildren(QLineEdit, field) if one.isVisible())
    assert line.text() == "penumbra"
    assert back.place()["pages"][page]["focus"] == f"{field}#0"
    line.clear()


def test_the_record_that_is_still_being_read_when_the_window_locks_again_comes_back(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("lind")
    workspace.go("patients", None)
    page = cast("Any", workspace.current_page())
    qtbot.waitUntil(lambda: page.table.model().rowCount() > 0, timeout=PATIENCE_MS)
    page.table.selectRow(0)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.rooms.currentWidget() is page.chart, timeout=PATIENCE_MS)
    ref = page.chart.ref
    back = cast("Any", left_again_while_it_comes_back(window, qtbot, "lind").current_page())
    assert back.rooms.currentWidget() is back.chart
    assert back.chart.ref == ref


def test_what_is_typed_where_a_check_led_to_is_kept_too(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("reyes")
    workspace.go("inspection", None)
    workspace.go("inspection", LastCheck("OK", datetime(2026, 11, 23, 9, tzinfo=UTC)))
    type_into(window, "inspection.patient", "P-000004")
    assert workspace.place()["pages"]["inspection"]["fields"] == {"inspection.patient#0": "P-000004"}
