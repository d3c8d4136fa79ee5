"""Takes the pictures: one window a clinic, a size of text and a language, dressed in each mode in turn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mnclinic.services.demo.people import demo_log_ins
from mnclinic.ui.elements import Scroller
from mnclinic.ui.gallery.page import GalleryPage
from mnclinic.ui.language import speak
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.window import Workspace
from tests.pictures.clinics import PASSWORDS, Clinic, noon
from tests.pictures.findings import Finding, findings_of
from tests.pictures.stops import STOPS, NothingThere, Stop, Walk

WIDTH_PX, HEIGHT_PX = 1280, 720
"""The smallest screen that the window is made for."""
PATIENCE_MS = 60_000
TURNS = 4
"""A layout answers a layout: so many turns of the event loop until nothing moves any more."""


@dataclass(frozen=True)
class Shot:
    """One picture: where it lies, what it shows, and what is wrong with it."""

    page: str
    mode: str
    scale: float
    language: str
    crowd: str
    file: Path
    findings: tuple[Finding, ...]

    @property
    def look(self) -> str:
        """The look in one word, as in file names."""
        return f"{self.mode}-{round(self.scale * 100)}-{self.language}-{self.crowd}"


@dataclass(frozen=True)
class Look:
    """What the pages are seen in."""

    modes: tuple[str, ...]
    scale: float
    language: str


class Camera:
    """Takes pictures of windows into a folder."""

    def __init__(self, app: QApplication, out: Path, wanted: Callable[[str], bool]) -> None:
        """Write to `out`; `wanted` says which pages are seen, by name."""
        self.app, self.out, self.wanted = app, out, wanted
        out.mkdir(parents=True, exist_ok=True)

    def before_log_in(self, clinic: Clinic, look: Look, empty_folder: Path) -> Iterator[Shot]:
        """What is seen before anybody is logged in."""
        self._dress(look)
        window = self._window(clinic.folder)
        if self.wanted("login"):
            yield from self._shots("login", window, clinic, look)
        if self.wanted("login-forgot"):
            window.login.show_forgot()
            yield from self._shots("login-forgot", window, clinic, look)
        self._close(window)
        window = self._window(empty_folder)
        if self.wanted("welcome"):
            yield from self._shots("welcome", window, clinic, look)
        if self.wanted("setup-clinic"):
            window._set_up()
            yield from self._shots("setup-clinic", window, clinic, look)
        self._close(window)

    def logged_in(self, clinic: Clinic, look: Look) -> Iterator[Shot]:
        """Every page that somebody sees."""
        stops = [stop for stop in STOPS if self.wanted(stop.name)]
        for user in dict.fromkeys(stop.user for stop in stops):
            self._dress(look)
            walk = self._log_in(clinic.folder, user)
            for stop in stops:
                if stop.user == user:
                    yield from self._stop(stop, walk, clinic, look)
            self._close(walk.window)

    def gallery(self, clinic: Clinic, look: Look) -> Iterator[Shot]:
        """Every part of the window, in full height."""
        if not self.wanted("gallery"):
            return
        self._dress(look)
        page = GalleryPage()
        page.resize(WIDTH_PX, HEIGHT_PX)
        page.show()
        self._settle(page)
        inner = [one.widget() for one in page.findChildren(Scroller)]
        page.resize(WIDTH_PX, HEIGHT_PX // 4 + max(one.minimumHeight() for one in inner if one is not None))
        yield from self._shots("gallery", page, clinic, look)
        page.close()
        page.deleteLater()

    def _stop(self, stop: Stop, walk: Walk, clinic: Clinic, look: Look) -> Iterator[Shot]:
        try:
            stop.way(walk)
        except NothingThere:
            return
        yield from self._shots(stop.name, walk.window, clinic, look)
        if stop.away is not None:
            stop.away(walk)

    def _shots(self, page: str, window: QWidget, clinic: Clinic, look: Look) -> Iterator[Shot]:
        for mode in look.modes:
            apply_theme(self.app, mode, look.scale)
            self._settle(window)
            picture, seen = taken(window)
            name = f"{page}-{mode}-{round(look.scale * 100)}-{look.language}-{clinic.crowd}.png"
            file = self.out / name
            picture.save(str(file))
            found = findings_of(seen, picture if seen is window else seen.grab().toImage())
            yield Shot(page, mode, look.scale, look.language, clinic.crowd, file, tuple(found))
        apply_theme(self.app, look.modes[0], look.scale)

    def _dress(self, look: Look) -> None:
        speak(self.app, look.language)
        apply_theme(self.app, look.modes[0], look.scale)

    def _window(self, folder: Path) -> ClinicWindow:
        window = ClinicWindow(folder, clock=noon(), log_ins=demo_log_ins())
        window.resize(WIDTH_PX, HEIGHT_PX)
        window.show()
        self._settle(window)
        return window

    def _log_in(self, folder: Path, user: str) -> Walk:
        window = self._window(folder)
        window.login.user.setText(user)
        window.login.password.setText(PASSWORDS[user])
        window.login.enter.click()
        _until(lambda: isinstance(window.centralWidget(), Workspace))
        self._settle(window)
        return Walk(window, cast("Workspace", window.centralWidget()), lambda: self._settle(window))

    def _settle(self, window: QWidget) -> None:
        for _ in range(TURNS):
            if isinstance(window, ClinicWindow):
                _until(lambda: not window._runner.is_busy)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.app.processEvents()

    def _close(self, window: ClinicWindow) -> None:
        window.close()
        window.deleteLater()
        self._settle(window)


def taken(window: QWidget) -> tuple[QImage, QWidget]:
    """A picture of the window with the dialog over it, and the widget that is looked at for findings."""
    picture = window.grab().toImage()
    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
    if not dialogs:
        return picture, window
    top = dialogs[-1]
    painter = QPainter(picture)
    painter.drawPixmap((window.width() - top.width()) // 2, (window.height() - top.height()) // 2, top.grab())
    painter.end()
    return picture, top


def _until(fact: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not fact():
        if deadline.hasExpired():
            raise TimeoutError("the window did not come to rest")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
