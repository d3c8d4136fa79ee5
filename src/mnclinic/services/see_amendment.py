"""The director sees what was amended: a list of what she has not seen, and her word that she did."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.finding import Finding
from mnclinic.errors import ActionRefused, InvalidInput, Refusal
from mnclinic.models import AmendmentSeen, Patient, Staff, Visit, VisitAmendment
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amendment_rows import signed_at_of
from mnclinic.services.judge_correction import found_by_stored, weight
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject


@dataclass(frozen=True)
class UnseenAmendment:
    """An amendment that no director has seen, as the queue shows it."""

    visit_id: str
    number: str
    position: int
    kind: AmendmentKind
    patient: str
    visit_on: date
    signed_by: str
    signed_at: datetime
    findings: tuple[Finding, ...] = ()
    """What the gate says of a corrected value and did not say of the one before, gravest first."""


def unseen_in(session: Session) -> tuple[UnseenAmendment, ...]:
    """Every amendment that no director has seen: what a correction brings up first, then oldest first."""
    rows = session.execute(
        select(VisitAmendment, Visit, Patient, Staff.name)
        .join(Visit, Visit.id == VisitAmendment.visit_id)
        .join(Patient, Patient.ref == Visit.patient_ref)
        .join(Staff, Staff.id == VisitAmendment.signer)
        .where(_is_unseen())
    ).all()
    findings = found_by_stored(session, [row for row, *_ in rows])
    found = [
        UnseenAmendment(
            visit_id=visit.id,
            number=visit.number,
            position=row.position,
            kind=AmendmentKind(row.kind),
            patient=f"{patient.last_name}, {patient.first_name}",
            visit_on=visit.visit_on,
            signed_by=name,
            signed_at=signed_at_of(row),
            findings=findings.get((row.visit_id, row.position), ()),
        )
        for row, visit, patient, name in rows
    ]
    return tuple(
        sorted(found, key=lambda one: (weight(one.findings), one.signed_at, one.number, one.position))
    )


def count_unseen(session: Session) -> int:
    """How many amendments no director has seen."""
    return session.scalar(select(func.count()).select_from(VisitAmendment).where(_is_unseen())) or 0


def see_amendment(clinic: OpenClinic, visit_id: str, position: int) -> None:
    """Enter that the director saw one amendment of a visit (by id or number).

    Raises:
        InvalidInput: there is no such amendment.
        ActionRefused: a director saw it already.
    """
    clinic.require(RoleAct.SEE_AMENDMENT)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        row = work.session.get(VisitAmendment, (visit.id, position))
        if row is None:
            raise InvalidInput(f"Visit {visit.number} has no amendment {position}. Nothing was changed.")
        if work.session.get(AmendmentSeen, (visit.id, position)) is not None:
            said = f"Amendment {position} of visit {visit.number} was seen already. Nothing was changed."
            raise ActionRefused([Refusal("seen_before", said)])
        work.session.add(
            AmendmentSeen(
                visit_id=visit.id,
                position=position,
                seen_by=clinic.person.staff_id,
                seen_at=clinic.clock.now(),
            )
        )
        work.log.record(
            Act(
                "amendment.seen",
                "E",
                subject=patient.ref,
                object=LoggedObject("amendment_seen", visit.id, position, row.record),
                categories=("review",),
            )
        )
        work.commit()


def _is_unseen() -> ColumnElement[bool]:
    return ~exists().where(
        AmendmentSeen.visit_id == VisitAmendment.visit_id,
        AmendmentSeen.position == VisitAmendment.position,
    )
