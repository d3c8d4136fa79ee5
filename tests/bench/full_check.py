"""How near a full check of a long log comes to what verifying its signatures alone would take.

`python -m tests.bench.full_check --entries 10000 100000 1000000` builds clinics whose logs are true (signed,
linked, with their tree and a real share of visits in them), checks each in a process of its own, and prints
the time, the peak memory, and the ratio to the limit: as many Ed25519 verifications by `cryptography` in as
many processes as there are cores, measured before and after each check in the same run. The check verifies
with libsodium, whose own limit is printed beside. `--stops` stops further checks at that many moments, spread
over the time that one takes, and prints how long the longest took to answer.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, timedelta
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nacl.bindings import crypto_sign_open

from mnclinic.audit.signing import entry_signing_bytes
from mnclinic.errors import Stopped
from mnclinic.services.check_store import check_store
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic
from mnclinic.services.start_visit import start_visit
from tests.bench.log_pages import Filled, fill, say
from tests.services.clinic_builder import MONDAY, PASSWORDS, StoppedClock, add_person, small_clinic

VISITS = 30
PATIENTS = 20_000
LIMIT_VERIFICATIONS = 40_000
CHECK = (
    "import sys\nfrom pathlib import Path\n"
    "from tests.bench.full_check import checked_in_this_process as check\n"
    "check(Path(sys.argv[1]), int(sys.argv[2]))"
)
ACTS: Sequence[tuple[str, str, str | None, int]] = (
    ("visit.viewed", "R", "visit_view", 5000),
    ("patient.viewed", "R", None, 3000),
    ("visit.draft_saved", "U", "visit", 1600),
    ("login", "E", None, 310),
    ("visit.printed", "P", "visit_print", 90),
)


def built(folder: Path, entries: int) -> None:
    """A clinic with a true log of about `entries` entries; nothing in it is amiss."""
    clinic = small_clinic(folder)
    nurse = clinic.as_user("reyes")
    person = add_person(nurse)
    for _ in range(VISITS):
        start_visit(nurse, person, "microneedling_face", "reyes")
    with nurse.store.reading() as session:
        connection = session.connection()
        visits = connection.exec_driver_sql("SELECT patient_ref, id, document FROM visit").all()
        nodes = connection.exec_driver_sql(
            "SELECT level, max(position) AS position, hash FROM log_node GROUP BY level"
        ).all()
        last = connection.exec_driver_sql("SELECT seq, leaf FROM log_entry ORDER BY seq DESC LIMIT 1").one()
        subjects = connection.exec_driver_sql("SELECT subject, count, last_leaf FROM log_subject").all()
    filled = Filled(
        vault=nurse.facts.vault,
        staff=[(nurse.person.staff_id, nurse.session_key.key_id)],
        patients=[str(uuid.UUID(int=number, version=4)) for number in range(1, PATIENTS)],
        signature=b"",
        installation=nurse.store.installation.key,
        seconds_apart=12 * 3600 / entries,
        starts_at=MONDAY.astimezone(UTC) + timedelta(hours=1),
        first_seq=last.seq + 1,
        previous=bytes(last.leaf),
        edge={node.level: (node.position, bytes(node.hash)) for node in nodes},
        sign=lambda leaf: nurse.session_key.sign(entry_signing_bytes(leaf)),
        acts=ACTS,
        visits=[(str(one[0]), str(one[1]), bytes(one[2])) for one in visits],
        subjects={str(one[0]): (int(one[1]), bytes(one[2])) for one in subjects},
    )
    fill(nurse.store.engine, filled, entries)
    clinic.close()


def later() -> StoppedClock:
    """The day after the log that was built."""
    return StoppedClock(MONDAY + timedelta(days=1))


def verify_many(times: int) -> tuple[float, float]:
    """Seconds that so many verifications take in this process, by the clock and of the processor."""
    private = Ed25519PrivateKey.generate()
    public, message = private.public_key(), entry_signing_bytes(bytes(32))
    signature = private.sign(message)
    begin = time.perf_counter()
    begin_cpu = time.process_time()
    for _ in range(times):
        public.verify(signature, message)
    return time.perf_counter() - begin, time.process_time() - begin_cpu


def share_of_libsodium(times: int) -> float:
    """What a verification by libsodium takes of the processor, to one by `cryptography`."""
    private = Ed25519PrivateKey.generate()
    public, message = private.public_key(), entry_signing_bytes(bytes(32))
    signature, raw = private.sign(message), public.public_bytes_raw()
    begin_cpu = time.process_time()
    for _ in range(times):
        crypto_sign_open(signature + message, raw)
    return (time.process_time() - begin_cpu) / verify_many(times)[1]


def limits_s(entries: int) -> tuple[float, float]:
    """What verifying so many signatures takes, by a sample on all cores at once: clock, and processor."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        list(pool.map(verify_many, [100] * cores))
        samples = list(pool.map(verify_many, [LIMIT_VERIFICATIONS] * cores))
    share = entries / (LIMIT_VERIFICATIONS * cores)
    return max(one[0] for one in samples) * share, sum(one[1] for one in samples) * share


def peak_mb() -> float:
    """The most memory that this process ever held since it was last forgotten, or is forgotten now."""
    status = Path("/proc/self/status").read_text()
    peak_kb = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    Path("/proc/self/clear_refs").write_text("5")
    return peak_kb / 1024


def longest_answer_s(clinic: OpenClinic, took_s: float, stops: int) -> float:
    """How long the longest of so many checks went on after it was told to stop, each at another moment."""
    longest_s = 0.0
    for number in range(stops):
        begin = time.perf_counter()
        stop_at_s = begin + took_s * (number + 0.5) / stops
        try:
            check_store(clinic, watch=lambda *_told, at_s=stop_at_s: time.perf_counter() < at_s)
        except Stopped:
            longest_s = max(longest_s, time.perf_counter() - stop_at_s)
    return longest_s


def checked_in_this_process(folder: Path, stops: int = 0) -> None:
    """Check, and say as JSON how long it took and how much memory it needed."""
    clinic = open_clinic(folder, "reyes", PASSWORDS["reyes"], clock=later())
    peak_mb()
    before_mb = peak_mb()
    marks: list[tuple[float, int, int]] = []
    begin, cpu_before_s = time.perf_counter(), sum(os.times()[:4])

    def watch(_step: str, done: int, of: int) -> bool:
        marks.append((time.perf_counter() - begin, done, of))
        return True

    checked = check_store(clinic, watch=watch)
    took_s = time.perf_counter() - begin
    longest_pause_s = max(after[0] - before[0] for before, after in pairwise(marks))
    said = {
        "verdict": checked.verdict,
        "findings": [f"{one.where}: {one.what}" for one in checked.findings[:5]],
        "entries": checked.counts["log entries"],
        "took_s": took_s,
        # Of the processes too: they were ended, and so counted, with the check.
        "cpu_s": sum(os.times()[:4]) - cpu_before_s,
        "longest_pause_s": longest_pause_s,
        "at_login_mb": before_mb,
        "peak_mb": peak_mb(),
        "longest_answer_s": longest_answer_s(clinic, took_s, stops),
    }
    clinic.close()
    say(json.dumps(said))


def main(words: Sequence[str]) -> int:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.full_check")
    parser.add_argument("--entries", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--keep", type=Path, default=None, help="build here, or use what was built here")
    parser.add_argument("--stops", type=int, default=0, help="stop so many further checks")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as temporary:
        for entries in options.entries:
            folder = (options.keep or Path(temporary)) / str(entries)
            if not folder.exists():
                begin = time.perf_counter()
                built(folder, entries)
                size_mb = (folder / "clinic.db").stat().st_size / 1e6
                say(f"{entries:,} entries built in {time.perf_counter() - begin:.0f} s, {size_mb:,.0f} MB")
            before_s, before_cpu_s = limits_s(entries)
            ended = subprocess.run(  # noqa: S603 - this very module
                # Its processes begin with what was begun here, which has to be as little as in the program.
                [sys.executable, "-c", CHECK, str(folder), str(options.stops)],
                check=True,
                capture_output=True,
                text=True,
            )
            after_s, after_cpu_s = limits_s(entries)
            said = json.loads(ended.stdout)
            by_libsodium_s = share_of_libsodium(20_000) * (before_cpu_s + after_cpu_s) / 2
            limit, limit_cpu = (before_s + after_s) / 2, (before_cpu_s + after_cpu_s) / 2
            say(
                f"{said['entries']:>9,} entries: {said['verdict']} in {said['took_s']:.1f} s; "
                f"Ed25519 limit {before_s:.1f} and {after_s:.1f} s: {limit / said['took_s']:.0%} of it; "
                f"processor {said['cpu_s']:.1f} s, of it Ed25519 {limit_cpu:.1f} s: "
                f"{limit_cpu / said['cpu_s']:.0%} ({by_libsodium_s:.1f} s by libsodium); "
                f"peak {said['peak_mb']:.0f} MB ({said['at_login_mb']:.0f} after log-in); "
                f"longest time without a word {said['longest_pause_s']:.1f} s, "
                f"from stop to stopped {said['longest_answer_s']:.1f} s; "
                f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
            )
            for found in said["findings"]:
                say(f"    {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
