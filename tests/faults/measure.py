"""The measurements by name, run in lots, with a state that lets a long run go on where it stopped.

A lot is a few numbers; a number decides everything that happens in its case, so that a finding can be
looked at again. The state is one small file a measurement, replaced whole after each lot.
"""

import itertools
import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from mnclinic.store import spare
from tests.faults import (
    attacks,
    bit_flips,
    canaries,
    io_errors,
    kills,
    many_writers,
    picture_fuzz,
    power_cuts,
    scan_fuzz,
    steps,
    window_monkey,
)
from tests.faults.figures import Figures
from tests.faults.operation import Operation
from tests.faults.operations import OPERATIONS
from tests.faults.paid_once import (
    derive_lightly,
    remember_derivations,
    remember_key_files,
    share_statements,
)
from tests.faults.processes import put_in
from tests.faults.scenes import Scene, build_scene
from tests.faults.team import build_small_clinic
from tests.faults.warmth import carried_out_here

SPARE_BYTES = 64 * 1024
SHOWN = 12
"""So many findings of a measurement are printed; the state holds all."""

WorkOnLot = Callable[[Sequence[int]], Figures]
Begin = Callable[["Bench"], tuple[int, WorkOnLot]]
"""Prepares a measurement; returns how many numbers there are in all, and what works on some of them."""


@dataclass(frozen=True)
class Bench:
    """Where a measurement works: a template to copy, room for scratch, and a planted fault, if any."""

    scratch: Path
    plant: str | None = None
    only: str | None = None
    """Only operations whose name holds this."""
    every: int = 1
    """Of each operation's places only every so many-th."""
    part: int = 0
    parts: int = 1
    """Of the operations, each `parts`th from number `part` on."""
    scenes: Path | None = None
    """Where what is built once may be found by the next measurement too."""

    @property
    def attacked(self) -> attacks.Scene:
        """The clinic that is attacked."""
        return attacks.build_scene((self.scenes or self.scratch) / "attacked")

    @property
    def template(self) -> Path:
        """The small clinic, built once and closed."""
        folder = self.scratch / "template" / "clinic"
        if not folder.exists():
            carried_out_here(lambda: build_small_clinic(folder), self.scratch)
        return folder

    def planted(self, module: Any) -> Any:
        """The module's planted fault of this name."""
        return getattr(module, self.plant) if self.plant else None

    def operations(self) -> list[Operation]:
        """The operations that are measured."""
        named = [one for one in OPERATIONS if self.only is None or self.only in one.name]
        return named[self.part :: self.parts]

    def places(self, count: int) -> list[int]:
        """The places, counted from 1, of an operation that has so many: at least its last one."""
        return list(range(self.every, count + 1, self.every)) or [count]


@dataclass(frozen=True)
class Measurement:
    """One row of the table."""

    name: str
    title: str
    begin: Begin
    full: int | None
    """How many cases a full run has; None where the operations themselves say it."""
    lot: int
    needs_shim: bool = False
    waits_for_disk: bool = False
    strides_itself: bool = False
    """Every and part are taken within and of the operations, not of the numbers."""
    is_short: bool = False
    """A short form of another one, which a run of all leaves out."""


def _runs_of(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Consecutive numbers as (first, count)."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and sum(runs[-1]) == number:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((number, 1))
    return runs


def _each_run(numbers: Sequence[int], work: Callable[[int, int], Figures]) -> Figures:
    figures = Figures()
    for first, count in _runs_of(numbers):
        figures.add(work(first, count))
    return figures


def _kills(bench: Bench) -> tuple[int, WorkOnLot]:
    template, plant = bench.template, bench.planted(kills)

    def work(first: int, count: int) -> Figures:
        return kills.kill_run(template, bench.scratch / "kills", first=first, count=count, plant=plant)

    return 10_000, lambda numbers: _each_run(numbers, work)


def _cuts(bench: Bench) -> tuple[int, WorkOnLot]:
    template, plant = bench.template, bench.planted(power_cuts)

    def work(first: int, count: int) -> Figures:
        return power_cuts.cut_run(template, bench.scratch / "cuts", first=first, count=count, plant=plant)

    return 5_000, lambda numbers: _each_run(numbers, work)


def _scene_of(bench: Bench, cache: dict[str, Scene], operation: Operation) -> Scene:
    if operation.name not in cache:
        folder = bench.scratch / "scenes" / operation.name.replace(" ", "-")
        cache[operation.name] = build_scene(operation, bench.template, folder)
    return cache[operation.name]


def _operation_cuts(bench: Bench) -> tuple[int, WorkOnLot]:
    """Images of each operation in turn."""
    scenes: dict[str, Scene] = {}
    operations = bench.operations()

    def work(numbers: Sequence[int]) -> Figures:
        figures = Figures()
        by_operation: dict[int, list[int]] = {}
        for number in numbers:
            by_operation.setdefault(number % len(operations), []).append(number // len(operations))
        for which, images in by_operation.items():
            scene = _scene_of(bench, scenes, operations[which])
            for first, count in _runs_of(images):
                place = bench.scratch / "operation-cuts"
                figures.add(steps.cut_operation(scene, place, first=first, count=count))
        return figures

    return 100 * len(operations), work


def _io_errors(bench: Bench) -> tuple[int, WorkOnLot]:
    scenes: dict[str, Scene] = {}
    cases = []
    for operation in bench.operations():
        scene = _scene_of(bench, scenes, operation)
        cases += [(scene, case) for case in io_errors.count_cases(scene, bench.scratch / "try")]
    plant = bench.planted(io_errors)

    def work(numbers: Sequence[int]) -> Figures:
        return _try_in_turn([cases[number] for number in numbers], bench, plant)

    return len(cases), work


def _try_in_turn(
    cases: Sequence[tuple[Scene, io_errors.Case]], bench: Bench, plant: io_errors.Plant | None
) -> Figures:
    """Cases of one operation after another."""
    figures = Figures()
    for _, some in itertools.groupby(cases, key=lambda one: one[0].operation.name):
        of_scene = list(some)
        scene = of_scene[0][0]
        found = io_errors.try_cases(scene, [case for _, case in of_scene], bench.scratch / "try", plant)
        for one in found:
            figures.add(one)
        figures.counts[f"met by {scene.operation.name}"] += len(found)
    return figures


def _io_errors_in_turn(bench: Bench) -> tuple[int, WorkOnLot]:
    """Each place where a disk can fail, once and for ever; the place decides in which of the ways."""
    scenes: dict[str, Scene] = {}
    cases: list[tuple[Scene, io_errors.Case]] = []
    for operation in bench.operations():
        scene = _scene_of(bench, scenes, operation)
        by_place: dict[int, list[io_errors.Case]] = {}
        for case in io_errors.count_cases(scene, bench.scratch / "try"):
            by_place.setdefault(case.at, []).append(case)
        for place in bench.places(max(by_place)):
            chance = random.Random(f"{operation.name} {place}")
            for forever in (False, True):
                ways = [one for one in by_place[place] if one.failure.forever is forever]
                cases.append((scene, chance.choice(ways)))
    plant = bench.planted(io_errors)

    def work(numbers: Sequence[int]) -> Figures:
        return _try_in_turn([cases[number] for number in numbers], bench, plant)

    return len(cases), work


def _steps(bench: Bench, *, folded: bool = False) -> tuple[int, WorkOnLot]:
    scenes: dict[str, Scene] = {}
    places: list[tuple[Scene, int]] = []
    for operation in bench.operations():
        scene = _scene_of(bench, scenes, operation)
        count = steps.count_steps(scene, bench.scratch / "step", folded=folded)
        places += [(scene, at) for at in range(1, count + 1)]

    def work(numbers: Sequence[int]) -> Figures:
        figures = Figures()
        wanted = [places[number] for number in numbers]
        for _, some in itertools.groupby(wanted, key=lambda one: one[0].operation.name):
            of_scene = list(some)
            scene, steps_of_it = of_scene[0][0], [at for _, at in of_scene]
            figures.add(steps.kill_at_each(scene, steps_of_it, bench.scratch / "step", folded=folded))
        return figures

    return len(places), work


def _flips(bench: Bench) -> tuple[int, WorkOnLot]:
    scene = bit_flips.build_scene(bench.template, bench.scratch / "flip-scene")
    targets = bit_flips.unguarded(bench.plant) if bench.plant else bit_flips.TARGETS

    def work(first: int, count: int) -> Figures:
        return bit_flips.flip_run(scene, bench.scratch / "flips", first=first, count=count, targets=targets)

    return 200_000, lambda numbers: _each_run(numbers, work)


def _writers(bench: Bench) -> tuple[int, WorkOnLot]:
    template, plant = bench.template, bench.planted(many_writers)

    def work(numbers: Sequence[int]) -> Figures:
        return many_writers.write_run(
            template, bench.scratch / "writers" / "x", commits=len(numbers), seed=numbers[0], plant=plant
        )

    return 8_000, work


def _canaries(bench: Bench) -> tuple[int, WorkOnLot]:
    def work(numbers: Sequence[int]) -> Figures:
        figures = Figures()
        for number in numbers:
            with tempfile.TemporaryDirectory(dir=bench.scratch) as folder:
                figures.add(canaries.scan_day(Path(folder), seed=number))
        return figures

    return 10, work


def _attacks(bench: Bench) -> tuple[int, WorkOnLot]:
    scene = bench.attacked

    def work(first: int, count: int) -> Figures:
        return attacks.attack_run(
            scene, bench.scratch / "attack", first=first, count=count, plant=bench.plant
        )

    return 20_000, lambda numbers: _each_run(numbers, work)


def _write_ahead_cuts(bench: Bench) -> tuple[int, WorkOnLot]:
    scene = bench.attacked

    def work(first: int, count: int) -> Figures:
        return attacks.cut_run(scene, bench.scratch / "attack", first=first, count=count)

    return attacks.cuts_of(scene), lambda numbers: _each_run(numbers, work)


def _attacks_everywhere(bench: Bench) -> tuple[int, WorkOnLot]:
    scene = bench.attacked

    def work(first: int, count: int) -> Figures:
        return attacks.attack_everywhere_run(scene, bench.scratch / "attack", first=first, count=count)

    return 2_000, lambda numbers: _each_run(numbers, work)


def _memory(bench: Bench) -> tuple[int, WorkOnLot]:
    # Qt is loaded only for the measurement that shows a window.
    from tests.faults import locked_memory

    def work(numbers: Sequence[int]) -> Figures:
        figures = Figures()
        for number in numbers:
            with tempfile.TemporaryDirectory(dir=bench.scratch) as folder:
                figures.add(locked_memory.scan_locked(Path(folder), seed=number))
        return figures

    return 10, work


def _scans(_bench: Bench) -> tuple[int, WorkOnLot]:
    return 1_000_000, scan_fuzz.fuzz


def _pictures(bench: Bench) -> tuple[int, WorkOnLot]:
    return 1_000, lambda numbers: picture_fuzz.bring(numbers, bench.scratch)


def _monkey(bench: Bench) -> tuple[int, WorkOnLot]:
    def work(numbers: Sequence[int]) -> Figures:
        figures = Figures()
        for number in numbers:
            figures.add(window_monkey.monkey_leg(number, plant=bench.plant))
        return figures

    return window_monkey.LEGS, work


MEASUREMENTS: tuple[Measurement, ...] = (
    Measurement("kills", "SIGKILL at random points of the work", _kills, 10_000, 24),
    Measurement("power-cuts", "power cuts during a day's work", _cuts, 5_000, 25, needs_shim=True),
    Measurement(
        "operation-cuts", "power cuts during each operation", _operation_cuts, None, 60, needs_shim=True
    ),
    Measurement("io-errors", "the Nth operation of the disk fails", _io_errors, None, 40, needs_shim=True),
    Measurement(
        "io-errors-in-turn",
        "the same at every place once and for ever, in one way",
        _io_errors_in_turn,
        None,
        40,
        needs_shim=True,
        strides_itself=True,
        is_short=True,
    ),
    Measurement("steps", "killed at every step of each operation", _steps, None, 40, needs_shim=True),
    Measurement(
        "phases",
        "the same, a run of writes into one file taken as three",
        partial(_steps, folded=True),
        None,
        40,
        needs_shim=True,
        is_short=True,
    ),
    Measurement("bit-flips", "one bit flipped in a file", _flips, 200_000, 250),
    Measurement("attacks", "attacker A changes clinic.db", _attacks, 20_000, 100),
    Measurement(
        "write-ahead-cuts", "attacker A cuts the write-ahead log at every commit", _write_ahead_cuts, None, 40
    ),
    Measurement("attacks-everywhere", "attacker B changes every file", _attacks_everywhere, 2_000, 100),
    Measurement("writers", "8 processes writing at once", _writers, 8_000, 8_000, waits_for_disk=True),
    Measurement("canaries", "canary words and secrets in every file", _canaries, 10, 1),
    Measurement("memory", "the same in the memory of the locked program", _memory, 10, 1),
    Measurement("scans", "texts that no scanner types", _scans, 1_000_000, 20_000),
    Measurement("pictures", "pictures that something went wrong with", _pictures, 1_000, 250),
    Measurement("monkey", "random events at the real window, 1,500 a leg", _monkey, window_monkey.LEGS, 1),
)
BY_NAME = {one.name: one for one in MEASUREMENTS}


@dataclass
class Progress:
    """How far a measurement is, and what it has found. `seconds` is the time it worked."""

    done: int
    total: int
    seconds: float
    figures: Figures

    def as_json(self) -> dict[str, Any]:
        return {"done": self.done, "total": self.total, "seconds": self.seconds} | self.figures.as_json()

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> "Progress":
        return cls(document["done"], document["total"], document["seconds"], Figures.from_json(document))


@dataclass(frozen=True)
class Extent:
    """How much is wanted: the first `count` of every `every`th number, and of it part `part` of `parts`."""

    count: int | None = None
    every: int = 1
    part: int = 0
    parts: int = 1

    def numbers(self, total: int) -> list[int]:
        """The numbers that are worked on, in order."""
        wanted = list(range(self.every - 1, total, self.every))[: self.count]
        return wanted[self.part :: self.parts] if self.every > 1 else wanted[_share(self, len(wanted))]


def _share(extent: Extent, count: int) -> slice:
    """A part in one piece, so that neighbouring numbers can share their preparation."""
    size = -(-count // extent.parts)
    return slice(extent.part * size, (extent.part + 1) * size)


def measure(
    measurement: Measurement,
    bench: Bench,
    extent: Extent,
    *,
    state: Path | None = None,
    on_lot: Callable[[Progress], None] = lambda _progress: None,
) -> Progress:
    """Run a measurement, or go on with it where `state` says that it stopped.

    Args:
        measurement: What is measured.
        bench: Where.
        extent: How much of it.
        state: A file that is written after each lot; None for a short run.
        on_lot: Called after each lot.
    """
    if measurement.needs_shim:
        derive_lightly()
    remember_derivations()
    remember_key_files()
    share_statements()
    # A clinic for every case, each with a reserve of the real size, would be copied for nothing.
    put_in(spare, SPARE_BYTES=SPARE_BYTES)
    if measurement.strides_itself:
        bench = replace(bench, every=extent.every, part=extent.part, parts=extent.parts)
        extent = Extent(extent.count)
    total, work = measurement.begin(bench)
    numbers = extent.numbers(total)
    progress = _known(state) or Progress(0, len(numbers), 0.0, Figures())
    progress.total = len(numbers)
    while progress.done < len(numbers):
        lot = numbers[progress.done : progress.done + measurement.lot]
        started = time.monotonic()
        progress.figures.add(work(lot))
        progress.seconds += time.monotonic() - started
        progress.done += len(lot)
        if state is not None:
            _keep(state, progress)
        on_lot(progress)
    return progress


def _known(state: Path | None) -> Progress | None:
    if state is None or not state.exists():
        return None
    return Progress.from_json(json.loads(state.read_text(encoding="utf-8")))


def _keep(state: Path, progress: Progress) -> None:
    fresh = state.with_suffix(".new")
    fresh.write_text(json.dumps(progress.as_json()), encoding="utf-8")
    fresh.replace(state)


def table(rows: Sequence[tuple[Measurement, Progress]]) -> str:
    """The figures as lines of text: one measurement after another, its findings under it."""
    lines = []
    for measurement, progress in rows:
        wrong = len(progress.figures.findings)
        lines.append(
            f"{measurement.name:<15} {progress.done:>7} of {progress.total:<7} {progress.seconds:>7.0f} s  "
            f"{'nothing found' if not wrong else f'{wrong} FOUND'}   {measurement.title}"
        )
        counts = ", ".join(f"{name}: {count}" for name, count in sorted(progress.figures.counts.items()))
        lines.append(f"                {counts}")
        lines += [
            f"                ! {' '.join(one.split())[:300]}" for one in progress.figures.findings[:12]
        ]
    return "\n".join(lines)
