"""Passphrases that the program makes: words that can be read out over a telephone."""

import secrets
from functools import cache

from mnclinic.resource_files import resource_text

WORD_COUNT = 8
"""Eight of 2,048 words are 88 bits; behind scrypt or Argon2id nobody guesses them."""


@cache
def _words() -> tuple[str, ...]:
    return tuple(resource_text("words/english.txt").split())


def make_passphrase() -> str:
    """Eight random words with spaces between them, from the operating system's randomness."""
    return " ".join(secrets.choice(_words()) for _ in range(WORD_COUNT))
