"""What lies outside the database is believed only where it is the clinic's, and never passed over."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from mnclinic.audit.note import build_checkpoint, parse_checkpoint
from mnclinic.errors import ClinicReadOnly, InvalidInput
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.signing_keys import (
    InstallationKey,
    SessionKey,
    _stored_installation_key,  # what a changed program would write
)
from mnclinic.security.slots import unlock
from mnclinic.services.check_store import check_store
from mnclinic.services.continue_after_loss import continue_after_loss
from mnclinic.services.credentials import database_salt_of
from mnclinic.services.notices import notices
from mnclinic.store.head_file import write_head
from tests.services.clinic_builder import PASSWORDS, SmallClinic
from tests.services.keyring_stand_in import Keyring
from tests.services.test_anchors import LIND, head_of, pc, put_back, shut, worked_on
from tests.store.raw import with_database_key

__all__ = ["pc"]


def swap_installation_key(clinic: SmallClinic, *, in_the_column_too: bool) -> None:
    """Put another key in the installation's place and sign every checkpoint with it."""
    key_file = load_key_file(clinic.folder).keyfile
    unlocked = unlock(key_file, "owner", PASSWORDS["owner"], database_salt=database_salt_of(clinic.folder))
    private = bytearray(range(32))
    forged = InstallationKey(private)
    stored = _stored_installation_key(private, unlocked.database_key, key_file.vault_id, key_file.epoch)
    unlocked.forget()
    note = b""
    with with_database_key(clinic) as connection:
        for size, kept in connection.execute(text("SELECT size, note FROM checkpoint ORDER BY size")).all():
            was = parse_checkpoint(kept)
            note = build_checkpoint(was.vault, was.size, was.root, public=forged.public, sign=forged.sign)
            connection.execute(
                text("UPDATE checkpoint SET note = :note WHERE size = :size"), {"note": note, "size": size}
            )
        connection.execute(text("UPDATE clinic SET installation_private = :new"), {"new": stored})
        if in_the_column_too:
            connection.execute(text("UPDATE clinic SET installation_key = :new"), {"new": forged.key_id})
    write_head(clinic.folder, note)


@pytest.mark.parametrize("in_the_column_too", [False, True])
def test_an_older_log_under_another_installation_key_is_found_by_the_keyring_and_the_check(
    clinic: SmallClinic, pc: Keyring, *, in_the_column_too: bool
) -> None:
    worked_on(clinic)
    database = (clinic.folder / "clinic.db").read_bytes()
    worked_on(clinic, "Otherson")
    lost = head_of(clinic)
    before = dict(pc.kept)
    put_back(clinic, database)
    swap_installation_key(clinic, in_the_column_too=in_the_column_too)
    for _ in range(2):
        owner = clinic.as_user("owner")
        assert owner.read_only is not None
        assert "is not the one that this clinic's director vouches for" in owner.read_only
        assert "are missing" in owner.read_only
        checked = check_store(owner, given=lost)
        assert checked.verdict == "ALTERED"
        places = {one.where for one in checked.findings if one.weight == "altered"}
        assert {"installation", "keyring", "checkpoint that was given"} <= places
        with pytest.raises(ClinicReadOnly, match="director vouches for"):
            continue_after_loss(owner, "Lost.", LIND)
        shut(clinic)
    assert pc.kept == before, "the witness is left as it is"


def test_a_keyring_that_cannot_be_read_is_told_and_what_lies_there_stays(
    clinic: SmallClinic, pc: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_on(clinic)
    database = (clinic.folder / "clinic.db").read_bytes()
    head = head_of(clinic)
    worked_on(clinic, "Otherson")
    before = dict(pc.kept)
    put_back(clinic, database)
    write_head(clinic.folder, head)

    def busy(*_: object) -> str:
        raise RuntimeError("the keyring does not answer in time")

    with monkeypatch.context() as patch:
        patch.setattr(Keyring, "get_password", busy)
        owner = clinic.as_user("owner")
        assert owner.read_only is None
        assert any("keyring" in one.sentence for one in notices(owner) if one.code == "head_file_lost")
        checked = check_store(owner)
        assert checked.verdict == "EXPLAINED"
        assert [one.what for one in checked.findings if one.where == "keyring"] == [
            "it could not be read, so the log was not held against what lies there"
        ]
        shut(clinic)
    assert pc.kept == before
    assert "are missing" in (clinic.as_user("owner").read_only or "")


def test_a_checkpoint_in_the_keyring_that_is_a_strangers_is_told_and_stays(
    clinic: SmallClinic, pc: Keyring
) -> None:
    worked_on(clinic)
    ((where, kept),) = ((key, note) for key, note in pc.kept.items() if key[1].endswith(".head"))
    was = parse_checkpoint(kept.encode())
    stranger = SessionKey(bytes(range(32)))
    note = build_checkpoint(was.vault, was.size, was.root, public=stranger.public, sign=stranger.sign)
    pc.kept[where] = note.decode()
    owner = clinic.as_user("owner")
    assert "This PC's keyring holds no checkpoint of this log" in (owner.anchor_warning or "")
    checked = check_store(owner)
    assert checked.verdict == "ALTERED"
    assert [one.where for one in checked.findings] == ["keyring"]
    shut(clinic)
    assert pc.kept[where] == note.decode()


def test_a_loss_that_was_answered_for_explains_no_other_whatever_was_given(
    clinic: SmallClinic, pc: Keyring
) -> None:
    """Whoever is logged in can sign a checkpoint of any size with the installation's key."""
    worked_on(clinic)
    owner = clinic.as_user("owner")
    key = owner.installation_key

    def self_made(size: int) -> bytes:
        return build_checkpoint(owner.facts.vault, size, bytes(32), public=key.public, sign=key.sign)

    with pytest.raises(InvalidInput, match="so many were never here"):
        continue_after_loss(owner, "Disk trouble.", LIND, given=self_made(10**9))
    continue_after_loss(owner, "Disk trouble.", LIND, given=self_made(5000))
    shut(clinic)
    database, head = (clinic.folder / "clinic.db").read_bytes(), head_of(clinic)
    worked_on(clinic, "Otherson")
    put_back(clinic, database)
    write_head(clinic.folder, head)
    for behind in (True, False):
        owner = clinic.as_user("owner")
        assert owner.read_only is not None, "behind the keyring" if behind else "another log of that size"
        checked = check_store(owner)
        assert checked.verdict == "ALTERED"
        assert "keyring" in {one.where for one in checked.findings if one.weight == "altered"}
        shut(clinic)
    assert pc.kept


def test_what_lies_in_the_folder_for_a_trial_is_cleared_where_a_drill_was_killed(tmp_path: Path) -> None:
    from mnclinic.services.restore_drill import PRIVATE_PREFIX, clear_killed_drills
    from mnclinic.store.folder_use import FolderUse

    killed, running = (tmp_path / f"{PRIVATE_PREFIX}{name}" for name in ("killed", "running"))
    other = tmp_path / "somebody-elses"
    for folder in (killed, running, other):
        folder.mkdir()
        (folder / "clinic.db").write_bytes(b"a copy")
    with FolderUse.shared(running):
        clear_killed_drills(tmp_path)
        assert (killed.exists(), running.exists(), other.exists()) == (False, True, True)
    shutil.rmtree(running)
