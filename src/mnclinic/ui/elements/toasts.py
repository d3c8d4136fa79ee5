"""A short word of what was just done, with Undo where it can be taken back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QEnterEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from mnclinic.ui.elements.words import button, label
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Motion, Radius, Size, Space, Type

ABOVE_FOOT_PX = 52
"""Of a host without a line of its own for it."""


class Toast(QWidget):
    """Stands in the foot's line of its host, takes no focus and goes away by itself.

    A host with a layout, such as the window's foot, gives it a place there, so that it lies over nothing
    that is pressed; over another it floats above the foot. It stays while the mouse is on it or its button
    has the focus. It belongs to its host and goes with it, so that none is left over the log-in after a
    lock.
    """

    gone = Signal()
    """It went away, or is about to make room for a newer one."""

    def __init__(self, host: QWidget, words: str, undo: Callable[[], None] | None = None) -> None:
        """Make a toast over `host`; `undo` takes the act back. Use `show_over`."""
        super().__init__(host)
        self.setObjectName("toast")
        self.setAccessibleName(words)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self._host, self._words = host, words
        self._room = host.layout()
        self._edge = Space.TIGHT if self._room is None else Space.HAIR
        line = QHBoxLayout(self)
        line.setContentsMargins(self._left(), self._edge, Space.LARGE, self._edge)
        line.setSpacing(Space.LARGE)
        self.words = label(words, Type.LABEL, "toast", wraps=True)
        self.words.setMinimumHeight(theme().px(Size.TARGET))
        line.addWidget(self.words, 1)
        self.undo_button = button(self.tr("Undo"), "toast.undo", kind="toast", pressed=self.take_back)
        self.undo_button.setAccessibleName(self.tr("Undo: {what}").format(what=words))
        self.undo_button.setVisible(undo is not None)
        line.addWidget(self.undo_button)
        self._undo = undo
        self._time = QTimer(self, singleShot=True)
        self._time.setInterval(Motion.TOAST_MS if undo is None else Motion.TOAST_WITH_UNDO_MS)
        self._time.timeout.connect(self._time_is_up)
        if self._room is None:
            host.installEventFilter(self)

    @classmethod
    def show_over(cls, host: QWidget, words: str, undo: Callable[[], None] | None = None) -> "Toast":
        """Show one in the place of an older one, and have a screen reader say it.

        A `host` with a row gets it in front of the row's last widget; over another it floats.
        """
        for older in host.findChildren(cls):
            older.dismiss()
        toast = cls(host, words, undo)
        if isinstance(toast._room, QBoxLayout):
            toast._room.insertWidget(toast._room.count() - 1, toast)
        toast.place()
        toast.show()
        toast.raise_()
        toast._time.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, words))
        return toast

    def take_back(self) -> None:
        """Undo what was done, once, and go away."""
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is not None:
            undo()

    def dismiss(self) -> None:
        """Go away now."""
        self._time.stop()
        self.hide()
        # A newer one is found by this name, and this one lives until the event loop comes round.
        self.setObjectName("")
        self.deleteLater()
        self.gone.emit()

    def place(self) -> None:
        """Where it floats: in the middle above the host's foot, never wider than the host."""
        if self._room is not None:
            return
        size = self.sizeHint()
        self.resize(size)
        self.move(
            (self._host.width() - size.width()) // 2,
            max(0, self._host.height() - size.height() - theme().px(ABOVE_FOOT_PX)),
        )

    def sizeHint(self) -> QSize:
        """As wide as the words in one line where the host has the room; else as high as their lines."""
        metrics = QFontMetrics(theme().font(Type.LABEL))
        beside = self._left() + Space.LARGE
        if not self.undo_button.isHidden():
            beside += self.undo_button.sizeHint().width() + Space.LARGE
        room = max(1, self._host.width() - 2 * Space.PAGE - beside)
        width = min(room, metrics.horizontalAdvance(self._words) + Space.TIGHT)
        taken = metrics.boundingRect(QRect(0, 0, width, 1 << 20), Qt.TextFlag.TextWordWrap, self._words)
        least = theme().px(Size.CONTROL if self._room is None else Size.TARGET)
        return QSize(width + beside, max(least, taken.height()) + 2 * self._edge)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The host has another size: keep its foot."""
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self.place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Somebody is about to press: stay."""
        self._time.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has gone: count anew."""
        if self.isVisible():
            self._time.start()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the shape before the words."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.control_line), 1))
        painter.setBrush(QColor(c.toast))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius.CARD, Radius.CARD)
        side = theme().px(Size.ICON)
        mark = QRect(Space.LARGE, (self.height() - side) // 2, side, side)
        paint_icon(painter, mark, "circle-check", c.toast_action)

    def _left(self) -> int:
        return Space.LARGE + theme().px(Size.ICON) + Space.MEDIUM

    def _time_is_up(self) -> None:
        if self.undo_button.hasFocus():
            self._time.start()
        else:
            self.dismiss()
