"""Which backups nobody has proven yet: those that the list names, and copies that it does not know."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from mnclinic.models import Backup
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.backup_plan import plan_in
from mnclinic.services.only_copies import is_untold
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import BACKUPS, backups_in, read_backup_name
from mnclinic.store.small_json import path_in, read_small_object, replace_small_file

COPIED = "copied.json"
"""Beside the default backups, in the clear: the folders of copies that were made while nobody was logged in,
where no plan would look for them."""
_MOST_NOTED = 32


@dataclass(frozen=True)
class Unproven:
    """What is there to be proven: `listed` stands in the clinic's list, `unlisted` was found beside it."""

    listed: tuple[Path, ...]
    unlisted: tuple[Path, ...]

    @property
    def all(self) -> tuple[Path, ...]:
        """Both, as they are to be looked at."""
        return self.listed + self.unlisted


def unproven_backups(clinic: OpenClinic, place: Path | None = None) -> Unproven:
    """Look for backups to prove where some were ever kept, where a closed copy was made, and in `place`.

    Nothing is opened, and what is not plugged in is left out.
    """
    clinic.require(RoleAct.MAKE_BACKUP)
    noted = _noted(clinic.folder)
    with clinic.store.reading() as session:
        rows = session.scalars(select(Backup)).all()
        places = {Path(row.place) for row in rows if row.name}
        # A folder that cannot be followed or entered today is one that is not plugged in.
        planned = (plan_in(session, clinic.folder).folder, clinic.folder / BACKUPS)
        places |= {Path(os.path.realpath(one)) for one in planned}
        present = [row for row in rows if row.name and row.removed_at is None]
        known = {(row.place, row.name) for row in present}
        listed = [
            Path(row.place) / row.name for row in present if row.verdict is None or is_untold(session, row)
        ]
    if place is not None:
        places.add(Path(os.path.realpath(place)))
    found = {path for one in places for path in backups_in(one, clinic.facts.vault)}
    found.update(path for path in noted if os.path.isdir(path))
    if any((str(path.parent), path.name) in known for path in noted):
        _note(clinic.folder, [path for path in noted if (str(path.parent), path.name) not in known])
    return Unproven(
        tuple(path for path in listed if os.path.isdir(path)),
        tuple(sorted(path for path in found if (str(path.parent), path.name) not in known)),
    )


def note_copy(folder: Path, backup: Path) -> None:
    """Write down where a closed copy of the clinic in `folder` was put, so that a log-in finds it.

    Where that cannot be written, the copy is proven when somebody names it.
    """
    backup = backup.resolve()
    _note(folder, [*(path for path in _noted(folder) if path != backup), backup])


def _noted(folder: Path) -> list[Path]:
    said = read_small_object(folder / BACKUPS / COPIED).get("folders")
    paths = [path_in(one) for one in (said if isinstance(said, list) else [])]
    return [path for path in paths if path is not None and read_backup_name(path.name) is not None]


def _note(folder: Path, backups: Iterable[Path]) -> None:
    with suppress(OSError):
        (folder / BACKUPS).mkdir(mode=0o700, exist_ok=True)
        noted = {"folders": list(map(str, backups))[-_MOST_NOTED:]}
        replace_small_file(folder / BACKUPS / COPIED, json.dumps(noted))
