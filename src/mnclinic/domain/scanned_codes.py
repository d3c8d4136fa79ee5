"""What a scanner or a person typed from a box: GS1, HIBC or a plain lot, read into typed values. Pure.

A scanner is a keyboard, so everything comes as one text. Nothing is guessed: what is wrong is told, every
reason at once, and then no value is given at all.
"""

import re
import string
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from biip import ParseConfig

LONGEST_CODE = 200
LONGEST_LOT = 40
_GS = "\x1d"
_STANDS_FOR_GS = re.compile(r"<GS>|\{GS\}|\^\]|[\u241d|~^]")
_GS1_PREFIX = re.compile(r"\](?:d2|C1|Q3|e0)")
_SHOP_PREFIX = re.compile(r"\]E[0-4]")
_OTHER_PREFIX = re.compile(r"\][A-Za-z][0-9a-zA-Z]")
_BRACKET = re.compile(r"\(([0-9]{2,4})\)")
_SHOP_LENGTHS = (12, 13)
_GTIN_LENGTH = 14
# What is told of a data field that does not fit; the library has the fields themselves.
_FIXED = {"01": 14, "11": 6, "17": 6}
_VARIABLE = {"10": 20, "21": 20, "30": 8}
_DAYS = frozenset({"11", "17"})
_DIGITS = re.compile(r"[0-9]+")
_SAFE_LOT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_#:+*-]*")
_HIBC = string.digits + string.ascii_uppercase + "-. $/+%"
_HIBC_PRIMARY = re.compile(r"[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]")
_HIBC_DATED = {
    "2": ("%m%d%y", 6),
    "3": ("%y%m%d", 6),
    "4": ("%y%m%d", 8),
    "5": ("%y%j", 5),
    "6": ("%y%j", 7),
}
_AHEAD, _BEHIND = 51, -50


@dataclass(frozen=True)
class ScannedItem:
    """What the codes of one item say; empty or None where they do not say it. `upn` is of an HIBC code."""

    gtin: str = ""
    upn: str = ""
    lot: str = ""
    serial: str = ""
    expires_on: date | None = None
    made_on: date | None = None
    quantity: int | None = None


@dataclass(frozen=True)
class ScanReading:
    """An item, or every reason why it could not be read. Never both."""

    item: ScannedItem | None
    problems: tuple[str, ...] = ()


_Facts = dict[str, str | date | int]


class _Found:
    def __init__(self, this_year: int) -> None:
        self.this_year = this_year
        self.facts: _Facts = {}
        self.problems: list[str] = []

    def say(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def hold(self, name: str, value: str | date | int) -> None:
        if self.facts.setdefault(name, value) != value:
            self.say("The codes do not agree. They may be of two items: scan the codes of one item alone.")


def read_scanned(codes: Sequence[str], *, this_year: int) -> ScanReading:
    """The codes of one item joined. `this_year` places two-digit years by the rule of GS1."""
    found = _Found(this_year)
    for code in codes:
        _read_one(code, found)
    if not codes:
        found.say("Nothing was scanned.")
    if not (found.facts or found.problems):
        found.say("The code names neither an item nor a lot. Scan the one with lot and expiry.")
    if found.problems:
        return ScanReading(None, tuple(found.problems))
    known = {one.name for one in fields(ScannedItem)}
    facts = {name: value for name, value in found.facts.items() if name in known}
    return ScanReading(ScannedItem(**facts))  # type: ignore[arg-type]  # `hold` is given each its own type


def gs1_check_digit(digits: str) -> str:
    """The check digit that belongs behind these digits."""
    total = sum(int(one) * (3, 1)[place % 2] for place, one in enumerate(reversed(digits)))
    return str(-total % 10)


def hibc_check_character(text: str) -> str:
    """The check character, modulo 43, that belongs behind this text, its leading + included.

    Raises ValueError for a character that HIBC does not have.
    """
    return _HIBC[sum(_HIBC.index(one) for one in text) % len(_HIBC)]


def full_year(two_digits: int, this_year: int) -> int:
    """The year within 49 years behind and 50 ahead, as GS1 says."""
    century = this_year - this_year % 100
    apart = two_digits - this_year % 100
    if apart >= _AHEAD:
        century -= 100
    elif apart <= _BEHIND:
        century += 100
    return century + two_digits


def _without_blanks(code: str) -> str:
    # A blank is a check character of HIBC like any other, so the last one may be part of the code.
    text = code.strip("\t\r\n").lstrip(" ")
    return text if re.match(r"(\]..)?\*?\+", text) else text.strip(" \t\r\n")


def _read_one(code: str, found: _Found) -> None:
    text = _without_blanks(code)
    if not text:
        found.say("Nothing was scanned.")
    elif len(text) > LONGEST_CODE:
        found.say(f"This is longer than a code can be ({LONGEST_CODE} characters). Scan one code at a time.")
    elif _GS1_PREFIX.match(text):
        _gs1(_with_gs(text[3:]), found)
    elif _SHOP_PREFIX.match(text):
        _shop(text[3:], found)
    elif _OTHER_PREFIX.match(text) and not text[3:].startswith("+"):
        found.say("This kind of bar code is not one that medical items carry.")
    elif text.removeprefix("*").startswith("+") or _OTHER_PREFIX.match(text):
        bare = text[3:] if _OTHER_PREFIX.match(text) else text
        is_framed = bare.startswith("*") and bare.endswith("*")
        _hibc(bare[1:-1] if is_framed else bare, found)
    elif _BRACKET.match(text):
        _readable(text, found)
    elif _GS in text or re.match(r"01[0-9]{14}", text):
        _gs1(_with_gs(text), found)
    elif _is_gtin(text) and len(text) in _SHOP_LENGTHS:
        _shop(text, found)
    elif _is_gtin(text) and len(text) == _GTIN_LENGTH:
        found.hold("gtin", text)
    elif len(text) > LONGEST_LOT or not _SAFE_LOT.fullmatch(text):
        found.say(f"This is no lot: letters, digits and - . / _ # : + *, at most {LONGEST_LOT} characters.")
    else:
        found.hold("lot", text)


def _with_gs(text: str) -> str:
    return _STANDS_FOR_GS.sub(_GS, text)


def _is_gtin(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{2,14}", text)) and gs1_check_digit(text[:-1]) == text[-1]


def _shop(text: str, found: _Found) -> None:
    if not _is_gtin(text):
        found.say("The check digit is wrong. Scan the code again.")
        return
    found.say(
        "This is the code of a shop item (EAN or UPC): it names no lot. Scan the one with lot and expiry."
    )


def _gs1(text: str, found: _Found) -> None:
    # Read when the first code is: the table of data fields is large, and a window starts without it.
    from biip import ParseError
    from biip.gs1_element_strings import GS1ElementString

    rest = text.strip(_GS)
    if not rest:
        found.say("The code is empty.")
    if not rest.isascii():
        found.say(_unlike_gs1(""))
        return
    while rest:
        try:
            one = GS1ElementString.extract(rest, config=_dates_are_read_here())
        except (ParseError, ValueError):
            found.say(_unlike_gs1(rest))
            return
        code, value = one.ai.ai, one.value
        rest = rest[len(code) + len(value) :]
        is_cut = rest and one.ai.separator_required and not rest.startswith(_GS)
        if is_cut or not value:
            found.say(_unlike_gs1(code))
            return
        _element(code, value, found)
        rest = rest.lstrip(_GS)


def _readable(text: str, found: _Found) -> None:
    from biip import ParseError
    from biip.gs1_element_strings import GS1ElementString

    parts = _BRACKET.split(text)[1:]
    for code, value in zip(parts[::2], parts[1::2], strict=True):
        typed = value.strip()
        try:
            one = GS1ElementString.parse(code + typed, config=_dates_are_read_here())
        except (ParseError, ValueError):
            found.say(_unlike_gs1(code + typed))
            continue
        if one.ai.ai == code and typed.isascii() and one.value:
            _element(code, one.value, found)
        else:
            found.say(_unlike_gs1(code))


@lru_cache(maxsize=1)
def _dates_are_read_here() -> "ParseConfig":
    # The library asks the computer's clock for the century; here the year comes with the question.
    from biip import ParseConfig

    return ParseConfig(gs1_element_strings_verify_date=False)


def _unlike_gs1(rest: str) -> str:
    code, value = rest[:2], rest[2:]
    if code in _DAYS and re.match(r"[0-9]{6}", value):
        return _no_such_day(value[:6])
    if code in _FIXED:
        return f"The data field ({code}) must have {_FIXED[code]} digits."
    if code in _VARIABLE:
        return f"The data field ({code}) must have 1 to {_VARIABLE[code]} characters of GS1."
    return "The code breaks off or is not built as GS1 says. Scan it again."


def _element(code: str, value: str, found: _Found) -> None:
    match code:
        case "01":
            if _is_gtin(value):
                found.hold("gtin", value)
            else:
                found.say(f"The check digit of the item number {value} is wrong. Scan the code again.")
        case "17":
            _hold_day("expires_on", value, "%y%m%d", found)
        case "11":
            _hold_day("made_on", value, "%y%m%d", found)
        case "10":
            found.hold("lot", value)
        case "21":
            found.hold("serial", value)
        case "30":
            found.hold("quantity", int(value))


def _hold_day(name: str, digits: str, form: str, found: _Found) -> None:
    try:
        found.hold(name, _day(digits, form, found.this_year))
    except ValueError:
        found.say(_no_such_day(digits))


def _no_such_day(digits: str) -> str:
    return f"The code names a day, {digits}, that is not in the calendar."


def _day(digits: str, form: str, this_year: int) -> date:
    if not re.fullmatch(r"[0-9]{4,8}", digits):
        raise ValueError(digits)
    if form == "%y%j":
        year, number = full_year(int(digits[:2]), this_year), int(digits[2:5])
        made = date(year, 1, 1) + timedelta(days=number - 1)
        if made.year != year:
            raise ValueError(digits)
        return made
    if form == "%Y%m%d":
        return datetime.strptime(digits, form).date()  # noqa: DTZ007  a calendar day has no zone
    at = {form[2 * place + 1]: int(digits[2 * place : 2 * place + 2]) for place in range(len(form) // 2)}
    year, month = full_year(at["y"], this_year), at["m"]
    if not 1 <= month <= 12:  # noqa: PLR2004  months of a year
        raise ValueError(digits)
    return date(year, month, at.get("d", 0) or monthrange(year, month)[1])


def _hibc(text: str, found: _Found) -> None:
    if any(one not in _HIBC for one in text):
        found.say("The code holds a character that HIBC does not have. Scan it again.")
        return
    if len(text) < 4 or hibc_check_character(text[:-1]) != text[-1]:  # noqa: PLR2004  +, data, check
        found.say("The check character of the HIBC code is wrong. Scan the code again.")
        return
    body = text[1:-1]
    if body[0].isalpha():
        primary, *more = body.split("/")
        if _HIBC_PRIMARY.fullmatch(primary):
            found.hold("upn", primary)
        else:
            found.say("The maker and item of the HIBC code are not built as the standard says.")
    elif len(body) > 1:
        # A secondary code of its own ends with the check character of its primary, the link.
        first, *more = body.split("/")
        more = [first, *more]
        more[-1] = more[-1][:-1]
    else:
        more = []
        found.say("The HIBC code breaks off. Scan it again.")
    for part in more:
        _hibc_part(part, found)


def _hibc_part(part: str, found: _Found) -> None:
    if part.startswith("$$"):
        is_serial = part.startswith("$$+")
        _hibc_dated(part[3:] if is_serial else part[2:], "serial" if is_serial else "lot", found)
    elif part.startswith("$"):
        _hibc_name(part[2:] if part[1:2] == "+" else part[1:], "serial" if part[1:2] == "+" else "lot", found)
    elif part.startswith("16D"):
        _hold_day("made_on", part[3:], "%Y%m%d", found)
    elif part.startswith("14D"):
        _hold_day("expires_on", part[3:], "%Y%m%d", found)
    elif part.startswith("S"):
        _hibc_name(part[1:], "serial", found)
    elif part.startswith("Q") and _DIGITS.fullmatch(part[1:]):
        found.hold("quantity", int(part[1:]))
    elif re.match(r"[0-9]{5}", part):
        _hold_day("expires_on", part[:5], "%y%j", found)
        _hibc_name(part[5:], "lot", found)


def _hibc_dated(rest: str, name: str, found: _Found) -> None:
    width = {"8": 2, "9": 5}.get(rest[:1])
    if width:
        count, rest = rest[1 : 1 + width], rest[1 + width :]
        if re.fullmatch(rf"[0-9]{{{width}}}", count):
            found.hold("quantity", int(count))
        else:
            found.say("The quantity of the HIBC code is no number.")
    flag = rest[:1]
    if flag in _HIBC_DATED:
        form, length = _HIBC_DATED[flag]
        digits, rest = rest[1 : 1 + length], rest[1 + length :]
        if len(digits) == length and _DIGITS.fullmatch(digits):
            _hold_day("expires_on", digits[: 5 if form == "%y%j" else 6], form, found)
        else:
            found.say("The expiry of the HIBC code is no number.")
    elif flag in {"0", "1"}:
        digits, rest = rest[:4], rest[4:]
        _hold_day("expires_on", digits, "%m%y", found)
    elif flag == "7":
        rest = rest[1:]
    elif flag or not width:
        found.say("The HIBC code has a form of date that the standard does not know.")
    if rest:
        _hibc_name(rest, name, found)


def _hibc_name(text: str, name: str, found: _Found) -> None:
    if re.fullmatch(r"[0-9A-Z. -]{1,20}", text):
        found.hold(name, text)
    else:
        found.say("A lot or serial number of an HIBC code has 1 to 20 letters and digits.")
