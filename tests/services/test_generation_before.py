"""What a change of keys ends is not left beside it: `clinic.keys.prev` opens no more than `clinic.keys`."""

from collections.abc import Callable
from pathlib import Path

import keyring
import pytest

from mnclinic.security.keyfile_on_disk import load_key_file, load_previous_key_file
from mnclinic.services.keys.device_binding import set_device_binding
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.users.choose_password import choose_password, recover_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.reset_user import reset_user
from tests.services.clinic_builder import PASSWORDS, SmallClinic
from tests.services.keyring_stand_in import Keyring

OWN = "cobalt orchard nine lanterns"


def give_a_key_file(clinic: SmallClinic, desk: Path) -> None:
    set_second_factor(clinic.as_user("okafor"), PASSWORDS["okafor"], desk / "stick.key")


def take_the_key_file_away(clinic: SmallClinic, desk: Path) -> None:
    give_a_key_file(clinic, desk)
    set_second_factor(clinic.as_user("okafor"), PASSWORDS["okafor"], None, factor=desk / "stick.key")


def make_a_code(clinic: SmallClinic, desk: Path) -> str:
    made = make_recovery_code(clinic.as_user("reyes"), PASSWORDS["reyes"], desk / "card.pdf")
    return "-".join(made.groups)


def make_a_code_anew(clinic: SmallClinic, desk: Path) -> None:
    make_recovery_code(clinic.as_user("reyes"), PASSWORDS["reyes"], desk / "card.pdf", may_be_known=True)


def come_back_by_code(clinic: SmallClinic, desk: Path) -> None:
    code = make_a_code(clinic, desk)
    clinic.opened.append(recover_password(clinic.folder, "reyes", code, OWN, clock=clinic.clock))


def come_back_by_a_code_that_may_be_known(clinic: SmallClinic, desk: Path) -> None:
    code = make_a_code(clinic, desk)
    clinic.opened.append(
        recover_password(clinic.folder, "reyes", code, OWN, clock=clinic.clock, may_be_known=True)
    )


def end_an_access_while_the_clinic_is_open_elsewhere(clinic: SmallClinic, _desk: Path) -> None:
    clinic.as_user("lind")
    ended = end_access(clinic.as_user("owner"), "desk", PASSWORDS["owner"], reason="Moves away.")
    assert ended.key_not_changed is not None, "else the change of the database key writes the file anew"


def follow_the_device_at_the_log_in(clinic: SmallClinic, _desk: Path) -> None:
    set_device_binding(clinic.as_user("owner"), PASSWORDS["owner"], on=True)
    before = load_key_file(clinic.folder).keyfile
    clinic.as_user("reyes")
    assert load_key_file(clinic.folder).keyfile != before


def reset_a_colleague(clinic: SmallClinic, _desk: Path) -> None:
    reset_user(
        clinic.as_user("owner"), "reyes", "seven borrowed lamps at noon", PASSWORDS["owner"], reason="Lost."
    )


def revoke_a_signature_key(clinic: SmallClinic, _desk: Path) -> None:
    revoke_signature_key(clinic.as_user("okafor"), "reyes", "lost", PASSWORDS["okafor"])


def choose_another_password(clinic: SmallClinic, _desk: Path) -> None:
    choose_password(clinic.as_user("reyes"), PASSWORDS["reyes"], OWN)


def replace_the_recovery_sheet(clinic: SmallClinic, desk: Path) -> None:
    make_recovery_sheet(clinic.as_user("owner"), PASSWORDS["owner"], desk / "sheet.pdf")


def make_a_signature_key_anew(clinic: SmallClinic, _desk: Path) -> None:
    enrol_signature_key(clinic.as_user("reyes"), PASSWORDS["reyes"])


@pytest.mark.parametrize(
    "change",
    [
        reset_a_colleague,
        revoke_a_signature_key,
        choose_another_password,
        replace_the_recovery_sheet,
        make_a_signature_key_anew,
        give_a_key_file,
        take_the_key_file_away,
        make_a_code,
        make_a_code_anew,
        come_back_by_code,
        come_back_by_a_code_that_may_be_known,
        end_an_access_while_the_clinic_is_open_elsewhere,
        follow_the_device_at_the_log_in,
    ],
)
def test_no_generation_of_before_is_left(
    clinic: SmallClinic,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[SmallClinic, Path], object],
) -> None:
    pc = Keyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: pc)
    change(clinic, tmp_path_factory.mktemp("desk"))
    assert load_previous_key_file(clinic.folder) == load_key_file(clinic.folder).keyfile
