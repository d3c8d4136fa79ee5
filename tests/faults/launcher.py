"""Measurements as forks of one process, which has imported for all of them. A line asks for each.

Imports are most of what a short measurement pays at its start; what one does to its process ends with it.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults.processes import DIED
from tests.faults.shim import preloaded

SERVE = "--serve"
ROOT = Path(__file__).resolve().parents[2]


class Launcher:
    """A process that measures, one thing at a time. Whoever asks looks now and then whether it is done."""

    def __init__(self, library: Path | None) -> None:
        """Start it, under the shim where its library is named."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults", SERVE],
            cwd=ROOT,
            env=None if library is None else preloaded(library),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What it forks is ended with it.
            start_new_session=True,
        )
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdout.fileno(), False)

    def ask(self, words: Sequence[str], out: Path, err: Path) -> None:
        """Measure what the words name; what is said goes into these files."""
        assert self._process.stdin is not None
        line = json.dumps({"words": list(words), "out": str(out), "err": str(err)})
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    @property
    def is_done(self) -> bool:
        """Whether what was asked for last has ended; true where the process itself did."""
        assert self._process.stdout is not None
        return bool(self._process.stdout.readline()) or self._process.poll() is not None

    def stop(self) -> None:
        """End it, and whatever it still measures."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()


def serve(measure: Callable[[list[str]], int]) -> int:
    """Fork for each line of the standard input, until it ends, and say when the fork has ended."""
    while line := sys.stdin.readline():
        asked = json.loads(line)
        pid = os.fork()
        if not pid:
            _measure_and_end(measure, asked)
        os.waitpid(pid, 0)
        print("done", flush=True)
    return 0


def _measure_and_end(measure: Callable[[list[str]], int], asked: dict[str, list[str] | str]) -> None:
    status = DIED
    try:
        for descriptor, name in ((1, asked["out"]), (2, asked["err"])):
            opened = os.open(str(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(opened, descriptor)
            os.close(opened)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        status = measure([str(word) for word in asked["words"]])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
