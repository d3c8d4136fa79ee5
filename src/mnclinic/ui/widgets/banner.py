"""What a person has to know about the page below."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Size, Space, Tone, Type
from mnclinic.ui.widgets.buttons import Button, IconButton
from mnclinic.ui.widgets.text import Text

BannerKind = Literal["info", "warn", "stop", "success", "director", "demo"]
_LOOKS = {
    "info": (Tone.INFO, "info"),
    "warn": (Tone.SOON, "triangle-alert"),
    "stop": (Tone.STOP, "octagon-x"),
    "success": (Tone.COMPLETE, "circle-check"),
    "director": (Tone.DIRECTOR, "stamp"),
    "demo": (Tone.DRAFT, "flask-conical"),
}
_STRIPE_PX = 14


class Banner(QFrame):
    """A line or more across the page: shape, words, at most one action, and a cross to close it.

    Text wraps and is never cut. Several sentences may be given as separate lines.
    """

    action_requested = Signal()
    """Its action was asked for. UI thread."""
    closed = Signal()
    """A person closed it; it hides by itself. UI thread."""

    def __init__(
        self,
        kind: BannerKind = "info",
        text: str = "",
        *,
        action: str = "",
        closable: bool = False,
        name: str = "banner",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._kind: BannerKind = kind
        self._on_action: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, Space.TIGHT, Space.SMALL, Space.TIGHT)
        row.setSpacing(Space.MEDIUM)
        self._mark = _Mark()
        self._text = Text("", Type.BODY, wrap=True, selectable=True)
        self._text.setContentsMargins(0, Space.TIGHT, 0, Space.TIGHT)
        self.action = Button("", "secondary", name=f"{name}.action")
        self.action.clicked.connect(self._act)
        self._close = IconButton("x", self.tr("Close this message"), name=f"{name}.close")
        self._close.clicked.connect(self._closed)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.say(text, kind, action=action, closable=closable)

    def say(
        self,
        text: str,
        kind: BannerKind | None = None,
        *,
        action: str = "",
        on_action: Callable[[], None] | None = None,
        closable: bool = False,
    ) -> None:
        """Show these words and speak them; an empty text hides the banner.

        `on_action` belongs to these words: the next `say` forgets it.
        """
        self._kind = kind or self._kind
        self._on_action = on_action
        self._text.setText(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._close.setVisible(closable)
        self.setAccessibleName(text)
        tone, shape = _LOOKS[self._kind]
        self._text.set_tint(tone.value)
        self._mark.show_mark(shape, tone)
        self.setVisible(bool(text))
        self.update()
        if text and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def text(self) -> str:
        """The words shown."""
        return self._text.whole_text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = colours().tones[_LOOKS[self._kind][0]]
        painter.setPen(QPen(QColor(tone.border), 1))
        painter.setBrush(QColor(tone.background))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)

    def _act(self) -> None:
        self.action_requested.emit()
        if self._on_action is not None:
            self._on_action()

    def _closed(self) -> None:
        self.hide()
        self.closed.emit()


class _Mark(QWidget):
    """The banner's shape, centred on its first line."""

    def __init__(self) -> None:
        super().__init__()
        self._shape, self._tone = "info", Tone.INFO
        self.setFixedSize(QSize(theme().px(20), theme().px(Size.CONTROL)))

    def show_mark(self, shape: str, tone: Tone) -> None:
        self._shape, self._tone = shape, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self.rect(), self._shape, colours().tones[self._tone].text)


class DemoStrip(QWidget):
    """The strip that a demo clinic carries on every screen: hatched, so that nobody overlooks it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("demo.strip")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, Space.TIGHT, Space.LARGE, Space.TIGHT)
        self._text = Text(text, Type.CHIP, tint=Tone.DRAFT.value)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addStretch(1)
        row.addWidget(self._text)
        row.addStretch(1)
        self.setFixedHeight(theme().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = colours()
        tone = c.tones[Tone.DRAFT]
        painter.fillRect(self.rect(), QColor(tone.background))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stripe = QColor(tone.border)
        stripe.setAlpha(120)
        painter.setPen(QPen(stripe, _STRIPE_PX / 2))
        for left in range(-self.height(), self.width(), _STRIPE_PX * 2):
            painter.drawLine(left, self.height() + 4, left + self.height() + 8, -4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.background))
        words = QRectF(self._text.geometry()).adjusted(-14, 0, 14, 0)
        painter.drawRoundedRect(words, words.height() / 2, words.height() / 2)
