"""People's names and numbers: how they are shown, searched and taken apart.

Nothing here guesses. A name is split into last and first only where the text itself says how.
"""

import re
import unicodedata
from dataclasses import dataclass

_PUNCTUATION = re.compile(r"[^a-z0-9]+")
# letters that Unicode does not take apart into a base letter and an accent
_BASE_LETTERS = str.maketrans(
    {
        "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ħ": "h", "ŧ": "t", "ŋ": "n", "\u0131": "i", "ĸ": "k", "ɨ": "i", "ə": "e",
    }
)  # fmt: skip
# apostrophes and the like that Unicode counts among the letters
_MODIFIER_LETTER = "Lm"

# vowel signs, nuktas and viramas of Indic scripts are part of the word; accents are not
_COMBINING_THAT_SPELLS = frozenset({0, 7, 9})
_VARIATION_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))

_EXTENSION = re.compile(r"[\s,;]*(?:\b(?:extension|ext|x)|(?<=[0-9])x|#)[.:=\s]*[0-9]+\s*$", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"[^0-9]+")
_NORTH_AMERICAN_DIGITS = 11

_SUFFIXES = frozenset({"jr", "jnr", "sr", "snr", "ii", "iii", "iv", "2nd", "3rd"})
# DO, PA and NP are left out: Do and Pa are given names
_CREDENTIALS = frozenset({"MD", "PHD", "DDS", "RN", "ESQ"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sr", "sra", "srta", "sir", "rev"})
# a family name may begin with one of these however it is capitalised
_PARTICLES = frozenset({"de", "del", "della", "von", "st", "ó", "ní", "mac", "mc"})
# these begin a family name in lower case; capitalised they are given or middle names too (Van, La, Do)
_ROMANCE_PARTICLES = frozenset({"da", "das", "di", "do", "dos", "du", "el", "la", "las", "le", "los"})
_LOWER_CASE_PARTICLES = _ROMANCE_PARTICLES | {"ten", "ter", "van", "zu", "bin", "ibn"}
_NOT_PLAIN = re.compile(r"[0-9=+@&/\\()\[\]{}<>|\"\r\n\t]")


@dataclass(frozen=True)
class NameParts:
    """A person's name. `first_name` holds all given names; either may be empty."""

    last_name: str
    first_name: str

    @property
    def listed(self) -> str:
        """Last name, first name: how lists sort."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part)

    @property
    def spoken(self) -> str:
        """First name and last name: how a person is called."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)


def fold(text: str) -> str:
    """The text as it is searched and compared: no case, no accents, punctuation as single spaces.

    "Ångström-O'Neill" is "angstrom o neill". Letters of other scripts stay as they are. Folding twice
    changes nothing.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold().translate(_BASE_LETTERS)
        text = "".join(map(_folded_character, unicodedata.normalize("NFKD", text)))
        return unicodedata.normalize("NFC", " ".join(text.split()))
    return _PUNCTUATION.sub(" ", text.lower()).strip()


def is_same_person(name: str, other: str) -> bool:
    """Whether two accounts in these printed names are one person's, where one person may not be two.

    Case, accents, signs and spaces do not count. Every verifier of a bundle has this rule in its own words,
    so it is kept simpler than `fold`.
    """
    return bool(_printed(name)) and _printed(name) == _printed(other)


def _printed(name: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = (" " if unicodedata.category(one)[0] not in "LMN" else one for one in plain)
    return " ".join("".join(one for one in letters if not "\u0300" <= one <= "\u036f").split())


def digits(phone: str) -> str:
    """The digits by which a phone number is searched and compared.

    Without the extension, and without the leading 1 of a North American number, so that
    "+1 511 345 1485", "(511) 345-1485" and "511.345.1485 x12" are all "5113451485".
    """
    number = phone if phone.isascii() else unicodedata.normalize("NFKC", phone)
    found = _NOT_DIGITS.sub("", _EXTENSION.sub("", number))
    if len(found) == _NORTH_AMERICAN_DIGITS and found.startswith("1"):
        return found[1:]
    return found


def split_full_name(text: str) -> NameParts | None:
    """Last and first name out of one text, or None where it cannot be told safely.

    Told apart are "Last, First" (with "Jr." and the like on either side), "First Last", initials
    ("Ana M. Silva") and family names with a particle ("Ruth van der Berg", "Ana St. Clair").
    Not told apart, because a wrong split would be an invention: a single word; three words or more
    without a particle ("Ana Maria Silva" may have one family name or two); titles, couples, digits, and
    anything that looks like a formula. Whoever calls keeps such a text whole.
    """
    text = text.strip()
    if not text or text[0] in "=+-@":
        return None
    parts = [part.strip() for part in text.split(",")]
    if not all(parts):
        return None
    match parts:
        case [words]:
            return _split_spoken(words)
        case [words, suffix] if _is_suffix(suffix) or (" " in words and _is_credential(suffix)):
            return _with_suffix(_split_spoken(words), suffix)
        case [last, first]:
            return NameParts(last, first)
        case [last, suffix, first] if _is_suffix(suffix):
            return NameParts(f"{last} {suffix}", first)
        case [last, first, suffix] if _is_suffix(suffix):
            return NameParts(f"{last} {suffix}", first)
    return None


def _split_spoken(text: str) -> NameParts | None:
    words = text.split()
    if _NOT_PLAIN.search(text) or _bare(words[0]) in _TITLES:
        return None
    if len(words) > 1 and _is_suffix(words[-1]):
        return _with_suffix(_split_spoken(" ".join(words[:-1])), words[-1])
    given = 1
    while given < len(words) - 1 and _is_initial(words[given]):
        given += 1
    family = words[given:]
    if len(family) == 1 or (family and _is_particle(family)):
        return NameParts(" ".join(family), " ".join(words[:given]))
    return None


def _with_suffix(name: NameParts | None, suffix: str) -> NameParts | None:
    return NameParts(f"{name.last_name} {suffix}", name.first_name) if name else None


def _is_particle(family: list[str]) -> bool:
    """Whether a family name of several words begins with a particle and ends with a word that is none."""
    first = _bare(family[0])
    if _bare(family[-1]) in _PARTICLES | _LOWER_CASE_PARTICLES:
        return False
    if first == "van" and _bare(family[1]) in {"der", "den", "de"}:
        return True
    return first in _PARTICLES or (first in _LOWER_CASE_PARTICLES and family[0].islower())


def _is_suffix(text: str) -> bool:
    return _bare(text).replace(".", "") in _SUFFIXES


def _is_credential(text: str) -> bool:
    return text.replace(".", "") in _CREDENTIALS


def _is_initial(word: str) -> bool:
    return len(_bare(word)) == 1 and word[0].isupper() and _bare(word) not in _PARTICLES


def _bare(word: str) -> str:
    return word.casefold().rstrip(".")


def _folded_character(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LN" and category != _MODIFIER_LETTER:
        return character
    if category[0] == "M":
        spells = unicodedata.combining(character) in _COMBINING_THAT_SPELLS
        return character if spells and character not in _VARIATION_SELECTORS else ""
    return " "
