"""The times of a treated area fit each other and the visit, or are told beside their field."""

import copy
from typing import Any

import pytest

from mnclinic.domain.treatment import Bleeding, Pattern
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.errors import InvalidInput
from mnclinic.services.read_documents import check_visit_document
from tests.services.clinic_builder import document

FULL = {
    "speed_rpm": 7000,
    "pattern": "several_directions",
    "bleeding": "pinpoint",
    "tolerance": 3,
    "started_at": "2026-11-23T09:10:00-06:00",
    "ended_at": "2026-11-23T09:20:00-06:00",
}


def with_line(**changes: object) -> dict[str, Any]:
    made = copy.deepcopy(document())
    made["lines"][0] |= FULL | changes
    return made


def problems(made: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as told:
        check_visit_document(made)
    return [(one.where, one.what) for one in told.value.problems]


def test_every_field_of_a_line_is_read() -> None:
    made = with_line()
    check_visit_document(made)
    line = read_visit_document(made).lines[0]
    assert (line.speed_rpm, line.pattern, line.bleeding, line.tolerance) == (
        7000, Pattern.SEVERAL_DIRECTIONS, Bleeding.PINPOINT, 3,
    )  # fmt: skip
    assert line.started_at is not None
    assert line.ended_at is not None
    assert (line.ended_at - line.started_at).total_seconds() == 600


def test_a_line_of_an_older_document_says_nothing_of_the_newer_fields() -> None:
    line = read_visit_document(document()).lines[0]
    assert (line.speed_rpm, line.pattern, line.bleeding, line.tolerance, line.started_at) == (None,) * 5


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("speed_rpm", 99), ("speed_rpm", 20_001), ("speed_rpm", "7000"), ("pattern", "zigzag"),
        ("bleeding", 2), ("tolerance", 11), ("tolerance", -1), ("started_at", "09:10"),
    ],
)  # fmt: skip
def test_a_value_out_of_bounds_is_refused_at_its_place(field: str, value: object) -> None:
    assert [where for where, _ in problems(with_line(**{field: value}))] == [f"lines[0].{field}"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("ended_at", "2026-11-23T09:09:59-06:00", "This area was done before it was begun."),
        ("started_at", "2026-11-23T08:10:00-06:00", "This area was begun before the visit began."),
        ("ended_at", "2026-11-23T11:10:00-06:00", "This lies after the end of the treatment."),
    ],
)
def test_times_that_contradict_each_other_are_refused_with_the_reason(
    field: str, value: str, said: str
) -> None:
    made = with_line(**{field: value}) | {"ended_at": "2026-11-23T10:00:00-06:00"}
    assert problems(made) == [(f"lines[0].{field}", said)]
