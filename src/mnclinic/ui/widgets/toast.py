"""A short word of success that asks for nothing, with Undo where there is one."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QEnterEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Size, Space, Type
from mnclinic.ui.widgets.text import Text

SHOWN_MS = 6000
SHOWN_WITH_UNDO_MS = 10000
_ABOVE_FOOT_PX = 56
_NAME = "toast"


class Toast(QWidget):
    """Lies over the foot of the window, takes no focus, and goes away by itself.

    Make it with `Toast.show_over(page, text, undo)`; a newer one takes the place of an older.
    It stays while the mouse is on it or its button has the focus.
    """

    undo_requested = Signal()
    """Undo was pressed; the toast goes. UI thread."""

    def __init__(self, host: QWidget, text: str, undo: str = "") -> None:
        super().__init__(host)
        self.setObjectName(_NAME)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        row = QHBoxLayout(self)
        left = Space.LARGE + theme().px(Size.ICON) + Space.SMALL
        row.setContentsMargins(left, Space.SMALL, Space.LARGE, Space.SMALL)
        row.setSpacing(Space.LARGE)
        words = Text(text, Type.LABEL, tint="toast")
        words.setMinimumHeight(theme().px(Size.TARGET))
        row.addWidget(words)
        self.undo = QPushButton(undo)
        self.undo.setObjectName("toast.undo")
        self.undo.setProperty("kind", "toast")
        self.undo.setCursor(Qt.CursorShape.PointingHandCursor)
        self.undo.setVisible(bool(undo))
        self.undo.clicked.connect(self._undo)
        row.addWidget(self.undo)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(SHOWN_WITH_UNDO_MS if undo else SHOWN_MS)
        self._time.timeout.connect(self._time_is_up)
        host.installEventFilter(self)

    @classmethod
    def show_over(cls, anchor: QWidget, text: str, undo: str = "") -> "Toast":
        """Show a toast in the window of `anchor`; `undo` is the word on its button, "" for none."""
        host = anchor.window()
        for older in host.findChildren(cls):
            older.dismiss()
        toast = cls(host, text, undo)
        toast.place()
        toast.show()
        toast.raise_()
        toast.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, text))
        return toast

    def start(self) -> None:
        """Count the time it stays from now."""
        self._time.start()

    def dismiss(self) -> None:
        """Go away now."""
        self._time.stop()
        self.hide()
        self.setObjectName("")
        self.deleteLater()

    def place(self) -> None:
        """Lie in the middle above the foot of the window."""
        host = self.parentWidget()
        if host is not None:
            size = self.sizeHint().boundedTo(host.size())
            self.resize(size)
            self.move((host.width() - size.width()) // 2, host.height() - size.height() - _ABOVE_FOOT_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._time.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._time.start()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().toast))
        painter.drawRoundedRect(QRectF(self.rect()), Radius.CARD, Radius.CARD)
        mark = self.rect().adjusted(Space.LARGE, 0, 0, 0)
        mark.setWidth(theme().px(Size.ICON))
        paint_icon(painter, mark, "circle-check", colours().toast_action)

    def _undo(self) -> None:
        self.undo_requested.emit()
        self.dismiss()

    def _time_is_up(self) -> None:
        if self.undo.hasFocus():
            self._time.start()
        else:
            self.dismiss()
