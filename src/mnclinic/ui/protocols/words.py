"""A policy, protocol, consent text or authorisation in words, to be read before it is signed."""

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from mnclinic.domain.off_label_flags import authorised_products
from mnclinic.domain.patient_sheets import AFTERCARE_2, CALL_SCRIPT_1, EMERGENCY_2, PRECARE_2
from mnclinic.domain.policy_parameters import GROUP_WORDS, PARAMETERS, figure_of
from mnclinic.services.approve_document import KIND_WORDS, DocumentRow
from mnclinic.ui.elements import facts_grid, label
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Type
from mnclinic.ui.words import REVIEW_REASONS, plain, service_words

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


def name_words(document: DocumentRow) -> str:
    """What a document is called: an authorisation, which has no name, by what it lets pass and where."""
    if document.kind != "authorisation":
        return document.name
    parts = (plain(document.document["flag"]), service_words(document.document["service"]), document.patient)
    return " · ".join(filter(None, parts))


def document_words(document: DocumentRow) -> list[QWidget]:
    """A document in words: its numbers with unit and source, its limits, its sections."""
    content = document.document
    widgets: list[QWidget] = []
    if "notice" in content:
        widgets.append(label(spoken(content["notice"]), Type.SMALL, "muted", wraps=True))
    parts = {"policy": _policy, "protocol": _protocol, "consent_text": _sections}
    told = parts[document.kind](content) if document.kind in parts else _authorisation(document)
    for title, facts in told:
        if title:
            widgets.append(label(title, Type.STRONG, wraps=True))
        widgets.append(
            facts_grid(facts, is_narrow=True) if isinstance(facts, list) else label(facts, wraps=True)
        )
    return widgets


def _sections(content: Json) -> Iterator[tuple[str, Facts | str]]:
    facts = [
        (spoken("In force from"), content["effective_on"]),
        (spoken("Services"), ", ".join(service_words(one) for one in content.get("services", ()))),
        (spoken("Asks for besides"), ", ".join(plain(one) for one in content.get("asks", ()))),
        *((plain(what), form) for what, form in content.get("addenda", {}).items()),
    ]
    yield "", [(words, value) for words, value in facts if value]
    for section in content["sections"]:
        source = _source(section)
        yield section["heading"], f"{section['text']}\n{source}" if source else section["text"]
    for level in content.get("levels", ()):
        yield plain(level["level"]), level["words"]
    if content.get("agreement"):
        yield spoken("Agreement"), content["agreement"]


def _authorisation(document: DocumentRow) -> Iterator[tuple[str, Facts | str]]:
    content = document.document
    products = ", ".join(authorised_products(content))
    yield (
        "",
        [
            (spoken("Lets pass"), plain(content["flag"])),
            (spoken("For"), service_words(content["service"])),
            (spoken("Patient"), document.patient or spoken("every patient")),
            *([(spoken("Products"), products)] if products else []),
            (spoken("From"), content["valid_from"]),
            (spoken("To"), content["valid_to"]),
            (spoken("Note"), content.get("note", "")),
        ],
    )


def _policy(content: Json) -> Iterator[tuple[str, Facts | str]]:
    yield "", [(words, content[name]) for name, words in _head() if content.get(name)]
    for name, words in GROUP_WORDS.items():
        figures = [(one.words, figure_of(content, one)) for one in PARAMETERS if one.group == name]
        facts = [(told, _figure(figure)) for told, figure in figures if figure is not None]
        if facts:
            yield spoken(words), facts
    always = content["review"].get("always", ())
    if always:
        features = ", ".join(spoken(REVIEW_REASONS.get(one, one.replace("_", " "))) for one in always)
        facts = [(spoken("Features"), f"{features} ({content['review'].get('always_source', '')})")]
        yield spoken("Always sent"), facts
    roles = content.get("roles", ())
    if roles:
        yield spoken("Who may do what"), [(role["credential"], _role(role)) for role in roles]
    events = content.get("adverse_events", ())
    if events:
        yield spoken("Adverse events"), [(f"{plain('grade')} {row['grade']}", _event(row)) for row in events]
    yield from _followup(content)
    notices = content.get("notices", ())
    if notices:
        yield spoken("Notices"), [(row["where"], _notice(row)) for row in notices]
    yield spoken("Screening"), [(spoken(item["topic"]), _item(item)) for item in content["screening"]]


def _head() -> tuple[tuple[str, str], ...]:
    return (
        ("state", spoken("State, two letters")),
        ("effective_on", spoken("In force from")),
        ("review_by", spoken("To be looked at again by")),
    )


def _protocol(content: Json) -> Iterator[tuple[str, Facts | str]]:
    def sourced(value: str, source: str) -> str:
        return f"{value} ({content[source]})" if value and content.get(source) else value

    performers, supervision = ", ".join(content["performer_credentials"]), content.get("supervision", "")
    facts = [
        *((words, content.get(name, "")) for name, words in _head()),
        (spoken("Service"), service_words(content["service"])),
        (spoken("Class of device"), plain(content["device_class"]) if "device_class" in content else ""),
        (spoken("Consent form"), f"“{content['consent_form']}”"),
        (spoken("Performers"), sourced(performers, "performer_source")),
        (spoken("Supervision"), sourced(plain(supervision) if supervision else "", "supervision_source")),
        (spoken("Named providers"), "\n".join(_provider(one) for one in content.get("providers", ()))),
        (spoken("Devices"), ", ".join(content["devices"])),
        (spoken("Cartridges"), ", ".join(content.get("cartridges", ()))),
        (
            spoken("Interval"),
            spoken("warns under {days}").format(days=_figure(content["interval_warn_days"])),
        ),
        ("", spoken("stops under {days}").format(days=_figure(content["interval_block_days"]))),
        *(
            (words, sourced(", ".join(content.get(name, ())), source))
            for words, name, source in (
                (spoken("Topicals"), "topicals", "topicals_source"),
                (spoken("Numbing products"), "anaesthetics", "anaesthetics_source"),
                (spoken("Used off the label"), "off_label_products", "off_label_source"),
            )
        ),
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
    if content.get("texts_source"):
        yield "", [(spoken("Source"), content["texts_source"])]
    photos = content.get("photos", ())
    if photos:
        yield spoken("Photographs"), [(plain(one["when"]), one["view"]) for one in photos]
    yield from _followup(content)


def _followup(content: Json) -> Iterator[tuple[str, Facts | str]]:
    rows = content.get("followup", ())
    if rows:
        yield (
            spoken("Follow-up"),
            [(spoken("after {hours} hours").format(hours=row["offset_h"]), _contact(row)) for row in rows],
        )


def _contact(row: Json) -> str:
    conditions = ", ".join(plain(one) for one in row.get("only_when", ()))
    told = ". ".join(filter(None, (plain(row["kind"]), row["condition"].strip(), conditions)))
    return f"{told} {_source(row)}"


def _notice(row: Json) -> str:
    seen = row.get("last_verified")
    last = spoken("last seen there: {day}").format(day=seen) if seen else ""
    return "; ".join(filter(None, (row["text"], row.get("size", ""), last))) + f" {_source(row)}"


def _source(row: Json) -> str:
    """Where something comes from and how sure that is, and what speaks against it."""
    parts = [row["source"], row.get("disagreement", "")] if row.get("source") else []
    if row.get("confidence"):
        parts.append(spoken("confidence {confidence}").format(confidence=spoken(row["confidence"])))
    said = "; ".join(filter(None, parts))
    return f"({said})" if said else ""


def _provider(one: Json) -> str:
    return f"{one['user']}, {one['valid_from']} – {one['valid_to'] or ''}".rstrip(" –")


def _area(area: Json) -> str:
    depths = spoken("{least} to {most} mm · {director} mm · {never} mm").format(
        least=area["soft_min_mm"],
        most=area["soft_max_mm"],
        director=area["acknowledge_above_mm"],
        never=area["hard_max_mm"],
    )
    passes = area.get("pass_count_max")
    told = f" · {spoken('usual passes: {count}').format(count=passes)}" if passes else ""
    return f"{depths}{told} {_source(area)}".strip()


def _item(item: Json) -> str:
    """All of an item: its class, what is asked in both languages, what may be answered, its source."""
    told = spoken("{kind}, may be passed by {who}").format(
        kind=spoken(item["class"]), who=spoken(item["passed_by"])
    )
    days = item["window_days"]
    told += spoken(", {days} days").format(days=days) if days else ""
    spanish = item.get("spanish", {})
    asked = [one[name] for name in ("question", "advice") for one in (item, spanish) if one.get(name)]
    asked += [
        one["topic"] for one in (item, spanish) if one.get("topic") not in {None, spoken(item["topic"])}
    ]
    answers = ", ".join(spoken(one.replace("_", " ")) for one in item.get("answers", ()))
    classes = ", ".join(plain(one) for one in item.get("device_classes") or ())
    flags = [
        words
        for name, words in (
            ("ask_each_visit", spoken("asked at every visit")),
            ("per_area", spoken("by area")),
            ("shows_earliest", spoken("shows the earliest day")),
        )
        if item.get(name)
    ]
    answered_by = item.get("answered_by")
    flags += [spoken("answered by: {who}").format(who=plain(answered_by))] if answered_by else []
    return "\n".join(filter(None, (told, *asked, answers, classes, "; ".join(flags), _source(item))))


def _role(role: Json) -> str:
    may = [
        words
        for name, words in (
            ("may_examine", spoken("may examine")),
            ("may_order", spoken("may order")),
            ("may_draw_blood", spoken("may draw blood")),
            ("bls_required", spoken("needs basic life support")),
        )
        if role.get(name)
    ]
    performs = spoken("performs {what}").format(
        what=", ".join(map(spoken, role["performs"])) or spoken("nothing")
    )
    limits = [
        words.format(number=role[name])
        for name, words in (
            ("unsupervised_mm", spoken("alone to {number} mm")),
            ("supervised_mm", spoken("under supervision to {number} mm")),
            ("within_minutes", spoken("the supervisor within {number} minutes")),
            ("within_miles", spoken("the supervisor within {number} miles")),
            ("cosign_due_days", spoken("the director signs beside it within {number} days")),
        )
        if role.get(name)
    ]
    if role.get("cosign"):
        limits.append(spoken("the director signs beside it: {when}").format(when=spoken(role["cosign"])))
    if role.get("training"):
        limits.append(spoken("training: {what}").format(what=", ".join(role["training"])))
    supervision = spoken("supervision: {level}").format(level=spoken(role["supervision"].replace("_", " ")))
    licence = role.get("licence_type", "")
    return "; ".join(filter(None, (licence, performs, *may, *limits, supervision))) + f" {_source(role)}"


def _event(row: Json) -> str:
    hours = row["tell_director_h"]
    told = spoken("the director is told within {hours} hours").format(
        hours=hours if hours is not None else "?"
    )
    held = f"; {spoken('the record is held')}" if row["legal_hold"] else ""
    return f"{told}{held} {_source(row)}".strip()


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
    return f"{shown} {_source(figure)}"
