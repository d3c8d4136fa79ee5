"""The log's tree as it is stored: its size, roots and proofs in a few look-ups, without reading the log.

And how its tables are read where every row of them is wanted.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.audit.tree import HASH_BYTES, NodeLookup, consistency_proof, inclusion_proof, root_at
from mnclinic.store.engine import FAILED, READ_TEXT

_NODE = text("SELECT hash FROM log_node WHERE level = :level AND position = :position")


def stored_nodes(connection: Connection) -> NodeLookup:
    """Finds complete subtrees in the database. Raises KeyError where no hash stands in its place."""

    def node(level: int, position: int) -> bytes:
        digest = connection.scalar(_NODE, {"level": level, "position": position})
        if type(digest) is not bytes or len(digest) != HASH_BYTES:
            raise KeyError(level, position)
        return digest

    return node


def log_size_of(connection: Connection) -> int:
    """How many entries the log in this database has."""
    return int(connection.scalar(text("SELECT coalesce(max(seq), 0) FROM log_entry")) or 0)


def root_in(connection: Connection, size: int) -> bytes:
    """The root of the log's first `size` entries, from its stored hashes. Raises KeyError if one lacks."""
    return root_at(size, stored_nodes(connection))


def inclusion_in(connection: Connection, seq: int, size: int) -> tuple[bytes, ...]:
    """Proof that entry `seq` (from 1) is in the log of `size` entries. Raises KeyError, ValueError."""
    return inclusion_proof(seq - 1, size, stored_nodes(connection))


def consistency_in(connection: Connection, old_size: int, new_size: int) -> tuple[bytes, ...]:
    """Proof that the log of `old_size` entries is the beginning of that of `new_size`.

    Raises KeyError where a stored hash lacks, ValueError for sizes in the wrong order.
    """
    return consistency_proof(old_size, new_size, stored_nodes(connection))


def plain_rows(
    connection: Connection, statement: str, parameters: Mapping[str, int]
) -> list[tuple[Any, ...]]:
    """Rows as the driver gives them, for a table of millions: what is put around each costs as much as it.

    Text is read by the driver itself, in half the time, and only where something is none the way it is read
    everywhere. Raises DBAPIError, as every other question to the database.
    """
    raw = connection.connection.driver_connection
    if raw is None:
        raise AssertionError("a connection that is read over is open")
    try:
        return _by_the_driver(raw, statement, parameters) or _as_everywhere(raw, statement, parameters)
    except sqlcipher.Error as error:
        # Nobody else sees this failure, and after one the connection can call sound pages damaged.
        connection.info[FAILED] = True
        raise DBAPIError(statement, None, error, hide_parameters=True) from error


def _by_the_driver(
    raw: sqlcipher.Connection, statement: str, parameters: Mapping[str, int]
) -> list[tuple[Any, ...]]:
    """The rows, or none where some text is not."""
    raw.text_factory = str
    try:
        return _as_everywhere(raw, statement, parameters)
    except sqlcipher.OperationalError as error:
        if "decode" not in str(error):
            raise
        return []
    finally:
        raw.text_factory = READ_TEXT


def _as_everywhere(
    raw: sqlcipher.Connection, statement: str, parameters: Mapping[str, int]
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = raw.execute(statement, parameters).fetchall()
    return rows
