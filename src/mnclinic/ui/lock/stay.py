"""One person's stay in the window: what of it is kept, and how it is left."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from mnclinic.errors import ClinicError
from mnclinic.services.screen_state import ScreenKept, keep_screen, kept_screen
from mnclinic.services.session import OpenClinic
from mnclinic.services.settings import idle_lock_min
from mnclinic.ui.desk import Desk
from mnclinic.ui.lock.sheets import SheetKeeper
from mnclinic.ui.lock.watch import IDLE_LOCK_MIN, Watch
from mnclinic.ui.window import Workspace

KEEP_EVERY_MS = 1500
"""The screen is stored this often where it changed: with the storing, under two seconds after a key."""

LOOKS_AFTER = 4
"""So many looks follow the last touch: what it asked for may show later."""

KEEP_LEFT_MS = 150
"""So soon after a field was left, which lets somebody run through fields with Tab."""

SAME_DAY = timedelta(hours=12)
"""A person who comes back later than this begins at Today."""


def idle_lock_min_of(clinic: OpenClinic) -> int:
    """After how many minutes without use the clinic wants the screen locked."""
    try:
        return idle_lock_min(clinic)
    except ClinicError:
        return IDLE_LOCK_MIN


def kept_of(clinic: OpenClinic) -> ScreenKept | None:
    """What was kept of the person's screen. A screen that cannot be read keeps nobody out."""
    try:
        return kept_screen(clinic)
    except ClinicError:
        return None


class Stay(QObject):
    """From the log-in to the lock."""

    def __init__(self, desk: Desk, workspace: Workspace) -> None:
        """A person has just come in."""
        super().__init__(workspace)
        self._desk = desk
        self._workspace = workspace
        self._sheets = SheetKeeper(lambda: workspace.where, self)
        self._sheets.returned.connect(self._tell_returned)
        self._sheets.over.connect(self._tell_over)
        self._returned: dict[str, str] = {}
        """What was told of the sheets that hold again what had been typed, by title."""
        self._sheets.not_opened.connect(self._tell_not_opened)
        self._state: dict[str, Any] = {}
        self._stored = ""
        self._has_failed = False
        self.has_ended = False
        """Whether the person may do nothing any more: what is being left could not be stored for that."""
        desk.access_ended.connect(self._end)
        self._storing = 0
        """How often what was typed is on its way to the store: behind other jobs it may not get there."""
        self._keeping = QTimer(self, interval=KEEP_EVERY_MS)
        self._keeping.timeout.connect(self._look)
        self._keeping.start()
        self._watch: Watch | None = None
        self._touches, self._looks_left = -1, LOOKS_AFTER
        self._is_keeping = False
        # A timer of its own: a single shot that is under way when this is let go of keeps it for ever.
        self._soon = QTimer(self, singleShot=True, interval=KEEP_LEFT_MS)
        self._soon.timeout.connect(self._keep)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._field_left)

    @property
    def desk(self) -> Desk:
        """What the person works with."""
        return self._desk

    @property
    def is_unsaved(self) -> bool:
        """Whether something that was typed is not stored as far as is known; asked when the stay ends."""
        return self._has_failed or self._storing > 0

    @property
    def user(self) -> str:
        """The person's user name."""
        return self._desk.person.user

    def set_idle_time(self, watch: Watch) -> None:
        """Have the watch wait as long as the clinic says, now and whenever that is changed.

        Its touches say from now on when the screen is to be looked at.
        """

        def ask() -> None:
            self._desk.ask(
                idle_lock_min_of,
                owner=self,
                done=watch.set_idle_lock_min,
                failed=_nothing,
                is_wanted=False,
            )

        self._watch = watch
        self._desk.changed.connect(ask)
        ask()

    def bring_back(self, kept: ScreenKept | None, *, left_by: str | None) -> None:
        """Show the person where they were, if they locked it themselves or left it a short while ago.

        Args:
            kept: What was kept of their screen.
            left_by: Who was logged in when the program locked; None when it was started afresh.
        """
        if kept is None:
            return
        age = self._desk.clinic.clock.now() - kept.saved_at
        is_same_page = left_by in {None, self.user} and age < SAME_DAY
        try:
            titles = self._sheets.take_back(kept.state["sheets"], is_same_page=is_same_page)
            self._workspace.return_to(kept.state["place"], is_same_page=is_same_page)
        except (KeyError, TypeError, ValueError):
            # An older program kept another shape; nobody is kept from working by it.
            return
        self._sheets.open_again(self._workspace, self._desk.runner)
        if titles:
            names = ", ".join(f"“{title}”" for title in titles)
            self._say(
                self.tr(
                    "What you typed in {names} before the lock is kept. Open it again, and it stands there."
                ).format(names=names)
            )

    def is_back(self) -> bool:
        """Whether the place is back with its sheets and its keyboard, and nothing is being read for it."""
        return not self._desk.runner.is_working and self.stands()

    def stands(self) -> bool:
        """Whether no sheet, keyboard or text comes back any more, though something may still be read."""
        return self._sheets.is_settled and self._workspace.is_back

    def _say(self, sentence: str) -> None:
        """Tell one thing more, below what is told already and was not put away."""
        notice = self._workspace.notice
        said = "" if notice.isHidden() else notice.accessibleName()
        notice.say("\n".join(filter(None, (said, sentence))))

    def _tell_not_opened(self, title: str, is_typed: bool) -> None:
        words = (
            self.tr(
                "What you typed in “{title}” before the lock is kept. What opened it is not on the screen "
                "any more: open it again, and it stands there."
            )
            if is_typed
            else self.tr(
                "“{title}” was open before the lock. What opened it is not on the screen any more. Nothing "
                "was done."
            )
        )
        self._say(words.format(title=title))

    def _tell_returned(self, title: str, has_secrets: bool, is_made_up: bool) -> None:
        words = self.tr("“{title}” holds what you typed before the lock.").format(title=title)
        if has_secrets:
            words += " " + self.tr("Passwords and codes are never kept: type them again.")
        if is_made_up:
            words += " " + self.tr("The password that was made up for you is another now.")
        self._returned[title] = words
        self._say(words)

    def _tell_over(self, title: str) -> None:
        """Take back what was told of a sheet that holds nothing any more."""
        words, notice = self._returned.pop(title, ""), self._workspace.notice
        if words and not notice.isHidden():
            said = notice.accessibleName().split("\n")
            notice.say("\n".join(one for one in said if one != words))

    def _screen(self) -> dict[str, Any]:
        return {"place": self._workspace.place(), "sheets": self._sheets.texts()}

    def _field_left(self, _before: QWidget | None, _now: QWidget | None) -> None:
        if self._keeping.isActive():
            self._soon.start()

    def _look(self) -> None:
        """Keep what a person may have changed; nobody is kept waiting by a screen that nobody touches."""
        touches = self._watch.touches if self._watch is not None else 0
        if touches != self._touches:
            self._touches, self._looks_left = touches, LOOKS_AFTER
        if self._looks_left:
            self._looks_left -= 1
            self._keep()

    def _keep(self) -> None:
        """Store the screen as it stands, if it stands otherwise than it was stored."""
        # One is under way at most: the next look stores the newest. A sheet that comes back is half there.
        if self._is_keeping or not self.stands():
            return
        state = self._screen()
        worth = json.dumps(state, sort_keys=True)
        if worth == self._stored:
            return
        is_typed = _typed(state) != _typed({})
        self._is_keeping = True

        def failed(_error: Exception) -> None:
            # It is not marked as stored, so the next look tries again.
            self._is_keeping, self._looks_left = False, LOOKS_AFTER
            self._desk.say_unsaved(self, is_unsaved=is_typed)

        def kept(_is_kept: bool) -> None:
            self._is_keeping, self._stored = False, worth
            self._desk.say_unsaved(self, is_unsaved=False)

        self._desk.ask(
            lambda clinic: keep_screen(clinic, state), owner=self, done=kept, failed=failed, is_wanted=False
        )

    def make_anew(self) -> None:
        """Build the pages anew in another size or language, at the same place with what is typed."""
        self._workspace.settle()
        self._workspace.make_anew()

    def put_away(self, *, is_all: bool) -> None:
        """Let go of the pages that nobody looks at: see `Workspace.put_away`."""
        self._workspace.put_away(is_all=is_all)

    def look_around(self) -> None:
        """Read the screen as it stands, before anything on it is put away."""
        self._keeping.stop()
        self._soon.stop()
        self._workspace.settle()
        self._state = self._screen()
        # From here on no key and no shortcut reaches a page.
        self._workspace.setEnabled(False)

    def leave(self, gone: Callable[[], None], *, locked: str | None = None) -> None:
        """Store drafts and screen, close the clinic, then call `gone`, whatever happened.

        `locked` is why the screen is locked; None when the window is closed.
        """
        self.store()
        self._desk.ask(
            lambda clinic: clinic.close(locked=locked),
            owner=self,
            done=lambda _none: gone(),
            failed=lambda _error: gone(),
            is_last=True,
        )

    def _end(self) -> None:
        self.has_ended = True

    def store(self) -> None:
        """Store drafts, and the screen as it stood when it was looked at."""
        state = self._state
        is_typed = _typed(state) != _typed({})
        self._workspace.flush()
        self._storing += is_typed

        def failed(_error: Exception) -> None:
            self._storing -= is_typed
            self._has_failed = self._has_failed or is_typed

        def kept(is_kept: bool) -> None:
            self._storing -= is_typed
            # Open for reading alone, a clinic keeps no screen. Where nothing was typed, nothing is lost.
            self._has_failed = self._has_failed or (is_typed and not is_kept)

        self._desk.ask(lambda clinic: keep_screen(clinic, state), owner=self, done=kept, failed=failed)


def _typed(state: dict[str, Any]) -> str:
    """What was typed and is stored nowhere else, as text to compare."""
    pages = state.get("place", {}).get("pages", {})
    fields = {
        name: [page.get("fields"), (page.get("own") or {}).get("unsaved")]
        for name, page in pages.items()
        if page.get("fields") or (page.get("own") or {}).get("unsaved")
    }
    return json.dumps([fields, [one for one in state.get("sheets", []) if one["typed"]]], sort_keys=True)


def _nothing(_value: Any) -> None:
    """Nobody waits for this outcome."""
