"""A policy, protocol, consent text or authorisation in words, to be read before it is signed."""

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from mnclinic.domain.gate.exam_renewal import PRP_WORDS
from mnclinic.domain.patient_sheets import AFTERCARE_2, CALL_SCRIPT_1, EMERGENCY_2, PRECARE_2
from mnclinic.domain.policy_parameters import GROUP_WORDS, PARAMETERS, figure_of
from mnclinic.services.approve_document import KIND_WORDS, DocumentRow
from mnclinic.ui.elements import facts_grid, label
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Type
from mnclinic.ui.words import plain

Json = Mapping[str, Any]
Facts = list[tuple[str, str]]


def kind_words(kind: str, document: Json) -> str:
    """A kind of document in one word or two: nobody consents to a sheet or to the words of a call."""
    if kind == "consent_text":
        kinds = {
            PRECARE_2: spoken("Sheet"),
            AFTERCARE_2: spoken("Sheet"),
            EMERGENCY_2: spoken("Emergency"),
            CALL_SCRIPT_1: spoken("Call script"),
        }
        return kinds.get(document.get("format", ""), spoken("Consent"))
    return spoken("Authorisation") if kind == "authorisation" else plain(KIND_WORDS[kind])


def document_words(document: DocumentRow) -> list[QWidget]:
    """A document in words: its numbers with unit and source, its limits, its sections."""
    content = document.document
    widgets: list[QWidget] = []
    if "notice" in content:
        widgets.append(label(spoken(content["notice"]), Type.SMALL, "muted", wraps=True))
    parts = {"policy": _policy, "protocol": _protocol, "consent_text": _sections}
    for title, facts in parts.get(document.kind, _authorisation)(content):
        if title:
            widgets.append(label(title, Type.STRONG, wraps=True))
        widgets.append(facts_grid(facts) if isinstance(facts, list) else label(facts, wraps=True))
    return widgets


def _sections(content: Json) -> Iterator[tuple[str, Facts | str]]:
    for section in content["sections"]:
        yield section["heading"], section["text"]


def _authorisation(content: Json) -> Iterator[tuple[str, Facts | str]]:
    # Whoever names no product authorises PRP, and no product belongs to another flag.
    products = content.get("products") or [PRP_WORDS]
    is_topical = content["flag"] == "off_label_topical"
    yield (
        "",
        [
            (spoken("Lets pass"), plain(content["flag"])),
            (spoken("For"), plain(content["service"])),
            (spoken("Patient"), content["patient"] or spoken("every patient")),
            *([(spoken("Products"), ", ".join(products))] if is_topical else []),
            (spoken("From"), content["valid_from"]),
            (spoken("To"), content["valid_to"]),
            (spoken("Note"), content.get("note", "")),
        ],
    )


def _policy(content: Json) -> Iterator[tuple[str, Facts | str]]:
    if "review_by" in content:
        yield "", [(spoken("To be looked at again by"), content["review_by"])]
    for name, words in GROUP_WORDS.items():
        figures = [(one.words, figure_of(content, one)) for one in PARAMETERS if one.group == name]
        facts = [(told, _figure(figure)) for told, figure in figures if figure is not None]
        if facts:
            yield spoken(words), facts
    roles = content.get("roles", ())
    if roles:
        yield spoken("Who may do what"), [(role["credential"], _role(role)) for role in roles]
    events = content.get("adverse_events", ())
    if events:
        yield spoken("Adverse events"), [(f"{plain('grade')} {row['grade']}", _event(row)) for row in events]
    yield from _followup(content)
    notices = content.get("notices", ())
    if notices:
        yield spoken("Notices"), [(row["where"], f"{row['text']} ({row['source']})") for row in notices]
    yield spoken("Screening"), [(spoken(item["topic"]), _item(item)) for item in content["screening"]]


def _protocol(content: Json) -> Iterator[tuple[str, Facts | str]]:
    facts = [
        (spoken("Service"), plain(content["service"])),
        (spoken("Performers"), ", ".join(content["performer_credentials"])),
        (spoken("Supervision"), plain(content["supervision"]) if "supervision" in content else ""),
        (spoken("Named providers"), "\n".join(_provider(one) for one in content.get("providers", ()))),
        (spoken("Devices"), ", ".join(content["devices"])),
        (spoken("Cartridges"), ", ".join(content.get("cartridges", ()))),
        (
            spoken("Interval"),
            spoken("warns under {days}").format(days=_figure(content["interval_warn_days"])),
        ),
        ("", spoken("stops under {days}").format(days=_figure(content["interval_block_days"]))),
        (spoken("Topicals"), ", ".join(content["topicals"])),
        (spoken("Numbing products"), ", ".join(content.get("anaesthetics", ()))),
        (spoken("Used off the label"), ", ".join(content.get("off_label_products", ()))),
    ]
    facts += [
        (words, content.get(name, ""))
        for name, words in (
            ("precare_form", spoken("Sheet about preparing")),
            ("aftercare_form", spoken("Aftercare sheet")),
        )
    ]
    facts += [
        (words, _figure(content[name]))
        for name, words in (
            ("speed_min_rpm", spoken("Slowest setting")),
            ("speed_max_rpm", spoken("Fastest setting")),
            ("session_count", spoken("Sessions in a series")),
        )
        if name in content
    ]
    yield "", [(name, value) for name, value in facts if value]
    areas: Facts = [(plain(area["area"]), _area(area)) for area in content["areas"]]
    yield spoken("Depth by area: usual, director above, never above"), areas
    for name, words in (
        ("steps", spoken("Steps")),
        ("asepsis", spoken("Asepsis")),
        ("precare", spoken("Before the treatment")),
        ("aftercare", spoken("After the treatment")),
    ):
        lines = content.get(name, ())
        if lines:
            # A shipped step of the asepsis is said as the visit's own step says it.
            shown = map(spoken, lines) if name == "asepsis" else lines
            yield words, "\n".join(f"{number}. {line}" for number, line in enumerate(shown, 1))
    photos = content.get("photos", ())
    if photos:
        yield spoken("Photographs"), [(plain(one["when"]), one["view"]) for one in photos]
    yield from _followup(content)


def _followup(content: Json) -> Iterator[tuple[str, Facts | str]]:
    rows = content.get("followup", ())
    if rows:
        yield (
            spoken("Follow-up"),
            [
                (
                    spoken("after {hours} hours").format(hours=row["offset_h"]),
                    f"{plain(row['kind'])}. {row['condition']}".strip(),
                )
                for row in rows
            ],
        )


def _provider(one: Json) -> str:
    return f"{one['user']}, {one['valid_from']} – {one['valid_to'] or ''}".rstrip(" –")


def _area(area: Json) -> str:
    return spoken("{least} to {most} mm · {director} mm · {never} mm").format(
        least=area["soft_min_mm"],
        most=area["soft_max_mm"],
        director=area["acknowledge_above_mm"],
        never=area["hard_max_mm"],
    )


def _item(item: Json) -> str:
    told = spoken("{kind}, may be passed by {who}").format(
        kind=spoken(item["class"]), who=spoken(item["passed_by"])
    )
    days = item["window_days"]
    return told + (spoken(", {days} days").format(days=days) if days else "")


def _role(role: Json) -> str:
    may = [
        words
        for name, words in (
            ("may_examine", spoken("may examine")),
            ("may_order", spoken("may order")),
            ("may_draw_blood", spoken("may draw blood")),
        )
        if role[name]
    ]
    performs = spoken("performs {what}").format(
        what=", ".join(map(spoken, role["performs"])) or spoken("nothing")
    )
    depth = [
        words.format(mm=role[name])
        for name, words in (
            ("unsupervised_mm", spoken("alone to {mm} mm")),
            ("supervised_mm", spoken("under supervision to {mm} mm")),
        )
        if role[name]
    ]
    supervision = spoken("supervision: {level}").format(level=spoken(role["supervision"].replace("_", " ")))
    return "; ".join([performs, *may, *depth, supervision]) + f" ({role['source']})"


def _event(row: Json) -> str:
    hours = row["tell_director_h"]
    told = spoken("the director is told within {hours} hours").format(
        hours=hours if hours is not None else "?"
    )
    return told + (f"; {spoken('the record is held')}" if row["legal_hold"] else "")


def _figure(figure: Json) -> str:
    value, unit = figure["value"], figure["unit"]
    if value is None:
        shown = spoken("not known")
    elif isinstance(value, list):
        shown = ", ".join(plain(one) if one.islower() else one for one in value)
    elif unit == "word":
        shown = plain(value)
    elif unit == "text":
        shown = value
    else:
        shown = f"{value} {spoken(unit)}"
    return spoken("{value} ({source}; confidence {confidence})").format(
        value=shown, source=figure["source"], confidence=spoken(figure["confidence"])
    )
