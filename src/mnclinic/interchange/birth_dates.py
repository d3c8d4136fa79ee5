"""Birth dates as other programs write them.

A date is taken only where it can be nothing else. Whether 8/7/2001 is in July or in August is asked of the
whole column: one value such as 8/17/2001 proves the order for all. Where nothing proves it, a person says.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from mnclinic.errors import InvalidInput, Problem

DateOrder: TypeAlias = Literal["mdy", "dmy", "ymd"]
ORDERS: tuple[DateOrder, ...] = ("mdy", "dmy", "ymd")
ORDER_IN_WORDS: dict[DateOrder, str] = {"mdy": "month first", "dmy": "day first", "ymd": "year first"}
OLDEST_AGE_YEARS = 120

NOT_A_DATE = "The birth date is not in a form that can be read as a date."
NOT_IN_CALENDAR = "The birth date is not a day in the calendar."
IN_THE_FUTURE = "The birth date lies in the future."
TOO_LONG_AGO = f"The birth date is more than {OLDEST_AGE_YEARS} years ago."
TWO_CENTURIES = "The year of birth has two digits and could be in either century."
TIME_OF_DAY = "The birth date comes with a time of day, so its day is not certain."
BARE_NUMBER = "The birth date is a bare number. Format the column as dates and export again."

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero", "feb february febrero", "mar march marzo", "apr april abr abril",
            "may mayo", "jun june junio", "jul july julio", "aug august ago agosto",
            "sep sept september set septiembre setiembre", "oct october octubre",
            "nov november noviembre", "dec december dic diciembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NUMERIC = re.compile(r"([0-9]{1,4})\s*[-/.\s]\s*([0-9]{1,2})\s*[-/.\s]\s*([0-9]{1,4})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})")
_WITH_A_WORD = re.compile(r"[\w\s,./'-]+")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b")
_MIDNIGHT = re.compile(
    r"(?<=[0-9])(?:\s+|T)(?:00?:00(?::00(?:\.0+)?)?|12:00(?::00)?\s*am)\s*(?:z|[+-]00:?00)?$", re.IGNORECASE
)
_TIME = re.compile(r"[0-9](?:\s+|T)[0-9]{1,2}:[0-9]{2}")
_FILLER = frozenset({"de", "del", "of"})
_YEAR_DIGITS = 4
_SHORT_YEAR_DIGITS = 2
_CENTURIES = (1900, 2000)

Readings: TypeAlias = dict[DateOrder, list[date]]
"""The days that a text can mean in each order: none, one, or one in each of two centuries."""


class BirthDateRefused(ValueError):
    """The text is no birth date that can be relied on. The message is a sentence without the text."""


class DateOrderNeeded(InvalidInput):
    """The values do not tell the order of day and month. A person has to say."""


@dataclass(frozen=True)
class BirthDate:
    """A birth date, and whether its century was worked out from a year of two digits."""

    born_on: date
    century_worked_out: bool = False


def read_birth_date(text: str, order: DateOrder, today: date) -> BirthDate:
    """The day that the text states, in the column's order.

    A year of two digits is taken where one of the two centuries would lie in the future or more than 120
    years ago, and refused otherwise. Raises BirthDateRefused.
    """
    readings, short_year = readings_of(text, today)
    days = readings[order]
    if not days and any(readings.values()):
        raise BirthDateRefused(
            f"The birth date does not fit the order of the column: {ORDER_IN_WORDS[order]}."
        )
    if not days:
        raise BirthDateRefused(NOT_IN_CALENDAR)
    if len(days) > 1:
        raise BirthDateRefused(TWO_CENTURIES)
    if refusal := _out_of_range(days[0], today):
        raise BirthDateRefused(refusal)
    return BirthDate(days[0], short_year)


def days_meant(text: str, today: date) -> frozenset[date]:
    """Every day on which somebody alive may have been born that the text can mean, in whatever order.

    A year and a month mean every day of it. Empty where the text has no form of a date.
    """
    if month := _MONTH.fullmatch(text):
        year, number = int(month["year"]), int(month["month"])
        days = (day for number_of_day in range(1, 32) for day in _in_calendar(year, number, number_of_day))
        return frozenset(day for day in days if not _out_of_range(day, today))
    try:
        readings, _ = readings_of(text, today)
    except BirthDateRefused:
        return frozenset()
    return frozenset(day for days in readings.values() for day in days if not _out_of_range(day, today))


def find_order(
    values: Iterable[tuple[int, str]], *, said: DateOrder | None, column: str, today: date
) -> DateOrder:
    """The order in which to read a column, from (line, text) pairs.

    Returns what was `said`, what the values prove, or one that fits them all where no value depends on the
    order. Dates that exist in no order prove nothing.

    Raises DateOrderNeeded where values depend on the order and do not prove it, or prove different ones;
    InvalidInput where they prove another one than was said.
    """
    feasible = set(ORDERS)
    depends = False
    only_so: dict[DateOrder, int] = {}
    for line, text in values:
        try:
            readings, _ = readings_of(text, today)
        except BirthDateRefused:
            continue
        if _same_in_every_order(readings):
            continue
        fits = {order for order in ORDERS if readings[order]}
        feasible &= fits
        depends = depends or len({tuple(readings[order]) for order in fits}) > 1
        if len(fits) == 1:
            only_so.setdefault(fits.pop(), line)
    if said:
        return _unless_disproved(said, only_so, column)
    if len(only_so) > 1 or not feasible:
        raise DateOrderNeeded(
            f"The dates in the column “{column}” contradict each other. Nothing was imported. "
            f"{_proofs(only_so)}Correct them, or say the order with --date-order mdy, dmy or ymd; "
            "rows that do not fit it will be refused one by one.",
            [
                Problem(f"line {line}", f"This date can only be read {ORDER_IN_WORDS[order]}.")
                for order, line in only_so.items()
            ],
        )
    if depends and len(feasible) > 1:
        ways = " or ".join(ORDER_IN_WORDS[order] for order in ORDERS if order in feasible)
        raise DateOrderNeeded(
            f"The dates in the column “{column}” can be read {ways}, and none of them proves which. "
            "Nothing was imported. Say it with --date-order mdy (month first), dmy (day first) or ymd."
        )
    return "ymd" if "ymd" in feasible else next(order for order in ORDERS if order in feasible)


def _unless_disproved(said: DateOrder, only_so: dict[DateOrder, int], column: str) -> DateOrder:
    """What was said, unless the values prove another order and none of them proves this one."""
    if only_so and said not in only_so:
        raise InvalidInput(
            f"The order that was said, {ORDER_IN_WORDS[said]}, is not the one in the column “{column}”. "
            f"Nothing was imported. {_proofs(only_so)}Leave --date-order out or say the right one."
        )
    return said


def _proofs(only_so: dict[DateOrder, int]) -> str:
    """One sentence for each order: the first line that proves it."""
    return "".join(f"Line {line} can only be {ORDER_IN_WORDS[order]}. " for order, line in only_so.items())


def readings_of(text: str, today: date) -> tuple[Readings, bool]:
    """What the text can mean in each order, and whether its year has two digits.

    Raises BirthDateRefused where it has no form of a date.
    """
    text = _MIDNIGHT.sub("", text.strip())
    if numeric := _NUMERIC.fullmatch(text) or _COMPACT.fullmatch(text):
        one, two, three = numeric.groups()
        if len(one) == _YEAR_DIGITS:
            return dict.fromkeys(ORDERS, _days(one, two, three, today)), False
        readings: Readings = {
            "mdy": _days(three, one, two, today),
            "dmy": _days(three, two, one, today),
            "ymd": _days(one, two, three, today),
        }
        return readings, len(three) == _SHORT_YEAR_DIGITS
    if named := _year_month_day_with_a_word(text):
        return dict.fromkeys(ORDERS, _days(*named, today)), len(named[0]) == _SHORT_YEAR_DIGITS
    if _TIME.search(text):
        raise BirthDateRefused(TIME_OF_DAY)
    raise BirthDateRefused(BARE_NUMBER if text.replace(".", "", 1).isdecimal() else NOT_A_DATE)


def _year_month_day_with_a_word(text: str) -> tuple[str, str, str] | None:
    """Year, month and day of "Aug 17 2001", "17-Aug-01", "2001 August 17", "17 de agosto de 2001"."""
    if not _WITH_A_WORD.fullmatch(text):
        return None
    tokens = [token for token in _TOKEN.findall(_ORDINAL.sub("", text.casefold())) if token not in _FILLER]
    match [token if token.isdecimal() else _MONTHS.get(token) for token in tokens]:
        case [int(month), str(day), str(year)] | [str(day), int(month), str(year)]:
            if len(day) == _YEAR_DIGITS:
                day, year = year, day
            return year, str(month), day
    return None


def _days(year: str, month: str, day: str, today: date) -> list[date]:
    """The days of the calendar that these digits can mean; for a year of two digits, those in range."""
    if len(month) > len("12") or len(day) > len("31"):
        return []
    if len(year) == _YEAR_DIGITS:
        return _in_calendar(int(year), int(month), int(day))
    if len(year) != _SHORT_YEAR_DIGITS:
        return []
    return [
        found
        for century in _CENTURIES
        for found in _in_calendar(century + int(year), int(month), int(day))
        if not _out_of_range(found, today)
    ]


def _in_calendar(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _out_of_range(day: date, today: date) -> str:
    """Why nobody alive was born on that day; empty where somebody may have been."""
    if day > today:
        return IN_THE_FUTURE
    age = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return TOO_LONG_AGO if age > OLDEST_AGE_YEARS else ""


def _same_in_every_order(readings: Readings) -> bool:
    return all(days == readings["ymd"] for days in readings.values())


def is_zero_date(text: str) -> bool:
    """Whether the text is the "00/00/0000" by which databases say that no date is known."""
    return _NUMERIC.fullmatch(text) is not None and not text.strip("0 /.-")


def looks_like_a_date(text: str) -> bool:
    """Whether the text has the form of a date, whatever it means."""
    return _NUMERIC.fullmatch(text) is not None
