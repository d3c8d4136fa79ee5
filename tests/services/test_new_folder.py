"""What stands against making a clinic in a folder, and the drafts that one begins with."""

from pathlib import Path

import pytest

from mnclinic.errors import InvalidInput
from mnclinic.services.answers import clinic_from_screens
from mnclinic.services.new_folder import folder_problem
from mnclinic.services.shipped_drafts import shipped_drafts
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic


def test_an_empty_or_a_missing_folder_will_do(tmp_path: Path) -> None:
    assert folder_problem(tmp_path) == ""
    assert folder_problem(tmp_path / "not" / "there" / "yet") == ""


def test_a_folder_with_a_clinic_a_file_and_a_synced_folder_are_told(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    assert "There is a clinic in this folder already" in folder_problem(clinic.folder)
    (tmp_path / "file").write_text("")
    assert "cannot be written" in folder_problem(tmp_path / "file" / "below")
    synced = tmp_path / "Dropbox"
    synced.mkdir()
    assert "Dropbox" in folder_problem(synced / "clinic")


@pytest.mark.parametrize(
    ("state", "policy"), [("TX", "TX-like draft"), ("WY", "Blank draft, strictest values")]
)
def test_each_state_begins_with_its_own_policy_or_the_strictest(state: str, policy: str) -> None:
    drafts = shipped_drafts(state)
    assert (drafts[0].kind, drafts[0].name) == ("policy", policy)
    assert {one.kind for one in drafts[1:]} == {"protocol", "consent_text"}


def test_answers_from_screens_take_the_typed_passwords_and_tell_every_problem() -> None:
    person = {"user": "okafor", "name": "Dr I. Okafor", "role": "director", "credential": "MD"}
    answers = {"clinic": {"name": "Sampleton", "state": "TX"}, "staff": [person]}
    made = clinic_from_screens(answers, {"okafor": PASSWORDS["okafor"]}, now=MONDAY)
    assert made.people[0].password == PASSWORDS["okafor"]
    wrong = {"clinic": {"name": "", "state": "Texas"}, "staff": [person | {"user": " okafor"}]}
    with pytest.raises(InvalidInput) as told:
        clinic_from_screens(wrong, {}, now=MONDAY)
    assert {one.where for one in told.value.problems} == {"clinic.name", "clinic.state", "staff[0].user"}
