"""Eight processes write into one clinic at once: nothing lost, no gap in the log, nobody waits too long."""

import json
import mmap
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import LogEntry, Patient
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.check_store import check_store
from mnclinic.store.unit_of_work import UnitOfWork
from tests.faults.figures import Figures
from tests.faults.judgement import FALSE_ALARM, HALF, LOST, half_states
from tests.faults.processes import Pipe, answer_of, fork, put_in
from tests.faults.team import copy_of, team

WRITERS = 8
STALL_S = 5.0
USERS = ("desk", "reyes", "lind", "owner")
FAILED = "writers that failed"
STALLED = "stalls over 5 s"
LONGEST = "most ms for one commit"

HAS_DAWDLED = mmap.mmap(-1, 1)
"""Shared by all writers of a process: whether one has. A second would show nothing that the first did not."""

Plant = Callable[[], object]


def write_run(
    template: Path, scratch: Path, *, commits: int, seed: int, plant: Plant | None = None
) -> Figures:
    """Let eight processes make `commits` commits in all, and account for every one of them."""
    figures = Figures()
    folder = copy_of(template, scratch / "clinic")
    each = commits // WRITERS
    children = []
    for number in range(WRITERS):
        # One after another: eight log-ins in one moment are what the throttle takes for guessing.
        child = fork(partial(_write, folder, number, each, seed, plant))
        children.append(child)
        told = next(child.lines())
        if "died" in told:
            figures.find(FAILED, told["died"])
    _start_of(folder).touch()
    acknowledged: set[str] = set()
    for child in children:
        for message in child.lines():
            if "died" in message:
                figures.find(FAILED, message["died"])
                continue
            acknowledged.add(message["ref"])
            figures.counts[LONGEST] = max(figures.counts[LONGEST], int(message["took_s"] * 1000))
            if message["took_s"] > STALL_S:
                figures.find(STALLED, f"a commit took {message['took_s']:.1f} s")
        child.end()
    figures.counts["commits"] += len(acknowledged)
    figures.add(Figures.from_json(answer_of(partial(_account, folder, acknowledged))))
    return figures


def _start_of(folder: Path) -> Path:
    """The file whose presence lets everybody begin."""
    return folder.parent / "begin"


def _write(folder: Path, number: int, count: int, seed: int, plant: Plant | None, pipe: Pipe) -> None:
    if plant is not None:
        plant()
    people = team(folder, minutes=number)
    clinic = people.as_user(USERS[number % len(USERS)])
    chance = random.Random(f"{seed} {number}")
    pipe.send({"ready": True})
    while not _start_of(folder).exists():
        time.sleep(0.001)
    for _ in range(count):
        new = NewPatient(f"Writer {number} {chance.getrandbits(48):012x}", "Ada", "1990-04-23")
        started = time.monotonic()
        ref = add_patient(clinic, new).ref
        pipe.send({"ref": ref, "took_s": time.monotonic() - started})
    people.close()


def _account(folder: Path, acknowledged: set[str]) -> dict[str, Any]:
    figures = Figures()
    people = team(folder, minutes=90)
    clinic = people.as_user("okafor")
    with Session(clinic.store.engine) as session:
        there = set(session.scalars(select(Patient.ref)))
        for ref in acknowledged - there:
            figures.find(LOST, f"a patient {ref} who was acknowledged")
        for sentence in half_states(session):
            figures.find(HALF, sentence)
        seqs = [
            json.loads(one)["seq"] for one in session.scalars(select(LogEntry.entry).order_by(LogEntry.seq))
        ]
        figures.counts["gaps in the log"] += sum(1 for number, seq in enumerate(seqs, 1) if number != seq)
    checked = check_store(clinic)
    for one in checked.findings:
        figures.find(FALSE_ALARM, f"{one.where}: {one.what}")
    people.close()
    return figures.as_json()


# --- planted faults, which the measurement has to see ------------------------------------------


def acknowledges_without_commit() -> None:
    """Plant: every seventh commit is forgotten."""
    real, count = UnitOfWork.commit, 0

    def forgetful(work: UnitOfWork, *, checkpoint: bool = False) -> None:
        nonlocal count
        count += 1
        if count % 7:
            real(work, checkpoint=checkpoint)

    put_in(UnitOfWork, commit=forgetful)


def holds_the_writer() -> None:
    """Plant: one writer dawdles inside a transaction for longer than anybody should wait."""
    real, done = UnitOfWork.commit, 0

    def dawdles(work: UnitOfWork, *, checkpoint: bool = False) -> None:
        nonlocal done
        done += 1
        # Whoever asks holds the writer's lock, so that no other asks at the same time.
        if done == 3 and not HAS_DAWDLED[0]:
            HAS_DAWDLED[0] = 1
            time.sleep(STALL_S + 0.2)
        real(work, checkpoint=checkpoint)

    put_in(UnitOfWork, commit=dawdles)
