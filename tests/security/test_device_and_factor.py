"""What is mixed into a log-in by this PC's keyring, and into a signature by a key file."""

import pytest

from mnclinic.errors import (
    ClinicError,
    DeviceSecretMissing,
    InvalidInput,
    NotPermitted,
    WrongCredentials,
)
from mnclinic.security import slot_locks
from mnclinic.security.kdf import Kdf, derive
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_parsing import parse_key_file
from mnclinic.security.slots import (
    CreatedKeys,
    bind,
    change_password,
    drop_factor,
    enrol_signature_key,
    follow_device_policy,
    open_signature_key,
    open_with_recovery,
    reset_password,
    unbind,
    unlock,
    unlock_with_recovery_code,
)
from tests.security.builders import (
    DEVICE_SECRET,
    FACTOR_SECRET,
    GIVEN,
    LIND,
    OKAFOR,
    PASSWORDS,
    FullClinic,
    document_of,
)

NEW = "an entirely different row of words"
OTHER_SECRET = bytes(reversed(range(32)))


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    run: list[str] = []

    def counting(password: str, kdf: Kdf) -> bytearray:
        run.append(password)
        return derive(password, kdf)

    monkeypatch.setattr(slot_locks, "derive", counting)
    return run


def _sign(keyfile: KeyFile, user: str, password: str, *, device: bytes | None, factor: bytes | None) -> bytes:
    with open_signature_key(keyfile, user, password, device_secret=device, factor=factor) as key:
        return key.public


# --- the keyring's secret ----------------------------------------------------------------------------


def test_a_bound_log_in_takes_the_keyrings_secret(full: FullClinic) -> None:
    for user, password in PASSWORDS.items():
        opened = unlock(full.keyfile, user, password, device_secret=DEVICE_SECRET)
        assert opened.database_key == full.created.database_key
        for secret in (None, OTHER_SECRET):
            with pytest.raises(DeviceSecretMissing, match="this PC's keyring"):
                unlock(full.keyfile, user, password, device_secret=secret)
    with pytest.raises(DeviceSecretMissing):
        _sign(full.keyfile, "reyes", PASSWORDS["reyes"], device=None, factor=None)
    assert _sign(full.keyfile, "reyes", PASSWORDS["reyes"], device=DEVICE_SECRET, factor=None)


def test_the_copied_folder_cannot_be_guessed_at_without_the_keyring(full: FullClinic) -> None:
    """The right password alone gives the same answer as a wrong one."""
    answers = set()
    for password in (PASSWORDS["okafor"], "not the password"):
        with pytest.raises(DeviceSecretMissing) as caught:
            unlock(full.keyfile, "okafor", password)
        answers.add(caught.value.sentence)
    [answer] = answers
    assert "personal recovery code" in answer
    assert "not judged" in answer


def test_a_missing_secret_is_not_taken_for_a_wrong_password(full: FullClinic) -> None:
    with pytest.raises(DeviceSecretMissing) as caught:
        unlock(full.keyfile, "okafor", PASSWORDS["okafor"], device_secret=OTHER_SECRET)
    assert not isinstance(caught.value, WrongCredentials)
    with pytest.raises(WrongCredentials):
        unlock(full.keyfile, "okafor", "not the password", device_secret=DEVICE_SECRET)


@pytest.mark.parametrize("secret", [None, DEVICE_SECRET, OTHER_SECRET])
def test_unknown_names_cost_and_answer_as_known_ones_with_binding_on(
    full: FullClinic, derivations: list[str], secret: bytes | None
) -> None:
    answers = []
    for user in ("okafor", "nobody"):
        derivations.clear()
        with pytest.raises(ClinicError) as caught:
            unlock(full.keyfile, user, "not the password", device_secret=secret)
        answers.append((type(caught.value), caught.value.sentence, list(derivations)))
        derivations.clear()
        with pytest.raises(ClinicError) as caught:
            _sign(full.keyfile, {"okafor": "reyes"}.get(user, user), "wrong", device=secret, factor=None)
        answers.append((type(caught.value), caught.value.sentence, list(derivations)))
    assert answers[:2] == answers[2:]
    assert [len(run) for _, _, run in answers] == [1] * 4


def test_sheet_and_codes_open_without_the_keyring(full: FullClinic) -> None:
    assert open_with_recovery(full.keyfile, full.sheet) == full.created.database_key
    assert unlock_with_recovery_code(full.keyfile, "lind", full.codes["lind"]).user_id == LIND


def test_binding_follows_at_each_users_next_log_in(keyfile: KeyFile, created: CreatedKeys) -> None:
    bound = bind(keyfile, created.database_key, DEVICE_SECRET)
    # Until then everybody logs in as before, and a PC without the secret changes nothing.
    assert unlock(bound, "lind", PASSWORDS["lind"]).user_id == LIND
    assert follow_device_policy(bound, "lind", PASSWORDS["lind"]) is None
    assert follow_device_policy(bound, "lind", PASSWORDS["lind"], device_secret=OTHER_SECRET) is None
    followed = follow_device_policy(bound, "lind", PASSWORDS["lind"], device_secret=DEVICE_SECRET)
    assert followed is not None
    followed = parse_key_file(followed.canonical_bytes())
    with pytest.raises(DeviceSecretMissing):
        unlock(followed, "lind", PASSWORDS["lind"])
    with pytest.raises(DeviceSecretMissing):
        _sign(followed, "lind", PASSWORDS["lind"], device=None, factor=None)
    assert _sign(followed, "lind", PASSWORDS["lind"], device=DEVICE_SECRET, factor=None)
    assert unlock(followed, "okafor", PASSWORDS["okafor"]).user_id == OKAFOR
    assert [slot.is_device_bound for slot in followed.users] == [True, False, False]
    assert follow_device_policy(followed, "lind", PASSWORDS["lind"], device_secret=DEVICE_SECRET) is None


def test_following_costs_nothing_where_nothing_is_to_be_changed(
    full: FullClinic, keyfile: KeyFile, derivations: list[str]
) -> None:
    for user in ("reyes", "nobody"):
        assert follow_device_policy(keyfile, user, PASSWORDS["reyes"], device_secret=DEVICE_SECRET) is None
        assert (
            follow_device_policy(full.keyfile, user, PASSWORDS["reyes"], device_secret=DEVICE_SECRET) is None
        )
    assert derivations == []


def test_unbinding_follows_the_same_way(full: FullClinic) -> None:
    freed = unbind(full.keyfile, full.created.database_key)
    for user, password in {**PASSWORDS, "mora": GIVEN}.items():
        with pytest.raises(DeviceSecretMissing):
            unlock(freed, user, password)
        followed = follow_device_policy(freed, user, password, device_secret=DEVICE_SECRET)
        assert followed is not None
        freed = followed
        assert unlock(freed, user, password).is_temporary == (user == "mora")
    assert not any(slot.is_device_bound for slot in freed.users)
    # Her signature takes the key file and never took the keyring, so it needed no change.
    assert _sign(freed, "lind", PASSWORDS["lind"], device=None, factor=FACTOR_SECRET)
    assert unlock_with_recovery_code(freed, "lind", full.codes["lind"]).user_id == LIND


def test_following_needs_the_right_password(keyfile: KeyFile, created: CreatedKeys) -> None:
    bound = bind(keyfile, created.database_key, DEVICE_SECRET)
    with pytest.raises(WrongCredentials):
        follow_device_policy(bound, "lind", "not the password", device_secret=DEVICE_SECRET)


def test_new_passwords_are_bound_where_the_secret_is_at_hand(full: FullClinic) -> None:
    changed = change_password(full.keyfile, "okafor", PASSWORDS["okafor"], NEW, device_secret=DEVICE_SECRET)
    with pytest.raises(DeviceSecretMissing):
        unlock(changed, "okafor", NEW)
    reset, _ = reset_password(full.keyfile, full.created.database_key, "okafor", GIVEN)
    assert unlock(reset, "okafor", GIVEN).is_temporary  # on a PC without a keyring it opens all the same


# --- the key file ------------------------------------------------------------------------------------


def test_a_signature_takes_the_key_file_where_one_is_enrolled(full: FullClinic) -> None:
    password = PASSWORDS["lind"]
    assert _sign(full.keyfile, "lind", password, device=DEVICE_SECRET, factor=FACTOR_SECRET)
    with pytest.raises(NotPermitted, match="needs your key file"):
        _sign(full.keyfile, "lind", password, device=DEVICE_SECRET, factor=None)
    with pytest.raises(InvalidInput, match="not the one") as caught:
        _sign(full.keyfile, "lind", password, device=DEVICE_SECRET, factor=OTHER_SECRET)
    assert [problem.where for problem in caught.value.problems] == ["factor"]


@pytest.mark.parametrize("factor", [None, OTHER_SECRET, FACTOR_SECRET])
def test_that_a_key_file_is_needed_is_told_after_the_right_password_only(
    full: FullClinic, derivations: list[str], factor: bytes | None
) -> None:
    with pytest.raises(WrongCredentials):
        _sign(full.keyfile, "lind", "not the password", device=DEVICE_SECRET, factor=factor)
    assert len(derivations) == 1


@pytest.mark.parametrize("factor", [None, OTHER_SECRET, FACTOR_SECRET])
def test_the_right_password_costs_one_derivation_whatever_the_answer(
    full: FullClinic, derivations: list[str], factor: bytes | None
) -> None:
    try:
        _sign(full.keyfile, "lind", PASSWORDS["lind"], device=DEVICE_SECRET, factor=factor)
    except (NotPermitted, InvalidInput):
        assert factor != FACTOR_SECRET
    assert len(derivations) == 1


def test_a_log_in_takes_no_key_file(full: FullClinic) -> None:
    assert unlock(full.keyfile, "lind", PASSWORDS["lind"], device_secret=DEVICE_SECRET).user_id == LIND


def test_a_key_file_that_nobody_asked_for_is_no_obstacle(keyfile: KeyFile) -> None:
    assert _sign(keyfile, "lind", PASSWORDS["lind"], device=None, factor=OTHER_SECRET)
    changed = change_password(keyfile, "lind", PASSWORDS["lind"], NEW, factor=OTHER_SECRET)
    assert _sign(changed, "lind", NEW, device=None, factor=None)


def _enrolled(keyfile: KeyFile, factor: bytes) -> tuple[KeyFile, bytes]:
    opened = unlock(keyfile, "lind", PASSWORDS["lind"])
    enrolled, key = enrol_signature_key(keyfile, opened, PASSWORDS["lind"], new_factor=factor)
    return parse_key_file(enrolled.canonical_bytes()), key.public


def test_a_key_file_comes_with_a_key_of_its_own_and_is_taken_away_from_it(keyfile: KeyFile) -> None:
    password = PASSWORDS["lind"]
    before = _sign(keyfile, "lind", password, device=None, factor=None)
    given, made = _enrolled(keyfile, FACTOR_SECRET)
    assert _sign(given, "lind", password, device=None, factor=FACTOR_SECRET) == made != before
    with pytest.raises(NotPermitted):
        drop_factor(given, "lind", password)
    with pytest.raises(WrongCredentials):
        drop_factor(given, "lind", "not the password", factor=FACTOR_SECRET)
    other, made_next = _enrolled(given, OTHER_SECRET)
    with pytest.raises(InvalidInput):
        _sign(other, "lind", password, device=None, factor=FACTOR_SECRET)
    assert _sign(other, "lind", password, device=None, factor=OTHER_SECRET) == made_next != made
    without = drop_factor(other, "lind", password, factor=OTHER_SECRET)
    assert _sign(without, "lind", password, device=None, factor=None) == made_next
    with pytest.raises(NotPermitted, match="takes no key file"):
        drop_factor(keyfile, "okafor", PASSWORDS["okafor"])


def test_a_key_file_that_is_taken_away_ends_the_code_that_took_it_too(full: FullClinic) -> None:
    changed = drop_factor(
        full.keyfile, "lind", PASSWORDS["lind"], device_secret=DEVICE_SECRET, factor=FACTOR_SECRET
    )
    with pytest.raises(WrongCredentials):
        unlock_with_recovery_code(changed, "lind", full.codes["lind"])


def test_a_password_change_keeps_the_key_file_and_needs_it(full: FullClinic) -> None:
    password = PASSWORDS["lind"]
    with pytest.raises(NotPermitted, match="needs your key file"):
        change_password(full.keyfile, "lind", password, NEW, device_secret=DEVICE_SECRET)
    changed = change_password(
        full.keyfile, "lind", password, NEW, device_secret=DEVICE_SECRET, factor=FACTOR_SECRET
    )
    with pytest.raises(NotPermitted):
        _sign(changed, "lind", NEW, device=DEVICE_SECRET, factor=None)
    assert _sign(changed, "lind", NEW, device=DEVICE_SECRET, factor=FACTOR_SECRET)


def test_neither_secret_stands_in_the_key_file(full: FullClinic) -> None:
    text = full.keyfile.canonical_bytes().decode()
    for secret in (DEVICE_SECRET, FACTOR_SECRET):
        assert secret.hex() not in text
        assert secret.hex()[:32] not in text
    assert document_of(full.keyfile)["device"] is not None
