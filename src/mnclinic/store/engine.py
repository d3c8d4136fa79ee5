"""The encrypted engine. Nothing here can open or make a plaintext database.

`PRAGMA key` with a wrong length would be taken as a passphrase, and a missing one would make an
ordinary file, both without a word: so the key's length is checked here, the engine is asked for its
cipher version, and the file's first bytes are looked at after every open.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import (
    ClinicInUse,
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseNotEncrypted,
    DiskFull,
    FolderNotWritable,
    StoreUnavailable,
)
from mnclinic.store.durability import make_private_file
from mnclinic.store.spare import Spare

DATABASE_NAME = "clinic.db"
KEY_BYTES = 32
SALT_BYTES = 16
PLAIN_HEADER = b"SQLite format 3\x00"
SMALLEST_FILE_BYTES = 4096
POOL_SIZE = 4
"""One writer, and readers that work beside it for long: a check, a bundle, a backup."""
OLDEST_SQLITE = (3, 51, 3)
"""3.7.0 to 3.51.2 could corrupt a database when the write-ahead log was reset during a write."""

WAIT_S = 5
"""How long a writer waits for another one."""
MEAN_PAUSE_MS = 4
"""Between two questions for the write lock."""

SETTINGS = (
    "foreign_keys=on",
    # Without it a row that is replaced goes past the triggers that keep it from being deleted.
    "recursive_triggers=on",
    "journal_mode=wal",
    "synchronous=full",
    "temp_store=memory",
    "secure_delete=on",
    "cache_size=-65536",
    f"busy_timeout={int(WAIT_S * 1000)}",
    "trusted_schema=off",
    "cell_size_check=on",
    "mmap_size=0",
)

READING_SETTINGS = (
    "temp_store=memory",
    "cache_size=-65536",
    f"busy_timeout={int(WAIT_S * 1000)}",
    "trusted_schema=off",
    "cell_size_check=on",
    "mmap_size=0",
    "query_only=on",
)
"""For a connection that reads alone, which sets nothing in the file."""

_KEYS: WeakKeyDictionary[Engine, tuple[bytes, bytes]] = WeakKeyDictionary()
"""The very bytes that an engine's own connections are opened with, for as long as it is open."""

DAMAGED = (
    "The clinic's database cannot be read: the file is damaged or is not this clinic's. Nothing was "
    "changed. Do not delete anything; restore the newest backup, or ask for help with this folder as it is."
)

REPLACED = (
    "The clinic's database was replaced while it was open here: its key was changed, or a copy was put "
    "in its place. Nothing was stored in the old one. Log in again, then do it once more."
)

CLOSED = (
    "The clinic was closed here, so this was not done. Nothing that was stored is lost. Log in again, then "
    "do it once more."
)

NO_ROOM_TO_OPEN = (
    "The disk is full, and the clinic's database needs a little room to be opened. Nothing was changed and "
    "everything saved before is safe. Free some space on the disk, then log in again."
)

WRITTEN_MEANWHILE = (
    "Another window or command wrote to the clinic's database while it was open here for reading alone. "
    "Nothing is lost. Log in again to see what is there now."
)

NOT_WRITTEN_BACK = (
    "The clinic's folder cannot be written, and its database was not closed properly before: the newest "
    "entries are still in the file clinic.db-wal beside it, which can only be read where the folder can be "
    "written. Nothing was changed. Copy the whole folder to a disk of this computer and open it there."
)

LET_GO = (
    "The clinic's database was let go here while its key was being changed, so this was not done. Nothing "
    "that was stored is lost. Do it once more. Log in again first where that fails too."
)

FileIdentity = tuple[int, int]
"""Device and file number: what stays the same while a file is written, and changes when it is replaced."""

FAILED = "failed"
"""Marks a connection that goes back to the pool only to be closed."""

READS_ALONE = "reads_alone"
"""Marks a connection to a file that cannot be written, or to which no file can be put at present."""

READ_TEXT = partial(str, encoding="utf-8", errors="replace")
"""How stored text is read: one value that is none, put there by another hand, hides no other row."""

READING = "mnclinic_reading"
"""The execution option that makes a connection's transactions read-only ones at a fixed position."""


def assert_encrypted_engine() -> None:
    """Refuse an engine that is not SQLCipher or that is older than the fixed SQLite.

    Raises DatabaseNotEncrypted before any file is touched.
    """
    connection = sqlcipher.connect(":memory:")
    try:
        cipher_version = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    if not cipher_version or not cipher_version[0]:
        raise DatabaseNotEncrypted(
            "The database engine on this computer cannot encrypt, so the clinic was not opened. "
            "Nothing was changed. Install mnclinic again."
        )
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise DatabaseNotEncrypted(
            f"The database engine on this computer is too old ({sqlcipher.sqlite_version}), so the "
            "clinic was not opened. Nothing was changed. Install mnclinic again."
        )


def key_literal(key: bytes | bytearray, salt: bytes) -> str:
    """A raw key and salt as `PRAGMA key` and `ATTACH ... KEY` take them: a key's only road to the engine.

    Raises ValueError, a defect of the caller, for a wrong length and for a key that was wiped to zeros:
    the first would be taken as a passphrase, the second opens nothing and would make a worthless file.
    """
    if len(key) != KEY_BYTES or len(salt) != SALT_BYTES:
        raise ValueError("the database key has 32 bytes and its salt 16")
    if not any(key):
        raise ValueError("the database key was wiped before it was used")
    return f"\"x'{key.hex()}{salt.hex()}'\""


def salt_in_file(path: Path) -> bytes | None:
    """The first 16 bytes of a database file; None for a file that is shorter. Nothing is verified or changed.

    The engine itself reads them: were the file opened here and closed again, this process would lose
    every lock that another connection of its own holds on it (Linux and macOS).
    """
    if path.stat().st_size < SALT_BYTES:
        return None
    connection = sqlcipher.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        # Any key will do: the salt is read from the file before a page is.
        connection.execute(f"PRAGMA key=\"x'{'01' * KEY_BYTES}'\"")
        return bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchone()[0])
    finally:
        connection.close()


def assert_not_plaintext(path: Path) -> None:
    """Refuse a database file that anybody could read."""
    if salt_in_file(path) == PLAIN_HEADER:
        raise DatabaseNotEncrypted(
            "The database file in this folder is not encrypted, so it was not opened. Nothing was "
            "changed. It is not a file that mnclinic made: move it away and restore a backup."
        )


def file_identity(path: Path) -> FileIdentity | None:
    """Which file stands at this path now; None when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def open_engine(path: Path, key: bytes, salt: bytes, *, create: bool = False, durable: bool = True) -> Engine:
    """An engine over the encrypted file.

    Args:
        path: The database file. It must exist unless `create` is true.
        key: 32 raw bytes. They never enter a URL, a message or a log.
        salt: 16 bytes, the file's own, so that a wrecked header salt is harmless.
        create: Whether the file may be new.
        durable: False only while a demo clinic is built, whose loss costs nothing.

    Every transaction begins IMMEDIATE: a read that turns into a write would otherwise fail at once.
    Only a connection with the option READING begins a deferred one, sees the database as it stands at
    that moment, and can write nothing.

    Where the folder cannot be written, or the disk has no byte left for the files that the engine puts
    beside the database, every connection reads alone: the file is taken as it stands, so nobody may write
    to it meanwhile, which is looked at whenever a transaction begins.

    Raises:
        ValueError: a key or salt of the wrong length, or a wiped key: a defect of the caller.
        DatabaseMissing, DatabaseDamaged, DatabaseNotEncrypted: nothing was changed.
    """
    pragma_key = f"PRAGMA key={key_literal(key, salt)}"
    assert_encrypted_engine()
    if not create:
        _refuse_what_is_no_database(path)
    elif not path.exists():
        # Its journals are made with the rights that it has itself.
        make_private_file(path)
    connect = _Opening(path, pragma_key, durable=durable)
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=POOL_SIZE,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _note_file(path.absolute()))
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _note_failure)
    event.listen(engine, "checkout", _refuse_failed)
    event.listen(engine, "checkin", _allow_writing_again)
    _KEYS[engine] = (key, salt)
    return engine


def key_of(engine: Engine) -> tuple[bytes, bytes]:
    """Key and salt that an engine was opened with, for copies of its database made under the same key.

    Raises StoreUnavailable for one that was closed, as after a change of the key that could not be ended.
    """
    try:
        return _KEYS[engine]
    except KeyError:
        raise StoreUnavailable(LET_GO) from None


def _refuse_what_is_no_database(path: Path) -> None:
    if not path.is_file():
        raise DatabaseMissing(
            "The clinic's database is not in this folder. Nothing was changed. Put the file clinic.db "
            "back, or restore the newest backup."
        )
    assert_not_plaintext(path)
    if path.stat().st_size < SMALLEST_FILE_BYTES:
        # An emptied file would be taken for a new database and filled.
        raise DatabaseDamaged(DAMAGED)


def _note_file(path: Path) -> Callable[[object, ConnectionPoolEntry], None]:
    def note(
        connection: Any,  # noqa: ANN401 - the driver's own type
        record: ConnectionPoolEntry,
    ) -> None:
        connection.text_factory = READ_TEXT
        record.info["path"] = path
        record.info["file"] = file_identity(path)
        # Only those are made so; everybody else's are for a while, and not yet.
        (reads_alone,) = connection.execute("PRAGMA query_only").fetchone()
        if reads_alone:
            record.info[READS_ALONE] = _stand_of(path)

    return note


def _begin(connection: Connection) -> None:
    stand = connection.info.get(READS_ALONE)
    if stand is not None and _stand_of(connection.info["path"]) != stand:
        connection.info[FAILED] = True
        raise ClinicInUse(WRITTEN_MEANWHILE)
    if stand is not None or connection.get_execution_options().get(READING):
        _begin_to_read(connection)
    else:
        _begin_to_write(connection)
    # Under the lock, so that nobody who asks for it can replace the file after this look.
    if file_identity(connection.info["path"]) != connection.info["file"]:
        raise ClinicInUse(REPLACED)


def _begin_to_read(connection: Connection) -> None:
    """By the driver, for every list and every key of a search begins so."""
    raw = connection.connection.driver_connection
    if raw is None:
        raise AssertionError("a transaction begins on an open connection")
    # The position is fixed by the first read, so it is made here and not by whoever reads later.
    for said in ("PRAGMA query_only=on", "BEGIN", "SELECT count(*) FROM sqlite_master"):
        try:
            raw.execute(said).fetchone()
        except sqlcipher.Error:
            # What this second try says goes the way of every other trouble.
            connection.exec_driver_sql(said).close()


def _begin_to_write(connection: Connection) -> None:
    """Wait for the write lock by asking often, at most about WAIT_S.

    The engine's own waiting sleeps up to 100 ms at a time, so that of many writers who never rest the one
    who has just written gets the lock again and again, and another waits until it gives up.
    """
    raw = connection.connection.driver_connection
    if raw is None:
        raise AssertionError("a transaction begins on an open connection")
    raw.execute("PRAGMA busy_timeout=0")
    try:
        for turn in range(int(WAIT_S * 1000 / MEAN_PAUSE_MS)):
            try:
                raw.execute("BEGIN IMMEDIATE")
            except sqlcipher.OperationalError as error:
                if "locked" not in str(error):
                    break
                # Unequal pauses, so that two who wait do not ask in step for ever.
                time.sleep((1 + (os.getpid() + turn * turn) % (2 * MEAN_PAUSE_MS - 1)) / 1000)
            else:
                return
        # What this last try says goes the way of every other trouble.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(WAIT_S * 1000)}")


def _note_failure(context: ExceptionContext) -> None:
    """Remember that a page could not be read or written on this connection.

    The cipher keeps its error for as long as the connection lives: after one failed read it would call a
    sound database damaged, although the disk works again.
    """
    if context.connection is not None and lasts(context.original_exception):
        context.connection.info[FAILED] = True


def lasts(error: BaseException) -> bool:
    """Whether the connection that met this error is not to be used any more."""
    passes = ("locked", "busy", "full", "interrupted")
    return (
        isinstance(error, sqlcipher.DatabaseError)
        and not isinstance(error, sqlcipher.IntegrityError)
        and not any(word in str(error) for word in passes)
    )


def _refuse_failed(
    connection: Any,  # noqa: ANN401 - the driver's own type
    _record: ConnectionPoolEntry,
    _proxy: object,
) -> None:
    """Take another connection where this one can read nothing any more: some failures nobody is told of."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.OperationalError:
        # Another's lock, or the disk: whoever asked meets it and tells it.
        return
    except sqlcipher.DatabaseError as error:
        raise DisconnectionError from error


def _allow_writing_again(
    connection: Any,  # noqa: ANN401 - the driver's own type
    record: ConnectionPoolEntry,
) -> None:
    if record.info.pop(FAILED, False):
        record.invalidate()
    elif connection is not None and READS_ALONE not in record.info:
        connection.execute("PRAGMA query_only=off")


def open_connection(path: Path, key: bytes | bytearray, salt: bytes) -> sqlcipher.Connection:
    """One connection to an existing encrypted file, outside any pool: to copy, compare or replace it.

    It leaves the journal mode and the durability as they are in the file, and begins no transaction.

    Raises:
        ValueError: a key or salt of the wrong length, or a wiped key: a defect of the caller.
        DatabaseMissing, DatabaseDamaged, DatabaseNotEncrypted: nothing was changed.
    """
    pragma_key = f"PRAGMA key={key_literal(key, salt)}"
    _refuse_what_is_no_database(path)
    return _keyed(path, pragma_key)


def refuse_no_file(path: Path, *beside: str) -> None:
    """Refuse a database where something else than a file has its name, or beside it one of the engine's own.

    The engine would wait for ever for a pipe to answer, of a folder it says no more than that the disk
    failed, and where a link leads to nothing it makes a file. Raises StoreUnavailable. Nothing was changed.
    """
    for name in (path.name, *(f"{path.name}-{ending}" for ending in beside)):
        own = path.with_name(name)
        with suppress(FileNotFoundError):
            if not stat.S_ISREG((own.stat() if own.exists() else own.lstat()).st_mode):
                raise StoreUnavailable(
                    f"What has the name {name} in the clinic's folder is no file, but a folder, a pipe, "
                    "a device or a link that leads to nothing. Nothing was changed and the records are "
                    "still there. Move it away, then try again."
                )


def _keyed(path: Path, pragma_key: str, how: str = "") -> sqlcipher.Connection:
    """`how` are the words of the URI that opens the file in another way than to read and write it."""
    refuse_no_file(path, "journal", "wal", "shm")
    name = f"{path.absolute().as_uri()}?{how}" if how else str(path)
    connection = sqlcipher.connect(
        name, uri=bool(how), check_same_thread=False, timeout=5.0, isolation_level=None
    )
    try:
        # Silent first: a wrong key would print lines of its own to standard error.
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(pragma_key)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.OperationalError:
        connection.close()
        raise
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise DatabaseDamaged(DAMAGED) from error
    return connection


class _Opening:
    """Makes the connections of one engine, all to the file that the first of them met."""

    def __init__(self, path: Path, pragma_key: str, *, durable: bool) -> None:
        self._path = path
        self._pragma_key = pragma_key
        self._durable = durable
        self._opened: FileIdentity | None = None

    def __call__(self) -> sqlcipher.Connection:
        if self._opened is not None and file_identity(self._path) != self._opened:
            raise ClinicInUse(REPLACED)
        if not _may_be_written(self._path):
            return self._reading_alone(FolderNotWritable(NOT_WRITTEN_BACK))
        try:
            return self._connected()
        except sqlcipher.OperationalError as error:
            spare = Spare(self._path.parent)
            if spare.is_short and spare.release():
                return self._connected()
            if spare.is_short and "locked" not in str(error):
                # The engine tells a file that it could not make longer as a failing disk.
                return self._reading_alone(DiskFull(NO_ROOM_TO_OPEN))
            raise

    def _reading_alone(self, otherwise: StoreUnavailable) -> sqlcipher.Connection:
        """The file as it stands, without any beside it; or as others have it open at this moment."""
        if not _has_log(self._path):
            return self._connected("mode=ro&immutable=1")
        try:
            return self._connected("mode=ro")
        except sqlcipher.OperationalError as error:
            raise otherwise from error

    def _connected(self, how: str = "") -> sqlcipher.Connection:
        connection = _keyed(self._path, self._pragma_key, how)
        settings = READING_SETTINGS if how else SETTINGS
        try:
            for setting in settings:
                connection.execute(f"PRAGMA {setting}")
            if not self._durable and not how:
                connection.execute("PRAGMA synchronous=off")
        except sqlcipher.OperationalError:
            connection.close()
            raise
        except sqlcipher.DatabaseError as error:
            connection.close()
            raise DatabaseDamaged(DAMAGED) from error
        self._opened = self._opened or file_identity(self._path)
        return connection


def _may_be_written(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _has_log(path: Path) -> bool:
    """Whether something stands in the write-ahead log that may not be in the file."""
    try:
        return Path(f"{path}-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def _stand_of(path: Path) -> tuple[int, ...]:
    """What changes when somebody writes to a file that is taken as it stands.

    Empty while others have it open to write: the engine keeps their changes apart then, as ever.
    """
    if _has_log(path):
        return ()
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def close_engine(engine: Engine) -> None:
    """Check the write-ahead log in, empty it, and let every connection go. A second time does nothing.

    Whoever goes on with it afterwards hears ClinicInUse: the file may be another's by then.
    """
    if _KEYS.pop(engine, None) is None:
        return
    try:
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
    except (sqlite3.Error, sqlcipher.Error, StoreUnavailable):
        # Closing must not hide what went wrong before; the log is replayed at the next open.
        pass
    engine.dispose()
    event.listen(engine, "begin", _refuse_closed, insert=True)


def _refuse_closed(_connection: Connection) -> None:
    raise ClinicInUse(CLOSED)
