"""How long people are looked for among many, beside the same question asked of the driver alone.

`python -m tests.bench.find_people --patients 100000` builds a clinic of invented people and prints, for each
kind of query, the service's and the driver's times, and how many of 1,000 mistyped names are found.

The goal is at most twice the driver, ordered as shown, and 95 of 100 within 10 ms, or 16 among a million.
What the driver's side is:

- One statement on an open cursor with the right index, of the form that was found quickest: no log-in that
  is looked at, no transaction, no last visit, no other records of a person, no objects.
- As where the limits were measured first, one pass over different questions of each kind, in turns with the
  service. Asking one question forty times, as this did before, has every page and the statement at hand and
  made the driver look up to five times quicker than it is at any key that somebody presses.
- A question counts where both give the same people in the same order; `alike` is the share of these. Where
  they differ the service has more to say: names a slip away, or whole words before beginnings.

Times are of the processor, so that whatever else the computer does counts for neither side.
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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from sqlcipher3.dbapi2 import Cursor

from mnclinic.domain.names import fold
from mnclinic.services.find_patients import find_patients, roster_page
from mnclinic.services.match_people import FIRST_OF_HITS, HITS, ONE
from mnclinic.services.session import OpenClinic
from mnclinic.store.engine import READ_TEXT
from tests.services.clinic_builder import small_clinic

Answer = TypeVar("Answer")
LIMIT = 50
ROUNDS = 200
"""Different questions of each kind."""
MOST_TIMES_THE_DRIVER = 2
P95_GOAL_MS = 10
MILLION = 1_000_000
P95_GOAL_OF_A_MILLION_MS = 16
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


def took_ms(act: Callable[[], Answer]) -> tuple[float, Answer]:
    """What it took of the processor, and what it gave."""
    begin = time.process_time()
    answer = act()
    return (time.process_time() - begin) * 1000, answer


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(len(times) * 0.95) - 1]


SHOWN = "record_number, last_name, first_name, born_on, phone, preferred_name, standing, merged_into"
BY_BEGINNING = (
    f"SELECT {SHOWN} FROM patient WHERE folded_name >= :beginning AND folded_name < :last "  # noqa: S608 - our own words
    f"ORDER BY folded_name, record_number LIMIT {LIMIT}"
)
BY_TEXT = FIRST_OF_HITS.format(
    hits=HITS.format(more="", index=" INDEXED BY ix_patient_by_ref", days=""), which=""
)
BY_NUMBER = f"SELECT {SHOWN} FROM patient WHERE record_number = :number"  # noqa: S608 - our own words
BY_DIGITS = (
    f"SELECT * FROM (SELECT {ONE} FROM patient WHERE record_number = :number) UNION ALL "  # noqa: S608 - our own words
    f"SELECT * FROM ({BY_TEXT})"
)
BY_DAY = f"SELECT {SHOWN} FROM patient WHERE born_on = :day ORDER BY folded_name, record_number LIMIT {LIMIT}"  # noqa: S608 - our own words


@dataclass(frozen=True)
class Question:
    """What is typed, and the one statement that answers it best. `at` is where that has the record number."""

    typed: str
    statement: str
    values: dict[str, object]
    at: int = 0


def by_text(typed: str, match: str) -> Question:
    """A question to the full-text index."""
    values = {"match": match, "beginning": typed, "limit": LIMIT, "last": "\U0010ffff"}
    return Question(typed, BY_TEXT, values, at=1)


def by_four_digits(typed: str) -> Question:
    """A question to the full-text index after one for the record number that may be meant."""
    asked = by_text(typed, f'"{typed}"')
    return replace(asked, statement=BY_DIGITS, values=asked.values | {"number": f"P-{typed:0>6}"})


def by_beginning(typed: str) -> Question:
    """A question to the index of names as they are listed."""
    return Question(typed, BY_BEGINNING, {"beginning": typed, "last": typed + "\U0010ffff"})


def questions(one: tuple[object, ...], at: int) -> dict[str, Question]:
    """Every kind of question about a person."""
    last, first, number, born_on, phone = (
        *(fold(str(one[2])), fold(str(one[3]))), *map(str, (one[1], one[5], one[7]))
    )  # fmt: skip
    nobody = f"qq{chr(ord('a') + at % 26)}xz"
    return {
        "two letters": by_beginning(last[:2]),
        "three letters": by_beginning(last[:3]),
        "whole surname": by_text(last, f'" {last} "'),
        "first name": by_text(first, f'" {first} "'),
        "first and last": by_text(f"{first} {last}", f'"{first}" AND "{last}"'),
        "fragment": by_text(last[2:6], f'"{last[2:6]}"'),
        "phone, 4 digits": by_four_digits(phone[-4:]),
        "phone, 7 digits": by_text(phone[-7:], f'"{phone[-7:]}"'),
        "record number": Question(number, BY_NUMBER, {"number": number}),
        "date of birth": Question(born_on, BY_DAY, {"day": born_on}),
        "nobody": by_text(nobody, f'"{nobody}"'),
    }


def print_kind(
    desk: OpenClinic, cursor: Cursor, kind: str, asked: Sequence[Question], p95_goal_ms: float
) -> None:
    """One line: both sides in turns, over the questions to which both give one answer."""
    ours, driver, found = [], [], []
    for at, one in enumerate(asked):
        sides = (
            lambda one=one: find_patients(desk, one.typed, limit=LIMIT).rows,
            lambda one=one: cursor.execute(one.statement, one.values).fetchall(),
        )
        # Neither is always the first to touch what both need.
        measured = [took_ms(side) for side in (sides if at % 2 else sides[::-1])]
        (ours_ms, people), (driver_ms, rows) = measured if at % 2 else measured[::-1]
        if [person.record_number for person in people] == [*dict.fromkeys(row[one.at] for row in rows)]:
            ours.append(ours_ms)
            driver.append(driver_ms)
            found.append(len(people))
    if not ours:
        say(f"{kind:16} {0:6.0%}")
        return
    median, limit = statistics.median(ours), statistics.median(driver)
    is_reached = median <= MOST_TIMES_THE_DRIVER * limit and p95(ours) < p95_goal_ms
    say(
        f"{kind:16} {len(ours) / len(asked):6.0%} {statistics.median(found):5.0f} {median:8.2f} "
        f"{p95(ours):8.2f} {limit:8.2f} {p95(driver):8.2f} {median / limit:6.1f} {median - limit:7.2f}"
        f"{'' if is_reached else '  over'}"
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
    asked = [questions(rows[rng.randrange(len(rows))], at) for at in range(ROUNDS)]
    goal_ms = P95_GOAL_MS if len(rows) < MILLION else P95_GOAL_OF_A_MILLION_MS
    raw = desk.store.engine.raw_connection()
    driver = raw.driver_connection
    if driver is None:
        raise AssertionError("the driver's side has a connection of its own")
    say(
        f"{'ms':16} {'alike':>6} {'found':>5} {'median':>8} {'p95':>8} {'driver':>8} {'p95':>8} "
        f"{'ratio':>6} {'beside':>7}"
    )
    try:
        # As the service reads: the driver's own reading of text, without a word of ours at each.
        driver.text_factory = str
        for kind in asked[0]:
            print_kind(desk, driver.cursor(), kind, [one[kind] for one in asked], goal_ms)
    finally:
        driver.text_factory = READ_TEXT
        raw.close()
    far = [took_ms(lambda: roster_page(desk, limit=128, offset=len(rows) * 9 // 10))[0] for _ in range(40)]
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
        took, found = took_ms(lambda query=query: find_patients(desk, query, limit=10))  # type: ignore[misc] # measured at once
        times.append(took)
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
