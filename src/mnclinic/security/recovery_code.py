"""Recovery secrets as characters that a person can type: the clinic's sheet and a person's own code.

The sheet (version 1) has 256 random bits and 24 bits of checksum, as 14 groups of five characters. A
personal code (version 1) has 160 random bits and 20 bits of checksum, as 9 groups. Letters that are
mistaken for digits (I, L, O) and U are not used. The last character of each group checks the other four
and the group's own place, over the field of 32 elements: any one wrong character, any two swapped within
a group, and any two groups swapped are noticed *and placed*. The checksum over the whole catches the
rest. A later version has its own checksum prefix or another number of groups. Sheet and personal code
differ in both, so that one is never taken for the other, and whoever types the wrong one is told.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from mnclinic.errors import InvalidInput, Problem

SECRET_BYTES = 32
PERSONAL_SECRET_BYTES = 20
GROUPS = 14
GROUP_CHARACTERS = 5

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_MISREAD = str.maketrans("OIL", "011")
_DATA_CHARACTERS = GROUP_CHARACTERS - 1
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_.,/]+")
_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, irreducible over GF(2)


@dataclass(frozen=True)
class _Kind:
    """One kind of code. `name` and `where` are for sentences."""

    name: str
    where: str
    secret_bytes: int
    groups: int
    checksum_bits: int
    checksum_prefix: bytes

    @property
    def characters(self) -> int:
        return self.groups * GROUP_CHARACTERS

    def checksum(self, secret: bytes | bytearray) -> int:
        digest = hashlib.sha256(self.checksum_prefix + secret).digest()
        return int.from_bytes(digest) >> 8 * len(digest) - self.checksum_bits


_SHEET = _Kind("recovery sheet", "sheet", SECRET_BYTES, GROUPS, 24, b"mnclinic recovery sheet 1\n")
_PERSONAL = _Kind(
    "personal recovery code",
    "printed or written code",
    PERSONAL_SECRET_BYTES,
    9,
    20,
    b"mnclinic personal recovery code 1\n",
)
PERSONAL_GROUPS = _PERSONAL.groups


def recovery_code(secret: bytes | bytearray) -> tuple[str, ...]:
    """The 14 groups that the sheet shows, to be joined by dashes or spaces.

    Raises:
        ValueError: The secret is not 32 bytes long.
    """
    return _written(secret, _SHEET)


def personal_code(secret: bytes | bytearray) -> tuple[str, ...]:
    """The 9 groups of a personal recovery code, to be joined by dashes or spaces.

    Raises:
        ValueError: The secret is not 20 bytes long.
    """
    return _written(secret, _PERSONAL)


def read_recovery_code(text: str) -> bytearray:
    """The 32 secret bytes of what somebody typed or scanned from a recovery sheet.

    Case, spaces, dashes and line breaks do not matter; O is read as 0, I and L as 1.

    Raises:
        InvalidInput: With one problem per mistyped group, its number from 1 in `where`; or it is a
            personal recovery code.
    """
    return _read(text, _SHEET, other=_PERSONAL)


def read_personal_code(text: str) -> bytearray:
    """The 20 secret bytes of what somebody typed or scanned from a personal recovery code.

    Raises:
        InvalidInput: As `read_recovery_code`; or it is the clinic's recovery sheet.
    """
    return _read(text, _PERSONAL, other=_SHEET)


def _written(secret: bytes | bytearray, kind: _Kind) -> tuple[str, ...]:
    if len(secret) != kind.secret_bytes:
        raise ValueError(f"the secret of a {kind.name} has {kind.secret_bytes} bytes")
    number = int.from_bytes(secret) << kind.checksum_bits | kind.checksum(secret)
    values = [number >> shift & 31 for shift in range(5 * (kind.groups * _DATA_CHARACTERS - 1), -1, -5)]
    groups = []
    for place in range(kind.groups):
        data = values[place * _DATA_CHARACTERS : (place + 1) * _DATA_CHARACTERS]
        groups.append("".join(_ALPHABET[value] for value in [*data, _check_value(data, place)]))
    return tuple(groups)


def _read(text: str, kind: _Kind, *, other: _Kind) -> bytearray:
    parts = _SEPARATORS.split(unicodedata.normalize("NFKC", text).upper().translate(_MISREAD))
    parts = [part for part in parts if part]
    joined = "".join(parts)
    if len(joined) == other.characters and not _mistyped_groups(_in_groups(parts, other), other):
        raise InvalidInput(
            f"This is a {other.name}; here the {kind.name} is asked for. Nothing was opened or changed. "
            f"The {kind.name} has {kind.groups} groups of {GROUP_CHARACTERS} characters.",
            [Problem("recovery code", f"It is a {other.name}, not a {kind.name}.")],
        )
    groups = _in_groups(parts, kind)
    if problems := _mistyped_groups(groups, kind):
        raise _mistyped(problems, kind)
    number = 0
    for group in groups:
        for character in group[:_DATA_CHARACTERS]:
            number = number << 5 | _VALUES[character]
    secret = bytearray((number >> kind.checksum_bits).to_bytes(kind.secret_bytes))
    if number & (1 << kind.checksum_bits) - 1 != kind.checksum(secret):
        what = f"Several characters are mistyped. Compare every group with the {kind.where}."
        raise _mistyped([Problem("recovery code", what)], kind)
    return secret


def _mistyped_groups(groups: list[str], kind: _Kind) -> list[Problem]:
    return [
        Problem(f"group {place + 1}", f"Group {place + 1} is mistyped. Compare it with the {kind.where}.")
        for place, group in enumerate(groups)
        if not _is_group(group, place)
    ]


def _in_groups(parts: list[str], kind: _Kind) -> list[str]:
    """As many groups of five as the kind has, however the text was divided."""
    joined = "".join(parts)
    if len(joined) == kind.characters:
        return [joined[at : at + GROUP_CHARACTERS] for at in range(0, len(joined), GROUP_CHARACTERS)]
    if len(parts) == kind.groups:
        return parts  # some are too short or too long, and each is named
    what = (
        f"It has {len(joined)} characters; the {kind.where} has {kind.groups} groups of "
        f"{GROUP_CHARACTERS}, {kind.characters} in all."
    )
    raise _mistyped([Problem("recovery code", what)], kind)


def _mistyped(problems: list[Problem], kind: _Kind) -> InvalidInput:
    what = "one from a recovery sheet" if kind is _SHEET else f"a {kind.name}"
    return InvalidInput(
        f"The recovery code does not read as {what}. Nothing was opened or changed. "
        + " ".join(problem.what for problem in problems),
        problems,
    )


def _is_group(group: str, place: int) -> bool:
    if len(group) != GROUP_CHARACTERS or not set(group) <= set(_ALPHABET):
        return False
    values = [_VALUES[character] for character in group]
    return values[-1] == _check_value(values[:-1], place)


def _check_value(data: list[int], place: int) -> int:
    """Powers of x weigh the places, so that no two places weigh the same, and the check weighs 1."""
    weighed = 0
    for value in data:
        weighed = _times_x(weighed ^ value)
    return weighed ^ (place + 1)


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled & 32 else doubled
