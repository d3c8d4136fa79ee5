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
_WORDS = re.compile(r"[0-9]+|[^\W\d_]+")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b")
_MIDNIGHT = re.compile(
    r"(?<=[0-9])[\sT]+(?:00?:00(?::00(?:\.0+)?)?|12:00(?::00)?\s*am)\s*(?:z|[+-]00:?00)?$", re.I
)
_TIME = re.compile(r"[0-9][\sT]+[0-9]{1,2}:[0-9]{2}")
_FILLER = {"de", "del", "of"}
_YEAR_DIGITS = 4
_DATE_WORDS = 3


class BirthDateRefused(ValueError):
    """The text is no birth date that can be relied on. The message is a sentence without the text."""


class DateOrderNeeded(InvalidInput):
    """The values do not tell the order of day and month. A person has to say."""


@dataclass(frozen=True)
class BirthDate:
    """A birth date, and whether the century was worked out from a year of two digits."""

    born_on: date
    century_worked_out: bool = False


def read_birth_date(text: str, order: DateOrder, today: date) -> BirthDate:
    """The day that the text states, in the column's order.

    A year of two digits is taken where one of the two centuries would lie in the future or more than 120
    years ago, and refused otherwise. Raises BirthDateRefused.
    """
    text = _MIDNIGHT.sub("", text.strip())
    if parts := _numeric_parts(text):
        possible = _days(parts, order, today)
        if not possible and any(_days(parts, other, today) for other in ORDERS):
            raise BirthDateRefused(
                f"The birth date is not written {ORDER_IN_WORDS[order]}, as the others are."
            )
    elif words := _named_month_parts(text):
        possible = [_in_calendar(*day) for day in words]
    else:
        raise BirthDateRefused(_why_not_a_date(text))
    return _only_one([day for day in possible if day], today, two_centuries=len(possible) > 1)
