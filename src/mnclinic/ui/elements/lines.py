"""Lines to look something up with: their glass and their cross grow with the text."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from mnclinic.ui.icons import icon, paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Space

MARK_PX, GLASS_AT_PX = 16, 10


class EmptiedLine(QLineEdit):
    """A line with a cross that empties it. The toolkit's own stays small where the text is large."""

    def __init__(self) -> None:
        """Make an empty line."""
        super().__init__()
        side = theme().px(MARK_PX)
        self._cross = QToolButton(self)
        self._cross.setIcon(icon("x", "text_muted"))
        self._cross.setIconSize(QSize(side, side))
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.setStyleSheet("border: none; background: transparent; padding: 0;")
        self._cross.setAccessibleName(self.tr("Empty the line"))
        self._cross.setToolTip(self._cross.accessibleName())
        self._cross.clicked.connect(self._empty)
        self._cross.hide()
        self.setTextMargins(0, 0, side + Space.SMALL, 0)
        self.textChanged.connect(self._show_cross)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cross stays at the right."""
        super().resizeEvent(event)
        room = theme().px(MARK_PX) + Space.SMALL
        self._cross.setGeometry(self.width() - room - Space.TIGHT, 0, room, self.height())

    def _show_cross(self, text: str) -> None:
        self._cross.setVisible(bool(text) and not self.isReadOnly())

    def _empty(self) -> None:
        self.clear()
        self.textEdited.emit("")


class SearchLine(EmptiedLine):
    """An emptied line with a glass before it."""

    def __init__(self) -> None:
        """Make an empty line."""
        super().__init__()
        margins = self.textMargins()
        margins.setLeft(theme().px(MARK_PX) + Space.SMALL)
        self.setTextMargins(margins)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, and the glass before it."""
        super().paintEvent(event)
        side = theme().px(MARK_PX)
        place = QRect(GLASS_AT_PX, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        paint_icon(painter, place, "search", colours().text_muted)
        painter.end()
