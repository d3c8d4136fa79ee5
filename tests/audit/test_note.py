import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mnclinic.audit.note import NotACheckpoint, build_checkpoint, key_hash, parse_checkpoint

VAULT = "0f7f3a34-1f43-4a4e-9d3b-7a9f5f1f2c10"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
ROOT = hashlib.sha256(b"root").digest()
NOTE = build_checkpoint(VAULT, 1234, ROOT, public=PUBLIC, sign=PRIVATE.sign)


def test_a_checkpoint_is_a_signed_note_of_three_lines() -> None:
    text, signature = NOTE.decode().split("\n\n")
    assert text == f"mnclinic/{VAULT}\n1234\n{base64.b64encode(ROOT).decode()}"
    dash, name, blob = signature.removesuffix("\n").split(" ")
    assert (dash, name) == ("\u2014", f"mnclinic/{VAULT}")
    assert base64.b64decode(blob)[:4] == hashlib.sha256(f"{name}\n\x01".encode() + PUBLIC).digest()[:4]


def test_the_published_key_hash_of_the_signed_note_specification_is_met() -> None:
    # The note key of the public Go checksum database: sum.golang.org+033de0ae+...
    public = base64.b64decode("Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")[1:]
    assert key_hash("sum.golang.org", public).hex() == "033de0ae"


def test_what_was_built_is_read_back_and_its_signature_holds() -> None:
    checkpoint = parse_checkpoint(NOTE)
    assert (checkpoint.vault, checkpoint.size, checkpoint.root) == (VAULT, 1234, ROOT)
    assert checkpoint.is_signed_by(PUBLIC)
    assert not checkpoint.is_signed_by(PRIVATE.public_key().public_bytes_raw()[::-1])


def test_a_changed_size_or_root_breaks_the_signature() -> None:
    assert not parse_checkpoint(NOTE.replace(b"1234", b"1235")).is_signed_by(PUBLIC)
    other = base64.b64encode(hashlib.sha256(b"other").digest())
    assert not parse_checkpoint(NOTE.replace(base64.b64encode(ROOT), other)).is_signed_by(PUBLIC)


def test_a_line_of_an_unknown_witness_is_passed_over() -> None:
    witness = f"\u2014 witness.example {base64.b64encode(bytes(68)).decode()}\n".encode()
    checkpoint = parse_checkpoint(NOTE + witness)
    assert len(checkpoint.signatures) == 2
    assert checkpoint.is_signed_by(PUBLIC)


def _with_line(name: str, hint: bytes) -> bytes:
    """The same text with a signature of the clinic's key that holds, under this name and hint."""
    text = NOTE.partition(b"\n\n")[0] + b"\n"
    blob = base64.b64encode(hint + PRIVATE.sign(text)).decode()
    return text + f"\n\u2014 {name} {blob}\n".encode()


def test_a_signature_counts_under_the_clinics_name_and_the_hint_of_its_key_alone() -> None:
    name = f"mnclinic/{VAULT}"
    assert _with_line(name, key_hash(name, PUBLIC)) == NOTE
    for line in (("other.example", key_hash(name, PUBLIC)), (name, bytes(4))):
        assert not parse_checkpoint(_with_line(*line)).is_signed_by(PUBLIC), line


@pytest.mark.parametrize(
    "data",
    [
        b"",
        NOTE[:-1],
        NOTE[:-1] + b" ",
        NOTE.replace(base64.b64encode(ROOT), base64.b64encode(ROOT[:31])),
        NOTE.replace(base64.b64encode(ROOT), base64.b64encode(ROOT + b"0")),
        NOTE.replace(b"\n\n", b"\n"),
        NOTE.replace(b"1234", b"01234"),
        NOTE.replace(b"1234", b"-1"),
        NOTE.replace(b"1234", "١٢".encode()),
        NOTE.replace(b"mnclinic/", b"other/"),
        NOTE.replace("\u2014".encode(), b"-"),
        NOTE + b"\n",
        NOTE.replace(b"\n1234\n", b"\n1234\nextra\n"),
        NOTE + b"\xff",
    ],
)
def test_anything_else_is_not_a_checkpoint(data: bytes) -> None:
    with pytest.raises(NotACheckpoint):
        parse_checkpoint(data)


def test_impossible_parts_are_refused() -> None:
    for vault, size, root in (("clinic", 1, ROOT), (VAULT, -1, ROOT), (VAULT, 1, ROOT[:31])):
        with pytest.raises(ValueError, match="checkpoint"):
            build_checkpoint(vault, size, root, public=PUBLIC, sign=PRIVATE.sign)
