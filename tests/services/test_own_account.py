"""What a person's own account says, and where a key file is found."""

from pathlib import Path

from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.own_account import find_key_file, key_file_name, own_account
from mnclinic.services.second_log_in import SecondPerson
from tests.services.clinic_builder import PASSWORDS, SmallClinic


def test_a_new_account_says_what_is_still_missing(clinic: SmallClinic) -> None:
    account = own_account(clinic.as_user("reyes"))
    assert (account.may_sign, account.has_signature_key, account.is_temporary) == (True, True, False)
    assert (account.has_recovery_code, account.key_file_name) == (False, None)
    assert own_account(clinic.as_user("desk")).may_sign is False


def test_a_code_made_before_a_new_signature_key_is_told_not_to_reach_it(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    reyes = clinic.as_user("reyes")
    make_recovery_code(reyes, PASSWORDS["reyes"], tmp_path / "card.pdf")
    assert own_account(reyes).recovery_reaches_signature
    enrol_signature_key(reyes, PASSWORDS["reyes"])
    account = own_account(reyes)
    assert (account.has_recovery_code, account.recovery_reaches_signature) == (True, False)


def test_the_key_file_is_found_by_its_name_on_whichever_stick_it_is(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    okafor = clinic.as_user("okafor")
    written = tmp_path / "written.key"
    enrol_signature_key(
        okafor, PASSWORDS["okafor"], second=SecondPerson("lind", PASSWORDS["lind"]), new_factor=written
    )
    name = key_file_name(okafor)
    assert name is not None
    assert name.startswith("mnclinic-signing-")
    sticks = (tmp_path / "unplugged", tmp_path / "first", tmp_path / "second")
    for stick in sticks[1:]:
        stick.mkdir()
    assert find_key_file(name, sticks) is None
    written.rename(sticks[2] / name)
    assert find_key_file(name, sticks) == sticks[2] / name
