"""The clinic's backups as lists show them, and one of them by its name."""

from pathlib import Path

from mnclinic.errors import InvalidInput
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.backup_rows import BackupView, views
from mnclinic.services.session import OpenClinic


def list_backups(clinic: OpenClinic) -> tuple[BackupView, ...]:
    """Every backup that was not removed, newest first."""
    clinic.require(RoleAct.VIEW_BACKUPS)
    return views(clinic)


def find_backup(clinic: OpenClinic, named: Path) -> Path:
    """The folder of a backup that is named by its folder, or by its name in the list.

    Raises InvalidInput when there is neither.
    """
    clinic.require(RoleAct.VIEW_BACKUPS)
    if named.exists():
        return named
    for one in views(clinic):
        if one.name == str(named) and one.is_there:
            return one.folder
    raise InvalidInput("There is no backup of that name here. Nothing was changed. See: mnclinic backup list")
