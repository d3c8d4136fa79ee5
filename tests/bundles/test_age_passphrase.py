"""An age file is opened by its passphrase as the library that wrote it would, on any computer."""

import os

import pyrage
import pytest

from mnclinic.bundles.age_passphrase import WrongPassphrase, open_by_passphrase
from mnclinic.bundles.encryption import encrypt, opened
from tests.faults.light_locks import locked_lightly, the_library

PASSPHRASE = "eight words that nobody else has typed here"
CHUNK = 64 * 1024
LEAST_WORK = 14
"""As a power of two: what a second is on a computer that is slow, or has much else to do."""


@pytest.fixture(scope="module")
def sealed() -> bytes:
    """A file of two whole chunks and a part, as the program has it locked by the library."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyrage.passphrase, "encrypt", the_library)
        return encrypt(content(), passphrase=PASSPHRASE)


@pytest.fixture(scope="module")
def light() -> bytes:
    """The same with little work in it, in a form that the library opens."""
    return locked_lightly(content(), PASSPHRASE)


def content() -> bytes:
    return bytes(range(256)) * (2 * CHUNK // 256) + b"the end"


def test_what_the_library_sealed_is_opened(sealed: bytes) -> None:
    assert open_by_passphrase(sealed, PASSPHRASE) == content()


def test_the_program_locks_a_bundle_with_the_library(sealed: bytes) -> None:
    work = int(sealed.split(b" ", 3)[3].split(b"\n")[0])
    assert work >= LEAST_WORK
    assert opened(sealed, passphrase=PASSPHRASE, identity=None) == content()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_a_file_of_any_size_that_the_library_opens_is_opened(size: int) -> None:
    plain = os.urandom(size)
    sealed = locked_lightly(plain, PASSPHRASE)
    assert pyrage.passphrase.decrypt(sealed, PASSPHRASE) == plain
    assert open_by_passphrase(sealed, PASSPHRASE) == plain


def test_another_passphrase_does_not_open_it(light: bytes) -> None:
    with pytest.raises(WrongPassphrase):
        open_by_passphrase(light, PASSPHRASE + " ")


def test_a_head_that_was_touched_is_not_believed(sealed: bytes) -> None:
    at = sealed.index(b"--- ") + 5
    touched = sealed[:at] + (b"A" if sealed[at : at + 1] != b"A" else b"B") + sealed[at + 1 :]
    with pytest.raises(WrongPassphrase):
        open_by_passphrase(touched, PASSPHRASE)


def test_a_file_cut_short_or_changed_behind_its_head_is_damaged(sealed: bytes) -> None:
    begin = sealed.index(b"\n", sealed.index(b"--- ")) + 1
    places = {"a byte": sealed[:-3] + bytes([sealed[-3] ^ 1]) + sealed[-2:]}
    places["the last chunk"] = sealed[: begin + 16 + 2 * (CHUNK + 16)]
    places["everything behind the head"] = sealed[:begin]
    places["a second end"] = sealed + sealed[-23:]
    for name, damaged in places.items():
        assert open_by_passphrase(damaged, PASSPHRASE) is None, name


def test_work_beyond_reason_is_not_begun(sealed: bytes) -> None:
    salt = sealed.split(b" ", 3)[2][:22]
    body, mac = b"A" * 43, b"B" * 43
    absurd = b"age-encryption.org/v1\n-> scrypt " + salt + b" 40\n" + body + b"\n--- " + mac + b"\n"
    assert open_by_passphrase(absurd, PASSPHRASE) is None
