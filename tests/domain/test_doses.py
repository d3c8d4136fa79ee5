"""Derived doses agree with the worked values of the sources."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.care_notes import read_anaesthetic, read_prp
from mnclinic.domain.doses import drug_mg, g_force, grams_per_10_cm2, minutes_on_skin
from mnclinic.domain.typed_values import decimal_as_typed

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


@given(amounts, st.integers(1, 60), st.integers(1, 5000))
def test_dose_and_thickness_follow_from_each_other(amount_g: Decimal, percent: int, area_cm2: int) -> None:
    """Thickness times area is the amount again, and the drug is its share of it."""
    area = Decimal(area_cm2)
    assert abs(grams_per_10_cm2(amount_g, area) * area / 10 - amount_g) < Decimal("1e-20")
    assert drug_mg(Decimal(percent), amount_g) * 100 == amount_g * 1000 * percent


@given(st.integers(100, 20_000), st.decimals("0.1", "50", places=2))
def test_force_grows_with_the_square_of_the_speed_and_with_the_radius(rpm: int, radius_cm: Decimal) -> None:
    force = g_force(rpm, radius_cm)
    assert g_force(2 * rpm, radius_cm) == 4 * force
    assert g_force(rpm, 2 * radius_cm) == 2 * force
    assert g_force(rpm + 1, radius_cm) > force > 0


@given(st.integers(100, 20_000), st.decimals("0.1", "50", places=2), st.integers(1, 120))
def test_a_spin_of_a_document_has_the_force_of_its_speed_and_radius(
    rpm: int, radius_cm: Decimal, minutes: int
) -> None:
    spin = {"rpm": rpm, "radius_cm": str(radius_cm), "minutes": minutes}
    (read,) = read_prp({"kit_lot": "K-1", "spins": [spin]}).spins
    assert read.g_force == g_force(rpm, radius_cm)


@given(
    st.decimals("0.01", "60", places=2),
    amounts,
    st.integers(1, 5000),
    st.integers(0, 400),
    st.integers(0, 59),
)
def test_an_anaesthetic_of_a_document_has_the_doses_of_its_parts(
    percent: Decimal, amount_g: Decimal, area_cm2: int, minutes: int, seconds: int
) -> None:
    off_at = AT + timedelta(minutes=minutes, seconds=seconds)
    note = read_anaesthetic(
        {
            "product": "cream",
            "strength_percent": str(percent),
            "amount_g": str(amount_g),
            "area_cm2": area_cm2,
            "applied_at": AT.isoformat(),
            "removed_at": off_at.isoformat(),
        }
    )
    assert note.drug_mg == drug_mg(percent, amount_g)
    assert note.g_per_10_cm2 == grams_per_10_cm2(amount_g, Decimal(area_cm2))
    assert note.minutes_on == minutes


@given(st.decimals("0.01", "200", places=2))
def test_a_number_that_was_typed_is_kept_as_it_was_typed(value: Decimal) -> None:
    read = decimal_as_typed(Decimal("0.01"), Decimal(200), places=2, unit="g")
    for typed in (str(value), f"{value} g", str(value).replace(".", ",")):
        assert read(typed).value == str(value)
    short = f"{value.normalize():f}"
    assert read(read(short).value).value == short


@pytest.mark.parametrize("typed", ["one", "-1", "1.2.3", "200.01", "0", "1.234", "1,5,0"])
def test_what_is_no_amount_is_told_and_never_guessed(typed: str) -> None:
    reading = decimal_as_typed(Decimal("0.01"), Decimal(200), places=2, unit="g")(typed)
    assert reading.problem
    assert not reading.is_read


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        grams_per_10_cm2(Decimal(1), Decimal(0))
    with pytest.raises(ValueError, match="before"):
        minutes_on_skin(AT, AT - timedelta(minutes=1))
    with pytest.raises(ValueError, match="below zero"):
        g_force(-1, Decimal(9))
