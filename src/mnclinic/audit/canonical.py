"""The one form of bytes that the clinic hashes and signs: RFC 8785 with stricter contents.

Pure: values in, bytes out. Everything that is ever signed goes through here, so a defect is refused before
it can be frozen: text is NFC without lone surrogates, numbers are integers within +-(2**53 - 1), decimals
are written as strings, and nothing nests deeper than 64 levels.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import rfc8785

from mnclinic.audit.shape import Shape, first_misfit

LARGEST_INTEGER = 2**53 - 1
DEEPEST_NESTING = 64

HALF_A_LETTER = re.compile("[\ud800-\udfff]")


class NotCanonical(ValueError):
    """A value that has no canonical form, or bytes that are not in it.

    The message says where and why, and never repeats the value: it may be a patient's.
    """


class TextNotCanonical(NotCanonical):
    """Text that no canonical form can hold as it is spelled: in another form than NFC, or half a letter."""


def canonical_bytes(value: object) -> bytes:
    """The RFC 8785 bytes of a JSON value.

    Raises:
        TextNotCanonical: Text that is not NFC or holds a lone surrogate.
        NotCanonical: A float, an integer out of range, a key that is not text, a type that JSON lacks, or
            nesting deeper than 64.
    """
    if not _is_sound(value, DEEPEST_NESTING):
        _refuse_defects(value, ())
    # Without floats the standard library spells ASCII as RFC 8785 does, in a sixth of the time.
    # Beyond it, keys are sorted by their UTF-16, which the standard library does not do.
    spelled = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return spelled.encode() if spelled.isascii() else rfc8785.dumps(value)  # type: ignore[arg-type]


def parse_canonical(data: bytes) -> object:
    """The JSON value of `data`, if `data` is exactly what `canonical_bytes` would write.

    Raises:
        NotCanonical: Anything else, a repeated key, white space or another order of keys among it.
    """
    try:
        value = json.loads(data.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float)
    except UnicodeDecodeError as error:
        raise NotCanonical("these bytes are not UTF-8") from error
    except RecursionError as error:
        raise NotCanonical("the document nests too deeply") from error
    except NotCanonical:
        raise
    except ValueError as error:
        raise NotCanonical("these bytes are not JSON") from error
    try:
        is_canonical = canonical_bytes(value) == data
    except TextNotCanonical as error:
        # What somebody typed is not what is wrong here.
        raise NotCanonical(str(error)) from error
    if not is_canonical:
        raise NotCanonical("the JSON is not in canonical form")
    return value


def parse_document(data: bytes, expected: Shape) -> Mapping[str, Any]:
    """The JSON object of `data`, if `data` is canonical and fits the shape `expected`.

    Raises:
        NotCanonical: It is not, or does not.
    """
    value = parse_canonical(data)
    if misfit := first_misfit(value, expected):
        raise NotCanonical(f"{misfit} does not fit the format")
    if not isinstance(value, dict):
        raise NotCanonical("the document is not an object")
    return value


def sha256_hex(data: bytes) -> str:
    """SHA-256, 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def salted_digest(salt: bytes, data: bytes) -> str:
    """SHA-256 over salt and data, in hex: tells nothing about `data` to anybody without the salt."""
    return hashlib.sha256(salt + data).hexdigest()


def _no_float(_literal: str) -> object:
    raise NotCanonical("a number is not a whole number; decimals are written as text")


def _is_sound(value: object, levels_left: int) -> bool:
    """Whether nothing in it is to be refused; what this is not sure of `_refuse_defects` looks at again.

    It is asked several times at each act, so it keeps no places, which only that one tells, and looks at
    text, which nearly all of it is, without a call.
    """
    kind = type(value)
    if kind is str:
        return _is_good_text(value)  # type: ignore[arg-type] # as the line before says
    if kind is dict:
        if levels_left <= 0:
            return False
        for key, one in value.items():  # type: ignore[attr-defined] # as above
            if type(key) is not str or not (key.isascii() or _is_good_text(key)):
                return False
            if not ((type(one) is str and one.isascii()) or _is_sound(one, levels_left - 1)):
                return False
        return True
    if kind is list:
        return levels_left > 0 and all(_is_sound(one, levels_left - 1) for one in value)  # type: ignore[attr-defined] # as above
    if kind is int:
        return -LARGEST_INTEGER <= value <= LARGEST_INTEGER  # type: ignore[operator] # as above
    return value is None or kind is bool


def _is_good_text(text: str) -> bool:
    # Half a letter cannot be encoded, and no text with one in it is asked about its form.
    return text.isascii() or (HALF_A_LETTER.search(text) is None and unicodedata.is_normalized("NFC", text))


def _refuse_defects(value: object, path: tuple[str | int, ...]) -> None:
    if len(path) > DEEPEST_NESTING:
        where = _place(path)
        raise NotCanonical(f"{where}: the document nests too deeply")
    match value:
        case None | bool():
            pass
        case str():
            _refuse_bad_text(value, path)
        case int():
            if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
                where = _place(path)
                raise NotCanonical(f"{where}: the number is too large")
        case list() | tuple():
            for index, item in enumerate(value):
                _refuse_defects(item, (*path, index))
        case dict():
            for key, item in value.items():
                if not isinstance(key, str):
                    where = _place(path)
                    raise NotCanonical(f"{where}: a key is not text")
                _refuse_bad_text(key, path)
                _refuse_defects(item, (*path, key))
        case _:
            where = _place(path)
            raise NotCanonical(f"{where}: {type(value).__name__} has no place in a canonical document")


def _place(path: tuple[str | int, ...]) -> str:
    """Spelled out only where something is refused, which is hardly ever."""
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


def _refuse_bad_text(text: str, path: tuple[str | int, ...]) -> None:
    if text.isascii():
        return
    if HALF_A_LETTER.search(text):
        where = _place(path)
        raise TextNotCanonical(f"{where}: the text holds half a character")
    if not unicodedata.is_normalized("NFC", text):
        where = _place(path)
        raise TextNotCanonical(f"{where}: the text is not in Unicode form NFC")
