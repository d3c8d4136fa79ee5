"""One key locked under another, and bound to what it is for.

Two ways: a *wrap* (AES-256-GCM under a symmetric key) and a *seal* (HPKE of RFC 9180 to an X25519
public key, which needs no secret to make). Either opens only with the exact binding it was made
with, so that a slot moved to another user, another place or another clinic stays shut.
"""

import hashlib
import json
import os
from typing import Any, cast

import rfc8785

KEY_BYTES = 32
NONCE_BYTES = 12
SECRET_ID_CHARACTERS = 32
LARGEST_INTEGER = 2**53 - 1
TAG_BYTES = 16
WRAPPED_KEY_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES
SEALED_KEY_BYTES = 32 + KEY_BYTES + TAG_BYTES
"""HPKE's encapsulated X25519 key, the 32-byte key, the tag."""


class DoesNotOpen(Exception):
    """The key or the binding is not the one it was made with. The caller knows what that means."""


def canonical_json(document: dict[str, Any]) -> bytes:
    """The one spelling of a JSON object (RFC 8785)."""
    if _is_plain(document):
        # The standard library spells ASCII as RFC 8785 does, in a tenth of the time.
        spelled = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if spelled.isascii():
            return spelled.encode()
    return rfc8785.dumps(document)


def _is_plain(value: object) -> bool:
    """Whether every number in it is a whole one that RFC 8785 has, and every key is text."""
    kind = type(value)
    if kind is dict:
        members = cast("dict[object, object]", value)
        return all(type(name) is str and _is_plain(one) for name, one in members.items())
    if kind is list:
        return all(map(_is_plain, cast("list[object]", value)))
    if kind is int:
        return -LARGEST_INTEGER <= cast("int", value) <= LARGEST_INTEGER
    return kind is str or kind is bool or value is None


def binding(
    *,
    vault: str,
    user: str | None,
    slot: str,
    key: str,
    epoch: int,
    kdf: dict[str, Any] | None,
    by: str | None = None,
    device: str | None = None,
    factor: str | None = None,
    is_temporary: bool = False,
) -> bytes:
    """What a wrap or seal is for, as canonical JSON (RFC 8785).

    Args:
        vault: The clinic.
        user: The staff uuid of the owner; None for what belongs to the clinic.
        slot: What is locked inside: `vault`, `session`, `signature`, `database_key`, `installation`.
        key: Key id of the public key that the locked private key belongs to, or that a seal is made to.
        epoch: The epoch in which it was made. Wraps keep theirs when the database key is rotated, since
            nobody but their owner could make them anew.
        kdf: The derivation that the wrapping key came from, or None.
        by: What opens it, such as `password`; None for seals.
        device: Id of the keyring's secret that is mixed in, or None.
        factor: Id of the second factor's secret that is mixed in, or None.
        is_temporary: Whether somebody else gave the password.

    The last three stand in it only where they are set, so that what was locked before they existed
    still opens.
    """
    later: dict[str, Any] = {"device": device, "factor": factor, "temporary": is_temporary or None}
    return canonical_json(
        {
            "vault": vault,
            "user": user,
            "slot": slot,
            "key": key,
            "epoch": epoch,
            "kdf": kdf,
            "by": by,
            **{name: value for name, value in later.items() if value is not None},
        }
    )


def subkey(secret: bytes | bytearray, purpose: str) -> bytearray:
    """32 bytes for one purpose (HKDF-SHA256); other purposes' keys say nothing about it."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = bytearray(KEY_BYTES)
    hkdf = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"mnclinic/1 " + purpose.encode())
    hkdf.derive_into(secret, derived)
    return derived


def mixed(secret: bytes | bytearray, other: bytes | bytearray, purpose: str) -> bytearray:
    """32 bytes that take both secrets to make (HKDF-SHA256, `other` as its salt)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = bytearray(KEY_BYTES)
    hkdf = HKDF(SHA256(), KEY_BYTES, salt=bytes(other), info=b"mnclinic/2 with " + purpose.encode())
    hkdf.derive_into(secret, derived)
    return derived


def secret_id(secret: bytes | bytearray, purpose: str) -> str:
    """A name for 32 random bytes that says nothing about them: 32 hex digits."""
    told = hashlib.sha256(b"mnclinic/2 id of " + purpose.encode() + b"\n" + secret)
    return told.hexdigest()[:SECRET_ID_CHARACTERS]


def wrap(wrapping_key: bytes | bytearray, secret: bytes | bytearray, bound_to: bytes) -> bytes:
    """Lock 32 bytes: nonce, ciphertext and tag in one string of 60 bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, secret, bound_to)


def unwrap(wrapping_key: bytes | bytearray, wrapped: bytes, bound_to: bytes) -> bytearray:
    """The 32 bytes inside.

    Raises:
        DoesNotOpen: Another key, another binding, or changed bytes.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    opened = bytearray(KEY_BYTES)
    try:
        AESGCM(wrapping_key).decrypt_into(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to, opened)
    except InvalidTag:
        raise DoesNotOpen from None
    return opened


def seal(public: bytes, secret: bytes | bytearray, bound_to: bytes) -> bytes:
    """Lock 32 bytes so that only the owner of an X25519 public key can open them: 80 bytes."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    return suite.encrypt(secret, X25519PublicKey.from_public_bytes(public), info=bound_to)


def unseal(private: bytes | bytearray, sealed: bytes, bound_to: bytes) -> bytearray:
    """The 32 bytes inside.

    Raises:
        DoesNotOpen: Another key, another binding, or changed bytes.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    try:
        return bytearray(suite.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info=bound_to))
    except InvalidTag:
        raise DoesNotOpen from None


def sealing_public(private: bytes | bytearray) -> bytes:
    """The X25519 public half, 32 raw bytes."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def wipe(*secrets: bytearray) -> None:
    """Overwrite what was held. Copies that a library made are out of reach."""
    for secret in secrets:
        secret[:] = bytes(len(secret))
