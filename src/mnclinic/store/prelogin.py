"""`prelogin.box`: what has to be kept while nobody is logged in. An SQLite file without a key.

It holds counters of tries, by buckets without names, and failed log-ins sealed to a key that only the
open clinic has (`security.prelogin_seal`); also what was read while nothing could be stored. Whoever can
write in the folder can remove the file; so it slows down the person at the keyboard and reports what
happened there, and protects against no one who copied the folder.

A full disk must neither hand out tries that are not counted nor keep people from reading. So the file and
its rollback journal are given their room when there is some: the journal is overwritten where it stands
instead of being removed, and the file holds free pages for what comes.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import DatabaseDamaged, StoreUnavailable
from mnclinic.security.envelope import KEY_BYTES, DoesNotOpen, canonical_json
from mnclinic.security.prelogin_seal import open_event, seal_event
from mnclinic.security.throttle import DEVICE, Decision, Tries, counted, judge
from mnclinic.store.engine import refuse_no_file
from mnclinic.store.trouble import is_without_room, told_plainly

PRELOGIN_NAME = "prelogin.box"
DAMAGED_NAME = "prelogin.box.damaged"
FAILURES_MAX = 10_000
"""More than these are only counted, so that nobody can fill the disk without logging in."""

ROOM_PAGES = 32
"""So many pages the file holds free, and the journal has room for: some 200 sealed events."""

_BUSY_TIMEOUT_S = 5.0
_PAGE_BYTES = 4096
_JOURNAL_BYTES = ROOM_PAGES * _PAGE_BYTES
_TABLES = (
    "CREATE TABLE tries (bucket TEXT PRIMARY KEY, count INTEGER NOT NULL CHECK (count >= 0),"
    " last_at_ms INTEGER NOT NULL CHECK (last_at_ms >= 0)) STRICT",
    "CREATE TABLE failure (id INTEGER PRIMARY KEY AUTOINCREMENT, sealed BLOB NOT NULL) STRICT",
    "CREATE TABLE notice (name TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT",
)
_ROOM = "CREATE TABLE room (page BLOB NOT NULL)"
"""While room is being made, and after a process that was ended at that."""
_HEADER_BYTES = 100
_VERSIONS_AT = slice(18, 20)
_ROLLBACK_JOURNAL = b"\x01\x01"
_LOST = "lost"
_STARTED_ANEW = "started_anew"

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class FailedLogin:
    """One failed log-in. `user_id` is None for a name that nobody has; the typed name is not kept.

    Or something that could not be entered in the log when it was done, which `what` names; `subject` is
    the patient's ref then, if it was about one.
    """

    id: int
    at: datetime
    user_id: str | None
    what: str
    subject: str | None = None


@dataclass(frozen=True)
class Drained:
    """What the box held. `forget_through` takes `through` once this is in the log.

    `unreadable` were sealed for another database key or changed; `lost` came when the box was full or
    the key file had no key to seal to yet; `started_anew` is how often the box was found damaged.
    """

    failures: tuple[FailedLogin, ...]
    unreadable: int
    lost: int
    started_anew: int
    through: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.failures or self.unreadable or self.lost or self.started_anew)


class _Damaged(Exception):
    """The file is not a box that this program wrote."""


class PreLogin:
    """The box of one clinic's folder. Any number of processes may use it at once.

    Every method raises ClinicInUse, DiskFull, FolderNotWritable or StoreUnavailable when the file cannot
    be written; a try that could not be counted must not be judged. NewerFormat if a newer program wrote
    it. A damaged file is put aside as `prelogin.box.damaged` and a new one begun, which the next
    `Decision` or `Drained` says.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / PRELOGIN_NAME

    def count_attempt(self, bucket: str, monotonic_ms: Callable[[], int]) -> Decision:
        """Count a try for a user's bucket and for the device, and say whether it may be judged.

        The count is on the disk before the answer is given. A try that has to wait is not counted.

        Args:
            bucket: From `security.throttle.bucket_of`.
            monotonic_ms: Reads the milliseconds since the computer was started.
        """

        def count(connection: sqlcipher.Connection) -> Decision:
            # Read here, where nobody else is at it: a time from before the turn of another try would be
            # before that try's, which means that the computer was started again, and would not wait.
            now_ms = monotonic_ms()
            user, device = _tries(connection, bucket), _tries(connection, DEVICE)
            decision = judge(user, device, now_ms)
            if not decision.is_allowed:
                return decision
            for name, tries in ((bucket, user), (DEVICE, device)):
                now_counted = counted(tries, now_ms)
                connection.execute(
                    "INSERT OR REPLACE INTO tries VALUES (?, ?, ?)",
                    (name, now_counted.count, now_counted.last_at_ms),
                )
            return replace(decision, tries=user.count + 1)

        decision, was_damaged = self._stored(count)
        return replace(decision, was_damaged=was_damaged)

    def look(self, bucket: str, now_ms: int, *, is_read_only: bool = False) -> Decision:
        """What `count_attempt` would answer, for a screen that shows the wait. Counts nothing.

        With `is_read_only` the file is taken as it stands: nothing is written, and one that is damaged
        counts for nothing. Raises FolderNotWritable then where there is none.
        """

        def read(connection: sqlcipher.Connection) -> Decision:
            return judge(_tries(connection, bucket), _tries(connection, DEVICE), now_ms)

        if not is_read_only:
            decision, was_damaged = self._stored(read)
            return replace(decision, was_damaged=was_damaged)
        name = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            with told_plainly(), closing(sqlcipher.connect(name, uri=True)) as connection:
                return read(connection)
        except DatabaseDamaged:
            return Decision(0, 0, was_damaged=True)

    def succeeded(self, bucket: str) -> None:
        """The password was right, or the user was given another way in: begin at the first try again.

        The device begins anew too. Somebody who may log in can so clear the device's counter, but not
        the counter of the person whose password they guess at.
        """
        self._stored(
            lambda connection: connection.execute(
                "DELETE FROM tries WHERE bucket IN (?, ?)", (bucket, DEVICE)
            )
        )

    def seal_failure(
        self,
        prelogin_public: bytes,
        vault_id: str,
        *,
        at: datetime,
        user_id: str | None,
        what: str,
        subject: str | None = None,
    ) -> None:
        """Keep a failed log-in for the log, or what could not be entered there.

        Where there is no room for it any more it is only counted.

        Args:
            prelogin_public: From the key file. Empty in one of form 1: the failure is only counted then.
            vault_id: The clinic.
            at: When, with its offset.
            user_id: Whose name was typed; None for a name that nobody has.
            what: What failed, such as `password`, `recovery_code` or `too_many_tries`; or what was done.
            subject: The ref of the patient whom that concerned.
        """
        said = {"at": at.isoformat(), "user_id": user_id, "what": what}
        event = canonical_json(said if subject is None else said | {"subject": subject})
        sealed = seal_event(prelogin_public, vault_id, event) if len(prelogin_public) == KEY_BYTES else None

        def keep(connection: sqlcipher.Connection) -> None:
            (kept,) = connection.execute("SELECT count(*) FROM failure").fetchone()
            if sealed is None or kept >= FAILURES_MAX:
                _notice(connection, _LOST)
            else:
                connection.execute("INSERT INTO failure (sealed) VALUES (?)", (sealed,))

        try:
            self._stored(keep)
        except StoreUnavailable as trouble:
            if not is_without_room(trouble):
                raise
            self._stored(lambda connection: _notice(connection, _LOST))

    def drain(self, database_key: bytes | bytearray, vault_id: str) -> Drained:
        """Everything in the box, oldest first. It stays there until `forget_through`.

        So a kill between the two puts a failure into the log twice rather than never. Drain before the
        database key is replaced: afterwards the old seals are `unreadable`.
        """

        def read(connection: sqlcipher.Connection) -> Drained:
            rows = connection.execute("SELECT id, sealed FROM failure ORDER BY id").fetchall()
            notices = dict(connection.execute("SELECT name, count FROM notice").fetchall())
            opened = [(row, _opened(database_key, vault_id, row, sealed)) for row, sealed in rows]
            failures = tuple(failure for _, failure in opened if failure is not None)
            return Drained(
                failures=failures,
                unreadable=len(rows) - len(failures),
                lost=notices.get(_LOST, 0),
                started_anew=notices.get(_STARTED_ANEW, 0),
                through=rows[-1][0] if rows else 0,
            )

        drained, _ = self._stored(read)
        return drained

    def forget_through(self, drained: Drained) -> None:
        """Remove what was drained, now that the log holds it. What came meanwhile stays."""

        def forget(connection: sqlcipher.Connection) -> None:
            connection.execute("DELETE FROM failure WHERE id <= ?", (drained.through,))
            for name, told in ((_LOST, drained.lost), (_STARTED_ANEW, drained.started_anew)):
                connection.execute("UPDATE notice SET count = count - ? WHERE name = ?", (told, name))

        self._stored(forget)

    # --- the file ------------------------------------------------------------------------------------

    def _stored(self, act: Callable[[sqlcipher.Connection], _Answer]) -> tuple[_Answer, bool]:
        """Run `act` in one transaction; also whether the file had to be begun anew for it."""
        with told_plainly():
            before = self._identity()
            try:
                return self._in_transaction(act), False
            except _Damaged:
                self._put_aside(before)
            try:
                return self._in_transaction(act, started_anew=True), True
            except _Damaged as again:
                raise OSError("a box begun anew cannot be read") from again

    def _in_transaction(
        self, act: Callable[[sqlcipher.Connection], _Answer], *, started_anew: bool = False
    ) -> _Answer:
        # Nobody else on the computer needs to see even the counters. Only a missing file is opened by
        # hand: closing one that the engine has open elsewhere in the process would let go of its locks.
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        refuse_no_file(self._path, "journal")
        with (
            _damage_noticed(self._path),
            closing(
                sqlcipher.connect(str(self._path), timeout=_BUSY_TIMEOUT_S, isolation_level=None)
            ) as connection,
        ):
            for setting in ("synchronous = full", "journal_mode = persist", "temp_store = memory"):
                connection.execute(f"PRAGMA {setting}")

            def first_then_act() -> _Answer:
                _assert_form(connection)
                if started_anew:
                    _notice(connection, _STARTED_ANEW)
                return act(connection)

            answer = _whole(connection, first_then_act)
            if not self._has_room:
                # Help for the day on which there is none; what was asked for is stored already.
                with suppress(sqlcipher.Error):
                    _make_room(connection)
            return answer

    @property
    def _journal(self) -> Path:
        return self._path.with_name(PRELOGIN_NAME + "-journal")

    @property
    def _has_room(self) -> bool:
        """Whether the journal was made as long as it may have to be, which comes after the free pages."""
        try:
            return self._journal.stat().st_size >= _JOURNAL_BYTES
        except OSError:
            return False

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _put_aside(self, seen: tuple[int, int] | None) -> None:
        """Make room for a new file, unless another process did so since this one looked."""
        if seen is not None and self._identity() == seen:
            with suppress(FileNotFoundError):
                self._path.replace(self._path.with_name(DAMAGED_NAME))
            # A journal of the old file must not be played into the new one.
            self._journal.unlink(missing_ok=True)


def _whole(connection: sqlcipher.Connection, act: Callable[[], _Answer]) -> _Answer:
    """`act` in one transaction, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        answer = act()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return answer


def _make_room(connection: sqlcipher.Connection) -> None:
    """Pages that stay free in the file, and a journal that has held as many."""

    def fill() -> None:
        connection.execute(_ROOM)
        for _ in range(ROOM_PAGES):
            # Somewhat less than a page, so that each takes one of its own.
            connection.execute("INSERT INTO room VALUES (randomblob(?))", (_PAGE_BYTES * 7 // 8,))

    def change_every_page() -> None:
        connection.execute("UPDATE room SET page = randomblob(length(page))")
        connection.execute("DROP TABLE room")

    # One of a process that was stopped in between.
    _whole(connection, lambda: connection.execute("DROP TABLE IF EXISTS room"))
    _whole(connection, fill)
    _whole(connection, change_every_page)


@contextmanager
def _damage_noticed(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlcipher.OperationalError as trouble:
        # Busy, full or not writable: the file itself may be whole.
        if _is_of_no_known_version(path, str(trouble)):
            raise _Damaged from trouble
        raise
    except (sqlcipher.DatabaseError, sqlcipher.DataError, UnicodeDecodeError) as trouble:
        # The engine quotes a damaged table's own text, which may be no text any more.
        raise _Damaged from trouble


def _is_of_no_known_version(path: Path, said: str) -> bool:
    """Whether the engine took a damaged header for a file that it may not write, now or ever."""
    if "readonly" not in said:
        # A name that is no text any more is told as if the disk had failed.
        return "unsupported file format" in said or "Could not decode" in said
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    return header[_VERSIONS_AT] != _ROLLBACK_JOURNAL


def _assert_form(connection: sqlcipher.Connection) -> None:
    """Make the tables of a new file. Of any other take nothing on trust: it must not lock people out."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'")
    found = {row[0] for row in rows} - {_ROOM}
    if not found:
        for statement in _TABLES:
            connection.execute(statement)
    elif found != set(_TABLES) or connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
        raise _Damaged


def _tries(connection: sqlcipher.Connection, bucket: str) -> Tries:
    row = connection.execute("SELECT count, last_at_ms FROM tries WHERE bucket = ?", (bucket,)).fetchone()
    return Tries() if row is None else Tries(*row)


def _notice(connection: sqlcipher.Connection, name: str) -> None:
    connection.execute(
        "INSERT INTO notice VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET count = count + 1", (name,)
    )


def _opened(
    database_key: bytes | bytearray, vault_id: str, failure_id: int, sealed: bytes
) -> FailedLogin | None:
    try:
        event: dict[str, Any] = json.loads(open_event(database_key, vault_id, sealed))
        return FailedLogin(
            failure_id,
            datetime.fromisoformat(event["at"]),
            event["user_id"],
            str(event["what"]),
            event.get("subject"),
        )
    except (DoesNotOpen, ValueError, KeyError, TypeError):
        return None
