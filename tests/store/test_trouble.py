"""The disk fills up, the process is killed, somebody reads the files: nothing half-saved, nothing legible."""

import errno
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from mnclinic.audit.note import parse_checkpoint
from mnclinic.errors import DatabaseDamaged, DiskFull, FolderNotWritable
from mnclinic.models import Visit
from mnclinic.services.check_store import check_store
from mnclinic.services.look_back import look_back
from mnclinic.services.record_visit import record_visit
from mnclinic.store import head_file
from mnclinic.store.head_file import HEAD_NAME
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person, document
from tests.services.reading import counts, problems_found
from tests.store.busy_clinic import PATIENT_STRINGS
from tests.store.raw import with_database_key

KILLS = 5


@contextmanager
def busy_clinic(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that records visits until it is killed."""
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "tests.store.busy_clinic", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        yield process
    finally:
        process.kill()
        if process.stdout is not None and not process.stdout.closed:
            process.communicate()


def acknowledged(process: "subprocess.Popen[str]", count: int) -> list[str]:
    """The next acknowledged visits."""
    if process.stdout is None:
        raise AssertionError("the process was started with a pipe")
    return [process.stdout.readline().strip() for _ in range(count)]


def legible(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Which words stand in which file, as UTF-8 or UTF-16."""
    found = []
    for file in sorted(folder.rglob("*")):
        data = file.read_bytes() if file.is_file() else b""
        for word in words:
            found += [
                f"{file.name}: {word} ({coding})"
                for coding in ("utf-8", "utf-16-le", "utf-16-be")
                if word.encode(coding) in data or word.casefold().encode(coding) in data
            ]
    return found


def test_everything_acknowledged_outlives_a_kill_and_the_log_stays_whole(clinic: SmallClinic) -> None:
    seen: list[str] = []
    for kill in range(KILLS):
        with busy_clinic(clinic.folder) as process:
            seen += acknowledged(process, 3)
            # The kill falls at another place of the next visit each time.
            time.sleep(0.007 * kill)
            process.kill()
            seen += [line for line in process.communicate()[0].splitlines() if line]
    opened = clinic.as_user("owner")
    with Session(opened.store.engine) as session:
        stored = {row.number: row.state for row in session.query(Visit)}
    assert len(seen) >= 3 * KILLS
    assert {number: stored.get(number) for number in seen} == dict.fromkeys(seen, "in_review")
    assert problems_found(opened) == []


def test_no_file_holds_a_legible_word_while_the_clinic_is_open_or_after_a_kill(clinic: SmallClinic) -> None:
    words = (*PATIENT_STRINGS, *PASSWORDS.values())
    with busy_clinic(clinic.folder) as process:
        acknowledged(process, 5)
        assert any(file.name.endswith("-wal") for file in clinic.folder.iterdir()), "it is open"
        assert legible(clinic.folder, words) == []
        process.kill()
        process.communicate()
    assert any(file.name.endswith("-wal") for file in clinic.folder.iterdir()), "it was killed"
    assert legible(clinic.folder, words) == []
    desk = clinic.as_user("desk")
    assert counts(desk)["patient"] >= 5, "the words were really there to be found"


def test_the_search_for_legible_words_finds_one(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"\x00" + "Killjoyson".encode("utf-16-le") + b"\xff")
    (tmp_path / "other").write_bytes(b"...zephyrine@example.test...")
    assert "leak: Killjoyson (utf-16-le)" in legible(tmp_path, PATIENT_STRINGS)
    assert "other: zephyrine@example.test (utf-8)" in legible(tmp_path, PATIENT_STRINGS)


@contextmanager
def full_disk(clinic: SmallClinic, spare_pages: int) -> Iterator[None]:
    """The engine of the newest log-in may grow its file by so many pages and no further."""
    engine = clinic.opened[-1].store.engine
    engine.dispose()

    def limit(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined] # SQLAlchemy leaves the driver's type open
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages + spare_pages}")

    event.listen(engine, "connect", limit)
    yield
    event.remove(engine, "connect", limit)
    engine.dispose()


@pytest.mark.parametrize("spare_pages", [0, 1, 3])
def test_a_full_disk_keeps_nothing_of_the_visit_and_everything_before(
    clinic: SmallClinic, spare_pages: int
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
        before = counts(reyes)
        head = (clinic.folder / HEAD_NAME).read_bytes()
        big = document(patient={"last_name": "Big", "first_name": "Entry", "born_on": "1990-04-23"})
        big["consent"]["signature"]["strokes"] = [
            [[(step * 7) % 10_000, (step * 13) % 10_000] for step in range(200)] for _ in range(20)
        ]
        with full_disk(clinic, spare_pages), pytest.raises(DiskFull, match="was not saved"):
            record_visit(reyes, big, by, shown="window")
        assert counts(reyes) == before
        assert (clinic.folder / HEAD_NAME).read_bytes() == head
        assert problems_found(reyes) == []
        record_visit(reyes, big, by, shown="window")
        assert problems_found(reyes) == []


@pytest.mark.expects_log("the head file could not be written: No space left on device")
def test_a_disk_that_fills_up_under_the_head_file_is_told_and_costs_nothing(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(_folder: Path, _note: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with clinic.signing("reyes") as (reyes, by):
        monkeypatch.setattr(head_file, "write_head", no_space)
        record_visit(reyes, document(), by, shown="window")
        monkeypatch.undo()
        assert counts(reyes)["visit"] == 1
        assert problems_found(reyes) == [], "a head file that is behind is no loss"


def test_files_without_write_permission_are_told(clinic: SmallClinic) -> None:
    """The engine's own "readonly" error, provoked in a way that also holds the superuser."""
    desk = clinic.as_user("desk")
    before = counts(desk)

    def read_only(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only=on")

    engine = desk.store.engine
    event.listen(engine, "begin", read_only)
    with pytest.raises(FolderNotWritable, match="cannot be written"):
        add_person(desk)
    event.remove(engine, "begin", read_only)
    engine.dispose()
    assert counts(desk) == before


def test_a_crash_between_commit_and_head_file_is_no_tampering(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_folder: Path, _note: bytes) -> None:
        raise KeyboardInterrupt

    with clinic.signing("reyes") as (reyes, by):
        monkeypatch.setattr(head_file, "write_head", crash)
        with pytest.raises(KeyboardInterrupt):
            record_visit(reyes, document(), by, shown="window")
        monkeypatch.undo()
        assert counts(reyes)["visit"] == 1
        assert problems_found(reyes) == []


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "the head file is missing"),
        (b"", "it is no checkpoint"),
        (b"mnclinic garbage\n", "it is no checkpoint"),
    ],
)
def test_a_head_file_that_is_missing_or_garbage_is_found(
    clinic: SmallClinic, content: bytes | None, what: str
) -> None:
    path = clinic.folder / HEAD_NAME
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert problems_found(clinic.as_user("desk")) == [f"{HEAD_NAME}: {what}"]


def test_a_head_file_of_another_clinic_is_found(
    clinic: SmallClinic, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from tests.services.clinic_builder import small_clinic

    other = small_clinic(tmp_path_factory.mktemp("other") / "clinic")
    (clinic.folder / HEAD_NAME).write_bytes((other.folder / HEAD_NAME).read_bytes())
    assert problems_found(clinic.as_user("desk")) == [f"{HEAD_NAME}: it is not this installation's"]


def test_an_older_database_beside_a_newer_head_is_found(clinic: SmallClinic) -> None:
    """Somebody put back yesterday's database and forgot, or could not make, the head file."""
    clinic.close()
    database = clinic.folder / "clinic.db"
    yesterday = database.read_bytes()
    then = parse_checkpoint((clinic.folder / HEAD_NAME).read_bytes()).size
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
        with_log_out = counts(reyes)["log_entry"] + 1
    clinic.close()
    database.write_bytes(yesterday)
    desk = clinic.as_user("desk")
    assert problems_found(desk) == [
        f"{HEAD_NAME}: entries {then + 1} to {with_log_out} are missing from the log"
    ]


def test_a_person_can_still_be_added_after_the_head_file_was_lost(clinic: SmallClinic) -> None:
    (clinic.folder / HEAD_NAME).unlink()
    with clinic.signing("reyes") as (reyes, by):
        add_person(reyes)
        record_visit(reyes, document(), by, shown="window")
        (found,) = check_store(reyes).findings
    assert (found.where, found.weight) == (HEAD_NAME, "explained"), "the next signature makes a new one"


@pytest.mark.parametrize(
    ("missing", "asked"),
    [
        ("ix_visit_supply_lot", "LOT-1"),
        ("ix_visit_supply_serial", "LOT-1"),
        ("ix_visit_supply_visit_id", "LOT-1"),
        ("ix_patient_by_ref", "LOT-1"),
        ("ix_visit_by_id", "LOT-1 2026-11-01..2026-11-30"),
        ("ix_visit_treated_by", "reyes"),
        ("ix_visit_treated_on", "2026-11-01..2026-11-30"),
    ],
)
def test_a_question_whose_index_somebody_took_away_is_told_as_that_and_the_check_names_it(
    clinic: SmallClinic, missing: str, asked: str
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(cartridge={"lot": "LOT-1", "serial": "C-7"}), by, shown="window")
    with with_database_key(clinic) as raw:
        raw.exec_driver_sql(f"DROP INDEX {missing}")
    with pytest.raises(DatabaseDamaged, match="Check the store, which names what is missing"):
        look_back(clinic.as_user("desk"), asked)
    assert any(missing in one for one in problems_found(clinic.as_user("inspector")))
