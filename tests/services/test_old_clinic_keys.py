"""A clinic of the first form: its people, keys and sheet work on as those of today do."""

import shutil
from pathlib import Path

import pytest

from mnclinic.errors import WrongCredentials
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.list_users import list_users
from tests.services.clinic_builder import StoppedClock
from tests.services.reading import problems_found

OLD_CLINIC = Path(__file__).parents[1] / "old_databases" / "0001"


def test_keys_of_the_first_form_are_changed_checked_and_taken_away(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(OLD_CLINIC, tmp_path / "old"))
    clock = StoppedClock()
    passwords = {user: password for user, _, password in demo_log_ins()}
    with pytest.raises(WrongCredentials):
        open_clinic(folder, "okafor", "not the password at all", clock=clock)
    director = open_clinic(folder, "okafor", passwords["okafor"], clock=clock)
    assert problems_found(director) == []
    assert "recovery_sheet_not_read_back" in {notice.code for notice in notices(director)}
    roles = {row.user: row.role for row in list_users(director)}
    provider = next(user for user, role in roles.items() if role == "provider")
    second = SecondPerson(provider, passwords[provider])
    made = enrol_signature_key(director, passwords["okafor"], second=second)
    assert director.facts.fingerprint == made.key
    director.close()
    owner_name = next(user for user, role in roles.items() if role == "administrator")
    owner = open_clinic(folder, owner_name, passwords[owner_name], clock=clock)
    desk = next(user for user, role in roles.items() if role == "front_desk")
    assert end_access(owner, desk, passwords[owner_name], reason="Leaves.").key_not_changed is None
    assert problems_found(owner) == []
    owner.close()
