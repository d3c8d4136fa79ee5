"""Age files locked with a passphrase in no time: the same form, but guessing at them costs next to nothing.

The library takes a second to lock a file and as long to open it, on purpose. What a test says of bundles
does not rest on that second; tests/bundles/test_age_passphrase.py holds these files against the library.
"""

import base64
import os

import pyrage
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tests.faults.processes import put_in

LIGHT_WORK = 10
"""As a power of two; the library's own is about 20."""
CHUNK_BYTES = 64 * 1024

the_library = pyrage.passphrase.encrypt
"""How the program locks a bundle where nobody stands in for it."""


def locked_lightly(data: bytes, passphrase: str) -> bytes:
    """An age file that the passphrase opens."""
    salt, file_key, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    scrypt = Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=1 << LIGHT_WORK, r=8, p=1)
    wrapped = ChaCha20Poly1305(scrypt.derive(passphrase.encode())).encrypt(bytes(12), file_key, None)
    stanza = b"-> scrypt %s %d\n%s\n---" % (_spelled(salt), LIGHT_WORK, _spelled(wrapped))
    head = b"age-encryption.org/v1\n" + stanza
    signed = HMAC(_derived(file_key, b"", b"header"), SHA256())
    signed.update(head)
    chunks = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    starts = range(0, max(len(data), 1), CHUNK_BYTES)
    sealed = [
        chunks.encrypt(
            number.to_bytes(11, "big") + bytes([start == starts[-1]]), data[start : start + CHUNK_BYTES], None
        )
        for number, start in enumerate(starts)
    ]
    return b"%s %s\n%s%s" % (head, _spelled(signed.finalize()), nonce, b"".join(sealed))


def lock_lightly() -> None:
    """From now on this process locks bundles so."""
    put_in(pyrage.passphrase, encrypt=locked_lightly)


def _derived(file_key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(file_key)


def _spelled(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
