"""A field for a password: shown on demand, pasted freely, and for a new one its strength as it is typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mnclinic.security.password_lengths import LONGEST, SHORTEST
from mnclinic.ui.elements import button, column, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.left_fields import empty
from mnclinic.ui.theme import restyle
from mnclinic.ui.tokens import Space, Type

if TYPE_CHECKING:
    from mnclinic.ui.password_strength import Strength

JUDGE_AFTER_MS = 150
ROUND_TEXT_PX = 28
"""What a line has at both sides of its text: the edge, the padding, and the room that the cursor takes."""


@dataclass(frozen=True)
class Names:
    """Words that do not count as secret in a password: the clinic's name, log-in names, people's names."""

    clinic: str
    people: Sequence[str]


class PasswordLine(QLineEdit):
    """A hidden line for a password, without the line break that a paste brings along at its end.

    Whoever copies a whole line of a file or a cell of a table has one in the clipboard. Nobody sees it, and
    no password ends in it: a password file's line break is no part of the password either.
    """

    def __init__(self, name: str) -> None:
        """Make the line; `name` is its object name."""
        super().__init__()
        self.setObjectName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(LONGEST)
        self.textChanged.connect(self._without_line_break)

    def _without_line_break(self, text: str) -> None:
        if text != (ended := text.rstrip("\r\n")):
            self.setText(ended)


class PasswordField(QWidget):
    """A password, hidden until "Show" is pressed. With `names` it is a new one, and is judged."""

    changed = Signal()
    """Another text stands in the field."""

    submitted = Signal()
    """Enter was pressed."""

    def __init__(
        self, words: str, name: str, *, names: Callable[[], Names] | None = None, help_text: str = ""
    ) -> None:
        """Make the field; `name` is the object name of the line it is typed into."""
        super().__init__()
        self._names = names
        lines = column(self, gap=Space.TIGHT)
        self.edit = PasswordLine(name)
        self.edit.setAccessibleName(words)
        self._label = label(words, Type.LABEL)
        self._label.setBuddy(self.edit)
        self._show = button(self.tr("Show"), f"{name}.show", kind="quiet", pressed=self._toggle)
        self._show.setAccessibleName(self.tr("Show {field}").format(field=words))
        self._show.setFixedWidth(self._show.fontMetrics().horizontalAdvance(self.tr("Show")) + 44)
        line = row(gap=Space.TIGHT)
        line.addWidget(self.edit, 1)
        line.addWidget(self._show)
        self._whole = label("", wraps=True)
        self._whole.setObjectName(f"{name}.whole")
        self._whole.hide()
        self._help = label(help_text, Type.SMALL, "muted", wraps=True)
        self._help.setVisible(bool(help_text))
        self._problem = label("", Type.SMALL, "stop", wraps=True)
        self._problem.hide()
        lines.addWidget(self._label)
        lines.addLayout(line)
        lines.addWidget(self._whole)
        self._strength: Strength | None = None
        if names is not None:
            self._strength = _strength_of(f"{name}.strength")
            lines.addWidget(self._strength)
        lines.addWidget(self._help)
        lines.addWidget(self._problem)
        lines.addStretch(1)
        self.setFocusProxy(self.edit)
        self._judge_soon = QTimer(self, singleShot=True, interval=JUDGE_AFTER_MS)
        self._judge_soon.timeout.connect(self.judge)
        self.edit.textChanged.connect(self._typed)
        self.edit.returnPressed.connect(self.submitted)

    def text(self) -> str:
        """What stands in the field."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget what was typed, and hide the field again."""
        empty(self.edit)
        self._hide(is_hidden=True)

    def reveal(self) -> None:
        """Show what stands there, for a password that is to be told to somebody, and how strong it is."""
        self._hide(is_hidden=False)
        self.edit.setCursorPosition(0)
        # Soon, not now: whoever puts it in may still be making the fields that its names come from.
        self._judge_soon.start()

    def problems(self) -> tuple[str, ...]:
        """What is wrong with a new password; empty if it will do."""
        # What judges passwords is read for new ones alone, and not before the log-in is painted.
        from mnclinic.security.passwords import password_problems

        names = self._names() if self._names is not None else Names("", ())
        found = password_problems(self.text(), clinic_name=names.clinic, user_names=names.people)
        return tuple(spoken(problem.what) for problem in found)

    def check(self) -> bool:
        """Show what is wrong with a new password beside it; True if nothing is."""
        problems = self.problems()
        self.show_problem(" ".join(problems))
        return not problems

    def show_problem(self, what: str) -> None:
        """Show what is wrong beside the field; empty text clears it."""
        self._problem.setText(what)
        self._problem.setVisible(bool(what))
        self.edit.setProperty("problem", bool(what))
        self.edit.setAccessibleDescription(what)
        restyle(self.edit)

    def judge(self) -> None:
        """Show the strength of what stands there now."""
        if self._strength is None or self._names is None:
            return
        text = self.text()
        if len(text) < SHORTEST:
            self._strength.show_length(len(text))
            return
        from mnclinic.security.passwords import password_strength

        names = self._names()
        strength = password_strength(text, clinic_name=names.clinic, user_names=names.people)
        self._strength.show_level(strength.level, strength.word, strength.hint)

    def _typed(self) -> None:
        if self._problem.isVisibleTo(self):
            self.show_problem("")
        self._judge_soon.start()
        self._show_whole()
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another question whether all of it is seen."""
        super().resizeEvent(event)
        self._show_whole()

    def _show_whole(self) -> None:
        """Below the line what is shown in it and longer than it: somebody reads it out or writes it down."""
        is_shown = self.edit.echoMode() == QLineEdit.EchoMode.Normal
        text = self.edit.text() if is_shown else ""
        room = self.edit.width() - ROUND_TEXT_PX
        is_cut = self.edit.fontMetrics().horizontalAdvance(text) > room
        if is_cut:
            from mnclinic.ui.lock.fields import SECRET
            from mnclinic.ui.long_words import WIDE, breakable

            self._whole.setProperty(SECRET, True)
            text = breakable(text, after=WIDE)
        self._whole.setText(text if is_cut else "")
        self._whole.setVisible(is_cut)

    def _toggle(self) -> None:
        self._hide(is_hidden=self.edit.echoMode() == QLineEdit.EchoMode.Normal)

    def _hide(self, *, is_hidden: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Password if is_hidden else QLineEdit.EchoMode.Normal)
        self._show_whole()
        words = self.tr("Show") if is_hidden else self.tr("Hide")
        self._show.setText(words)
        self._show.setAccessibleName(f"{words} {self._label.text()}")


def _strength_of(name: str) -> "Strength":
    from mnclinic.ui.password_strength import Strength

    return Strength(name)
