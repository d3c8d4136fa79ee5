"""Whoever goes to a page has the keyboard on it, where it is seen, however little is in the clinic."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.services.demo.build import DemoBuilt, build_demo
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace
from tests.ui.conftest import PATIENCE_MS, OpenAs

PAGES = (
    "today",
    "patients",
    "director",
    "follow-up",
    "devices",
    "protocols",
    "inspection",
    "log",
    "settings",
)
TURNS = 4
"""What is shown may ask for more."""
DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoBuilt:
    """In place of the clinic with people in it: one in which nobody is yet."""
    folder: Path = tmp_path_factory.mktemp("empty") / "clinic"
    return build_demo(folder, patients=0, visits=0, seed=3, day=DAY)


def settle(bot: QtBot, window: ClinicWindow) -> None:
    for _ in range(TURNS):
        bot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        QApplication.processEvents()


def keyboard_of(window: ClinicWindow) -> QWidget:
    on = window.focusWidget()
    assert on is not None
    return on


def on_the_page(window: ClinicWindow, workspace: Workspace) -> str:
    """What is wrong with where the keyboard is; empty for nothing."""
    on = keyboard_of(window)
    is_there = workspace.current_page().isAncestorOf(on) and on.isVisible()
    return "" if is_there else f"{on.objectName()}, seen: {on.isVisible()}"


@pytest.mark.parametrize("user", ["okafor", "desk"])
def test_in_an_empty_clinic_each_page_is_begun_on_the_page(open_as: OpenAs, qtbot: QtBot, user: str) -> None:
    window, workspace = open_as(user)
    for name in ("", *PAGES, *PAGES):
        if name:
            workspace.go(name, None)
        settle(qtbot, window)
        assert (name, on_the_page(window, workspace)) == (name, "")


def test_an_empty_day_begins_where_somebody_is_planned_and_left_and_right_turn_it(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    bot = cast("Any", qtbot)
    window, workspace = open_as("desk")
    workspace.go("today", None)
    settle(qtbot, window)
    today: Any = workspace.current_page()
    line = today.plan_line.edit
    assert keyboard_of(window) is line
    assert today._asked_day is None
    before = today._day - timedelta(days=1)
    bot.keyClick(line, Qt.Key.Key_Left)
    settle(qtbot, window)
    assert today._asked_day == before
    bot.keyClicks(line, "9:30")
    bot.keyClick(line, Qt.Key.Key_Left)
    settle(qtbot, window)
    assert (today._asked_day, today.plan_line.edit.cursorPosition()) == (before, 3), (
        "typed text has the arrows"
    )
