"""What happened while nobody was logged in, as far as the log and the clock tell it at the next log-in."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic import __version__
from mnclinic.audit.entry import fields_as_they_stand
from mnclinic.domain.instants import read_instant
from mnclinic.models import LogEntry
from mnclinic.store.log_writer import Act
from mnclinic.store.migrate import NEWEST

LONG_GAP = timedelta(days=30)
"""A clock that a dead battery set years ahead shows as this. So does a long holiday: it accuses nobody."""


def found_at_log_in(
    session: Session, now: datetime, *, upgraded_from: str | None, is_demo: bool
) -> Iterator[Act]:
    """The entries about another program than before, and about a long time without any entry.

    Args:
        session: Sees the log as it was before this log-in.
        now: By the computer's clock.
        upgraded_from: The form of the data that this log-in brought up to date; None where none was.
        is_demo: A demo's days are made up, and none of them is long ago.
    """
    row = session.scalar(select(LogEntry.entry).order_by(LogEntry.seq.desc()).limit(1))
    if row is None:
        return
    newest = fields_as_they_stand(row)
    before = str(newest.get("app", __version__))
    if upgraded_from is not None or before != __version__:
        yield Act(
            "clinic.upgraded",
            "E",
            categories=("clinic",),
            detail={
                "before": f"mnclinic {before}, data form {upgraded_from or NEWEST}",
                "after": f"mnclinic {__version__}, data form {NEWEST}",
            },
        )
    high_water = read_instant(newest.get("hwm"))
    gap = timedelta() if high_water is None else now - high_water
    if gap >= LONG_GAP and not is_demo:
        yield Act("clock.long_gap", "E", categories=("log",), detail={"days": gap.days})
