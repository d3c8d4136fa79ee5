"""What a clinic's policy can set: each parameter's words, unit, bounds, and which way is stricter.

One list, from which the policy is read, two versions are compared, the form is built, and a test holds
the published schema. A parameter without a value is unknown: `unknown` says what the program does then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

Json = Mapping[str, Any]


class Kind(StrEnum):
    """What a parameter's value is in JSON."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    """A decimal as text, so that it stays exact."""
    WORD = "word"
    """One of `choices`."""
    WORDS = "words"
    """Some of `choices`, or names where there are none."""
    TEXT = "text"


class Stricter(StrEnum):
    """Which change of a value asks more of the clinic."""

    LESS = "less"
    MORE = "more"
    FEWER = "fewer"
    """A list that permits: fewer entries are stricter."""
    LONGER = "longer"
    """A list that demands: more entries are stricter."""
    RANKED = "ranked"
    """`choices` stand from the loosest to the strictest."""
    UNTOLD = "untold"


@dataclass(frozen=True)
class Parameter:
    """One thing that the policy sets. `in_gate`: a rule asks it; otherwise it informs people."""

    code: str
    group: str
    words: str
    kind: Kind
    unit: str
    stricter: Stricter = Stricter.UNTOLD
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    in_gate: bool = False
    unknown: str = "Nothing follows from it until the clinic writes its own."
    place: str = "parameters"
    """The object of the document in which it stands."""

    @property
    def path(self) -> str:
        """Where its figure stands in the document."""
        return f"{self.place}.{self.code}"


def _whole(  # noqa: PLR0917 - a row of the table below
    code: str,
    group: str,
    words: str,
    unit: str,
    stricter: Stricter,
    least: int,
    most: int,
    **more: Any,  # noqa: ANN401
) -> Parameter:
    return Parameter(code, group, words, Kind.WHOLE, unit, stricter, least, most, **more)


def _years(code: str, words: str, least: int = 1) -> Parameter:
    return _whole(
        code,
        "retention",
        words,
        "years",
        Stricter.MORE,
        least,
        100,
        unknown="No last day: all of it is kept.",
    )


YES_LAST = ("no", "yes")
YES_FIRST = ("yes", "no")

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "exam_required",
        "exam",
        "Exam before treatment",
        Kind.WORD,
        "word",
        Stricter.RANKED,
        choices=YES_LAST,
        in_gate=True,
        unknown="An exam is asked for.",
    ),
    _whole(
        "exam_valid_days",
        "exam",
        "An exam counts for",
        "days",
        Stricter.LESS,
        0,
        3660,
        in_gate=True,
        unknown="An exam counts on its own day alone.",
    ),
    Parameter(
        "exam_modalities",
        "exam",
        "How an exam may be done",
        Kind.WORDS,
        "words",
        Stricter.FEWER,
        choices=("in_person", "video", "store_and_forward"),
        in_gate=True,
        unknown="An exam has to be done in person.",
    ),
    Parameter(
        "exam_renew_on",
        "exam",
        "A new exam after",
        Kind.WORDS,
        "words",
        Stricter.LONGER,
        choices=("new_area", "new_device", "new_drug", "pregnancy", "adverse_event"),
        in_gate=True,
        unknown="No event asks for a new exam.",
    ),
    Parameter(
        "order_kinds",
        "order",
        "Orders that count",
        Kind.WORDS,
        "words",
        Stricter.FEWER,
        choices=("patient_specific", "standing"),
        in_gate=True,
        unknown="An order has to be for this patient.",
    ),
    _whole(
        "order_valid_days",
        "order",
        "An order counts for",
        "days",
        Stricter.LESS,
        0,
        3660,
        in_gate=True,
        unknown="An order counts until its own last day.",
    ),
    _whole(
        "order_max_sessions",
        "order",
        "Sessions under one order",
        "sessions",
        Stricter.LESS,
        1,
        99,
        in_gate=True,
        unknown="The order's own number of sessions rules alone.",
    ),
    Parameter(
        "telephone_orders",
        "order",
        "Telephone orders",
        Kind.WORD,
        "word",
        Stricter.RANKED,
        choices=YES_FIRST,
        in_gate=True,
        unknown="There are none.",
    ),
    _whole(
        "consent_valid_days",
        "consent",
        "A consent counts for",
        "days",
        Stricter.LESS,
        0,
        3660,
        in_gate=True,
        unknown="A consent counts on its own day alone.",
    ),
    Parameter(
        "consent_witness",
        "consent",
        "A witness to the consent",
        Kind.WORD,
        "word",
        Stricter.RANKED,
        choices=YES_LAST,
        in_gate=True,
        unknown="Only what the consent text itself asks for.",
    ),
    Parameter(
        "consent_languages",
        "consent",
        "Languages of the consent",
        Kind.WORDS,
        "words",
        Stricter.FEWER,
        choices=("en", "es"),
        in_gate=True,
        unknown="Every language that a text is approved in.",
    ),
    Parameter(
        "delegation_disclosure",
        "consent",
        "Words about delegation",
        Kind.TEXT,
        "text",
        unknown="What the consent text itself says of it.",
    ),
    _whole(
        "minimum_age_years",
        "patients",
        "Youngest age",
        "years",
        Stricter.MORE,
        18,
        99,
        in_gate=True,
        unknown="The device's label and the age of consent rule alone.",
    ),
    Parameter(
        "minors",
        "patients",
        "Minors",
        Kind.WORD,
        "word",
        Stricter.RANKED,
        choices=("with_guardian", "never"),
        in_gate=True,
        unknown="Nobody under 18 is treated.",
    ),
    _whole(
        "interval_warn_days",
        "intervals",
        "A reason is needed under",
        "days",
        Stricter.MORE,
        0,
        365,
        in_gate=True,
        unknown="The protocol's interval rules alone.",
    ),
    _whole(
        "interval_block_days",
        "intervals",
        "The director decides under",
        "days",
        Stricter.MORE,
        0,
        365,
        in_gate=True,
        unknown="The protocol's interval rules alone.",
    ),
    Parameter(
        "anaesthetic_products",
        "anaesthetic",
        "Numbing products",
        Kind.WORDS,
        "words",
        Stricter.FEWER,
        in_gate=True,
        unknown="The protocol's list rules alone.",
    ),
    Parameter(
        "anaesthetic_max_percent",
        "anaesthetic",
        "Strongest without the director",
        Kind.DECIMAL,
        "percent",
        Stricter.LESS,
        0,
        100,
        in_gate=True,
        unknown="No strength is compared.",
    ),
    Parameter(
        "anaesthetic_max_g_cm2",
        "anaesthetic",
        "Most on the skin",
        Kind.DECIMAL,
        "g/cm2",
        Stricter.LESS,
        0,
        10,
        in_gate=True,
        unknown="No amount is compared.",
    ),
    _whole(
        "anaesthetic_max_minutes",
        "anaesthetic",
        "Longest time on the skin",
        "minutes",
        Stricter.LESS,
        1,
        600,
        in_gate=True,
        unknown="No time is compared.",
    ),
    _whole(
        "anaesthetic_max_area_cm2",
        "anaesthetic",
        "Largest numbed area",
        "cm2",
        Stricter.LESS,
        1,
        5000,
        in_gate=True,
        unknown="No area is compared.",
    ),
    _whole(
        "sample_percent",
        "review",
        "Visits drawn for review",
        "percent",
        Stricter.MORE,
        0,
        100,
        in_gate=True,
        place="review",
    ),
    _whole(
        "due_days",
        "review",
        "The director reviews within",
        "days",
        Stricter.LESS,
        1,
        365,
        in_gate=True,
        place="review",
    ),
    _whole("review_min_per_period", "review", "At least drawn in a period", "visits", Stricter.MORE, 0, 999),
    _whole("review_window_days", "review", "A period of review", "days", Stricter.LESS, 1, 365),
    Parameter(
        "review_basis", "review", "The share is of", Kind.WORD, "word", choices=("performer", "clinic")
    ),
    Parameter(
        "review_selection",
        "review",
        "How visits are drawn",
        Kind.WORD,
        "word",
        Stricter.RANKED,
        choices=("random", "risk", "all"),
        in_gate=True,
        unknown="By the draw, at the share above.",
    ),
    _whole("review_escalate_days", "review", "Told to the owner after", "days", Stricter.LESS, 1, 365),
    _whole(
        "performer_deadline_days", "signatures", "The performer signs within", "days", Stricter.LESS, 0, 60
    ),
    _whole(
        "director_deadline_days",
        "signatures",
        "The director signs within",
        "days",
        Stricter.LESS,
        1,
        365,
        in_gate=True,
        unknown="A telephone order is signed within the days of the review.",
    ),
    _whole(
        "late_entry_after_h",
        "signatures",
        "A late entry after",
        "hours",
        Stricter.LESS,
        1,
        8784,
        in_gate=True,
        unknown="Every entry after an hour is late.",
    ),
    Parameter(
        "mdr_user_facility",
        "adverse_events",
        "Device user facility",
        Kind.WORD,
        "word",
        choices=("yes", "no", "undetermined"),
    ),
    _years("retention_adult_years", "Adults' records"),
    _years("retention_minor_until_age", "Minors' records at least until age", 18),
    _years("retention_minor_years", "Minors' records at least"),
    _years("retention_hipaa_years", "Privacy papers"),
    _years("retention_training_years", "Training records"),
    _years("retention_sharps_log_years", "Sharps injury log"),
    _years("retention_exposure_years", "Exposure records after employment"),
    _years("retention_audit_log_years", "The program's own log"),
    _whole(
        "director_visit_every_days", "meetings", "The director visits every", "days", Stricter.LESS, 1, 366
    ),
    _whole(
        "protocol_review_months", "meetings", "Protocols are reviewed every", "months", Stricter.LESS, 1, 60
    ),
    _whole("drill_every_months", "meetings", "Emergency drill every", "months", Stricter.LESS, 1, 60),
)
"""Every parameter of a policy, in the order in which people read them."""

BY_CODE: Mapping[str, Parameter] = {one.code: one for one in PARAMETERS}

GROUP_WORDS: Mapping[str, str] = {
    "exam": "Exam",
    "order": "Orders",
    "consent": "Consent",
    "patients": "Patients",
    "intervals": "Days between sessions",
    "anaesthetic": "Topical anaesthetic",
    "review": "The director's review",
    "signatures": "Signatures",
    "adverse_events": "Adverse events",
    "retention": "How long records are kept",
    "meetings": "Meetings and drills",
}


def figure_of(document: Json, parameter: Parameter) -> Json | None:
    """The parameter's figure (value, unit, source, confidence) in a policy document, if it stands there."""
    figure = document.get(parameter.place, {}).get(parameter.code)
    return figure if isinstance(figure, Mapping) else None


def value_of(document: Json, code: str) -> Any:  # noqa: ANN401 - as JSON holds it
    """A parameter's value in a policy document; None where it is unknown."""
    figure = figure_of(document, BY_CODE[code])
    return figure["value"] if figure is not None else None


READ_WHEN_UNKNOWN: Mapping[str, object] = {
    "exam_required": "yes",
    "exam_valid_days": 0,
    "exam_modalities": ("in_person",),
    "exam_renew_on": (),
    "order_kinds": ("patient_specific",),
    "telephone_orders": "no",
    "consent_valid_days": 0,
    "consent_witness": "no",
    "minors": "never",
    "late_entry_after_h": 1,
}
"""What the rules read where a value is unknown. Of every other limit there is none at all then."""


def compared(parameter: Parameter, old: object, new: object) -> str:
    """Whether a change from `old` to `new` is "stricter", "looser" or, where it cannot be told, "".

    Values are as JSON holds them; None is unknown, and is compared as the rules read it.
    """
    before, after = (
        READ_WHEN_UNKNOWN.get(parameter.code) if value is None else value for value in (old, new)
    )
    if before == after or (not parameter.in_gate and None in (old, new)):
        return ""
    if before is None or after is None:
        return "stricter" if before is None else "looser"
    return direction(parameter.stricter, before, after, parameter.choices)


def direction(stricter: Stricter, old: object, new: object, choices: Sequence[str] = ()) -> str:
    """As `compared`, for two known values and a way of being strict."""
    match stricter:
        case Stricter.LESS | Stricter.MORE:
            before, after = Decimal(str(old)), Decimal(str(new))
            if before == after:
                return ""
            return "stricter" if (after > before) == (stricter is Stricter.MORE) else "looser"
        case Stricter.FEWER | Stricter.LONGER:
            had, has = _set(old), _set(new)
            if had < has:
                return "stricter" if stricter is Stricter.LONGER else "looser"
            if has < had:
                return "looser" if stricter is Stricter.LONGER else "stricter"
            return ""
        case Stricter.RANKED:
            return "stricter" if choices.index(str(new)) > choices.index(str(old)) else "looser"
        case Stricter.UNTOLD:
            return ""


def _set(value: object) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, (list, tuple)) else frozenset()
