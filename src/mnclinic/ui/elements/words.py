"""Words in the steps of the type scale, and buttons."""

from collections.abc import Callable

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from mnclinic.ui.icons import icon
from mnclinic.ui.qt_numbers import TEXT_WORD_WRAP, set_from_the_left, show_hand, take_as_it_stands
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Size, TextStyle, Type

BREAK = "\u200b"
"""Stands where a long word may go on in the next line: see `long_words.breakable`."""

_ENDLESS_PX = 1 << 20
_OF_NO_LAYOUT = (QSize(640, 480), QSize(100, 30))
"""What the toolkit gives a widget without a parent, and one with, before anybody says how large it is."""


def unbroken(words: str) -> str:
    """Words as they are written, wherever they may break."""
    return words.replace(BREAK, "")


class WrappingLabel(QLabel):
    """Words that break into lines and keep the height that these need.

    A layout inside a layout gives Qt's own label the height of another width now and then, and cuts it.
    """

    def __init__(self, text: str) -> None:
        """Make it; it claims its height as soon as it has a width."""
        super().__init__(text)
        self._has_size = False
        self._spoken = ""
        self._name()
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self._name()
        self._claim_height()

    def _name(self) -> None:
        """Where words may break that were written as one, a screen reader is told them as one."""
        if self.accessibleName() == self._spoken:
            plain = unbroken(self.text())
            self._spoken = plain if plain != self.text() else ""
            self.setAccessibleName(self._spoken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has other lines."""
        super().resizeEvent(event)
        self._has_size = True
        self._claim_height()

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other lines."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._claim_height()

    def heightForWidth(self, width: int) -> int:
        """The height of the lines. Qt's own answer never falls below a height that was claimed before."""
        if not self.text():
            return 0
        margins = self.contentsMargins()
        inside = max(1, width - margins.left() - margins.right() - 2 * self.margin())
        room = QRect(0, 0, inside, _ENDLESS_PX)
        # Where the lines begin says nothing about their height.
        taken = self.fontMetrics().boundingRect(room, TEXT_WORD_WRAP, self.text())
        return taken.height() + margins.top() + margins.bottom() + 2 * self.margin()

    def _claim_height(self) -> None:
        if self.width() > 0 and (self._has_size or self.size() not in _OF_NO_LAYOUT):
            needed = self.heightForWidth(self.width())
            if needed != self.minimumHeight():
                self.setMinimumHeight(needed)


class OneLine(QLabel):
    """Words in one line, with dots where they have no room; mouse and screen readers have them whole."""

    def __init__(self, style: TextStyle, tint: str = "") -> None:
        """Say nothing yet."""
        super().__init__()
        self._words = ""
        self.setFont(theme().font(style))
        take_as_it_stands(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if tint:
            self.setProperty("tint", tint)

    def say(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setAccessibleName(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or fewer of them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._words, QtCore.Qt.TextElideMode.ElideRight, max(0, self.width())
        )
        self.setText(shown)
        self.setToolTip(self._words if shown != self._words else "")


def shrink(made: QPushButton) -> None:
    """Leave a button its icon alone; the mouse and screen readers have its words."""
    words = made.text().replace("&", "")
    if words:
        made.setToolTip(made.toolTip() or words)
        made.setAccessibleName(made.accessibleName() or words)
        made.setText("")
    made.setProperty("icon_only", True)
    restyle(made)


def padded(at_the_sides_px: int) -> str:
    """The style of a button with less room around its words; with the keyboard on it, it is as wide."""
    return (
        f"QPushButton {{ padding: 0 {at_the_sides_px}px; }}"
        f"QPushButton:focus {{ padding: 0 {at_the_sides_px - 1}px; }}"
    )


def label(text: str, style: TextStyle = Type.BODY, tint: str = "", *, wraps: bool = False) -> QLabel:
    """Words in one step of the type scale; `tint` is muted, faint, accent or stop."""
    made = WrappingLabel(text) if wraps else QLabel(text)
    made.setFont(theme().font(style))
    set_from_the_left(made)
    take_as_it_stands(made)
    if tint:
        made.setProperty("tint", tint)
    return made


def button(
    text: str,
    name: str,
    *,
    kind: str = "",
    shape: str = "",
    pressed: Callable[[], None] | None = None,
) -> QPushButton:
    """A button of a kind (primary, quiet, danger or plain) with an icon's shape in front of its words."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text.replace("&", ""))
    made.setAutoDefault(False)
    show_hand(made)
    if kind:
        made.setProperty("kind", kind)
    if shape:
        ink = {"primary": "on_accent", "danger": "on_danger", "quiet": "accent_text"}.get(kind, "text")
        made.setIcon(icon(shape, ink))
        made.setIconSize(QSize(theme().px(Size.ICON) + 6, theme().px(Size.ICON)))
    if pressed is not None:
        made.clicked.connect(lambda _checked=False: pressed())
    return made


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: 1 patient, 2 patients."""
    return f"{count:,} {one if count == 1 else many}"
