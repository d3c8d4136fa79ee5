"""Treated areas and lines: the words and units of a treatment."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Area(StrEnum):
    """Where the needles went. `eyelid` exists so that it can be refused by name."""

    FOREHEAD = "forehead"
    GLABELLA = "glabella"
    PERIORBITAL = "periorbital"
    EYELID = "eyelid"
    NOSE = "nose"
    CHEEK = "cheek"
    CHEEKBONE = "cheekbone"
    UPPER_LIP = "upper_lip"
    CHIN = "chin"
    JAW = "jaw"
    NECK = "neck"
    DECOLLETAGE = "decolletage"
    HAND = "hand"
    ABDOMEN = "abdomen"
    SCALP = "scalp"


INSIDE_ORBITAL_RIM = frozenset({Area.EYELID})
FACE = frozenset(
    {
        Area.FOREHEAD,
        Area.GLABELLA,
        Area.PERIORBITAL,
        Area.NOSE,
        Area.CHEEK,
        Area.CHEEKBONE,
        Area.UPPER_LIP,
        Area.CHIN,
        Area.JAW,
    }
)

INDICATION_AREAS = {
    "facial_acne_scars": FACE,
    "facial_wrinkles": FACE,
    "periorbital_wrinkles": frozenset({Area.PERIORBITAL}),
    "neck_wrinkles": frozenset({Area.NECK}),
    "abdominal_scars": frozenset({Area.ABDOMEN}),
}
"""The places that an indication of a clearance is about, by its own words; of others nothing is known."""


class Side(StrEnum):
    """Which side of the body; `both` is one line for two mirrored areas at the same setting."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    MIDLINE = "midline"


class Endpoint(StrEnum):
    """The visible sign at which the performer stopped."""

    ERYTHEMA = "erythema"
    PINPOINT_BLEEDING = "pinpoint_bleeding"
    ABORTED = "aborted"


class Pattern(StrEnum):
    """How the device was led over the area."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"
    OBLIQUE = "oblique"
    SEVERAL_DIRECTIONS = "several_directions"
    CIRCULAR = "circular"
    STAMPED = "stamped"


class Bleeding(StrEnum):
    """Bleeding as it was seen, the least first."""

    NONE = "none"
    PINPOINT = "pinpoint"
    OOZING = "oozing"
    HEAVY = "heavy"


@dataclass(frozen=True)
class TreatmentLine:
    """One area with its own depth.

    `depth_mm` is the set protrusion in millimetres, exact; `pass_count` complete movements; `speed_rpm`
    revolutions a minute; `tolerance` pain as the patient named it, 0 to 10. None is not recorded.
    """

    area: Area
    side: Side
    depth_mm: Decimal
    pass_count: int
    endpoint: Endpoint
    note: str = ""
    speed_rpm: int | None = None
    pattern: Pattern | None = None
    bleeding: Bleeding | None = None
    tolerance: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def place(self) -> str:
        """The area as a person says it: "right cheek"."""
        name = self.area.value.replace("_", " ")
        return name if self.side is Side.MIDLINE else f"{self.side.value} {name}"


def line_times_problems(
    started_at: datetime | None,
    ended_at: datetime | None,
    visit_started_at: datetime | None,
    visit_ended_at: datetime | None,
) -> tuple[tuple[str, str], ...]:
    """What the times of a line contradict, each as its field and a sentence; None contradicts nothing."""
    found = []
    if started_at and visit_started_at and started_at < visit_started_at:
        found.append(("started_at", "This area was begun before the visit began."))
    if started_at and ended_at and ended_at < started_at:
        found.append(("ended_at", "This area was done before it was begun."))
    elif ended_at and visit_started_at and ended_at < visit_started_at:
        found.append(("ended_at", "This area was done before the visit began."))
    latest = max((one for one in (started_at, ended_at) if one), default=None)
    if latest and visit_ended_at and latest > visit_ended_at:
        field = "ended_at" if ended_at == latest else "started_at"
        found.append((field, "This lies after the end of the treatment."))
    return tuple(found)
