"""The left rail: the six rooms of the clinic, settings and lock at its foot."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Size, Space, Tone, Type
from mnclinic.ui.widgets.buttons import PaintedButton
from mnclinic.ui.widgets.surfaces import Scroller

_ICON_PX = 22
_TOP_PX = 9
_GAP_PX = 4
_SIDE_PX = 6
_BADGE_PX = 18
_MOST_ON_BADGE = 99


@dataclass(frozen=True)
class RailEntry:
    """One entry: the page's name, its word, its icon, its keys."""

    name: str
    word: str
    shape: str
    keys: str

    @property
    def said(self) -> str:
        """The word in the person's language."""
        return QCoreApplication.translate("rail", self.word)


RAIL = (
    RailEntry("today", str(QT_TRANSLATE_NOOP("rail", "Today")), "calendar-days", "Ctrl+1"),
    RailEntry("patients", str(QT_TRANSLATE_NOOP("rail", "Patients")), "users", "Ctrl+2"),
    RailEntry("director", str(QT_TRANSLATE_NOOP("rail", "Director")), "stamp", "Ctrl+3"),
    RailEntry("devices", str(QT_TRANSLATE_NOOP("rail", "Devices & supplies")), "package", "Ctrl+4"),
    RailEntry("protocols", str(QT_TRANSLATE_NOOP("rail", "Protocols")), "clipboard-list", "Ctrl+5"),
    RailEntry("inspection", str(QT_TRANSLATE_NOOP("rail", "Inspection")), "shield-check", "Ctrl+6"),
)
FOOT = RailEntry("settings", str(QT_TRANSLATE_NOOP("rail", "Settings")), "settings", "Ctrl+,")
LOCK = RailEntry("lock", str(QT_TRANSLATE_NOOP("rail", "Lock")), "lock", "Ctrl+L")


class Rail(QWidget):
    """Buttons to the pages there are; pages that this person may not see are not shown."""

    chosen = Signal(str)
    """An entry was pressed. Carries the page's name, or "lock". UI thread."""

    def __init__(self, page_names: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme().px(Size.RAIL))
        self.setAccessibleName(self.tr("Main menu"))
        # With very large text the rail is higher than the window: then it scrolls.
        scroller = Scroller(margins=(Space.SMALL, Space.MEDIUM, Space.SMALL, Space.MEDIUM))
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroller)
        column = scroller.body
        column.setSpacing(Space.TIGHT)
        self._buttons: dict[str, RailButton] = {}
        for entry in RAIL:
            if entry.name in page_names:
                self._add(entry, column)
        column.addStretch(1)
        if FOOT.name in page_names:
            self._add(FOOT, column)
        self._add(LOCK, column)

    def set_current(self, name: str) -> None:
        """Mark the page that is open."""
        for key, button in self._buttons.items():
            button.set_current(key == name)

    def set_badge(self, name: str, count: int) -> None:
        """Show how many things wait for this person behind an entry; 0 shows nothing."""
        if name in self._buttons:
            self._buttons[name].set_badge(count)

    def names(self) -> tuple[str, ...]:
        """The entries shown, from the top."""
        return tuple(self._buttons)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(colours().rail))

    def _add(self, entry: RailEntry, column: QVBoxLayout) -> None:
        button = RailButton(entry)
        button.clicked.connect(self._clicked)
        column.addWidget(button)
        self._buttons[entry.name] = button

    def _clicked(self) -> None:
        self.chosen.emit(self.sender().objectName().removeprefix("rail."))


class RailButton(PaintedButton):
    """An icon over its word. Not checkable: screen readers would call it a check box."""

    def __init__(self, entry: RailEntry) -> None:
        super().__init__()
        self._entry = entry
        self._is_current = False
        self._badge = 0
        self.setObjectName(f"rail.{entry.name}")
        self.setToolTip(f"{entry.said} ({entry.keys})")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name_it()

    def set_current(self, is_current: bool) -> None:
        """Mark it as the open page."""
        if is_current != self._is_current:
            self._is_current = is_current
            self._name_it()
            self.update()

    def set_badge(self, count: int) -> None:
        """Show a count, or nothing for 0."""
        self._badge = count
        self._name_it()
        self.update()

    def sizeHint(self) -> QSize:
        t = theme()
        width = t.px(Size.RAIL) - 2 * Space.SMALL
        words = self._words(QFontMetrics(t.font(Type.RAIL)), width)
        return QSize(width, _TOP_PX + t.px(_ICON_PX) + _GAP_PX + words.height() + _TOP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, t = colours(), theme()
        box = QRectF(self.rect())
        ground = c.rail_current if self._is_current else c.rail_hover if self.underMouse() else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        ink = c.rail_text_current if self._is_current else c.rail_text
        side = t.px(_ICON_PX)
        mark = QRect((self.width() - side) // 2, _TOP_PX, side, side)
        paint_icon(painter, mark, self._entry.shape, ink)
        font = t.font(Type.RAIL)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        words = self._words(QFontMetrics(font), self.width())
        words.moveTop(mark.bottom() + 1 + _GAP_PX)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        room = QRect(_SIDE_PX, words.top(), self.width() - 2 * _SIDE_PX, words.height() + 2)
        painter.drawText(room, flags, self._entry.said)
        if self._badge:
            self._paint_badge(painter, mark)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.rail_mark), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), Radius.CONTROL, Radius.CONTROL)

    def _paint_badge(self, painter: QPainter, mark: QRect) -> None:
        t = theme()
        tone = colours().tones[Tone.DIRECTOR if self._entry.name == "director" else Tone.SOON]
        count = str(self._badge) if self._badge <= _MOST_ON_BADGE else f"{_MOST_ON_BADGE}+"
        painter.setFont(t.font(Type.CHIP))
        high = t.px(_BADGE_PX)
        wide = max(high, painter.fontMetrics().horizontalAdvance(count) + 10)
        pill = QRect(min(mark.center().x() + 5, self.width() - wide - 3), mark.top() - 5, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.background))
        painter.drawRoundedRect(QRectF(pill), high / 2, high / 2)
        painter.setPen(QColor(tone.text))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, count)

    def _words(self, metrics: QFontMetrics, width: int) -> QRect:
        flags = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap)
        return metrics.boundingRect(QRect(0, 0, width - 2 * _SIDE_PX, 1000), flags, self._entry.said)

    def _name_it(self) -> None:
        said = self._entry.said
        if self._badge:
            said += ", " + self.tr("%n waiting", "", self._badge)
        if self._is_current:
            said += ", " + self.tr("open")
        self.setAccessibleName(said)
