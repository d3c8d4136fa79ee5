import pytest

from mnclinic.security.keyfile import KeyFile
from mnclinic.security.slots import CreatedKeys
from tests.security.builders import FullClinic, full_clinic, made_clinic


@pytest.fixture(scope="session")
def made() -> tuple[KeyFile, CreatedKeys]:
    """Made once: key files are values, so no test can spoil it for another."""
    return made_clinic()


@pytest.fixture
def keyfile(made: tuple[KeyFile, CreatedKeys]) -> KeyFile:
    return made[0]


@pytest.fixture
def created(made: tuple[KeyFile, CreatedKeys]) -> CreatedKeys:
    """What set-up held. A test that forgets it makes its own."""
    return made[1]


@pytest.fixture
def sheet(created: CreatedKeys) -> str:
    assert created.recovery_groups is not None
    return "-".join(created.recovery_groups)


@pytest.fixture(scope="session")
def full() -> FullClinic:
    """Made once, as above."""
    return full_clinic()
