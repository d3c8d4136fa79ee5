"""Fixtures for use-cases on a real encrypted store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.clinic_builder import SmallClinic, known_clinic


@pytest.fixture(scope="session")
def built_clinic(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """A small clinic, set up once: deriving its keys is what takes the time."""
    return known_clinic(tmp_path_factory.mktemp("built") / "clinic")


@pytest.fixture
def clinic(built_clinic: SmallClinic, tmp_path: Path) -> Iterator[SmallClinic]:
    """A small clinic that was just set up: the test's own copy of every file."""
    copy = built_clinic.copied_to(tmp_path / "clinic")
    yield copy
    copy.let_go()


Work = Callable[[SmallClinic], object]


@pytest.fixture(scope="session")
def after_work(
    built_clinic: SmallClinic, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Work], SmallClinic]:
    """The small clinic after some work, which is done once and which nobody was logged off from."""
    done: dict[Work, SmallClinic] = {}

    def after(work: Work) -> SmallClinic:
        if work not in done:
            done[work] = built_clinic.copied_to(tmp_path_factory.mktemp("after") / "clinic")
            work(done[work])
            done[work].let_go()
        return done[work]

    return after


@pytest.fixture
def clinic_after(
    after_work: Callable[[Work], SmallClinic], tmp_path: Path
) -> Iterator[Callable[[Work], SmallClinic]]:
    """Hands out the test's own copy of the small clinic after some work that many tests begin with."""
    copies: list[SmallClinic] = []

    def after(work: Work) -> SmallClinic:
        copies.append(after_work(work).copied_to(tmp_path / "clinic"))
        return copies[-1]

    yield after
    for copy in copies:
        copy.let_go()
