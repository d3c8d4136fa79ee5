"""What is told of a paper sheet beside the visit that it came back as."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from mnclinic.domain.paper_return import MOST_DAYS, ReturnedSheet, notes_on_return

BEGAN_AT = datetime.fromisoformat("2026-11-23T10:05:00-06:00")
AS_EXPECTED = ReturnedSheet(
    protocol="face v2",
    printed_at=BEGAN_AT - timedelta(days=3),
    visit="V-000123",
    visit_protocol="face v2",
    began_at=BEGAN_AT,
    late_entered_at=None,
)


def told(**changes: Any) -> str:  # noqa: ANN401 - any field
    return " ".join(notes_on_return(replace(AS_EXPECTED, **changes)))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"printed_at": BEGAN_AT + timedelta(seconds=30)},
        {"printed_at": BEGAN_AT - timedelta(days=MOST_DAYS)},
        {"visit_protocol": None},
    ],
)
def test_nothing_is_told_of_a_sheet_that_is_as_expected(changes: dict[str, Any]) -> None:
    assert told(**changes) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"printed_at": BEGAN_AT + timedelta(minutes=55)},
            "began at 10:05, before this sheet was printed at 11:00",
        ),
        ({"printed_at": BEGAN_AT - timedelta(days=283)}, "printed 283 days before visit V-000123"),
        ({"printed_at": BEGAN_AT - timedelta(days=MOST_DAYS + 1)}, "32 days before"),
        ({"visit_protocol": "face v3"}, "limits of face v2; the visit was judged by face v3"),
        ({"late_entered_at": BEGAN_AT + timedelta(hours=3)}, "entered later on its day"),
        ({"late_entered_at": BEGAN_AT + timedelta(hours=25)}, "entered a day after it began"),
        ({"late_entered_at": BEGAN_AT + timedelta(days=12)}, "entered 12 days after it began"),
        ({"others": ("PB-000007",)}, "Sheet PB-000007 came back as the same visit"),
    ],
)
def test_what_is_odd_about_a_sheet_and_its_visit_is_told(changes: dict[str, Any], words: str) -> None:
    assert words in told(**changes)


def test_all_of_it_is_told_at_once() -> None:
    said = [
        *notes_on_return(
            replace(
                AS_EXPECTED,
                printed_at=BEGAN_AT - timedelta(days=40),
                visit_protocol="scalp v1",
                late_entered_at=BEGAN_AT + timedelta(days=2),
                others=("PB-000001", "PB-000002"),
            )
        )
    ]
    assert len(said) == 5
