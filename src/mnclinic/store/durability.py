"""Make files and names outlive a power cut."""

import os
from pathlib import Path


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
