"""Let older backups of one place make room, by the rule of `domain.backup_rotation`."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.backup_rotation import KnownBackup, to_remove
from mnclinic.domain.instants import zone_of
from mnclinic.errors import ClinicError
from mnclinic.models import Backup
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.backup_plan import plan_in
from mnclinic.services.backup_rows import enter
from mnclinic.services.check_backup import GOOD
from mnclinic.services.only_copies import lacking_by_manifest, only_copies_in
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import read_manifest, remove_backup


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
        there = [row for row in rows if os.path.isdir(place / row.name)]
        if os.path.isdir(place):
            for row in rows:
                if row not in there and not row.is_pinned:
                    row.removed_at = now
                    enter(work, row, "backup.removed", "D", {"why": "it was not in its place any more"})
        marks = only_copies_in(work.session, there)
        doomed = to_remove(
            [
                KnownBackup(
                    row.id,
                    row.made_at,
                    row.verdict in GOOD,
                    row.is_pinned,
                    is_only_copy=_may_be_only_copy(clinic, work.session, row, marks[row.id]),
                )
                for row in there
            ],
            now,
            plan.keep,
            zone=zone_of(clinic.clock),
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


def _may_be_only_copy(clinic: OpenClinic, session: Session, row: Backup, mark: bool | None) -> bool:
    """Whether it holds what the clinic's log lacks: by its check, else by its manifest; yes in doubt."""
    if mark is not None:
        return mark
    try:
        manifest, _ = read_manifest(Path(row.place) / row.name)
    except ClinicError:
        return True
    public = clinic.installation_key.public
    return lacking_by_manifest(session.connection(), manifest, public, is_whole=False) is not False
