"""A policy or protocol as texts in fields and back: one field, one place in the document. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mnclinic.domain.typed_values import Reading, any_code
from mnclinic.ui.forms.fields import BETWEEN, Field, State, Trouble, codes_of

Json = Mapping[str, Any]
Path = tuple[str | int, ...]


def path_words(path: Path) -> str:
    """A place as problems name it: roles[2].credential."""
    words = ""
    for part in path:
        words = f"{words}[{part}]" if isinstance(part, int) else f"{words}.{part}" if words else part
    return words


def moved_up(key: str, name: str, number: int) -> str:
    """A field's place once a row of the list `name` is taken out; empty where it stood in that row."""
    begins = f"{name}["
    if not key.startswith(begins):
        return key
    at_row, _, rest = key.removeprefix(begins).partition("]")
    if int(at_row) == number:
        return ""
    return f"{begins}{int(at_row) - (int(at_row) > number)}]{rest}"


def at(document: Any, path: Path) -> Any:
    """What stands at a place; None where nothing does."""
    for part in path:
        if isinstance(document, Mapping):
            document = document.get(part)
        elif isinstance(document, list) and isinstance(part, int) and part < len(document):
            document = document[part]
        else:
            return None
    return document


def put_at(document: Any, path: Path, value: Any) -> Any:
    """The document with another value at a place; what is around it is copied, never changed."""
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(document, list) and isinstance(part, int):
        return [put_at(one, rest, value) if number == part else one for number, one in enumerate(document)]
    return {**document, part: put_at(document.get(part, {}), rest, value)}


LEFT_OUT = object()
"""Instead of a value: the place is not to be in the document at all."""


def without(document: Any, path: Path) -> Any:
    """The document without what stands at a place of objects alone; what is around it is copied."""
    part, rest = path[0], path[1:]
    if rest:
        return put_at(document, (part,), without(document.get(part, {}), rest))
    return {name: value for name, value in document.items() if name != part}


@dataclass(frozen=True)
class Leaf:
    """One field and its place. `to_text` and `to_value` turn what stands there into a text and back.

    `to_value` raises ValueError with a sentence for a text that it cannot read. A text that was not changed
    leaves the document as it is.
    """

    path: Path
    field: Field
    to_text: Callable[[Any], str]
    to_value: Callable[[str], Any]

    def flat(self, document: Json) -> State:
        """The text of the field."""
        text = self.to_text(at(document, self.path))
        return {self.field.key: text} if text else {}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """Put the field's value in its place."""
        text = state.get(self.field.key, "")
        if text == self.to_text(at(document, self.path)):
            return
        reading = self.field.read(text)
        problem = reading.problem
        if not problem:
            try:
                value = self.to_value(reading.value)
                changed = (
                    without(document, self.path) if value is LEFT_OUT else put_at(document, self.path, value)
                )
            except ValueError as error:
                problem = str(error)
            else:
                document.clear()
                document.update(changed)
        if problem:
            yield Trouble(self.field.key, problem)


def leaf(path: Path, field: Field, kind: "ValueKind") -> Leaf:
    """A field at a place, named after it."""
    key = path_words(path)
    named = replace(
        field, key=key, name=f"rules.{key}", rule=field.rule if field.rule is not any_code else kind.rule
    )
    return Leaf(path, named, kind.to_text, kind.to_value)


@dataclass(frozen=True)
class ValueKind:
    """How one kind of JSON value is written in a field."""

    to_text: Callable[[Any], str]
    to_value: Callable[[str], Any]
    rule: Callable[[str], Reading] = lambda typed: Reading(typed.strip())


def _text(value: Any) -> str:
    return "" if value is None else str(value)


TEXT = ValueKind(_text, str)
"""Text, which may be empty."""

TEXT_OR_UNKNOWN = ValueKind(_text, lambda text: text or None)
"""Text, a code or a day; null where the field is empty."""

NAME_OR_LEFT_OUT = ValueKind(_text, lambda text: text or LEFT_OUT)
"""A name; where the field is empty, the document does not have it."""

WHOLE = ValueKind(_text, lambda text: int(text) if text else None)
"""A whole number; null where the field is empty. The field's rule has seen to the digits."""

YES_NO = ValueKind(
    lambda value: "" if value is None else "yes" if value else "no",
    lambda text: None if not text else text == "yes",
)
"""True, false, or null where nothing is chosen."""


def _names_text(value: Any) -> str:
    return BETWEEN.join(value or ())


NAMES = ValueKind(_names_text, codes_of)
"""A list of short names, with commas between."""

NAMES_OR_UNKNOWN = ValueKind(_names_text, lambda text: codes_of(text) or None)
"""The same; null where the field is empty."""


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]


LINES = ValueKind(lambda value: "\n".join(value or ()), _lines)
"""A list of sentences, one a line."""


def rows_kind(
    names: Sequence[str], say: Callable[[Json], Sequence[str]], read: Callable[[list[str]], Json]
) -> ValueKind:
    """A list of small objects, one a line, their parts divided by |. `names` tell what a line holds."""
    form = " | ".join(names)

    def to_value(text: str) -> list[Json]:
        rows = []
        for number, line in enumerate(_lines(text), 1):
            parts = [one.strip() for one in line.split("|")]
            if len(parts) != len(names):
                raise ValueError(f"Line {number}: write {form}, with | between.")
            try:
                rows.append(read(parts))
            except ValueError:
                raise ValueError(
                    f"Line {number}: write {form}, with whole numbers where they are asked."
                ) from None
        return rows

    return ValueKind(lambda value: "\n".join(" | ".join(say(row)) for row in value or ()), to_value)


def _or_none(text: str) -> str | None:
    return text or None


PROVIDERS = rows_kind(
    ("user name", "first day", "last day or nothing"),
    lambda row: (row["user"], row["valid_from"], row["valid_to"] or ""),
    lambda parts: {"user": parts[0], "valid_from": parts[1], "valid_to": _or_none(parts[2])},
)
PHOTOS = rows_kind(
    ("before, after or follow_up", "what is seen"),
    lambda row: (row["when"], row["view"]),
    lambda parts: {"view": parts[1], "when": parts[0]},
)
FOLLOWUP = rows_kind(
    (
        "hours after",
        "call, message, visit or photo",
        "for whom in words or nothing",
        "conditions or nothing",
        "source",
        "confidence",
    ),
    lambda row: (
        str(row["offset_h"]),
        row["kind"],
        row["condition"],
        ", ".join(row.get("only_when", ())),
        row["source"],
        row["confidence"],
    ),
    lambda parts: {
        "offset_h": int(parts[0]),
        "unit": "hours",
        "kind": parts[1],
        "condition": parts[2],
        **({"only_when": [one.strip() for one in parts[3].split(",")]} if parts[3] else {}),
        "source": parts[4],
        "confidence": parts[5],
    },
)
NOTICES = rows_kind(
    ("what it says", "where", "size or nothing", "last seen there or nothing", "source", "confidence"),
    lambda row: (
        row["text"], row["where"], row["size"], row["last_verified"] or "", row["source"], row["confidence"],
    ),
    lambda parts: {
        "text": parts[0],
        "where": parts[1],
        "size": parts[2],
        "last_verified": _or_none(parts[3]),
        "source": parts[4],
        "confidence": parts[5],
    },
)  # fmt: skip
