"""The worksheet for Form FDA 3500 of one adverse event, filled from the record. It is never sent by us."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from mnclinic.documents.event_worksheet import Step, Submission, Worksheet, event_worksheet_pdf
from mnclinic.documents.treated_with import device_facts, products, treated_areas
from mnclinic.documents.words import spoken
from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.gate import age_on
from mnclinic.domain.instants import zone_of
from mnclinic.models import Patient, Visit, VisitAmendment, VisitRevision
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.event_rows import EventRow, load_event
from mnclinic.services.medical_history import history_of
from mnclinic.services.one_person import load_person
from mnclinic.services.out_place import refuse_place
from mnclinic.services.print_documents import Printed, staff_names, write_entered
from mnclinic.services.record_adverse_event import adverse_event_bytes
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork


def print_event_worksheet(clinic: OpenClinic, event_id: str, out: Path) -> Printed:
    """Write the worksheet as a PDF, with what the visit's newest frozen record says, else its draft.

    Raises InvalidInput where there is no such event, or for a place where no file can be, then nothing was
    entered; StoreUnavailable and kin for the disk.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        event, patient, row = load_event(work, event_id)
        visit = work.session.get_one(Visit, event.visit_id)
        pdf = event_worksheet_pdf(_worksheet(clinic, work, row, visit))
        work.log.record(
            Act(
                "adverse_event.printed",
                "P",
                subject=patient.ref,
                object=LoggedObject("event_print", event.id, 1, adverse_event_bytes(event)),
                categories=("adverse_event", "treatment", "history"),
            )
        )
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def _worksheet(clinic: OpenClinic, work: UnitOfWork, row: EventRow, visit: Visit) -> Worksheet:
    session, now = work.session, clinic.clock.now()
    frozen = session.get(VisitRevision, (visit.id, visit.revision))
    record: Mapping[str, Any] = json.loads(frozen.record) if frozen else {}
    document = record.get("document") or json.loads(visit.document)
    pinned = record.get("pinned") or {}
    records = load_person(session, row.patient_ref)
    person = records[0]
    amended = session.scalars(
        select(VisitAmendment.position).where(VisitAmendment.visit_id == visit.id)
    ).all()
    performer = pinned.get("performer") or {}
    here = zone_of(clinic.clock)
    return Worksheet(
        clinic_name=clinic.facts.name,
        is_demo=clinic.facts.is_demo,
        event_id=row.event_id,
        record_number=row.record_number,
        initials=_initials(person),
        age_years=age_on(person.born_on, visit.visit_on) if person.born_on else None,
        born_on=person.born_on,
        sex=person.sex,
        what=row.event,
        grade=row.grade,
        seriousness=row.seriousness,
        outcome=next((spoken(one.outcome) for one in row.steps if one.outcome), ""),
        onset_at=row.onset_at.astimezone(here) if row.onset_at else None,
        noted_on=row.noted_on,
        relatedness=row.relatedness or "",
        told_how=row.told_how or "",
        told_by=row.told_by or "",
        is_expected=row.is_expected,
        treatment=row.treatment or "",
        note=row.note,
        steps=tuple(
            Step(one.what.value, one.at.astimezone(here), one.by, one.text, one.grade)
            for one in row.steps
            if one.what is not StepKind.REPORTED
        ),
        history=(
            *(one.allergies for one in records if one.allergies),
            *(one.words for one in history_of(session, records) if one.ended_on is None),
        ),
        visit=f"{row.number}, {visit.visit_on.isoformat()}, {spoken(visit.service)}",
        treated=tuple(treated_areas(document)),
        device=tuple(device_facts(pinned)),
        products=tuple(products(document)),
        operator=", ".join(filter(None, (performer.get("name"), performer.get("credential"))))
        or staff_names(session).get(visit.performer, visit.performer),
        amendments=len(amended),
        submissions=tuple(
            Submission(one.report_number or "", one.reported_on or date.min, one.text)
            for one in row.steps
            if one.what is StepKind.REPORTED
        ),
        printed_at=now,
        printed_by=clinic.person.name,
        checkpoint=work.log.cut_checkpoint(),
    )


def _initials(person: Patient) -> str:
    return "".join(f"{name[0].upper()}." for name in (person.first_name, person.last_name) if name)
