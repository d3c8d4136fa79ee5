"""The daily check of the store, which nobody has to think of and nobody waits for."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from mnclinic.errors import ClinicError
from mnclinic.services.daily_check import LastCheck, daily_check
from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk

FIRST_MS = 30_000
"""After the log-in: first things first, and the backup before this."""
EVERY_MS = 60 * 60 * 1000


class CheckSchedule(QObject):
    """Begins the check after the day's first log-in, on the long readers' thread; stops it at the lock."""

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

    def _goes_on(self, _step: str, _done: int, _of: int) -> bool:
        return self._is_wanted

    def _ended(self, checked: LastCheck | None) -> None:
        if checked is not None:
            self._desk.changed.emit()


def _check(clinic: OpenClinic, *, watch: Callable[[str, int, int], bool]) -> LastCheck | None:
    """What cannot be checked now is told tomorrow as a check that did not come to its end."""
    try:
        return daily_check(clinic, watch)
    except ClinicError:
        return None
