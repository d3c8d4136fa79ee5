"""Put a person on the roster."""

import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.names import digits, fold
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Patient
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

NAME_MAX = 120
OLDEST_AGE = 120
NUMBER_FORM = "P-" + "[0-9]" * 6


@dataclass(frozen=True)
class NewPatient:
    """What is known of a person; empty text and None are "not known". `born_on` is YYYY-MM-DD."""

    last_name: str
    first_name: str
    born_on: str | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    allergies: str = ""
    fitzpatrick: int | None = None
    notes: str = ""
    record_number: str = ""


@dataclass(frozen=True)
class PatientAdded:
    """A person is on the roster."""

    ref: str
    record_number: str
    name: str


def problems_of(new: NewPatient, *, today: date) -> tuple[Problem, ...]:
    """Everything that is wrong with what was typed, field by field."""
    problems = []
    if not new.last_name.strip():
        problems.append(Problem("last_name", "Enter the last name."))
    if not new.first_name.strip():
        problems.append(Problem("first_name", "Enter the first name."))
    problems += [
        Problem(field, f"At most {NAME_MAX} characters.")
        for field, text in (("last_name", new.last_name), ("first_name", new.first_name))
        if len(text) > NAME_MAX
    ]
    if new.born_on:
        try:
            born_on = date.fromisoformat(new.born_on)
        except ValueError:
            problems.append(
                Problem("born_on", "Enter the date of birth as YYYY-MM-DD, for example 1990-04-23.")
            )
        else:
            if born_on > today:
                problems.append(Problem("born_on", "The date of birth lies in the future."))
            elif today.year - born_on.year > OLDEST_AGE:
                problems.append(
                    Problem("born_on", f"That is more than {OLDEST_AGE} years ago. Check the year.")
                )
    else:
        problems.append(Problem("born_on", "Enter the date of birth."))
    return tuple(problems)


def add_patient(clinic: OpenClinic, new: NewPatient) -> PatientAdded:
    """Add one person.

    Raises InvalidInput with every problem, NotPermitted. Nothing is stored then.
    """
    clinic.require(RoleAct.ADD_PATIENT)
    if problems := problems_of(new, today=clinic.clock.now().date()):
        raise InvalidInput("This person was not added yet. Correct what is marked and save again.", problems)
    with clinic.work() as work:
        patient = add_patient_in(clinic, work, new)
        work.commit()
        return PatientAdded(patient.ref, patient.record_number, f"{patient.last_name}, {patient.first_name}")


def add_patient_in(
    clinic: OpenClinic, work: UnitOfWork, new: NewPatient, *, import_id: str | None = None
) -> Patient:
    """Add a person inside an open unit of work, with the log entry."""
    patient = patient_row(
        new,
        record_number=new.record_number or next_record_number(work.session),
        clinic=clinic,
        import_id=import_id,
    )
    work.session.add(patient)
    work.session.flush()
    work.log.record(patient_act(patient))
    return patient


def patient_row(new: NewPatient, *, record_number: str, clinic: OpenClinic, import_id: str | None) -> Patient:
    """The table row for a person, text in Unicode form NFC."""
    last_name, first_name = _nfc(new.last_name), _nfc(new.first_name)
    return Patient(
        ref=str(uuid.uuid4()),
        record_number=record_number,
        last_name=last_name,
        first_name=first_name,
        folded_name=fold(f"{last_name} {first_name}"),
        born_on=date.fromisoformat(new.born_on) if new.born_on else None,
        sex=_nfc(new.sex),
        phone=_nfc(new.phone),
        phone_digits=digits(new.phone),
        email=_nfc(new.email),
        address=_nfc(new.address),
        allergies=_nfc(new.allergies),
        fitzpatrick=new.fitzpatrick,
        notes=_nfc(new.notes),
        added_at=clinic.clock.now(),
        import_id=import_id,
    )


def patient_act(patient: Patient) -> Act:
    """The log entry of a person's arrival on the roster."""
    return Act(
        action="patient.imported" if patient.import_id else "patient.added",
        kind="C",
        subject=patient.ref,
        object=LoggedObject("patient", patient.ref, 1, patient_bytes(patient)),
        categories=("demographics",),
    )


def patient_bytes(patient: Patient) -> bytes:
    """The canonical bytes of a person's roster data."""
    return canonical_bytes(
        {
            "format": "mnclinic.patient/1",
            "ref": patient.ref,
            "record_number": patient.record_number,
            "last_name": patient.last_name,
            "first_name": patient.first_name,
            "born_on": patient.born_on.isoformat() if patient.born_on else None,
            "sex": patient.sex,
            "phone": patient.phone,
            "email": patient.email,
            "address": patient.address,
            "allergies": patient.allergies,
            "fitzpatrick": patient.fitzpatrick,
            "notes": patient.notes,
        }
    )


def next_record_number(session: Session) -> str:
    """The next free number of the clinic's own form, P-000123."""
    newest = session.scalar(
        select(func.max(Patient.record_number)).where(Patient.record_number.op("GLOB")(NUMBER_FORM))
    )
    number = int(newest[2:]) if newest else 0
    return f"P-{number + 1:06d}"


def patients_named(session: Session, new: NewPatient) -> Sequence[Patient]:
    """Everybody on the roster with exactly this folded name and date of birth."""
    folded = fold(f"{new.last_name} {new.first_name}")
    born_on = date.fromisoformat(new.born_on) if new.born_on else None
    return session.scalars(
        select(Patient).where(Patient.folded_name == folded, Patient.born_on == born_on)
    ).all()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())
