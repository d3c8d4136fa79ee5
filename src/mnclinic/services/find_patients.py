"""Find people on the roster and open one."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select

from mnclinic.domain.gate import age_on
from mnclinic.domain.names import digits, fold
from mnclinic.errors import InvalidInput
from mnclinic.models import Patient, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.enter_look import enter_look
from mnclinic.services.list_visits import VisitRow, visits_of
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act

FEWEST_DIGITS = 3
LONGEST_QUERY = 200


@dataclass(frozen=True)
class PatientRow:
    """One person in the roster list."""

    ref: str
    record_number: str
    last_name: str
    first_name: str
    born_on: date | None
    phone: str
    allergies: str
    last_visit_on: date | None

    @property
    def name(self) -> str:
        """Last name, first name."""
        return f"{self.last_name}, {self.first_name}".strip(", ")


@dataclass(frozen=True)
class PatientsFound:
    """The first people that match, in the order of the list, and how many match in all."""

    rows: tuple[PatientRow, ...]
    total: int


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


def find_patients(clinic: OpenClinic, query: str, *, limit: int = 200, offset: int = 0) -> PatientsFound:
    """People whose name, record number, phone digits or date of birth hold every word of `query`.

    Words match the starts and the middles of names in any order, accents and case folded. Patterns,
    quotes and control characters in the query are just text.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    conditions = [_holds(word) for word in query[:LONGEST_QUERY].replace("\0", " ").split()]
    last_visit = select(func.max(Visit.visit_on)).where(Visit.patient_ref == Patient.ref).scalar_subquery()
    with clinic.store.reading() as session:
        total = session.scalar(select(func.count()).select_from(Patient).where(*conditions)) or 0
        rows = session.execute(
            select(
                Patient.ref,
                Patient.record_number,
                Patient.last_name,
                Patient.first_name,
                Patient.born_on,
                Patient.phone,
                Patient.allergies,
                last_visit.label("last_visit_on"),
            )
            .where(*conditions)
            .order_by(Patient.folded_name, Patient.record_number)
            .limit(limit)
            .offset(offset)
        ).all()
    return PatientsFound(tuple(_row(row) for row in rows), total)


def _holds(word: str) -> ColumnElement[bool]:
    folded, numbers = fold(word), digits(word)
    choices: list[ColumnElement[bool]] = [
        func.instr(func.lower(Patient.record_number), word.casefold()) > 0,
        func.instr(Patient.born_on, word) > 0,
    ]
    if folded:
        choices.append(func.instr(Patient.folded_name, folded) > 0)
    if len(numbers) >= FEWEST_DIGITS:
        choices.append(func.instr(Patient.phone_digits, numbers) > 0)
    return or_(*choices)


def _row(row: Row[*tuple[Any, ...]]) -> PatientRow:
    return PatientRow(**row._asdict())


def enter_search(clinic: OpenClinic, query: str) -> bool:
    """Enter that somebody looked people up, with the words in the part that can be erased.

    Called when typing rests. Returns whether it was entered: not for an empty query, and not for the words
    of the search that was entered last.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    act = _search(clinic, query)
    if act is None:
        return False
    with clinic.work() as work:
        work.log.record(act)
        work.commit()
    clinic.sitting.searched = _terms(query)
    return True


def _search(clinic: OpenClinic, query: str) -> Act | None:
    terms = _terms(query)
    if not terms or terms == clinic.sitting.searched:
        return None
    return Act("patient.searched", "Q", categories=("roster",), detail={"terms": terms})


def _terms(query: str) -> str:
    return unicodedata.normalize("NFC", " ".join(query[:LONGEST_QUERY].replace("\0", " ").split()))


def show_patient(clinic: OpenClinic, ref: str, *, searched: str = "") -> PatientCard:
    """Open one person by reference or record number; the reading is entered in the log first, once a sitting.

    With `searched`, the words that found the person, the search is entered too unless it was already.

    Raises InvalidInput when there is no such person, StoreUnavailable and kin when the reading cannot be
    entered: then nothing is shown.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.work() as work:
        patient = (
            work.session.get(Patient, ref) or work.session.query(Patient).filter_by(record_number=ref).first()
        )
        if patient is None:
            raise InvalidInput("There is no such patient in this clinic. Look the person up again.")
        look = Act("patient.viewed", "R", subject=patient.ref, categories=("demographics",))
        search = _search(clinic, searched)
        enter_look(clinic, work, look, before=[search] if search else [])
    if search:
        clinic.sitting.searched = _terms(searched)
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
