"""Write a backup: a folder that lies whole under its name, or not at all.

It is filled as `….partial`; every file is certain on the disk before the manifest that lists it, the
manifest before the rename. A kill or a power cut leaves a `.partial` that nobody takes for a backup.
"""

import errno
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.audit.canonical import sha256_hex
from mnclinic.audit.note import NotACheckpoint, build_checkpoint, parse_checkpoint
from mnclinic.errors import (
    ClinicError,
    ClinicInUse,
    DatabaseMissing,
    DiskFull,
    FolderNotWritable,
    StoreUnavailable,
)
from mnclinic.security.keyfile import KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.store.backup_database import newest_checkpoint, open_copy
from mnclinic.store.backup_files import (
    ATTACHMENTS,
    BACKUPS,
    PARTIAL,
    Walk,
    Watch,
    attachments_of,
    backup_name,
    clear_leftovers,
    compare_members,
    copy_member,
    go_on,
    hashed,
    read_backup_name,
    read_manifest,
    refuse_changing,
    refuse_full,
    refuse_place,
    unwatched,
    write_new,
)
from mnclinic.store.backup_manifest import BEFORE_UPGRADE, CLOSED, MANIFEST_NAME, Manifest, Member, Sealer
from mnclinic.store.durability import make_private_file, sync_file, sync_folder
from mnclinic.store.engine import DATABASE_NAME, SALT_BYTES, assert_not_plaintext, key_of, refuse_no_file
from mnclinic.store.head_file import HEAD_NAME, read_head
from mnclinic.store.log_tree import log_size_of, root_in
from mnclinic.store.migrate import current_revision
from mnclinic.store.trouble import of_engine, told_plainly

WAL = "-wal"
JOURNAL = "-journal"
_STEPS_BETWEEN_LOOKS = 20_000
"""Of the engine's virtual machine: some ten looks a second."""


@dataclass(frozen=True)
class BackupWritten:
    """A finished backup. `log_size` is None when nobody could look inside."""

    folder: Path
    manifest: Manifest
    manifest_sha256: str
    log_size: int | None


def write_backup(
    engine: Engine,
    data_folder: Path,
    place: Path,
    *,
    vault: str,
    kind: str,
    now: datetime,
    app: str,
    sealer: Sealer | None,
    suffix: str = "",
    watch: Watch = unwatched,
) -> BackupWritten:
    """Back an open clinic up. Others go on reading and writing meanwhile.

    The database is copied as of one moment, and the head in the backup is that moment's. With a `sealer`
    it is signed anew for exactly this copy, and so is the manifest.

    Raises:
        InvalidInput, StoreUnavailable and kin, DiskFull, Stopped: no backup was made, nothing is left.
    """
    refuse_place(data_folder, place)
    with _told(place), _partial(place, vault, now, suffix) as partial:
        need_bytes = _database_bytes(engine)
        files = attachments_of(data_folder)
        refuse_full(place, need_bytes + sum(path.stat().st_size for path in files))
        copy = partial / DATABASE_NAME
        keys = _copy_with_keys(engine, data_folder, copy, need_bytes, watch)
        sync_file(copy)
        go_on(watch, "database", need_bytes, need_bytes)
        _refuse_other_keys(copy, keys)
        facts = _looked_into(engine, copy, vault, sealer)
        write_new(partial / KEY_FILE, keys.canonical_bytes())
        go_on(watch, "keys")
        if facts.head is not None:
            write_new(partial / HEAD_NAME, facts.head)
        # Whatever the copied rows name was on the disk before them.
        members = _copy_attachments(data_folder, partial, watch)
        members += _hash_rest(partial, watch)
        manifest = Manifest(
            vault=vault,
            kind=kind,
            made_at=now,
            app=app,
            revision=facts.revision,
            checkpoint=facts.head,
            members=tuple(sorted(members, key=lambda member: member.name)),
        )
        if sealer is not None:
            signature = sealer.sign(manifest.signing_bytes())
            manifest = replace(manifest, signed_by=sealer.key, signature=signature)
        digest = _named(partial, manifest, watch)
    return BackupWritten(_final(partial), manifest, digest, facts.log_size)


def copy_before_upgrade(
    engine: Engine, data_folder: Path, *, now: datetime, app: str, to: str
) -> BackupWritten:
    """Back a clinic up before its database is brought to the form `to`. Unsigned: nobody is logged in yet.

    It goes where backups go until another place is set, is pinned by nobody and proven after the log-in.

    Raises as `write_backup`.
    """
    place = data_folder / BACKUPS
    with _told(place):
        place.mkdir(mode=0o700, exist_ok=True)
    return write_backup(
        engine,
        data_folder,
        place,
        vault=load_key_file(data_folder).keyfile.vault_id,
        kind=BEFORE_UPGRADE,
        now=now,
        app=app,
        sealer=None,
        suffix=f"-before-{to}",
    )


def copies_of_stopped_upgrades(data_folder: Path, *, to: str) -> list[Path]:
    """The whole copies that earlier tries at bringing the database to the form `to` left, newest first.

    Their files are as they were made, under the key file and with the attachments of now. What a kill left of
    one that was being made is deleted, since the caller holds the folder alone.
    """
    place = data_folder / BACKUPS
    keys = load_key_file(data_folder).keyfile
    named = re.compile(rf".+-before-{to}(-[0-9]+)?")
    found = []
    try:
        paths = sorted(place.iterdir(), reverse=True)
    except OSError:
        return []
    for path in paths:
        name = path.name.removesuffix(PARTIAL)
        said = read_backup_name(name)
        if said is None or said.vault_start != keys.vault_id[:8] or not named.fullmatch(name):
            continue
        if path.name.endswith(PARTIAL):
            shutil.rmtree(path, ignore_errors=True)
        elif _is_of_now(path, keys, {f"{ATTACHMENTS}/{one.name}" for one in attachments_of(data_folder)}):
            found.append(path)
    return found


def _is_of_now(copy: Path, keys: KeyFile, attachments: set[str]) -> bool:
    try:
        manifest, _ = read_manifest(copy)
        listed = {one.name for one in manifest.members if one.name.startswith(f"{ATTACHMENTS}/")}
        return (
            manifest.kind == BEFORE_UPGRADE
            and manifest.vault == keys.vault_id
            and listed == attachments
            and not compare_members(copy, manifest)
            and load_key_file(copy).keyfile.checksum == keys.checksum
        )
    except (ClinicError, OSError):
        return False


def copy_closed(
    data_folder: Path, place: Path, *, now: datetime, app: str, watch: Watch = unwatched
) -> BackupWritten:
    """Back a closed clinic up without any key: its files, byte for byte.

    The caller holds the folder alone. The manifest is unsigned; who next logs in proves the backup.

    Raises:
        ClinicInUse: the clinic is open, or was not closed properly.
        InvalidInput, StoreUnavailable and kin, DiskFull, Stopped: no backup was made, nothing is left.
    """
    refuse_place(data_folder, place)
    database = data_folder / DATABASE_NAME
    if not database.is_file():
        raise DatabaseMissing(
            "The clinic's database is not in this folder, so no backup was made. Nothing was changed. Name "
            "the clinic's folder with --data-dir."
        )
    with told_plainly():
        assert_not_plaintext(database)
    _refuse_unclosed(data_folder)
    keys = load_key_file(data_folder).keyfile
    with _told(place), _partial(place, keys.vault_id, now, "") as partial:
        sources = [database, *attachments_of(data_folder)]
        need_bytes = sum(path.stat().st_size for path in sources)
        refuse_full(place, need_bytes)
        before = database.stat()
        walk = Walk(watch, "database", need_bytes)
        members = [copy_member(database, partial / DATABASE_NAME, DATABASE_NAME, walk)]
        write_new(partial / KEY_FILE, keys.canonical_bytes())
        if (head := read_head(data_folder)) is not None:
            write_new(partial / HEAD_NAME, head)
        members += _copy_attachments(data_folder, partial, watch)
        members += _hash_rest(partial, watch, but=DATABASE_NAME)
        refuse_changing(before, database)
        _refuse_unclosed(data_folder)
        manifest = Manifest(
            vault=keys.vault_id,
            kind=CLOSED,
            made_at=now,
            app=app,
            revision=None,
            checkpoint=_note_in(partial / HEAD_NAME),
            members=tuple(sorted(members, key=lambda member: member.name)),
        )
        digest = _named(partial, manifest, watch)
    return BackupWritten(_final(partial), manifest, digest, None)


@contextmanager
def _partial(place: Path, vault: str, now: datetime, suffix: str) -> Iterator[Path]:
    """A new folder to fill. It is deleted unless it was renamed by the end."""
    clear_leftovers(place, vault, now)
    number = 1
    while True:
        more = suffix if number == 1 else f"{suffix}-{number}"
        name = backup_name(vault, now, more)
        partial = place / (name + PARTIAL)
        if not (place / name).exists():
            try:
                partial.mkdir(mode=0o700)
                break
            except FileExistsError:
                pass
        number += 1
    try:
        yield partial
    finally:
        if partial.exists():
            shutil.rmtree(partial, ignore_errors=True)


def _named(partial: Path, manifest: Manifest, watch: Watch) -> str:
    """Write the manifest and give the folder its name; returns the manifest's SHA-256."""
    go_on(watch, "manifest")
    data = manifest.canonical_bytes()
    write_new(partial / MANIFEST_NAME, data)
    sync_folder(partial)
    go_on(watch, "naming")
    partial.rename(_final(partial))
    sync_folder(partial.parent)
    return sha256_hex(data)


def _final(partial: Path) -> Path:
    return partial.with_name(partial.name.removesuffix(PARTIAL))


@dataclass(frozen=True)
class _Inside:
    revision: str | None
    head: bytes | None
    log_size: int


def _looked_into(engine: Engine, copy: Path, vault: str, sealer: Sealer | None) -> _Inside:
    """Open the copy for the first time: its form, and the head of its own log."""
    reading = open_copy(copy, *key_of(engine))
    try:
        with reading.connect() as connection:
            revision = current_revision(connection)
            note = newest_checkpoint(connection)
            size = log_size_of(connection)
            if sealer is not None:
                # A log whose hashes were destroyed is copied as it is; checking the copy says so.
                with suppress(KeyError):
                    root = root_in(connection, size)
                    note = build_checkpoint(vault, size, root, public=sealer.public, sign=sealer.sign)
    finally:
        reading.dispose()
    return _Inside(revision, note, size)


def _database_bytes(engine: Engine) -> int:
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        (page_bytes,) = cursor.execute("PRAGMA page_size").fetchone()
    finally:
        raw.close()
    return int(pages) * int(page_bytes)


def _copy_database(engine: Engine, copy: Path, of: int, watch: Watch) -> None:
    """`VACUUM INTO`: one read transaction, a compact file under the same key. Writers are not held up."""
    wants_no_more = False

    def look() -> int:
        nonlocal wants_no_more
        done = copy.stat().st_size if copy.exists() else 0
        wants_no_more = not watch("database", min(done, of), of)
        return int(wants_no_more)

    go_on(watch, "database", 0, of)
    make_private_file(copy)
    raw = engine.raw_connection()
    try:
        driver = raw.driver_connection
        if driver is None:
            raise AssertionError("a pooled connection has a driver's one")
        driver.set_progress_handler(look, _STEPS_BETWEEN_LOOKS)
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(copy),))
        except sqlcipher.OperationalError:
            if wants_no_more:
                go_on(lambda *_: False, "database")
            raise
        finally:
            driver.set_progress_handler(None, 0)
    finally:
        raw.close()


def _copy_with_keys(engine: Engine, data_folder: Path, copy: Path, of: int, watch: Watch) -> KeyFile:
    """The database and the key file of one moment: when the keys changed meanwhile, both are taken anew."""
    keys = load_key_file(data_folder).keyfile
    while True:
        _copy_database(engine, copy, of, watch)
        again = load_key_file(data_folder).keyfile
        if again.checksum == keys.checksum:
            return keys
        keys = again
        copy.unlink()


def _copy_attachments(data_folder: Path, partial: Path, watch: Watch) -> list[Member]:
    files = attachments_of(data_folder)
    if not files:
        return []
    folder = partial / ATTACHMENTS
    folder.mkdir(mode=0o700)
    walk = Walk(watch, "attachments", sum(path.stat().st_size for path in files))
    members = [copy_member(path, folder / path.name, f"{ATTACHMENTS}/{path.name}", walk) for path in files]
    sync_folder(folder)
    return members


def _hash_rest(partial: Path, watch: Watch, but: str = "") -> list[Member]:
    """The members that were not copied through a hash, read back from the disk."""
    names = [name for name in (DATABASE_NAME, KEY_FILE, HEAD_NAME) if name != but]
    walk = Walk(watch, "hashing", sum(path.stat().st_size for path in partial.glob("clinic.*")))
    return [hashed(partial / name, name, walk) for name in names if (partial / name).is_file()]


def _note_in(path: Path) -> bytes | None:
    """The checkpoint in a head file; None where there is none, or only something that is none."""
    with suppress(OSError, NotACheckpoint):
        data = path.read_bytes()
        parse_checkpoint(data)
        return data
    return None


def _refuse_other_keys(copy: Path, keys: KeyFile) -> None:
    with copy.open("rb") as file:
        salt = file.read(SALT_BYTES)
    if salt != keys.database_salt:
        raise ClinicInUse(
            "The clinic's database key is being changed at this moment, so no backup was made. Nothing was "
            "lost. Wait until that has finished, then try again."
        )


def _refuse_unclosed(data_folder: Path) -> None:
    """A closed clinic has no journal with anything in it: what stood there would be missing in the copy."""
    for name in (DATABASE_NAME + WAL, DATABASE_NAME + JOURNAL, DATABASE_NAME + ".new"):
        path = data_folder / name
        refuse_no_file(path)
        if path.exists() and path.stat().st_size:
            raise ClinicInUse(
                "The clinic is open, or was not closed properly the last time, so its files cannot be copied "
                "as they are. Nothing was lost. Close it, or log in once and close it, then try again."
            )


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """The trouble of writing a backup, as sentences about the place that it was to go to."""
    try:
        yield
    except ClinicError:
        raise
    except (OSError, sqlcipher.Error) as error:
        raise _sentence(error, place) from error
    except Exception as error:
        cause = getattr(error, "orig", None)
        if not isinstance(cause, sqlcipher.Error):
            raise
        raise _sentence(cause, place) from error


def _sentence(error: Exception, place: Path) -> StoreUnavailable:
    known = of_engine(error) if isinstance(error, sqlcipher.Error) else None
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(known, DiskFull) or number in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFull(
            f"The disk with {place} became full, so no backup was kept there. The clinic itself is as it "
            "was. Make room or choose another place, then try again."
        )
    if isinstance(known, FolderNotWritable) or number in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return FolderNotWritable(
            f"Nothing may be written to {place}, so no backup was made. The clinic itself is as it was. "
            "Choose another place, then try again."
        )
    if known is not None and type(known) is not StoreUnavailable:
        return known
    return StoreUnavailable(
        f"The backup could not be written to {place}, so none was kept. The clinic itself is as it was. "
        "Check that the disk is plugged in and sound, then try again."
    )
