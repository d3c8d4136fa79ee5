"""Try a backup out: restore it into a private folder, check everything, delete it, print a record."""

import secrets
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from mnclinic.audit.note import NotACheckpoint, parse_checkpoint
from mnclinic.documents.restore_record import DrillRecord, DrillStep, restore_record_pdf
from mnclinic.domain.instants import Clock, zone_of
from mnclinic.errors import ClinicError, ClinicReadOnly
from mnclinic.security.roles import Role
from mnclinic.services.check_store import check_store
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.out_place import refuse_place
from mnclinic.services.print_documents import newest_note, write_page
from mnclinic.services.restore_clinic import Restored, restore_clinic, restore_with_sheet
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import NewPerson
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.folder_use import FolderUse
from mnclinic.store.log_writer import Act
from mnclinic.store.trouble import told_plainly

PRIVATE_PREFIX = "mnclinic-drill-"

COUNTED = (
    ("Patients", "patients"),
    ("Visits", "visits"),
    ("Revisions", "visit revisions"),
    ("Signatures", "signatures"),
    ("Log entries", "log entries"),
)


@dataclass(frozen=True)
class DrillDone:
    """A restore drill, as its record says. `record` is the PDF, without patient data and not encrypted."""

    found: DrillRecord
    record: Path

    @property
    def took_ms(self) -> int:
        """All steps together."""
        return sum(step.took_ms for step in self.found.steps)


def restore_drill(
    backup: Path,
    out: Path,
    *,
    user: str,
    password: str,
    clock: Clock,
    live: OpenClinic | None = None,
    watch: Watch = unwatched,
) -> DrillDone:
    """Restore a backup for trial with a user's password, and print the record to `out`.

    The trial copy lies in a folder of the system's own for temporary files, encrypted as the backup is,
    readable by this account alone, and is deleted whatever happens. With `live`, the drill is entered in
    the clinic's log, and a drill that failed as well.

    Raises:
        InvalidInput: the record's file is there already.
        As `restore_clinic`; the clinic itself is never touched.
    """

    def restored(folder: Path) -> Restored:
        return restore_clinic(backup, folder, user=user, password=password, clock=clock, watch=watch)

    return _drill(_Way(restored, user, password, "a password"), backup, out, clock, live, watch)


def restore_drill_with_sheet(
    backup: Path,
    out: Path,
    *,
    code: str,
    ran_by: str,
    clock: Clock,
    live: OpenClinic | None = None,
    watch: Watch = unwatched,
) -> DrillDone:
    """The same with the recovery sheet of the backup's time: the way back when nobody's password is left.

    The new administrator whom the sheet makes lives in the trial copy alone, with a password that nobody
    ever sees. Nothing changes about the sheet: it opens what it opened before.

    Args:
        backup: The backup's folder.
        out: Where the record goes; nothing is overwritten.
        code: The sheet's, as typed or scanned.
        ran_by: Whose name stands on the record.
        clock: Where the time comes from.
        live: The clinic whose log the drill is entered in.
        watch: Told how far it is; may stop it.

    Raises: as `restore_drill`, and InvalidInput or WrongCredentials for the code.
    """
    user, password = f"drill-{secrets.token_hex(4)}", secrets.token_hex(32)
    person = NewPerson(user, "Restore drill", Role.ADMINISTRATOR.value, "", password)

    def restored(folder: Path) -> Restored:
        return restore_with_sheet(backup, folder, code=code, person=person, clock=clock, watch=watch)

    way = _Way(restored, user, password, "the recovery sheet", ran_by)
    return _drill(way, backup, out, clock, live, watch)


@dataclass(frozen=True)
class _Way:
    """How a trial copy is restored, and who opens it then. `ran_by` None: whoever opens it."""

    restored: Callable[[Path], Restored]
    user: str
    password: str = field(repr=False)
    words: str
    ran_by: str | None = None


def _drill(  # noqa: PLR0917 - two callers, which hand on what they were given
    way: _Way, backup: Path, out: Path, clock: Clock, live: OpenClinic | None, watch: Watch
) -> DrillDone:
    refuse_place(out, overwrites=False, where="drill")
    clear_killed_drills()
    with told_plainly():
        private = Path(tempfile.mkdtemp(prefix=PRIVATE_PREFIX))
    in_use = FolderUse.shared(private)
    try:
        found = _drilled(way, private / "clinic", clock=clock, watch=watch)
    except ClinicError as error:
        if live is not None:
            with suppress(ClinicError):
                _enter(live, backup.name, "FAILED", {"why": error.sentence, "opened_with": way.words})
        raise
    finally:
        in_use.release()
        shutil.rmtree(private, ignore_errors=True)
    if live is not None:
        with live.store.reading() as session:
            found = replace(found, checkpoint=newest_note(session))
    write_page(restore_record_pdf(found), out)
    if live is not None:
        took_ms = sum(step.took_ms for step in found.steps)
        _enter(live, backup.name, found.verdict, {"took_ms": took_ms, "opened_with": way.words})
    return DrillDone(found, out)


def clear_killed_drills(folder: Path | None = None) -> None:
    """Delete the trial copies that drills left behind which were killed. A drill under way keeps its own."""
    for left in (folder or Path(tempfile.gettempdir())).glob(f"{PRIVATE_PREFIX}*"):
        # Somebody else's, or one of this moment, is not ours to delete.
        with suppress(OSError, ClinicError):
            if left.is_symlink() or not left.is_dir():
                continue
            with FolderUse.exclusive(left):
                pass
            shutil.rmtree(left)


def _drilled(way: _Way, folder: Path, *, clock: Clock, watch: Watch) -> DrillRecord:
    """Restore, open, check, count, delete; each step timed."""
    restored = way.restored(folder)
    steps = [DrillStep(step.name, step.took_ms) for step in restored.steps]
    began_ms = clock.monotonic_ms()
    go_on(watch, "opening")
    clinic = open_clinic(folder, way.user, way.password, clock=clock, is_trial=True)
    try:
        again = check_store(clinic)
        ran_at, by = clinic.clock.now(), way.ran_by or clinic.person.name
        facts = clinic.facts
    finally:
        clinic.close()
    checked_ms = clock.monotonic_ms()
    steps.append(DrillStep("Opened again and checked as a clinic", checked_ms - began_ms))
    with told_plainly():
        shutil.rmtree(folder)
    steps.append(DrillStep("Deleted", clock.monotonic_ms() - checked_ms))
    proven = restored.checked
    return DrillRecord(
        clinic_name=facts.name,
        vault=facts.vault,
        backup=restored.backup,
        backup_made_at=restored.made_at.astimezone(zone_of(clock)),
        manifest_sha256=proven.manifest_sha256,
        size_bytes=proven.manifest.size_bytes,
        log_size=proven.log_size or 0,
        log_root=_root_of(proven.manifest.checkpoint),
        verdict=again.verdict,
        findings=tuple((one.where, one.what) for one in again.findings),
        counts=tuple((words, proven.counts[name]) for words, name in COUNTED),
        steps=tuple(steps),
        ran_at=ran_at,
        ran_by=by,
        opened_with=way.words,
        is_demo=facts.is_demo,
        # Of the clinic as the backup holds it; whoever has the clinic itself open puts a newer one there.
        checkpoint=_readable(proven.manifest.checkpoint),
    )


def _readable(checkpoint: bytes | None) -> bytes | None:
    """The checkpoint, unless it is none that could be printed."""
    return checkpoint if _root_of(checkpoint) else None


def _root_of(checkpoint: bytes | None) -> str:
    with suppress(NotACheckpoint):
        if checkpoint is not None:
            return parse_checkpoint(checkpoint).root.hex()
    return ""


def _enter(live: OpenClinic, backup: str, verdict: str, detail: dict[str, object]) -> None:
    """Enter the drill in the clinic's own log, unless nothing can be stored there at present."""
    if live.read_only is not None:
        raise ClinicReadOnly(live.read_only)
    with live.work() as work:
        work.log.record(
            Act(
                "restore.drill",
                "E",
                categories=("backup",),
                detail={"backup": backup, "verdict": verdict, **detail},
            )
        )
        work.commit()
