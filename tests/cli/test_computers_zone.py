"""The computer's own zone says of any moment what its clock said or will say, summer time among it."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mnclinic.bootstrap import ComputersZone, SystemClock
from mnclinic.domain.instants import OneTime, zone_of

HERE = "America/New_York"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    """A computer that stands in New York."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this computer cannot be set for a test")
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", HERE)
    time.tzset()
    yield ZoneInfo(HERE)
    monkeypatch.undo()
    assert os.environ.get("TZ") == before
    time.tzset()


def test_its_offset_is_that_of_the_zone_round_both_changes_of_the_year(here: ZoneInfo) -> None:
    zone = ComputersZone()
    for begin in (datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)):
        for quarters in range(96):
            instant = begin + timedelta(minutes=15 * quarters)
            ours, theirs = instant.astimezone(zone), instant.astimezone(here)
            assert (ours.isoformat(), ours.fold, ours.tzname()) == (
                theirs.isoformat(),
                theirs.fold,
                theirs.tzname(),
            )
            assert ours.astimezone(UTC) == instant


def test_the_computers_clock_knows_its_zone_also_within_an_act(here: ZoneInfo) -> None:
    assert isinstance(zone_of(SystemClock()), ComputersZone)
    assert isinstance(zone_of(OneTime(SystemClock())), ComputersZone)
    midsummer = datetime(2026, 7, 1, 12, tzinfo=zone_of(SystemClock()))
    assert midsummer.utcoffset() == midsummer.replace(tzinfo=here).utcoffset() == timedelta(hours=-4)
