"""Setting a clinic up: a whole one stands afterwards, or none."""

from dataclasses import replace
from pathlib import Path

import pytest

from mnclinic.errors import ClinicExists, DiskFull, InvalidInput, StoreUnavailable
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services import set_up_clinic as module
from mnclinic.services.answers import set_up_with_sheet
from mnclinic.services.open_clinic import clinic_is_here, open_clinic
from mnclinic.services.set_up_clinic import set_up_clinic
from tests.services.clinic_builder import PASSWORDS, SmallClinic, StoppedClock, request
from tests.services.reading import problems_found


def test_a_clinic_that_is_there_is_never_overwritten(clinic: SmallClinic) -> None:
    before = {path.name: path.read_bytes() for path in clinic.folder.iterdir()}
    with pytest.raises(ClinicExists, match="Nothing was changed"):
        set_up_clinic(request(), clinic.folder, clock=StoppedClock(), cost=FLOOR_COST)
    assert {path.name: path.read_bytes() for path in clinic.folder.iterdir()} == before


def test_wrong_answers_are_told_together_and_nothing_is_made(tmp_path: Path) -> None:
    asked = request()
    people = tuple(person for person in asked.people if person.role != "administrator")
    weak = (*people, people[1], replace(people[0], user="second", password="short"))  # two more mistakes
    with pytest.raises(InvalidInput) as told:
        set_up_clinic(replace(asked, people=weak), tmp_path / "new", clock=StoppedClock(), cost=FLOOR_COST)
    places = {problem.where for problem in told.value.problems}
    assert {"staff", "staff.second.password"} <= places
    assert not (tmp_path / "new").exists()


def test_no_two_people_have_the_same_password_however_it_is_typed(tmp_path: Path) -> None:
    asked = request()
    first, second, third, *others = asked.people
    full_width = "".join(chr(ord(one) + 0xFEE0) if one != " " else "\u3000" for one in first.password)
    assert full_width != first.password
    people = (first, second, replace(third, password=full_width), *others)
    with pytest.raises(InvalidInput, match="was not set up") as told:
        set_up_clinic(replace(asked, people=people), tmp_path / "new", clock=StoppedClock(), cost=FLOOR_COST)
    assert {problem.where for problem in told.value.problems} == {
        f"staff.{first.user}.password",
        f"staff.{third.user}.password",
    }
    assert all("Another person here has this password" in problem.what for problem in told.value.problems)
    assert not (tmp_path / "new").exists()


def test_user_names_that_look_alike_are_told_and_nothing_is_made(tmp_path: Path) -> None:
    asked = request()
    people = (replace(asked.people[0], user="1ind"), *asked.people[1:])
    with pytest.raises(InvalidInput, match="was not set up") as told:
        set_up_clinic(replace(asked, people=people), tmp_path / "new", clock=StoppedClock(), cost=FLOOR_COST)
    assert [problem.what for problem in told.value.problems] == [
        "The user names 1ind, lind look alike. Choose another one for somebody."
    ]
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("user", ["n\u043evak", "novak.", "novak\n", "no vak"])
def test_a_user_name_that_nobody_may_be_added_with_is_refused_at_set_up_too(
    tmp_path: Path, user: str
) -> None:
    asked = request()
    people = (replace(asked.people[0], user=user), *asked.people[1:])
    with pytest.raises(InvalidInput, match="was not set up") as told:
        set_up_clinic(replace(asked, people=people), tmp_path / "new", clock=StoppedClock(), cost=FLOOR_COST)
    assert [problem.where for problem in told.value.problems] == [f"staff.{user}.user"]
    assert not (tmp_path / "new").exists()


def test_no_password_is_built_from_the_names_of_colleagues(tmp_path: Path) -> None:
    asked = request()
    people = (replace(asked.people[0], password="castellan reyes whit"), *asked.people[1:])
    with pytest.raises(InvalidInput, match="was not set up") as told:
        set_up_clinic(replace(asked, people=people), tmp_path / "new", clock=StoppedClock(), cost=FLOOR_COST)
    assert [problem.where for problem in told.value.problems] == ["staff.okafor.password"]


def test_a_disk_that_fills_up_during_set_up_leaves_no_clinic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_fill", no_space)
    with pytest.raises(DiskFull):
        set_up_clinic(request(), tmp_path / "new", clock=StoppedClock(), cost=FLOOR_COST)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_sheet_that_cannot_be_written_leaves_no_clinic(tmp_path: Path) -> None:
    # Every name of it is longer than a disk takes once the page being written adds its own ending.
    sheet = tmp_path / f"{'s' * 250}.pdf"
    new = tmp_path / "new"
    with pytest.raises(StoreUnavailable, match="no clinic was made") as told:
        set_up_with_sheet(request(), new, sheet, clock=StoppedClock(), cost=FLOOR_COST)
    assert "Nothing half-done" not in told.value.sentence
    assert list(new.iterdir()) == []
    assert not clinic_is_here(new)
    again = set_up_with_sheet(request(), new, tmp_path / "sheet.pdf", clock=StoppedClock(), cost=FLOOR_COST)
    assert len(again.recovery_groups) > 10
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    open_clinic(new, "owner", PASSWORDS["owner"], clock=StoppedClock()).close()


def test_a_set_up_that_fails_after_its_sheet_leaves_neither_and_no_other_sheet_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr(module, "save_key_file", no_space)
    new, sheet = tmp_path / "new", tmp_path / "sheet.pdf"
    with pytest.raises(DiskFull):
        set_up_with_sheet(request(), new, sheet, clock=StoppedClock(), cost=FLOOR_COST)
    assert list(new.iterdir()) == []
    assert not sheet.exists()
    sheet.write_bytes(b"another clinic's")
    with pytest.raises(InvalidInput, match="there already"):
        set_up_with_sheet(request(), new, sheet, clock=StoppedClock(), cost=FLOOR_COST)
    assert sheet.read_bytes() == b"another clinic's"


def test_everything_that_set_up_enters_is_whole(clinic: SmallClinic) -> None:
    assert problems_found(clinic.as_user("inspector")) == []
