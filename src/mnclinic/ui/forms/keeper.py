"""Stores what is typed, soon and again and again, and says when it was last stored."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk, sentence_of

KEEP_WITHIN_MS = 1500
"""From the first letter that is not stored to its storing: with the storing itself, under two seconds."""

TRY_AGAIN_MS = 3000

KeepJob = Callable[[OpenClinic], Any]


class DraftKeeper(QObject):
    """Keeps one page's draft: at most one save is under way, and the newest state waits behind it."""

    kept = Signal(object)
    """A save ended. Carries what its job returned."""

    told = Signal(str, bool)
    """The line at the foot of the page, and whether it tells of trouble."""

    def __init__(self, desk: Desk, job: Callable[[], KeepJob | None], parent: QObject) -> None:
        """Keep with the jobs that `job` makes of the state at that moment; None where there is none."""
        super().__init__(parent)
        self._desk = desk
        self._job = job
        self._is_under_way = False
        self._last_at: datetime | None = None
        self._owed: list[KeepJob] = []
        """Of things that are no longer shown: saves that failed, and are tried again until they do not."""
        self._paying = 0
        self._left: KeepJob | None = None
        """The save that was under way when the page went on to another thing."""
        self._job_under_way: KeepJob | None = None
        self.is_dirty = False
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.keep_now)
        self._again = QTimer(self, singleShot=True, interval=TRY_AGAIN_MS)
        self._again.timeout.connect(self.keep_now)
        self._was_told = ("", False)

    @property
    def is_settled(self) -> bool:
        """Everything typed is stored."""
        return not (self.is_dirty or self._is_under_way or self._owed or self._paying)

    def begin(self) -> None:
        """Another thing is shown, of which nothing is typed yet."""
        self._soon.stop()
        self.is_dirty = False
        self._last_at = self._desk.clinic.clock.now()
        self._tell("")

    def touch(self) -> None:
        """Something was typed. The time does not begin anew: who never pauses is stored too."""
        self.is_dirty = True
        if not self._was_told[1]:
            self._tell(self.tr("Saving …"))
        if not self._soon.isActive():
            self._soon.start(KEEP_WITHIN_MS)

    def rest(self) -> None:
        """A field was left or something was done at once: store as soon as the keyboard is where it goes."""
        if self.is_dirty:
            self._soon.start(0)

    def keep_now(self) -> None:
        """Store, unless there is nothing to store or a save is under way, behind which this one waits."""
        self._soon.stop()
        if self._is_under_way:
            return
        self._pay()
        if not self.is_dirty:
            return
        job = self._job()
        if job is None:
            return
        self._is_under_way, self._job_under_way = True, job
        self.is_dirty = False
        self._desk.ask(job, owner=self, done=self._done, failed=lambda error: self._failed(job, error))

    def flush(self) -> None:
        """Store at once, also while a save is under way: the page shows another thing, or goes."""
        self._soon.stop()
        self._again.stop()
        self._pay()
        job = self._job() if self.is_dirty else None
        if job is not None:
            self.is_dirty = False
            self._submit(job)
        elif self._is_under_way:
            # Nothing newer holds what it stores: if it fails, it is owed like any other.
            self._left = self._job_under_way

    def _pay(self) -> None:
        """Try again what failed before."""
        owed, self._owed = self._owed, []
        for job in owed:
            self._submit(job)

    def _submit(self, job: KeepJob) -> None:
        self._paying += 1
        self._desk.ask(job, owner=self, done=self._paid, failed=lambda error: self._owe(job, error))

    def _paid(self, _outcome: object) -> None:
        self._paying -= 1
        if self.is_settled and self._was_told[1]:
            self._last_at = self._desk.clinic.clock.now()
            self._tell(self.tr("Draft saved {time}").format(time=self._time()))
        else:
            self._say_whether_unsaved()

    def _owe(self, job: KeepJob, error: Exception) -> None:
        self._paying -= 1
        self._owed.append(job)
        self._tell_trouble(error)

    def _done(self, outcome: Any) -> None:
        self._is_under_way = False
        if not self._owed:
            self._again.stop()
        self._last_at = self._desk.clinic.clock.now()
        if not self.is_dirty:
            self._tell(self.tr("Draft saved {time}").format(time=self._time()))
        self.kept.emit(outcome)
        if self.is_dirty and not self._soon.isActive():
            self._soon.start(KEEP_WITHIN_MS)

    def _failed(self, job: KeepJob, error: Exception) -> None:
        self._is_under_way = False
        if job is self._left:
            self._left = None
            self._owed.append(job)
        else:
            self.is_dirty = True
        self._tell_trouble(error)

    def _tell_trouble(self, error: Exception) -> None:
        said = self.tr("Not saved since {time}: {why}").format(time=self._time(), why=sentence_of(error))
        self._tell(said, is_trouble=True)
        self._again.start()

    def _time(self) -> str:
        return f"{self._last_at:%H:%M:%S}" if self._last_at else ""

    def _say_whether_unsaved(self) -> None:
        # What is tried again this moment is not stored yet either.
        is_owing = bool(self._owed or self._paying) and self._desk.has_unsaved
        self._desk.say_unsaved(self, is_unsaved=self._was_told[1] or is_owing)

    def _tell(self, words: str, *, is_trouble: bool = False) -> None:
        self._was_told = (words, is_trouble)
        self._say_whether_unsaved()
        self.told.emit(words, is_trouble)
