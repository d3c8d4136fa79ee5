"""Who uses a clinic's folder: any number share it, or one alone replaces the database's file.

A rename takes the database away from under whoever has it open, and what they go on writing is lost
with the old file. So every open clinic shares the folder for its life, and whoever replaces the file
(rotation, restoration, upgrade) needs it alone.

The use is a lock of SQLite's own on an empty file beside the database: it works on all three systems
and ends with its process, however that ends. Nothing is ever written into the file, so it needs no key.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import ClinicInUse, FolderNotWritable, StoreUnavailable
from mnclinic.store.durability import make_private_file
from mnclinic.store.engine import refuse_no_file
from mnclinic.store.spare import Spare
from mnclinic.store.trouble import of_engine, told_plainly

USE_NAME = "clinic.use"
WAIT_S = 5.0

BEING_REPLACED = (
    "This clinic's database is being replaced at this moment: a change of its key, an upgrade or a "
    "restoration. Nothing was changed. Wait until that has finished, then try again."
)
OPEN_ELSEWHERE = (
    "This clinic is open in another window or command, so its database cannot be replaced. "
    "Nothing was changed. Close the clinic everywhere else, then try again."
)
TAKEN_MEANWHILE = (
    "Another window or command took this clinic's database to replace it, so the clinic was closed here. "
    "What was stored is safe. Wait until that has finished, then log in again."
)


class FolderUse:
    """A folder in use until `release`, or until the process ends in whatever way.

    Do not open or copy `clinic.use` in other ways: on Linux and macOS a process that closes a file loses
    every lock that it holds on it.
    """

    def __init__(self, folder: Path, connection: sqlcipher.Connection, *, is_exclusive: bool) -> None:
        self._folder = folder
        self._connection: sqlcipher.Connection | None = connection
        self.is_exclusive = is_exclusive

    @classmethod
    def shared(cls, folder: Path, *, wait_s: float = WAIT_S) -> Self:
        """Use the folder beside others. Waits at most `wait_s` seconds for whoever has it alone.

        Raises:
            ClinicInUse: the database is being replaced.
            StoreUnavailable: the folder cannot be used. Nothing was changed.
        """
        # Whoever comes in on a full disk needs a little room before anything else can be looked at.
        Spare(folder).release_if_short()
        try:
            return cls._taken(folder, wait_s, is_exclusive=False)
        except FolderNotWritable:
            if (folder / USE_NAME).exists() or not folder.is_dir():
                raise
            # Where not even the empty file can be made nobody replaces a database, so nothing is held.
            return cls(folder, sqlcipher.connect(":memory:", check_same_thread=False), is_exclusive=False)

    @classmethod
    def exclusive(cls, folder: Path, *, wait_s: float = 0.0) -> Self:
        """Use the folder alone. A shared use of one's own has to be given up first.

        Raises:
            ClinicInUse: somebody else uses the folder.
            FolderNotWritable, StoreUnavailable: the folder cannot be used. Nothing was changed.
        """
        return cls._taken(folder, wait_s, is_exclusive=True)

    @classmethod
    def _taken(cls, folder: Path, wait_s: float, *, is_exclusive: bool) -> Self:
        path = folder / USE_NAME
        # Left to itself the engine lets everybody read what it makes, and so lock it.
        with suppress(OSError):
            make_private_file(path)
        with told_plainly():
            refuse_no_file(path)
        try:
            connection = _locked(path, wait_s, is_exclusive=is_exclusive)
        except sqlcipher.DatabaseError as error:
            if "not a database" not in str(error) and "malformed" not in str(error):
                raise _told(error, is_exclusive=is_exclusive) from error
            # The file is empty by design, so whatever got into it is not ours to keep. It is emptied
            # where it stands: a new file beside the old one would split those who use the folder.
            _empty(path)
            try:
                connection = _locked(path, wait_s, is_exclusive=is_exclusive)
            except sqlcipher.DatabaseError as again:
                raise _told(again, is_exclusive=is_exclusive) from again
        return cls(folder, connection, is_exclusive=is_exclusive)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold a shared folder alone for a while, and share it again afterwards.

        Raises:
            ClinicInUse: somebody else uses the folder, which is still shared; or, afterwards, somebody took
                it alone in between, and then it is not in use here any more (`is_held`): whoever has the
                database open has to close it.
        """
        folder = self._folder
        self.release()
        try:
            with FolderUse.exclusive(folder):
                yield
        finally:
            try:
                self._connection = FolderUse.shared(folder)._connection  # noqa: SLF001 - one of its own kind
            except ClinicInUse as taken:
                raise ClinicInUse(TAKEN_MEANWHILE) from taken

    @property
    def is_held(self) -> bool:
        """Whether the folder is in use through this."""
        return self._connection is not None

    def release(self) -> None:
        """Let the folder go. A second time does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _empty(path: Path) -> None:
    """Empty what is there. Nothing is opened for it, because closing it would let go of its locks.

    Raises StoreUnavailable where the name is a link, symbolic or hard: what it leads to stays as it is.
    """
    with told_plainly():
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            raise StoreUnavailable(
                f"The name {path.name} in the clinic's folder leads to another file, or is none. Nothing was "
                "changed and the records are still there. Move it away, then try again."
            )
        os.truncate(path, 0)


def _locked(path: Path, wait_s: float, *, is_exclusive: bool) -> sqlcipher.Connection:
    # The window may let a clinic go on another thread than the one that opened it.
    connection = sqlcipher.connect(str(path), check_same_thread=False, timeout=wait_s, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        # No journal on the disk, for a transaction that never writes.
        connection.execute("PRAGMA journal_mode=memory")
        connection.execute("BEGIN EXCLUSIVE" if is_exclusive else "BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _told(error: sqlcipher.DatabaseError, *, is_exclusive: bool) -> StoreUnavailable:
    known = of_engine(error)
    if isinstance(known, ClinicInUse):
        return ClinicInUse(OPEN_ELSEWHERE if is_exclusive else BEING_REPLACED)
    return known
