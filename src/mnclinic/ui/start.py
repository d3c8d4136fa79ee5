"""The window: it hosts the log-in, or the workspace of whoever is logged in."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from mnclinic.ui.elements.layout import follow_keyboard
from mnclinic.ui.lock.entry import Entry
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.login import LoginPage, WelcomePage
from mnclinic.ui.looks import Looks, looks_keeper
from mnclinic.ui.tasks import TaskRunner

if TYPE_CHECKING:
    # The log-in is painted before any of this is read. Whoever needs a part of it imports it there.
    from PySide6.QtCore import QLockFile
    from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent

    from mnclinic.domain.instants import Clock
    from mnclinic.ui.backup_schedule import BackupSchedule
    from mnclinic.ui.check_schedule import CheckSchedule
    from mnclinic.ui.lock.anew import Resumed, StartAnew
    from mnclinic.ui.lock.clipboard import ClipboardKeeper
    from mnclinic.ui.lock.closing import Closing
    from mnclinic.ui.lock.cover import Cover
    from mnclinic.ui.lock.held_keys import HeldKeys
    from mnclinic.ui.lock.locking import Locking
    from mnclinic.ui.lock.opening import Opening
    from mnclinic.ui.lock.stay import Stay
    from mnclinic.ui.lock.timer import Timers
    from mnclinic.ui.lock.unready import Unready
    from mnclinic.ui.lock.watch import Watch
    from mnclinic.ui.setup.ways_in import WaysIn
    from mnclinic.ui.setup.wizard import SetUpWizard

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
        self.folder = folder
        self.clock = clock
        self.user = self.left_by = user
        self.log_ins = log_ins
        self.resumed = resumed
        self.start_anew = start_anew
        self.folder_lock = folder_lock
        self.unready: Unready | None = None
        """Of somebody who has to do something first, in a clinic that is open."""
        self._runner = TaskRunner("store", self)
        self.stay: Stay | None = None
        self.cover: Cover | None = None
        self._backs_up = backs_up
        self.checks: CheckSchedule | None = None
        self.wizard: SetUpWizard | None = None
        self.is_ready = False
        self._after_paint: list[Callable[[], None]] = []
        looks_keeper().changing.connect(self._looks_changing)
        looks_keeper().changed.connect(self._looks_changed)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._keyboard_moved)
        self.show_entry()

    def _keyboard_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        # A method, so that a window that is gone follows nothing.
        follow_keyboard(before, now)

    @cached_property
    def ways_in(self) -> "WaysIn":
        """To a clinic that is not open on this computer yet."""
        from mnclinic.ui.setup.ways_in import WaysIn

        return WaysIn(self, self._runner)

    @cached_property
    def opening(self) -> "Opening":
        """From the password to the workspace."""
        from mnclinic.ui.lock.opening import Opening

        return Opening(self, self._runner)

    @cached_property
    def locking(self) -> "Locking":
        """From whatever stands here to the log-in."""
        from mnclinic.ui.lock.locking import Locking

        return Locking(self, self._runner)

    @cached_property
    def closing(self) -> "Closing":
        """From the press that closes the window to its end."""
        from mnclinic.ui.lock.closing import Closing

        return Closing(self, self._runner)

    @cached_property
    def timers(self) -> "Timers":
        from mnclinic.ui.lock.timer import Timers

        running = self.resumed.timers if self.resumed is not None else ()
        return Timers(self.clock.now, running, self)

    @cached_property
    def held_keys(self) -> "HeldKeys":
        from mnclinic.ui.lock.held_keys import HeldKeys

        return HeldKeys(self)

    @cached_property
    def clipboard(self) -> "ClipboardKeeper":
        from PySide6.QtGui import QGuiApplication

        from mnclinic.ui.lock.clipboard import ClipboardKeeper

        return ClipboardKeeper(QGuiApplication.clipboard(), parent=self)

    @cached_property
    def watch(self) -> "Watch":
        """Notices that nobody is there."""
        from mnclinic.ui.lock.watch import Watch

        made = Watch(self.clock, parent=self)
        made.left.connect(self.locking.lock)
        return made

    @cached_property
    def backups(self) -> "BackupSchedule | None":
        if not self._backs_up:
            return None
        from mnclinic.ui.backup_schedule import BackupSchedule

        return BackupSchedule(self.folder, self._runner, clock=self.clock, parent=self)

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
        if not self.is_ready:
            self.is_ready = True
            # After what is painted now has reached the screen.
            QTimer.singleShot(0, self, self._make_ready)

    def _make_ready(self) -> None:
        self._word_keys()
        for name in ("watch", "timers", "held_keys", "clipboard", "backups"):
            getattr(self, name)
        if not self.watch.is_awake:
            self.guard()
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
        if self.stay is not None or self._runner.is_working:
            return self.stay is not None
        if self.wizard is not None and page is self.wizard:
            return self.wizard.can_be_made_anew
        return isinstance(page, Entry | WelcomePage)

    def _looks_changing(self, after: Looks) -> None:
        now = looks_keeper().looks
        if self.stay is not None:
            is_all = (after.text_scale, after.language) != (now.text_scale, now.language)
            self.stay.put_away(is_all=is_all)

    def _looks_changed(self, before: Looks) -> None:
        now = looks_keeper().looks
        if (before.text_scale, before.language) == (now.text_scale, now.language):
            return
        # Whoever asked for it stands on what is about to go.
        QTimer.singleShot(0, self, self._make_anew)

    def _make_anew(self) -> None:
        """Make what is shown anew, with what is typed in it."""
        self._word_keys()
        if self.stay is not None:
            self.stay.make_anew()
        elif isinstance(self.centralWidget(), Entry):
            before = self.login
            self.show_entry()
            self.login.go_on_from(before)
        elif isinstance(self.centralWidget(), WelcomePage):
            self.show_entry()
        elif (wizard := self.wizard) is not None and self.centralWidget() is wizard:
            self.ways_in.set_up().go_on_from(wizard)

    def show_entry(self) -> None:
        self.guard()
        if not any(
            (self.folder / name).exists() for name in ("clinic.db", "clinic.keys", "clinic.keys.prev")
        ):
            welcome = WelcomePage(self.folder)
            welcome.demo_wanted.connect(lambda: self.ways_in.build_demo(welcome))
            welcome.set_up_wanted.connect(lambda: self.ways_in.set_up())  # noqa: PLW0108 - read then
            welcome.restore_wanted.connect(lambda: self.ways_in.bring_back(from_backup=True))
            self.host(welcome)
            return
        # From the outside in: a widget that gets into another takes on its looks with all that it holds.
        has_timers = "timers" in vars(self) or (self.resumed is not None and self.resumed.timers)
        entry = Entry(self.timers if has_timers else None, self.resumed, self)
        self.login = LoginPage(self.folder, self.log_ins, self.user, entry)
        entry.hold(self.login)
        # What opens the clinic is read when somebody logs in, and not to paint this.
        self.login.submitted.connect(lambda *typed: self.opening.log_in(*typed))  # noqa: PLW0108 - read then
        self.login.recovered.connect(
            lambda *typed: self.opening.log_in_anew(*typed)  # noqa: PLW0108 - read then
        )
        self.login.sheet_wanted.connect(lambda: self.ways_in.bring_back(from_backup=False))
        self.host(entry)

    def host(self, page: QWidget) -> None:
        """Show a page; what it chose for the keyboard before it was in the window gets it now."""
        wanted = page.focusWidget()
        self.setCentralWidget(page)
        if wanted is not None:
            wanted.setFocus()

    def back_to_entry(self) -> None:
        self.show_entry()
        if self.backups is not None:
            self.backups.locked(self.folder)

    def stop_checking(self) -> None:
        if self.checks is not None:
            self.checks.end()
            self.checks = None

    def stop_copying(self) -> None:
        """Somebody is about to open the clinic: no copy of its closed files is made meanwhile."""
        if self.backups is not None:
            self.backups.end()
        self.stop_checking()

    def guard(self) -> None:
        """Nobody is logged in: hear of it when the screen is left all the same."""
        if self.is_ready and self.stay is None and self.unready is None and not self.closing.has_begun:
            self.watch.guard()

    def as_it_stands(self, left: Left, *, is_unsaved: bool = False, is_typed: bool = True) -> "Resumed":
        """What the program hands to itself when it begins anew at the same place on the screen."""
        from mnclinic.ui.lock.anew import Look, Resumed

        worn = looks_keeper().looks
        box = self.normalGeometry() if self.isMaximized() else self.geometry()
        return Resumed(
            left=left,
            geometry=(box.x(), box.y(), box.width(), box.height()),
            is_maximized=self.isMaximized(),
            look=Look(worn.mode, worn.text_scale, worn.language, worn.motion),
            is_demo=bool(self.log_ins),
            timers=self.timers.running,
            is_unsaved=is_unsaved,
            is_typed=is_typed,
        )

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

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Store what is typed and finish what was asked; the window closes after it."""
        self.closing.close(event)

    def show_again(self) -> None:
        """Show the window where it was before the lock, or where the system puts it."""
        if self.resumed is not None:
            self.setGeometry(*self.resumed.geometry)
            if self.resumed.is_maximized:
                self.showMaximized()
                return
        self.show()
