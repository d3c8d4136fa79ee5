"""A person's allergies, medicines and conditions as they are kept and read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.medical_history import HistoryFact, HistoryKind, HistorySource
from mnclinic.models import MedicalHistory, Patient
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.one_person import load_person
from mnclinic.services.session import OpenClinic

# The gate asks this at every signature, so it is not put together anew each time.
OF_RECORDS = select(MedicalHistory).where(MedicalHistory.patient_ref.in_(bindparam("refs", expanding=True)))


@dataclass(frozen=True)
class HistoryRow:
    """One allergy, medicine or condition. `since` is a year, a month or a day as text, or empty."""

    history_id: str
    kind: HistoryKind
    code: str
    words: str
    since: str
    source: HistorySource
    note: str
    ended_on: date | None
    ended_reason: str
    edition: int
    record_number: str
    """Of the record that it was written under."""


def list_medical_history(clinic: OpenClinic, patient: str) -> tuple[HistoryRow, ...]:
    """Everything of all records of a person: what counts first, then what ended; each by kind and words.

    That the chart was opened was entered by `show_patient`. Raises InvalidInput when there is no such person.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        return history_of(session, load_person(session, patient))


def history_of(session: Session, records: Sequence[Patient]) -> tuple[HistoryRow, ...]:
    """The rows of a person with these records, in the order in which they are shown."""
    numbers = {one.ref: one.record_number for one in records}
    return tuple(_row(row, numbers[row.patient_ref]) for row in rows_of(session, tuple(numbers)))


def rows_of(session: Session, refs: Sequence[str]) -> list[MedicalHistory]:
    """The rows of these records, in the order in which they are shown."""
    kinds = list(HistoryKind)
    # A person has a handful of rows, so they are sorted here and not by the database.
    found = session.scalars(OF_RECORDS, {"refs": list(refs)}).all()
    return sorted(
        found,
        key=lambda row: (
            row.ended_on is not None,
            kinds.index(HistoryKind(row.kind)),
            row.words.casefold(),
            row.id,
        ),
    )


def facts_of(session: Session, refs: Sequence[str]) -> tuple[HistoryFact, ...]:
    """The same as the rules read them."""
    return tuple(fact_of(row) for row in rows_of(session, refs))


def fact_of(row: MedicalHistory) -> HistoryFact:
    """A row as the rules read it."""
    return HistoryFact(HistoryKind(row.kind), row.code, row.words, row.since, row.ended_on)


def medical_history_bytes(row: MedicalHistory) -> bytes:
    """The canonical bytes of a row, as the log names it."""
    return _bytes(row, row.ended_on, row.ended_reason, row.edition)


def as_first_entered(row: MedicalHistory) -> bytes:
    """The canonical bytes that a row had when it was entered: ending it is all that ever changes one."""
    return _bytes(row, None, "", 1)


def _bytes(row: MedicalHistory, ended_on: date | None, ended_reason: str, edition: int) -> bytes:
    return canonical_bytes(
        {
            "format": "mnclinic.medical-history/1",
            "id": row.id,
            "patient": row.patient_ref,
            "kind": row.kind,
            "code": row.code,
            "words": row.words,
            "since": row.since,
            "source": row.source,
            "note": row.note,
            "ended_on": ended_on.isoformat() if ended_on else None,
            "ended_reason": ended_reason,
            "edition": edition,
        }
    )


def _row(row: MedicalHistory, record_number: str) -> HistoryRow:
    return HistoryRow(
        history_id=row.id,
        kind=HistoryKind(row.kind),
        code=row.code,
        words=row.words,
        since=row.since,
        source=HistorySource(row.source),
        note=row.note,
        ended_on=row.ended_on,
        ended_reason=row.ended_reason,
        edition=row.edition,
        record_number=record_number,
    )
