"""What kinds of lots the clinic keeps, what state a lot is in, and what is done to a device. Pure."""

from enum import StrEnum


class LotKind(StrEnum):
    """What a lot is of."""

    CARTRIDGE = "cartridge"
    TOPICAL = "topical"
    ANAESTHETIC = "anaesthetic"
    PRP_KIT = "prp_kit"


class LotState(StrEnum):
    """Whether a lot may be used."""

    IN_USE = "in_use"
    QUARANTINED = "quarantined"
    RECALLED = "recalled"


LOT_ACTS = {
    "lot.quarantined": LotState.QUARANTINED,
    "lot.recalled": LotState.RECALLED,
    "lot.released": LotState.IN_USE,
}
"""By act of the log, the state that it leaves a lot in."""
DEVICE_ACTS = {"device.quarantined": True, "device.released": False}
"""By act of the log, whether it leaves a device quarantined."""
DEVICE_FACTS = "device.changed"
DEVICE_CONFIRMED = "device.confirmed"
INTERVALS = ("service_every_days", "cleaning_every_days", "calibration_every_days")
"""The facts of a device that are the clinic's own and not its label's."""
