"""Hold planned visits against what the log entered of them."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import PlannedVisit
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.planned_rows import planned_bytes


def rows(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each is what its newest entry says, was added when its first one was made, and none is missing."""
    there: set[str] = set()
    for row in session.scalars(select(PlannedVisit).execution_options(yield_per=500)):
        there.add(row.id)
        where = f"planned visit {row.id[:8]}"
        words = logged.named("planned_visit", row.id)
        if not words:
            yield StoreFinding(where, "it was never entered in the log")
            continue
        if not words[-1].names(planned_bytes(row)) or words[-1].revision != row.edition:
            yield StoreFinding(where, "it is not what the log entered")
        if not is_moment_of(logged.entry(words[0].seq), row.added_at):
            yield StoreFinding(where, "the moment of its adding is not what the log entered")
    for plan_id in sorted(logged.ids("planned_visit") - there):
        what = f"{plan_id[:8]} was entered in the log and is not there any more"
        yield StoreFinding("planned visits", what)
