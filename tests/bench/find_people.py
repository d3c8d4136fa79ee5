"""How long people are looked for among many, beside the same question asked of the driver alone.

`python -m tests.bench.find_people --patients 100000` builds a clinic of invented people and prints, for each
kind of query, the service's and the driver's times, and how many of 1,000 mistyped names are found.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from mnclinic.domain.names import fold
from mnclinic.services.find_patients import find_patients, roster_page
from mnclinic.services.session import OpenClinic
from tests.services.clinic_builder import small_clinic

LIMIT = 50
ROUNDS = 40
FEWEST_OF_UNFINISHED = 5
HEADS = (
    "Al", "An", "Bar", "Ben", "Bro", "Cal", "Car", "Col", "Dan", "Del", "Dra", "El", "Fer", "Gal", "Gar",
    "Gon", "Gri", "Ha", "Her", "Hol", "Jan", "Ka", "Kel", "Kla", "Lan", "Lau",
)  # fmt: skip
MIDDLES = ["a", "e", "i", "o", "u", "ar", "en", "il", "on", "er", "an", "is"]
TAILS = (
    "berg", "by", "court", "dale", "field", "ford", "ham", "ley", "man", "mont", "ner", "quist", "rez",
    "ridge", "sen", "ski", "son", "stead", "ter", "thal",
)  # fmt: skip
FIRST = (
    "Ada", "Aisha", "Alma", "Amir", "Ana", "Andre", "Bianca", "Bruno", "Carla", "Chidi", "Clara", "Dalia",
    "Daniel", "Diego", "Elena", "Elias", "Emil", "Esther", "Farah", "Felix", "Freya", "Greta", "Hana",
    "Hector", "Ida", "Imran", "Ines", "Jonas", "Julia", "Kamal", "Keiko", "Lara", "Leila", "Lucas",
    "Luna", "Malik", "Marta", "Mei", "Mila", "Nadia", "Noor", "Olga", "Otto", "Pablo", "Petra", "Priya",
    "Rafi", "Rosa", "Saira", "Silas", "Sofia", "Tamar", "Tariq", "Tessa", "Una", "Vera", "Viktor",
    "Wanda", "Yara", "Yusuf", "Zelda",
)  # fmt: skip


def say(line: str) -> None:
    """A line of the answer."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def people(count: int, seed: int) -> list[tuple[object, ...]]:
    """Rows for the table `patient`. Few surnames are common and many are rare, as on real rosters."""
    rng = random.Random(seed)  # noqa: S311 - invented people
    surnames = [f"{head}{middle}{tail}" for head in HEADS for middle in MIDDLES for tail in TAILS]
    rng.shuffle(surnames)
    weights = [1 / (rank + 8) for rank in range(len(surnames))]
    rows: list[tuple[object, ...]] = []
    for number, last in enumerate(rng.choices(surnames, weights, k=count), start=1):
        first = rng.choice(FIRST)
        phone = f"{rng.randrange(200, 999)}555{rng.randrange(10_000):04d}"
        born = f"{rng.randrange(1935, 2007)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
        shown = f"({phone[:3]}) {phone[3:6]}-{phone[6:]}"
        rows.append(
            (str(uuid.UUID(int=rng.getrandbits(128))), f"P-{number:06d}", last, first,
             fold(f"{last} {first}"), born, shown, phone)
        )  # fmt: skip
    return rows


def built(folder: Path, count: int) -> tuple[OpenClinic, list[tuple[object, ...]]]:
    """A clinic open at the front desk with that many people."""
    rows = people(count, seed=7)
    desk = small_clinic(folder).as_user("desk")
    raw = desk.store.engine.raw_connection()
    begin = time.perf_counter()
    try:
        raw.cursor().execute("BEGIN")
        raw.cursor().executemany(
            "INSERT INTO patient (ref, record_number, last_name, first_name, folded_name, born_on, sex, "
            "phone, phone_digits, email, address, allergies, notes, added_at) "
            "VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, '', '', '', '', '2026-01-01T00:00:00.000Z')",
            rows,
        )
        raw.commit()
    finally:
        raw.close()
    say(f"{count:,} people, index and all: {time.perf_counter() - begin:.1f} s")
    return desk, rows


def times_ms(act: Callable[[], object]) -> list[float]:
    """Each round's time."""
    found = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        found.append((time.perf_counter() - begin) * 1000)
    return found


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(len(times) * 0.95) - 1]


SHOWN = "record_number, last_name, first_name, born_on, phone, allergies"
BY_BEGINNING = (
    f"SELECT {SHOWN} FROM patient WHERE folded_name >= ? AND folded_name < ? "  # noqa: S608 - our own words
    f"ORDER BY folded_name, record_number LIMIT {LIMIT}"
)
BY_TEXT = (
    f"SELECT {SHOWN} FROM (SELECT patient.* FROM patient_text "  # noqa: S608 - our own words
    "CROSS JOIN patient_place ON patient_place.id = patient_text.rowid "
    "CROSS JOIN patient ON patient.ref = patient_place.ref WHERE patient_text.searched MATCH ? LIMIT 2000) "
    f"ORDER BY folded_name, record_number LIMIT {LIMIT}"
)


def mistyped(word: str, rng: random.Random) -> str:
    """The word with one letter wrong, missing or swapped with its neighbour."""
    at = rng.randrange(len(word) - 1)
    match rng.randrange(3):
        case 0:
            return word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def print_table(desk: OpenClinic, rows: list[tuple[object, ...]]) -> None:
    """Every kind of query, and the mistyped names."""
    rng = random.Random(11)  # noqa: S311 - invented people
    one = rows[rng.randrange(len(rows))]
    last, first, phone = fold(str(one[2])), fold(str(one[3])), str(one[7])
    # What the driver is asked is the one statement that answers this query best.
    queries: dict[str, tuple[str, str, tuple[str, ...]]] = {
        "two letters": (last[:2], BY_BEGINNING, (last[:2], last[:2] + "\U0010ffff")),
        "three letters": (last[:3], BY_BEGINNING, (last[:3], last[:3] + "\U0010ffff")),
        "whole surname": (last, BY_TEXT, (f'" {last} "',)),
        "first name": (first, BY_TEXT, (f'" {first} "',)),
        "first and last": (f"{first} {last}", BY_TEXT, (f'" {first} " AND " {last} "',)),
        "fragment": (last[2:6], BY_TEXT, (f'"{last[2:6]}"',)),
        "phone, 4 digits": (phone[-4:], BY_TEXT, (f'"{phone[-4:]}"',)),
        "phone, 7 digits": (phone[-7:], BY_TEXT, (f'"{phone[-7:]}"',)),
        "record number": (
            str(one[1]),
            f"SELECT {SHOWN} FROM patient WHERE record_number = ?",  # noqa: S608 - our own words
            (str(one[1]),),
        ),
        "date of birth": (str(one[5]), f"SELECT {SHOWN} FROM patient WHERE born_on = ?", (str(one[5]),)),  # noqa: S608 - our own words
        "nobody": ("qqqxzz", BY_TEXT, ('" qqqxzz"',)),
    }
    raw = desk.store.engine.raw_connection()
    say(f"{'ms':18} {'found':>5} {'median':>8} {'p95':>8} {'driver':>8} {'ratio':>6}")
    try:
        cursor = raw.cursor()
        for name, (query, statement, values) in queries.items():
            rows_found = len(find_patients(desk, query, limit=LIMIT).rows)
            ours = times_ms(lambda query=query: find_patients(desk, query, limit=LIMIT))  # type: ignore[misc] # measured at once
            driver = times_ms(lambda s=statement, v=values: cursor.execute(s, v).fetchall())  # type: ignore[misc] # measured at once
            median, limit = statistics.median(ours), statistics.median(driver)
            say(f"{name:18} {rows_found:5} {median:8.2f} {p95(ours):8.2f} {limit:8.2f} {median / limit:6.1f}")
    finally:
        raw.close()
    far = times_ms(lambda: roster_page(desk, limit=128, offset=len(rows) * 9 // 10))
    say(f"a stretch of the roster at nine tenths: median {statistics.median(far):.2f}, p95 {p95(far):.2f}")
    rng_of_slips = random.Random(12)  # noqa: S311 - invented people
    print_share(desk, rows, "whole surname mistyped, whole first name", rng_of_slips, careful)
    print_share(
        desk, rows, "hurried: three letters and a mistyped name, half unfinished", rng_of_slips, hurried
    )


Typing = Callable[[str, str, random.Random], str]


def careful(last: str, first: str, rng: random.Random) -> str:
    """The whole first name after a surname with a slip in it."""
    return f"{mistyped(last, rng)} {first}"


def hurried(last: str, first: str, rng: random.Random) -> str:
    """Three letters of one name and a slip in the other, which half of the time is left off early."""
    whole, begun = (last, first) if rng.random() < 0.5 else (first, last)
    typed = mistyped(whole, rng)
    if rng.random() < 0.5 and len(whole) > FEWEST_OF_UNFINISHED:
        typed = mistyped(whole[: rng.randrange(FEWEST_OF_UNFINISHED, len(whole))], rng)
    return f"{begun[:3]} {typed}" if rng.random() < 0.5 else f"{typed} {begun[:3]}"


def print_share(
    desk: OpenClinic, rows: list[tuple[object, ...]], words: str, rng: random.Random, typing: Typing
) -> None:
    """How many of 1,000 people are among the first ten who answer, and of those who can be told apart so."""
    hits, could, hits_of_could, times = 0, 0, 0, []
    for _ in range(1000):
        person = rows[rng.randrange(len(rows))]
        last, first = fold(str(person[2])), fold(str(person[3]))
        query = typing(last, first, rng)
        begin = time.perf_counter()
        found = find_patients(desk, query, limit=10)
        times.append((time.perf_counter() - begin) * 1000)
        is_hit = any(fold(f"{row.last_name} {row.first_name}") == person[4] for row in found.rows)
        hits += is_hit
        # Where more than ten answer, ten lines cannot hold everybody; typing on tells them apart.
        if is_hit or not found.is_cut:
            could += 1
            hits_of_could += is_hit
    say(
        f"{words}: {hits / 10:.1f} % in the first ten "
        f"({100 * hits_of_could / max(1, could):.1f} % where ten lines hold all who answer); "
        f"median {statistics.median(times):.2f}, p95 {p95(times):.2f} ms"
    )


def main(words: Sequence[str]) -> int:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.find_people")
    parser.add_argument("--patients", type=int, default=100_000)
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as temporary:
        desk, rows = built(Path(temporary) / "clinic", options.patients)
        print_table(desk, rows)
        desk.close()
    say(f"load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
