"""Nothing acknowledged is lost, nothing is half there, no accident is called tampering: the short runs."""

from typing import TYPE_CHECKING

import pytest

from tests.faults.attack_jobs import ATTACK_JOBS
from tests.faults.jobs import IO_JOBS, JOBS
from tests.faults.judgement import FALSE_ALARM, HALF, LOST

if TYPE_CHECKING:
    from tests.faults.conftest import Measured

MEASURED = tuple(
    job
    for job in JOBS
    if job not in {*IO_JOBS, *ATTACK_JOBS, "swallows", "engine-words"} and not job.startswith("steps-")
)


def test_sixty_kills_lose_nothing_leave_nothing_half_and_raise_no_alarm(measured: "Measured") -> None:
    kills = measured["kills"]
    assert kills.figures.findings == []
    assert kills.figures.counts["kills"] == 60
    assert kills.figures.counts["acknowledged acts"] > 30
    assert kills.figures.counts["kills in the middle of an act"] > 20


def test_fifty_power_cuts_lose_nothing_and_raise_no_alarm(measured: "Measured") -> None:
    cuts = measured["power-cuts"]
    assert cuts.figures.findings == []
    assert cuts.figures.counts["images"] == 50
    assert cuts.figures.counts["acknowledged acts"] > 50


def test_a_power_cut_during_any_operation_leaves_it_whole_or_not_begun(measured: "Measured") -> None:
    cuts = measured["operation-cuts"]
    assert cuts.figures.findings == []
    assert cuts.figures.counts["images"] == cuts.total > 10


def test_five_hundred_flipped_bits_are_all_noticed_and_placed(measured: "Measured") -> None:
    flips = measured["bit-flips"]
    assert flips.figures.findings == []
    placed, passed = "flips detected and placed", "flips that keep nobody out"
    assert flips.figures.counts[placed] + flips.figures.counts[passed] == 500
    assert flips.figures.counts[placed] > 450
    assert flips.figures.counts["flips in stick/*/clinic.db"] > 30


def test_eight_processes_writing_at_once_lose_nothing_and_nobody_waits_five_seconds(
    measured: "Measured",
) -> None:
    writers = measured["writers"]
    assert writers.figures.findings == []
    assert (writers.figures.counts["commits"], writers.figures.counts["gaps in the log"]) == (200, 0)


def test_no_canary_password_or_key_lies_in_any_file(measured: "Measured") -> None:
    day = measured["canaries"]
    assert day.figures.findings == []
    assert day.figures.counts["canary words"] == 64
    assert day.figures.counts["files looked at"] > 9


def test_nothing_of_a_day_is_left_in_the_memory_of_the_locked_program(measured: "Measured") -> None:
    memory = measured["memory"]
    assert memory.figures.findings == []
    assert memory.figures.counts["canary words"] == 64
    assert memory.figures.counts["hits before the lock"] >= 3


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        ("acknowledges-early", LOST),
        ("parts-the-log", HALF),
        ("does-not-sync", LOST),
        ("nobody-looks", "flips that nobody noticed"),
        ("forgets-commits", LOST),
        ("dawdles", "stalls over 5 s"),
    ],
)
def test_the_harness_sees_the_fault_that_it_looks_for(measured: "Measured", plant: str, found: str) -> None:
    figures = measured[plant].figures
    assert figures.counts[found] > 0, figures.findings


def test_a_planted_half_state_is_an_alarm_of_the_check_too(measured: "Measured") -> None:
    assert measured["parts-the-log"].figures.counts[FALSE_ALARM] > 0
