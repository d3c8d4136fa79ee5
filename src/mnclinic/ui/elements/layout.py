"""Layouts with even gaps, and the scroll area that gives wrapped words their height."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space

LARGE_TEXT = 1.5
"""From this scale of the text on, what stands side by side goes one below the other."""


def column(parent: QWidget | None = None, *, gap: int = Space.MEDIUM, margin: int = 0) -> QVBoxLayout:
    """A vertical layout with even gaps."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    return made


def row(parent: QWidget | None = None, *, gap: int = Space.SMALL, margin: int = 0) -> QHBoxLayout:
    """A horizontal layout with even gaps."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    return made


def beside(*, gap: int = Space.LARGE) -> QBoxLayout:
    """A layout for two cards: side by side, and one below the other where the text is large."""
    is_large = theme().text_scale >= LARGE_TEXT
    made = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_large else QBoxLayout.Direction.LeftToRight)
    made.setSpacing(gap)
    made.setContentsMargins(0, 0, 0, 0)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class Scroller(QScrollArea):
    """A vertical scroll area that looks like nothing and gives wrapped words all the height they need.

    Qt sizes the content by its minimum size, which does not know how many lines words wrap to.
    """

    def __init__(self, content: QWidget) -> None:
        """Scroll `content`, which has a layout."""
        super().__init__()
        self.setObjectName("bare")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content changed: fit it anew."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps words differently."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None:
            return
        width = self.viewport().width()
        has_words = layout.hasHeightForWidth()
        height = layout.totalHeightForWidth(width) if has_words else layout.totalMinimumSize().height()
        content.setMinimumHeight(max(height, layout.totalMinimumSize().height()))
