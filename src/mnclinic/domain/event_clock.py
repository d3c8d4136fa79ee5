"""By when the director is told of an adverse event and signs that she knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

SAME_DAY_FROM_GRADE = 3
EXPECTED_MILD_H = 7 * 24
"""A mild event that is expected is told once a week."""
HOURS_BY_GRADE: Mapping[int, int] = {1: 72, 2: 24, 3: 1, 4: 0, 5: 0}
"""Where the policy does not say. Proposed, from no rule that binds anybody."""


@dataclass(frozen=True)
class Deadlines:
    """Two aware UTC instants: by when she is told, and by when she has signed. The second is never sooner."""

    tell_by: datetime
    sign_by: datetime


class ClockState(StrEnum):
    """Where an event stands. `unclocked`: written down by a program that had no clock for it."""

    UNCLOCKED = "unclocked"
    TELL = "tell"
    SIGN = "sign"
    FOLLOW = "follow"
    CLOSED = "closed"


def deadlines(
    grade: int, *, is_expected: bool, told_at: datetime, hours: Mapping[int, int | None], zone: tzinfo
) -> Deadlines:
    """The deadlines of an event that the clinic came to know of at `told_at` (aware).

    Hours are hours that pass, whatever a clock on the wall does meanwhile. From grade 3 on she signs on the
    same calendar day of `zone`, but never sooner than she has to be told. `hours` are the policy's by grade;
    what it leaves out is `HOURS_BY_GRADE`.
    """
    said = hours.get(grade)
    within_h = HOURS_BY_GRADE[grade] if said is None else said
    if grade == 1 and is_expected:
        within_h = max(within_h, EXPECTED_MILD_H)
    tell_by = told_at.astimezone(UTC) + timedelta(hours=within_h)
    if grade < SAME_DAY_FROM_GRADE:
        return Deadlines(tell_by, tell_by)
    return Deadlines(tell_by, max(tell_by, end_of_day(told_at, zone)))


def end_of_day(at: datetime, zone: tzinfo) -> datetime:
    """The instant (UTC) at which the calendar day of `at` ends in `zone`, be it 23, 24 or 25 hours long."""
    following = at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(following, time(), zone).astimezone(UTC)


@dataclass(frozen=True)
class ClockFacts:
    """What the clock asks of an event. Instants are aware; None where it did not happen."""

    tell_by: datetime | None
    sign_by: datetime | None
    is_told: bool
    is_acknowledged: bool
    is_closed: bool


def state_of(facts: ClockFacts) -> ClockState:
    """Where the event stands."""
    if facts.is_closed:
        return ClockState.CLOSED
    if facts.is_acknowledged:
        return ClockState.FOLLOW
    if facts.tell_by is None:
        return ClockState.UNCLOCKED
    return ClockState.SIGN if facts.is_told else ClockState.TELL


def due_at(facts: ClockFacts) -> datetime | None:
    """What runs now: by when she is told, then by when she signs; None where nothing runs."""
    match state_of(facts):
        case ClockState.TELL:
            return facts.tell_by
        case ClockState.SIGN:
            return facts.sign_by
        case _:
            return None
