"""Hold each entry's word about whose record it names against the others, and against the record's own row."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mnclinic.audit.entry import EntryFacts
from mnclinic.audit.whose import OF_SOMEBODY, WhoseOfLog
from mnclinic.models import (
    AdverseEvent,
    Attachment,
    ConsentWithdrawal,
    EventStep,
    FollowUpContact,
    MedicalHistory,
    Patient,
    Photo,
    PlannedVisit,
    RecallContact,
    Visit,
)
from mnclinic.services.check_rows import StoreFinding

OF_ANOTHER = "it names somebody's record and does not say that it is about them"
_FIRST_OF_ANOTHER = "the log's first entry of it says that it is about another person"

_ROWS: tuple[tuple[str, Select[str, str]], ...] = (
    ("visit", select(Visit.id, Visit.patient_ref)),
    (
        "adverse event",
        select(AdverseEvent.id, Visit.patient_ref).join(Visit, Visit.id == AdverseEvent.visit_id),
    ),
    (
        "event step",
        select(EventStep.id, Visit.patient_ref)
        .join(AdverseEvent, AdverseEvent.id == EventStep.event_id)
        .join(Visit, Visit.id == AdverseEvent.visit_id),
    ),
    (
        "follow-up contact",
        select(FollowUpContact.id, Visit.patient_ref).join(Visit, Visit.id == FollowUpContact.visit_id),
    ),
    ("planned visit", select(PlannedVisit.id, PlannedVisit.patient_ref)),
    ("medical history", select(MedicalHistory.id, MedicalHistory.patient_ref)),
    ("attachment", select(Attachment.id, Attachment.patient_ref)),
    ("photo", select(Photo.id, Photo.patient_ref)),
    ("consent withdrawal", select(ConsentWithdrawal.id, ConsentWithdrawal.patient_ref)),
    ("recall contact", select(RecallContact.id, RecallContact.patient_ref)),
)
_OF_PEOPLE = frozenset(
    {
        *("planned visit", "medical history", "attachment", "photo", "consent withdrawal"),
        "recall contact",
    }
)
"""Rows of which it is asked here whether their person is on the roster; of visits it is asked elsewhere."""


def entry(whose: WhoseOfLog, number: int, facts: EntryFacts) -> Iterator[StoreFinding]:
    """What is wrong with whom the next entry speaks of."""
    kind = facts.object_kind
    if kind in OF_SOMEBODY and not whose.is_of(kind, facts.object_id, facts.subject):
        yield StoreFinding(f"log entry {number}", OF_ANOTHER)


def rows(session: Session, whose: WhoseOfLog) -> Iterator[StoreFinding]:
    """Each record is in its own row the person's of whom its entries speak, and that person is there."""
    people = frozenset(session.scalars(select(Patient.ref).execution_options(yield_per=1000)))
    for name, asked in _ROWS:
        for record_id, patient in session.execute(asked.execution_options(yield_per=1000)):
            where = f"{name} {record_id[:8]}"
            if whose.first.get(record_id, patient) != patient:
                yield StoreFinding(where, _FIRST_OF_ANOTHER)
            if name in _OF_PEOPLE and patient not in people:
                yield StoreFinding(where, "it is of somebody who is not on the roster")
