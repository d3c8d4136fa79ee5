"""The signed record of an amendment: its exact bytes, and what has to be true of it by itself."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Unpack

from mnclinic.audit import shape
from mnclinic.audit.signing import ALIKE, Alike, signed_record
from mnclinic.domain.amendment import PATH, STATEMENTS, AmendmentKind, Correction

AMENDMENT_FORMAT = "mnclinic.amendment/1"

AMENDMENT_SHAPE: shape.Shape = {
    **ALIKE,
    "format": AMENDMENT_FORMAT,
    "visit": shape.UUID,
    "number": str,
    "amendment": int,
    "kind": tuple(one.value for one in AmendmentKind),
    "revision": int,
    "record_sha256": shape.SHA256,
    "patient": shape.UUID,
    "happened_at": (None, shape.INSTANT),
    "text": str,
    "correction": (None, {"path": PATH, "old": (None, str), "new": (None, str)}),
    "right_patient": (None, shape.UUID),
    "reason": str,
    "statement": str,
}


def amendment_record(
    *,
    visit: str,
    number: str,
    amendment: int,
    kind: AmendmentKind,
    revision: int,
    record_sha256: str,
    patient: str,
    happened_at: str | None,
    text: str,
    correction: Correction | None,
    right_patient: str | None,
    reason: str,
    **alike: Unpack[Alike],
) -> bytes:
    """The canonical bytes of an amendment; `alike` is what every signed record has.

    `amendment` counts a visit's from 1, `revision` and `record_sha256` name the frozen record that is
    amended, `patient` the person in whose chart it stands and `right_patient` whose visit it is, where that
    is known. `happened_at` is an instant like `signed_at`.

    Raises:
        ValueError: A part does not fit the format: a defect of the caller.
    """
    own = {
        "format": AMENDMENT_FORMAT,
        "visit": visit,
        "number": number,
        "amendment": amendment,
        "kind": kind.value,
        "revision": revision,
        "record_sha256": record_sha256,
        "patient": patient,
        "happened_at": happened_at,
        "text": text,
        "correction": asdict(correction) if correction else None,
        "right_patient": right_patient,
        "reason": reason,
        "statement": STATEMENTS[kind],
    }
    record = signed_record(AMENDMENT_SHAPE, own, alike)
    if odd := odd_part(own):
        raise ValueError(f"{odd} does not fit {AMENDMENT_FORMAT}")
    return record


def odd_part(amendment: Mapping[str, Any]) -> str | None:
    """The first part that an amendment of its kind does not have, or lacks; None where it is whole."""
    kind = amendment["kind"]
    if (kind == "correction") != (amendment["correction"] is not None):
        return "correction"
    if (kind in {"addendum", "late_entry"}) != bool(amendment["text"]):
        return "text"
    if not amendment["reason"] and kind != "addendum":
        return "reason"
    if amendment["happened_at"] is None and kind == "late_entry":
        return "happened_at"
    if amendment["right_patient"] is not None and kind != "wrong_patient":
        return "right_patient"
    return None


def correction_of(amendment: Mapping[str, Any]) -> Correction | None:
    """The correction that a read amendment states; None of every other kind."""
    said = amendment["correction"]
    return Correction(said["path"], said["old"], said["new"]) if said else None
