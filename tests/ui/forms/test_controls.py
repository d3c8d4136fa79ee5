"""Controls of a form keep what they are given, and what is typed into them is kept by the form alone."""

from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.forms.builder import FieldSet
from mnclinic.ui.forms.controls import ChoiceControl, LineControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.fields import Field, Kind, Option
from mnclinic.ui.forms.parts import Form
from mnclinic.ui.forms.several import SeveralControl
from mnclinic.ui.lock.fields import read_typed
from mnclinic.ui.theme import apply_theme

SLOW_MS = 700
"""Longer than any list waits for the next letter."""


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    apply_theme(qapp, "light")


def test_what_a_form_keeps_is_not_kept_with_the_screen_as_well(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    drafted, plain = LineControl("mm"), QLineEdit()
    for field, name in ((drafted, "drafted"), (plain, "plain")):
        field.setParent(page)
        field.setObjectName(name)
        field.insert("half a wo")
        field.setModified(True)
    assert list(read_typed(page)) == ["plain#0"]


def test_a_code_that_nobody_offers_any_more_stays_chosen_and_is_shown(qtbot: QtBot) -> None:
    choice = ChoiceControl("Not chosen yet", [Option("LOT-1", "Lot 1")])
    qtbot.addWidget(choice)
    choice.show_text("LOT-9")
    assert choice.text() == "LOT-9"
    assert choice.currentText() == "LOT-9"
    choice.offer((Option("LOT-2", "Lot 2"),))
    assert choice.text() == "LOT-9"
    choice.show_text("")
    assert choice.currentText() == "Not chosen yet"


def test_showing_the_text_that_stands_there_keeps_the_cursor(qtbot: QtBot) -> None:
    line = LineControl()
    qtbot.addWidget(line)
    line.show_text("half a word")
    line.setCursorPosition(4)
    line.show_text("half a word")
    assert line.cursorPosition() == 4
    line.show_text("half")
    assert line.cursorPosition() == 4


def test_words_that_have_no_room_in_a_list_end_in_dots_and_the_mouse_shows_them_whole(qtbot: QtBot) -> None:
    lots = (Option("DEMO-C1", "DEMO-C1 · cartridge, 14 needles · expires 2027-09-19"),)
    chosen = ChoiceControl("Not chosen yet", lots)
    qtbot.addWidget(chosen)
    chosen.show_text("DEMO-C1")
    chosen.resize(200, 36)
    chosen.show()
    assert chosen.shown_words().endswith("…")
    assert chosen.fontMetrics().horizontalAdvance(chosen.shown_words()) < chosen.width()
    assert chosen.toolTip() == lots[0].words
    narrow = chosen.grab().toImage()
    chosen.resize(900, 36)
    assert chosen.shown_words() == lots[0].words
    assert narrow != chosen.grab().toImage().copy(0, 0, 200, 36)


def type_in(choice: ChoiceControl, letters: str) -> None:
    keys: Any = QTest
    keys.keyClicks(choice, letters)


AREAS = tuple(Option(one.lower(), one) for one in ("Forehead", "Cheek", "Nose", "Chin", "Upper lip"))


def test_letters_typed_in_one_go_find_their_entry_on_a_computer_that_is_slow_with_each(qtbot: QtBot) -> None:
    choice = ChoiceControl("Not chosen yet", AREAS)
    qtbot.addWidget(choice)
    for letter in "chi":
        type_in(choice, letter)
        # Painting what followed from a letter takes this long; the next one is waiting meanwhile.
        QTest.qSleep(SLOW_MS)
    assert choice.text() == "chin"


def test_after_a_pause_letters_begin_a_word_anew_and_the_same_letter_goes_to_the_next(qtbot: QtBot) -> None:
    choice = ChoiceControl("Not chosen yet", AREAS)
    qtbot.addWidget(choice)
    type_in(choice, "c")
    assert choice.text() == "cheek"
    type_in(choice, "c")
    assert choice.text() == "chin"
    type_in(choice, "c")
    assert choice.text() == "cheek"
    type_in(choice, "x")
    assert choice.text() == "cheek", "letters that begin no entry change nothing"
    qtbot.waitUntil(lambda: not choice.letters)
    type_in(choice, "N")
    assert choice.text() == "nose"


def three(qtbot: QtBot) -> SeveralControl:
    options = (Option("new_area", "New area"), Option("new_drug", "New drug"), Option("other", "This & that"))
    control = SeveralControl(options, "rules.renew")
    qtbot.addWidget(control)
    return control


def test_several_codes_are_ticked_in_words_and_told_in_the_order_of_the_list(qtbot: QtBot) -> None:
    control, told = three(qtbot), list[str]()
    control.typed.connect(told.append)
    control.show_text("new_drug")
    assert told == [], "what is shown was ticked by nobody"
    control.boxes["new_area"].click()
    control.boxes["new_drug"].click()
    assert told == ["new_area, new_drug", "new_area"]
    assert [box.text() for box in control.boxes.values()] == ["New area", "New drug", "This && that"]


def test_a_code_without_a_box_gets_one_and_is_not_lost_with_the_next_tick(qtbot: QtBot) -> None:
    control = three(qtbot)
    control.setAccessibleName("A new exam after")
    control.show_text("moonrise, other")
    control.boxes["new_area"].click()
    assert control.text() == "new_area, other, moonrise"
    assert control.boxes["moonrise"].text() == "moonrise"
    assert {box.accessibleDescription() for box in control.boxes.values()} == {"A new exam after"}
    control.show_text("")
    assert control.text() == ""


def test_the_keyboard_goes_through_all_boxes_before_the_field_behind_them(qtbot: QtBot) -> None:
    boxes = Field("a", "Renewed after", "renewed", Kind.SEVERAL, options=(Option("x", "X"), Option("y", "Y")))
    fields = (Field("before", "Before", "before"), boxes, Field("behind", "Behind", "behind"))
    made = FieldSet(fields, Editing(Form(()), (), None))
    qtbot.addWidget(made)
    made.show()
    made.boxes["before"].input.setFocus()
    names = []
    for _ in range(4):
        names.append(made.focusWidget().objectName())
        made.focusNextChild()
    assert names == ["visit.before", "visit.a.x", "visit.a.y", "visit.behind"]
