"""The other half of the operations on a failing disk: a module of its own, so that two workers share them."""

from typing import TYPE_CHECKING

import pytest

from tests.faults.jobs import IO_JOBS
from tests.faults.test_failing_disk import nothing_found_by

if TYPE_CHECKING:
    from tests.faults.conftest import Measured

MEASURED = IO_JOBS[2:]


@pytest.mark.parametrize("job", MEASURED)
def test_a_failing_disk_is_told_in_a_sentence_and_the_same_act_succeeds_afterwards(
    measured: "Measured", job: str
) -> None:
    nothing_found_by(measured, job)
