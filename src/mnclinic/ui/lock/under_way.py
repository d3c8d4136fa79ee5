"""What somebody asked for and still runs when the window is to be closed."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mnclinic.errors import Stopped
from mnclinic.ui.desk import sentence_of
from mnclinic.ui.progress import Progress
from mnclinic.ui.tasks import TaskRunner

SHORT_MS = 1_000
"""What somebody asked for and no panel shows is mostly done within so long: then nothing is said of it."""


def stop_all(window: QWidget) -> bool:
    """Stop every long job that a window shows the progress of; False where one goes on to its end."""
    for one in window.findChildren(Progress):
        if one.is_under_way:
            one.stop()
    return all(one.is_stopped for one in window.findChildren(Progress) if one.is_under_way)


class UnderWay(QObject):
    """The jobs that somebody asked for and that take long: what they are, their end, and stopping them.

    Beside those with a panel one may have none, such as a page that is written to a stick that hangs.
    """

    ended = Signal(str)
    """None of them runs any more; carries what went wrong meanwhile, or nothing."""

    def __init__(self, window: QWidget, runner: TaskRunner) -> None:
        """Look around; ask `words` whether there is anything."""
        super().__init__(window)
        self._window, self._runner = window, runner
        self._panels = [one for one in window.findChildren(Progress) if one.is_under_way]
        self._has_no_panel = not self._panels and runner.is_working and not runner.has_rest(SHORT_MS)
        self._trouble: list[str] = []
        # Whoever is told of the end tells the panel a moment after the runner.
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self._look)
        if self.is_any:
            runner.went_wrong.connect(self._note)
            runner.busy_changed.connect(self._soon)

    @property
    def is_any(self) -> bool:
        """Whether anything runs that takes long."""
        return bool(self._panels) or self._has_no_panel

    @property
    def words(self) -> str:
        """What runs, as the panels say it; empty where nothing does, or nothing that a panel shows."""
        return ", ".join(dict.fromkeys(one.what for one in self._panels))

    def stop(self) -> bool:
        """Have all of them stopped. False where one has come too far for that, and goes on to its end."""
        return stop_all(self._window)

    def _note(self, error: Exception) -> None:
        if not isinstance(error, Stopped):
            self._trouble.append(sentence_of(error))

    def _soon(self, _is_busy: bool) -> None:
        self._looking.start()

    def _look(self) -> None:
        is_working = self._has_no_panel and self._runner.is_working
        if is_working or any(one.is_under_way for one in self._window.findChildren(Progress)):
            return
        self._runner.busy_changed.disconnect(self._soon)
        self._runner.went_wrong.disconnect(self._note)
        self.ended.emit("\n".join(dict.fromkeys(self._trouble)))
