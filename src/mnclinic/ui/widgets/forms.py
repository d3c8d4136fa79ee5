"""Fields with their label, help, unit and problem; and a form that shows every problem at once."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSpinBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, restyle, theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.widgets.text import Text


class FieldRow(QWidget):
    """A label over its control, help below, and the problem beside it in words.

    The label is the control's buddy and its spoken name; the problem is its spoken description.

    Args:
        label: What the field is called.
        control: A line, box, pad or any widget that takes the focus.
        help_text: A sentence that is always there.
        unit: Shown behind the control, "mm" for instance, and spoken with the name.
        is_required: Says "required" after the label.
        parent: The usual Qt parent.
    """

    def __init__(
        self,
        label: str,
        control: QWidget,
        help_text: str = "",
        *,
        unit: str = "",
        is_required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        if isinstance(control, QAbstractSpinBox):
            # A style sheet's padding does not reach the line inside a spin box.
            control.lineEdit().setTextMargins(Space.SMALL + Space.HAIR, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TIGHT)
        heading = QHBoxLayout()
        heading.setSpacing(Space.SMALL)
        self._label = Text(label, Type.LABEL)
        self._label.setBuddy(control)
        heading.addWidget(self._label)
        if is_required:
            heading.addWidget(Text(self.tr("required"), Type.SMALL, tint="faint"))
        heading.addStretch(1)
        column.addLayout(heading)
        line = QHBoxLayout()
        line.setSpacing(Space.SMALL)
        line.addWidget(control, 1)
        if unit:
            line.addWidget(Text(unit, Type.BODY, tint="muted"))
        column.addLayout(line)
        self._help = Text(help_text, Type.SMALL, tint="muted", wrap=True)
        self._help.setVisible(bool(help_text))
        column.addWidget(self._help)
        self._problem = _ProblemLine()
        column.addWidget(self._problem)
        self._spoken_help = help_text
        control.setAccessibleName(f"{label}, {unit}" if unit else label)
        control.setAccessibleDescription(help_text)

    def label(self) -> str:
        """What the field is called."""
        return self._label.whole_text()

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong, beside the field; "" takes it back."""
        self._problem.say(sentence)
        self.control.setProperty("problem", "true" if sentence else "false")
        self.control.setAccessibleDescription(sentence or self._spoken_help)
        restyle(self.control)

    def problem(self) -> str:
        """The problem shown, or ""."""
        return self._problem.words()


class _ProblemLine(QWidget):
    """A small triangle and a sentence; hidden while there is nothing wrong."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(Size.ICON) + Space.SMALL, 0, 0, 0)
        self._text = Text("", Type.SMALL, tint=Tone.STOP.value, wrap=True)
        row.addWidget(self._text)
        self.hide()

    def say(self, sentence: str) -> None:
        self._text.setText(sentence)
        self.setVisible(bool(sentence))

    def words(self) -> str:
        return self._text.whole_text()

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme().px(Size.ICON)
        first_line = self._text.fontMetrics().height()
        mark = self.rect().adjusted(0, 0, side - self.width(), first_line - self.height())
        paint_icon(QPainter(self), mark, "circle-alert", colours().tones[Tone.STOP].text)


class Form(QWidget):
    """Fields by key in one or more columns. Tab goes from field to field as they were added."""

    def __init__(self, *, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._fields: dict[str, FieldRow] = {}
        self._last: QWidget | None = None
        self._cells = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(Space.LARGE)
        for place in range(columns):
            self._grid.setColumnStretch(place, 1)

    def add(
        self,
        key: str,
        label: str,
        control: QWidget,
        help_text: str = "",
        *,
        unit: str = "",
        is_required: bool = False,
        span: int = 1,
    ) -> FieldRow:
        """Add a field under `key`, the name that problems use for it. `span` is in columns."""
        field = FieldRow(label, control, help_text, unit=unit, is_required=is_required)
        if not control.objectName():
            control.setObjectName(key)
        span = min(span, self._columns)
        row, column = divmod(self._cells, self._columns)
        if column + span > self._columns:
            row, column = row + 1, 0
        self._grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        self._cells = row * self._columns + column + span
        self._fields[key] = field
        if self._last is not None:
            QWidget.setTabOrder(self._last, control)
        self._last = control
        return field

    def field(self, key: str) -> FieldRow:
        """The field that was added under `key`."""
        return self._fields[key]

    def show_problems(self, problems: Mapping[str, str], *, move_focus: bool = True) -> dict[str, str]:
        """Show every problem beside its field at once and take the old ones back.

        The focus goes to the first field that has one.

        Returns:
            The problems whose key is no field of this form: the page has to say them elsewhere.
        """
        first: QWidget | None = None
        for key, field in self._fields.items():
            field.show_problem(problems.get(key, ""))
            if first is None and key in problems:
                first = field.control
        if first is not None and move_focus:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return {key: sentence for key, sentence in problems.items() if key not in self._fields}

    def clear_problems(self) -> None:
        """Take every problem back."""
        for field in self._fields.values():
            field.show_problem("")

    def problems(self) -> dict[str, str]:
        """The problems shown now, by key."""
        return {key: field.problem() for key, field in self._fields.items() if field.problem()}
