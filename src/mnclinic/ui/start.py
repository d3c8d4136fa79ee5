"""Open the window: the application, the log-in, and the workspace behind it."""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QLockFile
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from mnclinic.domain.instants import Clock
from mnclinic.errors import ClinicInUse, FolderNotWritable
from mnclinic.ui.login import LoginPage, WelcomePage
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme

LOCK_NAME = "clinic.lock"
STORE_TROUBLE = 7
NO_DISPLAY = 64

LogIns = Sequence[tuple[str, str, str]]


class ClinicWindow(QMainWindow):
    """Hosts the log-in or the workspace of whoever is logged in."""

    def __init__(self, folder: Path, *, clock: Clock, user: str | None = None, log_ins: LogIns = ()) -> None:
        """Make the window on one data folder."""
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("mnclinic")
        self.setMinimumSize(1024, 660)
        self.resize(1280, 800)
        self._folder = folder
        self._clock = clock
        self._user = user
        self._log_ins = log_ins
        self._runner = TaskRunner("store", self)
        self._clinic: Any = None
        self._show_entry()

    def _show_entry(self) -> None:
        if not any(
            (self._folder / name).exists() for name in ("clinic.db", "clinic.keys", "clinic.keys.prev")
        ):
            welcome = WelcomePage(self._folder)
            welcome.demo_wanted.connect(self._build_demo)
            self.setCentralWidget(welcome)
            return
        self.login = LoginPage(self._folder, self._log_ins, self._user)
        self.login.submitted.connect(self._log_in)
        self.setCentralWidget(self.login)

    def _log_in(self, user: str, password: str) -> None:
        def job() -> Any:
            from mnclinic.services.open_clinic import open_clinic

            return open_clinic(self._folder, user, password, clock=self._clock)

        self._user = user
        self._runner.submit(job, owner=self.login, done=self._enter, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        from mnclinic.ui.desk import sentence_of

        self.login.show_problem(sentence_of(error))

    def _enter(self, clinic: Any) -> None:
        from mnclinic.ui.desk import Desk
        from mnclinic.ui.window import Workspace

        self._clinic = clinic
        desk = Desk(clinic, self._runner, self)
        workspace = Workspace(desk, _factories())
        workspace.lock_requested.connect(self.lock)
        desk.changed.connect(lambda: _count_waiting(desk, workspace))
        self.setCentralWidget(workspace)
        self.setWindowTitle(f"{clinic.facts.name} · mnclinic")
        _count_waiting(desk, workspace)
        if clinic.warning:
            desk.told.emit(clinic.warning)

    def lock(self) -> None:
        """Forget the keys and everything shown; go back to the log-in. Open sheets go too."""
        self._leave()
        clinic, self._clinic = self._clinic, None
        self._show_entry()
        self.setWindowTitle("mnclinic")
        if clinic is not None:
            self._runner.submit(clinic.close, owner=self, done=_nothing, failed=_nothing)

    def _leave(self) -> None:
        for sheet in self.findChildren(QDialog):
            sheet.reject()
        workspace = self.centralWidget()
        flush = getattr(workspace, "flush", None)
        if flush is not None:
            flush()

    def _build_demo(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="mnclinic-demo-"))
        day = self._clock.now().date()

        def job() -> Any:
            from mnclinic.services.demo.build import build_demo

            return build_demo(folder, patients=300, visits=900, seed=7, day=day)

        def done(_built: Any) -> None:
            from mnclinic.services.demo.people import demo_log_ins

            self._folder, self._log_ins, self._user = folder, demo_log_ins(), None
            self._show_entry()

        self._runner.submit(job, owner=self, done=done, failed=lambda _error: self._show_entry())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what was asked, then close the clinic."""
        self._leave()
        clinic, self._clinic = self._clinic, None
        if clinic is not None:
            self._runner.submit(clinic.close, owner=self, done=_nothing, failed=_nothing)
        self._runner.close()
        event.accept()


def _nothing(_value: Any) -> None:
    """Nobody waits for this outcome."""


def _count_waiting(desk: Any, workspace: Any) -> None:
    from mnclinic.services.list_visits import todays_visits

    desk.ask(
        todays_visits,
        owner=workspace,
        done=lambda today: workspace.show_waiting(today.waiting_for_director),
        failed=_nothing,
    )


def _factories() -> dict[str, Callable[[Any], QWidget]]:
    """Each page's maker; its module is imported at the first visit."""

    def today(desk: Any) -> QWidget:
        from mnclinic.ui.today.page import TodayPage

        return TodayPage(desk)

    def patients(desk: Any) -> QWidget:
        from mnclinic.ui.patients.page import PatientsPage

        return PatientsPage(desk)

    def visit(desk: Any) -> QWidget:
        from mnclinic.ui.visits.page import VisitPage

        return VisitPage(desk)

    def director(desk: Any) -> QWidget:
        from mnclinic.ui.director.page import DirectorPage

        return DirectorPage(desk)

    def devices(desk: Any) -> QWidget:
        from mnclinic.ui.devices.page import DevicesPage

        return DevicesPage(desk)

    def protocols(desk: Any) -> QWidget:
        from mnclinic.ui.protocols.page import ProtocolsPage

        return ProtocolsPage(desk)

    def inspection(desk: Any) -> QWidget:
        from mnclinic.ui.inspection.page import InspectionPage

        return InspectionPage(desk)

    def settings(desk: Any) -> QWidget:
        from mnclinic.ui.settings.page import SettingsPage

        return SettingsPage(desk)

    def log(desk: Any) -> QWidget:
        from mnclinic.ui.log.page import LogScreen

        return LogScreen(desk)

    return {
        "today": today,
        "patients": patients,
        "visit": visit,
        "director": director,
        "devices": devices,
        "protocols": protocols,
        "inspection": inspection,
        "settings": settings,
        "log": log,
    }


def tell_defect(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The last net for a defect in a handler: a line without values for the log; the window stays up."""
    place = "unknown"
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    sys.stderr.write(
        "Something went wrong inside the program; nothing half-done was kept. "
        f"Reference: {kind.__name__} at {place}.\n"
    )


def take_folder(folder: Path) -> QLockFile:
    """Hold the data folder for one window.

    Raises ClinicInUse when another window holds it, FolderNotWritable when it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise FolderNotWritable(
            "The data folder cannot be made. Nothing was changed. Check that you may write there, or "
            "choose another folder with --data-dir."
        ) from None
    lock = QLockFile(str(folder / LOCK_NAME))
    lock.setStaleLockTime(0)
    if lock.tryLock(0):
        return lock
    if lock.error() == QLockFile.LockError.PermissionError:
        raise FolderNotWritable(
            "The data folder cannot be written, so the clinic was not opened. Nothing was changed. Check "
            "that the folder is not read-only and that you may write to it."
        )
    raise ClinicInUse(
        "This clinic is open in another window on this PC. Nothing was changed. Use that window, or close "
        "it first."
    )


def open_window(folder: Path, *, clock: Clock, user: str | None, log_ins: LogIns) -> int:
    """Show the window on a data folder and run until it is closed; returns the exit status."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        sys.stderr.write(
            "There is no screen here to open the window on. Nothing was changed. Start it on a desktop, or "
            "use the commands, for example: mnclinic demo --no-window\n"
        )
        return NO_DISPLAY
    app = QApplication.instance() or QApplication(["mnclinic"])
    assert isinstance(app, QApplication)  # noqa: S101 - nobody else makes a QCoreApplication
    app.setApplicationName("mnclinic")
    sys.excepthook = tell_defect
    apply_theme(app)
    try:
        lock = take_folder(folder)
    except (ClinicInUse, FolderNotWritable) as error:
        from PySide6.QtWidgets import QMessageBox

        sys.stderr.write(f"{error.sentence}\n")
        QMessageBox.warning(None, "mnclinic", error.sentence)
        return STORE_TROUBLE
    try:
        window = ClinicWindow(folder, clock=clock, user=user, log_ins=log_ins)
        window.show()
        return app.exec()
    finally:
        lock.unlock()
