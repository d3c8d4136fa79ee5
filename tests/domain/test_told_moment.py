"""When something began, as it is typed while somebody is on the telephone."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.told_moment import read_told_moment

CENTRAL = timezone(timedelta(hours=-6))
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=CENTRAL)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", "2026-11-23T10:30"),
        ("8:05", "2026-11-23T08:05"),
        ("2:05 pm", "2026-11-23T14:05"),
        ("8 am", "2026-11-23T08:00"),
        ("yesterday", "2026-11-22T12:00"),
        ("Ayer 20:15", "2026-11-22T20:15"),
        ("anteayer", "2026-11-21T12:00"),
        ("today", "2026-11-23T10:30"),
        ("hoy 7:00", "2026-11-23T07:00"),
        ("-2", "2026-11-21T12:00"),
        ("-2 18:40", "2026-11-21T18:40"),
        ("2026-11-20", "2026-11-20T12:00"),
        ("2026-11-20 09:00", "2026-11-20T09:00"),
        ("20 Nov 2026, 9:00", "2026-11-20T09:00"),
    ],
)
def test_a_moment_is_read_as_people_say_it(typed: str, meant: str) -> None:
    assert read_told_moment(typed, NOW).at == datetime.fromisoformat(meant).replace(tzinfo=CENTRAL)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("last week", "Write a time, a day or both"),
        ("25:00", "There is no such time"),
        ("2026-02-30", "that month has 28 days"),
        ("04/05/2026", "This can be two days"),
        ("yesterday 8:75", "There is no such time"),
        ("-2000", "Write a time, a day or both"),
    ],
)
def test_what_can_be_nothing_or_two_things_is_told_and_not_guessed(typed: str, said: str) -> None:
    read = read_told_moment(typed, NOW)
    assert read.at is None
    assert said in read.problem


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(typed: str) -> None:
    read = read_told_moment(typed, NOW)
    assert (read.at is None) == bool(read.problem)
