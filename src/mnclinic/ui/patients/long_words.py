"""Words that are longer than the place where they are shown."""

import re

LONG_WORD = re.compile(r"([^\s\u200b]{16})(?=\S)")
MAY_BREAK = "\\1\u200b"


def breakable(words: str) -> str:
    """The same words; one of more than 16 letters may break after each 16, so that none is cut."""
    return LONG_WORD.sub(MAY_BREAK, words)
