"""What the store holds, read behind the use-cases' backs."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import LogEntry, Patient, TreatmentLineRow, Visit, VisitRevision, VisitSignature
from mnclinic.services.check_store import check_store
from mnclinic.services.session import OpenClinic
from mnclinic.store.unit_of_work import UnitOfWork


def log_size(clinic: OpenClinic) -> int:
    """How many entries the log has."""
    with Session(clinic.store.engine) as session:
        return session.query(LogEntry).count()


def actions_since(clinic: OpenClinic, size: int) -> list[str]:
    """The acts entered after the first `size` entries, in order."""
    with Session(clinic.store.engine) as session:
        return list(
            session.scalars(select(LogEntry.action).where(LogEntry.seq > size).order_by(LogEntry.seq))
        )


def entries_since(clinic: OpenClinic, size: int) -> list[dict[str, Any]]:
    """The entries themselves."""
    with Session(clinic.store.engine) as session:
        rows = session.scalars(select(LogEntry.entry).where(LogEntry.seq > size).order_by(LogEntry.seq))
        return [json.loads(row) for row in rows]


def stored_visit(clinic: OpenClinic, visit_id: str) -> Visit:
    """A visit's row."""
    with Session(clinic.store.engine) as session:
        return session.get_one(Visit, visit_id)


def records_of(clinic: OpenClinic, visit_id: str) -> list[dict[str, Any]]:
    """A visit's frozen records, oldest first."""
    with Session(clinic.store.engine) as session:
        rows = session.scalars(
            select(VisitRevision.record)
            .where(VisitRevision.visit_id == visit_id)
            .order_by(VisitRevision.revision)
        )
        return [json.loads(row) for row in rows]


def signatures_of(clinic: OpenClinic, visit_id: str) -> list[tuple[int, str]]:
    """(revision, meaning) of a visit's signatures in the order of signing."""
    with Session(clinic.store.engine) as session:
        rows = session.execute(
            select(VisitSignature.revision, VisitSignature.meaning)
            .where(VisitSignature.visit_id == visit_id)
            .order_by(VisitSignature.id)
        )
        return [(row.revision, row.meaning) for row in rows]


def counts(clinic: OpenClinic) -> dict[str, int]:
    """How many rows the tables of patients and visits hold."""
    with Session(clinic.store.engine) as session:
        return {
            table.__tablename__: session.query(table).count()
            for table in (Patient, Visit, VisitRevision, VisitSignature, TreatmentLineRow, LogEntry)
        }


def problems_found(clinic: OpenClinic) -> list[str]:
    """What the check of the whole store finds, as "where: what"."""
    return [f"{one.where}: {one.what}" for one in check_store(clinic).findings]


def assert_check_tells(opened: OpenClinic, deed: Callable[[UnitOfWork], None], told: str) -> None:
    """What somebody's own program stores and enters with their key is ALTERED, in these words."""
    with opened.work() as work:
        deed(work)
        work.session.flush()
        work.commit(checkpoint=True)
    checked = check_store(opened)
    assert checked.verdict == "ALTERED"
    assert told in {one.what for one in checked.findings}, checked.findings
