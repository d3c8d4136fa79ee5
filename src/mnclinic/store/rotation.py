"""The database written anew under another key, and put in the old one's place.

The rename is the moment: before it the clinic is at the old key and the new file is rubbish, after it
the other way round. Nothing is re-encrypted where it stands, so that no kill can leave half a database.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.audit.tree import MemoryTree, leaf_hash
from mnclinic.errors import ClinicInUse, DatabaseDamaged, DiskFull, StoreUnavailable
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.contents import COPY_DIFFERS, assert_same, assert_sound, contents_of, rows_in
from mnclinic.store.durability import sync_file, sync_folder
from mnclinic.store.engine import DATABASE_NAME, key_literal, open_connection, refuse_no_file
from mnclinic.store.folder_use import FolderUse
from mnclinic.store.long_statements import asked_over
from mnclinic.store.trouble import IN_USE, told_plainly

NEW_NAME = DATABASE_NAME + ".new"
READING, WRITING = "reading the records", "writing the records anew"
PROVING = "proving the new database"
BESIDE = ("-journal", "-wal", "-shm")
"""What the engine may have left beside a database file."""

NO_ROOM = (
    "There is not enough room on the disk to write the clinic's database anew, so its key was not changed. "
    "Nothing was changed. Free some space on the disk, then try again."
)


@dataclass(frozen=True)
class DatabaseKey:
    """A raw key (32 bytes) and the salt of its file (16)."""

    key: bytes | bytearray = field(repr=False)
    salt: bytes = field(repr=False)


def copy_under_new_key(
    folder: Path,
    old: DatabaseKey,
    new: DatabaseKey,
    rewrap: Callable[[bytes], bytes],
    watch: Watch = unwatched,
) -> None:
    """Write `clinic.db.new`, which holds what `clinic.db` holds, under the new key; prove it; sync it.

    The database's log is checked in first and its files beside it are gone afterwards, so that none of
    them can ever be taken for the new file's. The caller holds the folder alone.

    Args:
        folder: The clinic's folder.
        old: What opens `clinic.db`.
        new: What is to open `clinic.db.new`.
        rewrap: Makes of the installation's private key, as stored, the form for the new database.
        watch: Told how far it is; may stop it.

    Raises:
        Stopped: the watch wanted no more. Nothing was changed but for `clinic.db.new`.
        ClinicInUse: somebody has the database open all the same.
        DiskFull, DatabaseDamaged, StoreUnavailable: nothing was changed but for `clinic.db.new`.
    """
    path, new_path = folder / DATABASE_NAME, folder / NEW_NAME
    with told_plainly():
        discard(folder)
        _refuse_without_room(path)
        original = open_connection(path, old.key, old.salt)
        try:
            _alone_in_one_file(original, path)
            with asked_over(original, lambda: go_on(watch, READING)):
                reading = _Reading(watch, READING, rows_in(original))
            with asked_over(original, reading.ask):
                held = contents_of(original, read=reading.one_more)
                root = _log_root(original)
            size_bytes = path.stat().st_size
            with asked_over(original, lambda: _ask_of_size(watch, new_path, size_bytes)):
                _export(original, new_path, new)
        finally:
            original.close()
        copy = open_connection(new_path, new.key, new.salt)
        try:
            reading = _Reading(watch, PROVING, reading.of)
            with asked_over(copy, reading.ask):
                assert_same(held, contents_of(copy, read=reading.one_more))
                if _log_root(copy) != root:
                    raise DatabaseDamaged(COPY_DIFFERS)
                copy.execute("PRAGMA synchronous=off")
                (stored,) = copy.execute("SELECT installation_private FROM clinic WHERE id = 1").fetchone()
                copy.execute("UPDATE clinic SET installation_private = ? WHERE id = 1", (rewrap(stored),))
                assert_sound(copy)
        finally:
            copy.close()
        sync_file(new_path)
        sync_folder(folder)


@dataclass
class _Reading:
    """How far a reading of all rows is. `ask` raises Stopped when the watch wants no more."""

    watch: Watch
    step: str
    of: int
    done: int = 0

    def one_more(self) -> None:
        self.done += 1

    def ask(self) -> None:
        go_on(self.watch, self.step, min(self.done, self.of), self.of)


def _ask_of_size(watch: Watch, growing: Path, of_bytes: int) -> None:
    there = growing.stat().st_size if growing.exists() else 0
    go_on(watch, WRITING, min(there, of_bytes), of_bytes)


def put_in_place(folder: Path) -> None:
    """Give the new file the database's name. From here on only the new key opens the clinic."""
    with told_plainly():
        for suffix in BESIDE:
            if (folder / (DATABASE_NAME + suffix)).exists():
                # A log of the old file's, replayed into the new one, would ruin it.
                raise ClinicInUse(IN_USE)
        (folder / NEW_NAME).replace(folder / DATABASE_NAME)
        sync_folder(folder)


def discard(folder: Path) -> None:
    """Remove a new file that did not get the database's name, and what lies beside it.

    Raises StoreUnavailable and kin; the sentence names a folder that has one of these names.
    """
    with told_plainly():
        for path in (folder / (NEW_NAME + suffix) for suffix in ("", *BESIDE)):
            if path.is_dir() and not path.is_symlink():
                refuse_no_file(path)
            path.unlink(missing_ok=True)


def settle_rotation(folder: Path) -> bool:
    """Clear away what a rotation left that was stopped before its rename; whether anything was there.

    To be called at every start before the folder is shared. It needs no key: up to the rename the old
    database is the clinic, whole and unchanged. What a rotation left that was stopped after its rename is
    in the key file, and `services.rotate_database_key.settle_keys` ends that once somebody has logged in.
    """
    if not (folder / NEW_NAME).exists():
        return False
    try:
        with FolderUse.exclusive(folder):
            discard(folder)
    except StoreUnavailable:
        # Somebody is at it this moment, or has the clinic open, for whom the leftover is no trouble; nor
        # is it where nothing can be written, or the disk does not let it go: the next change tells of that.
        return False
    return True


def _refuse_without_room(path: Path) -> None:
    needed = path.stat().st_size + sum(
        beside.stat().st_size for beside in (Path(f"{path}{suffix}") for suffix in BESIDE) if beside.exists()
    )
    if shutil.disk_usage(path.parent).free < needed + needed // 8:
        raise DiskFull(NO_ROOM)


def _alone_in_one_file(connection: sqlcipher.Connection, path: Path) -> None:
    """Leave the write-ahead mode, which only the last connection of all can."""
    connection.execute("PRAGMA synchronous=full")
    (mode,) = connection.execute("PRAGMA journal_mode=delete").fetchone()
    if mode != "delete" or any(Path(f"{path}{suffix}").exists() for suffix in BESIDE):
        raise ClinicInUse(IN_USE)


def _export(original: sqlcipher.Connection, path: Path, new: DatabaseKey) -> None:
    # The key is no value that a statement could take as a parameter; it holds hex digits alone.
    original.execute(f"ATTACH DATABASE ? AS next KEY {key_literal(new.key, new.salt)}", (str(path),))
    if os.name == "posix":
        path.chmod(0o600)
    # Nothing relies on the new file before it is proven and synced as a whole.
    original.execute("PRAGMA next.journal_mode=off")
    original.execute("PRAGMA next.synchronous=off")
    original.execute("SELECT sqlcipher_export('next')").fetchone()
    original.execute("DETACH DATABASE next")


def _log_root(connection: sqlcipher.Connection) -> tuple[int, bytes]:
    tree = MemoryTree()
    for (entry,) in connection.execute("SELECT entry FROM log_entry ORDER BY seq"):
        tree.append(leaf_hash(entry))
    return tree.size, tree.root_at(tree.size)
