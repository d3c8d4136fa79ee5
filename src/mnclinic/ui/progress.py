"""How far a long job is, and the button that stops it."""

import shiboken6
from PySide6.QtCore import QElapsedTimer, QMutex, QMutexLocker, QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from mnclinic.errors import Stopped
from mnclinic.ui.elements import ProgressLine, button, column, label, row
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import plain

WHOLE = 1000
TELL_EVERY_MS = 100


class Progress(QWidget):
    """Hidden until `begin`. `watch` is called by the job on its own thread."""

    stopping = Signal()
    """The person asked the job to stop, in time."""

    _told = Signal(str, int)

    def __init__(self, name: str, *, no_way_back: str = "", later: tuple[str, str] | None = None) -> None:
        """Make the panel.

        Args:
            name: It begins the object names.
            no_way_back: The step of the job from which it can be stopped no more; the button says so.
            later: The step from which stopping stops less than the whole job, and the button's words then.
        """
        super().__init__()
        self._later_step, self._later_words = later or ("", "")
        self._is_later = False
        self._no_way_back = no_way_back
        self._what = ""
        self._is_under_way = False
        self._is_stopped = False
        self._is_past = False
        """Whether the job has been let go on over the step from which there is no way back."""
        # Pressing the button and asking for the last time happen on two threads: one of them is first.
        self._deciding = QMutex()
        self._since_told = QElapsedTimer()
        # Once the page has made room for the panel.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._come_into_view)
        self._lender: QWidget | None = None
        self._lent: list[QWidget] = []
        """Where the keyboard has been put instead of the button that began the job, and waits to go back."""
        lines = column(self, gap=Space.TIGHT)
        self._words = label("", Type.SMALL, "muted", wraps=True)
        self._words.setObjectName(f"{name}.words")
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

    @property
    def is_stopped(self) -> bool:
        """Whether the person asked the job to stop, in time."""
        return self._is_stopped

    @property
    def is_under_way(self) -> bool:
        """Whether a job has begun and not ended."""
        return self._is_under_way

    @property
    def what(self) -> str:
        """What is being done, in the words that it began with."""
        return self._what

    def begin(self, words: str, *, shuts: QWidget | None = None) -> None:
        """A job starts.

        `shuts` is the button that began it and cannot be pressed meanwhile: where it has the keyboard, Cancel
        gets that, and the button has it again after `end`, unless the person went elsewhere.
        """
        self._is_under_way = True
        self._is_stopped = self._is_past = self._is_later = False
        self._since_told.invalidate()
        self._what = words
        self._bar.setAccessibleName(words)
        self._bar.wait()
        self._words.setText(words)
        self._show_cancel(self.tr("Cancel"), can_stop=True)
        self.show()
        self._lender, self._lent = None, []
        if shuts is not None:
            if shuts.hasFocus():
                self._lender, self._lent = shuts, [self._cancel]
                self._cancel.setFocus()
            shuts.setDisabled(True)
        self._soon.start()

    def end(self) -> None:
        """The job is over, one way or the other. What began it can be pressed by now."""
        self._is_under_way = False
        has_it = QApplication.focusWidget() in self._lent
        self.hide()
        if has_it and self._lender is not None:
            self._lender.setFocus()
        self._lender, self._lent = None, []

    def stop(self) -> None:
        """Ask the job to stop; it ends at its next look. Past the point of no return nothing comes of it."""
        with QMutexLocker(self._deciding):
            if self._is_past:
                return
            self._is_stopped = True
        self._show_cancel(self.tr("Cancel"), can_stop=False)
        self._words.setText(self.tr("Stopping …"))
        self.stopping.emit()

    def watch(self, step: str, done: int, of: int) -> bool:
        """How far the job is, from its thread; False stops it.

        Once the panel has gone with its page nobody could be shown what came of the job, so it stops.
        """
        is_there = shiboken6.isValid(self)
        with QMutexLocker(self._deciding):
            goes_on = self._is_past or (is_there and not self._is_stopped)
            is_new = goes_on and not self._is_past and bool(step) and step == self._no_way_back
            self._is_past = self._is_past or is_new
            # Let go on over that step, the first act can be stopped no more, whatever the button still says.
            is_new = is_new or (goes_on and not self._is_later and bool(step) and step == self._later_step)
        if is_there and (
            is_new or not self._since_told.isValid() or self._since_told.hasExpired(TELL_EVERY_MS)
        ):
            self._since_told.start()
            self._told.emit(step, round(WHOLE * min(done, of) / of) if of else -1)
        return goes_on

    def _come_into_view(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and not self.isHidden():
            above.ensureWidgetVisible(self, 0, Space.MEDIUM)

    def _show(self, step: str, permille: int) -> None:
        if self._is_stopped:
            return
        said = f"{self._what}: {plain(step).lower()}"
        if permille >= 0:
            self._bar.show_share(permille, WHOLE)
            said += f", {permille // (WHOLE // 100)} %"
        else:
            self._bar.wait()
        self._words.setText(said)
        if step == self._later_step and step and not self._is_later:
            self._is_later = True
            self._show_cancel(self._later_words, can_stop=True)
        if self._is_past:
            self._show_cancel(self.tr("Can no longer be stopped"), can_stop=False)

    def _show_cancel(self, words: str, *, can_stop: bool) -> None:
        self._cancel.setText(words)
        self._cancel.setAccessibleName(words)
        had_keyboard = self._cancel.hasFocus()
        self._cancel.setEnabled(can_stop)
        after = QApplication.focusWidget()
        if had_keyboard and not can_stop and after is not None:
            # The toolkit puts it on the next thing on the page.
            self._lent.append(after)


def tone_of(error: Exception) -> tuple[Tone, str]:
    """How a banner tells why a job ended: what was stopped as somebody asked is news and no trouble."""
    return (Tone.INFO, "info") if isinstance(error, Stopped) else (Tone.STOP, "circle-alert")
