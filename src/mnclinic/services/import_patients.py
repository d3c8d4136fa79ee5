"""Bring a roster file in: every row accounted for, and the whole import undone in one step."""

import hashlib
import itertools
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.matching import PatientIndex, Person, tell_apart
from mnclinic.domain.person_details import line_of
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.interchange.roster import RosterFile, RosterRow, read_roster
from mnclinic.models import (
    Attachment,
    ConsentWithdrawal,
    ImportBatch,
    MedicalHistory,
    Patient,
    Photo,
    PlannedVisit,
    Visit,
    VisitAmendment,
    instant_text,
)
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.add_patient import (
    NewPatient,
    next_record_number,
    patient_act,
    patient_bytes,
    patient_row,
)
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

DateOrder = Literal["mdy", "dmy", "ymd"]


@dataclass(frozen=True)
class RowProblem:
    """Why a row was not added, or what of it could not be used. `line` is where it starts in the file."""

    line: int
    reason: str


@dataclass(frozen=True)
class PatientsImported:
    """The account of a roster: `rows` is the sum of `added`, `duplicates` and `refused`.

    `problems` tell every refused row and every possible duplicate; `notes` what of an added row could
    only be kept as a note. `import_id` is None for a dry run and where nobody was added.
    """

    rows: int
    added: int
    duplicates: int
    refused: int
    problems: tuple[RowProblem, ...]
    notes: tuple[RowProblem, ...]
    unknown_columns: tuple[str, ...]
    date_order: str | None
    encoding: str
    import_id: str | None


def import_patients(
    clinic: OpenClinic, path: Path, *, date_order: DateOrder | None, dry_run: bool
) -> PatientsImported:
    """Add everybody in a roster file who is not there yet, in one transaction, or say what would be done.

    A possible duplicate is not added; importing the same file again adds nobody.

    Raises InvalidInput where the file cannot be read as a roster or a date order has to be said.
    """
    clinic.require(RoleAct.IMPORT_PATIENTS)
    roster = read_roster(path, date_order=date_order, today=clinic.clock.now().date())
    if not roster.rows and not roster.refused:
        raise InvalidInput("The roster has headings and no row under them. Nothing was imported.")
    with clinic.work() as work:
        told = tell_apart((row.person for row in roster.rows), _index(work.session))
        by_line = {row.person.ref: row for row in roster.rows}
        new = [by_line[person.ref] for person in told.new]
        problems = [RowProblem(one.line, one.reason) for one in roster.refused]
        for duplicate in told.duplicates:
            match = duplicate.matches[0]
            # A row of this file is called by its line; a stored patient by a reference that says nothing.
            other = match.ref if match.ref.startswith("line ") else "a patient on the roster"
            line = by_line[duplicate.candidate.ref].line
            problems.append(RowProblem(line, f"Possible duplicate of {other}. {match.reason}"))
        import_id = None
        if new and not dry_run:
            import_id = str(uuid.uuid4())
            batch = ImportBatch(
                id=import_id,
                file_name=line_of(path.name),
                sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
                imported_at=clinic.clock.now(),
                imported_by=clinic.person.staff_id,
                added=len(new),
            )
            work.session.add(batch)
            work.session.flush()
            number = int(next_record_number(work.session)[2:])
            # A number given here must not be one that a later row brings along.
            taken = {row.record_number for row in new}
            free = (given for one in itertools.count(number) if (given := f"P-{one:06d}") not in taken)
            patients = [
                patient_row(
                    _new(row),
                    record_number=row.record_number or next(free),
                    clinic=clinic,
                    import_id=import_id,
                )
                for row in new
            ]
            work.session.add_all(patients)
            work.session.flush()
            for patient in patients:
                work.log.record(patient_act(patient))
            work.log.record(_entered("import.made", "C", batch))
            work.commit(checkpoint=True)
    return _account(roster, len(new), len(told.duplicates), problems, import_id)


def _account(
    roster: RosterFile,
    added: int,
    duplicates: int,
    problems: Sequence[RowProblem],
    import_id: str | None,
) -> PatientsImported:
    return PatientsImported(
        rows=len(roster.rows) + len(roster.refused),
        added=added,
        duplicates=duplicates,
        refused=len(roster.refused),
        problems=tuple(sorted(problems, key=lambda one: one.line)),
        notes=tuple(RowProblem(row.line, note) for row in roster.rows for note in row.notes),
        unknown_columns=roster.unknown_columns,
        date_order=roster.date_order,
        encoding=roster.encoding,
        import_id=import_id,
    )


def _index(session: Session) -> PatientIndex:
    rows = session.execute(
        select(
            Patient.ref,
            Patient.record_number,
            Patient.last_name,
            Patient.first_name,
            Patient.born_on,
            Patient.phone_digits,
            Patient.email,
        )
    )
    return PatientIndex(Person(*row) for row in rows)


def _new(row: RosterRow) -> NewPatient:
    notes = [*row.notes, *(f"Other phone: {phone}" for phone in row.other_phones)]
    return NewPatient(
        last_name=row.last_name,
        first_name=row.first_name,
        born_on=row.born_on.isoformat() if row.born_on else None,
        sex=row.sex or "",
        phone=row.phone or "",
        email=row.email or "",
        address=row.address or "",
        allergies=row.allergies or "",
        fitzpatrick=row.fitzpatrick,
        notes="\n".join(notes),
    )


def import_bytes(row: ImportBatch) -> bytes:
    """The canonical bytes of an import, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.import/1",
            "id": row.id,
            "file_name": unicodedata.normalize("NFC", row.file_name),
            "sha256": row.sha256,
            "imported_at": instant_text(row.imported_at),
            "imported_by": row.imported_by,
            "added": row.added,
            "undone_at": instant_text(row.undone_at) if row.undone_at else None,
        }
    )


def _count_about(
    session: Session,
    table: type[Visit | PlannedVisit | MedicalHistory | Attachment | Photo | ConsentWithdrawal],
    import_id: str,
) -> int | None:
    """How many rows of the table are about people of this import."""
    return session.scalar(
        select(func.count())
        .select_from(table)
        .join(Patient, Patient.ref == table.patient_ref)
        .where(Patient.import_id == import_id)
    )


def _entered(action: str, kind: str, row: ImportBatch) -> Act:
    return Act(
        action,
        kind,
        object=LoggedObject("import", row.id, 1 + (row.undone_at is not None), import_bytes(row)),
        categories=("demographics",),
    )


def undo_import(clinic: OpenClinic, import_id: str) -> int:
    """Take a whole import back; returns how many people left the roster.

    Their log entries stay, and one more for each says that they were taken back.

    Raises:
        InvalidInput: there is no such import, or it was undone before.
        ActionRefused: somebody of it has a visit by now, or was changed. Nobody was removed.
    """
    clinic.require(RoleAct.UNDO_IMPORT)
    with clinic.work() as work:
        batch = work.session.get(ImportBatch, import_id)
        if batch is None or batch.undone_at is not None:
            raise InvalidInput(
                "There is no import of that name that could be undone. Nothing was changed.",
                [Problem("undo", "Give the name that the import printed.")],
            )
        busy = _count_about(work.session, Visit, import_id)
        if busy:
            raise ActionRefused(
                [
                    Refusal(
                        "import_in_use",
                        f"{busy} visits hang on people of this import, so it cannot be undone any more. "
                        "Nobody was removed.",
                    )
                ]
            )
        planned = _count_about(work.session, PlannedVisit, import_id)
        if planned:
            raise ActionRefused(
                [
                    Refusal(
                        "import_in_use",
                        f"Visits are or were planned for people of this import ({planned}), so it cannot be "
                        "undone any more. Nobody was removed.",
                    )
                ]
            )
        written = _count_about(work.session, MedicalHistory, import_id)
        if written:
            raise ActionRefused(
                [
                    Refusal(
                        "import_in_use",
                        f"Allergies, medicines or conditions of people of this import were written down "
                        f"({written}), so it cannot be undone any more. Nobody was removed.",
                    )
                ]
            )
        papers = sum(
            _count_about(work.session, one, import_id) or 0 for one in (Attachment, Photo, ConsentWithdrawal)
        )
        if papers:
            raise ActionRefused(
                [
                    Refusal(
                        "import_in_use",
                        "Scans, photographs or withdrawn consents of people of this import are kept "
                        f"({papers}), so it cannot be undone any more. Nobody was removed.",
                    )
                ]
            )
        misfiled = work.session.scalar(
            select(func.count())
            .select_from(VisitAmendment)
            .join(Patient, Patient.ref == VisitAmendment.right_patient)
            .where(Patient.import_id == import_id)
        )
        if misfiled:
            raise ActionRefused(
                [
                    Refusal(
                        "import_in_use",
                        f"{misfiled} visits filed to other patients are signed to be of people of this "
                        "import, so it cannot be undone any more. Nobody was removed.",
                    )
                ]
            )
        people = work.session.scalars(select(Patient).where(Patient.import_id == import_id)).all()
        if changed := sum(one.revision > 1 for one in people):
            raise ActionRefused(
                [
                    Refusal(
                        "import_in_use",
                        f"{changed} people of this import were changed, merged or put under a legal hold "
                        "since, so it cannot be undone any more. Nobody was removed.",
                    )
                ]
            )
        for patient in people:
            work.log.record(
                Act(
                    "import.undone",
                    "D",
                    subject=patient.ref,
                    object=LoggedObject("removed_patient", patient.ref, 1, patient_bytes(patient)),
                    categories=("demographics",),
                )
            )
            work.session.delete(patient)
        batch.undone_at = clinic.clock.now()
        work.log.record(_entered("import.taken_back", "D", batch))
        work.commit(checkpoint=True)
        return len(people)
