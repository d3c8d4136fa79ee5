"""The Ed25519 keys in use, one class per purpose, so that one cannot be used for another's work."""

import hashlib
import json
import os
from typing import TYPE_CHECKING, NoReturn, Self

from mnclinic.errors import DatabaseDamaged, NewerFormat
from mnclinic.security.envelope import (
    WRAPPED_KEY_BYTES,
    DoesNotOpen,
    binding,
    canonical_json,
    subkey,
    unwrap,
    wipe,
    wrap,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# SubjectPublicKeyInfo of RFC 8410 is these twelve bytes and the raw key.
_ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")
_X25519_SPKI = bytes.fromhex("302a300506032b656e032100")

_FORMAT = "mnclinic.installation-key/1"
_WRAP_PURPOSE = "installation key wrap"


def key_id(public: bytes) -> str:
    """SHA-256 of an Ed25519 public key's SPKI DER, 64 lower-case hex digits."""
    return hashlib.sha256(_ED25519_SPKI + public).hexdigest()


def sealing_key_id(public: bytes) -> str:
    """The same for an X25519 public key."""
    return hashlib.sha256(_X25519_SPKI + public).hexdigest()


class SigningKey:
    """An open Ed25519 private key, made from 32 raw bytes; the caller wipes its own copy of them.

    Printing it names the key and never shows the private half. After a `with` block it is forgotten.
    """

    __slots__ = ("_private", "key_id", "public")

    _private: "Ed25519PrivateKey | None"
    key_id: str
    public: bytes

    def __init__(self, private: bytes | bytearray) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._private = Ed25519PrivateKey.from_private_bytes(private)
        self.public = self._private.public_key().public_bytes_raw()
        self.key_id = key_id(self.public)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over `message`.

        Raises:
            RuntimeError: The key was forgotten; a defect in the caller.
        """
        if self._private is None:
            raise RuntimeError("this key was forgotten")
        return self._private.sign(message)

    def forget(self) -> None:
        """Let go of the private half. The public half stays readable."""
        self._private = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.forget()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key in use is neither copied nor stored")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key_id[:16]}…)"


class SessionKey(SigningKey):
    """Signs a user's log entries while that user is logged in."""

    __slots__ = ()


class SignatureKey(SigningKey):
    """Signs visits and approvals. Open only inside one act."""

    __slots__ = ()


class InstallationKey(SigningKey):
    """Signs checkpoints and seals bundles: "this installation said so"."""

    __slots__ = ()


def new_installation_key(
    database_key: bytes | bytearray, *, vault_id: str, epoch: int
) -> tuple[InstallationKey, bytes]:
    """A new installation key, open for its first use, and the bytes to store (format in `_FORMAT`).

    The bytes are locked under the database key: everybody who is logged in can open them, so the key
    proves "this installation", never a person.
    """
    private = bytearray(os.urandom(32))
    key = InstallationKey(private)
    stored = _stored_installation_key(private, database_key, vault_id, epoch)
    wipe(private)
    return key, stored


def unwrap_installation_key(
    stored: bytes, database_key: bytes | bytearray, *, vault_id: str
) -> InstallationKey:
    """Open what `new_installation_key` made.

    Raises:
        DatabaseDamaged: It was changed, or belongs to another clinic or another database key.
        NewerFormat: A newer program wrote it.
    """
    private = _installation_private(stored, database_key, vault_id)
    opened = InstallationKey(private)
    wipe(private)
    return opened


def rewrapped_installation_key(
    stored: bytes,
    database_key: bytes | bytearray,
    new_key: bytes | bytearray,
    *,
    vault_id: str,
    epoch: int,
) -> bytes:
    """The same installation key, to store in a database whose key was replaced. Raises as unwrapping it.

    Args:
        stored: As it stands in the database.
        database_key: The key that it is locked under.
        new_key: The key that replaces it.
        vault_id: The clinic.
        epoch: The epoch of `new_key`.
    """
    private = _installation_private(stored, database_key, vault_id)
    try:
        return _stored_installation_key(private, new_key, vault_id, epoch)
    finally:
        wipe(private)


def _stored_installation_key(
    private: bytearray, database_key: bytes | bytearray, vault_id: str, epoch: int
) -> bytes:
    key = InstallationKey(private).key_id
    wrapping_key = subkey(database_key, _WRAP_PURPOSE)
    wrapped = wrap(wrapping_key, private, _installation_binding(vault_id, key, epoch))
    wipe(wrapping_key)
    return canonical_json({"format": _FORMAT, "key": key, "epoch": epoch, "private": wrapped.hex()})


def _installation_private(stored: bytes, database_key: bytes | bytearray, vault_id: str) -> bytearray:
    damaged = DatabaseDamaged(
        "The installation's own key inside the database cannot be opened. Nothing was changed. "
        "Restore the newest backup, or ask for help before working on."
    )
    try:
        document = json.loads(stored)
        written_in, epoch, key = document["format"], document["epoch"], document["key"]
        wrapped = bytes.fromhex(document["private"])
        bound_to = _installation_binding(vault_id, key, epoch)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged from None
    if written_in != _FORMAT:
        raise NewerFormat(
            f"The installation's own key was written in the form {written_in}; this program reads "
            f"{_FORMAT}. Nothing was changed. Use the newer program."
        )
    if len(wrapped) != WRAPPED_KEY_BYTES:
        raise damaged
    wrapping_key = subkey(database_key, _WRAP_PURPOSE)
    try:
        return unwrap(wrapping_key, wrapped, bound_to)
    except DoesNotOpen:
        raise damaged from None
    finally:
        wipe(wrapping_key)


def _installation_binding(vault_id: str, key: str, epoch: int) -> bytes:
    return binding(vault=vault_id, user=None, slot="installation", key=key, epoch=epoch, kdf=None)
