"""A control under its label, with help and the problem beside it."""

import re

from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QSpinBox, QWidget

from mnclinic.ui.elements.layout import LARGE_TEXT, column
from mnclinic.ui.elements.words import label
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Space, Type

LEAST_LETTERS = 8
BREAKS = re.compile(r" *[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+ *")
"""Ends of cells and lines: no single line holds any."""


class Field(QWidget):
    """A label, its control, a line of help, and the problem that stands against it."""

    stands_at_top = True
    """Beside others in a line; see `layout.flow`."""

    def __init__(self, words: str, control: QWidget, help_text: str = "") -> None:
        """Put a control under its label; the label is its buddy and its name."""
        super().__init__()
        lines = column(self, gap=Space.TIGHT)
        self.label = label(words, Type.LABEL, wraps=theme().text_scale >= LARGE_TEXT)
        self.label.setBuddy(control)
        control.setAccessibleName(words.replace("&", ""))
        if isinstance(control, QComboBox):
            _let_shrink(control)
        if isinstance(control, QLineEdit):
            control.textEdited.connect(self._was_edited)
            control.inputRejected.connect(self._no_more_fits)
        # The keyboard lands on the inner field of these, which has no name of its own.
        if (
            isinstance(control, QDateEdit | QSpinBox | QComboBox)
            and (inner := control.lineEdit()) is not None
        ):
            inner.setAccessibleName(words.replace("&", ""))
        self.control = control
        self._is_full = False
        self.help = label(help_text, Type.SMALL, "muted", wraps=True)
        # Shown before it has a parent it would be a window of its own for a moment, and take the keyboard.
        if not help_text:
            self.help.hide()
        self.problem = label("", Type.SMALL, "stop", wraps=True)
        self.problem.hide()
        for widget in (self.label, control, self.help, self.problem):
            lines.addWidget(widget)
        # Side by side, a field with help and one without keep their controls in line.
        lines.addStretch(1)

    def _was_edited(self, text: str) -> None:
        """A table that was pasted into one line becomes words with blanks between them, as they are shown."""
        control = self.control
        if isinstance(control, QLineEdit) and BREAKS.search(text):
            # Not inserted: then undo would bring the breaks back, and they be taken out again, for ever.
            control.setText(BREAKS.sub(" ", text).strip())
            control.textEdited.emit(control.text())
        elif self._is_full and isinstance(control, QLineEdit) and len(text) < control.maxLength():
            self._is_full = False
            self.show_problem("")

    def _no_more_fits(self) -> None:
        """The toolkit left out what is longer than the field; nobody is to find that out later."""
        control = self.control
        if isinstance(control, QLineEdit) and len(control.text()) >= control.maxLength():
            self._is_full = True
            self.show_problem(
                self.tr("At most {count} characters fit here. What came after them was left out.").format(
                    count=f"{control.maxLength():,}"
                )
            )

    def show_problem(self, what: str) -> None:
        """Show what is wrong beside the control; empty text clears it."""
        what = spoken(what)
        self.problem.setText(what)
        self.problem.setVisible(bool(what))
        self.control.setAccessibleDescription(what)
        # To dress a control anew takes longer than all the rest, and a form shows its fields at every key.
        if bool(self.control.property("problem")) != bool(what):
            self.control.setProperty("problem", bool(what))
            restyle(self.control)


def _let_shrink(choice: QComboBox) -> None:
    """Where the text is large a choice is no wider than its place; the mouse shows it in full."""
    if theme().text_scale < LARGE_TEXT:
        return
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(LEAST_LETTERS)
    choice.setToolTip(choice.currentText())
    choice.currentTextChanged.connect(choice.setToolTip)
