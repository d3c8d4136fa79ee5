"""Hold what was done to devices, how lots changed in number, and sheets of paper against the log."""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import DeviceService, LotMovement, PaperSheet, Visit
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_earlier_forms import MORE
from mnclinic.services.check_kept_rows import KeptRows
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.enter_service import service_bytes
from mnclinic.services.paper_rows import sheet_bytes, written_as
from mnclinic.services.stock import movement_bytes

SERVICES = KeptRows(
    DeviceService,
    "device_service",
    lambda row_id: f"device service {row_id[:8]}",
    "device services",
    service_bytes,
)
MOVEMENTS = KeptRows(
    LotMovement, "lot_movement", lambda row_id: f"lot movement {row_id[:8]}", "lot movements", movement_bytes
)
NOT_AS_ENTERED = "it is not what the log entered"
NEVER = "it was never entered in the log"
WHOSE = "the log enters its return under another person than whose visit it became"
WHO = "who entered it, or when, is not what the log says"


def sheets(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each sheet was handed out as the log says, came back or was spoiled once, and none is missing."""
    there: set[str] = set()
    for row in session.scalars(select(PaperSheet).execution_options(yield_per=500)):
        there.add(row.number)
        where = f"paper sheet {row.number}"
        words = logged.named("paper_sheet", row.number)
        if not words:
            yield StoreFinding(where, NEVER)
            continue
        issued = json.loads(sheet_bytes(row)) | {
            "state": "issued",
            "visit": None,
            "attachment": None,
            "reason": "",
            "settled_by": None,
            "settled_at": None,
        }
        wanted = ["paper.issued"] + ([f"paper.{row.state}"] if row.state != "issued" else [])
        if [one.action for one in words] != wanted or not words[-1].names(sheet_bytes(row)):
            yield StoreFinding(where, NOT_AS_ENTERED)
        elif not words[0].names(written_as(issued)):
            yield StoreFinding(where, MORE, seq=words[-1].seq)
        elif not _is_of(logged, words[0].seq, row.issued_by, row.issued_at) or (
            row.settled_by is not None
            and row.settled_at is not None
            and not _is_of(logged, words[-1].seq, row.settled_by, row.settled_at)
        ):
            yield StoreFinding(where, WHO)
        elif not _is_whose(session, logged, row, words[-1].seq):
            yield StoreFinding(where, WHOSE, seq=words[-1].seq)
    for gone in sorted(logged.ids("paper_sheet") - there):
        yield StoreFinding("paper sheets", f"{gone} was entered in the log and is not there any more")


def _is_whose(session: Session, logged: Logged, row: PaperSheet, seq: int) -> bool:
    """Whether a sheet that came back was entered under whose visit it is. Earlier programs named nobody."""
    subject = logged.entry(seq)["subj"]
    visit = session.get(Visit, row.visit_id) if row.visit_id else None
    return subject is None or (visit is not None and visit.patient_ref == subject)


def _is_of(logged: Logged, seq: int, staff_id: str, at: datetime) -> bool:
    entry = logged.entry(seq)
    return entry["actor"]["uid"] == staff_id and is_moment_of(entry, at)
