"""The wheel scrolls the page under the mouse, and changes no box that it comes over on the way."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import StillChoice, StillDay, StillNumber

UI = Path(__file__).parents[3] / "src" / "mnclinic" / "ui"
RAW = re.compile(r"(?<!\w)Q(ComboBox|FontComboBox|SpinBox|DoubleSpinBox|DateEdit|TimeEdit|DateTimeEdit)\(")


def choice() -> StillChoice:
    made = StillChoice()
    made.addItems(["yes", "no", "unknown"])
    return made


def turned(box: QWidget) -> bool:
    """Turn the wheel over a box; whether it took that for itself."""
    event = QWheelEvent(
        *(QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(box, event)
    return event.isAccepted()


@pytest.mark.parametrize("make", [choice, lambda: StillDay(QDate(2026, 11, 23)), StillNumber])
def test_a_wheel_over_a_box_changes_nothing_even_where_the_keyboard_is(
    qtbot: QtBot, make: Callable[[], StillChoice | StillDay | StillNumber]
) -> None:
    box = make()
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    before = box.currentText() if isinstance(box, QComboBox) else box.text()
    assert not turned(box), "the page never hears of it"
    assert (box.currentText() if isinstance(box, QComboBox) else box.text()) == before
    assert not box.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus


@pytest.fixture
def held(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def day_between_lines(holder: QWidget, qtbot: QtBot) -> tuple[QLineEdit, StillDay, QLineEdit]:
    lines = QVBoxLayout(holder)
    before, day, after = QLineEdit(), StillDay(QDate(2026, 11, 23)), QLineEdit()
    day.setDisplayFormat("yyyy-MM-dd")
    for one in (before, day, after):
        lines.addWidget(one)
    holder.show()
    holder.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    return before, day, after


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    has = QApplication.focusWidget()
    assert has is not None
    QTest.keyClick(has, key, held)


def test_a_day_is_one_stop_of_tab_from_either_side(held: QWidget, qtbot: QtBot) -> None:
    before, day, after = day_between_lines(held, qtbot)
    press(Qt.Key.Key_Tab)
    assert (day.hasFocus(), day.currentSection()) == (True, StillDay.Section.YearSection)
    press(Qt.Key.Key_Tab)
    assert after.hasFocus()
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert (day.hasFocus(), day.currentSection()) == (True, StillDay.Section.YearSection)
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert before.hasFocus()


def test_the_arrows_lead_through_the_parts_of_a_day_and_tab_leaves_from_each(
    held: QWidget, qtbot: QtBot
) -> None:
    _, day, after = day_between_lines(held, qtbot)
    press(Qt.Key.Key_Tab)
    for key, selected in (
        (Qt.Key.Key_Right, "11"),
        (Qt.Key.Key_Right, "23"),
        (Qt.Key.Key_Right, "23"),
        (Qt.Key.Key_Left, "11"),
        (Qt.Key.Key_Left, "2026"),
        (Qt.Key.Key_Left, "2026"),
        (Qt.Key.Key_Right, "11"),
    ):
        press(key)
        assert day.lineEdit().selectedText() == selected
    press(Qt.Key.Key_Down)
    assert day.date() == QDate(2026, 10, 23)
    press(Qt.Key.Key_Tab)
    assert after.hasFocus()


@pytest.mark.parametrize("before", [QDate(2026, 11, 23), QDate(2026, 10, 31)])
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-07-04", QDate(2025, 7, 4)),
        ("2025-7-4", QDate(2025, 7, 4)),
        ("2025-1-4", QDate(2025, 1, 4)),
        ("2025/12/31", QDate(2025, 12, 31)),
        ("2024.02.29", QDate(2024, 2, 29)),
        ("20250704", QDate(2025, 7, 4)),
    ],
)
def test_a_day_is_what_was_typed_as_it_is_shown(
    held: QWidget, qtbot: QtBot, before: QDate, typed: str, day: QDate
) -> None:
    _, field, after = day_between_lines(held, qtbot)
    field.setDate(before)
    press(Qt.Key.Key_Tab)
    assert field.hasFocus()
    QTest.keyClicks(field, typed)
    assert field.date() == day
    press(Qt.Key.Key_Tab)
    assert (after.hasFocus(), field.date()) == (True, day)


def test_no_window_makes_a_box_that_a_wheel_changes() -> None:
    made = [
        f"{path.relative_to(UI).as_posix()}:{number}"
        for path in sorted(UI.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if RAW.search(line)
    ]
    assert made == []
