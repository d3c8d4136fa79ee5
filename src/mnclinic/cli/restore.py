"""`restore`: bring a clinic back, or try that out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mnclinic.cli.answer import VERDICT_STATUS, Answer
from mnclinic.cli.empty import EMPTY
from mnclinic.cli.proving import AT_MOST_BYTES, prove_backups, telling
from mnclinic.cli.request import SHEET_CODE, Request, read_secret
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.open_clinic import clinic_is_here
from mnclinic.services.restore_clinic import Restored
from mnclinic.services.restore_drill import DrillDone
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import NewPerson

SAME_HANDS = (
    "Every password here went through the same hands, so nobody independent could confirm it, and the record "
    "says so."
)
WHO_HOLDS_IT = "whoever holds the recovery sheet"


def restore(request: Request) -> Answer:
    """Restore into --data-dir, or with --drill into a folder that is deleted again."""
    if request.options.confirm:
        return _confirm(request)
    backup: Path | None = request.options.backup
    if backup is None:
        raise InvalidInput("No backup was named. Nothing was done. Name the folder of one.")
    if not backup.exists():
        what = "There is no backup of that name here."
        raise InvalidInput(
            f"{what} Nothing was done. Name the folder of one; a removable disk has to be plugged in.",
            [Problem("backup", what)],
        )
    if request.options.drill is not None:
        return _drill(request, backup, request.options.drill)
    began_ms = request.clock.monotonic_ms()
    done = _restored(request, backup)
    took_ms = request.clock.monotonic_ms() - began_ms
    checked = done.checked
    lines = [
        f"{done.clinic_name} stands again in {done.folder}: {checked.verdict}",
        f"As of {done.made_at:%Y-%m-%d %H:%M} UTC; what was entered later is not in this backup.",
        *(f"  {one.where}: {one.what}" for one in checked.findings),
        *(f"  {note}" for note in checked.notes),
        "Users and passwords are those of then: end the access of whoever has left since.",
        *(f"  {words}: {count}" for words, count in checked.counts.items()),
        *(f"  {step.name}: {step.took_ms} ms" for step in done.steps),
    ]
    return Answer(
        {
            **EMPTY["restore"],
            "data_dir": str(done.folder),
            "backup": done.backup,
            "made_at": done.made_at.isoformat(timespec="seconds"),
            "verdict": checked.verdict,
            "findings": [{"where": one.where, "what": one.what} for one in checked.findings],
            "counts": dict(checked.counts),
            "notes": list(checked.notes),
            "steps": [{"name": step.name, "took_ms": step.took_ms} for step in done.steps],
            "took_ms": took_ms,
            "error": None,
        },
        lines,
        VERDICT_STATUS[checked.verdict],
    )


def _restored(request: Request, backup: Path) -> Restored:
    """With a user's password, or with the recovery sheet and a new administrator."""
    from mnclinic.services.restore_clinic import restore_clinic, restore_with_sheet

    options = request.options
    if options.sheet_file is None:
        return restore_clinic(
            backup,
            request.data_dir,
            user=request.user(),
            password=request.password(),
            clock=request.clock,
            watch=telling(request.clock),
            even_if_altered=options.even_if_altered,
        )
    lacking = [
        Problem(word, "It is needed to restore with the recovery sheet.")
        for word, value in (
            ("--new-user", options.new_user),
            ("--full-name", options.full_name),
            ("--new-password-file", options.new_password_file),
        )
        if not value
    ]
    if lacking:
        raise InvalidInput(
            "The recovery sheet opens a backup for a new administrator, who was not named. Nothing was done.",
            lacking,
        )
    administrator = NewPerson(
        options.new_user, options.full_name, "administrator", "", read_secret(options.new_password_file)
    )
    return restore_with_sheet(
        backup,
        request.data_dir,
        code=read_secret(options.sheet_file, SHEET_CODE),
        person=administrator,
        clock=request.clock,
        watch=telling(request.clock),
        even_if_altered=options.even_if_altered,
    )


def _confirm(request: Request) -> Answer:
    """As a second person, confirm the administrator whom the recovery sheet made."""
    from mnclinic.services.recover_clinic import confirm_recovery

    with request.clinic() as (clinic, _):
        confirmed = confirm_recovery(clinic)
        by = clinic.person.user
    return Answer(
        {
            **EMPTY["restore"],
            "data_dir": str(request.data_dir),
            "confirmed": confirmed.openings,
            "confirmed_by": by,
            "nobody_else": confirmed.nobody_else,
            "error": None,
        },
        [
            "Confirmed. The clinic can be worked in again.",
            *([SAME_HANDS] if confirmed.nobody_else else []),
        ],
    )


def _drill(request: Request, backup: Path, out: Path) -> Answer:
    from mnclinic.services.restore_drill import restore_drill

    if request.options.sheet_file is not None:
        done = _drilled_with_sheet(request, backup, out)
    else:
        user, password = request.user(), request.password()
        with _live(request, user, password) as live:
            done = restore_drill(
                backup,
                out,
                user=user,
                password=password,
                clock=request.clock,
                live=live,
                watch=telling(request.clock),
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
            **EMPTY["restore"],
            "backup": found.backup,
            "made_at": found.backup_made_at.isoformat(timespec="seconds"),
            "verdict": found.verdict,
            "findings": [{"where": where, "what": what} for where, what in found.findings],
            "counts": {words.lower(): count for words, count in found.counts},
            "steps": [{"name": step.name, "took_ms": step.took_ms} for step in found.steps],
            "took_ms": done.took_ms,
            "record": str(done.record),
            "error": None,
        },
        lines,
        VERDICT_STATUS[found.verdict],
    )


def _drilled_with_sheet(request: Request, backup: Path, out: Path) -> DrillDone:
    """With the recovery sheet; where there is a clinic, whoever drills logs in there, for its log."""
    from mnclinic.services.restore_drill import restore_drill_with_sheet

    options = request.options
    if str(options.sheet_file) == "-" and getattr(options, "password_file", None) == "-":
        raise InvalidInput(
            "The password and the code cannot both come from standard input. Nothing was done. "
            "Name a file for one of them."
        )
    code = read_secret(options.sheet_file, SHEET_CODE)
    if not clinic_is_here(request.data_dir):
        return restore_drill_with_sheet(
            backup,
            out,
            code=code,
            ran_by=options.full_name or WHO_HOLDS_IT,
            clock=request.clock,
            watch=telling(request.clock),
        )
    with _live(request, request.user(), request.password()) as live:
        return restore_drill_with_sheet(
            backup,
            out,
            code=code,
            ran_by=live.person.name if live is not None else WHO_HOLDS_IT,
            clock=request.clock,
            live=live,
            watch=telling(request.clock),
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
        prove_backups(clinic, password, at_most_bytes=AT_MOST_BYTES)
        yield clinic
    finally:
        clinic.close()
