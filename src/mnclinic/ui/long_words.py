"""Words that are longer than the place where they are shown."""

import re
from functools import lru_cache

NARROW, WIDE = 16, 20
MAY_BREAK = "\\1\u200b"


def breakable(words: str, *, after: int = NARROW) -> str:
    """The same words; a longer one may break after each so many letters, so that none is cut."""
    return _long_word(after).sub(MAY_BREAK, words)


@lru_cache(maxsize=4)
def _long_word(after: int) -> re.Pattern[str]:
    return re.compile(rf"([^\s\u200b]{{{after}}})(?=\S)")
