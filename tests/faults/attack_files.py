"""Attacks below the tables: pages, journals and whole files put back to what they were."""

import random
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.audit.note import parse_checkpoint
from mnclinic.store.engine import DATABASE_NAME
from mnclinic.store.head_file import HEAD_NAME
from tests.faults.attack_clinic import Attacked
from tests.faults.attack_edits import CANNOT_BE_MISSED, Done, evidence
from tests.faults.attack_hands import Hands, Keys, Row, connect
from tests.faults.attack_places import NAMES, Register

PAGE_BYTES = 4096
SECTOR_BYTES = 512
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
WAL_HEADER_BYTES, FRAME_HEADER_BYTES = 32, 24

FileAttack = Callable[[Attacked, Path, Keys, random.Random], Done | None]
"""Changes files of a closed clinic's folder; None where nothing that can be read is another then."""


def pages_of(path: Path) -> list[bytes]:
    """The pages of a database file."""
    data = path.read_bytes()
    return [data[at : at + PAGE_BYTES] for at in range(0, len(data), PAGE_BYTES)]


def _put_page_back(attacked: Attacked, folder: Path, keys: Keys, chance: random.Random) -> Done | None:
    before = pages_of(folder / DATABASE_NAME)
    older = pages_of(chance.choice(attacked.older) / DATABASE_NAME)
    apart = [at for at in range(min(len(before), len(older))) if before[at] != older[at]]
    count = chance.choice([1, 1, 1, 2, 5])
    chosen = chance.sample(apart, min(count, len(apart)))
    for at in chosen:
        before[at] = older[at]
    (folder / DATABASE_NAME).write_bytes(b"".join(before))
    said = f"pages {', '.join(str(at + 1) for at in sorted(chosen))} put back"
    return _what_is_other(attacked, folder, keys, said)


def _plant_journal(attacked: Attacked, folder: Path, keys: Keys, chance: random.Random) -> Done | None:
    """A rollback journal that a crash could have left: the engine plays it back at the next opening."""
    now, older = pages_of(folder / DATABASE_NAME), pages_of(chance.choice(attacked.older) / DATABASE_NAME)
    apart = [at for at in range(min(len(now), len(older))) if now[at] != older[at]]
    chosen = sorted(chance.sample(apart, chance.randint(1, len(apart))))
    nonce = chance.getrandbits(32)
    header = JOURNAL_MAGIC + struct.pack(">5I", len(chosen), nonce, len(now), SECTOR_BYTES, PAGE_BYTES)
    records = b""
    for at in chosen:
        page = older[at]
        checksum = nonce + sum(page[place] for place in range(PAGE_BYTES - 200, 0, -200))
        records += struct.pack(">I", at + 1) + page + struct.pack(">I", checksum & 0xFFFFFFFF)
    (folder / f"{DATABASE_NAME}-journal").write_bytes(header.ljust(SECTOR_BYTES, b"\0") + records)
    trial = folder.with_name("trial")
    shutil.copytree(folder, trial)
    try:
        return _what_is_other(attacked, trial, keys, f"a journal of {len(chosen)} pages planted")
    finally:
        shutil.rmtree(trial)


def ends_of_commits(write_ahead_log: bytes) -> list[int]:
    """Where each commit ends in a write-ahead log: the lengths that a crash could have left it at, in order.

    The first is the bare header. What an earlier turn of the same file left behind carries another salt.
    """
    salt, ends = write_ahead_log[16:24], [WAL_HEADER_BYTES]
    for at in range(WAL_HEADER_BYTES, len(write_ahead_log), FRAME_HEADER_BYTES + PAGE_BYTES):
        if write_ahead_log[at + 8 : at + 16] != salt:
            break
        if struct.unpack(">I", write_ahead_log[at + 4 : at + 8])[0]:
            ends.append(at + FRAME_HEADER_BYTES + PAGE_BYTES)
    return ends


def commits_of_crash(attacked: Attacked) -> int:
    """How many commits can be cut off the clinic that was killed."""
    return len(ends_of_commits((attacked.crashed / f"{DATABASE_NAME}-wal").read_bytes())) - 1


def cut_at_commit(attacked: Attacked, folder: Path, keys: Keys, number: int) -> Done | None:
    """The clinic that was killed, with only the first `number` commits left in its write-ahead log.

    None where what was cut off entered nothing.
    """
    shutil.rmtree(folder)
    shutil.copytree(attacked.crashed, folder)
    (folder / f"{DATABASE_NAME}-shm").unlink(missing_ok=True)
    path = folder / f"{DATABASE_NAME}-wal"
    data = path.read_bytes()
    there = _log_size(folder, keys)
    path.write_bytes(data[: ends_of_commits(data)[number]])
    left = _log_size(folder, keys)
    if left == there:
        return None
    # Each lost entry is named: the first and the last of them stand for the others.
    lost: list[set[str]] = [{f"log entry {left + 1}"}, {f"log entry {there}"}]
    return Done(f"the write-ahead log cut behind commit {number}, entries {left + 1} to {there} gone", lost)


def _log_size(folder: Path, keys: Keys) -> int:
    """How many entries there are, looked at in a copy: whoever opens the folder itself writes back."""
    trial = shutil.copytree(folder, folder.with_name("trial"))
    connection = connect(trial, keys.database, keys.salt)
    try:
        return int(connection.execute("SELECT max(seq) FROM log_entry").fetchone()[0])
    finally:
        connection.close()
        shutil.rmtree(trial)


def _cut_write_ahead_log(attacked: Attacked, folder: Path, keys: Keys, chance: random.Random) -> Done | None:
    """The newest commits of a clinic that was killed are cut off its write-ahead log."""
    return cut_at_commit(attacked, folder, keys, chance.randrange(commits_of_crash(attacked)))


def _yesterdays_file(attacked: Attacked, folder: Path, _keys: Keys, chance: random.Random) -> Done:
    older = chance.choice(attacked.older)
    shutil.copyfile(older / DATABASE_NAME, folder / DATABASE_NAME)
    known = parse_checkpoint((folder / HEAD_NAME).read_bytes()).size
    return Done(f"the database of {older.name}", [{f"log entry {known}"}])


def _file_before_rotation(attacked: Attacked, folder: Path, _keys: Keys, _chance: random.Random) -> Done:
    """A database of before its key was changed: today's key file does not open it."""
    shutil.copyfile(attacked.before_rotation / DATABASE_NAME, folder / DATABASE_NAME)
    return Done("the database of before the change of its key", [{"database"}, {"key file"}])


FILE_ATTACKS: tuple[tuple[str, FileAttack], ...] = (
    ("put pages back", _put_page_back),
    ("plant a journal", _plant_journal),
    ("cut the write-ahead log", _cut_write_ahead_log),
    ("yesterday's database", _yesterdays_file),
    ("the database of before a change of its key", _file_before_rotation),
)


# --- what an attack on pages made other --------------------------------------------------------


def _what_is_other(attacked: Attacked, folder: Path, keys: Keys, said: str) -> Done | None:
    now, names = _rows(folder, keys), set[str]()
    if now is None:
        return Done(said, [{"database", "clinic"}])
    was = _rows(attacked.folder, keys) or {}
    connection = connect(attacked.folder, keys.database, keys.salt)
    try:
        register = Register.of(Hands(connection, keys))
    finally:
        connection.close()
    for table in evidence():
        gone = [row for row in was[table] if row not in now[table]]
        apart = [] if f"delete {table}" in CANNOT_BE_MISSED else gone
        apart += [row for row in now[table] if row not in was[table]]
        names |= {name for row in apart for name in NAMES[table](row, register)}
    return Done(said, [names | {"database"}]) if names else None


def _rows(folder: Path, keys: Keys) -> dict[str, list[Row]] | None:
    """Every row of evidence; None where they cannot be read, or hang on a tree that is not whole."""
    connection = connect(folder, keys.database, keys.salt)
    try:
        hands = Hands(connection, keys)
        rows = {table: hands.rows(table) for table in evidence()}
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlcipher.Error:
        return None
    finally:
        connection.close()
    return rows if whole else None
