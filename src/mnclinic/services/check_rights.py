"""Hold who used wider rights, and who judged their own treatments, against the log and the declaration."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import sha256_hex
from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.domain.names import is_same_person
from mnclinic.models import BreakGlass, Clinic, VisitRevision, VisitSignature
from mnclinic.services.break_glass import glass_bytes
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding


def glasses(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Broken glasses are those that were entered, and none is missing."""
    rows = session.scalars(select(BreakGlass)).all()
    for row in rows:
        if not logged.ends_with("break_glass", row.id, glass_bytes(row)):
            yield StoreFinding(f"broken glass {row.id[:8]}", "it is not what the log entered")
    for gone in sorted(logged.ids("break_glass") - {row.id for row in rows}):
        yield StoreFinding(f"broken glass {gone[:8]}", "the log entered it and it is not there any more")


def declaration(session: Session, keys: Mapping[str, bytes], logged: Logged) -> Iterator[StoreFinding]:
    """The clinic is declared a solo-physician one exactly where its director signed that."""
    row = session.get_one(Clinic, 1)
    where = "solo-physician declaration"
    if row.solo_declaration is None:
        if row.is_solo or row.solo_signature is not None or logged.ids("declaration"):
            yield StoreFinding(where, "the director's signed declaration is missing")
        return
    declared = json.loads(row.solo_declaration)
    public = keys.get(declared["signer"]["key"])
    if public is None or not verify(
        public, row.solo_signature or b"", record_signing_bytes(row.solo_declaration)
    ):
        yield StoreFinding(where, "the signature does not belong to it")
    if declared["vault"] != row.vault or not row.is_solo:
        yield StoreFinding(where, "it is not this clinic's")
    if not logged.holds("declaration", "solo_physician", row.solo_declaration):
        yield StoreFinding(where, "it was never entered in the log")


def own_judgements(session: Session) -> Iterator[StoreFinding]:
    """Nobody judged a treatment that they performed, unless the record carries the clinic's declaration."""
    row = session.get_one(Clinic, 1)
    declared = sha256_hex(row.solo_declaration) if row.solo_declaration else None
    records: dict[tuple[str, int], Mapping[str, Any]] = {
        (one.visit_id, one.revision): json.loads(one.record) for one in session.scalars(select(VisitRevision))
    }
    for key, record in records.items():
        solo = record.get("solo_physician")
        if solo is not None and solo["declaration_sha256"] != declared:
            where = f"visit {record['number']} revision {key[1]}"
            yield StoreFinding(where, "it names a solo-physician declaration that is not this clinic's")
    performers: dict[str, dict[str, str]] = {}
    for signature in session.scalars(select(VisitSignature).order_by(VisitSignature.id)):
        signer = json.loads(signature.record)["signer"]
        if signature.meaning == "performed":
            performers.setdefault(signature.visit_id, {})[signature.signer] = signer["name"]
            continue
        record = records[signature.visit_id, signature.revision]
        known = dict(performers.get(signature.visit_id, {}))
        if (pinned := record["pinned"]["performer"]) is not None:
            known[pinned["staff"]] = pinned["name"]
        is_own = signature.signer in known or any(
            is_same_person(name, signer["name"]) for name in known.values()
        )
        if is_own and "solo_physician" not in record:
            yield StoreFinding(
                f"signature on {record['number']} revision {signature.revision} ({signature.meaning})",
                "whoever performed this treatment decided on it, and no declaration allows that here",
            )
