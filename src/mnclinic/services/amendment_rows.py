"""The amendments of visits as they are stored, read for whoever judges, shows or prints a visit."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from mnclinic.audit.amending import AMENDMENT_FORMAT, AMENDMENT_SHAPE, correction_of
from mnclinic.audit.canonical import NotCanonical, parse_document, sha256_hex
from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.documents.amendments import Amended
from mnclinic.documents.words import instant_words
from mnclinic.domain.amendment import AmendmentKind, Correction
from mnclinic.domain.finding import Finding
from mnclinic.errors import ILL_WRITTEN
from mnclinic.models import AmendmentSeen, Patient, Staff, Visit, VisitAmendment, VisitRevision, instant_text
from mnclinic.services.signature_standing import SignatureStanding, public_keys
from mnclinic.services.standing import Standing


@dataclass(frozen=True)
class AmendmentView:
    """One amendment as every rendering shows it.

    `happened_at` and `signed_at` carry the offset of the place where it was signed. `seen_by` is empty
    while no director saw it. `right_patient` is a reference; the number and name beside it are as the roster
    has them now.
    """

    visit_id: str
    number: str
    position: int
    kind: AmendmentKind
    revision: int
    happened_at: datetime | None
    text: str
    correction: Correction | None
    reason: str
    statement: str
    right_patient: str
    right_record_number: str
    right_name: str
    name: str
    credential: str
    licence: str
    signed_at: datetime
    utc_offset: str
    key: str
    sha256: str
    seen_by: str
    seen_at: datetime | None
    standing: Standing = Standing.HOLDS
    said: str = ""
    """What is wrong with its signature, as a sentence."""
    findings: tuple[Finding, ...] = ()
    """What the gate says of a corrected value and did not say of the one before, where the visit is shown."""


def rows_of(session: Session, visit_id: str) -> Sequence[VisitAmendment]:
    """The amendments of one visit, oldest first."""
    return session.scalars(
        select(VisitAmendment).where(VisitAmendment.visit_id == visit_id).order_by(VisitAmendment.position)
    ).all()


def corrections_in(rows: Iterable[VisitAmendment], revision: int) -> tuple[Correction, ...]:
    """The corrections of one revision, in their order. One that cannot be read raises `ILL_WRITTEN`."""
    read = (json.loads(row.record) for row in rows if row.revision == revision)
    return tuple(one for said in read if (one := correction_of(said)) is not None)


def is_misfiled() -> ColumnElement[bool]:
    """In a statement about visits: whether it was filed to the wrong patient."""
    return exists().where(
        VisitAmendment.kind == AmendmentKind.WRONG_PATIENT.value, VisitAmendment.visit_id == Visit.id
    )


def misfiled_of(session: Session, visits: Collection[str]) -> frozenset[str]:
    """Which of these visits were filed to the wrong patient, by their ids."""
    if not visits:
        return frozenset()
    return frozenset(
        session.scalars(
            select(VisitAmendment.visit_id).where(
                VisitAmendment.kind == AmendmentKind.WRONG_PATIENT.value,
                VisitAmendment.visit_id.in_(sorted(visits)),
            )
        )
    )


def whose_visits(session: Session, visits: Collection[str]) -> dict[str, str | None]:
    """Of these visits those that were filed to the wrong patient, by id; the right one, or None."""
    asked = select(VisitAmendment.visit_id, VisitAmendment.right_patient).where(
        VisitAmendment.kind == AmendmentKind.WRONG_PATIENT.value,
        VisitAmendment.visit_id.in_(sorted(visits)),
    )
    return {row.visit_id: row.right_patient for row in session.execute(asked)} if visits else {}


def filed_elsewhere(session: Session, refs: Collection[str]) -> tuple[str, ...]:
    """The visits that stand under somebody else and are signed to be of one of these people, by id."""
    # A visit is filed to the wrong patient once at most, so each is there once.
    return tuple(
        session.scalars(select(VisitAmendment.visit_id).where(VisitAmendment.right_patient.in_(sorted(refs))))
    )


def amendments_of(session: Session, visit_id: str, vault: str) -> tuple[AmendmentView, ...]:
    """The amendments of one visit, oldest first, each held against its signature and its record."""
    rows = rows_of(session, visit_id)
    if not rows:
        return ()
    keys = public_keys(session)
    frozen = {
        one.revision: one.record
        for one in session.scalars(select(VisitRevision).where(VisitRevision.visit_id == visit_id))
    }
    seen = {
        one.position: one
        for one in session.scalars(select(AmendmentSeen).where(AmendmentSeen.visit_id == visit_id))
    }
    names = {one.id: one.name for one in session.scalars(select(Staff))}
    views = []
    for row in rows:
        found = standing_of_amendment(row, frozen.get(row.revision), keys, vault)
        views.append(_view(session, row, found, seen.get(row.position), names))
    return tuple(views)


def signed_at_of(row: VisitAmendment) -> datetime:
    """When it was signed, at the offset of the place, as the signed bytes say it."""
    said = _said(row)
    return _local(said["signed_at"], str(said["utc_offset"])) or row.signed_at


def to_be_printed(
    session: Session,
    visit_id: str,
    revision: int,
    vault: str,
    found: Mapping[int, Sequence[Mapping[str, Any]]],
    *,
    offset: str | None = None,
) -> list[Amended]:
    """The amendments of one revision as a chart prints them, oldest first.

    `found` is what the gate says of corrected values, by position, as a record writes findings.
    """
    read = {row.position: row for row in rows_of(session, visit_id) if row.revision == revision}
    printed = []
    for one in amendments_of(session, visit_id, vault) if read else ():
        if one.position in read and one.standing is not Standing.ALTERED:
            seen = ""
            if one.seen_at is not None:
                at = instant_words(instant_text(one.seen_at), offset or one.utc_offset)
                seen = f"Seen by {one.seen_by} as director {at}."
            said = json.loads(read[one.position].record)
            anew = found.get(one.position, ())
            printed.append(Amended(said, one.sha256, one.said, seen, anew))
    return printed


def standing_of_amendment(
    row: VisitAmendment, record: bytes | None, keys: Mapping[str, bytes], vault: str
) -> SignatureStanding:
    """Hold one amendment against its signature and the bytes of the revision that it amends."""
    try:
        signed = parse_document(row.record, AMENDMENT_SHAPE)
    except NotCanonical:
        if _format_of(row.record) not in {None, AMENDMENT_FORMAT}:
            said = "This amendment is in a form that this version of mnclinic cannot check."
            return SignatureStanding(Standing.NOT_CHECKED, said)
        return SignatureStanding(
            Standing.ALTERED, "What was signed in this amendment cannot be read any more."
        )
    public = keys.get(signed["signer"]["key"])
    if public is None:
        said = "This amendment is signed with a key that is not in the register."
        return SignatureStanding(Standing.SIGNATURE_BROKEN, said)
    if not verify(public, row.signature, record_signing_bytes(row.record)):
        said = "The signature does not belong to the amendment that it stands under."
        return SignatureStanding(Standing.SIGNATURE_BROKEN, said)
    digest = sha256_hex(record) if record is not None else None
    said_of = (signed["vault"], signed["visit"], signed["amendment"], signed["kind"], signed["revision"])
    if said_of != (vault, row.visit_id, row.position, row.kind, row.revision) or (
        signed["record_sha256"] != digest
    ):
        return SignatureStanding(Standing.SIGNATURE_BROKEN, "This amendment was signed for another record.")
    return SignatureStanding(Standing.HOLDS)


def _view(
    session: Session,
    row: VisitAmendment,
    found: SignatureStanding,
    seen: AmendmentSeen | None,
    names: Mapping[str, str],
) -> AmendmentView:
    said = _said(row)
    signer = said["signer"]
    right = session.get(Patient, row.right_patient) if row.right_patient else None
    offset = str(said["utc_offset"])
    return AmendmentView(
        visit_id=row.visit_id,
        number=str(said["number"]),
        position=row.position,
        kind=AmendmentKind(row.kind),
        revision=row.revision,
        happened_at=_local(said["happened_at"], offset),
        text=said["text"],
        correction=correction_of(said),
        reason=said["reason"],
        statement=said["statement"],
        right_patient=row.right_patient or "",
        right_record_number=right.record_number if right else "",
        right_name=f"{right.last_name}, {right.first_name}" if right else "",
        name=signer["name"],
        credential=signer["credential"] or "",
        licence=signer["licence"] or "",
        signed_at=_local(said["signed_at"], offset) or row.signed_at,
        utc_offset=offset,
        key=signer["key"],
        sha256=sha256_hex(row.record),
        seen_by=names.get(seen.seen_by, "") if seen else "",
        seen_at=_local(instant_text(seen.seen_at), offset) if seen else None,
        standing=found.standing,
        said=found.said,
    )


def _said(row: VisitAmendment) -> dict[str, Any]:
    """What was signed; what the row beside it says where somebody made the bytes unreadable."""
    said: dict[str, Any] = {
        "number": "",
        "happened_at": None,
        "text": "",
        "correction": None,
        "reason": "",
        "statement": "",
        "signer": {"name": "cannot be read", "credential": "", "licence": "", "key": ""},
        "signed_at": None,
        "utc_offset": "+00:00",
    }
    try:
        read = parse_document(row.record, AMENDMENT_SHAPE)
    except NotCanonical:
        return said
    return dict(read)


def _local(text: str | None, offset: str) -> datetime | None:
    """An instant at the place's offset, as it is signed."""
    try:
        zone = datetime.strptime(offset, "%z").tzinfo
        return datetime.fromisoformat(text).astimezone(zone) if text else None
    except ValueError:
        return None


def _format_of(record: bytes) -> str | None:
    try:
        value = json.loads(record)
    except ILL_WRITTEN:
        return None
    named = value.get("format") if isinstance(value, dict) else None
    return named if isinstance(named, str) else None
