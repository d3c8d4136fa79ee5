"""Log-ins bound to this PC's keyring: from the next log-in on, and never the only way in."""

from pathlib import Path

import keyring
import pytest

from mnclinic.errors import ActionRefused, DeviceSecretMissing
from mnclinic.services.keys.device_binding import device_binding, set_device_binding
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.session import signer
from mnclinic.services.users.choose_password import recover_password
from tests.services.clinic_builder import PASSWORDS, SmallClinic, small_clinic
from tests.services.keyring_stand_in import Keyring
from tests.services.reading import actions_since, log_size, problems_found


@pytest.fixture
def pc(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    """This PC's keyring."""
    there = Keyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: there)
    return there


def test_each_log_in_follows_and_another_pc_needs_the_recovery_code(
    clinic: SmallClinic, pc: Keyring, tmp_path_factory: pytest.TempPathFactory
) -> None:
    owner = clinic.as_user("owner")
    assert device_binding(owner).is_offered
    assert set_device_binding(owner, PASSWORDS["owner"], on=True).bound == ()
    size = log_size(owner)
    reyes = clinic.as_user("reyes")
    assert "account.bound_to_device" in actions_since(reyes, size)
    assert device_binding(owner).bound == ("reyes",)
    with signer(reyes, PASSWORDS["reyes"]):
        pass
    card = tmp_path_factory.mktemp("card") / "card.pdf"
    made = make_recovery_code(reyes, PASSWORDS["reyes"], card)
    assert problems_found(reyes) == []
    kept, pc.kept = pc.kept, {}
    with pytest.raises(DeviceSecretMissing):
        clinic.as_user("reyes")
    elsewhere = recover_password(
        clinic.folder, "reyes", "-".join(made.groups), "cobalt orchard nine lanterns", clock=clinic.clock
    )
    clinic.opened.append(elsewhere)
    with signer(elsewhere, "cobalt orchard nine lanterns"):
        pass
    pc.kept = kept
    set_device_binding(owner, PASSWORDS["owner"], on=False)
    assert device_binding(owner).bound == ()
    assert problems_found(elsewhere) == []


def test_without_a_keyring_nothing_is_bound_and_that_is_said(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: None)
    owner = clinic.as_user("owner")
    assert not device_binding(owner).is_offered
    with pytest.raises(ActionRefused, match="no keyring"):
        set_device_binding(owner, PASSWORDS["owner"], on=True)
    assert problems_found(owner) == []


def test_a_clinic_can_be_bound_from_its_set_up_on(tmp_path: Path, pc: Keyring) -> None:
    clinic = small_clinic(tmp_path / "bound", bind_to_device=True)
    owner = clinic.as_user("owner")
    assert set(device_binding(owner).bound) == set(PASSWORDS)
    pc.kept.clear()
    with pytest.raises(DeviceSecretMissing):
        clinic.as_user("owner")
    clinic.close()
