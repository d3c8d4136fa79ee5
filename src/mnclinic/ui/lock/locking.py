"""How the window locks: what is typed is stored, keys and patients are forgotten, and it begins anew."""

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from mnclinic.ui.lock import how_long
from mnclinic.ui.lock.entry import Entry
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.tasks import TaskRunner

if TYPE_CHECKING:
    # The log-in is painted before any of this is read.
    from mnclinic.ui.desk import Desk
    from mnclinic.ui.lock.stay import Stay
    from mnclinic.ui.lock.unready import Unready
    from mnclinic.ui.start import ClinicWindow


class Locking(QObject):
    """Leads from whatever stands in the window to the log-in, with nothing left of the sitting."""

    def __init__(self, window: "ClinicWindow", runner: TaskRunner) -> None:
        """Belong to the window on one data folder; `runner` is its way to the store."""
        super().__init__(window)
        self._window, self._runner = window, runner
        self._left: Left | None = None
        """Why the screen is being locked; what is heard behind the cover counts more than idling."""
        self.left_early: Left | None = None
        """Why the screen was left while a log-in was under way."""

    def lock(self, left: str = Left.ASKED) -> None:
        """Store what is typed, forget keys and patients, and show the log-in. Open sheets go too.

        Where nobody was there for a while, what they asked for goes on to its end behind the cover first.
        """
        stay = self._window.stay
        if self._window.closing.last_acts is not None:
            self._window.closing.last_acts.leave(Left(left))
            return
        if stay is None and self._window.unready is None:
            self.left_early = Left(left)
            self._forget_fields(Left(left))
            return
        if self._window.unready is not None and self._window.cover is None:
            self._lock_unready(self._window.unready, Left(left))
            return
        if stay is None or self._window.cover is not None:
            self._leave_sooner(Left(left))
            return
        from mnclinic.ui.lock.cover import Cover, put_away

        self._window.watch.end()
        # Of the stay that ends they hear no more.
        self._window.held_keys.hold_until(lambda: True)
        stay.look_around()
        goes_on = left == Left.IDLE and self._runner.is_working
        words = (
            self.tr("Locking … What is under way goes on to its end.") if goes_on else self.tr("Locking …")
        )
        self._window.cover = Cover(self._window, words)
        hidden = put_away(self._window)
        self.forget_typed_secrets()
        if self._window.backups is not None:
            self._window.backups.end()
        self._window.stop_checking()
        longest_ms = how_long.LONGEST_WORK_MS if goes_on else how_long.LONGEST_LEAVING_MS
        self._left = Left(left)
        if goes_on:
            self._window.watch.cover()
        self.hurry = QTimer(self, singleShot=True, interval=longest_ms)

        def gone() -> None:
            # The timer holds this, and this the whole stay.
            self._window.watch.end()
            self.hurry.stop()
            self.hurry.deleteLater()
            if self._window.stay is stay and not self._window.closing.has_begun:
                why, self._left = self._left or Left(left), None
                self._gone(stay, why, hidden)

        self.hurry.timeout.connect(gone)
        self.hurry.start()
        if goes_on:
            self._window.cover.skipped.connect(gone)
            self._window.cover.offer_skip(self.tr("Lock without waiting"))
        stay.leave(gone, locked=Left(left).value)

    def _lock_unready(self, unready: "Unready", left: Left) -> None:
        """Lock before there is a stay: what is under way ends, and no password is kept."""
        self._window.held_keys.hold_until(lambda: True)

        def gone() -> None:
            if self._window.unready is unready and not self._window.closing.has_begun:
                self._window.unready = None
                unready.deleteLater()
                self._begin_anew(unready.desk, left, unready.hidden, is_typed=False)

        unready.locked.connect(gone)
        self._window.cover = unready.lock(left, how_long.LONGEST_LEAVING_MS)
        self._window.clipboard.forget()

    def forget_typed_secrets(self) -> None:
        """What was typed to prove who is there does not wait behind the cover until the work has ended."""
        from mnclinic.ui.left_fields import forget_secrets

        self._window.clipboard.forget()
        forget_secrets(self._window)

    def _forget_fields(self, left: Left) -> None:
        """No clinic is open, but passwords and codes may stand in fields."""
        self._window.clipboard.forget()
        page = self._window.centralWidget()
        leave = getattr(self._window.login if isinstance(page, Entry) else page, "leave", None)
        if leave is not None:
            leave(left)
        if self._window.wizard is not None and page is self._window.wizard:
            # Somebody may come back and type passwords again.
            self._window.watch.begin()

    def _leave_sooner(self, left: Left) -> None:
        """Behind the cover of an idle screen: the computer itself is left, so its keys are not kept for long.

        What is under way gets as long as the store gets at any other lock.
        """
        if self._window.stay is None or self._left is not Left.IDLE or left is Left.IDLE:
            return
        self._left = left
        if self.hurry.remainingTime() > how_long.LONGEST_LEAVING_MS:
            self.hurry.start(how_long.LONGEST_LEAVING_MS)

    def _gone(self, stay: "Stay", left: Left, hidden: Sequence[QWidget]) -> None:
        """Everything is stored and closed: begin anew, at the same place on the screen."""
        self._window.stay = None
        if stay.has_ended:
            # However it came to be locked: it is not the disk that took nothing.
            left = Left.ENDED
        self._begin_anew(stay.desk, left, hidden, is_unsaved=stay.is_unsaved)
        stay.deleteLater()

    def _begin_anew(
        self,
        desk: "Desk",
        left: Left,
        hidden: Sequence[QWidget],
        *,
        is_unsaved: bool = False,
        is_typed: bool = True,
    ) -> None:
        """Show the log-in where nothing of this sitting is left: in a fresh process, if there can be one."""
        import shiboken6
        from PySide6.QtWidgets import QDialog

        from mnclinic.ui.lock.anew import resuming_words

        self._window.user = self._window.left_by = desk.person.user
        self._window.resumed = self._window.as_it_stands(left, is_unsaved=is_unsaved, is_typed=is_typed)
        if self._window.start_anew is not None and not self._window.closing.closes_once_locked:
            # It comes back only when the system cannot do it; then this process goes on, locked.
            with contextlib.suppress(OSError):
                self._window.start_anew(
                    resuming_words(self._window.folder, self._window.user, self._window.resumed)
                )
        # Sheets that were closed before the lock hold what was typed into them too.
        for one in {*hidden, *self._window.findChildren(QDialog)}:
            if shiboken6.isValid(one) and isinstance(one, QDialog):
                one.deleteLater()
        # The desk has the clinic, and with it the keys.
        desk.deleteLater()
        if self._window.backups is not None:
            self._window.backups.locked(self._window.folder)
        self._window.show_entry()
        self._window.setWindowTitle("mnclinic")
        if self._window.cover is not None:
            self._window.cover.hide()
            self._window.cover.deleteLater()
            self._window.cover = None
        if self._window.closing.closes_once_locked:
            self._window.close()
