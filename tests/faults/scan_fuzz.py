"""Texts as no scanner should type them: whatever is read, there is an item or a reason, and never a crash."""

import random
from collections.abc import Sequence

from mnclinic.domain.scanned_codes import gs1_check_digit, hibc_check_character, read_scanned
from tests.faults.figures import Figures

_PIECES = (
    *("]d2", "]C1", "]Q3", "]E0", "+", "*", "$", "$$", "$$+", "$$8", "$$9", "/", "/S", "/16D", "/14D", "/Q"),
    *("\x1d", "<GS>", "^]", "|", "~", "(01)", "(10)", "(17)", "(21)", "01", "10", "11", "17", "21", "30"),
    *("3103", "410", "7003", "8008", "99", "270531", "270500", "270229", "271301", "\u0661", "\u00b2", " "),
)
_SIGNS = "0123456789ABCXYZabc-. $/+%()[]|~^#:_\u00e9"
_HIBC = "0123456789ABCXYZ$/+-. %"


def code_of(source: random.Random) -> str:
    """One text: pieces of the standards and nonsense in any order; half of them with a right check."""
    parts = []
    for _ in range(source.randint(1, 7)):
        is_piece = source.random() < 0.6
        parts.append(
            source.choice(_PIECES) if is_piece else "".join(source.choices(_SIGNS, k=source.randint(0, 14)))
        )
    text = "".join(parts)
    match source.randint(0, 3):
        case 0:
            digits = "".join(source.choices("0123456789", k=13))
            return f"01{digits}{gs1_check_digit(digits)}{text}"
        case 1:
            body = "+" + "".join(one for one in text if one in _HIBC)
            return body + hibc_check_character(body)
        case _:
            return text


def fuzz(numbers: Sequence[int]) -> Figures:
    """Read so many texts, each made of its number alone."""
    figures = Figures()
    for number in numbers:
        code = code_of(random.Random(number))
        try:
            reading = read_scanned([code], this_year=2026)
        except Exception as error:
            figures.find("crashes", f"text {number}: {type(error).__name__}")
            continue
        if (reading.item is None) != bool(reading.problems):
            figures.find("neither", f"text {number}: both or neither of an item and a reason")
        figures.counts["read" if reading.item else "refused"] += 1
    return figures
