"""The log and the keys of a bundle: the whole log, or what concerns one person with proofs of the rest."""

import base64
import json
from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import allowed_signers_line, public_key_pem
from mnclinic.audit.subject_map import MapFacts, SubjectCount, SubjectMap, proof_document
from mnclinic.bundles.check_maker import BUNDLE_MADE
from mnclinic.bundles.check_revocations import REVOCATIONS, revocation_line
from mnclinic.bundles.content import HEADS, PROOFS, SUBJECT_MAP, SUBJECT_PROOF
from mnclinic.models import (
    ApprovedDocument,
    Checkpoint,
    KeyRevocation,
    KeyVouch,
    LogEntry,
    LogSubject,
    RegisteredKey,
)
from mnclinic.services.key_register import directors_key
from mnclinic.services.subject_map_entry import KEY_ACTS
from mnclinic.store.log_tree import consistency_in, inclusion_in, root_in


def add_whole_log(session: Session, members: dict[str, bytes], size: int, note: bytes) -> None:
    """Add every entry up to a checkpoint, its signature, and the checkpoint."""
    rows = session.execute(
        select(LogEntry.entry, LogEntry.signature).where(LogEntry.seq <= size).order_by(LogEntry.seq)
    ).all()
    members["data/log/entries.jsonl"] = b"".join(row.entry + b"\n" for row in rows)
    members["data/log/signatures.txt"] = b"".join(base64.b64encode(row.signature) + b"\n" for row in rows)
    members["data/log/checkpoint.txt"] = note


def add_keys(session: Session, members: dict[str, bytes], installation: bytes) -> str:
    """Add the register of keys and the files that other tools need; the director's fingerprint.

    `installation` is the public key that the bundle is sealed with.
    """
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
    members["data/keys/director.pem"] = public_key_pem(base64.b64decode(director["public"]))
    members["data/keys/installation.pem"] = public_key_pem(installation)
    members["data/keys/allowed_signers"] = allowed_signers_line(installation, "installation")
    return fingerprint


def add_revocations(session: Session, members: dict[str, bytes], size: int) -> None:
    """Every key that ended by the log's entry `size`, in the log's order. No file where none did."""
    rows = session.execute(
        select(KeyRevocation.document, KeyRevocation.signature)
        .join(LogEntry, LogEntry.object_id == KeyRevocation.key)
        .where(LogEntry.action == "key.revoked", LogEntry.seq <= size)
        .order_by(LogEntry.seq)
    ).all()
    if rows:
        members[REVOCATIONS] = b"".join(revocation_line(row.document, row.signature) + b"\n" for row in rows)


def add_slice(
    session: Session,
    members: dict[str, bytes],
    *,
    vault: str,
    patient: str,
    note: bytes,
    facts: MapFacts,
    people: SubjectMap,
    heads: Iterable[int],
) -> tuple[int, int]:
    """Add the entries about one person and about keys and rules, each with its path to the checkpoint.

    Args:
        session: Of the transaction that entered the map, its log flushed.
        members: They are added here.
        vault: The clinic.
        patient: The person's reference.
        note: The checkpoint that was cut right after the map's entry.
        facts: What the map's entry says.
        people: The map itself.
        heads: Sizes of the log that signatures in the bundle name.

    Returns how many entries speak of the person, and how many are in the slice.
    """
    connection = session.connection()
    size = facts.size + 1
    rows = session.execute(
        select(LogEntry.seq, LogEntry.entry, LogEntry.signature)
        .where(
            or_(
                LogEntry.subject == patient,
                LogEntry.seq == size,
                KEY_ACTS[0] & KEY_ACTS[1] & LogEntry.object_kind.in_(("key", "key_revocation")),
                LogEntry.object_id.in_(_rules_of(session)) & LogEntry.subject.is_(None),
            )
        )
        .order_by(LogEntry.seq)
    ).all()
    members["data/log/entries.jsonl"] = b"".join(row.entry + b"\n" for row in rows)
    members["data/log/signatures.txt"] = b"".join(base64.b64encode(row.signature) + b"\n" for row in rows)
    members["data/log/checkpoint.txt"] = note
    members[PROOFS] = b"".join(
        canonical_bytes({"seq": row.seq, "path": _hex(inclusion_in(connection, row.seq, size))}) + b"\n"
        for row in rows
    )
    members[HEADS] = b"".join(
        canonical_bytes(
            {
                "size": head,
                "root": root_in(connection, head).hex(),
                "path": _hex(consistency_in(connection, head, size)),
            }
        )
        + b"\n"
        for head in sorted({*heads, *_sizes_of_bundles(session)} - {0, size})
    )
    members[SUBJECT_MAP] = facts.document(vault)
    row = session.get_one(LogSubject, patient)
    proof = people.proof_of(SubjectCount(row.subject, row.count, row.last_leaf))
    members[SUBJECT_PROOF] = proof_document(proof)
    return row.count, len(rows)


def _rules_of(session: Session) -> list[str]:
    """The objects of the entries that put rules in force: approvals, and a solo physician's declaration."""
    approved = session.execute(
        select(ApprovedDocument.kind, ApprovedDocument.document_id)
        .where(ApprovedDocument.approval.is_not(None))
        .distinct()
    )
    return ["solo_physician", *(f"{row.kind}:{row.document_id}" for row in approved)]


def _sizes_of_bundles(session: Session) -> list[int]:
    """The sizes of the log in the bundles that were made before, which other people may hold."""
    after = (
        select(func.min(Checkpoint.size)).where(Checkpoint.size >= LogEntry.seq).correlate(LogEntry)
    ).scalar_subquery()
    sizes = session.scalars(select(after).where(LogEntry.action == BUNDLE_MADE))
    return [size for size in sizes if size is not None]


def _hex(path: Iterable[bytes]) -> list[str]:
    return [one.hex() for one in path]
