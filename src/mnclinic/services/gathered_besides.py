"""What consents, exams, orders and adverse events say about several visits.

What every visit needs is asked together; what few of them name, such as an order by telephone, one by one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.attachments import AttachmentKind
from mnclinic.domain.consent import content_of
from mnclinic.domain.gate import StaffFacts
from mnclinic.domain.policy import Policy
from mnclinic.domain.visit_document import VisitDocument
from mnclinic.domain.visit_life import FROZEN
from mnclinic.domain.withdrawal import Withdrawal
from mnclinic.models import AdverseEvent, Attachment, Patient, Staff, Visit, VisitRevision
from mnclinic.security.roles import Role
from mnclinic.services.gathered_registers import Registers, registers_for
from mnclinic.services.withdraw_consent import withdrawals_by_record

GRADE_THAT_MATTERS = 2
"""From this grade of an adverse event on a policy may ask for a new exam."""

_FROZEN = sorted(state.value for state in FROZEN)


@dataclass(frozen=True)
class Besides:
    """What is on record of the people of some visits, asked together."""

    _names: Mapping[str, tuple[str, str]]
    """By record: first and last name, and the language."""
    _events: Sequence[tuple[str, str, date]]
    """Record, visit and day of every event that matters."""
    _withdrawals: Sequence[tuple[str, Withdrawal]]

    def facts(
        self,
        session: Session,
        document: VisitDocument,
        ref: str,
        own: Sequence[str],
        *,
        visit_id: str | None,
        policy: Policy | None,
        registers: Registers,
    ) -> dict[str, Any]:
        """The fields of `VisitFacts` that these fill, for one visit. `own` are all records of the person."""
        day = document.visit_on
        name, language = self._names.get(ref, ("", ""))
        events = [
            noted_on
            for one, visit, noted_on in self._events
            if one in own and visit != visit_id and noted_on <= day
        ]
        return {
            "patient_name": name,
            "patient_language": language,
            "withdrawals": tuple(found for one, found in self._withdrawals if one in own),
            "adverse_event_on": max(events, default=None),
            "consent_staff": frozenset(user for user in consent_users(document) if user in registers.staff),
            "consent_papers": _consent_papers(session, own, document),
            "earlier_consents": _earlier_consents(session, own, document),
            "sessions_since_order": _sessions_since(session, own, document, policy, visit_id),
            "exam_papers": _exam_papers(session, own, document),
            "directors": _directors(session, document),
            "order_takers": tuple(
                facts
                for user in sorted({order.taken_by for order in document.telephone_orders})
                if (facts := registers.staff_facts(user)) is not None
            ),
        }


def besides_for(session: Session, refs: Sequence[str]) -> Besides:
    """What is on record of these people, over all records of each."""
    patients = session.execute(
        select(Patient.ref, Patient.first_name, Patient.last_name, Patient.language).where(
            Patient.ref.in_(refs)
        )
    )
    events = session.execute(
        select(Visit.patient_ref, AdverseEvent.visit_id, AdverseEvent.noted_on)
        .join(Visit, Visit.id == AdverseEvent.visit_id)
        .where(Visit.patient_ref.in_(refs), AdverseEvent.grade >= GRADE_THAT_MATTERS)
    )
    return Besides(
        {row.ref: (f"{row.first_name} {row.last_name}", row.language) for row in patients},
        [(row.patient_ref, row.visit_id, row.noted_on) for row in events],
        withdrawals_by_record(session, refs),
    )


def consent_users(document: VisitDocument) -> frozenset[str]:
    """Whoever of the staff the consent and the pre-care name."""
    named = set(document.consent.staff) if document.consent else set()
    if document.precare:
        named.add(document.precare.given_by)
    return frozenset(named)


def was_here(person: Staff, day: date) -> bool:
    """Whether somebody had joined by that day and not left before it."""
    return person.added_at.date() <= day and (person.left_at is None or day <= person.left_at.date())


def _sessions_since(
    session: Session,
    own: Sequence[str],
    document: VisitDocument,
    policy: Policy | None,
    visit_id: str | None,
) -> int:
    """How many sessions of this service were done under the order; not asked where nothing limits them."""
    order = document.order
    limit = policy.order_max_sessions if policy is not None else None
    if order is None or (order.max_sessions is None and limit is None):
        return 0
    done = select(func.count()).select_from(Visit)
    return (
        session.scalar(
            done.where(
                Visit.patient_ref.in_(own),
                Visit.state.in_(_FROZEN),
                Visit.service == document.service,
                Visit.id != (visit_id or ""),
                Visit.visit_on >= order.ordered_on,
                Visit.visit_on <= document.visit_on,
            )
        )
        or 0
    )


def _exam_papers(session: Session, own: Sequence[str], document: VisitDocument) -> frozenset[str]:
    if document.exam is None or document.exam.outside is None:
        return frozenset()
    kept = select(Attachment.sha256).where(
        Attachment.patient_ref.in_(own), Attachment.kind == AttachmentKind.EXAM.value
    )
    return frozenset(session.scalars(kept))


def _consent_papers(session: Session, own: Sequence[str], document: VisitDocument) -> dict[str, str]:
    if document.consent is None or document.consent.paper is None:
        return {}
    kept = session.execute(
        select(Attachment.id, Attachment.sha256).where(
            Attachment.patient_ref.in_(own), Attachment.kind == AttachmentKind.CONSENT.value
        )
    )
    return {row.id: row.sha256 for row in kept}


def _earlier_consents(session: Session, own: Sequence[str], document: VisitDocument) -> dict[str, str]:
    """The consent of the earlier visit that the document names, where it was one of this person's."""
    number = document.consent.carried_from if document.consent else None
    if number is None:
        return {}
    visit = session.scalars(
        select(Visit).where(Visit.number == number, Visit.patient_ref.in_(own), Visit.state.in_(_FROZEN))
    ).first()
    row = session.get(VisitRevision, (visit.id, visit.revision)) if visit else None
    consent = json.loads(row.record)["document"].get("consent") if row else None
    return {number: content_of(consent)} if consent else {}


def _directors(session: Session, document: VisitDocument) -> tuple[StaffFacts, ...]:
    """Whom telephone orders may come from. Without an order in the document nobody is asked for."""
    if not document.telephone_orders:
        return ()
    rows = session.scalars(select(Staff).where(Staff.role == Role.DIRECTOR.value).order_by(Staff.user))
    there = [row.user for row in rows if was_here(row, document.visit_on)]
    registers = registers_for(session, (), users=there)
    return tuple(facts for user in there if (facts := registers.staff_facts(user)) is not None)
