"""What a command says and how it ends."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mnclinic.errors import (
    ActionRefused,
    ClinicError,
    InvalidInput,
    NotPermitted,
    StaleVisit,
    StoreUnavailable,
    WitnessNotRead,
    WrongCredentials,
)

DONE = 0
ALTERED = 1
UNREADABLE = 2
KEY_NOT_CHECKED = 3
INCOMPLETE = 4
REFUSED = 5
NO_RIGHT = 6
STORE_TROUBLE = 7
WRONG_USE = 64
OUR_DEFECT = 70

VERDICT_STATUS = {
    "OK": DONE,
    "EXPLAINED": DONE,
    "VALID": DONE,
    "ALTERED": ALTERED,
    "UNREADABLE": UNREADABLE,
    "VALID (KEY NOT CHECKED)": KEY_NOT_CHECKED,
    "INCOMPLETE": INCOMPLETE,
}
"""1 to 4 are verdicts only: no other ending may use them."""

STATUS_OF: tuple[tuple[type[ClinicError], int], ...] = (
    (InvalidInput, WRONG_USE),
    (ActionRefused, REFUSED),
    (StaleVisit, REFUSED),
    (NotPermitted, NO_RIGHT),
    (WrongCredentials, NO_RIGHT),
    (StoreUnavailable, STORE_TROUBLE),
    (WitnessNotRead, STORE_TROUBLE),
)


@dataclass(frozen=True)
class Answer:
    """A command's answer: the JSON document, the lines a person reads, and the exit status.

    `if_lost` is what to do where the answer cannot be written and holds what is shown only once.
    """

    document: Mapping[str, Any]
    lines: Sequence[str] = field(default_factory=tuple)
    status: int = DONE
    if_lost: str = ""


NOT_WRITTEN = (
    "What was done is done, but the answer could not be written out whole. Look whether the place that it "
    "goes to is full, then ask for it again."
)


def status_of(error: ClinicError) -> int:
    """The exit status of known trouble."""
    return next((status for kind, status in STATUS_OF if isinstance(error, kind)), OUR_DEFECT)


def failure(error: ClinicError, **also: object) -> Answer:
    """The answer for known trouble; `also` are the command's own keys, empty."""
    told: dict[str, Any] = {"code": error.code, "message": error.sentence}
    lines = [error.sentence]
    if isinstance(error, InvalidInput) and error.problems:
        told["problems"] = [{"where": problem.where, "what": problem.what} for problem in error.problems]
        lines += [f"  {problem.where}: {problem.what}" for problem in error.problems]
    if isinstance(error, ActionRefused):
        told["refusals"] = [{"code": one.code, "message": one.message} for one in error.refusals]
        lines = [f"Refused: {one.message}" for one in error.refusals]
    return Answer({**also, "error": told}, lines, status_of(error))


def deliver(answer: Answer, *, as_json: bool) -> int:
    """Write the answer: JSON to standard output, or lines for a person. Returns the exit status.

    Where nobody reads any more that is the status of what was done. Where it cannot be written, as on a
    full disk, what was done is done too, but whoever relies on what stands there must not take it for whole.
    """
    try:
        _write(answer, as_json=as_json)
    except BrokenPipeError:
        if not answer.if_lost:
            return answer.status
    except (OSError, ValueError):
        pass
    else:
        return answer.status
    say(answer.if_lost or NOT_WRITTEN)
    return answer.status or STORE_TROUBLE


def written_out(status: int) -> int:
    """The status of what wrote for itself, as a help text does: trouble where that could not be written."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        return status
    except (OSError, ValueError):
        say(NOT_WRITTEN)
        return status or STORE_TROUBLE
    return status


def _write(answer: Answer, *, as_json: bool) -> None:
    # A program that was started without a console has neither output.
    if sys.stdout is None or sys.stderr is None:
        return
    if as_json:
        sys.stdout.write(json.dumps(answer.document, ensure_ascii=False, indent=2) + "\n")
    stream = sys.stdout if not as_json and answer.status in {DONE, *VERDICT_STATUS.values()} else sys.stderr
    if not as_json or answer.status:
        for line in answer.lines:
            stream.write(f"{line}\n")
    sys.stdout.flush()


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 visit, 2 visits. `many` where it is not the one with an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def say(line: str) -> bool:
    """Put a message on standard error; whether anybody still reads there. What is under way goes on."""
    if sys.stderr is None:
        return False
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return False
    return True
