"""What an attacker holds and does with it: the database open under its own key, and the log's arithmetic.

The database key opens the installation's private key too, so checkpoints and entries can be signed with it.
Nobody else's private key is within reach.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.note import build_checkpoint
from mnclinic.audit.signing import entry_signing_bytes
from mnclinic.audit.tree import MemoryTree, leaf_hash
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.signing_keys import InstallationKey, unwrap_installation_key
from mnclinic.security.slots import unlock
from mnclinic.store.engine import DATABASE_NAME, key_literal
from tests.services.clinic_builder import PASSWORDS

ZERO = "0" * 64
Row = dict[str, Any]


@dataclass
class Entry:
    """A log entry in the attacker's hands."""

    data: bytes
    signature: bytes

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields; empty where the bytes are no JSON."""
        try:
            fields: dict[str, Any] = json.loads(self.data)
        except ValueError:
            return {}
        return fields


@dataclass(frozen=True)
class Keys:
    """The database key, its salt and the installation key."""

    database: bytes
    salt: bytes
    vault: str
    installation: InstallationKey


def keys_of(folder: Path, user: str = "reyes") -> Keys:
    """Everything that one log-in leads to, short of that person's own keys."""
    opened = unlock(load_key_file(folder).keyfile, user, PASSWORDS[user])
    database, salt = bytes(opened.database_key), opened.database_salt
    opened.forget()
    connection = connect(folder, database, salt)
    try:
        vault, wrapped = connection.execute("SELECT vault, installation_private FROM clinic").fetchone()
    finally:
        connection.close()
    return Keys(database, salt, vault, unwrap_installation_key(wrapped, database, vault_id=vault))


def connect(folder: Path, key: bytes, salt: bytes) -> Any:
    """The database in a folder, with nothing that holds back mistakes."""
    connection = sqlcipher.connect(str(folder / DATABASE_NAME), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key={key_literal(key, salt)}")
    connection.execute("PRAGMA foreign_keys=off")
    connection.execute("PRAGMA ignore_check_constraints=on")
    return connection


class Hands:
    """The open database."""

    def __init__(self, connection: Any, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def rows(self, table: str) -> list[Row]:
        """Every row of a table with its rowid, in the order of the rowid or of the key."""
        key = "NULL AS _rowid" if table == "log_node" else "rowid AS _rowid"
        cursor = self.connection.execute(f'SELECT {key}, * FROM "{table}"')  # noqa: S608 - a table's own name
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def where(self, table: str, row: Row) -> tuple[str, list[Any]]:
        """Words that find one row again."""
        if row["_rowid"] is not None:
            return "rowid = ?", [row["_rowid"]]
        return "level = ? AND position = ?", [row["level"], row["position"]]

    def set(self, table: str, row: Row, values: Row) -> None:
        """Give one row other values; an index that holds rows apart goes where it stands in the way."""
        found, also = self.where(table, row)
        names = ", ".join(f'"{name}" = ?' for name in values)
        said = f'UPDATE "{table}" SET {names} WHERE {found}'  # noqa: S608 - names out of the schema
        self._past_indexes(table, said, [*values.values(), *also])

    def delete(self, table: str, row: Row) -> None:
        """Take one row away."""
        found, also = self.where(table, row)
        self.connection.execute(f'DELETE FROM "{table}" WHERE {found}', also)  # noqa: S608 - names out of the schema

    def insert(self, table: str, row: Row) -> None:
        """Put one row in; the rowid is the engine's to choose where the row does not say it.

        An index of its own that holds rows apart goes where it stands in the way.
        """
        values = {name: value for name, value in row.items() if name != "_rowid"}
        names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
        said = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - names out of the schema
        self._past_indexes(table, said, list(values.values()))

    def _past_indexes(self, table: str, said: str, values: list[Any]) -> None:
        try:
            self.connection.execute(said, values)
        except sqlcipher.IntegrityError:
            apart = "SELECT name FROM pragma_index_list(?) WHERE \"unique\" AND origin = 'c'"
            for (index,) in self.connection.execute(apart, (table,)).fetchall():
                self.connection.execute(f'DROP INDEX "{index}"')
            self.connection.execute(said, values)

    # --- the log ------------------------------------------------------------------------------

    def log(self) -> list[Entry]:
        """The entries in order."""
        rows = self.connection.execute("SELECT entry, signature FROM log_entry ORDER BY seq")
        return [Entry(*row) for row in rows]

    def write_log(self, entries: Sequence[Entry], *, details: dict[int, bytes] | None = None) -> None:
        """Replace the log by these entries, and everything that is computed from it.

        Columns, nodes, counts and the checkpoints of all sizes that there were, signed anew.
        """
        run = self.connection.execute
        kept = details if details is not None else dict(run("SELECT seq, detail FROM log_detail").fetchall())
        for table in ("log_entry", "log_detail", "log_node", "log_subject"):
            run(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
        tree, subjects = MemoryTree(), dict[str, tuple[int, bytes]]()
        for seq, entry in enumerate(entries, start=1):
            leaf, fields = leaf_hash(entry.data), entry.fields
            tree.append(leaf)
            self.insert("log_entry", columns_of(seq, entry, fields, leaf))
            if fields.get("subj"):
                count, _ = subjects.get(fields["subj"], (0, b""))
                subjects[fields["subj"]] = (count + 1, leaf)
            if seq in kept:
                run("INSERT INTO log_detail VALUES (?, ?)", (seq, kept[seq]))
        for level in range(tree.size.bit_length()):
            for position in range(tree.size >> level):
                run("INSERT INTO log_node VALUES (?, ?, ?)", (level, position, tree.lookup(level, position)))
        for subject, (count, leaf) in subjects.items():
            run("INSERT INTO log_subject VALUES (?, ?, ?)", (subject, count, leaf))
        self.sign_checkpoints(tree)

    def sign_checkpoints(self, tree: MemoryTree) -> None:
        """Every checkpoint that is stored, for this tree; those beyond it go."""
        self.connection.execute("DELETE FROM checkpoint WHERE size > ?", (tree.size,))
        for (size,) in self.connection.execute("SELECT size FROM checkpoint").fetchall():
            note = self.checkpoint(size, tree.root_at(size))
            self.connection.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (note, size))

    def checkpoint(self, size: int, root: bytes) -> bytes:
        """A checkpoint with the installation's own signature."""
        key = self.keys.installation
        return build_checkpoint(self.keys.vault, size, root, public=key.public, sign=key.sign)

    def rechain(self, entries: Sequence[Entry], start: int, *, by_installation: bool = False) -> list[Entry]:
        """The entries with numbers, links and counts put right from index `start` on.

        What the installation signed is signed anew; with `by_installation` everything else that changed is
        given to the installation too. Otherwise other people's signatures stay what they were.
        """
        done: list[Entry] = []
        subjects: dict[str, tuple[int, str]] = {}
        previous = ZERO
        for index, old in enumerate(entries):
            entry, fields = old, old.fields
            if index >= start and fields:
                fields["seq"], fields["prev"] = index + 1, previous
                if fields["subj"]:
                    count, last = subjects.get(fields["subj"], (0, ZERO))
                    fields["ssq"], fields["sprev"] = count + 1, last
                entry = self.signed(fields, old, by_installation=by_installation)
            leaf = leaf_hash(entry.data).hex()
            if fields.get("subj"):
                subjects[fields["subj"]] = (subjects.get(fields["subj"], (0, ZERO))[0] + 1, leaf)
            done.append(entry)
            previous = leaf
        return done

    def signed(self, fields: dict[str, Any], before: Entry, *, by_installation: bool = False) -> Entry:
        """An entry of these fields, signed where the key is in hand."""
        key = self.keys.installation
        if by_installation and canonical_bytes(fields) != before.data:
            fields["actor"] = {"uid": None, "role": None, "key": key.key_id}
        data = canonical_bytes(fields)
        if fields["actor"]["key"] != key.key_id:
            return Entry(data, before.signature)
        return Entry(data, key.sign(entry_signing_bytes(leaf_hash(data))))


def columns_of(seq: int, entry: Entry, fields: dict[str, Any], leaf: bytes) -> Row:
    """The row of an entry, its columns read from its bytes."""
    named = fields.get("obj") or {"t": None, "id": None}
    actor = fields.get("actor") or {"uid": None}
    return {
        "seq": seq,
        "entry": entry.data,
        "leaf": leaf,
        "signature": entry.signature,
        "action": fields.get("action", ""),
        "subject": fields.get("subj"),
        "object_id": named["id"],
        "at": fields.get("ts", ""),
        "is_clock_back": int(fields.get("clk") == "back"),
        "actor": actor["uid"],
        "kind": fields.get("kind", ""),
        "object_kind": named["t"],
    }


@contextmanager
def in_hand(folder: Path, keys: Keys) -> Iterator[Hands]:
    """The database of a closed clinic, its triggers out of the way; they are put back afterwards."""
    connection = connect(folder, keys.database, keys.salt)
    try:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        yield Hands(connection, keys)
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    for path in folder.glob(f"{DATABASE_NAME}-*"):
        with suppress(FileNotFoundError):
            path.unlink()


def text64(data: bytes) -> str:
    """Base64 as documents hold it."""
    return base64.b64encode(data).decode("ascii")
