"""What of a database's own form is not as the migrations make it.

A trigger, index or column that somebody planted works at every write and leaves no row that could be held
against the log. So every object of the database is held against those that the migrations make, which
stand in `resources/database`; a test compares the two, because running the migrations takes half a second.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import cast

from sqlalchemy import Connection, text

from mnclinic.resource_files import resource_text
from mnclinic.store.migrate import NEWEST, revisions_in

_SPACES = re.compile(
    r"""('(?:[^']|'')*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*\n?|/\*.*?\*/)|[ \t\n\f\r]+""", re.DOTALL
)
WORDS_KEPT = 1024
"""Of so many objects the words are not looked through anew at every log-in: all of a sound database's."""
_NUMBERS = ("user_version", "application_id")
"""What the database's own head says of its form; the migrations leave both at 0."""

Objects = Mapping[tuple[str, str], tuple[str, str | None]]
"""By type and name: the table, and the words that made it, each run of spaces outside quotes as one."""


class How(Enum):
    """What is wrong with an object of the database."""

    PLANTED = "planted"
    MISSING = "missing"
    OTHER = "other"


@dataclass(frozen=True)
class Odd:
    """An object of the database that is not as the migrations make it. `kind`: `trigger`, `table` and kin."""

    kind: str
    name: str
    table: str
    how: How


def objects_of(connection: Connection) -> Objects:
    """Every table, index, trigger and view of the database as it stands, the engine's own among them."""
    rows = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    return {(kind, name): (table, _plain(sql)) for kind, name, table, sql in rows}


def resource_of(revision: str) -> str:
    """The name of the resource that has the objects of a revision: rows of type, name, table and words."""
    return f"database/objects_{revision}.json"


def odd_objects(connection: Connection) -> tuple[Odd, ...]:
    """What is not as the migrations make it, by type and name. The database is at the newest revision."""
    made, here = _made(), objects_of(connection)
    odd = list(_odd_numbers(connection))
    for place in sorted(made.keys() | here.keys()):
        if made.get(place) != here.get(place):
            how = How.PLANTED if place not in made else How.MISSING if place not in here else How.OTHER
            kind, name = place
            odd.append(Odd(kind, name, (here.get(place) or made[place])[0], how))
    return tuple(odd)


def is_of_newest_form(connection: Connection) -> bool:
    """Whether the objects are those of the newest revision, whatever number stands beside them."""
    return objects_of(connection) == _made()


@cache
def _made() -> Objects:
    return {
        (kind, name): (table, cast("str | None", sql))
        for kind, name, table, sql in json.loads(resource_text(resource_of(NEWEST)))
    }


def _odd_numbers(connection: Connection) -> Iterator[Odd]:
    """The numbers that say of which form the database is, where they are not the newest form's."""
    if revisions_in(connection) != [NEWEST]:
        yield Odd("row", "alembic_version", "alembic_version", How.OTHER)
    for name in _NUMBERS:
        if connection.exec_driver_sql(f"PRAGMA {name}").scalar() != 0:
            yield Odd("number", name, "sqlite_master", How.OTHER)


@lru_cache(maxsize=WORDS_KEPT)
def _plain(sql: str | None) -> str | None:
    """Each run of what SQLite takes for space as one, but not in quotes and comments, where it counts."""
    return None if sql is None else _SPACES.sub(lambda found: found[1] or " ", sql).strip(" ")
