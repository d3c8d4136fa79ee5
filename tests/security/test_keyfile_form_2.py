"""The second form of the key file, and how the first becomes it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.errors import KeyFileDamaged
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_parsing import parse_key_file
from mnclinic.security.slots import (
    abandon_rotation,
    begin_rotation,
    change_password,
    make_recovery_code,
    open_signature_key,
    open_with_recovery,
    unlock,
    unlock_with_recovery_code,
)
from tests.security.builders import (
    LIND,
    MORA,
    PASSWORDS,
    FullClinic,
    document_of,
    full_clinic,
    made_clinic,
    with_right_checksum,
)
from tests.security.test_old_files import DATABASE_KEY, KEYS_FORM_1, RECOVERY_CODE

NEW = "an entirely different row of words"
OTHER_ID = "ab" * 16


@pytest.fixture(scope="module")
def rotating(full: FullClinic) -> KeyFile:
    return begin_rotation(full.keyfile, full.created.database_key)[0]


@pytest.fixture
def form_1() -> KeyFile:
    return parse_key_file(KEYS_FORM_1.read_bytes())


# --- from form 1 to form 2 ---------------------------------------------------------------------------


def test_a_file_of_form_1_becomes_form_2_at_its_next_change_and_opens_for_everybody(form_1: KeyFile) -> None:
    changed = change_password(form_1, "okafor", PASSWORDS["okafor"], NEW)
    assert json.loads(changed.canonical_bytes())["format"] == "mnclinic.keys/2"
    changed = parse_key_file(changed.canonical_bytes())
    # Nobody but their owners could have made the others' wraps anew.
    assert changed.users[0].wraps == form_1.users[0].wraps
    for user, password in {**PASSWORDS, "okafor": NEW}.items():
        assert unlock(changed, user, password).database_key.hex() == DATABASE_KEY
    assert open_with_recovery(changed, RECOVERY_CODE).hex() == DATABASE_KEY
    with open_signature_key(changed, "lind", PASSWORDS["lind"]) as key:
        assert key.public == form_1.users[0].signature.public  # type: ignore[union-attr]  # she signs


def test_a_file_of_form_1_learns_what_is_new(form_1: KeyFile) -> None:
    changed, groups = make_recovery_code(form_1, "lind", PASSWORDS["lind"])
    assert unlock_with_recovery_code(changed, "lind", " ".join(groups)).user_id == LIND
    rotating, new_key, salt = begin_rotation(form_1, bytes.fromhex(DATABASE_KEY))
    rotating = parse_key_file(rotating.canonical_bytes())
    assert unlock(rotating, "reyes", PASSWORDS["reyes"], database_salt=salt).database_key == new_key


def test_a_clinic_of_the_first_release_opens_by_its_key_file() -> None:
    old = Path(__file__).parents[1] / "old_databases" / "0001" / "clinic.keys"
    keyfile = parse_key_file(old.read_bytes())
    assert keyfile.form == 1
    assert keyfile.prelogin_public == b""


@pytest.mark.parametrize("field", ["device", "prelogin_public", "next"])
def test_form_1_has_none_of_the_fields_of_form_2(form_1: KeyFile, field: str) -> None:
    document = document_of(form_1)
    document[field] = None
    with pytest.raises(KeyFileDamaged, match="the whole file"):
        parse_key_file(with_right_checksum(document))


def test_form_1_knows_one_way_in(full: FullClinic, form_1: KeyFile) -> None:
    document = document_of(form_1)
    recovery = document_of(full.keyfile)["users"][1]["wraps"][1]
    document["users"][0]["wraps"].append({name: recovery[name] for name in document["users"][0]["wraps"][0]})
    with pytest.raises(KeyFileDamaged, match=r"users\[0\]\.wraps\[1\]\.by"):
        parse_key_file(with_right_checksum(document))


# --- the form ----------------------------------------------------------------------------------------


def test_everything_that_form_2_knows_reads_back(full: FullClinic, rotating: KeyFile) -> None:
    for keyfile in (full.keyfile, rotating):
        data = keyfile.canonical_bytes()
        assert parse_key_file(data) == keyfile
        assert parse_key_file(data).canonical_bytes() == data


def _deeper(path: str, value: object) -> Callable[[dict[str, Any]], object]:
    def forge(document: dict[str, Any]) -> None:
        *way, last = path.split(".")
        here: Any = document
        for step in way:
            here = here[int(step)] if step.isdigit() else here[step]
        here[last] = value

    return forge


def _swap_wraps(document: dict[str, Any]) -> None:
    document["users"][0]["wraps"].reverse()


def _recovery_twice(document: dict[str, Any]) -> None:
    document["users"][0]["wraps"].append(document["users"][0]["wraps"][1])


def _code_instead_of_password(document: dict[str, Any]) -> None:
    document["users"][0]["wraps"] = document["users"][0]["wraps"][1:]


def _same_salt(document: dict[str, Any]) -> None:
    document["next"]["database"] = document["database"]


def _swap_next_users(document: dict[str, Any]) -> None:
    document["next"]["users"].reverse()


def _cheap_password(document: dict[str, Any]) -> None:
    document["users"][0]["wraps"][0]["kdf"] = document["users"][0]["wraps"][1]["kdf"]


@pytest.mark.parametrize(
    ("forge", "place"),
    [
        (_deeper("device", "AB" * 16), "device"),
        (_deeper("device", True), "device"),
        (_deeper("prelogin_public", None), "prelogin_public"),
        (_deeper("prelogin_public", "ab" * 31), "prelogin_public"),
        (_deeper("users.0.wraps.0.device", False), "users[0].wraps[0].device"),
        (_deeper("users.0.wraps.1.device", OTHER_ID), "users[0].wraps[1].device"),
        (_deeper("users.0.wraps.0.temporary", None), "users[0].wraps[0].temporary"),
        (_deeper("users.0.wraps.0.temporary", 1), "users[0].wraps[0].temporary"),
        (_deeper("users.0.wraps.1.temporary", True), "users[0].wraps[1].temporary"),
        (_deeper("users.0.wraps.0.epoch", 2), "users[0].wraps[0].epoch"),
        (_deeper("users.0.wraps.0.epoch", 2**53 - 1), "users[0].wraps[0].epoch"),
        (_deeper("users.0.signature.wraps.0.epoch", 9), "users[0].signature.wraps[0].epoch"),
        (_deeper("users.0.wraps.1.kdf.id", "argon2id"), "users[0].wraps[1].kdf.id"),
        (_deeper("users.0.wraps.1.kdf.salt", ""), "users[0].wraps[1].kdf.salt"),
        (_deeper("users.0.wraps.1.kdf.lanes", 1), "users[0].wraps[1].kdf"),
        (_deeper("users.0.signature.wraps.1.factor", None), "users[0].signature.wraps: factor"),
        (_deeper("users.0.signature.wraps.0.factor", OTHER_ID), "users[0].signature.wraps: factor"),
        (_deeper("users.0.signature.wraps.0.factor", "x"), "users[0].signature.wraps[0].factor"),
        (_swap_wraps, "users[0].wraps"),
        (_recovery_twice, "users[0].wraps"),
        (_code_instead_of_password, "users[0].wraps"),
        (_cheap_password, "users[0].wraps[0].kdf"),
        (_deeper("next.epoch", 3), "next.epoch"),
        (_deeper("next.epoch", True), "next.epoch"),
        (_deeper("next.recovery", None), "next.recovery"),
        (_deeper("next.mac", "00"), "next.mac"),
        (_deeper("next.users.0.user_id", MORA), "next.users"),
        (_deeper("next.users", []), "next.users"),
        (_deeper("next.users.0.sealed", "00" * 79), "next.users[0].sealed"),
        (_deeper("next.motto", "per aspera"), "next"),
        (_same_salt, "next.database.salt"),
        (_swap_next_users, "next.users"),
    ],
)
def test_what_form_2_never_writes_is_refused_before_any_derivation(
    rotating: KeyFile, forge: Callable[[dict[str, Any]], object], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> bytearray:
        raise AssertionError("a derivation was run")

    monkeypatch.setattr("mnclinic.security.slot_locks.derive", never)
    document = document_of(rotating)
    forge(document)
    with pytest.raises(KeyFileDamaged, match="no password was judged") as caught:
        parse_key_file(with_right_checksum(document))
    assert f"“{place}”" in caught.value.sentence


def _places(inside: dict[str, Any] | list[Any]) -> Iterator[tuple[Any, Any]]:
    """Every container in the document with each key or index of it."""
    for key in inside if isinstance(inside, dict) else range(len(inside)):
        yield inside, key
        deeper = inside[key]  # type: ignore[index]  # the key is the container's own
        if isinstance(deeper, dict | list):
            yield from _places(deeper)


# --- damage and forgery ------------------------------------------------------------------------------

ROTATING = begin_rotation((MADE := full_clinic()).keyfile, MADE.created.database_key)[0].canonical_bytes()


@given(st.integers(0, len(ROTATING) - 1), st.integers(0, 7))
def test_any_flipped_bit_is_damage_before_a_password_is_judged(place: int, bit: int) -> None:
    changed = ROTATING[:place] + bytes([ROTATING[place] ^ 1 << bit]) + ROTATING[place + 1 :]
    with pytest.raises(KeyFileDamaged, match="not about your password"):
        parse_key_file(changed)


def test_a_flipped_bit_anywhere_is_damage() -> None:
    """Every byte, one bit each; the bits of a small file are all flipped in test_keyfile."""
    for place in range(0, len(ROTATING), 3):
        changed = ROTATING[:place] + bytes([ROTATING[place] ^ 1 << place % 8]) + ROTATING[place + 1 :]
        with pytest.raises(KeyFileDamaged):
            parse_key_file(changed)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=6,
    ),
    st.data(),
)
def test_no_value_in_any_place_does_more_than_refuse(value: object, data: st.DataObject) -> None:
    document: Any = json.loads(ROTATING)
    # The checks themselves are covered by no check: a wrong one is noticed by what it ought to cover.
    places = [place for place in _places(document) if place[1] not in {"checksum", "mac"}]
    here, key = places[data.draw(st.integers(0, len(places) - 1))]
    if here[key] == value and type(here[key]) is type(value):
        return
    here[key] = value
    try:
        forged = with_right_checksum(document)
    except ValueError:
        return  # a number or a lone surrogate that the canonical form has no spelling for
    try:
        keyfile = parse_key_file(forged)
    except KeyFileDamaged:
        return
    # What still reads as a key file is vouched for by nobody.
    assert not keyfile.is_vouched_for_by(MADE.created.database_key)


def test_the_old_keys_holder_and_the_new_keys_holder_each_notice_a_change(full: FullClinic) -> None:
    rotating, new_key, _ = begin_rotation(full.keyfile, full.created.database_key)
    assert rotating.is_vouched_for_by(full.created.database_key)
    assert rotating.is_vouched_for_by(new_key, epoch=2)
    assert not rotating.is_vouched_for_by(new_key)
    assert not rotating.is_vouched_for_by(full.created.database_key, epoch=2)
    changed = replace(rotating, device=None)
    assert not changed.is_vouched_for_by(full.created.database_key)
    assert not changed.is_vouched_for_by(new_key, epoch=2)
    with pytest.raises(KeyFileDamaged):
        abandon_rotation(changed, full.created.database_key)


def test_a_small_clinic_has_no_more_in_its_file_than_it_uses() -> None:
    keyfile, _ = made_clinic(recovery=False)
    document = document_of(keyfile)
    assert (document["device"], document["next"], document["recovery"]) == (None, None, None)
    assert len(document["prelogin_public"]) == 64
