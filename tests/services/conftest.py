"""Fixtures for use-cases on a real encrypted store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.clinic_builder import SmallClinic, small_clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    """A small clinic that was just set up."""
    built = small_clinic(tmp_path / "clinic")
    yield built
    built.close()
