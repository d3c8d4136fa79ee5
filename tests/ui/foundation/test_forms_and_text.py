import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.widgets import Banner, Form, PasswordField, SearchField, Text

from .seen import spoken_name

PROBLEMS = {"born_on": "There is no 30 February.", "depth_mm": "2.50 mm is over the ceiling of 1.50 mm."}


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(columns=2)
    qtbot.addWidget(made)
    made.add("last_name", "Last name", QLineEdit(), is_required=True)
    made.add("born_on", "Date of birth", QLineEdit(), "Year, month, day")
    made.add("depth_mm", "Needle depth", QDoubleSpinBox(), unit="mm")
    made.show()
    return made


def test_a_form_shows_all_problems_at_once_and_goes_to_the_first(qtbot: QtBot, form: Form) -> None:
    left_over = form.show_problems({**PROBLEMS, "lines[2].area": "Choose an area."})
    assert form.problems() == PROBLEMS
    assert left_over == {"lines[2].area": "Choose an area."}
    assert form.focusWidget() is form.field("born_on").control
    assert form.field("born_on").control.property("problem") == "true"


def test_the_problem_is_spoken_with_its_field(form: Form) -> None:
    control = form.field("born_on").control
    assert control.accessibleDescription() == "Year, month, day"
    form.show_problems(PROBLEMS)
    assert control.accessibleDescription() == PROBLEMS["born_on"]
    form.clear_problems()
    assert form.problems() == {}
    assert control.accessibleDescription() == "Year, month, day"


def test_labels_name_their_controls_with_the_unit(form: Form) -> None:
    assert spoken_name(form.field("last_name").control) == "Last name"
    assert spoken_name(form.field("depth_mm").control) == "Needle depth, mm"
    assert form.field("depth_mm").control.objectName() == "depth_mm"


def test_tab_goes_through_the_fields_as_they_were_added(qtbot: QtBot, form: Form) -> None:
    form.field("last_name").control.setFocus()
    visited = []
    for _ in range(2):
        QTest.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        visited.append(form.focusWidget().objectName())
    assert visited == ["born_on", "depth_mm"]


def test_a_wrapping_text_takes_the_height_it_needs_and_gives_it_back(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    text = Text("The policy allows treatment from 2 Feb 2027. " * 6, wrap=True)
    QVBoxLayout(holder).addWidget(text)
    heights = []
    for width in (200, 900):
        holder.resize(width, 40)
        holder.show()
        holder.grab()
        assert text.height() >= text.heightForWidth(text.width())
        heights.append(text.heightForWidth(text.width()))
    assert heights[0] > heights[1]


def test_markup_and_endless_words_are_just_text(qtbot: QtBot) -> None:
    name = "<b>" + "x" * 500
    text = Text(name, wrap=True)
    qtbot.addWidget(text)
    assert text.whole_text() == name
    assert text.textFormat() == Qt.TextFormat.PlainText
    assert text.minimumSizeHint().width() <= 80
    text.resize(300, 10)
    assert text.heightForWidth(300) > 5 * text.fontMetrics().height()


def test_a_search_asks_once_when_typing_pauses(qtbot: QtBot) -> None:
    field = SearchField("Name or record number")
    qtbot.addWidget(field)
    asked: list[str] = []
    field.search_changed.connect(asked.append)
    QTest.keyClicks(field, "san ma")
    qtbot.waitUntil(lambda: asked == ["san ma"])
    field.setText("a\x00b \n")
    qtbot.waitUntil(lambda: asked[-1] == "ab")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert asked[-1] == ""
    assert len(asked) == 3


def test_a_password_is_hidden_shown_on_demand_and_forgotten(qtbot: QtBot) -> None:
    field = PasswordField()
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, "correct horse")
    assert field.line.echoMode() == QLineEdit.EchoMode.Password
    field.findChild(QWidget, "password.show").click()  # type: ignore[union-attr]
    assert field.line.echoMode() == QLineEdit.EchoMode.Normal
    field.forget()
    assert field.text() == ""
    assert field.line.echoMode() == QLineEdit.EchoMode.Password
    assert not field.line.isUndoAvailable()


@pytest.mark.parametrize(
    ("letter", "modifier", "hints"),
    [
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
        ("a", Qt.KeyboardModifier.NoModifier, False),
    ],
)
def test_a_letter_that_shift_does_not_explain_hints_at_caps_lock(
    qtbot: QtBot, letter: str, modifier: Qt.KeyboardModifier, hints: bool
) -> None:
    field = PasswordField()
    qtbot.addWidget(field)
    pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, letter)
    QApplication.sendEvent(field.line, pressed)
    assert field.caps_lock_hint() is hints


def test_a_banner_says_speaks_acts_and_closes(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    acted: list[str] = []
    banner.say("Changed elsewhere.", "warn", action="Reload", on_action=lambda: acted.append("reload"))
    assert not banner.isHidden()
    assert spoken_name(banner) == "Changed elsewhere."
    banner.action.click()
    banner.say("Something else.", "info", action="Other", closable=True)
    banner.action.click()
    assert acted == ["reload"]
    banner.say("")
    assert banner.isHidden()
