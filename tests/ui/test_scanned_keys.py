"""A code scanned where none is asked for presses, answers and confirms nothing; a person's keys do."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mnclinic.ui.keys import keyed
from mnclinic.ui.scanned_keys import PAUSE_MS, QUICK_MS, ScannedKeys

A_PERSONS_MS = 90
A_SCANNERS_MS = 3
LOT = "NAYLC-77"
SIGN_KEYS = {
    "\x1b": Qt.Key.Key_Escape,
    "\r": Qt.Key.Key_Return,
    "\t": Qt.Key.Key_Tab,
    " ": Qt.Key.Key_Space,
    "\x1d": Qt.Key.Key_BracketRight,
}


class Hearing(QWidget):
    """Something on which single letters act."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = ""
        self.home = QWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        self.heard += event.text()


@dataclass
class Keyboard:
    """Sends what the system sends: presses and ends of presses, each with its time."""

    window: QWidget
    at_ms: int = 100_000

    def send(self, kind: QEvent.Type, sign: str, *, repeats: bool = False) -> QKeyEvent:
        key = SIGN_KEYS.get(sign) or Qt.Key(ord(sign.upper()))
        held = Qt.KeyboardModifier.ControlModifier if sign == "\x1d" else Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(kind, key, held, sign, repeats, 1)
        event.setTimestamp(self.at_ms)
        handle = self.window.window().windowHandle()
        assert handle is not None
        QCoreApplication.sendEvent(handle, event)
        return event

    def press(self, sign: str, *, after_ms: int) -> None:
        self.at_ms += after_ms
        self.send(QEvent.Type.KeyPress, sign)
        self.send(QEvent.Type.KeyRelease, sign)

    def type(self, signs: str, *, every_ms: int = A_PERSONS_MS) -> None:
        for sign in signs:
            self.press(sign, after_ms=every_ms)

    def scan(self, signs: str) -> None:
        self.at_ms += 1000
        self.type(signs, every_ms=A_SCANNERS_MS)


@pytest.fixture
def hearing(qtbot: QtBot) -> Hearing:
    made = Hearing()
    shown = made.home
    QVBoxLayout(shown).addWidget(made)
    qtbot.addWidget(shown)
    ScannedKeys.of_program()
    shown.show()
    shown.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def beside(hearing: Hearing, made: QWidget, qtbot: QtBot) -> Keyboard:
    layout = hearing.window().layout()
    assert layout is not None
    layout.addWidget(made)
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return Keyboard(hearing)


@pytest.mark.parametrize("end", ["\r", "\t", ""])
@pytest.mark.parametrize("code", [LOT, "LOT 1 A", "010950600013435217\x1d10NAY", "+A123BJC5D6E71G", "ABC"])
def test_no_sign_of_a_code_is_heard(hearing: Hearing, qtbot: QtBot, code: str, end: str) -> None:
    keyboard = Keyboard(hearing)
    keyboard.scan(code + end)
    assert hearing.hasFocus(), "Tab at its end leads nowhere"
    keyboard.press("n", after_ms=PAUSE_MS + 1)
    qtbot.waitUntil(lambda: bool(hearing.heard))
    assert hearing.heard == "n", "the next key is a person's again"


@pytest.mark.parametrize("end", ["\r", "\t"])
def test_a_code_presses_no_button_and_chooses_nothing(hearing: Hearing, qtbot: QtBot, end: str) -> None:
    pressed: list[str] = []
    button = QPushButton("Sign")
    button.clicked.connect(lambda: pressed.append("button"))
    choice, rows = QComboBox(), QListWidget()
    choice.addItems(["Zero", "Number", "A", "Lot"])
    rows.addItems(["Zero", "Number", "A", "Lot"])
    rows.setCurrentRow(0)
    rows.itemActivated.connect(lambda: pressed.append("row"))
    for made in (button, choice, rows):
        beside(hearing, made, qtbot).scan(f"L 1 {LOT}{end}")
        assert made.hasFocus()
    assert (pressed, choice.currentText(), rows.currentRow()) == ([], "Zero", 0)
    assert not button.isDown()


def test_a_code_reaches_nothing_where_nothing_has_the_keyboard(hearing: Hearing, qtbot: QtBot) -> None:
    opened: list[str] = []
    keyed(hearing.window(), "Keys of this page", "7", lambda: opened.append("keys"))
    hearing.clearFocus()
    keyboard = Keyboard(hearing)
    keyboard.at_ms += 1000
    for sign in LOT:
        keyboard.at_ms += A_SCANNERS_MS
        asked = keyboard.send(QEvent.Type.ShortcutOverride, sign)
        # Whoever takes a key for its own keeps it from being a shortcut; of the first nobody knows yet.
        assert asked.isAccepted() or sign == LOT[0]
        keyboard.send(QEvent.Type.KeyPress, sign)
    assert (hearing.heard, opened) == ("", [])


def test_a_field_takes_a_code_as_it_takes_letters(hearing: Hearing, qtbot: QtBot) -> None:
    line = QLineEdit()
    entered: list[str] = []
    line.returnPressed.connect(lambda: entered.append(line.text()))
    beside(hearing, line, qtbot).scan(LOT + "\r")
    assert entered == [LOT]


@pytest.mark.parametrize("every_ms", [QUICK_MS + 1, A_PERSONS_MS, 400])
def test_no_key_of_a_person_is_lost_or_changes_its_place(
    hearing: Hearing, qtbot: QtBot, every_ms: int
) -> None:
    Keyboard(hearing).type("nnyau=nn c\r", every_ms=every_ms)
    qtbot.waitUntil(lambda: hearing.heard == "nnyau=nn c\r")


@pytest.mark.parametrize("signs", ["ny", "n", "n\r"])
def test_two_keys_that_are_rolled_off_are_both_heard(hearing: Hearing, qtbot: QtBot, signs: str) -> None:
    Keyboard(hearing).scan(signs)
    qtbot.waitUntil(lambda: hearing.heard == signs)


def test_space_presses_a_button_once_and_leaves_it_up(hearing: Hearing, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    button = QPushButton("Sign")
    button.clicked.connect(lambda: pressed.append(button.isDown()))
    beside(hearing, button, qtbot).press(" ", after_ms=500)
    qtbot.waitUntil(lambda: pressed == [False])
    assert not button.isDown()


def test_what_comes_after_the_key_that_waits_comes_after_it(hearing: Hearing, qtbot: QtBot) -> None:
    keyboard = Keyboard(hearing)
    keyboard.press("n", after_ms=500)
    keyboard.at_ms += 5
    keyboard.send(QEvent.Type.KeyPress, "\x1b")
    assert hearing.heard == "n\x1b"


def test_a_key_held_down_goes_on_and_a_code_whose_keys_stay_down_is_let_go(
    hearing: Hearing, qtbot: QtBot
) -> None:
    keyboard = Keyboard(hearing)
    keyboard.at_ms += 500
    keyboard.send(QEvent.Type.KeyPress, "n")
    qtbot.waitUntil(lambda: hearing.heard == "n")
    keyboard.at_ms += 400
    keyboard.send(QEvent.Type.KeyPress, "n", repeats=True)
    assert hearing.heard == "nn"
    # A scanner that presses all of a code before it lets go of anything.
    keyboard.at_ms += 1000
    for sign in LOT:
        keyboard.at_ms += A_SCANNERS_MS
        keyboard.send(QEvent.Type.KeyPress, sign)
    for sign in LOT:
        keyboard.send(QEvent.Type.KeyRelease, sign)
    assert hearing.heard == "nn"


def test_one_listens_however_many_ask(qapp: QApplication, qtbot: QtBot, hearing: Hearing) -> None:
    came: list[int] = []
    assert ScannedKeys.of_program() is ScannedKeys.of_program()
    assert len(qapp.findChildren(ScannedKeys)) == 1
    listens = ScannedKeys.of_program()
    listens.came.connect(lambda: came.append(1))
    Keyboard(hearing).scan(LOT + "\r")
    assert came == [1], "one code is told once"


def test_a_field_whose_list_of_what_may_be_meant_is_open_takes_a_code(hearing: Hearing, qtbot: QtBot) -> None:
    line = QLineEdit()
    meant = QCompleter([LOT + "-A", LOT + "-B"], line)
    line.setCompleter(meant)
    popup = meant.popup()
    assert popup is not None
    keyboard = beside(hearing, line, qtbot)
    keyboard.type(LOT[:2])
    qtbot.waitUntil(popup.isVisible)
    keyboard.type(LOT[2:], every_ms=A_SCANNERS_MS)
    qtbot.waitUntil(lambda: line.text() == LOT)
    popup.hide()


@pytest.mark.parametrize("signs", [" ", "n", "ny"])
def test_a_key_that_waits_is_of_what_had_the_keyboard_and_presses_nothing_else(
    hearing: Hearing, qtbot: QtBot, signs: str
) -> None:
    pressed: list[str] = []
    button = QPushButton("Sign")
    button.clicked.connect(lambda: pressed.append("signed"))
    line = QLineEdit()
    for made in (button, line):
        keyboard = beside(hearing, made, qtbot)
        hearing.setFocus()
        hearing.heard = ""
        keyboard.type(signs, every_ms=20)
        made.setFocus()
        qtbot.waitUntil(lambda: hearing.heard == signs)
    assert (pressed, line.text()) == ([], "")


def test_two_rolled_keys_act_where_the_first_of_them_leads(hearing: Hearing, qtbot: QtBot) -> None:
    line, first = QLineEdit(), QPushButton("Answer")
    beside(hearing, line, qtbot)
    first.clicked.connect(line.setFocus)
    beside(hearing, first, qtbot).type(" y", every_ms=20)
    qtbot.waitUntil(lambda: line.text() == "y")
