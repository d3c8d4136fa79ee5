"""Takes the pictures: one window a clinic, a size of text and a language, dressed in each mode in turn."""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QPoint, QRect, QThread
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mnclinic.audit.acknowledging import STATEMENT as KNOWS_STATEMENT
from mnclinic.audit.closing_recall import STATEMENT as CLOSES_STATEMENT
from mnclinic.domain.amendment import STATEMENTS
from mnclinic.services.approve_document import APPROVED_STATEMENT as DOCUMENT_STATEMENT
from mnclinic.services.demo.consents import CALLS
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.perform_visit import PERFORMED_STATEMENT
from mnclinic.services.review_visit import APPROVED_STATEMENT, RELEASED_STATEMENT, RETURNED_STATEMENT
from mnclinic.services.shipped_drafts import newest_consent_texts
from mnclinic.ui.account.first_password import FirstPasswordPage
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Scroller
from mnclinic.ui.gallery.page import GalleryPage
from mnclinic.ui.language import speak
from mnclinic.ui.lock.anew import Resumed
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.setup.finish_page import FinishPage
from mnclinic.ui.setup.wizard import SetUpWizard
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme, colours
from mnclinic.ui.window import Workspace
from tests.pictures.clinics import LONGEST, PASSWORDS, Clinic, noon
from tests.pictures.findings import Finding, called, findings_of
from tests.pictures.recalls import DRILL_WORDS
from tests.pictures.shots import Shot
from tests.pictures.stops import STOPS
from tests.pictures.walk import NothingThere, Stop, Walk
from tests.ui.spanish_walk import Forgotten, texts_of

IN_ENGLISH = {
    "District of Columbia (DC)",
    DOCUMENT_STATEMENT,
    *STATEMENTS.values(),
    PERFORMED_STATEMENT,
    APPROVED_STATEMENT,
    RETURNED_STATEMENT,
    RELEASED_STATEMENT,
    KNOWS_STATEMENT,
    CLOSES_STATEMENT,
}
"""A state's name, and what is signed: that is shown in the words that are signed, with the Spanish below."""
OWN_WORDS = {DRILL_WORDS} | {
    text.strip() for person in LONGEST for text in (person.address, person.notes, person.allergies)
}
"""What somebody typed about the crowded clinic's people and the drill."""
CALL_WORDS = tuple(
    line.removeprefix("– ")
    for one in newest_consent_texts()
    if one.document["form"] == CALLS
    for section in one.document["sections"]
    for line in (section["heading"], *section["text"].split("\n"))
)
"""What is said in a follow-up call, in the language of whoever is called."""
HEADINGS = {section["heading"] for one in newest_consent_texts() for section in one.document["sections"]}
"""Over the parts of a text, in its own language wherever it is read whole: among the protocols."""
SETUP_STEPS = ("clinic", "people", "documents", "place", "make")
WIDTH_PX, HEIGHT_PX = 1280, 720
"""The smallest screen that the window is made for."""
PATIENCE_MS = 60_000
PAUSES_MS = 200
"""Longer than any page waits for the next letter of a search."""
PNG_QUALITY = 80
"""Larger files that are written in half of the time."""
TURNS = 4
"""A layout answers a layout: so many turns of the event loop until nothing moves any more."""


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
        self._forgotten = Forgotten()
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
        if self.wanted("login-resumed"):
            window = self._window(clinic.folder, _left_idle())
            yield from self._shots("login-resumed", window, clinic, look)
            self._close(window)
        window = self._window(empty_folder)
        if self.wanted("welcome"):
            yield from self._shots("welcome", window, clinic, look)
        wizard = window.ways_in.set_up()
        for at, name in enumerate(SETUP_STEPS):
            if self.wanted(f"setup-{name}"):
                if name == SETUP_STEPS[-1]:
                    _fill_in(wizard)
                wizard._show(at)
                yield from self._shots(f"setup-{name}", window, clinic, look)
        if self.wanted("bring-back"):
            window.ways_in.bring_back(from_backup=True)
            yield from self._shots("bring-back", window, clinic, look)
        yield from self._before_the_workspace(window, clinic, look)
        self._close(window)

    def _before_the_workspace(self, window: ClinicWindow, clinic: Clinic, look: Look) -> Iterator[Shot]:
        """What has to be done first after some log-ins."""
        wanted = [
            (name, page)
            for name, page in (("setup-finish", FinishPage), ("first-password", FirstPasswordPage))
            if self.wanted(name)
        ]
        if not wanted:
            return
        opened = open_clinic(clinic.folder, "owner", PASSWORDS["owner"], clock=noon())
        desk = Desk(opened, window._runner)
        for name, page in wanted:
            window.host(page(desk))
            yield from self._shots(name, window, clinic, look)
        opened.close()

    def logged_in(self, clinic: Clinic, look: Look) -> Iterator[Shot]:
        """Every page that somebody sees."""
        stops = [stop for stop in STOPS if self.wanted(stop.name) and clinic.crowd in stop.crowds]
        for user in dict.fromkeys(stop.user for stop in stops):
            self._dress(look)
            walk = self._log_in(clinic.folder, user)
            # To dress the window takes longer than to go through it, so each mode goes through it anew.
            for mode in look.modes:
                self._dress(look, mode)
                for stop in stops:
                    if stop.user == user:
                        yield from self._stop(stop, walk, clinic, replace(look, modes=(mode,)))
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
            _must_be_open(stop.sheet, walk.window)
        except NothingThere:
            return
        except Exception as error:
            traceback.print_exc()
            failed = Finding("failed", stop.name, repr(error))
            file = self.out / f"{stop.name}-failed.png"
            walk.window.grab().save(str(file))
            yield Shot(stop.name, look.modes[0], look.scale, look.language, clinic.crowd, file, (failed,))
            _close_sheets(walk.window)
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
            picture.save(str(file), None, PNG_QUALITY)
            found = findings_of(seen, picture if seen is window else seen.grab().toImage())
            if seen is not window and (seen.width() > window.width() or seen.height() > window.height()):
                found.append(Finding("outside", called(seen), "the sheet is larger than the window"))
            if look.language == "es" and page != "gallery":
                found += self._english(seen, page)
            yield Shot(page, mode, look.scale, look.language, clinic.crowd, file, tuple(found))
        apply_theme(self.app, look.modes[0], look.scale)

    def _english(self, seen: QWidget, page: str) -> list[Finding]:
        """What was forgotten in English on a page that is to be Spanish."""
        meant = IN_ENGLISH | OWN_WORDS | (HEADINGS if page.startswith("protocols") else set())
        return [
            Finding("english", name, text)
            for name, text in sorted(set(texts_of(seen)))
            if text.strip("“”") not in meant
            and not any(words in text for words in CALL_WORDS)
            and self._forgotten.is_english(text)
        ]

    def _dress(self, look: Look, mode: str = "") -> None:
        speak(self.app, look.language)
        apply_theme(self.app, mode or look.modes[0], look.scale)

    def _window(self, folder: Path, resumed: Resumed | None = None) -> ClinicWindow:
        window = ClinicWindow(folder, clock=noon(), log_ins=demo_log_ins(), resumed=resumed)
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
        return Walk(
            window,
            cast("Workspace", window.centralWidget()),
            lambda: self._settle(window),
            lambda: self._rest(window),
        )

    def _settle(self, window: QWidget) -> None:
        for _ in range(TURNS):
            if isinstance(window, ClinicWindow):
                _until(lambda: not window._runner.is_busy)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.app.processEvents()

    def _rest(self, window: QWidget) -> None:
        pause = QDeadlineTimer(PAUSES_MS)
        _until(pause.hasExpired)
        self._settle(window)

    def _close(self, window: ClinicWindow) -> None:
        window.close()
        window.deleteLater()
        self._settle(window)


def _fill_in(wizard: SetUpWizard) -> None:
    """What is asked before a clinic is made, answered."""
    wizard.clinic.name.setText("Sampleton Skin Studio")
    wizard.clinic.state.setCurrentIndex(wizard.clinic.state.findData("TX"))
    named = (("Dr I. Okafor", "okafor"), ("M. Castellan", "owner"))
    for card, (name, user) in zip(wizard.people.cards, named, strict=False):
        card.name.setText(name)
        card.user.setText(user)
        card.password.edit.setText(PASSWORDS[user])
    for at in range(len(SETUP_STEPS)):
        wizard._show(at)


def _must_be_open(sheet: str, window: QWidget) -> None:
    if sheet and sheet not in _sheets_over(window):
        raise LookupError(f"{sheet} did not open")


def _close_sheets(window: QWidget) -> None:
    for dialog in window.findChildren(QDialog):
        dialog.close()


def _sheets_over(window: QWidget) -> set[str]:
    """What the sheets over a window are called: by object name and by class."""
    shown = [one for one in window.findChildren(QDialog) if one.isVisible()]
    return {name for one in shown for name in (one.objectName(), type(one).__name__)}


def _left_idle() -> Resumed:
    """A window that locked because nobody was there."""
    return Resumed(left=Left.IDLE, geometry=(0, 0, WIDTH_PX, HEIGHT_PX))


def taken(window: QWidget) -> tuple[QImage, QWidget]:
    """A picture of the window with the dialog over it, and the widget that is looked at for findings."""
    picture = window.grab().toImage()
    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
    if not dialogs:
        return picture, window
    top = dialogs[-1]
    painter = QPainter(picture)
    corner = QPoint((window.width() - top.width()) // 2, (window.height() - top.height()) // 2)
    painter.drawPixmap(corner, top.grab())
    # The frame that a desktop draws round a window.
    painter.setPen(QColor(colours().control_line))
    painter.drawRect(QRect(corner, top.size()).adjusted(-1, -1, 0, 0))
    painter.end()
    return picture, top


def _until(fact: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not fact():
        if deadline.hasExpired():
            raise TimeoutError("the window did not come to rest")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        # The store's thread gets on faster when this one does not spin.
        QThread.msleep(1)
