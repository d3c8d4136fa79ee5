"""Hold every value against the form in which mnclinic writes it, and name the row that holds another.

The other parts of the check read rows as objects; one value that is none would keep a part from saying
anything of its other rows. The log's own large tables are left to whoever reads them through.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from mnclinic.models import Table
from mnclinic.models.base import Blob, Day, Instant
from mnclinic.services.cell_forms import form_of, in_words, named_in_sql
from mnclinic.services.check_rows import StoreFinding

READ_ELSEWHERE = frozenset({"log_entry", "log_detail", "log_node"})

NOT_HASHED = frozenset(
    {"name_slip", "patient_place", "screen_state", "backup.place", "import_batch.file_name"}
)
"""Tables, and names as the system has them, whose text never becomes canonical bytes as it stands there."""

_BEYOND_ASCII = "'*[^' || char(1) || '-' || char(127) || ']*'"

Strange = Callable[[str, tuple[Any, ...]], object]
"""Is told table and primary key of each row that is named."""


def values(session: Session, strange: Strange = lambda _table, _key: None) -> Iterator[StoreFinding]:
    """Each row with a value that mnclinic does not write. Every table is read through once.

    `strange` hears of each such row; nothing else that reads it as an object is sure to come through.
    """
    for name, table in sorted(Table.metadata.tables.items()):
        if name in READ_ELSEWHERE:
            continue
        keys = len(table.primary_key.columns)
        for place, *rest in session.execute(_wrong_forms_in(name)):
            strange(name, tuple(rest[:keys]))
            for column, is_so in zip(table.columns.keys(), rest[keys:], strict=True):
                if is_so:
                    what = f"its {column} is not in the form that mnclinic writes"
                    yield StoreFinding(in_words(place), what, table=name)
        if name not in NOT_HASHED:
            yield from _texts(session, name, strange)


@cache
def _wrong_forms_in(name: str) -> TextClause:
    """The question for a table's rows with a value in no form of its column: place, key, and which it is.

    Made once: to put the words of it together takes longer than to ask a small clinic.
    """
    table = Table.metadata.tables[name]
    keys = [f'"{one.name}"' for one in table.primary_key.columns]
    wrong = [f"NOT ({form_of(column)})" for column in table.columns]
    return text(
        f"SELECT {named_in_sql(name)}, {', '.join(keys)}, {', '.join(wrong)} "  # noqa: S608 - names out of the models
        f'FROM "{name}" WHERE {" OR ".join(wrong)}'
    )


def _texts(session: Session, name: str, strange: Strange) -> Iterator[StoreFinding]:
    """Each row with text that nothing hashed and signed can hold: no UTF-8, or not in form NFC."""
    question, columns = _texts_in(name)
    if question is None:
        return
    keys = len(Table.metadata.tables[name].primary_key.columns)
    for place, *rest in session.execute(question):
        for column, data in zip(columns, rest[keys:], strict=True):
            if data is not None and not _is_canonical(data):
                strange(name, tuple(rest[:keys]))
                what = f"its {column} is not in the form that mnclinic writes"
                yield StoreFinding(in_words(place), what, table=name)


@cache
def _texts_in(name: str) -> tuple[TextClause | None, tuple[str, ...]]:
    """The question for a table's rows with text beyond ASCII, and its columns of text; None without any."""
    table = Table.metadata.tables[name]
    names = tuple(
        column.name
        for column in table.columns
        if not isinstance(column.type, (Instant, Day, Blob))
        and column.type.python_type is str
        and f"{name}.{column.name}" not in NOT_HASHED
    )
    if not names:
        return None, ()
    keys = [f'"{one.name}"' for one in table.primary_key.columns]
    # In nearly every row all is of ASCII. A NUL ends a text for GLOB, so bytes and signs are counted too.
    beyond = [
        f'length(CAST("{one}" AS BLOB)) > length("{one}") OR "{one}" GLOB {_BEYOND_ASCII}' for one in names
    ]
    blobs = [f'CAST("{one}" AS BLOB)' for one in names]
    return (
        text(
            f"SELECT {named_in_sql(name)}, {', '.join(keys)}, {', '.join(blobs)} "  # noqa: S608 - as above
            f'FROM "{name}" WHERE {" OR ".join(beyond)}'
        ),
        names,
    )


def _is_canonical(data: bytes) -> bool:
    try:
        return unicodedata.is_normalized("NFC", data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def called(session: Session, name: str, key: tuple[Any, ...]) -> str:
    """How the row of a table with this primary key is called in findings."""
    keys = [one.name for one in Table.metadata.tables[name].primary_key.columns]
    here = " AND ".join(f'"{one}" = :k{number}' for number, one in enumerate(keys))
    place = session.scalar(
        text(f'SELECT {named_in_sql(name)} FROM "{name}" WHERE {here}'),  # noqa: S608 - as above
        {f"k{number}": part for number, part in enumerate(key)},
    )
    return in_words(place) if place is not None else name
