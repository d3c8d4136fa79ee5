"""What a new password must be: long, and not one that anybody would try first.

No rule about kinds of characters and no expiry (NIST SP 800-63B-4). Passwords that are in use
already are never judged by these rules. Two blocklists ship: our own, of words and phrases of a clinic,
and zxcvbn's frequency lists (30,000 passwords, 30,000 words, names, surnames, films).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mnclinic.errors import Problem
from mnclinic.security.password_lengths import LONGEST, SHORTEST

# What may remain of a password once the words below are taken out of it. Fewer characters than these
# can be tried one by one.
_OWN_CHARACTERS_MIN = 8
# Powers of ten of the guesses that somebody with the frequency lists needs. Below the first a password
# is refused: those lists, in the order of their frequency and glued together, come to it early.
_GUESSES_LOG10_MIN = 10
_GUESSES_LOG10_GOOD = 14
_GUESSES_LOG10_STRONG = 18
_ESTIMATED_CHARACTERS_MAX = 72  # zxcvbn takes no more; what stands after them only helps
_NAME_PART_MIN = 3
_REPEATED_MAX = 8
_RUN_MIN = 4

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)

_STEPS = frozenset(row[place : place + 2] for row in _ROWS for place in range(len(row) - 1))
_STEPS_BACK = frozenset(step[::-1] for step in _STEPS)

_COMMON_WORDS = """
    password passwort passphrase passcode letmein welcome admin administrator director doctor nurse provider
    frontdesk reception clinic medspa medical microneedling microneedle needling needle cartridge skinpen
    precision dermapen exceed skinstylus profound treatment device protocol beauty aesthetic aesthetics
    esthetics skin
    login secret changeme iloveyou sunshine princess football baseball monkey dragon master superman trustno
    computer internet windows access please default temp test guest user hello summer winter spring autumn
    january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday mnclinic contrasena clinica bienvenido
    """

_COMMON_PHRASES = frozenset(
    {
        "correcthorsebatterystaple",
        "thequickbrownfoxjumpsoverthelazydog",
        "thequickbrownfox",
        "maytheforcebewithyou",
        "tobeornottobethatisthequestion",
        "tobeornottobe",
        "onceuponatimeinafarawayland",
        "iwanttobeabillionaire",
        "youllneverwalkalone",
        "twinkletwinklelittlestar",
        "happybirthdaytoyou",
        "merrychristmasandahappynewyear",
        "inthebeginningwastheword",
        "letmeinletmeinplease",
        "ihavenopasswordatall",
        "thisismypassword",
        "mypasswordismypassword",
        "opensesameopensesame",
    }
)


@dataclass(frozen=True)
class Strength:
    """What is shown while a new password is typed. It is accepted from level 2 on.

    `level` is 0 to 4, `word` names it, `hint` is a sentence about what would help, or empty.
    """

    level: int
    word: str
    hint: str


_NOT_TYPED = "The password holds a character that no keyboard types, such as a tab. Leave it out."
_GUESSABLE = (
    "The password is one that others would try: common words, a name of this clinic or its people, "
    "a row of keys, or one thing repeated. Add words that have nothing to do with the clinic."
)


def password_problems(
    password: str, *, clinic_name: str = "", user_names: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """Everything wrong with a new password; empty if it will do. The password is in no sentence.

    Args:
        password: As typed. Length is counted in code points after NFKC, as it is derived from.
        clinic_name: The clinic's name, whose words do not count as secret.
        user_names: Login names and names of people, the same.
    """
    normal = unicodedata.normalize("NFKC", password)
    problems = []
    if len(normal) < SHORTEST:
        problems.append(
            f"The password has {len(normal)} characters; it needs {SHORTEST} or more. "
            "Several words in a row are easy to remember and to type."
        )
    if len(normal) > LONGEST:
        problems.append(f"The password has more than {LONGEST} characters.")
    elif normal and _is_easily_guessed(normal, clinic_name, tuple(user_names)):
        problems.append(_GUESSABLE)
    if not _can_be_typed(normal):
        problems.append(_NOT_TYPED)
    return tuple(Problem("password", what) for what in problems)


def is_same_password(one: str, other: str) -> bool:
    """Whether both open the same keys: they are derived from in one form, whichever they are typed in."""
    return unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)


def passwords_of_several(passwords: Iterable[str]) -> frozenset[str]:
    """Those, as typed, that are not one person's alone; the ways to type the same one count as one.

    `passwords` has one for each person. An empty one is nobody's.
    """
    typed = tuple(passwords)
    # They are derived from in this form.
    people = Counter(unicodedata.normalize("NFKC", one) for one in typed if one)
    return frozenset(one for one in typed if people[unicodedata.normalize("NFKC", one)] > 1)


def password_strength(password: str, *, clinic_name: str = "", user_names: Iterable[str] = ()) -> Strength:
    """How good a password is, for showing as it is typed. Arguments as `password_problems`.

    Takes some milliseconds, up to about twenty.
    """
    names = tuple(user_names)
    problems = password_problems(password, clinic_name=clinic_name, user_names=names)
    normal = unicodedata.normalize("NFKC", password)
    if len(normal) < SHORTEST:
        missing = SHORTEST - len(normal)
        return Strength(0, "Too short", f"{missing} more character{'' if missing == 1 else 's'} needed.")
    if len(normal) > LONGEST:
        return Strength(0, "Too long", problems[0].what)
    if not _can_be_typed(normal):
        return Strength(0, "Cannot be typed", _NOT_TYPED)
    if problems:
        return Strength(1, "Easily guessed", problems[0].what)
    guesses_log10 = _guesses_log10(normal, _names_in(clinic_name, names))
    if guesses_log10 < _GUESSES_LOG10_GOOD:
        return Strength(2, "Acceptable", "Another word that has nothing to do with the rest makes it better.")
    if guesses_log10 < _GUESSES_LOG10_STRONG:
        return Strength(3, "Good", "")
    return Strength(4, "Strong", "")


def _can_be_typed(normal: str) -> bool:
    """No control character, as a file of another encoding has: nobody could log in with it by hand."""
    return all(unicodedata.category(letter) != "Cc" for letter in normal)


def _names_in(clinic_name: str, user_names: Iterable[str]) -> list[str]:
    """The parts of names that nobody may build a password from, longest first."""
    parts = {part for name in (clinic_name, *user_names) for part in _name_parts(name)}
    return sorted(parts, key=lambda part: (-len(part), part))


def _guesses_log10(normal: str, names: list[str]) -> float:
    """How many guesses the frequency lists leave, as a power of ten, by zxcvbn's estimate."""
    from zxcvbn import zxcvbn

    return float(zxcvbn(normal[:_ESTIMATED_CHARACTERS_MAX], user_inputs=list(names))["guesses_log10"])


def _is_easily_guessed(normal: str, clinic_name: str, user_names: Iterable[str]) -> bool:
    plain = _squashed(normal)
    if plain in _COMMON_PHRASES or _is_repeated(normal.casefold()) or _is_repeated(plain):
        return True
    names = _names_in(clinic_name, user_names)
    rest = plain
    backwards = (name[::-1] for name in names)
    for word in sorted({*_COMMON_WORDS.split(), *names, *backwards}, key=len, reverse=True):
        rest = rest.replace(word, " ")
    rest = _without_runs(rest)
    if rest != plain and len(rest.replace(" ", "")) < _OWN_CHARACTERS_MIN:
        return True
    return len(normal) >= SHORTEST and _guesses_log10(normal, names) < _GUESSES_LOG10_MIN


def _squashed(text: str) -> str:
    """Letters and digits alone, in one case, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if character.isalnum())


def _name_parts(name: str) -> Iterator[str]:
    for part in [name, *re.split(r"[\W_]+", name)]:
        if len(squashed := _squashed(part)) >= _NAME_PART_MIN:
            yield squashed


def _is_repeated(text: str) -> bool:
    """Whether the text is one short piece over and over (its last time perhaps cut off)."""
    return any(
        text == (text[:length] * (len(text) // length + 1))[: len(text)]
        for length in range(1, min(_REPEATED_MAX, len(text) // 2) + 1)
    )


def _without_runs(text: str) -> str:
    """The text without rows of the alphabet, the digits or the keyboard, either way, of four or more."""
    rest = []
    at = 0
    while at < len(text):
        end = max(_end_of_run(text, at, steps) for steps in (_STEPS, _STEPS_BACK))
        if end - at >= _RUN_MIN:
            rest.append(" ")
            at = end
        else:
            rest.append(text[at])
            at += 1
    return "".join(rest)


def _end_of_run(text: str, at: int, steps: frozenset[str]) -> int:
    end = at + 1
    while text[end - 1 : end + 1] in steps:
        end += 1
    return end
