"""Ways around the locks of a clinic that somebody tried, and failures that cost more than they had to."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.errors import (
    DiskFull,
    InvalidInput,
    NotPermitted,
    StoreUnavailable,
    TooManyTries,
    WrongCredentials,
)
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.recovery_code import personal_code
from mnclinic.services import key_changes
from mnclinic.services.back_up import back_up
from mnclinic.services.check_backup import keys_by_password, keys_in
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import recover_password
from mnclinic.store.prelogin import PreLogin
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic
from tests.services.reading import entries_since, log_size

NEW = "silver thimble late summer"


def full(*_args: object, **_kwargs: object) -> None:
    raise DiskFull("The disk is full. Nothing was changed.")


def test_a_clock_turned_back_lets_no_inspector_in_again(clinic: SmallClinic) -> None:
    clinic.as_user("inspector")
    clinic.clock.at = MONDAY + timedelta(days=10)
    clinic.as_user("owner")
    clinic.clock.at = MONDAY + timedelta(days=1)
    with pytest.raises(NotPermitted, match="ended on"):
        clinic.as_user("inspector")


def test_an_inspector_is_not_added_for_longer_than_a_year(clinic: SmallClinic) -> None:
    until = MONDAY + timedelta(days=2000)
    person = NewPerson("insp2", "A. Looker", "inspector", "", NEW, access_until=until)
    with pytest.raises(InvalidInput) as refused:
        add_user(clinic.as_user("owner"), person, PASSWORDS["owner"])
    assert [one.what for one in refused.value.problems] == ["An inspector's access lasts a year at most."]


def test_passwords_tried_as_a_second_person_are_counted_like_those_at_the_log_in(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            enrol_signature_key(okafor, PASSWORDS["okafor"], second=SecondPerson("lind", NEW))
    with pytest.raises(TooManyTries):
        enrol_signature_key(okafor, PASSWORDS["okafor"], second=SecondPerson("lind", PASSWORDS["lind"]))
    with pytest.raises(TooManyTries):
        clinic.as_user("lind")


def test_passwords_tried_at_a_backup_are_counted_beside_it(clinic: SmallClinic, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    backup = back_up(clinic.as_user("desk"), place).backup.folder
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            keys_by_password(backup, keys_in(backup), "desk", NEW, clock=clinic.clock)
    with pytest.raises(TooManyTries):
        keys_by_password(backup, keys_in(backup), "desk", PASSWORDS["desk"], clock=clinic.clock)


def test_a_backup_beside_which_nothing_can_be_written_opens_all_the_same(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    backup = back_up(clinic.as_user("desk"), place).backup.folder
    monkeypatch.setattr(PreLogin, "count_attempt", full)
    monkeypatch.setattr(PreLogin, "succeeded", full)
    opened = keys_by_password(backup, keys_in(backup), "desk", PASSWORDS["desk"], clock=clinic.clock)
    assert len(opened.key) == 32


def test_a_wrong_personal_code_is_entered_at_the_next_log_in(clinic: SmallClinic) -> None:
    before = log_size(clinic.as_user("owner"))
    make_recovery_code(clinic.as_user("desk"), PASSWORDS["desk"], clinic.folder.with_name("card.pdf"))
    wrong = " ".join(personal_code(bytearray(os.urandom(20))))
    with pytest.raises(WrongCredentials):
        recover_password(clinic.folder, "desk", wrong, NEW, clock=clinic.clock)
    owner = clinic.as_user("owner")
    assert [one["why"] for one in entries_since(owner, before) if one["action"] == "login.failed"] == [
        "wrong_recovery_code"
    ]


def test_a_count_that_cannot_be_cleared_leaves_the_code_and_the_password_as_they_were(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_recovery_code(clinic.as_user("desk"), PASSWORDS["desk"], tmp_path / "card.pdf")
    clinic.close()
    before = load_key_file(clinic.folder).keyfile.checksum
    monkeypatch.setattr(PreLogin, "succeeded", full)
    with pytest.raises(DiskFull):
        recover_password(clinic.folder, "desk", " ".join(made.groups), NEW, clock=clinic.clock)
    monkeypatch.undo()
    assert load_key_file(clinic.folder).keyfile.checksum == before
    recover_password(clinic.folder, "desk", " ".join(made.groups), NEW, clock=clinic.clock).close()
    open_clinic(clinic.folder, "desk", NEW, clock=clinic.clock).close()


def test_a_sheet_whose_change_failed_is_taken_away_and_the_next_try_works(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, out = clinic.as_user("owner"), tmp_path / "sheet.pdf"
    monkeypatch.setattr(key_changes, "save_key_file", full)
    with pytest.raises(DiskFull):
        make_recovery_sheet(owner, PASSWORDS["owner"], out)
    monkeypatch.undo()
    assert not out.exists()
    make_recovery_sheet(owner, PASSWORDS["owner"], out)


def test_only_a_code_of_before_is_said_to_be_replaced(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")
    assert not make_recovery_code(desk, PASSWORDS["desk"], tmp_path / "1.pdf").replaces_one
    assert make_recovery_code(desk, PASSWORDS["desk"], tmp_path / "2.pdf").replaces_one


def test_the_files_of_a_clinic_and_of_its_backups_are_their_owners_alone(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    backup = back_up(clinic.as_user("desk"), place).backup.folder
    named = [*clinic.folder.glob("clinic.db*"), clinic.folder / "clinic.head", *backup.iterdir()]
    assert os.name != "posix" or [one.name for one in named if one.stat().st_mode & 0o077] == []


def test_a_store_that_fails_before_an_act_begins_is_told_in_a_sentence(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    with owner.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE key_revocation RENAME TO elsewhere")
    with pytest.raises(StoreUnavailable, match="is not in it any more"), owner.work():
        pass
    with owner.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO key_revocation")
    with owner.work() as work:
        assert work.log.recorded == ()
