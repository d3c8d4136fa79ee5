"""The shapes of signed documents: which keys, which kinds of value, nothing else.

A shape is a plain value: a dict (exactly these keys), a one-item list (any number of such items), a tuple
(any of these shapes), a compiled pattern (text that matches it whole), a literal text or number, a type, or
None. `AtLeast` is an object that may have more keys. Signed documents come from strangers, so they are
compared with a shape before anything reads them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SHA256 = re.compile(r"[0-9a-f]{64}")
KEY_ID = SHA256
SIXTEEN_BYTES = re.compile(r"[0-9a-f]{32}")
EIGHT_BYTES = re.compile(r"[0-9a-f]{16}")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
UTC_OFFSET = re.compile(r"[+-][0-9]{2}:[0-9]{2}")

Shape = object


@dataclass(frozen=True)
class AtLeast:
    """An object with these keys; others are left to a later version."""

    keys: Mapping[str, Shape]


def first_misfit(value: object, shape: Shape, where: str = "") -> str | None:
    """The path of the first part of `value` that does not fit (`actor.uid`, `lines[2]`), or None if all fits.

    The document itself is called "the document". Values are never repeated: they may be a patient's.
    """
    match shape:
        case dict():
            return _misfit_of_object(value, shape, where, is_open=False)
        case AtLeast():
            return _misfit_of_object(value, shape.keys, where, is_open=True)
        case list():
            if not isinstance(value, list):
                return where or "the document"
            for index, item in enumerate(value):
                if misfit := first_misfit(item, shape[0], f"{where}[{index}]"):
                    return misfit
            return None
        case tuple():
            misfits = [first_misfit(value, alternative, where) for alternative in shape]
            return None if None in misfits else misfits[-1]
        case _:
            return None if _fits(value, shape) else where or "the document"


def _misfit_of_object(value: object, shape: Mapping[str, Shape], where: str, *, is_open: bool) -> str | None:
    if not isinstance(value, dict):
        return where or "the document"
    prefix = f"{where}." if where else ""
    strays = shape.keys() - value.keys() if is_open else shape.keys() ^ value.keys()
    for key in sorted(strays):
        return prefix + key
    for key, part in shape.items():
        if misfit := first_misfit(value[key], part, prefix + key):
            return misfit
    return None


def _fits(value: object, shape: Shape) -> bool:
    match shape:
        case re.Pattern():
            return isinstance(value, str) and shape.fullmatch(value) is not None
        case type():
            return isinstance(value, shape) and (shape is bool or not isinstance(value, bool))
        case bool() | None:
            return value is shape
        case _:
            return type(value) is type(shape) and value == shape
