"""The clinic's own list of its backups: what was made, found, proven, pinned and removed.

The list is an index of folders outside the database. Each change of it is an entry of the log.
"""

import os
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.models import Backup
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.only_copies import SAID, only_copies_in
from mnclinic.services.session import OpenClinic
from mnclinic.services.subject_map_entry import enter_subject_map, people_so_far
from mnclinic.store.backup_manifest import Manifest
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

NOT_MADE = "not_made"
"""The kind of a row about a backup that failed: nothing lies anywhere, and the notices say so."""

CATEGORY = "backup"


@dataclass(frozen=True)
class BackupView:
    """A backup as lists show it. `verdict` is None until it was proven; `is_there` speaks of this moment.

    `is_only_copy`: its check found entries in it that this clinic's log lacks.
    """

    id: str
    name: str
    place: Path
    made_at: datetime
    kind: str
    size_bytes: int
    log_size: int | None
    verdict: str | None
    checked_at: datetime | None
    is_pinned: bool
    is_there: bool
    is_only_copy: bool

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.place / self.name


def view_of(row: Backup, *, is_only_copy: bool | None = False) -> BackupView:
    """The frozen value of a row, and whether it is known to hold what the clinic's log lacks."""
    place = Path(row.place)
    return BackupView(
        id=row.id,
        name=row.name,
        place=place,
        made_at=row.made_at,
        kind=row.kind,
        size_bytes=row.size_bytes,
        log_size=row.log_size,
        verdict=row.verdict,
        checked_at=row.checked_at,
        is_pinned=row.is_pinned,
        is_there=bool(row.name) and os.path.isdir(place / row.name),
        is_only_copy=is_only_copy is True,
    )


def views_in(session: Session) -> tuple[BackupView, ...]:
    """Every backup that was not removed, newest first."""
    rows = session.scalars(
        select(Backup).where(Backup.removed_at.is_(None)).order_by(Backup.made_at.desc())
    ).all()
    marks = only_copies_in(session, rows)
    return tuple(view_of(row, is_only_copy=marks.get(row.id)) for row in rows)


def views(clinic: OpenClinic) -> tuple[BackupView, ...]:
    """`views_in` with a session of its own."""
    clinic.require(RoleAct.VIEW_BACKUPS)
    with clinic.store.reading() as session:
        return views_in(session)


def row_of(work: UnitOfWork, backup: Path) -> Backup | None:
    """The row of the backup that lies in a folder."""
    return work.session.scalars(
        select(Backup).where(
            Backup.place == str(backup.parent.resolve()),
            Backup.name == backup.name,
            Backup.removed_at.is_(None),
        )
    ).first()


def new_row(work: UnitOfWork, backup: Path, manifest: Manifest, digest: str, log_size: int | None) -> Backup:
    """Add a backup to the list, pinned where it is one that is pinned, found again or in another place."""
    row = Backup(
        id=str(uuid.uuid4()),
        made_at=manifest.made_at,
        kind=manifest.kind,
        place=str(backup.parent.resolve()),
        name=backup.name,
        size_bytes=manifest.size_bytes,
        log_size=log_size,
        manifest_sha256=digest,
        verdict=None,
        checked_at=None,
        is_pinned=_is_pinned_by_name(work.session, backup.name, digest),
        removed_at=None,
    )
    work.session.add(row)
    return row


def _is_pinned_by_name(session: Session, name: str, digest: str) -> bool:
    """Whether this very backup is pinned: by its rows that are listed, else by the one that left last."""
    rows = session.scalars(select(Backup).where(Backup.name == name, Backup.manifest_sha256 == digest)).all()
    listed = [row.is_pinned for row in rows if row.removed_at is None]
    gone = [(row.removed_at, row.is_pinned) for row in rows if row.removed_at is not None]
    return any(listed) if listed else bool(gone) and max(gone)[1]


def _pin_carried(row: Backup) -> Mapping[str, object]:
    """What the first act on a row says where the row begins pinned."""
    return {"is_pinned": True} if row.is_pinned else {}


def backup_row_content(row: Backup) -> Mapping[str, object]:
    """What the log binds of a row, as the log names it."""
    return {
        "format": "mnclinic.backup-row/1",
        "name": row.name,
        "made_at": row.made_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "manifest_sha256": row.manifest_sha256,
        "verdict": row.verdict,
        "is_pinned": row.is_pinned,
        "is_removed": row.removed_at is not None,
    }


def place_as_told(row: Backup) -> str:
    """Where a backup lies, as its entries say it: with the letters of a name put together."""
    return unicodedata.normalize("NFC", row.place)


def enter(
    work: UnitOfWork, row: Backup, action: str, kind: str, detail: Mapping[str, object] | None = None
) -> None:
    """Enter an act about a backup. The object is what the list says of it from now on."""
    work.log.record(
        Act(
            action,
            kind,
            object=LoggedObject("backup", row.id, 1, canonical_bytes(backup_row_content(row))),
            categories=(CATEGORY,),
            detail={"name": row.name, "place": place_as_told(row), **(detail or {})},
        )
    )


def enter_made(
    clinic: OpenClinic, backup: Path, manifest: Manifest, digest: str, log_size: int | None
) -> BackupView:
    """A backup was made or found. One that another window or command has just listed stays as it is."""
    so_far = people_so_far(clinic.store)
    with clinic.work() as work:
        namesake = row_of(work, backup)
        if namesake is not None and namesake.manifest_sha256 == digest:
            return view_of(namesake)
        if namesake is not None:
            namesake.removed_at = clinic.clock.now()
            enter(work, namesake, "backup.removed", "D", {"why": "another one stands in its place"})
        row = new_row(work, backup, manifest, digest, log_size)
        facts = {"kind": manifest.kind, "size_bytes": manifest.size_bytes, "log_size": log_size}
        enter(work, row, "backup.made", "C", {**facts, **_pin_carried(row)})
        enter_subject_map(work, clinic.facts.vault, so_far)
        work.commit(checkpoint=True)
        return view_of(row)


def enter_failed(clinic: OpenClinic, place: Path, why: str) -> None:
    """A backup could not be made: a row for the notices, and an entry with the reason."""
    with clinic.work() as work:
        now = clinic.clock.now()
        row = Backup(
            id=str(uuid.uuid4()),
            made_at=now,
            kind=NOT_MADE,
            place=str(place),
            name="",
            size_bytes=0,
            log_size=None,
            manifest_sha256="",
            verdict=None,
            checked_at=None,
            is_pinned=False,
            removed_at=now,
        )
        work.session.add(row)
        enter(work, row, "backup.failed", "E", {"why": unicodedata.normalize("NFC", why)})
        work.commit()


def enter_verdict(
    clinic: OpenClinic,
    backup: Path,
    *,
    manifest: Manifest,
    digest: str,
    verdict: str,
    log_size: int | None,
    is_only_copy: bool | None,
) -> BackupView:
    """A backup was checked. One that the list does not know, or knows under another manifest, is added.

    `is_only_copy` as `only_copies.SAID`.
    """
    with clinic.work() as work:
        row = row_of(work, backup)
        pin: Mapping[str, object] = {}
        if row is None:
            row = new_row(work, backup, manifest, digest, log_size)
            pin = _pin_carried(row)
        row.verdict = verdict
        row.checked_at = clinic.clock.now()
        row.manifest_sha256 = digest
        row.log_size = log_size if log_size is not None else row.log_size
        said = {"verdict": verdict, "log_size": row.log_size, SAID: is_only_copy}
        enter(work, row, "backup.checked", "R", {**said, **pin})
        work.commit()
        return view_of(row, is_only_copy=is_only_copy)
