"""A box to sign in with mouse, finger or pen, and to show a drawn signature again."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Type

Stroke = list[list[int]]

FULL = 10000
"""Both axes run from 0 to 10000 over a box that is `ASPECT` times as wide as it is high."""
ASPECT = 3.0
_MOST_POINTS = 20000
_NEAREST = 12
_PEN = 0.016
_BASELINE = 0.78


class SignaturePad(QWidget):
    """Takes a signature as strokes of `[x, y]` whole numbers, 0 to 10000 each, y downwards.

    The box keeps a shape of 3 : 1, so the same strokes look the same on paper. `is_read_only=True`
    shows strokes and takes none.
    """

    changed = Signal()
    """A stroke was finished or everything was cleared. UI thread."""

    def __init__(self, *, is_read_only: bool = False, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name or "signature")
        self._is_read_only = is_read_only
        self._strokes: list[Stroke] = []
        self._drawing = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if not is_read_only:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.CrossCursor)
        self._name_it()

    def strokes(self) -> list[Stroke]:
        """A copy of what was drawn: strokes of `[x, y]`."""
        return [[list(point) for point in stroke] for stroke in self._strokes]

    def show_strokes(self, strokes: Sequence[Sequence[Sequence[int]]]) -> None:
        """Show a drawn signature; numbers out of range are brought to the edge."""
        self._strokes = [[[_bounded(p[0]), _bounded(p[1])] for p in stroke] for stroke in strokes if stroke]
        self._name_it()
        self.update()

    def is_empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self._strokes

    def clear(self) -> None:
        """Take every stroke away."""
        self._drawing = False
        if self._strokes:
            self._strokes = []
            self._name_it()
            self.update()
            self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), theme().px(140))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 80)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width / ASPECT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._is_read_only:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        if self._is_read_only:
            event.ignore()
            return
        kinds = {
            QTabletEvent.Type.TabletPress: self._begin,
            QTabletEvent.Type.TabletMove: self._go_on,
        }
        if event.type() == QTabletEvent.Type.TabletRelease:
            self._end()
        elif event.type() in kinds:
            kinds[event.type()](event.position())
        # An accepted pen event is not sent again as a mouse event.
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, box = colours(), self._box()
        has_ring = self.hasFocus()
        painter.setBrush(QColor(c.surface))
        painter.setPen(QPen(QColor(c.accent if has_ring else c.control_line), 2 if has_ring else 1))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), Radius.CONTROL, Radius.CONTROL)
        base = box.top() + box.height() * _BASELINE
        painter.setPen(QPen(QColor(c.control_line), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(box.left() + 20, base), QPointF(box.right() - 20, base))
        if self.is_empty() and not self._is_read_only:
            painter.setPen(QColor(c.text_faint))
            painter.setFont(theme().font(Type.SMALL))
            foot = QRectF(box.left(), base + 2, box.width(), box.bottom() - base - 4)
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, self.tr("Sign above the line"))
        paint_strokes(painter, box, self._strokes, QColor(c.ink))

    def _box(self) -> QRectF:
        """The 3 : 1 box in the middle of the widget."""
        width = min(float(self.width()), self.height() * ASPECT)
        height = width / ASPECT
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _begin(self, at: QPointF) -> None:
        if sum(map(len, self._strokes)) < _MOST_POINTS:
            self._drawing = True
            self._strokes.append([self._point(at)])
            self.update()

    def _go_on(self, at: QPointF) -> None:
        if not self._drawing:
            return
        point, last = self._point(at), self._strokes[-1][-1]
        is_near = abs(point[0] - last[0]) < _NEAREST and abs(point[1] - last[1]) < _NEAREST
        if not is_near and sum(map(len, self._strokes)) < _MOST_POINTS:
            self._strokes[-1].append(point)
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self._name_it()
            self.changed.emit()

    def _point(self, at: QPointF) -> list[int]:
        box = self._box()
        across = (at.x() - box.left()) / max(1.0, box.width()) * FULL
        down = (at.y() - box.top()) / max(1.0, box.height()) * FULL
        return [_bounded(round(across)), _bounded(round(down))]

    def _name_it(self) -> None:
        self.setAccessibleName(
            self.tr("Signature, empty") if self.is_empty() else self.tr("Signature, drawn")
        )


def paint_strokes(
    painter: QPainter, box: QRectF, strokes: Sequence[Sequence[Sequence[int]]], ink: QColor
) -> None:
    """Draw strokes into a 3 : 1 box, smoothed; a stroke of one point is a dot."""
    pen = QPen(ink, max(1.4, box.height() * _PEN))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        places = [
            QPointF(box.left() + x / FULL * box.width(), box.top() + y / FULL * box.height())
            for x, y in stroke
        ]
        if len(places) == 1:
            painter.drawPoint(places[0])
            continue
        path = QPainterPath(places[0])
        for place, after in pairwise(places[1:]):
            path.quadTo(place, (place + after) / 2)
        path.lineTo(places[-1])
        painter.drawPath(path)


def _bounded(number: int) -> int:
    return max(0, min(FULL, int(number)))
