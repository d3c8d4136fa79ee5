from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.security.envelope import (
    SEALED_KEY_BYTES,
    WRAPPED_KEY_BYTES,
    DoesNotOpen,
    binding,
    canonical_json,
    seal,
    sealing_public,
    subkey,
    unseal,
    unwrap,
    wipe,
    wrap,
)

KEY, PRIVATE, SECRET = b"k" * 32, b"p" * 32, b"s" * 32
HERE: dict[str, Any] = {
    "vault": "v",
    "user": "u",
    "slot": "session",
    "key": "k",
    "epoch": 1,
    "kdf": {"id": "argon2id", "iterations": 2},
    "by": "password",
}
ELSEWHERE: dict[str, Any] = {
    "vault": "w",
    "user": None,
    "slot": "vault",
    "key": "l",
    "epoch": 2,
    "kdf": {"id": "argon2id", "iterations": 3},
    "by": None,
}


def test_what_is_locked_opens_again() -> None:
    bound_to = binding(**HERE)
    assert unwrap(KEY, wrap(KEY, SECRET, bound_to), bound_to) == SECRET
    assert unseal(PRIVATE, seal(sealing_public(PRIVATE), SECRET, bound_to), bound_to) == SECRET


@pytest.mark.parametrize("what", list(HERE))
def test_nothing_opens_anywhere_but_where_it_was_put(what: str) -> None:
    bound_to, moved = binding(**HERE), binding(**{**HERE, what: ELSEWHERE[what]})
    with pytest.raises(DoesNotOpen):
        unwrap(KEY, wrap(KEY, SECRET, bound_to), moved)
    with pytest.raises(DoesNotOpen):
        unseal(PRIVATE, seal(sealing_public(PRIVATE), SECRET, bound_to), moved)


def test_another_key_opens_nothing() -> None:
    bound_to = binding(**HERE)
    with pytest.raises(DoesNotOpen):
        unwrap(b"q" * 32, wrap(KEY, SECRET, bound_to), bound_to)
    with pytest.raises(DoesNotOpen):
        unseal(b"q" * 32, seal(sealing_public(PRIVATE), SECRET, bound_to), bound_to)


def test_every_changed_byte_keeps_it_shut() -> None:
    bound_to = binding(**HERE)
    wrapped, sealed = wrap(KEY, SECRET, bound_to), seal(sealing_public(PRIVATE), SECRET, bound_to)
    for place in range(len(wrapped)):
        with pytest.raises(DoesNotOpen):
            unwrap(KEY, _flipped(wrapped, place), bound_to)
    for place in range(len(sealed)):
        with pytest.raises(DoesNotOpen):
            unseal(PRIVATE, _flipped(sealed, place), bound_to)
    with pytest.raises(DoesNotOpen):  # a point of low order, which makes the shared secret known
        unseal(PRIVATE, bytes(32) + sealed[32:], bound_to)


def test_locking_twice_never_looks_alike() -> None:
    bound_to = binding(**HERE)
    assert wrap(KEY, SECRET, bound_to) != wrap(KEY, SECRET, bound_to)
    assert len(wrap(KEY, SECRET, bound_to)) == WRAPPED_KEY_BYTES
    assert len(seal(sealing_public(PRIVATE), SECRET, bound_to)) == SEALED_KEY_BYTES


def test_a_subkey_serves_one_purpose() -> None:
    assert subkey(SECRET, "vault wrap") == subkey(bytearray(SECRET), "vault wrap")
    assert subkey(SECRET, "vault wrap") != subkey(SECRET, "session wrap")


def test_wiping_overwrites_in_place() -> None:
    secret = bytearray(SECRET)
    wipe(secret)
    assert secret == bytes(32)


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


LARGEST = 2**53 - 1
TEXTS = st.text('abz09 "\\/\b\n\x00\x1f\x7fé\u2028ﬀ\U0001f600', max_size=4)
ASCII = st.text('abz09 "\\/\b\n\x00\x1f\x7f', max_size=4)
PLAIN = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | ASCII
ODD = PLAIN | st.floats(allow_nan=False, allow_infinity=False) | TEXTS


@given(
    st.dictionaries(ASCII, PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(ASCII, PLAIN, max_size=3))
    | st.dictionaries(TEXTS, ODD | st.lists(ODD, max_size=3) | st.dictionaries(TEXTS, ODD, max_size=3))
)
def test_a_document_is_spelled_as_rfc_8785_has_it(document: dict[str, Any]) -> None:
    assert canonical_json(document) == rfc8785.dumps(document)


@pytest.mark.parametrize(
    "value", [1.0, 1e21, -0.0, 0.1, '\x7f\x1f"\\/\b', "é", True, LARGEST, [{"b": 1, "a": 2}]]
)
def test_what_a_library_could_spell_in_another_way_is_spelled_as_rfc_8785_has_it(value: object) -> None:
    document: dict[str, Any] = {"one": value, "another": [value], "ﬀ": 1, "\U0001f600": 2}
    assert canonical_json(document) == rfc8785.dumps(document)
    backwards: dict[str, Any] = {"z": value, "a": value}
    assert canonical_json(backwards) == rfc8785.dumps(backwards)


def test_a_number_that_rfc_8785_lacks_is_refused() -> None:
    for number in (LARGEST + 1, -LARGEST - 1, float("nan")):
        with pytest.raises(rfc8785.CanonicalizationError):
            canonical_json({"a": [number]})
