"""The log as it is stored: its tree, the rows that the database itself keeps, and two writers at once."""

import json
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

import mnclinic
from mnclinic.audit.note import parse_checkpoint
from mnclinic.audit.tree import MemoryTree, leaf_hash, verify_consistency, verify_inclusion
from mnclinic.errors import ClinicInUse
from mnclinic.models import Checkpoint, LogEntry
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.record_visit import record_visit
from mnclinic.services.settings import SETTINGS
from mnclinic.store import engine
from mnclinic.store.engine import DATABASE_NAME
from mnclinic.store.head_file import read_head
from mnclinic.store.log_tree import consistency_in, inclusion_in, log_size_of, root_in
from mnclinic.store.log_writer import Act
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.reading import counts, log_size, problems_found

SUBJECTS = ("0f1e2d3c-4b5a-4697-8877-665544332211", "0f1e2d3c-4b5a-4697-8877-665544332212")


def leaves(session: Session) -> MemoryTree:
    """The tree over the entries as they are stored."""
    tree = MemoryTree()
    for entry in session.scalars(select(LogEntry.entry).order_by(LogEntry.seq)):
        tree.append(leaf_hash(entry))
    return tree


def test_the_stored_head_is_the_root_over_the_entries(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    for number in range(7):
        add_person(desk, f"Sample{number}")
        with desk.work() as work:
            head = work.log.head()
            tree = leaves(work.session)
        assert (head.size, head.root) == (tree.size, tree.root_at(tree.size))


def test_counts_that_are_asked_for_together_go_on_from_what_stands(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    with desk.work() as work:
        work.log.record(Act("patient.viewed", "R", subject=SUBJECTS[0]))
        work.commit()
    with desk.work() as work:
        work.log.read_ahead(SUBJECTS)
        for subject in (*SUBJECTS, SUBJECTS[0]):
            work.log.record(Act("patient.viewed", "R", subject=subject))
        work.commit()
    with Session(desk.store.engine) as session:
        counted = session.execute(text("SELECT subject, count FROM log_subject ORDER BY subject"))
        found = {subject: count for subject, count in counted if subject in SUBJECTS}
    assert found == dict(zip(SUBJECTS, (3, 1), strict=True))
    assert problems_found(desk) == []


def test_many_entries_of_one_transaction_make_the_same_tree_as_one_by_one(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    with desk.work() as work:
        for number in range(9):
            work.log.record(Act("patient.viewed", "R", subject=SUBJECTS[number % 2], detail={"n": number}))
        inside = work.log.head()
        work.commit()
    with Session(desk.store.engine) as session:
        tree = leaves(session)
        assert (inside.size, inside.root) == (tree.size, tree.root_at(tree.size))
    assert problems_found(desk) == []


def test_the_stored_hashes_prove_every_entry_and_every_earlier_head(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    add_person(desk)
    with desk.store.engine.connect() as connection, Session(connection) as session:
        tree = leaves(session)
        size = log_size_of(connection)
        root = root_in(connection, size)
        assert (size, root) == (tree.size, tree.root_at(tree.size))
        for seq, leaf in session.execute(select(LogEntry.seq, LogEntry.leaf)):
            assert verify_inclusion(leaf, seq - 1, size, inclusion_in(connection, seq, size), root)
            proof = consistency_in(connection, seq, size)
            assert verify_consistency(seq, size, tree.root_at(seq), root, proof)
        with pytest.raises(KeyError):
            root_in(connection, 2 * size)


def test_every_checkpoint_and_the_head_file_are_of_this_log(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="command")
        with Session(reyes.store.engine) as session:
            tree = leaves(session)
            notes = list(session.scalars(select(Checkpoint.note).order_by(Checkpoint.size)))
        head = read_head(clinic.folder)
        assert head == notes[-1]
        assert len(notes) == 2, "one at set-up, one at the signature"
        for note in notes:
            read = parse_checkpoint(note)
            assert tree.root_at(read.size) == read.root
            assert read.is_signed_by(reyes.installation_key.public)


def test_work_that_is_not_committed_leaves_no_row_and_no_entry(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    before = counts(desk)
    with desk.work() as work:
        work.log.record(Act("patient.viewed", "R", subject=SUBJECTS[0]))
        work.session.flush()
        work.log.flush()
    assert counts(desk) == before
    add_person(desk)
    assert problems_found(desk) == []


KEPT = {
    "log_entry": "action = 'x'",
    "log_node": "hash = x'00'",
    "checkpoint": "note = x'00'",
    "visit_revision": "record = x'00'",
    "visit_signature": "signature = x'00'",
    "key_register": "document = x'00'",
    "treatment_line": "depth_um = 1",
    "approved_document": "document = x'00'",
}


@pytest.mark.parametrize("table", KEPT)
def test_the_database_itself_keeps_evidence_as_it_was_written(clinic: SmallClinic, table: str) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="command")
    for statement in (f"UPDATE {table} SET {KEPT[table]}", f"DELETE FROM {table}"):  # noqa: S608 - own words
        with reyes.store.engine.connect() as connection:
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608 - own words
            with pytest.raises(DBAPIError, match="keeps what was written"):
                connection.execute(text(statement))


LOG_TABLES = ("log_entry", "log_node", "checkpoint")


@pytest.mark.parametrize("table", LOG_TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET rowid_or_key",
        "UPDATE OR REPLACE {table} SET rowid_or_key",
        "UPDATE OR IGNORE {table} SET rowid_or_key",
        "DELETE FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    ],
)
def test_no_statement_changes_or_removes_what_the_log_holds(
    clinic: SmallClinic, table: str, statement: str
) -> None:
    key = {"log_entry": "seq = seq", "log_node": "level = level", "checkpoint": "size = size"}[table]
    words = statement.format(table=table).replace("rowid_or_key", key)
    owner = clinic.as_user("owner")
    with owner.store.engine.connect() as connection:
        before = connection.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608 - own words
        with pytest.raises(DBAPIError, match="keeps what was written"):
            connection.execute(text(words))
        assert connection.execute(text(f"SELECT * FROM {table}")).all() == before  # noqa: S608 - own words


def test_no_words_in_the_sources_take_a_guard_away_or_turn_the_log_off() -> None:
    """Nothing but a migration drops a trigger, and no setting, option or argument names the log's writing."""
    sources = Path(mnclinic.__file__).parent
    for file in sources.rglob("*.py"):
        words = file.read_text(encoding="utf-8").upper()
        if "migrations" not in file.parts:
            assert "DROP TRIGGER" not in words, file
            assert "WRITABLE_SCHEMA" not in words, file
            assert "RECURSIVE_TRIGGERS=OFF" not in words.replace(" ", ""), file
    assert not [name for name in SETTINGS if "log" in name.split("_") and "hold" not in name]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM visit", "never deleted"),
        ("UPDATE log_detail SET detail = x'00'", "keeps what was written"),
    ],
)
def test_visits_are_never_deleted_and_details_never_changed(
    clinic: SmallClinic, statement: str, said: str
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="command")
    with reyes.store.engine.connect() as connection, pytest.raises(DBAPIError, match=said):
        connection.execute(text(statement))


def test_a_writer_holds_the_lock_from_its_first_statement(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second window's write fails at once and in words, never half-way."""
    first, second = clinic.as_user("desk"), clinic.as_user("owner")
    monkeypatch.setattr(engine, "WAIT_S", 0.05)
    before = counts(first)
    with first.work() as work:
        work.log.record(Act("patient.viewed", "R", subject=SUBJECTS[0]))
        with pytest.raises(ClinicInUse, match="Nothing was changed"), second.work():
            pass
    assert counts(first) == before
    add_person(second)


def test_two_windows_that_write_by_turns_make_one_unbroken_log(clinic: SmallClinic) -> None:
    windows = [clinic.as_user("desk"), clinic.as_user("owner")]
    start = log_size(windows[0])
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for step in range(8):
                add_patient(windows[number], NewPatient(f"Sample{number}", f"Step{step}", "1990-04-23"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert log_size(windows[0]) == start + 16
    assert problems_found(windows[0]) == []
    with Session(windows[0].store.engine) as session:
        numbers = [
            row
            for (row,) in session.execute(text("SELECT record_number FROM patient ORDER BY record_number"))
        ]
    assert numbers == [f"P-{number:06d}" for number in range(1, 17)]


def test_a_clock_that_goes_back_is_told_in_the_log(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    earlier = clinic.clock.at
    clinic.clock.at = earlier.replace(hour=3)
    add_person(desk)
    with Session(desk.store.engine) as session:
        entry = json.loads(
            session.scalars(select(LogEntry.entry).order_by(LogEntry.seq.desc())).first() or b""
        )
    assert entry["clk"] == "back"
    assert entry["hwm"] > entry["ts"]
    assert problems_found(desk) == []


def test_the_store_is_one_file_after_the_last_window_closes(clinic: SmallClinic) -> None:
    add_person(clinic.as_user("desk"))
    clinic.close()
    assert not Path(f"{clinic.folder / DATABASE_NAME}-wal").exists()
