from typing import Any

import pytest

from mnclinic.security.envelope import (
    SEALED_KEY_BYTES,
    WRAPPED_KEY_BYTES,
    DoesNotOpen,
    binding,
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
