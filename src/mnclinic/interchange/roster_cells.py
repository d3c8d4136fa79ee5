"""What one cell of a roster says, taken as far as it is certain.

Each reader returns the value and, where the text could not be used as that value, a note that keeps the
text. An empty cell and a word that only says "nothing here" are the same: not known.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from mnclinic.domain.names import digits, fold

AllergiesStated: TypeAlias = Literal["not_stated", "none_known", "no_drug_allergies_known", "listed"]
"""Whether anything was said about allergies. Silence is not "none known"."""

_NOTHING = frozenset(
    {"", "n/a", "na", "n.a.", "none", "unknown", "unk", "null", "nil", "-", "--", "---", "?", ".",
     "not provided", "not given", "not known", "not available", "tbd", "sin datos", "desconocido",
     "no consta"}
)  # fmt: skip
# real family names among the words above: Null, None, Na. Only these say nothing beside another name
_NOTHING_IN_A_NAME = frozenset({"", "n/a", "n.a.", "-", "--", "---", "?", "."})
_NOTHING_ABOUT_ALLERGIES = _NOTHING - {"none"}
_SEX: dict[str, str] = {
    **dict.fromkeys(
        ("f", "female", "woman", "girl", "femenino", "femenina", "mujer", "w", "weiblich"), "female"
    ),
    **dict.fromkeys(("m", "male", "man", "boy", "masculino", "hombre", "varon", "mannlich"), "male"),
    "x": "x",
    **dict.fromkeys(("u", "unk", "unknown", "not known", "desconocido"), "unknown"),
}
_SAYS_NOTHING_ABOUT_SEX = _NOTHING - {"unk", "unknown", "not known", "desconocido"}
_NONE_KNOWN = frozenset(
    {"none known", "no known allergies", "no known allergy", "nka", "no allergies", "no known",
     "denies allergies", "no allergies known", "ninguna conocida", "sin alergias conocidas", "sin alergias"}
)  # fmt: skip
_NO_DRUG_ALLERGIES_KNOWN = frozenset(
    {"nkda", "no known drug allergies", "no known drug allergy", "no known medication allergies",
     "no drug allergies"}
)  # fmt: skip
_SKIN_TYPES = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6
}  # fmt: skip
_FITZPATRICK = re.compile(
    r"(?:(?:fitzpatrick|skin|photo|type|phototype|fst|fitz|fototipo|tipo|scale) )*(\w+)"
)
_EMAIL = re.compile(r"[^\s@,;:<>()\"]+@(?:[^\s@.,;:<>()\"]+\.)+[^\s@.,;:<>()\"]{2,}")

_PHONE_LABEL = r"(?:telephone|tel|phone|ph|cellular|cell|mobile|mob|home|work|office|c|h|w|m|t|p)"
_PHONE = re.compile(
    rf"(?:{_PHONE_LABEL}[.:]*\s*)?\+?[0-9(][0-9\s().\-/–]*"
    rf"(?:[\s,;]*(?:extension|ext|x|#)[.:\s]*[0-9]+)?(?:\s*\(?{_PHONE_LABEL}\)?)?",
    re.IGNORECASE,
)
_PHONE_DIGITS = range(7, 16)
_BETWEEN_PHONES = re.compile(r"\s*(?:[,;|\n]|\s/\s|\bor\b|\band\b)\s*", re.IGNORECASE)

# bidirectional marks and zero-width characters hide in pasted names and break searching;
# the joiners U+200C and U+200D spell Persian and Indic names and stay
_INVISIBLE = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_HARD_SPACE = re.compile("[\u00a0\u2007\u202f]")


def clean(text: str) -> tuple[str, bool]:
    """The text in form NFC without invisible characters, and whether any were taken out.

    Tabs and line breaks stay, and so does everything a person can see; spaces that do not break become
    plain ones.
    """
    visible = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", _HARD_SPACE.sub(" ", visible)).strip(), visible != text


def needs_cleaning(text: str) -> bool:
    """Whether the text may hold anything that has to be taken out or refused."""
    return not text.isascii() or "\x00" in text or bool(_INVISIBLE.search(text))


def stated(text: str) -> str | None:
    """The text, or None where it only says that nothing is known."""
    return None if text.casefold() in _NOTHING else text


def name_stated(text: str) -> str:
    """A part of a name, or empty text where a mark stands for it."""
    return "" if text.casefold() in _NOTHING_IN_A_NAME else text


def is_name(last_name: str, first_name: str) -> bool:
    """Whether there is a name at all: a letter or a digit, and not just "unknown" or "none"."""
    return any(text.casefold() not in _NOTHING and fold(text) for text in (last_name, first_name))


def sex_words(column: Iterable[str]) -> Mapping[str, str]:
    """What the folded words of a column for sex mean.

    A Spanish column of H and M means hombre and mujer, so the M of such a column is not "male"; beside
    both H and F it is nothing certain and stays as typed.
    """
    letters = {text.casefold() for text in column if len(text) == 1}
    if "h" not in letters:
        return _SEX
    if "f" not in letters:
        return _SEX | {"h": "male", "m": "female"}
    return {word: sex for word, sex in _SEX.items() if word != "m"}


def read_sex(text: str, words: Mapping[str, str] = _SEX) -> str | None:
    """female, male, x or unknown where the text is one of their words; anything else as typed."""
    if text.casefold() in _SAYS_NOTHING_ABOUT_SEX:
        return None
    return words.get(fold(text), text)


def read_allergies(text: str) -> tuple[str | None, AllergiesStated]:
    """The text as typed, and what it states. A bare "none" is kept and states nothing: ask again."""
    if text.casefold() in _NOTHING_ABOUT_ALLERGIES:
        return None, "not_stated"
    words = fold(text)
    if words == "none":
        return text, "not_stated"
    if words in _NONE_KNOWN:
        return text, "none_known"
    return text, "no_drug_allergies_known" if words in _NO_DRUG_ALLERGIES_KNOWN else "listed"


def read_fitzpatrick(text: str) -> tuple[int | None, str | None]:
    """Skin type 1 to 6, from "III", "5" or "Type IV"; a range or another scale goes to the note."""
    if stated(text) is None:
        return None, None
    if (found := _FITZPATRICK.fullmatch(fold(text))) and found[1] in _SKIN_TYPES:
        return _SKIN_TYPES[found[1]], None
    return None, f"Skin type as written: {text}"


def read_email(text: str) -> tuple[str | None, str | None]:
    """The address where it has the form of one."""
    if stated(text) is None:
        return None, None
    if _EMAIL.fullmatch(text):
        return text, None
    return None, f"Email address as written: {text}"


def read_phones(cells: Iterable[str]) -> tuple[list[str], list[str]]:
    """Every different phone number as typed, in the order of the cells, and notes of what is none."""
    phones: dict[str, str] = {}
    notes = []
    for typed in cells:
        if stated(typed) is None:
            continue
        # an apostrophe is a spreadsheet's mark that "+1 ..." is text and no formula
        text = typed.removeprefix("'")
        if number := _phone_digits(text):
            phones.setdefault(number, text)
            continue
        parts = _BETWEEN_PHONES.split(text)
        if all(map(_phone_digits, parts)):
            for part in parts:
                phones.setdefault(_phone_digits(part), part)
        else:
            notes.append(f"Phone as written: {typed}")
    return list(phones.values()), notes


def _phone_digits(text: str) -> str:
    """The digits of a phone number; empty where the text is none."""
    if not _PHONE.fullmatch(text):
        return ""
    number = digits(text)
    return number if len(number) in _PHONE_DIGITS else ""
