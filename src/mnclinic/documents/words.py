"""Codes, days and instants of the frozen documents as a person reads them on paper."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from mnclinic.domain.plain_codes import in_words

NOT_RECORDED = "not recorded"

_WORDS = {
    "microneedling": "microneedling",
    "est": "EST",
    "in_person": "in person",
    "photo_id": "photo ID",
    "name_and_birth_date": "name and date of birth",
    "microneedling_prp": "microneedling with PRP",
    "decolletage": "décolletage",
    "prp_autologous": "PRP, the patient's own",
}
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI")


def spoken(code: object) -> str:
    """A code of the documents in words: "upper_lip" is "upper lip"."""
    if code is None or code == "":
        return NOT_RECORDED
    text = str(code)
    return _WORDS.get(text, in_words(text))


def capital(text: str) -> str:
    """With a capital first letter, for the start of a table's cell."""
    return text[:1].upper() + text[1:]


def said(value: object) -> str:
    """A value of a document as text: true and false as yes and no, nothing as "not recorded"."""
    if value is None or value == "":
        return NOT_RECORDED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{spoken(key)}: {said(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(said(one) for one in value)
    return str(value)


def phototype(number: object) -> str:
    """Fitzpatrick type 1 to 6 as I to VI."""
    if isinstance(number, int) and 0 < number < len(_ROMAN):
        return _ROMAN[number]
    return said(number)


def instant_words(text: object, utc_offset: str | None = None) -> str:
    """An RFC 3339 instant as day, time and UTC offset; in `utc_offset` ("-06:00") where that is given.

    Seconds are shown unless they are zero. What does not read as an instant is shown as it is.
    """
    if text is None or text == "":
        return NOT_RECORDED
    try:
        instant = datetime.fromisoformat(str(text))
    except ValueError:
        return str(text)
    if instant.tzinfo is None:
        return str(text)
    if utc_offset:
        instant = instant.astimezone(_zone(utc_offset))
    return f"{instant:%Y-%m-%d} {_time(instant)} UTC{_offset(instant)}"


def clock_words(text: object, of_day: object) -> str:
    """An instant as the clock showed it, where it is of the same day and offset as `of_day`; else in full."""
    try:
        instant, day = datetime.fromisoformat(str(text)), datetime.fromisoformat(str(of_day))
    except ValueError:
        return instant_words(text)
    is_same = instant.utcoffset() == day.utcoffset() and instant.date() == day.date()
    return _time(instant) if is_same else instant_words(text)


def moment_words(instant: datetime) -> str:
    """An aware instant as day, minutes and UTC offset, for "printed" and "made"."""
    return f"{instant:%Y-%m-%d %H:%M} UTC{_offset(instant)}"


def offset_of(text: object) -> str | None:
    """The UTC offset that an RFC 3339 instant is written in, or None."""
    try:
        instant = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return _offset(instant) if instant.tzinfo else None


def age_on(born_on: object, visit_at: object) -> int | None:
    """Whole years on the day of the visit, where the clinic is; None if either day is missing."""
    try:
        born, day = date.fromisoformat(str(born_on)), datetime.fromisoformat(str(visit_at)).date()
    except ValueError:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _time(instant: datetime) -> str:
    return f"{instant:%H:%M:%S}" if instant.second else f"{instant:%H:%M}"


def _offset(instant: datetime) -> str:
    text = f"{instant:%z}"
    return f"{text[:3]}:{text[3:5]}"


def _zone(utc_offset: str) -> timezone:
    sign = -1 if utc_offset.startswith("-") else 1
    hours, minutes = utc_offset.lstrip("+-").split(":")[:2]
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
