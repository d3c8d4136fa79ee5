"""Whether a document fits a published schema, as closures that are put together once.

`jsonschema` gives every reason and takes milliseconds for it. Nearly every document fits, so that alone is
asked here first, at a tenth of the time; whoever gets a no asks `jsonschema` why. Both say yes to the same
documents, as long as these hold no fraction, which a document of ours never does.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from json import dumps
from typing import Any

Fit = Callable[[Any], bool]
Formats = Mapping[str, Callable[[str], bool]]

_KINDS: Mapping[str, Fit] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int,
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
_SAYS_NOTHING = frozenset({"$schema", "$id", "$defs", "title", "description", "x-problem"})
_OF_OBJECTS = frozenset({"properties", "additionalProperties"})


class NotKnown(Exception):
    """The schema has a rule that only `jsonschema` knows."""


def fit_of(schema: Mapping[str, Any], formats: Formats) -> Fit | None:
    """The question whether a JSON value without fractions fits; None where only `jsonschema` can tell."""
    try:
        return _Reader(schema.get("$defs", {}), formats).fit(schema)
    except NotKnown:
        return None


class _Reader:
    """Reads one schema document. A definition is read once, when it is first named."""

    def __init__(self, definitions: Mapping[str, Any], formats: Formats) -> None:
        self._definitions = definitions
        self._formats = formats
        self._read: dict[str, Fit] = {}

    def fit(self, schema: Mapping[str, Any]) -> Fit:
        rules = tuple(self._rules(schema))
        if len(rules) == 1:
            return rules[0]
        return lambda value: all(rule(value) for rule in rules)

    def _rules(self, schema: Mapping[str, Any]) -> Iterator[Fit]:
        if "type" in schema:
            yield _one_kind(schema["type"])
        for name, wanted in schema.items():
            if name not in _SAYS_NOTHING | _OF_OBJECTS and name != "type":
                yield self._rule(name, wanted)
        if not _OF_OBJECTS.isdisjoint(schema):
            yield self._members(schema)

    def _rule(self, name: str, wanted: Any) -> Fit:  # noqa: ANN401 - whatever the rule takes
        match name:
            case "$ref":
                return self._named(wanted)
            case "items":
                one = self.fit(wanted)
                return lambda value: not isinstance(value, list) or all(one(item) for item in value)
            case "oneOf":
                each = tuple(self.fit(one) for one in wanted)
                return lambda value: sum(one(value) for one in each) == 1
            case "not":
                never = self.fit(wanted)
                return lambda value: not never(value)
            case "format" if wanted in self._formats:
                reads = self._formats[wanted]
                return lambda value: not isinstance(value, str) or reads(value)
            case _:
                return _plain_rule(name, wanted)

    def _named(self, reference: str) -> Fit:
        name = reference.removeprefix("#/$defs/")
        if name not in self._definitions:
            raise NotKnown
        if name not in self._read:
            # Found by name at each question, so that a definition may name itself.
            self._read[name] = partial(self._later, name)
            self._read[name] = self.fit(self._definitions[name])
        return self._read[name]

    def _later(self, name: str, value: Any) -> bool:  # noqa: ANN401 - any JSON
        return self._read[name](value)

    def _members(self, schema: Mapping[str, Any]) -> Fit:
        parts = {name: self.fit(one) for name, one in schema.get("properties", {}).items()}
        if schema.get("additionalProperties", False) is not False:
            raise NotKnown
        is_closed = "additionalProperties" in schema

        def fits(value: Any) -> bool:  # noqa: ANN401 - any JSON
            if not isinstance(value, dict):
                return True
            for name, one in value.items():
                part = parts.get(name)
                if is_closed if part is None else not part(one):
                    return False
            return True

        return fits


def _one_kind(wanted: Any) -> Fit:  # noqa: ANN401 - a name or several
    if isinstance(wanted, str):
        return _KINDS.get(wanted) or _unknown()
    kinds = tuple(_KINDS.get(one) or _unknown() for one in wanted)
    return lambda value: any(one(value) for one in kinds)


def _plain_rule(name: str, wanted: Any) -> Fit:  # noqa: ANN401 - whatever the rule takes
    """A rule that needs no other part of the schema. It says nothing about values of other kinds."""
    match name:
        case "enum" | "const":
            allowed = frozenset(map(_spelled, wanted if name == "enum" else [wanted]))
            return lambda value: _spelled(value) in allowed
        case "pattern":
            # As `read_documents` has it read: `$` is the very end.
            found = re.compile(re.sub(r"(?<!\\)\$", r"\\Z", wanted)).search
            return lambda value: not isinstance(value, str) or found(value) is not None
        case "required":
            names = frozenset(wanted)
            return lambda value: not isinstance(value, dict) or names <= value.keys()
        case "minimum":
            return lambda value: type(value) is not int or value >= wanted
        case "maximum":
            return lambda value: type(value) is not int or value <= wanted
        case "uniqueItems" if wanted is True:
            return lambda value: not isinstance(value, list) or len({*map(_spelled, value)}) == len(value)
        case _:
            return _of_length(name, wanted)


def _of_length(name: str, wanted: int) -> Fit:
    kinds: Mapping[str, type[str] | type[list[Any]] | type[dict[str, Any]]] = {
        "Length": str,
        "Items": list,
        "Properties": dict,
    }
    kind = kinds.get(name[3:]) or _unknown()
    match name[:3]:
        case "min":
            return lambda value: not isinstance(value, kind) or len(value) >= wanted
        case "max":
            return lambda value: not isinstance(value, kind) or len(value) <= wanted
        case _:
            raise NotKnown


def _spelled(value: object) -> str:
    """One text for each JSON value without fractions: true is not 1 then."""
    return f'"{value}' if isinstance(value, str) else dumps(value, sort_keys=True)


def _unknown() -> Any:  # noqa: ANN401 - never returns
    raise NotKnown
