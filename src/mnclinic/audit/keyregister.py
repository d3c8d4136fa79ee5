"""Who holds which public key, and why anybody should believe it.

A key document names a key's holder and purpose. Beside it lie the key's own proof of possession and the
signatures of those who vouch for it. The chain starts at a director's signature key, whose id is the clinic's
fingerprint on paper: it vouches for the installation key, and the installation key for every other key.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from mnclinic.audit import shape
from mnclinic.audit.canonical import NotCanonical, canonical_bytes, parse_document
from mnclinic.audit.signing import (
    decode_base64,
    is_usable_public_key,
    key_id,
    key_signing_bytes,
    verify,
    vouch_signing_bytes,
)

KEY_FORMAT = "mnclinic.key/1"
REVOCATION_FORMAT = "mnclinic.key-revocation/1"
DIRECTOR = "director"

Purpose = Literal["session", "signature", "installation"]
RevocationReason = Literal["lost", "stolen", "left", "replaced"]

KEY_SHAPE: shape.Shape = {
    "format": KEY_FORMAT,
    "vault": shape.UUID,
    "key": shape.KEY_ID,
    "purpose": ("session", "signature", "installation"),
    "holder": {"staff": (None, shape.UUID), "name": str, "role": str, "credential": (None, str)},
    "public": str,
    "enrolled_at": shape.INSTANT,
}
REVOCATION_SHAPE: shape.Shape = {
    "format": REVOCATION_FORMAT,
    "vault": shape.UUID,
    "key": shape.KEY_ID,
    "reason": ("lost", "stolen", "left", "replaced"),
    "revoked_by": (None, shape.UUID),
    "signer": shape.KEY_ID,
    "revoked_at": shape.INSTANT,
}
_ROW_SHAPE: shape.Shape = {
    "document": (KEY_SHAPE, str),
    "proof": str,
    "vouches": [{"key": shape.KEY_ID, "signature": str}],
}


@dataclass(frozen=True)
class Vouch:
    """One key's word for another: the voucher's key id and its 64-byte signature."""

    key: str
    signature: bytes


@dataclass(frozen=True)
class EnrolledKey:
    """One row of the register: the key document's canonical bytes, proof of possession, vouches."""

    document: bytes
    proof: bytes
    vouches: tuple[Vouch, ...]


@dataclass(frozen=True)
class Key:
    """A key as its document describes it. `staff` None is the installation's own."""

    id: str
    purpose: Purpose
    staff: str | None
    name: str
    role: str
    credential: str | None
    public: bytes
    document: bytes

    @property
    def is_directors(self) -> bool:
        """Is this the signature key of a director, from which trust may start?"""
        return self.purpose == "signature" and self.role == DIRECTOR


@dataclass(frozen=True)
class KeyFinding:
    """Something wrong in the register. `row` counts from 1."""

    row: int
    what: str


@dataclass(frozen=True)
class KeyRegister:
    """The register's sound rows. `vouchers` holds, for each key, whose vouches for it hold."""

    keys: Mapping[str, Key] = field(default_factory=dict)
    vouchers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def public_of(self, key: str) -> bytes | None:
        """The raw public key of a key id, or None if the register lacks it."""
        found = self.keys.get(key)
        return found.public if found else None

    def reached_from(self, fingerprint: str) -> frozenset[str]:
        """The keys to which the chain leads from a director's signature key; none if it is no such key."""
        start = self.keys.get(fingerprint)
        if start is None or not start.is_directors:
            return frozenset()
        reached = {fingerprint}
        while True:
            more = {
                key.id for key in self.keys.values() if key.id not in reached and self._joins(key, reached)
            }
            if not more:
                return frozenset(reached)
            reached |= more

    def _joins(self, key: Key, reached: set[str]) -> bool:
        """An installation key needs a director's word, every other key an installation's."""
        vouchers = (self.keys[voucher] for voucher in self.vouchers[key.id] if voucher in reached)
        if key.purpose == "installation":
            return any(voucher.is_directors for voucher in vouchers)
        return any(voucher.purpose == "installation" for voucher in vouchers)


def key_document(
    *,
    vault: str,
    purpose: Purpose,
    public: bytes,
    enrolled_at: str,
    name: str,
    role: str,
    staff: str | None = None,
    credential: str | None = None,
) -> bytes:
    """The canonical bytes that a new key and its vouchers sign.

    Raises:
        ValueError: A part does not fit the format: a defect of the caller.
    """
    document = {
        "format": KEY_FORMAT,
        "vault": vault,
        "key": key_id(public),
        "purpose": purpose,
        "holder": {"staff": staff, "name": name, "role": role, "credential": credential},
        "public": base64.b64encode(public).decode("ascii"),
        "enrolled_at": enrolled_at,
    }
    if misfit := shape.first_misfit(document, KEY_SHAPE):
        raise ValueError(f"{misfit} does not fit {KEY_FORMAT}")
    return canonical_bytes(document)


def revocation_document(
    *,
    vault: str,
    key: str,
    reason: RevocationReason,
    revoked_by: str | None,
    signer: str,
    revoked_at: str,
) -> bytes:
    """The canonical bytes that whoever ends a key signs. `signer` is the key that signs them.

    From which entry of the log on the key counts no more is the position of the entry that names these
    bytes: an instant alone could be made up.

    Raises:
        ValueError: A part does not fit the format: a defect of the caller.
    """
    document = {
        "format": REVOCATION_FORMAT,
        "vault": vault,
        "key": key,
        "reason": reason,
        "revoked_by": revoked_by,
        "signer": signer,
        "revoked_at": revoked_at,
    }
    if misfit := shape.first_misfit(document, REVOCATION_SHAPE):
        raise ValueError(f"{misfit} does not fit {REVOCATION_FORMAT}")
    return canonical_bytes(document)


def parse_register_line(line: bytes) -> EnrolledKey:
    """Read one row back; the document may stand as itself or as base64 of its bytes.

    Raises:
        NotCanonical: Any departure from the form.
    """
    row = parse_document(line, _ROW_SHAPE)
    document = row["document"]
    return EnrolledKey(
        _decoded(document) if isinstance(document, str) else canonical_bytes(document),
        _decoded(row["proof"]),
        tuple(Vouch(vouch["key"], _decoded(vouch["signature"])) for vouch in row["vouches"]),
    )


def fold_register(
    rows: Sequence[EnrolledKey | None], *, vault: str
) -> tuple[KeyRegister, tuple[KeyFinding, ...]]:
    """The register that these rows make, and everything wrong in them. None stands for an unreadable row.

    A row with a finding about its own document or proof does not enter the register.
    """
    keys: dict[str, Key] = {}
    findings: list[KeyFinding] = []
    sound: list[tuple[int, EnrolledKey, Key]] = []
    for number, row in enumerate(rows, start=1):
        key, wrong = _read_key(row, vault)
        if key is not None and key.id in keys:
            wrong = "This key is listed twice."
        if key is None or row is None or wrong:
            findings.append(
                KeyFinding(number, wrong or "This line is not a key in the form of the register.")
            )
            continue
        keys[key.id] = key
        sound.append((number, row, key))
    vouchers: dict[str, frozenset[str]] = {}
    for number, row, key in sound:
        holding = frozenset(vouch.key for vouch in row.vouches if _holds(vouch, row.document, keys))
        if len(holding) != len(row.vouches):
            findings.append(
                KeyFinding(number, "The signature of somebody who vouches for this key does not hold.")
            )
        vouchers[key.id] = holding
    return KeyRegister(keys, vouchers), tuple(findings)


def findings_of_chain(
    register: KeyRegister, rows: Iterable[EnrolledKey | None], *, fingerprint: str
) -> tuple[KeyFinding, ...]:
    """The rows to which no chain leads from the director's key with this fingerprint."""
    reached = register.reached_from(fingerprint)
    findings = []
    for number, row in enumerate(rows, start=1):
        known = row is not None and _id_in(row.document)
        if known and known in register.keys and known not in reached:
            findings.append(
                KeyFinding(number, "No chain of vouchers leads from the director's key to this key.")
            )
    return tuple(findings)


def _read_key(row: EnrolledKey | None, vault: str) -> tuple[Key | None, str]:
    if row is None:
        return None, ""
    try:
        document = parse_document(row.document, KEY_SHAPE)
    except NotCanonical:
        return None, ""
    public = decode_base64(document["public"])
    if public is None or not is_usable_public_key(public):
        return None, "This is not a public key that can be used."
    key = _key(document, public, row.document)
    if document["vault"] != vault:
        return key, "This key is of another clinic."
    if document["key"] != key_id(public):
        return key, "The id of this key is not the fingerprint of its public key."
    if (key.staff is None) != (key.purpose == "installation"):
        return key, "The holder of this key does not fit its purpose."
    if not verify(public, row.proof, key_signing_bytes(row.document)):
        return key, "The proof that somebody holds this key does not hold."
    return key, ""


def _key(document: Mapping[str, Any], public: bytes, data: bytes) -> Key:
    holder = document["holder"]
    return Key(
        id=document["key"],
        purpose=document["purpose"],
        staff=holder["staff"],
        name=holder["name"],
        role=holder["role"],
        credential=holder["credential"],
        public=public,
        document=data,
    )


def _id_in(document: bytes) -> str | None:
    try:
        return str(parse_document(document, KEY_SHAPE)["key"])
    except NotCanonical:
        return None


def _holds(vouch: Vouch, document: bytes, keys: Mapping[str, Key]) -> bool:
    voucher = keys.get(vouch.key)
    return voucher is not None and verify(voucher.public, vouch.signature, vouch_signing_bytes(document))


def _decoded(text: str) -> bytes:
    data = decode_base64(text)
    if data is None:
        raise NotCanonical("the text is not base64")
    return data
