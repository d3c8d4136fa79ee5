"""The signed record by which a director says that a recall has ended."""

from collections.abc import Sequence
from dataclasses import asdict

from mnclinic.audit import shape
from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import Shown, Signer, TreeHead

CLOSURE_FORMAT = "mnclinic.recall-closure/1"
STATEMENT = (
    "As medical director I close this recall. What was done about whoever was not reached is written here."
)

CLOSURE_SHAPE: shape.Shape = {
    "format": CLOSURE_FORMAT,
    "vault": shape.UUID,
    "recall": shape.UUID,
    "recall_sha256": shape.SHA256,
    "people": int,
    "reached": int,
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


def closure_record(
    *,
    vault: str,
    recall: str,
    recall_sha256: str,
    people: int,
    reached: int,
    text: str,
    signer: Signer,
    signed_at: str,
    utc_offset: str,
    tree: TreeHead,
    shown: Shown,
    factors: Sequence[str],
    nonce: str,
) -> bytes:
    """The canonical bytes of a closure; what every signature has as in `signature_record`.

    `recall_sha256` is of the recall's own canonical bytes; `people` are on its list and `reached` of them
    were told. Raises ValueError where a part does not fit the format: a defect of the caller.
    """
    document = {
        "format": CLOSURE_FORMAT,
        "vault": vault,
        "recall": recall,
        "recall_sha256": recall_sha256,
        "people": people,
        "reached": reached,
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
    if misfit := shape.first_misfit(document, CLOSURE_SHAPE):
        raise ValueError(f"{misfit} does not fit {CLOSURE_FORMAT}")
    return canonical_bytes(document)
