"""A file that takes up room for the day on which there is none.

When the disk is nearly full it is given up, so that what a person is at can still be stored, and the
log-in that is needed to do anything about it too. It is made again as soon as there is room.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

SPARE_NAME = "clinic.spare"
SPARE_BYTES = 16 * 1024 * 1024
SHORT_BYTES = 4 * 1024 * 1024
"""With less room than this on the disk the spare is given up before anything is written."""

MAKES_ROOM_TIMES = 4
"""The spare is made only where it takes at most this part of the room that is left."""

ONE_WRITE_BYTES = 1024 * 1024


class Spare:
    """The spare file of one folder. Nothing here raises: it is help in need, not a need of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / SPARE_NAME

    @property
    def is_short(self) -> bool:
        """Whether the disk has hardly any room left, the spare not counted."""
        free = _free_bytes(self._folder)
        return free is not None and free < SHORT_BYTES

    def release_if_short(self) -> bool:
        """Give the spare up when there is hardly any room; whether that was done now."""
        return self._path.exists() and self.is_short and self.release()

    def release(self) -> bool:
        """Give the spare up; whether there was one."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True

    def keep(self) -> bool:
        """Make the spare where there is room for it; whether it is there."""
        with suppress(OSError):
            if self._path.exists() and self._path.stat().st_size >= SPARE_BYTES:
                return True
            free = _free_bytes(self._folder)
            if free is None or free < MAKES_ROOM_TIMES * SPARE_BYTES:
                return False
            try:
                _allocate(self._path, SPARE_BYTES)
            except OSError:
                self._path.unlink(missing_ok=True)
                return False
            return True
        return False


def _free_bytes(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _allocate(path: Path, size_bytes: int) -> None:
    """Take the room for real. A file of zeros would take none on a disk that compresses or leaves holes."""
    # A pipe by that name would keep whoever opens it waiting for ever; a link leads to somebody else's file.
    never = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    flags = os.O_WRONLY | os.O_CREAT | never | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(descriptor, 0, size_bytes)
        else:
            for _ in range(0, size_bytes, ONE_WRITE_BYTES):
                os.write(descriptor, os.urandom(ONE_WRITE_BYTES))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
