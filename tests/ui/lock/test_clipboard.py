"""What the program put on the clipboard does not stay there, and what others put there does."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import label
from mnclinic.ui.elements.words import BREAK
from mnclinic.ui.lock.clipboard import KEPT_MS, ClipboardKeeper
from mnclinic.ui.long_words import breakable
from mnclinic.ui.qt_numbers import let_mouse_select


class Owner:
    """Whose the clipboard is: the screenless platform does not know."""

    is_ours = True

    def __call__(self, _mode: QClipboard.Mode) -> bool:
        return self.is_ours


@pytest.fixture
def clipboard(qtbot: QtBot) -> Iterator[QClipboard]:
    made = QGuiApplication.clipboard()
    made.clear()
    yield made
    made.clear()


def test_twenty_seconds_is_what_is_promised() -> None:
    assert KEPT_MS == 20_000


def test_a_copied_name_is_cleared_when_its_time_is_over(clipboard: QClipboard, qtbot: QtBot) -> None:
    keeper = ClipboardKeeper(clipboard, kept_ms=30, owns=Owner())
    clipboard.setText("Testerman, Ada")
    assert clipboard.text() == "Testerman, Ada"
    qtbot.waitUntil(lambda: clipboard.text() == "")
    keeper.deleteLater()


def test_what_another_program_put_there_stays(clipboard: QClipboard, qtbot: QtBot) -> None:
    owner = Owner()
    keeper = ClipboardKeeper(clipboard, kept_ms=10_000, owns=owner)
    clipboard.setText("ours")
    owner.is_ours = False
    clipboard.setText("theirs")
    assert not any(timer.isActive() for timer in keeper._timers.values())
    keeper.forget()
    assert clipboard.text() == "theirs"
    keeper.deleteLater()


def test_a_lock_clears_it_at_once(clipboard: QClipboard, qtbot: QtBot) -> None:
    keeper = ClipboardKeeper(clipboard, owns=Owner())
    clipboard.setText("Testerman, Ada")
    keeper.forget()
    assert clipboard.text() == ""
    keeper.deleteLater()


def test_a_second_copy_has_its_own_twenty_seconds(clipboard: QClipboard, qtbot: QtBot) -> None:
    keeper = ClipboardKeeper(clipboard, kept_ms=10_000, owns=Owner())
    clipboard.setText("first")
    timer = keeper._timers[QClipboard.Mode.Clipboard]
    qtbot.waitUntil(lambda: timer.remainingTime() < 9_900)
    left_ms = timer.remainingTime()
    clipboard.setText("second")
    assert timer.remainingTime() > left_ms
    keeper.deleteLater()


def test_an_address_that_may_break_is_copied_and_read_out_as_it_was_written(
    clipboard: QClipboard, qtbot: QtBot
) -> None:
    keeper = ClipboardKeeper(clipboard, owns=Owner())
    address = "maximiliana.von-hohenzollern@example-clinic.test"
    window, typed = QWidget(), QLineEdit(f"ab{BREAK}c")
    shown = label(breakable(address), wraps=True)
    let_mouse_select(shown)
    lines = QVBoxLayout(window)
    lines.addWidget(shown)
    lines.addWidget(typed)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert BREAK in shown.text()
    assert shown.accessibleName() == address
    shown.setSelection(0, len(shown.text()))
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == address
    # What somebody typed is theirs.
    typed.setFocus()
    typed.selectAll()
    typed.copy()
    assert clipboard.text() == f"ab{BREAK}c"
    shown.setText("short")
    assert shown.accessibleName() == "", "it is its words again"
    keeper.deleteLater()
