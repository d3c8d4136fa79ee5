"""The bytes of an attachment, sealed under a key of their own."""

import os

from mnclinic.security.envelope import KEY_BYTES, NONCE_BYTES, DoesNotOpen

MAGIC = b"mnclinic.attachment/1\n"


def seal_attachment(attachment_id: str, content: bytes) -> tuple[bytes, bytes]:
    """The file to be written, and the 32-byte key that opens it. Both only make sense under this id."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
    return MAGIC + nonce + AESGCM(key).encrypt(nonce, content, _bound_to(attachment_id)), key


def open_attachment(attachment_id: str, key: bytes, sealed: bytes) -> bytes:
    """The bytes as they were brought. Raises DoesNotOpen for any other file, key or id."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(MAGIC)
    if not sealed.startswith(MAGIC):
        raise DoesNotOpen
    nonce, locked = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, locked, _bound_to(attachment_id))
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


def _bound_to(attachment_id: str) -> bytes:
    return MAGIC + attachment_id.encode()
