"""Everything that one use-case changes, kept together or not at all."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.audit.canonical import TextNotCanonical
from mnclinic.domain.instants import OneTime
from mnclinic.errors import (
    ClinicError,
    DiskFull,
    FolderNotWritable,
    InvalidInput,
    StoreUnavailable,
    WitnessNotRead,
)
from mnclinic.store.engine import READING
from mnclinic.store.folder_use import USE_NAME
from mnclinic.store.head_file import Witness, is_newer, keep_head, why_not_kept
from mnclinic.store.log_writer import Installation, LogWriter, Scribe
from mnclinic.store.spare import Spare
from mnclinic.store.trouble import DISK_FULL, DISK_FULL_TRY_AGAIN, UNSPELLABLE, plainly, told_plainly

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Store:
    """An open clinic database and what it takes to write into it."""

    folder: Path
    engine: Engine
    installation: Installation
    clock: OneTime
    """One for all that this program does with the store, so that each act has one time."""
    witness: Witness = field(default_factory=Witness)

    def keep_head(
        self, note: bytes, *, is_checkpoint: bool = True, over_newer: bool = False, seen: bytes | None = None
    ) -> None:
        """Put a head that was committed where outside witnesses lie: a checkpoint also in the second home.

        With `over_newer` also in the place of one of a larger log, because that was judged: in the head file
        of exactly the one that was `seen` there.
        """
        witness = self.witness
        if witness.is_suspended or (witness.is_head_lost and not is_checkpoint):
            witness.held_back = note
            return
        if is_checkpoint:
            witness.is_head_lost = False
        try:
            keep_head(self.folder, note, self.installation.public, instead_of=seen if over_newer else None)
            witness.is_failing = False
        except (OSError, sqlcipher.Error) as error:
            # The act is done whatever becomes of this file. One that is behind is no loss; the next entry
            # brings it up.
            if not witness.is_failing:
                _log.warning("the head file could not be written: %s", why_not_kept(error))
            witness.is_failing = True
        if is_checkpoint and witness.second is not None and (over_newer or not self._is_newer_there(note)):
            witness.second.keep(note)

    def go_on_keeping_heads(self, *, is_suspended: bool) -> None:
        """End a pause in which no head was written outside, unless it `is_suspended` for longer."""
        witness = self.witness
        witness.is_suspended = is_suspended
        if witness.held_back is not None and not is_suspended:
            self.keep_head(witness.held_back, is_checkpoint=False)

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

    def one_row(self, said: str, given: Mapping[str, object]) -> Sequence[Any] | None:
        """The first row that a statement finds now. For one short question that no other has to agree with.

        The engine's and the disk's own exceptions leave it as StoreUnavailable and kin.
        """
        with told_plainly(), closing(self.engine.raw_connection()) as raw:
            found: Sequence[Any] | None = raw.cursor().execute(said, given).fetchone()
            return found

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
        # Under the write lock, so that one act of this store is under way at a time.
        self._held = self._store.clock.hold()
        self.log = LogWriter(self.session, self._store.installation, self._scribe, self._store.clock)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        known = self._known(error) if error is not None else None
        if known is not None:
            raise known from error

    def _end(self) -> None:
        self._store.clock.let_go(self._held)
        self.session.close()

    def commit(self, *, checkpoint: bool = False) -> None:
        """Keep everything, data and log entries together.

        The head after this commit is signed and written beside the database afterwards. With `checkpoint`,
        or an hour after the newest one, it is stored in the same transaction too.
        """
        self._spare.release_if_short()
        with self._told():
            self.session.flush()
            is_checkpoint = checkpoint or self.log.is_checkpoint_due()
            note = None
            if is_checkpoint:
                note = self.log.cut_checkpoint()
            elif self.log.has_grown:
                note = self.log.signed_head()
            self.log.flush()
            self.session.commit()
        if note is not None:
            self._store.keep_head(note, is_checkpoint=is_checkpoint)
        if (self._store.folder / USE_NAME).exists():
            # Not in the folder of a clinic that is only being set up, which takes its names last.
            self._spare.keep()

    def afresh(self) -> "UnitOfWork":
        """Another one over the same store, to be entered once this one was committed."""
        return UnitOfWork(self._store, self._scribe)

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

    def _known(self, error: BaseException) -> ClinicError | None:
        """As `plainly`; what the log cannot spell is the input's fault.

        Where the disk is full the spare is given up, so that the next try is stored.
        """
        if isinstance(error, TextNotCanonical):
            # Each use-case spells the words that it takes as the log does; this is for one that forgot.
            return InvalidInput(UNSPELLABLE)
        known = plainly(error)
        # A file that could not be made longer is told by the engine as a failing disk, and a database that
        # had to be opened for reading alone as one that may not be written.
        may_be_room = type(known) is StoreUnavailable or isinstance(known, FolderNotWritable)
        if isinstance(known, DiskFull) or (may_be_room and self._spare.is_short):
            return DiskFull(DISK_FULL_TRY_AGAIN if self._spare.release() else DISK_FULL)
        return known
