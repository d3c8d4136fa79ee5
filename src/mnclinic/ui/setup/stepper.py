"""The steps of the wizard down its left side: which are done, which is now, which are to come."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnclinic.ui.elements import column, label
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Space, Type

WIDTH = 248
_CIRCLE = 26
_FIXED = 128
"""The part of the width that does not grow with the text."""


class Stepper(QWidget):
    """A panel with the program's name and the steps."""

    def __init__(self, steps: Sequence[str]) -> None:
        """Make the panel; the first step is now."""
        super().__init__()
        self.setFixedWidth(_FIXED + theme().px(WIDTH - _FIXED))
        lines = column(self, gap=Space.TIGHT, margin=Space.LARGE)
        lines.setContentsMargins(Space.LARGE, Space.PAGE, Space.LARGE, Space.LARGE)
        lines.addWidget(label("mnclinic", Type.TITLE, "on_rail"))
        lines.addWidget(label(self.tr("Set up your clinic"), Type.SMALL, "on_rail_muted"))
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


class _Mark(QWidget):
    def __init__(self, number: int, words: str) -> None:
        super().__init__()
        self._number, self._words = number, words
        self._is_done = self._is_now = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 2 * Space.LARGE, theme().px(44))

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
            painter.drawRoundedRect(self.rect().adjusted(0, 1, 0, -1), 8, 8)
        circle = QRect(10, (self.height() - _CIRCLE) // 2, _CIRCLE, _CIRCLE)
        painter.setPen(QColor(c.rail_mark if self._is_now or self._is_done else c.rail_text))
        painter.setBrush(QColor(c.rail_mark) if self._is_done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if self._is_done:
            paint_icon(painter, circle.adjusted(5, 5, -5, -5), "check", c.rail)
        else:
            painter.setPen(QColor(c.rail_text_current if self._is_now else c.rail_text))
            painter.setFont(theme().font(Type.CHIP))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setPen(QColor(c.rail_text_current if self._is_now else c.rail_text))
        painter.setFont(theme().font(Type.STRONG if self._is_now else Type.BODY))
        words = self.rect().adjusted(circle.right() + 12, 0, -4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words)
