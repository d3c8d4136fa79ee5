"""Replacing the database key: what opens what, at every moment of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mnclinic.errors import ClinicInUse, DatabaseDamaged, KeyFileDamaged, WrongCredentials
from mnclinic.security.keyfile import KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.keyfile_parsing import parse_key_file
from mnclinic.security.signing_keys import (
    new_installation_key,
    rewrapped_installation_key,
    unwrap_installation_key,
)
from mnclinic.security.slots import (
    NewUser,
    abandon_rotation,
    add_user,
    begin_rotation,
    bind,
    change_password,
    create_keys,
    drop_factor,
    drop_signature_key,
    enrol_signature_key,
    finish_rotation,
    follow_device_policy,
    make_recovery_code,
    new_recovery_sheet,
    open_signature_key,
    open_with_recovery,
    remove_user,
    reset_password,
    set_password_with_recovery_code,
    unbind,
    unlock,
    unlock_with_recovery_code,
)
from tests.security.builders import (
    DEVICE_SECRET,
    FACTOR_SECRET,
    GIVEN,
    LIND,
    MORA,
    PASSWORDS,
    REYES,
    VAULT,
    FullClinic,
    document_of,
    with_right_checksum,
)

NEW = "an entirely different row of words"
WRECKED = bytes(16)


@pytest.fixture
def begun(full: FullClinic) -> tuple[KeyFile, bytearray, bytes]:
    keyfile, new_key, new_salt = begin_rotation(full.keyfile, full.created.database_key)
    return parse_key_file(keyfile.canonical_bytes()), new_key, new_salt


Opener = Callable[[KeyFile, FullClinic, bytes | None], bytearray]
OPENERS: dict[str, Opener] = {
    user: lambda keyfile, _, salt, user=user, password=password: (  # type: ignore[misc]  # bound by default
        unlock(keyfile, user, password, device_secret=DEVICE_SECRET, database_salt=salt).database_key
    )
    for user, password in {**PASSWORDS, "mora": GIVEN}.items()
}
OPENERS["code"] = lambda keyfile, full, salt: (
    unlock_with_recovery_code(keyfile, "lind", full.codes["lind"], database_salt=salt).database_key
)
OPENERS["sheet"] = lambda keyfile, full, salt: open_with_recovery(keyfile, full.sheet, database_salt=salt)


@pytest.mark.parametrize("way", OPENERS)
def test_everybody_opens_the_database_of_every_moment(
    full: FullClinic, begun: tuple[KeyFile, bytearray, bytes], way: str
) -> None:
    rotating, new_key, new_salt = begun
    old_key, old_salt = full.created.database_key, full.keyfile.database_salt
    opens = OPENERS[way]
    assert opens(rotating, full, old_salt) == old_key
    assert opens(rotating, full, new_salt) == new_key != old_key
    # A wrecked header: the present key first; whoever finds it does not fit asks for the other by its salt.
    assert opens(rotating, full, WRECKED) == opens(rotating, full, None) == old_key
    assert [opens(rotating, full, salt) for _, salt in rotating.epochs] == [old_key, new_key]
    finished = parse_key_file(finish_rotation(rotating, new_key).canonical_bytes())
    for salt in (old_salt, new_salt, WRECKED, None):
        assert opens(finished, full, salt) == new_key
    abandoned = parse_key_file(abandon_rotation(rotating, old_key).canonical_bytes())
    for salt in (old_salt, new_salt, WRECKED, None):
        assert opens(abandoned, full, salt) == old_key


def test_who_and_which_sheet_is_not_to_stay_is_in_neither_epoch_and_the_others_are(full: FullClinic) -> None:
    lind = full.keyfile.slot_of("lind")
    assert lind is not None
    both, new_key, _ = begin_rotation(
        full.keyfile, full.created.database_key, without_users=[lind.user_id], without_sheet=True
    )
    rotating = parse_key_file(both.canonical_bytes())
    for keyfile in (
        rotating,
        finish_rotation(rotating, new_key),
        abandon_rotation(rotating, full.created.database_key),
    ):
        assert lind.user_id.encode() not in keyfile.canonical_bytes()
        assert keyfile.recovery is None
        unlock(keyfile, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET).forget()


def test_a_log_in_names_the_epoch_and_salt_that_go_with_its_key(
    full: FullClinic, begun: tuple[KeyFile, bytearray, bytes]
) -> None:
    rotating, new_key, new_salt = begun
    now = unlock(rotating, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET)
    assert (now.epoch, now.database_salt) == (1, full.keyfile.database_salt)
    then = unlock(rotating, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET, database_salt=new_salt)
    assert (then.epoch, then.database_salt) == (2, new_salt)
    assert then.session.public == now.session.public
    finished = finish_rotation(rotating, new_key)
    assert (finished.epoch, finished.database_salt, finished.next) == (2, new_salt, None)
    assert finished.prelogin_public != full.keyfile.prelogin_public


def test_signatures_need_no_password_of_anybody_to_survive(
    begun: tuple[KeyFile, bytearray, bytes], full: FullClinic
) -> None:
    rotating, new_key, _ = begun
    for keyfile in (rotating, finish_rotation(rotating, new_key)):
        with open_signature_key(keyfile, "lind", PASSWORDS["lind"], factor=FACTOR_SECRET) as key:
            assert key.public == full.keyfile.users[0].signature.public  # type: ignore[union-attr]  # she signs


def test_who_was_removed_before_gets_no_next_key(full: FullClinic) -> None:
    removed = remove_user(full.keyfile, full.created.database_key, REYES)
    rotating, new_key, new_salt = begin_rotation(removed, full.created.database_key)
    with pytest.raises(WrongCredentials):
        unlock(rotating, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET, database_salt=new_salt)
    # The old generation with the old password opens the old key, and only that: this is what is stated.
    old = unlock(full.keyfile, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET)
    assert old.database_key == full.created.database_key != new_key
    # His seal put into the next generation by hand is no help: it is not the next key.
    grafted = replace(finish_rotation(rotating, new_key), users=(*rotating.users, full.keyfile.users[1]))
    with pytest.raises(KeyFileDamaged):
        unlock(grafted, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET)


def test_the_keys_of_two_epochs_do_not_stand_in_for_each_other(
    full: FullClinic, begun: tuple[KeyFile, bytearray, bytes]
) -> None:
    rotating, new_key, new_salt = begun
    assert rotating.next is not None
    # The same seal, called one of the other epoch.
    seals = dict(rotating.next.users)
    swapped = tuple(
        replace(slot, database_key=replace(seals[slot.user_id], epoch=1)) for slot in rotating.users
    )
    forged = replace(rotating, users=swapped)
    forged = replace(forged, mac=forged.mac_under(new_key))
    with pytest.raises(KeyFileDamaged):
        unlock(forged, "okafor", PASSWORDS["okafor"], device_secret=DEVICE_SECRET)
    with pytest.raises(KeyFileDamaged):
        finish_rotation(rotating, full.created.database_key)
    with pytest.raises(KeyFileDamaged):
        abandon_rotation(rotating, new_key)
    # The seals of two users swapped.
    (one, first), (two, second), *others = rotating.next.users
    crossed = replace(rotating.next, users=((one, second), (two, first), *others))
    forged = replace(rotating, next=crossed)
    forged = replace(forged, next=replace(crossed, mac=forged.mac_under(new_key)))
    with pytest.raises(KeyFileDamaged):
        unlock(forged, "lind", PASSWORDS["lind"], device_secret=DEVICE_SECRET, database_salt=new_salt)


def test_a_next_key_that_somebody_without_a_key_wrote_is_refused(
    begun: tuple[KeyFile, bytearray, bytes],
) -> None:
    rotating, _, new_salt = begun
    document = document_of(rotating)
    document["next"]["mac"] = "00" * 32
    forged = parse_key_file(with_right_checksum(document))
    with pytest.raises(KeyFileDamaged, match="changed by something other"):
        unlock(forged, "lind", PASSWORDS["lind"], device_secret=DEVICE_SECRET, database_salt=new_salt)


def test_nothing_else_is_changed_while_two_keys_stand(
    full: FullClinic, begun: tuple[KeyFile, bytearray, bytes]
) -> None:
    rotating, _, _ = begun
    key = full.created.database_key
    administrator = unlock(rotating, "okafor", PASSWORDS["okafor"], device_secret=DEVICE_SECRET)
    new = NewUser("mora2", VAULT, GIVEN, signature=False, temporary=True)
    okafor = PASSWORDS["okafor"]
    changes: list[Callable[[], object]] = [
        lambda: begin_rotation(rotating, key),
        lambda: add_user(rotating, administrator, new),
        lambda: change_password(rotating, "okafor", okafor, NEW, device_secret=DEVICE_SECRET),
        lambda: reset_password(rotating, key, "okafor", GIVEN),
        lambda: enrol_signature_key(rotating, administrator, okafor, device_secret=DEVICE_SECRET),
        lambda: drop_factor(rotating, "lind", PASSWORDS["lind"]),
        lambda: drop_signature_key(rotating, key, LIND),
        lambda: remove_user(rotating, key, MORA),
        lambda: bind(rotating, key, DEVICE_SECRET),
        lambda: unbind(rotating, key),
        lambda: make_recovery_code(rotating, "okafor", okafor, device_secret=DEVICE_SECRET),
        lambda: set_password_with_recovery_code(rotating, "reyes", full.codes["reyes"], NEW),
        lambda: new_recovery_sheet(rotating, key),
    ]
    for change in changes:
        with pytest.raises(ClinicInUse, match="being replaced at this moment"):
            change()
    assert follow_device_policy(replace(rotating, device=None), "okafor", okafor) is None


def test_there_is_nothing_to_finish_or_abandon_at_other_times(full: FullClinic) -> None:
    for act in (finish_rotation, abandon_rotation):
        with pytest.raises(ValueError, match="no database key is being replaced"):
            act(full.keyfile, full.created.database_key)
    with pytest.raises(KeyFileDamaged):
        begin_rotation(full.keyfile, bytes(32))


def test_a_clinic_without_a_sheet_rotates_too(keyfile: KeyFile) -> None:
    bare, held = create_keys(
        VAULT, [NewUser("mora", MORA, NEW, signature=False)], cost=keyfile.kdf_policy, recovery=False
    )
    rotating, new_key, salt = begin_rotation(bare, held.database_key)
    finished = finish_rotation(parse_key_file(rotating.canonical_bytes()), new_key)
    assert finished.recovery is None
    assert unlock(finished, "mora", NEW, database_salt=salt).database_key == new_key
    again, third, _ = begin_rotation(finished, new_key)
    assert finish_rotation(again, third).epoch == 3


def test_the_previous_generation_opens_the_rotated_database_as_well(
    tmp_path: Path, full: FullClinic, begun: tuple[KeyFile, bytearray, bytes]
) -> None:
    """A kill between the two saves, and then a wrecked key file: the pair still opens."""
    save_key_file(tmp_path, full.keyfile)
    rotating, new_key, new_salt = begin_rotation(load_key_file(tmp_path).keyfile, full.created.database_key)
    save_key_file(tmp_path, rotating)
    save_key_file(tmp_path, finish_rotation(rotating, new_key))
    (tmp_path / KEY_FILE).write_bytes(b"")
    loaded = load_key_file(tmp_path)
    assert loaded.from_previous
    opened = unlock(
        loaded.keyfile, "okafor", PASSWORDS["okafor"], device_secret=DEVICE_SECRET, database_salt=new_salt
    )
    assert opened.database_key == new_key


def test_the_installations_key_stays_the_same_under_the_next_database_key(
    full: FullClinic, begun: tuple[KeyFile, bytearray, bytes]
) -> None:
    old_key, new_key = full.created.database_key, begun[1]
    key, stored = new_installation_key(old_key, vault_id=VAULT, epoch=1)
    moved = rewrapped_installation_key(stored, old_key, new_key, vault_id=VAULT, epoch=2)
    assert unwrap_installation_key(moved, new_key, vault_id=VAULT).key_id == key.key_id
    for wrong in (old_key, bytes(32)):
        with pytest.raises(DatabaseDamaged):
            unwrap_installation_key(moved, wrong, vault_id=VAULT)
    with pytest.raises(DatabaseDamaged):
        rewrapped_installation_key(moved, old_key, new_key, vault_id=VAULT, epoch=3)
