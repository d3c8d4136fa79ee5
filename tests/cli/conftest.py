"""A prompt, the small clinic, and the clinic of the shipped answers."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services.answers import clinic_from_answers
from mnclinic.services.set_up_clinic import set_up_clinic
from tests.cli.running import EXAMPLES, Shell
from tests.services.clinic_builder import MONDAY, StoppedClock
from tests.services.conftest import after_work, built_clinic, clinic, clinic_after

__all__ = ["after_work", "built_clinic", "clinic", "clinic_after"]

EXAMPLE_PASSWORDS = {
    "okafor": "marble lantern seven rivers",
    "lind": "thistle kettle north window",
    "reyes": "pewter bridge nine pebbles",
    "whit": "velvet thimble late summer",
    "desk": "cedar crane morning train",
    "owner": "saffron compass quiet garden",
}
"""What the example's people were given; the answers themselves leave it to be made."""


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Somebody at a prompt."""
    return Shell(capsys, monkeypatch)


@pytest.fixture(scope="session")
def built_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clinic of resources/examples/clinic.toml, set up once with the cheapest lawful key derivation."""
    folder = tmp_path_factory.mktemp("example") / "clinic"
    answers, _ = clinic_from_answers(EXAMPLES / "clinic.toml", now=MONDAY)
    people = tuple(replace(one, password=EXAMPLE_PASSWORDS[one.user]) for one in answers.people)
    set_up_clinic(replace(answers, people=people), folder, clock=StoppedClock(MONDAY), cost=FLOOR_COST)
    return folder


@pytest.fixture
def example(built_example: Path, tmp_path: Path) -> Path:
    """The test's own copy of it; everybody's password is in EXAMPLE_PASSWORDS."""
    return Path(shutil.copytree(built_example, tmp_path / "example"))
