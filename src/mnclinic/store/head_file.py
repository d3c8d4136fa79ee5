"""`clinic.head`: the log's newest head, signed, kept beside the database as its first outside witness.

It is written after every commit that entered something. So whatever is cut off the end of the log later,
also off a write-ahead log that a crash left, is missed.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.audit.note import NotACheckpoint, parse_checkpoint
from mnclinic.security.plain_file import beginning_of
from mnclinic.store.durability import make_private_file, new_private_file, sync_folder

HEAD_NAME = "clinic.head"
LOCK_NAME = "clinic.head-lock"
LONGEST_READ_BYTES = 65_536
NO_LOCK = (
    f"what has the name {LOCK_NAME} in the clinic's folder holds something else than this program puts "
    "there. What was saved is safe. Move it away; it is made anew with the next entry."
)
WAIT_S = 5.0
"""So long a writer waits for the others, of whom each takes a few milliseconds."""
PAUSE_S = 0.002


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
    evidence then, and nothing is written over it. `is_head_lost` while the head file is missing or damaged,
    as a log-in found it: the next checkpoint makes it anew, and no lesser head before.
    """

    second: SecondHome | None = None
    is_suspended: bool = False
    is_head_lost: bool = False
    is_failing: bool = False
    """Whether the head file could not be written, which is told once."""
    held_back: bytes | None = None
    """The newest note that was not written because nothing may be for the moment."""


def keep_head(folder: Path, note: bytes, public: bytes, *, instead_of: bytes | None = None) -> None:
    """Put the note in the head file, unless one of a larger log, signed with the same key, lies there.

    One process at a time does so, since another may have committed more meanwhile.

    Args:
        folder: The clinic's.
        note: Of a log that is certain on the disk: the commit came first.
        public: The key that it is signed with.
        instead_of: The very bytes that may be replaced although they are of a larger log.

    Raises:
        OSError, sqlcipher.Error: it could not be written; the file is what it was.
    """
    # A newer one that is there already stays, whoever is writing: then nobody is waited for.
    there = read_head(folder)
    if not _belongs_there(there, note, public, instead_of):
        return
    with _one_at_a_time(folder):
        # What still lies there was held against the note already.
        now = read_head(folder)
        if now == there or _belongs_there(now, note, public, instead_of):
            write_head(folder, note)


def _belongs_there(there: bytes | None, note: bytes, public: bytes, instead_of: bytes | None) -> bool:
    if there is None:
        return True
    return there != note and (there == instead_of or not is_newer(there, note, public))


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Alone among all processes that keep heads in this folder.

    The lock is SQLite's own on an empty file, as in `folder_use`: it ends with its process.
    """
    path = folder / LOCK_NAME
    if not path.exists():
        try:
            make_private_file(path)
        except FileExistsError:
            # Another process may have been quicker. Where a link leads to nothing the engine would make a
            # file there.
            path.stat()
    connection = sqlcipher.connect(str(path), timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        # No journal on the disk, for a transaction that never writes.
        connection.execute("PRAGMA journal_mode=memory")
        _wait_for_turn(connection)
        yield
    finally:
        connection.close()


def _wait_for_turn(connection: sqlcipher.Connection) -> None:
    """Ask often, for the engine's own waiting sleeps up to 100 ms at a time."""
    # Counted in pauses, because only the bootstrap reads a clock.
    pauses_left = round(WAIT_S / PAUSE_S)
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlcipher.OperationalError as error:
            pauses_left -= 1
            if "locked" not in str(error) or pauses_left < 0:
                raise
            time.sleep(PAUSE_S)
        else:
            return


def why_not_kept(error: OSError | sqlcipher.Error) -> str:
    """In words why `keep_head` could not write, for whoever looks after the computer."""
    if isinstance(error, OSError):
        return error.strerror or "the disk refused it"
    said = str(error)
    return NO_LOCK if "not a database" in said or "malformed" in said else said


def write_head(folder: Path, note: bytes) -> None:
    """Replace the head file atomically. Called right after the commit that the note speaks of.

    A crash between the two leaves the database ahead of the head, which is no loss and no tampering.
    """
    path = folder / HEAD_NAME
    temporary = folder / f"{HEAD_NAME}-new"
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
    """The note, or None where there is no head file. Of what is longer than any note, its beginning."""
    path = folder / HEAD_NAME
    return beginning_of(path, LONGEST_READ_BYTES) if path.is_file() else None


def is_newer(there: bytes, note: bytes, public: bytes) -> bool:
    """Whether what lies there is a checkpoint of a larger log than this note's, signed with the same key."""
    ours = parse_checkpoint(note)
    try:
        newest = parse_checkpoint(there)
    except NotACheckpoint:
        return False
    return newest.vault == ours.vault and newest.size > ours.size and newest.is_signed_by(public)
