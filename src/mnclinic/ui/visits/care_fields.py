"""The forms of what is measured, put on, drawn and confirmed beside the treatment lines, as data."""

from decimal import Decimal

from mnclinic.domain.typed_values import (
    LEAST_SPEED_RPM,
    MOST_SPEED_RPM,
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
    Field(
        "vitals.systolic_mmhg",
        QT_TRANSLATE_NOOP("forms", "Blood pressure, upper"),
        QT_TRANSLATE_NOOP("forms", "upper blood pressure"),
        Kind.NUMBER,
        whole_within(50, 260),
        unit=QT_TRANSLATE_NOOP("forms", "mmHg"),
        is_needed=False,
    ),
    Field(
        "vitals.diastolic_mmhg",
        QT_TRANSLATE_NOOP("forms", "Blood pressure, lower"),
        QT_TRANSLATE_NOOP("forms", "lower blood pressure"),
        Kind.NUMBER,
        whole_within(30, 160),
        unit=QT_TRANSLATE_NOOP("forms", "mmHg"),
        is_needed=False,
    ),
    Field(
        "vitals.pulse_per_min",
        QT_TRANSLATE_NOOP("forms", "Pulse"),
        QT_TRANSLATE_NOOP("forms", "pulse"),
        Kind.NUMBER,
        whole_within(20, 250),
        unit=QT_TRANSLATE_NOOP("forms", "a minute"),
        is_needed=False,
    ),
    Field(
        "vitals.temperature_f",
        QT_TRANSLATE_NOOP("forms", "Temperature"),
        QT_TRANSLATE_NOOP("forms", "temperature"),
        Kind.NUMBER,
        decimal_as_typed(Decimal(90), Decimal("109.9"), places=1, unit="°F"),
        unit=QT_TRANSLATE_NOOP("forms", "°F"),
        is_needed=False,
    ),
    Field(
        "vitals.taken_at",
        QT_TRANSLATE_NOOP("forms", "Taken at"),
        QT_TRANSLATE_NOOP("forms", "when the vital signs were taken"),
        Kind.TIME,
        read_time,
        hint="14:05",
        is_needed=False,
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
    Field(
        "anaesthetic.expires_on",
        QT_TRANSLATE_NOOP("forms", "Expires on"),
        QT_TRANSLATE_NOOP("forms", "expiry of the numbing product"),
        Kind.DAY,
        read_day,
        is_needed=False,
    ),
    Field(
        "anaesthetic.strength_percent",
        QT_TRANSLATE_NOOP("forms", "Strength"),
        QT_TRANSLATE_NOOP("forms", "strength"),
        Kind.NUMBER,
        decimal_as_typed(Decimal("0.01"), Decimal(60), places=2, unit="%"),
        unit="%",
        is_needed=False,
    ),
    Field(
        "anaesthetic.amount_g",
        QT_TRANSLATE_NOOP("forms", "Amount put on"),
        QT_TRANSLATE_NOOP("forms", "amount put on"),
        Kind.NUMBER,
        decimal_as_typed(Decimal("0.01"), Decimal(200), places=2, unit="g"),
        unit=QT_TRANSLATE_NOOP("forms", "g"),
        is_needed=False,
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
    Field(
        "anaesthetic.applied_at",
        QT_TRANSLATE_NOOP("forms", "Put on at"),
        QT_TRANSLATE_NOOP("forms", "when it was put on"),
        Kind.TIME,
        read_time,
        hint="14:05",
        is_needed=False,
    ),
    Field(
        "anaesthetic.removed_at",
        QT_TRANSLATE_NOOP("forms", "Taken off at"),
        QT_TRANSLATE_NOOP("forms", "when it came off"),
        Kind.TIME,
        read_time,
        hint="14:05",
        is_needed=False,
    ),
    Field(
        "anaesthetic.wiped_off",
        QT_TRANSLATE_NOOP("forms", "Wiped off fully before needling"),
        QT_TRANSLATE_NOOP("forms", "wiped off fully"),
        Kind.CHOICE,
        one_of([YES, NO]),
        options=YES_NO,
        nothing=NOT_SAID,
        is_needed=False,
    ),
    Field(
        "anaesthetic.occluded",
        QT_TRANSLATE_NOOP("forms", "Covered while it worked"),
        QT_TRANSLATE_NOOP("forms", "covered while it worked"),
        Kind.CHOICE,
        one_of([YES, NO]),
        options=YES_NO,
        nothing=QT_TRANSLATE_NOOP("forms", "Not said"),
        is_needed=False,
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
    Field(
        "prp.kit_expires_on",
        QT_TRANSLATE_NOOP("forms", "Kit expires on"),
        QT_TRANSLATE_NOOP("forms", "expiry of the PRP kit"),
        Kind.DAY,
        read_day,
        is_needed=False,
    ),
    Field(
        "prp.drawn_at",
        QT_TRANSLATE_NOOP("forms", "Blood drawn at"),
        QT_TRANSLATE_NOOP("forms", "when the blood was drawn"),
        Kind.TIME,
        read_time,
        hint="14:05",
        is_needed=False,
    ),
    Field(
        "prp.drawn_by",
        QT_TRANSLATE_NOOP("forms", "Drawn by"),
        QT_TRANSLATE_NOOP("forms", "who drew the blood"),
        Kind.CHOICE,
        choices="people",
        nothing=NOBODY_NAMED,
        is_needed=False,
    ),
    Field(
        "prp.tubes",
        QT_TRANSLATE_NOOP("forms", "Tubes"),
        QT_TRANSLATE_NOOP("forms", "tubes"),
        Kind.NUMBER,
        whole_within(1, 20),
        is_needed=False,
    ),
    Field(
        "prp.drawn_ml",
        QT_TRANSLATE_NOOP("forms", "Blood drawn"),
        QT_TRANSLATE_NOOP("forms", "blood drawn"),
        Kind.NUMBER,
        decimal_as_typed(Decimal("0.1"), Decimal(120), places=2, unit="mL"),
        unit=QT_TRANSLATE_NOOP("forms", "mL"),
        is_needed=False,
    ),
    Field(
        "prp.anticoagulant",
        QT_TRANSLATE_NOOP("forms", "Anticoagulant"),
        QT_TRANSLATE_NOOP("forms", "anticoagulant"),
        Kind.WORDS,
        words_within(SHORT),
        is_needed=False,
    ),
    Field(
        "prp.centrifuge",
        QT_TRANSLATE_NOOP("forms", "Centrifuge"),
        QT_TRANSLATE_NOOP("forms", "centrifuge"),
        Kind.WORDS,
        words_within(LONGEST_LOT),
        is_needed=False,
    ),
    Field(
        "prp.one_patient_in_rotor",
        QT_TRANSLATE_NOOP("forms", "This patient's tubes alone in the rotor"),
        QT_TRANSLATE_NOOP("forms", "one patient in the rotor"),
        Kind.CHOICE,
        one_of([YES, NO]),
        options=YES_NO,
        nothing=NOT_SAID,
        is_needed=False,
    ),
    Field(
        "prp.prp_ml",
        QT_TRANSLATE_NOOP("forms", "PRP obtained"),
        QT_TRANSLATE_NOOP("forms", "PRP obtained"),
        Kind.NUMBER,
        decimal_as_typed(Decimal("0.1"), Decimal(120), places=2, unit="mL"),
        unit=QT_TRANSLATE_NOOP("forms", "mL"),
        is_needed=False,
    ),
    Field(
        "prp.colour",
        QT_TRANSLATE_NOOP("forms", "Colour of the PRP"),
        QT_TRANSLATE_NOOP("forms", "colour of the PRP"),
        Kind.WORDS,
        words_within(SHORT),
        is_needed=False,
    ),
    Field(
        "prp.platelets_per_ul",
        QT_TRANSLATE_NOOP("forms", "Platelets"),
        QT_TRANSLATE_NOOP("forms", "platelets"),
        Kind.NUMBER,
        whole_within(1, 10_000_000),
        unit=QT_TRANSLATE_NOOP("forms", "per µL"),
        is_needed=False,
    ),
    Field(
        "prp.activator",
        QT_TRANSLATE_NOOP("forms", "Activator"),
        QT_TRANSLATE_NOOP("forms", "activator"),
        Kind.WORDS,
        words_within(SHORT),
        help=QT_TRANSLATE_NOOP("forms", "Empty where it was not activated."),
        is_needed=False,
    ),
    Field(
        "prp.applied_at",
        QT_TRANSLATE_NOOP("forms", "PRP applied at"),
        QT_TRANSLATE_NOOP("forms", "when the PRP was applied"),
        Kind.TIME,
        read_time,
        hint="14:05",
        is_needed=False,
    ),
    Field(
        "prp.applied_by",
        QT_TRANSLATE_NOOP("forms", "Applied by"),
        QT_TRANSLATE_NOOP("forms", "who applied the PRP"),
        Kind.CHOICE,
        choices="people",
        nothing=NOBODY_NAMED,
        is_needed=False,
    ),
    Field(
        "prp.leftover_discarded",
        QT_TRANSLATE_NOOP("forms", "What was left over is discarded"),
        QT_TRANSLATE_NOOP("forms", "leftover discarded"),
        Kind.CHOICE,
        one_of([YES, NO]),
        options=YES_NO,
        nothing=NOT_SAID,
        is_needed=False,
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
    Field(
        "prp.tube_label.labelled_at",
        QT_TRANSLATE_NOOP("forms", "Time on the tube"),
        QT_TRANSLATE_NOOP("forms", "time on the tube"),
        Kind.TIME,
        read_time,
        hint="14:05",
        is_needed=False,
    ),
)
SPIN_ROWS = Rows(
    SPINS,
    (
        Field(
            "rpm",
            QT_TRANSLATE_NOOP("forms", "Speed"),
            QT_TRANSLATE_NOOP("forms", "speed"),
            Kind.NUMBER,
            whole_within(LEAST_SPEED_RPM, MOST_SPEED_RPM),
            unit=QT_TRANSLATE_NOOP("forms", "rpm"),
        ),
        Field(
            "radius_cm",
            QT_TRANSLATE_NOOP("forms", "Rotor radius"),
            QT_TRANSLATE_NOOP("forms", "rotor radius"),
            Kind.NUMBER,
            decimal_as_typed(Decimal("0.1"), Decimal(50), places=2, unit="cm"),
            unit=QT_TRANSLATE_NOOP("forms", "cm"),
        ),
        Field(
            "minutes",
            QT_TRANSLATE_NOOP("forms", "Time"),
            QT_TRANSLATE_NOOP("forms", "time"),
            Kind.NUMBER,
            whole_within(1, 120),
            unit=QT_TRANSLATE_NOOP("forms", "min"),
        ),
        Field(
            "spun_at",
            QT_TRANSLATE_NOOP("forms", "Begun at"),
            QT_TRANSLATE_NOOP("forms", "when the spin was begun"),
            Kind.TIME,
            read_time,
            hint="14:05",
            is_needed=False,
        ),
        Field(
            "by",
            QT_TRANSLATE_NOOP("forms", "By"),
            QT_TRANSLATE_NOOP("forms", "who spun it"),
            Kind.CHOICE,
            choices="people",
            nothing=NOBODY_NAMED,
            is_needed=False,
        ),
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
