"""What a backup says of itself: `manifest.json`, canonical JSON, written last.

    {"format", "vault", "kind", "made_at", "app", "revision", "checkpoint",
     "members": [{"name", "size_bytes", "sha256"}], "signature", "checksum"}

`signature` is the installation's, over everything but `signature` and `checksum`; a backup that was made
without a key has none, and is proven by opening it. `checksum` is SHA-256 over everything but itself:
anybody can make it, so it finds accidents, in the parts that no member's hash covers.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mnclinic.audit import shape
from mnclinic.audit.canonical import NotCanonical, canonical_bytes, parse_canonical, sha256_hex
from mnclinic.audit.signing import Sign, decode_base64, verify
from mnclinic.errors import BackupUnusable, NewerFormat
from mnclinic.models import instant_text
from mnclinic.security.keyfile import KEY_FILE
from mnclinic.store.engine import DATABASE_NAME

MANIFEST_NAME = "manifest.json"
FORMAT = "mnclinic.backup/1"
LARGEST_BYTES = 64_000_000
"""A manifest line takes about 150 bytes an attachment: room for some 400,000 of them."""

IN_USE, CLOSED, BEFORE_UPGRADE = "in_use", "closed", "before_upgrade"

_FORMATS = re.compile(r"mnclinic\.backup/([0-9]{1,6})")
ATTACHMENT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,120}\.enc")
_MEMBER_NAME = re.compile(rf"clinic\.(db|keys|head)|attachments/{ATTACHMENT_NAME.pattern}")
_PREFIX = b"MNBACKUP1\n"
_SHAPE: shape.Shape = {
    "format": FORMAT,
    "vault": shape.UUID,
    "kind": (IN_USE, CLOSED, BEFORE_UPGRADE),
    "made_at": shape.INSTANT,
    "app": str,
    "revision": (None, str),
    "checkpoint": (None, str),
    "members": [{"name": _MEMBER_NAME, "size_bytes": int, "sha256": shape.SHA256}],
    "signature": (None, {"key": shape.KEY_ID, "signature": str}),
    "checksum": shape.SHA256,
}


@dataclass(frozen=True)
class Member:
    """One file of a backup. `name` is its path inside, with forward slashes."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """A backup as it describes itself.

    `revision` is the database's form and `checkpoint` the newest signed head of its log; both None when
    nobody could look inside. `signed_by` is the id of the installation key, None for an unsigned one.
    """

    vault: str
    kind: str
    made_at: datetime
    app: str
    revision: str | None
    checkpoint: bytes | None
    members: tuple[Member, ...]
    signed_by: str | None = None
    signature: bytes = b""

    @property
    def size_bytes(self) -> int:
        """Of all members together."""
        return sum(member.size_bytes for member in self.members)

    def signing_bytes(self) -> bytes:
        """What the installation key signs."""
        return _PREFIX + canonical_bytes(self._document())

    def is_signed_by(self, public: bytes) -> bool:
        """Whether the signature is this key's and holds."""
        return verify(public, self.signature, self.signing_bytes())

    def canonical_bytes(self) -> bytes:
        """The file, byte for byte."""
        document = self._document() | {
            "signature": None
            if self.signed_by is None
            else {"key": self.signed_by, "signature": base64.b64encode(self.signature).decode("ascii")}
        }
        return canonical_bytes({**document, "checksum": sha256_hex(canonical_bytes(document))})

    def _document(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "vault": self.vault,
            "kind": self.kind,
            "made_at": instant_text(self.made_at),
            "app": self.app,
            "revision": self.revision,
            "checkpoint": None if self.checkpoint is None else self.checkpoint.decode("utf-8"),
            "members": [
                {"name": one.name, "size_bytes": one.size_bytes, "sha256": one.sha256} for one in self.members
            ],
        }


@dataclass(frozen=True)
class Sealer:
    """The installation key at work: its id, its public half and how it signs."""

    key: str
    public: bytes
    sign: Sign


def parse_manifest(data: bytes) -> Manifest:
    """Read a manifest; its signature is judged later, by whoever knows the installation's key.

    Raises:
        BackupUnusable: any departure from the form, a single changed byte among them.
        NewerFormat: a newer mnclinic wrote it.
    """
    damaged = BackupUnusable(
        f"The file {MANIFEST_NAME} of this backup is damaged or is not one that mnclinic made, so nothing in "
        "the backup can be trusted. Nothing was changed. Use another backup."
    )
    try:
        document = parse_canonical(data)
    except NotCanonical:
        raise damaged from None
    _refuse_newer(document)
    if not isinstance(document, dict) or shape.first_misfit(document, _SHAPE):
        raise damaged
    checksum = document.pop("checksum")
    if sha256_hex(canonical_bytes(document)) != checksum:
        raise damaged
    try:
        manifest = _manifest(document)
    except ValueError:
        raise damaged from None
    names = [member.name for member in manifest.members]
    if names != sorted(set(names)) or not {DATABASE_NAME, KEY_FILE} <= set(names):
        raise damaged
    if any(member.size_bytes < 0 for member in manifest.members):
        raise damaged
    return manifest


def _refuse_newer(document: object) -> None:
    said = document.get("format") if isinstance(document, dict) else None
    match = _FORMATS.fullmatch(said) if isinstance(said, str) else None
    if match and said != FORMAT:
        raise NewerFormat(
            f"This backup was made by a newer mnclinic (form {said}); this one knows {FORMAT}. Nothing was "
            "changed. Install the newer mnclinic to read it."
        )


def _manifest(document: Mapping[str, Any]) -> Manifest:
    signed = document["signature"]
    signature = b"" if signed is None else decode_base64(signed["signature"])
    if signature is None:
        raise ValueError("the signature is not base64")
    note = document["checkpoint"]
    return Manifest(
        vault=document["vault"],
        kind=document["kind"],
        made_at=datetime.fromisoformat(document["made_at"]),
        app=document["app"],
        revision=document["revision"],
        checkpoint=None if note is None else note.encode("utf-8"),
        members=_members(document["members"]),
        signed_by=None if signed is None else signed["key"],
        signature=signature,
    )


def _members(rows: Sequence[Mapping[str, Any]]) -> tuple[Member, ...]:
    return tuple(Member(row["name"], row["size_bytes"], row["sha256"]) for row in rows)
