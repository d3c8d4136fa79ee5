"""What a person typed into a field, read as the value that the record keeps. Pure.

A reader never guesses: what can mean two things is told in a sentence, and the text stays where it is. The
limits are those of the published visit document, which a test holds them to.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

DEEPEST_MM = Decimal("5.00")
MOST_PASSES = 99
"""What the document can hold. Nobody makes as many: see `MOST_TYPED_PASSES`."""
MOST_TYPED_PASSES = 20
LEAST_SPEED_RPM, MOST_SPEED_RPM = 100, 20_000
MOST_PAIN = 10
MOST_LINES = 60
LONGEST_NOTE = 2000
FIRST_YEAR, LAST_YEAR = 1900, 2099

_DECIMAL = re.compile(r"(?P<whole>[0-9]*)(?:[.,](?P<part>[0-9]*))?")
_ISO_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_NUMBERED_DAY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_WORD_DAY = re.compile(
    r"(?:([0-9]{1,2})\.?\s+(?:de\s+)?([^\W\d_]+)|([^\W\d_]+)\.?\s+([0-9]{1,2}))[.,]?\s+(?:de\s+)?([0-9]{4})"
)
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(a|am|a\.m\.|p|pm|p\.m\.)?", re.IGNORECASE)
_MONTHS = (
    "jan ene", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep set", "oct", "nov", "dec dic",
)  # fmt: skip
_MONTH_LETTERS = 3
_MONTHS_IN_A_YEAR = 12
_NOON = 12
_HOURS, _MINUTES = 24, 60


@dataclass(frozen=True)
class Reading:
    """What a text means: `value` as text of the visit document, or `problem`, a sentence.

    Both are empty for an empty text. `value` is also how the field shows it once it is left. A problem that
    `is_told_at_once` is no half-typed word: nothing more that is typed can mend it.
    """

    value: str = ""
    problem: str = ""
    is_told_at_once: bool = False

    @property
    def is_read(self) -> bool:
        """There is a value."""
        return bool(self.value)


Reader = Callable[[str], Reading]
"""The rule of a field: reads a text, and says what is wrong with it."""


def plain_text(typed: str) -> str:
    """The text in one form of each character (full-width digits are digits), without blanks around it."""
    return unicodedata.normalize("NFKC", typed).strip()


def decimal_within(least: Decimal, most: Decimal, *, places: int, unit: str) -> Reader:
    """Reads a decimal number with a point or a comma: `.8`, `0,8` and `0.8 mm` are one and the same.

    A comma is never a mark of thousands. The value has exactly `places` decimals.
    """
    example = Decimal("1.25").quantize(Decimal(1).scaleb(-places))

    def read(typed: str) -> Reading:
        text = plain_text(typed).casefold().removesuffix(unit.casefold()).strip()
        if not text:
            return Reading(problem=f"Write a number before {unit}." if plain_text(typed) else "")
        found = _DECIMAL.fullmatch(text)
        if found is None or not (found["whole"] or found["part"]):
            return Reading(problem=f"Write a number in {unit}, for example {example}.")
        part = found["part"] or ""
        if len(part) > places:
            return Reading(problem=f"At most {places} decimals, for example {example}.")
        value = Decimal(f"{found['whole'] or '0'}.{part or '0'}")
        if not least <= value <= most:
            return Reading(problem=f"This must be from {least} to {most} {unit}.")
        return Reading(str(value.quantize(Decimal(1).scaleb(-places))))

    return read


def decimal_as_typed(least: Decimal, most: Decimal, *, places: int, unit: str) -> Reader:
    """Reads a decimal number as `decimal_within` does, and keeps the decimals that were typed.

    What a label states as 4 % stays 4, and 4.0 stays 4.0.
    """
    exact = decimal_within(least, most, places=places, unit=unit)

    def read(typed: str) -> Reading:
        reading = exact(typed)
        if not reading.is_read:
            return reading
        text = plain_text(typed).casefold().removesuffix(unit.casefold()).strip().replace(",", ".")
        whole, _, part = text.partition(".")
        return Reading(f"{whole or '0'}.{part}" if part else whole or "0")

    return read


def whole_within(least: int, most: int) -> Reader:
    """Reads a whole number."""

    def read(typed: str) -> Reading:
        text = plain_text(typed)
        if not text:
            return Reading()
        said = f"Write a whole number from {least} to {most}."
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            return Reading(problem=said)
        return Reading(str(int(text)))

    return read


FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by their kind that nobody sees."""


def has_words(text: str) -> bool:
    """Whether a text holds a letter or a figure. A dot, or a space without width, is no reason."""
    return any(one.isalnum() and one not in FILLERS for one in text)


def words_within(most: int) -> Reader:
    """Reads free text of at most `most` characters. What is longer stays typed and is told."""

    def read(typed: str) -> Reading:
        text = unicodedata.normalize("NFC", typed).strip()
        if len(text) > most:
            said = (
                f"{len(text):,} characters, and the record holds {most:,}. Nothing is cut off: shorten it, "
                "and it is stored with the visit."
            )
            return Reading(problem=said, is_told_at_once=True)
        if any(unicodedata.category(one) == "Cs" or _is_control(one) for one in text):
            return Reading(problem="This holds a character that cannot be stored. Type it again.")
        return Reading(text)

    return read


def code_of_words(typed: str) -> Reading:
    """Reads a name as the code that documents call it by: "Scalp needling" is scalp_needling.

    What has no letter to begin with stays as it was typed, and the document's schema says so.
    """
    plain = (one for one in unicodedata.normalize("NFKD", typed.casefold()) if not unicodedata.combining(one))
    code = re.sub(r"[^a-z0-9]+", "_", "".join(plain)).strip("_")
    return Reading(code if code[:1].isalpha() else typed.strip())


def one_of(codes: Collection[str]) -> Reader:
    """Reads a code that is one of these."""

    def read(typed: str) -> Reading:
        if not typed or typed in codes:
            return Reading(typed)
        return Reading(problem="This is none of the choices.")

    return read


def any_code(typed: str) -> Reading:
    """Reads a code whose choices only the clinic's own lists know; the gate judges it."""
    return Reading(typed.strip())


def read_day(typed: str) -> Reading:
    """Reads a calendar day where it can be nothing else; the value is YYYY-MM-DD.

    The year comes first, or the month is a word, or one of the two numbers cannot be a month.
    """
    text = plain_text(typed)
    if not text:
        return Reading()
    if found := _ISO_DAY.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORD_DAY.fullmatch(text):
        month = _month(found[2] or found[3])
        if month:
            return _day(int(found[5]), month, int(found[1] or found[4]))
    if found := _NUMBERED_DAY.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first > _MONTHS_IN_A_YEAR >= second:
            return _day(year, second, first)
        if second > _MONTHS_IN_A_YEAR or first == second:
            return _day(year, first, second)
        said = "This can be two days. Write the year first or the month as a word: 2026-11-23, 23 Nov 2026."
        return Reading(problem=said)
    return Reading(problem="Write the day as 2026-11-23 or 23 Nov 2026.")


def _month(word: str) -> int:
    start = word.casefold()[:_MONTH_LETTERS]
    return next((number for number, starts in enumerate(_MONTHS, 1) if start in starts.split()), 0)


def _day(year: int, month: int, day: int) -> Reading:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Reading(problem=f"The year must be from {FIRST_YEAR} to {LAST_YEAR}.")
    if not 1 <= month <= _MONTHS_IN_A_YEAR:
        return Reading(problem="There is no such month. Months are 01 to 12.")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return Reading(problem=f"There is no such day: that month has {last} days.")
    return Reading(date(year, month, day).isoformat())


def read_time(typed: str) -> Reading:
    """Reads a time of day; the value is HH:MM on the clock of 24 hours."""
    text = plain_text(typed)
    if not text:
        return Reading()
    found = _CLOCK.fullmatch(text)
    if found is None or (found[2] is None and found[3] is None):
        return Reading(problem="Write the time as 14:05 or 2:05 pm.")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= _NOON:
            return Reading(problem="With am or pm the hour is 1 to 12.")
        hour = hour % _NOON + (_NOON if found[3].casefold().startswith("p") else 0)
    if hour >= _HOURS or minute >= _MINUTES:
        return Reading(problem="There is no such time. Hours are 0 to 23 and minutes 00 to 59.")
    return Reading(f"{hour:02}:{minute:02}")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in "\n\r\t"
