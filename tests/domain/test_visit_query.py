"""What is typed to find a visit: a person, a day, or a word for a visit."""

from datetime import date

import pytest

from mnclinic.domain.visit_query import read_visit_query
from mnclinic.interchange.birth_dates import days_meant

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "who", "newest", "how_many"),
    [
        ("maria 11/26", "maria", date(2027, 11, 26), 13),
        ("maria 11/12", "maria", date(2027, 12, 11), 26),
        ("26 nov maria lopez", "maria lopez", date(2027, 11, 26), 13),
        ("maria 26 de noviembre", "maria", date(2027, 11, 26), 13),
        ("maria 2026-11-26", "maria", date(2026, 11, 26), 1),
        ("maria 2/29", "maria", date(2024, 2, 29), 3),
        ("maria today", "maria", TODAY, 1),
        ("maria ayer", "maria", date(2026, 11, 25), 1),
        ("11/26", "", date(2027, 11, 26), 13),
    ],
)
def test_a_day_in_any_form_says_that_visits_are_meant(
    typed: str, who: str, newest: date, how_many: int
) -> None:
    query = read_visit_query(typed, TODAY, days_meant)
    assert query is not None
    assert query.days is not None
    assert (query.who, query.days[0], len(query.days)) == (who, newest, how_many)
    assert list(query.days) == sorted(query.days, reverse=True)


@pytest.mark.parametrize(("typed", "who"), [("visit maria", "maria"), ("María visita", "María")])
def test_a_word_for_a_visit_means_any_day(typed: str, who: str) -> None:
    query = read_visit_query(typed, TODAY, days_meant)
    assert query is not None
    assert (query.who, query.days) == (who, None)


@pytest.mark.parametrize("typed", ["maria", "visit", "0188", "512 555 0101", "may", "", "%", "V-000001"])
def test_what_names_neither_a_day_nor_a_visit_means_no_visit(typed: str) -> None:
    assert read_visit_query(typed, TODAY, days_meant) is None
