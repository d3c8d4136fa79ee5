"""Bring a clinic back from a backup, into an empty folder: whole, or not at all.

The backup is copied into `….partial` beside the folder, every byte compared on the way, checked as a store
is checked, opened in somebody's name and entered in its own log; only then does it take the folder's name.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mnclinic.domain.instants import Clock
from mnclinic.errors import BackupUnusable, ClinicExists, InvalidInput
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.check_backup import (
    GOOD,
    RESTORED,
    BackupChecked,
    BackupKeys,
    as_findings,
    inspect_database,
    keys_by_password,
    keys_in,
)
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.open_clinic import clinic_is_here, open_clinic
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import (
    ATTACHMENTS,
    PARTIAL,
    FileFinding,
    Walk,
    Watch,
    copy_member,
    extra_files,
    go_on,
    read_manifest,
    refuse_full,
    unwatched,
)
from mnclinic.store.backup_manifest import Manifest
from mnclinic.store.durability import sync_folder
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.trouble import told_plainly

_OWN_NAMES = ("clinic.", "prelogin.", ATTACHMENTS)
"""How everything is named that a restoration puts into its unfinished folder."""


_MOST_NAMED = 8


@dataclass(frozen=True)
class Step:
    """One step and how long it took."""

    name: str
    took_ms: int


@dataclass(frozen=True)
class Restored:
    """A clinic stands again in `folder`. `checked` is what the backup's database proved to be."""

    folder: Path
    backup: str
    clinic_name: str
    made_at: datetime
    checked: BackupChecked
    steps: tuple[Step, ...]


def restore_clinic(
    backup: Path, folder: Path, *, user: str, password: str, clock: Clock, watch: Watch = unwatched
) -> Restored:
    """Restore a backup with the password of one of its users.

    Raises:
        ClinicExists, InvalidInput: the folder is not empty. It is left as it is.
        BackupUnusable: the backup is damaged; what is wrong is named. Nothing was made.
        NewerFormat: a newer mnclinic made it. Nothing was made.
        WrongCredentials, NotPermitted: nothing was made.
        DiskFull, FolderNotWritable, StoreUnavailable, Stopped: nothing was made.
    """

    def keys() -> BackupKeys:
        return keys_by_password(backup, keys_in(backup), user, password)

    def enter(partial: Path) -> OpenClinic:
        clinic = open_clinic(partial, user, password, clock=clock)
        try:
            clinic.require(RoleAct.MAKE_BACKUP)
        except BaseException:
            clinic.close()
            raise
        return clinic

    return _restore(backup, folder, keys=keys, enter=enter, clock=clock, watch=watch)


def _restore(
    backup: Path,
    folder: Path,
    *,
    keys: Callable[[], BackupKeys],
    enter: Callable[[Path], OpenClinic],
    clock: Clock,
    watch: Watch,
) -> Restored:
    steps = _Steps(clock)
    refuse_occupied(folder)
    with told_plainly():
        manifest, digest = read_manifest(backup)
        steps.ended("Manifest read")
        opening = keys()
        steps.ended("Keys opened")
        with _partial(folder) as partial:
            refuse_full(partial, manifest.size_bytes)
            _copy(backup, partial, manifest, watch)
            steps.ended("Files copied and compared")
            checked = inspect_database(partial, manifest, digest, opening, now=clock.now(), watch=watch)
            if checked.verdict not in GOOD:
                raise unusable(checked.findings)
            steps.ended("Records, log and signatures checked")
            name = _entered(enter(partial), checked, backup.name)
            steps.ended("Opened and entered in the log")
            go_on(watch, "naming")
            _give_name(partial, folder)
            steps.ended("Put in place")
    return Restored(folder, backup.name, name, manifest.made_at, checked, tuple(steps.all))


class _Steps:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began_ms = clock.monotonic_ms()
        self.all: list[Step] = []

    def ended(self, name: str) -> None:
        now_ms = self._clock.monotonic_ms()
        self.all.append(Step(name, now_ms - self._began_ms))
        self._began_ms = now_ms


def refuse_occupied(folder: Path) -> None:
    """Refuse a folder with anything in it: a restoration never overwrites.

    Raises ClinicExists, or InvalidInput when it holds something else.
    """
    if clinic_is_here(folder):
        raise ClinicExists(
            "There is a clinic in this folder, and a restoration never overwrites one. Nothing was changed. "
            "Restore into an empty folder with --data-dir and look at it; then move the old folder away, "
            "keep it, and give the restored one its name."
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInput(
            "The folder to restore into is not empty. Nothing was changed. Name an empty or a new folder "
            "with --data-dir."
        )


def unusable(findings: tuple[StoreFinding, ...]) -> BackupUnusable:
    """What is wrong with a backup, each thing named, as one sentence a line."""
    shown = "; ".join(f"{one.where}: {one.what}" for one in findings[:_MOST_NAMED])
    more = f"; and {len(findings) - _MOST_NAMED} more" if len(findings) > _MOST_NAMED else ""
    return BackupUnusable(
        f"This backup is damaged and was not restored ({shown}{more}). Nothing was changed. Use another "
        "backup, and keep this one as it is."
    )


def _copy(backup: Path, partial: Path, manifest: Manifest, watch: Watch) -> None:
    """Every member as the manifest lists it. All that is wrong is found before anything is said."""
    wrong = [FileFinding(name, "extra") for name in extra_files(backup, manifest)]
    walk = Walk(watch, "copying", manifest.size_bytes)
    for member in manifest.members:
        source = backup.joinpath(*member.name.split("/"))
        target = partial.joinpath(*member.name.split("/"))
        if source.is_symlink() or not source.is_file():
            wrong.append(FileFinding(member.name, "missing"))
            continue
        target.parent.mkdir(exist_ok=True, mode=0o700)
        if copy_member(source, target, member.name, walk) != member:
            wrong.append(FileFinding(member.name, "changed"))
    if wrong:
        raise unusable(as_findings(wrong))
    for folder in {partial, *(path.parent for path in partial.rglob("*"))}:
        sync_folder(folder)


def _entered(clinic: OpenClinic, checked: BackupChecked, backup: str) -> str:
    """Enter the restoration in the restored log; returns the clinic's name."""
    try:
        with clinic.work() as work:
            work.log.record(
                Act(
                    RESTORED,
                    "C",
                    object=LoggedObject(
                        "backup_restored",
                        backup,
                        checked.log_size or 0,
                        checked.manifest.canonical_bytes(),
                    ),
                    categories=("backup",),
                    detail={
                        "backup": backup,
                        "made_at": checked.manifest.made_at.isoformat(timespec="milliseconds"),
                        "manifest_sha256": checked.manifest_sha256,
                        "log_size": checked.log_size,
                    },
                )
            )
            work.commit(checkpoint=True)
        return clinic.facts.name
    finally:
        clinic.close()


@contextmanager
def _partial(folder: Path) -> Iterator[Path]:
    """A new folder beside the one to be. It is deleted unless it was renamed by the end."""
    partial = folder.with_name(folder.name + PARTIAL)
    if partial.exists():
        if any(not path.name.startswith(_OWN_NAMES) for path in partial.iterdir()):
            raise InvalidInput(
                f"The folder {partial.name} beside it is in the way and holds something else. Nothing was "
                "changed. Move it away, or restore into another folder."
            )
        shutil.rmtree(partial)
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial.mkdir(mode=0o700)
    try:
        yield partial
    finally:
        if partial.exists():
            shutil.rmtree(partial, ignore_errors=True)


def _give_name(partial: Path, folder: Path) -> None:
    if folder.exists():
        folder.rmdir()
    partial.rename(folder)
    sync_folder(folder.parent)
