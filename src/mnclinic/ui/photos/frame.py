"""A photograph in a frame, with the outline of another one over it."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius

OUTLINE_GAIN = 3
"""How often the edges are added to themselves: skin has soft ones."""
EDGE_PX = 2


def picture_of(jpeg: bytes) -> QPixmap:
    """A copy that the process of its own drew; a null one where the bytes are none."""
    made = QPixmap()
    made.loadFromData(jpeg, "JPEG")
    return made


def outline_of(picture: QPixmap, ink: QColor) -> QImage:
    """The edges of a picture as lines in one ink, clear between them."""
    whole = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    edges = QImage(whole.size(), QImage.Format.Format_RGB32)
    edges.fill(Qt.GlobalColor.black)
    for offset in (QPoint(EDGE_PX, 0), QPoint(0, EDGE_PX)):
        # What a point differs by from its neighbour.
        one = whole.copy()
        painter = QPainter(one)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        painter.drawImage(offset, whole)
        painter.end()
        painter = QPainter(edges)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        for _ in range(OUTLINE_GAIN):
            painter.drawImage(EDGE_PX, EDGE_PX, one, EDGE_PX, EDGE_PX)
        painter.end()
    made = QImage(whole.size(), QImage.Format.Format_ARGB32)
    made.fill(ink)
    made.setAlphaChannel(edges.convertToFormat(QImage.Format.Format_Grayscale8))
    return made


def fitted(size: QSize, room: QRectF) -> QRectF:
    """Where a picture of this size stands whole in the middle of the room."""
    if size.isEmpty() or room.isEmpty():
        return QRectF()
    share = min(room.width() / size.width(), room.height() / size.height())
    width, height = size.width() * share, size.height() * share
    return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)


class PhotoFrame(QWidget):
    """One picture, or an empty frame. Takes a file that is dropped on it where somebody wants that."""

    dropped = Signal(list)
    """Paths of files that were dropped."""

    def __init__(self, name: str, size: QSize, *, takes_files: bool = False) -> None:
        """Make it empty, of this size; of twice that where text is twice as large."""
        super().__init__()
        self.setObjectName(name)
        self.setFixedSize(theme().px(size.width()), theme().px(size.height()))
        self.setAcceptDrops(takes_files)
        self.picture = QPixmap()
        self.over = QPixmap()
        """The picture whose outline lies over it."""
        self._outline: QImage | None = None
        self.is_dragged_over = False
        """Files hang over it and would be taken."""

    def show_picture(self, picture: QPixmap, over: QPixmap | None = None) -> None:
        """Show this one, with the outline of the other over it."""
        over = over or QPixmap()
        if over.cacheKey() != self.over.cacheKey():
            self._outline = None
        self.picture, self.over = picture, over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and what is in it."""
        del event
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        is_over = self.is_dragged_over
        line = QPen(QColor(colours().accent_text), 2) if is_over else QPen(QColor(colours().control_line))
        painter.setPen(line)
        painter.setBrush(QColor(colours().page))
        painter.drawRoundedRect(room, Radius.CONTROL, Radius.CONTROL)
        inside = room.adjusted(3, 3, -3, -3)
        if not self.picture.isNull():
            target = fitted(self.picture.size(), inside)
            painter.drawPixmap(target, self.picture, QRectF(self.picture.rect()))
        if not self.over.isNull():
            if self._outline is None:
                small = self.over.scaled(
                    self.size() * 2,
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
                self._outline = outline_of(small, QColor(colours().accent_text))
            painter.drawImage(fitted(self._outline.size(), inside), self._outline)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here, and nothing else."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._drag_over(is_over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They are dragged elsewhere."""
        super().dragLeaveEvent(event)
        self._drag_over(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over which files they are."""
        self._drag_over(is_over=False)
        paths = [one.toLocalFile() for one in event.mimeData().urls() if one.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _drag_over(self, *, is_over: bool) -> None:
        self.is_dragged_over = is_over
        self.update()
