"""What somebody types into the box of a recall: a lot, serial, UDI, device, performer or days. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from mnclinic.domain.person_details import line_of
from mnclinic.domain.scanned_codes import read_scanned

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAYS = re.compile(rf"(?:^|\s)(?P<first>{_DAY})(?:\s*(?:\.\.|\u2013|\bto\b|\ba\b)\s*(?P<last>{_DAY}))?$")
ENDS_BEFORE = "The last of the two days is before the first one."
NO_SUCH_DAY = "There is no such day in the calendar. Write days as 2026-11-01..2026-11-20."


@dataclass(frozen=True)
class RecallQuery:
    """What is looked for. Nothing in it means nothing was typed.

    `names` are lots, serials, codes of devices or users, as printed: in capitals, each of them enough.
    `person` is the same text as it was typed, for names of people. `first` and `last` are the days between
    which a visit has to be, both included; None for any day.
    """

    names: tuple[str, ...] = ()
    person: str = ""
    first: date | None = None
    last: date | None = None
    problem: str = ""
    """Why it cannot be looked for; empty where it can."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.names and self.first is None


def read_recall_query(typed: str, *, this_year: int) -> RecallQuery:
    """Read the box. Days stand at the end: one, or two with `..`, `to` or a dash between them.

    Where days are all that was typed, they may be a lot that is printed so, and both are looked for. A code
    of a scanner is read for its lot, and for its serial where it has no lot. Two days of which one
    is in no calendar are told: looked for as a name, they would be said to have touched nobody.
    """
    if _is_in_no_calendar(typed.strip()):
        return RecallQuery(problem=NO_SUCH_DAY)
    words, first, last = _without_days(typed.strip())
    if first and last and last < first:
        return RecallQuery(problem=ENDS_BEFORE)
    whole = line_of(words or (typed if first else ""))
    names = dict.fromkeys(one for one in (whole, *_scanned(words, this_year)) if one)
    return RecallQuery(tuple(one.strip().upper() for one in names), line_of(words), first, last)


def _is_in_no_calendar(text: str) -> bool:
    found = _DAYS.search(text)
    if found is None or found["last"] is None:
        return False
    try:
        for day in found.group("first", "last"):
            date.fromisoformat(day)
    except ValueError:
        return True
    return False


def _without_days(text: str) -> tuple[str, date | None, date | None]:
    found = _DAYS.search(text)
    if found is None:
        return text, None, None
    try:
        first = date.fromisoformat(found["first"])
        last = date.fromisoformat(found["last"]) if found["last"] else first
    except ValueError:
        # No such day in any calendar: then it is a name.
        return text, None, None
    return text[: found.start()].strip(), first, last


def _scanned(words: str, this_year: int) -> tuple[str, ...]:
    if not words:
        return ()
    item = read_scanned([words], this_year=this_year).item
    return () if item is None else tuple(one for one in (item.lot or item.serial,) if one)
