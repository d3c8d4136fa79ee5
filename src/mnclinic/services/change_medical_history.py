"""Write down an allergy, medicine or condition of a person, and that it ended. Nothing is ever deleted."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from mnclinic.domain.medical_history import BY_CODE, LONGEST_NOTE, HistorySource, problems_of_row
from mnclinic.domain.person_details import line_of, text_of
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import MedicalHistory
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.medical_history import medical_history_bytes
from mnclinic.services.one_person import load_person
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

FEWEST_OF_ID = 8
"""So many characters of an id name a row where no other of the person begins with them."""
NOT_STORED = "The history was not changed. Correct what is marked and save again."


@dataclass(frozen=True)
class NewHistory:
    """What somebody wants to write down. Words that are left out are those of the quick-pick."""

    kind: str
    code: str = ""
    words: str = ""
    since: str = ""
    source: str = HistorySource.PATIENT
    note: str = ""


@dataclass(frozen=True)
class HistoryChanged:
    """A row was written or ended."""

    history_id: str
    edition: int


def add_medical_history(clinic: OpenClinic, patient: str, new: NewHistory) -> HistoryChanged:
    """Write down an allergy, medicine or condition of a person, named by reference or record number.

    Raises InvalidInput with every problem, also where there is no such person; nothing is stored then.
    """
    clinic.require(RoleAct.EDIT_PATIENT)
    today = clinic.clock.now().date()
    pick = BY_CODE.get(new.code)
    words = line_of(new.words) or (pick.words if pick else "")
    since, note = line_of(new.since), text_of(new.note)
    problems = problems_of_row(new.kind, new.code, words, since, new.source, today=today)
    problems += _too_long("note", note)
    if problems:
        raise InvalidInput(NOT_STORED, problems)
    with clinic.work() as work:
        person = load_person(work.session, patient)[0]
        row = MedicalHistory(
            id=str(uuid.uuid4()),
            patient_ref=person.ref,
            kind=str(new.kind),
            code=new.code,
            words=words,
            since=since,
            source=str(new.source),
            note=note,
            ended_on=None,
            ended_reason="",
            edition=1,
        )
        work.session.add(row)
        changed = _enter(work, row, "medical_history.added", "C", {"kind": row.kind, "words": row.words})
        work.commit()
        return changed


def end_medical_history(
    clinic: OpenClinic, patient: str, history_id: str, *, ended_on: date, reason: str
) -> HistoryChanged:
    """Say that a row counts no more from `ended_on` on, and why. It stays, and can end once.

    `history_id` is the row's id or the first eight characters of it.

    Raises:
        InvalidInput: there is no such person or row, or with every problem.
        ActionRefused: it has ended before.
    """
    clinic.require(RoleAct.EDIT_PATIENT)
    why = text_of(reason)
    problems = _too_long("reason", why)
    if not why:
        problems.append(Problem("reason", "Say why it ended, or that it was entered by mistake."))
    if ended_on > clinic.clock.now().date():
        problems.append(Problem("ended_on", "The day lies in the future."))
    if problems:
        raise InvalidInput(NOT_STORED, problems)
    with clinic.work() as work:
        row = _load(work, patient, history_id)
        if row.ended_on is not None:
            said = "This entry of the history has ended before. Nothing was changed."
            raise ActionRefused([Refusal("history_has_ended", said)])
        if row.since and ended_on.isoformat()[: len(row.since)] < row.since:
            raise InvalidInput(NOT_STORED, [Problem("ended_on", "The end lies before the beginning.")])
        row.ended_on, row.ended_reason, row.edition = ended_on, why, row.edition + 1
        detail = {"kind": row.kind, "words": row.words, "ended_on": ended_on.isoformat(), "reason": why}
        changed = _enter(work, row, "medical_history.ended", "U", detail)
        work.commit()
        return changed


def _load(work: UnitOfWork, patient: str, history_id: str) -> MedicalHistory:
    refs = {one.ref for one in load_person(work.session, patient)}
    row = work.session.get(MedicalHistory, history_id)
    if row is None and len(history_id) >= FEWEST_OF_ID:
        begins = MedicalHistory.id.startswith(history_id, autoescape=True)
        asked = select(MedicalHistory).where(MedicalHistory.patient_ref.in_(refs), begins).limit(2)
        found = work.session.scalars(asked).all()
        row = found[0] if len(found) == 1 else None
    if row is None or row.patient_ref not in refs:
        raise InvalidInput(
            "There is no such entry in this person's history. Nothing was changed. Look at the list again.",
            [Problem("history", "No entry of this person is called so.")],
        )
    return row


def _too_long(name: str, text: str) -> list[Problem]:
    return [Problem(name, f"At most {LONGEST_NOTE} characters.")] if len(text) > LONGEST_NOTE else []


def _enter(
    work: UnitOfWork, row: MedicalHistory, action: str, kind: str, detail: Mapping[str, Any]
) -> HistoryChanged:
    work.session.flush()
    work.log.record(
        Act(
            action,
            kind,
            subject=row.patient_ref,
            object=LoggedObject("medical_history", row.id, row.edition, medical_history_bytes(row)),
            categories=("history",),
            detail=dict(detail),
        )
    )
    return HistoryChanged(row.id, row.edition)
