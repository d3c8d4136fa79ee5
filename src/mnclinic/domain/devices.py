"""A handpiece as it is typed from its label, and what has to be known before anybody treats with it. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from mnclinic.domain.person_details import line_of
from mnclinic.domain.supplies import INTERVALS
from mnclinic.domain.typed_values import DEEPEST_MM, Reader, decimal_within, whole_within
from mnclinic.errors import Problem

Json = Mapping[str, Any]

NUMERALS = ("I", "II", "III", "IV", "V", "VI")
TEXTS = ("device", "model", "maker", "serial", "udi", "clearance", "device_class", "speed", "source")
"""What is kept as it is typed."""
_INDICATION = re.compile(r"(?P<words>[A-Za-z][A-Za-z_ ]*?)(?:[ :]+(?P<types>[IViv1-6][IViv1-6 ,-]*))?")
_depth = decimal_within(Decimal("0.01"), DEEPEST_MM, places=2, unit="mm")
NUMBERS: Mapping[str, Reader] = {
    "max_depth_mm": _depth,
    "depth_step_mm": _depth,
    "label_depth_mm": _depth,
    "minimum_age": whole_within(0, 120),
    **{name: whole_within(1, 3660) for name in INTERVALS},
}
"""By field, what reads its text."""
_WHOLE = frozenset({"minimum_age", *INTERVALS})
TYPED = (*TEXTS, *NUMBERS, "indications", "topicals_on_label")
NO_TOPICAL = "none"
"""Typed where the label names no topical: every one is off the label then. An empty field says nothing."""
READ_BACK = ("serial", "max_depth_mm", "label_depth_mm", "minimum_age")
"""What whoever confirms a device types once more, reading it off the label."""
LABEL_FACTS = (
    *("model", "maker", "serial", "udi", "clearance", "device_class"),
    *("max_depth_mm", "depth_step_mm", "label_depth_mm", "speed", "minimum_age", "indications"),
    "topicals_on_label",
)
"""What the label states. Whoever changes one of these has it held against the label again."""
NEEDED = ("clearance", "max_depth_mm", "minimum_age", "indications")
"""Without these nobody can treat with it, because the gate could not compare anything with the label."""
FACT_WORDS: Mapping[str, str] = {
    "device": "the clinic's own name",
    "model": "model",
    "maker": "maker",
    "serial": "serial number",
    "udi": "UDI",
    "clearance": "clearance number",
    "device_class": "how it works",
    "max_depth_mm": "mechanical maximum",
    "depth_step_mm": "step of depth",
    "label_depth_mm": "depth evaluated in the label",
    "speed": "speed",
    "minimum_age": "minimum age",
    "indications": "indications",
    "topicals_on_label": "topicals on the label",
    "service_every_days": "days between services",
    "cleaning_every_days": "days between cleanings",
    "calibration_every_days": "days between calibrations",
    "source": "source",
}


def typed_device(values: Mapping[str, str]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The facts in what was typed, an empty field left out, and what cannot be read, by field.

    A name that `values` does not hold is not looked at.
    """
    made: dict[str, Any] = {}
    problems = []
    for name in TEXTS:
        if text := line_of(values.get(name, "")):
            made[name] = text
    for name, read in NUMBERS.items():
        reading = read(values.get(name, ""))
        if reading.problem:
            problems.append(Problem(name, reading.problem))
        elif reading.value:
            made[name] = int(reading.value) if name in _WHOLE else reading.value
    indications, wrong = read_indications(values.get("indications", ""))
    if wrong:
        problems.append(Problem("indications", wrong))
    elif indications:
        made["indications"] = indications
    if topicals := line_of(values.get("topicals_on_label", "")):
        made["topicals_on_label"] = read_topicals(topicals)
    return made, tuple(problems)


def read_topicals(typed: str) -> list[str]:
    """The products that the label lets be put on needled skin, each once; commas between, or `NO_TOPICAL`."""
    if typed.strip(" .").casefold() in {NO_TOPICAL, "ninguno"}:
        return []
    named: dict[str, str] = {}
    for one in filter(None, map(line_of, re.split("[,;]", typed))):
        named.setdefault(one.casefold(), one)
    return [*named.values()]


def read_indications(typed: str) -> tuple[list[dict[str, Any]], str]:
    """Indications with their phototypes, as `facial acne scars I-IV; neck wrinkles 2`, or what is wrong."""
    found = []
    for part in filter(None, (line_of(one) for one in re.split(r"[;\n]", typed))):
        split = _INDICATION.fullmatch(part)
        if split is None:
            return [], "Write each as: facial acne scars I-VI. Between two of them stands a semicolon."
        code = re.sub(r"[ _]+", "_", split["words"].strip().casefold())
        types = _phototypes(split["types"] or "")
        if types is None:
            return [], f"The phototypes of {code.replace('_', ' ')} go from I to VI, as I-IV or II, III."
        found.append({"indication": code} | ({"phototypes": types} if types else {}))
    return found, ""


def _phototypes(typed: str) -> list[int] | None:
    found: set[int] = set()
    for part in filter(None, re.split(r"[ ,]+", re.sub(r" *- *", "-", typed.strip()))):
        ends = [_phototype(one) for one in part.split("-")]
        first, last = ends[0], ends[-1]
        if len(ends) > 2 or first is None or last is None or first > last:  # noqa: PLR2004  a range has two ends
            return None
        found |= set(range(first, last + 1))
    return sorted(found)


def _phototype(text: str) -> int | None:
    if text.upper() in NUMERALS:
        return NUMERALS.index(text.upper()) + 1
    return int(text) if re.fullmatch(r"[1-6]", text) else None


def indications_text(indications: Sequence[Json]) -> str:
    """The indications as `read_indications` reads them."""
    return "; ".join(
        f"{one['indication'].replace('_', ' ')} {_range_text(one.get('phototypes', ()))}".strip()
        for one in indications
    )


def _range_text(types: Sequence[int]) -> str:
    if len(types) > 1 and list(types) == list(range(types[0], types[-1] + 1)):
        return f"{NUMERALS[types[0] - 1]}-{NUMERALS[types[-1] - 1]}"
    return ", ".join(NUMERALS[one - 1] for one in types)


def typed_values(facts: Json) -> dict[str, str]:
    """The facts of a device as the text that is typed for them."""
    made = {name: str(facts[name]) for name in (*TEXTS, *NUMBERS) if facts.get(name) is not None}
    topicals = facts.get("topicals_on_label")
    said = "" if topicals is None else ", ".join(topicals) or NO_TOPICAL
    return made | {
        "indications": indications_text(facts.get("indications", ())),
        "topicals_on_label": said,
    }


def unknown_facts(facts: Json) -> tuple[str, ...]:
    """Which of the facts that the gate needs are not known."""
    missing = [name for name in NEEDED if not facts.get(name)]
    if any(not one.get("phototypes") for one in facts.get("indications", ())):
        missing.append("phototypes")
    return tuple(missing)


def read_back_problems(facts: Json, serial: str, read: Mapping[str, str]) -> Iterator[Problem]:
    """What somebody reads off the label and the register has otherwise. Empty: the label says nothing."""
    for name in READ_BACK:
        typed = line_of(read.get(name, ""))
        if name == "serial":
            if typed.upper() != serial.upper():
                yield Problem(
                    name, "The register has another serial number. Is this the label of this device?"
                )
            continue
        reading = NUMBERS[name](typed)
        if reading.problem:
            yield Problem(name, reading.problem)
        elif reading.value != _as_read(name, facts.get(name)):
            yield Problem(
                name, "The register has another number. Correct the register, or look at the label again."
            )


def _as_read(name: str, value: object) -> str:
    return "" if value is None else NUMBERS[name](str(value)).value


def changed_facts(before: Json, after: Json) -> tuple[str, ...]:
    """The names of the facts that differ, in the order in which they are shown."""
    return tuple(name for name in FACT_WORDS if before.get(name) != after.get(name))
