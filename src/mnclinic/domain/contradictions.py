"""What a schema cannot say: parts of a document that fit their form and contradict each other.

Pure: documents in, problems out. A check looks only at parts that fit their form, so that it can run beside
the schema's own problems and everything is told at once.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from mnclinic.domain.consent import CONSENT_TEXT_2
from mnclinic.domain.credentials import PaperKind, kind_of
from mnclinic.domain.finding import PassedBy
from mnclinic.domain.patient_sheets import AFTERCARE_2, CALL_SCRIPT_1, EMERGENCY_2, PRECARE_2, SHEET_FORMATS
from mnclinic.domain.rule_contradictions import policy_contradictions, protocol_contradictions
from mnclinic.domain.screening import MEDICINES, NEVER_TIMED, ContraindicationClass
from mnclinic.domain.treatment import INSIDE_ORBITAL_RIM, Area, line_times_problems
from mnclinic.errors import Problem

US_STATE = re.compile(r"[A-Z]{2}")

Json = Mapping[str, Any]
IsSound = Callable[[str], bool]
"""Whether the part at this path fits its form."""


def contradictions(kind: str, document: Json, is_sound: IsSound) -> Iterator[Problem]:
    """Everything that contradicts itself in a document of this kind (a schema's name)."""
    check = CHECKS.get(kind)
    if check is not None:
        yield from check(document, is_sound)


def _visit(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    if _both(document, ("started_at", "ended_at"), is_sound):
        yield from _instants(document, "started_at", "ended_at", "The end lies before the start.")
    yield from _lines(document, is_sound)
    yield from _once(document, "screening", ("item",), "This item is answered twice.", is_sound)
    yield from _once(document, "reasons", ("code",), "This warning is given two reasons.", is_sound)
    if "exam" in document and is_sound("exam"):
        said = "The exam would count to a day before it was done."
        yield from _days(document["exam"], "examined_on", "valid_to", said, "exam")
    if "skin" in document and is_sound("skin"):
        said = "This lesion is named twice in one area."
        yield from _once(document["skin"], "lesions", ("area", "item"), said, is_sound, where="skin")
    for name, check, first, last, said in (
        ("order", _days, "ordered_on", "valid_to", "The order ends before it begins."),
        ("anaesthetic", _instants, "applied_at", "removed_at", "It came off before it went on."),
        ("prp", _instants, "drawn_at", "applied_at", "It was applied before it was drawn."),
    ):
        if name in document and is_sound(name):
            yield from check(document[name], first, last, said, name)
    if "vitals" in document and is_sound("vitals"):
        yield from _vitals(document["vitals"])
    if "prp" in document and is_sound("prp"):
        yield from _prp(document["prp"])
    yield from _once(document, "asepsis", ("item",), "This step is confirmed twice.", is_sound)
    said = "This view is named twice for one time."
    yield from _once(document, "photos", ("view", "when"), said, is_sound)


def _vitals(vitals: Json) -> Iterator[Problem]:
    if {"systolic_mmhg", "diastolic_mmhg"} <= vitals.keys() and (
        vitals["diastolic_mmhg"] >= vitals["systolic_mmhg"]
    ):
        yield Problem("vitals.diastolic_mmhg", "The lower pressure is not below the upper one.")


def _prp(prp: Json) -> Iterator[Problem]:
    """The way of the blood goes in one direction: drawn, read back, spun, applied."""
    drawn_at, applied_at = (
        datetime.fromisoformat(prp[name]) if name in prp else None for name in ("drawn_at", "applied_at")
    )
    last = drawn_at
    for number, spin in enumerate(prp.get("spins", ())):
        where = f"prp.spins[{number}]"
        if not Decimal(spin["radius_cm"]):
            yield Problem(f"{where}.radius_cm", "A rotor's radius is above zero.")
        if "spun_at" not in spin:
            continue
        spun_at = datetime.fromisoformat(spin["spun_at"])
        if last is not None and spun_at < last:
            said = (
                "It was spun before it was drawn."
                if last == drawn_at
                else "This spin was before the last one."
            )
            yield Problem(f"{where}.spun_at", said)
        elif applied_at is not None and spun_at > applied_at:
            yield Problem(f"{where}.spun_at", "It was spun after it was applied.")
        last = spun_at
    for number, one in enumerate(prp.get("read_back", ())):
        if drawn_at is not None and datetime.fromisoformat(one["at"]) < drawn_at:
            said = "The label was read back before the blood was drawn."
            yield Problem(f"prp.read_back[{number}].at", said)


def _lines(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    started_at, ended_at = (
        datetime.fromisoformat(document[name]) if name in document and is_sound(name) else None
        for name in ("started_at", "ended_at")
    )
    for where, line in _parts(document, "lines", is_sound):
        begun, done = (
            datetime.fromisoformat(line[name]) if name in line else None
            for name in ("started_at", "ended_at")
        )
        for field, said in line_times_problems(begun, done, started_at, ended_at):
            yield Problem(f"{where}.{field}", said)


def _policy(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    yield from _once(document, "screening", ("item",), "This item stands twice.", is_sound)
    for where, item in _parts(document, "screening", is_sound):
        is_precaution = item["class"] == ContraindicationClass.PRECAUTION
        if item["passed_by"] == PassedBy.PERFORMER and not is_precaution:
            said = "Only a precaution may be passed by the performer. Write director or nobody."
            yield Problem(f"{where}.passed_by", said)
        yield from _answers(item, where)
        yield from _medicine(item, where)
    yield from policy_contradictions(document, is_sound)


def _medicine(item: Json, where: str) -> Iterator[Problem]:
    """No policy suggests that a medicine is stopped, not by a date either."""
    if item["item"] in MEDICINES and item["shows_earliest"]:
        said = "A first day would read as advice to stop a medicine. Write false."
        yield Problem(f"{where}.shows_earliest", said)
    if item["item"] in NEVER_TIMED and item["window_days"] is not None:
        said = "Days would read as advice to stop this medicine. Write null: the prescriber is asked."
        yield Problem(f"{where}.window_days", said)


def _answers(item: Json, where: str) -> Iterator[Problem]:
    """What may be answered fits the item's own rule. Items of earlier versions do not say it."""
    answers = item.get("answers")
    if answers is None:
        return
    if "answered_by" in item:
        yield Problem(f"{where}.answers", "The record answers this item, so nobody is asked. Leave it out.")
        return
    if not {"yes", "no", "unknown"} <= set(answers):
        yield Problem(f"{where}.answers", "Yes, no and unknown can always be answered. Name all three.")
    if item["window_days"] is not None and "last_on" not in answers:
        said = "Without last_on nobody can count these days. Add it to answers, or write null."
        yield Problem(f"{where}.window_days", said)


def _protocol(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    yield from _once(document, "areas", ("area",), "This area stands twice.", is_sound)
    for where, limits in _parts(document, "areas", is_sound):
        if Area(limits["area"]) in INSIDE_ORBITAL_RIM:
            yield Problem(f"{where}.area", "Inside the orbital rim is never needled, by no protocol.")
        rising = ("soft_min_mm", "soft_max_mm", "acknowledge_above_mm", "hard_max_mm")
        for lower, upper in pairwise(rising):
            if Decimal(limits[lower]) > Decimal(limits[upper]):
                yield Problem(f"{where}.{upper}", f"This is less than {lower}, {limits[lower]} mm.")
    intervals = ("interval_block_days", "interval_warn_days")
    if _both(document, intervals, is_sound):
        block, warn = (document[name]["value"] for name in intervals)
        if block > warn:
            lower = intervals[0]
            said = f"This is less than {lower}, {block} days."
            yield Problem("interval_warn_days.value", said)
    yield from protocol_contradictions(document, is_sound)


def _consent_text(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    if "services" in document and is_sound("format") and document.get("format") not in SHEET_FORMATS:
        others = f"{PRECARE_2}, {AFTERCARE_2}, {EMERGENCY_2} and {CALL_SCRIPT_1}"
        yield Problem("services", f"This field belongs to {others}. Leave it out.")
    if document.get("format") != CONSENT_TEXT_2:
        for name in ("asks", "addenda", "levels", "agreement"):
            if name in document and is_sound("format"):
                yield Problem(name, f"This field belongs to {CONSENT_TEXT_2}. Leave it out.")
        return
    if "agreement" not in document:
        yield Problem("agreement", "Write the words that whoever signs agrees to.")
    for where, section in _parts(document, "sections", is_sound):
        if "part" not in section:
            yield Problem(f"{where}.part", "Say which part of a consent this section is.")
    yield from _once(document, "levels", ("level",), "This level stands twice.", is_sound)


def _authorisation(document: Json, is_sound: IsSound, where: str = "") -> Iterator[Problem]:
    if _both(document, ("valid_from", "valid_to"), is_sound, where):
        yield from _days(document, "valid_from", "valid_to", "The last day lies before the first.", where)


def _device(document: Json, is_sound: IsSound, where: str = "") -> Iterator[Problem]:
    said = "This indication stands twice."
    yield from _once(document, "indications", ("indication",), said, is_sound, where=where)
    if _both(document, ("label_depth_mm", "max_depth_mm"), is_sound, where) and (
        Decimal(document["label_depth_mm"]) > Decimal(document["max_depth_mm"])
    ):
        said = f"The label cannot have evaluated more than the device reaches, {document['max_depth_mm']} mm."
        yield Problem(_join(where, "label_depth_mm"), said)


def _clinic(document: Json, is_sound: IsSound) -> Iterator[Problem]:
    yield from _once(document, "staff", ("user",), "This user name is given twice.", is_sound)
    yield from _once(document, "devices", ("device",), "This device stands twice.", is_sound)
    yield from _once(document, "lots", ("kind", "lot"), "This lot stands twice.", is_sound)
    yield from _once(document, "authorisations", ("id",), "This authorisation stands twice.", is_sound)
    for where, person in _parts(document, "staff", is_sound):
        for number, licence in enumerate(person.get("licences", ())):
            said = "The licence ends before it begins."
            yield from _days(licence, "valid_from", "expires_on", said, f"{where}.licences[{number}]")
            if kind_of(licence["kind"]) is PaperKind.LICENCE and not US_STATE.fullmatch(licence["state"]):
                said = "Write the state in two capital letters, for example TX."
                yield Problem(f"{where}.licences[{number}].state", said)
    for where, device in _parts(document, "devices", is_sound):
        yield from _device(device, is_sound, where)
    directors = {one["name"] for _, one in _parts(document, "staff", is_sound) if one["role"] == "director"}
    for where, authorisation in _parts(document, "authorisations", is_sound):
        yield from _authorisation(authorisation, is_sound, where)
        if is_sound("staff") and authorisation["director"] not in directors:
            yield Problem(f"{where}.director", "The staff list has no director of this name.")


CHECKS: Mapping[str, Callable[[Json, IsSound], Iterator[Problem]]] = {
    "visit": _visit,
    "consent_text": _consent_text,
    "policy": _policy,
    "protocol": _protocol,
    "authorisation": _authorisation,
    "device": _device,
    "device_entry": _device,
    "clinic": _clinic,
}


def _parts(document: Json, name: str, is_sound: IsSound, where: str = "") -> Iterator[tuple[str, Json]]:
    """The entries of a list that fit their form, each with its path."""
    place = _join(where, name)
    entries = document.get(name)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if is_sound(f"{place}[{number}]"):
            yield f"{place}[{number}]", entry


def _once(
    document: Json, name: str, keys: Sequence[str], said: str, is_sound: IsSound, *, where: str = ""
) -> Iterator[Problem]:
    """Entries of a list that repeat an earlier one's keys."""
    seen = set()
    for place, entry in _parts(document, name, is_sound, where):
        key = tuple(entry[one] for one in keys)
        if key in seen:
            yield Problem(f"{place}.{keys[-1]}", said)
        seen.add(key)


def _days(part: Json, first: str, last: str, said: str, where: str = "") -> Iterator[Problem]:
    if first in part and last in part and date.fromisoformat(part[last]) < date.fromisoformat(part[first]):
        yield Problem(_join(where, last), said)


def _instants(part: Json, first: str, last: str, said: str, where: str = "") -> Iterator[Problem]:
    if first not in part or last not in part:
        return
    if datetime.fromisoformat(part[last]) < datetime.fromisoformat(part[first]):
        yield Problem(_join(where, last), said)


def _both(document: Json, names: Iterable[str], is_sound: IsSound, where: str = "") -> bool:
    return all(name in document and is_sound(_join(where, name)) for name in names)


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
