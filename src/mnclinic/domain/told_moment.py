"""Reads when something began as people say it at the telephone: now, a time, yesterday, two days ago."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mnclinic.domain.typed_values import plain_text, read_day, read_time

_DAYS_AGO = {"today": 0, "hoy": 0, "yesterday": 1, "ayer": 1, "anteayer": 2}
_AGO = re.compile(r"-(\d{1,3})")
_WITH_TIME = re.compile(
    r"(?P<day>.*?)[ ,]*(?<![\d:.-])(?P<time>\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)",
    re.IGNORECASE,
)
_HOW = "Write a time, a day or both: 14:05, yesterday 8:00, -2, 2026-11-23 14:05."
NOON = time(12)


@dataclass(frozen=True)
class ToldMoment:
    """The moment that was meant (aware), or why it cannot be read. Exactly one of the two is there."""

    at: datetime | None = None
    problem: str = ""


def read_told_moment(typed: str, now: datetime) -> ToldMoment:
    """Read a moment at the place of `now` (aware); nothing typed means now.

    A time alone is of today. A day alone counts from noon, or from now where noon is still to come.
    """
    text = plain_text(typed)
    if not text:
        return ToldMoment(now)
    day_text, time_text = text, ""
    if found := _WITH_TIME.fullmatch(text):
        day_text, time_text = found["day"].strip(), found["time"]
    day, problem = _day(day_text, now.date())
    if day is None:
        return ToldMoment(problem=problem)
    if not time_text:
        noon = datetime.combine(day, NOON, now.tzinfo)
        return ToldMoment(now if day == now.date() and noon > now else noon)
    reading = read_time(time_text)
    if reading.problem:
        return ToldMoment(problem=reading.problem)
    return ToldMoment(datetime.combine(day, time.fromisoformat(reading.value), now.tzinfo))


def _day(text: str, today: date) -> tuple[date | None, str]:
    word = text.casefold()
    if not word:
        return today, ""
    ago = _DAYS_AGO.get(word)
    if found := _AGO.fullmatch(word):
        ago = int(found[1])
    if ago is not None:
        return today - timedelta(days=ago), ""
    reading = read_day(text)
    if reading.is_read:
        return date.fromisoformat(reading.value), ""
    said = reading.problem if re.search(r"\d", text) and "2026-11-23 or" not in reading.problem else _HOW
    return None, said or _HOW
