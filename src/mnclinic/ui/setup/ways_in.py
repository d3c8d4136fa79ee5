"""The ways to a clinic that is not open on this computer yet: set it up, bring it back, try the demo."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.login import WelcomePage
from mnclinic.ui.tasks import TaskRunner

if TYPE_CHECKING:
    # Read by whoever goes that way.
    from mnclinic.ui.setup.wizard import SetUpWizard
    from mnclinic.ui.start import ClinicWindow


class WaysIn(QObject):
    """Puts the pages into the window that end with a clinic to log in to."""

    def __init__(self, window: "ClinicWindow", runner: TaskRunner) -> None:
        """Belong to the window on one data folder; `runner` is its way to the store."""
        super().__init__(window)
        self._window, self._runner = window, runner

    def set_up(self) -> "SetUpWizard":
        from mnclinic.ui.setup.wizard import SetUpWizard

        wizard = SetUpWizard(self._window.folder, self._runner, clock=self._window.clock)
        wizard.given_up.connect(self._window.show_entry)
        wizard.finished.connect(self._was_set_up)
        wizard.opened.connect(lambda clinic: self._read_sheet_back(wizard, clinic))
        self._window.wizard = wizard
        self._window.host(wizard)
        self._window.watch.begin()
        return wizard

    def _read_sheet_back(self, wizard: "SetUpWizard", clinic: Any) -> None:
        """The clinic stands and is open until its sheet was read back: it locks like any other."""
        from mnclinic.ui.desk import Desk

        desk = Desk(clinic, self._runner, self._window)
        wizard.work_with(desk)
        self._window.locking.left_early = wizard.left
        self._window.opening.hold_unready(desk, wizard, wizard.forget)

    def bring_back(self, *, from_backup: bool) -> None:
        from mnclinic.ui.setup.bring_back import BringBackPage

        self._window.stop_copying()
        self._window.guard()
        page = BringBackPage(
            self._window.folder, self._runner, clock=self._window.clock, from_backup=from_backup
        )
        page.given_up.connect(self._window.back_to_entry)
        page.finished.connect(self._was_set_up)
        if self._window.folder_lock is not None:
            # A restoration takes an empty folder, and this window's own mark lies in it.
            hold = self._window.folder_lock
            page.started.connect(hold.unlock)
            page.ended.connect(lambda: hold.tryLock(0))
        self._window.host(page)

    def _was_set_up(self, user: str) -> None:
        """The clinic stands, and passwords were typed to make it: begin anew where that forgets them."""
        unready, self._window.unready = self._window.unready, None
        if unready is not None:
            unready.close(lambda: self._was_set_up(user))
            return
        self._window.user, self._window.wizard = user, None
        if self._window.start_anew is not None:
            from mnclinic.ui.lock.anew import resuming_words

            with contextlib.suppress(OSError):
                self._window.start_anew(
                    resuming_words(self._window.folder, user, self._window.as_it_stands(Left.READY))
                )
        self._window.show_entry()

    def build_demo(self, welcome: WelcomePage) -> None:
        import shutil
        import tempfile

        folder = Path(tempfile.mkdtemp(prefix="mnclinic-demo-"))
        day = self._window.clock.now().date()

        def job() -> Any:
            from mnclinic.services.demo.build import build_demo

            try:
                return build_demo(folder, patients=300, visits=900, seed=7, day=day, watch=watch)
            except BaseException:
                # Nobody could ever log in to what is left of it.
                shutil.rmtree(folder, ignore_errors=True)
                raise

        def failed(error: Exception) -> None:
            from mnclinic.errors import Stopped
            from mnclinic.ui.desk import sentence_of

            welcome.tell_end(sentence_of(error), is_trouble=not isinstance(error, Stopped))

        def done(_built: Any) -> None:
            from mnclinic.services.demo.people import demo_log_ins

            self._window.folder, self._window.log_ins, self._window.user = folder, demo_log_ins(), None
            self._window.show_entry()

        watch = welcome.progress.watch
        self._runner.submit(job, owner=welcome, done=done, failed=failed, is_long=True)
