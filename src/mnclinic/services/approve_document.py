"""Policies, protocols, consent texts and authorisations: add a draft, have the director sign it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.audit.signing import DocumentKind, Shown, approval_record
from mnclinic.errors import ActionRefused, InvalidInput, Refusal
from mnclinic.models import ApprovedDocument, Patient
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.effective_days import REPLACED, force_on, overlaps, replaced_by
from mnclinic.services.licensed_to_sign import assert_licensed
from mnclinic.services.session import OpenClinic, Signer, SigningMoment, signed
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

APPROVED_STATEMENT = "I read this document whole and put it in force at this clinic from its effective day."

NO_NUMBERS: Mapping[str, str] = {}

KIND_WORDS = {
    "policy": "policy",
    "protocol": "protocol",
    "consent_text": "consent text",
    "authorisation": "off-label authorisation",
}


@dataclass(frozen=True)
class DocumentRow:
    """A version of a document in a list. `approved_at` None is a draft that nobody is treated under.

    `force` is "draft", "replaced" (by a newer draft), "coming" (signed, its first day is not here yet),
    "in_force" or "retired"; "" where nobody looked.
    """

    row_id: int
    kind: str
    document_id: str
    version: int
    language: str
    name: str
    effective_on: date
    sha256: str
    approved_at: datetime | None
    approved_by: str
    document: Mapping[str, Any]
    force: str = ""
    patient: str = ""
    """The record number of the only patient whom an authorisation is about."""


def list_documents(clinic: OpenClinic) -> tuple[DocumentRow, ...]:
    """Every version of every document, drafts first, then the newest. Replaced drafts are left out."""
    clinic.require(RoleAct.VIEW_TODAY)
    with clinic.store.reading() as session:
        rows = session.scalars(
            select(ApprovedDocument).order_by(
                ApprovedDocument.approval.is_not(None),
                ApprovedDocument.kind,
                ApprovedDocument.document_id,
                ApprovedDocument.version.desc(),
            )
        ).all()
        numbers = numbers_of_patients(session, rows)
    force = force_on(rows, clinic.clock.now().date())
    return tuple(
        replace(document_row(row, numbers), force=force[row.id]) for row in rows if force[row.id] != REPLACED
    )


def numbers_of_patients(session: Session, rows: Iterable[ApprovedDocument]) -> dict[str, str]:
    """The record numbers, by reference, of the patients whom authorisations among these rows are about."""
    about = [json.loads(row.document)["patient"] for row in rows if row.kind == "authorisation"]
    refs = sorted({ref for ref in about if ref is not None})
    if not refs:
        return {}
    found = session.execute(select(Patient.ref, Patient.record_number).where(Patient.ref.in_(refs)))
    return {ref: number for ref, number in found}


def document_row(row: ApprovedDocument, numbers: Mapping[str, str] = NO_NUMBERS) -> DocumentRow:
    """A stored version as it is shown; `numbers` are those of `numbers_of_patients`."""
    document = json.loads(row.document)
    about = document.get("patient") if row.kind == "authorisation" else None
    approval = json.loads(row.approval) if row.approval else None
    return DocumentRow(
        row_id=row.id,
        kind=row.kind,
        document_id=row.document_id,
        version=row.version,
        language=row.language,
        name=row.name,
        effective_on=row.effective_on,
        sha256=row.sha256,
        approved_at=row.approved_at,
        approved_by=approval["signer"]["name"] if approval else "",
        document=document,
        patient=numbers.get(about, about) if about else "",
    )


def add_document_in(
    work: UnitOfWork, kind: str, document: Mapping[str, Any], *, now: datetime
) -> ApprovedDocument:
    """Add a draft version inside an open unit of work. The document was checked by its schema."""
    content = canonical_bytes(dict(document))
    document_id = document.get("form") or document["id"]
    row = ApprovedDocument(
        kind=kind,
        document_id=document_id,
        version=document["version"],
        language=document.get("language", ""),
        name=document.get("name") or document.get("title") or document_id,
        effective_on=date.fromisoformat(document.get("effective_on") or document["valid_from"]),
        document=content,
        sha256=sha256_hex(content),
        added_at=now,
    )
    work.session.add(row)
    work.session.flush()
    work.log.record(
        Act(
            f"{kind}.added",
            "C",
            object=LoggedObject(kind, row.document_id, row.version, content),
            categories=("rules",),
        )
    )
    return row


def approve_document(clinic: OpenClinic, row_id: int, signer: Signer, *, shown: Shown) -> DocumentRow:
    """Put a draft in force with the director's signature.

    Raises ActionRefused with every reason: it is approved already, a newer draft took its place, or its first
    day cannot stand beside those of the versions that are signed; NotPermitted for anybody but the director.
    """
    clinic.require(RoleAct.APPROVE_PROTOCOL)
    with clinic.work() as work:
        row = work.session.get(ApprovedDocument, row_id)
        if row is None:
            raise InvalidInput("There is no such document. Nothing was changed.")
        assert_licensed(work, clinic, signer)
        if row.approval is not None:
            raise ActionRefused(
                [Refusal("already_approved", f"{row.name} version {row.version} is approved already.")]
            )
        peers = work.session.scalars(select(ApprovedDocument).where(ApprovedDocument.kind == row.kind)).all()
        if newer := replaced_by(row, peers):
            said = f"Version {newer} took the place of this draft. Read that one and sign it."
            raise ActionRefused([Refusal("draft_replaced", said)])
        approved = [one for one in peers if one.approval is not None]
        if refused := overlaps(row, approved, clinic.clock.now().date()):
            raise ActionRefused(refused)
        approve_in(work, row, signer, now=clinic.clock.now(), shown=shown, vault=clinic.facts.vault)
        work.commit(checkpoint=True)
        return document_row(row, numbers_of_patients(work.session, [row]))


def approve_in(
    work: UnitOfWork, row: ApprovedDocument, signer: Signer, *, now: datetime, shown: Shown, vault: str
) -> None:
    """Sign one draft inside an open unit of work."""
    moment = SigningMoment(vault, work.log.head(), now, shown)
    made = signed(
        signer,
        approval_record(
            **moment.parts(signer),
            document=cast("DocumentKind", row.kind),
            id=row.document_id,
            version=row.version,
            sha256=row.sha256,
            statement=APPROVED_STATEMENT,
        ),
    )
    row.approval = made.record
    row.approval_signature = made.signature
    row.approved_at = now
    work.log.record(
        Act(
            f"{row.kind}.approved",
            "S",
            object=LoggedObject("approval", f"{row.kind}:{row.document_id}", row.version, made.record),
            categories=("rules", "signature"),
        )
    )
