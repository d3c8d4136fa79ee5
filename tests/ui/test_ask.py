"""Passwords as they are typed, codes read back group by group, and sheets that ask for a password."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.documents.recovery_sheet import recovery_sheet_pdf
from mnclinic.errors import InvalidInput, Problem, Stopped, WrongCredentials
from mnclinic.security.recovery_code import GROUPS, read_recovery_code, recovery_code
from mnclinic.ui import key_file_place
from mnclinic.ui.ask_sheet import OWN_PASSWORD, AskSheet, Entry, Kind, Watch
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Field
from mnclinic.ui.key_file_place import KeyFilePlace
from mnclinic.ui.paper import page_images, print_pages
from mnclinic.ui.password_field import Names, PasswordField
from mnclinic.ui.read_back import ReadBack
from mnclinic.ui.sheet_size import ROOM_BESIDE_PX
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from tests.documents.reading import pages_of
from tests.services.clinic_builder import MONDAY

if TYPE_CHECKING:
    from mnclinic.services.session import OpenClinic

CODE = recovery_code(bytes(range(32)))
PARENTS: list[QWidget] = []
"""Windows that sheets lie over; a sheet goes with its window."""

PATIENCE_S = 30
GOOD = "amber lantern seven rivers"


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light")
    yield
    QGuiApplication.clipboard().clear()
    PARENTS.clear()


Shown = TypeVar("Shown", bound=QWidget)
Value = TypeVar("Value")


def shown(qtbot: QtBot, widget: Shown) -> Shown:
    qtbot.addWidget(widget)
    widget.show()
    return widget


def child(widget: QWidget, kind: type[Shown], name: str) -> Shown:
    found = widget.findChild(kind, name)
    assert found is not None, name
    return found


def test_the_strength_of_a_new_password_is_shown_as_it_is_typed(qtbot: QtBot) -> None:
    field = shown(
        qtbot, PasswordField("New password", "p", names=lambda: Names("Sampleton Skin Studio", ["okafor"]))
    )
    strength = child(field, QWidget, "p.strength")
    cast("Any", qtbot).keyClicks(field.edit, "amber")
    qtbot.waitUntil(lambda: "5 of 15 characters" in strength.accessibleName())
    field.edit.setText("sampleton skin studio okafor")
    qtbot.waitUntil(lambda: "Easily guessed" in strength.accessibleName())
    field.edit.setText(GOOD)
    qtbot.waitUntil(lambda: "Strong" in strength.accessibleName())


def test_a_password_is_pasted_whole_hidden_and_shown_only_on_demand(qtbot: QtBot) -> None:
    field = shown(qtbot, PasswordField("Password", "p"))
    data = QMimeData()
    data.setText(GOOD * 3)
    QGuiApplication.clipboard().setMimeData(data)
    field.edit.setFocus()
    cast("Any", qtbot).keySequence(field.edit, QKeySequence(QKeySequence.StandardKey.Paste))
    assert field.text() == GOOD * 3
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password
    show = child(field, QPushButton, "p.show")
    assert show.focusPolicy() & Qt.FocusPolicy.TabFocus, "it can be reached by the keyboard"
    show.click()
    assert field.edit.echoMode() == QLineEdit.EchoMode.Normal
    field.clear()
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password


@pytest.mark.parametrize("brought", ["\n", "\r\n", "\n\n"])
def test_a_line_break_that_a_paste_brings_is_no_part_of_the_password(qtbot: QtBot, brought: str) -> None:
    for line in (
        shown(qtbot, PasswordField("Password", "p")).edit,
        child(sign_sheet(qtbot, None), QLineEdit, "sign_sheet.password"),
    ):
        QGuiApplication.clipboard().setText(GOOD + brought)
        line.paste()
        assert line.text() == GOOD


def test_a_weak_password_is_told_beside_the_field_without_repeating_it(qtbot: QtBot) -> None:
    field = shown(qtbot, PasswordField("New password", "p", names=lambda: Names("Sampleton", ())))
    field.edit.setText("password password")
    assert not field.check()
    assert "others would try" in field.edit.accessibleDescription()
    assert "password password" not in field.edit.accessibleDescription()
    field.edit.setText(GOOD)
    assert field.check()


def boxes_of(qtbot: QtBot) -> ReadBack:
    return shown(qtbot, ReadBack("code", GROUPS, read_recovery_code))


def test_a_code_typed_group_by_group_moves_on_by_itself(qtbot: QtBot, qapp: QApplication) -> None:
    boxes = boxes_of(qtbot)
    boxes.activateWindow()
    boxes.boxes[0].setFocus()
    qtbot.waitUntil(boxes.boxes[0].hasFocus)
    for character in "".join(CODE).lower():
        cast("Any", qtbot).keyClicks(qapp.focusWidget(), character)
    assert boxes.is_complete()
    assert boxes.code() == "-".join(CODE)


def test_a_code_that_a_scanner_types_with_dashes_lands_in_its_boxes(qtbot: QtBot, qapp: QApplication) -> None:
    boxes = boxes_of(qtbot)
    boxes.activateWindow()
    boxes.boxes[0].setFocus()
    qtbot.waitUntil(boxes.boxes[0].hasFocus)
    for character in "-".join(CODE):
        cast("Any", qtbot).keyClicks(qapp.focusWidget(), character)
    assert boxes.is_complete()


@pytest.mark.parametrize("place", [0, 5])
def test_a_whole_code_pasted_into_any_box_fills_them_all(qtbot: QtBot, place: int) -> None:
    boxes = boxes_of(qtbot)
    QGuiApplication.clipboard().setText(" ".join(CODE))
    box = boxes.boxes[place]
    box.setFocus()
    cast("Any", qtbot).keySequence(box, QKeySequence(QKeySequence.StandardKey.Paste))
    assert boxes.is_complete()


def test_the_mistyped_group_is_named_and_those_still_empty_are_not(qtbot: QtBot) -> None:
    boxes = boxes_of(qtbot)
    for place, group in enumerate(CODE[:4]):
        boxes.boxes[place].setText("")
        cast("Any", qtbot).keyClicks(boxes.boxes[place], "AAAAA" if place == 2 else group)
    told = boxes.findChild(QWidget, "code.told")
    assert cast("Any", told).text() == "Group 3 is mistyped. Compare it with the sheet."
    assert boxes.boxes[2].accessibleDescription() == "mistyped"
    assert boxes.boxes[1].accessibleDescription() == "reads right"
    assert not boxes.is_complete()


def test_several_mistyped_groups_are_named_in_one_sentence(qtbot: QtBot) -> None:
    boxes = boxes_of(qtbot)
    for place, group in enumerate(CODE):
        cast("Any", qtbot).keyClicks(boxes.boxes[place], "AAAAA" if place in {2, 4} else group)
    told = boxes.findChild(QWidget, "code.told")
    assert cast("Any", told).text() == "Mistyped: groups 3, 5. Compare them with the paper."


def test_a_mistyped_group_is_typed_over_and_backspace_goes_back_into_the_one_before(
    qtbot: QtBot, qapp: QApplication
) -> None:
    boxes = boxes_of(qtbot)
    boxes.activateWindow()
    boxes.boxes[0].setFocus()
    qtbot.waitUntil(boxes.boxes[0].hasFocus)

    def type_it(text: str) -> None:
        for character in text:
            cast("Any", qtbot).keyClicks(qapp.focusWidget(), character)

    def back() -> None:
        cast("Any", qtbot).keyClick(qapp.focusWidget(), Qt.Key.Key_Backspace)

    type_it(CODE[0] + CODE[1][:4] + "X")
    back()
    assert (boxes.boxes[1].hasFocus(), boxes.boxes[1].text()) == (True, CODE[1][:4])
    type_it(CODE[1][4:] + CODE[2] + "AAAAA" + "".join(CODE[4:]))
    boxes.boxes[0].setFocus()
    back()
    type_it(CODE[0][-1])
    assert boxes.boxes[3].hasFocus()
    type_it(CODE[3])
    assert boxes.is_complete()


def test_whoever_goes_on_with_a_mistyped_group_is_told_which_and_types_it_again(
    qtbot: QtBot, qapp: QApplication
) -> None:
    boxes = boxes_of(qtbot)
    boxes.activateWindow()
    for box, group in zip(boxes.boxes, CODE, strict=True):
        box.setText(group)
    third = boxes.boxes[2]
    third.setText(CODE[2][:-1] + ("2" if CODE[2][-1] != "2" else "3"))
    boxes.boxes[-1].setFocus()
    boxes.show_problem("Type every group from the paper first.")
    assert boxes._told.text() == "Group 3 is mistyped. Compare it with the sheet."
    qtbot.waitUntil(third.hasFocus)
    cast("Any", qtbot).keyClicks(qapp.focusWidget(), CODE[2])
    assert boxes.is_complete()
    boxes.boxes[4].setText("")
    boxes.show_problem("Type every group from the paper first.")
    assert boxes._told.text() == "Type every group from the paper first."
    qtbot.waitUntil(boxes.boxes[4].hasFocus)


def sheet_of(qtbot: QtBot, *entries: Entry, facts: int = 1) -> AskSheet:
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    PARENTS.append(window)
    sheet = AskSheet(
        window, name="ask", title="An act", facts=["What happens."] * facts, entries=entries, action="Do it"
    )
    sheet.open()
    return sheet


def test_whoever_pressed_the_button_sees_the_last_field_whole_while_the_act_is_under_way(
    qtbot: QtBot,
) -> None:
    sheet = sheet_of(qtbot, Entry("reason", "Why?"), facts=30)
    own = child(sheet, QLineEdit, f"ask.{OWN_PASSWORD}")
    scrolled = sheet._scrolled
    qtbot.waitUntil(lambda: scrolled.maximum() > 0)
    scrolled.setValue(scrolled.maximum())
    most = scrolled.maximum()
    sheet.watched("Doing it")
    qtbot.waitUntil(lambda: scrolled.maximum() > most)
    assert own.visibleRegion().boundingRect() == own.rect()


def is_seen(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()


def refused_at_the_end(qtbot: QtBot, refusal: Exception) -> AskSheet:
    """A sheet that is longer than its room, refused while the keyboard is in its last field."""
    notes = [f"note_{number}" for number in range(12)]
    sheet = sheet_of(qtbot, Entry("user", "User"), *(Entry(note, "Note") for note in notes))
    for name in ("user", *notes, OWN_PASSWORD):
        child(sheet, QLineEdit, f"ask.{name}").setText(GOOD)
    scrolled = sheet._scrolled
    qtbot.waitUntil(lambda: scrolled.maximum() > 0)
    child(sheet, QLineEdit, f"ask.{OWN_PASSWORD}").setFocus()
    scrolled.setValue(scrolled.maximum())
    most = scrolled.maximum()
    sheet.watched("Doing it")
    qtbot.waitUntil(lambda: scrolled.maximum() > most)
    sheet.show_refusal(refusal)
    return sheet


LONG = "This was not done, and nothing was changed. Correct what is marked below and try again. " * 2


def test_a_sheet_grows_with_what_it_refuses_and_stays_within_its_window(qtbot: QtBot) -> None:
    sheet = sheet_of(qtbot, Entry("user", "User"), Entry("reason", "Why?"))
    sheet.move(200, 150)
    before, middle = sheet.height(), sheet.geometry().center().y()
    assert sheet._scrolled.maximum() == 0
    problems = [Problem("user", LONG), Problem("reason", LONG)]
    sheet.show_refusal(InvalidInput("Not done.", problems))
    qtbot.waitUntil(lambda: sheet.height() > before and sheet._scrolled.maximum() == 0)
    told = [cast("Field", sheet._fields[name]).problem for name in ("user", "reason")]
    qtbot.waitUntil(lambda: all(map(is_seen, told)))
    assert abs(sheet.geometry().center().y() - middle) <= 1, "it grows to both sides"
    grown = sheet.height()
    sheet.show_refusal(InvalidInput("Not done.", [Problem("nowhere", LONG * 12)]))
    window = PARENTS[-1]
    qtbot.waitUntil(lambda: sheet._scrolled.maximum() > 0)
    qtbot.waitUntil(lambda: sheet.height() == window.height() - ROOM_BESIDE_PX)
    assert grown < sheet.height()
    assert window.y() <= sheet.y() <= window.y() + ROOM_BESIDE_PX
    sheet.show_refusal(InvalidInput("Not done.", []))
    qtbot.waitUntil(lambda: sheet._scrolled.maximum() == 0)
    assert sheet.height() == window.height() - ROOM_BESIDE_PX, "no lower under the mouse"


def test_a_sheet_for_a_signature_grows_with_what_it_tells(qtbot: QtBot) -> None:
    sheet = sign_sheet(qtbot, None, height_px=700)
    before = sheet.height()
    sheet.show_refusal(InvalidInput(LONG))
    qtbot.waitUntil(lambda: sheet.height() > before)
    qtbot.waitUntil(lambda: sheet._scroller.verticalScrollBar().maximum() == 0)
    qtbot.waitUntil(lambda: is_seen(sheet._field.problem))


def test_a_field_that_is_refused_comes_into_sight_on_a_long_sheet(qtbot: QtBot) -> None:
    what = "There is a user named reyes."
    sheet = refused_at_the_end(qtbot, InvalidInput(f"{what} Not added.", [Problem("user", what)]))
    user = child(sheet, QLineEdit, "ask.user")
    qtbot.waitUntil(lambda: is_seen(user))
    assert user.accessibleDescription() == what
    before = sheet._scrolled.maximum()
    sheet._fields["user"].show_problem("")
    qtbot.waitUntil(lambda: sheet._scrolled.maximum() < before)
    assert is_seen(user), "nor does the page go back to its end when it is corrected"


def test_what_no_field_is_named_for_is_said_beside_the_password_where_the_banner_is_scrolled_away(
    qtbot: QtBot,
) -> None:
    sheet = refused_at_the_end(qtbot, WrongCredentials())
    own = child(sheet, QLineEdit, f"ask.{OWN_PASSWORD}")
    qtbot.waitUntil(lambda: own.accessibleDescription() == WrongCredentials().sentence)
    qtbot.waitUntil(lambda: is_seen(own))


def test_that_it_was_stopped_comes_into_sight_on_a_long_sheet(qtbot: QtBot) -> None:
    sheet = refused_at_the_end(qtbot, Stopped("Stopped, as you asked."))
    qtbot.waitUntil(lambda: is_seen(sheet._banner))


def press(qtbot: QtBot, sheet: QWidget, name: str) -> None:
    wanted = sheet.findChild(QPushButton, name)
    assert wanted is not None
    cast("Any", qtbot).mouseClick(wanted, Qt.MouseButton.LeftButton)


def test_a_sheet_asks_for_everything_and_hands_it_over_with_ones_own_password(qtbot: QtBot) -> None:
    sheet = sheet_of(qtbot, Entry("reason", "Why?"), Entry("note", "Note", is_optional=True))
    given: list[dict[str, str]] = []
    sheet.confirmed.connect(given.append)
    press(qtbot, sheet, "ask.confirm")
    reason = child(sheet, QLineEdit, "ask.reason")
    assert (given, reason.accessibleDescription()) == ([], "Fill this in.")
    reason.setText("moved away")
    child(sheet, QLineEdit, f"ask.{OWN_PASSWORD}").setText(GOOD)
    press(qtbot, sheet, "ask.confirm")
    assert given == [{"reason": "moved away", "note": "", OWN_PASSWORD: GOOD}]
    press(qtbot, sheet, "ask.confirm")
    assert len(given) == 1, "once is enough while it is being done"


def test_a_refusal_stands_beside_the_field_it_names_and_what_was_typed_stays(qtbot: QtBot) -> None:
    sheet = sheet_of(qtbot, Entry("user", "User"), Entry("password", "First password", Kind.NEW_PASSWORD))
    child(sheet, QLineEdit, "ask.user").setText("reyes")
    child(sheet, QLineEdit, f"ask.{OWN_PASSWORD}").setText(GOOD)
    sheet.show_refusal(InvalidInput("Not added.", [Problem("user", "There is a user named reyes.")]))
    user = child(sheet, QLineEdit, "ask.user")
    assert (user.text(), user.accessibleDescription()) == ("reyes", "There is a user named reyes.")
    sheet.show_refusal(WrongCredentials())
    assert child(sheet, QLineEdit, f"ask.{OWN_PASSWORD}").text() == ""
    assert user.text() == "reyes"


@pytest.mark.parametrize("kind", [Kind.LINE, Kind.TEXT])
def test_what_was_wrong_with_a_field_goes_when_it_is_typed_anew(qtbot: QtBot, kind: Kind) -> None:
    sheet = sheet_of(qtbot, Entry("reason", "Reason", kind))
    press(qtbot, sheet, "ask.confirm")
    reason = child(sheet, QWidget, "ask.reason")
    assert reason.accessibleDescription() == "Fill this in."
    QTest.keyClicks(reason, "a")
    assert reason.accessibleDescription() == ""


def test_the_keyboard_goes_to_the_first_field_that_is_refused_and_its_sentence_stands_there_once(
    qtbot: QtBot,
) -> None:
    sheet = sheet_of(qtbot, Entry("user", "User"), Entry("reason", "Why?"), Entry("note", "Note"))
    child(sheet, QPushButton, "ask.confirm").setFocus()
    what = "Give the reason why the access ends."
    sheet.show_refusal(InvalidInput(f"{what} Nothing was changed.", [Problem("reason", what)]))
    reason = child(sheet, QLineEdit, "ask.reason")
    assert (sheet.focusWidget(), reason.accessibleDescription()) == (reason, what)
    assert [one.text() for one in sheet._banner.findChildren(QLabel) if one.text()] == [
        "Nothing was changed."
    ]


def test_while_an_act_is_under_way_cancel_has_the_keyboard_and_the_button_has_it_again_after_a_stop(
    qtbot: QtBot,
) -> None:
    sheet = sheet_of(qtbot, Entry("reason", "Why?"))
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    sheet.confirmed.connect(lambda _values: sheet.watched("Doing it"))
    child(sheet, QLineEdit, "ask.reason").setText("moved away")
    child(sheet, QLineEdit, f"ask.{OWN_PASSWORD}").setText(GOOD)
    confirm = child(sheet, QPushButton, "ask.confirm")
    confirm.setFocus()
    press(qtbot, sheet, "ask.confirm")
    assert child(sheet, QPushButton, "ask.progress.cancel").hasFocus()
    assert not confirm.isEnabled()
    sheet.show_refusal(Stopped("It was stopped. Nothing was changed."))
    assert confirm.hasFocus()


class Stick:
    """Stands where the desk keeps a person's key file: a name that is needed and where it may lie."""

    def __init__(self, place: Path | None) -> None:
        self.name = "mnclinic-signing-0a1b2c3d.key"
        self.place = place

    def look(self, typed: str, *, owner: object, done: Callable[[str, bool], None]) -> None:
        del owner
        place = Path(typed) if typed else self.place
        done(str(place or ""), place is not None and place.is_file())

    def remember(self, file: Path | None) -> None:
        self.place = file


def sign_sheet(qtbot: QtBot, stick: Stick | None, *, height_px: int | None = None) -> SignSheet:
    window = QWidget()
    if height_px is not None:
        window.resize(1000, height_px)
    qtbot.addWidget(window)
    window.show()
    PARENTS.append(window)
    sheet = SignSheet(
        window,
        title="Sign",
        who="T. Reyes, RN",
        statement="I performed this.",
        what=["V-000001"],
        action="Sign",
        key_file=cast("KeyFilePlace | None", stick),
    )
    sheet.open()
    return sheet


def test_a_signature_with_a_second_factor_says_plainly_that_the_key_file_is_absent(
    qtbot: QtBot, tmp_path: Path
) -> None:
    stick = Stick(None)
    sheet = sign_sheet(qtbot, stick)
    given: list[str] = []
    sheet.confirmed.connect(lambda password, _reason: given.append(password))
    assert sheet.place.isVisible()
    assert "Plug in the stick" in sheet.place.accessibleDescription()
    child(sheet, QLineEdit, "sign_sheet.password").setText(GOOD)
    press(qtbot, sheet, "sign_sheet.confirm")
    assert given == []
    key = tmp_path / stick.name
    key.write_text("{}")
    stick.place = key
    press(qtbot, sheet, "sign_sheet.confirm")
    assert given == [GOOD]
    assert stick.place == key


class HangingSticks:
    """Sticks on which a look takes until it is let go on, as with a network folder that is away."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: Path | None = None
        self.go_on, self.looks = threading.Event(), 0
        monkeypatch.setattr(key_file_place, "find_key_file", lambda *_given: self._wait(self.found))
        monkeypatch.setattr(key_file_place, "is_file", lambda place: self._wait(place.is_file()))

    def _wait(self, value: Value) -> Value:
        self.looks += 1
        assert self.go_on.wait(PATIENCE_S)
        return value


@pytest.fixture
def sticks(monkeypatch: pytest.MonkeyPatch) -> Iterator[HangingSticks]:
    made = HangingSticks(monkeypatch)
    yield made
    made.go_on.set()


@pytest.fixture
def runner(sticks: HangingSticks) -> Iterator[TaskRunner]:
    made = TaskRunner("sticks")
    yield made
    sticks.go_on.set()
    made.close()


class Enrolled(KeyFilePlace):
    """The place of somebody who signs with a key file."""

    name = "mnclinic-signing-0a1b2c3d.key"


def test_a_stick_that_hangs_holds_up_no_sheet_and_cancel_gives_it_back(
    qtbot: QtBot, tmp_path: Path, sticks: HangingSticks, runner: TaskRunner
) -> None:
    key = tmp_path / "lind.key"
    key.write_text("{}")
    place = Enrolled(cast("OpenClinic", None), runner)
    sheet = sign_sheet(qtbot, cast("Stick", place))
    given: list[str] = []
    sheet.confirmed.connect(lambda password, _reason: given.append(password))
    qtbot.waitUntil(lambda: sticks.looks == 1)
    assert sheet.place.placeholderText() == "Looking on the sticks …"
    assert sheet.place.accessibleDescription() == "", "nobody knows yet that it is absent"
    sheet.place.setText(str(key))
    child(sheet, QLineEdit, "sign_sheet.password").setText(GOOD)
    press(qtbot, sheet, "sign_sheet.confirm")
    qtbot.waitUntil(lambda: sticks.looks == 2, timeout=PATIENCE_S * 1000)
    assert child(sheet, QLabel, "sign_sheet.progress.words").text() == "Looking for your key file"
    press(qtbot, sheet, "sign_sheet.progress.cancel")
    confirm = child(sheet, QPushButton, "sign_sheet.confirm")
    assert (confirm.isEnabled(), sheet.isVisible(), sheet._progress.isVisible()) == (True, True, False)
    assert child(sheet, QLineEdit, "sign_sheet.password").text() == GOOD
    sticks.go_on.set()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert given == [], "what came of the look that was given up is dropped"
    assert sheet.place.text() == str(key), "what was typed while the sticks were looked at stays"
    press(qtbot, sheet, "sign_sheet.confirm")
    qtbot.waitUntil(lambda: given == [GOOD])
    assert place.place == key


def test_what_is_found_on_a_stick_once_its_sheet_has_gone_is_dropped(
    qtbot: QtBot, tmp_path: Path, sticks: HangingSticks, runner: TaskRunner
) -> None:
    sheet = sign_sheet(qtbot, cast("Stick", Enrolled(cast("OpenClinic", None), runner)))
    qtbot.waitUntil(lambda: sticks.looks == 1)
    with qtbot.waitSignal(sheet.destroyed):
        sheet.reject()
    sticks.found = tmp_path / "lind.key"
    sticks.go_on.set()
    qtbot.waitUntil(lambda: not runner.is_busy)


def test_a_look_that_hangs_holds_up_neither_the_end_nor_another_look(
    qtbot: QtBot, sticks: HangingSticks, runner: TaskRunner
) -> None:
    place = Enrolled(cast("OpenClinic", None), runner)
    place.look("", owner=runner, done=lambda _place, _is_there: None)
    place.look("", owner=runner, done=lambda _place, _is_there: None)
    qtbot.waitUntil(lambda: sticks.looks == 2)
    assert runner.has_rest(0), "nobody waits for a look"
    assert not runner.close(0), "the process has to be ended with it"


def test_a_signature_without_a_second_factor_shows_no_key_file(qtbot: QtBot) -> None:
    assert not sign_sheet(qtbot, None).place.isVisible()


def test_a_signature_can_be_stopped_from_the_keyboard_until_its_key_is_open(qtbot: QtBot) -> None:
    sheet = sign_sheet(qtbot, None)
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    confirm = child(sheet, QPushButton, "sign_sheet.confirm")
    password = child(sheet, QLineEdit, "sign_sheet.password")
    desk = Held()
    sheet.confirmed.connect(
        lambda typed, _reason: sheet.carry_out(cast("Desk", desk), lambda *_: None, typed, lambda _: None)
    )
    password.setText(GOOD)
    confirm.setFocus()
    press(qtbot, sheet, "sign_sheet.confirm")
    assert child(sheet, QPushButton, "sign_sheet.progress.cancel").hasFocus()
    assert desk.watch("checking the password", 0, 0)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert not desk.watch("storing it", 0, 0)
    desk.failed(Stopped("Stopped, as you asked. Nothing half-done was kept."))
    assert sheet._banner.accessibleName() == "Stopped, as you asked. Nothing half-done was kept."
    assert (confirm.isEnabled(), password.text(), password.accessibleDescription()) == (True, "", "")
    password.setText(GOOD)
    press(qtbot, sheet, "sign_sheet.confirm")
    assert desk.watch("storing it", 0, 0)
    qtbot.waitUntil(lambda: not child(sheet, QPushButton, "sign_sheet.progress.cancel").isEnabled())
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert desk.watch("", 0, 0), "the key is open, so it goes on"


class Held:
    """Stands where the desk is: keeps what would be called from the store's thread."""

    def sign(
        self,
        _job: object,
        _password: str,
        *,
        owner: QObject,
        done: object,
        failed: Callable[[Exception], None],
        watch: Watch,
    ) -> None:
        del owner, done
        self.watch, self.failed = watch, failed


def test_a_secret_page_is_printed_from_memory_as_it_is_saved(qtbot: QtBot, tmp_path: Path) -> None:
    pdf = recovery_sheet_pdf(clinic_name="Sampleton", groups=list(CODE), made_at=MONDAY, vault="v" * 8)
    page = page_images(pdf, dpi=60)[0]
    assert (page.width(), page.height()) == (510, 660)
    ink = sum(page.pixelColor(x, y).lightness() < 128 for x in range(0, 510, 2) for y in range(0, 660, 2))
    assert ink > 500, "it is not empty"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    assert print_pages(pdf, printer)
    assert len(pages_of((tmp_path / "paper.pdf").read_bytes())) == 1


def test_what_a_signature_lacks_is_said_in_sight_however_much_is_signed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 420)
    window.show()
    sheet = SignSheet(
        window,
        title="Sign",
        who="T. Reyes, RN",
        statement="I performed this.",
        what=[f"Area {number}: 1.25 mm" for number in range(20)],
        action="Sign",
    )
    sheet.open()
    press(qtbot, sheet, "sign_sheet.confirm")
    said = sheet._field.problem
    assert said.text()
    qtbot.waitUntil(lambda: said.visibleRegion().boundingRect().height() == said.height())


def test_the_password_of_a_signature_is_seen_whole_at_once_with_large_words(
    qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, "light", 2.0)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    sheet = SignSheet(
        window,
        title="Sign",
        who="T. Reyes, RN",
        statement="I performed this treatment as recorded here, and the record is true to my knowledge.",
        what=[
            f"Cheek, left side: 1.25 mm × {number}, pinpoint bleeding (last time: 1.00)"
            for number in range(9)
        ],
        action="Sign",
    )
    sheet.open()
    password = child(sheet, QLineEdit, "sign_sheet.password")
    qtbot.waitUntil(lambda: password.visibleRegion().boundingRect().height() == password.height())
    apply_theme(qapp, "light")


def _enter(line: QLineEdit, *, at_ms: int = 0, is_held: bool = False, sign: str = "") -> None:
    """Press Enter, or type a sign, at a moment that the system stamps on the key."""
    key = Qt.Key.Key_A if sign else Qt.Key.Key_Return
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign or "\r", is_held)
    event.setTimestamp(at_ms)
    QApplication.sendEvent(line, event)


def _plain(qtbot: QtBot, *entries: Entry, kind: str = "primary") -> tuple[AskSheet, list[object]]:
    window = shown(qtbot, QWidget())
    PARENTS.append(window)
    sheet = AskSheet(
        window,
        name="ask",
        title="An act",
        facts=[],
        entries=entries,
        action="Do it",
        kind=kind,
        asks_password=False,
    )
    given: list[object] = []
    sheet.confirmed.connect(given.append)
    sheet.open()
    return sheet, given


def test_enter_in_a_line_of_a_plain_sheet_does_what_its_button_does(qtbot: QtBot) -> None:
    sheet, given = _plain(
        qtbot, Entry("count", "How many"), Entry("who", "Who"), Entry("said", "Said", Kind.TEXT)
    )
    count, who = (child(sheet, QLineEdit, f"ask.{name}") for name in ("count", "who"))
    said = child(sheet, QPlainTextEdit, "ask.said")
    count.setText("5")
    _enter(count)
    assert given == []
    assert cast("Field", sheet._fields["who"]).problem.text() == "Fill this in."
    assert sheet.focusWidget() is who, "it leads to what is missing"
    who.setText("R. Frontley")
    said.setFocus()
    cast("Any", qtbot).keyClicks(said, "One")
    QTest.keyClick(said, Qt.Key.Key_Return)
    cast("Any", qtbot).keyClicks(said, "two")
    assert given == [], "in words of several lines it begins another one"
    who.setFocus()
    _enter(who)
    assert given == [{"count": "5", "who": "R. Frontley", "said": "One\ntwo"}]
    _enter(who)
    assert len(given) == 1, "once, while it is done"


def test_an_enter_that_is_held_or_ends_a_scanned_code_does_nothing_in_a_sheet(qtbot: QtBot) -> None:
    sheet, given = _plain(qtbot, Entry("lot", "Lot"))
    line = child(sheet, QLineEdit, "ask.lot")
    _enter(line, at_ms=5_000, sign="a")
    _enter(line, at_ms=5_010)
    assert given == [], "a scanner's"
    _enter(line, at_ms=6_000, is_held=True)
    assert given == [], "it opened the sheet and is still down"
    _enter(line, at_ms=7_000)
    assert given == [{"lot": "a"}]


@pytest.mark.parametrize("kind", ["danger", "password"])
def test_a_dangerous_act_and_one_that_takes_a_password_are_not_done_by_enter_in_a_line(
    qtbot: QtBot, kind: str
) -> None:
    if kind == "danger":
        sheet, given = _plain(qtbot, Entry("reason", "Why?"), kind=kind)
    else:
        sheet, given = sheet_of(qtbot, Entry("reason", "Why?")), []
        sheet.confirmed.connect(given.append)
        child(sheet, QLineEdit, f"ask.{OWN_PASSWORD}").setText(GOOD)
    line = child(sheet, QLineEdit, "ask.reason")
    line.setText("A reason")
    _enter(line)
    assert given == []
    assert not sheet._is_busy


def test_enter_in_a_password_of_a_plain_sheet_does_the_act_once(qtbot: QtBot) -> None:
    sheet, given = _plain(qtbot, Entry("password", "Their password of then", Kind.PASSWORD))
    sheet.confirmed.connect(lambda _values: sheet.set_busy(False))
    line = child(sheet, QLineEdit, "ask.password")
    line.setText(GOOD)
    line.setFocus()
    _enter(line)
    assert given == [{"password": GOOD}]
