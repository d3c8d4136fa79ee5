"""The signed record by which a director says that she knows of an adverse event."""

from collections.abc import Sequence
from dataclasses import asdict

from mnclinic.audit import shape
from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import Shown, Signer, TreeHead

ACKNOWLEDGEMENT_FORMAT = "mnclinic.event-acknowledgement/1"
STATEMENT = "As medical director I know of this adverse event. What I order is written here."

ACKNOWLEDGEMENT_SHAPE: shape.Shape = {
    "format": ACKNOWLEDGEMENT_FORMAT,
    "vault": shape.UUID,
    "step": shape.UUID,
    "event": shape.UUID,
    "event_sha256": shape.SHA256,
    "patient": shape.UUID,
    "text": str,
    "statement": STATEMENT,
    "signer": {
        "staff": shape.UUID,
        "name": str,
        "credential": (None, str),
        "licence": (None, str),
        "key": shape.KEY_ID,
    },
    "signed_at": shape.INSTANT,
    "utc_offset": shape.UTC_OFFSET,
    "tree": {"size": int, "root": shape.SHA256},
    "shown": ("window", "command", "set_up"),
    "factors": [str],
    "nonce": shape.SIXTEEN_BYTES,
}


def acknowledgement_record(
    *,
    vault: str,
    step: str,
    event: str,
    event_sha256: str,
    patient: str,
    text: str,
    signer: Signer,
    signed_at: str,
    utc_offset: str,
    tree: TreeHead,
    shown: Shown,
    factors: Sequence[str],
    nonce: str,
) -> bytes:
    """The canonical bytes of an acknowledgement; what every signature has as in `signature_record`.

    `event_sha256` is of the event's own canonical bytes. Raises ValueError where a part does not fit the
    format: a defect of the caller.
    """
    document = {
        "format": ACKNOWLEDGEMENT_FORMAT,
        "vault": vault,
        "step": step,
        "event": event,
        "event_sha256": event_sha256,
        "patient": patient,
        "text": text,
        "statement": STATEMENT,
        "signer": asdict(signer),
        "signed_at": signed_at,
        "utc_offset": utc_offset,
        "tree": asdict(tree),
        "shown": shown,
        "factors": list(factors),
        "nonce": nonce,
    }
    if misfit := shape.first_misfit(document, ACKNOWLEDGEMENT_SHAPE):
        raise ValueError(f"{misfit} does not fit {ACKNOWLEDGEMENT_FORMAT}")
    return canonical_bytes(document)
