"""A visit goes only the ways that visits go, and what is signed is not put in another's place.

A visit that waited for the director could be put back to a draft by a statement, be changed there, and be put
forward again. What a visit may become, and which of its columns may change meanwhile:

=============================== =============================== ==============================================
from                            to                              what may change
=============================== =============================== ==============================================
draft, deferred                 draft, deferred                 what is typed, and a revision more
returned                        returned                        what is typed, and a revision more
draft, deferred                 in_review, complete_not_drawn   that, and what the performer's signing brings
returned                        in_review                       that, and what the performer's signing brings
draft, deferred                 voided                          why, when, the edition
performed                       in_review, complete_not_drawn   what the draw brings
in_review                       in_review                       its place in the queue
in_review                       signed, returned                its place in the queue, why, when, the edition
signed, complete_not_drawn,     itself alone                    nothing
voided, performed
=============================== =============================== ==============================================

Which visit it is, its number and whose it is never change; edition and revision never count down. No program
stores `performed`: signature and draw are one act. From `returned` every answer goes to the director.

The guards of deletion do not hear of a row that `INSERT OR REPLACE` or `UPDATE OR REPLACE` puts another in
the place of, except on a connection with `recursive_triggers`, as the program's own have. So rows that
signatures stand over, and visits, have a guard of their own against that.

Revision ID: 0016
Revises: 0015
"""

from collections.abc import Iterable, Iterator

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = (
    *("document", "due_at", "edition", "lights", "performed_at", "performer", "reason", "review_reasons"),
    *("revision", "saved_at", "score", "service", "visit_on"),
)
"""Of `visit`, all but those that never change and the state itself."""
TYPED = ("document", "edition", "lights", "performer", "revision", "saved_at", "service", "visit_on")
QUEUE = ("due_at", "review_reasons", "score")
UNSIGNED = ("draft", "deferred")
WAYS: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (UNSIGNED, UNSIGNED, TYPED),
    (("returned",), ("returned",), TYPED),
    (UNSIGNED, ("in_review", "complete_not_drawn"), (*TYPED, *QUEUE, "performed_at", "reason")),
    (("returned",), ("in_review",), (*TYPED, *QUEUE, "performed_at", "reason")),
    (UNSIGNED, ("voided",), ("edition", "reason", "saved_at")),
    (("performed",), ("in_review", "complete_not_drawn"), (*QUEUE, "edition", "reason", "saved_at")),
    (("in_review",), ("in_review",), QUEUE),
    (("in_review",), ("signed", "returned"), ("due_at", "edition", "reason", "saved_at", "score")),
    *(((one,), (one,), ()) for one in ("performed", "signed", "complete_not_drawn", "voided")),
)
KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "visit": (("id",), ("number",)),
    "visit_revision": (("visit_id", "revision"),),
    "visit_signature": (),
    "visit_release": (),
    "visit_amendment": (("visit_id", "position"),),
    "amendment_seen": (("visit_id", "position"),),
    "treatment_line": (("visit_id", "revision", "position"),),
    "visit_supply": (),
}
"""By what a row of each table is the only one, beside its place in the file."""


def upgrade() -> None:
    """Put the guards of visits up anew, and keep what is signed from being replaced."""
    op.execute("DROP TRIGGER visit_keeps_signed")
    other = _changed(("id", "number", "patient_ref", "rowid"))
    _guard("visit_stays_itself", other, "a visit stays the one that was begun")
    ways = " OR ".join(_goes(before, after) for before, after, _ in WAYS)
    _guard("visit_goes_its_way", f"({ways}) IS NOT TRUE", "a visit goes only the ways that visits go")
    _guard("visit_keeps_signed", " OR ".join(_wrongly_changed()), "visit keeps what was signed")
    for table, keys in KEYS.items():
        same = [" AND ".join(f"{one} = NEW.{one}" for one in names) for names in (("rowid",), *keys)]
        # A new row's place is -1 here until the database has given it one.
        op.execute(
            f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} "  # noqa: S608 - our own words
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(f'({one})' for one in same)}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was written'); END"
        )


def _wrongly_changed() -> Iterator[str]:
    for free in dict.fromkeys(columns for _, _, columns in WAYS):
        if kept := [one for one in COLUMNS if one not in free]:
            ways = " OR ".join(_goes(before, after) for before, after, columns in WAYS if columns == free)
            yield f"(({ways}) AND ({_changed(kept)}))"
    yield "NEW.edition < OLD.edition"
    yield "NEW.revision NOT IN (OLD.revision, OLD.revision + 1)"


def _guard(name: str, when: str, said: str) -> None:
    op.execute(
        f"CREATE TRIGGER {name} BEFORE UPDATE ON visit WHEN {when} BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def _goes(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    return f"(OLD.state IN {_listed(before)} AND NEW.state IN {_listed(after)})"


def _listed(states: Iterable[str]) -> str:
    return "(" + ",".join(f"'{one}'" for one in states) + ")"


def _changed(names: Iterable[str]) -> str:
    return " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in names)
