"""Rows as the driver gives them, where what is put around each would cost more than reading it.

So it is where every row of millions is read, and where a list is asked for anew at each key.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.store.engine import FAILED, READ_TEXT


def plain_rows(
    connection: Connection, statement: str, parameters: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    """What a statement finds, as tuples of what is stored.

    Text is read by the driver itself, in half the time, and only where something is none the way it is read
    everywhere. Raises DBAPIError, as every other question to the database.
    """
    raw = connection.connection.driver_connection
    if raw is None:
        raise AssertionError("a connection that is read over is open")
    try:
        found = _by_the_driver(raw, statement, parameters)
        return _as_everywhere(raw, statement, parameters) if found is None else found
    except sqlcipher.Error as error:
        # Nobody else sees this failure, and after one the connection can call sound pages damaged.
        connection.info[FAILED] = True
        raise DBAPIError(statement, None, error, hide_parameters=True) from error


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
