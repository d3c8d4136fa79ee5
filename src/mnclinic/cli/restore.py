"""`restore`: bring a clinic back, or try that out."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mnclinic.cli.answer import VERDICT_STATUS, Answer
from mnclinic.cli.backups import telling
from mnclinic.cli.request import Request
from mnclinic.errors import InvalidInput
from mnclinic.services.open_clinic import clinic_is_here
from mnclinic.services.session import OpenClinic


def restore(request: Request) -> Answer:
    """Restore into --data-dir, or with --drill into a folder that is deleted again."""
    backup: Path | None = request.options.backup
    if backup is None:
        raise InvalidInput("No backup was named. Nothing was done. Name the folder of one.")
    if request.options.drill is not None:
        return _drill(request, backup, request.options.drill)
    from mnclinic.services.restore_clinic import restore_clinic

    began_s = time.monotonic()
    done = restore_clinic(
        backup,
        request.data_dir,
        user=request.user(),
        password=request.password(),
        clock=request.clock,
        watch=telling(),
    )
    took_ms = round((time.monotonic() - began_s) * 1000)
    checked = done.checked
    lines = [
        f"{done.clinic_name} stands again in {done.folder}: {checked.verdict}",
        f"As of {done.made_at:%Y-%m-%d %H:%M} UTC; what was entered later is not in this backup.",
        *(f"  {words}: {count}" for words, count in checked.counts.items()),
        *(f"  {step.name}: {step.took_ms} ms" for step in done.steps),
    ]
    return Answer(
        {
            "data_dir": str(done.folder),
            "backup": done.backup,
            "made_at": done.made_at.isoformat(timespec="seconds"),
            "verdict": checked.verdict,
            "counts": dict(checked.counts),
            "steps": [{"name": step.name, "took_ms": step.took_ms} for step in done.steps],
            "took_ms": took_ms,
            "record": None,
            "error": None,
        },
        lines,
        VERDICT_STATUS[checked.verdict],
    )


def _drill(request: Request, backup: Path, out: Path) -> Answer:
    from mnclinic.services.restore_drill import restore_drill

    user, password = request.user(), request.password()
    with _live(request, user, password) as live:
        done = restore_drill(
            backup, out, user=user, password=password, clock=request.clock, live=live, watch=telling()
        )
    found = done.found
    lines = [
        f"{found.verdict}: {found.backup} can be brought back",
        *(f"  {where}: {what}" for where, what in found.findings),
        *(f"  {words}: {count}" for words, count in found.counts),
        *(f"  {step.name}: {step.took_ms} ms" for step in found.steps),
        f"The record: {done.record}",
    ]
    return Answer(
        {
            "data_dir": None,
            "backup": found.backup,
            "made_at": found.backup_made_at.isoformat(timespec="seconds"),
            "verdict": found.verdict,
            "counts": {words.lower(): count for words, count in found.counts},
            "steps": [{"name": step.name, "took_ms": step.took_ms} for step in found.steps],
            "took_ms": done.took_ms,
            "record": str(done.record),
            "error": None,
        },
        lines,
        VERDICT_STATUS[found.verdict],
    )


@contextmanager
def _live(request: Request, user: str, password: str) -> Iterator[OpenClinic | None]:
    """The live clinic, where there is one, so that the drill is entered in its log."""
    from mnclinic.services.open_clinic import open_clinic

    if not clinic_is_here(request.data_dir):
        yield None
        return
    clinic = open_clinic(request.data_dir, user, password, clock=request.clock)
    try:
        yield clinic
    finally:
        clinic.close()
