"""Statements by the driver itself, where what is put around each costs more than the statement.

So it is where every row of millions is read, where a list is asked for anew at each key, and where one act
asks and writes dozens of small things. Whoever listens to the engine's statements hears these too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.store.engine import FAILED, READ_TEXT, lasts


def plain_rows(
    connection: Connection, statement: str, parameters: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    """What a statement finds, as tuples of what is stored.

    Text is read by the driver itself, in half the time, and only where something is none the way it is read
    everywhere. Raises DBAPIError, as every other question to the database.
    """
    raw = _driver_of(connection, statement, parameters)
    try:
        found = _by_the_driver(raw, statement, parameters)
        return _as_everywhere(raw, statement, parameters) if found is None else found
    except sqlcipher.Error as error:
        raise _told(connection, statement, error) from error


def plain_write(
    connection: Connection, statement: str, rows: Mapping[str, object] | Sequence[Mapping[str, object]]
) -> None:
    """Write one row or several into the open transaction.

    Raises DBAPIError, a broken constraint as its IntegrityError, as every other write.
    """
    raw = _driver_of(connection, statement, rows)
    try:
        if isinstance(rows, Mapping):
            raw.execute(statement, rows)
        else:
            raw.executemany(statement, rows)
    except sqlcipher.Error as error:
        raise _told(connection, statement, error) from error


def _driver_of(
    connection: Connection,
    statement: str,
    parameters: Mapping[str, object] | Sequence[Mapping[str, object]],
) -> sqlcipher.Connection:
    """The driver's own connection, after whoever listens was told what it is asked."""
    is_many = not isinstance(parameters, Mapping)
    for hear in connection.dispatch.before_cursor_execute:
        hear(connection, None, statement, parameters, None, is_many)
    raw = connection.connection.driver_connection
    if raw is None:
        raise AssertionError("a connection that is asked is open")
    return raw


def _told(connection: Connection, statement: str, error: sqlcipher.Error) -> BaseException:
    if lasts(error):
        # Nobody else sees this failure, and after one the connection can call sound pages damaged.
        connection.info[FAILED] = True
    told: BaseException = DBAPIError.instance(
        statement, None, error, sqlcipher.Error, hide_parameters=True, dialect=connection.dialect
    )
    return told


def _by_the_driver(
    raw: sqlcipher.Connection, statement: str, parameters: Mapping[str, object]
) -> list[tuple[Any, ...]] | None:
    """The rows, or None where some text is not."""
    raw.text_factory = str
    try:
        return _as_everywhere(raw, statement, parameters)
    except sqlcipher.OperationalError as error:
        if "decode" not in str(error):
            raise
        return None
    finally:
        raw.text_factory = READ_TEXT


def _as_everywhere(
    raw: sqlcipher.Connection, statement: str, parameters: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = raw.execute(statement, parameters).fetchall()
    return rows
