"""Where and how often backups are made and kept, when one is due, and what Today has to say about them."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.backup_rotation import Keep
from mnclinic.domain.instants import zone_of
from mnclinic.domain.plain_days import plain_moment
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Backup, Clinic
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.backup_rows import NOT_MADE
from mnclinic.services.only_copies import only_copies_in
from mnclinic.services.out_place import name_to_keep, refuse_beside_secrets, spelled_as_there
from mnclinic.services.session import OpenClinic
from mnclinic.services.settings import change_setting, setting_in
from mnclinic.store.backup_files import BACKUPS, is_same_disk, refuse_place
from mnclinic.store.small_json import replace_small_file
from mnclinic.store.trouble import told_plainly

EVERY_H = 24
OWN_DISK = "backup_own_disk"
ONLY_COPY = "backup_only_copy"
PLAN, LEGAL_HOLD = "backup_plan", "legal_hold"
LOCKED_PLAN = "plan.json"
"""Beside the default backups, in the clear: when and where to copy while nobody is logged in."""
LATE_AFTER = 2
"""Intervals without a good backup before Today says so."""


@dataclass(frozen=True)
class BackupPlan:
    """The plan in force.

    `is_default` when no other place was chosen than the one in the clinic's folder; `is_own_disk` when the
    place lies on the clinic's own volume, whatever it is called, and dies with it.
    """

    folder: Path
    every_h: int
    at_close: bool
    keep: Keep
    legal_hold: bool
    is_default: bool
    is_own_disk: bool


@dataclass(frozen=True)
class BackupNotice:
    """Something about backups that people have to know."""

    code: str
    sentence: str


def plan_of(clinic: OpenClinic) -> BackupPlan:
    """The clinic's plan; until one is set: daily and at closing, into `backups/`."""
    clinic.require(RoleAct.VIEW_BACKUPS)
    with clinic.store.reading() as session:
        return plan_in(session, clinic.folder)


def plan_in(session: Session, data_folder: Path) -> BackupPlan:
    """`plan_of` for a use-case that has its session open."""
    said: dict[str, Any] = setting_in(session, PLAN) or {}
    named = said.get("folder")
    folder = spelled_as_there(named) if named else data_folder / BACKUPS
    return BackupPlan(
        folder=folder,
        every_h=said.get("every_h", EVERY_H),
        at_close=said.get("at_close", True),
        keep=Keep(**said.get("keep", {})),
        legal_hold=setting_in(session, LEGAL_HOLD),
        is_default=not named,
        is_own_disk=not named or is_same_disk(data_folder, folder),
    )


def change_plan(
    clinic: OpenClinic,
    *,
    folder: Path | None = None,
    every_h: int | None = None,
    at_close: bool | None = None,
    keep: Keep | None = None,
    legal_hold: bool | None = None,
    reason: str = "",
) -> BackupPlan:
    """Change what is given and leave the rest. `folder` is tried before it is kept.

    Raises:
        InvalidInput: a value does not fit, or a legal hold is ended without a reason. Nothing was changed.
        StoreUnavailable, FolderNotWritable: the folder is not there or cannot be written.
        NotPermitted: nothing was changed.
    """
    clinic.require(RoleAct.MANAGE_BACKUPS)
    before = plan_of(clinic)
    if legal_hold is False and before.legal_hold and not reason.strip():
        what = "Say why the legal hold ends."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("reason", what)])
    if folder is not None:
        refuse_place(clinic.folder, folder, nothing="Nothing was changed.")
        refuse_beside_secrets(folder)
    kept = before.keep if keep is None else keep
    where = before.folder if folder is None else folder.resolve()
    is_own = before.is_default if folder is None else where == (clinic.folder / BACKUPS).resolve()
    value = {
        "folder": None if is_own else name_to_keep(where, where="folder"),
        "every_h": before.every_h if every_h is None else every_h,
        "at_close": before.at_close if at_close is None else at_close,
        "keep": {"daily": kept.daily, "weekly": kept.weekly, "monthly": kept.monthly},
    }
    if any(one is not None for one in (folder, every_h, at_close, keep)):
        change_setting(clinic, PLAN, value, reason=reason)
        _write_locked_plan(clinic.folder, value)
    if legal_hold is not None:
        change_setting(clinic, LEGAL_HOLD, legal_hold, reason=reason)
    return plan_of(clinic)


def due(clinic: OpenClinic, now: datetime) -> bool:
    """Whether the plan wants a backup by now. A failed one does not count, so it is tried again."""
    clinic.require(RoleAct.VIEW_BACKUPS)
    newest = _newest(clinic, good_only=False)
    return newest is None or now - newest >= timedelta(hours=plan_of(clinic).every_h) or newest > now


def backup_notices(clinic: OpenClinic) -> tuple[BackupNotice, ...]:
    """What has to be said about backups at this moment; nothing when all is well."""
    clinic.require(RoleAct.VIEW_BACKUPS)
    now = clinic.clock.now()
    plan = plan_of(clinic)
    notices = []
    with clinic.store.reading() as session:
        newest = session.scalars(select(Backup).order_by(Backup.made_at.desc()).limit(1)).first()
        newest_judged = session.scalars(
            select(Backup)
            .where(Backup.verdict.is_not(None), Backup.removed_at.is_(None))
            .order_by(Backup.made_at.desc())
            .limit(1)
        ).first()
        opened_at = session.get_one(Clinic, 1).created_at
    if newest is not None and newest.kind == NOT_MADE:
        made_at = plain_moment(newest.made_at.astimezone(zone_of(clinic.clock)))
        notices.append(
            BackupNotice(
                "backup_failed",
                f"The backup of {made_at} could not be made in {newest.place}. "
                "Plug the disk in or choose another place, then back up now.",
            )
        )
    elif not plan.is_default and not plan.folder.is_dir():
        notices.append(
            BackupNotice(
                "backup_place_missing",
                f"The place for backups is not there: {plan.folder}. Plug the disk in or choose another.",
            )
        )
    if newest_judged is not None and newest_judged.verdict not in {"OK", "EXPLAINED"}:
        notices.append(
            BackupNotice(
                "backup_bad",
                f"The newest backup was checked: {newest_judged.verdict}. Back up now, to another disk.",
            )
        )
    notices += _only_copies(clinic)
    good_at = _newest(clinic, good_only=True)
    without = now - (good_at or opened_at)
    if without >= timedelta(hours=LATE_AFTER * plan.every_h):
        days = max(1, without.days)
        words = "1 day" if days == 1 else f"{days} days"
        since = f"No good backup for {words}." if good_at else f"No backup was proven yet, after {words}."
        notices.append(BackupNotice("no_good_backup", f"{since} Back up now."))
    elif plan.is_own_disk:
        notices.append(
            BackupNotice(
                OWN_DISK,
                "Backups lie on this PC alone and are lost with it. Choose a removable disk for them.",
            )
        )
    return tuple(notices)


def _newest(clinic: OpenClinic, *, good_only: bool) -> datetime | None:
    """When the newest backup was made that may be relied on, or merely was made."""
    wanted = select(Backup).where(Backup.kind != NOT_MADE, Backup.removed_at.is_(None))
    if good_only:
        wanted = wanted.where(Backup.verdict.in_(("OK", "EXPLAINED")))
    with clinic.store.reading() as session:
        for row in session.scalars(wanted.order_by(Backup.made_at.desc())):
            # One of a history that this clinic left brings back nothing of today's.
            if not (good_only and only_copies_in(session, [row])[row.id]):
                return row.made_at
    return None


def _only_copies(clinic: OpenClinic) -> list[BackupNotice]:
    """One sentence about all backups that hold what the clinic's log lacks."""
    with clinic.store.reading() as session:
        rows = session.scalars(
            select(Backup)
            .where(Backup.removed_at.is_(None), Backup.verdict.is_not(None), Backup.verdict != "OK")
            .order_by(Backup.made_at.desc())
        ).all()
        marks = only_copies_in(session, rows)
        lone = [row for row in rows if marks.get(row.id)]
        if not lone:
            return []
        newest = plain_moment(lone[0].made_at.astimezone(zone_of(clinic.clock)))
        place = lone[0].place
    if len(lone) == 1:
        holds = f"The backup of {newest} in {place} holds entries that this clinic's log lacks."
    else:
        holds = (
            f"{len(lone)} backups hold entries that this clinic's log lacks, the newest that of {newest} in "
            f"{place}."
        )
    return [
        BackupNotice(
            ONLY_COPY,
            f"{holds} They may be nowhere else, so no plan removes what holds them. To read them, restore "
            "that backup into an empty folder.",
        )
    ]


def _write_locked_plan(data_folder: Path, value: dict[str, Any]) -> None:
    """What the program needs of the plan while it is locked: when and where to, nothing of anybody's."""
    folder = data_folder / BACKUPS
    with told_plainly():
        folder.mkdir(exist_ok=True)
        needed = {name: value[name] for name in ("folder", "every_h", "at_close")}
        replace_small_file(folder / LOCKED_PLAN, json.dumps(needed))
