"""A pipe by the name of one of the clinic's files never answers, and nobody waits for it."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE
from mnclinic.services.backup_plan import LOCKED_PLAN
from mnclinic.services.copy_closed_clinic import MISSED, copy_at_closing, enter_missed
from mnclinic.services.unproven_backups import COPIED
from mnclinic.store.backup_files import BACKUPS
from mnclinic.store.engine import DATABASE_NAME
from mnclinic.store.folder_use import USE_NAME
from mnclinic.store.head_file import LOCK_NAME, NO_LOCK
from mnclinic.store.prelogin import PRELOGIN_NAME
from mnclinic.store.spare import SPARE_BYTES, SPARE_NAME
from tests.cli.running import Shell
from tests.services.clinic_builder import SmallClinic

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders.")


def pipe(clinic: SmallClinic, name: str) -> None:
    clinic.close()
    (clinic.folder / name).unlink(missing_ok=True)
    os.mkfifo(clinic.folder / name)


def test_in_place_of_the_key_file_it_is_a_damaged_key_file(shell: Shell, clinic: SmallClinic) -> None:
    pipe(clinic, KEY_FILE)
    (clinic.folder / PREVIOUS_KEY_FILE).unlink(missing_ok=True)
    said = shell.as_user(clinic, "owner")("today")
    assert said.status == 7
    assert said.json["error"]["message"].startswith(f"The key file {KEY_FILE} is damaged")


def test_in_place_of_the_copy_of_the_key_file_it_keeps_nobody_from_the_log_in(
    shell: Shell, clinic: SmallClinic
) -> None:
    pipe(clinic, PREVIOUS_KEY_FILE)
    assert shell.as_user(clinic, "owner")("today").status == 0
    said = shell.as_user(clinic, "owner")("key", "rotate", "--reason", "yearly")
    assert said.status == 0
    assert (clinic.folder / PREVIOUS_KEY_FILE).read_bytes() == (clinic.folder / KEY_FILE).read_bytes()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
@pytest.mark.parametrize("ending", ["journal", "wal", "shm"])
def test_in_place_of_what_the_engine_keeps_beside_the_database_it_is_told(
    shell: Shell, clinic: SmallClinic, ending: str, make: Callable[[Path], None]
) -> None:
    clinic.close()
    make(clinic.folder / f"{DATABASE_NAME}-{ending}")
    said = shell.as_user(clinic, "owner")("today")
    assert said.status == 7
    assert f"{DATABASE_NAME}-{ending} in the clinic's folder is no file" in said.json["error"]["message"]


def link_to_nothing(path: Path) -> None:
    path.symlink_to(path.parent.parent / "nowhere")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, link_to_nothing])
@pytest.mark.parametrize("name", [PRELOGIN_NAME, USE_NAME])
def test_in_place_of_what_every_log_in_writes_it_is_told(
    shell: Shell, clinic: SmallClinic, name: str, make: Callable[[Path], None]
) -> None:
    clinic.close()
    (clinic.folder / name).unlink(missing_ok=True)
    make(clinic.folder / name)
    said = shell.as_user(clinic, "owner")("today")
    assert said.status == 7
    assert f"{name} in the clinic's folder is no file" in said.json["error"]["message"]
    assert not (clinic.folder.parent / "nowhere").exists()


@pytest.mark.expects_log("the head file could not be written")
def test_where_the_heads_lock_leads_to_nothing_no_file_is_made_and_the_work_goes_on(
    shell: Shell, clinic: SmallClinic
) -> None:
    clinic.close()
    (clinic.folder / LOCK_NAME).unlink(missing_ok=True)
    link_to_nothing(clinic.folder / LOCK_NAME)
    assert shell.as_user(clinic, "owner")("key", "rotate", "--reason", "yearly").status == 0
    assert not (clinic.folder.parent / "nowhere").exists()


@pytest.mark.expects_log("what has the name clinic.head-lock in the clinic's folder holds something else")
def test_where_the_heads_lock_is_a_text_it_is_told_in_words_the_work_goes_on_and_the_text_stays(
    shell: Shell, clinic: SmallClinic, caplog: pytest.LogCaptureFixture
) -> None:
    clinic.close()
    text = clinic.folder.parent / "text"
    text.write_text("Somebody's own words, which are no database.")
    (clinic.folder / LOCK_NAME).unlink(missing_ok=True)
    (clinic.folder / LOCK_NAME).symlink_to(text)
    assert shell.as_user(clinic, "owner")("key", "rotate", "--reason", "yearly").status == 0
    assert {one.getMessage() for one in caplog.records} == {f"the head file could not be written: {NO_LOCK}"}
    assert text.read_text() == "Somebody's own words, which are no database."
    (clinic.folder / LOCK_NAME).unlink()
    assert shell.as_user(clinic, "owner")("check").json["verdict"] in {"OK", "EXPLAINED"}


def test_in_place_of_the_journal_of_the_counted_tries_it_is_told(shell: Shell, clinic: SmallClinic) -> None:
    pipe(clinic, f"{PRELOGIN_NAME}-journal")
    said = shell.as_user(clinic, "owner")("today")
    assert said.status == 7
    assert "-journal in the clinic's folder is no file" in said.json["error"]["message"]


def test_a_folder_in_place_of_a_key_change_that_was_stopped_keeps_nobody_from_the_log_in(
    shell: Shell, clinic: SmallClinic
) -> None:
    clinic.close()
    (clinic.folder / f"{DATABASE_NAME}.new").mkdir()
    owner = shell.as_user(clinic, "owner")
    assert owner("today").status == 0
    for words in (("key", "rotate", "--reason", "yearly"), ("backup", "--closed")):
        said = owner(*words)
        assert said.status == 7
        assert f"{DATABASE_NAME}.new in the clinic's folder is no file" in said.json["error"]["message"]


def test_in_place_of_the_journal_of_a_key_change_a_folder_is_told(shell: Shell, clinic: SmallClinic) -> None:
    clinic.close()
    (clinic.folder / f"{DATABASE_NAME}.new-journal").mkdir()
    said = shell.as_user(clinic, "owner")("key", "rotate", "--reason", "yearly")
    assert said.status == 7
    assert f"{DATABASE_NAME}.new-journal in the clinic's folder is no file" in said.json["error"]["message"]


def test_in_place_of_the_reserve_it_makes_way_for_it(shell: Shell, clinic: SmallClinic) -> None:
    pipe(clinic, SPARE_NAME)
    for _ in range(2):
        assert shell.as_user(clinic, "owner")("today").status == 0
    assert (clinic.folder / SPARE_NAME).stat().st_size == SPARE_BYTES


def test_a_link_in_place_of_the_reserve_is_not_written_through(shell: Shell, clinic: SmallClinic) -> None:
    precious = clinic.folder.parent / "precious"
    precious.write_bytes(b"precious")
    clinic.close()
    (clinic.folder / SPARE_NAME).unlink(missing_ok=True)
    (clinic.folder / SPARE_NAME).symlink_to(precious)
    for _ in range(2):
        assert shell.as_user(clinic, "owner")("today").status == 0
    assert precious.read_bytes() == b"precious"
    assert not (clinic.folder / SPARE_NAME).is_symlink()


def write_what_beside_the_backups(name: str, shell: Shell, clinic: SmallClinic, elsewhere: Path) -> None:
    """Do what writes the small file of this name, as often as it takes to come upon one that is there."""
    for every_h in ("12", "6"):
        if name == MISSED:
            (clinic.folder / f"{DATABASE_NAME}-wal").write_bytes(b"a journal of a clinic that was not closed")
            assert copy_at_closing(clinic.folder, clock=clinic.clock) is None
        elif name == COPIED:
            said = shell.run("backup", "--closed", "--to", elsewhere, "--data-dir", clinic.folder)
            assert said.status == 0
            clinic.clock.at += timedelta(minutes=1)
        else:
            assert shell.as_user(clinic, "owner")("backup", "plan", "--every-h", every_h).status == 0


@pytest.mark.parametrize("name", [MISSED, COPIED, LOCKED_PLAN])
@pytest.mark.parametrize("ending", ["", ".new"])
def test_a_link_in_place_of_a_small_file_beside_the_backups_is_not_written_through(
    shell: Shell, clinic: SmallClinic, tmp_path: Path, name: str, ending: str
) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    (tmp_path / "stick").mkdir()
    clinic.close()
    (clinic.folder / BACKUPS).mkdir(exist_ok=True)
    (clinic.folder / BACKUPS / (name + ending)).unlink(missing_ok=True)
    (clinic.folder / BACKUPS / (name + ending)).symlink_to(precious)
    write_what_beside_the_backups(name, shell, clinic, tmp_path / "stick")
    assert precious.read_bytes() == b"precious"
    assert (clinic.folder / BACKUPS / name).is_file()
    assert not (clinic.folder / BACKUPS / name).is_symlink()


def test_in_place_of_the_word_about_a_backup_that_was_not_made_it_keeps_nobody_waiting(
    shell: Shell, clinic: SmallClinic
) -> None:
    (clinic.folder / BACKUPS).mkdir(exist_ok=True)
    pipe(clinic, f"{BACKUPS}/{MISSED}")
    assert shell.as_user(clinic, "owner")("today").status == 0
    assert "no backup could be made" in str(enter_missed(clinic.as_user("owner")))
