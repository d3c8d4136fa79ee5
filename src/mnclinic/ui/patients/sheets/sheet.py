"""What every sheet over the patients' page is: a title, fields as high as the window allows, buttons."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    Banner,
    Scroller,
    button,
    column,
    label,
    row,
)
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type

TALLEST_SHARE = 0.9
"""Of the window's height."""
AROUND_PX, LEAST_PX = 190, 60
"""What stands round a sheet's fields, and the least that is left for them where the text is large."""


class Sheet(QDialog):
    """A sheet with a title, a place for what went wrong, and its buttons. Enter presses the last."""

    is_filled = False
    """Something in the body takes all the height there is."""

    def __init__(self, parent: QWidget, desk: Desk, title: str, words: str = "") -> None:
        """Make a sheet; put its fields into `body`."""
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(min(theme().px(460), max(320, parent.width() - 2 * Space.PAGE)))
        lines = column(self, gap=Space.MEDIUM, margin=Space.PAGE)
        lines.addWidget(label(title, Type.TITLE, wraps=True))
        if words:
            lines.addWidget(label(words, tint="muted", wraps=True))
        self.banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self.banner)
        self._inner = QWidget()
        self.body: QVBoxLayout = column(self._inner, gap=Space.MEDIUM)
        if self.is_filled:
            lines.addWidget(self._inner, 1)
        else:
            # The ring round a focused field is not cut at the edge.
            self.body.setContentsMargins(2, 2, Space.SMALL, 2)
            self._scroller = Scroller(self._inner)
            lines.addWidget(self._scroller, 1)
        self._actions = row()
        self._actions.addStretch(1)
        lines.addLayout(self._actions)

    def add_actions(self, name: str, words: str, pressed: Callable[[], None], *, shape: str = "") -> None:
        """Put Cancel and the sheet's own act at its foot."""
        if not self.is_filled:
            self.body.addStretch(1)
        self._actions.addWidget(button(self.tr("Cancel"), f"{name}.cancel", pressed=self.reject))
        self.go = button(words, f"{name}.go", kind="primary", shape=shape, pressed=pressed)
        self.go.setDefault(True)
        self._actions.addWidget(self.go)

    def failed(self, error: Exception) -> None:
        """Say what went wrong."""
        self.banner.say(sentence_of(error))

    def showEvent(self, event: QShowEvent) -> None:
        """As high as what is in it, and never higher than the window lets it be."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height that the body needs by now."""
        if self.is_filled:
            return
        inner = self._inner.layout()
        window = self.parentWidget()
        if inner is None or window is None:
            return
        width = self.width() - 2 * Space.PAGE
        room = int(window.height() * TALLEST_SHARE) - theme().px(AROUND_PX)
        if self.banner.isVisibleTo(self):
            room -= self.banner.sizeHint().height() + Space.MEDIUM
        wanted = max(inner.totalHeightForWidth(width), inner.totalMinimumSize().height())
        self._scroller.setMinimumHeight(min(wanted, max(theme().px(LEAST_PX), room)))
        self.adjustSize()
