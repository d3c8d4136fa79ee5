"""The encrypted engine. Nothing here can open or make a plaintext database.

`PRAGMA key` with a wrong length would be taken as a passphrase, and a missing one would make an
ordinary file, both without a word: so the key's length is checked here, the engine is asked for its
cipher version, and the file's first bytes are looked at after every open.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import DatabaseDamaged, DatabaseMissing, DatabaseNotEncrypted

DATABASE_NAME = "clinic.db"
KEY_BYTES = 32
SALT_BYTES = 16
PLAIN_HEADER = b"SQLite format 3\x00"
SMALLEST_FILE_BYTES = 4096
OLDEST_SQLITE = (3, 51, 3)
"""3.7.0 to 3.51.2 could corrupt a database when the write-ahead log was reset during a write."""

SETTINGS = (
    "foreign_keys=on",
    "journal_mode=wal",
    "synchronous=full",
    "temp_store=memory",
    "secure_delete=on",
    "cache_size=-65536",
    "busy_timeout=5000",
    "trusted_schema=off",
    "cell_size_check=on",
    "mmap_size=0",
)

_KEYS: WeakKeyDictionary[Engine, tuple[bytes, bytes]] = WeakKeyDictionary()
"""The very bytes that an engine's own connections are opened with, for as long as it is open."""

DAMAGED = (
    "The clinic's database cannot be read: the file is damaged or is not this clinic's. Nothing was "
    "changed. Do not delete anything; restore the newest backup, or ask for help with this folder as it is."
)


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


def assert_not_plaintext(path: Path) -> None:
    """Refuse a database file that anybody could read."""
    with path.open("rb") as file:
        header = file.read(len(PLAIN_HEADER))
    if header == PLAIN_HEADER:
        raise DatabaseNotEncrypted(
            "The database file in this folder is not encrypted, so it was not opened. Nothing was "
            "changed. It is not a file that mnclinic made: move it away and restore a backup."
        )


def open_engine(path: Path, key: bytes, salt: bytes, *, create: bool = False, durable: bool = True) -> Engine:
    """An engine over the encrypted file.

    Args:
        path: The database file. It must exist unless `create` is true.
        key: 32 raw bytes. They never enter a URL, a message or a log.
        salt: 16 bytes, the file's own, so that a wrecked header salt is harmless.
        create: Whether the file may be new.
        durable: False only while a demo clinic is built, whose loss costs nothing.

    Every transaction begins IMMEDIATE: a read that turns into a write would otherwise fail at once.

    Raises:
        ValueError: a key or salt of the wrong length: a defect of the caller.
        DatabaseMissing, DatabaseDamaged, DatabaseNotEncrypted: nothing was changed.
    """
    if len(key) != KEY_BYTES or len(salt) != SALT_BYTES:
        raise ValueError("the database key has 32 bytes and its salt 16")
    assert_encrypted_engine()
    if not create:
        if not path.is_file():
            raise DatabaseMissing(
                "The clinic's database is not in this folder. Nothing was changed. Put the file clinic.db "
                "back, or restore the newest backup."
            )
        assert_not_plaintext(path)
        if path.stat().st_size < SMALLEST_FILE_BYTES:
            # An emptied file would be taken for a new database and filled.
            raise DatabaseDamaged(DAMAGED)
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=_creator(path, key, salt, durable=durable),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin_immediate)
    _KEYS[engine] = (key, salt)
    return engine


def key_of(engine: Engine) -> tuple[bytes, bytes]:
    """Key and salt that an engine was opened with, for copies of its database made under the same key.

    Raises KeyError for one that was closed.
    """
    return _KEYS[engine]


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _creator(path: Path, key: bytes, salt: bytes, *, durable: bool) -> Callable[[], sqlcipher.Connection]:
    pragma_key = f"PRAGMA key=\"x'{key.hex()}{salt.hex()}'\""

    def connect() -> sqlcipher.Connection:
        connection = sqlcipher.connect(str(path), check_same_thread=False, timeout=5.0, isolation_level=None)
        try:
            # Silent first: a wrong key would print lines of its own to standard error.
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(pragma_key)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for setting in SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            if not durable:
                connection.execute("PRAGMA synchronous=off")
        except sqlcipher.OperationalError:
            connection.close()
            raise
        except sqlcipher.DatabaseError as error:
            connection.close()
            raise DatabaseDamaged(DAMAGED) from error
        return connection

    return connect


def close_engine(engine: Engine) -> None:
    """Check the write-ahead log in, empty it, and let every connection go."""
    try:
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
    except (sqlite3.Error, sqlcipher.Error, DatabaseDamaged):
        # Closing must not hide what went wrong before; the log is replayed at the next open.
        pass
    engine.dispose()
    _KEYS.pop(engine, None)
