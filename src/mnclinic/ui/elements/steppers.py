"""The steps of something long down its left side: which are done, which is now, which are to come."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnclinic.ui.elements.layout import column
from mnclinic.ui.elements.words import label
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Space, Type

LEAST_WIDTH = 248
CIRCLE = 26
CIRCLE_LEFT = 10


class Stepper(QWidget):
    """A panel with a title and the steps."""

    def __init__(self, title: str, subtitle: str, steps: Sequence[str]) -> None:
        """Make the panel; the first step is now."""
        super().__init__()
        metrics = QFontMetrics(theme().font(Type.STRONG))
        widest = max(metrics.horizontalAdvance(words) for words in steps)
        self.setFixedWidth(max(LEAST_WIDTH, _words_left() + widest + Space.MEDIUM + 2 * Space.LARGE))
        lines = column(self, gap=Space.TIGHT, margin=Space.LARGE)
        lines.setContentsMargins(Space.LARGE, Space.PAGE, Space.LARGE, Space.LARGE)
        lines.addWidget(label(title, Type.TITLE, "on_rail", wraps=True))
        lines.addWidget(label(subtitle, Type.SMALL, "on_rail_muted", wraps=True))
        lines.addSpacing(Space.PAGE)
        self._marks = [_Mark(number, words) for number, words in enumerate(steps, start=1)]
        for mark in self._marks:
            lines.addWidget(mark)
        lines.addStretch(1)
        self.show_step(0)

    def show_step(self, now: int) -> None:
        """Mark the step at this place as the present one."""
        for place, mark in enumerate(self._marks):
            mark.show_state(is_done=place < now, is_now=place == now, of=len(self._marks))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the panel."""
        QPainter(self).fillRect(self.rect(), QColor(colours().rail))


def _words_left() -> int:
    return CIRCLE_LEFT + theme().px(CIRCLE) + Space.MEDIUM


class _Mark(QWidget):
    def __init__(self, number: int, words: str) -> None:
        super().__init__()
        self._number, self._words = number, words
        self._is_done = self._is_now = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme().font(Type.STRONG)).horizontalAdvance(self._words)
        return QSize(_words_left() + words + Space.TIGHT, theme().px(CIRCLE) + 2 * Space.SMALL)

    def show_state(self, *, is_done: bool, is_now: bool, of: int) -> None:
        self._is_done, self._is_now = is_done, is_now
        state = self.tr("done") if is_done else self.tr("now") if is_now else self.tr("to come")
        self.setAccessibleName(
            self.tr("Step {number} of {of}: {words}, {state}").format(
                number=self._number, of=of, words=self._words, state=state
            )
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.rail_current))
            painter.drawRoundedRect(self.rect().adjusted(0, 1, 0, -1), Radius.CONTROL, Radius.CONTROL)
        side = theme().px(CIRCLE)
        circle = QRect(CIRCLE_LEFT, (self.height() - side) // 2, side, side)
        painter.setPen(QColor(c.rail_mark if self._is_now or self._is_done else c.rail_text))
        painter.setBrush(QColor(c.rail_mark) if self._is_done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if self._is_done:
            inset = side // 5
            paint_icon(painter, circle.adjusted(inset, inset, -inset, -inset), "check", c.rail)
        else:
            painter.setPen(QColor(c.rail_text_current if self._is_now else c.rail_text))
            painter.setFont(theme().font(Type.CHIP))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setPen(QColor(c.rail_text_current if self._is_now else c.rail_text))
        painter.setFont(theme().font(Type.STRONG if self._is_now else Type.BODY))
        words = self.rect().adjusted(_words_left(), 0, -Space.TIGHT, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words)
