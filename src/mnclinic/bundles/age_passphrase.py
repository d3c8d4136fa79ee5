"""Opens an age file by its passphrase, on however slow or busy a computer.

The library that writes these files refuses, as its reader, whatever would take much longer than a second at
the moment it is asked, and says no more than that. So an inspector's old PC would call a sound bundle
damaged. The form is that of the age specification, version 1, with its one stanza `scrypt`.
"""

import base64
import binascii
import re

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from mnclinic.errors import StoreUnavailable

_HEAD = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n"
    rb"--- ([A-Za-z0-9+/]{43})\n"
)
_OTHER_LOCK = re.compile(rb"age-encryption\.org/v1\n-> (?!scrypt )")
_MOST_WORK = 22
"""As a power of two; takes 4 GiB of memory. What the age tools read at most."""
_CHUNK_BYTES = 64 * 1024
_TAG_BYTES = 16
_NONCE_BYTES = 16


class WrongPassphrase(Exception):
    """It does not open the file, the file is locked to a key, or its head is damaged."""


def open_by_passphrase(data: bytes, passphrase: str) -> bytes | None:
    """What the age file holds, or None if it is damaged or cut short.

    Takes as long as whoever wrote it chose: a second on their computer.

    Raises:
        WrongPassphrase: as it says.
        StoreUnavailable: this computer has too little memory free for it.
    """
    if _OTHER_LOCK.match(data):
        raise WrongPassphrase
    head = _HEAD.match(data)
    if head is None or int(head[2]) > _MOST_WORK:
        return None
    try:
        salt, wrapped, mac = (_bytes_of(head[part]) for part in (1, 3, 4))
    except binascii.Error:
        return None
    try:
        file_key = ChaCha20Poly1305(_key_for(passphrase, salt, int(head[2]))).decrypt(
            bytes(12), wrapped, None
        )
    except InvalidTag:
        raise WrongPassphrase from None
    signed = HMAC(_derived(file_key, b"", b"header"), SHA256())
    signed.update(data[: head.start(4) - 1])
    try:
        signed.verify(mac)
    except InvalidSignature:
        raise WrongPassphrase from None
    return _payload(data[head.end() :], file_key)


def _key_for(passphrase: str, salt: bytes, work: int) -> bytes:
    try:
        return Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=1 << work, r=8, p=1).derive(
            passphrase.encode()
        )
    except MemoryError:
        raise StoreUnavailable(
            "This computer has too little memory free to open the bundle. Nothing was checked, and nothing "
            "is said of the bundle. Close other programs, or open it on another computer."
        ) from None


def _derived(file_key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(file_key)


def _payload(sealed: bytes, file_key: bytes) -> bytes | None:
    chunks = ChaCha20Poly1305(_derived(file_key, sealed[:_NONCE_BYTES], b"payload"))
    size = _CHUNK_BYTES + _TAG_BYTES
    starts = range(_NONCE_BYTES, len(sealed), size)
    if not starts:
        return None
    plain = []
    try:
        for number, start in enumerate(starts):
            is_last = start == starts[-1]
            nonce = number.to_bytes(11, "big") + bytes([is_last])
            plain.append(chunks.decrypt(nonce, sealed[start : start + size], None))
    except InvalidTag:
        return None
    return b"".join(plain)


def _bytes_of(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
