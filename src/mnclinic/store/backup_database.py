"""A backup's database, opened where it lies and never written to: no `-wal` or `-shm` appears beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import BackupUnusable
from mnclinic.store.engine import READ_TEXT, assert_encrypted_engine, assert_not_plaintext, key_literal
from mnclinic.store.trouble import told_plainly

_SETTINGS = (
    "query_only=on",
    "foreign_keys=on",
    "temp_store=memory",
    "cache_size=-65536",
    "trusted_schema=off",
    "cell_size_check=on",
    "mmap_size=0",
)

DOES_NOT_OPEN = (
    "The database in this backup cannot be read with these keys: it is damaged or belongs to another "
    "clinic. Nothing was changed. Use another backup."
)


def open_copy(path: Path, key: bytes, salt: bytes) -> Engine:
    """An engine that reads an encrypted database which nobody else writes to.

    Args:
        path: The file. It is taken as unchanging: no lock and no journal is looked for.
        key: 32 raw bytes.
        salt: 16 bytes.

    Raises:
        ValueError: a key or salt of the wrong length: a defect of the caller.
        DatabaseNotEncrypted: nothing was read.
        BackupUnusable: at the first connection, when the key does not open it.
    """
    pragma_key = f"PRAGMA key={key_literal(key, salt)}"
    assert_encrypted_engine()
    with told_plainly():
        assert_not_plaintext(path)
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=_creator(path, pragma_key),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading_copy(path: Path, key: bytes, salt: bytes) -> Iterator[Session]:
    """A session over such a database, closed with everything behind it."""
    engine = open_copy(path, key, salt)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def newest_checkpoint(connection: Connection) -> bytes | None:
    """The newest signed head that is stored in this database."""
    note = connection.scalar(text("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1"))
    return None if note is None else bytes(note)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _creator(path: Path, pragma_key: str) -> Callable[[], sqlcipher.Connection]:
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"

    def connect() -> sqlcipher.Connection:
        connection = sqlcipher.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
        connection.text_factory = READ_TEXT
        try:
            # Silent first: a wrong key would print lines of its own to standard error.
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(pragma_key)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
        except sqlcipher.OperationalError:
            connection.close()
            raise
        except sqlcipher.DatabaseError as error:
            connection.close()
            raise BackupUnusable(DOES_NOT_OPEN) from error
        return connection

    return connect
