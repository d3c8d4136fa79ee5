"""Every field of a visit document that can be corrected has words, and a card that it is on."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mnclinic.domain.amendment import KEPT
from mnclinic.resource_files import resource_text
from mnclinic.ui.visits.document_words import CARDS, card_of
from mnclinic.ui.visits.field_words import words_of

SCHEMA: dict[str, Any] = json.loads(resource_text("schemas/visit.json"))


def places(node: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """Each place of a single value that the document's schema has; the second of each list."""
    if "$ref" in node:
        node = SCHEMA["$defs"][node["$ref"].rpartition("/")[2]]
    alternatives = [one for kind in ("anyOf", "oneOf", "allOf") for one in node.get(kind, ())]
    for one in alternatives:
        yield from places(one, where)
    if "properties" in node:
        for key, one in node["properties"].items():
            yield from places(one, f"{where}.{key}" if where else key)
    elif "items" in node:
        yield from places(node["items"], f"{where}[1]")
    elif not alternatives:
        yield where


def correctable_places() -> list[str]:
    return sorted({one for one in places(SCHEMA) if one and not one.startswith(tuple(KEPT))})


def test_no_field_is_called_by_its_name_in_the_document() -> None:
    named = {place: words_of(place, None) for place in correctable_places()}
    assert len(named) > 80
    bare = {place: said for place, said in named.items() if said == place or "_" in said or ".1" in said}
    assert bare == {}


def test_no_two_fields_are_called_alike() -> None:
    by_words: dict[str, list[str]] = {}
    for place in correctable_places():
        by_words.setdefault(f"{card_of(place)[1]} · {words_of(place, None)}", []).append(place)
    assert {said: places for said, places in by_words.items() if len(places) > 1} == {}


def test_every_field_is_on_a_card() -> None:
    assert [one for one in correctable_places() if card_of(one)[0] == len(CARDS)] == []
