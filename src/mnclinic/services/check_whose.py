"""Hold each entry's word about whose record it names: its subject is what people are found by.

Whoever asks which entries are about somebody, and every bundle of one person, goes by the subject. An entry
that names a record of somebody's and says nobody, or somebody else, would be left out there.
"""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mnclinic.audit.entry import EntryFacts
from mnclinic.models import (
    AdverseEvent,
    Attachment,
    ConsentWithdrawal,
    MedicalHistory,
    Patient,
    PlannedVisit,
    Visit,
)
from mnclinic.services.check_rows import StoreFinding

THEMSELVES = frozenset({"patient", "removed_patient"})
"""Kinds of objects that are called by the person's own reference."""
OF_SOMEBODY = THEMSELVES | {
    *("visit", "signature", "warnings_passed", "visit_view", "visit_print"),
    *("consent_print", "precare_print", "aftercare_print"),
    *("adverse_event", "planned_visit", "medical_history"),
    *("attachment", "attachment_view", "consent_withdrawal"),
}
"""Kinds of objects whose every entry is about one person, under the reference that their row has for ever."""
OF_ANOTHER = "it names somebody's record and does not say that it is about them"
_FIRST_OF_ANOTHER = "the log's first entry of it says that it is about another person"

_ROWS: tuple[tuple[str, Select[str, str]], ...] = (
    ("visit", select(Visit.id, Visit.patient_ref)),
    (
        "adverse event",
        select(AdverseEvent.id, Visit.patient_ref).join(Visit, Visit.id == AdverseEvent.visit_id),
    ),
    ("planned visit", select(PlannedVisit.id, PlannedVisit.patient_ref)),
    ("medical history", select(MedicalHistory.id, MedicalHistory.patient_ref)),
    ("attachment", select(Attachment.id, Attachment.patient_ref)),
    ("consent withdrawal", select(ConsentWithdrawal.id, ConsentWithdrawal.patient_ref)),
)
_OF_PEOPLE = frozenset({"planned visit", "medical history", "attachment", "consent withdrawal"})
"""Rows of which it is asked here whether their person is on the roster; of visits it is asked elsewhere."""


class WhoseOfLog:
    """Whose each record is by the first entry that names it, as the whole log is read through once."""

    def __init__(self) -> None:
        """Begin before the first entry."""
        self.first: dict[str, str] = {}
        """By the record's id, the person's reference."""
        self._same: dict[str, str] = {}
        """One text for each person, not one for each entry: visits come by the hundred thousand."""

    def take(self, number: int, facts: EntryFacts) -> Iterator[StoreFinding]:
        """What is wrong with whom the next entry speaks of."""
        if facts.object_kind in OF_SOMEBODY and not self.is_of(
            facts.object_kind, facts.object_id, facts.subject
        ):
            yield StoreFinding(f"log entry {number}", OF_ANOTHER)

    def is_of(self, kind: str | None, named: str | None, subject: str | None) -> bool:
        """Whether an entry that names an object of `OF_SOMEBODY` says whose it is; asked twice, the same."""
        if named is None or subject is None:
            return False
        if kind in THEMSELVES:
            return named == subject
        first = self.first.get(named)
        if first is None:
            first = self.first[named] = self._same.setdefault(subject, subject)
        return first == subject


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
