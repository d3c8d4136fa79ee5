"""An older key file that was put back: what it brings back ends with the next database key, or is told."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from mnclinic.errors import InvalidInput, LogIllWritten, WrongCredentials
from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.slots import open_with_recovery
from mnclinic.services import rotate_database_key as service
from mnclinic.services.check_store import check_store
from mnclinic.services.key_file_rows import enter_what_stands
from mnclinic.services.keys.device_binding import set_device_binding
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet, read_back_recovery_sheet
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.log_sentences import WHY_WORDS
from mnclinic.services.notice import Notice
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.recover_clinic import enrol_administrator_by_sheet
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.session import OpenClinic
from mnclinic.services.set_up_clinic import NewPerson
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.list_users import list_users
from mnclinic.services.users.reset_user import reset_user
from tests.services.clinic_builder import PASSWORDS, SmallClinic, known_clinic
from tests.services.keyring_stand_in import Keyring
from tests.services.reading import entries_since, log_size, problems_found
from tests.store.raw import with_database_key

GIVEN = "temporary fern harvest moon"
FIRST = "temporary plum horizon kite"
OWN = "cobalt orchard nine lanterns"


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = known_clinic(tmp_path / "clinic")
    yield made
    made.let_go()


def nora(role: str = "front_desk") -> NewPerson:
    return NewPerson("nora", "N. Newcomb", role, "MD" if role in {"director", "provider"} else "", FIRST)


def key_file_of(clinic: SmallClinic) -> bytes:
    return (clinic.folder / KEY_FILE).read_bytes()


def put_back(clinic: SmallClinic, older: bytes) -> None:
    clinic.close()
    (clinic.folder / KEY_FILE).write_bytes(older)
    (clinic.folder / PREVIOUS_KEY_FILE).unlink(missing_ok=True)


def told(clinic: SmallClinic) -> dict[str, Notice]:
    return {one.code: one for one in notices(clinic.as_user("owner"))}


def rotated(clinic: SmallClinic) -> tuple[tuple[str, ...], bool]:
    clinic.close()
    done = rotate_database_key(clinic.as_user("owner"), "An older key file was put back.")
    return done.ended, done.is_sheet_ended


def new_sheet(clinic: SmallClinic, out: Path) -> str:
    return "-".join(make_recovery_sheet(clinic.as_user("owner"), PASSWORDS["owner"], out).groups)


def test_a_replaced_sheet_that_an_older_key_file_brought_back_ends_with_the_next_database_key(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    first = new_sheet(clinic, tmp_path / "first.pdf")
    older = key_file_of(clinic)
    second = new_sheet(clinic, tmp_path / "second.pdf")
    read_back_recovery_sheet(clinic.as_user("owner"), second)
    put_back(clinic, older)
    with pytest.raises(WrongCredentials, match="replaced by a later one"):
        read_back_recovery_sheet(clinic.as_user("owner"), first)
    assert "holds another sheet" in told(clinic)["recovery_sheet_shut_out"].sentence
    assert "recovery sheet has to be made anew" in told(clinic)["key_file_put_back"].sentence
    assert check_store(clinic.as_user("owner")).verdict == "EXPLAINED"
    assert rotated(clinic) == ((), True)
    for code in (first, second):
        with pytest.raises(WrongCredentials):
            open_with_recovery(load_key_file(clinic.folder).keyfile, code)
    notice = told(clinic)["recovery_sheet_shut_out"]
    assert (notice.is_pressing, notice.page) == (True, "settings/recovery")
    assert notice.sentence.endswith("Make a new sheet, and destroy every printed one of before.")
    assert "recovery_sheet_not_read_back" not in told(clinic), "there is none to read back"
    assert problems_found(clinic.as_user("owner")) == [
        "recovery sheet: the one in force does not open this clinic, because the key file is, or was, an "
        "older copy, or the power went while a sheet was made: make a new recovery sheet"
    ]
    third = new_sheet(clinic, tmp_path / "third.pdf")
    read_back_recovery_sheet(clinic.as_user("owner"), third)
    assert {"recovery_sheet_shut_out", "key_file_put_back"}.isdisjoint(told(clinic))
    assert check_store(clinic.as_user("owner")).verdict == "OK"


def test_the_sheet_in_force_stays_when_the_database_key_is_changed(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    code = new_sheet(clinic, tmp_path / "sheet.pdf")
    assert rotated(clinic) == ((), False)
    read_back_recovery_sheet(clinic.as_user("owner"), code)
    assert "recovery_sheet_shut_out" not in told(clinic)


def test_whoever_left_and_whom_an_older_key_file_brought_back_gets_no_new_database_key(
    clinic: SmallClinic,
) -> None:
    older = key_file_of(clinic)
    window, owner = clinic.as_user("desk"), clinic.as_user("owner")
    left = end_access(owner, "reyes", PASSWORDS["owner"], reason="Left.")
    assert left.key_not_changed is not None
    window.close()
    put_back(clinic, older)
    assert {"key_file_put_back", "database_key_not_changed"} <= told(clinic).keys()
    assert load_key_file(clinic.folder).keyfile.slot_of("reyes") is not None
    assert rotated(clinic) == (("reyes",), False)
    for name in (KEY_FILE, PREVIOUS_KEY_FILE):
        assert b'"reyes"' not in (clinic.folder / name).read_bytes()
    assert {"key_file_put_back", "database_key_not_changed"}.isdisjoint(told(clinic))
    assert problems_found(clinic.as_user("owner")) == []


def test_a_code_that_was_replaced_waits_for_another_one(clinic: SmallClinic, tmp_path: Path) -> None:
    make_recovery_code(clinic.as_user("desk"), PASSWORDS["desk"], tmp_path / "first.pdf")
    older = key_file_of(clinic)
    make_recovery_code(clinic.as_user("desk"), PASSWORDS["desk"], tmp_path / "second.pdf")
    put_back(clinic, older)
    rotated(clinic)
    said = told(clinic)["key_file_put_back"].sentence
    assert said.endswith("has to make one anew: R. Frontley. The database key was changed since.")
    make_recovery_code(clinic.as_user("desk"), PASSWORDS["desk"], tmp_path / "third.pdf")
    assert "key_file_put_back" not in told(clinic)


def test_a_key_file_to_sign_with_and_a_binding_that_were_undone_are_waited_for(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pc = Keyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: pc)
    older = key_file_of(clinic)
    set_second_factor(clinic.as_user("reyes"), PASSWORDS["reyes"], tmp_path / "own.key")
    set_device_binding(clinic.as_user("owner"), PASSWORDS["owner"], on=True)
    put_back(clinic, older)
    rotated(clinic)
    said = told(clinic)["key_file_put_back"].sentence
    assert "signing with a key file anew: " in said
    assert "no longer bound to this PC's keyring" in said
    set_device_binding(clinic.as_user("owner"), PASSWORDS["owner"], on=True)
    assert "keyring" not in told(clinic)["key_file_put_back"].sentence
    reset_user(clinic.as_user("owner"), "reyes", GIVEN, PASSWORDS["owner"], reason="An older key file.")
    assert "key_file_put_back" not in told(clinic)


def test_an_older_copy_of_what_grew_out_of_the_older_one_takes_no_name_off_the_list(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    older = key_file_of(clinic)
    choose_password(clinic.as_user("desk"), PASSWORDS["desk"], OWN)
    put_back(clinic, older)
    for at in range(2):
        make_recovery_code(clinic.as_user("reyes"), PASSWORDS["reyes"], tmp_path / f"{at}.pdf")
    grown = key_file_of(clinic)
    make_recovery_code(clinic.as_user("reyes"), PASSWORDS["reyes"], tmp_path / "3.pdf")
    put_back(clinic, grown)
    assert "R. Frontley" in told(clinic)["key_file_put_back"].sentence


@pytest.mark.parametrize("role", ["administrator", "director", "provider", "front_desk"])
def test_whoever_was_added_after_the_copy_gets_a_way_in_by_a_reset(clinic: SmallClinic, role: str) -> None:
    older = key_file_of(clinic)
    add_user(clinic.as_user("owner"), nora(role), PASSWORDS["owner"])
    put_back(clinic, older)
    (row,) = (one for one in list_users(clinic.as_user("owner")) if one.user == "nora")
    assert row.why_no_log_in == "no_way_in"
    assert "needs a new first password (a reset): N. Newcomb. " in told(clinic)["key_file_put_back"].sentence
    with pytest.raises(InvalidInput):
        reset_user(clinic.as_user("owner"), "nora", GIVEN, PASSWORDS["owner"], reason=" ")
    reset_user(clinic.as_user("owner"), "nora", GIVEN, PASSWORDS["owner"], reason="Not in the key file.")
    own = entered(clinic, "nora", GIVEN)
    assert own.person.staff_id == row.staff_id
    choose_password(own, GIVEN, OWN)
    assert entered(clinic, "nora", OWN).person.role == role
    rotated(clinic)
    assert "key_file_put_back" not in told(clinic)
    assert problems_found(clinic.as_user("owner")) == []
    assert check_store(clinic.as_user("owner")).verdict == "OK"


def test_a_place_under_the_name_that_is_nobodys_makes_way_for_whom_it_belongs_to(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Added twice: the first time the power went before the database had its part."""

    def stopped(folder: Path, key_file: KeyFile, **how: bool) -> None:
        save_key_file(folder, key_file, **how)
        raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr("mnclinic.services.key_changes.save_key_file", stopped)
        with pytest.raises(SystemExit):
            add_user(clinic.as_user("owner"), nora(), PASSWORDS["owner"])
    older = key_file_of(clinic)
    added = add_user(clinic.as_user("owner"), nora(), PASSWORDS["owner"])
    put_back(clinic, older)
    reset_user(clinic.as_user("owner"), "nora", GIVEN, PASSWORDS["owner"], reason="Not in the key file.")
    assert entered(clinic, "nora", GIVEN).person.staff_id == added.staff_id
    assert problems_found(clinic.as_user("owner")) == []


def test_the_copy_beside_a_damaged_key_file_is_no_copy_that_somebody_put_back(clinic: SmallClinic) -> None:
    add_user(clinic.as_user("owner"), nora(), PASSWORDS["owner"])
    size = log_size(clinic.as_user("owner"))
    clinic.close()
    damaged = bytearray(key_file_of(clinic))
    damaged[len(damaged) // 2] ^= 1
    (clinic.folder / KEY_FILE).write_bytes(damaged)
    found = next(
        one for one in entries_since(clinic.as_user("owner"), size) if one["action"] == "key_file.found"
    )
    assert found["why"] == "previous_copy_in_use"
    assert found["why"] in WHY_WORDS
    said = told(clinic)["key_file_put_back"].sentence
    assert said.startswith("On 23 Nov 2026 the key file was missing or damaged, and the copy beside it")
    assert "put it back" not in said
    assert "(a reset): N. Newcomb. " in said
    reset_user(clinic.as_user("owner"), "nora", GIVEN, PASSWORDS["owner"], reason="Not in the key file.")
    entered(clinic, "nora", GIVEN)
    rotated(clinic)
    assert "key_file_put_back" not in told(clinic)
    assert problems_found(clinic.as_user("owner")) == []


def entered(clinic: SmallClinic, user: str, password: str) -> OpenClinic:
    opened = open_clinic(clinic.folder, user, password, clock=clinic.clock)
    clinic.opened.append(opened)
    return opened


def put_back_meanwhile(clinic: SmallClinic, older: bytes) -> None:
    """As `put_back`, under the eyes of whoever is logged in."""
    (clinic.folder / KEY_FILE).write_bytes(older)
    (clinic.folder / PREVIOUS_KEY_FILE).unlink()


def change_keys(owner: OpenClinic, act: str, folder: Path) -> None:
    """One of the acts that write another key file."""
    if act == "database key":
        rotate_database_key(owner, "yearly")
    elif act == "code":
        make_recovery_code(owner, PASSWORDS["owner"], folder / "code.pdf")
    else:
        reset_user(owner, "lind", GIVEN, PASSWORDS["owner"], reason="Forgotten.")


@pytest.mark.parametrize("act", ["database key", "code", "reset"])
def test_an_older_key_file_put_back_while_somebody_is_logged_in_is_told_although_they_change_keys_next(
    clinic: SmallClinic, tmp_path: Path, act: str
) -> None:
    older = key_file_of(clinic)
    choose_password(clinic.as_user("desk"), PASSWORDS["desk"], OWN)
    clinic.close()
    owner = clinic.as_user("owner")
    put_back_meanwhile(clinic, older)
    change_keys(owner, act, tmp_path)
    clinic.close()
    assert "has to choose one anew: R. Frontley. " in told(clinic)["key_file_put_back"].sentence
    clinic.close()
    choose_password(clinic.as_user("desk"), PASSWORDS["desk"], OWN)
    clinic.close()
    rotate_database_key(clinic.as_user("owner"), "An older key file was put back.")
    assert "key_file_put_back" not in told(clinic)
    assert problems_found(clinic.as_user("owner")) == []


def test_an_older_key_file_that_the_recovery_sheet_of_its_day_opens_is_told(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    first = new_sheet(clinic, tmp_path / "first.pdf")
    older = key_file_of(clinic)
    choose_password(clinic.as_user("desk"), PASSWORDS["desk"], OWN)
    put_back(clinic, older)
    enrol_administrator_by_sheet(
        clinic.folder, first, nora("administrator"), clock=clinic.clock, source="data folder"
    )
    assert "has to choose one anew: R. Frontley. " in told(clinic)["key_file_put_back"].sentence


def test_a_key_change_that_another_window_makes_meanwhile_is_no_key_file_that_was_put_there(
    clinic: SmallClinic,
) -> None:
    desk, owner = clinic.as_user("desk"), clinic.as_user("owner")
    read = load_key_file(clinic.folder)
    before = log_size(owner)
    choose_password(desk, PASSWORDS["desk"], OWN)
    enter_what_stands(owner, read)
    assert "key_file.found" not in [one["action"] for one in entries_since(owner, before)]


@pytest.mark.parametrize("ill", ["'x'", "CAST('{}' AS BLOB)", "x'00'"])
@pytest.mark.parametrize("act", ["database key", "code"])
def test_a_word_about_the_key_file_that_nobody_can_read_any_more_is_told_before_keys_are_changed(
    clinic: SmallClinic, tmp_path: Path, act: str, ill: str
) -> None:
    owner = clinic.as_user("owner")
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql(f"UPDATE log_entry SET entry = {ill} WHERE action LIKE 'key_file.%'")  # noqa: S608
    before = key_file_of(clinic)
    with pytest.raises(LogIllWritten, match="mnclinic check"):
        change_keys(owner, act, tmp_path)
    assert key_file_of(clinic) == before


def test_a_key_change_that_was_cut_off_hides_no_older_key_file(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = key_file_of(clinic)
    choose_password(clinic.as_user("desk"), PASSWORDS["desk"], OWN)
    newest = key_file_of(clinic)
    clinic.close()
    owner = clinic.as_user("owner")
    with monkeypatch.context() as patch:
        patch.setattr(service, "copy_under_new_key", cut_off)
        patch.setattr(service, "_open_what_stands", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            rotate_database_key(owner, "yearly")
    assert key_file_of(clinic) == newest
    put_back(clinic, older)
    assert "has to choose one anew: R. Frontley. " in told(clinic)["key_file_put_back"].sentence


def cut_off(*_: object) -> None:
    """As far as a power cut lets it come."""
    raise KeyboardInterrupt
