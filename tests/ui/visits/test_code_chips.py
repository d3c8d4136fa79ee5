"""Choices of which several may be pressed: one stop of Tab, in which the arrows lead on."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import column
from mnclinic.ui.elements.stops import lead_along, stops_as_read
from mnclinic.ui.visits.code_chips import CodeChips
from tests.ui.visits.conftest import AtVisit

KEY = "planned_areas"
AREAS = {"cheek": "Cheek", "chin": "Chin", "nose": "Nose"}


class AsRead(QWidget):
    """Tab goes through it as it is read, as through the step of a visit."""

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - the name is Qt's
        lead_along(stops_as_read(self))
        return super().focusNextPrevChild(forward)


class Between:
    """Choices between two fields, in a window that has the keyboard."""

    def __init__(self, at: AtVisit, bot: QtBot) -> None:
        self.window = AsRead()
        bot.addWidget(self.window)
        lines = column(self.window)
        self.before, self.after = QLineEdit(), QLineEdit()
        self.editing = at.page.editing
        self.chips = CodeChips("test.area", "Areas", KEY, "areas", self.editing)
        for one in (self.before, self.chips, self.after):
            lines.addWidget(one)
        self.offer(AREAS)
        self.window.show()
        self.window.activateWindow()
        bot.waitUntil(self.window.isActiveWindow)
        self.before.setFocus()

    def offer(self, areas: dict[str, str]) -> None:
        self.chips.offer(areas)
        self.chips.show_state()

    def key(self, *keys: Qt.Key) -> QWidget:
        for one in keys:
            QTest.keyClick(self.at, one)
        return self.at

    @property
    def at(self) -> QWidget:
        now = QApplication.focusWidget()
        assert now is not None
        return now


@pytest.fixture
def between(at_visit: AtVisit, qtbot: QtBot) -> Between:
    return Between(at_visit, qtbot)


def test_tab_stops_once_at_choices_and_comes_back_to_the_one_that_had_the_keyboard(between: Between) -> None:
    chips = between.chips.buttons
    assert between.key(Qt.Key.Key_Tab) is chips["cheek"]
    assert between.key(Qt.Key.Key_Tab) is between.after
    assert between.key(Qt.Key.Key_Backtab) is chips["cheek"]
    assert between.key(Qt.Key.Key_Right) is chips["chin"]
    assert between.key(Qt.Key.Key_Backtab) is between.before
    assert between.key(Qt.Key.Key_Tab) is chips["chin"]


def test_arrows_home_and_end_lead_through_choices_and_press_none(between: Between) -> None:
    chips = between.chips.buttons
    between.key(Qt.Key.Key_Tab)
    assert between.key(Qt.Key.Key_Down) is chips["chin"]
    assert between.key(Qt.Key.Key_Right, Qt.Key.Key_Right) is chips["nose"], "the last one stays"
    assert between.key(Qt.Key.Key_Home) is chips["cheek"]
    assert between.key(Qt.Key.Key_Left) is chips["cheek"], "so does the first"
    assert between.key(Qt.Key.Key_End) is chips["nose"]
    assert between.key(Qt.Key.Key_Up) is chips["chin"]
    assert between.chips.codes() == []


def test_space_and_enter_press_a_choice_and_a_held_key_presses_it_once(between: Between) -> None:
    between.key(Qt.Key.Key_Tab, Qt.Key.Key_Space)
    between.key(Qt.Key.Key_End, Qt.Key.Key_Return)
    assert between.chips.codes() == ["cheek", "nose"]
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(between.at, held)
    assert between.chips.codes() == ["cheek", "nose"]
    between.key(Qt.Key.Key_Enter)
    assert between.chips.codes() == ["cheek"]


def test_choices_that_are_offered_anew_are_one_stop_again(between: Between, qtbot: QtBot) -> None:
    between.key(Qt.Key.Key_Tab, Qt.Key.Key_End)
    between.before.setFocus()
    between.offer({"forehead": "Forehead", "neck": "Neck"})
    qtbot.waitUntil(between.chips.buttons["neck"].isVisible)
    assert between.key(Qt.Key.Key_Tab) is between.chips.buttons["forehead"]
    assert between.key(Qt.Key.Key_Tab) is between.after


def test_whoever_listens_hears_a_group_of_boxes_to_tick(between: Between) -> None:
    group: Any = QAccessible.queryAccessibleInterface(between.chips)
    assert group.role() is QAccessible.Role.Grouping
    assert group.text(QAccessible.Text.Name) == "Areas"
    one: Any = QAccessible.queryAccessibleInterface(between.chips.buttons["nose"])
    assert one.role() is QAccessible.Role.CheckBox
    assert one.text(QAccessible.Text.Name) == "Areas: Nose"
