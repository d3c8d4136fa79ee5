"""Edits of single rows that somebody makes who has the database key, over every table of evidence.

The tables and their columns come from the models, so that a new one is attacked from its first day. What is
left out stands in `NOT_EVIDENCE` with its reason.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column
from sqlalchemy.types import String

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.visit_life import OPEN_TO_EDIT, VisitState
from mnclinic.models import Table
from mnclinic.models.base import Blob
from tests.faults.attack_hands import Hands, Row
from tests.faults.attack_places import NAMES, Register

NOT_EVIDENCE: dict[str, str] = {
    "patient_place": "where the search finds somebody; the database makes it from the roster by itself",
    "name_slip": "words of names for the search; the database makes them from the roster by itself",
    "screen_state": "where somebody was when the window locked; replaced at every lock and never logged",
}

NUMBER = "a number that the database gives; nothing signed, entered or shown names it"
TIME = "for sorting; the log entry of the act has the time that counts, and this one is held to it in minutes"
NOT_EVIDENCE_COLUMNS: dict[str, str] = {
    "adverse_event.recorded_at": TIME,
    "amendment_seen.seen_at": TIME,
    "approved_document.added_at": TIME,
    "approved_document.id": NUMBER,
    "backup.checked_at": TIME,
    "backup.removed_at": TIME,
    "key_vouch.id": NUMBER,
    "licence.id": NUMBER,
    "lot.id": NUMBER,
    "patient.added_at": TIME,
    "planned_visit.added_at": TIME,
    "visit.edition": "counts changes, so that two windows do not overwrite each other",
    "visit.saved_at": TIME,
    "visit_release.id": NUMBER,
    "visit_signature.id": NUMBER,
    "visit_supply.id": NUMBER,
}
OPEN = frozenset(one.value for one in OPEN_TO_EDIT)
VOIDED = VisitState.VOIDED.value
NOT_EVIDENCE_WHILE_OPEN: dict[str, str] = {
    "visit.document": "stored while somebody types, without an entry; it is nobody's word yet",
    "visit.lights": "as last computed, for lists; the gate computes it anew, and nobody signed it",
}
WITHOUT_ORDER: dict[str, str] = {
    name: f"its rows have no order: the key is {NUMBER}"
    for name in ("approved_document", "key_vouch", "lot", "visit_release", "visit_supply")
}
WITHIN: dict[str, str] = {"licence": "staff_id", "visit_signature": "visit_id"}
"""Tables whose rows have an order only among those that share this column."""
CANNOT_BE_MISSED: dict[str, str] = {
    "delete checkpoint": "its words are true of the log that still stands; whoever kept a copy still has it",
}
"""Edits that take nothing away which anybody could miss."""


@dataclass
class Done:
    """What an attack did, and by which names each thing that it touched has to be called."""

    what: str
    names: list[set[str]] = field(default_factory=list)


Attack = Callable[[Hands, random.Random], Done | None]
"""Makes the attack; None where there is nothing to make it on."""


def evidence() -> dict[str, Any]:
    """Every table of evidence by name."""
    tables = Table.metadata.tables
    return {name: tables[name] for name in sorted(tables) if name not in NOT_EVIDENCE}


# --- other values ------------------------------------------------------------------------------


def other_value(column: Column[Any], value: object, others: list[object], chance: random.Random) -> object:
    """A value that the column could hold and does not."""
    choices = list(_changes_of(column, value, chance))
    choices += [one for one in others if one is not None]
    if column.nullable:
        choices.append(None)
    different = [one for one in choices if one != value]
    return chance.choice(different)


def _changes_of(column: Column[Any], value: object, chance: random.Random) -> Iterator[object]:
    if isinstance(column.type, Blob):
        data = bytes(value) if isinstance(value, bytes) else b"{}"
        yield _flipped(data, chance)
        yield _edited_json(data, chance)
    elif isinstance(value, int):
        yield value + 1
        yield 1 - value if value in {0, 1} else value - 1
    elif isinstance(value, str):
        yield _typed_over(value, chance)
        yield _typed_over(value, chance)
        yield f"{value}x"
    elif isinstance(column.type, String) or column.type.python_type is str:
        yield "something"
    elif column.type.python_type is int:
        yield 1
    else:
        yield "2026-11-23T15:04:05.123Z" if "at" in column.name.split("_") else "2026-11-23"


def _typed_over(text: str, chance: random.Random) -> str:
    """One digit or letter that is another one: a date stays a date, more often than not."""
    places = [at for at, sign in enumerate(text) if sign.isalnum()]
    if not places:
        return "x"
    at = chance.choice(places)
    signs = "123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz"
    return text[:at] + chance.choice(signs.replace(text[at].lower(), "")) + text[at + 1 :]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return b"x"
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _edited_json(data: bytes, chance: random.Random) -> bytes:
    """Canonical JSON with one of its leaves changed, or a flipped bit where it is none."""
    try:
        document = json.loads(data)
    except ValueError:
        return _flipped(data, chance)
    leaves: list[tuple[Any, Any]] = []

    def walk(one: object) -> None:
        items = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        for key, value in items:
            if isinstance(value, dict | list):
                walk(value)
            else:
                leaves.append((one, key))

    walk(document)
    if not leaves:
        return _flipped(data, chance)
    holder, key = chance.choice(leaves)
    value = holder[key]
    if isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, int):
        holder[key] = value + 1
    elif isinstance(value, str):
        holder[key] = _typed_over(value, chance)
    else:
        holder[key] = "x"
    return canonical_bytes(document)


# --- edits of rows -----------------------------------------------------------------------------


def attacks_on_rows() -> list[tuple[str, Attack]]:
    """Every edit of rows, by name: each column of each table in turn, and what happens to whole rows."""
    made: list[tuple[str, Attack]] = []
    for name, table in evidence().items():
        made += [
            (f"update {name}.{column.name}", _update(name, column))
            for column in table.columns
            if f"{name}.{column.name}" not in NOT_EVIDENCE_COLUMNS
        ]
        for word, edit in (
            ("insert", _insert),
            ("duplicate", _duplicate),
            ("delete", _delete),
            ("swap", _swap),
            ("reorder", _reorder),
        ):
            if f"{word} {name}" in CANNOT_BE_MISSED or (word == "reorder" and name in WITHOUT_ORDER):
                continue
            made.append((f"{word} {name}", edit(name, table)))
    return made


def says_something(table: str, column: str, row: Row) -> bool:
    """Whether something is concluded from this value of this row."""
    if f"{table}.{column}" not in NOT_EVIDENCE_WHILE_OPEN:
        return True
    return row["state"] not in OPEN and (column != "lights" or row["state"] != VOIDED)


def names_of(hands: Hands, table: str) -> Callable[..., set[str]]:
    """Tells by which names rows of a table may be called, as people and visits are called now."""
    register = Register.of(hands)

    def names(*rows: Row) -> set[str]:
        return {one for row in rows for one in NAMES[table](row, register)}

    return names


def _update(table: str, column: Column[Any]) -> Attack:
    def attack(hands: Hands, chance: random.Random) -> Done | None:
        names, rows = names_of(hands, table), hands.rows(table)
        row = chance.choice([one for one in rows if says_something(table, column.name, one)])
        taken = {one[column.name] for one in rows}
        is_apart = column.primary_key or column.name in held_apart(column.table)
        others = [] if is_apart else [one[column.name] for one in rows]
        value = other_value(column, row[column.name], others, chance)
        while is_apart and value in taken:
            value = other_value(column, value, [], chance)
        hands.set(table, row, {column.name: value})
        said = f"{table}.{column.name} of {_short(row)}: {_brief(row[column.name])} to {_brief(value)}"
        return Done(said, [names(row, row | {column.name: value})])

    return attack


def _fresh(row: Row, table: Any, rows: list[Row], chance: random.Random) -> Row:
    """The row with keys and unique columns of its own, everything else as it was."""
    fresh = dict(row)
    unique = {column.name for column in table.columns if column.unique}
    for constraint in table.constraints:
        if type(constraint).__name__ == "UniqueConstraint":
            unique.add([column.name for column in constraint.columns][-1])
    keys = [column.name for column in table.primary_key.columns]
    unique.add(keys[-1])
    for name in unique:
        taken = {one[name] for one in rows}
        value = row[name]
        while value in taken:
            value = max(taken) + 1 if isinstance(value, int) else _typed_over(str(value), chance)
        fresh[name] = value
    return fresh


def _insert(table: str, model: Any) -> Callable[[Hands, random.Random], Done | None]:
    def attack(hands: Hands, chance: random.Random) -> Done | None:
        names, rows = names_of(hands, table), hands.rows(table)
        row = _fresh(chance.choice(rows), model, rows, chance)
        free = [
            column
            for column in model.columns
            if not column.primary_key and not column.unique and not column.foreign_keys
        ]
        if free:
            column = chance.choice(free)
            row[column.name] = other_value(column, row[column.name], [], chance)
        hands.insert(table, row)
        return Done(f"{table} {_short(row)}", [names(row)])

    return attack


def _duplicate(table: str, model: Any) -> Callable[[Hands, random.Random], Done | None]:
    def attack(hands: Hands, chance: random.Random) -> Done | None:
        names, rows = names_of(hands, table), hands.rows(table)
        twin = chance.choice(rows)
        row = _fresh(twin, model, rows, chance)
        hands.insert(table, row)
        return Done(f"{table} {_short(twin)} as {_short(row)}", [names(row)])

    return attack


def _delete(table: str, _model: object) -> Attack:
    def attack(hands: Hands, chance: random.Random) -> Done | None:
        names = names_of(hands, table)
        row = chance.choice(hands.rows(table))
        hands.delete(table, row)
        return Done(f"{table} {_short(row)}", [names(row)])

    return attack


def _swap(table: str, model: Any) -> Attack:
    """Two rows change some of what they hold, never all of it: that would be another order of the same."""

    def attack(hands: Hands, chance: random.Random) -> Done | None:
        names, rows = names_of(hands, table), hands.rows(table)
        free = [
            column.name
            for column in model.columns
            if not column.primary_key
            and column.name not in held_apart(model)
            and f"{table}.{column.name}" not in NOT_EVIDENCE_COLUMNS
        ]
        pairs = []
        for at, one in enumerate(rows):
            for other in rows[at + 1 :]:
                apart = [
                    name
                    for name in free
                    if one[name] != other[name]
                    and says_something(table, name, one)
                    and says_something(table, name, other)
                ]
                if len(apart) > 1 or (apart and f"{table}.{_keys(model)[-1]}" not in NOT_EVIDENCE_COLUMNS):
                    pairs.append((one, other, apart))
        if not pairs:
            return None
        one, other, apart = chance.choice(pairs)
        some = chance.sample(apart, chance.randint(1, max(1, len(apart) - 1)))
        hands.set(table, other, {name: one[name] for name in some})
        hands.set(table, one, {name: other[name] for name in some})
        changed = (one | {name: other[name] for name in some}, other | {name: one[name] for name in some})
        said = f"{table} {_short(one)} and {_short(other)}: {', '.join(some)}"
        return Done(said, [names(one, changed[0]) | names(other, changed[1])])

    return attack


def held_apart(model: Any) -> set[str]:
    """Columns that the database keeps unique, alone or together."""
    together = {
        column.name
        for constraint in model.constraints
        if type(constraint).__name__ == "UniqueConstraint"
        for column in constraint.columns
    }
    return together | {column.name for column in model.columns if column.unique}


def _keys(model: Any) -> list[str]:
    return [column.name for column in model.primary_key.columns]


def _reorder(table: str, model: Any) -> Attack:
    """Two rows change their keys, and with them their order or what they hang on."""

    def attack(hands: Hands, chance: random.Random) -> Done | None:
        names, rows = names_of(hands, table), hands.rows(table)
        keys, within = _keys(model), WITHIN.get(table)
        pairs = [
            (one, other)
            for at, one in enumerate(rows)
            for other in rows[at + 1 :]
            if any(
                one[name] != other[name] and f"{table}.{name}" not in NOT_EVIDENCE_COLUMNS
                for name in one
                if name not in {*keys, "_rowid"}
            )
            and (within is None or one[within] == other[within])
        ]
        if not pairs:
            return None
        one, other = chance.choice(pairs)
        hands.delete(table, one)
        hands.delete(table, other)
        for row, with_key_of in ((one, other), (other, one)):
            hands.insert(table, row | {key: with_key_of[key] for key in keys})
        return Done(f"{table} {_short(one)} and {_short(other)}", [names(one) | names(other)])

    return attack


def _short(row: Row) -> str:
    return str(next(value for name, value in row.items() if name != "_rowid"))[:16]


def _brief(value: object) -> str:
    said = repr(value)
    return said if len(said) < 40 else f"{said[:37]}..."
