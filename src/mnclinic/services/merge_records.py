"""Two records of one person are read as one; and taken apart again.

A merge is a pointer. Both numbers stay and both find the person; visits, signatures and entries stay under
the record that they were made under. So it can be taken back for ever; what was written meanwhile stays where
it was written, and whoever takes a merge back is told of it.
"""

from dataclasses import dataclass

from sqlalchemy import select

from mnclinic.domain.person_details import line_of
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import LogEntry, Patient, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.one_person import load_person, load_record, records_of, refs_of
from mnclinic.services.person_entry import enter_change
from mnclinic.services.session import OpenClinic
from mnclinic.store.unit_of_work import UnitOfWork

LONGEST_REASON = 300
MERGED = "patient.merged"


@dataclass(frozen=True)
class RecordsMerged:
    """`record_number` is read under `kept_number` from now on, or not any more.

    `visits` are the numbers of visits that were started for the person while the two were one: after a merge
    that was wrong somebody has to look whose they are. Empty after a merge.
    """

    ref: str
    record_number: str
    kept_ref: str
    kept_number: str
    revision: int
    visits: tuple[str, ...] = ()


def merge_records(clinic: OpenClinic, away: str, into: str, reason: str) -> RecordsMerged:
    """Have the record `away` read under the record `into`, each named by reference or record number.

    The entries are signed with the session key of whoever says that the two are one.

    Raises InvalidInput without a reason, for records that do not exist, are the same, or are merged already.
    """
    clinic.require(RoleAct.MERGE_RECORDS)
    reason = _reason(reason)
    with clinic.work() as work:
        row = load_record(work.session, away)
        kept = load_person(work.session, into)[0]
        head = records_of(work.session, row)[0]
        if head.ref == kept.ref:
            raise InvalidInput(
                "These are one record, or are merged already. Nothing was changed.",
                [Problem("into", "Name the record of the same person that is to be kept.")],
            )
        if row.merged_into is not None:
            raise InvalidInput(
                f"{row.record_number} is merged into {head.record_number} already. Nothing was changed. "
                f"Merge {head.record_number}, or take that merge back first.",
                [Problem("away", "This record is merged already.")],
            )
        row.merged_into = kept.ref
        enter_change(work, row, MERGED, {"into": kept.record_number, "reason": reason})
        enter_change(work, kept, "patient.merge_taken_in", {"record": row.record_number, "reason": reason})
        work.commit()
        return RecordsMerged(row.ref, row.record_number, kept.ref, kept.record_number, row.revision)


def unmerge_records(clinic: OpenClinic, away: str, reason: str) -> RecordsMerged:
    """Take the merge of a record, named by its own reference or number, back. Both are as they were before.

    Raises InvalidInput without a reason, or where the record is not merged.
    """
    clinic.require(RoleAct.MERGE_RECORDS)
    reason = _reason(reason)
    with clinic.work() as work:
        row = load_record(work.session, away)
        if row.merged_into is None:
            raise InvalidInput(
                f"{row.record_number} is not merged into another record. Nothing was changed.",
                [Problem("away", "This record is not merged.")],
            )
        kept = work.session.get_one(Patient, row.merged_into)
        together = refs_of(work.session, row.ref)
        row.merged_into = None
        visits = _started_since(work, row, together)
        enter_change(
            work, row, "patient.unmerged", {"out_of": kept.record_number, "reason": reason, "visits": visits}
        )
        enter_change(work, kept, "patient.merge_let_go", {"record": row.record_number, "reason": reason})
        work.commit()
        return RecordsMerged(
            row.ref, row.record_number, kept.ref, kept.record_number, row.revision, tuple(visits)
        )


def _started_since(work: UnitOfWork, row: Patient, together: tuple[str, ...]) -> list[str]:
    """The visits that were started under any of these records since the newest merge of this one."""
    session = work.session
    merged = session.scalar(
        select(LogEntry.seq)
        .where(LogEntry.subject == row.ref, LogEntry.action == MERGED)
        .order_by(LogEntry.seq.desc())
        .limit(1)
    )
    started = select(LogEntry.object_id).where(
        LogEntry.subject.in_(together), LogEntry.action == "visit.started", LogEntry.seq > (merged or 0)
    )
    ids = session.scalars(started).all()
    return [*session.scalars(select(Visit.number).where(Visit.id.in_(ids)).order_by(Visit.number))]


def _reason(reason: str) -> str:
    reason = line_of(reason)
    if not reason:
        raise InvalidInput("Nothing was changed.", [Problem("reason", "Say how you know.")])
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(
            "Nothing was changed.", [Problem("reason", f"At most {LONGEST_REASON} characters.")]
        )
    return reason
