"""What was copied while nobody was logged in is proven by the next command that logs in."""

import os
from pathlib import Path

import pytest

from mnclinic.cli import proving
from mnclinic.errors import TooManyTries, WrongCredentials
from mnclinic.services.backup_rows import views
from mnclinic.services.check_backup import check_backup
from mnclinic.services.notices import notices
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.list_users import list_users
from mnclinic.store.rotation import put_in_place
from tests.cli.running import Shell
from tests.services.clinic_builder import PASSWORDS, SmallClinic


@pytest.fixture(params=["in the clinic's folder", "where no plan looks"])
def copy(request: pytest.FixtureRequest, shell: Shell, clinic: SmallClinic, tmp_path: Path) -> Path:
    """A closed copy."""
    elsewhere = tmp_path / "stick"
    elsewhere.mkdir()
    to = ("--to", elsewhere) if request.param == "where no plan looks" else ()
    said = shell.run("backup", "--closed", *to, "--json", "--data-dir", clinic.folder)
    return Path(said.json["backup"]["folder"])


def verdicts(clinic: SmallClinic) -> dict[str, str | None]:
    return {one.name: one.verdict for one in views(clinic.as_user("owner"))}


@pytest.mark.parametrize("words", [("today",), ("sign", "V-9", "--approve"), ("user", "list")])
def test_any_command_that_logs_in_proves_a_closed_copy(
    shell: Shell, clinic: SmallClinic, copy: Path, words: tuple[str, ...]
) -> None:
    said = shell.as_user(clinic, "okafor")(*words)
    assert said.status in {0, 5, 64}, said
    assert verdicts(clinic) == {copy.name: "OK"}


def test_a_bad_copy_is_named_and_the_command_goes_on(shell: Shell, clinic: SmallClinic, copy: Path) -> None:
    (copy / "clinic.head").write_bytes(b"another")
    said = shell.as_user(clinic, "desk")("today")
    assert said.status == 0
    assert f"The backup {copy.name} was checked: ALTERED." in said.err
    assert verdicts(clinic) == {copy.name: "ALTERED"}
    assert shell.as_user(clinic, "desk")("today").err == ""


def test_a_large_copy_is_told_at_each_command_until_it_is_proven(
    shell: Shell, clinic: SmallClinic, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mnclinic.cli.request.AT_MOST_BYTES", 1000)
    desk = shell.as_user(clinic, "desk")
    for _ in range(2):
        assert "1 backup is not proven yet. To prove what is there: mnclinic backup list" in desk("today").err
    assert verdicts(clinic) == {copy.name: None}
    assert desk("backup", "list").json["backups"][0]["verdict"] == "OK"
    assert desk("today").err == ""


def test_an_inspector_proves_none_and_is_told_nothing(shell: Shell, clinic: SmallClinic, copy: Path) -> None:
    said = shell.as_user(clinic, "inspector")("check")
    assert (said.status, said.err) == (0, ""), said
    assert copy.name not in verdicts(clinic)


def test_a_copy_on_a_stick_that_is_away_waits_for_it(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    stick, drawer = tmp_path / "stick", tmp_path / "drawer"
    stick.mkdir()
    shell.run("backup", "--closed", "--to", stick, "--data-dir", clinic.folder)
    stick.rename(drawer)
    desk = shell.as_user(clinic, "desk")
    assert desk("today").status == 0
    assert verdicts(clinic) == {}
    drawer.rename(stick)
    desk("today")
    assert list(verdicts(clinic).values()) == ["OK"]


def test_before_the_key_is_changed_every_copy_is_proven(
    shell: Shell, clinic: SmallClinic, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mnclinic.cli.request.AT_MOST_BYTES", 1000)
    assert shell.as_user(clinic, "owner")("key", "rotate", "--reason", "somebody left").status == 0
    assert verdicts(clinic) == {copy.name: "OK"}


def test_before_an_access_ends_with_its_key_every_copy_is_proven(
    shell: Shell, clinic: SmallClinic, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mnclinic.cli.request.AT_MOST_BYTES", 1000)
    said = shell.as_user(clinic, "owner")("user", "disable", "lind", "--reason", "left")
    assert said.status == 0
    assert said.json["database_key_changed"]
    assert verdicts(clinic) == {copy.name: "OK"}


@pytest.mark.parametrize("why", ["open elsewhere", "no reason", "no reason to leave"])
def test_whoever_is_refused_does_not_wait_for_the_proof_of_copies(
    shell: Shell, clinic: SmallClinic, copy: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    monkeypatch.setattr("mnclinic.cli.request.AT_MOST_BYTES", 1000)
    words = ("user", "disable", "lind") if why == "no reason to leave" else ("key", "rotate")
    if why == "open elsewhere":
        clinic.as_user("desk")
    said = shell.as_user(clinic, "owner")(*words, "--reason", "left" if why == "open elsewhere" else " ")
    assert said.status == (7 if why == "open elsewhere" else 64), said
    assert verdicts(clinic) == {copy.name: None}


def test_an_access_has_ended_before_any_copy_is_proven(
    shell: Shell, clinic: SmallClinic, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_access: list[list[str]] = []

    def look(clinic: OpenClinic, _password: str) -> None:
        with_access.append([one.user for one in list_users(clinic) if one.is_active])

    monkeypatch.setattr("mnclinic.cli.users.prove_backups", look)
    assert shell.as_user(clinic, "owner")("user", "disable", "lind", "--reason", "left").status == 0
    assert len(with_access) == 1
    assert "lind" not in with_access[0]


@pytest.mark.parametrize("while_", ["proving", "copying", "in place"])
def test_whoever_stops_the_command_once_an_access_has_ended_hears_that_it_has(
    shell: Shell, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, while_: str
) -> None:
    def stopped(*_: object) -> None:
        if while_ == "in place":
            put_in_place(clinic.folder)
        raise KeyboardInterrupt

    at = {
        "proving": "mnclinic.cli.users.prove_backups",
        "copying": "mnclinic.services.rotate_database_key.copy_under_new_key",
        "in place": "mnclinic.services.rotate_database_key.put_in_place",
    }
    with monkeypatch.context() as patch:
        patch.setattr(at[while_], stopped)
        said = shell.as_user(clinic, "owner")("user", "disable", "lind", "--reason", "left")
    assert said.status == 0, said
    is_changed = while_ == "in place"
    assert (said.json["user"], said.json["database_key_changed"]) == ("lind", is_changed)
    assert (said.json["why_not"] is None) == is_changed
    owner = clinic.as_user("owner")
    assert "lind" not in [one.user for one in list_users(owner) if one.is_active]
    told = {one.code for one in notices(owner)}
    assert ("database_key_not_changed" in told) == (not is_changed)
    assert "key_file_put_back" not in told


def test_a_copy_that_was_away_while_the_key_was_changed_opens_with_the_password_of_the_log_in(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    stick, drawer = tmp_path / "stick", tmp_path / "drawer"
    stick.mkdir()
    shell.run("backup", "--closed", "--to", stick, "--data-dir", clinic.folder)
    stick.rename(drawer)
    owner = shell.as_user(clinic, "owner")
    assert owner("key", "rotate", "--reason", "somebody left").status == 0
    drawer.rename(stick)
    owner("today")
    assert list(verdicts(clinic).values()) == ["OK"]


def test_a_copy_that_no_password_of_today_opens_is_named_and_trying_it_costs_no_try(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    stick, drawer, new = tmp_path / "stick", tmp_path / "drawer", tmp_path / "new"
    stick.mkdir()
    shell.run("backup", "--closed", "--to", stick, "--data-dir", clinic.folder)
    (old,) = stick.glob("mnclinic-*")
    stick.rename(drawer)
    owner = shell.as_user(clinic, "owner")
    assert owner("key", "rotate", "--reason", "somebody left").status == 0
    new.write_text("quite another pass phrase 7 birds\n", encoding="utf-8")
    assert owner("user", "password", "--new-password-file", new).status == 0
    drawer.rename(stick)
    owner = shell.at(clinic.folder, "owner", "quite another pass phrase 7 birds")
    for _ in range(8):
        assert f"mnclinic backup verify {old.name}" in owner("today").err
    then = shell.at(tmp_path / "back", "owner", PASSWORDS["owner"])
    assert then("restore", old).status == 0


def test_what_calls_itself_a_backup_and_never_answers_keeps_no_command_waiting(
    shell: Shell, clinic: SmallClinic, copy: Path
) -> None:
    (copy / "manifest.json").unlink()
    os.mkfifo(copy / "manifest.json")
    owner = shell.as_user(clinic, "owner")
    assert owner("today").status == 0
    assert owner("user", "disable", "lind", "--reason", "left").json["database_key_changed"]


def test_whoever_has_to_wait_with_a_password_of_then_is_told_that(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    stick, drawer = tmp_path / "stick", tmp_path / "drawer"
    stick.mkdir()
    shell.run("backup", "--closed", "--to", stick, "--data-dir", clinic.folder)
    (old,) = stick.glob("mnclinic-*")
    stick.rename(drawer)
    owner = clinic.as_user("owner")
    rotate_database_key(owner, "somebody left")
    drawer.rename(stick)
    for _ in range(5):
        with pytest.raises(WrongCredentials, match="of that time"):
            check_backup(owner, old, user="lind", password="no such pass phrase at all")
    with pytest.raises(TooManyTries):
        check_backup(owner, old, user="lind", password=PASSWORDS["lind"])


def test_a_closed_copy_says_who_proves_it(shell: Shell, clinic: SmallClinic) -> None:
    said = shell.run("backup", "--closed", "--data-dir", clinic.folder)
    assert proving.NOT_PROVEN_YET in said.out
