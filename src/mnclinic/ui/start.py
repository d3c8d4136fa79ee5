"""Open the window: the application, the log-in, and the workspace behind it."""

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from mnclinic.ui.elements.layout import follow_keyboard
from mnclinic.ui.lock.entry import Entry
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.login import LoginPage, WelcomePage
from mnclinic.ui.looks import Looks, looks_keeper
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import new_application

if TYPE_CHECKING:
    # The log-in is painted before any of this is read. Whoever needs a part of it imports it there.
    from types import TracebackType

    from PySide6.QtCore import QLockFile
    from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent

    from mnclinic.domain.instants import Clock
    from mnclinic.ui.backup_schedule import BackupSchedule
    from mnclinic.ui.check_schedule import CheckSchedule
    from mnclinic.ui.desk import Desk
    from mnclinic.ui.lock.anew import Resumed, StartAnew
    from mnclinic.ui.lock.clipboard import ClipboardKeeper
    from mnclinic.ui.lock.cover import Cover
    from mnclinic.ui.lock.held_keys import HeldKeys
    from mnclinic.ui.lock.last_acts import LastActs
    from mnclinic.ui.lock.stay import Stay
    from mnclinic.ui.lock.timer import Timers
    from mnclinic.ui.lock.under_way import UnderWay
    from mnclinic.ui.lock.unready import Unready
    from mnclinic.ui.lock.watch import Watch
    from mnclinic.ui.setup.wizard import SetUpWizard

LOCK_NAME = "clinic.lock"
LOCK_STALE_AFTER_MS = 10_000
"""What a power cut left empty, or another PC wrote whose folder was brought here, names nobody who could
be asked whether they are still there. So an older one is taken away, which fails while a window has it open.
"""
STORE_TROUBLE = 7
NO_DISPLAY = 64
LONGEST_WORK_MS = 30 * 60_000
"""For so long what somebody asked for goes on behind the cover, also a backup to a stick that hangs."""

LONGEST_LEAVING_MS = 30_000
"""The store gets this long to take what was typed; then the program forgets without it."""

LONGEST_ENDING_MS = 10_000
"""What hung behind the cover until nobody was waited for gets this long to stop; then the process ends."""

SMALLEST = (1024, 660)
USUAL = (1280, 800)
TITLE_BAR_PX = 40

LogIns = Sequence[tuple[str, str, str]]


def first_size(room_width: int, room_height: int) -> tuple[int, int]:
    """How large the window opens on a screen with so much room: width and height, without its title bar.

    Where the smallest window does not fit either, it is the usual size, and the system's to place.
    """
    height = room_height - TITLE_BAR_PX
    if room_width < SMALLEST[0] or height < SMALLEST[1]:
        return USUAL
    return min(USUAL[0], room_width), min(USUAL[1], height)


class ClinicWindow(QMainWindow):
    """Hosts the log-in or the workspace of whoever is logged in, and lets go of both.

    What is not needed to paint the log-in is made right after the first paint, or by whoever asks sooner.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: "Clock",
        user: str | None = None,
        log_ins: LogIns = (),
        resumed: "Resumed | None" = None,
        start_anew: "StartAnew | None" = None,
        backs_up: bool = False,
        folder_lock: "QLockFile | None" = None,
    ) -> None:
        """Make the window on one data folder.

        Args:
            folder: The data folder.
            clock: The computer's time.
            user: The user name to begin with.
            log_ins: Of a demo: user, who it is, password.
            resumed: What the program handed to itself when it locked.
            start_anew: Puts the program in its own place, so that its memory is forgotten. Without it
                (in a process that is not ours alone) a lock shows the log-in again in this one.
            backs_up: Whether this window makes the backups of the clinic's plan.
            folder_lock: This window's hold on the folder, let go while a restoration fills it.
        """
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("mnclinic")
        self.setMinimumSize(*SMALLEST)
        room = self.screen().availableSize()
        self.resize(*first_size(room.width(), room.height()))
        self._folder = folder
        self._clock = clock
        self._user = self._left_by = user
        self._log_ins = log_ins
        self._resumed = resumed
        self._start_anew = start_anew
        self._folder_lock = folder_lock
        self._unready: Unready | None = None
        """Of somebody who has to do something first, in a clinic that is open."""
        self._runner = TaskRunner("store", self)
        self._stay: Stay | None = None
        self._cover: Cover | None = None
        self._left: Left | None = None
        """Why the screen is being locked; what is heard behind the cover counts more than idling."""
        self._is_closing = False
        self._left_early: Left | None = None
        """Why the screen was left while a log-in was under way."""
        self._last_acts: LastActs | None = None
        self._waits_for: UnderWay | None = None
        """What somebody asked for, as long as the window closes after it."""
        self._trouble = ""
        """What went wrong with it."""
        self.hangs = False
        """Whether something did not end when the window closed: the process has to be ended with it."""
        self._closes_once_locked = self._has_no_time = False
        self._backs_up = backs_up
        self._checks: CheckSchedule | None = None
        self._wizard: SetUpWizard | None = None
        self._is_ready = False
        self._after_paint: list[Callable[[], None]] = []
        looks_keeper().changing.connect(self._looks_changing)
        looks_keeper().changed.connect(self._looks_changed)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._keyboard_moved)
        self._show_entry()

    def _keyboard_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        # A method, so that a window that is gone follows nothing.
        follow_keyboard(before, now)

    @cached_property
    def _timers(self) -> "Timers":
        from mnclinic.ui.lock.timer import Timers

        running = self._resumed.timers if self._resumed is not None else ()
        return Timers(self._clock.now, running, self)

    @cached_property
    def _held_keys(self) -> "HeldKeys":
        from mnclinic.ui.lock.held_keys import HeldKeys

        return HeldKeys(self)

    @cached_property
    def _clipboard(self) -> "ClipboardKeeper":
        from PySide6.QtGui import QGuiApplication

        from mnclinic.ui.lock.clipboard import ClipboardKeeper

        return ClipboardKeeper(QGuiApplication.clipboard(), parent=self)

    @cached_property
    def watch(self) -> "Watch":
        """Notices that nobody is there."""
        from mnclinic.ui.lock.watch import Watch

        made = Watch(self._clock, parent=self)
        made.left.connect(self.lock)
        return made

    @cached_property
    def _backups(self) -> "BackupSchedule | None":
        if not self._backs_up:
            return None
        from mnclinic.ui.backup_schedule import BackupSchedule

        return BackupSchedule(self._folder, self._runner, clock=self._clock, parent=self)

    @cached_property
    def _scale_keys(self) -> "list[QAction]":
        """Size of text by the keyboard."""
        from mnclinic.ui.keys import keyed

        return [
            keyed(self, "", keys, partial(self._step_scale, steps))
            for keys, steps in ((("Ctrl++", "Ctrl+="), 1), ("Ctrl+-", -1), ("Ctrl+0", 0))
        ]

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Paint; after the first time the rest of the window is made."""
        super().paintEvent(event)
        if not self._is_ready:
            self._is_ready = True
            # After what is painted now has reached the screen.
            QTimer.singleShot(0, self, self._make_ready)

    def _make_ready(self) -> None:
        self._word_keys()
        for name in ("watch", "_timers", "_held_keys", "_clipboard", "_backups"):
            getattr(self, name)
        if not self.watch.is_awake:
            self._guard()
        for act in self._after_paint:
            act()

    def once_painted(self, act: Callable[[], None]) -> None:
        """Do something once the window stands on the screen. Call before it is shown."""
        self._after_paint.append(act)

    def _word_keys(self) -> None:
        """Say what the keys do in the language that is spoken now; they outlive a change of it."""
        words = (self.tr("Larger text"), self.tr("Smaller text"), self.tr("Text of the usual size"))
        for action, said in zip(self._scale_keys, words, strict=True):
            action.setText(said)

    def _step_scale(self, steps: int) -> None:
        if self._can_be_made_anew():
            looks_keeper().step_scale(steps)

    def _can_be_made_anew(self) -> bool:
        """Whether what is shown can be made anew: nothing that waits for an answer, no half-done set-up."""
        page = self.centralWidget()
        if self._stay is not None or self._runner.is_working:
            return self._stay is not None
        if self._wizard is not None and page is self._wizard:
            return self._wizard.can_be_made_anew
        return isinstance(page, Entry | WelcomePage)

    def _looks_changing(self, after: Looks) -> None:
        now = looks_keeper().looks
        if self._stay is not None:
            is_all = (after.text_scale, after.language) != (now.text_scale, now.language)
            self._stay.put_away(is_all=is_all)

    def _looks_changed(self, before: Looks) -> None:
        now = looks_keeper().looks
        if (before.text_scale, before.language) == (now.text_scale, now.language):
            return
        # Whoever asked for it stands on what is about to go.
        QTimer.singleShot(0, self, self._make_anew)

    def _make_anew(self) -> None:
        """Make what is shown anew, with what is typed in it."""
        self._word_keys()
        if self._stay is not None:
            self._stay.make_anew()
        elif isinstance(self.centralWidget(), Entry):
            before = self.login
            self._show_entry()
            self.login.go_on_from(before)
        elif isinstance(self.centralWidget(), WelcomePage):
            self._show_entry()
        elif (wizard := self._wizard) is not None and self.centralWidget() is wizard:
            self._set_up().go_on_from(wizard)

    def _show_entry(self) -> None:
        self._guard()
        if not any(
            (self._folder / name).exists() for name in ("clinic.db", "clinic.keys", "clinic.keys.prev")
        ):
            welcome = WelcomePage(self._folder)
            welcome.demo_wanted.connect(lambda: self._build_demo(welcome))
            welcome.set_up_wanted.connect(self._set_up)
            welcome.restore_wanted.connect(lambda: self._bring_back(from_backup=True))
            self._host(welcome)
            return
        # From the outside in: a widget that gets into another takes on its looks with all that it holds.
        has_timers = "_timers" in vars(self) or (self._resumed is not None and self._resumed.timers)
        entry = Entry(self._timers if has_timers else None, self._resumed, self)
        self.login = LoginPage(self._folder, self._log_ins, self._user, entry)
        entry.hold(self.login)
        self.login.submitted.connect(self._log_in)
        self.login.recovered.connect(self._log_in_anew)
        self.login.sheet_wanted.connect(lambda: self._bring_back(from_backup=False))
        self._host(entry)

    def _host(self, page: QWidget) -> None:
        """Show a page; what it chose for the keyboard before it was in the window gets it now."""
        wanted = page.focusWidget()
        self.setCentralWidget(page)
        if wanted is not None:
            wanted.setFocus()

    def _set_up(self) -> "SetUpWizard":
        from mnclinic.ui.setup.wizard import SetUpWizard

        wizard = SetUpWizard(self._folder, self._runner, clock=self._clock)
        wizard.given_up.connect(self._show_entry)
        wizard.finished.connect(self._was_set_up)
        wizard.opened.connect(lambda clinic: self._read_sheet_back(wizard, clinic))
        self._wizard = wizard
        self._host(wizard)
        self.watch.begin()
        return wizard

    def _read_sheet_back(self, wizard: "SetUpWizard", clinic: Any) -> None:
        """The clinic stands and is open until its sheet was read back: it locks like any other."""
        from mnclinic.ui.desk import Desk

        desk = Desk(clinic, self._runner, self)
        wizard.work_with(desk)
        self._left_early = wizard.left
        self._hold_unready(desk, wizard, wizard.forget)

    def _bring_back(self, *, from_backup: bool) -> None:
        from mnclinic.ui.setup.bring_back import BringBackPage

        self._stop_copying()
        self._guard()
        page = BringBackPage(self._folder, self._runner, clock=self._clock, from_backup=from_backup)
        page.given_up.connect(self._back_to_entry)
        page.finished.connect(self._was_set_up)
        if self._folder_lock is not None:
            # A restoration takes an empty folder, and this window's own mark lies in it.
            hold = self._folder_lock
            page.started.connect(hold.unlock)
            page.ended.connect(lambda: hold.tryLock(0))
        self._host(page)

    def _was_set_up(self, user: str) -> None:
        """The clinic stands, and passwords were typed to make it: begin anew where that forgets them."""
        unready, self._unready = self._unready, None
        if unready is not None:
            unready.close(lambda: self._was_set_up(user))
            return
        self._user, self._wizard = user, None
        if self._start_anew is not None:
            from mnclinic.ui.lock.anew import resuming_words

            with contextlib.suppress(OSError):
                self._start_anew(resuming_words(self._folder, user, self._as_it_stands(Left.READY)))
        self._show_entry()

    def _log_in_anew(self, user: str, code: str, password: str, key_file: str, may_be_known: bool) -> None:
        watch = self.login.watch

        def job() -> Any:
            from mnclinic.services.users.choose_password import recover_password

            factor = Path(key_file).expanduser() if key_file else None
            clinic = recover_password(
                self._folder,
                user,
                code,
                password,
                clock=self._clock,
                factor=factor,
                may_be_known=may_be_known,
                watch=watch,
            )
            return _found_in(clinic)

        self._user = user
        self._stop_copying()
        self._held_keys.hold()
        self._watch_log_in()
        self._runner.submit(job, owner=self.login, done=self._do_first, failed=self._refused)

    def _log_in(self, user: str, password: str) -> None:
        before, watch = self._resumed, self.login.watch
        was_locked = before is not None and before.left is not Left.READY and user == self._left_by
        why = "unlocked" if was_locked else None

        def job() -> Any:
            from mnclinic.services.open_clinic import open_clinic

            clinic = open_clinic(self._folder, user, password, clock=self._clock, why=why, watch=watch)
            return _found_in(clinic)

        self._user = user
        self._stop_copying()
        self._held_keys.hold()
        self._watch_log_in()
        self._runner.submit(job, owner=self.login, done=self._do_first, failed=self._refused)

    def _do_first(self, opened: tuple[Any, Any, bool]) -> None:
        """Whoever has a password from somebody else chooses their own before anything else.

        And whoever left a set-up before its recovery sheet was read back does that. The clinic is open
        meanwhile, so these screens lock like any other.
        """
        clinic, kept, is_at_sheet = opened
        if not clinic.has_temporary_password and not is_at_sheet:
            self._enter((clinic, kept))
            return
        from mnclinic.ui.account.first_password import FirstPasswordPage
        from mnclinic.ui.desk import Desk
        from mnclinic.ui.setup.finish_page import FinishPage

        desk = Desk(clinic, self._runner, self)
        page = FinishPage(desk) if is_at_sheet else FirstPasswordPage(desk)
        page.finished.connect(lambda: self._enter_at_last(kept))
        page.given_up.connect(lambda: self.watch.say_left(Left.ASKED))
        self._host(page)
        self._held_keys.hold_until(lambda: True)
        self._hold_unready(desk, page, page.forget)

    def _hold_unready(self, desk: "Desk", page: QWidget, forget: Callable[[], None]) -> None:
        """The clinic is open behind a page that comes before the workspace: it locks like any other."""
        from mnclinic.ui.lock.unready import Unready

        self._unready = Unready(desk, page, self, self.watch, forget=forget)
        self._lock_if_left_early()

    def _enter_at_last(self, kept: Any) -> None:
        """What had to be done first is done."""
        unready, self._unready = self._unready, None
        if unready is None:
            return
        clinic = unready.desk.clinic
        unready.desk.deleteLater()
        unready.deleteLater()
        self._held_keys.hold()
        self._enter((clinic, kept))

    def _lock_unready(self, unready: "Unready", left: Left) -> None:
        """Lock before there is a stay: what is under way ends, and no password is kept."""
        self._held_keys.hold_until(lambda: True)

        def gone() -> None:
            if self._unready is unready and not self._is_closing:
                self._unready = None
                unready.deleteLater()
                self._begin_anew(unready.desk, left, unready.hidden, is_typed=False)

        unready.locked.connect(gone)
        self._cover = unready.lock(left, LONGEST_LEAVING_MS)
        self._clipboard.forget()

    def _back_to_entry(self) -> None:
        self._show_entry()
        if self._backups is not None:
            self._backups.locked(self._folder)

    def _close_unready(self) -> None:
        unready, self._unready = self._unready, None
        if unready is not None:
            unready.close(lambda: None)

    def _refused(self, error: Exception) -> None:
        self.watch.end()
        self._guard()
        self._left_early = None
        self.login.show_refusal(error)
        self._held_keys.hold_until(lambda: True)
        if self._backups is not None:
            self._backups.locked(self._folder)

    def _stop_checking(self) -> None:
        if self._checks is not None:
            self._checks.end()
            self._checks = None

    def _watch_log_in(self) -> None:
        """Opening may take minutes, such as at an upgrade: who has left by its end finds it locked."""
        self._left_early = None
        self.watch.begin()

    def _lock_if_left_early(self) -> None:
        left, self._left_early = self._left_early, None
        if left is not None:
            self.watch.say_left(left)

    def _stop_copying(self) -> None:
        """Somebody is about to open the clinic: no copy of its closed files is made meanwhile."""
        if self._backups is not None:
            self._backups.end()
        self._stop_checking()

    def _enter(self, opened: tuple[Any, Any]) -> None:
        from mnclinic.ui.check_schedule import CheckSchedule
        from mnclinic.ui.desk import Desk
        from mnclinic.ui.language import spoken
        from mnclinic.ui.lock.stay import Stay
        from mnclinic.ui.pages import count_waiting, page_makers
        from mnclinic.ui.window import Workspace

        clinic, kept = opened
        desk = Desk(clinic, self._runner, self)
        workspace = Workspace(desk, page_makers(), self._timers)
        workspace.lock_requested.connect(lambda: self.watch.say_left(Left.ASKED))
        desk.changed.connect(lambda: count_waiting(desk, workspace))
        self._host(workspace)
        self.setWindowTitle(f"{clinic.facts.name} · mnclinic")
        count_waiting(desk, workspace)
        if clinic.warning:
            desk.told.emit(spoken(clinic.warning))
        self._stay = Stay(desk, workspace)
        self._stay.bring_back(kept, left_by=self._left_by if self._resumed is not None else None)
        self._held_keys.hold_until(self._stay.is_back, stands=self._stay.stands)
        self._stay.set_idle_time(self.watch)
        self.watch.begin()
        if self._backups is not None:
            self._backups.begin(desk)
            self._checks = CheckSchedule(desk, parent=desk)
        self._lock_if_left_early()

    def lock(self, left: str = Left.ASKED) -> None:
        """Store what is typed, forget keys and patients, and show the log-in. Open sheets go too.

        Where nobody was there for a while, what they asked for goes on to its end behind the cover first.
        """
        stay = self._stay
        if self._last_acts is not None:
            self._last_acts.leave(Left(left))
            return
        if stay is None and self._unready is None:
            self._left_early = Left(left)
            self._forget_fields(Left(left))
            return
        if self._unready is not None and self._cover is None:
            self._lock_unready(self._unready, Left(left))
            return
        if stay is None or self._cover is not None:
            self._leave_sooner(Left(left))
            return
        from mnclinic.ui.lock.cover import Cover, put_away

        self.watch.end()
        # Of the stay that ends they hear no more.
        self._held_keys.hold_until(lambda: True)
        stay.look_around()
        goes_on = left == Left.IDLE and self._runner.is_working
        words = (
            self.tr("Locking … What is under way goes on to its end.") if goes_on else self.tr("Locking …")
        )
        self._cover = Cover(self, words)
        hidden = put_away(self)
        self._forget_typed_secrets()
        if self._backups is not None:
            self._backups.end()
        self._stop_checking()
        longest_ms = LONGEST_WORK_MS if goes_on else LONGEST_LEAVING_MS
        self._left = Left(left)
        if goes_on:
            self.watch.cover()
        self._hurry = QTimer(self, singleShot=True, interval=longest_ms)

        def gone() -> None:
            # The timer holds this, and this the whole stay.
            self.watch.end()
            self._hurry.stop()
            self._hurry.deleteLater()
            if self._stay is stay and not self._is_closing:
                why, self._left = self._left or Left(left), None
                self._gone(stay, why, hidden)

        self._hurry.timeout.connect(gone)
        self._hurry.start()
        if goes_on:
            self._cover.skipped.connect(gone)
            self._cover.offer_skip(self.tr("Lock without waiting"))
        stay.leave(gone, locked=Left(left).value)

    def _forget_typed_secrets(self) -> None:
        """What was typed to prove who is there does not wait behind the cover until the work has ended."""
        from mnclinic.ui.left_fields import forget_secrets

        self._clipboard.forget()
        forget_secrets(self)

    def _forget_fields(self, left: Left) -> None:
        """No clinic is open, but passwords and codes may stand in fields."""
        self._clipboard.forget()
        page = self.centralWidget()
        leave = getattr(self.login if isinstance(page, Entry) else page, "leave", None)
        if leave is not None:
            leave(left)
        if self._wizard is not None and page is self._wizard:
            # Somebody may come back and type passwords again.
            self.watch.begin()

    def _guard(self) -> None:
        """Nobody is logged in: hear of it when the screen is left all the same."""
        if self._is_ready and self._stay is None and self._unready is None and not self._is_closing:
            self.watch.guard()

    def _leave_sooner(self, left: Left) -> None:
        """Behind the cover of an idle screen: the computer itself is left, so its keys are not kept for long.

        What is under way gets as long as the store gets at any other lock.
        """
        if self._stay is None or self._left is not Left.IDLE or left is Left.IDLE:
            return
        self._left = left
        if self._hurry.remainingTime() > LONGEST_LEAVING_MS:
            self._hurry.start(LONGEST_LEAVING_MS)

    def _gone(self, stay: "Stay", left: Left, hidden: Sequence[QWidget]) -> None:
        """Everything is stored and closed: begin anew, at the same place on the screen."""
        self._stay = None
        self._begin_anew(stay.desk, left, hidden, is_unsaved=stay.is_unsaved)
        stay.deleteLater()

    def _begin_anew(
        self,
        desk: "Desk",
        left: Left,
        hidden: Sequence[QWidget],
        *,
        is_unsaved: bool = False,
        is_typed: bool = True,
    ) -> None:
        """Show the log-in where nothing of this sitting is left: in a fresh process, if there can be one."""
        import shiboken6
        from PySide6.QtWidgets import QDialog

        from mnclinic.ui.lock.anew import resuming_words

        self._user = self._left_by = desk.person.user
        self._resumed = self._as_it_stands(left, is_unsaved=is_unsaved, is_typed=is_typed)
        if self._start_anew is not None and not self._closes_once_locked:
            # It comes back only when the system cannot do it; then this process goes on, locked.
            with contextlib.suppress(OSError):
                self._start_anew(resuming_words(self._folder, self._user, self._resumed))
        # Sheets that were closed before the lock hold what was typed into them too.
        for one in {*hidden, *self.findChildren(QDialog)}:
            if shiboken6.isValid(one) and isinstance(one, QDialog):
                one.deleteLater()
        # The desk has the clinic, and with it the keys.
        desk.deleteLater()
        if self._backups is not None:
            self._backups.locked(self._folder)
        self._show_entry()
        self.setWindowTitle("mnclinic")
        if self._cover is not None:
            self._cover.hide()
            self._cover.deleteLater()
            self._cover = None
        if self._closes_once_locked:
            self.close()

    def _as_it_stands(self, left: Left, *, is_unsaved: bool = False, is_typed: bool = True) -> "Resumed":
        """What the program hands to itself when it begins anew at the same place on the screen."""
        from mnclinic.ui.lock.anew import Look, Resumed

        worn = looks_keeper().looks
        box = self.normalGeometry() if self.isMaximized() else self.geometry()
        return Resumed(
            left=left,
            geometry=(box.x(), box.y(), box.width(), box.height()),
            is_maximized=self.isMaximized(),
            look=Look(worn.mode, worn.text_scale, worn.language, worn.motion),
            is_demo=bool(self._log_ins),
            timers=self._timers.running,
            is_unsaved=is_unsaved,
            is_typed=is_typed,
        )

    def _build_demo(self, welcome: WelcomePage) -> None:
        import shutil
        import tempfile

        folder = Path(tempfile.mkdtemp(prefix="mnclinic-demo-"))
        day = self._clock.now().date()

        def job() -> Any:
            from mnclinic.services.demo.build import build_demo

            try:
                return build_demo(folder, patients=300, visits=900, seed=7, day=day, watch=watch)
            except BaseException:
                # Nobody could ever log in to what is left of it.
                shutil.rmtree(folder, ignore_errors=True)
                raise

        def failed(error: Exception) -> None:
            from mnclinic.errors import Stopped
            from mnclinic.ui.desk import sentence_of

            welcome.tell_end(sentence_of(error), is_trouble=not isinstance(error, Stopped))

        def done(_built: Any) -> None:
            from mnclinic.services.demo.people import demo_log_ins

            self._folder, self._log_ins, self._user = folder, demo_log_ins(), None
            self._show_entry()

        watch = welcome.progress.watch
        self._runner.submit(job, owner=welcome, done=done, failed=failed, is_long=True)

    def listen(self) -> None:
        """Hear from the operating system when the screen is locked, sleeps or changes hands."""
        from mnclinic.ui.lock.os_signals import system_signals

        signals = system_signals(self)
        signals.left.connect(self.watch.say_left)
        signals.start(self)

    def warm_up(self) -> None:
        """Read what the log-in and the pages after it need, while the person types the password."""
        from mnclinic.ui.warm_up import WarmUp

        WarmUp(self._runner, self).begin()

    def show_again(self) -> None:
        """Show the window where it was before the lock, or where the system puts it."""
        if self._resumed is not None:
            self.setGeometry(*self._resumed.geometry)
            if self._resumed.is_maximized:
                self.showMaximized()
                return
        self.show()

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Store what is typed and finish what was asked, then close the clinic.

        A backup at closing is shown as it goes on and can be skipped; the window closes after it.
        """
        stay, acts = self._stay, self._last_acts
        if self._waits_for is not None and acts is not None and not acts.has_waited and not self._has_no_time:
            # Pressed once more: what runs can be stopped on the cover.
            event.ignore()
            return
        is_locking = (stay or self._unready) is not None and self._cover is not None and not self._is_closing
        if is_locking and self._backups is not None:
            # It is locking. What closes after that is a locked window, with its backup.
            self._closes_once_locked = True
            event.ignore()
            return
        if not self._is_closing and self._has_to_wait():
            event.ignore()
            return
        self._is_closing = True
        self.watch.end()
        is_left = self._has_no_time or (acts is not None and (acts.is_left or acts.has_waited))
        if is_left:
            self._stop_under_way()
        if self._backups is not None:
            self._backups.end()
        self._stop_checking()
        if stay is not None:
            stay.leave(lambda: None)
        self._stay = None
        self._close_unready()
        self._clipboard.forget()
        page = self.centralWidget()
        if (stop := getattr(self.login if isinstance(page, Entry) else page, "stop", None)) is not None:
            stop()
        # What somebody asked for was waited for behind the cover: here the window hears nobody.
        self.hangs = not self._runner.close(LONGEST_ENDING_MS if is_left else LONGEST_LEAVING_MS)
        event.accept()

    def _has_to_wait(self) -> bool:
        """Begin to close; whether something is to end first, behind the cover."""
        if self._stay is not None and self._cover is None:
            from mnclinic.ui.lock.cover import put_away

            self._is_closing = True
            self._stay.look_around()
            put_away(self)
            self._forget_typed_secrets()
            return self._wait_first() or self._is_backing_up()
        if self._unready is not None and self._cover is None:
            self._is_closing = True
            self._forget_typed_secrets()
            return self._wait_first()
        if self._backups is not None and self._is_locked:
            self._is_closing = True
            self.watch.end()
            return self._back_up_first(self._backups.at_locked_close)
        return False

    @property
    def _is_locked(self) -> bool:
        """Whether somebody worked here, in a clinic that is no demo, and nobody is logged in any more."""
        before = self._resumed
        was_left = before is not None and before.left is not Left.READY and not before.is_demo
        return was_left and self._stay is None and isinstance(self.centralWidget(), Entry)

    def _acts_at_closing(self) -> "LastActs":
        """What the window waits for between the press that closes it and its end."""
        if self._last_acts is None:
            from mnclinic.ui.lock.last_acts import LastActs

            self._last_acts = LastActs(
                self,
                self.watch if (self._stay or self._unready) is not None else None,
                longest_ms=LONGEST_WORK_MS,
                hurried_ms=LONGEST_LEAVING_MS,
                ending_ms=LONGEST_ENDING_MS,
            )
            self._last_acts.over.connect(self.close)
        return self._last_acts

    def _wait_first(self) -> bool:
        """Let what somebody asked for go on, or have it stopped; returns whether the window has to wait.

        The clinic is open meanwhile, so the watch goes on. Where the computer is being shut down nothing is
        waited for.
        """
        from mnclinic.ui.lock.under_way import UnderWay

        under_way = UnderWay(self, self._runner)
        if not under_way.is_any or self._has_no_time:
            return False
        acts = self._acts_at_closing()

        def ended(trouble: str) -> None:
            self._waits_for, self._trouble = None, trouble
            if not self._is_backing_up():
                self._tell_last(acts)

        self._waits_for = under_way
        under_way.ended.connect(ended)
        self._cover = acts.wait_for(under_way)
        return True

    def _tell_last(self, acts: "LastActs", sentence: str | None = None) -> None:
        """Close, once it was read what went wrong with what somebody asked for, or with this last act."""
        told = "\n".join(filter(None, (self._trouble, sentence)))
        if told:
            acts.tell(told, self.tr("Close"))
        else:
            self.close()

    def _is_backing_up(self) -> bool:
        return self._backups is not None and self._back_up_first(self._backups.at_close)

    def _stop_under_way(self) -> None:
        from mnclinic.ui.lock.under_way import stop_all

        stop_all(self)

    def _back_up_first(self, begin: Callable[[Callable[[str | None], None]], bool]) -> bool:
        """Make the plan's backup at closing; returns whether the window has to wait for it."""

        def done(sentence: str | None) -> None:
            if sentence is None:
                self._check_last(acts)
            else:
                acts.tell("\n".join(filter(None, (self._trouble, sentence))))

        if self._stay is not None:
            self._stay.store()
        if not begin(done):
            return False
        acts = self._acts_at_closing()
        self._cover = cover = acts.begin(self.tr("Making a backup before closing …"))
        if self._backups is not None:
            self._backups.progressed.connect(cover.show_progress)
        return True

    def _check_last(self, acts: "LastActs") -> None:
        """Check the records where that was not done today, which can be skipped; then close."""
        if self._checks is None:
            self._tell_last(acts)
            return

        def done(sentence: str | None) -> None:
            self._tell_last(acts, sentence)

        self._cover = cover = acts.begin(self.tr("Checking the records before closing …"))
        self._checks.progressed.connect(cover.show_progress)
        self._checks.at_close(done)

    def skip_backup(self, *_: object) -> None:
        """The computer is being shut down: there is no time for a backup now, and none to wait."""
        self._backups, self._has_no_time = None, True


def _found_in(clinic: Any) -> tuple[Any, Any, bool]:
    """An open clinic, what was kept of the person's screen, and whether a set-up waits for its sheet."""
    from mnclinic.ui.lock.stay import kept_of
    from mnclinic.ui.setup.at_sheet import is_at_sheet

    kept = kept_of(clinic)
    return clinic, kept, is_at_sheet(clinic, kept)


def tell_defect(kind: type[BaseException], error: BaseException, trace: "TracebackType | None") -> None:
    """The last net for a defect in a handler: a line without values for the log; the window stays up."""
    place = "unknown"
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    sys.stderr.write(
        "Something went wrong inside the program; nothing half-done was kept. "
        f"Reference: {kind.__name__} at {place}.\n"
    )


def take_folder(folder: Path) -> "QLockFile":
    """Hold the data folder for one window.

    Raises ClinicInUse when another window holds it, FolderNotWritable when it cannot be written.
    """
    from PySide6.QtCore import QLockFile

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        from mnclinic.errors import FolderNotWritable

        raise FolderNotWritable(
            "The data folder cannot be made. Nothing was changed. Check that you may write there, or "
            "choose another folder with --data-dir."
        ) from None
    lock = QLockFile(str(folder / LOCK_NAME))
    lock.setStaleLockTime(LOCK_STALE_AFTER_MS)
    if lock.tryLock(0):
        return lock
    from mnclinic.errors import ClinicInUse, FolderNotWritable

    if lock.error() == QLockFile.LockError.PermissionError:
        raise FolderNotWritable(
            "The data folder cannot be written, so the clinic was not opened. Nothing was changed. Check "
            "that the folder is not read-only and that you may write to it."
        )
    raise ClinicInUse(
        "This clinic is open in another window on this PC. Nothing was changed. Use that window, or close "
        "it first."
    )


def _resumed_from(text: str | None) -> "Resumed | None":
    if text is None:
        return None
    from mnclinic.ui.lock.anew import read_resumed

    return read_resumed(text)


def open_window(
    folder: Path,
    *,
    clock: "Clock",
    user: str | None,
    log_ins: LogIns,
    resumed: str | None = None,
    looks: Path | None = None,
) -> int:
    """Show the window on a data folder and run until it is closed; returns the exit status.

    `resumed` is what a locked program handed to itself (see lock.anew), `looks` the file of the window's
    colours and size of text.
    """
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        sys.stderr.write(
            "There is no screen here to open the window on. Nothing was changed. Start it on a desktop, or "
            "use the commands, for example: mnclinic demo --no-window\n"
        )
        return NO_DISPLAY
    app = QApplication.instance() or new_application()
    assert isinstance(app, QApplication)  # noqa: S101 - nobody else makes a QCoreApplication
    app.setApplicationName("mnclinic")
    sys.excepthook = tell_defect
    before = _resumed_from(resumed)
    look = before.look if before is not None else None
    worn = Looks(look.mode, look.text_scale, look.language, look.motion) if look is not None else None
    looks_keeper().begin(app, looks, worn, is_painted_soon=True)
    try:
        lock = take_folder(folder)
    except Exception as error:
        from PySide6.QtWidgets import QMessageBox

        from mnclinic.errors import ClinicInUse, FolderNotWritable
        from mnclinic.ui.language import spoken

        if not isinstance(error, ClinicInUse | FolderNotWritable):
            raise

        sys.stderr.write(f"{error.sentence}\n")
        QMessageBox.warning(None, "mnclinic", spoken(error.sentence))
        return STORE_TROUBLE

    def anew(words: Sequence[str]) -> None:
        from mnclinic.ui.lock.anew import start_anew

        lock.unlock()
        try:
            start_anew(words)
        finally:
            # Reached only when it could not be done: this window goes on holding the folder.
            lock.tryLock(0)

    try:
        window = ClinicWindow(
            folder,
            clock=clock,
            user=user,
            log_ins=log_ins,
            resumed=before,
            start_anew=anew,
            backs_up=True,
            folder_lock=lock,
        )
        app.commitDataRequest.connect(window.skip_backup)
        window.show_again()
        window.once_painted(looks_keeper().ask_the_system)
        window.once_painted(window.listen)
        window.once_painted(window.warm_up)
        status = app.exec()
    finally:
        lock.unlock()
    if window.hangs:
        # Python would wait for it at its own end, with the keys in memory. Nothing half-done is kept.
        os._exit(status)
    return status
