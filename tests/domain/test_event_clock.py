"""The director's clock runs in hours that pass, and a day ends where the calendar says."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mnclinic.domain.event_clock import (
    HOURS_BY_GRADE,
    ClockFacts,
    ClockState,
    deadlines,
    due_at,
    end_of_day,
    state_of,
)

NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from(
    ["America/New_York", "America/Los_Angeles", "America/Phoenix", "Australia/Lord_Howe", "UTC"]
)
INSTANTS = st.datetimes(
    datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2040-01-01"), timezones=st.just(UTC)
)
HOURS = st.dictionaries(st.integers(1, 5), st.none() | st.integers(0, 8784))


@given(INSTANTS, st.integers(1, 5), st.booleans(), HOURS, ZONES)
@example(datetime(2026, 3, 8, 6, 30, tzinfo=UTC), 2, False, {}, "America/New_York")
@example(datetime(2026, 11, 1, 5, 30, tzinfo=UTC), 2, False, {}, "America/New_York")
@example(datetime(2028, 2, 28, 23, 30, tzinfo=UTC), 1, False, {}, "UTC")
def test_exactly_the_hours_pass_whatever_wall_clocks_and_leap_days_do(
    told_at: datetime, grade: int, is_expected: bool, hours: dict[int, int | None], name: str
) -> None:
    zone = ZoneInfo(name)
    due = deadlines(grade, is_expected=is_expected, told_at=told_at.astimezone(zone), hours=hours, zone=zone)
    said = hours.get(grade)
    within_h = HOURS_BY_GRADE[grade] if said is None else said
    if grade == 1 and is_expected:
        within_h = max(within_h, 168)
    assert due.tell_by - told_at == timedelta(hours=within_h)
    assert due.sign_by >= due.tell_by


@given(INSTANTS, ZONES)
@example(datetime(2028, 2, 29, 12, tzinfo=UTC), "America/New_York")
@example(datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "America/New_York")
def test_a_day_ends_at_the_first_instant_of_the_next_one(at: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    end = end_of_day(at, zone)
    assert end.astimezone(zone).date() == at.astimezone(zone).date() + timedelta(days=1)
    before = end - timedelta(microseconds=1)
    assert before.astimezone(zone).date() == at.astimezone(zone).date()
    assert at < end <= at + timedelta(hours=25)


@given(INSTANTS, st.integers(3, 5), ZONES)
def test_a_severe_event_is_signed_the_same_day_but_never_sooner_than_it_is_told(
    told_at: datetime, grade: int, name: str
) -> None:
    zone = ZoneInfo(name)
    due = deadlines(grade, is_expected=False, told_at=told_at, hours={}, zone=zone)
    assert due.sign_by == max(due.tell_by, end_of_day(told_at, zone))


@pytest.mark.parametrize(
    ("hours_long", "at"),
    [(23, datetime(2026, 3, 8, 5, tzinfo=UTC)), (25, datetime(2026, 11, 1, 4, tzinfo=UTC))],
)
def test_the_day_on_which_clocks_change_is_as_long_as_it_is(hours_long: int, at: datetime) -> None:
    assert end_of_day(at, NEW_YORK) - at == timedelta(hours=hours_long)


def test_the_clock_runs_until_she_is_told_then_until_she_signs_then_no_more() -> None:
    tell, sign = datetime(2026, 11, 23, 16, tzinfo=UTC), datetime(2026, 11, 24, 5, tzinfo=UTC)

    def facts(*, told: bool = False, signed: bool = False, closed: bool = False) -> ClockFacts:
        return ClockFacts(tell, sign, told, signed, closed)

    assert (state_of(facts()), due_at(facts())) == (ClockState.TELL, tell)
    assert (state_of(facts(told=True)), due_at(facts(told=True))) == (ClockState.SIGN, sign)
    assert (state_of(facts(signed=True)), due_at(facts(signed=True))) == (ClockState.FOLLOW, None)
    closed = facts(signed=True, closed=True)
    assert (state_of(closed), due_at(closed)) == (ClockState.CLOSED, None)
    assert (
        state_of(ClockFacts(None, None, is_told=False, is_acknowledged=False, is_closed=False))
        is ClockState.UNCLOCKED
    )
