"""Start the application: take the data folder, wear the looks, show the window until it is closed."""

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from mnclinic.ui.looks import Looks, looks_keeper
from mnclinic.ui.start import ClinicWindow, LogIns
from mnclinic.ui.theme import new_application

if TYPE_CHECKING:
    # The log-in is painted before any of this is read. Whoever needs a part of it imports it there.
    from types import TracebackType

    from PySide6.QtCore import QLockFile

    from mnclinic.domain.instants import Clock
    from mnclinic.ui.lock.anew import Resumed

LOCK_NAME = "clinic.lock"
LOCK_STALE_AFTER_MS = 10_000
"""What a power cut left empty, or another PC wrote whose folder was brought here, names nobody who could
be asked whether they are still there. So an older one is taken away, which fails while a window has it open.
"""
STORE_TROUBLE = 7
NO_DISPLAY = 64


def tell_defect(kind: type[BaseException], error: BaseException, trace: "TracebackType | None") -> None:
    """The last net for a defect in a handler: a line without values for the log; the window stays up."""
    place = "unknown"
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    sys.stderr.write(
        "Something went wrong inside the program; nothing half-done was kept. "
        f"Reference: {kind.__name__} at {place}.\n"
    )


def take_folder(folder: Path) -> "QLockFile":
    """Hold the data folder for one window.

    Raises ClinicInUse when another window holds it, FolderNotWritable when it cannot be written,
    StoreUnavailable where something else than a file has the lock's name.
    """
    from PySide6.QtCore import QLockFile

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        from mnclinic.errors import FolderNotWritable

        raise FolderNotWritable(
            "The data folder cannot be made. Nothing was changed. Check that you may write there, or "
            "choose another folder with --data-dir."
        ) from None
    _refuse_no_lock(folder / LOCK_NAME)
    lock = QLockFile(str(folder / LOCK_NAME))
    lock.setStaleLockTime(LOCK_STALE_AFTER_MS)
    if lock.tryLock(0):
        return lock
    from mnclinic.errors import ClinicInUse, FolderNotWritable

    if lock.error() == QLockFile.LockError.PermissionError:
        raise FolderNotWritable(
            "The data folder cannot be written, so the clinic was not opened. Nothing was changed. Check "
            "that the folder is not read-only and that you may write to it."
        )
    raise ClinicInUse(
        "This clinic is open in another window on this PC. Nothing was changed. Use that window, or close "
        "it first."
    )


def _refuse_no_lock(path: Path) -> None:
    """Of a folder or a link by this name Qt says that another window is open, and a pipe it waits for."""
    try:
        is_file = stat.S_ISREG(path.lstat().st_mode)
    except OSError:  # most often there is none yet
        return
    if not is_file:
        from mnclinic.errors import StoreUnavailable

        raise StoreUnavailable(
            f"The name {path.name} in the clinic's folder leads to another file, or is none. Nothing was "
            "changed and the records are still there. Move it away, then try again."
        )


def _resumed_from(text: str | None) -> "Resumed | None":
    if text is None:
        return None
    from mnclinic.ui.lock.anew import read_resumed

    return read_resumed(text)


def open_window(
    folder: Path,
    *,
    clock: "Clock",
    user: str | None,
    log_ins: LogIns,
    resumed: str | None = None,
    looks: Path | None = None,
) -> int:
    """Show the window on a data folder and run until it is closed; returns the exit status.

    `resumed` is what a locked program handed to itself (see lock.anew), `looks` the file of the window's
    colours and size of text.
    """
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        sys.stderr.write(
            "There is no screen here to open the window on. Nothing was changed. Start it on a desktop, or "
            "use the commands, for example: mnclinic demo --no-window\n"
        )
        return NO_DISPLAY
    app = QApplication.instance() or new_application()
    assert isinstance(app, QApplication)  # noqa: S101 - nobody else makes a QCoreApplication
    app.setApplicationName("mnclinic")
    sys.excepthook = tell_defect
    before = _resumed_from(resumed)
    look = before.look if before is not None else None
    worn = Looks(look.mode, look.text_scale, look.language, look.motion) if look is not None else None
    looks_keeper().begin(app, looks, worn, is_painted_soon=True)
    try:
        lock = take_folder(folder)
    except Exception as error:
        from PySide6.QtWidgets import QMessageBox

        from mnclinic.errors import StoreUnavailable
        from mnclinic.ui.language import spoken

        if not isinstance(error, StoreUnavailable):
            raise

        sys.stderr.write(f"{error.sentence}\n")
        QMessageBox.warning(None, "mnclinic", spoken(error.sentence))
        return STORE_TROUBLE

    def anew(words: Sequence[str]) -> None:
        from mnclinic.ui.lock.anew import start_anew

        lock.unlock()
        try:
            start_anew(words)
        finally:
            # Reached only when it could not be done: this window goes on holding the folder.
            lock.tryLock(0)

    try:
        window = ClinicWindow(
            folder,
            clock=clock,
            user=user,
            log_ins=log_ins,
            resumed=before,
            start_anew=anew,
            backs_up=True,
            folder_lock=lock,
        )
        # What closes the window is not read to paint the log-in.
        app.commitDataRequest.connect(lambda *_: window.closing.skip_backup())
        window.show_again()
        window.once_painted(looks_keeper().ask_the_system)
        window.once_painted(window.listen)
        window.once_painted(window.warm_up)
        status = app.exec()
    finally:
        lock.unlock()
    if window.closing.hangs:
        # Python would wait for it at its own end, with the keys in memory. Nothing half-done is kept.
        os._exit(status)
    return status
