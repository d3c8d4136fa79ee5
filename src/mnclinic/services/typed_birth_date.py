"""A date of birth as somebody types it, read back in a form that nobody can misread."""

from dataclasses import dataclass
from datetime import date

from mnclinic.domain.person_details import line_of
from mnclinic.interchange.birth_dates import BirthDateRefused, days_meant, read_birth_date


@dataclass(frozen=True)
class TypedBirthDate:
    """What was meant; else `problem` says why not. `is_month_first`: the digits could mean another day."""

    born_on: date | None
    problem: str = ""
    is_month_first: bool = False


def read_typed_birth_date(typed: str, today: date) -> TypedBirthDate:
    """The day that was typed: 1990-04-23, 23 Apr 1990, 4/23/1990. Where digits leave it open, month first.

    The window shows the day in words beside the field as soon as it is read, so a wrong order is seen.
    """
    text = line_of(typed)
    if not text:
        return TypedBirthDate(None, "Enter the date of birth.")
    days = days_meant(text, today)
    if len(days) == 1:
        return TypedBirthDate(next(iter(days)))
    try:
        return TypedBirthDate(read_birth_date(text, "mdy", today).born_on, is_month_first=True)
    except BirthDateRefused as error:
        # A year of two digits, a day that no calendar has, one that lies ahead: the sentence says which.
        return TypedBirthDate(None, f"{error} Write it like 23 Apr 1990.")
