"""While somebody is being typed, whoever they may be already is told: never as a bar, twins as twins."""

from datetime import date

import pytest

from mnclinic.services.look_alikes import Likeness, Typed, look_alikes
from mnclinic.services.merge_records import merge_records
from mnclinic.services.session import OpenClinic
from mnclinic.services.typed_birth_date import read_typed_birth_date
from tests.services.clinic_builder import SmallClinic, add_person

TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(clinic: SmallClinic) -> OpenClinic:
    opened = clinic.as_user("desk")
    add_person(opened, "Silva", first_name="Ana", born_on="1990-04-23", phone="512-555-0101")
    return opened


@pytest.mark.parametrize(
    ("typed", "likeness"),
    [
        (Typed("Silva", "Ana", "4/23/1990"), Likeness.SAME),
        (Typed("Silva", "Ana", "23 Apr 1990"), Likeness.SAME),
        (Typed("sílva", "ANA", "1990-04-23", "(512) 555-0101"), Likeness.SAME),
        (Typed("Ana", "Silva", "1990-04-23"), Likeness.SAME),
        (Typed("Silwa", "Ana", "1990-04-23"), Likeness.PERHAPS),
        (Typed("Silva", "Rita", "1990-04-23"), Likeness.TWIN),
        (Typed("Silva", "Rita", "1990-04-23", "512-555-0101"), Likeness.TWIN),
        (Typed("Silva", "Ana", "", "512-555-0101"), Likeness.SAME),
    ],
)
def test_a_person_who_may_be_known_is_told_and_a_twin_is_called_one(
    desk: OpenClinic, typed: Typed, likeness: Likeness
) -> None:
    (found,) = look_alikes(desk, typed)
    assert (found.likeness, found.record_number) == (likeness, "P-000001")
    assert "Silva" not in found.reason


@pytest.mark.parametrize(
    "typed",
    [
        Typed(),
        Typed("Silva", ""),
        Typed("S", "A", "1990-04-23"),
        Typed("Silva", "Ana", "1991-08-02"),
        Typed("Moreno", "Eva", "1990-04-23"),
        Typed("%", "' OR 1=1 --", "0000-00-00"),
    ],
)
def test_nobody_is_told_of_who_is_clearly_another_or_not_typed_yet(desk: OpenClinic, typed: Typed) -> None:
    assert look_alikes(desk, typed) == ()


def test_whose_details_are_being_changed_is_no_look_alike_of_themselves(desk: OpenClinic) -> None:
    other = add_person(desk, "Silva", first_name="Anna", born_on="1990-04-23")
    typed = Typed("Silva", "Ana", "1990-04-23")
    assert len(look_alikes(desk, typed)) == 2
    (found,) = look_alikes(desk, typed, but=other)
    assert found.record_number == "P-000001"
    merge_records(desk, other, "P-000001", "One person.")
    assert look_alikes(desk, typed, but=other) == ()
    assert len(look_alikes(desk, typed)) == 1


@pytest.mark.parametrize(
    ("typed", "born_on", "is_month_first"),
    [
        ("1990-04-23", date(1990, 4, 23), False),
        ("4/23/1990", date(1990, 4, 23), False),
        ("23.4.1990", date(1990, 4, 23), False),
        ("4/3/1990", date(1990, 4, 3), True),
        ("23 Apr 1990", date(1990, 4, 23), False),
        ("4/23/90", date(1990, 4, 23), False),
    ],
)
def test_a_date_of_birth_is_read_in_any_common_form(
    typed: str, born_on: date, *, is_month_first: bool
) -> None:
    read = read_typed_birth_date(typed, TODAY)
    assert (read.born_on, read.is_month_first, read.problem) == (born_on, is_month_first, "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the date of birth."),
        ("1990-02-30", "not a day in the calendar"),
        ("13/13/1990", "not a day in the calendar"),
        ("2031-01-01", "lies in the future"),
        ("1/2/15", "could be in either century"),
        ("yesterday", "not in a form"),
    ],
)
def test_an_impossible_date_of_birth_is_told_in_a_sentence(typed: str, said: str) -> None:
    read = read_typed_birth_date(typed, TODAY)
    assert read.born_on is None
    assert said in read.problem
