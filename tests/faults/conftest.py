"""The short measurements of a module, started in its order, and what each test asks of its own.

A module names them in `MEASURED`. Where modules run beside each other, each runs one at a time.

They fork, so they need POSIX; the shim needs Linux. The rest of the programs' tests run everywhere.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.faults.jobs import JOBS

if not sys.platform.startswith("linux"):
    collect_ignore_glob = ["test_*.py"]
else:
    from tests.faults.measure import BY_NAME, Progress
    from tests.faults.shim import built_shim, preloaded

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 1 if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1 else 2
LOOK_S = 0.02


class Measured:
    """Runs each job once, `AT_ONCE` of them beside each other, and hands out what they found."""

    def __init__(self, folder: Path, jobs: Sequence[str]) -> None:
        self._folder = folder
        self._waiting = list(jobs)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._statuses: dict[str, int] = {}

    def __getitem__(self, name: str) -> "Progress":
        """The figures of a job; waits for it, while others go on."""
        if name in self._waiting:
            self._waiting.remove(name)
            self._waiting.insert(0, name)
        while name not in self._statuses:
            assert name in self._waiting or name in self._running, f"{name} could not be started"
            self._turn()
            time.sleep(LOOK_S)
        self._turn()
        said = (self._folder / f"{name}.json").read_text(encoding="utf-8")
        assert said, (self._folder / f"{name}.err").read_text(encoding="utf-8")
        return Progress.from_json(json.loads(said))

    def _turn(self) -> None:
        for name, process in list(self._running.items()):
            status = process.poll()
            if status is not None:
                self._statuses[name] = status
                del self._running[name]
        while self._waiting and len(self._running) < AT_ONCE:
            self._start(self._waiting.pop(0))

    def _start(self, name: str) -> None:
        words = [sys.executable, "-m", "tests.faults", "--json", "--state", str(self._folder), *JOBS[name]]
        _, measurement, *_ = JOBS[name]
        # At once, because starting anew under the shim would import everything twice.
        environ = preloaded(built_shim(self._folder)) if BY_NAME[measurement].needs_shim else None
        with (
            (self._folder / f"{name}.json").open("wb") as out,
            (self._folder / f"{name}.err").open("wb") as err,
        ):
            self._running[name] = subprocess.Popen(
                words, cwd=ROOT, env=environ, stdout=out, stderr=err, stdin=subprocess.DEVNULL
            )

    def stop(self) -> None:
        """End what is still running, each with its own children."""
        for process in self._running.values():
            process.terminate()
            process.wait()


@pytest.fixture(scope="module")
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    """The module's short measurements, running."""
    runs = Measured(tmp_path_factory.mktemp("faults"), request.module.MEASURED)
    yield runs
    runs.stop()
