"""The quick question whether a document fits its schema, beside the library that gives the reasons."""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from mnclinic.resource_files import resource_text
from mnclinic.services.read_documents import quick_fit, schema_names, schema_problems
from mnclinic.services.schema_fit import fit_of
from tests.domain.builders import shipped_drafts
from tests.full_visit import every_field

Json = dict[str, Any]
NO_FORMATS: dict[str, Any] = {}
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 99, 10_000_000, "", "x", "x\n", "1.25", "1,5", "one", "0.00", "é" * 5000),
    *("2026-11-23", "2026-02-30", "2026-11-23T10:00:00-06:00", "2026-11-23T10:00:00", "a" * 64),
    *([], [1], ["cheek", "cheek"], [True, 1], [{}, {}], {}, {"record_number": "P-000001"}, {"x": 1}),
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    """Every container in a document with each of its keys or numbers."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in members:
        yield value, key
        if isinstance(one, dict | list):
            yield from places(one)


def change(document: Json, chance: random.Random) -> None:
    """One thing in it is another, is gone, stands twice, or is there besides."""
    holder, key = chance.choice(list(places(document)))
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[chance.choice(("stray", "record_number", "reason", "note"))] = chance.choice(ODD)
        case 2 if isinstance(holder, list):
            holder.append(deepcopy(holder[key]))
        case _:
            holder[key] = deepcopy(chance.choice(ODD))


def whole_documents() -> dict[str, list[Json]]:
    examples = [f"visit-{one}" for one in ("1-clean-face", "2-clean-prp", "3-isotretinoin")]
    visits = [json.loads(resource_text(f"examples/{one}.json")) for one in examples]
    return {
        "visit": [*every_field(), *visits],
        "consent_text": list(shipped_drafts("consent_texts").values()),
        "device": [json.loads(resource_text("examples/device-sp-01.json"))],
    }


@pytest.mark.parametrize("name", ["visit", "consent_text", "device"])
def test_the_quick_question_and_the_library_say_the_same_of_every_document(name: str) -> None:
    fits = quick_fit(name)
    assert fits is not None
    chance = random.Random(f"spoilt {name}")  # noqa: S311 - a repeatable choice
    said: list[bool] = []
    for round_number in range(400):
        document = deepcopy(chance.choice(whole_documents()[name]))
        for _ in range(round_number % 3):
            change(document, chance)
        told = not [*schema_problems(name, document)]
        assert fits(document) == told, json.dumps(document)
        said.append(told)
    assert said.count(True) > 20
    assert said.count(False) > 20


@pytest.mark.parametrize(
    ("schema", "fitting", "misfit"),
    [
        ({"enum": [1, "a"]}, [1, "a"], [True, "1", None]),
        ({"const": 0}, [0], [False, "0"]),
        ({"uniqueItems": True}, [[1, True], [{"a": 1}, {"a": 2}], "aa"], [[1, 1], [{"a": 1}, {"a": 1}]]),
        ({"pattern": "^a$"}, ["a", 3], ["a\n", "b"]),
        ({"type": "integer", "minimum": 1, "maximum": 3}, [1, 3], [0, 4, True, "2"]),
        ({"type": ["string", "null"], "maxLength": 2}, [None, "ab"], ["abc", 1]),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, [{"a": 1}], [{}, {"a": 1, "b": 1}]),
        ({"not": {"required": ["a"]}}, [{}], [{"a": 1}]),
        ({"properties": {"a": {"type": "null"}}}, [{}, {"a": None}, {"b": 1}, 4], [{"a": 1}]),
        ({"properties": {"a": {}}, "additionalProperties": False}, [{"a": 1}], [{"b": 1}]),
        (
            {"$ref": "#/$defs/tree", "$defs": {"tree": {"items": {"$ref": "#/$defs/tree"}, "maxItems": 1}}},
            [[], [[[]]]],
            [[[], []], [[[1, 2]]]],
        ),
    ],
    ids=lambda one: str(one)[:40],
)
def test_each_rule_means_what_the_standard_says(schema: Json, fitting: list[Any], misfit: list[Any]) -> None:
    fits = fit_of(schema, NO_FORMATS)
    assert fits is not None
    assert [one for one in fitting if not fits(one)] == []
    assert [one for one in misfit if fits(one)] == []


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "number"},
        {"if": {}, "then": {}},
        {"format": "email"},
        {"additionalProperties": {"type": "string"}},
        {"$ref": "other.json"},
        {"minContains": 1},
        {"uniqueItems": False},
    ],
    ids=str,
)
def test_a_rule_that_is_not_known_is_left_to_the_library(schema: Json) -> None:
    assert fit_of({"properties": {"a": {"items": schema}}}, NO_FORMATS) is None


def test_the_quick_question_says_yes_where_the_visit_schemas_do_and_knows_which_it_cannot_read() -> None:
    known = {name for name in schema_names() if quick_fit(name) is not None}
    assert {"visit", "device", "authorisation"} <= known
