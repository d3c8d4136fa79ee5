"""The recovery sheet's secret as characters that a person can type: version 1 of the sheet.

256 random bits and 24 bits of checksum, as 14 groups of five characters. Letters that are mistaken
for digits (I, L, O) and U are not used. The last character of each group checks the other four and
the group's own place, over the field of 32 elements: any one wrong character, any two swapped within
a group, and any two groups swapped are noticed *and placed*. The checksum over the whole catches the
rest. A later version has its own checksum prefix or another number of groups.
"""

import hashlib
import re
import unicodedata

from mnclinic.errors import InvalidInput, Problem

SECRET_BYTES = 32
GROUPS = 14
GROUP_CHARACTERS = 5

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_MISREAD = str.maketrans("OIL", "011")
_DATA_CHARACTERS = GROUP_CHARACTERS - 1
_CHECKSUM_BYTES = 3
_CHECKSUM_PREFIX = b"mnclinic recovery sheet 1\n"
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_.,/]+")
_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, irreducible over GF(2)


def recovery_code(secret: bytes | bytearray) -> tuple[str, ...]:
    """The 14 groups that the sheet shows, to be joined by dashes or spaces.

    Raises:
        ValueError: The secret is not 32 bytes long.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError("a recovery secret has 32 bytes")
    number = int.from_bytes(bytes(secret) + _checksum(secret))
    values = [number >> shift & 31 for shift in range(5 * (GROUPS * _DATA_CHARACTERS - 1), -1, -5)]
    groups = []
    for place in range(GROUPS):
        data = values[place * _DATA_CHARACTERS : (place + 1) * _DATA_CHARACTERS]
        groups.append("".join(_ALPHABET[value] for value in [*data, _check_value(data, place)]))
    return tuple(groups)


def read_recovery_code(text: str) -> bytearray:
    """The 32 secret bytes of what somebody typed or scanned.

    Case, spaces, dashes and line breaks do not matter; O is read as 0, I and L as 1.

    Raises:
        InvalidInput: With one problem per mistyped group, its number from 1 in `where`.
    """
    parts = _SEPARATORS.split(unicodedata.normalize("NFKC", text).upper().translate(_MISREAD))
    groups = _in_groups([part for part in parts if part])
    problems = [
        Problem(f"group {place + 1}", f"Group {place + 1} is mistyped. Compare it with the sheet.")
        for place, group in enumerate(groups)
        if not _is_group(group, place)
    ]
    if problems:
        raise _mistyped(problems)
    number = 0
    for group in groups:
        for character in group[:_DATA_CHARACTERS]:
            number = number << 5 | _VALUES[character]
    whole = number.to_bytes(SECRET_BYTES + _CHECKSUM_BYTES)
    secret = bytearray(whole[:SECRET_BYTES])
    if whole[SECRET_BYTES:] != _checksum(secret):
        raise _mistyped(
            [Problem("recovery code", "Several characters are mistyped. Compare every group with the sheet.")]
        )
    return secret


def _in_groups(parts: list[str]) -> list[str]:
    """Fourteen groups of five, however the text was divided."""
    joined = "".join(parts)
    if len(joined) == GROUPS * GROUP_CHARACTERS:
        return [joined[at : at + GROUP_CHARACTERS] for at in range(0, len(joined), GROUP_CHARACTERS)]
    if len(parts) == GROUPS:
        return parts  # some are too short or too long, and each is named
    raise _mistyped(
        [
            Problem(
                "recovery code",
                f"It has {len(joined)} characters; the sheet has {GROUPS} groups of "
                f"{GROUP_CHARACTERS}, {GROUPS * GROUP_CHARACTERS} in all.",
            )
        ]
    )


def _mistyped(problems: list[Problem]) -> InvalidInput:
    return InvalidInput(
        "The recovery code does not read as one from a recovery sheet. Nothing was opened or changed. "
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


def _checksum(secret: bytes | bytearray) -> bytes:
    return hashlib.sha256(_CHECKSUM_PREFIX + secret).digest()[:_CHECKSUM_BYTES]
