"""What is told of a numbing cream and a spin: each figure as it is rounded, each limit in its own unit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from mnclinic.cli.visits import care_text
from mnclinic.domain.care_notes import AnaestheticNote, PrpNote, Spin
from mnclinic.domain.derived_doses import derived_of_anaesthetic, plain_number, spin_words
from mnclinic.domain.policy import AnaestheticRule
from tests.domain.builders import example

ON_AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CREAM = AnaestheticNote(
    name="cream",
    lot=None,
    expires_on=None,
    applied_at=ON_AT,
    removed_at=ON_AT + timedelta(minutes=61, seconds=59),
    strength_percent=Decimal("2.5"),
    amount_g=Decimal("0.7"),
    area_cm2=90,
)
LIMITS = AnaestheticRule(
    max_percent=Decimal("2.5"), max_g_cm2=Decimal("0.125"), max_minutes=61, max_area_cm2=90
)


def told(note: AnaestheticNote, rule: AnaestheticRule = LIMITS) -> list[str]:
    return [f"{one.words} {one.limit}".strip() for one in derived_of_anaesthetic(note, rule)]


def test_every_derived_value_of_a_cream_is_rounded_no_further_than_it_says_and_stands_beside_its_limit() -> (
    None
):
    assert told(CREAM) == [
        "17.5 mg of the drug. The policy's limit is 2.5 %.",
        "0.08 g on 10 cm². The policy's limit is 1.25 g.",
        "90 cm² covered. The policy's limit is 90 cm².",
        "61 minutes on the skin. The policy's limit is 61 minutes.",
    ]


def test_a_cream_that_is_still_on_says_that_it_comes_off_and_no_time() -> None:
    assert told(replace(CREAM, removed_at=None))[-1] == (
        "Still on: it comes off, and is wiped off fully, before the first needle."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"removed_at": ON_AT - timedelta(minutes=1)},
        {"applied_at": None},
        {"applied_at": None, "removed_at": None},
    ],
)
def test_nothing_is_made_up_where_a_time_is_missing_or_the_wrong_way_round(changes: dict[str, Any]) -> None:
    note = replace(CREAM, **changes)
    assert note.minutes_on is None
    assert len(told(note)) == 3


@pytest.mark.parametrize(
    ("rpm", "radius_cm", "words"),
    [
        (3861, "9.0", "1,500 × g at this radius."),
        (3000, "9", "906 × g at this radius."),
        (3500, "8.6", "1,178 × g at this radius."),
    ],
)
def test_a_spin_is_told_in_whole_g(rpm: int, radius_cm: str, words: str) -> None:
    assert spin_words(rpm, Decimal(radius_cm)) == words


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [("800", 1, "800"), ("0.50", 2, "0.5"), ("100.0", 1, "100"), ("17.50", 1, "17.5"), ("0.004", 2, "0")],
)
def test_a_number_has_no_zeros_that_say_nothing_and_loses_none_that_does(
    value: str, places: int, text: str
) -> None:
    assert plain_number(Decimal(value), places) == text


def test_the_first_of_several_spins_is_when_the_blood_went_into_the_rotor() -> None:
    spins = [Spin(3000, Decimal(9), 8, ON_AT + timedelta(minutes=late), None) for late in (12, 3)]
    prp = PrpNote(lot="K-1", expires_on=None, drawn_at=None, spins=(*spins, replace(spins[0], spun_at=None)))
    assert prp.spun_at == ON_AT + timedelta(minutes=3)
    assert replace(prp, spins=()).spun_at is None


def test_the_command_tells_the_force_of_each_spin() -> None:
    (line,) = [one for one in care_text(example("visit-2-clean-prp")) if "PRP kit" in one]
    assert "3861 rpm, 1,500 x g, 8 min" in line
