"""Make a backup now: copy, list, prove, and let older ones make room."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mnclinic import __version__
from mnclinic.errors import ClinicError, Stopped, StoreUnavailable
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.backup_plan import plan_of
from mnclinic.services.backup_rows import BackupView, enter_failed, enter_made, views
from mnclinic.services.check_backup import BackupChecked, check_backup
from mnclinic.services.out_place import refuse_beside_secrets, refuse_no_text
from mnclinic.services.rotate_backups import rotate_backups
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup import write_backup
from mnclinic.store.backup_files import Watch, unwatched
from mnclinic.store.backup_manifest import IN_USE, Sealer


@dataclass(frozen=True)
class BackupMade:
    """A backup lies in its place. `removed` are the names of older ones that made room."""

    backup: BackupView
    checked: BackupChecked
    removed: tuple[str, ...]


def back_up(clinic: OpenClinic, place: Path | None = None, *, watch: Watch = unwatched) -> BackupMade:
    """Make a backup in `place`, or where the plan says, and prove it by opening it.

    Others go on working meanwhile. The newest backup is proven before any older one is removed.

    Raises:
        InvalidInput: in `place` lies a sheet, a card or a key file that opens it, or the log cannot hold its
            name. Nothing was done.
        StoreUnavailable and kin, DiskFull: none was made; that is entered and shown. Or the sentence says
            that it was made and is not proven, because its disk was pulled.
        Stopped: none was made, or the one that was is not proven yet.
    """
    clinic.require(RoleAct.MAKE_BACKUP)
    if place is not None:
        refuse_beside_secrets(place, where="to")
    where = place if place is not None else plan_of(clinic).folder
    refuse_no_text(where, where="to")
    installation = clinic.installation_key
    try:
        written = write_backup(
            clinic.store.engine,
            clinic.folder,
            where,
            vault=clinic.facts.vault,
            kind=IN_USE,
            now=clinic.clock.now(),
            app=__version__,
            sealer=Sealer(installation.key_id, installation.public, installation.sign),
            watch=watch,
        )
    except Stopped:
        raise
    except ClinicError as error:
        # Where the clinic itself cannot be written either, the sentence alone has to do.
        with suppress(StoreUnavailable):
            enter_failed(clinic, where, error.sentence)
        raise
    made = enter_made(clinic, written.folder, written.manifest, written.manifest_sha256, written.log_size)
    try:
        checked = check_backup(clinic, written.folder, watch=watch)
    except Stopped:
        raise
    except ClinicError:
        if written.folder.is_dir():
            raise
        raise StoreUnavailable(
            f"The backup was written, and before it was proven its place went away: {where}. It is listed as "
            "not proven. The clinic itself is as it was. Plug the disk in again, then check that backup."
        ) from None
    removed = rotate_backups(clinic, written.folder.parent)
    backup = next(one for one in views(clinic) if one.id == made.id)
    return BackupMade(backup, checked, removed)
