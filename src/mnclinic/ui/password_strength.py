"""How strong a new password is, as it is typed: four steps and a word. It judges nothing itself."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnclinic.security.password_lengths import SHORTEST
from mnclinic.ui.elements import column, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import colours, restyle, theme
from mnclinic.ui.tokens import Space, Tone, Type

STEPS = 4
_STRONG_FROM = 3


class Strength(QWidget):
    """Four steps, a word, and what would make the password stronger."""

    def __init__(self, name: str) -> None:
        """Make it, with nothing typed yet."""
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
