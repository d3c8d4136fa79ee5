"""The main window only hosts: a lock screen, or a rail with pages and a line at the foot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mnclinic.ui.icons import paint_icon
from mnclinic.ui.shell.entry import DemoLogIn, LoginPage, WelcomePage
from mnclinic.ui.shell.idle import IDLE_LOCK_S, IdleLock
from mnclinic.ui.shell.rail import FOOT, LOCK, RAIL, Rail
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.widgets.banner import DemoStrip
from mnclinic.ui.widgets.sheets import close_sheets
from mnclinic.ui.widgets.status import Status, StatusChip
from mnclinic.ui.widgets.text import Text
from mnclinic.ui.widgets.toast import Toast

_USUAL = QSize(1280, 800)
_LEAST = QSize(1024, 700)


class HostedPage(Protocol):
    """What the window asks of a page. `ui.widgets.Page` has it all."""

    navigate_requested: SignalInstance

    @property
    def title(self) -> str:
        """Shown in the window's title."""

    def show_page(self, **args: Any) -> None:
        """Come to the front, with what was asked for."""

    def refresh(self) -> None:
        """Something was stored: look again."""

    def leave_page(self) -> None:
        """Go to the back, or away for good: hand on what was typed."""


PageFactory = Callable[[], QWidget]


@dataclass(frozen=True)
class Session:
    """Who is signed in, where, and whether it is a demo. Plain words, ready to be shown."""

    person: str
    clinic: str
    is_demo: bool = False


class MainWindow(QMainWindow):
    """Three faces: welcome, lock screen, work. Going to another face destroys the pages of the last."""

    unlock_requested = Signal(str, str)
    """User name and password, from the lock screen. UI thread."""
    lock_requested = Signal(str)
    """Lock now. Carries "asked" or "idle". The host forgets the keys and calls `show_login`. UI thread."""
    demo_requested = Signal()
    set_up_requested = Signal()
    folder_requested = Signal()
    """The three wishes of the welcome. UI thread."""
    closing = Signal()
    """The window closes; pages have handed on what was typed. The host ends its work now. UI thread."""

    def __init__(self, *, idle_lock_s: int = IDLE_LOCK_S) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("mnclinic")
        screen = QGuiApplication.primaryScreen().availableSize()
        self.setMinimumSize(_LEAST.boundedTo(screen))
        self.resize(_USUAL.boundedTo(screen))
        self._idle = IdleLock(cast(QApplication, QApplication.instance()), after_s=idle_lock_s, parent=self)
        self._idle.lock_due.connect(self._idle_too_long)
        self._idle.lock_near.connect(self._idle_soon_too_long)
        self._idle.touched.connect(self._take_back_warning)
        self._warning: Toast | None = None
        self._work: _Work | None = None
        self.login: LoginPage | None = None
        self.welcome: WelcomePage | None = None

    def show_welcome(self, folder: str) -> WelcomePage:
        """Say that there is no clinic in `folder`."""
        page = WelcomePage(folder)
        page.demo_requested.connect(self.demo_requested)
        page.set_up_requested.connect(self.set_up_requested)
        page.folder_requested.connect(self.folder_requested)
        self._show_face(page)
        self.welcome = page
        return page

    def show_login(
        self,
        clinic: str,
        *,
        user: str = "",
        demo_log_ins: Sequence[DemoLogIn] = (),
        is_demo: bool = False,
        note: str = "",
    ) -> LoginPage:
        """Lock: every page and sheet goes, with whatever it held. Then the lock screen."""
        page = LoginPage(
            clinic,
            user=user,
            demo_log_ins=demo_log_ins,
            demo_text=self._demo_words() if is_demo or demo_log_ins else "",
            note=note,
        )
        page.submitted.connect(self.unlock_requested)
        self._show_face(page)
        self.login = page
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def show_work(
        self,
        session: Session,
        pages: Mapping[str, PageFactory],
        *,
        start: str = "today",
        **args: Any,
    ) -> None:
        """Show the rail and a page.

        Args:
            session: Who works here.
            pages: A factory for each page that this person may see, by name. Called at the first visit.
            start: The page to begin with, for instance the one that was open at the lock.
            args: For the `show_page` of that page.
        """
        work = _Work(session, pages, self._demo_words() if session.is_demo else "")
        work.lock_requested.connect(self._lock_asked)
        work.title_changed.connect(self._show_title)
        self._show_face(work)
        self._work = work
        self._idle.start()
        work.go_to(start, args)

    def navigate(self, name: str, **args: Any) -> None:
        """Bring a page to the front, made now if this is its first visit."""
        self._working().go_to(name, args)

    def back(self) -> None:
        """Go back to the page before."""
        self._working().go_back()

    def forward(self) -> None:
        """Undo `back`."""
        self._working().go_forward()

    def place(self) -> tuple[str, dict[str, Any]]:
        """The page that is open and its arguments, to come back to it after a lock; ("", {}) if none."""
        return self._work.place() if self._work is not None else ("", {})

    def page(self, name: str) -> QWidget | None:
        """The page of that name if it was visited, else None."""
        return self._work.page(name) if self._work is not None else None

    def set_badge(self, name: str, count: int) -> None:
        """Show how many things wait for this person behind a rail entry."""
        self._working().rail.set_badge(name, count)

    def show_saved(self, words: str) -> None:
        """Say at the foot how things stand: "All changes saved", "Draft saved 10:42:07"."""
        self._working().show_saved(words)

    def refresh(self) -> None:
        """Something was stored: the open page looks again, others do so when they come to the front."""
        self._working().refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._work is not None:
            self._work.leave()
        self._idle.stop()
        self.closing.emit()
        super().closeEvent(event)

    def _working(self) -> "_Work":
        if self._work is None:
            raise RuntimeError("nobody is signed in")
        return self._work

    def _show_face(self, face: QWidget) -> None:
        self._idle.stop()
        self._take_back_warning()
        if self._work is not None:
            self._work.leave()
        close_sheets(self)
        for toast in self.findChildren(Toast):
            toast.dismiss()
        self._work, self.login, self.welcome = None, None, None
        # Qt destroys the widget that was there, and with it every page and what it showed.
        self.setCentralWidget(face)
        self.setWindowTitle("mnclinic")

    def _show_title(self, title: str) -> None:
        self.setWindowTitle(f"{title} · mnclinic" if title else "mnclinic")

    def _lock_asked(self) -> None:
        self.lock_requested.emit("asked")

    def _idle_too_long(self) -> None:
        self.lock_requested.emit("idle")

    def _idle_soon_too_long(self, seconds: int) -> None:
        words = self.tr("Locking in {seconds} seconds. Move the mouse to stay.").format(seconds=seconds)
        self._warning = Toast.show_over(self, words)

    def _take_back_warning(self) -> None:
        if self._warning is not None:
            self._warning.dismiss()
        self._warning = None

    def _demo_words(self) -> str:
        return self.tr("Demo clinic: invented people. Nothing here is real.")


class _Work(QWidget):
    """Rail, pages, foot; and the way back."""

    lock_requested = Signal()
    title_changed = Signal(str)

    def __init__(self, session: Session, factories: Mapping[str, PageFactory], demo_words: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._factories = dict(factories)
        self._pages: dict[str, QWidget] = {}
        self._been: list[tuple[str, dict[str, Any]]] = []
        self._at = -1
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if demo_words:
            outer.addWidget(DemoStrip(demo_words))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.rail = Rail(frozenset(self._factories))
        self.rail.chosen.connect(self._chosen)
        self._stack = QStackedWidget()
        middle.addWidget(self.rail)
        middle.addWidget(self._stack, 1)
        outer.addLayout(middle, 1)
        self._foot = _Foot(session)
        outer.addWidget(self._foot)
        self._bind_keys()

    def go_to(self, name: str, args: dict[str, Any]) -> None:
        if name not in self._factories:
            raise KeyError(name)
        del self._been[self._at + 1 :]
        self._been.append((name, dict(args)))
        self._at = len(self._been) - 1
        self._show(name, args)

    def go_back(self) -> None:
        if self._at > 0:
            self._at -= 1
            self._show(*self._been[self._at])

    def go_forward(self) -> None:
        if self._at + 1 < len(self._been):
            self._at += 1
            self._show(*self._been[self._at])

    def place(self) -> tuple[str, dict[str, Any]]:
        return self._been[self._at] if self._at >= 0 else ("", {})

    def page(self, name: str) -> QWidget | None:
        return self._pages.get(name)

    def show_saved(self, words: str) -> None:
        self._foot.show_saved(words)

    def refresh(self) -> None:
        page = self._stack.currentWidget()
        if page is not None:
            cast(HostedPage, page).refresh()

    def leave(self) -> None:
        """Let the open page hand on what was typed; the others did so when they went to the back."""
        page = self._stack.currentWidget()
        if page is not None:
            cast(HostedPage, page).leave_page()

    def _show(self, name: str, args: dict[str, Any]) -> None:
        page = self._pages.get(name)
        if page is None:
            page = self._factories[name]()
            self._pages[name] = page
            cast(HostedPage, page).navigate_requested.connect(self.go_to)
            self._stack.addWidget(page)
        before = self._stack.currentWidget()
        if before is not None and before is not page:
            cast(HostedPage, before).leave_page()
        self._stack.setCurrentWidget(page)
        if name in self.rail.names():
            self.rail.set_current(name)
        cast(HostedPage, page).show_page(**args)
        self.title_changed.emit(cast(HostedPage, page).title)

    def _chosen(self, name: str) -> None:
        if name == LOCK.name:
            self.lock_requested.emit()
        else:
            self.go_to(name, {})

    def _bind_keys(self) -> None:
        for entry in (*RAIL, FOOT):
            if entry.name in self._factories:
                self._key(entry.keys, _Going(self, entry.name))
        self._key(LOCK.keys, self.lock_requested.emit)
        self._key("Alt+Left", self.go_back)
        self._key("Alt+Right", self.go_forward)

    def _key(self, keys: str, act: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)


class _Going:
    """Goes to one page when called: what a lambda in a loop would get wrong."""

    def __init__(self, work: _Work, name: str) -> None:
        self._work, self._name = work, name

    def __call__(self) -> None:
        self._work.go_to(self._name, {})


class _Foot(QWidget):
    """The line at the foot: who, where, whether everything is saved, and DEMO."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setFixedHeight(theme().px(Size.TARGET))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, 0, Space.LARGE, 0)
        row.setSpacing(Space.SMALL)
        who = self.tr("Signed in as {person}").format(person=session.person)
        self._who = Text(f"{who}  ·  {session.clinic}", Type.SMALL, tint="muted")
        self._saved = Text(self.tr("All changes saved"), Type.SMALL, tint="muted")
        self._saved.setObjectName("foot.saved")
        row.addWidget(self._who)
        row.addStretch(1)
        row.addWidget(_Tick())
        row.addWidget(self._saved)
        if session.is_demo:
            row.addSpacing(Space.SMALL)
            row.addWidget(StatusChip(Status(self.tr("DEMO"), Tone.DRAFT, "flask-conical")))

    def show_saved(self, words: str) -> None:
        self._saved.setText(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(colours().line))


class _Tick(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme().px(Size.ICON), theme().px(Size.ICON))

    def paintEvent(self, event: QPaintEvent) -> None:
        inside = self.rect().adjusted(1, 1, -1, -1)
        paint_icon(QPainter(self), inside, "check", colours().tones[Tone.COMPLETE].text)
