"""The signed record by which a director says that she knows of an adverse event."""

from typing import Unpack

from mnclinic.audit import shape
from mnclinic.audit.signing import ALIKE, Alike, signed_record

ACKNOWLEDGEMENT_FORMAT = "mnclinic.event-acknowledgement/1"
STATEMENT = "As medical director I know of this adverse event. What I order is written here."

ACKNOWLEDGEMENT_SHAPE: shape.Shape = {
    **ALIKE,
    "format": ACKNOWLEDGEMENT_FORMAT,
    "step": shape.UUID,
    "event": shape.UUID,
    "event_sha256": shape.SHA256,
    "patient": shape.UUID,
    "text": str,
    "statement": STATEMENT,
}


def acknowledgement_record(
    *,
    step: str,
    event: str,
    event_sha256: str,
    patient: str,
    text: str,
    **alike: Unpack[Alike],
) -> bytes:
    """The canonical bytes of an acknowledgement; `alike` is what every signed record has.

    `event_sha256` is of the event's own canonical bytes. Raises ValueError where a part does not fit the
    format: a defect of the caller.
    """
    return signed_record(
        ACKNOWLEDGEMENT_SHAPE,
        {
            "format": ACKNOWLEDGEMENT_FORMAT,
            "step": step,
            "event": event,
            "event_sha256": event_sha256,
            "patient": patient,
            "text": text,
            "statement": STATEMENT,
        },
        alike,
    )
