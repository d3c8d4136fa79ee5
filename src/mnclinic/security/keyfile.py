"""`clinic.keys`: what it holds, as a value, and the two checks it carries.

The file is canonical JSON (RFC 8785), form `mnclinic.keys/2`:

    {"format", "vault", "generation", "epoch", "database": {"salt"},
     "kdf": {"id", "memory_kib", "iterations", "lanes"}, "device": null | id, "prelogin_public",
     "users": [{"user", "user_id", "vault_public",
                "wraps": [{"by", "epoch", "kdf", "device": null | id, "temporary",
                           "vault_private", "session_private"}],
                "session_public",
                "signature": null | {"public", "wraps": [{"by", "epoch", "kdf", "device": null | id,
                                                          "factor": null | id, "private"}]},
                "database_key": {"epoch", "sealed"}}],
     "recovery": null | {"public", "database_key": {"epoch", "sealed"}},
     "next": null | {"epoch", "database": {"salt"}, "prelogin_public",
                     "users": [{"user_id", "sealed"}], "recovery": null | {"sealed"}, "mac"},
     "mac", "checksum"}

All bytes are lower-case hex. `checksum` is SHA-256 over the canonical bytes without it: anybody can
make it, so it finds accidents, and every later form keeps it in this place. `mac` is HMAC-SHA-256
under a key that only the database key leads to, over the bytes without `mac`, `next.mac` and
`checksum`: it finds changes by somebody who could not log in, and can be judged only after somebody
did. `next` stands while the database key is being replaced; `next.mac` is the same under the next key,
because until the end nobody can tell which of the two the database opens with but by its salt. Login
names and staff ids stand in the clear; no secret does.

A wrap `by` a password has `kdf` Argon2id, one `by` a personal recovery code HKDF over its 160 random
bits. `device` and `factor` name (by a hash) the keyring's secret and the key file that are mixed in.
`temporary` marks a password that somebody else gave.

Form 1 had the password alone, and no `device`, `temporary`, `factor`, `prelogin_public` or `next`. It is
still read; its next change writes form 2. Its wraps stay as they are, since only their owners could
make them anew: what a wrap is bound to names the new properties only where they are not form 1's.
"""

import hashlib
import hmac
import unicodedata
import uuid
from dataclasses import dataclass, field
from typing import Any

from mnclinic.security.envelope import canonical_json, subkey, wipe
from mnclinic.security.kdf import CodeKdf, Kdf, KdfCost, cost_document

KEY_FILE = "clinic.keys"
PREVIOUS_KEY_FILE = "clinic.keys.prev"
DATABASE_SALT_BYTES = 16
BY_PASSWORD = "password"  # noqa: S105  the name of a way in, not a password
BY_RECOVERY = "recovery"

FORM = 2
OLDEST_FORM = 1

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
    """One way to open a user's vault and session keys.

    `device` is the id of the keyring's secret that is mixed in, or None. `is_temporary`: somebody else
    gave this password.
    """

    by: str
    epoch: int
    kdf: Kdf | CodeKdf = field(repr=False)
    vault_private: bytes = field(repr=False)
    session_private: bytes = field(repr=False)
    device: str | None = None
    is_temporary: bool = False

    def document(self, form: int = FORM) -> dict[str, Any]:
        later = {"device": self.device, "temporary": self.is_temporary}
        return {
            "by": self.by,
            "epoch": self.epoch,
            "kdf": self.kdf.document(),
            "vault_private": self.vault_private.hex(),
            "session_private": self.session_private.hex(),
            **(later if form > OLDEST_FORM else {}),
        }


@dataclass(frozen=True)
class SignatureWrap:
    """One way to open a user's signature key, with a derivation of its own.

    `device` as in `LoginWrap`; `factor` is the id of the second factor's secret that is mixed in, or None.
    """

    by: str
    epoch: int
    kdf: Kdf | CodeKdf = field(repr=False)
    private: bytes = field(repr=False)
    device: str | None = None
    factor: str | None = None

    def document(self, form: int = FORM) -> dict[str, Any]:
        later = {"device": self.device, "factor": self.factor}
        return {
            "by": self.by,
            "epoch": self.epoch,
            "kdf": self.kdf.document(),
            "private": self.private.hex(),
            **(later if form > OLDEST_FORM else {}),
        }


@dataclass(frozen=True)
class SignatureSlot:
    """A user's signature key. Nothing else in the file leads to it."""

    public: bytes = field(repr=False)
    wraps: tuple[SignatureWrap, ...]

    @property
    def factor(self) -> str | None:
        """Id of the second factor that it takes to sign, or None."""
        return self.wraps[0].factor

    @property
    def has_recovery_code(self) -> bool:
        """Whether the owner's personal recovery code leads to it."""
        return any(way.by == BY_RECOVERY for way in self.wraps)

    def document(self, form: int = FORM) -> dict[str, Any]:
        return {"public": self.public.hex(), "wraps": [wrap.document(form) for wrap in self.wraps]}


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

    @property
    def is_temporary(self) -> bool:
        """Whether the user's password was given by somebody else."""
        return any(way.is_temporary for way in self.wraps)

    @property
    def is_device_bound(self) -> bool:
        """Whether the password opens only together with a keyring's secret."""
        devices = [way.device for way in self.wraps]
        if self.signature is not None:
            devices += [way.device for way in self.signature.wraps]
        return any(device is not None for device in devices)

    @property
    def has_recovery_code(self) -> bool:
        """Whether a personal recovery code opens the log-in."""
        return any(way.by == BY_RECOVERY for way in self.wraps)

    def document(self, form: int = FORM) -> dict[str, Any]:
        return {
            "user": self.user,
            "user_id": self.user_id,
            "vault_public": self.vault_public.hex(),
            "wraps": [wrap.document(form) for wrap in self.wraps],
            "session_public": self.session_public.hex(),
            "signature": None if self.signature is None else self.signature.document(form),
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
class NextEpoch:
    """The database key that will take over, sealed to everybody who has the present one."""

    epoch: int
    database_salt: bytes = field(repr=False)
    prelogin_public: bytes = field(repr=False)
    users: tuple[tuple[str, SealedDatabaseKey], ...]
    """Staff id and seal, in the order of the slots."""
    recovery: SealedDatabaseKey | None
    mac: bytes = field(repr=False, default=b"")

    def sealed_for(self, user_id: str | None) -> SealedDatabaseKey:
        """The seal of a user, or (None) of the recovery sheet. KeyError if there is none."""
        if user_id is not None:
            return dict(self.users)[user_id]
        if self.recovery is None:
            raise KeyError("there is no recovery sheet")
        return self.recovery

    def judged_document(self) -> dict[str, Any]:
        """All but the keyed check."""
        return {
            "epoch": self.epoch,
            "database": {"salt": self.database_salt.hex()},
            "prelogin_public": self.prelogin_public.hex(),
            "users": [{"user_id": user_id, "sealed": seal.sealed.hex()} for user_id, seal in self.users],
            "recovery": None if self.recovery is None else {"sealed": self.recovery.sealed.hex()},
        }


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
    device: str | None = None
    """Policy: id of the keyring's secret that log-ins are to be bound to; None for no binding."""
    prelogin_public: bytes = field(repr=False, default=b"")
    """X25519 public key that failed log-ins are sealed to; empty in form 1."""
    next: NextEpoch | None = None
    form: int = FORM
    lineage: tuple[str, ...] = field(repr=False, compare=False, default=())
    from_disk: bool = field(repr=False, compare=False, default=False)

    def slot_of(self, user: str) -> UserSlot | None:
        """The slot of a login name, written in any case and with any spaces around it."""
        wanted = folded_login(user)
        return next((slot for slot in self.users if folded_login(slot.user) == wanted), None)

    @property
    def epochs(self) -> tuple[tuple[int, bytes], ...]:
        """Epoch and database salt of the present key and, while it is being replaced, of the next."""
        present = (self.epoch, self.database_salt)
        return (present,) if self.next is None else (present, (self.next.epoch, self.next.database_salt))

    def epoch_at(self, database_salt: bytes | None) -> tuple[int, bytes]:
        """The epoch and salt that a database file with this salt is at.

        A salt of neither epoch (a wrecked file) is taken for the present one; whoever finds that the
        database does not open with it tries the other, by its salt from `epochs`.
        """
        return next((epoch for epoch in self.epochs if epoch[1] == database_salt), self.epochs[0])

    def judged_document(self) -> dict[str, Any]:
        """What the keyed checks cover: all but the checks."""
        later = {
            "device": self.device,
            "prelogin_public": self.prelogin_public.hex(),
            "next": None if self.next is None else self.next.judged_document(),
        }
        return {
            "format": format_of(self.form),
            "vault": self.vault_id,
            "generation": self.generation,
            "epoch": self.epoch,
            "database": {"salt": self.database_salt.hex()},
            "kdf": cost_document(self.kdf_policy),
            "users": [slot.document(self.form) for slot in self.users],
            "recovery": None if self.recovery is None else self.recovery.document(),
            **(later if self.form > OLDEST_FORM else {}),
        }

    def mac_under(self, database_key: bytes | bytearray) -> bytes:
        """The keyed check that this generation ought to carry."""
        mac_key = subkey(database_key, "key file mac " + self.vault_id)
        try:
            return hmac.new(mac_key, canonical_json(self.judged_document()), hashlib.sha256).digest()
        finally:
            wipe(mac_key)

    def is_vouched_for_by(self, database_key: bytes | bytearray, *, epoch: int | None = None) -> bool:
        """Whether only holders of this database key wrote the file; of the present epoch if none is named."""
        carried = self.mac
        if self.next is not None and epoch == self.next.epoch:
            carried = self.next.mac
        return hmac.compare_digest(carried, self.mac_under(database_key))

    @property
    def checksum(self) -> str:
        """The unkeyed check, which also names this generation."""
        return checksum_of(self._document())

    def canonical_bytes(self) -> bytes:
        """The file, byte for byte."""
        document = self._document()
        return canonical_json({**document, "checksum": checksum_of(document)})

    def _document(self) -> dict[str, Any]:
        document = {**self.judged_document(), "mac": self.mac.hex()}
        if self.next is not None:
            document["next"] = {**document["next"], "mac": self.next.mac.hex()}
        return document


def format_of(form: int) -> str:
    """The name of a form in the file."""
    return f"mnclinic.keys/{form}"


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
