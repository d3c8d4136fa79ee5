"""A backup while nobody is logged in: the closed files, byte for byte. Needs no password."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from mnclinic import __version__
from mnclinic.domain.instants import Clock
from mnclinic.errors import ClinicError, ClinicInUse, Stopped
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.plain_file import beginning_of
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.backup_plan import EVERY_H, LOCKED_PLAN, plan_of
from mnclinic.services.backup_rows import enter_failed
from mnclinic.services.out_place import spelled_as_there
from mnclinic.services.session import OpenClinic
from mnclinic.services.settings import LONGEST_INTERVAL_H
from mnclinic.services.unproven_backups import note_copy
from mnclinic.store.backup import BackupWritten, copy_closed
from mnclinic.store.backup_files import BACKUPS, Watch, backups_in, read_backup_name, unwatched
from mnclinic.store.engine import DATABASE_NAME
from mnclinic.store.folder_use import FolderUse
from mnclinic.store.small_json import LARGEST_BYTES, path_in, read_small_object, replace_small_file

MISSED = "missed"
"""A file beside the default backups: the last one at a closing while locked was not made.

Empty where it could not be written; IN_USE where somebody had the clinic open.
"""
IN_USE = "in_use"


def copy_closed_clinic(
    folder: Path, place: Path | None = None, *, clock: Clock, watch: Watch = unwatched
) -> BackupWritten:
    """Copy a closed clinic into `place`, or where the plan said when somebody was last logged in.

    The copy is unsigned and unproven; `adopt_found_backups` proves it after the next log-in, for which a
    `place` that was named is written down.

    Raises:
        ClinicInUse: the clinic is open somewhere, or was not closed properly.
        InvalidInput, StoreUnavailable and kin, DiskFull, Stopped: no backup was made, nothing is left.
    """
    where = place if place is not None else _planned_place(folder)
    with FolderUse.exclusive(folder):
        written = copy_closed(folder, where, now=clock.now(), app=__version__, watch=watch)
    if place is not None:
        note_copy(folder, written.folder)
    with suppress(OSError):
        (folder / BACKUPS / MISSED).unlink(missing_ok=True)
    return written


def copy_at_closing(folder: Path, *, clock: Clock, watch: Watch = unwatched) -> BackupWritten | None:
    """Copy a clinic that was locked and whose window closes, where the plan wants a backup at closing.

    Trouble is written down for `enter_missed`, as nobody is logged in whom it could be told, and nobody is
    kept from closing. Returns None where no backup was made. Raises Stopped: nothing is left.
    """
    if _locked_plan(folder).get("at_close", True) is False or not (folder / DATABASE_NAME).exists():
        return None
    try:
        return copy_closed_clinic(folder, clock=clock, watch=watch)
    except Stopped:
        raise
    except ClinicError as trouble:
        with suppress(OSError):
            (folder / BACKUPS).mkdir(exist_ok=True)
            why = IN_USE if isinstance(trouble, ClinicInUse) else ""
            replace_small_file(folder / BACKUPS / MISSED, why)
        return None


def enter_missed(clinic: OpenClinic) -> str | None:
    """Enter that the last backup at a closing while locked was not made; the sentence about it, or None.

    Today shows it until another one was made. Raises StoreUnavailable and kin: it is entered later.
    """
    clinic.require(RoleAct.MAKE_BACKUP)
    missed = clinic.folder / BACKUPS / MISSED
    if not missed.exists():
        return None
    place, why = plan_of(clinic).folder, ""
    with suppress(OSError, ValueError):
        why = beginning_of(missed, LARGEST_BYTES).decode("utf-8")
    if why == IN_USE:
        sentence = (
            "The program was closed while it was locked, and no backup was made, because the clinic was open "
            "in another window or command, or had not been closed properly. Nothing was lost. Back up now."
        )
    else:
        sentence = (
            f"The program was closed while it was locked, and no backup could be made in {place}. "
            "Nothing was lost. Plug the disk in or choose another place, then back up now."
        )
    enter_failed(clinic, place, sentence)
    with suppress(OSError):
        missed.unlink(missing_ok=True)
    return sentence


def closed_copy_due(folder: Path, *, clock: Clock) -> bool:
    """Whether the plan wants a backup by now, as far as can be told without a key: by the folders' names."""
    place = _planned_place(folder)
    vault = load_key_file(folder).keyfile.vault_id
    names = (read_backup_name(path.name) for path in backups_in(place, vault))
    made = [name.made_at for name in names if name is not None]
    every_h = _locked_plan(folder).get("every_h")
    if not isinstance(every_h, int) or not 0 < every_h <= LONGEST_INTERVAL_H:
        every_h = EVERY_H
    interval = timedelta(hours=every_h)
    return not made or abs(clock.now() - max(made)) >= interval


def _planned_place(folder: Path) -> Path:
    planned = path_in(_locked_plan(folder).get("folder"))
    return folder / BACKUPS if planned is None else spelled_as_there(str(planned))


def _locked_plan(folder: Path) -> dict[str, Any]:
    """What was written down for this; nothing where it is missing or unreadable."""
    return read_small_object(folder / BACKUPS / LOCKED_PLAN)
