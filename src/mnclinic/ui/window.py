"""The main window: a rail and the page it leads to. It only hosts."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol, cast, runtime_checkable

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDialog,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QWidget,
)

from mnclinic.security.roles import Act, Role, may
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import LARGE_TEXT, Banner, OneLine, Scroller, Toast, button, column, label, row
from mnclinic.ui.glass_strip import GlassStrip
from mnclinic.ui.keys import acts_within, keyed, native_keys
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.place import Keeps, Opens, WayBack, is_scalar, read_focus, read_page
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.lock.timer import Timers, TimerStrip
from mnclinic.ui.rail import FIND, FOOT, LOCK, MENU, RAIL, RAIL_MARGIN, Rail, RailButton, rail_width
from mnclinic.ui.scanned_keys import ScannedKeys
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Motion, Size, Space, Tone, Type
from mnclinic.ui.words import day_words


class Page(Protocol):
    """A page of the window."""

    def show_page(self, what: Any) -> None:
        """Come to the front; `what` is a thing to show, or None."""

    def refresh(self) -> None:
        """Something was stored: look again."""


@runtime_checkable
class OffersActs(Protocol):
    """A page with acts on the line that is chosen, whose keys work in its list alone."""

    def menu_acts(self) -> Sequence[QAction]:
        """All of them, those that are not possible now disabled."""


@runtime_checkable
class StepsBack(Protocol):
    """A page with rooms, of which one leads into another."""

    def step_back(self) -> bool:
        """Leave the room that was entered from another one; False where none was."""


@runtime_checkable
class BeginsEvents(Protocol):
    """A page that may have somebody in front of whom an adverse event is written down."""

    def begin_event(self) -> bool:
        """Ask for the event; False, and nothing is done, where nobody is in front."""


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
        self._is_alt_alone = False
        self._is_slow = False
        row(self, gap=0)
        self._build()
        desk.wanted.connect(self.go)
        desk.told.connect(self._tell)
        desk.runner.slow_changed.connect(self._say_slow)
        desk.unsaved_changed.connect(self._show_unsaved)
        desk.done_with_undo.connect(self._offer_undo)
        desk.undo_over.connect(self._drop_offer)
        desk.lock_wanted.connect(self.lock_requested)
        desk.changed.connect(self._refresh)
        ScannedKeys.of_program().came.connect(self._say_scanned)
        # A timer of its own: a single shot that is under way when this is let go of keeps it for ever.
        self._dropping = QTimer(self, singleShot=True, interval=0)
        self._dropping.timeout.connect(self._drop_sheets)
        desk.runner.busy_changed.connect(self._soon_drop_sheets)
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
        self._make_keys(whole)
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
        self._drop_offer()
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

    def put_away(self, *, is_all: bool) -> None:
        """Let go of the pages behind the one in front, before the looks change; each comes back when shown.

        With `is_all` of those that hold something too, because all are about to be made anew.
        """
        from mnclinic.ui.put_away import is_light, let_go

        if self._desk.has_unsaved:
            return
        self.flush()
        states = self.place()["pages"]
        for name, page in [*self._pages.items()]:
            if page is self._current or not (is_all or is_light(page)):
                continue
            if name in states:
                self._returning[name] = states[name]
            del self._pages[name]
            self.stack.removeWidget(page)
            let_go(page)

    def _make_keys(self, whole: QWidget) -> None:
        """What keys do on every page, in the parts of the menu. Made with their words, so anew with these."""
        self._ways_keys = tuple(
            keyed(
                whole,
                self.tr("Go to {page}").format(page=spoken(one.words)),
                one.shortcut,
                partial(self.go, one.name, None),
            )
            for one in (*RAIL, *FOOT)
        )
        self._moves_keys = (
            keyed(whole, self.tr("Find anything"), FIND.shortcut, self.find_anything),
            keyed(whole, self.tr("Back"), "Alt+Left", self._back),
            keyed(whole, self.tr("Forward"), "Alt+Right", self._forward),
        )
        # Somebody who stands at the desk is waited on from wherever one is.
        role = Role(self._desk.person.role)
        self._desk_keys = (
            *(
                [keyed(whole, self.tr("Add a patient"), "Ctrl+N", self.add_patient)]
                if may(role, Act.ADD_PATIENT)
                else []
            ),
            *(
                [keyed(whole, self.tr("Somebody has come in"), "Ctrl+Shift+N", self.begin_walk_in)]
                if may(role, Act.MARK_ARRIVED)
                else []
            ),
            *(
                [keyed(whole, self.tr("Record an adverse event"), "Ctrl+E", self.begin_event)]
                if may(role, Act.RECORD_ADVERSE_EVENT)
                else []
            ),
        )
        self._undo_offered = QAction(whole)
        """Its key is told and not made: a field and a page that have an undo of their own come first."""
        self._undo_offered.triggered.connect(self._take_back)
        self._rest_keys = (
            keyed(whole, self.tr("Keys of this page"), ("?", "F1"), self.show_keys),
            keyed(whole, self.tr("Menu"), "F10", self.open_menu),
            keyed(whole, self.tr("Lock the screen"), LOCK.shortcut, self.lock_requested.emit),
        )
        self.menu = QMenu(whole)
        self.menu.setObjectName("menu")

    def open_menu(self) -> None:
        """Show everything that can be done now, with its keys."""
        from mnclinic.ui.keys_sheet import fill_menu

        fill_menu(self.menu, self._current, self._menu_parts())
        way = self._menu_way
        self.menu.popup(way.mapToGlobal(QPoint(way.width(), 0)))
        first = next((one for one in self.menu.actions() if not one.isSeparator()), None)
        if first is not None:
            self.menu.setActiveAction(first)

    def _menu_parts(self) -> tuple[Sequence[QAction], ...]:
        """What can be done on the line that is chosen and on every page, in the parts of the menu."""
        of_window = [one for one in self.window().actions() if one.shortcuts()]
        keys, _, lock = self._rest_keys
        page = self._current
        on_line = page.menu_acts() if isinstance(page, OffersActs) else ()
        undo = self._offered_undo()
        return on_line, undo, self._desk_keys, self._moves_keys, self._ways_keys, of_window, (keys, lock)

    def _offered_undo(self) -> tuple[QAction, ...]:
        """Undo, while it is offered at the foot and its key is not the page's own."""
        own = {keys for act in acts_within(self._current) for keys in act.shortcuts()}
        is_own = QKeySequence(QKeySequence.StandardKey.Undo) in own
        return () if self._offer() is None or is_own else (self._undo_offered,)

    def _offer(self) -> Toast | None:
        """The word with Undo that stands at the foot."""
        shown = self._foot_line.findChildren(Toast, "toast")
        return next((one for one in shown if not one.undo_button.isHidden()), None)

    def _take_back(self) -> bool:
        """Undo what is offered; False where nothing is."""
        offer = self._offer()
        if offer is not None:
            offer.take_back()
        return offer is not None

    def add_patient(self) -> None:
        """Go to the patients, and open the sheet for a new one."""
        self.go("patients", None)
        self.open_sheet("patients.new", {})

    def begin_walk_in(self) -> None:
        """Go to Today, to type who has come in without being expected."""
        self.go("today", None)
        begin = getattr(self._current, "begin_walk_in", None)
        if begin is not None:
            begin()

    def begin_event(self) -> None:
        """Write an adverse event down: of the person in front, else ask whose it is."""
        page = self._current
        if not (isinstance(page, BeginsEvents) and page.begin_event()):
            self.go("events", None)
            cast("BeginsEvents", self._current).begin_event()

    def show_keys(self) -> None:
        """Show what the keys do on this page."""
        from mnclinic.ui.keys_sheet import KeysSheet, screen_keys

        everywhere: tuple[QAction, ...] = (
            *self._offered_undo(),
            *self._desk_keys,
            *self._moves_keys,
            *self._ways_keys,
            *(one for one in self.window().actions() if one.shortcuts()),
            *self._rest_keys,
        )
        title = self.tr("On every page")
        open_named(KeysSheet(self, screen_keys(self._current, everywhere, title)), "window.keys")

    def _soon_drop_sheets(self, _is_busy: bool) -> None:
        self._dropping.start()

    def _drop_sheets(self) -> None:
        """Let go of sheets that were closed, with what was typed into them.

        Only while nothing is asked of the store: an answer may still be on its way to one.
        """
        if self._desk.runner.is_busy:
            return
        for sheet in self.window().findChildren(QDialog):
            if not sheet.isVisible() and sheet.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                sheet.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Alt alone, pressed and let go, opens the menu; Ctrl+Z that nothing took undoes what is offered."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and self._is_taken_back(event):
            return True
        if kind == QEvent.Type.WindowDeactivate:
            self._is_alt_alone = False
        elif isinstance(event, QKeyEvent) and kind in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            self._is_alt_alone = event.key() == Qt.Key.Key_Alt
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyRelease:
            is_alone, self._is_alt_alone = self._is_alt_alone, False
            if is_alone and event.key() == Qt.Key.Key_Alt:
                self.open_menu()
                return True
        return super().event(event)

    def _is_taken_back(self, event: QKeyEvent) -> bool:
        return event.matches(QKeySequence.StandardKey.Undo) and self._take_back()

    def _rail(self) -> QWidget:
        rail = Rail()
        rail.setFixedWidth(rail_width())
        lines = column(rail, gap=Space.TIGHT)
        lines.setContentsMargins(RAIL_MARGIN, Space.MEDIUM, RAIL_MARGIN, Space.MEDIUM)
        self._menu_way = RailButton(MENU)
        self._menu_way.clicked.connect(lambda _checked=False: self.open_menu())
        lines.addWidget(self._menu_way)
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
        # Where the text is large, in so few words that one line holds them: forms need the second.
        said = (
            self.tr("DEMO CLINIC · nothing here is real · today is {day}")
            if theme().text_scale >= LARGE_TEXT
            else self.tr("DEMO CLINIC · invented people, nothing here is real · today is {day}")
        )
        words = label(
            said.format(day=day_words(self._desk.facts.demo_day)),
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
        self._foot_line = QWidget()
        line = row(self._foot_line)
        # As high as a word with Undo, so that nothing above it moves while one is shown.
        self._foot_line.setMinimumHeight(theme().px(Size.TARGET) + 2 * Space.HAIR)
        lines.addWidget(self._foot_line)
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
        self._told = label("", Type.SMALL, "muted")
        self._told.setObjectName("foot.told")
        line.addWidget(self._who, 1)
        line.addWidget(self._told)
        self._told_timer = QTimer(self, singleShot=True, interval=Motion.TOLD_MS)
        self._told_timer.timeout.connect(self._rest)
        self._rest()
        return foot

    def _tell(self, words: str) -> None:
        self._say(spoken(words))
        self._told_timer.start()

    def _say_scanned(self) -> None:
        self._tell(
            self.tr("A code was scanned where none is asked for, so nothing was done. Scan it in its field.")
        )

    def _say(self, words: str, tint: str = "muted") -> None:
        self._told.setText(words)
        if self._told.property("tint") != tint:
            self._told.setProperty("tint", tint)
            restyle(self._told)

    def _rest(self) -> None:
        """What stands there when there is nothing else to say."""
        if self._desk.has_unsaved:
            self._say(self.tr("Not everything is saved; it is tried again"), "stop")
        else:
            self._say(self.tr("All changes saved"))

    def _show_unsaved(self) -> None:
        if not self._told_timer.isActive() and not self._is_slow:
            self._rest()

    def _say_slow(self, is_slow: bool) -> None:
        """The store has not answered for a while: say so, and that nobody needs to stop typing."""
        self._is_slow = is_slow
        if not is_slow:
            self._rest()
            return
        self._told_timer.stop()
        self._say(self.tr("Waiting for the clinic's data, which is busy. Go on: what is typed is kept."))

    def _offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        toast = Toast.show_over(self._foot_line, words, undo)
        self._undo_offered.setText(f"{toast.undo_button.accessibleName()}\t{native_keys('Ctrl+Z')}")
        if theme().text_scale >= LARGE_TEXT:
            # There is no room for both; who is logged in stands there again as soon as it has gone.
            self._who.hide()
            toast.gone.connect(self._who.show)

    def _drop_offer(self) -> None:
        for toast in self._foot_line.findChildren(Toast):
            toast.dismiss()

    def show_waiting(self, count: int) -> None:
        """Show on the rail how much waits for the director: visits, and broken glasses to be seen."""
        self._waiting = count
        self._ways["director"].show_count(count)

    def find_anything(self) -> None:
        """Open the box for everything."""
        from mnclinic.ui.commands import Commands
        from mnclinic.ui.find_box import FindBox

        everywhere = tuple(act for part in self._menu_parts() for act in part)
        commands = Commands(self, self._desk, everywhere).all()
        open_named(FindBox(self, self._desk, commands), "window.find")

    def current_page(self) -> QWidget:
        """The page that is in front."""
        return self._current

    def go(self, name: str, what: Any) -> None:
        """Bring a page to the front."""
        del self._been[self._at + 1 :]
        self._been.append((name, what))
        self._at = len(self._been) - 1
        self._show(name, what)

    def _back(self) -> None:
        # A page with rooms leaves the room first that somebody came into from another of them.
        page = self._current
        if isinstance(page, StepsBack) and page.step_back():
            return
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
        if page is not self.stack.currentWidget():
            self._drop_offer()
        self.stack.setCurrentWidget(page)
        for way, made in self._ways.items():
            made.set_current(way == name)
        cast("Page", page).show_page(what)
        self._go_on(name, what, page)

    @property
    def _current(self) -> QWidget:
        shown = self.stack.currentWidget()
        return shown if shown is not None else self

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
            pages[other] = {"what": thing if is_scalar(thing) else None, **read_page(page)}
        pages[name] |= read_focus(self._pages[name])
        for other, way in self._ways_back():
            pages[other] = way.over(pages[other])
        return {"page": name, "what": what if is_scalar(what) else None, "pages": pages}

    def return_to(self, place: dict[str, Any], *, is_same_page: bool) -> None:
        """Go back to a place; with `is_same_page` false, only what was typed comes back, page by page."""
        self._returning = dict(place["pages"])
        if is_same_page and place["page"] in self._factories:
            self.go(place["page"], place["what"])

    def _go_on(self, name: str, what: Any, page: QWidget) -> None:
        """Give a page what it held before the lock, if it shows the same thing again."""
        state = self._returning.get(name)
        is_same = state is not None and state.get("what") == what
        # Whoever asks for the page by its name gets what they typed there, whatever stood on it.
        if state is None or not (is_same or (what is None and state["fields"])):
            return
        del self._returning[name]
        if is_same and state.get("own") and isinstance(page, Keeps):
            page.return_to(state["own"])
        WayBack(page, state, self._desk.runner)

    @property
    def is_back(self) -> bool:
        """Whether the page that is shown has the keyboard and the typed texts back that it held."""
        return self._current not in [self._pages[name] for name, _ in self._ways_back()]

    def _ways_back(self) -> list[tuple[str, WayBack]]:
        """What is still coming back, each with its page."""
        return [
            (name, way)
            for name, page in self._pages.items()
            for way in page.findChildren(WayBack)
            if not way.is_done
        ]

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet of the window or of the page that is shown again (see `lock.place.Opens`)."""
        page = self._current
        if kind == "window.find":
            self.find_anything()
        elif kind == "window.keys":
            self.show_keys()
        elif isinstance(page, Opens):
            page.open_sheet(kind, about)

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
    """Something to know after the log-in, until it is put away; where the text is large, in one line."""

    def __init__(self) -> None:
        """Make it, saying nothing."""
        super().__init__(Tone.INFO, "info")
        self._is_large = theme().text_scale >= LARGE_TEXT
        self._one = OneLine(Type.BODY)
        self._more = button(self.tr("More"), "notice.more", kind="quiet", pressed=self._turn)
        self._away = button(
            self.tr("All right"), "notice.dismiss", kind="quiet", pressed=lambda: self.say("")
        )
        self.action_row.addWidget(self._more)
        self.action_row.addWidget(self._away)
        if self._is_large:
            self.make_low()
            self._line.insertWidget(1, self._one, 1)
        else:
            self._one.hide()
            self._more.hide()

    def say(self, words: str, tone: Tone | None = None, shape: str | None = None) -> None:
        """Show these words; an empty text puts it away."""
        super().say(words, tone, shape)
        if self._is_large:
            self._one.say(" ".join(self._words.text().split()))
            self._fold(is_open=False)

    def _turn(self) -> None:
        self._fold(is_open=self._words.isHidden())

    def _fold(self, *, is_open: bool) -> None:
        self._words.setVisible(is_open)
        self._one.setVisible(not is_open)
        self._more.setText(self.tr("Less") if is_open else self.tr("More"))
        self._more.setAccessibleName(self._more.text())
