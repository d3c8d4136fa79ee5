"""Whoever has the database key, or every file, is found; and what only a checkpoint outside can find."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults import attacks
from tests.faults.attack_edits import (
    CANNOT_BE_MISSED,
    NOT_EVIDENCE,
    NOT_EVIDENCE_COLUMNS,
    NOT_EVIDENCE_WHILE_OPEN,
    evidence,
)
from tests.faults.attack_jobs import ATTACK_JOBS
from tests.faults.attack_places import NAMES

if TYPE_CHECKING:
    from tests.faults.conftest import Measured

MEASURED = tuple(ATTACK_JOBS)

ARCHITECTURE = Path(__file__).parents[2] / "ARCHITECTURE.md"


def test_every_attack_of_somebody_with_the_database_key_is_found_and_its_place_named(
    measured: "Measured",
) -> None:
    made = measured["attacks"]
    assert made.figures.findings == []
    counts = made.figures.counts
    assert counts["attacks"] >= 100
    assert (
        counts["attacks found and placed"] + counts["attacks after which the clinic does not open"]
        == counts["attacks"]
    )
    assert counts["attacks after which the clinic does not open"] < counts["attacks"] / 10


def test_a_write_ahead_log_that_is_cut_at_any_commit_after_a_crash_is_found_and_its_place_named(
    measured: "Measured",
) -> None:
    made = measured["write-ahead-cuts"]
    assert made.figures.findings == []
    counts = made.figures.counts
    assert counts["attacks"] == counts["attacks found and placed"] == made.total - 1
    assert counts["attacks that change nothing"] == 1, "the last commit of the crashed clinic enters nothing"


def test_what_only_a_checkpoint_from_outside_finds_is_what_is_written_down(
    measured: "Measured",
) -> None:
    made = measured["attacks-everywhere"]
    assert made.figures.findings == []
    found = {name for name in made.figures.counts if name.endswith("found only with one")}
    assert found == {f"{name}: found only with one" for name in attacks.FOUND_ONLY_WITH}
    assert made.figures.counts["attacks"] == made.total == 20


@pytest.mark.parametrize("plant", ["signatures-unseen", "actors-unseen"])
def test_the_harness_sees_that_a_part_of_the_check_is_switched_off(measured: "Measured", plant: str) -> None:
    assert measured[plant].figures.counts[attacks.MISSED] > 0


def test_each_table_of_evidence_has_a_way_to_be_named() -> None:
    assert evidence().keys() == NAMES.keys()


def test_what_is_no_evidence_is_what_the_architecture_says() -> None:
    section = ARCHITECTURE.read_text(encoding="utf-8").partition("## Evidence\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([a-z_]+(?:\.[a-z_]+)?)`", section))
    left_out = {name.removeprefix("delete ") for name in CANNOT_BE_MISSED}
    assert named == (
        NOT_EVIDENCE.keys() | NOT_EVIDENCE_COLUMNS.keys() | NOT_EVIDENCE_WHILE_OPEN.keys() | left_out
    )
