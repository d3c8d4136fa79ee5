"""Which backups make room for newer ones. Nothing here looks at a disk or a clock.

Slots are taken by days, weeks and months that *have* a proven backup, not by the last so many of the
calendar: a clinic that was closed for a month still has its seven days. In each slot stays the newest.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo


@dataclass(frozen=True)
class Keep:
    """How many days, weeks (Monday to Sunday) and months keep a backup. 0 keeps none of that kind."""

    daily: int = 7
    weekly: int = 5
    monthly: int = 12


@dataclass(frozen=True)
class KnownBackup:
    """A backup as the rule sees it. `made_at` is aware; `is_proven` is whether opening it said OK.

    `is_only_copy` is whether it holds, or may hold, entries that the clinic's own log lacks.
    """

    id: str
    made_at: datetime
    is_proven: bool
    is_pinned: bool
    is_only_copy: bool = False


def to_remove(
    backups: Sequence[KnownBackup],
    now: datetime,
    keep: Keep,
    *,
    zone: tzinfo | None,
    legal_hold: bool = False,
) -> tuple[str, ...]:
    """The ids of the backups of one place that may go, oldest first.

    Never: a pinned one, the last good one, one that no newer proven backup stands in for, one that holds
    what the clinic's log lacks, one whose date lies ahead of `now` (a clock was wrong; whose, nobody knows),
    and under a legal hold any at all. One that holds what the log lacks is of another history, so it stands
    in for none of this one.
    """
    if legal_hold:
        return ()
    proven = [one for one in backups if one.is_proven and not one.is_only_copy and one.made_at <= now]
    if not proven:
        return ()
    newest = max(one.made_at for one in proven)
    kept = {one.id for one in backups if one.is_pinned or one.is_only_copy or one.made_at >= newest}
    for count, slot in ((keep.daily, _day), (keep.weekly, _week), (keep.monthly, _month)):
        kept |= _newest_of_slots(proven, count, slot, zone)
    return tuple(
        one.id for one in sorted(backups, key=lambda one: (one.made_at, one.id)) if one.id not in kept
    )


def _newest_of_slots(
    proven: Sequence[KnownBackup],
    count: int,
    slot_of: Callable[[date], Hashable],
    zone: tzinfo | None,
) -> set[str]:
    newest: dict[Hashable, str] = {}
    for one in sorted(proven, key=lambda one: (one.made_at, one.id), reverse=True):
        slot = slot_of(one.made_at.astimezone(zone).date())
        if slot not in newest and len(newest) < count:
            newest[slot] = one.id
    return set(newest.values())


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return (day.year, day.month)
