"""A correction from what a person typed: the field as it stands now, and the text as the field's own kind."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from mnclinic.domain.amendment import Correction, NoSuchField, corrected, json_text, value_at
from mnclinic.domain.typed_values import read_day, read_time
from mnclinic.errors import InvalidInput
from mnclinic.services.amendment_rows import AmendmentView
from mnclinic.services.read_documents import check_visit_document


def as_it_stands(
    document: Mapping[str, Any], amendments: Sequence[AmendmentView], revision: int
) -> dict[str, Any]:
    """The document of a revision with the corrections that were signed of it."""
    made = [one.correction for one in amendments if one.correction is not None and one.revision == revision]
    return corrected(document, made)


YES_OF = {"sí": "yes", "si": "yes"}
"""As the sheet says it in Spanish, with or without its accent; "no" is the same."""


A_MOMENT = re.compile(
    r"(?:(?P<day>.*[^\s,])(?:T|[\s,]+))?(?P<time>\d{1,2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?)\s*(?P<offset>[+-]\d{2}:\d{2})?",
    re.IGNORECASE,
)
"""A time as people type it, alone or behind its day, and as the sheet shows it."""


def typed_correction(
    document: Mapping[str, Any], path: str, typed: str | None, zone: tzinfo | None = None
) -> Correction:
    """The correction of one field to what was typed; None takes the field out.

    A time alone is one of the field's own day; on another day it is by the clocks of `zone`.

    `document` is the record's as it stands. Text that fits no kind of the field is taken as text, so that the
    signature refuses it in the field's own words; so does a path that leads nowhere.
    """
    try:
        old = value_at(document, path)
    except NoSuchField:
        return Correction(path, None, json_text(typed) if typed is not None else None)
    if typed is None:
        return Correction(path, old, None)
    read = [*_moments(typed.strip(), old, zone), *_readings(typed.strip())]
    fitting = (one for one in read if _fits(document, Correction(path, old, one)))
    return Correction(path, old, next(fitting, read[0]))


def _moments(typed: str, old: str | None, zone: tzinfo | None) -> Iterator[str]:
    """The text as a moment, where the field holds one."""
    try:
        held = datetime.fromisoformat(json.loads(old or ""))
    except (ValueError, TypeError):
        return
    found = A_MOMENT.fullmatch(typed)
    if found is None or held.tzinfo is None:
        return
    at, on = read_time(found["time"]), read_day(found["day"] or held.date().isoformat())
    if at.is_read and on.is_read:
        same = held.tzinfo if on.value == held.date().isoformat() else zone or held.tzinfo
        made = datetime.fromisoformat(f"{on.value}T{at.value}{found['offset'] or ''}")
        yield json_text((made if made.tzinfo else made.replace(tzinfo=same)).isoformat())


def _readings(typed: str) -> Iterator[str]:
    """The text as text, with a point for a comma and a nought before it, as a number, as yes or no."""
    yield json_text(typed)
    plain = typed.replace(",", ".")
    plain = f"0{plain}" if plain.startswith(".") else plain
    if plain != typed and plain.replace(".", "", 1).isdecimal() and plain.isascii():
        yield json_text(plain)
    if typed.isascii() and typed.isdecimal():
        yield json_text(int(typed[:16]))
    said = YES_OF.get(typed.lower(), typed.lower())
    if said != typed.lower():
        yield json_text(said)
    if said in {"yes", "no", "true", "false"}:
        yield json_text(said in {"yes", "true"})


def _fits(document: Mapping[str, Any], wanted: Correction) -> bool:
    try:
        check_visit_document(corrected(document, [wanted]))
    except (InvalidInput, NoSuchField):
        return False
    return True


def correctable(document: Mapping[str, Any], kept: Mapping[str, str]) -> tuple[str, ...]:
    """The paths of every field that holds a single value and may be corrected, in the document's order."""
    return tuple(path for path in _paths(document, "") if not any(_is_in(path, part) for part in kept))


def _is_in(path: str, part: str) -> bool:
    """Whether a field is that part or lies in it, as `prp.read_back[0].at` does in `prp.read_back`."""
    return path == part or path.startswith((f"{part}.", f"{part}["))


def _paths(value: object, where: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _paths(one, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _paths(one, f"{where}[{number}]")
    else:
        yield where
