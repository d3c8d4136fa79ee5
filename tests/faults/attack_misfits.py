"""Values that no program of ours writes, in any column of evidence: of another type, length, depth or form.

Half the time a value of another row is changed too, to one that reads well: neither must hide the other.
"""

import json
import random
import unicodedata
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.models.base import Blob, Day, Instant
from tests.faults.attack_edits import (
    NOT_EVIDENCE_COLUMNS,
    Attack,
    Done,
    evidence,
    held_apart,
    names_of,
    other_value,
    says_something,
)
from tests.faults.attack_hands import Hands, Row

TOO_LARGE = 2**60
DEEP = b"[" * 100_000
NFD = unicodedata.normalize("NFD", "é")


def attacks_with_misfits() -> list[tuple[str, Attack]]:
    """By name, each kind of misfit in each column of evidence that can hold it."""
    return [
        (f"misfit {name}.{column.name}: {kind}", _misfit(name, column, kind))
        for name, table in evidence().items()
        for column in table.columns
        if f"{name}.{column.name}" not in NOT_EVIDENCE_COLUMNS
        for kind in kinds_of(column)
    ]


def kinds_of(column: Column[Any]) -> tuple[str, ...]:
    """What can be put into a column; a number that is the row's own key takes nothing but numbers."""
    if isinstance(column.type, Blob):
        kinds: tuple[str, ...] = (
            "text",
            "shorter",
            "longer",
            "empty",
            "a key less",
            "deep",
            "a list",
        )
    elif isinstance(column.type, Instant | Day):
        kinds = ("bytes", "shorter", "longer", "NFD")
    elif column.type.python_type is str:
        kinds = ("bytes", "longer", "NFD", "too large")
    elif column.primary_key and len(column.table.primary_key.columns) == 1:
        return ("too large",)
    else:
        kinds = ("text", "bytes", "too large", "a fraction")
    return (*kinds, "null") if column.nullable else kinds


def _value(kind: str, value: object) -> object:
    data = value if isinstance(value, bytes) else str(value).encode()
    is_bytes = isinstance(value, bytes)
    match kind:
        case "text":
            return "something"
        case "bytes":
            return data
        case "shorter":
            return data[: len(data) // 2] if is_bytes else str(value)[: len(str(value)) // 2]
        case "longer":
            return data + data if is_bytes else f"{value}{value}"
        case "empty":
            return b""
        case "a key less":
            return _a_key_less(data)
        case "deep":
            return DEEP
        case "a list":
            return b"[]"
        case "NFD":
            return f"{value}{NFD}"
        case "too large":
            return TOO_LARGE
        case "a fraction":
            return 0.5
        case _:
            return None


def _a_key_less(data: bytes) -> bytes:
    """JSON without the last key of its object; bytes that are none without their last one."""
    try:
        document = json.loads(data)
        document.pop(max(document) if isinstance(document, dict) else -1)
    except (ValueError, AttributeError, LookupError):
        return data[:-1]
    return canonical_bytes(document)


def _misfit(table: str, column: Column[Any], kind: str) -> Attack:
    def attack(hands: Hands, chance: random.Random) -> Done | None:
        names, rows = names_of(hands, table), hands.rows(table)
        able = [
            one
            for one in rows
            if says_something(table, column.name, one) and _value(kind, one[column.name]) != one[column.name]
        ]
        if not able:
            return None
        row = chance.choice(able)
        value = _value(kind, row[column.name])
        hands.set(table, row, {column.name: value})
        done = Done(
            f"{table}.{column.name} of {_short(row)}: {kind}", [names(row, row | {column.name: value})]
        )
        beside = [one for one in rows if one is not row]
        if beside and chance.random() < 1 / 2:
            _beside(hands, table, column.table, chance.choice(beside), chance, done)
        return done

    return attack


def _beside(hands: Hands, table: str, model: Any, row: Row, chance: random.Random, done: Done) -> None:
    """A value of another row that could stand there and does not."""
    columns = list(_free(table, model, row))
    if not columns:
        return
    names, column = names_of(hands, table), chance.choice(columns)
    value = other_value(column, row[column.name], [], chance)
    hands.set(table, row, {column.name: value})
    done.what += f", and {column.name} of {_short(row)}"
    done.names.append(names(row, row | {column.name: value}))


def _free(table: str, model: Any, row: Row) -> Iterator[Column[Any]]:
    apart = held_apart(model)
    for column in model.columns:
        if (
            not column.primary_key
            and column.name not in apart
            and f"{table}.{column.name}" not in NOT_EVIDENCE_COLUMNS
            and says_something(table, column.name, row)
        ):
            yield column


def _short(row: Row) -> str:
    return str(next(value for name, value in row.items() if name != "_rowid"))[:16]
