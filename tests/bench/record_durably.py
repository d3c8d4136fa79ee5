"""What recording a visit durably costs beside raw durable commits in the same file, in turns in one run.

`python -m tests.bench.record_durably` records whole visits of people on the roster with the use-case of
`visit record`: gate, frozen record, signature, log entries and checkpoint in one commit. Beside each it
commits one small row to the same encrypted file, which is the least that a durable commit costs there. The
goal is at most 5 such commits.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from tests.bench.log_pages import say
from tests.services.clinic_builder import add_person, document, small_clinic

GOAL = 5.0
ROUNDS = 60
WARM = 5
"""Rounds before those that count: the first visit reads schemas and makes pages."""


def took_ms(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor."""
    begin, begin_cpu = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - begin) * 1000, (time.process_time() - begin_cpu) * 1000


def raw_commit(clinic: OpenClinic) -> None:
    """One row, one durable commit, in the clinic's own file under its own settings."""
    with clinic.store.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO bench (said) VALUES ('a row of the bench')")


def main(words: Sequence[str]) -> int:
    """Measure in turns and print; 1 where a visit costs more than the goal."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.record_durably")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path, default=None, help="on whose disk it is measured")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        small = small_clinic(Path(place))
        with small.signing("reyes") as (clinic, by):
            with clinic.store.engine.begin() as connection:
                connection.exec_driver_sql("CREATE TABLE bench (id INTEGER PRIMARY KEY, said TEXT)")
            count = options.rounds + WARM
            for number in range(count):
                add_person(clinic, f"Person{number}")
            raw: list[tuple[float, float]] = []
            recorded: list[tuple[float, float]] = []
            for number in range(count):
                made = document(patient={"record_number": f"P-{number + 1:06d}"})
                raw.append(took_ms(partial(raw_commit, clinic)))
                recorded.append(took_ms(partial(record_visit, clinic, made, by, shown="command")))
        small.close()
    commit, _ = _medians(raw[WARM:])
    visit, processor = _medians(recorded[WARM:])
    say(f"a raw durable commit        {commit:7.2f} ms, median of {options.rounds}")
    say(f"a visit recorded and signed {visit:7.2f} ms, of it {processor:.2f} ms of the processor")
    say(f"that is {visit / commit:.1f} raw commits; the goal is {GOAL:.0f}")
    return 0 if visit <= GOAL * commit else 1


def _medians(times: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(one for one, _ in times), statistics.median(one for _, one in times)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
