"""The rail of the window: its ways, as data and as buttons."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from mnclinic.ui.icons import paint_icon
from mnclinic.ui.keys import native_keys
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Size, Space, Tone, Type

BESIDE_FROM = 1.25
"""At this scale of the text the last way would be below the foot of a window of 720 px."""
RAIL_MARGIN = 8
RAIL_ICON = 22
COUNT_LEFT = 6
WORDS_FLAGS = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
BESIDE_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
MOST_COUNTED = 99


@dataclass(frozen=True)
class RailEntry:
    """A way in the rail: the page's name, its words, its icon, its shortcut."""

    name: str
    words: str
    shape: str
    shortcut: str
    has_count: bool = False
    """Whether it may show how much waits."""


RAIL = (
    RailEntry("today", "Today", "calendar-days", "Ctrl+1"),
    RailEntry("patients", "Patients", "users", "Ctrl+2"),
    RailEntry("director", "Director", "stamp", "Ctrl+3", has_count=True),
    RailEntry("devices", "Devices & supplies", "package", "Ctrl+4"),
    RailEntry("protocols", "Protocols", "book-open", "Ctrl+5"),
    RailEntry("inspection", "Inspection", "shield-check", "Ctrl+6"),
)
FIND = RailEntry("find", "Find", "search", "Ctrl+K")
FOOT = (RailEntry("settings", "Settings", "settings", "Ctrl+7"),)
LOCK = RailEntry("lock", "Lock", "lock", "Ctrl+L")
MENU = RailEntry("menu", "Menu", "menu", "Alt")


def rail_width() -> int:
    """As wide as the longest word in it at this size of text, so that none is cut."""
    metrics = QFontMetrics(theme().font(Type.RAIL))
    words = [word for entry in (MENU, *RAIL, FIND, *FOOT, LOCK) for word in spoken(entry.words).split()]
    widest = max(map(metrics.horizontalAdvance, words)) + Space.SMALL
    if is_beside():
        count = QFontMetrics(theme().font(Type.COUNT)).horizontalAdvance(f"{MOST_COUNTED}+") + Space.LARGE
        counted = (word for entry in RAIL if entry.has_count for word in spoken(entry.words).split())
        widest = max(widest, *(metrics.horizontalAdvance(word) + count for word in counted))
    beside = words_left() if is_beside() else 0
    return max(0 if is_beside() else Size.RAIL, widest + beside + 2 * RAIL_MARGIN)


def is_beside() -> bool:
    """Whether the words stand beside the icons: larger ones below them would not fit a low screen."""
    return theme().text_scale >= BESIDE_FROM


def words_left() -> int:
    """Where the words begin beside an icon, in a way."""
    return Space.SMALL + rail_icon() + Space.SMALL


def rail_icon() -> int:
    """The side of an icon in the rail. Beside large words it grows less than they do, to leave them room."""
    return round(RAIL_ICON * (1 + (theme().text_scale - 1) * (0.5 if is_beside() else 1)))


class RailButton(QPushButton):
    """One way in the rail: an icon, its words, and a count of what waits for this person."""

    def __init__(self, entry: RailEntry) -> None:
        """Make the way."""
        super().__init__()
        self._entry = entry
        self._words = spoken(entry.words)
        self._is_current = False
        self._count = 0
        self.setObjectName(f"rail.{entry.name}")
        self.setAccessibleName(self._words)
        self.setToolTip(f"{self._words} ({native_keys(entry.shortcut)})")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """An icon and as many lines as the words take at the rail's width."""
        width = rail_width() - 2 * RAIL_MARGIN
        if is_beside():
            words = self.words_in(width).height()
            return QSize(width, max(words, rail_icon()) + 2 * Space.SMALL)
        return QSize(width, self.words_in(width).bottom() + 9)

    def words_in(self, width: int) -> QRect:
        """Where the words stand, for a way of this width: below the icon, or beside it."""
        metrics = QFontMetrics(theme().font(Type.RAIL))
        left, top = (words_left(), 0) if is_beside() else (2, 10 + rail_icon() + Space.TIGHT)
        room = QRect(left, top, width - left - 2, 0)
        flags = BESIDE_FLAGS if is_beside() else WORDS_FLAGS
        taken = metrics.boundingRect(room, flags, self._words)
        return QRect(left, top, room.width(), taken.height())

    def set_current(self, is_current: bool) -> None:
        """Mark the way that the window shows."""
        self._is_current = is_current
        self.update()

    def show_count(self, count: int) -> None:
        """Show how much waits for the person; 0 shows nothing."""
        self._count = count
        words = (
            self.tr("{way}, {count} waiting").format(way=self._words, count=count) if count else self._words
        )
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the way."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._is_current or self.underMouse():
            painter.setBrush(QColor(c.rail_current if self._is_current else c.rail_hover))
            painter.drawRoundedRect(self.rect().adjusted(0, 1, 0, -1), Radius.CONTROL, Radius.CONTROL)
        if self.hasFocus():
            painter.setPen(QColor(c.rail_mark))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 2, -2, -3), Radius.CONTROL, Radius.CONTROL)
        ink = c.rail_text_current if self._is_current else c.rail_text
        words, side = self.words_in(self.width()), rail_icon()
        if is_beside():
            words = QRect(words.x(), 0, words.width(), self.height())
            box = QRect(Space.SMALL, (self.height() - side) // 2, side, side)
        else:
            box = QRect((self.width() - side) // 2, 10, side, side)
        paint_icon(painter, box, self._entry.shape, ink)
        painter.setPen(QColor(ink))
        painter.setFont(theme().font(Type.RAIL))
        painter.drawText(words, BESIDE_FLAGS if is_beside() else WORDS_FLAGS, self._words)
        if self._count:
            self._paint_count(painter, box)

    def _paint_count(self, painter: QPainter, icon_box: QRect) -> None:
        """Over the icon's upper right corner, where it hides neither shape nor words."""
        tone = colours().tones[Tone.DIRECTOR]
        words = str(self._count) if self._count <= MOST_COUNTED else f"{MOST_COUNTED}+"
        painter.setFont(theme().font(Type.COUNT))
        metrics = painter.fontMetrics()
        height = metrics.height() + Space.HAIR
        width = max(height, metrics.horizontalAdvance(words) + Space.SMALL)
        left = self.width() - width - 2 if is_beside() else icon_box.center().x() + COUNT_LEFT
        top = (self.height() - height) // 2 if is_beside() else 4
        pill = QRect(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.background))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(tone.text))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


class Rail(QWidget):
    """The ground of the ways."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dark, in every look."""
        QPainter(self).fillRect(self.rect(), QColor(colours().rail))
