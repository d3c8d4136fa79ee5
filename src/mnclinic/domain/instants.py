"""Time as an argument. Only `bootstrap` reads the computer's clock."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol, runtime_checkable


def read_instant(text: object) -> datetime | None:
    """The instant that a log entry or a signed record names, aware; None where it names none.

    The form alone does not say so: `2026-13-45T25:61:61.000Z` has it and was never on a clock.
    """
    try:
        instant = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present instant, aware, with the clinic's own UTC offset."""

    def monotonic_ms(self) -> int:
        """Milliseconds since some fixed moment of this run; never goes back."""


@runtime_checkable
class ZonedClock(Protocol):
    """A clock that knows by which rules clocks go where it stands, summer time among them."""

    @property
    def zone(self) -> tzinfo:
        """These rules."""


def zone_of(clock: Clock) -> tzinfo:
    """By which rules clocks go there; where the clock knows none, its offset of this moment for ever.

    What is counted to another day asks for this and not for `now().tzinfo`, which is the offset of now alone.
    """
    if isinstance(clock, ZonedClock):
        return clock.zone
    zone = clock.now().tzinfo
    assert zone is not None  # noqa: S101 - the clock's promise
    return zone


def now_here(clock: Clock) -> datetime:
    """The present, with the rules by which clocks go there in place of its offset.

    For what takes a present that also says where it is. Whoever adds hours to it counts on the wall clock.
    """
    return clock.now().astimezone(zone_of(clock))


def moment_in(at: datetime | None, zone: tzinfo) -> datetime | None:
    """An instant as the clocks of `zone` showed it, or will; None for none."""
    return at.astimezone(zone) if at is not None else None


WESTMOST, EASTMOST = timedelta(hours=-12), timedelta(hours=14)
"""How far from UTC the clocks of places are."""

SUMMER_TIME = timedelta(hours=1)
"""How far the offsets of one place lie apart over the year."""


def day_beside(at: datetime, there: datetime) -> date:
    """The calendar day of an instant in a record that names `there` as its own, each with its offset.

    It is the day by the clock that it was written by, which summer time puts an hour apart over the year. One
    that lies further apart was written by a clock of somewhere else, as by a program that writes UTC: it is
    read on the record's. So the day is the same on whichever computer the record is read.
    """
    apart = (at.utcoffset() or timedelta(0)) - (there.utcoffset() or timedelta(0))
    return (at if abs(apart) <= SUMMER_TIME else at.astimezone(there.tzinfo)).date()


STEP_TOLERATED = timedelta(minutes=2)
"""Computers that set themselves by a time server step by seconds; that is nobody's act."""


class OneTime:
    """The computer's clock, which no step of it reaches within one act.

    An act reads the time for what it stores and again for each entry. Where the clock is set between, the
    two would speak of different times, and a check would take one of them for forged. So while an act is
    under way a step is not followed; the next act finds the clock as it is, and the log tells of the step.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began: tuple[datetime, int] | None = None

    def hold(self) -> object:
        """Begin an act. What is returned ends it in `let_go`."""
        self._began = (self._clock.now(), self._clock.monotonic_ms())
        return self._began

    def let_go(self, held: object) -> None:
        """End an act, if no later one began."""
        if self._began is held:
            self._began = None

    def now(self) -> datetime:
        """The present instant, aware; within an act as it would be had nobody set the clock meanwhile."""
        now, began = self._clock.now(), self._began
        if began is None:
            return now
        expected = began[0] + timedelta(milliseconds=self._clock.monotonic_ms() - began[1])
        return now if abs(now - expected) <= STEP_TOLERATED else expected

    def monotonic_ms(self) -> int:
        """Milliseconds since some fixed moment of this run; never goes back."""
        return self._clock.monotonic_ms()

    @property
    def zone(self) -> tzinfo:
        """By which rules clocks go where this one stands."""
        return zone_of(self._clock)


def ends_at_ms(clock: Clock, ends: datetime, high_water: datetime | None) -> int:
    """Where `ends` lies on the clock since boot, in milliseconds; now or before once it has passed.

    `high_water` is the latest instant that the log knows: where the computer's clock is behind it, the
    clock was turned back, and that makes no time longer and brings none back.
    """
    now = clock.now()
    present = now if high_water is None else max(now, high_water)
    return clock.monotonic_ms() + (ends - present) // timedelta(milliseconds=1)
