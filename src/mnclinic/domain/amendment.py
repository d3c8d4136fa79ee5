"""What may be signed later about a signed visit: the four kinds, and the rules of each.

Nothing that was signed changes. A correction names one field of the record, what stood there (with the
corrections before it) and what is right; whoever shows the record shows both.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import Problem

LONGEST_TEXT = 4000
LONGEST_REASON = 2000

PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*|\[(0|[1-9][0-9]{0,3})\])*")
_MEASURED = re.compile(r"_(mm|cm|ml|g|percent|f)$")
"""Fields whose text is a number of a unit."""
_STEP = re.compile(r"\.?([a-z][a-z0-9_]*)|\[([0-9]+)\]")


class AmendmentKind(StrEnum):
    """The strings that JSON, the store and the screens use."""

    ADDENDUM = "addendum"
    CORRECTION = "correction"
    LATE_ENTRY = "late_entry"
    WRONG_PATIENT = "wrong_patient"


STATEMENTS: Mapping[AmendmentKind, str] = {
    AmendmentKind.ADDENDUM: "I add this to the signed record, which stays as it was signed.",
    AmendmentKind.CORRECTION: (
        "I correct this field of the signed record. What was signed stays readable beside it."
    ),
    AmendmentKind.LATE_ENTRY: (
        "I enter late what happened at the time stated here. The signed record stays as it was signed."
    ),
    AmendmentKind.WRONG_PATIENT: (
        "This visit was filed to the wrong patient. The signed record stays where it is, with this mark."
    ),
}
"""What whoever signs is shown, and signs: the meaning of the signature."""

_SIGNED = frozenset({VisitState.IN_REVIEW, VisitState.COMPLETE_NOT_DRAWN, VisitState.SIGNED})
AMENDABLE: Mapping[AmendmentKind, frozenset[VisitState]] = {
    **dict.fromkeys(AmendmentKind, _SIGNED),
    # A visit that was returned because it is somebody else's cannot be answered for this person.
    AmendmentKind.WRONG_PATIENT: _SIGNED | {VisitState.RETURNED},
}
"""In which states a visit takes which. One that was returned is answered with a new revision instead."""

KEPT: Mapping[str, str] = {
    "format": "This is no statement of anybody, so nothing is corrected in it.",
    "visit": "This is no statement of anybody, so nothing is corrected in it.",
    "patient": "Whose visit it is stays signed. If it is somebody else's, file it as of the wrong patient.",
    "performer": "Who performed it stands with their own signature. Write an addendum.",
    "consent": "The consent is what the patient signed. Write an addendum.",
    "telephone_orders": "An order is the director's own words. Write an addendum.",
    "photos": "Which photographs a visit names stays signed. Write an addendum.",
    "prp.read_back": "Two people gave their word for what they read back. Write an addendum.",
}
"""Parts of a record that no correction changes, and what to do instead."""


@dataclass(frozen=True)
class Correction:
    """One field, by its place such as `lines[0].depth_mm`. Values are JSON text; None says it is absent."""

    path: str
    old: str | None
    new: str | None


class NoSuchField(ValueError):
    """The path leads to no field of the document."""


def json_text(value: object) -> str:
    """A value of a document as a correction states it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def value_at(document: Mapping[str, Any], path: str) -> str | None:
    """What a field holds, as JSON text; None where it is absent from a group that is there.

    Raises NoSuchField where the path is none, or leads through what is not there.
    """
    *through, last = _steps(path)
    group = _group(document, through)
    match group, last:
        case dict(), str():
            return json_text(group[last]) if last in group else None
        case list(), int() if last < len(group):
            return json_text(group[last])
        case _:
            raise NoSuchField(path)


def corrected(document: Mapping[str, Any], corrections: Iterable[Correction]) -> dict[str, Any]:
    """A copy of a document with corrections made in it, in their order.

    Raises NoSuchField, also where one would put something into a list that has no such place.
    """
    made = deepcopy(dict(document))
    for one in corrections:
        *through, last = _steps(one.path)
        group = _group(made, through)
        if isinstance(group, dict) and isinstance(last, str):
            if one.new is None:
                group.pop(last, None)
            else:
                group[last] = json.loads(one.new)
        elif isinstance(group, list) and isinstance(last, int) and last < len(group) and one.new is not None:
            group[last] = json.loads(one.new)
        else:
            raise NoSuchField(one.path)
    return made


def is_same_value(one: str | None, other: str | None) -> bool:
    """Whether two JSON texts say the same, however they are written."""
    if one is None or other is None:
        return one is other
    return bool(json.loads(one) == json.loads(other))


def words_of_value(text: str | None) -> str:
    """A value as people read it; empty where there is none."""
    if text is None:
        return ""
    value = json.loads(text)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json_text(value)


def words_of_path(path: str) -> str:
    """A field's place as people read it: `lines[0].depth_mm` is "lines 1, depth mm"."""
    words: list[str] = []
    for step in _steps(path):
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
        else:
            words.append(step.replace("_", " "))
    return ", ".join(words)


UNITS = {
    "_mm": "mm",
    "_percent": "%",
    "_g": "g",
    "_cm2": "cm²",
    "_ml": "mL",
    "_cm": "cm",
    "_mmhg": "mmHg",
    "_per_min": "per min",
    "_per_ul": "per µL",
    "rpm": "rpm",
    "minutes": "min",
    "g_force": "× g",
}
"""By how a field's name ends, what its value is counted in."""


def unit_of_path(path: str) -> str:
    """What the value of a field is counted in; empty where it is no figure."""
    return next((unit for ending, unit in UNITS.items() if path.endswith(ending)), "")


def problems_of_words(
    kind: AmendmentKind, text: str, reason: str, happened_at: datetime | None, *, now: datetime
) -> Iterator[Problem]:
    """Everything that speaks against the words and times of an amendment."""
    if kind in {AmendmentKind.ADDENDUM, AmendmentKind.LATE_ENTRY}:
        if not text:
            yield Problem("text", "Write what is to be added.")
    elif text:
        yield Problem("text", "This kind has no text of its own. Write it as the reason, or as an addendum.")
    if len(text) > LONGEST_TEXT:
        yield Problem("text", f"At most {LONGEST_TEXT} characters.")
    if not reason and kind is not AmendmentKind.ADDENDUM:
        yield Problem("reason", "Write a reason.")
    if len(reason) > LONGEST_REASON:
        yield Problem("reason", f"At most {LONGEST_REASON} characters.")
    if happened_at is None:
        if kind is AmendmentKind.LATE_ENTRY:
            yield Problem("happened_at", "State when it happened.")
    elif happened_at.tzinfo is None:
        yield Problem("happened_at", "Write the time with its offset from UTC.")
    elif happened_at > now:
        yield Problem("happened_at", "That moment lies in the future.")


def problems_of_moment(happened_at: datetime | None, started_at: datetime) -> Iterator[Problem]:
    """What speaks against the moment of a late entry, beside a visit that began at `started_at`.

    It tells what was left out of this visit. Before the visit's day nothing of it happened; an addendum,
    which has no moment, takes what was before.
    """
    if happened_at is None or happened_at.tzinfo is None:
        return
    if happened_at.astimezone(started_at.tzinfo).date() < started_at.date():
        yield Problem(
            "happened_at",
            f"This lies before the day of the visit, {started_at.date().isoformat()}. A late entry tells "
            "what happened at the visit or after it. Correct the day; what was before it is an addendum.",
        )


def kept_part(path: str) -> str | None:
    """The part of a record that no correction changes, where a path leads into one."""
    part = path.partition(".")[0].partition("[")[0]
    return next((one for one in (part, path.partition("[")[0]) if one in KEPT), None)


def is_of_one_field(wanted: Correction) -> bool:
    """Whether a correction says a field's value, before and after, and not a whole group or list of them."""
    return not any(text is not None and text[:1] in {"{", "["} for text in (wanted.old, wanted.new))


def problems_of_correction(document: Mapping[str, Any], wanted: Correction) -> Iterator[Problem]:
    """Everything that speaks against a correction of this document but for what its schema says.

    `document` is the record's with the corrections before this one.
    """
    if kept := kept_part(wanted.path):
        yield Problem("path", KEPT[kept])
        return
    try:
        here = value_at(document, wanted.path)
    except NoSuchField:
        yield Problem("path", "The record has no such field. Choose one that it has.")
        return
    if not is_of_one_field(Correction(wanted.path, here, wanted.new)):
        yield Problem("path", "This is a group of fields. Correct one field at a time.")
        return
    if not is_same_value(here, wanted.old):
        yield Problem("old", "The record says something else there now. Look at it again.")
    if is_same_value(here, wanted.new) or _is_same_measure(wanted.path, here, wanted.new):
        yield Problem("new", "The record says that already. Write what is right.")


def _is_same_measure(path: str, one: str | None, other: str | None) -> bool:
    """Whether both are one number of the field's unit, as 1.5 and 1.50 mm. Lot 1.5 is not lot 1.50."""
    if one is None or other is None or _MEASURED.search(path) is None:
        return False
    try:
        return Decimal(json.loads(one)) == Decimal(json.loads(other))
    except (InvalidOperation, TypeError, ValueError):
        return False


def _steps(path: str) -> list[str | int]:
    if PATH.fullmatch(path) is None:
        raise NoSuchField(path)
    return [name or int(number) for name, number in _STEP.findall(path)]


def _group(document: Mapping[str, Any], through: Iterable[str | int]) -> Any:  # noqa: ANN401 - any JSON
    group: Any = document
    for step in through:
        try:
            group = group[step]
        except (KeyError, IndexError, TypeError):
            raise NoSuchField(str(step)) from None
    return group
