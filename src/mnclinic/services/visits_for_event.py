"""The visits of a person that an adverse event can be after, for whoever writes one down."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mnclinic.domain.visit_life import VisitState
from mnclinic.models import Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.enter_look import enter_looks
from mnclinic.services.event_rows import name_of, visits_of_theirs
from mnclinic.services.one_person import load_person
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act


@dataclass(frozen=True)
class VisitToName:
    """One visit. `areas` are codes, each once; empty where nothing was treated."""

    visit_id: str
    number: str
    visit_on: date
    service: str
    areas: tuple[str, ...]
    is_treated: bool
    """Whether its performer signed that it took place."""


@dataclass(frozen=True)
class VisitsForEvent:
    """Whose visits they are, and each that was not voided, newest first."""

    patient_ref: str
    record_number: str
    patient: str
    phone: str
    visits: tuple[VisitToName, ...]


def visits_for_event(clinic: OpenClinic, patient: str) -> VisitsForEvent:
    """The person's visits under whomever they were filed. The look is entered first, once a sitting.

    Raises InvalidInput when there is no such person, StoreUnavailable and kin when the look cannot be
    entered: then nothing is shown.
    """
    clinic.require(RoleAct.RECORD_ADVERSE_EVENT)
    with clinic.work() as work:
        records = load_person(work.session, patient)
        theirs = visits_of_theirs(work.session, [one.ref for one in records])
        rows = work.session.scalars(
            select(Visit)
            .where(Visit.id.in_(theirs), Visit.state != VisitState.VOIDED.value)
            .order_by(Visit.visit_on.desc(), Visit.number.desc())
        ).all()
        person = records[0]
        found = VisitsForEvent(
            person.ref,
            person.record_number,
            name_of(person),
            person.phone or "",
            tuple(_named(row) for row in rows),
        )
        kinds = ("demographics", "treatment")
        looks = [Act("patient.viewed", "R", subject=one.ref, categories=kinds) for one in records]
        enter_looks(clinic, work, looks)
    return found


def _named(row: Visit) -> VisitToName:
    areas = [str(line["area"]) for line in json.loads(row.document).get("lines", ()) if line.get("area")]
    return VisitToName(
        visit_id=row.id,
        number=row.number,
        visit_on=row.visit_on,
        service=row.service,
        areas=tuple(dict.fromkeys(areas)),
        is_treated=row.revision > 0,
    )
