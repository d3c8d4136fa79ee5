"""Known answers that others published, each with its source: what we write and accept is what they meant.

RFC 6962 and 9162 have none of their own; those of the certificate transparency reference are in `test_tree`.
"""

import base64
import hashlib
import itertools
import json
import struct
import unicodedata

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mnclinic.audit.canonical import LARGEST_INTEGER, NotCanonical, canonical_bytes, parse_canonical
from mnclinic.audit.note import NotACheckpoint, key_hash, parse_checkpoint
from mnclinic.audit.signing import verify

# --- RFC 8032 section 7.1, Ed25519 --------------------------------------------------------------

RFC_8032 = {
    "TEST 1": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25b"
        "f5f0595bbe24655141438e7a100b",
    ),
    "TEST 2": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b"
        "2eaeb4302aeeb00d291612bb0c00",
    ),
    "TEST 3": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c"
        "15e9716ed28dc027beceea1ec40a",
    ),
    "TEST SHA(abc)": (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").digest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca"
        "179c138ac17ad9bef1177331a704",
    ),
}


@pytest.mark.parametrize("name", RFC_8032)
def test_the_vectors_of_rfc_8032_are_signed_and_verified(name: str) -> None:
    private, public, message, signature = RFC_8032[name]
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    assert key.public_key().public_bytes_raw().hex() == public
    assert key.sign(message).hex() == signature
    assert verify(bytes.fromhex(public), bytes.fromhex(signature), message)
    assert not verify(bytes.fromhex(public), bytes.fromhex(signature), message + b"\0")


# --- RFC 8785, and the test data that it names (github.com/cyberphone/json-canonicalization) ----

IN_OUR_FORM = {
    "arrays.json": ('[56, {"d": true, "10": null, "1": []}]', '[56,{"1":[],"10":null,"d":true}]'),
    "french.json": (
        '{"peach": "This sorting order", "p\u00e9ch\u00e9": "is wrong according to French", '
        '"p\u00eache": "but canonicalization MUST", "sin": "ingnore locale"}',
        '{"peach":"This sorting order","p\u00e9ch\u00e9":"is wrong according to French",'
        '"p\u00eache":"but canonicalization MUST","sin":"ingnore locale"}',
    ),
    "structures.json, 56.0 written as 56": (
        '{"1": {"f": {"f": "hi", "F": 5}, "\\n": 56}, "10": {}, "": "empty", "a": {}, "111": [{}], "A": {}}',
        '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    ),
    "values.json without its fractions": (
        '{"string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", '
        '"literals": [null, true, false]}',
        '{"literals":[null,true,false],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ),
    "weird.json without its Hebrew letter": (
        '{"\\u20ac": "Euro Sign", "1": "One", "\\u0080": "Control\\u007f", "\\ud83d\\ude02": "Smiley", '
        '"\\u00f6": "Latin Small Letter O With Diaeresis", "</script>": "Browser Challenge"}',
        '{"1":"One","</script>":"Browser Challenge","\x80":"Control\x7f",'
        '"\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign","\U0001f602":"Smiley"}',
    ),
}


@pytest.mark.parametrize("name", IN_OUR_FORM)
def test_the_test_data_of_rfc_8785_is_written_as_published(name: str) -> None:
    given, wanted = IN_OUR_FORM[name]
    assert canonical_bytes(json.loads(given)) == wanted.encode()
    assert parse_canonical(wanted.encode()) == json.loads(given)


def test_the_letter_that_rfc_8785_sorts_behind_the_smiley_is_none_of_ours() -> None:
    """U+FB33 is not in the form NFC that we ask for; the library itself puts it where the RFC has it."""
    dalet = "\ufb33"
    assert not unicodedata.is_normalized("NFC", dalet)
    assert rfc8785.dumps({dalet: 1, "\U0001f600": 2}) == f'{{"\U0001f600":2,"{dalet}":1}}'.encode()
    with pytest.raises(NotCanonical, match="NFC"):
        canonical_bytes({dalet: 1})


APPENDIX_B = """
0000000000000000 0
8000000000000000 0
0000000000000001 5e-324
8000000000000001 -5e-324
7fefffffffffffff 1.7976931348623157e+308
ffefffffffffffff -1.7976931348623157e+308
4340000000000000 9007199254740992
c340000000000000 -9007199254740992
4430000000000000 295147905179352830000
44b52d02c7e14af5 9.999999999999997e+22
44b52d02c7e14af6 1e+23
44b52d02c7e14af7 1.0000000000000001e+23
444b1ae4d6e2ef4e 999999999999999700000
444b1ae4d6e2ef4f 999999999999999900000
444b1ae4d6e2ef50 1e+21
3eb0c6f7a0b5ed8c 9.999999999999997e-7
3eb0c6f7a0b5ed8d 0.000001
41b3de4355555553 333333333.3333332
41b3de4355555554 333333333.33333325
41b3de4355555555 333333333.3333333
41b3de4355555556 333333333.3333334
41b3de4355555557 333333333.33333343
becbf647612f3696 -0.0000033333333333333333
43143ff3c1cb0959 1424953923781206.2
"""


@pytest.mark.parametrize("line", APPENDIX_B.split("\n")[1:-1])
def test_the_numbers_of_rfc_8785_appendix_b_are_the_librarys_and_no_fraction_is_ever_ours(line: str) -> None:
    bits, written = line.split()
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert rfc8785.dumps(number).decode() == written
    with pytest.raises(NotCanonical):
        canonical_bytes(number)
    is_ours = written.lstrip("-").isdigit() and abs(int(written)) <= LARGEST_INTEGER
    if is_ours:
        assert parse_canonical(written.encode()) == int(written)
    else:
        with pytest.raises(NotCanonical):
            parse_canonical(written.encode())


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_rfc_8785_section_3_2_2_3_calls_an_error_is_one(number: float) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes(number)
    with pytest.raises(NotCanonical):
        parse_canonical(json.dumps(number).encode())


# --- C2SP signed-note, and the notes of golang.org/x/mod/sumdb/note ------------------------------

VERIFIER_KEYS = {
    "sum.golang.org": "033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
    "PeterNeumann": "c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "EnochRoot": "af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
}
TEXT = (
    b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
LINES = {
    "PeterNeumann": "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJ"
    "nAM=",
    "EnochRoot": "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ"
    "=",
}


@pytest.mark.parametrize("name", VERIFIER_KEYS)
def test_the_key_ids_of_published_verifier_keys_are_computed(name: str) -> None:
    wanted, _, encoded = VERIFIER_KEYS[name].partition("+")
    key = base64.b64decode(encoded)
    assert key[:1] == b"\x01", "Ed25519"
    assert key_hash(name, key[1:]).hex() == wanted


@pytest.mark.parametrize("name", LINES)
def test_the_signatures_of_published_notes_hold_over_the_text_without_its_empty_line(name: str) -> None:
    key = base64.b64decode(VERIFIER_KEYS[name].partition("+")[2])[1:]
    blob = base64.b64decode(LINES[name])
    assert blob[:4] == key_hash(name, key)
    assert verify(key, blob[4:], TEXT)
    assert not verify(key, blob[4:], TEXT + b"\n")


def test_the_published_signing_key_makes_the_published_signature() -> None:
    """PRIVATE+KEY+PeterNeumann+c74f20a3+..., of the same tests."""
    seed = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
    made = Ed25519PrivateKey.from_private_bytes(seed).sign(TEXT)
    assert base64.b64decode(LINES["PeterNeumann"])[4:] == made


# --- C2SP tlog-checkpoint ------------------------------------------------------------------------

VAULT = "0f7f3a34-1f43-4a4e-9d3b-7a9f5f1f2c10"
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGz"
    "Gku9nTo+zyWE+xeMcTOAYQ8=\n"
)
OURS = EXAMPLE.replace("example.com/behind-the-sofa", f"mnclinic/{VAULT}")


def test_the_published_checkpoint_is_read_under_our_origin_and_refused_under_its_own() -> None:
    read = parse_checkpoint(OURS.encode())
    assert (read.size, base64.b64encode(read.root)) == (
        20852163,
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
    )
    assert read.text == OURS.partition("\n\n")[0].encode() + b"\n"
    with pytest.raises(NotACheckpoint, match="does not name a clinic's log"):
        parse_checkpoint(EXAMPLE.encode())


MALFORMED = {
    "no signature": OURS.partition("\n\n")[0] + "\n",
    "an empty line and nothing behind it": OURS.partition("\n\n")[0] + "\n\n",
    "no last line feed": OURS[:-1],
    "a control character": "\x01" + OURS,
    "a space in the key name": OURS.replace("\u2014 mnclinic/", "\u2014 Bad mnclinic/"),
    "a plus in the key name": OURS.replace("\u2014 mnclinic/", "\u2014 a+b/"),
    "a line that is no signature": OURS + "Unexpected line.\n",
    "a size with a leading zero": OURS.replace("20852163", "020852163"),
    "an empty root": OURS.replace("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", ""),
    "a root of 31 bytes": OURS.replace("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "A" * 41 + "E=="),
    "a signature without its key id": OURS.replace("Az3grlgt", ""),
    "a hyphen for the dash": OURS.replace("\u2014", "-"),
    "carriage returns": OURS.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_the_specifications_call_malformed_is_no_checkpoint(name: str) -> None:
    with pytest.raises(NotACheckpoint):
        parse_checkpoint(MALFORMED[name].encode())
    with pytest.raises(NotACheckpoint):
        parse_checkpoint(b"\xff" + OURS.encode())


def test_sixteen_signatures_are_accepted_as_the_specification_asks() -> None:
    line = OURS.partition("\n\n")[2]
    others = "".join(line.replace(f"mnclinic/{VAULT}", f"witness-{number}") for number in range(15))
    assert len(parse_checkpoint((OURS + others).encode()).signatures) == 16


def test_a_published_note_with_any_bit_changed_is_refused_or_does_not_verify() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(RFC_8032["TEST 1"][0]))
    public = key.public_key().public_bytes_raw()
    head = OURS.partition("\n\n")[0].encode() + b"\n"
    blob = base64.b64encode(key_hash(f"mnclinic/{VAULT}", public) + key.sign(head)).decode()
    note = head + f"\n\u2014 mnclinic/{VAULT} {blob}\n".encode()
    assert parse_checkpoint(note).is_signed_by(public)
    for at, bit in itertools.product(range(len(note)), range(8)):
        changed = note[:at] + bytes([note[at] ^ 1 << bit]) + note[at + 1 :]
        try:
            assert not parse_checkpoint(changed).is_signed_by(public)
        except NotACheckpoint:
            continue
