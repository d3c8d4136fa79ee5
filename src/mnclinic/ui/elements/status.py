"""A status: a word, a shape and a colour with one meaning throughout."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import VisitState
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Tone, Type

TONE_SHAPES = {
    Tone.DRAFT: "circle-dashed",
    Tone.WAITING: "circle-dot",
    Tone.SOON: "triangle-alert",
    Tone.STOP: "octagon-x",
    Tone.COMPLETE: "circle-check",
    Tone.DIRECTOR: "stamp",
    Tone.INFO: "info",
}
"""The shape of a tone where nothing more telling is known."""


@dataclass(frozen=True)
class ChipLook:
    """A status: its word, its shape (an icon's name) and its tone."""

    word: str
    shape: str
    tone: Tone


STATE_LOOK = {
    VisitState.DRAFT: ChipLook("Draft", "pen-line", Tone.DRAFT),
    VisitState.DEFERRED: ChipLook("Deferred", "ban", Tone.STOP),
    VisitState.PERFORMED: ChipLook("Performed", "circle-dot", Tone.WAITING),
    VisitState.IN_REVIEW: ChipLook("In review", "hourglass", Tone.DIRECTOR),
    VisitState.COMPLETE_NOT_DRAWN: ChipLook("Complete, not drawn", "circle-check", Tone.COMPLETE),
    VisitState.RETURNED: ChipLook("Returned", "corner-up-left", Tone.SOON),
    VisitState.SIGNED: ChipLook("Signed off", "badge-check", Tone.COMPLETE),
    VisitState.VOIDED: ChipLook("Voided", "circle-minus", Tone.DRAFT),
}

LIGHT_LOOK = {
    LightState.PASSED: ChipLook("ready", "circle-check", Tone.COMPLETE),
    LightState.WARNED: ChipLook("look", "triangle-alert", Tone.SOON),
    LightState.FAILED: ChipLook("stop", "octagon-x", Tone.STOP),
    LightState.NOT_DONE: ChipLook("not done", "circle-dashed", Tone.DRAFT),
}


class Chip(QWidget):
    """A status as a word, a shape and a colour. Painted, so that it keeps its height."""

    def __init__(self, look: ChipLook, prefix: str = "") -> None:
        """Show one status; `prefix` is read out with the word and shown before it."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._prefix = prefix
        self.show_look(look)

    def show_look(self, look: ChipLook) -> None:
        """Show another status."""
        self._look = look
        words = f"{self._prefix} {spoken(look.word)}".strip()
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the shape and the words."""
        return chip_size(self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._words, self._look)


def chip_size(words: str) -> QSize:
    """The size of a chip with these words."""
    metrics = QFontMetrics(theme().font(Type.CHIP))
    return QSize(metrics.horizontalAdvance(words) + 36, theme().px(24))


def paint_chip(painter: QPainter, rect: QRect, words: str, look: ChipLook) -> None:
    """Paint a chip into `rect`."""
    tone = colours().tones[look.tone]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(tone.border))
    painter.setBrush(QColor(tone.background))
    radius = min(Radius.CHIP + 2, rect.height() / 2)
    painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), radius, radius)
    shape = QRect(rect.x() + 8, rect.y() + (rect.height() - 14) // 2, 14, 14)
    paint_icon(painter, shape, look.shape, tone.text)
    painter.setFont(theme().font(Type.CHIP))
    painter.setPen(QColor(tone.text))
    painter.drawText(
        rect.adjusted(27, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words
    )
    painter.restore()


class LightButton(QPushButton):
    """One readiness light of the open visit; pressing it leads to what fixes it."""

    def __init__(self, light: Light) -> None:
        """Make the light, not done yet."""
        super().__init__()
        self._light = light
        self.setObjectName(f"light.{light.value}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_state(LightState.NOT_DONE)

    def show_state(self, state: LightState) -> None:
        """Show how the light stands."""
        self._look = LIGHT_LOOK[state]
        self.setAccessibleName(f"{spoken(self._light.value)}: {spoken(self._look.word)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of words beside a shape."""
        return QSize(theme().px(118), theme().px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the light."""
        tone, c = colours().tones[self._look.tone], colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tone.background))
        edge = c.accent_text if self.hasFocus() else tone.border
        painter.setPen(QColor(edge))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), Radius.CONTROL, Radius.CONTROL)
        if self.hasFocus():
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -3, -3), Radius.CONTROL, Radius.CONTROL)
        middle = self.height() // 2
        paint_icon(painter, QRect(12, middle - 9, 18, 18), self._look.shape, tone.text)
        words = self.rect().adjusted(38, 6, -6, -6)
        painter.setPen(QColor(tone.text))
        painter.setFont(theme().font(Type.LABEL))
        half = words.height() // 2
        top = QRect(words.x(), words.y(), words.width(), half)
        bottom = QRect(words.x(), words.y() + half, words.width(), half)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, spoken(self._light.value).capitalize())
        painter.setFont(theme().font(Type.CHIP))
        painter.drawText(bottom, Qt.AlignmentFlag.AlignVCenter, spoken(self._look.word))
