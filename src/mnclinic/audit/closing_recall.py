"""The signed record by which a director says that a recall has ended."""

from typing import Unpack

from mnclinic.audit import shape
from mnclinic.audit.signing import ALIKE, Alike, signed_record

CLOSURE_FORMAT = "mnclinic.recall-closure/1"
STATEMENT = (
    "As medical director I close this recall. What was done about whoever was not reached is written here."
)

CLOSURE_SHAPE: shape.Shape = {
    **ALIKE,
    "format": CLOSURE_FORMAT,
    "recall": shape.UUID,
    "recall_sha256": shape.SHA256,
    "people": int,
    "reached": int,
    "text": str,
    "statement": STATEMENT,
}


def closure_record(
    *,
    recall: str,
    recall_sha256: str,
    people: int,
    reached: int,
    text: str,
    **alike: Unpack[Alike],
) -> bytes:
    """The canonical bytes of a closure; `alike` is what every signed record has.

    `recall_sha256` is of the recall's own canonical bytes; `people` are on its list and `reached` of them
    were told. Raises ValueError where a part does not fit the format: a defect of the caller.
    """
    return signed_record(
        CLOSURE_SHAPE,
        {
            "format": CLOSURE_FORMAT,
            "recall": recall,
            "recall_sha256": recall_sha256,
            "people": people,
            "reached": reached,
            "text": text,
            "statement": STATEMENT,
        },
        alike,
    )
