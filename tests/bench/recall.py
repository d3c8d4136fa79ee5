"""How long a look-back takes among many visits, beside the same rows asked of the driver alone.

`python -m tests.bench.recall --visits 500000` makes a clinic of invented people, gives it that many signed
visits by copying one that was signed as visits are, and prints for a lot, a serial, a device, a performer and
days the service's time (its entries in the log are stored with it) and the driver's. `--store FOLDER` keeps
the clinic there, or takes the one that an earlier run left. Before all of these stands the first look-back
after the start, which has everything still to read and to decrypt.
"""

import argparse
import gc
import json
import os
import pickle
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import PoolProxiedConnection
from sqlalchemy.engine.interfaces import DBAPICursor

from mnclinic.services.look_back import FoundPeople, begin_look_back, look_back
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from tests.bench.find_people import people, say
from tests.services.clinic_builder import SmallClinic, document, small_clinic

GOAL_MS = 200.0
ROUNDS = 15
PEOPLE = 100_000
STRETCH = 128
"""People whom the window asks for at first."""
VISITS_OF_LOT = 20
DEVICES = 75
"""Of 500,000 visits each device was used in 6,667, and as many are the second performer's."""
PATIENT = (
    "INSERT INTO patient (ref, record_number, last_name, first_name, folded_name, born_on, sex, phone, "
    "phone_digits, email, address, allergies, notes, added_at) "
    "VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, '', '', '', '', '2026-01-01T00:00:00.000Z')"
)
RAW = (
    "SELECT visit.number, visit.visit_on, visit.patient_ref, patient.last_name, patient.phone "
    "FROM visit_supply "
    "JOIN visit ON visit.id = visit_supply.visit_id JOIN patient ON patient.ref = visit.patient_ref "
    "WHERE upper(trim(lot)) = ? OR upper(trim(serial)) = ?"
)
RAW_DAYS = (
    "SELECT visit.number, visit.visit_on, visit.patient_ref, patient.last_name, patient.phone "
    "FROM visit JOIN patient ON patient.ref = visit.patient_ref "
    "WHERE visit_on BETWEEN ? AND ? AND performed_at IS NOT NULL"
)


def copied(raw: PoolProxiedConnection, visits: int, seed: Sequence[tuple[object, ...]]) -> None:
    """Copies of the first signed visit, each with a lot that twenty of them share and a serial of its own."""
    cursor = raw.cursor()
    columns = [row[1] for row in cursor.execute("PRAGMA table_info(visit)")]
    model = dict(
        zip(columns, cursor.execute("SELECT * FROM visit WHERE revision > 0").fetchone(), strict=True)
    )
    record = json.loads(
        cursor.execute(
            "SELECT record FROM visit_revision WHERE visit_id = ? AND revision = ?",
            (model["id"], model["revision"]),
        ).fetchone()[0]
    )
    line = cursor.execute("SELECT * FROM treatment_line WHERE visit_id = ?", (model["id"],)).fetchone()
    cursor.execute("BEGIN")
    holders = ", ".join("?" for _ in columns)
    for number in range(visits):
        visit, lot = str(uuid.UUID(int=number + 1)), f"BENCH-{number // VISITS_OF_LOT}"
        serial = f"SN-{number}"
        record["document"]["cartridge"] |= {"lot": lot, "serial": serial}
        day = f"20{16 + number % 10}-{1 + number // 10 % 12:02d}-{1 + number // 120 % 28:02d}"
        row = {**model, "id": visit, "number": f"B-{number:07d}", "patient_ref": seed[number % len(seed)][0]}
        row |= {"visit_on": day, "performer": "reyes" if number % DEVICES else "lind"}
        cursor.execute(f"INSERT INTO visit VALUES ({holders})", [row[one] for one in columns])  # noqa: S608 - our own words
        cursor.execute(
            "INSERT INTO visit_revision VALUES (?, ?, ?, '', '2026-01-01T00:00:00.000Z')",
            (visit, model["revision"], json.dumps(record).encode()),
        )
        cursor.execute(
            f"INSERT INTO treatment_line VALUES ({', '.join('?' for _ in line)})",  # noqa: S608 - our own words
            (visit, *line[1:]),
        )
        cursor.executemany(
            "INSERT INTO visit_supply (visit_id, revision, kind, lot, serial, patient_ref) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [
                (visit, model["revision"], "device", f"DEV-{number % DEVICES}", "", row["patient_ref"]),
                (visit, model["revision"], "cartridge", lot, serial, row["patient_ref"]),
            ],
        )
    raw.commit()


def built(folder: Path, visits: int) -> tuple[SmallClinic, OpenClinic]:
    """A clinic with that many visits, open at the front desk; the one that stands there, where one does."""
    about = folder.with_name(f"{folder.name}.pickle")
    if about.exists():
        clinic = pickle.loads(about.read_bytes())  # noqa: S301 - an earlier run of ours left it
        return clinic, clinic.as_user("desk")
    clinic = small_clinic(folder)
    made = pickle.dumps(clinic)
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(cartridge={"lot": "LOT-1", "serial": "C-7"}), by, shown="window")
    desk, seed = clinic.as_user("desk"), people(min(PEOPLE, visits), seed=7)
    # The clinic has people of its own, whose numbers these would take.
    seed = [(one[0], f"B{one[1]}", *one[2:]) for one in seed]
    raw = desk.store.engine.raw_connection()
    begin = time.perf_counter()
    try:
        raw.cursor().execute("BEGIN")
        raw.cursor().executemany(PATIENT, seed)
        raw.commit()
        copied(raw, visits, seed)
    finally:
        raw.close()
    about.write_bytes(made)
    say(f"{visits:,} visits of {len(seed):,} people: {time.perf_counter() - begin:.0f} s")
    return clinic, desk


def median_ms(act: Callable[[int], object]) -> tuple[float, float, float]:
    """The median and the slowest of the rounds, each with another thing to look for; the processor's median.

    Other work on the computer makes a round slow on the clock, and disturbs the processor's time less.
    """
    found, worked = [], []
    for round_number in range(ROUNDS):
        begin, used = time.perf_counter(), time.process_time()
        act(round_number)
        found.append((time.perf_counter() - begin) * 1000)
        worked.append((time.process_time() - used) * 1000)
    return statistics.median(found), max(found), statistics.median(worked)


def measured(desk: OpenClinic, visits: int) -> int:
    """Print each; 1 where the first one or a median is over the goal."""
    raw = desk.store.engine.raw_connection()
    lots = visits // VISITS_OF_LOT
    queries: dict[str, Callable[[int], str]] = {
        "a lot": lambda n: f"BENCH-{(n * 7919) % lots}",
        "a serial": lambda n: f"SN-{(n * 7919) % visits}",
        "a lot within days": lambda n: f"BENCH-{(n * 6007) % lots} 2016-01-01..2030-12-31",
        "nobody": lambda n: f"NONE-{n}",
        "a device": lambda n: f"DEV-{n * 7 % DEVICES}",
        "a performer": lambda n: f"lind 2016-01-{1 + n:02d}..2026-12-31",
        "days": lambda n: f"20{16 + n % 10}-03-01..20{16 + n % 10}-04-17",
    }
    try:
        cursor = raw.cursor()
        begin = time.process_time()
        first = _asked(desk, queries["a device"], 3)
        worst = _ms_since(begin)
        say(f"a device in {first.visits} visits, the first after a start: {worst:.0f} ms of the processor")
        for words, named in queries.items():
            begin = time.process_time()
            whole = look_back(desk, named(0))
            say(
                f"{words}, all {len(whole)} people, a look at each entered: "
                f"{_ms_since(begin):.0f} ms of the processor"
            )
            held = [_asked(desk, named, number) for number in range(ROUNDS)]
            ours = median_ms(partial(_asked, desk, named))
            driver = median_ms(partial(_raw, cursor, named))
            worst = max(worst, ours[2])
            most = max(held, key=lambda one: one.visits)
            say(
                f"  its first {len(most.rows)} of {most.people} people in {most.visits} visits: median "
                f"{ours[0]:.1f} ms, slowest {ours[1]:.1f} ms, of the processor {ours[2]:.1f} ms; driver "
                f"{driver[0]:.2f} ms; ratio {ours[0] / driver[0]:.0f}, of the processor "
                f"{ours[2] / max(driver[2], 0.001):.0f}"
            )
    finally:
        raw.close()
    say(
        f"the slowest, the first or a median: {worst:.1f} of {GOAL_MS:.0f} ms of the processor; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    return int(worst > GOAL_MS)


def _ms_since(begin: float) -> float:
    return (time.process_time() - begin) * 1000


def _asked(desk: OpenClinic, named: Callable[[int], str], number: int) -> FoundPeople:
    return begin_look_back(desk, named(number), most=STRETCH)


def _raw(cursor: DBAPICursor, named: Callable[[int], str], number: int) -> object:
    wanted, _, days = named(number).rpartition(" ")
    first, _, last = days.partition("..")
    if last and not wanted.startswith("BENCH"):
        by = " AND performer = ?" if wanted else ""
        cursor.execute(RAW_DAYS + by, (first, last, *([wanted] if wanted else [])))
    else:
        wanted = wanted or days
        cursor.execute(RAW, (wanted, wanted))
    return cursor.fetchall()


def main(words: Sequence[str]) -> int:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.recall")
    parser.add_argument("--visits", type=int, default=500_000)
    parser.add_argument("--store", type=Path, help="a folder to keep the clinic in")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as temporary:
        _, desk = built((options.store or Path(temporary)) / "clinic", options.visits)
        # As in the window, which collects between two acts (`ui.collector`).
        gc.disable()
        status = measured(desk, options.visits)
        desk.close()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
