"""Reads what the first log-in needs while a person types the password, so that it is not slower for that."""

from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from mnclinic.ui.tasks import TaskRunner

ON_THE_STORES_THREAD = (
    "mnclinic.services.open_clinic",
    "mnclinic.services.list_visits",
    "mnclinic.services.break_glass",
)
"""What holds no widget, and takes the longest: the database's modules among it."""

ON_THE_WINDOWS_THREAD = (
    "mnclinic.ui.elements.words",
    "mnclinic.ui.desk",
    "mnclinic.ui.lock.stay",
    "mnclinic.ui.check_schedule",
    "mnclinic.ui.pages",
    "mnclinic.ui.window",
    "mnclinic.ui.today.page",
)
"""One a turn, so that no letter of the password waits for more than one of them."""

BETWEEN_MS = 15


class WarmUp(QObject):
    """Imports, first beside the window, then in it. A log-in that comes sooner finds the rest unread."""

    def __init__(self, runner: TaskRunner, parent: QObject) -> None:
        """Begin with nothing; `parent` is the window."""
        super().__init__(parent)
        self._runner = runner
        self._left = list(ON_THE_WINDOWS_THREAD)
        self._turn = QTimer(self, interval=BETWEEN_MS)
        self._turn.timeout.connect(self._read_one)

    def begin(self) -> None:
        """Read; nobody waits for it."""
        for name in ON_THE_STORES_THREAD:
            # One job each: a log-in in between goes before what is still unread.
            self._runner.submit(
                partial(import_module, name),
                owner=self,
                done=self._was_read,
                failed=_say_nothing,
                is_wanted=False,
            )

    def _was_read(self, module: object) -> None:
        if getattr(module, "__name__", "") == ON_THE_STORES_THREAD[-1]:
            self._turn.start()

    def _read_one(self) -> None:
        if self._left:
            import_module(self._left.pop(0))
        else:
            self._turn.stop()
            self.deleteLater()


def _say_nothing(_error: Exception) -> None:
    """Whoever needs the module meets the same trouble, and tells it."""
