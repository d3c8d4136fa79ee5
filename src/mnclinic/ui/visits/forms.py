"""The forms of a visit as data: every field with its words, unit, limits and the rule that judges it.

A new field is a line here. Its rule is a reader of `domain.typed_values`, its place in the document its key,
and the gate's findings come to stand beside it by their `where`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from mnclinic.domain.contradictions import contradictions
from mnclinic.domain.treatment import Area, Bleeding, Endpoint, Pattern, Side
from mnclinic.domain.typed_values import (
    DEEPEST_MM,
    LEAST_SPEED_RPM,
    LONGEST_NOTE,
    MOST_PAIN,
    MOST_SPEED_RPM,
    MOST_TYPED_PASSES,
    decimal_within,
    one_of,
    read_day,
    read_time,
    whole_within,
    words_within,
)
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.forms.fields import QT_TRANSLATE_NOOP, Field, Kind, Option, State
from mnclinic.ui.forms.parts import Form, Group, Rows, Single
from mnclinic.ui.language import spoken
from mnclinic.ui.visits.care_fields import AFTERCARE, ALONE_IN_CARE, care_parts
from mnclinic.ui.visits.exam_fields import EXAM, EXAM_PARTS, ORDER, ORDER_PARTS, OUTSIDE
from mnclinic.ui.visits.parts import AFTERCARE as AFTERCARE_GIVEN
from mnclinic.ui.visits.parts import (
    CONSENT,
    PRECARE,
    Answers,
    Cartridge,
    Lines,
    Phototype,
    PlannedAreas,
    Reasons,
    Skin,
    Times,
    Whole,
)
from mnclinic.ui.visits.photo_parts import Photos
from mnclinic.ui.words import plain

PHOTOTYPES = ("I", "II", "III", "IV", "V", "VI")

INDICATIONS = (
    Option("facial_acne_scars", QT_TRANSLATE_NOOP("forms", "Facial acne scars")),
    Option("neck_wrinkles", QT_TRANSLATE_NOOP("forms", "Neck wrinkles")),
    Option("facial_wrinkles", QT_TRANSLATE_NOOP("forms", "Facial wrinkles")),
    Option("periorbital_wrinkles", QT_TRANSLATE_NOOP("forms", "Periorbital wrinkles")),
    Option("abdominal_scars", QT_TRANSLATE_NOOP("forms", "Abdominal scars")),
    Option("other", QT_TRANSLATE_NOOP("forms", "Other")),
)
CONFIRMED_BY = (
    Option("name_and_birth_date", QT_TRANSLATE_NOOP("forms", "Said full name and date of birth")),
    Option("photo_id", QT_TRANSLATE_NOOP("forms", "Photo ID seen")),
    Option("known_to_staff", QT_TRANSLATE_NOOP("forms", "Known to staff, and asked for the date of birth")),
)
SIDES = (
    Option("left", QT_TRANSLATE_NOOP("forms", "Left")),
    Option("right", QT_TRANSLATE_NOOP("forms", "Right")),
    Option("both", QT_TRANSLATE_NOOP("forms", "Both")),
    Option("midline", QT_TRANSLATE_NOOP("forms", "Midline")),
)
ENDPOINTS = (
    Option("erythema", QT_TRANSLATE_NOOP("forms", "Erythema")),
    Option("pinpoint_bleeding", QT_TRANSLATE_NOOP("forms", "Pinpoint bleeding")),
    Option("aborted", QT_TRANSLATE_NOOP("forms", "Aborted")),
)
PATTERNS = (
    Option("horizontal", QT_TRANSLATE_NOOP("forms", "Horizontal")),
    Option("vertical", QT_TRANSLATE_NOOP("forms", "Vertical")),
    Option("oblique", QT_TRANSLATE_NOOP("forms", "Oblique")),
    Option("several_directions", QT_TRANSLATE_NOOP("forms", "Several directions")),
    Option("circular", QT_TRANSLATE_NOOP("forms", "Circular")),
    Option("stamped", QT_TRANSLATE_NOOP("forms", "Stamped")),
)
BLEEDINGS = (
    Option("none", QT_TRANSLATE_NOOP("forms", "No bleeding")),
    Option("pinpoint", QT_TRANSLATE_NOOP("forms", "Pinpoint")),
    Option("oozing", QT_TRANSLATE_NOOP("forms", "Oozing")),
    Option("heavy", QT_TRANSLATE_NOOP("forms", "Heavy")),
)
IDENTITY = (
    Field(
        "identity.confirmed_by",
        QT_TRANSLATE_NOOP("forms", "How was the identity confirmed?"),
        QT_TRANSLATE_NOOP("forms", "how the identity was confirmed"),
        Kind.CHOICE,
        one_of([one.code for one in CONFIRMED_BY]),
        options=CONFIRMED_BY,
        nothing=QT_TRANSLATE_NOOP("forms", "Not confirmed yet"),
        name="visit.identity",
    ),
)
INDICATION = Field(
    "indication",
    QT_TRANSLATE_NOOP("forms", "What is treated"),
    QT_TRANSLATE_NOOP("forms", "what is treated"),
    Kind.CHOICE,
    options=INDICATIONS,
)
PERFORMER = Field(
    "performer",
    QT_TRANSLATE_NOOP("forms", "Performer"),
    QT_TRANSLATE_NOOP("forms", "performer"),
    Kind.CHOICE,
    choices="performers",
)
PHOTOTYPE = Field(
    "fitzpatrick.type",
    QT_TRANSLATE_NOOP("forms", "Phototype (Fitzpatrick)"),
    QT_TRANSLATE_NOOP("forms", "phototype"),
    Kind.CHOICE,
    whole_within(1, len(PHOTOTYPES)),
    options=tuple(Option(str(number), words) for number, words in enumerate(PHOTOTYPES, start=1)),
    nothing=QT_TRANSLATE_NOOP("forms", "Not assessed yet"),
    name="visit.fitzpatrick",
)
PHOTOTYPE_METHOD = Field(
    "fitzpatrick.method",
    QT_TRANSLATE_NOOP("forms", "Phototype found by"),
    QT_TRANSLATE_NOOP("forms", "how the phototype was found"),
    Kind.CHOICE,
    options=(Option("questionnaire", QT_TRANSLATE_NOOP("forms", "A questionnaire")),),
    nothing=QT_TRANSLATE_NOOP("forms", "A clinician"),
    is_needed=False,
)
LAST_SESSION = Field(
    "last_session_on",
    QT_TRANSLATE_NOOP("forms", "Last needling session elsewhere"),
    QT_TRANSLATE_NOOP("forms", "last session elsewhere"),
    Kind.DAY,
    read_day,
    help=QT_TRANSLATE_NOOP("forms", "Sessions at this clinic are found by themselves."),
)
WANTED = (INDICATION, PERFORMER, PHOTOTYPE, PHOTOTYPE_METHOD, LAST_SESSION)

SUPERVISOR = Field(
    "supervised_by",
    QT_TRANSLATE_NOOP("forms", "Supervised by"),
    QT_TRANSLATE_NOOP("forms", "who supervised"),
    Kind.CHOICE,
    choices="examiners",
    help=QT_TRANSLATE_NOOP("forms", "Only where the policy lets the performer go deeper under supervision."),
    nothing=QT_TRANSLATE_NOOP("forms", "Nobody named"),
    is_needed=False,
)
DEVICE = Field(
    "device",
    QT_TRANSLATE_NOOP("forms", "Device"),
    QT_TRANSLATE_NOOP("forms", "device"),
    Kind.CHOICE,
    choices="devices",
)
CARTRIDGE = Field(
    "cartridge.lot",
    QT_TRANSLATE_NOOP("forms", "Cartridge lot"),
    QT_TRANSLATE_NOOP("forms", "cartridge lot"),
    Kind.CHOICE,
    choices="cartridges",
    name="visit.cartridge",
)
SUPPLIES = (DEVICE, CARTRIDGE)
TIMES = (
    Field(
        "started_at",
        QT_TRANSLATE_NOOP("forms", "Visit began at"),
        QT_TRANSLATE_NOOP("forms", "when the visit began"),
        Kind.TIME,
        read_time,
        hint="14:05",
    ),
    Field(
        "ended_at",
        QT_TRANSLATE_NOOP("forms", "Treatment ended at"),
        QT_TRANSLATE_NOOP("forms", "when the treatment ended"),
        Kind.TIME,
        read_time,
        hint="14:05",
    ),
)
NOTE = Field(
    "note",
    QT_TRANSLATE_NOOP("forms", "Note"),
    QT_TRANSLATE_NOOP("forms", "note"),
    Kind.NOTE,
    words_within(LONGEST_NOTE),
    hint=QT_TRANSLATE_NOOP("forms", "Anything else about the visit"),
)

LINES = Lines(
    "lines",
    (
        Field(
            "area",
            QT_TRANSLATE_NOOP("forms", "Area"),
            QT_TRANSLATE_NOOP("forms", "area"),
            Kind.CHOICE,
            one_of(list(Area)),
            choices="areas",
            nothing=QT_TRANSLATE_NOOP("forms", "Area"),
        ),
        Field(
            "side",
            QT_TRANSLATE_NOOP("forms", "Side"),
            QT_TRANSLATE_NOOP("forms", "side"),
            Kind.CHOICE,
            one_of(list(Side)),
            options=SIDES,
            nothing=QT_TRANSLATE_NOOP("forms", "Side"),
            width_px=112,
        ),
        Field(
            "depth_mm",
            QT_TRANSLATE_NOOP("forms", "Depth"),
            QT_TRANSLATE_NOOP("forms", "depth"),
            Kind.NUMBER,
            decimal_within(Decimal("0.01"), DEEPEST_MM, places=2, unit="mm"),
            unit=QT_TRANSLATE_NOOP("forms", "mm"),
            width_px=82,
        ),
        Field(
            "passes",
            QT_TRANSLATE_NOOP("forms", "Passes"),
            QT_TRANSLATE_NOOP("forms", "passes"),
            Kind.NUMBER,
            whole_within(1, MOST_TYPED_PASSES),
            width_px=56,
        ),
        Field(
            "endpoint",
            QT_TRANSLATE_NOOP("forms", "Endpoint"),
            QT_TRANSLATE_NOOP("forms", "endpoint"),
            Kind.CHOICE,
            one_of(list(Endpoint)),
            options=ENDPOINTS,
            nothing=QT_TRANSLATE_NOOP("forms", "Endpoint"),
        ),
    ),
    numbers=frozenset({"passes", "speed_rpm", "tolerance"}),
    besides=(
        Field(
            "speed_rpm",
            QT_TRANSLATE_NOOP("forms", "Speed"),
            QT_TRANSLATE_NOOP("forms", "speed"),
            Kind.NUMBER,
            whole_within(LEAST_SPEED_RPM, MOST_SPEED_RPM),
            unit=QT_TRANSLATE_NOOP("forms", "rpm"),
            is_needed=False,
            width_px=112,
        ),
        Field(
            "pattern",
            QT_TRANSLATE_NOOP("forms", "Pattern"),
            QT_TRANSLATE_NOOP("forms", "pattern"),
            Kind.CHOICE,
            one_of(list(Pattern)),
            options=PATTERNS,
            nothing=QT_TRANSLATE_NOOP("forms", "Pattern"),
            is_needed=False,
        ),
        Field(
            "bleeding",
            QT_TRANSLATE_NOOP("forms", "Bleeding"),
            QT_TRANSLATE_NOOP("forms", "bleeding"),
            Kind.CHOICE,
            one_of(list(Bleeding)),
            options=BLEEDINGS,
            nothing=QT_TRANSLATE_NOOP("forms", "Bleeding"),
            is_needed=False,
        ),
        Field(
            "tolerance",
            QT_TRANSLATE_NOOP("forms", "Pain, 0 to 10"),
            QT_TRANSLATE_NOOP("forms", "pain"),
            Kind.NUMBER,
            whole_within(0, MOST_PAIN),
            is_needed=False,
            width_px=76,
        ),
        Field(
            "started_at",
            QT_TRANSLATE_NOOP("forms", "Begun at"),
            QT_TRANSLATE_NOOP("forms", "when the area was begun"),
            Kind.TIME,
            read_time,
            is_needed=False,
            width_px=76,
        ),
        Field(
            "ended_at",
            QT_TRANSLATE_NOOP("forms", "Done at"),
            QT_TRANSLATE_NOOP("forms", "when the area was done"),
            Kind.TIME,
            read_time,
            is_needed=False,
            width_px=76,
        ),
        Field(
            "note",
            QT_TRANSLATE_NOOP("forms", "Note"),
            QT_TRANSLATE_NOOP("forms", "note"),
            Kind.WORDS,
            words_within(LONGEST_NOTE),
            is_needed=False,
        ),
    ),
    carried="carried",
)

LESIONS = Rows(
    "lesions",
    (
        Field(
            "area",
            QT_TRANSLATE_NOOP("forms", "Area"),
            QT_TRANSLATE_NOOP("forms", "area"),
            Kind.CHOICE,
            one_of(list(Area)),
            choices="areas",
            nothing=QT_TRANSLATE_NOOP("forms", "Area"),
        ),
        Field(
            "item",
            QT_TRANSLATE_NOOP("forms", "What is seen"),
            QT_TRANSLATE_NOOP("forms", "what is seen"),
            Kind.CHOICE,
            choices="lesions",
            nothing=QT_TRANSLATE_NOOP("forms", "What is seen"),
            is_long=True,
        ),
        Field(
            "note",
            QT_TRANSLATE_NOOP("forms", "Note"),
            QT_TRANSLATE_NOOP("forms", "note"),
            Kind.WORDS,
            words_within(LONGEST_NOTE),
            is_needed=False,
        ),
    ),
)

ALONE = (*WANTED, *IDENTITY, *EXAM, *OUTSIDE, *ORDER, SUPERVISOR, *SUPPLIES, *TIMES, *ALONE_IN_CARE, NOTE)
"""Every field that is no cell of a row."""

SEEN = frozenset({"herpes_now", "sunburn_now"})
"""Items of the whole person that are seen on the skin all the same."""
OTHER_LESION = "other_lesion"

FIELD_OF_PLACE = {
    "identity": "identity.confirmed_by",
    "fitzpatrick": "fitzpatrick.type",
    "cartridge": "cartridge.lot",
    "cartridge.expires_on": "cartridge.lot",
    "cartridge.needle_length_mm": "cartridge.lot",
    "cartridge.serial": "cartridge.lot",
    "anaesthetic": "anaesthetic.product",
    "prp": "prp.kit_lot",
    "order": "order.valid_to",
}
"""Where a finding names a part of the document that no field shows alone."""


def visit_form(now: Callable[[], datetime], questions: Sequence[str]) -> Form:
    """The form of a visit. `now` tells the day of an assessment; `questions` is the checklist's order."""

    def assessed() -> Mapping[str, str]:
        return {"method": "clinician", "assessed_on": now().date().isoformat()}

    return Form(
        (
            Group("identity", IDENTITY),
            Single(INDICATION),
            Single(PERFORMER, stays=True),
            Phototype(
                "fitzpatrick",
                (PHOTOTYPE, PHOTOTYPE_METHOD),
                frozenset({"type"}),
                beside=assessed,
                identity="type",
            ),
            Single(LAST_SESSION),
            Single(SUPERVISOR),
            PlannedAreas(),
            Answers(questions),
            Skin(LESIONS, lambda: now().date().isoformat()),
            *EXAM_PARTS,
            *ORDER_PARTS,
            Whole(CONSENT),
            Whole(PRECARE),
            Single(DEVICE),
            Cartridge(Group("cartridge", (CARTRIDGE,), identity="lot")),
            Times(),
            *care_parts(),
            Single(AFTERCARE),
            Photos(),
            Whole(AFTERCARE_GIVEN),
            LINES,
            Single(NOTE),
            Reasons(),
        ),
        lambda document: contradictions("visit", document, lambda _where: True),
        key_of_place,
    )


def key_of_place(where: str) -> str:
    """The key of the field that stands for a place in the document: prp.spins[0].rpm is spins.0.rpm."""
    return where.removeprefix("prp.").replace("[", ".").replace("]", "") if "[" in where else where


def state_of(view: VisitView) -> State:
    """What a visit holds in each field, to be read or printed."""
    items = [item.item for item in view.screening]
    return visit_form(_no_time, items).flat(view.document)


def _no_time() -> datetime:
    """What is read has its moments already."""
    return datetime.min  # noqa: DTZ901 - it gets nowhere


def choices_of(view: VisitView) -> dict[str, tuple[Option, ...]]:
    """The clinic's own lists for this visit."""
    cartridges, topicals, kits, creams = [], [], [], []
    for lot in view.lots:
        words = spoken("{lot} · {name} · expires {day}").format(
            lot=lot.lot, name=lot.name, day=lot.expires_on.isoformat()
        )
        words += f" · {spoken(lot.problem)}" if lot.problem else ""
        if lot.kind == "cartridge":
            cartridges.append(Option(lot.lot, words))
        elif lot.kind == "topical" and lot.name in view.topicals:
            # A cell of a row has less room than a field.
            short = f"{lot.lot} · {lot.name}" + (f" · {spoken(lot.problem)}" if lot.problem else "")
            topicals.append(Option(f"{lot.name}\n{lot.lot}", short))
        elif lot.kind == "prp_kit":
            kits.append(Option(lot.lot, words))
        elif lot.kind == "anaesthetic":
            creams.append(Option(lot.lot, words))
    products = view.care.anaesthetics or sorted({lot.name for lot in view.lots if lot.kind == "anaesthetic"})
    return {
        "performers": tuple(Option(one.code, one.words) for one in view.performers),
        "examiners": tuple(Option(one.code, one.words) for one in view.examiners),
        "exam_papers": tuple(Option(one.code, one.words) for one in view.exam_papers),
        "devices": tuple(Option(one.code, spoken(one.words)) for one in view.devices),
        "cartridges": tuple(cartridges),
        "topicals": tuple(topicals),
        "prp_kits": tuple(kits),
        "anaesthetic_lots": tuple(creams),
        "anaesthetics": tuple(Option(one, spoken(one)) for one in products),
        "people": tuple(Option(user, name) for user, name in view.care.people),
        "aftercare_sheets": tuple(Option(one.name, one.title) for one in view.care.aftercare_sheets),
        "areas": tuple(Option(one.area.value, plain(one.area.value)) for one in view.areas),
        "lesions": (
            *(
                Option(item.item, spoken(item.topic))
                for item in view.screening
                if item.item in SEEN or (item.is_per_area and item.window_days is None)
            ),
            Option(OTHER_LESION, QCoreApplication.translate("forms", "Something else")),
        ),
    }
