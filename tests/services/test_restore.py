"""Bring a clinic back: whole into an empty folder, or not at all, and never read as tampering."""

import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from mnclinic.audit.note import parse_checkpoint
from mnclinic.errors import (
    BackupUnusable,
    ClinicExists,
    ClinicReadOnly,
    FolderUnsuitable,
    InvalidInput,
    NotPermitted,
    Stopped,
    WrongCredentials,
)
from mnclinic.security.recovery_code import recovery_code
from mnclinic.services.adopt_found_backups import adopt_found_backups
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_rows import views
from mnclinic.services.check_backup import check_backup
from mnclinic.services.check_store import check_store
from mnclinic.services.copy_closed_clinic import copy_closed_clinic
from mnclinic.services.demo.people import STAFF
from mnclinic.services.keys.recovery_sheet import read_back_recovery_sheet
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.record_visit import record_visit
from mnclinic.services.recover_clinic import confirm_recovery
from mnclinic.services.restore_clinic import Restored, restore_clinic, restore_with_sheet
from mnclinic.services.restore_drill import restore_drill, restore_drill_with_sheet
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.list_users import list_users
from mnclinic.store.backup_files import ATTACHMENTS, PARTIAL, read_manifest
from mnclinic.store.migrate import NEWEST
from tests.documents.reading import text_of
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person, document
from tests.services.reading import actions_since, counts, entries_since, log_size, problems_found
from tests.store.raw import with_database_key


@pytest.fixture
def backup(clinic: SmallClinic, tmp_path: Path) -> Path:
    """A backup of a clinic with one visit, on a disk of its own."""
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    place = tmp_path / "stick"
    place.mkdir()
    made = back_up(clinic.as_user("desk"), place)
    assert made.checked.verdict == "OK"
    clinic.close()
    clinic.opened.clear()
    return made.backup.folder


def restored(clinic: SmallClinic, backup: Path, folder: Path, user: str = "owner") -> Restored:
    return restore_clinic(backup, folder, user=user, password=PASSWORDS[user], clock=clinic.clock)


def test_a_backup_comes_back_whole_and_names_itself_in_the_log(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    before = counts(clinic.as_user("owner"))
    new = tmp_path / "new"
    done = restored(clinic, backup, new)
    assert done.checked.verdict == "OK"
    clinic.folder = new
    owner = clinic.as_user("owner")
    assert check_store(owner).verdict == "OK"
    after = counts(owner)
    assert after | {"log_entry": 0} == before | {"log_entry": 0}
    size = done.checked.log_size or 0
    assert actions_since(owner, size)[:2] == ["login", "clinic.restored"]
    entry = entries_since(owner, size)[1]
    assert (entry["obj"]["id"], entry["obj"]["rev"]) == (backup.name, size)
    assert {path.name for path in tmp_path.iterdir()} >= {"new"}
    assert not list(tmp_path.glob(f"*{PARTIAL}"))


def test_work_goes_on_in_a_restored_clinic(clinic: SmallClinic, backup: Path, tmp_path: Path) -> None:
    restored(clinic, backup, tmp_path / "new")
    clinic.folder = tmp_path / "new"
    with clinic.signing("reyes") as (reyes, by):
        other = {"last_name": "Otherson", "first_name": "Bo", "born_on": "1985-01-02"}
        record_visit(reyes, document(patient=other), by, shown="window")
    assert problems_found(clinic.as_user("owner")) == []
    assert back_up(clinic.as_user("owner")).checked.verdict == "OK"


def test_attachments_come_back(clinic: SmallClinic, tmp_path: Path) -> None:
    (clinic.folder / ATTACHMENTS).mkdir()
    (clinic.folder / ATTACHMENTS / "aa.enc").write_bytes(b"sealed")
    made = back_up(clinic.as_user("desk")).backup.folder
    restored(clinic, made, tmp_path / "new")
    assert (tmp_path / "new" / ATTACHMENTS / "aa.enc").read_bytes() == b"sealed"


def test_a_byte_copy_of_the_closed_files_comes_back(clinic: SmallClinic, tmp_path: Path) -> None:
    written = copy_closed_clinic(clinic.folder, clock=clinic.clock)
    assert restored(clinic, written.folder, tmp_path / "new").checked.verdict == "OK"
    clinic.folder = tmp_path / "new"
    assert problems_found(clinic.as_user("owner")) == []


def test_an_empty_folder_is_filled(clinic: SmallClinic, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    restored(clinic, backup, tmp_path / "new")
    assert (tmp_path / "new" / "clinic.db").is_file()


def test_nothing_is_restored_over_a_clinic(clinic: SmallClinic, backup: Path) -> None:
    before = (clinic.folder / "clinic.db").read_bytes()
    with pytest.raises(ClinicExists, match=r"never overwrites one.*empty folder"):
        restored(clinic, backup, clinic.folder)
    assert (clinic.folder / "clinic.db").read_bytes() == before


def test_nothing_is_restored_into_a_folder_with_anything_in_it(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "letter.txt").write_text("hello")
    with pytest.raises(InvalidInput, match="not empty"):
        restored(clinic, backup, tmp_path / "new")
    assert (tmp_path / "new" / "letter.txt").read_text() == "hello"


@pytest.mark.parametrize("name", ["Dropbox", "Dropbox/new"])
def test_nothing_is_restored_into_a_synced_folder(
    clinic: SmallClinic, backup: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "Dropbox").mkdir()
    with pytest.raises(FolderUnsuitable, match=r"kept in sync by Dropbox.*Nothing was changed"):
        restored(clinic, backup, tmp_path / name)
    assert [path.name for path in tmp_path.rglob("Dropbox*")] == ["Dropbox"]
    assert not any((tmp_path / "Dropbox").iterdir())


def test_a_link_to_a_folder_is_called_one_and_not_restored_into(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    (tmp_path / "loose").symlink_to(tmp_path / "nowhere")
    for name in ("link", "loose"):
        with pytest.raises(InvalidInput, match=r"is a link,.*Nothing was changed.*folder that it leads to"):
            restored(clinic, backup, tmp_path / name)
        assert (tmp_path / name).is_symlink()
    assert not any((tmp_path / "empty").iterdir())
    assert not list(tmp_path.glob("*.partial"))


def test_somebody_elses_partial_folder_is_not_deleted(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    (tmp_path / f"new{PARTIAL}").mkdir()
    (tmp_path / f"new{PARTIAL}" / "letter.txt").write_text("hello")
    with pytest.raises(InvalidInput, match="in the way"):
        restored(clinic, backup, tmp_path / "new")
    assert (tmp_path / f"new{PARTIAL}" / "letter.txt").read_text() == "hello"


def test_what_a_killed_restoration_left_is_cleared_away(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    (tmp_path / f"new{PARTIAL}").mkdir()
    (tmp_path / f"new{PARTIAL}" / "clinic.db").write_bytes(b"half")
    restored(clinic, backup, tmp_path / "new")
    assert not (tmp_path / f"new{PARTIAL}").exists()


def test_a_wrong_password_makes_nothing(clinic: SmallClinic, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongCredentials):
        restore_clinic(backup, tmp_path / "new", user="owner", password="wrong", clock=clinic.clock)
    assert not list(tmp_path.glob("new*"))


def test_an_inspector_restores_nothing(clinic: SmallClinic, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        restored(clinic, backup, tmp_path / "new", "inspector")
    assert not list(tmp_path.glob("new*"))


@pytest.mark.parametrize("name", ["clinic.db", "clinic.keys", "clinic.head", "manifest.json"])
def test_a_damaged_member_is_named_and_nothing_is_made(
    clinic: SmallClinic, backup: Path, tmp_path: Path, name: str
) -> None:
    whole = (backup / name).read_bytes()
    (backup / name).write_bytes(whole[:70] + bytes([whole[70] ^ 4]) + whole[71:])
    with pytest.raises(BackupUnusable, match=name):
        restored(clinic, backup, tmp_path / "new")
    assert not list(tmp_path.glob("new*"))


def test_what_other_programs_left_in_a_backup_is_named_and_stays_behind(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    for name in (".DS_Store", "clinic.keys.prev", "clinic.db-wal"):
        (backup / name).write_bytes(b"\x00\x05\x16\x07")
    done = restored(clinic, backup, tmp_path / "new")
    assert done.checked.verdict == "OK"
    assert ".DS_Store, clinic.db-wal, clinic.keys.prev" in done.checked.notes[-1]
    assert not (tmp_path / "new" / ".DS_Store").exists()
    assert not (tmp_path / "new" / "clinic.keys.prev").exists()


def test_every_damaged_member_is_named_at_once(clinic: SmallClinic, backup: Path, tmp_path: Path) -> None:
    (backup / "clinic.head").unlink()
    with (backup / "clinic.db").open("r+b") as file:
        file.truncate(8192)
    with pytest.raises(BackupUnusable) as told:
        restored(clinic, backup, tmp_path / "new")
    assert all(name in told.value.sentence for name in ("clinic.head", "clinic.db"))


def test_records_that_do_not_hold_come_back_only_when_somebody_insists_and_go_on_being_named(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE patient SET first_name = 'Eve'"))
    altered = copy_closed_clinic(clinic.folder, backup.parent, clock=clinic.clock).folder
    with pytest.raises(BackupUnusable, match=r"patient .*roster data.*--even-if-altered"):
        restored(clinic, altered, tmp_path / "new")
    assert not list(tmp_path.glob("new*"))
    done = restore_clinic(
        altered,
        tmp_path / "new",
        user="owner",
        password=PASSWORDS["owner"],
        clock=clinic.clock,
        even_if_altered=True,
    )
    assert done.checked.verdict == "ALTERED"
    clinic.folder = tmp_path / "new"
    assert any(problem.startswith("patient") for problem in problems_found(clinic.as_user("owner")))


@pytest.mark.parametrize("at", ["copying", "checking", "naming"])
def test_stopping_makes_nothing(clinic: SmallClinic, backup: Path, tmp_path: Path, at: str) -> None:
    with pytest.raises(Stopped):
        restore_clinic(
            backup,
            tmp_path / "new",
            user="owner",
            password=PASSWORDS["owner"],
            clock=clinic.clock,
            watch=lambda step, _done, _of: step != at,
        )
    assert not list(tmp_path.glob("new*"))


def test_backups_from_after_the_point_of_restoration_are_explained_not_accused(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    clinic.clock.at += timedelta(days=1)
    desk = clinic.as_user("desk")
    add_person(desk, "Lateson")
    later = back_up(desk, backup.parent).backup.folder
    desk.close()
    restored(clinic, backup, tmp_path / "new")
    clinic.folder = tmp_path / "new"
    owner = clinic.as_user("owner")
    add_person(owner, "Newson")
    assert check_backup(owner, backup).verdict == "OK"
    checked = check_backup(owner, later)
    assert (checked.verdict, checked.findings) == ("EXPLAINED", ())
    assert "are in this backup alone" in checked.notes[-1]
    assert adopt_found_backups(owner, backup.parent).added == ()


# --- the drill ---------------------------------------------------------------------------------------


def test_a_drill_proves_a_backup_prints_a_record_and_leaves_nothing_else(
    clinic: SmallClinic, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(private))
    owner = clinic.as_user("owner")
    before = log_size(owner)
    done = restore_drill(
        backup,
        tmp_path / "record.pdf",
        user="owner",
        password=PASSWORDS["owner"],
        clock=clinic.clock,
        live=owner,
    )
    assert done.found.verdict == "OK"
    assert dict(done.found.counts)["Visits"] == 1
    assert dict(done.found.counts)["Signatures"] == 1
    text = text_of(done.record.read_bytes())
    assert "OK: the backup was restored" in text
    assert backup.name in text
    assert list(private.iterdir()) == []
    assert actions_since(owner, before) == ["restore.drill"]
    assert problems_found(owner) == []


def test_a_drill_without_a_live_clinic_still_has_its_record(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    shutil.rmtree(clinic.folder)
    out = tmp_path / "record.pdf"
    restore_drill(backup, out, user="okafor", password=PASSWORDS["okafor"], clock=clinic.clock)
    assert "Dr I. Okafor" in text_of(out.read_bytes())


def test_a_drill_with_the_recovery_sheet_proves_the_way_back_without_anybodys_password(
    clinic: SmallClinic, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(private))
    owner = clinic.as_user("owner")
    before, out = log_size(owner), tmp_path / "record.pdf"
    done = restore_drill_with_sheet(
        backup,
        out,
        code=" ".join(clinic.ready.recovery_groups),
        ran_by=owner.person.name,
        clock=clinic.clock,
        live=owner,
    )
    assert (done.found.verdict, done.found.findings) == ("OK", ())
    assert dict(done.found.counts)["Visits"] == 1
    text = text_of(out.read_bytes())
    assert "opened with the recovery sheet" in text
    assert "M. Castellan" in text
    assert "drill-" not in text
    assert list(private.iterdir()) == []
    (entry,) = entries_since(owner, before)
    assert entry["action"] == "restore.drill"
    assert [one.user for one in list_users(owner) if one.user.startswith("drill")] == []
    read_back_recovery_sheet(owner, " ".join(clinic.ready.recovery_groups))
    assert problems_found(owner) == []


def test_a_drill_with_another_sheets_code_fails_in_view_and_leaves_nothing(
    clinic: SmallClinic, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(private))
    owner = clinic.as_user("owner")
    before = log_size(owner)
    another = " ".join(recovery_code(bytearray(os.urandom(32))))
    for code, trouble in ((another, WrongCredentials), ("AAAAA " * 14, InvalidInput)):
        with pytest.raises(trouble):
            restore_drill_with_sheet(
                backup,
                tmp_path / "record.pdf",
                code=code,
                ran_by="M. Castellan",
                clock=clinic.clock,
                live=owner,
            )
    assert not (tmp_path / "record.pdf").exists()
    assert list(private.iterdir()) == []
    assert actions_since(owner, before) == ["restore.drill", "restore.drill"]


def test_a_drill_of_a_damaged_backup_fails_in_view(clinic: SmallClinic, backup: Path, tmp_path: Path) -> None:
    (backup / "clinic.head").unlink()
    owner = clinic.as_user("owner")
    before = log_size(owner)
    with pytest.raises(BackupUnusable, match=r"clinic\.head"):
        restore_drill(
            backup,
            tmp_path / "record.pdf",
            user="owner",
            password=PASSWORDS["owner"],
            clock=clinic.clock,
            live=owner,
        )
    assert not (tmp_path / "record.pdf").exists()
    assert actions_since(owner, before) == ["restore.drill"]


def test_an_older_record_is_not_overwritten(clinic: SmallClinic, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "record.pdf").write_bytes(b"older")
    with pytest.raises(InvalidInput, match="not overwritten"):
        restore_drill(
            backup, tmp_path / "record.pdf", user="owner", password=PASSWORDS["owner"], clock=clinic.clock
        )


def test_a_backup_in_an_older_form_is_checked_in_a_private_copy_and_restored_in_todays(
    tmp_path: Path, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clinic that an earlier mnclinic wrote, copied while closed."""
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(private))
    old = shutil.copytree(Path(__file__).parents[1] / "old_databases" / "0001", tmp_path / "old")
    written = copy_closed_clinic(old, tmp_path, clock=clinic.clock)
    before = (written.folder / "clinic.db").read_bytes()
    user, password = "owner", demo_password("owner")
    done = restore_clinic(written.folder, tmp_path / "new", user=user, password=password, clock=clinic.clock)
    assert done.checked.verdict == "OK"
    opened = open_clinic(tmp_path / "new", user, password, clock=clinic.clock)
    assert problems_found(opened) == []
    opened.close()
    assert (written.folder / "clinic.db").read_bytes() == before
    assert list(private.iterdir()) == []


def test_a_copy_before_an_upgrade_is_a_backup_like_any_other(tmp_path: Path, clinic: SmallClinic) -> None:
    old = shutil.copytree(Path(__file__).parents[1] / "old_databases" / "0001", tmp_path / "old")
    opened = open_clinic(old, "owner", demo_password("owner"), clock=clinic.clock)
    (written,) = (old / "backups").iterdir()
    assert written.name.endswith(f"-before-{NEWEST}")
    manifest, _ = read_manifest(written)
    assert (manifest.kind, manifest.revision) == ("before_upgrade", "0001")
    assert dict(adopt_found_backups(opened).verdicts) == {written.name: "OK"}
    assert views(opened)[0].kind == "before_upgrade"
    opened.close()


def demo_password(user: str) -> str:
    return next(one.password for one in STAFF if one.user == user)


# --- with the recovery sheet, and under earlier keys -------------------------------------------------

NEW_ADMINISTRATOR = NewPerson("marsh", "V. Marsh", "administrator", "", "lighthouse pepper nine anchors")


def by_sheet(clinic: SmallClinic, backup: Path, folder: Path) -> SmallClinic:
    done = restore_with_sheet(
        backup,
        folder,
        code="-".join(clinic.ready.recovery_groups),
        person=NEW_ADMINISTRATOR,
        clock=clinic.clock,
    )
    assert done.checked.verdict == "OK"
    return replace(clinic, folder=folder, opened=[])


def test_backup_and_sheet_alone_bring_the_clinic_back_read_only_until_somebody_confirms(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    shutil.rmtree(clinic.folder)
    new = by_sheet(clinic, backup, tmp_path / "new")
    marsh = open_clinic(new.folder, "marsh", NEW_ADMINISTRATOR.password, clock=clinic.clock)
    assert problems_found(marsh) == []
    with pytest.raises(ClinicReadOnly, match=r"V\. Marsh was made its"):
        add_person(marsh)
    with pytest.raises(NotPermitted):
        confirm_recovery(marsh)
    marsh.close()
    desk = new.as_user("desk")
    assert confirm_recovery(desk).openings == 1
    add_person(desk)
    acts = actions_since(desk, read_manifest_log_size(backup))
    assert acts.index("clinic.recovered") < acts.index("clinic.restored")
    assert problems_found(desk) == []
    new.close()


def read_manifest_log_size(backup: Path) -> int:
    note = read_manifest(backup)[0].checkpoint
    assert note is not None
    return parse_checkpoint(note).size


def test_a_mistyped_sheet_makes_nothing(clinic: SmallClinic, backup: Path, tmp_path: Path) -> None:
    groups = list(clinic.ready.recovery_groups)
    groups[3] = groups[3][::-1]
    with pytest.raises(InvalidInput, match="Group 4 is mistyped"):
        restore_with_sheet(
            backup, tmp_path / "new", code="-".join(groups), person=NEW_ADMINISTRATOR, clock=clinic.clock
        )
    assert not list(tmp_path.glob("new*"))


@pytest.mark.parametrize("poor", ["short", "castellan okafor whit"])
def test_a_poor_password_of_the_new_administrator_makes_nothing(
    clinic: SmallClinic, backup: Path, tmp_path: Path, poor: str
) -> None:
    with pytest.raises(InvalidInput):
        restore_with_sheet(
            backup,
            tmp_path / "new",
            code="-".join(clinic.ready.recovery_groups),
            person=replace(NEW_ADMINISTRATOR, password=poor),
            clock=clinic.clock,
        )
    assert not list(tmp_path.glob("new*"))


def test_a_backup_from_before_a_person_left_says_who_can_still_read_it(
    clinic: SmallClinic, backup: Path
) -> None:
    owner = clinic.as_user("owner")
    end_access(owner, "lind", PASSWORDS["owner"], reason="Moved away.")
    with pytest.raises(WrongCredentials, match=r"before the clinic's database key was changed.*lind.*whole"):
        check_backup(owner, backup)
    checked = check_backup(owner, backup, user="owner", password=PASSWORDS["owner"])
    assert checked.verdict == "OK"
    assert checked.notes == (
        "Still readable by lind, whose access ended after it was made. Only deleting or locking away this "
        "copy changes that.",
    )
    newer = back_up(owner)
    assert (newer.checked.verdict, newer.checked.notes) == ("OK", ())
    assert problems_found(owner) == []


def test_a_backup_from_before_a_change_of_key_comes_back_with_the_password_of_then(
    clinic: SmallClinic, backup: Path, tmp_path: Path
) -> None:
    owner = clinic.as_user("owner")
    rotate_database_key(owner, "Yearly change.")
    clinic.close()
    clinic.opened.clear()
    assert restored(clinic, backup, tmp_path / "new").checked.verdict == "OK"
    clinic.folder = tmp_path / "new"
    assert problems_found(clinic.as_user("owner")) == []


def test_a_backup_goes_on_being_made_after_a_change_of_key_in_the_same_window(
    clinic: SmallClinic, backup: Path
) -> None:
    owner = clinic.as_user("owner")
    rotate_database_key(owner, "Yearly change.")
    made = back_up(owner, backup.parent)
    assert made.checked.verdict == "OK"
    assert problems_found(owner) == []
