"""Let older backups of one place make room, by the rule of `domain.backup_rotation`."""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from mnclinic.domain.backup_rotation import KnownBackup, to_remove
from mnclinic.models import Backup
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.backup_plan import plan_in
from mnclinic.services.backup_rows import enter
from mnclinic.services.check_backup import GOOD
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import remove_backup


def rotate_backups(clinic: OpenClinic, place: Path) -> tuple[str, ...]:
    """Remove what the plan no longer keeps in a place; returns the names, oldest first.

    Each place is judged by itself, so that the last good backup of each stays. A backup that somebody
    deleted outside the program leaves the list, too, but only where its place is there to be looked at. A
    pinned one stays listed: another stick may have this one's name today.
    """
    clinic.require(RoleAct.MAKE_BACKUP)
    place = place.resolve()
    with clinic.work() as work:
        now = clinic.clock.now()
        plan = plan_in(work.session, clinic.folder)
        rows = work.session.scalars(
            select(Backup).where(Backup.place == str(place), Backup.removed_at.is_(None))
        ).all()
        there = [row for row in rows if (place / row.name).is_dir()]
        if place.is_dir():
            for row in rows:
                if row not in there and not row.is_pinned:
                    row.removed_at = now
                    enter(work, row, "backup.removed", "D", {"why": "it was not in its place any more"})
        doomed = to_remove(
            [KnownBackup(row.id, row.made_at, row.verdict in GOOD, row.is_pinned) for row in there],
            now,
            plan.keep,
            zone=now.tzinfo,
            legal_hold=plan.legal_hold,
        )
        going = [row for row in there if row.id in doomed]
        for row in going:
            row.removed_at = now
            enter(work, row, "backup.removed", "D", {"why": "newer backups stand in for it"})
        work.commit()
        names = [row.name for row in sorted(going, key=lambda row: row.made_at)]
    for name in names:
        # One that cannot be deleted now only takes room; found again, it is listed and judged anew.
        with suppress(OSError):
            remove_backup(place / name)
    return tuple(names)
