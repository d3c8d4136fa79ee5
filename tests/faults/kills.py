"""SIGKILL at random moments while the clinic works: nothing acknowledged is lost, nothing is half there.

A child logs the people in and works, act after act. What it is about to do and what it has done goes
through a pipe; the acknowledgement only after the act returned. The parent kills it at a random moment,
another child opens the folder as the program would and compares.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from mnclinic.store.unit_of_work import UnitOfWork
from tests.faults.acts import ACTS, Act, Fact
from tests.faults.figures import Figures
from tests.faults.judgement import Expected, Facts, look
from tests.faults.processes import Pipe, answer_of, fork, put_in
from tests.faults.team import copy_of, team

KILLS_A_CLINIC = 12
"""After so many kills a new clinic is begun, so that looking at it stays quick."""
KILLED_AT_LOG_IN = 1 / 6
LOG_IN_S = 0.08
MOST_ACTS = 4
"""The kill comes after so many acknowledged acts and a random while: on a slow computer too."""
WORK_S = 0.06
LONGEST_S = 60
FAILED = "children that failed"

Plant = Callable[[], Callable[[], None]]
"""Runs in the child before anybody logs in; what it returns runs before each act."""


@dataclass
class Heard:
    """What the parent heard of a child before it was killed."""

    acknowledged: list[Fact] = field(default_factory=list)
    under_way: str | None = None
    is_ready: bool = False
    died: str | None = None

    def take(self, message: dict[str, Any]) -> None:
        """One line of the child."""
        if "died" in message:
            self.died = message["died"]
        elif "ready" in message:
            self.is_ready = True
        else:
            self.under_way = message["begun"]
            if message["done"] is not None:
                self.acknowledged.append(Fact(*message["done"]))


def kill_run(
    template: Path,
    scratch: Path,
    *,
    first: int,
    count: int,
    acts: Sequence[Act] = ACTS,
    plant: Plant | None = None,
) -> Figures:
    """Kill `count` children, the first being number `first`: a number decides what happens and when."""
    figures = Figures()
    folder = scratch / "clinic"
    before: Facts = {}
    for number in range(first, first + count):
        if number == first or number % KILLS_A_CLINIC == 0:
            copy_of(template, folder)
            before = {}
        heard = work_and_kill(folder, number, acts, plant)
        figures.counts["kills"] += 1
        if heard.died:
            figures.find(FAILED, heard.died)
            break
        expected = Expected(before, heard.acknowledged, heard.under_way)
        found = answer_of(partial(_look, folder, expected, number))
        figures.add(Figures.from_json(found["figures"]))
        figures.counts["acknowledged acts"] += len(heard.acknowledged)
        figures.counts["kills in the middle of an act"] += heard.under_way is not None
        if found["facts"] is None or figures.findings:
            break
        before = {(kind, name): state for kind, name, state in found["facts"]}
        before |= {(one.kind, one.name): one.state for one in heard.acknowledged if one.kind == "file"}
    return figures


def _look(folder: Path, expected: Expected, number: int) -> dict[str, Any]:
    found = look(folder, expected, team(folder, minutes=10 * (number % KILLS_A_CLINIC) + 5).clock)
    facts = None if found.facts is None else [[*key, state] for key, state in found.facts.items()]
    return {"facts": facts, "figures": found.figures.as_json()}


def work_and_kill(folder: Path, number: int, acts: Sequence[Act], plant: Plant | None) -> Heard:
    """Let a child work for a random while and kill it."""
    chance = random.Random(number)
    heard, after = Heard(), chance.randint(0, MOST_ACTS)
    child = fork(lambda pipe: _work(folder, number, acts, pipe, plant))
    if chance.random() < KILLED_AT_LOG_IN:
        for message in child.lines(until_s=time.monotonic() + chance.uniform(0, LOG_IN_S)):
            heard.take(message)
    else:
        for message in child.lines(until_s=time.monotonic() + LONGEST_S):
            heard.take(message)
            if heard.is_ready and len(heard.acknowledged) >= after:
                break
        for message in child.lines(until_s=time.monotonic() + chance.uniform(0, WORK_S)):
            heard.take(message)
    child.kill()
    # What the child wrote before it died was said before it died.
    for message in child.lines():
        heard.take(message)
    child.end()
    return heard


def _work(folder: Path, number: int, acts: Sequence[Act], pipe: Pipe, plant: Plant | None) -> None:
    before_act = plant() if plant is not None else _nothing
    people = team(folder, minutes=10 * (number % KILLS_A_CLINIC))
    chance = random.Random(f"work {number}")
    for user in ("reyes", "okafor"):
        people.signer(user)
    people.as_user("owner")
    pipe.send({"ready": True})
    weights = [act.weight for act in acts]
    while True:
        act = chance.choices(acts, weights)[0]
        before_act()
        pipe.send({"begun": act.changes, "done": None})
        fact = act.do(people, chance)
        pipe.send({"begun": None, "done": fact.as_json() if fact else None})


def _nothing() -> None:
    """An honest program does nothing on the side."""


# --- planted faults, which the measurement has to see ------------------------------------------


def acknowledges_before_commit() -> Callable[[], None]:
    """Plant: every commit is put off for a moment after its acknowledgement."""
    commit, leave = UnitOfWork.commit, UnitOfWork.__exit__
    waiting: list[tuple[UnitOfWork, bool]] = []

    def late(work: UnitOfWork, *, checkpoint: bool = False) -> None:
        waiting.append((work, checkpoint))

    def stays_open(work: UnitOfWork, *error: Any) -> None:
        if all(work is not one for one, _ in waiting):
            leave(work, *error)

    def finish() -> None:
        time.sleep(0.02 if waiting else 0)
        while waiting:
            work, checkpoint = waiting.pop()
            commit(work, checkpoint=checkpoint)
            leave(work, None, None, None)
        # Only now: the log-ins before the first act are honest.
        put_in(UnitOfWork, commit=late, __exit__=stays_open)

    return finish


def stores_data_before_its_log_entry() -> Callable[[], None]:
    """Plant: the data are committed, and the log entries in a second transaction a moment later."""
    real = UnitOfWork.commit

    def halves(work: UnitOfWork, *, checkpoint: bool = False) -> None:
        work.session.flush()
        work.session.commit()
        time.sleep(0.02)
        real(work, checkpoint=checkpoint)

    put_in(UnitOfWork, commit=halves)
    return _nothing
