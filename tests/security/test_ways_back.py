"""Passwords that somebody else gave, personal recovery codes, and the recovery sheet."""

from dataclasses import replace

import pytest

from mnclinic.errors import InvalidInput, KeyFileDamaged, NotPermitted, WrongCredentials
from mnclinic.security import slot_locks
from mnclinic.security.kdf import Kdf, derive
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_parsing import parse_key_file
from mnclinic.security.slots import (
    CreatedKeys,
    NewUser,
    add_user,
    change_password,
    create_keys,
    drop_signature_key,
    enrol_signature_key,
    make_recovery_code,
    new_recovery_sheet,
    open_signature_key,
    open_with_recovery,
    remove_user,
    reset_password,
    set_password_with_recovery_code,
    unlock,
    unlock_with_recovery_code,
)
from tests.security.builders import (
    DEVICE_SECRET,
    FACTOR_SECRET,
    GIVEN,
    LIND,
    MORA,
    OKAFOR,
    PASSWORDS,
    REYES,
    VAULT,
    FullClinic,
)

NEW = "an entirely different row of words"


def _cannot_sign(keyfile: KeyFile, user: str, password: str, **ways: bytes) -> None:
    with (
        pytest.raises((WrongCredentials, NotPermitted)),
        open_signature_key(keyfile, user, password, **ways),
    ):
        pytest.fail("it opened")


# --- passwords that somebody else gave ---------------------------------------------------------------


def test_a_given_password_says_so_until_its_user_chose_one(keyfile: KeyFile) -> None:
    administrator = unlock(keyfile, "okafor", PASSWORDS["okafor"])
    assert not administrator.is_temporary
    added, _ = add_user(keyfile, administrator, NewUser("mora", MORA, GIVEN, signature=False, temporary=True))
    assert unlock(added, "mora", GIVEN).is_temporary
    in_another_form = "\uff57" + GIVEN[1:]
    assert unlock(added, "mora", in_another_form).is_temporary
    for again in (GIVEN, in_another_form):
        with pytest.raises(InvalidInput, match="somebody else gave you"):
            change_password(added, "mora", GIVEN, again)
    changed = parse_key_file(change_password(added, "mora", GIVEN, NEW).canonical_bytes())
    assert not unlock(changed, "mora", NEW).is_temporary


def test_nobody_gets_a_signature_key_under_a_password_that_somebody_else_gave(keyfile: KeyFile) -> None:
    administrator = unlock(keyfile, "okafor", PASSWORDS["okafor"])
    with pytest.raises(ValueError, match="nobody else may know"):
        add_user(keyfile, administrator, NewUser("mora", MORA, GIVEN, signature=True, temporary=True))
    with pytest.raises(ValueError, match="nobody else may know"):
        create_keys(
            VAULT,
            [NewUser("mora", MORA, GIVEN, signature=True, temporary=True)],
            cost=keyfile.kdf_policy,
            recovery=False,
        )
    added, _ = add_user(keyfile, administrator, NewUser("mora", MORA, GIVEN, signature=False, temporary=True))
    opened = unlock(added, "mora", GIVEN)
    with pytest.raises(NotPermitted, match="Choose your own password first"):
        enrol_signature_key(added, opened, GIVEN)
    with pytest.raises(NotPermitted, match="Choose your own password first"):
        make_recovery_code(added, "mora", GIVEN)
    changed = change_password(added, "mora", GIVEN, NEW)
    enrolled, key = enrol_signature_key(changed, unlock(changed, "mora", NEW), NEW)
    _cannot_sign(enrolled, "mora", GIVEN)
    with open_signature_key(enrolled, "mora", NEW) as again:
        assert again.key_id == key.key_id


def test_a_reset_gives_a_password_unless_the_user_typed_it(keyfile: KeyFile, created: CreatedKeys) -> None:
    given, _ = reset_password(keyfile, created.database_key, "reyes", GIVEN)
    assert unlock(given, "reyes", GIVEN).is_temporary
    own, _ = reset_password(keyfile, created.database_key, "reyes", GIVEN, temporary=False)
    assert not unlock(own, "reyes", GIVEN).is_temporary


# --- personal recovery codes -------------------------------------------------------------------------


def test_a_personal_code_opens_the_log_in_on_any_pc(full: FullClinic) -> None:
    opened = unlock_with_recovery_code(full.keyfile, "Reyes", full.codes["reyes"].lower())
    assert opened.database_key == full.created.database_key
    assert opened.user_id == REYES
    assert opened.session.public == full.keyfile.users[1].session_public
    assert not opened.is_temporary


def test_a_personal_code_costs_no_derivation_and_is_worth_160_bits(
    full: FullClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slot_locks, "derive", lambda *_: pytest.fail("a derivation was run"))
    unlock_with_recovery_code(full.keyfile, "reyes", full.codes["reyes"])
    assert len(full.codes["reyes"].split()) == 9


def test_one_persons_code_is_no_use_for_another_and_unknown_names_answer_the_same(full: FullClinic) -> None:
    answers = set()
    for user in ("lind", "okafor", "mora", "nobody"):
        with pytest.raises(WrongCredentials) as caught:
            unlock_with_recovery_code(full.keyfile, user, full.codes["reyes"])
        answers.add(caught.value.sentence)
        with pytest.raises(WrongCredentials) as caught:
            set_password_with_recovery_code(full.keyfile, user, full.codes["reyes"], NEW)
        answers.add(caught.value.sentence)
    assert len(answers) == 1
    assert "recovery code is not right" in answers.pop()


def test_a_new_password_by_code_keeps_every_key_and_uses_the_code_up(full: FullClinic) -> None:
    before = full.keyfile.users[1]
    changed = set_password_with_recovery_code(
        full.keyfile, "reyes", full.codes["reyes"], NEW, device_secret=DEVICE_SECRET
    )
    changed = parse_key_file(changed.canonical_bytes())
    opened = unlock(changed, "reyes", NEW, device_secret=DEVICE_SECRET)
    assert opened.session.public == before.session_public
    with open_signature_key(changed, "reyes", NEW, device_secret=DEVICE_SECRET) as key:
        assert before.signature is not None
        assert key.public == before.signature.public
    with pytest.raises(WrongCredentials):
        unlock(changed, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET)
    with pytest.raises(WrongCredentials, match="works once"):
        unlock_with_recovery_code(changed, "reyes", full.codes["reyes"])
    with pytest.raises(WrongCredentials, match="works once"):
        set_password_with_recovery_code(changed, "reyes", full.codes["reyes"], NEW)
    assert not changed.users[1].has_recovery_code


def test_the_code_leads_to_the_directors_signature_only_with_her_key_file(full: FullClinic) -> None:
    with pytest.raises(NotPermitted, match="needs your key file"):
        set_password_with_recovery_code(full.keyfile, "lind", full.codes["lind"], NEW)
    with pytest.raises(InvalidInput, match="not the one that your signature was enrolled with"):
        set_password_with_recovery_code(full.keyfile, "lind", full.codes["lind"], NEW, factor=bytes(32))
    changed = set_password_with_recovery_code(
        full.keyfile, "lind", full.codes["lind"], NEW, factor=FACTOR_SECRET
    )
    with open_signature_key(changed, "lind", NEW, factor=FACTOR_SECRET) as key:
        assert key.public == full.keyfile.users[0].signature.public  # type: ignore[union-attr]  # she signs
    _cannot_sign(changed, "lind", NEW)


def test_a_code_stays_good_when_its_owner_changes_the_password(full: FullClinic) -> None:
    changed = change_password(full.keyfile, "reyes", PASSWORDS["reyes"], NEW, device_secret=DEVICE_SECRET)
    assert unlock_with_recovery_code(changed, "reyes", full.codes["reyes"]).user_id == REYES


def test_a_newer_code_ends_the_older_one_and_so_does_a_reset(full: FullClinic) -> None:
    changed, groups = make_recovery_code(
        full.keyfile, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET
    )
    with pytest.raises(WrongCredentials):
        unlock_with_recovery_code(changed, "reyes", full.codes["reyes"])
    unlock_with_recovery_code(changed, "reyes", "".join(groups))
    reset, _ = reset_password(changed, full.created.database_key, "reyes", GIVEN)
    with pytest.raises(WrongCredentials):
        unlock_with_recovery_code(reset, "reyes", "".join(groups))


def test_a_signature_key_made_after_the_code_does_not_open_by_it(keyfile: KeyFile) -> None:
    changed, groups = make_recovery_code(keyfile, "lind", PASSWORDS["lind"])
    changed, _ = enrol_signature_key(changed, unlock(changed, "lind", PASSWORDS["lind"]), PASSWORDS["lind"])
    assert changed.users[0].has_recovery_code
    assert not changed.users[0].signature.has_recovery_code  # type: ignore[union-attr]  # she signs
    recovered = set_password_with_recovery_code(changed, "lind", " ".join(groups), NEW)
    assert unlock(recovered, "lind", NEW).user_id == LIND
    assert recovered.users[0].signature is None


def test_sheet_and_personal_code_are_told_from_each_other(full: FullClinic) -> None:
    with pytest.raises(InvalidInput, match="This is a personal recovery code; here the recovery sheet"):
        open_with_recovery(full.keyfile, full.codes["lind"])
    with pytest.raises(InvalidInput, match="This is a recovery sheet; here the personal recovery code"):
        unlock_with_recovery_code(full.keyfile, "lind", full.sheet)
    with pytest.raises(InvalidInput, match="This is a recovery sheet"):
        set_password_with_recovery_code(full.keyfile, "lind", full.sheet, NEW)


def test_a_forged_signature_slot_is_noticed_when_a_code_is_made(
    keyfile: KeyFile, created: CreatedKeys
) -> None:
    director, provider = keyfile.users[:2]
    forged = replace(keyfile, users=(replace(director, signature=provider.signature), *keyfile.users[1:]))
    forged = replace(forged, mac=forged.mac_under(created.database_key))
    with pytest.raises(KeyFileDamaged):
        make_recovery_code(forged, "lind", PASSWORDS["lind"])


# --- the sheet, and people who leave -----------------------------------------------------------------


def test_a_new_sheet_ends_the_old_one(full: FullClinic) -> None:
    changed, groups = new_recovery_sheet(full.keyfile, full.created.database_key)
    assert open_with_recovery(changed, "-".join(groups)) == full.created.database_key
    with pytest.raises(WrongCredentials, match="newest recovery sheet"):
        open_with_recovery(changed, full.sheet)
    with pytest.raises(KeyFileDamaged):
        new_recovery_sheet(full.keyfile, bytes(32))


def test_a_clinic_without_a_sheet_gets_one(keyfile: KeyFile) -> None:
    bare, held = create_keys(
        VAULT,
        [NewUser("mora", MORA, NEW, signature=False)],
        cost=keyfile.kdf_policy,
        recovery=False,
    )
    changed, groups = new_recovery_sheet(bare, held.database_key)
    assert open_with_recovery(changed, " ".join(groups)) == held.database_key


def test_who_is_removed_opens_nothing_any_more(full: FullClinic) -> None:
    changed = remove_user(full.keyfile, full.created.database_key, REYES)
    with pytest.raises(WrongCredentials):
        unlock(changed, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET)
    with pytest.raises(WrongCredentials):
        unlock_with_recovery_code(changed, "reyes", full.codes["reyes"])
    assert unlock(changed, "okafor", PASSWORDS["okafor"], device_secret=DEVICE_SECRET).user_id == OKAFOR
    with pytest.raises(ValueError, match="no user"):
        remove_user(changed, full.created.database_key, REYES)
    with pytest.raises(KeyFileDamaged):
        remove_user(full.keyfile, bytes(32), REYES)


def test_the_last_person_is_not_locked_out(keyfile: KeyFile, created: CreatedKeys) -> None:
    for user_id in (LIND, REYES):
        keyfile = remove_user(keyfile, created.database_key, user_id)
    with pytest.raises(InvalidInput, match="only person who can open the clinic"):
        remove_user(keyfile, created.database_key, OKAFOR)


def test_a_dropped_signature_key_is_gone_and_the_log_in_stays(full: FullClinic) -> None:
    changed = drop_signature_key(full.keyfile, full.created.database_key, LIND)
    assert unlock(changed, "lind", PASSWORDS["lind"], device_secret=DEVICE_SECRET).user_id == LIND
    with (
        pytest.raises(NotPermitted, match="no signing key"),
        open_signature_key(changed, "lind", PASSWORDS["lind"], device_secret=DEVICE_SECRET),
    ):
        pytest.fail("it opened")
    with pytest.raises(ValueError, match="no user"):
        drop_signature_key(full.keyfile, full.created.database_key, VAULT)


def test_counted_derivations_are_what_the_docstrings_say(
    full: FullClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[str] = []

    def counting(password: str, kdf: Kdf) -> bytearray:
        run.append(password)
        return derive(password, kdf)

    monkeypatch.setattr(slot_locks, "derive", counting)
    change_password(
        full.keyfile, "lind", PASSWORDS["lind"], NEW, device_secret=DEVICE_SECRET, factor=FACTOR_SECRET
    )
    assert sorted(run) == sorted([PASSWORDS["lind"]] * 2 + [NEW] * 2)
