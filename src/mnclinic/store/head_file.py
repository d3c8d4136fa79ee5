"""`clinic.head`: the newest checkpoint, kept beside the database as its first outside witness."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mnclinic.audit.note import NotACheckpoint, parse_checkpoint
from mnclinic.store.durability import new_private_file, sync_folder

HEAD_NAME = "clinic.head"


class SecondHome(Protocol):
    """Where the newest checkpoint lies besides the folder, such as the operating system's keyring.

    `read` raises WitnessNotRead where something may lie there and cannot be read now: that is not nothing.
    """

    def read(self) -> bytes | None: ...
    def keep(self, note: bytes) -> None: ...


@dataclass
class Witness:
    """Where an open clinic's checkpoints go outside the database.

    `is_suspended` while what lies there knows of more than the database, or of something else: it is
    evidence then, and nothing is written over it.
    """

    second: SecondHome | None = None
    is_suspended: bool = False


def write_head(folder: Path, note: bytes) -> None:
    """Replace the head file atomically. Called right after the commit that the note speaks of.

    A crash between the two leaves the database ahead of the head, which is no loss and no tampering.
    """
    path = folder / HEAD_NAME
    # A name of its own: two processes that write at once must not cut each other's file short.
    temporary = folder / f"{HEAD_NAME}-{os.getpid()}"
    try:
        # What a crash left may still be everybody's to read.
        temporary.unlink(missing_ok=True)
        with new_private_file(temporary) as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(folder)


def read_head(folder: Path) -> bytes | None:
    """The note, or None where there is no head file."""
    path = folder / HEAD_NAME
    return path.read_bytes() if path.is_file() else None


def is_newer_there(folder: Path, note: bytes, public: bytes) -> bool:
    """Whether the head file is of a larger log than this note, signed with the same key."""
    return is_newer(read_head(folder) or b"", note, public)


def is_newer(there: bytes, note: bytes, public: bytes) -> bool:
    """Whether what lies there is a checkpoint of a larger log than this note's, signed with the same key."""
    ours = parse_checkpoint(note)
    try:
        newest = parse_checkpoint(there)
    except NotACheckpoint:
        return False
    return newest.vault == ours.vault and newest.size > ours.size and newest.is_signed_by(public)
