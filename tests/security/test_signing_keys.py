import copy
import json
import pickle

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mnclinic.errors import DatabaseDamaged, NewerFormat
from mnclinic.security.signing_keys import (
    InstallationKey,
    SessionKey,
    SignatureKey,
    key_id,
    new_installation_key,
    sealing_key_id,
    unwrap_installation_key,
)
from tests.security.builders import OTHER_VAULT, VAULT

DATABASE_KEY = bytes(range(32))


def _sha256(data: bytes) -> str:
    digest = Hash(SHA256())
    digest.update(data)
    return digest.finalize().hex()


def test_a_key_id_is_the_sha256_of_the_spki() -> None:
    signing, sealing = Ed25519PrivateKey.generate().public_key(), X25519PrivateKey.generate().public_key()
    der, spki = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    assert key_id(signing.public_bytes_raw()) == _sha256(signing.public_bytes(der, spki))
    assert sealing_key_id(sealing.public_bytes_raw()) == _sha256(sealing.public_bytes(der, spki))


def test_signatures_are_those_of_rfc_8032() -> None:
    # RFC 8032, section 7.1, test 2.
    private = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    key = SessionKey(private)
    assert key.public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert key.sign(b"\x72").hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


@pytest.mark.parametrize("kind", [SessionKey, SignatureKey, InstallationKey])
def test_a_key_shows_and_copies_no_private_half(kind: type[SessionKey]) -> None:
    private = bytes(range(32))
    key = kind(private)
    assert private.hex() not in repr(key)
    assert repr(private)[2:-1] not in repr(key)
    for copied in (copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            copied(key)


def test_the_installation_key_opens_with_the_database_key() -> None:
    key, stored = new_installation_key(DATABASE_KEY, vault_id=VAULT, epoch=1)
    opened = unwrap_installation_key(stored, DATABASE_KEY, vault_id=VAULT)
    assert opened.key_id == key.key_id
    Ed25519PublicKey.from_public_bytes(key.public).verify(opened.sign(b"checkpoint"), b"checkpoint")
    assert json.loads(stored)["format"] == "mnclinic.installation-key/1"


def test_the_installation_key_opens_with_nothing_else() -> None:
    _, stored = new_installation_key(DATABASE_KEY, vault_id=VAULT, epoch=1)
    with pytest.raises(DatabaseDamaged):
        unwrap_installation_key(stored, bytes(32), vault_id=VAULT)
    with pytest.raises(DatabaseDamaged):
        unwrap_installation_key(stored, DATABASE_KEY, vault_id=OTHER_VAULT)


@pytest.mark.parametrize(
    "change",
    [
        {"epoch": 2},
        {"epoch": 2**60},
        {"epoch": None},
        {"key": "0" * 64},
        {"key": 1.5},
        {"private": "00"},
        {"private": "x"},
    ],
)
def test_a_changed_installation_key_is_damage(change: dict[str, object]) -> None:
    _, stored = new_installation_key(DATABASE_KEY, vault_id=VAULT, epoch=1)
    changed = json.dumps({**json.loads(stored), **change}).encode()
    with pytest.raises(DatabaseDamaged):
        unwrap_installation_key(changed, DATABASE_KEY, vault_id=VAULT)


@pytest.mark.parametrize("stored", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 200_000])
def test_nonsense_in_its_place_is_damage(stored: bytes) -> None:
    with pytest.raises(DatabaseDamaged):
        unwrap_installation_key(stored, DATABASE_KEY, vault_id=VAULT)


def test_a_newer_installation_key_is_named() -> None:
    _, stored = new_installation_key(DATABASE_KEY, vault_id=VAULT, epoch=1)
    newer = stored.replace(b"installation-key/1", b"installation-key/2")
    with pytest.raises(NewerFormat, match=r"installation-key/2.*installation-key/1"):
        unwrap_installation_key(newer, DATABASE_KEY, vault_id=VAULT)
