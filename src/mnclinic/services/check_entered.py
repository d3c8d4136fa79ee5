"""Whether signatures, states of visits, approvals and the roster are what the log entered."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import sha256_hex
from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.models import ApprovedDocument, Patient, Visit, VisitRevision, VisitSignature
from mnclinic.services.add_patient import FIRST_FORM, is_as_first_added, patient_bytes
from mnclinic.services.check_lives import LivesOfLog
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding

AT_ONCE = 500
"""Rows of tables that grow with the work are held in memory in such portions."""

Keys = Mapping[str, bytes]
"""The public keys of the register by their fingerprint."""


def signatures(
    session: Session,
    logged: Logged,
    keys: Keys,
    *,
    vault: str,
    had: Callable[[Mapping[str, Any]], bool],
    counts: dict[str, int],
) -> Iterator[StoreFinding]:
    """Each signature on a visit stands under the record that it was made for; `had` knows the log's heads."""
    rows = session.execute(
        select(VisitSignature, VisitRevision.sha256)
        .outerjoin(
            VisitRevision,
            (VisitRevision.visit_id == VisitSignature.visit_id)
            & (VisitRevision.revision == VisitSignature.revision),
        )
        .order_by(VisitSignature.id)
        .execution_options(yield_per=AT_ONCE)
    )
    counts["signatures"] = 0
    for row, sha256 in rows:
        counts["signatures"] += 1
        record = json.loads(row.record)
        where = f"signature on {record['number']} revision {record['revision']} ({record['meaning']})"
        public = keys.get(record["signer"]["key"])
        if public is None or not verify(public, row.signature, record_signing_bytes(row.record)):
            yield StoreFinding(where, "the signature does not belong to what it stands under")
        if (record["visit"], record["revision"], record["record_sha256"], record["vault"]) != (
            row.visit_id,
            row.revision,
            sha256,
            vault,
        ):
            yield StoreFinding(where, "the signature was made for another record")
        if not logged.holds("signature", row.visit_id, row.record):
            yield StoreFinding(where, "the signature was never entered in the log")
        if not had(record["tree"]):
            yield StoreFinding(where, "the signature names a head that the log never had")


def states(session: Session, lives: LivesOfLog, counts: dict[str, int]) -> Iterator[StoreFinding]:
    """A visit's state has to be one that its log entries lead to."""
    rows = session.execute(select(Visit.id, Visit.number, Visit.state, Visit.revision)).all()
    counts["visits"] = len(rows)
    revisions = session.execute(
        select(VisitRevision.visit_id, VisitRevision.revision).order_by(
            VisitRevision.visit_id, VisitRevision.revision
        )
    )
    newest = {row.visit_id: row.revision for row in revisions}
    for row in rows:
        if row.state not in lives.states(row.id):
            yield StoreFinding(f"visit {row.number}", f"its state {row.state} is not what the log last says")
        if row.revision != newest.get(row.id, 0):
            yield StoreFinding(f"visit {row.number}", "its newest revision is missing")


def approvals(session: Session, logged: Logged, keys: Keys, counts: dict[str, int]) -> Iterator[StoreFinding]:
    """Each policy, protocol and text is the one that was entered, and its approval the director's."""
    rows = session.scalars(select(ApprovedDocument)).all()
    counts["policies, protocols and texts"] = len(rows)
    for row in rows:
        where = f"{row.kind} {row.document_id} v{row.version}"
        if sha256_hex(row.document) != row.sha256 or not logged.holds(
            row.kind, row.document_id, row.document, row.version
        ):
            yield StoreFinding(where, "the document is not the one that was entered in the log")
        if row.approval is None:
            continue
        approval = json.loads(row.approval)
        public = keys.get(approval["signer"]["key"])
        if public is None or not verify(
            public, row.approval_signature or b"", record_signing_bytes(row.approval)
        ):
            yield StoreFinding(where, "the approval's signature does not belong to it")
        if approval["sha256"] != row.sha256 or not logged.holds(
            "approval", f"{row.kind}:{row.document_id}", row.approval
        ):
            yield StoreFinding(where, "the approval is of another document")


def patients(session: Session, logged: Logged, counts: dict[str, int]) -> Iterator[StoreFinding]:
    """Everybody on the roster is as the log last entered them, and nobody whom it entered is missing."""
    known: set[str] = set()
    for row in session.scalars(select(Patient).execution_options(yield_per=AT_ONCE)):
        known.add(row.ref)
        is_own = logged.ends_with("patient", row.ref, patient_bytes(row)) or (
            is_as_first_added(row)
            and logged.ends_with("patient", row.ref, patient_bytes(row, form=FIRST_FORM))
        )
        if not is_own:
            yield StoreFinding(f"patient {row.record_number}", "the roster data are not what the log entered")
    counts["patients"] = len(known)
    for _ in logged.ids("patient") - known - logged.ids("removed_patient"):
        yield StoreFinding("patients", "somebody whom the log entered is not on the roster any more")
