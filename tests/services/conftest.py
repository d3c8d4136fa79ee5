"""Fixtures for use-cases on a real encrypted store."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.clinic_builder import SmallClinic, StoppedClock, small_clinic


@pytest.fixture(scope="session")
def built_clinic(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """A small clinic, set up once: deriving its keys is what takes the time."""
    return small_clinic(tmp_path_factory.mktemp("built") / "clinic")


@pytest.fixture
def clinic(built_clinic: SmallClinic, tmp_path: Path) -> Iterator[SmallClinic]:
    """A small clinic that was just set up: the test's own copy of every file."""
    shutil.copytree(built_clinic.folder, tmp_path / "clinic")
    copy = replace(
        built_clinic, folder=tmp_path / "clinic", clock=StoppedClock(built_clinic.clock.at), opened=[]
    )
    yield copy
    copy.let_go()
