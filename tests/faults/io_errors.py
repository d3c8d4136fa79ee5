"""The disk fails at the Nth operation, once or for ever: a sentence, nothing half-saved, and it works again.

Runs under the shim (Linux). A case is an operation, a kind of failure and a number N; a dry run counts the
operations that could fail.
"""

import errno
import re
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from mnclinic.cli.answer import REFUSED
from mnclinic.errors import ActionRefused, ClinicError, ClinicExists, InvalidInput, WrongCredentials
from mnclinic.services.list_visits import todays_visits
from mnclinic.store import trouble, unit_of_work
from mnclinic.store.unit_of_work import UnitOfWork
from tests.faults.figures import Figures
from tests.faults.operation import DAY, NothingLeft, Operation, Refused
from tests.faults.processes import answer_of, answers_of, put_in
from tests.faults.scenes import LEFT_BEHIND, NEITHER, Scene, fresh_copy, judge, left_behind, people_at
from tests.faults.shim import Kind, Shim
from tests.faults.team import Team
from tests.faults.warmth import has_let_go_of

CRASHED = "crashes"
WRONG_STATUS = "statuses that are not allowed"
NO_SENTENCE = "sentences that are none"
NOT_READABLE = "not readable while the disk fails"
NOT_AGAIN = "acts that failed again on a whole disk"
LET_GO = "let go"


CHANGES = (
    Kind.CREATE,
    Kind.WRITE,
    Kind.TRUNCATE,
    Kind.ALLOCATE,
    Kind.SYNC,
    Kind.SYNC_FOLDER,
    Kind.RENAME,
    Kind.MKDIR,
    Kind.LINK,
)
NAMES = (Kind.OPEN, Kind.CREATE, Kind.RENAME, Kind.UNLINK, Kind.MKDIR, Kind.RMDIR, Kind.LINK)


@dataclass(frozen=True)
class Failure:
    """One way in which a disk fails."""

    name: str
    error: int
    kinds: tuple[Kind, ...]
    forever: bool
    is_short: bool = False

    @property
    def lets_read(self) -> bool:
        """Whether what is stored can still be read while it lasts.

        Who is over their quota has no reserve to give up, and a database whose last connection failed
        needs a little room to be opened again.
        """
        return not ({Kind.READ, Kind.OPEN} & set(self.kinds) or self.error == errno.EDQUOT)


def _both(
    name: str, error: int, kinds: tuple[Kind, ...], *, is_short: bool = False
) -> tuple[Failure, Failure]:
    return (
        Failure(f"{name} once", error, kinds, forever=False, is_short=is_short),
        Failure(f"{name} for ever", error, kinds, forever=True, is_short=is_short),
    )


FAILURES: tuple[Failure, ...] = (
    *_both("full", errno.ENOSPC, CHANGES),
    *_both("over quota", errno.EDQUOT, CHANGES),
    *_both("short write", errno.ENOSPC, (Kind.WRITE,), is_short=True),
    *_both("broken", errno.EIO, (*CHANGES, Kind.OPEN, Kind.READ, Kind.UNLINK)),
    *_both("not allowed", errno.EACCES, NAMES),
    *_both("not synced", errno.EIO, (Kind.SYNC, Kind.SYNC_FOLDER)),
)

TELLS_TOO_MUCH = re.compile(
    r"Traceback|Errno|Error\b|sqlite|sqlalchemy|SELECT |INSERT |File \"|/tmp/|/dev/|0x[0-9a-f]{6}"
)


@dataclass(frozen=True)
class Case:
    """The `at`th operation that can fail in this way fails."""

    failure: Failure
    at: int


def count_cases(scene: Scene, scratch: Path) -> list[Case]:
    """Every case of an operation: as many as there are operations that can fail in each way."""
    folder = fresh_copy(scene, scratch)
    counted = answer_of(partial(_count, scene.operation, folder))
    return [
        Case(failure, at)
        for failure, count in zip(FAILURES, counted, strict=True)
        for at in range(1, count + 1)
    ]


def _count(operation: Operation, folder: Path) -> list[int]:
    people, shim = people_at(folder), Shim()
    shim.watch(folder)
    operation.ready(people)
    shim.switch(on=True)
    operation.run(people)
    shim.switch(on=False)
    return [shim.seen(failure.kinds) for failure in FAILURES]


Plant = Callable[[], object]


def try_cases(
    scene: Scene, cases: Sequence[Case], scratch: Path, plant: Plant | None = None
) -> list[Figures]:
    """Let each case happen to a fresh copy of the scene, and judge what it left: figures in that order.

    One process carries out case after case, until one of them leaves it unlike a fresh one.
    """
    found: list[Figures] = []
    while len(found) < len(cases):
        found += _some_cases(scene, cases[len(found) :], scratch, plant)
    return found


def _some_cases(scene: Scene, cases: Sequence[Case], scratch: Path, plant: Plant | None) -> Iterator[Figures]:
    """The figures of the first cases: as many as one process could carry out, at least one."""
    folder = scratch.resolve()
    answers = answers_of(lambda: _carry_out(scene, cases, folder, plant))
    for case in cases:
        try:
            happened = next(answers, None)
        except RuntimeError as error:
            figures = Figures(Counter({"failures": 1}))
            figures.find(CRASHED, f"{_name(scene, case)}: {error}")
            yield figures
            return
        if happened is None:
            return
        judged, acknowledged = happened["judged"], happened["acknowledged"]
        if judged is None or happened["let_go"]:
            # Whoever still holds something of the folder ends before others open it.
            deque(answers, maxlen=0)
        if judged is None:
            happened["judged"] = answer_of(partial(_judge, scene, folder, acknowledged=acknowledged))
        yield _figures_of(scene, case, folder, happened)
    deque(answers, maxlen=0)


def _carry_out(
    scene: Scene, cases: Sequence[Case], folder: Path, plant: Plant | None
) -> Iterator[dict[str, Any]]:
    """In the child: case after case. What one left open ends it, since the next would not begin afresh."""
    if plant is not None:
        plant()
    Shim().watch(folder)
    for case in cases:
        fresh_copy(scene, folder)
        happened = _happen(scene.operation, folder, case)
        happened["left_behind"] = left_behind(scene, folder)
        happened["judged"] = None
        if is_clean := has_let_go_of(folder):
            happened["judged"] = _judge(scene, folder, acknowledged=happened["acknowledged"])
        yield happened
        if happened["let_go"] or not is_clean or not has_let_go_of(folder):
            return


def _name(scene: Scene, case: Case) -> str:
    return f"{scene.operation.name}, {case.failure.name} at {case.at}"


def _figures_of(scene: Scene, case: Case, folder: Path, happened: dict[str, Any]) -> Figures:
    figures, name, judged = Figures(), _name(scene, case), happened["judged"]
    figures.counts["failures"] += 1
    figures.counts["operations that failed"] += happened["failures"]
    for kind, sentence in happened["findings"]:
        figures.find(kind, f"{name}: {sentence}")
    if not case.failure.forever and (names := happened["left_behind"]):
        figures.find(LEFT_BEHIND, f"{name}: {', '.join(names)}")
    if happened["let_go"]:
        figures.counts["had to log in again"] += 1
        for kind, sentence in answer_of(partial(_anew, scene.operation, folder)):
            figures.find(kind, f"{name}: {sentence}")
    if happened["twice"]:
        twice = [one for one in judged["findings"] if one.endswith(NEITHER)]
        judged["findings"] = [one for one in judged["findings"] if one not in twice]
        figures.counts["stored twice after a failed sync"] += len(twice)
    for one in judged["findings"]:
        kind, _, sentence = one.partition(": ")
        figures.find(kind, f"{name}: {sentence}")
    figures.counts["acknowledged all the same" if happened["acknowledged"] else "told in a sentence"] += 1
    return figures


def _happen(operation: Operation, folder: Path, case: Case) -> dict[str, Any]:
    """The operation meets its failure. Then reading, and the same act again."""
    people, shim, failure = people_at(folder), Shim(), case.failure
    operation.ready(people)
    shim.fail(case.at, failure.error, failure.kinds, forever=failure.forever, is_short=failure.is_short)
    shim.switch(on=True)
    findings: list[tuple[str, str]] = []
    acknowledged = _attempt(operation, lambda: operation.run(people), folder, findings)
    failures = shim.failures
    if failure.lets_read and people.clinics and not operation.may_let_go:
        try:
            todays_visits(next(iter(people.clinics.values())), DAY)
        except ClinicError as error:
            findings.append((NOT_READABLE, error.sentence))
    shim.switch(on=False)
    again = [] if acknowledged else _again(operation, people)
    let_go = any(kind == LET_GO for kind, _ in again)
    findings += [one for one in again if one[0] != LET_GO]
    # What a failed sync leaves in the write-ahead log may become part of the store after all, so that the
    # second try stores the act twice. Everything else about the store still has to be right.
    is_twice = not acknowledged and not again and Kind.SYNC in failure.kinds
    try:
        people.close()
    except Exception:
        findings.append((CRASHED, f"while logging off: {traceback.format_exc(limit=-3)}"))
    return {
        "acknowledged": acknowledged,
        "failures": failures,
        "findings": findings,
        "twice": is_twice,
        "let_go": let_go,
    }


def _attempt(
    operation: Operation, act: Callable[[], object], folder: Path, findings: list[tuple[str, str]]
) -> bool:
    """Whether the act was acknowledged; otherwise what it said is looked at."""
    try:
        act()
    except ClinicError as error:
        findings += _of_sentence(error.sentence, folder)
        return False
    except Refused as refused:
        if refused.status not in operation.statuses:
            findings.append((WRONG_STATUS, f"{refused.status}: {refused.said[-300:]}"))
        findings += _of_sentence(refused.said, folder)
        return False
    except Exception:
        findings.append((CRASHED, traceback.format_exc(limit=-4)))
        return False
    return True


def _of_sentence(said: str, folder: Path) -> list[tuple[str, str]]:
    # The place that a person named may be named to them.
    said = said.replace(str(folder), "THE PLACE")
    if not said.strip().endswith((".", ")")) or TELLS_TOO_MUCH.search(said):
        return [(NO_SENTENCE, said[-300:])]
    return []


def _again(operation: Operation, people: Team) -> list[tuple[str, str]]:
    """The same act in the same session, on a whole disk. It may find that it was stored after all."""
    try:
        operation.run(people)
    except (ActionRefused, InvalidInput, ClinicExists, NothingLeft):
        return []
    except WrongCredentials as error:
        # A password may be in force although the disk could not vouch for it; that was said at the first try.
        return [] if operation.proof is not None else [(NOT_AGAIN, error.sentence)]
    except (ClinicError, Refused) as error:
        if isinstance(error, Refused) and error.status == REFUSED:
            return []
        if operation.may_let_go and "Log in again" in str(error):
            # The program starts anew for that: `_anew` does it in a process of its own.
            return [(LET_GO, error.args[0])]
        return [(NOT_AGAIN, str(error)[-300:])]
    except Exception:
        return [(CRASHED, f"on the second try: {traceback.format_exc(limit=-4)}")]
    return []


def _anew(operation: Operation, folder: Path) -> list[tuple[str, str]]:
    """The same act once more, by people who have just logged in."""
    people = people_at(folder, minutes=90)
    operation.ready(people)
    found = _again(replace(operation, may_let_go=False), people)
    people.close()
    return found


def _judge(scene: Scene, folder: Path, *, acknowledged: bool) -> dict[str, Any]:
    figures, _ = judge(scene, folder, acknowledged=acknowledged)
    return figures.as_json()


# --- planted faults, which the measurement has to see ------------------------------------------


def swallows_every_error() -> None:
    """Plant: an act whose commit failed is acknowledged all the same."""
    real = UnitOfWork.commit

    def careless(work: UnitOfWork, *, checkpoint: bool = False) -> None:
        with suppress(Exception):
            real(work, checkpoint=checkpoint)

    put_in(UnitOfWork, commit=careless)


def shows_what_the_engine_said() -> None:
    """Plant: the engine's own exceptions reach the person."""
    put_in(trouble, plainly=lambda _error: None)
    put_in(unit_of_work, plainly=lambda _error: None)
