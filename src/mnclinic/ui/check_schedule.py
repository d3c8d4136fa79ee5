"""The daily check of the store, which nobody has to think of and nobody waits for."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from mnclinic.errors import ClinicError, LogInEnded
from mnclinic.services.daily_check import LastCheck, daily_check
from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk

FIRST_MS = 30_000
"""After the log-in: first things first, and the backup before this."""
EVERY_MS = 60 * 60 * 1000
WELL = frozenset({"OK", "EXPLAINED"})


class CheckSchedule(QObject):
    """Begins the check after the day's first log-in, on the long readers' thread; stops it at the lock.

    What was not checked by then is checked at closing.
    """

    progressed = Signal(int, int)
    """Parts done, of how many: of the check at closing."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Begin for whoever has just logged in."""
        super().__init__(parent)
        self._desk = desk
        self._is_wanted = True
        self._first = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._hourly = QTimer(self, interval=EVERY_MS)
        self._first.timeout.connect(self.look)
        self._hourly.timeout.connect(self.look)
        self._first.start()
        self._hourly.start()

    def end(self) -> None:
        """The clinic is being left: what is under way stops at its next look."""
        self._is_wanted = False
        self._first.stop()
        self._hourly.stop()

    def look(self) -> None:
        """Check, if that was not done today."""
        self._desk.ask(
            partial(_check, watch=self._goes_on),
            owner=self,
            done=self._ended,
            failed=lambda _error: None,
            is_long=True,
            is_wanted=False,
        )

    def at_close(self, done: Callable[[str | None], None]) -> None:
        """Check, if that was not done today; `done` hears None in any case, or what has to be read first."""

        def watch(_step: str, so_far: int, of: int) -> bool:
            self.progressed.emit(so_far, of)
            return self._is_wanted

        def ended(checked: LastCheck | None) -> None:
            if checked is None or checked.verdict in WELL:
                done(None)
                return
            done(
                self.tr(
                    "The records were checked before closing: {verdict}. Delete and change nothing. What was "
                    "found stands on Today and under Inspection; show it to the director and the owner."
                ).format(verdict=checked.verdict)
            )

        self._first.stop()
        self._hourly.stop()
        self._desk.ask(
            partial(_check, watch=watch),
            owner=self,
            done=ended,
            failed=lambda _error: done(None),
            is_long=True,
            is_wanted=False,
        )

    def _goes_on(self, _step: str, _done: int, _of: int) -> bool:
        return self._is_wanted

    def _ended(self, checked: LastCheck | None) -> None:
        if checked is not None:
            self._desk.changed.emit()


def _check(clinic: OpenClinic, *, watch: Callable[[str, int, int], bool]) -> LastCheck | None:
    """What cannot be checked now is tried again every hour and at closing, and told tomorrow."""
    try:
        return daily_check(clinic, watch)
    except LogInEnded:
        raise
    except ClinicError:
        return None
