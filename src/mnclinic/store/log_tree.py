"""The log's tree as it is stored: its size, roots and proofs in a few look-ups, without reading the log."""

from sqlalchemy import Connection, text

from mnclinic.audit.tree import HASH_BYTES, NodeLookup, consistency_proof, inclusion_proof, root_at

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
