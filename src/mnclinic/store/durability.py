"""Make files and names outlive a power cut."""

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

PRIVATE = 0o600
"""What the clinic's own files may be: read and written by their owner, and by nobody else."""


def new_private_file(path: Path) -> BinaryIO:
    """A new file, open for writing, nobody else's to read. Raises FileExistsError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, PRIVATE), "wb")


def make_private_file(path: Path) -> None:
    """Make an empty file that the engine is to fill: left to itself, it lets everybody read what it makes."""
    new_private_file(path).close()


def sync_file(path: Path) -> None:
    """Wait until the file's content is on the disk.

    Not for a database that this process has open: closing a file here drops the locks that the engine
    holds on it (Linux and macOS).
    """
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the folder's names are on the disk. Windows cannot be asked to, and keeps them in order."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settle_name(path: Path) -> None:
    """Make the name of a file that was just written outlive a power cut, where its disk can be asked to.

    Some sticks refuse; the file itself is whole and on the disk by then, so that is no failure.
    """
    with suppress(OSError):
        sync_folder(path.parent)
