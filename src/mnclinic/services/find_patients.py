"""Find people on the roster and open one."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.gate import age_on
from mnclinic.errors import InvalidInput
from mnclinic.models import Patient, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.list_visits import VisitRow, visits_of
from mnclinic.services.match_people import match_people
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act


@dataclass(frozen=True)
class PatientRow:
    """One person in the roster list. `is_near`: found only because the query may have a slip in it."""

    ref: str
    record_number: str
    last_name: str
    first_name: str
    born_on: date | None
    phone: str
    allergies: str
    last_visit_on: date | None
    is_near: bool = False

    @property
    def name(self) -> str:
        """Last name, first name."""
        return f"{self.last_name}, {self.first_name}".strip(", ")


@dataclass(frozen=True)
class PatientsFound:
    """The people that match, surest first, and how many there are; with `is_cut` there are more."""

    rows: tuple[PatientRow, ...]
    total: int
    is_cut: bool = False


@dataclass(frozen=True)
class PatientCard:
    """One person, opened. `age` is in whole years today; `holds` are words for the banner."""

    ref: str
    record_number: str
    last_name: str
    first_name: str
    born_on: date | None
    age: int | None
    sex: str
    phone: str
    email: str
    address: str
    allergies: str
    fitzpatrick: int | None
    notes: str
    holds: tuple[str, ...]
    visits: tuple[VisitRow, ...]

    @property
    def name(self) -> str:
        """Last name, first name."""
        return f"{self.last_name}, {self.first_name}".strip(", ")


def find_patients(clinic: OpenClinic, query: str, *, limit: int = 200) -> PatientsFound:
    """People who answer what was typed: `domain.people_query` says how it is read.

    A blank query is answered by the beginning of the roster. Patterns, quotes and control characters in
    the query are just text.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    if not query.strip():
        return roster_page(clinic, limit=limit)
    with clinic.store.reading() as session:
        matched = match_people(session, query, today=clinic.clock.now().date(), limit=limit)
        rows = {row.ref: row for row in _rows(session, matched.refs)}
    shown = tuple(replace(rows[ref], is_near=ref in matched.slipped) for ref in matched.refs)
    return PatientsFound(shown, len(shown), matched.is_cut)


def roster_page(clinic: OpenClinic, *, limit: int, offset: int = 0) -> PatientsFound:
    """A stretch of the whole roster in its order, and how many people are on it."""
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        total = session.scalar(select(func.count()).select_from(Patient)) or 0
        # The stretch is counted off in the index alone; only its own people are read from the table.
        refs = session.scalars(
            select(Patient.ref)
            .order_by(Patient.folded_name, Patient.record_number)
            .limit(limit)
            .offset(offset)
        ).all()
        rows = {row.ref: row for row in _rows(session, refs)}
    return PatientsFound(tuple(rows[ref] for ref in refs), total)


def _rows(session: Session, refs: Sequence[str]) -> Iterator[PatientRow]:
    last_visit = select(func.max(Visit.visit_on)).where(Visit.patient_ref == Patient.ref).scalar_subquery()
    sought = func.json_each(json.dumps(list(refs))).table_valued("value")
    for row in session.execute(
        select(
            Patient.ref,
            Patient.record_number,
            Patient.last_name,
            Patient.first_name,
            Patient.born_on,
            Patient.phone,
            Patient.allergies,
            last_visit.label("last_visit_on"),
        ).where(Patient.ref.in_(select(sought.c.value)))
    ):
        yield PatientRow(**row._asdict())


def show_patient(clinic: OpenClinic, ref: str) -> PatientCard:
    """Open one person by reference or record number; the reading is entered in the log first.

    Raises InvalidInput when there is no such person.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.work() as work:
        patient = (
            work.session.get(Patient, ref) or work.session.query(Patient).filter_by(record_number=ref).first()
        )
        if patient is None:
            raise InvalidInput("There is no such patient in this clinic. Look the person up again.")
        work.log.record(Act("patient.viewed", "R", subject=patient.ref, categories=("demographics",)))
        work.commit()
    today = clinic.clock.now().date()
    visits = visits_of(clinic, patient.ref)
    return PatientCard(
        ref=patient.ref,
        record_number=patient.record_number,
        last_name=patient.last_name,
        first_name=patient.first_name,
        born_on=patient.born_on,
        age=age_on(patient.born_on, today) if patient.born_on else None,
        sex=patient.sex,
        phone=patient.phone,
        email=patient.email,
        address=patient.address,
        allergies=patient.allergies,
        fitzpatrick=patient.fitzpatrick,
        notes=patient.notes,
        holds=_holds_on(patient, visits),
        visits=visits,
    )


def _holds_on(patient: Patient, visits: tuple[VisitRow, ...]) -> tuple[str, ...]:
    holds = []
    if patient.born_on is None:
        holds.append("Date of birth missing")
    if any(visit.has_adverse_event for visit in visits):
        holds.append("Adverse event on record")
    if any(visit.state == "deferred" for visit in visits):
        holds.append("A visit is deferred")
    return tuple(holds)
