"""Close the day: enter how it ended, sign the log's head, and print that on a slip for the binder."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.note import parse_checkpoint
from mnclinic.documents.day_slip import DaySlip, day_slip_pdf
from mnclinic.domain.visit_life import FROZEN, VisitState
from mnclinic.models import LogEntry, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.out_place import refuse_place, told_what_is_entered
from mnclinic.services.print_documents import write_page
from mnclinic.services.session import OpenClinic
from mnclinic.services.subject_map_entry import enter_subject_map, people_so_far
from mnclinic.store.log_writer import Act, LoggedObject

DAY_CLOSED = "day.closed"
OPEN_STATES = (VisitState.DRAFT.value, VisitState.DEFERRED.value, VisitState.RETURNED.value)


@dataclass(frozen=True)
class DayClosed:
    """The day was closed and its slip was written.

    `log_size` entries stand under the `root` on the slip (64 hex digits). `still_open` visits of that day
    or earlier wait for somebody: closing hides none of them and locks nothing.
    """

    file: Path
    day: date
    performed: int
    still_open: int
    log_size: int
    root: str


def close_day(clinic: OpenClinic, out: Path) -> DayClosed:
    """Close today. It may be closed again after more was done; each closing has its own entry and slip.

    Raises:
        InvalidInput: the slip's folder is not there, or its name is a folder's. Nothing was entered.
        StoreUnavailable and kin: the slip cannot be written; the closing itself is entered by then, and
            closing again prints another one.
    """
    clinic.require(RoleAct.CLOSE_DAY)
    refuse_place(out, overwrites=True, where="close")
    now = clinic.clock.now()
    day = now.date()
    so_far = people_so_far(clinic.store)
    with clinic.work() as work:
        visits, performed, still_open = _counts(work.session, day)
        times = work.session.scalar(
            select(func.count()).where(LogEntry.object_id == day.isoformat(), LogEntry.action == DAY_CLOSED)
        )
        content = {
            "format": "mnclinic.day-closed/1",
            "vault": clinic.facts.vault,
            "day": day.isoformat(),
            "visits": visits,
            "performed": performed,
            "still_open": still_open,
        }
        work.log.record(
            Act(
                DAY_CLOSED,
                "E",
                object=LoggedObject("day", day.isoformat(), (times or 0) + 1, canonical_bytes(content)),
                detail={"performed": performed, "still_open": still_open},
            )
        )
        enter_subject_map(work, clinic.facts.vault, so_far)
        note = work.log.cut_checkpoint()
        pdf = day_slip_pdf(
            DaySlip(
                clinic_name=clinic.facts.name,
                day=day,
                visits=visits,
                performed=performed,
                still_open=still_open,
                checkpoint=note,
                closed_at=now,
                closed_by=clinic.person.name,
                is_demo=clinic.facts.is_demo,
            )
        )
        work.commit(checkpoint=True)
    head = parse_checkpoint(note)
    with told_what_is_entered(
        "The day is closed and the log says so; only the slip is missing.",
        "Close the day again to write another slip.",
    ):
        written = write_page(pdf, out)
    return DayClosed(written.file, day, performed, still_open, head.size, head.root.hex())


def _counts(session: Session, day: date) -> tuple[int, int, int]:
    """The day's visits, how many of them were performed, and the open ones up to that day."""
    states = session.scalars(select(Visit.state).where(Visit.visit_on == day)).all()
    still_open = session.scalar(
        select(func.count()).where(Visit.visit_on <= day, Visit.state.in_(OPEN_STATES))
    )
    return len(states), sum(1 for state in states if state in FROZEN), still_open or 0
