"""Parts of a document and the fields they come from: read into a state, and put back. Pure.

A part is in the document exactly when it can be read and is whole. What cannot be read stays in the state,
is kept as a draft, and is told beside its field.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from mnclinic.errors import Problem
from mnclinic.ui.forms.fields import Field, State, Trouble

Json = Mapping[str, Any]


class Part(Protocol):
    """One part of a document."""

    def flat(self, document: Json) -> State:
        """What the document holds of it, as texts by key."""

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """Put what the state holds of it into the document, and tell what cannot be read."""


@dataclass(frozen=True)
class Single:
    """A field that is a value of its own at the top of the document. One that `stays` is never taken out."""

    field: Field
    stays: bool = False

    def flat(self, document: Json) -> State:
        """The text of the value."""
        held = document.get(self.field.key)
        return {self.field.key: str(held)} if held not in {None, ""} else {}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The value, where there is one."""
        key = self.field.key
        reading = self.field.read(state.get(key, ""))
        if reading.is_read:
            document[key] = reading.value
        elif not self.stays:
            document.pop(key, None)
        if reading.problem or (self.stays and not reading.is_read):
            yield Trouble(key, reading.problem, is_missing=not reading.problem)


@dataclass(frozen=True)
class Group:
    """Fields that are one object of the document, which is there when all that are needed can be read.

    `numbers` are those whose values are whole numbers. `beside` is what stands with them without a field,
    made when they are filled in. What the object held before and no field shows stays as long as the value
    of `identity` is the same.
    """

    name: str
    fields: tuple[Field, ...]
    numbers: frozenset[str] = frozenset()
    beside: Callable[[], Json] = dict
    identity: str = ""

    def flat(self, document: Json) -> State:
        """The texts of the object's values."""
        held = document.get(self.name) or {}
        return {
            field.key: str(held[name])
            for field, name in self._named()
            if name in held and held[name] not in {None, ""}
        }

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The object, where it is whole."""
        readings = {name: field.read(state.get(field.key, "")) for field, name in self._named()}
        is_begun = any(state.get(field.key, "").strip() for field in self.fields)
        troubles = list(self._troubles(state)) if is_begun else []
        if not is_begun or troubles:
            document.pop(self.name, None)
            yield from troubles
            return
        values = {
            name: int(one.value) if name in self.numbers else one.value
            for name, one in readings.items()
            if one.is_read
        }
        before = document.get(self.name) or {}
        if self.identity and before.get(self.identity) != values.get(self.identity):
            before = {}
        known = {name for _, name in self._named()}
        kept = {name: value for name, value in before.items() if name not in known}
        document[self.name] = dict(self.beside()) | kept | values

    def _named(self) -> Iterator[tuple[Field, str]]:
        for field in self.fields:
            yield field, field.key.removeprefix(f"{self.name}.")

    def _troubles(self, state: Mapping[str, str]) -> Iterator[Trouble]:
        for field in self.fields:
            reading = field.read(state.get(field.key, ""))
            if reading.problem:
                yield Trouble(field.key, reading.problem)
            elif field.is_needed and not reading.is_read:
                yield Trouble(field.key, "", is_missing=True)


@dataclass(frozen=True)
class Rows:
    """A list of objects, each a row of the same fields. The state counts the rows under the list's name.

    A row that is not whole yet is left out of the document and stays on the screen. So is one with cells that
    were carried over and that nobody confirmed: the state names them, with commas, under the row's `carried`.
    A row in which nothing stands but what it began with is none.
    """

    name: str
    fields: tuple[Field, ...]
    numbers: frozenset[str] = frozenset()
    besides: tuple[Field, ...] = ()
    """Fields of a row that are no columns of its own: they go with the row all the same."""
    carried: str = ""
    """The name of a row's mark for what was carried over; empty where nothing ever is."""

    @property
    def every_field(self) -> tuple[Field, ...]:
        """The columns, and what goes with them."""
        return (*self.fields, *self.besides)

    def key(self, row: int, field: str) -> str:
        """The key of a cell."""
        return f"{self.name}.{row}.{field}"

    def count(self, state: Mapping[str, str]) -> int:
        """How many rows there are."""
        return int(state.get(self.name) or 0)

    def flat(self, document: Json) -> State:
        """The texts of every cell."""
        rows = document.get(self.name) or ()
        return self.of_rows(
            [{field.key: text_of(one.get(field.key)) for field in self.every_field} for one in rows]
        )

    def rows(self, state: Mapping[str, str]) -> list[State]:
        """The rows, each as texts by field."""
        marks = (self.carried,) if self.carried else ()
        names = (*(field.key for field in self.every_field), *marks)
        return [
            {name: state.get(self.key(row, name), "") for name in names} for row in range(self.count(state))
        ]

    def carried_cells(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """The cells of a row that were carried over and that nobody confirmed yet."""
        return tuple(one for one in row.get(self.carried, "").split(",") if one)

    def is_empty(self, row: Mapping[str, str]) -> bool:
        """Whether nobody put anything into a row."""
        return all(row[field.key] in {"", field.default} for field in self.every_field)

    def of_rows(self, rows: Sequence[Mapping[str, str]]) -> State:
        """The state that these rows are."""
        made = {
            self.key(number, name): text
            for number, row in enumerate(rows)
            for name, text in row.items()
            if text
        }
        return made | ({self.name: str(len(rows))} if rows else {})

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The rows that are whole, in their order."""
        whole = []
        before = document.get(self.name) or ()
        for number, row in enumerate(self.rows(state)):
            if self.is_empty(row):
                continue
            readings = {field.key: field.read(row[field.key]) for field in self.every_field}
            troubles = [
                Trouble(self.key(number, cell), "", is_missing=True, is_carried=True)
                for cell in self.carried_cells(row)
            ]
            for field in self.every_field:
                key, reading = self.key(number, field.key), readings[field.key]
                if reading.problem:
                    troubles.append(Trouble(key, reading.problem))
                elif field.is_needed and not reading.is_read:
                    troubles.append(Trouble(key, "", is_missing=True))
            yield from troubles
            if not troubles:
                whole.append(self._object(readings, before[number] if number < len(before) else {}))
        if whole:
            document[self.name] = whole
        else:
            document.pop(self.name, None)

    def _object(self, readings: Mapping[str, Any], before: Json) -> dict[str, Any]:
        values = {
            name: int(one.value) if name in self.numbers else one.value
            for name, one in readings.items()
            if one.is_read
        }
        # A note that was stored as empty stays so; the record is not changed by being looked at.
        kept = {name: "" for name in readings if name not in values and before.get(name) == ""}
        return kept | values

    def whole_rows(self, state: Mapping[str, str]) -> list[int]:
        """The numbers of the rows that are in the document, in its order."""
        return [
            number
            for number, row in enumerate(self.rows(state))
            if not self.is_empty(row)
            and not self.carried_cells(row)
            and all(
                not (reading := field.read(row[field.key])).problem
                and (reading.is_read or not field.is_needed)
                for field in self.every_field
            )
        ]


def text_of(value: object) -> str:
    """A value of a document as a field shows it; nothing as an empty text, and 0 as what it is."""
    return "" if value is None else str(value)


def _nothing_wrong(_document: Json) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True)
class Form:
    """The parts of a document that people fill in.

    `contradictions` are the domain's rule for parts that fit their form and contradict each other.
    """

    parts: tuple[Part, ...]
    contradictions: Callable[[Json], Iterable[Problem]] = _nothing_wrong
    key_of: Callable[[str], str] = str
    """The key of the field that stands for a place in the document, where it is another one."""

    def flat(self, document: Json) -> State:
        """What a document holds, as texts by key."""
        state: State = {}
        for part in self.parts:
            state |= part.flat(document)
        return state

    def compose(self, state: Mapping[str, str], document: Json) -> tuple[dict[str, Any], tuple[Trouble, ...]]:
        """The document with what the state holds, and everything in the state that is not in it."""
        made = dict(document)
        troubles = [trouble for part in self.parts for trouble in part.put(state, made)]
        for problem in list(self.contradictions(made)):
            troubles.append(Trouble(self.key_of(problem.where), problem.what))
            made.pop(problem.where.partition(".")[0].partition("[")[0], None)
        return made, tuple(troubles)


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The keys whose texts differ, in order."""
    return sorted(key for key in one.keys() | other.keys() if one.get(key, "") != other.get(key, ""))
