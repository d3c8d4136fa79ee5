"""How long a page of a long log takes under each filter, beside the same rows asked of the driver alone.

`python -m tests.bench.log_pages --entries 5000000` builds a clinic whose log is filled by raw inserts (real
form, links and numbers; one signature of the right shape stands under all of them, so that checking a row
costs what it costs) and prints the 95th percentile of first and next pages, and their ratio to the driver.
With `--keep` a clinic that was built before is measured again.
"""

import argparse
import hashlib
import json
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from mnclinic.audit.tree import leaf_hash, nodes_to_store
from mnclinic.audit.whose import OF_SOMEBODY
from mnclinic.domain.log_topic import Topic
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.log_records import RecordRef
from mnclinic.services.read_log import PAGE, LogPage, newest_entries, older_entries, open_log, who_looked
from mnclinic.services.session import OpenClinic
from mnclinic.services.set_up_clinic import ClinicReady
from tests.services.clinic_builder import MONDAY, SmallClinic, StoppedClock, add_person, small_clinic

START = datetime(2021, 1, 1, tzinfo=UTC)
PATIENTS = 20_000
RARE_LOOKS = 3
"""How often the last patient of the roster stands in the log."""
RARE_ACTS = 5
"""How often the last of the staff does."""
CHUNK = 20_000
ROUNDS = 30
INDEXES = (
    "CREATE INDEX ix_log_entry_subject_seq ON log_entry (subject, seq)",
    "CREATE INDEX ix_log_entry_object_id ON log_entry (object_id)",
    "CREATE INDEX ix_log_entry_actor ON log_entry (actor)",
    "CREATE INDEX ix_log_entry_action ON log_entry (action)",
    "CREATE INDEX ix_log_entry_actor_action ON log_entry (actor, action)",
    "CREATE INDEX ix_log_entry_clock_back ON log_entry (at) WHERE is_clock_back = 1",
)
NODE = "INSERT OR IGNORE INTO log_node (level, position, hash) VALUES (?, ?, ?)"
NOTHING = b"{}"
ACTS: Sequence[tuple[str, str, str | None, int]] = (
    ("visit.viewed", "R", "visit_view", 4700),
    ("patient.viewed", "R", None, 2800),
    ("visit.draft_saved", "U", "visit", 1000),
    ("visit.performed", "S", "signature", 300),
    ("visit.signed", "S", "signature", 300),
    ("login", "E", None, 300),
    ("visit.printed", "P", "visit_print", 90),
    ("follow_up.recorded", "C", "follow_up_contact", 400),
    ("adverse_event.recorded", "C", "adverse_event", 7),
    ("adverse_event.told", "C", "event_step", 6),
    ("adverse_event.acknowledged", "S", "event_step", 7),
    ("adverse_event.noted", "C", "event_step", 10),
    ("adverse_event.reported", "C", "event_step", 1),
    ("adverse_event.closed", "C", "event_step", 7),
    ("adverse_event.printed", "P", "event_print", 1),
    ("recall.searched", "Q", None, 4),
    ("recall.opened", "C", "recall", 1),
    ("recall.viewed", "R", None, 40),
    ("recall.contacted", "C", "recall_contact", 25),
    ("recall.closed", "S", "recall_closure", 1),
    ("bundle.made", "E", None, 2),
    ("glass.broken", "E", "break_glass", 1),
)
"""Action, kind, kind of object, and how often it comes, of ten thousand.

Every visit is followed up once or twice, one in forty has an event, and a recall touches some forty people.
"""
ABOUT_SOMEBODY = frozenset({"patient.viewed", "recall.viewed"})
"""Acts without an object that are about one person."""

STAFF_AND_KEYS = "SELECT staff_id, key FROM key_register WHERE purpose = 'session' ORDER BY key"


@dataclass(frozen=True)
class Subjects:
    """Whom questions are asked about: the last of each stands in the log a few times alone."""

    staff: Sequence[str]
    patients: Sequence[str]


@dataclass(frozen=True)
class Filled:
    """What the synthetic log is about."""

    vault: str
    staff: Sequence[tuple[str, str]]
    patients: Sequence[str]
    signature: bytes
    seconds_apart: float
    first_seq: int
    previous: bytes
    edge: dict[int, tuple[int, bytes]]
    """The last node of each level of the tree, with its position: all that appending needs."""
    installation: str | None = None
    """The installation's key, where entries have to name it."""
    sign: Callable[[bytes], bytes] | None = None
    """Signs a leaf hash truly, where the log is to be checked as a whole."""
    acts: Sequence[tuple[str, str, str | None, int]] = ACTS
    visits: Sequence[tuple[str, str, bytes]] = ()
    """Visits that are there: patient, id, document. Without any, entries name ones that are not."""
    nodes: list[tuple[int, int, bytes]] = field(default_factory=list)
    """The tree's nodes that were not written yet, where the log is to be checked as a whole."""
    subjects: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    """How many entries speak of each patient, and the last one's leaf."""
    starts_at: datetime = START
    """The time of the first entry; none before it may be later."""


def say(line: str) -> None:
    """A line of the answer."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def fill(engine: Engine, filled: Filled, entries: int) -> None:
    """Add `entries` entries. A clock that was set back is behind one in fifty thousand."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        # Waiting for the disk is no part of what is measured here.
        cursor.execute("PRAGMA synchronous=OFF")
        for index in INDEXES:
            cursor.execute(f"DROP INDEX {index.split()[2]}")
        rows = _rows(filled, entries)
        while chunk := [row for _, row in zip(range(CHUNK), rows, strict=False)]:
            cursor.executemany(
                "INSERT INTO log_entry (seq, entry, leaf, signature, action, subject, object_id, at, "
                "is_clock_back, actor, kind, object_kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                chunk,
            )
            cursor.executemany(NODE, filled.nodes)
            filled.nodes.clear()
            raw.commit()
        cursor.executemany(
            NODE,
            [(level, position, digest) for level, (position, digest) in filled.edge.items()],
        )
        cursor.executemany(
            "INSERT OR REPLACE INTO log_subject (subject, count, last_leaf) VALUES (?, ?, ?)",
            [(subject, count, leaf) for subject, (count, leaf) in filled.subjects.items()],
        )
        for index in INDEXES:
            cursor.execute(index)
        raw.commit()
        cursor.execute("PRAGMA synchronous=FULL")
    finally:
        raw.close()


def _rows(filled: Filled, entries: int) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(7)  # noqa: S311 - a bench has to be repeatable
    weights = [one[3] for one in filled.acts]
    previous = filled.previous
    hwm = ""
    last_staff, last_patient = len(filled.staff) - 1, len(filled.patients) - 1
    rare_looks = {filled.first_seq + (entries * place) // RARE_LOOKS for place in range(RARE_LOOKS)}
    rare_acts = {filled.first_seq + 7 + (entries * place) // RARE_ACTS for place in range(RARE_ACTS)}
    for seq in range(filled.first_seq, filled.first_seq + entries):
        action, kind, object_kind, _ = (
            filled.acts[0] if seq in rare_looks else chance.choices(filled.acts, weights)[0]
        )
        who = last_staff if seq in rare_acts else min(int(chance.expovariate(0.7)), last_staff - 1)
        staff, key = filled.staff[who]
        patient = None
        if action in ABOUT_SOMEBODY or object_kind in OF_SOMEBODY:
            place = last_patient if seq in rare_looks else int(chance.random() ** 2 * last_patient)
            patient = filled.patients[place]
        now = filled.starts_at + timedelta(seconds=(seq - filled.first_seq) * filled.seconds_apart)
        is_back = seq % 50_000 == 0
        at = _stamp(now - timedelta(days=400) if is_back else now)
        hwm = max(hwm, at)
        object_id = None
        if object_kind is not None:
            object_id = str(uuid.UUID(int=hash((patient, seq // 50)) & (2**128 - 1)))
        content = NOTHING
        if filled.visits and object_kind == "visit":
            patient, object_id, content = filled.visits[int(chance.random() * len(filled.visits))]
        about = (patient, object_kind, object_id, content)
        data = _entry(filled, seq, previous, staff, key, action, kind, about, at, hwm)
        leaf = leaf_hash(data)
        searched = (action, patient, object_id, at, is_back, staff, kind, object_kind)
        yield seq, data, leaf, filled.sign(leaf) if filled.sign else filled.signature, *searched
        for node in nodes_to_store(seq - 1, leaf, lambda level, _position: filled.edge[level][1]):
            filled.edge[node.level] = (node.position, node.digest)
            if filled.sign:
                filled.nodes.append((node.level, node.position, node.digest))
        if patient:
            filled.subjects[patient] = (filled.subjects.get(patient, (0, b""))[0] + 1, leaf)
        previous = leaf


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def _entry(
    filled: Filled,
    seq: int,
    previous: bytes,
    staff: str,
    key: str,
    action: str,
    kind: str,
    about: tuple[str | None, str | None, str | None, bytes],
    at: str,
    hwm: str,
) -> bytes:
    """Canonical bytes, as `build_entry` makes them, put together without its checks to save hours."""
    salt = hashlib.md5(seq.to_bytes(8, "big")).hexdigest()  # noqa: S324 - sixteen bytes of any kind
    patient, object_kind, object_id, content = about
    hashed = hashlib.sha256(bytes.fromhex(salt) + NOTHING).hexdigest()
    digest = hashlib.sha256(bytes.fromhex(salt) + content).hexdigest()
    # A draft is of no frozen revision yet.
    revision = int(object_kind != "visit")
    named = "null"
    if object_kind:
        named = f'{{"h":"{digest}","id":"{object_id}","rev":{revision},"t":"{object_kind}"}}'
    subject = f'"{patient}"' if patient else "null"
    count, last = filled.subjects.get(patient or "", (0, bytes(32)))
    ssq, sprev = (str(count + 1), f'"{last.hex()}"') if patient else ("null", "null")
    clk = "back" if at < hwm else "ok"
    return (
        f'{{"action":"{action}","actor":{{"key":"{key}","role":"provider","uid":"{staff}"}},"app":"0.1.0",'
        f'"boot":"{seq // 500:016x}","cat":["treatment"],"clk":"{clk}","dh":"{hashed}","for":null,'
        f'"hwm":"{hwm}","inst":"{filled.installation or key}","kind":"{kind}","mono":{seq},"obj":{named},'
        f'"out":0,'
        f'"prev":"{previous.hex()}","salt":"{salt}","seq":{seq},"sprev":{sprev},"ssq":{ssq},'
        f'"subj":{subject},"ts":"{at}","tz":"-06:00","v":1,"vault":"{filled.vault}","why":null}}'
    ).encode()


def measured(act: Callable[[], object]) -> list[float]:
    """The times of `ROUNDS` rounds, in milliseconds, sorted."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return times[min(len(times) - 1, int(len(times) * 0.95))]


def driver_times(clinic: OpenClinic, page: LogPage) -> list[float]:
    """The rows of a page, and the ones before them, asked of the driver without anything around it."""
    numbers = sorted({seq for row in page.rows for seq in (row.seq, row.seq - 1)})
    marks = ",".join("?" * len(numbers))
    raw = clinic.store.engine.raw_connection()
    try:
        cursor = raw.cursor()
        return measured(
            lambda: cursor.execute(
                f"SELECT * FROM log_entry WHERE seq IN ({marks}) ORDER BY seq",  # noqa: S608 - marks alone
                numbers,
            ).fetchall()
        )
    finally:
        raw.close()


def next_page_times(clinic: OpenClinic, page: LogPage) -> list[float]:
    """The pages that follow one another from the newest on."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        page = older_entries(clinic, page)
        times.append((time.perf_counter() - begin) * 1000)
        if not page.has_older:
            break
    return sorted(times)


def reopened(folder: Path) -> tuple[SmallClinic, Subjects]:
    """A clinic that was built before."""
    clinic = SmallClinic(folder, ClinicReady("", "", MONDAY, "", ()), StoppedClock())
    with clinic.as_user("owner").store.reading() as session:
        connection = session.connection()
        roster = connection.exec_driver_sql("SELECT ref FROM patient ORDER BY rowid").scalars()
        return clinic, Subjects(
            staff=[str(staff) for staff, _ in connection.exec_driver_sql(STAFF_AND_KEYS)],
            patients=[str(ref) for ref in roster],
        )


def built(folder: Path, entries: int) -> tuple[SmallClinic, Subjects]:
    """A clinic with a log of about `entries` entries."""
    clinic = small_clinic(folder)
    owner = clinic.as_user("owner")
    add_person(owner)
    with owner.store.reading() as session:
        connection = session.connection()
        keys = connection.exec_driver_sql(STAFF_AND_KEYS).all()
        ada = connection.exec_driver_sql("SELECT ref FROM patient").scalar_one()
        nodes = connection.exec_driver_sql(
            "SELECT level, max(position) AS position, hash FROM log_node GROUP BY level"
        ).all()
        last = connection.exec_driver_sql("SELECT seq, leaf FROM log_entry ORDER BY seq DESC LIMIT 1").one()
    patients = [ada] + [str(uuid.UUID(int=number, version=4)) for number in range(1, PATIENTS)]
    with owner.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO patient (ref, record_number, last_name, first_name, folded_name, sex, phone, "
            "phone_digits, email, address, allergies, notes, added_at) "
            "SELECT value, 'S-' || key, 'Synthetica', 'No ' || key, 'synthetica', '', '', '', '', '', '', "
            "'', '2026-01-01T00:00:00.000Z' FROM json_each(?)",
            (json.dumps(patients[1:]),),
        )
    filled = Filled(
        vault=owner.facts.vault,
        staff=[(str(staff), str(key)) for staff, key in keys],
        patients=patients,
        signature=owner.session_key.sign(b"a bench"),
        seconds_apart=5 * 365 * 86400 / entries,
        first_seq=last.seq + 1,
        previous=bytes(last.leaf),
        edge={node.level: (node.position, bytes(node.hash)) for node in nodes},
    )
    fill(owner.store.engine, filled, entries)
    return clinic, Subjects([staff for staff, _ in filled.staff], filled.patients)


def main(words: Sequence[str]) -> int:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.log_pages")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, default=None, help="build here and leave it")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "clinic"
        begin = time.perf_counter()
        is_there = (folder / "clinic.db").exists()
        clinic, subjects = reopened(folder) if is_there else built(folder, options.entries)
        size_mb = (folder / "clinic.db").stat().st_size / 1e6
        say(f"{options.entries:,} entries in {time.perf_counter() - begin:.0f} s, {size_mb:,.0f} MB")
        _print_table(clinic.as_user("owner"), subjects)
        clinic.close()
    return 0


def _print_table(owner: OpenClinic, subjects: Subjects) -> None:
    busy, quiet, rare = subjects.staff[0], subjects.staff[-2], subjects.staff[-1]
    often, seldom, rarest = subjects.patients[0], subjects.patients[-2], subjects.patients[-1]
    month = (date(2023, 3, 1), date(2023, 3, 31))
    years = (date(2021, 2, 1), date(2025, 11, 30))
    filters = {
        "everything": LogFilter(),
        "person, busy": LogFilter(person=busy),
        "person, quiet": LogFilter(person=quiet),
        "kind, usual": LogFilter(kind=Topic.VIEW),
        "kind, rare": LogFilter(kind=Topic.EMERGENCY),
        "kind, changes": LogFilter(kind=Topic.CHANGE),
        "patient seldom, changes": LogFilter(patient=seldom, kind=Topic.CHANGE),
        "five years, rare, changes": LogFilter(*years, rare, None, Topic.CHANGE),
        "person and rare kind": LogFilter(person=quiet, kind=Topic.EXPORT),
        "patient, often seen": LogFilter(patient=often),
        "patient, seldom seen": LogFilter(patient=seldom),
        "patient, person, kind": LogFilter(patient=often, person=quiet, kind=Topic.PRINT),
        "a month long ago": LogFilter(*month),
        "a month, person, kind": LogFilter(*month, busy, None, Topic.SIGN),
        "a month, rare kind": LogFilter(*month, None, None, Topic.EMERGENCY),
        "one device": LogFilter(record=RecordRef("device", "SP-01")),
        "five years, rare person": LogFilter(*years, rare),
        "rare person, usual kind": LogFilter(person=rare, kind=Topic.VIEW),
        "patient with three": LogFilter(patient=rarest),
        "five years, three, kind": LogFilter(*years, None, rarest, Topic.VIEW),
        "kind never used": LogFilter(kind=Topic.BACKUP),
        "five years, never used": LogFilter(*years, None, None, Topic.BACKUP),
        "often seen, rare person": LogFilter(person=rare, patient=often),
        "often seen, never used": LogFilter(patient=often, kind=Topic.BACKUP),
        "all four at once": LogFilter(*years, busy, often, Topic.SIGN),
    }
    say(f"{'p95, ms':24} {'rows':>5} {'opening':>9} {'first':>9} {'next':>9} {'driver':>9} {'ratio':>6}")
    for words, wanted in filters.items():
        opening = measured(lambda wanted=wanted: open_log(owner, wanted))  # type: ignore[misc] # measured at once
        page = open_log(owner, wanted)
        first = measured(lambda page=page: newest_entries(owner, page))  # type: ignore[misc] # measured at once
        following = next_page_times(owner, page) if page.has_older else [float("nan")]
        driver = driver_times(owner, page)
        ratio = p95(first) / p95(driver)
        say(
            f"{words:24} {len(page.rows):5} {p95(opening):9.1f} {p95(first):9.1f} {p95(following):9.1f} "
            f"{p95(driver):9.2f} {ratio:6.1f}",
        )
    begin = time.perf_counter()
    sittings = who_looked(owner, often).sittings
    say(f"who looked, often seen: {len(sittings)} sittings in {(time.perf_counter() - begin) * 1000:.0f} ms")
    say(f"page of {PAGE}; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
