"""A surface to sign on with mouse, pen or finger."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnclinic.ui.kinds import say_kind
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Type

FULL = 10_000
"""Coordinates run from 0 to this in both directions, whatever the size on screen."""


class SignaturePad(QWidget):
    """Takes a drawn signature as strokes of [x, y] points from 0 to 10000."""

    drawn = Signal()
    """A stroke was finished."""

    def __init__(self, words: str = "") -> None:
        """Make an empty pad. `words` stand below its line, where whoever signs reads another language."""
        super().__init__()
        self._words = words
        say_kind(self, QAccessible.Role.Canvas)
        self.setObjectName("signature_pad")
        self.setAccessibleName(self.tr("Signature"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._strokes: list[list[list[int]]] = []
        self._is_down = False
        self._is_locked = False

    @property
    def below(self) -> str:
        """What stands below the line while nothing is drawn."""
        return self._words or self.tr("Sign here")

    @property
    def strokes(self) -> list[list[list[int]]]:
        """What was drawn, as the visit document keeps it."""
        return [[list(point) for point in stroke] for stroke in self._strokes]

    def show_strokes(self, strokes: list[list[list[int]]], *, locked: bool) -> None:
        """Show a signature; a locked pad takes no drawing."""
        self._strokes = [[list(point) for point in stroke] for stroke in strokes]
        self._is_locked = locked
        self.setCursor(Qt.CursorShape.ArrowCursor if locked else Qt.CursorShape.CrossCursor)
        self.update()

    def clear(self) -> None:
        """Take everything off."""
        self._strokes = []
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for a name."""
        return QSize(420, theme().px(130))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        self._down(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        self._up()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen draws like the mouse; accepting it stops Qt from sending both."""
        kind = event.type()
        if kind == QTabletEvent.Type.TabletPress:
            self._down(event.position())
        elif kind == QTabletEvent.Type.TabletMove:
            self._move(event.position())
        elif kind == QTabletEvent.Type.TabletRelease:
            self._up()
        event.accept()

    def _down(self, at: QPointF) -> None:
        if self._is_locked:
            return
        self._is_down = True
        self._strokes.append([self._point(at)])
        self.update()

    def _move(self, at: QPointF) -> None:
        if self._is_down:
            self._strokes[-1].append(self._point(at))
            self.update()

    def _up(self) -> None:
        if self._is_down:
            self._is_down = False
            self.drawn.emit()

    def _point(self, at: QPointF) -> list[int]:
        x = round(at.x() / max(1, self.width()) * FULL)
        y = round(at.y() / max(1, self.height()) * FULL)
        return [min(FULL, max(0, x)), min(FULL, max(0, y))]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line to sign on and the strokes."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(c.surface))
        painter.setPen(QPen(QColor(c.accent if self.hasFocus() else c.control_line), 1))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), Radius.CONTROL, Radius.CONTROL)
        base = round(self.height() * 0.74)
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(24, base, self.width() - 24, base)
        if not self._strokes:
            painter.setPen(QColor(c.text_faint))
            painter.setFont(theme().font(Type.SMALL))
            painter.drawText(28, base + theme().px(20), self.below)
        pen = QPen(QColor(c.ink), 2.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            path = QPainterPath()
            for number, (x, y) in enumerate(stroke):
                point = QPointF(x / FULL * self.width(), y / FULL * self.height())
                if number:
                    path.lineTo(point)
                else:
                    path.moveTo(point)
            painter.drawPath(path)
