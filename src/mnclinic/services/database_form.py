"""At a log-in: whether the database's triggers, tables and indexes are the program's own.

And whether it can be read at all what a log-in reads: a moment that is none would shut everybody out.
"""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Engine, TextClause, text

from mnclinic.models import Table
from mnclinic.models.base import Blob, Day, Instant, reads_past_misfits
from mnclinic.services.cell_forms import form_of, in_words, named_in_sql
from mnclinic.services.session import OpenClinic
from mnclinic.store.schema import Odd, odd_objects
from mnclinic.store.trouble import told_plainly

NAMED = 3
"""So many objects are named in a sentence; the check names all of them."""

READ_AT_LOG_IN = (
    *("clinic", "staff", "licence", "key_register", "key_revocation", "key_vouch", "break_glass"),
    *("recovery_opening", "recovery_sheet"),
)
"""Tables that grow with the staff and not with the work, so that looking at them costs next to nothing."""
_ALSO = frozenset({"staff.user"})


def hold_against_schema(clinic: OpenClinic, misfits: Sequence[str] | None = None) -> None:
    """Let nothing be stored through triggers that are not the program's: they may swallow what is entered.

    Nor where what a log-in reads is not what mnclinic writes: `misfits`, where it was just asked for.
    """
    with told_plainly(), clinic.store.reading() as session:
        odd = odd_objects(session.connection())
    if misfits is None:
        misfits = misfits_at_log_in(clinic.store.engine)
    said = (_sentence(odd) if odd else None, _of_misfits(misfits) if misfits else None)
    if any(said):
        clinic.read_only = " ".join(filter(None, (*said, clinic.read_only)))


def read_past_misfits(engine: Engine) -> tuple[str, ...]:
    """Let a database be read in which a log-in would stumble; over what, as `misfits_at_log_in`."""
    found = misfits_at_log_in(engine)
    if found:
        reads_past_misfits(engine)
    return found


def misfits_at_log_in(engine: Engine) -> tuple[str, ...]:
    """The cells that a log-in reads and that are no moment or no bytes, as `key 0123abcd: enrolled_at`."""
    found: list[str] = []
    with told_plainly(), engine.connect() as connection:
        for name in READ_AT_LOG_IN:
            question, columns = _misfits_of(name)
            for place, *is_wrong in connection.execute(question):
                found += [
                    f"{in_words(place)} ({column})"
                    for column, is_so in zip(columns, is_wrong, strict=True)
                    if is_so
                ]
    return tuple(found)


@cache
def _misfits_of(name: str) -> tuple[TextClause, tuple[str, ...]]:
    """The question for a table's rows that do not fit, and the columns that it looks at."""
    columns = [
        column
        for column in Table.metadata.tables[name].columns
        if isinstance(column.type, (Instant, Day, Blob)) or f"{name}.{column.name}" in _ALSO
    ]
    wrong = [f"NOT ({form_of(column, as_json=False)})" for column in columns]
    question = text(
        f"SELECT {named_in_sql(name)}, {', '.join(wrong)} "  # noqa: S608 - names out of the models
        f'FROM "{name}" WHERE {" OR ".join(wrong)}'
    )
    return question, tuple(column.name for column in columns)


def _named(all_of_them: Sequence[str]) -> str:
    names = [*all_of_them[:NAMED]]
    if len(all_of_them) > NAMED:
        names.append(f"{len(all_of_them) - NAMED} more")
    return ", ".join(names)


def _sentence(odd: Sequence[Odd]) -> str:
    names = _named([f"{one.kind} {one.name}" for one in odd])
    return (
        f"The database was changed past mnclinic, in what keeps its tables and log: {names}. The "
        "clinic is open for reading alone, because what is stored now might be lost without a word. What was "
        "saved before is still there. Look at all of it with: mnclinic check. Then restore a backup from "
        "before that change, and ask for help if there is none."
    )


def _of_misfits(found: Sequence[str]) -> str:
    names = _named(found)
    return (
        f"The database was changed past mnclinic, in what is read at every log-in: {names}. The "
        "clinic is open for reading alone, because nothing that is stored now may stand on that. What was "
        "saved before is still there. Look at all of it with: mnclinic check. Then restore a backup from "
        "before that change, and ask for help if there is none."
    )
