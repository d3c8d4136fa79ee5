"""One person's sitting at the clinic: what they looked at already, so that one look is one entry.

A sitting lasts from the log-in to the lock or the log-out. Looking at the same thing again within half an
hour of the last look is the same look; after a longer pause it is another one.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import timedelta

PAUSE = timedelta(minutes=30)
"""Looks belong together while no pause is longer. On the clock that nobody can set."""


@dataclass
class Sitting:
    """What was looked at, and when last, in milliseconds of the computer's own clock."""

    _last_ms: dict[Hashable, int] = field(default_factory=dict)
    searched: str | None = None
    """The terms of the search that was entered last."""

    def is_new(self, thing: Hashable, now_ms: int) -> bool:
        """Whether looking at this now is another look than the last one."""
        last_ms = self._last_ms.get(thing)
        return last_ms is None or timedelta(milliseconds=now_ms - last_ms) > PAUSE

    def looked_at(self, thing: Hashable, now_ms: int) -> None:
        """Remember a look that is entered, or part of one that was."""
        self._last_ms[thing] = now_ms
