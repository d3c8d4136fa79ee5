"""Find people on the roster and open one."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from mnclinic.domain.gate import age_on
from mnclinic.domain.people_query import in_one_line
from mnclinic.errors import InvalidInput
from mnclinic.models import Patient
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.enter_look import enter_look
from mnclinic.services.list_visits import VisitRow, visits_of
from mnclinic.services.match_people import ONE, match_people
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act

STRETCH = (
    # Counted off in the index alone; only the stretch's own people are read from the table.
    f"SELECT {ONE} FROM (SELECT ref AS of FROM patient ORDER BY folded_name, record_number "  # noqa: S608 - our own words
    "LIMIT :limit OFFSET :offset) JOIN patient ON patient.ref = of ORDER BY folded_name, record_number"
)
NAMED = f"SELECT {ONE} FROM patient WHERE ref IN (SELECT value FROM json_each(:refs))"  # noqa: S608 - our own words
LAST_VISITS = (
    "SELECT sought.value AS ref, "
    "(SELECT max(visit_on) FROM visit WHERE patient_ref = sought.value) AS visit_on "
    "FROM json_each(:refs) AS sought WHERE visit_on IS NOT NULL"
)


@dataclass(frozen=True)
class PatientRow:
    """One person in the roster list. `is_near`: found only because the query may have a slip in it."""

    ref: str
    record_number: str
    last_name: str
    first_name: str
    born_on: date | None
    phone: str
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
        rows = _with_last_visits(session, matched.rows, matched.near)
    return PatientsFound(rows, len(rows), matched.is_cut)


def roster_page(clinic: OpenClinic, *, limit: int, offset: int = 0) -> PatientsFound:
    """A stretch of the whole roster in its order, and how many people are on it."""
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        total = session.scalar(select(func.count()).select_from(Patient)) or 0
        rows = session.connection().exec_driver_sql(STRETCH, {"limit": limit, "offset": offset}).all()
        return PatientsFound(_with_last_visits(session, rows, frozenset()), total)


def people_of(session: Session, refs: Sequence[str]) -> tuple[PatientRow, ...]:
    """The rows of these people in this order; who is not on the roster any more is left out."""
    rows = session.connection().exec_driver_sql(NAMED, {"refs": json.dumps(list(refs))}).all()
    found = {row.ref: row for row in _with_last_visits(session, rows, frozenset())}
    return tuple(found[ref] for ref in refs if ref in found)


def _with_last_visits(
    session: Session, rows: Sequence[Row[Any]], near: frozenset[str]
) -> tuple[PatientRow, ...]:
    refs = json.dumps([row.ref for row in rows])
    visits = session.connection().exec_driver_sql(LAST_VISITS, {"refs": refs})
    last = {row.ref: date.fromisoformat(row.visit_on) for row in visits}
    return tuple(
        PatientRow(
            row.ref,
            row.record_number,
            row.last_name,
            row.first_name,
            date.fromisoformat(row.born_on) if row.born_on else None,
            row.phone,
            last.get(row.ref),
            row.ref in near,
        )
        for row in rows
    )


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
    return unicodedata.normalize("NFC", in_one_line(query))


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
