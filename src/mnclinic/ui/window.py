"""The main window: a rail and the page it leads to. It only hosts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, cast

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import LARGE_TEXT, Banner, Scroller, Toast, button, column, label, row
from mnclinic.ui.glass_strip import GlassStrip
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.place import Keeps, WayBack, is_scalar, read_focus, read_page
from mnclinic.ui.lock.timer import Timers, TimerStrip
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Motion, Radius, Size, Space, Tone, Type

RAIL_MARGIN = 8
RAIL_ICON = 22
COUNT_LEFT = 6
WORDS_FLAGS = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
BESIDE_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
MOST_COUNTED = 99


class Page(Protocol):
    """A page of the window."""

    def show_page(self, what: Any) -> None:
        """Come to the front; `what` is a thing to show, or None."""

    def refresh(self) -> None:
        """Something was stored: look again."""


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


def rail_width() -> int:
    """As wide as the longest word in it at this size of text, so that none is cut."""
    metrics = QFontMetrics(theme().font(Type.RAIL))
    words = [word for entry in (*RAIL, FIND, *FOOT, LOCK) for word in spoken(entry.words).split()]
    widest = max(map(metrics.horizontalAdvance, words)) + Space.SMALL
    if is_beside():
        count = QFontMetrics(theme().font(Type.COUNT)).horizontalAdvance(f"{MOST_COUNTED}+") + Space.LARGE
        counted = (word for entry in RAIL if entry.has_count for word in spoken(entry.words).split())
        widest = max(widest, *(metrics.horizontalAdvance(word) + count for word in counted))
    beside = words_left() if is_beside() else 0
    return max(0 if is_beside() else Size.RAIL, widest + beside + 2 * RAIL_MARGIN)


def is_beside() -> bool:
    """Whether the words stand beside the icons: large ones below them would not fit a low screen."""
    return theme().text_scale >= LARGE_TEXT


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
        self.setToolTip(f"{self._words} ({entry.shortcut})")
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


class Workspace(QWidget):
    """The rail, the pages and the line at the foot, for one person's stay."""

    lock_requested = Signal()
    """The person wants to leave."""

    def __init__(
        self, desk: Desk, factories: Mapping[str, Callable[[Desk], QWidget]], timers: Timers | None = None
    ) -> None:
        """Host pages; each is made at its first visit. `timers` are shown at the foot."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._factories = factories
        self._pages: dict[str, QWidget] = {}
        self._been: list[tuple[str, Any]] = []
        self._at = -1
        self._timers = timers
        self._returning: dict[str, dict[str, Any]] = {}
        self._waiting = 0
        row(self, gap=0)
        self._build()
        desk.wanted.connect(self.go)
        desk.told.connect(self._tell)
        desk.done_with_undo.connect(self._offer_undo)
        desk.changed.connect(self._refresh)
        self._shortcut("Alt+Left", self._back)
        self._shortcut("Alt+Right", self._forward)
        self._shortcut(FIND.shortcut, self.find_anything)
        for entry in (*RAIL, *FOOT):
            self._shortcut(entry.shortcut, partial(self.go, entry.name, None))
        self.go("today", None)

    def _build(self) -> None:
        """Make the rail, the strips, an empty stack and the foot."""
        whole = QWidget()
        both = row(whole, gap=0)
        both.addWidget(self._rail())
        right = column(gap=0)
        if self._desk.facts.is_demo:
            right.addWidget(self._demo_strip())
        self.notice = Notice()
        right.addWidget(self.notice)
        self.glass = GlassStrip(self._desk)
        right.addWidget(self.glass)
        self.stack = QStackedWidget()
        right.addWidget(self.stack, 1)
        right.addWidget(self._foot())
        both.addLayout(right, 1)
        self._whole = whole
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made with the workspace
        layout.addWidget(whole)

    def make_anew(self) -> None:
        """Build everything anew, in the size of text and the language that hold now.

        The person stays where they are, with what is typed in every page, as after a lock.
        """
        self.flush()
        name, what = self.where
        place = self.place()
        said = self.notice.accessibleName() if not self.notice.isHidden() else ""
        old, self._pages = self._whole, {}
        old.hide()
        self._build()
        old.setParent(None)
        old.deleteLater()
        self.show_waiting(self._waiting)
        self.notice.say(said)
        self._returning = dict(place["pages"])
        self._show(name, what)
        for toast in self.findChildren(Toast):
            toast.raise_()

    def _shortcut(self, keys: str, act: Callable[[], Any]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)

    def _rail(self) -> QWidget:
        rail = _Rail()
        rail.setFixedWidth(rail_width())
        lines = column(rail, gap=Space.TIGHT)
        lines.setContentsMargins(RAIL_MARGIN, Space.MEDIUM, RAIL_MARGIN, Space.MEDIUM)
        find = RailButton(FIND)
        find.clicked.connect(lambda _checked=False: self.find_anything())
        lines.addWidget(find)
        # Large text on a low screen: the pages' ways scroll. Find, Settings and Lock are always in reach.
        ways = QWidget()
        inner = column(ways, gap=Space.TIGHT)
        scroller = Scroller(ways)
        scroller.setAccessibleName(self.tr("Ways"))
        scroller.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines.addWidget(scroller, 1)
        self._ways: dict[str, RailButton] = {}
        for entry in (*RAIL, *FOOT):
            way = RailButton(entry)
            way.clicked.connect(lambda _checked=False, name=entry.name: self.go(name, None))
            self._ways[entry.name] = way
            (lines if entry in FOOT else inner).addWidget(way)
        inner.addStretch(1)
        lock = RailButton(LOCK)
        lock.clicked.connect(lambda _checked=False: self.lock_requested.emit())
        lines.addWidget(lock)
        return rail

    def _demo_strip(self) -> QWidget:
        strip = QWidget()
        strip.setObjectName("demo_strip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = row(strip, margin=Space.TIGHT)
        words = label(
            self.tr("DEMO CLINIC · invented people, nothing here is real · today is {day}").format(
                day=self._desk.facts.demo_day
            ),
            Type.CHIP,
            Tone.SOON,
            wraps=True,
        )
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.addWidget(words, 1)
        return strip

    def _foot(self) -> QWidget:
        foot = QWidget()
        lines = column(foot, gap=Space.TIGHT)
        lines.setContentsMargins(Space.PAGE, Space.TIGHT, Space.PAGE, Space.TIGHT)
        if self._timers is not None:
            lines.addWidget(TimerStrip(self._timers, self._desk.person.user))
        line = row()
        lines.addLayout(line)
        person = self._desk.person
        credential = f", {person.credential}" if person.credential else ""
        self._who = label(
            self.tr("Logged in as {name}{credential} · {clinic}").format(
                name=person.name, credential=credential, clinic=self._desk.facts.name
            ),
            Type.SMALL,
            "muted",
            wraps=theme().text_scale >= LARGE_TEXT,
        )
        self._told = label(self.tr("All changes saved"), Type.SMALL, "muted")
        self._told.setObjectName("foot.told")
        line.addWidget(self._who, 1)
        line.addWidget(self._told)
        self._told_timer = QTimer(self, singleShot=True, interval=Motion.TOLD_MS)
        self._told_timer.timeout.connect(lambda: self._told.setText(self.tr("All changes saved")))
        return foot

    def _tell(self, words: str) -> None:
        self._told.setText(spoken(words))
        self._told_timer.start()

    def _offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        Toast.show_over(self, words, undo)

    def show_waiting(self, count: int) -> None:
        """Show on the rail how much waits for the director: visits, and broken glasses to be seen."""
        self._waiting = count
        self._ways["director"].show_count(count)

    def find_anything(self) -> None:
        """Open the box for everything."""
        from mnclinic.ui.find_box import Command, FindBox

        pages = [
            Command(
                self.tr("Go to {page}").format(page=spoken(one.words)),
                one.shortcut,
                one.shape,
                partial(self.go, one.name, None),
            )
            for one in (*RAIL, *FOOT)
        ]
        lock = Command(self.tr("Lock the screen"), "Ctrl+L", "lock", self.lock_requested.emit)
        FindBox(self, self._desk, (*pages, lock)).open()

    def go(self, name: str, what: Any) -> None:
        """Bring a page to the front."""
        del self._been[self._at + 1 :]
        self._been.append((name, what))
        self._at = len(self._been) - 1
        self._show(name, what)

    def _back(self) -> None:
        if self._at > 0:
            self._at -= 1
            self._show(*self._been[self._at])

    def _forward(self) -> None:
        if self._at + 1 < len(self._been):
            self._at += 1
            self._show(*self._been[self._at])

    def _show(self, name: str, what: Any) -> None:
        page = self._pages.get(name)
        if page is None:
            page = self._factories[name](self._desk)
            self._pages[name] = page
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        for way, made in self._ways.items():
            made.set_current(way == name)
        cast("Page", page).show_page(what)
        self._go_on(name, what, page)

    @property
    def where(self) -> tuple[str, Any]:
        """The page that is shown, and the thing on it."""
        return self._been[self._at]

    def place(self) -> dict[str, Any]:
        """Where the person is, as JSON: the page, its thing, the field, and what is typed in every page."""
        name, what = self.where
        pages = dict(self._returning)
        for other, page in self._pages.items():
            thing = next((one for called, one in reversed(self._been) if called == other), None)
            if is_scalar(thing):
                pages[other] = {"what": thing, **read_page(page)}
        if name in pages:
            pages[name] |= read_focus(self._pages[name])
        return {"page": name, "what": what if is_scalar(what) else None, "pages": pages}

    def return_to(self, place: dict[str, Any], *, is_same_page: bool) -> None:
        """Go back to a place; with `is_same_page` false, only what was typed comes back, page by page."""
        self._returning = dict(place["pages"])
        if is_same_page and place["page"] in self._factories:
            self.go(place["page"], place["what"])

    def _go_on(self, name: str, what: Any, page: QWidget) -> None:
        """Give a page what it held before the lock, if it shows the same thing again."""
        state = self._returning.get(name)
        if state is None or state.get("what") != what:
            return
        del self._returning[name]
        if state.get("own") and isinstance(page, Keeps):
            page.return_to(state["own"])
        WayBack(page, state, self._desk.runner)

    def settle(self) -> None:
        """Have the field that is being typed into hand over its text, as if the person had left it."""
        field = self.window().focusWidget()
        if isinstance(field, QLineEdit) and field.isModified() and field.hasAcceptableInput():
            field.editingFinished.emit()
        elif isinstance(field, QAbstractSpinBox):
            field.interpretText()

    def flush(self) -> None:
        """Have every page store what it holds."""
        for page in self._pages.values():
            flush = getattr(page, "flush", None)
            if flush is not None:
                flush()

    def _refresh(self) -> None:
        current = self.stack.currentWidget()
        if current is not None:
            cast("Page", current).refresh()


class Notice(Banner):
    """Something to know after the log-in, until it is put away."""

    def __init__(self) -> None:
        """Make it, saying nothing."""
        super().__init__(Tone.INFO, "info")
        self.action_row.addWidget(
            button(self.tr("All right"), "notice.dismiss", kind="quiet", pressed=lambda: self.say(""))
        )


class _Rail(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(colours().rail))
