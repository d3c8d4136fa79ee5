"""Everything that ever touched one patient: devices, lots and performers of all signed visits."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import Visit, VisitAmendment, VisitSupply
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.enter_look import enter_looks
from mnclinic.services.look_back import signed_uses
from mnclinic.services.one_person import load_person
from mnclinic.services.session import OpenClinic
from mnclinic.services.touched_people import Use, among, people_behind
from mnclinic.store.log_writer import Act


@dataclass(frozen=True)
class TouchedPatient:
    """A person and what touched them, oldest first. Visits that are somebody else's are left out."""

    patient_ref: str
    record_number: str
    patient: str
    uses: tuple[Use, ...]


def what_touched(clinic: OpenClinic, patient: str) -> TouchedPatient:
    """What every signed visit of a person used, by reference or record number, over all their records.

    As each stands after the corrections that were signed; what stood until one is marked as struck. The look
    is entered once a sitting before anything is given. Raises InvalidInput when there is no such person,
    StoreUnavailable and kin when it cannot be entered.
    """
    clinic.require(RoleAct.VIEW_SUPPLIES)
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        records = load_person(session, patient)
        head, refs = records[0], [one.ref for one in records]
        visits = _visits(session, refs)
        rows: defaultdict[str, list[VisitSupply]] = defaultdict(list)
        for row in session.scalars(select(VisitSupply).where(VisitSupply.visit_id.in_(among(visits)))):
            rows[row.visit_id].append(row)
        found = signed_uses(session, visits, None, rows)
        # A visit in which nothing was registered is told all the same.
        found |= {one: [("treatment", "", "", False)] for one in visits if one not in found}
        uses = [
            use for one in people_behind(session, found) if one.patient_ref == head.ref for use in one.uses
        ]
        told = TouchedPatient(
            head.ref, head.record_number, f"{head.last_name}, {head.first_name}", tuple(uses)
        )
    with clinic.work() as work:
        looks = [
            Act("recall.viewed", "R", subject=ref, categories=("demographics", "treatment")) for ref in refs
        ]
        enter_looks(clinic, work, looks)
    return told


def _visits(session: Session, refs: Sequence[str]) -> set[str]:
    """The treated visits under these records, and those that were filed elsewhere and are theirs."""
    own = select(Visit.id).where(Visit.patient_ref.in_(refs), Visit.performed_at.is_not(None))
    refiled = (
        select(Visit.id)
        .join(VisitAmendment, VisitAmendment.visit_id == Visit.id)
        .where(VisitAmendment.right_patient.in_(refs), Visit.performed_at.is_not(None))
    )
    return {*session.scalars(own), *session.scalars(refiled)}
