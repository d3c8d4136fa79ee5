"""What a person types to find a visit by whose it was and when, taken apart. Pure.

"maria 11/26", "26 nov silva", "visit maria": a word for a visit or a day says that visits are meant.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from mnclinic.domain.names import fold

WORDS_FOR_A_VISIT = frozenset({"visit", "visits", "visita", "visitas"})
YEARS_BACK = 12
"""A day without a year is looked for in this year, the next and so many before it."""
_LONGEST_DAY = 4
"""Most words of a day: 26 de noviembre 2026."""
_RELATIVE = {"today": 0, "hoy": 0, "yesterday": -1, "ayer": -1}


@dataclass(frozen=True)
class VisitQuery:
    """Whose visits are meant, as typed, and on which days; None where any day will do.

    `who` may be empty: then everybody's visits of those days are meant.
    """

    who: str
    days: tuple[date, ...] | None


def read_visit_query(
    line: str, today: date, days_meant: Callable[[str, date], frozenset[date]]
) -> VisitQuery | None:
    """Take one line apart. None where neither a word for a visit nor a day says that visits are meant.

    `days_meant(words, latest)` tells the days up to the latest that words can mean as a whole date.
    """
    tokens = line.split()
    rest = [token for token in tokens if fold(token) not in WORDS_FOR_A_VISIT]
    latest = date(today.year + 1, 12, 31)
    for length in range(min(_LONGEST_DAY, len(rest)), 0, -1):
        for start in range(len(rest) - length + 1):
            if days := _days(" ".join(rest[start : start + length]), today, latest, days_meant):
                others = [*rest[:start], *rest[start + length :]]
                return VisitQuery(" ".join(others), tuple(sorted(days, reverse=True)))
    return VisitQuery(" ".join(rest), None) if len(rest) < len(tokens) and rest else None


def _days(
    words: str, today: date, latest: date, days_meant: Callable[[str, date], frozenset[date]]
) -> frozenset[date]:
    if (away := _RELATIVE.get(fold(words))) is not None:
        return frozenset({today + timedelta(days=away)})
    if whole := days_meant(words, latest):
        return whole
    if not any(letter.isdecimal() for letter in words) or words.isdecimal():
        return frozenset()
    words = words.rstrip("/-.")
    separator = next((one for one in "/-." if one in words), " ")
    years = range(latest.year, today.year - YEARS_BACK, -1)
    return frozenset(day for year in years for day in days_meant(f"{words}{separator}{year}", latest))
