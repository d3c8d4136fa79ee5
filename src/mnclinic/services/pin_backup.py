"""Keep a backup for ever, or let it be rotated out again."""

from sqlalchemy import select

from mnclinic.errors import InvalidInput
from mnclinic.models import Backup
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.backup_rows import BackupView, enter, view_of
from mnclinic.services.only_copies import only_copies_in
from mnclinic.services.session import OpenClinic


def pin_backup(clinic: OpenClinic, name: str, *, is_pinned: bool) -> BackupView:
    """Pin or unpin a backup by its name.

    Copies of one backup in several places share its name and go together.

    Raises InvalidInput when the list has none of this name.
    """
    clinic.require(RoleAct.MANAGE_BACKUPS)
    with clinic.work() as work:
        rows = work.session.scalars(
            select(Backup).where(Backup.name == name, Backup.removed_at.is_(None))
        ).all()
        if not rows:
            raise InvalidInput(
                "There is no backup of that name in the list. Nothing was changed. See: mnclinic backup list"
            )
        for row in rows:
            row.is_pinned = is_pinned
            enter(work, row, "backup.pinned", "U", {"is_pinned": is_pinned})
        work.commit()
        return view_of(rows[0], is_only_copy=only_copies_in(work.session, rows)[rows[0].id])
