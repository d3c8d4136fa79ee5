"""`clinic.keys`: what it holds, as a value, and the two checks it carries.

The file is canonical JSON (RFC 8785), form `mnclinic.keys/1`:

    {"format", "vault", "generation", "epoch", "database": {"salt"},
     "kdf": {"id", "memory_kib", "iterations", "lanes"},
     "users": [{"user", "user_id", "vault_public",
                "wraps": [{"by", "epoch", "kdf": {…, "salt"}, "vault_private", "session_private"}],
                "session_public",
                "signature": null | {"public", "wraps": [{"by", "epoch", "kdf", "private"}]},
                "database_key": {"epoch", "sealed"}}],
     "recovery": null | {"public", "database_key": {"epoch", "sealed"}},
     "mac", "checksum"}

All bytes are lower-case hex. `checksum` is SHA-256 over the canonical bytes without it: anybody can
make it, so it finds accidents, and every later form keeps it in this place. `mac` is HMAC-SHA-256
under a key that only the database key leads to, over the bytes without both: it finds changes by
somebody who could not log in, and can be judged only after somebody did. Login names and staff ids
stand in the clear; no secret does.

Later forms add ways to open a slot (`by`) and fields, and read this one.
"""

import hashlib
import hmac
import unicodedata
import uuid
from dataclasses import dataclass, field
from typing import Any

from mnclinic.security.envelope import canonical_json, subkey, wipe
from mnclinic.security.kdf import Kdf, KdfCost, cost_document

KEY_FILE = "clinic.keys"
PREVIOUS_KEY_FILE = "clinic.keys.prev"
DATABASE_SALT_BYTES = 16
BY_PASSWORD = "password"  # noqa: S105  the name of a way in, not a password

FORMAT = "mnclinic.keys/1"

_LOGIN_MAX = 64


@dataclass(frozen=True)
class SealedDatabaseKey:
    """The database key of one epoch, sealed to one public key.

    Here and below, `document()` is the JSON object as it stands in the file.
    """

    epoch: int
    sealed: bytes = field(repr=False)

    def document(self) -> dict[str, Any]:
        return {"epoch": self.epoch, "sealed": self.sealed.hex()}


@dataclass(frozen=True)
class LoginWrap:
    """One way to open a user's vault and session keys."""

    by: str
    epoch: int
    kdf: Kdf = field(repr=False)
    vault_private: bytes = field(repr=False)
    session_private: bytes = field(repr=False)

    def document(self) -> dict[str, Any]:
        return {
            "by": self.by,
            "epoch": self.epoch,
            "kdf": self.kdf.document(),
            "vault_private": self.vault_private.hex(),
            "session_private": self.session_private.hex(),
        }


@dataclass(frozen=True)
class SignatureWrap:
    """One way to open a user's signature key, with a derivation of its own."""

    by: str
    epoch: int
    kdf: Kdf = field(repr=False)
    private: bytes = field(repr=False)

    def document(self) -> dict[str, Any]:
        return {
            "by": self.by,
            "epoch": self.epoch,
            "kdf": self.kdf.document(),
            "private": self.private.hex(),
        }


@dataclass(frozen=True)
class SignatureSlot:
    """A user's signature key. Nothing else in the file leads to it."""

    public: bytes = field(repr=False)
    wraps: tuple[SignatureWrap, ...]

    def document(self) -> dict[str, Any]:
        return {"public": self.public.hex(), "wraps": [wrap.document() for wrap in self.wraps]}


@dataclass(frozen=True)
class UserSlot:
    """Everything of one user. `user` is the login name, `user_id` the staff uuid."""

    user: str
    user_id: str
    vault_public: bytes = field(repr=False)
    session_public: bytes = field(repr=False)
    wraps: tuple[LoginWrap, ...]
    signature: SignatureSlot | None
    database_key: SealedDatabaseKey

    def document(self) -> dict[str, Any]:
        return {
            "user": self.user,
            "user_id": self.user_id,
            "vault_public": self.vault_public.hex(),
            "wraps": [wrap.document() for wrap in self.wraps],
            "session_public": self.session_public.hex(),
            "signature": None if self.signature is None else self.signature.document(),
            "database_key": self.database_key.document(),
        }


@dataclass(frozen=True)
class RecoverySlot:
    """The public half of the recovery sheet, and the database key sealed to it."""

    public: bytes = field(repr=False)
    database_key: SealedDatabaseKey

    def document(self) -> dict[str, Any]:
        return {"public": self.public.hex(), "database_key": self.database_key.document()}


@dataclass(frozen=True)
class KeyFile:
    """One generation of the key file, as a value. Changing it makes a new one; nothing is on disk yet.

    `lineage` names the generations that this one was made from, so that saving can tell whether the
    file was changed elsewhere meanwhile; `from_disk` whether the first of them was read from a folder.
    """

    vault_id: str
    generation: int
    epoch: int
    database_salt: bytes = field(repr=False)
    kdf_policy: KdfCost
    users: tuple[UserSlot, ...]
    recovery: RecoverySlot | None
    mac: bytes = field(repr=False, default=b"")
    lineage: tuple[str, ...] = field(repr=False, compare=False, default=())
    from_disk: bool = field(repr=False, compare=False, default=False)

    def slot_of(self, user: str) -> UserSlot | None:
        """The slot of a login name, written in any case and with any spaces around it."""
        wanted = folded_login(user)
        return next((slot for slot in self.users if folded_login(slot.user) == wanted), None)

    def judged_document(self) -> dict[str, Any]:
        """What the keyed check covers: all but the two checks."""
        return {
            "format": FORMAT,
            "vault": self.vault_id,
            "generation": self.generation,
            "epoch": self.epoch,
            "database": {"salt": self.database_salt.hex()},
            "kdf": cost_document(self.kdf_policy),
            "users": [slot.document() for slot in self.users],
            "recovery": None if self.recovery is None else self.recovery.document(),
        }

    def mac_under(self, database_key: bytes | bytearray) -> bytes:
        """The keyed check that this generation ought to carry."""
        mac_key = subkey(database_key, "key file mac " + self.vault_id)
        try:
            return hmac.new(mac_key, canonical_json(self.judged_document()), hashlib.sha256).digest()
        finally:
            wipe(mac_key)

    def is_vouched_for_by(self, database_key: bytes | bytearray) -> bool:
        """Whether only holders of this database key have written the file."""
        return hmac.compare_digest(self.mac, self.mac_under(database_key))

    @property
    def checksum(self) -> str:
        """The unkeyed check, which also names this generation."""
        return checksum_of(self._document())

    def canonical_bytes(self) -> bytes:
        """The file, byte for byte."""
        document = self._document()
        return canonical_json({**document, "checksum": checksum_of(document)})

    def _document(self) -> dict[str, Any]:
        return {**self.judged_document(), "mac": self.mac.hex()}


def folded_login(user: str) -> str:
    """The form in which login names are compared: case and surrounding spaces do not count."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", user).strip().casefold())


def is_login_name(user: str) -> bool:
    """Whether a login name may stand in the file: 1 to 64 printable characters, no spaces around it."""
    return (
        0 < len(user) <= _LOGIN_MAX
        and user.isprintable()
        and user == user.strip()
        and unicodedata.is_normalized("NFC", user)
        and folded_login(user) != ""
    )


def is_uuid(text: str) -> bool:
    """Whether it is a uuid in its usual spelling."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def checksum_of(document: dict[str, Any]) -> str:
    """The unkeyed check over everything but itself, 64 hex digits."""
    return hashlib.sha256(canonical_json(document)).hexdigest()
