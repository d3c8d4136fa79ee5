"""Days and moments in plain English words, the same on every computer.

`strftime` takes the names of months from the system's language, which a window follows and a command does
not. A sentence would read otherwise here than there, and what was stored could not be read back.
"""

from datetime import date, datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def plain_day(day: date) -> str:
    """As in "05 Dec 2026"."""
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year:04}"


def plain_moment(at: datetime) -> str:
    """As in "05 Dec 2026 at 14:30", on the clock that `at` brings its offset of."""
    return f"{plain_day(at)} at {at:%H:%M}"
