"""Everything that one use-case changes, kept together or not at all."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.domain.instants import Clock
from mnclinic.errors import DiskFull, FolderNotWritable, StoreUnavailable, WitnessNotRead
from mnclinic.store.engine import READING
from mnclinic.store.folder_use import USE_NAME
from mnclinic.store.head_file import Witness, is_newer, is_newer_there, write_head
from mnclinic.store.log_writer import Installation, LogWriter, Scribe
from mnclinic.store.spare import Spare
from mnclinic.store.trouble import DISK_FULL, DISK_FULL_TRY_AGAIN, plainly, told_plainly

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Store:
    """An open clinic database and what it takes to write into it."""

    folder: Path
    engine: Engine
    installation: Installation
    clock: Clock
    witness: Witness = field(default_factory=Witness)

    def keep_head(self, note: bytes, *, over_newer: bool = False) -> None:
        """Put a checkpoint that was committed where outside witnesses lie.

        With `over_newer` also in the place of one of a larger log: people said that it is lost.
        """
        if self.witness.is_suspended and not over_newer:
            return
        try:
            if over_newer or not is_newer_there(self.folder, note, self.installation.public):
                write_head(self.folder, note)
        except OSError as error:
            # The act is done whatever becomes of this file. One that is behind is no loss; the next
            # checkpoint brings it up.
            _log.warning("the head file could not be written: %s", error.strerror)
        if self.witness.second is not None and (over_newer or not self._is_newer_there(note)):
            self.witness.second.keep(note)

    def _is_newer_there(self, note: bytes) -> bool:
        """Whether the second witness knows of more than this note, or cannot be asked now."""
        second = self.witness.second
        try:
            return second is not None and is_newer(second.read() or b"", note, self.installation.public)
        except WitnessNotRead:
            return True

    def work(self, scribe: Scribe) -> "UnitOfWork":
        """A new unit of work in the name of `scribe`."""
        return UnitOfWork(self, scribe)

    def write_back(self) -> bool:
        """Bring what the write-ahead log holds into the database file; whether all of it is there now.

        A kill or a power cut can leave a page half-written in the file while the log still holds it whole.
        Nothing is waited for, and nothing that is stored changes.
        """
        try:
            raw = self.engine.raw_connection()
            try:
                busy, in_log, written = raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            finally:
                raw.close()
        except (sqlcipher.Error, StoreUnavailable):
            return False
        return not busy and in_log == written

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees the database as it stands at this moment, however long it is open.

        It writes nothing and holds up no writer. For reads that take long: a check, a bundle, a report.
        The engine's and the disk's own exceptions leave it as StoreUnavailable and kin.
        """
        with (
            told_plainly(),
            self.engine.connect().execution_options(**{READING: True}) as connection,
            Session(connection, autoflush=False) as session,
        ):
            session.connection()
            yield session


class UnitOfWork:
    """One transaction over the data and the log.

    Leaving the `with` block by any door but `commit` keeps nothing. The engine's and the disk's own
    exceptions leave it as StoreUnavailable and kin.
    """

    session: Session
    log: LogWriter

    def __init__(self, store: Store, scribe: Scribe) -> None:
        self._store = store
        self._scribe = scribe
        self._spare = Spare(store.folder)

    def __enter__(self) -> Self:
        self._spare.release_if_short()
        with self._told():
            self.session = Session(self._store.engine, expire_on_commit=False, autoflush=False)
            self.session.connection()
        self.log = LogWriter(self.session, self._store.installation, self._scribe, self._store.clock)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.close()
        known = self._known(error) if error is not None else None
        if known is not None:
            raise known from error

    def commit(self, *, checkpoint: bool = False) -> None:
        """Keep everything, data and log entries together.

        With `checkpoint`, or an hour after the newest one, the head after this commit is signed, stored
        in the same transaction and written beside the database afterwards.
        """
        self._spare.release_if_short()
        with self._told():
            self.session.flush()
            note = None
            if checkpoint or self.log.is_checkpoint_due():
                note = self.log.cut_checkpoint()
            self.log.flush()
            self.session.commit()
        if note is not None:
            self._store.keep_head(note)
        if (self._store.folder / USE_NAME).exists():
            # Not in the folder of a clinic that is only being set up, which takes its names last.
            self._spare.keep()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """As `told_plainly`, for what this unit of work does itself."""
        try:
            yield
        except Exception as error:
            known = self._known(error)
            if known is None:
                raise
            raise known from error

    def _known(self, error: BaseException) -> StoreUnavailable | None:
        """As `plainly`; where the disk is full the spare is given up, so that the next try is stored."""
        known = plainly(error)
        # A file that could not be made longer is told by the engine as a failing disk, and a database that
        # had to be opened for reading alone as one that may not be written.
        may_be_room = type(known) is StoreUnavailable or isinstance(known, FolderNotWritable)
        if isinstance(known, DiskFull) or (may_be_room and self._spare.is_short):
            return DiskFull(DISK_FULL_TRY_AGAIN if self._spare.release() else DISK_FULL)
        return known
