"""Collect what the gate looks at, as of the visit's own day."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.consent import consent_text_facts
from mnclinic.domain.gate import ConsentTextFacts, VisitFacts
from mnclinic.domain.medical_history import on_file
from mnclinic.domain.patient_sheets import AFTERCARE_2, PRECARE_2, SHEET_FORMATS, SheetFacts, sheet_facts
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
from mnclinic.models import ApprovedDocument, Device, Patient, Staff
from mnclinic.services.frozen_rules import pinned_rules
from mnclinic.services.gathered_people import PeopleAskedAbout, people_asked_about
from mnclinic.services.gathered_registers import Registers, registers_for

# The gate asks this at every signature, so it is not put together anew each time.
APPROVED = (
    select(ApprovedDocument).where(ApprovedDocument.approval.is_not(None)).order_by(ApprovedDocument.id)
)


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
    device: Device | None


@dataclass(frozen=True)
class AskedAbout:
    """A visit document, and whose it is: the record that the visit is under, and that record's birth date.

    `visit_id` is the visit's own id, whose earlier self is no earlier session; None for a new one.
    """

    document: VisitDocument
    patient_ref: str
    born_on: date | None
    visit_id: str | None


def gather(session: Session, document: VisitDocument, patient: Patient, *, visit_id: str | None) -> Gathered:
    """Every fact about one visit document for one patient.

    `visit_id` is the visit's own id, whose earlier self is no earlier session; None for a new one.
    """
    (gathered,) = gather_all(session, [AskedAbout(document, patient.ref, patient.born_on, visit_id)])
    return gathered


def gather_all(session: Session, asked: Sequence[AskedAbout]) -> list[Gathered]:
    """The same about several visits at once, such as a day's: as many questions as about one."""
    if not asked:
        return []
    approved = approved_documents(session)
    rules = _Rules(
        approved,
        [read_policy(row) for row in approved if row.kind == "policy"],
        [read_protocol(row) for row in approved if row.kind == "protocol"],
        tuple(read_authorisation(row) for row in approved if row.kind == "authorisation"),
    )
    registers = registers_for(session, [one.document for one in asked])
    people = people_asked_about(session, [(one.patient_ref, one.visit_id, one.document) for one in asked])
    return [_gathered(session, one, rules, registers, people) for one in asked]


@dataclass(frozen=True)
class _Rules:
    """What the director approved, read."""

    approved: Sequence[ApprovedDocument]
    policies: Sequence[Policy]
    protocols: Sequence[Protocol]
    authorisations: tuple[OffLabelAuthorisation, ...]


def _gathered(
    session: Session, asked: AskedAbout, rules: _Rules, registers: Registers, people: PeopleAskedAbout
) -> Gathered:
    document, approved = asked.document, rules.approved
    day = document.visit_on
    pins = pinned_rules(session, asked.visit_id)
    protocols = [version for version in rules.protocols if version.service == document.service]
    # A visit stays under the versions that it was performed under; others are judged as of their day.
    policy = next(
        (one for one in rules.policies if (one.policy_id, one.version) == pins.get("policy")), None
    ) or in_force(rules.policies, day)
    protocol = next(
        (one for one in protocols if (one.protocol_id, one.version) == pins.get("protocol")), None
    ) or in_force(protocols, day)
    words = [row for row in approved if row.kind == "consent_text"]
    texts = [row for row in words if not is_sheet(row)]
    sheets = [read_sheet(row) for row in words if is_sheet(row)]
    facts = VisitFacts(
        document=document,
        patient_ref=asked.patient_ref,
        born_on=asked.born_on,
        last_session_on=people.last_session_on(asked.patient_ref, asked.visit_id, day),
        deceased_on=people.deceased_on(asked.patient_ref),
        policy=policy,
        protocol=protocol,
        performer=registers.staff_facts(document.performer),
        examiner=registers.staff_facts(document.exam.examiner if document.exam else None),
        orderer=registers.staff_facts(document.order.ordered_by if document.order else None),
        supervisor=registers.staff_facts(document.supervised_by),
        consent_texts=tuple(replace(_consent_text_facts(row.document), sha256=row.sha256) for row in texts),
        precare_sheets=tuple(one for one in sheets if one.format == PRECARE_2),
        aftercare_sheets=tuple(one for one in sheets if one.format == AFTERCARE_2),
        device=registers.device(document.device),
        lot=registers.lot("cartridge", document.cartridge.lot if document.cartridge else None),
        topical_lots=registers.topical_lots(document),
        prp_kit_lot=registers.lot("prp_kit", document.prp_kit.lot if document.prp_kit else None),
        anaesthetic_lot=registers.lot(
            "anaesthetic", document.anaesthetic.lot if document.anaesthetic else None
        ),
        cartridge_used_before=registers.is_used(
            document.cartridge, asked.visit_id, people.same_treatment(asked.patient_ref, document)
        ),
        cartridge_struck_elsewhere=registers.is_struck(
            document.cartridge, asked.visit_id, people.same_treatment(asked.patient_ref, document)
        ),
        authorisations=rules.authorisations,
        releases=people.releases(asked.visit_id),
        on_file=on_file(people.history(asked.patient_ref), day),
        sessions_since_order=people.sessions_since_order(asked.patient_ref, asked.visit_id, document),
        exam_papers=people.exam_papers(asked.patient_ref),
        adverse_event_on=people.adverse_event_on(asked.patient_ref, asked.visit_id, day),
        prp_people=registers.prp_people(document),
        directors=registers.directors(document),
        order_takers=registers.order_takers(document),
        patient_name=people.name(asked.patient_ref),
        patient_language=people.language(asked.patient_ref),
        consent_staff=registers.consent_staff(document),
        consent_papers=people.consent_papers(asked.patient_ref),
        consent_paper_days=people.consent_paper_days(asked.patient_ref),
        earlier_consents=people.earlier_consents(asked.patient_ref, document),
        withdrawals=people.withdrawals(asked.patient_ref),
        history=people.history(asked.patient_ref),
        under_exam=people.under_exam(asked.patient_ref, asked.visit_id, document),
    )
    return Gathered(
        facts=facts,
        policy=_pin(approved, "policy", policy.policy_id, policy.version) if policy else None,
        protocol=_pin(approved, "protocol", protocol.protocol_id, protocol.version) if protocol else None,
        consent_text=_consent_text(texts, document),
        performer=registers.staff.get(document.performer),
        device=registers.devices.get(document.device or ""),
    )


def approved_documents(session: Session) -> Sequence[ApprovedDocument]:
    """Every version of every document that the director has approved."""
    return session.scalars(APPROVED).all()


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


def is_sheet(row: ApprovedDocument) -> bool:
    """Whether it is a sheet to take home, and no text to consent to."""
    return _is_sheet(row.document)


def read_sheet(row: ApprovedDocument) -> SheetFacts:
    """What the rules read of an approved sheet."""
    return replace(_sheet_facts(row.document), sha256=row.sha256)


@lru_cache(maxsize=256)
def _is_sheet(document: bytes) -> bool:
    return json.loads(document)["format"] in SHEET_FORMATS


@lru_cache(maxsize=256)
def _sheet_facts(document: bytes) -> SheetFacts:
    return sheet_facts(json.loads(document), "")


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
