"""How the window closes: what is typed is stored, what was asked is finished, a backup is made."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mnclinic.ui.lock import how_long
from mnclinic.ui.lock.entry import Entry
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.tasks import TaskRunner

if TYPE_CHECKING:
    # The log-in is painted before any of this is read.
    from PySide6.QtGui import QCloseEvent

    from mnclinic.ui.lock.last_acts import LastActs
    from mnclinic.ui.lock.under_way import UnderWay
    from mnclinic.ui.start import ClinicWindow


class Closing(QObject):
    """Leads from the press that closes the window to its end."""

    def __init__(self, window: "ClinicWindow", runner: TaskRunner) -> None:
        """Belong to the window on one data folder; `runner` is its way to the store."""
        super().__init__(window)
        self._window, self._runner = window, runner
        self.has_begun = False
        self.last_acts: LastActs | None = None
        """What is done behind the cover, where something is."""
        self._waits_for: UnderWay | None = None
        """What somebody asked for, as long as the window closes after it."""
        self._trouble = ""
        """What went wrong with it."""
        self.closes_once_locked = False
        """Whether it was pressed while the window was locking."""
        self._has_no_time = False
        self.hangs = False
        """Whether something did not end when the window closed: the process has to be ended with it."""

    def close(self, event: "QCloseEvent") -> None:
        """Store what is typed and finish what was asked, then close the clinic.

        A backup at closing is shown as it goes on and can be skipped; the window closes after it.
        """
        stay, acts = self._window.stay, self.last_acts
        if self._waits_for is not None and acts is not None and not acts.has_waited and not self._has_no_time:
            # Pressed once more: what runs can be stopped on the cover.
            event.ignore()
            return
        is_locking = (
            (stay or self._window.unready) is not None
            and self._window.cover is not None
            and not self.has_begun
        )
        if is_locking and self._window.backups is not None:
            # It is locking. What closes after that is a locked window, with its backup.
            self.closes_once_locked = True
            event.ignore()
            return
        if not self.has_begun and self._has_to_wait():
            event.ignore()
            return
        self.has_begun = True
        self._window.watch.end()
        is_left = self._has_no_time or (acts is not None and (acts.is_left or acts.has_waited))
        if is_left:
            self._stop_under_way()
        if self._window.backups is not None:
            self._window.backups.end()
        self._window.stop_checking()
        if stay is not None:
            stay.leave(lambda: None)
        self._window.stay = None
        self._close_unready()
        self._window.clipboard.forget()
        page = self._window.centralWidget()
        if (
            stop := getattr(self._window.login if isinstance(page, Entry) else page, "stop", None)
        ) is not None:
            stop()
        # What somebody asked for was waited for behind the cover: here the window hears nobody.
        self.hangs = not self._runner.close(
            how_long.LONGEST_ENDING_MS if is_left else how_long.LONGEST_LEAVING_MS
        )
        event.accept()

    def _has_to_wait(self) -> bool:
        """Begin to close; whether something is to end first, behind the cover."""
        if self._window.stay is not None and self._window.cover is None:
            from mnclinic.ui.lock.cover import put_away

            self.has_begun = True
            self._window.stay.look_around()
            put_away(self._window)
            self._window.locking.forget_typed_secrets()
            return self._wait_first() or self._is_backing_up()
        if self._window.unready is not None and self._window.cover is None:
            self.has_begun = True
            self._window.locking.forget_typed_secrets()
            return self._wait_first()
        if self._window.backups is not None and self._is_locked:
            self.has_begun = True
            self._window.watch.end()
            return self._back_up_first(self._window.backups.at_locked_close)
        return False

    @property
    def _is_locked(self) -> bool:
        """Whether somebody worked here, in a clinic that is no demo, and nobody is logged in any more."""
        before = self._window.resumed
        was_left = before is not None and before.left is not Left.READY and not before.is_demo
        return was_left and self._window.stay is None and isinstance(self._window.centralWidget(), Entry)

    def _acts_at_closing(self) -> "LastActs":
        """What the window waits for between the press that closes it and its end."""
        if self.last_acts is None:
            from mnclinic.ui.lock.last_acts import LastActs

            self.last_acts = LastActs(
                self._window,
                self._window.watch if (self._window.stay or self._window.unready) is not None else None,
                longest_ms=how_long.LONGEST_WORK_MS,
                hurried_ms=how_long.LONGEST_LEAVING_MS,
                ending_ms=how_long.LONGEST_ENDING_MS,
            )
            self.last_acts.over.connect(self._window.close)
        return self.last_acts

    def _wait_first(self) -> bool:
        """Let what somebody asked for go on, or have it stopped; returns whether the window has to wait.

        The clinic is open meanwhile, so the watch goes on. Where the computer is being shut down nothing is
        waited for.
        """
        from mnclinic.ui.lock.under_way import UnderWay

        under_way = UnderWay(self._window, self._runner)
        if not under_way.is_any or self._has_no_time:
            return False
        acts = self._acts_at_closing()

        def ended(trouble: str) -> None:
            self._waits_for, self._trouble = None, trouble
            if not self._is_backing_up():
                self._tell_last(acts)

        self._waits_for = under_way
        under_way.ended.connect(ended)
        self._window.cover = acts.wait_for(under_way)
        return True

    def _tell_last(self, acts: "LastActs", sentence: str | None = None) -> None:
        """Close, once it was read what went wrong with what somebody asked for, or with this last act."""
        told = "\n".join(filter(None, (self._trouble, sentence)))
        if told:
            acts.tell(told, self.tr("Close"))
        else:
            self._window.close()

    def _is_backing_up(self) -> bool:
        return self._window.backups is not None and self._back_up_first(self._window.backups.at_close)

    def _stop_under_way(self) -> None:
        from mnclinic.ui.lock.under_way import stop_all

        stop_all(self._window)

    def _back_up_first(self, begin: Callable[[Callable[[str | None], None]], bool]) -> bool:
        """Make the plan's backup at closing; returns whether the window has to wait for it."""

        def done(sentence: str | None) -> None:
            if sentence is None:
                self._check_last(acts)
            else:
                acts.tell("\n".join(filter(None, (self._trouble, sentence))))

        if self._window.stay is not None:
            self._window.stay.store()
        if not begin(done):
            return False
        acts = self._acts_at_closing()
        self._window.cover = cover = acts.begin(self.tr("Making a backup before closing …"))
        if self._window.backups is not None:
            self._window.backups.progressed.connect(cover.show_progress)
        return True

    def _check_last(self, acts: "LastActs") -> None:
        """Check the records where that was not done today, which can be skipped; then close."""
        if self._window.checks is None:
            self._tell_last(acts)
            return

        def done(sentence: str | None) -> None:
            self._tell_last(acts, sentence)

        self._window.cover = cover = acts.begin(self.tr("Checking the records before closing …"))
        self._window.checks.progressed.connect(cover.show_progress)
        self._window.checks.at_close(done)

    def skip_backup(self) -> None:
        """The computer is being shut down: there is no time for a backup now, and none to wait."""
        self._window.backups, self._has_no_time = None, True

    def _close_unready(self) -> None:
        unready, self._window.unready = self._window.unready, None
        if unready is not None:
            unready.close(lambda: None)
