"""The recalls of a bundle: the list, the notice, whoever was told, and the director's signature at the end.

A period's bundle has those that were opened in it, which its reader can count, and those whose list names one
of its visits. One about a person has of them what concerns that person: no one else on the list, and not the
words of the closure, which may name others. What no entry of the log speaks of is one document, whose hash
goes into the entry of the making: the names on the lists, or the person's extract.
"""

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.entry import local_day_of, parse_entry
from mnclinic.bundles.content import (
    ENDING_OF_SCAN,
    PEOPLE_OF_RECALLS,
    RECALL_CONTACTS_OUTSIDE,
    RECALLED,
    RECALLS_OF_PERSON,
    RECALLS_OUTSIDE,
)
from mnclinic.models import LogEntry, Patient, Recall, RecallClosure, RecallContact, Visit, instant_text
from mnclinic.services.bundle_pages import Claimed
from mnclinic.services.bundle_period import Period, is_in
from mnclinic.services.bundle_readable import RECALL_UNREADABLE, that_can_be_read
from mnclinic.services.recall_rows import ClosureStandings, contact_bytes, listed_in, recall_bytes
from mnclinic.services.standing import Standing
from mnclinic.services.touched_people import among


@dataclass(frozen=True)
class _Recalled:
    """Recalls that are in the bundle, with whom each lists and their visits; ids of those that are not."""

    held: list[tuple[Recall, dict[str, list[str]]]]
    absent: list[str]


def claimed_of_recalls(
    session: Session, *, period: Period, visits: Sequence[Visit], patient: Patient | None
) -> Claimed | None:
    """The names on the lists of the recalls, or of a person their extract; None where there is no recall.

    Raises DatabaseDamaged where an entry or a recall cannot be read: nothing was written.
    """
    found = _recalled(session, period, visits, patient, sys.maxsize)
    if patient is None:
        refs = {ref for _, listed in found.held for ref in listed}
        return Claimed(PEOPLE_OF_RECALLS, _names(session, refs)) if found.held else None
    if not (found.held or found.absent):
        return None
    standings = ClosureStandings(session)
    said = {
        "format": "mnclinic.recalls-of-person/1",
        "patient": patient.ref,
        "outside": len(found.absent),
        "recalls": [_extract(session, row, listed, patient, standings) for row, listed in found.held],
    }
    return Claimed(RECALLS_OF_PERSON, canonical_bytes(said))


def add_recalls(
    session: Session,
    members: dict[str, bytes],
    *,
    period: Period,
    visits: Sequence[Visit],
    patient: Patient | None,
    size: int = sys.maxsize,
) -> list[dict[str, Any]]:
    """Add the recalls with notices, contacts and closures; what of them is withheld.

    Args:
        session: Of the position in the log that the bundle is made at.
        members: They are added here.
        period: The days whose recalls it is to hold.
        visits: The visits in the bundle.
        patient: Whose bundle it is; None for a period's.
        size: How many entries of the log are in the bundle; what was entered later is not.

    Raises DatabaseDamaged where an entry or a recall cannot be read: nothing was written.
    """
    found = _recalled(session, period, visits, patient, size)
    for row, _ in found.held:
        folder = f"{RECALLED}{row.id}"
        if row.notice is not None:
            members[f"{folder}/notice.{ENDING_OF_SCAN.get(row.notice_type or '', 'pdf')}"] = row.notice
        for number, contact in enumerate(_contacts(session, row.id, patient, size), start=1):
            members[f"{folder}/contact-{number}.json"] = contact_bytes(contact)
        if patient is None:
            members[f"{folder}/recall.json"] = recall_bytes(row)
            closure = _closure(session, row.id, size)
            if closure is not None:
                members[f"{folder}/closure.json"] = closure.record
                members[f"{folder}/closure.sig"] = closure.signature
    contacts = sum(len(_contacts(session, one, patient, size)) for one in found.absent)
    return [
        {"what": RECALLS_OUTSIDE, "count": len(found.absent)},
        {"what": RECALL_CONTACTS_OUTSIDE, "count": contacts},
    ]


def _recalled(
    session: Session, period: Period, visits: Sequence[Visit], patient: Patient | None, size: int
) -> _Recalled:
    inside = {one.number for one in visits}
    found = _Recalled([], [])
    for row, listed, day in _every(session, size):
        if patient is not None and patient.ref not in listed:
            continue
        theirs = listed.values() if patient is None else [listed[patient.ref]]
        if is_in(period, day) or any(inside.intersection(numbers) for numbers in theirs):
            found.held.append((row, listed))
        else:
            found.absent.append(row.id)
    return found


def _every(session: Session, size: int) -> Iterator[tuple[Recall, dict[str, list[str]], str]]:
    """Each recall with its list and the day on which it was opened, in the order of the log."""
    asked = (
        select(Recall, LogEntry.entry)
        .join(LogEntry, LogEntry.object_id == Recall.id)
        # By the act, of which there is an index: the log is long, and recalls are few.
        .where(LogEntry.action == "recall.opened", LogEntry.seq <= size)
        .order_by(LogEntry.seq)
        # Notices may be large; those that are in the bundle are read when they are put in.
        .options(defer(Recall.notice))
    )
    for row, entry in session.execute(asked):
        with that_can_be_read(RECALL_UNREADABLE):
            listed, day = listed_in(row), local_day_of(parse_entry(entry))
        yield row, listed, day


def _contacts(session: Session, recall_id: str, patient: Patient | None, size: int) -> list[RecallContact]:
    """In the order in which they were entered."""
    asked = (
        select(RecallContact, LogEntry.seq)
        .join(LogEntry, (LogEntry.object_id == RecallContact.id) & (LogEntry.object_kind == "recall_contact"))
        .where(RecallContact.recall_id == recall_id, LogEntry.seq <= size)
    )
    if patient is not None:
        asked = asked.where(RecallContact.patient_ref == patient.ref)
    return [row for row, _ in sorted(session.execute(asked), key=lambda one: one[1])]


def _closure(session: Session, recall_id: str, size: int) -> RecallClosure | None:
    asked = (
        select(RecallClosure)
        .join(
            LogEntry,
            (LogEntry.object_id == RecallClosure.recall_id) & (LogEntry.object_kind == "recall_closure"),
        )
        .where(RecallClosure.recall_id == recall_id, LogEntry.seq <= size)
    )
    return session.scalars(asked).first()


def _names(session: Session, refs: Collection[str]) -> bytes:
    rows = session.scalars(select(Patient).where(Patient.ref.in_(among(refs))))
    people = [
        {
            "patient": one.ref,
            "record_number": one.record_number,
            "name": f"{one.last_name}, {one.first_name}",
        }
        for one in sorted(rows, key=lambda one: one.ref)
    ]
    return canonical_bytes({"format": "mnclinic.recall-people/1", "people": people})


def _extract(
    session: Session,
    row: Recall,
    listed: dict[str, list[str]],
    patient: Patient,
    standings: ClosureStandings,
) -> dict[str, Any]:
    closure = session.get(RecallClosure, row.id)
    counts = closure if standings.of(closure, row) is Standing.HOLDS else None
    return {
        "id": row.id,
        "kind": row.kind,
        "named": row.named,
        "reason": row.reason,
        "is_drill": row.is_drill,
        "notice_type": row.notice_type,
        "notice_sha256": row.notice_sha256,
        "opened_by": row.opened_by,
        "opened_at": instant_text(row.opened_at),
        "visits": listed[patient.ref],
        "people": len(listed),
        "closed_by": counts.closed_by if counts else None,
        "closed_at": instant_text(counts.closed_at) if counts else None,
    }
