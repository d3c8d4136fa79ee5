"""The forms of a policy and a protocol, made from the document that they are to edit. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication

from mnclinic.domain.patient_sheets import SHEET_FORMATS
from mnclinic.domain.policy_parameters import GROUP_WORDS, PARAMETERS, Kind, Parameter, figure_of
from mnclinic.domain.policy_roles import SUPERVISION
from mnclinic.domain.review import SENT_BY_POLICY
from mnclinic.domain.treatment import INSIDE_ORBITAL_RIM, Area
from mnclinic.domain.typed_values import code_of_words, decimal_within, read_day, whole_within, words_within
from mnclinic.ui.forms.fields import QT_TRANSLATE_NOOP, Field, Option
from mnclinic.ui.forms.fields import Kind as FieldKind
from mnclinic.ui.language import NAMES as LANGUAGE_NAMES
from mnclinic.ui.language import spoken
from mnclinic.ui.protocols.values import (
    FOLLOWUP,
    LINES,
    NAME_OR_LEFT_OUT,
    NAMES,
    NAMES_OR_UNKNOWN,
    NOTICES,
    PHOTOS,
    PROVIDERS,
    TEXT,
    TEXT_OR_UNKNOWN,
    WHOLE,
    YES_NO,
    Leaf,
    Path,
    ValueKind,
    leaf,
)
from mnclinic.ui.words import REVIEW_REASONS, plain

Json = Mapping[str, Any]

CONFIDENCES = ("high", "medium", "low", "unverified")
TEXT_PARTS = {
    "procedure": QT_TRANSLATE_NOOP("forms", "What is done"),
    "expectations": QT_TRANSLATE_NOOP("forms", "What to expect"),
    "risks": QT_TRANSLATE_NOOP("forms", "Risks"),
    "benefits": QT_TRANSLATE_NOOP("forms", "Benefits"),
    "alternatives": QT_TRANSLATE_NOOP("forms", "Alternatives"),
    "contraindications": QT_TRANSLATE_NOOP("forms", "Who should not have it"),
    "aftercare": QT_TRANSLATE_NOOP("forms", "Aftercare"),
    "questions": QT_TRANSLATE_NOOP("forms", "Questions"),
    "performer": QT_TRANSLATE_NOOP("forms", "Who performs it"),
    "delegation": QT_TRANSLATE_NOOP("forms", "Delegation"),
    "off_label": QT_TRANSLATE_NOOP("forms", "Use off the label"),
    "photographs": QT_TRANSLATE_NOOP("forms", "Photographs"),
    "prp": QT_TRANSLATE_NOOP("forms", "The patient's own blood"),
    "electronic_signature": QT_TRANSLATE_NOOP("forms", "Signing on a screen"),
    "anaesthetic": QT_TRANSLATE_NOOP("forms", "Numbing"),
    "interpreter": QT_TRANSLATE_NOOP("forms", "Interpreter"),
}
"""The parts of a consent, as its schema has them, in words."""
WITHOUT_PART = "section"
CLASSES = ("absolute", "relative", "precaution")
PASSED_BY = ("nobody", "director", "performer")
LONGEST = 2000
DEEPEST_MM = Decimal("5.00")
UNKNOWN = QT_TRANSLATE_NOOP("forms", "Not known")
LIST_HELP = QT_TRANSLATE_NOOP("forms", "Commas between. Empty: not known.")
LINE_HELP = QT_TRANSLATE_NOOP("forms", "One a line.")
PHOTOS_HELP = QT_TRANSLATE_NOOP("forms", "One a line: before, after or follow_up | what is seen.")
FOLLOWUP_HELP = QT_TRANSLATE_NOOP(
    "forms",
    "One a line: hours after | call, message, visit or photo | for whom in words | conditions | source | "
    "confidence. Conditions, with commas, are looked up: prp, herpes_history, phototype_v_vi, "
    "deeper_than_1_5_mm, radiofrequency, reaction_grade_2. Without them whoever calls decides by the words.",
)
NOTICES_HELP = QT_TRANSLATE_NOOP(
    "forms",
    "One a line: what it says | where | size or nothing | last seen there or nothing | source | confidence.",
)


@dataclass(frozen=True)
class Group:
    """Fields that belong together, in a card. `place` is the row of the document that may be taken out."""

    title: str
    leaves: tuple[Leaf, ...]
    help: str = ""
    columns: int = 2
    place: Path = ()
    is_beside: bool = False


@dataclass(frozen=True)
class Section:
    """One page of the form. `adds` is the list of the document to which a row may be added."""

    name: str
    words: str
    groups: tuple[Group, ...]
    adds: str = ""


def sections_of(kind: str, document: Json) -> tuple[Section, ...]:
    """Every section of the form for a policy or protocol of the second form."""
    return tuple({"policy": _policy, "protocol": _protocol}[kind](document))


def leaves_of(sections: tuple[Section, ...]) -> tuple[Leaf, ...]:
    """Every field of a form, in the order of the keyboard."""
    return tuple(one for section in sections for group in section.groups for one in group.leaves)


def words_of_codes(sections: tuple[Section, ...]) -> dict[str, str]:
    """By code, what the form calls the field in the language spoken: sentences for a file name the code."""
    named = {}
    for group in (group for section in sections for group in section.groups):
        for one in group.leaves:
            *_, code, last = ("", *one.path)
            is_figure = last == "value"
            named[str(code if is_figure else last)] = (
                group.title if is_figure else QCoreApplication.translate("forms", one.field.words)
            )
    return {code: words for code, words in named.items() if "_" in code}


def _policy(document: Json) -> Iterator[Section]:
    yield Section("document", spoken("Document"), (Group(spoken("Document"), tuple(_head(has_state=True))),))
    for name, words in GROUP_WORDS.items():
        groups = tuple(_figure_group(one, document) for one in PARAMETERS if one.group == name)
        if name == "review":
            groups += (Group(spoken("Always sent"), tuple(_always())),)
        if name == "adverse_events":
            rows = document.get("adverse_events", ())
            groups += tuple(_event(number, row) for number, row in enumerate(rows))
        if groups:
            yield Section(name, spoken(words), groups)
    roles = tuple(_role(number, row) for number, row in enumerate(document.get("roles", ())))
    yield Section("roles", spoken("Who may do what"), roles, adds="roles")
    items = tuple(_item(number, row) for number, row in enumerate(document.get("screening", ())))
    yield Section("screening", spoken("Screening"), items)
    lists = (
        _note(("followup",), QT_TRANSLATE_NOOP("forms", "Follow-up"), FOLLOWUP, FOLLOWUP_HELP),
        _note(("notices",), QT_TRANSLATE_NOOP("forms", "Notices"), NOTICES, NOTICES_HELP),
    )
    yield Section("lists", spoken("Follow-up and notices"), (Group("", lists, columns=1),))


def _protocol(document: Json) -> Iterator[Section]:
    head = (*_head(has_state=False), *_protocol_head())
    yield Section("document", spoken("Document"), (Group(spoken("Document"), head),))
    yield Section(
        "people", spoken("Who and with what"), (Group(spoken("Who and with what"), tuple(_people(document))),)
    )
    figures = tuple(
        _plain_figure(name, words, unit)
        for name, words, unit in (
            ("interval_warn_days", QT_TRANSLATE_NOOP("forms", "A reason is needed under"), "days"),
            ("interval_block_days", QT_TRANSLATE_NOOP("forms", "The director decides under"), "days"),
            ("speed_min_rpm", QT_TRANSLATE_NOOP("forms", "Slowest setting"), "rpm"),
            ("speed_max_rpm", QT_TRANSLATE_NOOP("forms", "Fastest setting"), "rpm"),
            ("session_count", QT_TRANSLATE_NOOP("forms", "Sessions in a series"), "sessions"),
        )
        if name in document
    )
    yield Section("figures", spoken("Intervals and speed"), figures)
    areas = tuple(_area(number, row) for number, row in enumerate(document.get("areas", ())))
    yield Section("areas", spoken("Areas and depth"), areas, adds="areas")
    texts = (
        _note(("steps",), QT_TRANSLATE_NOOP("forms", "Steps"), LINES, LINE_HELP),
        _note(("asepsis",), QT_TRANSLATE_NOOP("forms", "Asepsis"), LINES, LINE_HELP),
        _note(("photos",), QT_TRANSLATE_NOOP("forms", "Photographs"), PHOTOS, PHOTOS_HELP),
        _note(("precare",), QT_TRANSLATE_NOOP("forms", "Before the treatment"), LINES, LINE_HELP),
        _note(("aftercare",), QT_TRANSLATE_NOOP("forms", "After the treatment"), LINES, LINE_HELP),
        _note(("followup",), QT_TRANSLATE_NOOP("forms", "Follow-up"), FOLLOWUP, FOLLOWUP_HELP),
    )
    yield Section("texts", spoken("Method and sheets"), (Group("", texts, columns=1),))


def _field(words: str, kind: FieldKind = FieldKind.WORDS, **more: Any) -> Field:
    return Field("", words, words, kind, **more)


def _choice(words: str, codes: tuple[str, ...], *, nothing: str = UNKNOWN) -> Field:
    options = tuple(Option(one, plain(one)) for one in codes)
    return _field(words, FieldKind.CHOICE, options=options, nothing=nothing)


def several(words: str, codes: Iterable[str], name: Callable[[str], str] = plain) -> Field:
    """A field for several codes out of a short list, each named for people."""
    return _field(words, FieldKind.SEVERAL, options=tuple(Option(one, name(one)) for one in codes))


def _day(words: str) -> Field:
    return _field(words, FieldKind.DAY, rule=read_day)


def _note(path: Path, words: str, kind: ValueKind, help_text: str = "") -> Leaf:
    return leaf(path, _field(words, FieldKind.NOTE, help=help_text), kind)


def _head(*, has_state: bool) -> Iterator[Leaf]:
    yield leaf(("name",), _field(QT_TRANSLATE_NOOP("forms", "Name"), rule=words_within(120)), TEXT)
    if has_state:
        yield leaf(("state",), _field(QT_TRANSLATE_NOOP("forms", "State, two letters")), TEXT)
    yield leaf(("effective_on",), _day(QT_TRANSLATE_NOOP("forms", "In force from")), TEXT)
    yield leaf(("review_by",), _day(QT_TRANSLATE_NOOP("forms", "To be looked at again by")), TEXT)
    yield _note(("notice",), QT_TRANSLATE_NOOP("forms", "Notice"), TEXT)


def _protocol_head() -> Iterator[Leaf]:
    yield leaf(("service",), _field(QT_TRANSLATE_NOOP("forms", "Service"), rule=code_of_words), TEXT)
    yield leaf(("consent_form",), _field(QT_TRANSLATE_NOOP("forms", "Consent form")), TEXT)
    for name, words, help_text in (
        (
            "precare_form",
            QT_TRANSLATE_NOOP("forms", "Sheet about preparing"),
            QT_TRANSLATE_NOOP("forms", "Its name. Empty: any approved one for the service."),
        ),
        (
            "aftercare_form",
            QT_TRANSLATE_NOOP("forms", "Aftercare sheet"),
            QT_TRANSLATE_NOOP("forms", "Its name. Empty: the one that the program brings."),
        ),
    ):
        yield leaf((name,), _field(words, help=help_text), NAME_OR_LEFT_OUT)
    classes = _choice(QT_TRANSLATE_NOOP("forms", "Class of device"), ("mechanical", "rf"))
    yield leaf(("device_class",), classes, TEXT)


def _people(document: Json) -> Iterator[Leaf]:
    help_text = QT_TRANSLATE_NOOP("forms", "Commas between.")
    for name, words in (
        ("devices", QT_TRANSLATE_NOOP("forms", "Devices")),
        ("cartridges", QT_TRANSLATE_NOOP("forms", "Cartridges")),
        ("performer_credentials", QT_TRANSLATE_NOOP("forms", "Performers' credentials")),
        ("topicals", QT_TRANSLATE_NOOP("forms", "Topicals")),
        ("anaesthetics", QT_TRANSLATE_NOOP("forms", "Numbing products")),
        ("off_label_products", QT_TRANSLATE_NOOP("forms", "Used off their label")),
    ):
        yield leaf((name,), _field(words, help=help_text), NAMES)
    yield leaf(("supervision",), _choice(QT_TRANSLATE_NOOP("forms", "Supervision"), SUPERVISION), TEXT)
    yield _note(
        ("providers",),
        QT_TRANSLATE_NOOP("forms", "Named providers"),
        PROVIDERS,
        QT_TRANSLATE_NOOP(
            "forms",
            "One a line: user name | first day | last day or nothing. Empty: everybody of the credentials.",
        ),
    )
    for name, words in (
        ("performer_source", QT_TRANSLATE_NOOP("forms", "Source of the credentials")),
        ("supervision_source", QT_TRANSLATE_NOOP("forms", "Source of the supervision")),
        ("topicals_source", QT_TRANSLATE_NOOP("forms", "Source of the topicals")),
        ("off_label_source", QT_TRANSLATE_NOOP("forms", "Source of what is off-label")),
        ("anaesthetics_source", QT_TRANSLATE_NOOP("forms", "Source of the numbing products")),
    ):
        if name in document:
            yield _note((name,), words, TEXT)


def _figure_group(parameter: Parameter, document: Json) -> Group:
    path: Path = (parameter.place, parameter.code)
    figure = figure_of(document, parameter)
    leaves = (_value(parameter, (*path, "value")), *_source(path)) if figure is not None else ()
    help_text = (
        ""
        if parameter.place == "review"
        else spoken("Empty: not known. {what}").format(what=spoken(parameter.unknown))
    )
    return Group(spoken(parameter.words), leaves, help_text)


def _value(parameter: Parameter, path: Path) -> Leaf:
    words = QT_TRANSLATE_NOOP("forms", "Value")
    unit = "" if parameter.unit in {"word", "words", "text"} else spoken(parameter.unit)
    match parameter.kind:
        case Kind.WHOLE:
            rule = whole_within(parameter.least, parameter.most)
            return leaf(path, _field(words, FieldKind.NUMBER, rule=rule, unit=unit), WHOLE)
        case Kind.DECIMAL:
            least, most = Decimal(parameter.least), Decimal(parameter.most)
            rule = decimal_within(least, most, places=2, unit=parameter.unit)
            return leaf(path, _field(words, FieldKind.NUMBER, rule=rule, unit=unit), TEXT_OR_UNKNOWN)
        case Kind.WORD:
            return leaf(path, _choice(words, parameter.choices), TEXT_OR_UNKNOWN)
        case Kind.WORDS:
            field = (
                several(words, parameter.choices, _code_words)
                if parameter.choices
                else _field(words, help=LIST_HELP)
            )
            return leaf(path, field, NAMES_OR_UNKNOWN)
        case Kind.TEXT:
            return _note(path, words, TEXT_OR_UNKNOWN)


def _source(path: Path) -> Iterator[Leaf]:
    yield leaf((*path, "confidence"), _choice(QT_TRANSLATE_NOOP("forms", "Confidence"), CONFIDENCES), TEXT)
    words = QT_TRANSLATE_NOOP("forms", "Source")
    yield leaf((*path, "source"), _field(words, FieldKind.NOTE, rule=words_within(LONGEST)), TEXT)


def _plain_figure(name: str, words: str, unit: str) -> Group:
    field = _field(
        QT_TRANSLATE_NOOP("forms", "Value"), FieldKind.NUMBER, rule=whole_within(0, 60000), unit=spoken(unit)
    )
    return Group(spoken(words), (leaf((name, "value"), field, WHOLE), *_source((name,))))


def _code_words(code: str) -> str:
    """A language in its own words, any other code in plain ones."""
    return LANGUAGE_NAMES.get(code) or plain(code)


def _feature_words(feature: str) -> str:
    words = spoken(REVIEW_REASONS[feature])
    return words[:1].upper() + words[1:]


def _always() -> Iterator[Leaf]:
    field = several(QT_TRANSLATE_NOOP("forms", "Features"), SENT_BY_POLICY, _feature_words)
    yield leaf(("review", "always"), field, NAMES)


def _event(number: int, row: Json) -> Group:
    path: Path = ("adverse_events", number)
    hours = QT_TRANSLATE_NOOP("forms", "The director is told within")
    told = _field(hours, FieldKind.NUMBER, rule=whole_within(0, 8784), unit=spoken("hours"))
    held = _choice(QT_TRANSLATE_NOOP("forms", "The record is held"), ("yes", "no"))
    leaves = (
        leaf((*path, "tell_director_h"), told, WHOLE),
        leaf((*path, "legal_hold"), held, YES_NO),
        *_source(path),
    )
    return Group(spoken("Grade {grade}").format(grade=row["grade"]), leaves)


def _mm(words: str) -> Field:
    rule = decimal_within(Decimal("0.01"), DEEPEST_MM, places=2, unit="mm")
    return _field(words, FieldKind.NUMBER, rule=rule, unit="mm")


def _role(number: int, row: Json) -> Group:
    path: Path = ("roles", number)
    yes_no = (
        ("may_examine", QT_TRANSLATE_NOOP("forms", "May examine")),
        ("may_order", QT_TRANSLATE_NOOP("forms", "May order")),
        ("may_draw_blood", QT_TRANSLATE_NOOP("forms", "May draw blood")),
        ("bls_required", QT_TRANSLATE_NOOP("forms", "Needs basic life support")),
    )
    performs = several(QT_TRANSLATE_NOOP("forms", "Performs"), ("mechanical", "prp", "rf"))
    cosign = _choice(
        QT_TRANSLATE_NOOP("forms", "The director signs beside it"), ("always", "sample", "never")
    )
    distances = tuple(
        (name, _field(words, FieldKind.NUMBER, rule=whole_within(1, most), unit=spoken(unit)))
        for name, words, unit, most in (
            ("cosign_due_days", QT_TRANSLATE_NOOP("forms", "Signs beside it within"), "days", 365),
            (
                "within_minutes",
                QT_TRANSLATE_NOOP("forms", "The supervisor is there within"),
                QT_TRANSLATE_NOOP("forms", "minutes"),
                1440,
            ),
            (
                "within_miles",
                QT_TRANSLATE_NOOP("forms", "The supervisor is no further than"),
                QT_TRANSLATE_NOOP("forms", "miles"),
                1000,
            ),
        )
    )
    leaves = (
        leaf((*path, "credential"), _field(QT_TRANSLATE_NOOP("forms", "Credential")), TEXT),
        leaf((*path, "licence_type"), _field(QT_TRANSLATE_NOOP("forms", "Licence")), TEXT),
        *(leaf((*path, name), _choice(words, ("yes", "no")), YES_NO) for name, words in yes_no),
        leaf((*path, "performs"), performs, NAMES),
        leaf((*path, "supervision"), _choice(QT_TRANSLATE_NOOP("forms", "Supervision"), SUPERVISION), TEXT),
        leaf(
            (*path, "unsupervised_mm"),
            _mm(QT_TRANSLATE_NOOP("forms", "Deepest without supervision")),
            TEXT_OR_UNKNOWN,
        ),
        leaf(
            (*path, "supervised_mm"),
            _mm(QT_TRANSLATE_NOOP("forms", "Deepest under supervision")),
            TEXT_OR_UNKNOWN,
        ),
        leaf((*path, "training"), _field(QT_TRANSLATE_NOOP("forms", "Training")), NAMES),
        leaf((*path, "cosign"), cosign, TEXT_OR_UNKNOWN),
        *(leaf((*path, name), one, WHOLE) for name, one in distances),
        *_source(path),
    )
    return Group(str(row["credential"]), leaves, place=path)


def _item(number: int, row: Json) -> Group:
    path: Path = ("screening", number)
    days = _field(
        QT_TRANSLATE_NOOP("forms", "Window"),
        FieldKind.NUMBER,
        rule=whole_within(1, 3660),
        unit=spoken("days"),
    )
    leaves = (
        leaf((*path, "class"), _choice(QT_TRANSLATE_NOOP("forms", "Class"), CLASSES), TEXT),
        leaf((*path, "passed_by"), _choice(QT_TRANSLATE_NOOP("forms", "May be passed by"), PASSED_BY), TEXT),
        leaf((*path, "window_days"), days, WHOLE),
    )
    return Group(spoken(row["topic"]), leaves, spoken(row["question"]), columns=3)


def _area(number: int, row: Json) -> Group:
    path: Path = ("areas", number)
    depths = (
        ("soft_min_mm", QT_TRANSLATE_NOOP("forms", "Usual from")),
        ("soft_max_mm", QT_TRANSLATE_NOOP("forms", "Usual to")),
        ("acknowledge_above_mm", QT_TRANSLATE_NOOP("forms", "The director above")),
        ("hard_max_mm", QT_TRANSLATE_NOOP("forms", "Never above")),
    )
    passes = _field(QT_TRANSLATE_NOOP("forms", "Usual passes"), FieldKind.NUMBER, rule=whole_within(1, 99))
    leaves = (
        *(leaf((*path, name), _mm(words), TEXT) for name, words in depths),
        leaf((*path, "pass_count_max"), passes, WHOLE),
        *_source(path),
    )
    return Group(plain(str(row["area"])), leaves, columns=3, place=path)


ADDING: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "roles": lambda code: {
        "credential": code,
        "licence_type": code,
        "may_examine": False,
        "may_order": False,
        "may_draw_blood": False,
        "performs": [],
        "supervision": "on_site",
        "within_minutes": None,
        "within_miles": None,
        "unsupervised_mm": None,
        "supervised_mm": None,
        "training": [],
        "bls_required": None,
        "cosign": None,
        "cosign_due_days": None,
        "source": "",
        "confidence": "unverified",
    },
    "areas": lambda code: {
        "area": code,
        "soft_min_mm": "",
        "soft_max_mm": "",
        "acknowledge_above_mm": "",
        "hard_max_mm": "",
        "pass_count_max": 6,
        "source": "",
        "confidence": "unverified",
    },
    "sections": lambda code: {
        **({"part": code} if code != WITHOUT_PART else {}),
        "en": {"heading": "", "text": ""},
        "es": {"heading": "", "text": ""},
    },
}
"""A new row of a list: it permits nothing until somebody has filled it in."""

KEY_OF = {"roles": "credential", "areas": "area"}


def text_parts() -> tuple[Option, ...]:
    """Every part of a consent, to be chosen; whoever shows them translates their words."""
    return tuple(Option(code, words) for code, words in TEXT_PARTS.items())


def addable(name: str, document: Json) -> tuple[Option, ...]:
    """What may still be added to a list: areas that are not there yet, common credentials, any section."""
    if name == "sections":
        has_parts = document["format"] not in SHEET_FORMATS
        return text_parts() if has_parts else (Option(WITHOUT_PART, QT_TRANSLATE_NOOP("forms", "Section")),)
    there = {str(row[KEY_OF[name]]) for row in document.get(name, ())}
    codes = (
        [area.value for area in Area if area not in INSIDE_ORBITAL_RIM]
        if name == "areas"
        else ["MD", "DO", "NP", "PA", "RN", "LPN", "MEST", "EST", "MA"]
    )
    words = plain if name == "areas" else str
    return tuple(Option(code, words(code)) for code in codes if code not in there)
