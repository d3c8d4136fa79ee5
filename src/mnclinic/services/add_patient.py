"""Put a person on the roster."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.names import digits, fold
from mnclinic.domain.person_details import (
    CONTACT_CODES,
    DO_NOT_CONTACT,
    WAYS_OF_CONTACT,
    Standing,
    contact_text,
    line_of,
    text_of,
)
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Patient, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.session import OpenClinic
from mnclinic.services.typed_birth_date import read_typed_birth_date
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

NAME_MAX = 120
LONGEST: Mapping[str, int] = {
    "last_name": NAME_MAX,
    "first_name": NAME_MAX,
    "preferred_name": NAME_MAX,
    "pronouns": 60,
    "sex": 60,
    "phone": 60,
    "email": 254,
    "address": 500,
    "emergency_contact": 300,
    "language": 60,
    "allergies": 4_000,
    "notes": 10_000,
}
"""Characters that a field takes. More is refused, never cut."""
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
    preferred_name: str = ""
    pronouns: str = ""
    emergency_contact: str = ""
    language: str = ""
    contact: tuple[str, ...] = ()
    """Codes of `domain.person_details`; empty is "not asked"."""


@dataclass(frozen=True)
class PatientAdded:
    """A person is on the roster."""

    ref: str
    record_number: str
    name: str


def problems_of(new: NewPatient, *, today: date) -> tuple[Problem, ...]:
    """Everything that is wrong with what was typed, field by field."""
    problems = []
    if not line_of(new.last_name):
        problems.append(Problem("last_name", "Enter the last name."))
    if not line_of(new.first_name):
        problems.append(Problem("first_name", "Enter the first name."))
    problems += problems_of_texts({name: str(getattr(new, name)) for name in LONGEST})
    problems += problems_of_birth_date(new.born_on, today=today)
    problems += problems_of_contact(new.contact)
    return tuple(problems)


def problems_of_texts(texts: Mapping[str, str]) -> list[Problem]:
    """Which of these fields hold more than they take."""
    return [
        Problem(field, f"At most {LONGEST[field]:,} characters; this has {len(text):,}.")
        for field, text in texts.items()
        if len(text) > LONGEST[field]
    ]


def problems_of_birth_date(born_on: str | None, *, today: date) -> list[Problem]:
    """What is wrong with a date of birth, which is needed."""
    if not born_on:
        return [Problem("born_on", "Enter the date of birth.")]
    try:
        day = date.fromisoformat(born_on)
    except ValueError:
        return [Problem("born_on", "Enter the date of birth as YYYY-MM-DD, for example 1990-04-23.")]
    if day > today:
        return [Problem("born_on", "The date of birth lies in the future.")]
    if today.year - day.year > OLDEST_AGE:
        return [Problem("born_on", f"That is more than {OLDEST_AGE} years ago. Check the year.")]
    return []


def problems_of_contact(codes: Sequence[str]) -> list[Problem]:
    """What is wrong with the ways of contact."""
    if unknown := [code for code in codes if code not in CONTACT_CODES]:
        said = f"There is no way of contact called {unknown[0]}. There are {', '.join(CONTACT_CODES)}."
        return [Problem("contact", said)]
    if DO_NOT_CONTACT in codes and len(codes) > 1:
        return [Problem("contact", "“Do not contact” and a way of contact cannot both be chosen.")]
    return []


def problems_at_the_desk(new: NewPatient, *, today: date, birth_date: str = "") -> tuple[Problem, ...]:
    """As `problems_of`, and what whoever adds somebody by hand has to ask: the number and how to use it.

    `birth_date` is what is wrong with it as it was typed.
    """
    problems = [
        Problem("born_on", birth_date) if birth_date and one.where == "born_on" else one
        for one in problems_of(new, today=today)
    ]
    if not digits(new.phone) and not line_of(new.email):
        said = "Enter a phone number, or an email address where there is no phone."
        problems.append(Problem("phone", said))
    if not {*WAYS_OF_CONTACT, DO_NOT_CONTACT} & set(new.contact):
        problems.append(Problem("contact", "Choose how this person may be contacted, or “Do not contact”."))
    return tuple(problems)


def add_patient(clinic: OpenClinic, new: NewPatient, *, at_the_desk: bool = False) -> PatientAdded:
    """Add one person; `at_the_desk` somebody is there who can be asked how they may be reached.

    There the date of birth may be typed in any common form.

    Raises InvalidInput with every problem, NotPermitted. Nothing is stored then.
    """
    clinic.require(RoleAct.ADD_PATIENT)
    today = clinic.clock.now().date()
    if at_the_desk:
        read = read_typed_birth_date(new.born_on or "", today)
        new = replace(new, born_on=read.born_on.isoformat() if read.born_on else new.born_on)
        problems = problems_at_the_desk(new, today=today, birth_date=read.problem)
    else:
        problems = problems_of(new, today=today)
    if problems:
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
    last_name, first_name = line_of(new.last_name), line_of(new.first_name)
    preferred_name = line_of(new.preferred_name)
    return Patient(
        ref=str(uuid.uuid4()),
        record_number=record_number,
        last_name=last_name,
        first_name=first_name,
        folded_name=fold(f"{last_name} {first_name} {preferred_name}"),
        born_on=date.fromisoformat(new.born_on) if new.born_on else None,
        sex=line_of(new.sex),
        phone=line_of(new.phone),
        phone_digits=digits(new.phone),
        email=line_of(new.email),
        address=text_of(new.address),
        allergies=text_of(new.allergies),
        fitzpatrick=new.fitzpatrick,
        notes=text_of(new.notes),
        added_at=clinic.clock.now(),
        import_id=import_id,
        revision=1,
        preferred_name=preferred_name,
        pronouns=line_of(new.pronouns),
        emergency_contact=line_of(new.emergency_contact),
        language=line_of(new.language),
        contact=contact_text(new.contact),
        standing=Standing.ACTIVE.value,
        standing_note="",
        hold_reason="",
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


FIRST_FORM = "mnclinic.patient/1"
FORM = "mnclinic.patient/2"


def patient_bytes(patient: Patient, *, form: str = FORM) -> bytes:
    """The canonical bytes of a person's record, as the log names it. The first form has the roster alone."""
    roster = {
        "format": form,
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
    if form == FIRST_FORM:
        return canonical_bytes(roster)
    return canonical_bytes(
        {
            **roster,
            "revision": patient.revision,
            "preferred_name": patient.preferred_name,
            "pronouns": patient.pronouns,
            "emergency_contact": patient.emergency_contact,
            "language": patient.language,
            "contact": patient.contact,
            "standing": patient.standing,
            "standing_note": patient.standing_note,
            "deceased_on": patient.deceased_on.isoformat() if patient.deceased_on else None,
            "hold": {
                "reason": patient.hold_reason,
                "by": patient.held_by,
                "at": instant_text(patient.held_at) if patient.held_at else None,
            },
            "merged_into": patient.merged_into,
        }
    )


def is_as_first_added(patient: Patient) -> bool:
    """Whether nothing is in the record that the first form could not say."""
    later = (
        *(patient.preferred_name, patient.pronouns, patient.emergency_contact, patient.language),
        *(patient.contact, patient.standing_note, patient.deceased_on, patient.hold_reason),
        *(patient.held_by, patient.held_at, patient.merged_into),
    )
    return (patient.revision, patient.standing) == (1, Standing.ACTIVE) and not any(later)


def next_record_number(session: Session) -> str:
    """The next free number of the clinic's own form, P-000123."""
    newest = session.scalar(
        select(func.max(Patient.record_number)).where(Patient.record_number.op("GLOB")(NUMBER_FORM))
    )
    number = int(newest[2:]) if newest else 0
    return f"P-{number + 1:06d}"


def patients_named(session: Session, new: NewPatient) -> Sequence[Patient]:
    """Everybody on the roster with exactly this name, folded, and date of birth."""
    folded = fold(f"{new.last_name} {new.first_name}")
    born_on = date.fromisoformat(new.born_on) if new.born_on else None
    begun = select(Patient).where(
        Patient.folded_name >= folded,
        Patient.folded_name <= f"{folded} \U0010ffff",
        Patient.born_on == born_on,
    )
    return [one for one in session.scalars(begun) if is_named(one, new.last_name, new.first_name)]


def is_named(patient: Patient, last_name: str, first_name: str) -> bool:
    """Whether this is the person's name, folded. The preferred name is no part of it."""
    return fold(f"{patient.last_name} {patient.first_name}") == fold(f"{last_name} {first_name}")
