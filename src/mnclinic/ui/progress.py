"""How far a long job is, and the button that stops it."""

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QWidget

from mnclinic.ui.elements import ProgressLine, button, column, label, row
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.words import plain

WHOLE = 1000
TELL_EVERY_MS = 100


class Progress(QWidget):
    """Hidden until `begin`. `watch` is called by the job on its own thread."""

    _told = Signal(str, int)

    def __init__(self, name: str) -> None:
        """Make the panel; `name` begins the object names."""
        super().__init__()
        self._is_stopped = False
        self._since_told = QElapsedTimer()
        lines = column(self, gap=Space.TIGHT)
        self._words = label("", Type.SMALL, "muted")
        self._bar = ProgressLine()
        self._bar.setObjectName(f"{name}.bar")
        self._cancel = button(self.tr("Cancel"), f"{name}.cancel", pressed=self.stop)
        line = row(gap=Space.MEDIUM)
        line.addWidget(self._bar, 1)
        line.addWidget(self._cancel)
        lines.addWidget(self._words)
        lines.addLayout(line)
        # A signal brings the news from the job's thread to this one.
        self._told.connect(self._show)
        self.hide()

    def begin(self, words: str) -> None:
        """A job starts."""
        self._is_stopped = False
        self._since_told.invalidate()
        self._what = words
        self._bar.setAccessibleName(words)
        self._bar.wait()
        self._words.setText(words)
        self._cancel.setDisabled(False)
        self.show()

    def end(self) -> None:
        """The job is over, one way or the other."""
        self.hide()

    def stop(self) -> None:
        """Ask the job to stop; it ends at its next look."""
        self._is_stopped = True
        self._cancel.setDisabled(True)
        self._words.setText(self.tr("Stopping …"))

    def watch(self, step: str, done: int, of: int) -> bool:
        """How far the job is, from its thread; False stops it."""
        if not self._since_told.isValid() or self._since_told.hasExpired(TELL_EVERY_MS):
            self._since_told.start()
            self._told.emit(step, round(WHOLE * done / of) if of else -1)
        return not self._is_stopped

    def _show(self, step: str, permille: int) -> None:
        if self._is_stopped:
            return
        if permille >= 0:
            self._bar.show_share(permille, WHOLE)
        else:
            self._bar.wait()
        self._words.setText(f"{self._what}: {plain(step).lower()}")
