"""Open a visit for a patient."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, make_transient_to_detached

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.person_details import line_of
from mnclinic.domain.visit_document import VISIT_FORMAT
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Patient, Visit, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.one_person import assert_may_be_treated, load_person
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.plain_rows import plain_rows, plain_write
from mnclinic.store.unit_of_work import UnitOfWork

COLUMNS = tuple(column.name for column in Visit.__table__.columns)
ENTER = f"INSERT INTO visit ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{name}' for name in COLUMNS)})"  # noqa: S608 - our own columns
LAST_OF_SIX_DIGITS = "V-999999"
NOT_STARTED = "The visit was not started. Correct what is marked and try again."


def start_visit(
    clinic: OpenClinic, patient_ref: str, service: str, performer: str, *, began_at: datetime | None = None
) -> str:
    """Open a draft visit and return its id; under the record that the person is read under.

    It begins now, or at `began_at`: one that was treated on paper is entered with the times of its sheet.

    Raises InvalidInput for an unknown patient or a beginning that lies ahead, ActionRefused for one who is
    recorded as deceased, NotPermitted for a role that starts no visits.
    """
    clinic.require(RoleAct.START_VISIT)
    with clinic.work() as work:
        now = clinic.clock.now()
        if began_at is not None and began_at > now:
            raise InvalidInput(NOT_STARTED, [Problem("began_at", "That moment lies in the future.")])
        records = load_person(work.session, patient_ref)
        assert_may_be_treated(records)
        patient = records[0]
        visit = new_visit(
            work,
            patient,
            first_document(patient.record_number, line_of(service), performer, began_at or now),
            now=now,
        )
        work.commit()
        return visit.id


def first_document(record_number: str, service: str, performer: str, began_at: datetime) -> dict[str, Any]:
    """The document that a visit begins with."""
    return {
        "format": VISIT_FORMAT,
        "patient": {"record_number": record_number},
        "service": service,
        "performer": performer,
        "started_at": began_at.isoformat(timespec="seconds"),
    }


def new_visit(
    work: UnitOfWork,
    patient: Patient,
    document: dict[str, Any],
    *,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> Visit:
    """Add a draft to the unit of work, with its log entry and what that tells besides."""
    content = canonical_bytes(document)
    visit = Visit(
        id=str(uuid.uuid4()),
        number=_next_number(work.session),
        patient_ref=patient.ref,
        service=document["service"],
        performer=document["performer"],
        state=VisitState.DRAFT.value,
        visit_on=datetime.fromisoformat(document["started_at"]).date(),
        revision=0,
        edition=1,
        document=content,
        saved_at=now,
        lights="nnnnnn",
        performed_at=None,
        due_at=None,
        score=0,
        review_reasons="",
        reason="",
    )
    _put(work.session, visit)
    work.log.record(
        Act(
            action="visit.started",
            kind="C",
            subject=patient.ref,
            object=visit_object(visit, content),
            categories=("treatment",),
            detail=detail or {},
        )
    )
    return visit


def _put(session: Session, visit: Visit) -> None:
    """Write a new row by the driver, in a third of the time, and go on with it as with one that was read."""
    # Its patient may be new too.
    session.flush()
    row = {column: getattr(visit, column) for column in COLUMNS}
    row |= {"visit_on": visit.visit_on.isoformat(), "saved_at": instant_text(visit.saved_at)}
    plain_write(session.connection(), ENTER, row)
    make_transient_to_detached(visit)
    session.add(visit)


def _next_number(session: Session) -> str:
    # Numbers are never reused because visits are never deleted.
    ((newest,),) = plain_rows(session.connection(), "SELECT max(number) FROM visit", {})
    if newest == LAST_OF_SIX_DIGITS:
        # From here on text no longer sorts as the numbers do.
        return f"V-{(session.scalar(select(func.count()).select_from(Visit)) or 0) + 1:06d}"
    return f"V-{int((newest or 'V-000000').removeprefix('V-')) + 1:06d}"


def visit_object(visit: Visit, content: bytes) -> LoggedObject:
    """The visit as a log entry names it."""
    return LoggedObject("visit", visit.id, visit.revision, content)
