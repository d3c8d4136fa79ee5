"""Backups made while the clinic is in use, and while it is closed: whole, proven, and nothing half-done."""

import json
import os
import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from mnclinic.errors import (
    BackupUnusable,
    ClinicInUse,
    DiskFull,
    InvalidInput,
    NotPermitted,
    Stopped,
    StoreUnavailable,
    WrongCredentials,
)
from mnclinic.models import Backup
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.services.adopt_found_backups import adopt_found_backups
from mnclinic.services.back_up import BackupMade, back_up
from mnclinic.services.backup_rows import BackupView, enter_made, views
from mnclinic.services.check_backup import check_backup, keys_by_password, keys_in
from mnclinic.services.copy_closed_clinic import copy_closed_clinic
from mnclinic.services.record_visit import record_visit
from mnclinic.services.users.choose_password import choose_password
from mnclinic.store.backup_files import ATTACHMENTS, PARTIAL, read_manifest
from mnclinic.store.backup_manifest import MANIFEST_NAME
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person, document
from tests.services.reading import actions_since, log_size, problems_found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A disk for backups."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def backed_up(clinic: SmallClinic, place: Path | None = None, user: str = "desk") -> BackupMade:
    return back_up(clinic.as_user(user), place)


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_no_backup_is_made_beside_what_opens_it(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    before = log_size(desk)
    (place / "of the nurse.key").write_bytes(b'{"format": "mnclinic.factor/1"}')
    with pytest.raises(InvalidInput, match=r"of the nurse\.key"):
        back_up(desk, place)
    assert files_of(place) == {"of the nurse.key"}
    assert log_size(desk) == before


def test_a_backup_is_made_proven_and_listed(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    before = log_size(desk)
    made = back_up(desk, place)
    assert made.checked.verdict == "OK"
    assert made.checked.counts["log entries"] == before
    assert files_of(made.backup.folder) == {"clinic.db", "clinic.keys", "clinic.head", MANIFEST_NAME}
    assert (made.backup.verdict, made.backup.log_size) == ("OK", before)
    assert made.backup.name.startswith(f"mnclinic-{clinic.ready.vault[:8]}-20261123T15")
    assert actions_since(desk, before) == ["backup.made", "checkpoint.prepared", "backup.checked"]
    assert problems_found(desk) == []


def test_the_default_place_is_made_inside_the_clinics_folder(clinic: SmallClinic) -> None:
    assert backed_up(clinic).backup.place == clinic.folder / "backups"


@pytest.mark.parametrize("kind", ["in use", "closed"])
def test_checking_a_backup_writes_nothing_into_it(clinic: SmallClinic, place: Path, kind: str) -> None:
    """Not even for a moment: the folder's own time would show a file that came and went."""
    if kind == "closed":
        folder = copy_closed_clinic(clinic.folder, place, clock=clinic.clock).folder
    else:
        folder = backed_up(clinic, place).backup.folder

    def state() -> dict[Path, tuple[int, bytes]]:
        return {
            path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path in (folder, *folder.iterdir())
        }

    before = state()
    assert check_backup(clinic.as_user("desk"), folder).verdict == "OK"
    assert state() == before


def test_keys_that_change_while_the_database_is_copied_are_taken_anew(
    clinic: SmallClinic, place: Path
) -> None:
    changed = False

    def meanwhile(step: str, _done: int, _of: int) -> bool:
        nonlocal changed
        if step == "database" and not changed:
            changed = True
            choose_password(clinic.as_user("lind"), PASSWORDS["lind"], "silver thimble late summer")
        return True

    made = back_up(clinic.as_user("desk"), place, watch=meanwhile)
    assert made.checked.verdict == "OK"
    assert keys_in(made.backup.folder).checksum == load_key_file(clinic.folder).keyfile.checksum
    opened = keys_by_password(
        made.backup.folder,
        keys_in(made.backup.folder),
        "lind",
        "silver thimble late summer",
        clock=clinic.clock,
    )
    assert len(opened.key) == 32


def test_a_visit_recorded_while_the_backup_runs_is_either_whole_in_it_or_not_there(
    clinic: SmallClinic, place: Path
) -> None:
    desk = clinic.as_user("desk")
    numbers: list[str] = []

    def meanwhile(step: str, _done: int, _of: int) -> bool:
        if step in {"database", "keys"} and len(numbers) < 2:
            with clinic.signing("reyes") as (reyes, by):
                patient = {"last_name": f"Person{len(numbers)}", "first_name": "Bo", "born_on": "1985-01-02"}
                numbers.append(record_visit(reyes, document(patient=patient), by, shown="window").number)
        return True

    made = back_up(desk, place, watch=meanwhile)
    assert made.checked.verdict == "OK", made.checked.findings
    assert len(numbers) == 2
    assert made.checked.counts["visits"] < 2


def test_writers_go_on_while_a_backup_runs_in_another_thread(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for number in range(20):
                add_person(clinic.as_user("desk"), f"Person{number}")
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    made = back_up(desk, place)
    thread.join()
    assert failed == []
    assert made.checked.verdict == "OK"


def test_attachments_are_copied_as_new_files_with_their_hashes(clinic: SmallClinic, place: Path) -> None:
    folder = clinic.folder / ATTACHMENTS
    folder.mkdir()
    (folder / "0a1b2c.enc").write_bytes(b"sealed" * 1000)
    (folder / "unfinished.tmp").write_bytes(b"half")
    backup = backed_up(clinic, place).backup.folder
    copy = backup / ATTACHMENTS / "0a1b2c.enc"
    assert copy.read_bytes() == b"sealed" * 1000
    assert copy.stat().st_ino != (folder / "0a1b2c.enc").stat().st_ino
    assert not (backup / ATTACHMENTS / "unfinished.tmp").exists()
    assert "attachments/0a1b2c.enc" in {member.name for member in read_manifest(backup)[0].members}


def test_two_backups_in_one_second_have_two_names(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    names = {back_up(desk, place).backup.name for _ in range(2)}
    assert len(names) == 2


@pytest.mark.parametrize("at", ["database", "hashing", "manifest", "naming"])
def test_stopping_leaves_nothing(clinic: SmallClinic, place: Path, at: str) -> None:
    with pytest.raises(Stopped, match="Nothing half-done"):
        back_up(clinic.as_user("desk"), place, watch=lambda step, _done, _of: step != at)
    assert list(place.iterdir()) == []


def test_stopping_the_check_leaves_a_backup_that_is_proven_later(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    with pytest.raises(Stopped):
        back_up(desk, place, watch=lambda step, _done, _of: step != "comparing")
    (found,) = views(desk)
    assert found.verdict is None
    assert adopt_found_backups(desk).verdicts == ((found.name, "OK"),)


def test_checking_can_be_stopped_at_any_part_and_keeps_no_verdict(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    parts: list[int] = []

    def stop_half_way(step: str, done: int, of: int) -> bool:
        if step == "checking":
            parts.append(done)
        return step != "checking" or of == 1 or done < of // 2

    with pytest.raises(Stopped):
        back_up(desk, place, watch=stop_half_way)
    assert len(parts) > 5
    assert views(desk)[0].verdict is None


def test_a_place_inside_the_clinics_folder_is_refused(clinic: SmallClinic) -> None:
    for inside in (clinic.folder, clinic.folder / "attachments", clinic.folder / "backups" / "deeper"):
        with pytest.raises(InvalidInput, match="inside the clinic's own folder"):
            backed_up(clinic, inside)


def test_a_place_that_is_a_link_into_the_clinics_folder_is_refused(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    (clinic.folder / "inner").mkdir()
    (tmp_path / "link").symlink_to(clinic.folder / "inner")
    with pytest.raises(InvalidInput, match="inside the clinic's own folder"):
        backed_up(clinic, tmp_path / "link")


def test_an_unplugged_disk_is_a_sentence_and_stays_on_record(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")
    before = log_size(desk)
    with pytest.raises(StoreUnavailable, match=r"is not there.*No backup was made.*plug it in"):
        back_up(desk, tmp_path / "unplugged")
    assert actions_since(desk, before) == ["backup.failed"]
    assert not (tmp_path / "unplugged").exists()


def test_a_disk_that_is_pulled_before_the_backup_is_proven_is_named(
    clinic: SmallClinic, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = clinic.as_user("owner")

    def entered_and_pulled(*given: object) -> BackupView:
        made = enter_made(*given)  # type: ignore[arg-type]  # as it was called
        place.rename(tmp_path / "pulled")
        return made

    monkeypatch.setattr("mnclinic.services.back_up.enter_made", entered_and_pulled)
    with pytest.raises(StoreUnavailable, match="before it was proven its place went away"):
        back_up(owner, place)
    (listed,) = views(owner)
    assert listed.verdict is None
    (tmp_path / "pulled").rename(place)
    assert check_backup(owner, Path(listed.folder)).verdict == "OK"


def test_a_full_disk_is_told_before_anything_is_written(
    clinic: SmallClinic, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(place)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_500_000))
    with pytest.raises(DiskFull, match=r"MB are needed and 2 MB are free\. Nothing was written"):
        backed_up(clinic, place)
    assert list(place.iterdir()) == []


def test_an_inspector_makes_no_backups(clinic: SmallClinic, place: Path) -> None:
    with pytest.raises(NotPermitted):
        backed_up(clinic, place, "inspector")


# --- closed ------------------------------------------------------------------------------------------


def test_a_closed_clinic_is_copied_without_a_password_and_proven_at_the_next_log_in(
    clinic: SmallClinic,
) -> None:
    written = copy_closed_clinic(clinic.folder, clock=clinic.clock)
    assert (written.manifest.signed_by, written.log_size) == (None, None)
    desk = clinic.as_user("desk")
    adopted = adopt_found_backups(desk)
    assert adopted.added == (written.folder.name,)
    assert adopted.verdicts == ((written.folder.name, "OK"),)
    (found,) = views(desk)
    assert (found.kind, found.verdict) == ("closed", "OK")
    assert adopt_found_backups(desk).added == ()


def test_a_copy_that_two_commands_find_at_once_is_listed_once(clinic: SmallClinic) -> None:
    written = copy_closed_clinic(clinic.folder, clock=clinic.clock)
    desk, owner = clinic.as_user("desk"), clinic.as_user("owner")
    rows = {
        enter_made(one, written.folder, written.manifest, written.manifest_sha256, None).id
        for one in (desk, owner)
    }
    assert [one.id for one in views(desk)] == list(rows)


def test_a_clinic_that_was_not_closed_is_not_copied(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    add_person(desk)
    assert (clinic.folder / "clinic.db-wal").stat().st_size
    with pytest.raises(ClinicInUse, match=r"open, or was not closed properly|open in another window"):
        copy_closed_clinic(clinic.folder, place, clock=clinic.clock)
    assert list(place.iterdir()) == []


def test_files_that_change_during_the_copy_are_noticed(clinic: SmallClinic, place: Path) -> None:
    def touch(step: str, _done: int, _of: int) -> bool:
        if step == "hashing":
            os.utime(clinic.folder / "clinic.db")
        return True

    with pytest.raises(ClinicInUse, match="used while its files were copied"):
        copy_closed_clinic(clinic.folder, place, clock=clinic.clock, watch=touch)
    assert list(place.iterdir()) == []


# --- what checking sees ------------------------------------------------------------------------------


def test_every_member_that_was_changed_is_named(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    folder = back_up(desk, place).backup.folder
    for name in ("clinic.db", "clinic.keys", "clinic.head"):
        original = (folder / name).read_bytes()
        for at in (0, len(original) // 2, len(original) - 1):
            changed = bytearray(original)
            changed[at] ^= 1 << (at % 8)
            (folder / name).write_bytes(changed)
            checked = check_backup(desk, folder)
            assert (checked.verdict, [one.where for one in checked.findings]) == ("ALTERED", [name])
        (folder / name).write_bytes(original)
    assert check_backup(desk, folder).verdict == "OK"


def test_every_changed_byte_of_the_manifest_is_noticed(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    folder = back_up(desk, place).backup.folder
    original = (folder / MANIFEST_NAME).read_bytes()
    for at in range(len(original)):
        changed = bytearray(original)
        changed[at] ^= 1
        (folder / MANIFEST_NAME).write_bytes(changed)
        with pytest.raises((BackupUnusable, StoreUnavailable), match=f"{MANIFEST_NAME}|newer mnclinic"):
            read_manifest(folder)


def test_a_missing_file_is_named(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    folder = back_up(desk, place).backup.folder
    (folder / "clinic.head").unlink()
    checked = check_backup(desk, folder)
    assert checked.verdict == "INCOMPLETE"
    assert [(one.where, one.what) for one in checked.findings] == [
        ("clinic.head", "it is listed in the manifest and is not there")
    ]
    (found,) = views(desk)
    assert found.verdict == "INCOMPLETE"


def test_what_other_programs_leave_beside_a_backup_is_a_note_and_spoils_nothing(
    clinic: SmallClinic, place: Path
) -> None:
    """Also where it has the names of files that the engine or mnclinic would open beside a clinic's own."""
    desk = clinic.as_user("desk")
    folder = back_up(desk, place).backup.folder
    strange = (
        ".DS_Store",
        "desktop.ini",
        "._clinic.db",
        "clinic.db-wal",
        "clinic.db-shm",
        "clinic.keys.prev",
    )
    for name in strange:
        (folder / name).write_bytes(b"\x00\x05\x16\x07")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.tmp")).touch()
    (folder / "Thumbs").symlink_to(place)
    checked = check_backup(desk, folder)
    assert (checked.verdict, checked.findings) == ("OK", ())
    assert "neither opened nor copied" in checked.notes[-1]
    assert all(name in checked.notes[-1] for name in (*strange, "Thumbs", "\\udcff.tmp"))
    assert next(one.verdict for one in views(desk)) == "OK"
    for number in range(3):
        (folder / f"{number}.txt").touch()
    assert " and 3 more. " in check_backup(desk, folder).notes[-1]


def test_somebody_with_the_keys_cannot_rewrite_a_signed_backup(clinic: SmallClinic, place: Path) -> None:
    """The database of another moment under a manifest made to fit: hashes alone would accept it."""
    desk = clinic.as_user("desk")
    first = back_up(desk, place).backup.folder
    add_person(desk)
    clinic.clock.at += timedelta(days=1)
    second = back_up(desk, place).backup.folder
    shutil.copy(first / "clinic.db", second / "clinic.db")
    manifest = json.loads((second / MANIFEST_NAME).read_bytes())
    older = json.loads((first / MANIFEST_NAME).read_bytes())
    manifest["members"] = [
        next(one for one in older["members"] if one["name"] == "clinic.db")
        if member["name"] == "clinic.db"
        else member
        for member in manifest["members"]
    ]
    rewrite_checksum(second, manifest)
    checked = check_backup(desk, second)
    assert checked.verdict == "ALTERED"
    assert any("signature is not this installation's" in one.what for one in checked.findings)


def rewrite_checksum(folder: Path, manifest: dict[str, object]) -> None:
    from mnclinic.audit.canonical import canonical_bytes, sha256_hex

    manifest.pop("checksum", None)
    checksum = sha256_hex(canonical_bytes(manifest))
    (folder / MANIFEST_NAME).write_bytes(canonical_bytes({**manifest, "checksum": checksum}))


def test_rows_edited_before_the_backup_make_the_backup_altered(clinic: SmallClinic, place: Path) -> None:
    from tests.store.raw import with_database_key

    desk = clinic.as_user("desk")
    add_person(desk)
    desk.close()
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE patient SET first_name = 'Eve'"))
    made = backed_up(clinic, place)
    assert made.checked.verdict == "ALTERED"
    assert any(one.where.startswith("patient") for one in made.checked.findings)


def test_when_a_backup_was_checked_cannot_be_taken_away(clinic: SmallClinic, place: Path) -> None:
    from tests.store.raw import with_database_key

    made = backed_up(clinic, place)
    assert made.checked.verdict == "OK"
    owner = clinic.as_user("owner")
    assert problems_found(owner) == []
    with with_database_key(clinic) as connection:
        assert connection.execute(text("UPDATE backup SET checked_at = NULL")).rowcount == 1
    told = f"backup {made.backup.folder.name}: its place, size or moments are not what the log entered"
    assert problems_found(owner) == [told]


def test_a_backup_of_another_clinic_is_not_opened(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    folder = back_up(desk, place).backup.folder
    manifest = json.loads((folder / MANIFEST_NAME).read_bytes())
    manifest["vault"] = "00000000" + manifest["vault"][8:]
    rewrite_checksum(folder, manifest)
    with pytest.raises(BackupUnusable, match="another clinic"):
        check_backup(desk, folder)


def test_an_unfinished_backup_is_none(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    folder = back_up(desk, place).backup.folder
    partial = folder.rename(folder.with_name(folder.name + PARTIAL))
    with pytest.raises(BackupUnusable, match="never finished"):
        check_backup(desk, partial)
    (partial / MANIFEST_NAME).unlink()
    with pytest.raises(BackupUnusable, match=f"{MANIFEST_NAME} is missing"):
        check_backup(desk, partial.rename(folder))


def test_a_backup_whose_log_this_clinic_has_lost_says_so(clinic: SmallClinic, place: Path) -> None:
    """The live clinic put back to its own older files: the backup is the witness."""
    older = clinic.folder.with_name("older")
    shutil.copytree(clinic.folder, older)
    desk = clinic.as_user("desk")
    add_person(desk)
    folder = back_up(desk, place).backup.folder
    desk.close()
    shutil.rmtree(clinic.folder)
    older.rename(clinic.folder)
    desk = clinic.as_user("desk")
    shared = log_size(desk) - 1  # all but the newest log-in
    checked = check_backup(desk, folder)
    assert checked.verdict == "ALTERED"
    assert f"agree up to entry {shared} and then differ" in checked.findings[-1].what


def test_a_wrong_password_for_a_backup_under_an_earlier_key_names_who_can(
    clinic: SmallClinic, place: Path, tmp_path: Path
) -> None:
    folder = backed_up(clinic, place).backup.folder
    keys = keys_in(folder)
    assert len(keys_by_password(folder, keys, "desk", PASSWORDS["desk"], clock=clinic.clock).key) == 32
    with pytest.raises(WrongCredentials):
        keys_by_password(folder, keys, "desk", "another password altogether", clock=clinic.clock)


# --- room for newer ones -----------------------------------------------------------------------------


def test_older_backups_make_room_and_the_log_says_so(clinic: SmallClinic, place: Path) -> None:
    desk = clinic.as_user("desk")
    first = back_up(desk, place)
    before = log_size(desk)
    second = back_up(desk, place)
    assert second.removed == (first.backup.name,)
    assert [path.name for path in place.iterdir()] == [second.backup.name]
    assert actions_since(desk, before) == [
        "backup.made",
        "checkpoint.prepared",
        "backup.checked",
        "backup.removed",
    ]
    assert [one.name for one in views(desk)] == [second.backup.name]


def test_a_damaged_new_backup_lets_no_older_one_go(
    clinic: SmallClinic, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = clinic.as_user("desk")
    first = back_up(desk, place)
    clinic.clock.at += timedelta(minutes=5)

    def spoil(step: str, _done: int, _of: int) -> bool:
        if step == "comparing":
            newest = max(place.iterdir())
            with (newest / "clinic.db").open("r+b") as file:
                file.seek(5000)
                file.write(b"\0\0\0\0")
        return True

    second = back_up(desk, place, watch=spoil)
    assert second.checked.verdict == "ALTERED"
    assert second.removed == ()
    assert first.backup.folder.is_dir()


def test_what_was_deleted_by_hand_leaves_the_list_but_not_what_is_only_unplugged(
    clinic: SmallClinic, place: Path
) -> None:
    desk = clinic.as_user("desk")
    gone = back_up(desk, place)
    away = place.rename(place.with_name("drawer"))
    back_up(desk)
    assert {one.name for one in views(desk)} >= {gone.backup.name}
    away.rename(place)
    shutil.rmtree(gone.backup.folder)
    back_up(desk, place)
    with Session(desk.store.engine) as session:
        assert session.get_one(Backup, gone.backup.id).removed_at is not None
