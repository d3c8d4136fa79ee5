"""A whole room takes files that are dropped on it, and shows that it would while they are dragged over it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mnclinic.ui.elements import column, label
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Space, Type

LINE_PX = 2


def files_in(data: QMimeData) -> list[str]:
    """The paths of files that are dragged; pictures out of a page of the web are none."""
    return [one.toLocalFile() for one in data.urls() if one.isLocalFile()]


class DropVeil(QWidget):
    """Lies over a room while files are dragged over it: a line around it, and what becomes of them there."""

    def __init__(self, room: QWidget, words: str) -> None:
        """Make it hidden."""
        super().__init__(room)
        self.setObjectName("photos.veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = label(words, Type.HEADING, wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines = column(self, gap=0, margin=theme().px(Space.LARGE))
        # What can be dropped on by itself stays in sight.
        lines.addStretch(1)
        lines.addWidget(self.words)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, and a ground for the words alone."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().accent_text), LINE_PX, Qt.PenStyle.DashLine))
        inside = QRectF(self.rect()).adjusted(LINE_PX, LINE_PX, -LINE_PX, -LINE_PX)
        painter.drawRoundedRect(inside, Radius.CONTROL, Radius.CONTROL)
        room = Space.MEDIUM
        ground = QRectF(self.words.geometry()).adjusted(-room, -room, room, room)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().page))
        painter.drawRoundedRect(ground, Radius.CONTROL, Radius.CONTROL)


class Drops(QObject):
    """Takes the drops of a room. A widget inside that takes files itself goes before it."""

    dropped = Signal(list)
    """Paths of files that were dropped."""

    def __init__(self, room: QWidget, words: str, can_take: Callable[[], bool]) -> None:
        """Watch the room; `can_take` says whether anything may be brought at this moment."""
        super().__init__(room)
        self._room, self._can_take = room, can_take
        self.veil = DropVeil(room, words)
        room.setAcceptDrops(True)
        room.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files come, leave, or are let go of."""
        kind = event.type()
        if isinstance(event, QDropEvent) and kind in {QEvent.Type.DragEnter, QEvent.Type.Drop}:
            return self._let(event, is_drop=kind == QEvent.Type.Drop)
        if kind == QEvent.Type.DragMove and not self.veil.isHidden():
            event.accept()
            return True
        if kind in {QEvent.Type.DragLeave, QEvent.Type.Hide}:
            self.veil.hide()
        elif kind == QEvent.Type.Resize:
            self.veil.setGeometry(self._room.rect())
        return super().eventFilter(watched, event)

    def _let(self, event: QDropEvent | QDragEnterEvent, *, is_drop: bool) -> bool:
        self.veil.hide()
        paths = files_in(event.mimeData()) if self._can_take() else []
        if not paths:
            return False
        event.acceptProposedAction()
        if is_drop:
            self.dropped.emit(paths)
        else:
            self.veil.setGeometry(self._room.rect())
            self.veil.raise_()
            self.veil.show()
        return True
