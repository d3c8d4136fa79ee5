"""`clinic.head`: the newest checkpoint, kept beside the database as its first outside witness."""

import os
from pathlib import Path

HEAD_NAME = "clinic.head"


def write_head(folder: Path, note: bytes) -> None:
    """Replace the head file atomically. Called right after the commit that the note speaks of.

    A crash between the two leaves the database ahead of the head, which is no loss and no tampering.
    """
    path = folder / HEAD_NAME
    temporary = path.with_suffix(".head-new")
    with temporary.open("wb") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def read_head(folder: Path) -> bytes | None:
    """The note, or None where there is no head file."""
    path = folder / HEAD_NAME
    return path.read_bytes() if path.is_file() else None
