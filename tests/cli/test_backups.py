"""`backup` and `restore`: statuses, JSON keys, and the sentences around them."""

import json
from pathlib import Path

import pytest

from mnclinic.services.backup_plan import LOCKED_PLAN
from mnclinic.store.backup_files import BACKUPS
from tests.cli.running import Shell
from tests.services.clinic_builder import PASSWORDS, SmallClinic


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_backup_goes_all_the_way_from_making_to_a_restored_clinic(
    shell: Shell, clinic: SmallClinic, place: Path, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    made = owner("backup", "--to", place)
    assert made.status == 0, made
    assert (made.json["verdict"], made.json["findings"]) == ("OK", [])
    folder = Path(made.json["backup"]["folder"])

    listed = owner("backup", "list")
    assert [row["name"] for row in listed.json["backups"]] == [folder.name]
    assert listed.json["notices"][0]["code"] == "backup_own_disk"

    for named in (folder, folder.name):
        assert owner("backup", "verify", named).json["verdict"] == "OK"
    assert owner("backup", "pin", folder.name).json["backup"]["is_pinned"] is True

    drilled = owner("restore", folder, "--drill", tmp_path / "record.pdf")
    assert drilled.status == 0, drilled
    assert drilled.json["counts"]["log entries"] > 20
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")

    sheet = tmp_path / "code.txt"
    sheet.write_text("-".join(clinic.ready.recovery_groups), encoding="utf-8")
    tried = owner("restore", folder, "--drill", tmp_path / "by-sheet.pdf", "--sheet-file", sheet)
    assert (tried.status, tried.json["verdict"]) == (0, "OK"), tried
    nowhere = shell.at(tmp_path / "nowhere", "nobody", "nobody's password here")
    alone = nowhere("restore", folder, "--drill", tmp_path / "alone.pdf", "--sheet-file", sheet)
    assert (alone.status, alone.json["record"]) == (0, str(tmp_path / "alone.pdf")), alone
    both = owner("restore", folder, "--drill", tmp_path / "none.pdf", "--sheet-file", "-")
    assert both.status == 64

    restored = shell.at(tmp_path / "new", "owner", PASSWORDS["owner"])
    done = restored("restore", folder)
    assert (done.status, done.json["verdict"]) == (0, "OK"), done
    assert restored("check").json["verdict"] == "OK"


def test_verifying_ends_in_the_verdict(shell: Shell, clinic: SmallClinic, place: Path) -> None:
    owner = shell.as_user(clinic, "owner")
    folder = Path(owner("backup", "--to", place).json["backup"]["folder"])
    head = (folder / "clinic.head").read_bytes()
    (folder / "clinic.head").unlink()
    assert owner("backup", "verify", folder).status == 4
    (folder / "clinic.head").write_bytes(head + b"x")
    said = owner("backup", "verify", folder)
    assert (said.status, said.json["findings"][0]["where"]) == (1, "clinic.head")
    (folder / "manifest.json").write_bytes(b"{}")
    said = owner("backup", "verify", folder)
    assert (said.status, said.json["verdict"]) == (2, "UNREADABLE")


def test_a_damaged_backup_is_trouble_and_no_verdict_when_it_is_to_be_restored(
    shell: Shell, clinic: SmallClinic, place: Path, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    folder = Path(owner("backup", "--to", place).json["backup"]["folder"])
    (folder / "clinic.head").unlink()
    said = shell.at(tmp_path / "new", "owner", PASSWORDS["owner"])("restore", folder)
    assert (said.status, said.json["error"]["code"]) == (7, "backup_unusable")
    assert said.json["verdict"] is None
    assert "clinic.head" in said.message


def test_a_closed_clinic_is_copied_without_user_or_password(
    shell: Shell, clinic: SmallClinic, place: Path
) -> None:
    said = shell.run("backup", "--closed", "--to", place, "--json", "--data-dir", clinic.folder)
    assert said.status == 0, said
    assert said.json["verdict"] is None
    owner = shell.as_user(clinic, "owner")
    listed = owner("backup", "--to", place, "list")
    assert [row["verdict"] for row in listed.json["backups"]] == ["OK"]


def test_an_unplugged_place_is_trouble_with_a_sentence(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    said = shell.as_user(clinic, "desk")("backup", "--to", tmp_path / "unplugged")
    assert (said.status, said.json["backup"]) == (7, None)
    assert "plug it in" in said.message


def test_the_plan_is_shown_and_changed(shell: Shell, clinic: SmallClinic, place: Path) -> None:
    owner = shell.as_user(clinic, "owner")
    shown = owner("backup", "plan").json["plan"]
    assert shown["keep"] == {"daily": 7, "weekly": 5, "monthly": 12}
    changed = owner(
        "backup", "plan", "--folder", place, "--every-h", "4", "--at-close", "no", "--keep", "3,2,1"
    ).json["plan"]
    assert changed == {
        "folder": str(place),
        "every_h": 4,
        "at_close": False,
        "keep": {"daily": 3, "weekly": 2, "monthly": 1},
        "legal_hold": False,
        "is_own_disk": True,
    }
    assert owner("backup", "plan", "--keep", "seven").status == 64
    dashed = owner("backup", "plan", "--keep", "-1,a").json["error"]["message"]
    told = "After --keep a value is missing; one that begins with a dash is written --keep=VALUE."
    assert dashed == f"{told} Nothing was done."
    assert shell.as_user(clinic, "desk")("backup", "plan", "--every-h", "2").status == 6


def test_what_is_not_there_is_wrong_use_and_what_is_no_backup_has_its_verdict(
    shell: Shell, clinic: SmallClinic, place: Path, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    for words in (("backup", "verify"), ("restore",)):
        said = owner(*words, tmp_path / "nowhere")
        assert (said.status, said.json["error"]["code"]) == (64, "invalid_input"), words
        assert "There is no backup of that name here." in said.message
    verified = owner("backup", "verify", place)
    assert (verified.status, verified.json["verdict"]) == (2, "UNREADABLE")
    restored = shell.at(tmp_path / "new", "owner", PASSWORDS["owner"])("restore", place)
    assert (restored.status, restored.json["error"]["code"]) == (7, "backup_unusable")


def test_a_closed_copy_names_its_folder_as_a_whole_path(
    shell: Shell, clinic: SmallClinic, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place.parent)
    said = shell.run("backup", "--closed", "--to", place.name, "--data-dir", clinic.folder, "--json")
    assert Path(said.json["backup"]["folder"]).parent == place


def test_a_restore_without_a_backup_named_is_wrong_use(shell: Shell, clinic: SmallClinic) -> None:
    assert shell.as_user(clinic, "owner")("restore").status == 64


def test_a_restore_over_the_clinic_says_how_it_is_done(
    shell: Shell, clinic: SmallClinic, place: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    folder = Path(owner("backup", "--to", place).json["backup"]["folder"])
    said = owner("restore", folder)
    assert (said.status, said.json["error"]["code"]) == (7, "clinic_exists")
    assert "empty folder" in said.message


def test_the_recovery_sheet_brings_a_clinic_back_and_a_second_person_confirms(
    shell: Shell, clinic: SmallClinic, place: Path, tmp_path: Path
) -> None:
    folder = shell.as_user(clinic, "owner")("backup", "--to", place).json["backup"]["folder"]
    (tmp_path / "sheet.txt").write_text("-".join(clinic.ready.recovery_groups), encoding="utf-8")
    (tmp_path / "new.txt").write_text("lighthouse pepper nine anchors\n", encoding="utf-8")
    new = tmp_path / "new"
    words = ["restore", folder, "--sheet-file", tmp_path / "sheet.txt", "--json", "--data-dir", new]
    said = shell.run(*words)
    assert said.status == 64
    assert {one["where"] for one in said.json["error"]["problems"]} == {
        "--new-user",
        "--full-name",
        "--new-password-file",
    }
    administrator = ["--new-user", "marsh", "--full-name", "V. Marsh", "--new-password-file"]
    said = shell.run(*words, *administrator, tmp_path / "new.txt")
    assert (said.status, said.json["verdict"]) == (0, "OK"), said
    marsh = shell.at(new, "marsh", "lighthouse pepper nine anchors")
    assert marsh("restore", "--confirm").status == 6
    desk = shell.at(new, "desk", PASSWORDS["desk"])
    assert desk("restore", "--confirm").json["confirmed"] == 1
    assert desk("restore", "--confirm").status == 5
    assert marsh("check").json["verdict"] == "OK"


def test_whoever_may_not_look_at_the_backups_is_told_that(shell: Shell, clinic: SmallClinic) -> None:
    said = shell.as_user(clinic, "inspector")("backup", "list")
    assert said.status == 6
    assert "may not look at the backups" in said.message


TOO_LONG = "n" * 256


@pytest.mark.parametrize("name", [TOO_LONG, "round"])
def test_a_folder_by_a_name_that_no_disk_can_hold_is_wrong_input(
    shell: Shell, clinic: SmallClinic, tmp_path: Path, name: str
) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "round")
    named = tmp_path / name
    owner = shell.as_user(clinic, "owner")
    elsewhere = shell.at(named, "owner", PASSWORDS["owner"])
    for said in (
        owner("backup", "--to", named),
        owner("backup", "--to", named, "--closed"),
        owner("backup", "--to", named / "deeper"),
        owner("backup", "plan", "--folder", named),
        owner("backup", "verify", named),
        owner("restore", named),
        owner("restore", named, "--drill", tmp_path / "record.pdf"),
        elsewhere("today"),
        elsewhere("backup", "--closed"),
        elsewhere("restore", tmp_path),
    ):
        assert said.status == 64, said
        assert said.json["error"]["problems"][0]["what"].startswith("This name is ")


@pytest.mark.parametrize("name", [TOO_LONG, "round"])
def test_a_plan_of_the_locked_clinic_that_names_such_a_folder_is_wrong_input(
    shell: Shell, clinic: SmallClinic, tmp_path: Path, name: str
) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "round")
    owner = shell.as_user(clinic, "owner")
    (clinic.folder / BACKUPS).mkdir(exist_ok=True)
    plan = {"folder": str(tmp_path / name), "every_h": 24, "at_close": True}
    (clinic.folder / BACKUPS / LOCKED_PLAN).write_text(json.dumps(plan), encoding="utf-8")
    said = owner("backup", "--closed")
    assert said.status == 64, said
    assert "No backup was made." in said.message
