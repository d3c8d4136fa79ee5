"""A field for a password: shown on demand, pasted freely, and for a new one its strength as it is typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mnclinic.security.passwords import LONGEST, SHORTEST, password_problems, password_strength
from mnclinic.ui.elements import button, column, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import colours, restyle, theme
from mnclinic.ui.tokens import Space, Tone, Type

JUDGE_AFTER_MS = 150
STEPS = 4
_STRONG_FROM = 3


@dataclass(frozen=True)
class Names:
    """Words that do not count as secret in a password: the clinic's name, log-in names, people's names."""

    clinic: str
    people: Sequence[str]


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
        self.edit = QLineEdit()
        self.edit.setObjectName(name)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMaxLength(LONGEST)
        self.edit.setAccessibleName(words)
        self._label = label(words, Type.LABEL)
        self._label.setBuddy(self.edit)
        self._show = button(self.tr("Show"), f"{name}.show", kind="quiet", pressed=self._toggle)
        self._show.setAccessibleName(self.tr("Show {field}").format(field=words))
        self._show.setFixedWidth(self._show.fontMetrics().horizontalAdvance(self.tr("Show")) + 44)
        line = row(gap=Space.TIGHT)
        line.addWidget(self.edit, 1)
        line.addWidget(self._show)
        self._help = label(help_text, Type.SMALL, "muted", wraps=True)
        self._help.setVisible(bool(help_text))
        self._problem = label("", Type.SMALL, "stop", wraps=True)
        self._problem.hide()
        lines.addWidget(self._label)
        lines.addLayout(line)
        self._strength: _Strength | None = None
        if names is not None:
            self._strength = _Strength(f"{name}.strength")
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
        self.edit.clear()
        self._hide(is_hidden=True)

    def reveal(self) -> None:
        """Show what stands there, for a password that is to be told to somebody, and how strong it is."""
        self._hide(is_hidden=False)
        # Soon, not now: whoever puts it in may still be making the fields that its names come from.
        self._judge_soon.start()

    def problems(self) -> tuple[str, ...]:
        """What is wrong with a new password; empty if it will do."""
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
        names = self._names()
        strength = password_strength(text, clinic_name=names.clinic, user_names=names.people)
        self._strength.show_level(strength.level, strength.word, strength.hint)

    def _typed(self) -> None:
        if self._problem.isVisibleTo(self):
            self.show_problem("")
        self._judge_soon.start()
        self.changed.emit()

    def _toggle(self) -> None:
        self._hide(is_hidden=self.edit.echoMode() == QLineEdit.EchoMode.Normal)

    def _hide(self, *, is_hidden: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Password if is_hidden else QLineEdit.EchoMode.Normal)
        words = self.tr("Show") if is_hidden else self.tr("Hide")
        self._show.setText(words)
        self._show.setAccessibleName(f"{words} {self._label.text()}")


class _Strength(QWidget):
    """Four steps and a word. It judges nothing itself."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._bar = _Bar()
        self._word = label("", Type.CHIP)
        self._hint = label("", Type.SMALL, "muted", wraps=True)
        lines = column(self, gap=Space.TIGHT)
        line = row(gap=Space.SMALL)
        line.addWidget(self._bar)
        line.addWidget(self._word, 1)
        lines.addLayout(line)
        lines.addWidget(self._hint)
        self.show_length(0)

    def show_length(self, count: int) -> None:
        """Fewer characters than a password needs."""
        words = self.tr("{count} of {least} characters").format(count=count, least=SHORTEST)
        self._show(0, words, self.tr("Several words in a row are easy to remember and to type."))

    def show_level(self, level: int, word: str, hint: str) -> None:
        """0 to 4, its word, and what would make it stronger."""
        self._show(max(1, level), word, hint)

    def _show(self, level: int, word: str, hint: str) -> None:
        word, hint = spoken(word), spoken(hint)
        tone = Tone.COMPLETE if level >= _STRONG_FROM else Tone.SOON if level else Tone.DRAFT
        self._bar.show_level(level, tone)
        self._word.setText(word)
        self._word.setProperty("tint", tone.value)
        restyle(self._word)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(self.tr("Strength: {word}. {hint}").format(word=word, hint=hint))


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._level, self._tone = 0, Tone.DRAFT
        size = self.sizeHint()
        self.setFixedSize(size)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(STEPS * 32), theme().px(14))

    def show_level(self, level: int, tone: Tone) -> None:
        self._level, self._tone = level, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() // STEPS
        for step in range(STEPS):
            is_reached = step < self._level
            tone = colours().tones[self._tone]
            painter.setBrush(QColor(tone.text if is_reached else colours().surface_pressed))
            painter.setPen(QColor(tone.text if is_reached else colours().control_line))
            painter.drawRoundedRect(step * width, self.height() // 2 - 3, width - 5, 6, 3, 3)
