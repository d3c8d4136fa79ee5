"""What entering one act costs in a long log, beside the same in a short one, in turns in one run.

`python -m tests.bench.append --long 1000000` builds both clinics with `tests.bench.full_check` (or uses those
that `--keep` holds) and prints the median time of one act with its commit, its processor time, and ratios.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act
from tests.bench.full_check import built, later
from tests.bench.log_pages import say
from tests.services.clinic_builder import PASSWORDS

ROUNDS = 200


def entered(clinic: OpenClinic, subject: str) -> tuple[float, float]:
    """Enter one act about a person and commit; milliseconds by the clock and of the processor."""
    begin, begin_cpu = time.perf_counter(), time.process_time()
    with clinic.work() as work:
        work.log.record(Act("patient.viewed", "R", subject=subject, detail={"bench": "yes"}))
        work.commit()
    return (time.perf_counter() - begin) * 1000, (time.process_time() - begin_cpu) * 1000


def main(words: Sequence[str]) -> int:
    """Build, measure in turns, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.append")
    parser.add_argument("--short", type=int, default=1_000)
    parser.add_argument("--long", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, default=None, help="build here, or use what was built here")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as temporary:
        clinics = []
        for entries in (options.short, options.long):
            folder = (options.keep or Path(temporary)) / str(entries)
            if not folder.exists():
                built(folder, entries)
            clinics.append(open_clinic(folder, "reyes", PASSWORDS["reyes"], clock=later()))
        subjects = []
        for clinic in clinics:
            with clinic.store.reading() as session:
                found = session.connection().exec_driver_sql("SELECT subject FROM log_subject LIMIT 1")
                subjects.append(str(found.scalar_one()))
        times: list[list[tuple[float, float]]] = [[], []]
        for _ in range(ROUNDS):
            for place, clinic in enumerate(clinics):
                times[place].append(entered(clinic, subjects[place]))
        for clinic in clinics:
            clinic.close()
        short, short_cpu, long, long_cpu = (
            statistics.median(one[kind] for one in times[place]) for place in (0, 1) for kind in (0, 1)
        )
        say(
            f"one act and its commit, median of {ROUNDS}: {short:.2f} ms ({short_cpu:.2f} of the processor) "
            f"in a log of {options.short:,}, {long:.2f} ms ({long_cpu:.2f}) in one of {options.long:,}: "
            f"{long / short:.2f} and {long_cpu / short_cpu:.2f} times; load {os.getloadavg()[0]:.1f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
