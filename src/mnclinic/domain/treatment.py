"""Treated areas and lines: the words and units of a treatment."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class TreatmentLine:
    """One area with its own depth.

    `depth_mm` is the set protrusion in millimetres, exact; `pass_count` complete movements.
    """

    area: Area
    side: Side
    depth_mm: Decimal
    pass_count: int
    endpoint: Endpoint
    note: str = ""

    @property
    def place(self) -> str:
        """The area as a person says it: "right cheek"."""
        name = self.area.value.replace("_", " ")
        return name if self.side is Side.MIDLINE else f"{self.side.value} {name}"
