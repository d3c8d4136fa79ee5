import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mnclinic.errors import InvalidInput, KeyFileDamaged, NotPermitted, WrongCredentials
from mnclinic.security import slot_locks
from mnclinic.security.envelope import DoesNotOpen, binding, subkey, unwrap
from mnclinic.security.kdf import FLOOR_COST, Kdf, KdfCost, derive
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_parsing import parse_key_file
from mnclinic.security.recovery_code import read_recovery_code, recovery_code
from mnclinic.security.signing_keys import SessionKey, SignatureKey, key_id
from mnclinic.security.slots import (
    CreatedKeys,
    NewUser,
    add_user,
    change_password,
    create_keys,
    enrol_signature_key,
    open_signature_key,
    open_with_recovery,
    reset_password,
    take_keys_over,
    unlock,
)
from tests.security.builders import (
    LIND,
    MORA,
    OTHER_VAULT,
    PASSWORDS,
    REYES,
    VAULT,
    document_of,
    made_clinic,
    with_right_checksum,
)

NEW = "an entirely different row of words"
GIVEN = "words that somebody else has chosen"


def _verified(public: bytes, signature: bytes, message: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(public).verify(signature, message)


# --- logging in --------------------------------------------------------------------------------------


def test_every_user_opens_the_same_database_key(keyfile: KeyFile, created: CreatedKeys) -> None:
    for user, password in PASSWORDS.items():
        opened = unlock(keyfile, user, password)
        assert opened.database_key == created.database_key
        assert len(opened.database_key) == 32
        assert opened.database_salt == keyfile.database_salt
        assert opened.user == user
        assert opened.epoch == 1
    assert unlock(keyfile, "LIND ", PASSWORDS["lind"]).user_id == LIND


def test_the_session_key_signs_as_its_user(keyfile: KeyFile, created: CreatedKeys) -> None:
    opened = unlock(keyfile, "reyes", PASSWORDS["reyes"])
    slot = keyfile.slot_of("reyes")
    assert slot is not None
    assert opened.session.public == slot.session_public == created.users[1].session.public
    assert opened.session.key_id == key_id(slot.session_public)
    _verified(slot.session_public, opened.session.sign(b"entry"), b"entry")


@pytest.mark.parametrize(
    "password", ["", "seven quiet harbours at dusk", "SEVEN QUIET HARBOURS AT DAWN", "\ud800"]
)
def test_a_wrong_password_opens_nothing(keyfile: KeyFile, password: str) -> None:
    with pytest.raises(WrongCredentials):
        unlock(keyfile, "lind", password)


def test_an_unknown_user_gets_the_same_answer_at_the_same_cost(
    keyfile: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[KdfCost] = []

    def counted(password: str, how: Kdf) -> bytearray:
        run.append(how.cost)
        return derive(password, how)

    monkeypatch.setattr(slot_locks, "derive", counted)
    answers = []
    for user in ("lind", "nobody"):
        with pytest.raises(WrongCredentials) as caught:
            unlock(keyfile, user, "not the password")
        answers.append(caught.value.sentence)
        with pytest.raises(WrongCredentials) as caught, open_signature_key(keyfile, user, "not the password"):
            pytest.fail("it opened")
        answers.append(caught.value.sentence)
    assert len(set(answers)) == 1
    assert run == [FLOOR_COST] * 4


def test_one_users_password_is_no_use_for_another(keyfile: KeyFile) -> None:
    with pytest.raises(WrongCredentials):
        unlock(keyfile, "lind", PASSWORDS["reyes"])


def test_forgetting_leaves_no_key_behind(keyfile: KeyFile) -> None:
    opened = unlock(keyfile, "lind", PASSWORDS["lind"])
    held = opened.database_key
    opened.forget()
    assert held == b""
    with pytest.raises(RuntimeError, match="forgotten"):
        opened.session.sign(b"entry")
    with pytest.raises(ValueError, match="32 bytes"):
        add_user(keyfile, opened, NewUser("mora", MORA, NEW, signature=False))


def test_set_up_forgets_everything_it_held() -> None:
    _, held = made_clinic()
    database_key = held.database_key
    held.forget()
    assert database_key == b""
    assert held.recovery_groups is None
    for keys in held.users:
        for key in (keys.session, keys.signature):
            if key is not None:
                with pytest.raises(RuntimeError, match="forgotten"):
                    key.sign(b"")


def test_the_keys_that_set_up_holds_are_the_ones_it_stored(keyfile: KeyFile, created: CreatedKeys) -> None:
    for slot, keys in zip(keyfile.users, created.users, strict=True):
        assert (keys.user, keys.user_id) == (slot.user, slot.user_id)
        assert keys.session.public == slot.session_public
        assert (keys.signature is None) == (slot.signature is None)
        if keys.signature is not None and slot.signature is not None:
            assert keys.signature.public == slot.signature.public


# --- signing -----------------------------------------------------------------------------------------


def test_the_signature_key_opens_for_one_act_only(keyfile: KeyFile, created: CreatedKeys) -> None:
    with open_signature_key(keyfile, "lind", PASSWORDS["lind"]) as key:
        signature = key.sign(b"visit")
    slot = keyfile.slot_of("lind")
    assert slot is not None
    assert slot.signature is not None
    _verified(slot.signature.public, signature, b"visit")
    assert key.key_id != unlock(keyfile, "lind", PASSWORDS["lind"]).session.key_id
    with pytest.raises(RuntimeError, match="forgotten"):
        key.sign(b"another visit")


def test_the_signature_key_is_forgotten_when_the_act_fails(keyfile: KeyFile) -> None:
    held: list[SignatureKey] = []

    def failing_act() -> None:
        with open_signature_key(keyfile, "lind", PASSWORDS["lind"]) as key:
            held.append(key)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing_act()
    with pytest.raises(RuntimeError, match="forgotten"):
        held[0].sign(b"visit")


def test_who_has_no_signature_key_cannot_sign(keyfile: KeyFile) -> None:
    with (
        pytest.raises(NotPermitted, match="no signing key for okafor"),
        open_signature_key(keyfile, "okafor", PASSWORDS["okafor"]),
    ):
        pytest.fail("it opened")


def test_nothing_but_her_own_password_leads_to_the_directors_signature_key(
    keyfile: KeyFile, created: CreatedKeys, sheet: str
) -> None:
    """Everything that an administrator with the sheet and the database key can reach, tried as a key."""
    administrator = unlock(keyfile, "okafor", PASSWORDS["okafor"])
    slot = keyfile.slot_of("lind")
    assert slot is not None
    assert slot.signature is not None
    way = slot.signature.wraps[0]
    assert isinstance(way.kdf, Kdf)
    assert isinstance(slot.wraps[0].kdf, Kdf)
    recovery_secret = bytes(read_recovery_code(sheet))
    reachable = [
        bytes(administrator.database_key),
        bytes(open_with_recovery(keyfile, sheet)),
        recovery_secret,
        bytes(derive(PASSWORDS["okafor"], way.kdf)),
        bytes(derive(sheet, way.kdf)),
        bytes(derive(bytes(administrator.database_key).hex(), way.kdf)),
        keyfile.mac,
        administrator.session.sign(way.private)[:32],
    ]
    # Her log-in opens with another salt: what log-in leaves in memory does not sign.
    reachable.append(bytes(derive(PASSWORDS["lind"], slot.wraps[0].kdf)))
    bound_to = binding(
        vault=VAULT,
        user=LIND,
        slot="signature",
        key=key_id(slot.signature.public),
        epoch=1,
        kdf=way.kdf.document(),
        by="password",
    )
    purposes = (
        "signature wrap",
        "session wrap",
        "vault wrap",
        "recovery sheet x25519",
        f"key file mac {VAULT}",
    )
    for secret in reachable:
        for wrapping_key in (secret, *(bytes(subkey(secret, purpose)) for purpose in purposes)):
            with pytest.raises(DoesNotOpen):
                unwrap(wrapping_key, way.private, bound_to)
    own = subkey(derive(PASSWORDS["lind"], way.kdf), "signature wrap")
    assert SessionKey(unwrap(own, way.private, bound_to)).public == slot.signature.public
    for password in (PASSWORDS["okafor"], PASSWORDS["reyes"], sheet, created.database_key.hex(), ""):
        with pytest.raises(WrongCredentials), open_signature_key(keyfile, "lind", password):
            pytest.fail("it opened")


def test_a_reset_removes_the_signature_key_and_it_cannot_be_put_back(
    keyfile: KeyFile, created: CreatedKeys
) -> None:
    changed, keys = reset_password(keyfile, created.database_key, "lind", NEW)
    slot, before = changed.slot_of("lind"), keyfile.slot_of("lind")
    assert slot is not None
    assert before is not None
    assert slot.signature is None
    assert keys.signature is None
    assert slot.session_public == keys.session.public != before.session_public
    assert slot.vault_public != before.vault_public
    # An administrator has the database key, so the old slot can be put back with a right keyed check.
    grafted = replace(changed, users=(replace(slot, signature=before.signature), *changed.users[1:]))
    grafted = replace(grafted, mac=grafted.mac_under(created.database_key))
    assert unlock(grafted, "lind", NEW).user_id == LIND
    with pytest.raises(WrongCredentials), open_signature_key(grafted, "lind", NEW):
        pytest.fail("it opened")


def test_another_users_signature_slot_does_not_open_under_her_name(
    keyfile: KeyFile, created: CreatedKeys
) -> None:
    director, provider = keyfile.users[:2]
    forged = replace(keyfile, users=(replace(director, signature=provider.signature), *keyfile.users[1:]))
    forged = replace(forged, mac=forged.mac_under(created.database_key))
    for password in (PASSWORDS["reyes"], PASSWORDS["lind"]):
        with pytest.raises(WrongCredentials), open_signature_key(forged, "lind", password):
            pytest.fail("it opened")


def test_another_users_session_key_does_not_open_under_her_name(
    keyfile: KeyFile, created: CreatedKeys
) -> None:
    """An administrator can make the keyed check right, and still cannot let her act under another's key."""
    director, provider = keyfile.users[:2]
    wrap = replace(director.wraps[0], session_private=provider.wraps[0].session_private)
    forged = replace(keyfile, users=(replace(director, wraps=(wrap,)), *keyfile.users[1:]))
    forged = replace(forged, mac=forged.mac_under(created.database_key))
    with pytest.raises(KeyFileDamaged):
        unlock(forged, "lind", PASSWORDS["lind"])


# --- somebody edits the file -------------------------------------------------------------------------


def _swap(*names: str) -> Callable[[list[dict[str, Any]]], None]:
    def swap(users: list[dict[str, Any]]) -> None:
        for name in names:
            users[0][name], users[1][name] = users[1][name], users[0][name]

    return swap


def _swap_inside_wrap(name: str) -> Callable[[list[dict[str, Any]]], None]:
    def swap(users: list[dict[str, Any]]) -> None:
        one, two = users[0]["wraps"][0], users[1]["wraps"][0]
        one[name], two[name] = two[name], one[name]

    return swap


@pytest.mark.parametrize(
    "swap",
    [
        _swap("wraps"),
        _swap("wraps", "vault_public"),
        _swap("wraps", "vault_public", "session_public"),
        _swap("wraps", "vault_public", "session_public", "database_key"),
        _swap("wraps", "vault_public", "session_public", "database_key", "signature"),
        _swap("user_id"),
        _swap("user"),
        _swap("session_public"),
        _swap("database_key"),
        _swap("signature"),
        _swap_inside_wrap("vault_private"),
        _swap_inside_wrap("session_private"),
        _swap_inside_wrap("kdf"),
    ],
)
def test_slots_swapped_between_users_open_for_nobody(
    keyfile: KeyFile, swap: Callable[[list[dict[str, Any]]], None]
) -> None:
    document = document_of(keyfile)
    swap(document["users"])
    forged = parse_key_file(with_right_checksum(document))
    for user in ("lind", "reyes"):
        for password in (PASSWORDS["lind"], PASSWORDS["reyes"]):
            with pytest.raises((WrongCredentials, KeyFileDamaged)):
                unlock(forged, user, password)
    with pytest.raises(KeyFileDamaged, match="changed by something other than this program"):
        unlock(forged, "okafor", PASSWORDS["okafor"])


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("generation", 7),
        ("vault", OTHER_VAULT),
        ("recovery", None),
        ("database", {"salt": "00" * 16}),
        ("kdf", {"id": "argon2id", "memory_kib": 65536, "iterations": 3, "lanes": 4}),
        ("mac", "00" * 32),
    ],
)
def test_a_change_by_somebody_without_a_key_shows_after_log_in(
    keyfile: KeyFile, sheet: str, place: str, value: object
) -> None:
    document = document_of(keyfile)
    document[place] = value
    forged = parse_key_file(with_right_checksum(document))
    with pytest.raises((KeyFileDamaged, WrongCredentials)) as caught:
        unlock(forged, "okafor", PASSWORDS["okafor"])
    if place != "vault":  # another vault's wraps cannot be told from a wrong password
        assert isinstance(caught.value, KeyFileDamaged)
    with pytest.raises((KeyFileDamaged, WrongCredentials)):
        open_with_recovery(forged, sheet)


def test_a_user_added_by_hand_or_removed_by_hand_shows(keyfile: KeyFile) -> None:
    document = document_of(keyfile)
    del document["users"][1]
    with pytest.raises(KeyFileDamaged):
        unlock(parse_key_file(with_right_checksum(document)), "okafor", PASSWORDS["okafor"])


# --- users and passwords -----------------------------------------------------------------------------


def test_an_added_user_opens_the_clinic(keyfile: KeyFile, created: CreatedKeys) -> None:
    administrator = unlock(keyfile, "okafor", PASSWORDS["okafor"])
    changed, keys = add_user(keyfile, administrator, NewUser("mora", MORA, NEW, signature=True))
    assert changed.generation == keyfile.generation + 1
    assert unlock(changed, "mora", NEW).database_key == created.database_key
    with open_signature_key(changed, "mora", NEW) as key:
        assert keys.signature is not None
        assert key.public == keys.signature.public
    assert unlock(changed, "lind", PASSWORDS["lind"]).user_id == LIND
    assert keyfile.slot_of("mora") is None


@pytest.mark.parametrize(
    "user", ["lind", "LIND", "\uff2c\uff49\uff4e\uff44", "", " mora", "mo\nra", "m" * 65]
)
def test_a_user_name_is_well_formed_and_free(keyfile: KeyFile, user: str) -> None:
    administrator = unlock(keyfile, "okafor", PASSWORDS["okafor"])
    with pytest.raises(InvalidInput) as caught:
        add_user(keyfile, administrator, NewUser(user, MORA, NEW, signature=False))
    assert [problem.where for problem in caught.value.problems] == ["user"]


def test_a_staff_id_has_one_slot(keyfile: KeyFile) -> None:
    administrator = unlock(keyfile, "okafor", PASSWORDS["okafor"])
    for user_id in (REYES, "mora"):
        with pytest.raises(ValueError, match="staff id"):
            add_user(keyfile, administrator, NewUser("mora", user_id, NEW, signature=False))


def test_a_clinic_has_a_user_and_a_name() -> None:
    with pytest.raises(InvalidInput, match="at least one user"):
        create_keys(VAULT, [], cost=FLOOR_COST, recovery=True)
    with pytest.raises(ValueError, match="vault id"):
        create_keys("clinic", [NewUser("mora", MORA, NEW, signature=False)], cost=FLOOR_COST, recovery=True)


def test_a_changed_password_leaves_the_old_one_useless(keyfile: KeyFile, created: CreatedKeys) -> None:
    changed = change_password(keyfile, "lind", PASSWORDS["lind"], NEW)
    with pytest.raises(WrongCredentials):
        unlock(changed, "lind", PASSWORDS["lind"])
    with pytest.raises(WrongCredentials), open_signature_key(changed, "lind", PASSWORDS["lind"]):
        pytest.fail("it opened")
    opened = unlock(changed, "lind", NEW)
    assert opened.database_key == created.database_key
    before = keyfile.slot_of("lind")
    assert before is not None
    assert before.signature is not None
    assert opened.session.public == before.session_public
    with open_signature_key(changed, "lind", NEW) as key:
        assert key.public == before.signature.public
    assert unlock(changed, "reyes", PASSWORDS["reyes"]).user_id == REYES
    old, new = document_of(keyfile)["users"][0], document_of(changed)["users"][0]
    assert old["wraps"][0]["kdf"]["salt"] != new["wraps"][0]["kdf"]["salt"]
    assert new["wraps"][0]["kdf"]["salt"] != new["signature"]["wraps"][0]["kdf"]["salt"]


def test_keys_that_somebody_else_had_in_hand_are_taken_over_with_new_ones(
    keyfile: KeyFile, created: CreatedKeys
) -> None:
    given, _ = reset_password(keyfile, created.database_key, "reyes", GIVEN, temporary=True)
    kept = unlock(given, "reyes", GIVEN)
    changed, session = take_keys_over(given, "reyes", GIVEN, NEW)
    opened = unlock(parse_key_file(changed.canonical_bytes()), "reyes", NEW)
    assert opened.database_key == created.database_key
    assert opened.session.public == session.public != kept.session.public
    slots = given.slot_of("reyes"), changed.slot_of("reyes")
    assert slots[0] is not None
    assert slots[1] is not None
    assert slots[0].vault_public != slots[1].vault_public
    assert (slots[0].is_temporary, slots[1].is_temporary) == (True, False)
    with pytest.raises(WrongCredentials):
        unlock(changed, "reyes", GIVEN)
    for current, new in ((GIVEN, GIVEN), ("not the password", NEW)):
        with pytest.raises((InvalidInput, WrongCredentials)):
            take_keys_over(given, "reyes", current, new)


def test_a_signature_key_survives_taking_keys_over(keyfile: KeyFile) -> None:
    before = keyfile.slot_of("lind")
    changed, _ = take_keys_over(keyfile, "lind", PASSWORDS["lind"], NEW)
    assert before is not None
    assert before.signature is not None
    with open_signature_key(changed, "lind", NEW) as key:
        assert key.public == before.signature.public


def test_a_password_change_needs_the_current_password(keyfile: KeyFile) -> None:
    for user in ("lind", "nobody"):
        with pytest.raises(WrongCredentials):
            change_password(keyfile, user, "not the password", NEW)


def test_a_password_change_refuses_a_foreign_signature_slot(keyfile: KeyFile, created: CreatedKeys) -> None:
    director, provider = keyfile.users[:2]
    forged = replace(keyfile, users=(replace(director, signature=provider.signature), *keyfile.users[1:]))
    forged = replace(forged, mac=forged.mac_under(created.database_key))
    with pytest.raises(KeyFileDamaged):
        change_password(forged, "lind", PASSWORDS["lind"], NEW)


def test_a_user_can_change_a_password_at_another_cost(keyfile: KeyFile, created: CreatedKeys) -> None:
    dearer = replace(keyfile, kdf_policy=KdfCost(20 * 1024, 2, 1))
    dearer = replace(dearer, mac=dearer.mac_under(created.database_key))
    changed = parse_key_file(change_password(dearer, "okafor", PASSWORDS["okafor"], NEW).canonical_bytes())
    assert unlock(changed, "okafor", NEW).database_key == created.database_key
    assert json.loads(changed.canonical_bytes())["users"][2]["wraps"][0]["kdf"]["memory_kib"] == 20 * 1024


def test_a_reset_opens_with_the_new_password_only(keyfile: KeyFile, created: CreatedKeys) -> None:
    changed, _ = reset_password(keyfile, created.database_key, "reyes", NEW)
    assert unlock(changed, "reyes", NEW).database_key == created.database_key
    with pytest.raises(WrongCredentials):
        unlock(changed, "reyes", PASSWORDS["reyes"])
    assert unlock(changed, "lind", PASSWORDS["lind"]).user_id == LIND


def test_a_reset_needs_the_right_database_key_and_a_known_user(
    keyfile: KeyFile, created: CreatedKeys
) -> None:
    with pytest.raises(KeyFileDamaged):
        reset_password(keyfile, bytes(32), "reyes", NEW)
    with pytest.raises(ValueError, match="32 bytes"):
        reset_password(keyfile, b"", "reyes", NEW)
    with pytest.raises(InvalidInput, match="no user of this name"):
        reset_password(keyfile, created.database_key, "nobody", NEW)


def test_a_new_signature_key_is_another_one(keyfile: KeyFile, created: CreatedKeys) -> None:
    changed, _ = reset_password(keyfile, created.database_key, "lind", GIVEN)
    opened = unlock(changed, "lind", GIVEN)
    assert opened.is_temporary
    with pytest.raises(NotPermitted, match="Choose your own password first"):
        enrol_signature_key(changed, opened, GIVEN)
    changed = change_password(changed, "lind", GIVEN, NEW)
    assert not unlock(changed, "lind", NEW).is_temporary
    with pytest.raises(WrongCredentials):
        enrol_signature_key(changed, opened, GIVEN)
    enrolled, key = enrol_signature_key(changed, opened, NEW)
    before = keyfile.slot_of("lind")
    assert before is not None
    assert before.signature is not None
    assert key.public != before.signature.public
    _verified(key.public, key.sign(b"proof"), b"proof")
    with open_signature_key(enrolled, "lind", NEW) as again:
        assert again.key_id == key.key_id
    assert unlock(enrolled, "okafor", PASSWORDS["okafor"]).epoch == 1


# --- the recovery sheet ------------------------------------------------------------------------------


def test_the_recovery_sheet_opens_the_database_key(
    keyfile: KeyFile, created: CreatedKeys, sheet: str
) -> None:
    assert open_with_recovery(keyfile, sheet) == created.database_key
    assert open_with_recovery(keyfile, sheet.lower().replace("-", " ")) == created.database_key


def test_the_sheet_still_opens_after_users_and_passwords_changed(
    keyfile: KeyFile, created: CreatedKeys, sheet: str
) -> None:
    changed = change_password(keyfile, "okafor", PASSWORDS["okafor"], NEW)
    changed, _ = reset_password(changed, created.database_key, "reyes", NEW)
    assert open_with_recovery(changed, sheet) == created.database_key


def test_another_clinics_sheet_is_told_from_a_mistyped_one(keyfile: KeyFile, sheet: str) -> None:
    foreign = " ".join(recovery_code(bytes(range(32))))
    with pytest.raises(WrongCredentials, match="not this clinic's present one"):
        open_with_recovery(keyfile, foreign)
    with pytest.raises(InvalidInput, match="Group 14"):
        open_with_recovery(keyfile, sheet[:-1] + ("0" if sheet[-1] != "0" else "1"))


def test_a_clinic_without_a_sheet_says_so(sheet: str) -> None:
    without, created = create_keys(
        VAULT, [NewUser("mora", MORA, NEW, signature=False)], cost=FLOOR_COST, recovery=False
    )
    assert created.recovery_groups is None
    with pytest.raises(WrongCredentials, match="No recovery sheet was made"):
        open_with_recovery(without, sheet)


def test_two_clinics_share_nothing(keyfile: KeyFile, created: CreatedKeys) -> None:
    other, theirs = made_clinic()
    assert theirs.database_key != created.database_key
    assert other.database_salt != keyfile.database_salt
    assert theirs.recovery_groups != created.recovery_groups
