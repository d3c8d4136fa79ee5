"""Time as an argument. Only `bootstrap` reads the computer's clock."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present instant, aware, with the clinic's own UTC offset."""

    def monotonic_ms(self) -> int:
        """Milliseconds since some fixed moment of this run; never goes back."""
