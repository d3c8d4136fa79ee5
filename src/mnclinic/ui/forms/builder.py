"""The one builder: from fields to labels, controls, the order of the keyboard, what stands beside each."""

import itertools
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QWidget

from mnclinic.ui import elements
from mnclinic.ui.elements import LARGE_TEXT
from mnclinic.ui.forms.controls import KEY, ChoiceControl, LineControl, NoteControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.fields import (
    BETWEEN,
    MADE_AT_ONCE,
    QT_TRANSLATE_NOOP,
    Field,
    Kind,
    Option,
    Trouble,
    codes_of,
)
from mnclinic.ui.forms.several import SeveralControl
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Space, Type

CONTEXT = "forms"
STILL_MISSING = QT_TRANSLATE_NOOP("forms", "Still missing.")
NOT_CHOSEN = QT_TRANSLATE_NOOP("forms", "Not chosen yet")
DAY_HINT = QT_TRANSLATE_NOOP("forms", "YYYY-MM-DD")

ROUND_LINE_PX = 28
"""What a line has at both sides of its text: the edge, the padding, and the room that the cursor takes."""

AnyControl = LineControl | NoteControl | ChoiceControl | SeveralControl


def said(words: str) -> str:
    """Marked words in the language of the window."""
    return QCoreApplication.translate(CONTEXT, words) if words else ""


def options_of(field: Field) -> tuple[Option, ...]:
    """The field's own choices in the language of the window."""
    return tuple(Option(one.code, said(one.words)) for one in field.options)


def control_of(field: Field) -> AnyControl:
    """The control that a field is filled in with, named and of its width."""
    made: AnyControl
    match field.kind:
        case Kind.CHOICE:
            made = ChoiceControl(said(field.nothing or NOT_CHOSEN), options_of(field))
        case Kind.SEVERAL:
            made = SeveralControl(options_of(field), field.object_name)
        case Kind.NOTE:
            made = NoteControl(said(field.hint))
        case Kind.DAY:
            made = LineControl(hint=said(field.hint or DAY_HINT))
        case _:
            made = LineControl(said(field.unit), said(field.hint))
            if field.kind is Kind.TIME:
                # In a row of many cells: an hour and its hint are whole.
                hint = QFontMetrics(theme().font(Type.BODY)).horizontalAdvance(made.placeholderText())
                made.setMinimumWidth(hint + ROUND_LINE_PX)
    made.setObjectName(field.object_name)
    made.setProperty(KEY, field.key)
    name = said(field.words)
    made.setAccessibleName(f"{name} ({said(field.unit)})" if field.unit else name)
    if field.width_px:
        made.setFixedWidth(theme().px(field.width_px))
    return made


def shown_value(field: Field, text: str, offered: Sequence[Option] = ()) -> str:
    """A field's text as a person reads it: the words of what is chosen, a number with its unit."""
    if not text:
        return ""
    if field.kind is Kind.CHOICE:
        options = (*options_of(field), *offered)
        return next((one.words for one in options if one.code == text), text)
    if field.kind is Kind.SEVERAL:
        words = {one.code: one.words for one in options_of(field)}
        return BETWEEN.join(words.get(code, code) for code in codes_of(text))
    return f"{text} {said(field.unit)}" if field.unit else text


class FieldBox(elements.Field):
    """A field on the screen: label, control, help, and what stands against what is typed, beside it."""

    def __init__(self, field: Field) -> None:
        """Make it, empty."""
        self.field = field
        self.input = control_of(field)
        super().__init__(said(field.words), self.input, said(field.help))
        if field.unit:
            self.input.setAccessibleName(f"{said(field.words)} ({said(field.unit)})")

    def show_state(self, trouble: Trouble | None, findings: Sequence[str], *, is_asked: bool = False) -> None:
        """Show everything that stands against the field: its own trouble, and what the gate found.

        Nobody is told in the middle of a word that it is none: trouble shows once the field is left, or where
        somebody asked (`is_asked`), as by saving. That a text is longer than the record holds is told while
        it is typed.
        """
        if trouble and not is_asked and self.input.hasFocus() and self.field.kind not in MADE_AT_ONCE:
            return
        reasons = [spoken(trouble.what)] if trouble and trouble.what else []
        # What cannot be read was not judged: a finding about it would speak of an older value.
        reasons += [] if trouble else [spoken(one) for one in findings]
        is_soft = trouble is not None and trouble.is_missing and not reasons
        self.show_problem("\n".join(reasons))
        tint = "muted" if is_soft else "stop"
        if is_soft:
            self.problem.setText(said(STILL_MISSING))
            self.problem.show()
        if self.problem.property("tint") != tint:
            self.problem.setProperty("tint", tint)
            restyle(self.problem)


class FieldSet(QWidget):
    """Fields of a form in columns, bound to what is being edited."""

    def __init__(
        self, fields: Sequence[Field], editing: Editing, *, columns: int = 2, is_beside: bool = False
    ) -> None:
        """Build the fields in their order; the keyboard goes through them in it.

        `is_beside` puts notes beside one another too, as for the same words in two languages.
        """
        super().__init__()
        self._editing = editing
        self.boxes: dict[str, FieldBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.MEDIUM)
        columns = 1 if theme().text_scale >= LARGE_TEXT else columns
        place = 0
        for field in fields:
            box = FieldBox(field)
            is_wide = field.kind is Kind.NOTE and not is_beside
            if is_wide and place % columns:
                place += columns - place % columns
            grid.addWidget(box, place // columns, place % columns, 1, columns if is_wide else 1)
            place += columns if is_wide else 1
            self.boxes[field.key] = box
            box.input.typed.connect(lambda text, one=field: self._typed(one, text))
            box.input.left.connect(lambda one=box: self._left(one))
        for number in range(columns):
            grid.setColumnStretch(number, 1)
        inputs = [box.input for box in self.boxes.values()]
        for one, other in itertools.pairwise(inputs):
            QWidget.setTabOrder(one, other)

    def _typed(self, field: Field, text: str) -> None:
        if field.kind in MADE_AT_ONCE:
            self._editing.put({field.key: text}, said(field.act), field.key)
        else:
            self._editing.type_in(field.key, text, said(field.act))
            reading = field.read(text)
            if reading.is_told_at_once:
                self.boxes[field.key].show_problem(reading.problem)
            elif self._editing.trouble(field.key) is None:
                self.boxes[field.key].show_state(None, ())

    def _left(self, box: FieldBox) -> None:
        if box.field.kind in MADE_AT_ONCE:
            return
        typed = box.input.text()
        reading = box.field.read(typed)
        text = reading.value if reading.is_read else typed
        box.input.show_text(text)
        box.show_state(self._editing.trouble(box.field.key), ())
        self._editing.leave(box.field.key, text)

    def offer(self, choices: Mapping[str, tuple[Option, ...]]) -> None:
        """Offer the clinic's own lists, by the name that a field gives under `choices`."""
        for box in self.boxes.values():
            if isinstance(box.input, ChoiceControl) and box.field.choices in choices:
                box.input.offer(choices[box.field.choices])

    def show_state(self, findings: Callable[[str], Sequence[str]], *, is_asked: bool = False) -> None:
        """Show what is being edited, and beside each field what stands against it: see `FieldBox`."""
        for key, box in self.boxes.items():
            box.input.show_text(self._editing.text(key))
            box.show_state(self._editing.trouble(key), findings(key), is_asked=is_asked)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the fields be read and copied, and not changed."""
        for box in self.boxes.values():
            if isinstance(box.input, (ChoiceControl, SeveralControl)):
                box.input.setEnabled(not is_read_only)
            else:
                box.input.setReadOnly(is_read_only)


def facts_of(
    fields: Sequence[Field], state: Mapping[str, str], offered: Mapping[str, tuple[Option, ...]] | None = None
) -> list[tuple[str, str]]:
    """A form to be read or printed: the words of each field and its value, in the order of the form."""
    lists = offered or {}
    return [
        (said(field.words), shown_value(field, state.get(field.key, ""), lists.get(field.choices, ())))
        for field in fields
    ]
