"""A disk that fails anywhere: a sentence, nothing half-saved, and the same act succeeds afterwards."""

from typing import TYPE_CHECKING

import pytest

from tests.faults.jobs import IO_JOBS
from tests.faults.judgement import LOST
from tests.faults.operations import OPERATIONS

if TYPE_CHECKING:
    from tests.faults.conftest import Measured

MEASURED = (*IO_JOBS[:2], "swallows", "engine-words")


@pytest.mark.parametrize("job", IO_JOBS[:2])
def test_a_failing_disk_is_told_in_a_sentence_and_the_same_act_succeeds_afterwards(
    measured: "Measured", job: str
) -> None:
    nothing_found_by(measured, job)


def nothing_found_by(measured: "Measured", job: str) -> None:
    """Every 25th place of every operation of the job's failed once and for ever, and all was well."""
    errors, part = measured[job], IO_JOBS.index(job)
    assert errors.figures.findings == []
    assert errors.figures.counts["failures"] == errors.total > 100
    assert errors.figures.counts["told in a sentence"] > 50
    met = {name.removeprefix("met by ") for name in errors.figures.counts if name.startswith("met by ")}
    assert met == {one.name for one in OPERATIONS[part :: len(IO_JOBS)]}


@pytest.mark.parametrize(("plant", "found"), [("swallows", LOST), ("engine-words", "crashes")])
def test_the_harness_sees_the_fault_that_it_looks_for(measured: "Measured", plant: str, found: str) -> None:
    figures = measured[plant].figures
    assert figures.counts[found] > 0, figures.findings
