"""Two photographs of one person: side by side, one over the other with a slider, or with an outline over it.

Both are looked at through one window: whatever is made larger or moved is so in both at once.
"""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnclinic.ui.photos.frame import fitted, outline_of
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Space, Type

LEAST_ZOOM, MOST_ZOOM, ZOOM_STEP = 1.0, 8.0, 1.25
PAN_SHARE = 0.1
"""Of the picture that is seen, at one press of an arrow key."""
OUTLINE_PX = 1000
WHOLE = 1000
MOST_WORDS = 1 / 3
"""Of the height, however long what a clinic calls its views."""


class CompareMode(StrEnum):
    """How two pictures are held against each other."""

    SIDE_BY_SIDE = "side_by_side"
    SLIDER = "slider"
    OUTLINE = "outline"


class Comparer(QWidget):
    """The first picture is the earlier one. Keys: + and − zoom, 0 shows all, the arrows move."""

    zoomed = Signal()
    """Larger, smaller or elsewhere."""

    def __init__(self, name: str) -> None:
        """Show nothing, side by side."""
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(280, 200))
        self.mode = CompareMode.SIDE_BY_SIDE
        self.pictures = (QPixmap(), QPixmap())
        self.captions = ("", "")
        self.zoom = LEAST_ZOOM
        self.centre = QPointF(0.5, 0.5)
        """Which place of the pictures is in the middle, as shares of their width and height."""
        self.share = 0.5
        """How much of the width the earlier one has under the slider."""
        self.waits = ""
        """What is said where a picture is not here yet."""
        self._outline: QImage | None = None
        self._held: QPointF | None = None

    def show_pictures(self, first: QPixmap, second: QPixmap, captions: tuple[str, str]) -> None:
        """Show these two, an empty one where there is none."""
        if first.cacheKey() != self.pictures[0].cacheKey():
            self._outline = None
        self.pictures, self.captions = (first, second), captions
        self.setAccessibleDescription("; ".join(one for one in captions if one))
        self.update()

    def show_mode(self, mode: CompareMode) -> None:
        """Hold them against each other in another way."""
        self.mode = mode
        self.update()

    def show_share(self, permille: int) -> None:
        """Let the earlier one have so much of the width."""
        self.share = permille / WHOLE
        self.update()

    def show_zoom(self, zoom: float) -> None:
        """Larger or smaller, both alike."""
        self.zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self._move(QPointF())

    def show_whole(self) -> None:
        """All of both."""
        self.centre = QPointF(0.5, 0.5)
        self.show_zoom(LEAST_ZOOM)

    def _move(self, by: QPointF) -> None:
        """By shares of the pictures; what is seen never leaves them."""
        half = 0.5 / self.zoom
        centre = self.centre + by
        self.centre = QPointF(min(max(centre.x(), half), 1 - half), min(max(centre.y(), half), 1 - half))
        self.update()
        self.zoomed.emit()

    # -- hands -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and move by key."""
        step = PAN_SHARE / self.zoom
        moves = {
            Qt.Key.Key_Left: QPointF(-step, 0),
            Qt.Key.Key_Right: QPointF(step, 0),
            Qt.Key.Key_Up: QPointF(0, -step),
            Qt.Key.Key_Down: QPointF(0, step),
        }
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in moves:
            self._move(moves[key])
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.show_zoom(self.zoom * ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.show_zoom(self.zoom / ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with the wheel."""
        if event.angleDelta().y():
            self.show_zoom(self.zoom * (ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP))
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of both pictures."""
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move both."""
        if self._held is None:
            return
        room = self._panes()[0]
        by = self._held - event.position()
        self._held = event.position()
        self._move(QPointF(by.x() / room.width() / self.zoom, by.y() / room.height() / self.zoom))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of them."""
        del event
        self._held = None

    # -- drawing ---------------------------------------------------------------------------------

    def _panes(self) -> tuple[QRectF, QRectF]:
        """Where the earlier and the later one stand, without the lines of words below them."""
        room = QRectF(self.rect()).adjusted(0, 0, 0, -self._words_height() - 2 * Space.SMALL)
        if self.mode is not CompareMode.SIDE_BY_SIDE:
            return room, room
        width = (room.width() - Space.MEDIUM) / 2
        return (
            QRectF(room.left(), room.top(), width, room.height()),
            QRectF(room.right() - width, room.top(), width, room.height()),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both as they are held against each other, each with its words below it."""
        del event
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        panes = self._panes()
        for pane in panes if self.mode is CompareMode.SIDE_BY_SIDE else panes[:1]:
            painter.setPen(QColor(colours().control_line))
            painter.setBrush(QColor(colours().page))
            painter.drawRoundedRect(pane.adjusted(0.5, 0.5, -0.5, -0.5), Radius.CONTROL, Radius.CONTROL)
        match self.mode:
            case CompareMode.SIDE_BY_SIDE:
                for pane, picture in zip(panes, self.pictures, strict=True):
                    self._picture(painter, pane, picture, pane)
            case CompareMode.SLIDER:
                self._slid(painter, panes[0])
            case CompareMode.OUTLINE:
                self._picture(painter, panes[1], self.pictures[1], panes[1])
                self._lines(painter, panes[1])
        self._words(painter, panes)
        if self.hasFocus():
            painter.setPen(QColor(colours().accent_text))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), Radius.CONTROL, Radius.CONTROL
            )

    def _target(self, size: QSize, pane: QRectF) -> QRectF:
        """Where all of a picture would stand now; more than the pane once it is made larger."""
        whole = fitted(size, pane.adjusted(3, 3, -3, -3))
        width, height = whole.width() * self.zoom, whole.height() * self.zoom
        middle = pane.center()
        return QRectF(
            middle.x() - self.centre.x() * width, middle.y() - self.centre.y() * height, width, height
        )

    def _picture(self, painter: QPainter, pane: QRectF, picture: QPixmap, seen: QRectF) -> None:
        if picture.isNull():
            painter.setPen(QColor(colours().text_muted))
            painter.setFont(theme().font(Type.BODY))
            painter.drawText(pane, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.waits)
            return
        painter.save()
        painter.setClipRect(seen.adjusted(2, 2, -2, -2))
        painter.drawPixmap(self._target(picture.size(), pane), picture, QRectF(picture.rect()))
        painter.restore()

    def _slid(self, painter: QPainter, pane: QRectF) -> None:
        edge = pane.left() + pane.width() * self.share
        left = QRectF(pane.left(), pane.top(), edge - pane.left(), pane.height())
        right = QRectF(edge, pane.top(), pane.right() - edge, pane.height())
        if self.pictures[0].isNull() or self.pictures[1].isNull():
            self._picture(painter, pane, self.pictures[1], pane)
            return
        self._picture(painter, pane, self.pictures[0], left)
        self._picture(painter, pane, self.pictures[1], right)
        painter.setPen(QColor(colours().surface))
        painter.drawLine(QPointF(edge - 1, pane.top()), QPointF(edge - 1, pane.bottom()))
        painter.setPen(QColor(colours().accent_text))
        painter.drawLine(QPointF(edge, pane.top()), QPointF(edge, pane.bottom()))

    def _lines(self, painter: QPainter, pane: QRectF) -> None:
        """The outline of the earlier one over the later."""
        if self.pictures[0].isNull():
            return
        if self._outline is None:
            small = self.pictures[0].scaled(
                OUTLINE_PX,
                OUTLINE_PX,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._outline = outline_of(small, QColor(colours().accent_text))
        painter.save()
        painter.setClipRect(pane.adjusted(2, 2, -2, -2))
        painter.drawImage(self._target(self._outline.size(), pane), self._outline)
        painter.restore()

    def _words_width(self) -> float:
        """How wide the words below each picture may be."""
        return (self.width() - Space.MEDIUM) / 2

    def _words_height(self) -> float:
        """How much the words below the pictures need; longer ones go on in a next line."""
        metrics = QFontMetricsF(theme().font(Type.SMALL))
        room = QRectF(0, 0, self._words_width(), self.height())
        wanted = max(
            metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, one or " ").height() for one in self.captions
        )
        return min(wanted, self.height() * MOST_WORDS)

    def _words(self, painter: QPainter, panes: tuple[QRectF, QRectF]) -> None:
        painter.setPen(QColor(colours().text_muted))
        painter.setFont(theme().font(Type.SMALL))
        width = self._words_width()
        top, is_apart = panes[0].bottom() + Space.TIGHT, self.mode is CompareMode.SIDE_BY_SIDE
        for words, left in zip(self.captions, (0.0, self.width() - width), strict=True):
            # The words of the later one end with the picture that both lie in.
            side = Qt.AlignmentFlag.AlignRight if left and not is_apart else Qt.AlignmentFlag.AlignLeft
            line = QRectF(left, top, width, self.height() - top)
            painter.drawText(line, side | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, words)
