"""Derived doses agree with the worked values of the sources."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.doses import drug_mg, g_force, grams_per_10_cm2, minutes_on_skin

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
amounts = st.decimals("0.1", "60", places=1)


def test_nine_centimetres_at_three_thousand_turns_are_906_g() -> None:
    assert round(g_force(3000, Decimal(9))) == 906


def test_four_percent_in_thirty_grams_are_1200_mg() -> None:
    assert drug_mg(Decimal(4), Decimal(30)) == 1200


def test_two_grams_on_ten_square_centimetres_are_two() -> None:
    assert grams_per_10_cm2(Decimal(2), Decimal(10)) == 2


@given(st.integers(0, 14_399))
def test_minutes_begun_do_not_count(seconds: int) -> None:
    assert minutes_on_skin(AT, AT + timedelta(seconds=seconds)) == seconds // 60


@given(amounts, amounts, st.integers(1, 30))
def test_a_dose_of_two_tubes_is_the_sum_of_both(one: Decimal, other: Decimal, percent: int) -> None:
    strength = Decimal(percent)
    assert drug_mg(strength, one + other) == drug_mg(strength, one) + drug_mg(strength, other)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        grams_per_10_cm2(Decimal(1), Decimal(0))
    with pytest.raises(ValueError, match="before"):
        minutes_on_skin(AT, AT - timedelta(minutes=1))
    with pytest.raises(ValueError, match="below zero"):
        g_force(-1, Decimal(9))
