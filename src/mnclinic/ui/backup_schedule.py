"""Backups that nobody has to think of: after the log-in, when due, while locked, and at closing."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from mnclinic.domain.instants import Clock
from mnclinic.errors import ClinicError, LogInEnded, Stopped
from mnclinic.security.roles import Act, Role, may
from mnclinic.ui.tasks import TaskRunner

if TYPE_CHECKING:
    # The log-in is shown before the services are loaded.
    from mnclinic.services.session import OpenClinic
    from mnclinic.ui.desk import Desk

FIRST_MS = 5_000
"""After the log-in: first things first."""
EVERY_MS = 60 * 60 * 1000


def back_up_if_due(clinic: "OpenClinic", watch: Callable[[str, int, int], bool]) -> str | None:
    """Prove what was copied while nobody was logged in, then make a backup if the plan wants one by now.

    Returns what went wrong as a sentence, or None.
    """
    from mnclinic.services.adopt_found_backups import adopt_found_backups
    from mnclinic.services.back_up import back_up
    from mnclinic.services.backup_plan import due
    from mnclinic.services.copy_closed_clinic import enter_missed

    try:
        adopt_found_backups(clinic, watch=watch)
        missed = enter_missed(clinic)
        if due(clinic, clinic.clock.now()):
            back_up(clinic, watch=watch)
            return None
    except Stopped:
        return None
    except LogInEnded:
        raise
    except ClinicError as error:
        return error.sentence
    return missed


def copy_if_due(folder: Path, clock: Clock, watch: Callable[[str, int, int], bool]) -> None:
    """Copy the closed clinic if the plan wants a backup by now. Trouble waits for the next log-in's own."""
    from mnclinic.services.copy_closed_clinic import closed_copy_due, copy_closed_clinic

    try:
        if closed_copy_due(folder, clock=clock):
            copy_closed_clinic(folder, clock=clock, watch=watch)
    except ClinicError:
        return


class BackupSchedule(QObject):
    """Makes the plan's backups from one window. Nothing it does keeps the screen from locking."""

    progressed = Signal(int, int)
    """Bytes done, of how many: of the backup at closing."""

    def __init__(
        self, folder: Path, runner: TaskRunner, *, clock: Clock, parent: QObject | None = None
    ) -> None:
        """Begin with a locked clinic."""
        super().__init__(parent)
        self._folder = folder
        self._runner = runner
        self._clock = clock
        self._desk: Desk | None = None
        self._is_wanted = True
        self._first = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._hourly = QTimer(self, interval=EVERY_MS)
        self._first.timeout.connect(self._look)
        self._hourly.timeout.connect(self._look)
        self._hourly.start()

    def begin(self, desk: "Desk") -> None:
        """Somebody logged in."""
        if desk.facts.is_demo or not may(Role(desk.person.role), Act.MAKE_BACKUP):
            return
        self._desk = desk
        self._is_wanted = True
        self._first.start()

    def end(self) -> None:
        """The clinic is being left: what is under way stops, and leaves nothing half-done."""
        self._is_wanted = False
        self._desk = None
        self._first.stop()

    def locked(self, folder: Path) -> None:
        """Nobody is logged in to this folder."""
        self._folder = folder
        self._is_wanted = True

    def _goes_on(self, _step: str, _done: int, _of: int) -> bool:
        return self._is_wanted

    def _look(self) -> None:
        desk = self._desk
        if desk is not None:
            desk.ask(
                lambda clinic: back_up_if_due(clinic, self._goes_on),
                owner=self,
                done=lambda sentence: desk.told.emit(sentence) if sentence else None,
                failed=lambda error: desk.told.emit(_sentence(error)),
                is_long=True,
                is_wanted=False,
            )
        elif self._is_wanted and (self._folder / "clinic.db").exists():
            # In order with the log-in, which stops it: both want the folder.
            self._runner.submit(
                lambda: copy_if_due(self._folder, self._clock, self._goes_on),
                owner=self,
                done=_nothing,
                failed=_nothing,
                is_wanted=False,
            )

    def at_close(self, done: Callable[[str | None], None]) -> bool:
        """Make the backup that the plan wants at closing; `done` hears None or what went wrong.

        Returns whether one is wanted; without one `done` is never called.
        """
        desk = self._desk
        if desk is None:
            return False

        def watch(_step: str, so_far: int, of: int) -> bool:
            self.progressed.emit(so_far, of)
            return self._is_wanted

        def job(clinic: "OpenClinic") -> str | None:
            from mnclinic.services.back_up import back_up
            from mnclinic.services.backup_plan import plan_of

            try:
                if plan_of(clinic).at_close:
                    back_up(clinic, watch=watch)
            except Stopped:
                return None
            except ClinicError as error:
                return error.sentence
            return None

        def failed(error: Exception) -> None:
            done(_sentence(error))

        def begin(_value: object) -> None:
            desk.ask(job, owner=self, done=done, failed=failed, is_long=True, is_wanted=False)

        # In order with what was typed last, which belongs into the backup.
        desk.ask(_nothing, owner=self, done=begin, failed=failed, is_wanted=False)
        return True

    def at_locked_close(self, done: Callable[[str | None], None]) -> bool:
        """The same while the clinic is locked: its closed files are copied, and trouble waits for a log-in.

        Returns False while somebody is about to open the clinic; else `done` hears None in any case.
        """
        if self._desk is not None or not self._is_wanted:
            return False

        def watch(_step: str, so_far: int, of: int) -> bool:
            self.progressed.emit(so_far, of)
            return self._is_wanted

        def job() -> None:
            from mnclinic.services.copy_closed_clinic import copy_at_closing

            copy_at_closing(self._folder, clock=self._clock, watch=watch)

        self._runner.submit(job, owner=self, done=done, failed=lambda _error: done(None), is_wanted=False)
        return True


def _sentence(error: Exception) -> str:
    from mnclinic.ui.desk import sentence_of

    return sentence_of(error)


def _nothing(_value: object) -> None:
    """Nobody waits for this outcome."""
