"""Hold the signatures of visits against the records that they stand under, wherever one of them is shown.

It looks at one visit at a time: bytes, key, record. Whether the log entered it is the check's matter.
"""

import base64
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import NotCanonical, parse_document, sha256_hex
from mnclinic.audit.signing import SIGNATURE_FORMAT, SIGNATURE_SHAPE, record_signing_bytes, verify
from mnclinic.errors import ILL_WRITTEN
from mnclinic.models import RegisteredKey, VisitRevision, VisitSignature
from mnclinic.services.standing import Standing, worst_of

_CHUNK = 400
"""Visits a question: SQLite takes a limited number of values in one."""


@dataclass(frozen=True)
class SignatureStanding:
    """What became of one signature. `said` is a sentence, empty where it holds."""

    standing: Standing
    said: str = ""


def public_keys(session: Session) -> dict[str, bytes]:
    """Every registered public key by its id, those that ended too. One that cannot be read is left out."""
    keys = {}
    for row in session.scalars(select(RegisteredKey)):
        try:
            keys[row.key] = base64.b64decode(json.loads(row.document)["public"])
        except ILL_WRITTEN:
            continue
    return keys


def standing_of(
    row: VisitSignature, record: bytes | None, keys: Mapping[str, bytes], vault: str
) -> SignatureStanding:
    """Hold one signature against the bytes of the revision it stands under; None where there are none."""
    return _judged(row, sha256_hex(record) if record is not None else None, keys, vault)


def wrong_with_record(row: VisitRevision) -> tuple[str, ...]:
    """What is wrong with a frozen record by itself, as sentences; empty where it is as it was frozen."""
    if sha256_hex(row.record) == row.sha256:
        return ()
    return (f"The record of revision {row.revision} is not the one that was frozen.",)


def standings_of(
    session: Session, visits: Collection[str], vault: str
) -> dict[str, tuple[SignatureStanding, ...]]:
    """What became of each visit's signatures, in the order in which they were made; by visit id.

    A visit whose frozen record is not the one that was frozen has one more at the end, which says so.
    """
    found: dict[str, list[SignatureStanding]] = {visit: [] for visit in visits}
    keys = public_keys(session) if visits else {}
    wanted = sorted(found)
    for first in range(0, len(wanted), _CHUNK):
        chunk = wanted[first : first + _CHUNK]
        frozen: dict[tuple[str, int], str] = {}
        wrong: list[tuple[str, str]] = []
        for one in session.scalars(
            select(VisitRevision)
            .where(VisitRevision.visit_id.in_(chunk))
            .order_by(VisitRevision.visit_id, VisitRevision.revision)
        ):
            frozen[one.visit_id, one.revision] = sha256_hex(one.record)
            wrong += [(one.visit_id, said) for said in wrong_with_record(one)]
        signatures = session.scalars(
            select(VisitSignature).where(VisitSignature.visit_id.in_(chunk)).order_by(VisitSignature.id)
        )
        for row in signatures:
            of = frozen.get((row.visit_id, row.revision))
            found[row.visit_id].append(_judged(row, of, keys, vault))
        for visit, said in wrong:
            found[visit].append(SignatureStanding(Standing.ALTERED, said))
    return {visit: tuple(standings) for visit, standings in found.items()}


def worst_standing(standings: Iterable[SignatureStanding]) -> Standing:
    """One word for all signatures of a visit."""
    return worst_of([one.standing for one in standings])


def _judged(
    row: VisitSignature, record_sha256: str | None, keys: Mapping[str, bytes], vault: str
) -> SignatureStanding:
    try:
        signed = parse_document(row.record, SIGNATURE_SHAPE)
    except NotCanonical:
        if _format_of(row.record) not in {None, SIGNATURE_FORMAT}:
            said = "This signature is in a form that this version of mnclinic cannot check."
            return SignatureStanding(Standing.NOT_CHECKED, said)
        return SignatureStanding(Standing.ALTERED, "What was signed cannot be read any more.")
    public = keys.get(signed["signer"]["key"])
    if public is None:
        said = "It is signed with a key that is not in the register."
        return SignatureStanding(Standing.SIGNATURE_BROKEN, said)
    if not verify(public, row.signature, record_signing_bytes(row.record)):
        said = "The signature does not belong to what it stands under."
        return SignatureStanding(Standing.SIGNATURE_BROKEN, said)
    if not _is_of(row, signed, vault):
        return SignatureStanding(Standing.SIGNATURE_BROKEN, "The signature was made for another record.")
    if signed["record_sha256"] != record_sha256:
        said = "The record is not the one that was signed."
        return SignatureStanding(Standing.SIGNATURE_BROKEN, said)
    return SignatureStanding(Standing.HOLDS)


def _is_of(row: VisitSignature, signed: Mapping[str, Any], vault: str) -> bool:
    return (signed["visit"], signed["revision"], signed["meaning"], signed["vault"]) == (
        row.visit_id,
        row.revision,
        row.meaning,
        vault,
    ) and signed["signer"]["staff"] == row.signer


def _format_of(record: bytes) -> str | None:
    try:
        value = json.loads(record)
    except ILL_WRITTEN:
        return None
    named = value.get("format") if isinstance(value, dict) else None
    return named if isinstance(named, str) else None
