"""A prompt, the small clinic, and the clinic of the shipped answers."""

import shutil
from pathlib import Path

import pytest

from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services.answers import clinic_from_answers
from mnclinic.services.set_up_clinic import set_up_clinic
from tests.cli.running import EXAMPLES, Shell
from tests.services.clinic_builder import MONDAY, StoppedClock
from tests.services.conftest import built_clinic, clinic

__all__ = ["built_clinic", "clinic"]

EXAMPLE_PASSWORD = "marble lantern seven rivers"


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Somebody at a prompt."""
    return Shell(capsys, monkeypatch)


@pytest.fixture(scope="session")
def built_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clinic of resources/examples/clinic.toml, set up once with the cheapest lawful key derivation."""
    folder = tmp_path_factory.mktemp("example") / "clinic"
    answers, _ = clinic_from_answers(EXAMPLES / "clinic.toml", first_password=EXAMPLE_PASSWORD, now=MONDAY)
    set_up_clinic(answers, folder, clock=StoppedClock(MONDAY), cost=FLOOR_COST)
    return folder


@pytest.fixture
def example(built_example: Path, tmp_path: Path) -> Path:
    """The test's own copy of it; everybody's password is EXAMPLE_PASSWORD."""
    return Path(shutil.copytree(built_example, tmp_path / "example"))
