"""A long run goes on where it stopped, and its table tells what was found."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults.figures import Figures
from tests.faults.measure import Bench, Extent, Measurement, Progress, measure, table

CASES = 10


class Stopped(Exception):
    pass


class Counting:
    def __init__(self, stop_at: int | None = None) -> None:
        self.seen: list[int] = []
        self.stop_at = stop_at

    def measurement(self) -> Measurement:
        def work(numbers: Sequence[int]) -> Figures:
            if self.stop_at in numbers:
                raise Stopped
            self.seen += numbers
            figures = Figures()
            figures.counts["cases"] += len(numbers)
            if 7 in numbers:
                figures.find("lost", "case 7")
            return figures

        return Measurement("toy", "a toy", lambda _bench: (CASES, work), CASES, 3)


def test_a_run_that_was_stopped_goes_on_and_counts_each_case_once(tmp_path: Path) -> None:
    state = tmp_path / "toy.json"
    first = Counting(stop_at=5)
    with pytest.raises(Stopped):
        measure(first.measurement(), Bench(tmp_path), Extent(), state=state)
    second = Counting()
    progress = measure(second.measurement(), Bench(tmp_path), Extent(), state=state)
    assert first.seen + second.seen == list(range(CASES))
    assert progress.figures.counts == {"cases": CASES, "lost": 1}
    assert progress.figures.findings == ["lost: case 7"]


def test_the_table_tells_figures_and_findings(tmp_path: Path) -> None:
    toy = Counting().measurement()
    text = table([(toy, measure(toy, Bench(tmp_path), Extent()))])
    assert "10 of 10" in text
    assert "1 FOUND" in text
    assert "case 7" in text
    assert "nothing found" in table([(toy, Progress(0, 1, 0.0, Figures()))])


def test_parts_and_strides_cover_every_case_once() -> None:
    halves = [Extent(part=part, parts=2).numbers(7) for part in range(2)]
    assert sorted([*halves[0], *halves[1]]) == list(range(7))
    assert Extent(every=25).numbers(100) == [24, 49, 74, 99]
    assert Extent(count=2, every=25).numbers(100) == [24, 49]
