"""The key file on a stick: who it belongs to, and what is said when it does not do."""

import errno
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.errors import (
    ClinicError,
    DiskFull,
    FolderNotWritable,
    InvalidInput,
    NewerFormat,
    StoreUnavailable,
)
from mnclinic.security.factor import Factor, make_factor, read_factor, write_factor
from tests.security.builders import LIND, OTHER_VAULT, REYES, VAULT, with_right_checksum

WRITTEN = Factor(VAULT, LIND, bytes(range(32)))


def _read(path: Path, data: bytes) -> Factor:
    path.write_bytes(data)
    return read_factor(path, vault_id=VAULT, user_id=LIND)


def test_a_key_file_reads_back_as_written(tmp_path: Path) -> None:
    made = make_factor(VAULT, LIND)
    path = tmp_path / made.file_name
    write_factor(path, made)
    assert read_factor(path, vault_id=VAULT, user_id=LIND) == made
    assert len(made.secret) == 32
    assert made.secret != make_factor(VAULT, LIND).secret
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_of_form_1_stays_readable(tmp_path: Path) -> None:
    # If this test has to change, sticks stopped working.
    data = (
        b'{"checksum":"'
        b'7b55b9da6efabdf86261e0b0783e91257c77b0fa80c8cb49eadfb24ea436966c","format":"mnclinic.factor/1","id":"0be57e1c7f444dfc40ca71c2840f3cef",'
        b'"secret":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",'
        b'"user_id":"11111111-1111-4111-8111-111111111111","vault":"0b7f1c2e-5d7a-4c59-9f5e-3f1f0c1d2e3a"}'
    )
    assert WRITTEN.canonical_bytes() == data
    assert _read(tmp_path / "stick", data).secret == bytes(range(32))


def test_the_name_of_the_secret_and_its_repr_say_nothing_about_it() -> None:
    assert WRITTEN.secret.hex() not in repr(WRITTEN)
    assert WRITTEN.id not in WRITTEN.secret.hex()
    assert LIND not in WRITTEN.file_name


def test_another_persons_and_another_clinics_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "stick"
    write_factor(path, WRITTEN)
    with pytest.raises(InvalidInput, match="belongs to another person"):
        read_factor(path, vault_id=VAULT, user_id=REYES)
    with pytest.raises(InvalidInput, match="belongs to another clinic"):
        read_factor(path, vault_id=OTHER_VAULT, user_id=LIND)


def test_any_flipped_bit_is_damage(tmp_path: Path) -> None:
    data = WRITTEN.canonical_bytes()
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]
        with pytest.raises(InvalidInput, match="not a key file for signing"):
            _read(tmp_path / "stick", changed)


@pytest.mark.parametrize(
    "change",
    [
        {"secret": "00" * 31},
        {"secret": "AB" * 32},
        {"secret": 7},
        {"secret": "00" * 32},
        {"id": "00" * 16},
        {"vault": "clinic"},
        {"user_id": None},
        {"format": "mnclinic.factor/0"},
        {"format": 1},
        {"motto": "per aspera"},
    ],
)
def test_a_file_of_another_shape_is_refused_though_its_checksum_is_right(
    tmp_path: Path, change: dict[str, object]
) -> None:
    document = {**json.loads(WRITTEN.canonical_bytes()), **change}
    with pytest.raises(InvalidInput, match="not a key file for signing"):
        _read(tmp_path / "stick", with_right_checksum(document))


def test_a_newer_form_is_named(tmp_path: Path) -> None:
    document = {**json.loads(WRITTEN.canonical_bytes()), "format": "mnclinic.factor/2", "more": True}
    with pytest.raises(NewerFormat, match=r"mnclinic\.factor/2.*mnclinic\.factor/1"):
        _read(tmp_path / "stick", with_right_checksum(document))


@given(st.binary(max_size=5000))
def test_any_bytes_are_refused_with_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    with pytest.raises(ClinicError):
        _read(tmp_path_factory.getbasetemp() / "any", data)


def test_a_deep_file_is_no_crash(tmp_path: Path) -> None:
    for data in (b"[" * 4000, b'{"format":' * 400, b"{}", b"null", b"\xff", b'{"checksum":"","format":""}'):
        with pytest.raises(InvalidInput):
            _read(tmp_path / "stick", data)


def test_a_stick_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="Plug in the stick"):
        read_factor(tmp_path / "nowhere", vault_id=VAULT, user_id=LIND)
    with pytest.raises(StoreUnavailable, match="cannot be read"):
        read_factor(tmp_path, vault_id=VAULT, user_id=LIND)


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "stick"
    path.write_text("holiday pictures")
    with pytest.raises(InvalidInput, match="was not overwritten"):
        write_factor(path, WRITTEN)
    assert path.read_text() == "holiday pictures"
    with pytest.raises(FolderNotWritable):
        write_factor(tmp_path / "nowhere" / "stick", WRITTEN)


@pytest.mark.parametrize(
    ("code", "known"),
    [(errno.ENOSPC, DiskFull), (errno.EROFS, FolderNotWritable), (errno.EIO, StoreUnavailable)],
)
def test_a_stick_in_trouble_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, known: type[ClinicError]
) -> None:
    def failing(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(known):
        write_factor(tmp_path / "stick", WRITTEN)
    assert list(tmp_path.iterdir()) == []


def test_the_ids_in_a_key_file_are_uuids() -> None:
    for vault, user in (("clinic", LIND), (VAULT, "lind")):
        with pytest.raises(ValueError, match="uuids"):
            make_factor(vault, user)
