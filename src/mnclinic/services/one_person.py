"""One person with several records: each record stays what it was, and they are read together.

A merge is a pointer from one record to another. Nothing that was signed or logged under a record moves, so
everything here asks first which records are one person's.
"""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mnclinic.domain.person_details import Standing
from mnclinic.domain.plain_days import plain_day
from mnclinic.errors import ActionRefused, InvalidInput, Refusal
from mnclinic.models import Patient
from mnclinic.store.plain_rows import plain_rows

NO_SUCH_PATIENT = "There is no such patient in this clinic. Nothing was changed. Look the person up again."
LONGEST_CHAIN = 50
"""Merges behind one another that are followed: whoever tampers with the pointers makes no endless loop."""

# Straight to the driver, for lists ask this at every key that is pressed.
HEADS = """
WITH RECURSIVE up (sought, ref, next, depth) AS (
  SELECT value, patient.ref, patient.merged_into, 0
  FROM json_each(:refs) JOIN patient ON patient.ref = value
  UNION ALL
  SELECT up.sought, patient.ref, patient.merged_into, up.depth + 1
  FROM up JOIN patient ON patient.ref = up.next WHERE up.depth < :longest
)
SELECT sought, ref FROM up WHERE next IS NULL
"""
# Where nobody was ever merged, one look says so of all.
BEHIND = """
WITH RECURSIVE down (head, ref, record_number, depth) AS (
  SELECT value, value, '', 0 FROM json_each(:refs)
  WHERE EXISTS (SELECT 1 FROM patient WHERE merged_into IS NOT NULL)
  UNION ALL
  SELECT down.head, patient.ref, patient.record_number, down.depth + 1
  FROM down JOIN patient ON patient.merged_into = down.ref WHERE down.depth < :longest
)
SELECT DISTINCT head, ref, record_number FROM down WHERE depth > 0 ORDER BY record_number
"""
TOGETHER = """
WITH RECURSIVE up (sought, ref, next, depth) AS (
  SELECT value, patient.ref, patient.merged_into, 0
  FROM json_each(:refs) JOIN patient ON patient.ref = value
  UNION ALL
  SELECT up.sought, patient.ref, patient.merged_into, up.depth + 1
  FROM up JOIN patient ON patient.ref = up.next WHERE up.depth < :longest
),
down (sought, ref, record_number, depth) AS (
  SELECT value, coalesce((SELECT ref FROM up WHERE sought = value AND next IS NULL), value), '', 0
  FROM json_each(:refs)
  UNION ALL
  SELECT down.sought, patient.ref, patient.record_number, down.depth + 1
  FROM down JOIN patient ON patient.merged_into = down.ref WHERE down.depth < :longest
)
SELECT DISTINCT sought, ref, record_number FROM down ORDER BY record_number
"""


def heads_of(session: Session, refs: Sequence[str]) -> Mapping[str, str]:
    """By reference, the record under which that record is read; its own where it is not merged."""
    rows = plain_rows(session.connection(), HEADS, {"refs": json.dumps(list(refs)), "longest": LONGEST_CHAIN})
    return dict(rows)


def behind(session: Session, refs: Sequence[str]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By reference, the records that are read under it: reference and record number."""
    rows = plain_rows(
        session.connection(), BEHIND, {"refs": json.dumps(list(refs)), "longest": LONGEST_CHAIN}
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for head, ref, record_number in rows:
        found.setdefault(head, []).append((ref, record_number))
    return {head: tuple(records) for head, records in found.items()}


def records_of(session: Session, patient: Patient) -> tuple[Patient, ...]:
    """Every record of this person: the one under which they are read, then the others by their numbers."""
    return tuple(session.get_one(Patient, ref) for ref in refs_of(session, patient.ref))


def refs_of(session: Session, ref: str) -> tuple[str, ...]:
    """The references of every record of this person, in the same order; the given one where nobody has it."""
    return together(session, (ref,))[ref]


def together(session: Session, refs: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """By reference, the references of every record of that person, in the same order, in one question."""
    rows = plain_rows(
        session.connection(), TOGETHER, {"refs": json.dumps(list(refs)), "longest": LONGEST_CHAIN}
    )
    # The head has no number here, so it comes first.
    found: dict[str, dict[str, None]] = {ref: {} for ref in refs}
    for sought, ref, _ in rows:
        found[sought][ref] = None
    return {ref: tuple(records) for ref, records in found.items()}


def load_record(session: Session, named: str) -> Patient:
    """The record with this reference or record number itself, merged or not. Raises InvalidInput."""
    # Two look-ups in two indexes; a reference is random and never a record number.
    found = session.scalar(select(Patient).where(or_(Patient.ref == named, Patient.record_number == named)))
    if found is None:
        raise InvalidInput(NO_SUCH_PATIENT)
    return found


def load_person(session: Session, named: str) -> tuple[Patient, ...]:
    """All records of whoever has this reference or record number, the one to work in first.

    Raises InvalidInput when there is no such person.
    """
    return records_of(session, load_record(session, named))


def assert_may_be_treated(records: Sequence[Patient]) -> None:
    """Raise ActionRefused where somebody is recorded as deceased: no new visit is started then."""
    deceased = [one for one in records if one.standing == Standing.DECEASED]
    if deceased:
        died_on = next((one.deceased_on for one in deceased if one.deceased_on), None)
        day = f" on {plain_day(died_on).lstrip('0')}" if died_on else ""
        raise ActionRefused(
            [
                Refusal(
                    "patient_deceased",
                    f"This person is recorded as deceased{day}, so no visit was started. If that is wrong, "
                    "correct it on the patient's page first.",
                )
            ]
        )
