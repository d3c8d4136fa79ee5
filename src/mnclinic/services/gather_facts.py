"""Collect what the gate looks at, as of the visit's own day."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.attachments import AttachmentKind
from mnclinic.domain.consent import consent_text_facts, content_of
from mnclinic.domain.credentials import Paper, PaperKind, kind_of
from mnclinic.domain.gate import (
    ConsentTextFacts,
    DeviceFacts,
    LicenceFacts,
    LotFacts,
    Release,
    StaffFacts,
    VisitFacts,
    device_facts_from_json,
)
from mnclinic.domain.medical_history import on_file
from mnclinic.domain.policy import (
    OffLabelAuthorisation,
    Policy,
    Protocol,
    authorisation_from_json,
    in_force,
    policy_from_json,
    protocol_from_json,
)
from mnclinic.domain.visit_document import VisitDocument
from mnclinic.domain.visit_life import FROZEN
from mnclinic.models import (
    AdverseEvent,
    ApprovedDocument,
    Attachment,
    Device,
    Licence,
    Lot,
    Patient,
    Staff,
    Visit,
    VisitRevision,
    VisitSupply,
)
from mnclinic.models import Release as ReleaseRow
from mnclinic.security.roles import Role
from mnclinic.services.frozen_rules import pinned_rules
from mnclinic.services.medical_history import facts_of
from mnclinic.services.one_person import refs_of
from mnclinic.services.withdraw_consent import withdrawals_of

GRADE_THAT_MATTERS = 2
"""From this grade of an adverse event on a policy may ask for a new exam."""


@dataclass(frozen=True)
class Pinned:
    """A version of an approved document as it is pinned to a visit."""

    document_id: str
    version: int
    name: str
    sha256: str


@dataclass(frozen=True)
class Gathered:
    """The gate's facts, and the versions that a visit done under them pins for ever."""

    facts: VisitFacts
    policy: Pinned | None
    protocol: Pinned | None
    consent_text: ApprovedDocument | None
    performer: Staff | None


def gather(session: Session, document: VisitDocument, patient: Patient, *, visit_id: str | None) -> Gathered:
    """Every fact about one visit document for one patient.

    `visit_id` is the visit's own id, whose earlier self is no earlier session; None for a new one.
    """
    day = document.visit_on
    approved = approved_documents(session)
    pins = pinned_rules(session, visit_id)
    policies = [read_policy(row) for row in approved if row.kind == "policy"]
    protocols = [
        version
        for version in (read_protocol(row) for row in approved if row.kind == "protocol")
        if version.service == document.service
    ]
    # A visit stays under the versions that it was performed under; others are judged as of their day.
    policy = next(
        (one for one in policies if (one.policy_id, one.version) == pins.get("policy")), None
    ) or in_force(policies, day)
    protocol = next(
        (one for one in protocols if (one.protocol_id, one.version) == pins.get("protocol")), None
    ) or in_force(protocols, day)
    texts = [row for row in approved if row.kind == "consent_text"]
    performer = _staff(session, document.performer)
    own = refs_of(session, patient.ref)
    facts = VisitFacts(
        document=document,
        patient_ref=patient.ref,
        born_on=patient.born_on,
        last_session_on=_last_session(session, own, visit_id, day),
        deceased_on=_deceased_on(session, own),
        policy=policy,
        protocol=protocol,
        performer=_staff_facts(session, performer),
        examiner=_staff_facts(session, _staff(session, document.exam.examiner if document.exam else None)),
        orderer=_staff_facts(session, _staff(session, document.order.ordered_by if document.order else None)),
        supervisor=_staff_facts(session, _staff(session, document.supervised_by)),
        consent_texts=tuple(replace(_consent_text_facts(row.document), sha256=row.sha256) for row in texts),
        device=_device(session, document.device),
        lot=_lot(session, "cartridge", document.cartridge.lot if document.cartridge else None),
        topical_lots=_topical_lots(session, document),
        prp_kit_lot=_lot(session, "prp_kit", document.prp_kit.lot if document.prp_kit else None),
        anaesthetic_lot=_lot(
            session, "anaesthetic", document.anaesthetic.lot if document.anaesthetic else None
        ),
        cartridge_used_before=_cartridge_used(session, document, visit_id),
        authorisations=tuple(read_authorisation(row) for row in approved if row.kind == "authorisation"),
        releases=_releases(session, visit_id),
        on_file=on_file(facts_of(session, own), day),
        sessions_since_order=_sessions_since(session, own, document, visit_id),
        exam_papers=_exam_papers(session, own, document),
        adverse_event_on=_adverse_event(session, own, visit_id, day),
        directors=_directors(session, document),
        order_takers=_order_takers(session, document),
        patient_name=f"{patient.first_name} {patient.last_name}",
        patient_language=patient.language,
        consent_staff=_consent_staff(session, document),
        consent_papers=_consent_papers(session, own),
        earlier_consents=_earlier_consents(session, own, document),
        withdrawals=withdrawals_of(session, own),
    )
    return Gathered(
        facts=facts,
        policy=_pin(approved, "policy", policy.policy_id, policy.version) if policy else None,
        protocol=_pin(approved, "protocol", protocol.protocol_id, protocol.version) if protocol else None,
        consent_text=_consent_text(texts, document),
        performer=performer,
    )


def approved_documents(session: Session) -> Sequence[ApprovedDocument]:
    """Every version of every document that the director has approved."""
    return session.scalars(
        select(ApprovedDocument).where(ApprovedDocument.approval.is_not(None)).order_by(ApprovedDocument.id)
    ).all()


def read_policy(row: ApprovedDocument) -> Policy:
    """The typed policy of a stored version."""
    return _policy(row.document)


def read_protocol(row: ApprovedDocument) -> Protocol:
    """The typed protocol of a stored version."""
    return _protocol(row.document)


def read_authorisation(row: ApprovedDocument) -> OffLabelAuthorisation:
    """The typed authorisation of a stored version."""
    return _authorisation(row.document)


# A version never changes once stored, so its bytes are a sound key.
@lru_cache(maxsize=64)
def _policy(document: bytes) -> Policy:
    return policy_from_json(json.loads(document))


@lru_cache(maxsize=256)
def _protocol(document: bytes) -> Protocol:
    return protocol_from_json(json.loads(document))


@lru_cache(maxsize=256)
def _authorisation(document: bytes) -> OffLabelAuthorisation:
    return authorisation_from_json(json.loads(document))


@lru_cache(maxsize=256)
def _consent_text_facts(document: bytes) -> ConsentTextFacts:
    return consent_text_facts(json.loads(document), "")


@lru_cache(maxsize=64)
def _device_json(facts: bytes) -> Mapping[str, Any]:
    return dict(json.loads(facts))


def _pin(approved: Sequence[ApprovedDocument], kind: str, document_id: str, version: int) -> Pinned:
    row = next(
        row for row in approved if (row.kind, row.document_id, row.version) == (kind, document_id, version)
    )
    return Pinned(row.document_id, row.version, row.name, row.sha256)


def _consent_text(texts: Sequence[ApprovedDocument], document: VisitDocument) -> ApprovedDocument | None:
    consent = document.consent
    if consent is None:
        return None
    wanted = (consent.form, consent.version, consent.language)
    return next((row for row in texts if (row.document_id, row.version, row.language) == wanted), None)


def _consent_staff(session: Session, document: VisitDocument) -> frozenset[str]:
    named = set(document.consent.staff) if document.consent else set()
    if document.precare:
        named.add(document.precare.given_by)
    if not named:
        return frozenset()
    return frozenset(session.scalars(select(Staff.user).where(Staff.user.in_(named))))


def _consent_papers(session: Session, own: Sequence[str]) -> dict[str, str]:
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
        select(Visit).where(
            Visit.number == number,
            Visit.patient_ref.in_(own),
            Visit.state.in_([state.value for state in FROZEN]),
        )
    ).first()
    row = session.get(VisitRevision, (visit.id, visit.revision)) if visit else None
    consent = json.loads(row.record)["document"].get("consent") if row else None
    return {number: content_of(consent)} if consent else {}


def _staff(session: Session, user: str | None) -> Staff | None:
    if user is None:
        return None
    return session.scalars(select(Staff).where(Staff.user == user)).first()


def _staff_facts(session: Session, staff: Staff | None) -> StaffFacts | None:
    if staff is None:
        return None
    licences = session.scalars(select(Licence).where(Licence.staff_id == staff.id)).all()
    return StaffFacts(
        user=staff.user,
        name=staff.name,
        credential=staff.credential,
        licences=tuple(
            LicenceFacts(row.number, row.valid_from, row.expires_on)
            for row in licences
            if kind_of(row.kind) is PaperKind.LICENCE
        ),
        depth_ceiling_mm=Decimal(staff.depth_ceiling_mm) if staff.depth_ceiling_mm else None,
        papers=tuple(
            Paper(row.kind, row.number, row.valid_from, row.expires_on)
            for row in licences
            if kind_of(row.kind) is not PaperKind.LICENCE
        ),
    )


def _sessions_since(
    session: Session, own: Sequence[str], document: VisitDocument, visit_id: str | None
) -> int:
    """How many sessions of this service were done under the order, this one aside."""
    order = document.order
    if order is None:
        return 0
    return (
        session.scalar(
            select(func.count())
            .select_from(Visit)
            .where(
                Visit.patient_ref.in_(own),
                Visit.state.in_([state.value for state in FROZEN]),
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


def _adverse_event(session: Session, own: Sequence[str], visit_id: str | None, day: date) -> date | None:
    """The newest event that matters after another visit of this person, up to the day."""
    return session.scalar(
        select(func.max(AdverseEvent.noted_on))
        .join(Visit, Visit.id == AdverseEvent.visit_id)
        .where(
            Visit.patient_ref.in_(own),
            Visit.id != (visit_id or ""),
            AdverseEvent.grade >= GRADE_THAT_MATTERS,
            AdverseEvent.noted_on <= day,
        )
    )


def _directors(session: Session, document: VisitDocument) -> tuple[StaffFacts, ...]:
    """Whom telephone orders may come from. Without an order in the document nobody is asked for."""
    if not document.telephone_orders:
        return ()
    rows = session.scalars(select(Staff).where(Staff.role == Role.DIRECTOR.value).order_by(Staff.user))
    there = [row for row in rows if was_here(row, document.visit_on)]
    return tuple(facts for row in there if (facts := _staff_facts(session, row)) is not None)


def _order_takers(session: Session, document: VisitDocument) -> tuple[StaffFacts, ...]:
    takers = {order.taken_by for order in document.telephone_orders}
    found = (_staff_facts(session, _staff(session, user)) for user in sorted(takers))
    return tuple(facts for facts in found if facts is not None)


def was_here(person: Staff, day: date) -> bool:
    """Whether somebody had joined by that day and not left before it."""
    return person.added_at.date() <= day and (person.left_at is None or day <= person.left_at.date())


def _deceased_on(session: Session, own: Sequence[str]) -> date | None:
    """The first day that one of a person's records has."""
    days = session.scalars(
        select(Patient.deceased_on).where(Patient.ref.in_(own), Patient.deceased_on.is_not(None))
    )
    return min((day for day in days if day is not None), default=None)


def _last_session(session: Session, own: Sequence[str], visit_id: str | None, day: date) -> date | None:
    done = session.scalars(
        select(Visit.visit_on)
        .where(
            Visit.patient_ref.in_(own),
            Visit.state.in_([state.value for state in FROZEN]),
            Visit.id != (visit_id or ""),
            Visit.visit_on <= day,
        )
        .order_by(Visit.visit_on.desc())
        .limit(1)
    )
    return done.first()


def _device(session: Session, device: str | None) -> DeviceFacts | None:
    row = session.get(Device, device) if device else None
    return device_facts_from_json(_device_json(row.facts), is_quarantined=row.is_quarantined) if row else None


def _lot(session: Session, kind: str, lot: str | None) -> LotFacts | None:
    if not lot:
        return None
    # A lot typed in small letters is the same box.
    row = session.scalars(
        select(Lot).where(Lot.kind == kind, func.upper(func.trim(Lot.lot)) == _as_printed(lot))
    ).first()
    if row is None:
        return None
    length = Decimal(row.needle_length_mm) if row.needle_length_mm else None
    return LotFacts(row.lot, row.expires_on, length, row.state)


def _topical_lots(session: Session, document: VisitDocument) -> dict[str, LotFacts]:
    named = {topical.lot for topical in document.topicals if topical.lot}
    found = {lot: _lot(session, "topical", lot) for lot in named}
    return {lot: facts for lot, facts in found.items() if facts is not None}


def _as_printed(text: str) -> str:
    return text.strip().upper()


def _cartridge_used(session: Session, document: VisitDocument, visit_id: str | None) -> bool:
    cartridge = document.cartridge
    if cartridge is None or not cartridge.serial:
        return False
    other = session.scalars(
        select(VisitSupply.visit_id).where(
            func.upper(func.trim(VisitSupply.lot)) == _as_printed(cartridge.lot),
            func.upper(func.trim(VisitSupply.serial)) == _as_printed(cartridge.serial),
            VisitSupply.visit_id != (visit_id or ""),
        )
    )
    return other.first() is not None


def _releases(session: Session, visit_id: str | None) -> tuple[Release, ...]:
    if visit_id is None:
        return ()
    rows = session.scalars(select(ReleaseRow).where(ReleaseRow.visit_id == visit_id)).all()
    return tuple(Release(row.code, row.basis, row.reason, row.director) for row in rows)
