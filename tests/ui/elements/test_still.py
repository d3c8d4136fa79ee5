"""The wheel scrolls the page under the mouse, and changes no box that it comes over on the way."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
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


def test_no_window_makes_a_box_that_a_wheel_changes() -> None:
    made = [
        f"{path.relative_to(UI).as_posix()}:{number}"
        for path in sorted(UI.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if RAW.search(line)
    ]
    assert made == []
