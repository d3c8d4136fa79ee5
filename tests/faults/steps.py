"""Killed at every step: before each change of a file or a name that an operation makes, in turn.

Runs under the shim, so that a step is whatever the disk sees, named or not. Whole power cuts of the same
operations are here too: each is recorded once, and disks are laid out from the record.
"""

import random
import shutil
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults.figures import Figures
from tests.faults.operation import Operation
from tests.faults.power_cuts import lay_out
from tests.faults.processes import Pipe, answer_of, answers_of, fork
from tests.faults.scenes import Scene, fresh_copy, judge, people_at
from tests.faults.shim import Kind, Shim, read_trace
from tests.faults.warmth import has_let_go_of

STEPS = (
    Kind.CREATE,
    Kind.WRITE,
    Kind.TRUNCATE,
    Kind.ALLOCATE,
    Kind.SYNC,
    Kind.SYNC_FOLDER,
    Kind.RENAME,
    Kind.UNLINK,
    Kind.MKDIR,
    Kind.RMDIR,
    Kind.LINK,
)
ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True)
class Step:
    """The operation is killed in front of its `at`th change of the disk."""

    at: int


def count_steps(scene: Scene, scratch: Path, *, folded: bool = False) -> int:
    """How many changes the operation makes, logging off included.

    With `folded`, a run of writes into one file counts as two steps: killed in front of it, after its first
    write, and, as the step that follows, after its last.
    """
    folder = fresh_copy(scene, scratch)
    return int(answer_of(partial(_count, scene.operation, folder, folded=folded)))


def _count(operation: Operation, folder: Path, *, folded: bool) -> int:
    people, shim = people_at(folder), Shim()
    shim.watch(folder)
    if folded:
        shim.fold()
    operation.ready(people)
    shim.switch(on=True)
    operation.run(people)
    people.close()
    return shim.seen(STEPS)


def kill_at_each(scene: Scene, places: Sequence[int], scratch: Path, *, folded: bool = False) -> Figures:
    """Kill the operation in front of each of these steps and look at what that left. `folded` as counted."""
    figures = Figures()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    left: list[tuple[Path, bool]] = []
    for at in places:
        folder = fresh_copy(scene, scratch / str(at))
        child = fork(partial(_run_and_die, scene.operation, folder, at, folded))
        said = list(child.lines())
        status = child.end()
        figures.counts["steps"] += 1
        if status != -signal.SIGKILL:
            figures.counts["steps that were not reached"] += 1
        if any("died" in one for one in said):
            figures.find("children that failed", f"{_name(scene, at)}: {said[-1]}")
        left.append((folder, {ACKNOWLEDGED: True} in said))
    for at, found in zip(places, _judged(scene, left), strict=True):
        _take(figures, found, _name(scene, at))
    return figures


def _name(scene: Scene, at: int) -> str:
    return f"{scene.operation.name} killed at step {at}"


def _judged(scene: Scene, left: Sequence[tuple[Path, bool]]) -> list[dict[str, Any]]:
    """What stands in each folder; the other word is whether the operation was acknowledged.

    One process opens folder after folder, as long as it leaves nothing open.
    """
    found: list[dict[str, Any]] = []
    while len(found) < len(left):
        found += answers_of(partial(_judge_in_turn, scene, left[len(found) :]))
    return found


def _judge_in_turn(scene: Scene, left: Sequence[tuple[Path, bool]]) -> Iterator[dict[str, Any]]:
    for folder, acknowledged in left:
        yield _judge(scene, folder, acknowledged=acknowledged)
        if not has_let_go_of(folder.resolve()):
            return


def _run_and_die(operation: Operation, folder: Path, at: int, folded: bool, pipe: Pipe) -> None:
    people, shim = people_at(folder), Shim()
    shim.watch(folder)
    if folded:
        shim.fold()
    operation.ready(people)
    shim.fail(at, 0, STEPS, dies=True)
    shim.switch(on=True)
    operation.run(people)
    pipe.send({ACKNOWLEDGED: True})
    people.close()


def _take(figures: Figures, found: dict[str, Any], name: str) -> None:
    for one in found["findings"]:
        kind, _, sentence = one.partition(": ")
        figures.find(kind, f"{name}: {sentence}")
    figures.counts[f"afterwards {found['state']}"] += 1


def _judge(scene: Scene, folder: Path, *, acknowledged: bool) -> dict[str, Any]:
    figures, state = judge(scene, folder, acknowledged=acknowledged)
    return {"findings": figures.findings, "state": state}


def cut_operation(scene: Scene, scratch: Path, *, first: int, count: int) -> Figures:
    """Record the operation once and look at `count` disks that a power cut could have left."""
    figures = Figures()
    live, trace = scratch / "live", scratch / "trace"
    scratch.mkdir(parents=True, exist_ok=True)
    fresh_copy(scene, live)
    answer_of(partial(_record, scene.operation, live, trace))
    events = list(read_trace(trace))
    for number in range(first, first + count):
        chance = random.Random(f"{scene.operation.name} {number}")
        marks = lay_out(scene.folder, live, events, chance, scratch / "image")
        figures.counts["images"] += 1
        name = f"{scene.operation.name}, image {number}"
        (found,) = _judged(scene, [(scratch / "image", ACKNOWLEDGED in marks)])
        _take(figures, found, name)
    shutil.rmtree(live, ignore_errors=True)
    return figures


def _record(operation: Operation, folder: Path, trace: Path) -> None:
    people, shim = people_at(folder), Shim()
    shim.watch(folder)
    shim.trace_to(trace)
    shim.switch(on=True)
    operation.ready(people)
    operation.run(people)
    shim.mark(ACKNOWLEDGED)
    people.close()
    shim.switch(on=False)
