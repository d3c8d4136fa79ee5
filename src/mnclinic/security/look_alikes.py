"""Login names that look alike and are not: another script's letters, digits, or I for l and rn for m."""

import re
import unicodedata

from mnclinic.security.keyfile import folded_login

_LOOKS_LATIN = str.maketrans(
    # Cyrillic, Greek, as they stand in a folded name (the last of each look alike as capitals alone), digits.
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u04cf"
    "\u0432\u043a\u043c\u043d\u0442"
    "\u03b1\u03bf\u03bd\u03b9\u03ba\u03c1\u03c5\u03c7"
    "\u03b2\u03b5\u03b6\u03bc\u03c4"
    "01",
    "aceopxyijsdhqwlbkmhtaovikpuxbezmtol",
)
_AS_WRITTEN = str.maketrans({"I": "l", "\u0406": "l", "\u0399": "l", "\u04c0": "l", "L": "\N{END OF PROOF}"})
"""A capital I looks like l, which no i does; so a capital L has to be kept apart from both."""
_FIRST_I = re.compile(r"(?<![^\W_])i")
"""The first letter of a part of a name is written as a capital too, by whoever likes."""
_LIKE_ONE = (("rn", "m"), ("vv", "w"))
"""Two letters side by side look like one."""
_JAPANESE = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"})
_OF_ANY = frozenset({"MODIFIER"})


def are_alike(one: str, other: str) -> bool:
    """Whether one of two login names can be taken for the other, in the ways that people write names.

    Case does not count in a login name, so Ilya is ilya, and llya is taken for it; Delia and Della are two.
    """
    return not _looks_of(one).isdisjoint(_looks_of(other))


def _looks_of(user: str) -> frozenset[str]:
    spelt, folded = unicodedata.normalize("NFKC", user), folded_login(user)
    return frozenset((_look_of(spelt), _FIRST_I.sub("l", _look_of(folded)), _look_of(folded.upper())))


def _look_of(written: str) -> str:
    look = folded_login(written.translate(_AS_WRITTEN)).translate(_LOOKS_LATIN)
    for letters, other in _LIKE_ONE:
        look = look.replace(letters, other)
    return look


def is_of_one_script(user: str) -> bool:
    """Whether the letters of a login name are of one script (Japanese uses several at a time)."""
    letters = (letter for letter in unicodedata.normalize("NFKC", user) if letter.isalpha())
    scripts = {unicodedata.name(letter, "?").split(" ")[0] for letter in letters} - _OF_ANY
    return len(scripts) <= 1 or scripts <= _JAPANESE
