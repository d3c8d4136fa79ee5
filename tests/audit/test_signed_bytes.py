"""What signatures stand under for ever, to the byte: a record of each kind, as it was first signed."""

import hashlib
from typing import Any

import pytest

from mnclinic.audit.acknowledging import acknowledgement_record
from mnclinic.audit.amending import amendment_record
from mnclinic.audit.closing_recall import closure_record
from mnclinic.audit.signing import Signer, TreeHead, approval_record, signature_record, solo_declaration
from mnclinic.domain.amendment import AmendmentKind, Correction

UUID = "0f7f3a34-1f43-4a4e-9d3b-7a9f5f1f2c10"
ALIKE: dict[str, Any] = {
    "vault": UUID,
    "signer": Signer(staff=UUID, name="Inés Okafor", credential="MD", licence=None, key="e" * 64),
    "signed_at": "2026-11-23T14:05:02.123Z",
    "utc_offset": "-06:00",
    "tree": TreeHead(3, "b" * 64),
    "shown": "command",
    "factors": ("password", "key_file"),
    "nonce": "c" * 32,
}
VISIT: dict[str, Any] = {"visit": UUID, "number": "V-000123", "revision": 2, "record_sha256": "a" * 64}
CORRECTION: dict[str, Any] = {
    "amendment": 1,
    "kind": AmendmentKind.CORRECTION,
    "patient": UUID,
    "happened_at": None,
    "text": "",
    "correction": Correction("lines[0].depth_mm", '"1.25"', '"0.8"'),
    "right_patient": None,
    "reason": "Read off the wrong dial.",
}
EVENT: dict[str, Any] = {
    "step": UUID,
    "event": UUID,
    "event_sha256": "f" * 64,
    "patient": UUID,
    "text": "Ice.",
}
RECALL: dict[str, Any] = {
    "recall": UUID,
    "recall_sha256": "9" * 64,
    "people": 12,
    "reached": 11,
    "text": "One has moved away.",
}
POLICY: dict[str, Any] = {"document": "policy", "id": "policy", "version": 2, "sha256": "d" * 64}


@pytest.mark.parametrize(
    ("record", "sha256"),
    [
        (
            signature_record(**ALIKE, **VISIT, meaning="returned", statement="No.", reason="Why?"),
            "1426c7e387698b5c0cd8db64c2e1029b716d83646ed7ebf0e92185b04130287a",
        ),
        (
            approval_record(**ALIKE, **POLICY, statement="In force."),
            "bf1ecfcafd3131fb77775159791a4303574445ad6475c52b977753880bf811c7",
        ),
        (
            solo_declaration(**ALIKE, statement="One physician."),
            "54f2808639bbe97b98cdbc762a95022690941c0fc52c0a9c464e619d3708e677",
        ),
        (
            amendment_record(**ALIKE, **VISIT, **CORRECTION),
            "e9468634fa9c10a1206fe70dc239977f4347e1c811ed4610cb82832ed126c1a6",
        ),
        (
            acknowledgement_record(**ALIKE, **EVENT),
            "dfe7c2c2d709f78740cb42ba8350082dfd5c5672de04ec6715f1034d219e35cb",
        ),
        (
            closure_record(**ALIKE, **RECALL),
            "93ecb40dd3f74a11b221757a6f918deb2349e5c4126a6f528399b989bd5b2180",
        ),
    ],
    ids=["signature", "approval", "declaration", "amendment", "acknowledgement", "closure of a recall"],
)
def test_the_bytes_of_a_signed_record_never_change(record: bytes, sha256: str) -> None:
    assert hashlib.sha256(record).hexdigest() == sha256
