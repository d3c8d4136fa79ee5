"""Take in backups that the list does not know yet, and prove what nobody has proven."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from mnclinic.errors import ClinicError, Stopped
from mnclinic.models import Backup
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.backup_plan import plan_in
from mnclinic.services.backup_rows import enter_made
from mnclinic.services.check_backup import check_backup
from mnclinic.services.only_copies import is_untold
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import BACKUPS, Watch, backups_in, read_manifest, unwatched


@dataclass(frozen=True)
class Adopted:
    """What was found: `added` names joined the list; `verdicts` of what was proven now, by name."""

    added: tuple[str, ...]
    verdicts: tuple[tuple[str, str], ...]


def adopt_found_backups(
    clinic: OpenClinic, place: Path | None = None, *, watch: Watch = unwatched
) -> Adopted:
    """Look where backups are kept: copies made while locked, before an upgrade, or brought back by hand.

    A damaged one joins the list with its verdict, unless not even its manifest can be read. One from before
    a change of the database key is left unproven until somebody names a password of that time.

    Args:
        clinic: The live clinic.
        place: Look here, too.
        watch: Told how far each check is; may stop.

    Raises Stopped, and StoreUnavailable and kin where the list itself cannot be written.
    """
    clinic.require(RoleAct.MAKE_BACKUP)
    places, known, unproven = _known(clinic)
    if place is not None:
        places.add(place.resolve())
    added = []
    for found in sorted(path for one in places for path in backups_in(one, clinic.facts.vault)):
        if (str(found.parent), found.name) in known:
            continue
        try:
            manifest, digest = read_manifest(found)
        except ClinicError:
            continue
        if manifest.vault == clinic.facts.vault:
            # The clinic's own disk may fail at this, which is not the backup's fault and is told.
            enter_made(clinic, found, manifest, digest, None)
            added.append(found.name)
            unproven.append(found)
    verdicts = []
    for path in unproven:
        if not path.is_dir():
            continue
        try:
            verdicts.append((path.name, check_backup(clinic, path, watch=watch).verdict))
        except Stopped:
            raise
        except ClinicError:
            # What cannot be opened with today's keys stays in the list as unproven.
            continue
    return Adopted(tuple(added), tuple(verdicts))


def _known(clinic: OpenClinic) -> tuple[set[Path], set[tuple[str, str]], list[Path]]:
    with clinic.store.reading() as session:
        rows = session.scalars(select(Backup)).all()
        places = {Path(row.place) for row in rows if row.name}
        places |= {plan_in(session, clinic.folder).folder.resolve(), (clinic.folder / BACKUPS).resolve()}
        present = [row for row in rows if row.name and row.removed_at is None]
        known = {(row.place, row.name) for row in present}
        unproven = [row for row in present if row.verdict is None or is_untold(session, row)]
        return places, known, [Path(row.place) / row.name for row in unproven]
