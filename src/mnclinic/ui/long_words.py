"""Words that are longer than the place where they are shown."""

import re
from functools import lru_cache

from mnclinic.ui.elements.words import BREAK

NARROW, WIDE = 16, 20
ENDLESS = 64
"""Letters of a word: no more than a hash has."""
_SIGN = re.compile(r"([./\\@_-]+)(?=[^./\\@_\-\s\u200b])")
"""Where somebody who writes an address or a path by hand goes on in the next line."""


def breakable(words: str, *, after: int = NARROW) -> str:
    """The same words, so that none is cut: one that is longer may break behind a sign such as a full stop.

    What is longer still without such a sign may break after each so many letters.
    """
    long_word, long_part = _longer_than(after)
    return long_word.sub(lambda found: _broken(found.group(), long_part), words)


def breakable_where_endless(words: str) -> str:
    """The same where a word is longer than any line; else as it stands, for whoever copies a hash."""
    return breakable(words) if any(len(one) > ENDLESS for one in words.split()) else words


def _broken(word: str, long_part: re.Pattern[str]) -> str:
    return BREAK.join(
        long_part.sub(rf"\1{BREAK}", part) for part in _SIGN.sub(rf"\1{BREAK}", word).split(BREAK)
    )


@lru_cache(maxsize=4)
def _longer_than(after: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    letter = r"[^\s\u200b]"
    return re.compile(rf"{letter}{{{after + 1},}}"), re.compile(rf"({letter}{{{after}}})(?={letter})")
