"""A document field by field: whoever signs that it was read whole has to be shown it whole."""

from collections.abc import Iterator, Mapping
from typing import Any

TOLD_BEFORE = frozenset({"heading", "text", "words", "agreement"})
"""Fields of a text that stand word for word in what a patient reads."""


def whole_lines(content: Mapping[str, Any], told: frozenset[str] = frozenset()) -> list[str]:
    """Every field and what stands in it, in the document's order; fields called in `told` are left out."""
    return [f"  {place}: {value}" for place, value in _fields(content, "", told)]


def _fields(value: object, place: str, told: frozenset[str]) -> Iterator[tuple[str, str]]:
    match value:
        case Mapping():
            for name, one in value.items():
                if name not in told or not isinstance(one, str):
                    yield from _fields(one, f"{place}.{name}" if place else name, told)
        case list() if any(isinstance(one, (list, Mapping)) for one in value):
            for number, one in enumerate(value):
                yield from _fields(one, f"{place}[{number}]", told)
        case list():
            yield place, ", ".join(map(str, value)) or "none"
        case None:
            yield place, "not known"
        case bool():
            yield place, "yes" if value else "no"
        case _:
            yield place, str(value).replace("\n", "\n    ")
