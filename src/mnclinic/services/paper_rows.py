"""The rows of the numbered sheets of paper: how the log names them, and how they are entered."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.models import PaperSheet, instant_text
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

ISSUED, RETURNED, SPOILED = "issued", "returned", "spoiled"
PREFIX = "PB-"
_DIGITS = 6


def sheet_number(count: int) -> str:
    """The number of the sheet that is the clinic's `count`-th: PB-000001."""
    return f"{PREFIX}{count:0{_DIGITS}d}"


def sheets_ever(session: Session) -> int:
    """How many sheets were handed out so far; numbers are never used again."""
    newest = session.scalar(select(func.max(PaperSheet.number)))
    return int(newest.removeprefix(PREFIX)) if newest else 0


def sheets_out(session: Session) -> int:
    """How many neither came back nor were spoiled."""
    return session.scalar(select(func.count()).select_from(PaperSheet).where(PaperSheet.state == ISSUED)) or 0


def sheet_bytes(row: PaperSheet) -> bytes:
    """The canonical bytes of a sheet, as the log names it."""
    return written_as(
        {
            "format": "mnclinic.paper-sheet/1",
            "number": row.number,
            "language": row.language,
            "protocol": row.protocol,
            "protocol_sha256": row.protocol_sha256,
            "issued_by": row.issued_by,
            "issued_at": instant_text(row.issued_at),
            "state": row.state,
            "visit": row.visit_id,
            "attachment": row.attachment,
            "reason": row.reason,
            "settled_by": row.settled_by,
            "settled_at": instant_text(row.settled_at) if row.settled_at else None,
        }
    )


def written_as(form: Mapping[str, Any]) -> bytes:
    """The bytes of a sheet's form."""
    return canonical_bytes(dict(form))


def enter_issued(work: UnitOfWork, row: PaperSheet) -> None:
    """Enter that a sheet was printed under its number."""
    named = LoggedObject("paper_sheet", row.number, 1, sheet_bytes(row))
    work.log.record(Act("paper.issued", "C", object=named, categories=("treatment",)))


def enter_returned(work: UnitOfWork, row: PaperSheet, ref: str) -> None:
    """Enter which visit a sheet became, under the person whose visit it is."""
    named = LoggedObject("paper_sheet", row.number, 2, sheet_bytes(row))
    work.log.record(Act("paper.returned", "U", subject=ref, object=named, categories=("treatment",)))


def enter_spoiled(work: UnitOfWork, row: PaperSheet) -> None:
    """Enter why a sheet will not come back."""
    named = LoggedObject("paper_sheet", row.number, 2, sheet_bytes(row))
    said = {"reason": row.reason}
    work.log.record(Act("paper.spoiled", "U", object=named, categories=("treatment",), detail=said))
