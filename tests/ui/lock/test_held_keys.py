"""Enter that is still held from the log-in does nothing to what comes back under it."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.lock.held_keys import HeldKeys
from mnclinic.ui.window import Workspace
from tests.services.clinic_builder import PASSWORDS
from tests.ui.lock.test_every_sheet import COMING_AND_GOING, entered, hand, seat, text_of, type_into, way_to
from tests.ui.lock.walk_sheets import Hand

__all__ = ["hand", "seat"]

TURNS_AFTER = 12


def enter_key(hand: Hand, *, repeats: bool = False, kind: QEvent.Type = QEvent.Type.KeyPress) -> None:
    """As the system does: to whatever has the keyboard by then."""
    shown = hand.sheet() or hand.window
    event = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeats, 1)
    QCoreApplication.sendEvent(cast("QWidget | None", shown.focusWidget()) or shown, event)


def let_go(hand: Hand) -> None:
    enter_key(hand, kind=QEvent.Type.KeyRelease)


def log_in_and_hold(hand: Hand, user: str, *, repeats: bool, is_back: Callable[[], bool]) -> None:
    """Enter goes down at the log-in and stays down for some turns after all is back."""
    login = hand.window.login
    login.user.setText(user)
    login.password.setText(PASSWORDS[user])
    QTest.keyPress(login.password, Qt.Key.Key_Return)
    after = 0

    def press_on() -> None:
        nonlocal after
        if isinstance(hand.window.centralWidget(), Workspace):
            enter_key(hand, repeats=repeats)
            after += is_back() and not hand.window._runner.is_busy

    # In every turn of the program, so that none of what comes back is missed.
    presses = QTimer(hand.window, interval=0)
    presses.timeout.connect(press_on)
    presses.start()
    hand.until(lambda: after >= TURNS_AFTER)
    presses.stop()
    presses.deleteLater()


def done_since(hand: Hand, log: list[str]) -> list[str]:
    hand.settle()
    return [act for act in hand.ask(entered)[len(log) :] if act not in COMING_AND_GOING]


@pytest.mark.parametrize("repeats", [True, False], ids=["said to repeat", "not said to repeat"])
@pytest.mark.parametrize("kind", ["today.cancel", "chart.hold", "chart.history_end"])
def test_enter_held_from_the_log_in_does_no_act_of_a_sheet_that_comes_back(
    hand: Hand, kind: str, *, repeats: bool
) -> None:
    way = way_to(kind)
    hand.be(way.user)
    way.open(hand)
    assert way.field
    type_into(hand, way.field)
    hand.settle()
    log = hand.ask(entered)
    hand.lock()
    log_in_and_hold(hand, way.user, repeats=repeats, is_back=lambda: hand.sheet() is not None)
    assert hand.sheet() is not None
    assert done_since(hand, log) == []
    assert text_of(hand, way.field)
    let_go(hand)
    cast("QDialog", hand.sheet()).reject()


@pytest.mark.parametrize("repeats", [True, False], ids=["said to repeat", "not said to repeat"])
def test_enter_held_from_the_log_in_begins_no_line_of_today(hand: Hand, *, repeats: bool) -> None:
    hand.be("reyes")
    hand.go("today")
    table: Any = hand.page.table
    hand.pick(table, lambda line: line.planned is not None and line.planned.state == "planned")
    table.setFocus()
    hand.settle()
    log = hand.ask(entered)
    hand.lock()
    log_in_and_hold(
        hand, "reyes", repeats=repeats, is_back=lambda: hand.window.focusWidget() is hand.page.table
    )
    assert done_since(hand, log) == []
    let_go(hand)


def test_once_let_go_enter_does_again_what_it_does(hand: Hand) -> None:
    hand.be("reyes")
    hand.go("patients")
    hand.lock()
    log_in_and_hold(hand, "reyes", repeats=False, is_back=lambda: hand.window.stay is not None)
    way = QPushButton("Now", hand.page)
    pressed: list[bool] = []
    way.clicked.connect(lambda: pressed.append(True))
    way.show()
    QTest.keyPress(way, Qt.Key.Key_Space)
    QTest.keyRelease(way, Qt.Key.Key_Space)
    assert pressed == []
    let_go(hand)
    QTest.keyClick(way, Qt.Key.Key_Space)
    assert pressed == [True]
    way.deleteLater()


@pytest.fixture
def fields(qtbot: QtBot) -> QWidget:
    """A window with one thing of each kind, and the whole program listened to."""
    made = QWidget()
    qtbot.addWidget(made)
    HeldKeys(made)
    QLineEdit(made).setObjectName("line")
    QPlainTextEdit(made).setObjectName("text")
    QPushButton("Do it", made).setObjectName("button")
    made.show()
    return made


def repeat(widget: QWidget, key: Qt.Key, words: str) -> None:
    no = Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, no, words, True, 1))


def test_a_repeated_key_types_and_does_nothing_else(fields: QWidget) -> None:
    line, text = fields.findChild(QLineEdit), fields.findChild(QPlainTextEdit)
    way = fields.findChild(QPushButton)
    assert line is not None
    assert text is not None
    assert way is not None
    acts: list[str] = []
    line.returnPressed.connect(lambda: acts.append("line"))
    way.pressed.connect(lambda: acts.append("button"))
    repeat(line, Qt.Key.Key_Space, " ")
    repeat(line, Qt.Key.Key_A, "a")
    repeat(text, Qt.Key.Key_Return, "\r")
    repeat(text, Qt.Key.Key_Space, " ")
    for widget in (line, way):
        repeat(widget, Qt.Key.Key_Return, "\r")
    repeat(way, Qt.Key.Key_Space, " ")
    assert (line.text(), text.toPlainText(), acts) == (" a", "\n ", [])
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(way, Qt.Key.Key_Space)
    assert acts == ["line", "button"]


def test_while_somebody_logs_in_a_key_is_no_shortcut_either(fields: QWidget) -> None:
    held = fields.findChild(HeldKeys)
    way = fields.findChild(QPushButton)
    assert held is not None
    assert way is not None
    held.hold()
    asked = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "\r"
    )
    asked.ignore()
    QCoreApplication.sendEvent(way, asked)
    assert asked.isAccepted()
    held.hold_until(lambda: True)
    asked.ignore()
    QCoreApplication.sendEvent(way, asked)
    assert not asked.isAccepted()


def test_a_letter_typed_anew_while_all_comes_back_is_not_lost(fields: QWidget) -> None:
    keys, line = fields.findChild(HeldKeys), fields.findChild(QLineEdit)
    assert keys is not None
    assert line is not None
    keys.hold()
    QTest.keyClicks(line, "Half a")
    assert line.text() == "Half a"


def test_whoever_goes_on_with_another_key_where_all_stands_has_their_enter(fields: QWidget) -> None:
    """A search that somebody typed right after the log-in is read when they press Enter on it."""
    keys, line = fields.findChild(HeldKeys), fields.findChild(QLineEdit)
    assert keys is not None
    assert line is not None
    acts: list[str] = []
    line.returnPressed.connect(lambda: acts.append("line"))
    stands = False
    keys.hold()
    keys.hold_until(bool, stands=lambda: stands)
    QTest.keyClicks(line, "a")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert acts == [], "a sheet may still come up under it"
    stands = True
    QTest.keyClick(line, Qt.Key.Key_Control)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert acts == [], "nothing but Enter was pressed since"
    QTest.keyClicks(line, "b")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert acts == ["line"]


def test_enter_that_is_still_held_waits_though_another_key_was_pressed(fields: QWidget) -> None:
    keys, line = fields.findChild(HeldKeys), fields.findChild(QLineEdit)
    assert keys is not None
    assert line is not None
    acts: list[str] = []
    line.returnPressed.connect(lambda: acts.append("line"))
    keys.hold()
    QTest.keyPress(line, Qt.Key.Key_Return)
    keys.hold_until(bool, stands=lambda: True)
    QTest.keyClicks(line, "a")
    QTest.keyPress(line, Qt.Key.Key_Return)
    assert acts == []
    QTest.keyRelease(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert acts == ["line"]


def test_enter_presses_the_button_that_has_the_keyboard_once_however_long_it_is_held(hand: Hand) -> None:
    """On a page and in a sheet, where the toolkit presses with Space alone."""
    pressed: list[str] = []
    for parent in (hand.window, QDialog(hand.window)):
        button = QPushButton("Do it", parent)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: pressed.append("pressed"))
        for repeats, modifier in ((False, "No"), (True, "No"), (False, "Control")):
            chosen = getattr(Qt.KeyboardModifier, f"{modifier}Modifier")
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, chosen, "\r", repeats, 1)
            QCoreApplication.sendEvent(button, key)
        QCoreApplication.sendEvent(
            button, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
        )
        button.deleteLater()
    assert pressed == ["pressed"] * 2
