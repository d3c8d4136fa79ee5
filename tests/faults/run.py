"""What `python -m tests.faults` does: run the measurements that its words name."""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults.launcher import SERVE, serve
from tests.faults.measure import BY_NAME, MEASUREMENTS, Bench, Extent, Measurement, Progress, measure, table
from tests.faults.shim import NoCompiler, built_shim, is_preloaded, run_preloaded
from tests.faults.warmth import scratch_root

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".faults"
FOUND = 1
NOT_READY = 69


def main(words: list[str]) -> int:
    """Measure; status 0 when nothing was found, 1 when something was, 69 where it cannot be measured."""
    try:
        return _measured(words)
    except NoCompiler:
        print("There is no C compiler here, so the shim cannot be built. Install gcc.", file=sys.stderr)
        return NOT_READY


def _measured(words: list[str]) -> int:
    if words == [SERVE]:
        return serve(main)
    options = _options(words)
    wanted = [BY_NAME[options.only]] if options.only else [one for one in MEASUREMENTS if not one.is_short]
    if options.json:
        return _one(wanted[0], options, words)
    options.state.mkdir(parents=True, exist_ok=True)
    if not options.resume:
        for one in wanted:
            _state_of(one, options).unlink(missing_ok=True)
    status = 0
    for one in wanted:
        again = [*_common(options), "--only", one.name, "--json", "--keep-state"]
        status |= run_preloaded(again, _library(options)) if one.needs_shim else _one(one, options, again)
    rows = [
        (one, Progress.from_json(json.loads(_state_of(one, options).read_text())))
        for one in MEASUREMENTS
        if _state_of(one, options).exists()
    ]
    print(table(rows), flush=True)
    return FOUND if any(progress.figures.findings for _, progress in rows) else status


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="packaging/dev.py faults")
    parser.add_argument("--only", choices=sorted(BY_NAME))
    parser.add_argument("--count", type=int, default=None, help="so many cases of each instead of all")
    parser.add_argument("--every", type=int, default=1, help="only every so many-th case")
    parser.add_argument("--resume", action="store_true", help="go on where the last run stopped")
    parser.add_argument("--operation", default=None, help="only operations whose name holds this")
    parser.add_argument("--state", type=Path, default=STATE, help="where the state is kept")
    parser.add_argument("--plant", default=None, help="plant a fault that has to be found")
    parser.add_argument("--part", default="0/1", help="the first of two parts is 0/2")
    parser.add_argument("--json", action="store_true", help="one measurement, its figures as JSON")
    parser.add_argument("--scenes", type=Path, default=None, help=argparse.SUPPRESS)
    parser.add_argument("--keep-state", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(words)


def _common(options: argparse.Namespace) -> list[str]:
    words = ["--every", str(options.every), "--state", str(options.state), "--part", options.part]
    for name in ("count", "operation", "plant"):
        value = getattr(options, name)
        if value is not None:
            words += [f"--{name}", str(value)]
    return words


def _state_of(measurement: Measurement, options: argparse.Namespace) -> Path:
    return Path(options.state) / f"{measurement.name}.json"


def _library(options: argparse.Namespace) -> Path:
    return built_shim(Path(options.state))


def _one(measurement: Measurement, options: argparse.Namespace, words: list[str]) -> int:
    """Run one measurement in this process, or in one under the shim when it needs that."""
    if measurement.needs_shim and not is_preloaded():
        return run_preloaded(words, _library(options))
    keeps = options.keep_state or not options.json
    part, _, parts = options.part.partition("/")
    # Of memory nobody waits for anything, and how long writers wait is itself measured.
    place = None if measurement.waits_for_disk else scratch_root()
    scratch = Path(tempfile.mkdtemp(prefix="mnclinic-faults-", dir=place))
    try:
        progress = measure(
            measurement,
            Bench(scratch, options.plant, options.operation, scenes=options.scenes),
            Extent(options.count, options.every, int(part), int(parts)),
            state=_state_of(measurement, options) if keeps else None,
            on_lot=_tell(measurement) if keeps else lambda _progress: None,
        )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if not keeps:
        print(json.dumps(progress.as_json()), flush=True)
    return FOUND if progress.figures.findings else 0


def _tell(measurement: Measurement) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        wrong = len(progress.figures.findings)
        print(
            f"{measurement.name}: {progress.done} of {progress.total} in {progress.seconds:.0f} s, "
            f"{wrong} found",
            file=sys.stderr,
            flush=True,
        )

    return tell
