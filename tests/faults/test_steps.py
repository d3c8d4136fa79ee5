"""Killed at every step of changing the database key and of an upgrade: an openable pair is left."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.faults.conftest import Measured

MEASURED = ("steps-rotation", "steps-keys-anew", "steps-upgrade", "steps-set-up")


@pytest.mark.parametrize(
    ("job", "at_least"),
    [("steps-rotation", 80), ("steps-keys-anew", 10), ("steps-upgrade", 60), ("steps-set-up", 4)],
)
def test_killed_at_any_step_an_operation_leaves_something_that_opens(
    measured: "Measured", job: str, at_least: int
) -> None:
    steps = measured[job]
    assert steps.figures.findings == []
    assert steps.figures.counts["steps"] == steps.total >= at_least
