import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.audit.canonical import (
    LARGEST_INTEGER,
    NotCanonical,
    canonical_bytes,
    parse_canonical,
    parse_document,
    salted_digest,
    sha256_hex,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: __import__("unicodedata").normalize("NFC", text)
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_by_utf16_units_as_rfc_8785_section_3_2_3_shows() -> None:
    value = {"\u20ac": 1, "\r": 2, "1": 4, "\U0001f600": 5, "\x80": 6, "\u00f6": 7}
    assert list(json.loads(canonical_bytes(value))) == ["\r", "1", "\x80", "\u00f6", "\u20ac", "\U0001f600"]


def test_the_private_use_area_sorts_behind_astral_characters() -> None:
    assert canonical_bytes({"\ue000": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ue000":1}'.encode()


@given(VALUES | st.text(st.characters(max_codepoint=0x7F)))
def test_whoever_spells_it_the_bytes_are_those_of_the_standards_own_library(value: object) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_every_ascii_character_is_spelled_alike_in_a_key_and_in_a_text() -> None:
    for code in range(0x80):
        value: dict[str, Any] = {chr(code): chr(code), f"a{chr(code)}": [code, -code], "a": True}
        assert canonical_bytes(value) == rfc8785.dumps(value)


def test_escapes_are_the_shortest_ones() -> None:
    assert canonical_bytes('\u20ac$\x0f\nA\'B"\\\\"/') == b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1.5, "float"),
        (float("nan"), "float"),
        ({"a": [0.0]}, r"\$\.a\[0\]"),
        (LARGEST_INTEGER + 1, "too large"),
        (-LARGEST_INTEGER - 1, "too large"),
        ("e\u0301", "NFC"),
        ({"e\u0301": 1}, "NFC"),
        ("half \ud800", "half a character"),
        ({1: "a"}, "key is not text"),
        (b"bytes", "bytes"),
        ({"a": {1, 2}}, "set"),
    ],
)
def test_a_defect_is_refused_before_it_can_be_signed(value: object, why: str) -> None:
    with pytest.raises(NotCanonical, match=why):
        canonical_bytes(value)


def test_endless_nesting_is_refused_in_both_directions() -> None:
    deep: object = []
    for _ in range(70):
        deep = [deep]
    with pytest.raises(NotCanonical, match="deeply"):
        canonical_bytes(deep)
    with pytest.raises(NotCanonical, match="deeply"):
        parse_canonical(b"[" * 100_000 + b"]" * 100_000)


@given(VALUES)
def test_every_lawful_value_comes_back_from_its_bytes(value: object) -> None:
    assert parse_canonical(canonical_bytes(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'{"a":1}\n',
        b'\xef\xbb\xbf{"a":1}',
        b'"\\u0041"',
        b"1.0",
        b"1e2",
        b"-0",
        b"NaN",
        b"9007199254740993",
        b"1" * 5000,
        b'"\\ud800"',
        b'"e\xcc\x81"',
        b'"\xff"',
        b"",
        b"{",
    ],
)
def test_bytes_in_any_other_form_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_canonical(data)


def test_a_document_has_exactly_its_keys() -> None:
    wanted = {"a": int, "b": [(None, "x")]}
    assert parse_document(b'{"a":1,"b":[null,"x"]}', wanted) == {"a": 1, "b": [None, "x"]}
    for data, place in (
        (b'{"a":true,"b":[]}', "a does"),
        (b'{"a":1,"b":["y"]}', r"b\[0\]"),
        (b'{"a":1}', "b does"),
        (b'{"a":1,"b":[],"c":1}', "c does"),
        (b"[]", "the document"),
    ):
        with pytest.raises(NotCanonical, match=place):
            parse_document(data, wanted)


def test_the_message_of_a_defect_never_repeats_the_value() -> None:
    with pytest.raises(NotCanonical) as caught:
        canonical_bytes({"name": "Zo\u0065\u0308 Quimby"})
    assert "Quimby" not in str(caught.value)


def test_digests_are_those_of_sha_256() -> None:
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert salted_digest(b"a", b"bc") == sha256_hex(b"abc")
