"""Signed bytes, key forms and SSHSIG; stock tools confirm them where they exist."""

import base64
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mnclinic.audit.canonical import parse_canonical
from mnclinic.audit.signing import (
    Signer,
    TreeHead,
    allowed_signers_line,
    approval_record,
    decode_base64,
    entry_signing_bytes,
    is_usable_public_key,
    key_id,
    key_signing_bytes,
    public_key_of_pem,
    public_key_pem,
    record_signing_bytes,
    signature_record,
    sshsig,
    verify,
    verify_sshsig,
    vouch_signing_bytes,
)

UUID = "0f7f3a34-1f43-4a4e-9d3b-7a9f5f1f2c10"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
SIGNER = Signer(staff=UUID, name="Ines Okafor", credential="MD", licence="TX-1", key=key_id(PUBLIC))


def test_rfc_8032_test_2_is_verified_and_its_neighbours_are_not() -> None:
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verify(public, signature, b"\x72")
    assert not verify(public, signature, b"\x73")
    assert not verify(public, bytes([signature[0] ^ 1]) + signature[1:], b"\x72")
    assert not verify(public, signature[:63], b"\x72")
    assert not verify(public[:31], signature, b"\x72")


def test_each_kind_of_message_has_its_own_prefix() -> None:
    made = [
        entry_signing_bytes(b"x"),
        record_signing_bytes(b"x"),
        key_signing_bytes(b"x"),
        vouch_signing_bytes(b"x"),
    ]
    assert made == [b"MNLOG1\nx", b"MNSIGN1\nx", b"MNKEY1\nx", b"MNVOUCH1\nx"]


def test_key_id_and_pem_are_those_of_the_spki() -> None:
    import hashlib

    spki = PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pem = PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert key_id(PUBLIC) == hashlib.sha256(spki).hexdigest()
    assert public_key_pem(PUBLIC) == pem
    assert public_key_of_pem(pem) == PUBLIC
    for wrong in (pem[:-1], pem + b"\n", pem.replace(b"PUBLIC", b"PUBLIK", 1), b"", pem.replace(b"M", b"N")):
        assert public_key_of_pem(wrong) is None


def test_keys_under_which_anything_verifies_are_not_usable() -> None:
    assert is_usable_public_key(PUBLIC)
    assert not is_usable_public_key(PUBLIC[:31])
    field = 2**255 - 19
    for y in (0, 1, field - 1, field, field + 1, 2**255 - 1):
        for sign in (0, 1 << 255):
            assert not is_usable_public_key((y | sign).to_bytes(32, "little"))
    for eighth in (
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    ):
        assert not is_usable_public_key(bytes.fromhex(eighth))


def test_base64_has_one_encoding() -> None:
    assert decode_base64("YQ==") == b"a"
    for text in ("YQ", "YQ=", "YR==", "Y Q==", "YQ==\n", "é", "YQ==="):
        assert decode_base64(text) is None


def a_signature_record(**changes: object) -> bytes:
    parts: dict[str, object] = {
        "vault": UUID,
        "visit": UUID,
        "number": "V-000123",
        "revision": 1,
        "record_sha256": "a" * 64,
        "meaning": "approved",
        "statement": "I approve.",
        "signer": SIGNER,
        "signed_at": "2026-11-23T14:05:02.123Z",
        "utc_offset": "-06:00",
        "tree": TreeHead(3, "b" * 64),
        "shown": "window",
        "factors": ["password"],
        "nonce": "c" * 32,
    }
    return signature_record(**(parts | changes))  # type: ignore[arg-type]


def test_a_signature_record_is_canonical_and_says_who_what_and_under_which_head() -> None:
    record = parse_canonical(a_signature_record(reason="first"))
    assert isinstance(record, dict)
    assert record["format"] == "mnclinic.signature/1"
    assert record["signer"]["licence"] == "TX-1"
    assert record["tree"] == {"root": "b" * 64, "size": 3}
    assert record["reason"] == "first"


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("meaning", "liked"),
        ("shown", "telephone"),
        ("record_sha256", "A" * 64),
        ("signed_at", "2026-11-23T14:05:02Z"),
        ("utc_offset", "CST"),
        ("nonce", "c"),
        ("revision", True),
    ],
)
def test_a_part_that_does_not_fit_is_never_signed(part: str, value: object) -> None:
    with pytest.raises(ValueError, match=part):
        a_signature_record(**{part: value})


def test_an_approval_names_the_document_and_its_hash() -> None:
    record = json.loads(
        approval_record(
            vault=UUID,
            document="protocol",
            id="face",
            version=2,
            sha256="d" * 64,
            statement="In force.",
            signer=SIGNER,
            signed_at="2026-11-23T14:05:02.123Z",
            utc_offset="-06:00",
            tree=TreeHead(0, "b" * 64),
            shown="set_up",
            factors=["password"],
            nonce="c" * 32,
        )
    )
    assert (record["document"], record["id"], record["version"], record["sha256"]) == (
        "protocol",
        "face",
        2,
        "d" * 64,
    )


def test_an_sshsig_holds_for_its_message_and_key_alone() -> None:
    armoured = sshsig(b"message", PUBLIC, PRIVATE.sign)
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    assert verify_sshsig(armoured, b"message", PUBLIC)
    assert not verify_sshsig(armoured, b"massage", PUBLIC)
    assert not verify_sshsig(armoured, b"message", other)
    for position in range(0, len(armoured), 7):
        changed = bytearray(armoured)
        changed[position] ^= 1
        assert not verify_sshsig(bytes(changed), b"message", PUBLIC)
    for wrong in (b"", b"\n", armoured[:-1], armoured + b"\n"):
        assert not verify_sshsig(wrong, b"message", PUBLIC)


def test_the_sshsig_blob_has_the_published_layout() -> None:
    armoured = sshsig(b"message", PUBLIC, PRIVATE.sign)
    blob = base64.b64decode(b"".join(armoured.split(b"\n")[1:-2]))
    assert blob.startswith(
        b"SSHSIG\x00\x00\x00\x01\x00\x00\x00\x33\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x20"
    )
    assert b"\x00\x00\x00\x0fmnclinic-bundle\x00\x00\x00\x00\x00\x00\x00\x06sha512" in blob
    assert all(len(line) <= 76 for line in armoured.split(b"\n"))


def test_ssh_keygen_accepts_the_seal(tmp_path: Path) -> None:
    tool = shutil.which("ssh-keygen")
    (tmp_path / "signers").write_bytes(allowed_signers_line(PUBLIC, "installation"))
    (tmp_path / "sig").write_bytes(sshsig(b"message", PUBLIC, PRIVATE.sign))
    if tool is None:  # the layout and the signature are held by the tests above
        assert verify_sshsig((tmp_path / "sig").read_bytes(), b"message", PUBLIC)
        return
    command = [
        tool,
        "-Y",
        "verify",
        "-f",
        "signers",
        "-I",
        "installation",
        "-n",
        "mnclinic-bundle",
        "-s",
        "sig",
    ]
    for message, status in ((b"message", 0), (b"massage", 255)):
        done = subprocess.run(  # noqa: S603 - a stock tool with fixed arguments and no shell
            command, cwd=tmp_path, input=message, capture_output=True, check=False
        )
        assert done.returncode == status, done.stderr
