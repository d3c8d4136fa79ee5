"""Policies and protocols that fit their form and contradict themselves: every reason, beside its field."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from mnclinic.domain.policy import POLICY_2, PROTOCOL_2
from mnclinic.domain.policy_parameters import BY_CODE, PARAMETERS
from mnclinic.errors import Problem

Json = Mapping[str, Any]
IsSound = Callable[[str], bool]

UNKNOWN_CONFIDENCE = "unverified"
NOT_AFTER = (
    ("interval_block_days", "interval_warn_days"),
    ("due_days", "director_deadline_days"),
    ("due_days", "review_escalate_days"),
)
"""Pairs of parameters of which the first is never more than the second."""


def policy_contradictions(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    """Everything that contradicts itself in a policy of the second form."""
    if document.get("format") != POLICY_2:
        return
    yield from _review_day(document, is_sound)
    yield from _figures(document, is_sound)
    yield from _roles(document, is_sound)
    yield from _adverse_events(document, is_sound)


def protocol_contradictions(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    """Everything that contradicts itself in a protocol of the second form."""
    if document.get("format") != PROTOCOL_2:
        return
    yield from _review_day(document, is_sound)
    if all(name in document and is_sound(name) for name in ("speed_min_rpm", "speed_max_rpm")):
        slowest, fastest = (document[name]["value"] for name in ("speed_min_rpm", "speed_max_rpm"))
        if slowest is not None and fastest is not None and slowest > fastest:
            lower = "speed_min_rpm"
            yield Problem("speed_max_rpm.value", f"This is less than {lower}, {slowest} rpm.")
    yield from _providers(document, is_sound)
    yield from _photos(document, is_sound)


def _photos(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    """A view that is asked for twice at one moment would never be whole."""
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(document.get("photos", ()) if is_sound("photos") else ()):
        where = f"photos[{number}]"
        if not is_sound(where):
            continue
        key = (" ".join(row["view"].split()).casefold(), row["when"])
        if key in seen:
            yield Problem(f"{where}.view", "This view is asked for twice at the same moment.")
        seen.add(key)


def _review_day(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    if (
        is_sound("review_by")
        and is_sound("effective_on")
        and {"review_by", "effective_on"} <= set(document)
        and _day(document["review_by"]) < _day(document["effective_on"])
    ):
        yield Problem("review_by", "It has to be looked at again before it is in force.")


def _figures(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    values: dict[str, Any] = {}
    for parameter in PARAMETERS:
        figure = document.get(parameter.place, {}).get(parameter.code) if is_sound(parameter.path) else None
        if figure is None:
            continue
        yield from _figure(parameter.path, figure, document, is_sound)
        values[parameter.code] = figure["value"]
    for lower, upper in NOT_AFTER:
        least, most = values.get(lower), values.get(upper)
        if least is not None and most is not None and least > most:
            said = f"This is less than {lower}, {least} {BY_CODE[lower].unit}."
            yield Problem(f"{BY_CODE[upper].path}.value", said)
    if values.get("review_selection") == "all" and values.get("sample_percent", 100) != 100:  # noqa: PLR2004 - a whole
        said = "Every visit is drawn, so the share is 100 percent."
        yield Problem(f"{BY_CODE['sample_percent'].path}.value", said)
    for code in ("exam_modalities", "order_kinds"):
        if values.get(code) == []:
            yield Problem(f"{BY_CODE[code].path}.value", "Name one at least, or write null: not known.")


def _figure(path: str, figure: Json, document: Json, is_sound: IsSound) -> Iterator[Problem]:
    if figure["value"] is None and figure["confidence"] != UNKNOWN_CONFIDENCE:
        yield Problem(f"{path}.confidence", f"What is not known has the confidence {UNKNOWN_CONFIDENCE}.")
    is_day_known = "effective_on" in document and is_sound("effective_on")
    if "review_by" in figure and is_day_known and _day(figure["review_by"]) < _day(document["effective_on"]):
        yield Problem(f"{path}.review_by", "It has to be looked at again before it is in force.")


def _roles(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    roles = document.get("roles")
    if not isinstance(roles, list):
        return
    sound = [(f"roles[{number}]", role) for number, role in enumerate(roles) if is_sound(f"roles[{number}]")]
    seen: set[str] = set()
    for where, role in sound:
        if role["credential"] in seen:
            yield Problem(f"{where}.credential", "This credential stands twice.")
        seen.add(role["credential"])
        yield from _role(where, role)
    if len(sound) != len(roles):
        return
    if not any(role["may_examine"] for role in roles):
        yield Problem("roles", "No credential may examine, so nobody could be treated.")
    if any("prp" in role["performs"] for role in roles) and not any(role["may_draw_blood"] for role in roles):
        yield Problem("roles", "PRP is performed, and no credential may draw blood.")


def _role(where: str, role: Json) -> Iterator[Problem]:
    alone, supervised = role["unsupervised_mm"], role["supervised_mm"]
    if supervised is not None and alone is None:
        said = "With a ceiling under supervision there is one without. Write it."
        yield Problem(f"{where}.unsupervised_mm", said)
    elif supervised is not None and Decimal(alone) > Decimal(supervised):
        yield Problem(f"{where}.supervised_mm", f"This is less than without supervision, {alone} mm.")
    for name in ("within_minutes", "within_miles"):
        if role[name] is not None and role["supervision"] in {"none", "on_site"}:
            level = role["supervision"].replace("_", " ")
            yield Problem(f"{where}.{name}", f"With supervision {level} there is no distance. Write null.")
    if role["cosign_due_days"] is not None and role["cosign"] in {None, "never"}:
        yield Problem(f"{where}.cosign_due_days", "Nobody signs beside it. Write null.")
    if role["may_order"] and not role["may_examine"]:
        yield Problem(f"{where}.may_order", "Whoever may order may examine. Correct one of the two.")


def _adverse_events(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    if not is_sound("adverse_events"):
        return
    rows = list(enumerate(document.get("adverse_events", ())))
    seen: set[int] = set()
    for number, row in rows:
        if row["grade"] in seen:
            yield Problem(f"adverse_events[{number}].grade", "This grade stands twice.")
        seen.add(row["grade"])
    told = [(row["grade"], row["tell_director_h"], number) for number, row in rows]
    timed = sorted(one for one in told if one[1] is not None)
    for (milder, milder_h, _), (graver, graver_h, number) in pairwise(timed):
        if graver > milder and graver_h > milder_h:
            said = f"A graver event would be told later than a milder one, {milder_h} hours."
            yield Problem(f"adverse_events[{number}].tell_director_h", said)


def _providers(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    if not is_sound("providers"):
        return
    spans: dict[str, list[tuple[date, date, int]]] = {}
    for number, one in enumerate(document.get("providers", ())):
        first = _day(one["valid_from"])
        last = _day(one["valid_to"]) if one["valid_to"] else date.max
        if last < first:
            yield Problem(f"providers[{number}].valid_to", "The last day lies before the first.")
        spans.setdefault(one["user"], []).append((first, last, number))
    for days in spans.values():
        for (_, before, _), (after, _, number) in pairwise(sorted(days)):
            if after <= before:
                said = "These days overlap with another delegation of the same person."
                yield Problem(f"providers[{number}].valid_from", said)


def _day(text: str) -> date:
    return date.fromisoformat(text)
