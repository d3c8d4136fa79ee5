"""`backup`, `backup list`, `backup verify`, `backup pin` and `backup plan`."""

from typing import Any

from mnclinic.cli.answer import VERDICT_STATUS, Answer
from mnclinic.cli.empty import EMPTY
from mnclinic.cli.proving import NOT_PROVEN_YET, telling
from mnclinic.cli.request import Request
from mnclinic.domain.backup_rotation import Keep
from mnclinic.errors import BackupUnusable, InvalidInput, Problem
from mnclinic.security.roles import Act
from mnclinic.services.adopt_found_backups import adopt_found_backups
from mnclinic.services.backup_rows import BackupView
from mnclinic.services.check_backup import BackupChecked

_KINDS_KEPT = 3


def make(request: Request) -> Answer:
    """Make a backup now; with --closed a byte copy that needs no password."""
    if request.options.closed:
        return _copy_closed(request)
    from mnclinic.services.back_up import back_up

    with request.clinic() as (clinic, _):
        adopt_found_backups(clinic)
        made = back_up(clinic, request.options.to, watch=telling(request.clock))
    checked = made.checked
    lines = [
        f"{checked.verdict}: {made.backup.folder}",
        f"{made.backup.size_bytes:,} bytes, {made.backup.log_size} log entries",
        *(f"  {one.where}: {one.what}" for one in checked.findings),
        *(f"  made room: {name}" for name in made.removed),
    ]
    document = {
        "backup": _row(made.backup),
        **_checked(checked),
        "removed": list(made.removed),
        "error": None,
    }
    return Answer(document, lines, VERDICT_STATUS[checked.verdict])


def _copy_closed(request: Request) -> Answer:
    from mnclinic.services.copy_closed_clinic import copy_closed_clinic

    written = copy_closed_clinic(
        request.data_dir, request.options.to, clock=request.clock, watch=telling(request.clock)
    )
    row = {
        "name": written.folder.name,
        "folder": str(written.folder.resolve()),
        "made_at": written.manifest.made_at.isoformat(timespec="seconds"),
        "kind": written.manifest.kind,
        "size_bytes": written.manifest.size_bytes,
        "log_size": None,
        "verdict": None,
        "checked_at": None,
        "is_pinned": False,
        "is_only_copy": False,
        "is_there": True,
    }
    lines = [f"Copied to {written.folder}. {NOT_PROVEN_YET}"]
    return Answer({**EMPTY["backup"], "backup": row, "error": None}, lines)


def list_all(request: Request) -> Answer:
    """Every backup that the clinic knows, newest first, after taking in those that were found."""
    from mnclinic.services.backup_plan import backup_notices
    from mnclinic.services.list_backups import list_backups

    with request.clinic() as (clinic, password):
        # Before the taking in, which is another right: whoever may not look is told that.
        clinic.require(Act.VIEW_BACKUPS)
        adopt_found_backups(
            clinic,
            request.options.to,
            user=clinic.person.user,
            password=password,
            watch=telling(request.clock),
        )
        rows = list_backups(clinic)
        notices = backup_notices(clinic)
    lines = [f"{len(rows)} backups"]
    lines += [_line(row) for row in rows]
    lines += [f"! {notice.sentence}" for notice in notices]
    return Answer(
        {
            "backups": [_row(row) for row in rows],
            "notices": [{"code": one.code, "sentence": one.sentence} for one in notices],
            "error": None,
        },
        lines,
    )


def verify(request: Request) -> Answer:
    """Open one backup and check everything in it. A folder, or a name from the list."""
    from mnclinic.services.check_backup import check_backup
    from mnclinic.services.list_backups import find_backup

    with request.clinic() as (clinic, password):
        folder = find_backup(clinic, request.options.backup)
        try:
            checked = check_backup(
                clinic, folder, user=request.user(), password=password, watch=telling(request.clock)
            )
        except BackupUnusable as error:
            findings = [{"where": folder.name, "what": error.sentence}]
            return Answer(
                {**EMPTY["backup verify"], "verdict": "UNREADABLE", "findings": findings, "error": None},
                [f"UNREADABLE: {folder}", f"  {error.sentence}"],
                VERDICT_STATUS["UNREADABLE"],
            )
    lines = [
        f"{checked.verdict}: {folder}",
        *(f"  {one.where}: {one.what}" for one in checked.findings),
        *(f"  {words}: {count}" for words, count in checked.counts.items()),
        *(f"  {note}" for note in checked.notes),
    ]
    return Answer({**_checked(checked), "error": None}, lines, VERDICT_STATUS[checked.verdict])


def pin(request: Request) -> Answer:
    """Keep a backup for ever, or let it go again."""
    from mnclinic.services.pin_backup import pin_backup

    with request.clinic() as (clinic, _):
        row = pin_backup(clinic, request.options.backup, is_pinned=not request.options.off)
    words = "is kept for ever" if row.is_pinned else "may be rotated out again"
    return Answer({"backup": _row(row), "error": None}, [f"{row.name} {words}."])


def plan(request: Request) -> Answer:
    """Show the plan, or change what is given."""
    from mnclinic.services.backup_plan import change_plan, plan_of

    options = request.options
    hold, close = options.legal_hold, options.at_close
    changes: dict[str, Any] = {
        "folder": options.folder,
        "every_h": options.every_h,
        "at_close": None if close is None else close == "yes",
        "keep": None if options.keep is None else _keep(options.keep),
        "legal_hold": None if hold is None else hold == "on",
    }
    with request.clinic() as (clinic, _):
        if any(value is not None for value in changes.values()):
            found = change_plan(clinic, **changes, reason=options.reason)
        else:
            found = plan_of(clinic)
    kept = found.keep
    document = {
        "folder": str(found.folder),
        "every_h": found.every_h,
        "at_close": found.at_close,
        "keep": {"daily": kept.daily, "weekly": kept.weekly, "monthly": kept.monthly},
        "legal_hold": found.legal_hold,
        "is_own_disk": found.is_own_disk,
    }
    lines = [
        f"Into {found.folder}, every {found.every_h} hours{' and at closing' if found.at_close else ''}.",
        f"Kept: {kept.daily} days, {kept.weekly} weeks, {kept.monthly} months; pinned ones for ever.",
    ]
    if found.legal_hold:
        lines.append("A legal hold is on: no backup is removed.")
    if found.is_own_disk:
        lines.append("These backups lie on this PC alone. Name a removable disk with --folder.")
    return Answer({"plan": document, "error": None}, lines)


def _keep(text: str) -> Keep:
    counts = text.split(",")
    if len(counts) != _KINDS_KEPT or not all(one.strip().isdecimal() for one in counts):
        what = "Write three whole numbers: days, weeks, months, for example 7,5,12."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("keep", what)])
    daily, weekly, monthly = map(int, counts)
    return Keep(daily, weekly, monthly)


def _checked(checked: BackupChecked) -> dict[str, Any]:
    return {
        "verdict": checked.verdict,
        "findings": [{"where": one.where, "what": one.what} for one in checked.findings],
        "counts": dict(checked.counts),
        "notes": list(checked.notes),
    }


def _row(row: BackupView) -> dict[str, Any]:
    return {
        "name": row.name,
        "folder": str(row.folder),
        "made_at": row.made_at.isoformat(timespec="seconds"),
        "kind": row.kind,
        "size_bytes": row.size_bytes,
        "log_size": row.log_size,
        "verdict": row.verdict,
        "checked_at": row.checked_at.isoformat(timespec="seconds") if row.checked_at else None,
        "is_pinned": row.is_pinned,
        "is_only_copy": row.is_only_copy,
        "is_there": row.is_there,
    }


def _line(row: BackupView) -> str:
    said = row.verdict or "not proven yet"
    also = "  pinned" if row.is_pinned else ""
    also += "  holds entries that this clinic lacks" if row.is_only_copy else ""
    also += "" if row.is_there else "  not there now"
    return f"{row.name}  {said:<15} {row.size_bytes:>12,} bytes  {row.place}{also}"
