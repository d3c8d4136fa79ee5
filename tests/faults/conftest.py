"""The short measurements of a module, started in its order, and what each test asks of its own.

A module names them in `MEASURED`. Where modules run beside each other, each runs one at a time.

They fork, so they need POSIX; the shim needs Linux. The rest of the programs' tests run everywhere.
"""

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.faults.jobs import JOBS

if not sys.platform.startswith("linux"):
    collect_ignore_glob = ["test_*.py"]
else:
    from tests.faults.launcher import Launcher
    from tests.faults.measure import BY_NAME, Progress
    from tests.faults.shim import built_shim

AT_ONCE = 1 if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1 else 2
LOOK_S = 0.02


class Measured:
    """Runs each job once, `AT_ONCE` of them beside each other, and hands out what they found."""

    def __init__(self, folder: Path, jobs: Sequence[str]) -> None:
        self._folder = folder
        self._waiting = list(jobs)
        self._running: dict[str, Launcher] = {}
        self._done: set[str] = set()
        self._launchers: dict[Launcher, bool] = {}
        """Each, and whether it runs under the shim."""

    def __getitem__(self, name: str) -> "Progress":
        """The figures of a job; waits for it, while others go on."""
        if name in self._waiting:
            self._waiting.remove(name)
            self._waiting.insert(0, name)
        while name not in self._done:
            assert name in self._waiting or name in self._running, f"{name} could not be started"
            self._turn()
            time.sleep(LOOK_S)
        self._turn()
        said = (self._folder / f"{name}.json").read_text(encoding="utf-8")
        assert said, (self._folder / f"{name}.err").read_text(encoding="utf-8")
        return Progress.from_json(json.loads(said))

    def _turn(self) -> None:
        for name, launcher in list(self._running.items()):
            if launcher.is_done:
                self._done.add(name)
                del self._running[name]
        while self._waiting and len(self._running) < AT_ONCE:
            self._start(self._waiting.pop(0))

    def _start(self, name: str) -> None:
        _, measurement, *_ = JOBS[name]
        launcher = self._launcher(under_shim=BY_NAME[measurement].needs_shim)
        words = ["--json", "--state", str(self._folder), "--scenes", str(self._folder), *JOBS[name]]
        launcher.ask(words, self._folder / f"{name}.json", self._folder / f"{name}.err")
        self._running[name] = launcher

    def _launcher(self, *, under_shim: bool) -> Launcher:
        """One that has nothing to do."""
        for one, is_under_shim in self._launchers.items():
            if is_under_shim == under_shim and one not in self._running.values():
                return one
        # At once under the shim, because starting anew there would import everything twice.
        launcher = Launcher(built_shim(self._folder) if under_shim else None)
        self._launchers[launcher] = under_shim
        return launcher

    def stop(self) -> None:
        """End what is still running, each with its own children."""
        for launcher in self._launchers:
            launcher.stop()


@pytest.fixture(scope="module")
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    """The module's short measurements, running."""
    runs = Measured(tmp_path_factory.mktemp("faults"), request.module.MEASURED)
    yield runs
    runs.stop()
