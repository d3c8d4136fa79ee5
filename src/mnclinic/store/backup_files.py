"""The files of a backup: copied with their hashes, made certain on the disk, held against a manifest."""

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mnclinic.errors import (
    BackupUnusable,
    ClinicInUse,
    DiskFull,
    FolderNotWritable,
    InvalidInput,
    Stopped,
    StoreUnavailable,
)
from mnclinic.security.plain_file import beginning_of
from mnclinic.store.backup_manifest import (
    ATTACHMENT_NAME,
    LARGEST_BYTES,
    MANIFEST_NAME,
    Manifest,
    Member,
    parse_manifest,
)
from mnclinic.store.durability import new_private_file, sync_folder
from mnclinic.store.folder_check import refuse_unusable_name

ATTACHMENTS = "attachments"
BACKUPS = "backups"
PARTIAL = ".partial"
"""At the end of a folder's name: work that was not finished, never to be taken for a backup."""
REMOVING = ".removing"

MARGIN_BYTES = 4_000_000
"""For the key file, the head, the manifest, and folders: more than they ever take."""
_CHUNK_BYTES = 1 << 20
_NAME = re.compile(r"mnclinic-([0-9a-f]{8})-([0-9]{8}T[0-9]{6}Z)(-[a-z0-9-]{1,40})?")

Watch = Callable[[str, int, int], bool]
"""(step, done, of), called often, in bytes or parts; False stops the work, and nothing of it is left."""


def unwatched(_step: str, _done: int, _of: int) -> bool:
    """The watch of whoever neither looks nor stops."""
    return True


def go_on(watch: Watch, step: str, done: int = 0, of: int = 0) -> None:
    """Tell the watch, and raise Stopped when it wants no more."""
    if not watch(step, done, of):
        raise Stopped("Stopped before it was finished, as you asked. Nothing half-done was kept.")


@dataclass(frozen=True)
class BackupName:
    """What a backup's folder name says: the start of the clinic's id, and when it was made."""

    vault_start: str
    made_at: datetime


def backup_name(vault: str, now: datetime, suffix: str = "") -> str:
    """A folder name that every file system takes: short, plain letters, no colon, sorted by time."""
    return f"mnclinic-{vault[:8]}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{suffix}"


def read_backup_name(name: str) -> BackupName | None:
    """None for anything that is not the name of a finished backup."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        made_at = datetime.strptime(match[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return BackupName(match[1], made_at)


def backups_in(place: Path, vault: str) -> list[Path]:
    """The finished backups of one clinic in a place, oldest first; none where the place is missing."""
    try:
        names = sorted(path.name for path in place.iterdir() if path.is_dir())
    except OSError:
        return []
    read = ((name, read_backup_name(name)) for name in names)
    return [place / name for name, said in read if said is not None and said.vault_start == vault[:8]]


def is_same_disk(one: Path, other: Path) -> bool:
    """Whether both lie on one volume of this computer, whatever they are called. A missing one does not.

    Two volumes of one disk cannot be told from two disks.
    """
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def refuse_place(data_folder: Path, place: Path, *, nothing: str = "No backup was made.") -> None:
    """Refuse a place that no backup may go to, before anything is written. `nothing` says what was not done.

    Raises:
        InvalidInput: it is inside the clinic's own folder, is a file, or has a name that none can have.
        StoreUnavailable: it is not there: mistyped, or a disk that is not plugged in.
        FolderNotWritable: nothing may be written there.
    """
    refuse_unusable_name(place, nothing=nothing)
    here, there = data_folder.resolve(), place.resolve()
    own = here / BACKUPS
    if there.is_relative_to(here) and there != own:
        raise InvalidInput(
            "Backups cannot be kept inside the clinic's own folder, because they would be lost with it. "
            f"{nothing} Choose a removable disk or another folder."
        )
    if there == own:
        with suppress(OSError):
            own.mkdir(exist_ok=True)
    if there.exists() and not there.is_dir():
        raise InvalidInput(f"The place for backups is a file, not a folder. {nothing} Choose a folder.")
    if not there.is_dir():
        raise StoreUnavailable(
            f"The place for backups is not there: {place}. {nothing} If it is a removable disk, "
            "plug it in; otherwise choose another folder. Then try again."
        )
    if not os.access(there, os.W_OK | os.X_OK):
        raise FolderNotWritable(
            f"Nothing may be written to the place for backups: {place}. {nothing} Check that it is "
            "not read-only, or choose another folder."
        )


def refuse_full(place: Path, need_bytes: int) -> None:
    """Raise DiskFull, with both figures, when a copy of this size would not fit."""
    free_bytes = shutil.disk_usage(place).free
    if free_bytes < need_bytes + MARGIN_BYTES:
        raise DiskFull(
            f"There is not enough room in {place}: {megabytes(need_bytes + MARGIN_BYTES)} are needed and "
            f"{megabytes(free_bytes)} are free. Nothing was written. Make room or choose another place."
        )


def megabytes(size_bytes: int) -> str:
    """A size as people read it: "12 MB"."""
    return f"{max(1, -(-size_bytes // 1_000_000)):,} MB"


def write_new(path: Path, data: bytes) -> None:
    """Write a file that was not there before, and make it certain."""
    with new_private_file(path) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@dataclass
class Walk:
    """How far the work is, over several files. `done` and `of` are bytes."""

    watch: Watch
    step: str
    of: int
    done: int = 0

    def forward(self, count: int = 0) -> None:
        """Some more bytes are done. Raises Stopped."""
        self.done += count
        go_on(self.watch, self.step, self.done, self.of)


def copy_member(source: Path, target: Path, name: str, walk: Walk) -> Member:
    """Copy one file as new bytes, never as a link, make it certain, and hash what was read."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reading, new_private_file(target) as writing:
        while chunk := reading.read(_CHUNK_BYTES):
            writing.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            walk.forward(len(chunk))
        writing.flush()
        os.fsync(writing.fileno())
    return Member(name, size, digest.hexdigest())


def hashed(path: Path, name: str, walk: Walk) -> Member:
    """One file as a member."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
            walk.forward(len(chunk))
    return Member(name, size, digest.hexdigest())


def attachments_of(data_folder: Path) -> list[Path]:
    """The finished attachments; the folder may not exist yet."""
    folder = data_folder / ATTACHMENTS
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if ATTACHMENT_NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink()
    )


@dataclass(frozen=True)
class FileFinding:
    """Something wrong with one file of a backup. `kind` is missing, changed or unreadable."""

    name: str
    kind: str

    @property
    def what(self) -> str:
        """A sentence."""
        return {
            "missing": "it is listed in the manifest and is not there",
            "changed": "its bytes are not those that were backed up",
            "unreadable": "it cannot be read; the disk may be failing",
        }[self.kind]


def read_manifest(backup: Path) -> tuple[Manifest, str]:
    """A backup's manifest, and the SHA-256 of its bytes in hex.

    Raises:
        BackupUnusable: there is no finished backup here, or its manifest is damaged.
        NewerFormat: a newer mnclinic made it.
    """
    if backup.name.endswith((PARTIAL, REMOVING)):
        raise BackupUnusable(
            "This is the beginning of a backup that was never finished, or one that was being removed. "
            "Nothing was changed. Use another backup."
        )
    try:
        data = beginning_of(backup / MANIFEST_NAME, LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise BackupUnusable(
            f"There is no backup here: the file {MANIFEST_NAME} is missing. Nothing was changed. Name the "
            "folder of a backup, such as mnclinic-1a2b3c4d-20261123T180000Z."
        ) from None
    except OSError as error:
        if error.errno == errno.ENOTDIR:
            raise BackupUnusable(
                "A backup is a folder, and this is a file. Nothing was changed. Name the backup's folder."
            ) from None
        raise StoreUnavailable(
            f"The file {MANIFEST_NAME} of the backup cannot be read. Nothing was changed. Check the disk "
            "that it is on, then try again."
        ) from None
    return parse_manifest(data), hashlib.sha256(data).hexdigest()


def compare_members(backup: Path, manifest: Manifest, watch: Watch = unwatched) -> tuple[FileFinding, ...]:
    """Every member that is not what the manifest lists, named. Nothing is written.

    Reads every byte. What else lies there is no part of the backup: see `extra_files`. Raises Stopped.
    """
    findings = []
    walk = Walk(watch, "comparing", manifest.size_bytes)
    for member in manifest.members:
        path = backup.joinpath(*member.name.split("/"))
        if path.is_symlink() or not path.is_file():
            findings.append(FileFinding(member.name, "missing"))
            continue
        try:
            if hashed(path, member.name, walk) != member:
                findings.append(FileFinding(member.name, "changed"))
        except OSError:
            findings.append(FileFinding(member.name, "unreadable"))
    return tuple(findings)


def extra_files(backup: Path, manifest: Manifest) -> list[str]:
    """What lies in a backup's folder and is not listed in its manifest, by names that can be written down.

    Other programs leave such files wherever they look. Nothing opens them and nothing copies them.
    """
    listed = {member.name for member in manifest.members}
    return [
        name.encode(errors="backslashreplace").decode() for name in _names_in(backup) if name not in listed
    ]


def _names_in(backup: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(backup):
        inside = Path(folder).relative_to(backup).as_posix()
        start = "" if inside == "." else f"{inside}/"
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted(files + links):
            if start + name != MANIFEST_NAME:
                yield start + name


def remove_backup(backup: Path) -> None:
    """Delete a backup. It loses its name first, so that what is left after a power cut is no backup."""
    doomed = backup.with_name(backup.name + REMOVING)
    shutil.rmtree(doomed, ignore_errors=True)
    backup.rename(doomed)
    sync_folder(doomed.parent)
    shutil.rmtree(doomed)


def clear_leftovers(place: Path, vault: str, now: datetime) -> None:
    """Delete what killed backups and removals left in a place.

    Beginnings of the last day stay: another window may be at work on one.
    """
    with suppress(OSError):
        for path in place.iterdir():
            plain = path.name.removesuffix(PARTIAL).removesuffix(REMOVING)
            said = read_backup_name(plain)
            if plain == path.name or said is None or said.vault_start != vault[:8]:
                continue
            if path.name.endswith(REMOVING) or abs((now - said.made_at).total_seconds()) > 86_400:  # noqa: PLR2004 - a day
                shutil.rmtree(path, ignore_errors=True)


def refuse_changing(before: os.stat_result, path: Path) -> None:
    """Raise ClinicInUse when a file changed while it was being copied."""
    after = path.stat()
    if (before.st_size, before.st_mtime_ns, before.st_ino) != (
        after.st_size,
        after.st_mtime_ns,
        after.st_ino,
    ):
        raise ClinicInUse(
            "The clinic was being used while its files were copied, so no backup was kept. Nothing was lost. "
            "Close the clinic, or make the backup from inside it."
        )
