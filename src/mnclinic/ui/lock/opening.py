"""From the password to the workspace: what comes first, and who is let in."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.named_place import place_of
from mnclinic.ui.tasks import TaskRunner

if TYPE_CHECKING:
    # Read when the password was typed, and not before.
    from mnclinic.ui.desk import Desk
    from mnclinic.ui.start import ClinicWindow


class Opening(QObject):
    """Opens the clinic for whoever logs in, and puts what they find into the window."""

    def __init__(self, window: "ClinicWindow", runner: TaskRunner) -> None:
        """Belong to the window on one data folder; `runner` is its way to the store."""
        super().__init__(window)
        self._window, self._runner = window, runner

    def log_in_anew(self, user: str, code: str, password: str, key_file: str, may_be_known: bool) -> None:
        watch = self._window.login.watch

        def job() -> Any:
            from mnclinic.services.users.choose_password import recover_password

            factor = place_of(key_file) if key_file else None
            clinic = recover_password(
                self._window.folder,
                user,
                code,
                password,
                clock=self._window.clock,
                factor=factor,
                may_be_known=may_be_known,
                watch=watch,
            )
            return _found_in(clinic)

        self._window.user = user
        self._window.stop_copying()
        self._window.held_keys.hold()
        self._watch_log_in()
        self._runner.submit(job, owner=self._window.login, done=self._do_first, failed=self._refused)

    def log_in(self, user: str, password: str) -> None:
        before, watch = self._window.resumed, self._window.login.watch
        was_locked = before is not None and before.left is not Left.READY and user == self._window.left_by
        why = "unlocked" if was_locked else None

        def job() -> Any:
            from mnclinic.services.open_clinic import open_clinic

            clinic = open_clinic(
                self._window.folder, user, password, clock=self._window.clock, why=why, watch=watch
            )
            return _found_in(clinic)

        self._window.user = user
        self._window.stop_copying()
        self._window.held_keys.hold()
        self._watch_log_in()
        self._runner.submit(job, owner=self._window.login, done=self._do_first, failed=self._refused)

    def _do_first(self, opened: tuple[Any, Any, bool]) -> None:
        """Whoever has a password from somebody else chooses their own before anything else.

        And whoever left a set-up before its recovery sheet was read back does that. The clinic is open
        meanwhile, so these screens lock like any other.
        """
        clinic, kept, is_at_sheet = opened
        if not clinic.has_temporary_password and not is_at_sheet:
            self._enter((clinic, kept))
            return
        from mnclinic.ui.account.first_password import FirstPasswordPage
        from mnclinic.ui.desk import Desk
        from mnclinic.ui.setup.finish_page import FinishPage

        desk = Desk(clinic, self._runner, self._window)
        page = FinishPage(desk) if is_at_sheet else FirstPasswordPage(desk)
        page.finished.connect(lambda: self._enter_at_last(kept))
        page.given_up.connect(lambda: self._window.watch.say_left(Left.ASKED))
        self._window.host(page)
        self._window.held_keys.hold_until(lambda: True)
        self.hold_unready(desk, page, page.forget)

    def hold_unready(self, desk: "Desk", page: QWidget, forget: Callable[[], None]) -> None:
        """The clinic is open behind a page that comes before the workspace: it locks like any other."""
        from mnclinic.ui.lock.unready import Unready

        self._window.unready = Unready(desk, page, self._window, self._window.watch, forget=forget)
        self._lock_once_ended(desk)
        self._lock_if_left_early()

    def _enter_at_last(self, kept: Any) -> None:
        """What had to be done first is done."""
        unready, self._window.unready = self._window.unready, None
        if unready is None:
            return
        clinic = unready.desk.clinic
        unready.desk.deleteLater()
        unready.deleteLater()
        self._window.held_keys.hold()
        self._enter((clinic, kept))

    def _refused(self, error: Exception) -> None:
        self._window.watch.end()
        self._window.guard()
        self._window.locking.left_early = None
        self._window.login.show_refusal(error)
        self._window.held_keys.hold_until(lambda: True)
        if self._window.backups is not None:
            self._window.backups.locked(self._window.folder)

    def _watch_log_in(self) -> None:
        """Opening may take minutes, such as at an upgrade: who has left by its end finds it locked."""
        self._window.locking.left_early = None
        self._window.watch.begin()

    def _lock_once_ended(self, desk: "Desk") -> None:
        desk.access_ended.connect(lambda: self._window.watch.say_left(Left.ENDED))

    def _lock_if_left_early(self) -> None:
        left, self._window.locking.left_early = self._window.locking.left_early, None
        if left is not None:
            self._window.watch.say_left(left)

    def _enter(self, opened: tuple[Any, Any]) -> None:
        from mnclinic.ui.check_schedule import CheckSchedule
        from mnclinic.ui.desk import Desk
        from mnclinic.ui.language import spoken
        from mnclinic.ui.lock.stay import Stay
        from mnclinic.ui.pages import count_waiting, page_makers
        from mnclinic.ui.window import Workspace

        clinic, kept = opened
        desk = Desk(clinic, self._runner, self._window)
        workspace = Workspace(desk, page_makers(), self._window.timers)
        workspace.lock_requested.connect(lambda: self._window.watch.say_left(Left.ASKED))
        self._lock_once_ended(desk)
        desk.changed.connect(lambda: count_waiting(desk, workspace))
        self._window.host(workspace)
        self._window.setWindowTitle(f"{clinic.facts.name} · mnclinic")
        count_waiting(desk, workspace)
        if clinic.warning:
            desk.told.emit(spoken(clinic.warning))
        self._window.stay = Stay(desk, workspace)
        self._window.stay.bring_back(
            kept, left_by=self._window.left_by if self._window.resumed is not None else None
        )
        self._window.held_keys.hold_until(self._window.stay.is_back, stands=self._window.stay.stands)
        self._window.stay.set_idle_time(self._window.watch)
        self._window.watch.begin()
        if self._window.backups is not None:
            self._window.backups.begin(desk)
            self._window.checks = CheckSchedule(desk, parent=desk)
        self._lock_if_left_early()


def _found_in(clinic: Any) -> tuple[Any, Any, bool]:
    """An open clinic, what was kept of the person's screen, and whether a set-up waits for its sheet."""
    from mnclinic.ui.lock.stay import kept_of
    from mnclinic.ui.setup.at_sheet import is_at_sheet

    kept = kept_of(clinic)
    return clinic, kept, is_at_sheet(clinic, kept)
