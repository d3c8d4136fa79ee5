"""Bring a clinic back from a backup, into an empty folder: whole, or not at all.

The backup is copied into `….partial` beside the folder, every byte compared on the way, checked as a store
is checked, opened in somebody's name and entered in its own log; only then does it take the folder's name.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mnclinic.domain.instants import Clock
from mnclinic.errors import BackupUnusable, ClinicExists, InvalidInput
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.check_backup import (
    ALTERED,
    GOOD,
    RESTORED,
    BackupChecked,
    BackupKeys,
    as_findings,
    beside_it,
    inspect_database,
    keys_by_password,
    keys_by_sheet,
    keys_in,
)
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.open_clinic import clinic_is_here, open_clinic
from mnclinic.services.recover_clinic import enrol_administrator_by_sheet
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import NewPerson
from mnclinic.store.backup_files import (
    ATTACHMENTS,
    BACKUPS,
    PARTIAL,
    FileFinding,
    Walk,
    Watch,
    copy_member,
    go_on,
    read_manifest,
    refuse_full,
    unwatched,
)
from mnclinic.store.backup_manifest import Manifest
from mnclinic.store.durability import sync_folder
from mnclinic.store.folder_check import refuse_unsuitable
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.trouble import told_plainly

_OWN_NAMES = ("clinic.", "prelogin.", ATTACHMENTS, BACKUPS)
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
    backup: Path,
    folder: Path,
    *,
    user: str,
    password: str,
    clock: Clock,
    watch: Watch = unwatched,
    even_if_altered: bool = False,
) -> Restored:
    """Restore a backup with the password of one of its users.

    Args:
        backup: The backup's folder.
        folder: Where the clinic is to stand; empty or not there.
        user: Somebody who could log in when the backup was made.
        password: Theirs, of that time.
        clock: Where the time comes from.
        watch: Told how far it is; may stop it.
        even_if_altered: Bring back a backup whose files are whole although records in it do not hold: for
            a clinic that has no better one. What does not hold goes on being named.

    Raises:
        ClinicExists, InvalidInput: the folder is not empty, or a link. It is left as it is.
        FolderUnsuitable: it is on a network share, or kept in sync. Nothing was made.
        BackupUnusable: the backup is damaged; what is wrong is named. Nothing was made.
        NewerFormat: a newer mnclinic made it. Nothing was made.
        WrongCredentials, NotPermitted: nothing was made.
        DiskFull, FolderNotWritable, StoreUnavailable, Stopped: nothing was made.
    """

    def keys() -> BackupKeys:
        return keys_by_password(backup, keys_in(backup), user, password, clock=clock)

    def enter(partial: Path) -> OpenClinic:
        clinic = open_clinic(partial, user, password, clock=clock, is_trial=True)
        try:
            clinic.require(RoleAct.MAKE_BACKUP)
        except BaseException:
            clinic.close()
            raise
        return clinic

    return _restore(
        backup,
        folder,
        keys=keys,
        enter=enter,
        clock=clock,
        watch=watch,
        even_if_altered=even_if_altered,
    )


def restore_with_sheet(
    backup: Path,
    folder: Path,
    *,
    code: str,
    person: NewPerson,
    clock: Clock,
    watch: Watch = unwatched,
    even_if_altered: bool = False,
) -> Restored:
    """Restore a backup with the recovery sheet of its time, and make a new administrator in public view.

    The clinic is read-only until somebody else of the staff confirms the new administrator; where there
    is nobody else, its record says so.

    Args:
        backup: The backup's folder.
        folder: Where the clinic is to stand; empty or not there.
        code: The sheet's, as typed or scanned.
        person: The new administrator, with a user name that was never used and a password of their own.
        clock: Where the time comes from.
        watch: Told how far it is; may stop it.
        even_if_altered: As `restore_clinic`.

    Raises: as `restore_clinic`, and InvalidInput for what is wrong with the code or the person.
    """

    def enter(partial: Path) -> OpenClinic:
        enrol_administrator_by_sheet(partial, code, person, clock=clock, source=backup.name)
        return open_clinic(partial, person.user, person.password, clock=clock, is_trial=True)

    def keys() -> BackupKeys:
        return keys_by_sheet(backup, keys_in(backup), code)

    return _restore(
        backup,
        folder,
        keys=keys,
        enter=enter,
        clock=clock,
        watch=watch,
        even_if_altered=even_if_altered,
    )


def _restore(
    backup: Path,
    folder: Path,
    *,
    keys: Callable[[], BackupKeys],
    enter: Callable[[Path], OpenClinic],
    clock: Clock,
    watch: Watch,
    even_if_altered: bool,
) -> Restored:
    steps = _Steps(clock)
    refuse_occupied(folder)
    # The name itself counts: what is unfinished lies beside it, under another.
    refuse_unsuitable(folder)
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
            if checked.verdict not in GOOD and not (even_if_altered and checked.verdict == ALTERED):
                raise unproven(checked)
            checked = replace(checked, notes=(*checked.notes, *beside_it(backup, manifest)))
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
    """Refuse a folder with anything in it, and a link to one: a restoration never overwrites.

    Raises ClinicExists, or InvalidInput when it holds something else.
    """
    if clinic_is_here(folder):
        raise ClinicExists(
            "There is a clinic in this folder, and a restoration never overwrites one. Nothing was changed. "
            "Restore into an empty folder with --data-dir and look at it; then move the old folder away, "
            "keep it, and give the restored one its name."
        )
    if folder.is_symlink():
        raise InvalidInput(
            "The name to restore into is a link, and a restored clinic takes the place of an empty folder. "
            "Nothing was changed. Name the folder that it leads to, or a new one, with --data-dir."
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInput(
            "The folder to restore into is not empty. Nothing was changed. Name an empty or a new folder "
            "with --data-dir."
        )


def unusable(findings: tuple[StoreFinding, ...]) -> BackupUnusable:
    """Files of a backup that are not what was backed up, each one named."""
    return BackupUnusable(
        f"This backup is damaged and was not restored ({_named(findings)}). Nothing was changed. Use another "
        "backup, and keep this one as it is."
    )


def unproven(checked: BackupChecked) -> BackupUnusable:
    """A backup whose files are as they were made and whose records do not hold."""
    if checked.verdict != ALTERED:
        return unusable(checked.findings)
    return BackupUnusable(
        "The files of this backup are as they were made, but what is recorded in them does not hold, so it "
        f"was not restored ({_named(checked.findings)}). Nothing was changed. Use an earlier backup; where "
        "there is none, this one can be brought back as it is with --even-if-altered."
    )


def _named(findings: tuple[StoreFinding, ...]) -> str:
    shown = "; ".join(f"{one.where}: {one.what}" for one in findings[:_MOST_NAMED])
    more = f"; and {len(findings) - _MOST_NAMED} more" if len(findings) > _MOST_NAMED else ""
    return shown + more


def _copy(backup: Path, partial: Path, manifest: Manifest, watch: Watch) -> None:
    """Every member as the manifest lists it. All that is wrong is found before anything is said."""
    wrong: list[FileFinding] = []
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
                        "verdict": checked.verdict,
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
