"""An audit bundle of the visits of a period."""

import base64
import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic import __version__
from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.note import parse_checkpoint
from mnclinic.audit.signing import allowed_signers_line, public_key_pem
from mnclinic.bundles.check_revocations import REVOCATIONS, revocation_line
from mnclinic.bundles.content import FORMAT, BundleContent
from mnclinic.bundles.write import Sealing, bundle_members, write_bundle
from mnclinic.documents.visit_record import visit_record_pdf
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import (
    ApprovedDocument,
    Checkpoint,
    Clinic,
    KeyRevocation,
    KeyVouch,
    LogEntry,
    RegisteredKey,
    Visit,
    VisitRevision,
    VisitSignature,
    instant_text,
)
from mnclinic.security.passphrases import make_passphrase
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.key_register import directors_key
from mnclinic.services.print_documents import staff_names
from mnclinic.services.session import OpenClinic
from mnclinic.services.signature_standing import public_keys, standing_of, wrong_with_record
from mnclinic.store.log_writer import Act

VISIT_COLUMNS = (
    "visit",
    "number",
    "revision",
    "state_now",
    "patient",
    "record_number",
    "started_at",
    "service",
    "performer",
    "device",
    "cartridge_lot",
    "late_entry",
    "solo_physician",
)
DECLARATION = "data/declarations/solo-physician.json"
FOLDER_OF_KIND = {"policy": "policies", "protocol": "protocols", "consent_text": "consent_texts"}


@dataclass(frozen=True)
class MakeBundle:
    """What the bundle is to hold and how it is to be closed.

    Of `plain`, `passphrase` and `recipient` (an age public key) at most one is given; with none a
    passphrase is made and returned once.
    """

    first: date
    last: date
    out: Path
    plain: bool = False
    passphrase: str | None = None
    recipient: str | None = None


@dataclass(frozen=True)
class BundleMade:
    """A bundle was written. `passphrase` is shown once and kept nowhere."""

    file: Path
    visits: int
    patients: int
    sha512: str
    fingerprint: str
    passphrase: str | None


def make_bundle(clinic: OpenClinic, request: MakeBundle) -> BundleMade:
    """Write every frozen visit of a period, its signatures, the whole log and the keys, sealed.

    The making is entered in the log first; the bundle holds the log up to and with that entry.

    Raises:
        InvalidInput: the period runs backwards, or the recipient is no age key. Nothing was written.
        ActionRefused: no visit lies in the period.
        StoreUnavailable and kin: the file could not be written; the log says that it was tried.
    """
    clinic.require(RoleAct.MAKE_BUNDLE)
    if request.first > request.last:
        raise InvalidInput(
            "The period ends before it begins. Nothing was written.",
            [Problem("from", "The first day lies after the last one.")],
        )
    frozen_visits = (
        select(Visit)
        .where(Visit.visit_on.between(request.first, request.last), Visit.revision > 0)
        .order_by(Visit.number)
    )
    with clinic.work() as work:
        visits = work.session.scalars(frozen_visits).all()
        if not visits:
            raise ActionRefused(
                [Refusal("nothing_in_period", "No recorded visit lies in that period. Nothing was written.")]
            )
        now = clinic.clock.now()
        work.log.record(
            Act(
                "bundle.made",
                "E",
                categories=("disclosure",),
                detail={
                    "from": request.first.isoformat(),
                    "to": request.last.isoformat(),
                    "visits": len(visits),
                    "encrypted": not request.plain,
                },
            )
        )
        work.commit(checkpoint=True)
    with clinic.store.reading() as session:
        # Asked again: another window may have written between that commit and this position.
        content = _content(clinic, session, request, session.scalars(frozen_visits).all(), instant_text(now))
    passphrase = request.passphrase
    if passphrase is None and request.recipient is None and not request.plain:
        passphrase = make_passphrase()
    members = bundle_members(
        content, public=clinic.installation_key.public, sign=clinic.installation_key.sign
    )
    written = write_bundle(members, request.out, Sealing(passphrase, request.recipient))
    return BundleMade(
        file=written.path,
        visits=content.visits,
        patients=content.patients,
        sha512=written.sha512,
        fingerprint=content.fingerprint,
        passphrase=passphrase if request.passphrase is None else None,
    )


def _content(
    clinic: OpenClinic, session: Session, request: MakeBundle, visits: Sequence[Visit], made_at: str
) -> BundleContent:
    facts = clinic.facts
    members: dict[str, bytes] = {}
    size, note = session.execute(
        select(Checkpoint.size, Checkpoint.note).order_by(Checkpoint.size.desc()).limit(1)
    ).one()
    _add_log(session, members, size, note)
    director = _add_keys(clinic, session, members)
    _add_revocations(session, members, size)
    _add_approved(session, members)
    _add_declaration(session, members)
    records = _add_visits(clinic, session, members, visits, note)
    withheld = _withheld(session, request)
    patients = {record["patient"]["ref"] for record in records}
    members["data/scope.json"] = canonical_bytes(
        {
            "format": FORMAT,
            "vault": facts.vault,
            "clinic": facts.name,
            "is_demo": facts.is_demo,
            "from": request.first.isoformat(),
            "to": request.last.isoformat(),
            "made_at": made_at,
            "made_by": clinic.person.name,
            "program": __version__,
            "visits": len(visits),
            "patients": len(patients),
            "log_size": size,
            "withheld": withheld,
        }
    )
    _add_tables(members, visits, records)
    info = (
        ("Source-Organization", facts.name),
        ("Bagging-Date", made_at[:10]),
        ("External-Identifier", f"{facts.vault}:{size}"),
        ("Internal-Sender-Description", "DEMO: invented people" if facts.is_demo else "Audit bundle"),
        ("Mnclinic-Bundle-Format", FORMAT),
        ("Mnclinic-Period", f"{request.first.isoformat()} to {request.last.isoformat()}"),
        ("Mnclinic-Visits", str(len(visits))),
        ("Mnclinic-Director-Fingerprint", director),
        *((("Mnclinic-Solo-Physician", "declared"),) if DECLARATION in members else ()),
        ("Payload-Oxum", f"{sum(map(len, members.values()))}.{len(members)}"),
    )
    return BundleContent(members, info, facts.name, facts.is_demo, director, len(visits), len(patients))


def _add_log(session: Session, members: dict[str, bytes], size: int, note: bytes) -> None:
    rows = session.execute(
        select(LogEntry.entry, LogEntry.signature).where(LogEntry.seq <= size).order_by(LogEntry.seq)
    ).all()
    members["data/log/entries.jsonl"] = b"".join(row.entry + b"\n" for row in rows)
    members["data/log/signatures.txt"] = b"".join(base64.b64encode(row.signature) + b"\n" for row in rows)
    members["data/log/checkpoint.txt"] = note


def _add_keys(clinic: OpenClinic, session: Session, members: dict[str, bytes]) -> str:
    rows = session.scalars(select(RegisteredKey).order_by(RegisteredKey.enrolled_at, RegisteredKey.key)).all()
    added: dict[str, list[dict[str, str]]] = {}
    for word in session.scalars(select(KeyVouch).order_by(KeyVouch.id)):
        signature = base64.b64encode(word.signature).decode("ascii")
        added.setdefault(word.key, []).append({"key": word.voucher, "signature": signature})
    members["data/keys/register.jsonl"] = b"".join(
        canonical_bytes(
            {
                "document": base64.b64encode(row.document).decode("ascii"),
                "proof": base64.b64encode(row.proof).decode("ascii"),
                "vouches": [*json.loads(row.vouches), *added.get(row.key, ())],
            }
        )
        + b"\n"
        for row in rows
    )
    fingerprint = directors_key(session)
    director = json.loads(next(row.document for row in rows if row.key == fingerprint))
    installation = clinic.installation_key.public
    members["data/keys/director.pem"] = public_key_pem(base64.b64decode(director["public"]))
    members["data/keys/installation.pem"] = public_key_pem(installation)
    members["data/keys/allowed_signers"] = allowed_signers_line(installation, "installation")
    return fingerprint


def _add_revocations(session: Session, members: dict[str, bytes], size: int) -> None:
    """Every key that ended by the log's entry `size`, in the log's order. No file where none did."""
    rows = session.execute(
        select(KeyRevocation.document, KeyRevocation.signature)
        .join(LogEntry, LogEntry.object_id == KeyRevocation.key)
        .where(LogEntry.action == "key.revoked", LogEntry.seq <= size)
        .order_by(LogEntry.seq)
    ).all()
    if rows:
        members[REVOCATIONS] = b"".join(revocation_line(row.document, row.signature) + b"\n" for row in rows)


def _add_approved(session: Session, members: dict[str, bytes]) -> None:
    rows = session.scalars(select(ApprovedDocument).where(ApprovedDocument.approval.is_not(None))).all()
    for row in rows:
        folder = FOLDER_OF_KIND.get(row.kind)
        if folder is None or row.approval is None or row.approval_signature is None:
            continue
        name = f"data/{folder}/{row.document_id}-v{row.version}-{row.language}".rstrip("-")
        members[f"{name}.json"] = row.document
        members[f"{name}.approval.json"] = row.approval
        members[f"{name}.approval.sig"] = row.approval_signature


def _add_declaration(session: Session, members: dict[str, bytes]) -> None:
    row = session.get_one(Clinic, 1)
    if row.solo_declaration is not None and row.solo_signature is not None:
        members[DECLARATION] = row.solo_declaration
        members["data/declarations/solo-physician.sig"] = row.solo_signature


def _add_visits(
    clinic: OpenClinic,
    session: Session,
    members: dict[str, bytes],
    visits: Sequence[Visit],
    note: bytes,
) -> list[dict[str, Any]]:
    checkpoint = parse_checkpoint(note)
    head = {"size": checkpoint.size, "root": checkpoint.root.hex()}
    people = staff_names(session)
    keys, vault = public_keys(session), clinic.facts.vault
    records = []
    for visit in visits:
        signatures = session.scalars(
            select(VisitSignature).where(VisitSignature.visit_id == visit.id).order_by(VisitSignature.id)
        ).all()
        revisions = session.scalars(
            select(VisitRevision).where(VisitRevision.visit_id == visit.id).order_by(VisitRevision.revision)
        ).all()
        folder = f"data/visits/{visit.id}"
        for row in revisions:
            record = json.loads(row.record)
            records.append(record)
            members[f"{folder}/r{row.revision}.json"] = row.record
            here = [one for one in signatures if one.revision == row.revision]
            held = [standing_of(one, row.record, keys, vault).said for one in here]
            members[f"{folder}/r{row.revision}.pdf"] = visit_record_pdf(
                record,
                [json.loads(one.record) for one in here],
                clinic_name=clinic.facts.name,
                is_demo=clinic.facts.is_demo,
                sha256=row.sha256,
                checkpoint=head,
                signed_checkpoint=note,
                people=people,
                standings=[*held, *wrong_with_record(row)],
            )
        for number, one in enumerate(signatures, start=1):
            members[f"{folder}/signature-{number}.json"] = one.record
            members[f"{folder}/signature-{number}.sig"] = one.signature
    return records


def _withheld(session: Session, request: MakeBundle) -> list[dict[str, Any]]:
    """What of the clinic is not inside, why, and how much it is."""
    outside = session.scalars(
        select(Visit.id).where(Visit.revision > 0, ~Visit.visit_on.between(request.first, request.last))
    ).all()
    unsigned = session.execute(
        select(Visit.state).where(Visit.revision == 0, Visit.visit_on.between(request.first, request.last))
    ).all()
    voided = sum(1 for row in unsigned if row.state == VisitState.VOIDED.value)
    return [
        {"what": "visits outside the period", "count": len(outside)},
        {"what": "open drafts, which nobody has signed", "count": len(unsigned) - voided},
        {"what": "visits voided before anybody signed", "count": voided},
        {"what": "details of log entries, which may name people", "count": 0},
    ]


def _add_tables(
    members: dict[str, bytes], visits: Sequence[Visit], records: Sequence[dict[str, Any]]
) -> None:
    state = {visit.id: visit.state for visit in visits}
    members["data/tables/visits.csv"] = _csv(
        VISIT_COLUMNS,
        (
            (
                record["visit"],
                record["number"],
                record["revision"],
                state[record["visit"]],
                f"{record['patient']['last_name']}, {record['patient']['first_name']}",
                record["patient"]["record_number"],
                record["document"]["started_at"],
                record["document"]["service"],
                record["document"]["performer"],
                record["document"].get("device", ""),
                record["document"].get("cartridge", {}).get("lot", ""),
                "yes" if record["late_entry"] else "no",
                "yes" if "solo_physician" in record else "no",
            )
            for record in records
        ),
    )
    members["data/tables/lines.csv"] = _csv(
        ("visit", "number", "revision", "area", "side", "depth_mm", "passes", "endpoint"),
        (
            (
                record["visit"],
                record["number"],
                record["revision"],
                line["area"],
                line["side"],
                line["depth_mm"],
                line["passes"],
                line["endpoint"],
            )
            for record in records
            for line in record["document"].get("lines", ())
        ),
    )
    members["data/tables/findings.csv"] = _csv(
        ("visit", "number", "revision", "code", "light", "outcome", "message", "reason"),
        (
            (
                record["visit"],
                record["number"],
                record["revision"],
                finding["code"],
                finding["light"],
                finding["outcome"],
                finding["message"],
                finding["reason"] or "",
            )
            for record in records
            for finding in record["judged"]["findings"]
        ),
    )


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_harmless(str(cell)) for cell in row])
    return buffer.getvalue().encode()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
