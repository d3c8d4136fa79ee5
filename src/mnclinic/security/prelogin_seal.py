"""What happens before anybody is logged in, sealed so that only an open clinic reads it.

The public key stands in the key file; its private half is derived from the database key, so it changes
when the database key is replaced.
"""

from mnclinic.security.envelope import (
    KEY_BYTES,
    DoesNotOpen,
    binding,
    seal,
    sealing_public,
    subkey,
    unseal,
    wipe,
)
from mnclinic.security.signing_keys import sealing_key_id


def prelogin_public(database_key: bytes | bytearray) -> bytes:
    """The X25519 public key of a database key's pre-login box, 32 raw bytes."""
    private = _private(database_key)
    try:
        return sealing_public(private)
    finally:
        wipe(private)


def seal_event(public: bytes, vault_id: str, event: bytes) -> bytes:
    """Lock a short event of this clinic to its pre-login key.

    Raises:
        ValueError: The key is not 32 bytes long: a key file of form 1 has none yet.
    """
    if len(public) != KEY_BYTES:
        raise ValueError("a pre-login key has 32 bytes")
    return seal(public, event, _bound_to(public, vault_id))


def open_event(database_key: bytes | bytearray, vault_id: str, sealed: bytes) -> bytes:
    """The event inside.

    Raises:
        DoesNotOpen: Sealed for another database key or clinic, or changed.
    """
    private = _private(database_key)
    try:
        return bytes(unseal(private, sealed, _bound_to(sealing_public(private), vault_id)))
    except ValueError:
        # Too short to hold a key, or a point that no key has.
        raise DoesNotOpen from None
    finally:
        wipe(private)


def _private(database_key: bytes | bytearray) -> bytearray:
    return subkey(database_key, "prelogin x25519")


def _bound_to(public: bytes, vault_id: str) -> bytes:
    return binding(vault=vault_id, user=None, slot="prelogin", key=sealing_key_id(public), epoch=1, kdf=None)
