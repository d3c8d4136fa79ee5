"""What a database holds, so that a copy of it can be proven before anything relies on it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import DatabaseDamaged

COPY_DIFFERS = (
    "A copy of the clinic's database was made and does not hold the same, so it was not used. "
    "Nothing was changed and the database itself is as it was. Check the disk, then try again."
)
ROWS_BREAK_RULES = (
    "The clinic's database holds rows that mnclinic never writes, so no copy of it was used. Nothing was "
    "changed and the database itself is as it was. Look at all of it with: mnclinic check. Then restore a "
    "backup from before that, and ask for help if there is none."
)


@dataclass(frozen=True)
class Contents:
    """Every named object with its words, and for each table how many rows and the SHA-256 over them."""

    objects: frozenset[tuple[str, str, str]]
    tables: Mapping[str, tuple[int, str]]


def rows_in(connection: sqlcipher.Connection) -> int:
    """How many rows there are in all tables together: far quicker than to read them."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    # Names of our own migrations, from the database's own list.
    counted = (connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() for (name,) in tables)  # noqa: S608
    return sum(count for (count,) in counted)


def contents_of(connection: sqlcipher.Connection, *, read: Callable[[], None] = lambda: None) -> Contents:
    """Read everything. Two databases with equal contents hold the same rows in the same order.

    `read` is called after each row.
    """
    rows = connection.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall()
    tables = {}
    for name in sorted(name for kind, name, _ in rows if kind == "table"):
        digest, count = hashlib.sha256(), 0
        # A name of our own migrations, from the database's own list.
        for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - see above
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
            count += 1
            read()
        tables[name] = (count, digest.hexdigest())
    return Contents(frozenset(rows), tables)


def assert_sound(connection: sqlcipher.Connection) -> None:
    """Raise DatabaseDamaged unless every page's seal and the structure of every table and index hold.

    Rows that break the rules of their table have a sentence of their own.
    """
    broken = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    said = connection.execute("PRAGMA integrity_check").fetchall()
    if not broken and all("CHECK constraint failed" in what or "NULL value in" in what for (what,) in said):
        # Written whole and sealed, so they were copied as they stand: no disk does that.
        raise DatabaseDamaged(ROWS_BREAK_RULES)
    if broken or said != [("ok",)]:
        raise DatabaseDamaged(COPY_DIFFERS)


def assert_same(original: Contents, copy: Contents) -> None:
    """Raise DatabaseDamaged unless the copy holds what the original holds."""
    if original != copy:
        raise DatabaseDamaged(COPY_DIFFERS)
