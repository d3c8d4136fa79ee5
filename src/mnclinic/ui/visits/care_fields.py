"""The forms of what is measured, put on, drawn and confirmed beside the treatment lines, as data."""

from decimal import Decimal

from mnclinic.domain.typed_values import (
    LEAST_SPEED_RPM,
    MOST_SPEED_RPM,
    Reader,
    decimal_as_typed,
    one_of,
    read_day,
    read_time,
    whole_within,
    words_within,
)
from mnclinic.ui.forms.fields import QT_TRANSLATE_NOOP, Field, Kind, Option
from mnclinic.ui.forms.parts import Part, Rows
from mnclinic.ui.visits.care_parts import NO, PRP, SPINS, TOPICALS, YES, Asepsis, Record, Spins, TopicalRows

SHORT = 60
LONGEST_LOT = 40

YES_NO = (
    Option(YES, QT_TRANSLATE_NOOP("forms", "Yes")),
    Option(NO, QT_TRANSLATE_NOOP("forms", "No")),
)
USED = (
    Option("during", QT_TRANSLATE_NOOP("forms", "During needling")),
    Option("after", QT_TRANSLATE_NOOP("forms", "After needling")),
)
NOT_SAID = QT_TRANSLATE_NOOP("forms", "Not confirmed yet")
NOBODY_NAMED = QT_TRANSLATE_NOOP("forms", "Nobody named")


def _clock(key: str, words: str, act: str) -> Field:
    """A time of the visit's day that may be left out."""
    return Field(key, words, act, Kind.TIME, read_time, hint="14:05", is_needed=False)


def _day(key: str, words: str, act: str) -> Field:
    """A day that may be left out."""
    return Field(key, words, act, Kind.DAY, read_day, is_needed=False)


def _person(key: str, words: str, act: str) -> Field:
    """One of the staff, or nobody."""
    return Field(key, words, act, Kind.CHOICE, choices="people", nothing=NOBODY_NAMED, is_needed=False)


def _yes_no(key: str, words: str, act: str, *, nothing: str = NOT_SAID) -> Field:
    """Yes, no, or not said yet."""
    return Field(
        key, words, act, Kind.CHOICE, one_of([YES, NO]), options=YES_NO, nothing=nothing, is_needed=False
    )


def _number(
    key: str, words: str, act: str, read: Reader, *, unit: str = "", is_needed: bool = False
) -> Field:
    """A figure with its unit."""
    return Field(key, words, act, Kind.NUMBER, read, unit=unit, is_needed=is_needed)


def _words(key: str, words: str, act: str, read: Reader, *, help: str = "") -> Field:
    """Words that may be left out."""
    return Field(key, words, act, Kind.WORDS, read, help=help, is_needed=False)


AFTERCARE = Field(
    "aftercare_sheet",
    QT_TRANSLATE_NOOP("forms", "Aftercare sheet that was given"),
    QT_TRANSLATE_NOOP("forms", "aftercare sheet"),
    Kind.CHOICE,
    choices="aftercare_sheets",
    nothing=QT_TRANSLATE_NOOP("forms", "None given yet"),
    is_needed=False,
)

VITALS = (
    _number(
        "vitals.systolic_mmhg",
        QT_TRANSLATE_NOOP("forms", "Blood pressure, upper"),
        QT_TRANSLATE_NOOP("forms", "upper blood pressure"),
        whole_within(50, 260),
        unit=QT_TRANSLATE_NOOP("forms", "mmHg"),
    ),
    _number(
        "vitals.diastolic_mmhg",
        QT_TRANSLATE_NOOP("forms", "Blood pressure, lower"),
        QT_TRANSLATE_NOOP("forms", "lower blood pressure"),
        whole_within(30, 160),
        unit=QT_TRANSLATE_NOOP("forms", "mmHg"),
    ),
    _number(
        "vitals.pulse_per_min",
        QT_TRANSLATE_NOOP("forms", "Pulse"),
        QT_TRANSLATE_NOOP("forms", "pulse"),
        whole_within(20, 250),
        unit=QT_TRANSLATE_NOOP("forms", "a minute"),
    ),
    _number(
        "vitals.temperature_f",
        QT_TRANSLATE_NOOP("forms", "Temperature"),
        QT_TRANSLATE_NOOP("forms", "temperature"),
        decimal_as_typed(Decimal(90), Decimal("109.9"), places=1, unit="°F"),
        unit=QT_TRANSLATE_NOOP("forms", "°F"),
    ),
    _clock(
        "vitals.taken_at",
        QT_TRANSLATE_NOOP("forms", "Taken at"),
        QT_TRANSLATE_NOOP("forms", "when the vital signs were taken"),
    ),
)

ANAESTHETIC = (
    Field(
        "anaesthetic.product",
        QT_TRANSLATE_NOOP("forms", "Numbing product"),
        QT_TRANSLATE_NOOP("forms", "numbing product"),
        Kind.CHOICE,
        choices="anaesthetics",
        nothing=QT_TRANSLATE_NOOP("forms", "None"),
    ),
    Field(
        "anaesthetic.lot",
        QT_TRANSLATE_NOOP("forms", "Lot of the numbing product"),
        QT_TRANSLATE_NOOP("forms", "lot of the numbing product"),
        Kind.CHOICE,
        choices="anaesthetic_lots",
        is_needed=False,
    ),
    _day(
        "anaesthetic.expires_on",
        QT_TRANSLATE_NOOP("forms", "Expires on"),
        QT_TRANSLATE_NOOP("forms", "expiry of the numbing product"),
    ),
    _number(
        "anaesthetic.strength_percent",
        QT_TRANSLATE_NOOP("forms", "Strength"),
        QT_TRANSLATE_NOOP("forms", "strength"),
        decimal_as_typed(Decimal("0.01"), Decimal(60), places=2, unit="%"),
        unit="%",
    ),
    _number(
        "anaesthetic.amount_g",
        QT_TRANSLATE_NOOP("forms", "Amount put on"),
        QT_TRANSLATE_NOOP("forms", "amount put on"),
        decimal_as_typed(Decimal("0.01"), Decimal(200), places=2, unit="g"),
        unit=QT_TRANSLATE_NOOP("forms", "g"),
    ),
    Field(
        "anaesthetic.area_cm2",
        QT_TRANSLATE_NOOP("forms", "Area covered"),
        QT_TRANSLATE_NOOP("forms", "area covered"),
        Kind.NUMBER,
        whole_within(1, 5000),
        unit=QT_TRANSLATE_NOOP("forms", "cm²"),
        is_needed=False,
    ),
    _clock(
        "anaesthetic.applied_at",
        QT_TRANSLATE_NOOP("forms", "Put on at"),
        QT_TRANSLATE_NOOP("forms", "when it was put on"),
    ),
    _clock(
        "anaesthetic.removed_at",
        QT_TRANSLATE_NOOP("forms", "Taken off at"),
        QT_TRANSLATE_NOOP("forms", "when it came off"),
    ),
    _yes_no(
        "anaesthetic.wiped_off",
        QT_TRANSLATE_NOOP("forms", "Wiped off fully before needling"),
        QT_TRANSLATE_NOOP("forms", "wiped off fully"),
    ),
    _yes_no(
        "anaesthetic.occluded",
        QT_TRANSLATE_NOOP("forms", "Covered while it worked"),
        QT_TRANSLATE_NOOP("forms", "covered while it worked"),
        nothing=QT_TRANSLATE_NOOP("forms", "Not said"),
    ),
)

KIT = (
    Field(
        "prp.kit_lot",
        QT_TRANSLATE_NOOP("forms", "PRP kit"),
        QT_TRANSLATE_NOOP("forms", "PRP kit"),
        Kind.CHOICE,
        choices="prp_kits",
        nothing=QT_TRANSLATE_NOOP("forms", "No PRP"),
    ),
    _day(
        "prp.kit_expires_on",
        QT_TRANSLATE_NOOP("forms", "Kit expires on"),
        QT_TRANSLATE_NOOP("forms", "expiry of the PRP kit"),
    ),
    _clock(
        "prp.drawn_at",
        QT_TRANSLATE_NOOP("forms", "Blood drawn at"),
        QT_TRANSLATE_NOOP("forms", "when the blood was drawn"),
    ),
    _person(
        "prp.drawn_by",
        QT_TRANSLATE_NOOP("forms", "Drawn by"),
        QT_TRANSLATE_NOOP("forms", "who drew the blood"),
    ),
    _number(
        "prp.tubes",
        QT_TRANSLATE_NOOP("forms", "Tubes"),
        QT_TRANSLATE_NOOP("forms", "tubes"),
        whole_within(1, 20),
    ),
    _number(
        "prp.drawn_ml",
        QT_TRANSLATE_NOOP("forms", "Blood drawn"),
        QT_TRANSLATE_NOOP("forms", "blood drawn"),
        decimal_as_typed(Decimal("0.1"), Decimal(120), places=2, unit="mL"),
        unit=QT_TRANSLATE_NOOP("forms", "mL"),
    ),
    _words(
        "prp.anticoagulant",
        QT_TRANSLATE_NOOP("forms", "Anticoagulant"),
        QT_TRANSLATE_NOOP("forms", "anticoagulant"),
        words_within(SHORT),
    ),
    _words(
        "prp.centrifuge",
        QT_TRANSLATE_NOOP("forms", "Centrifuge"),
        QT_TRANSLATE_NOOP("forms", "centrifuge"),
        words_within(LONGEST_LOT),
    ),
    _yes_no(
        "prp.one_patient_in_rotor",
        QT_TRANSLATE_NOOP("forms", "This patient's tubes alone in the rotor"),
        QT_TRANSLATE_NOOP("forms", "one patient in the rotor"),
    ),
    _number(
        "prp.prp_ml",
        QT_TRANSLATE_NOOP("forms", "PRP obtained"),
        QT_TRANSLATE_NOOP("forms", "PRP obtained"),
        decimal_as_typed(Decimal("0.1"), Decimal(120), places=2, unit="mL"),
        unit=QT_TRANSLATE_NOOP("forms", "mL"),
    ),
    _words(
        "prp.colour",
        QT_TRANSLATE_NOOP("forms", "Colour of the PRP"),
        QT_TRANSLATE_NOOP("forms", "colour of the PRP"),
        words_within(SHORT),
    ),
    _number(
        "prp.platelets_per_ul",
        QT_TRANSLATE_NOOP("forms", "Platelets"),
        QT_TRANSLATE_NOOP("forms", "platelets"),
        whole_within(1, 10_000_000),
        unit=QT_TRANSLATE_NOOP("forms", "per µL"),
    ),
    _words(
        "prp.activator",
        QT_TRANSLATE_NOOP("forms", "Activator"),
        QT_TRANSLATE_NOOP("forms", "activator"),
        words_within(SHORT),
        help=QT_TRANSLATE_NOOP("forms", "Empty where it was not activated."),
    ),
    _clock(
        "prp.applied_at",
        QT_TRANSLATE_NOOP("forms", "PRP applied at"),
        QT_TRANSLATE_NOOP("forms", "when the PRP was applied"),
    ),
    _person(
        "prp.applied_by",
        QT_TRANSLATE_NOOP("forms", "Applied by"),
        QT_TRANSLATE_NOOP("forms", "who applied the PRP"),
    ),
    _yes_no(
        "prp.leftover_discarded",
        QT_TRANSLATE_NOOP("forms", "What was left over is discarded"),
        QT_TRANSLATE_NOOP("forms", "leftover discarded"),
    ),
)
TUBE_LABEL = (
    Field(
        "prp.tube_label.last_name",
        QT_TRANSLATE_NOOP("forms", "Last name on the tube"),
        QT_TRANSLATE_NOOP("forms", "last name on the tube"),
        Kind.WORDS,
        words_within(120),
    ),
    Field(
        "prp.tube_label.first_name",
        QT_TRANSLATE_NOOP("forms", "First name on the tube"),
        QT_TRANSLATE_NOOP("forms", "first name on the tube"),
        Kind.WORDS,
        words_within(120),
    ),
    Field(
        "prp.tube_label.born_on",
        QT_TRANSLATE_NOOP("forms", "Date of birth on the tube"),
        QT_TRANSLATE_NOOP("forms", "date of birth on the tube"),
        Kind.DAY,
        read_day,
    ),
    _clock(
        "prp.tube_label.labelled_at",
        QT_TRANSLATE_NOOP("forms", "Time on the tube"),
        QT_TRANSLATE_NOOP("forms", "time on the tube"),
    ),
)
SPIN_ROWS = Rows(
    SPINS,
    (
        _number(
            "rpm",
            QT_TRANSLATE_NOOP("forms", "Speed"),
            QT_TRANSLATE_NOOP("forms", "speed"),
            whole_within(LEAST_SPEED_RPM, MOST_SPEED_RPM),
            unit=QT_TRANSLATE_NOOP("forms", "rpm"),
            is_needed=True,
        ),
        _number(
            "radius_cm",
            QT_TRANSLATE_NOOP("forms", "Rotor radius"),
            QT_TRANSLATE_NOOP("forms", "rotor radius"),
            decimal_as_typed(Decimal("0.1"), Decimal(50), places=2, unit="cm"),
            unit=QT_TRANSLATE_NOOP("forms", "cm"),
            is_needed=True,
        ),
        _number(
            "minutes",
            QT_TRANSLATE_NOOP("forms", "Time"),
            QT_TRANSLATE_NOOP("forms", "time"),
            whole_within(1, 120),
            unit=QT_TRANSLATE_NOOP("forms", "min"),
            is_needed=True,
        ),
        _clock(
            "spun_at",
            QT_TRANSLATE_NOOP("forms", "Begun at"),
            QT_TRANSLATE_NOOP("forms", "when the spin was begun"),
        ),
        _person("by", QT_TRANSLATE_NOOP("forms", "By"), QT_TRANSLATE_NOOP("forms", "who spun it")),
    ),
    numbers=frozenset({"rpm", "minutes"}),
)
MOST_SPINS = 4

TOPICAL_ROWS = TopicalRows(
    TOPICALS,
    (
        Field(
            "product",
            QT_TRANSLATE_NOOP("forms", "Topical"),
            QT_TRANSLATE_NOOP("forms", "topical"),
            Kind.CHOICE,
            choices="topicals",
            nothing=QT_TRANSLATE_NOOP("forms", "Topical"),
        ),
        Field(
            "amount_ml",
            QT_TRANSLATE_NOOP("forms", "Amount"),
            QT_TRANSLATE_NOOP("forms", "amount"),
            Kind.NUMBER,
            decimal_as_typed(Decimal("0.01"), Decimal(500), places=2, unit="mL"),
            unit=QT_TRANSLATE_NOOP("forms", "mL"),
            is_needed=False,
            width_px=112,
        ),
        Field(
            "used",
            QT_TRANSLATE_NOOP("forms", "Used"),
            QT_TRANSLATE_NOOP("forms", "when it was used"),
            Kind.CHOICE,
            one_of([one.code for one in USED]),
            options=USED,
            nothing=QT_TRANSLATE_NOOP("forms", "Not said"),
            is_needed=False,
        ),
    ),
)
MOST_TOPICALS = 30

ALONE_IN_CARE = (*VITALS, *ANAESTHETIC, *KIT, *TUBE_LABEL, AFTERCARE)
"""Every field of the step that is no cell of a row."""
CARE_ROWS = (SPIN_ROWS, TOPICAL_ROWS)


def care_parts() -> tuple[Part, ...]:
    """The parts of the document that the step fills in. What lies in the PRP comes after it."""
    return (
        Record(
            "vitals",
            VITALS,
            frozenset({"systolic_mmhg", "diastolic_mmhg", "pulse_per_min"}),
            times=frozenset({"taken_at"}),
        ),
        Record(
            "anaesthetic",
            ANAESTHETIC,
            frozenset({"area_cm2"}),
            times=frozenset({"applied_at", "removed_at"}),
            ticks=frozenset({"wiped_off", "occluded"}),
        ),
        Record(
            PRP,
            KIT,
            frozenset({"tubes", "platelets_per_ul"}),
            times=frozenset({"drawn_at", "applied_at"}),
            ticks=frozenset({"one_patient_in_rotor", "leftover_discarded"}),
        ),
        Record("prp.tube_label", TUBE_LABEL, times=frozenset({"labelled_at"}), under=PRP),
        Spins(SPIN_ROWS),
        TOPICAL_ROWS,
        Asepsis(),
    )
