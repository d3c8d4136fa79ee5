"""What of a database's own form is not as the migrations make it.

A trigger, index or column that somebody planted works at every write and leaves no row that could be held
against the log. So every object of the database is held against those that the migrations make, which
stand in `resources/database`; a test compares the two, because running the migrations takes half a second.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import cast

from sqlalchemy import Connection, text

from mnclinic.resource_files import resource_text
from mnclinic.store.migrate import NEWEST

Objects = Mapping[tuple[str, str], tuple[str, str | None]]
"""By type and name: the table, and the words that made it, each run of spaces as one."""


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
    return {(row.type, row.name): (row.tbl_name, _plain(row.sql)) for row in rows}


def resource_of(revision: str) -> str:
    """The name of the resource that has the objects of a revision: rows of type, name, table and words."""
    return f"database/objects_{revision}.json"


def odd_objects(connection: Connection) -> tuple[Odd, ...]:
    """What is not as the migrations make it, by type and name. The database is at the newest revision."""
    made = {
        (kind, name): (table, cast("str | None", sql))
        for kind, name, table, sql in json.loads(resource_text(resource_of(NEWEST)))
    }
    here = objects_of(connection)
    odd = []
    for place in sorted(made.keys() | here.keys()):
        if made.get(place) != here.get(place):
            how = How.PLANTED if place not in made else How.MISSING if place not in here else How.OTHER
            kind, name = place
            odd.append(Odd(kind, name, (here.get(place) or made[place])[0], how))
    return tuple(odd)


def _plain(sql: str | None) -> str | None:
    return None if sql is None else " ".join(sql.split())
