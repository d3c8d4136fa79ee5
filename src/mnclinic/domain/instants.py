"""Time as an argument. Only `bootstrap` reads the computer's clock."""

from datetime import datetime, timedelta
from typing import Protocol


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


def ends_at_ms(clock: Clock, ends: datetime, high_water: datetime | None) -> int:
    """Where `ends` lies on the clock since boot, in milliseconds; now or before once it has passed.

    `high_water` is the latest instant that the log knows: where the computer's clock is behind it, the
    clock was turned back, and that makes no time longer and brings none back.
    """
    now = clock.now()
    present = now if high_water is None else max(now, high_water)
    return clock.monotonic_ms() + (ends - present) // timedelta(milliseconds=1)
