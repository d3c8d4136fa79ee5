"""What recording a visit durably costs beside raw durable commits in the same file, in turns in one run.

`python -m tests.bench.record_durably` records whole visits of people on the roster with the use-case of
`visit record`: gate, frozen record, signature, log entries and checkpoint in one commit. Beside each it
commits one small row to the same encrypted file, which is the least that a durable commit costs there. The
goal is at most 5 such commits.

It also prints the floor: what the driver alone takes to write the same rows into tables without an index,
with as many signatures and the head file. That asks nothing, judges nothing and puts nothing together, so no
recording of a visit can cost less. Where other work goes on, look at the processor's time, not the clock's.
"""

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic, Signer
from mnclinic.store.head_file import write_head
from tests.bench.log_pages import say
from tests.services.clinic_builder import add_person, document, small_clinic

GOAL = 5.0
ROUNDS = 60
SIGNATURES = 5
"""The performer's, one of each of three entries, and the checkpoint's."""
SIGNED = bytes(200)
INSERT = re.compile(r"\s*INSERT INTO (\w+)")
CONFLICT = re.compile(r"\s*ON CONFLICT.*", re.DOTALL)
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


class Floor:
    """The rows of a visit, as they were written once, to be written again beside it."""

    def __init__(self, clinic: OpenClinic, by: Signer, folder: Path) -> None:
        self._clinic, self._by, self._folder = clinic, by, folder
        self._tables: set[str] = set()
        self._writes: list[tuple[str, Any, bool]] = []

    @contextmanager
    def learning(self) -> Iterator[None]:
        """Note what is written in the block, and make tables of the same columns for it."""
        event.listen(self._clinic.store.engine, "before_cursor_execute", self._note)
        try:
            yield
        finally:
            event.remove(self._clinic.store.engine, "before_cursor_execute", self._note)
        with self._clinic.store.engine.begin() as connection:
            for table in sorted(self._tables):
                connection.exec_driver_sql(f"CREATE TABLE bench_{table} AS SELECT * FROM {table} WHERE FALSE")  # noqa: S608 - our own words

    def _note(
        self, _connection: object, _cursor: object, said: str, given: object, _more: object, is_many: bool
    ) -> None:
        if found := INSERT.match(said):
            self._tables.add(found[1])
            self._writes.append((CONFLICT.sub("", INSERT.sub(r"INSERT INTO bench_\1", said)), given, is_many))

    def write(self) -> None:
        """All of it once, as durably as a visit."""
        raw = self._clinic.store.engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            for said, given, is_many in self._writes:
                (cursor.executemany if is_many else cursor.execute)(said, given)
            for _ in range(SIGNATURES):
                self._by.key.sign(SIGNED)
            raw.commit()
        finally:
            raw.close()
        write_head(self._folder, SIGNED)


def main(words: Sequence[str]) -> int:
    """Measure in turns and print; 1 where a visit costs more than the goal."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.record_durably")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path, default=None, help="on whose disk it is measured")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        small = small_clinic(Path(place) / "clinic")
        with small.signing("reyes") as (clinic, by):
            with clinic.store.engine.begin() as connection:
                connection.exec_driver_sql("CREATE TABLE bench (id INTEGER PRIMARY KEY, said TEXT)")
            count = options.rounds + WARM
            for number in range(count + 1):
                add_person(clinic, f"Person{number}")
            floor = Floor(clinic, by, Path(place))
            with floor.learning():
                record(clinic, by, count)
            raw: list[tuple[float, float]] = []
            least: list[tuple[float, float]] = []
            recorded: list[tuple[float, float]] = []
            for number in range(count):
                raw.append(took_ms(partial(raw_commit, clinic)))
                least.append(took_ms(floor.write))
                recorded.append(took_ms(partial(record, clinic, by, number)))
        small.close()
    commit, processor_of_commit = _medians(raw[WARM:])
    head = f"median of {options.rounds}"
    say(f"{head:40} {'ms':>8} {'commits':>8} {'of the processor':>17} {'commits':>8}")
    for what, times in (
        ("a raw durable commit", raw),
        ("the floor: rows, signatures, head file", least),
        ("a visit recorded and signed", recorded),
    ):
        took, processor = _medians(times[WARM:])
        say(
            f"{what:40} {took:8.2f} {took / commit:8.1f} {processor:17.2f} "
            f"{processor / processor_of_commit:8.1f}"
        )
    say(f"the goal is {GOAL:.0f} commits")
    return 0 if _medians(recorded[WARM:])[0] <= GOAL * commit else 1


def record(clinic: OpenClinic, by: Signer, number: int) -> None:
    """The whole visit of somebody on the roster."""
    made = document(patient={"record_number": f"P-{number + 1:06d}"})
    record_visit(clinic, made, by, shown="command")


def _medians(times: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(one for one, _ in times), statistics.median(one for _, one in times)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
