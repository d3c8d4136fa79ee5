"""Hold a person's legal hold, standing and merging against the acts that alone may change them.

Whoever may change a person's details enters the whole row with every change, and so could take a hold off in
passing. The log says of each record which act came last, and whose it was.
"""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import LogDetail, Patient
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import StoreFinding

HELD, HOLD_ENDED, STANDING_CHANGED = "patient.held", "patient.hold_ended", "patient.standing_changed"


def rows(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each record is held exactly where its last act of a hold says so, and its standing is the last one."""
    for row in session.scalars(select(Patient).execution_options(yield_per=500)):
        words = logged.named("patient", row.ref)
        where = f"patient {row.record_number}"
        if not _is_held_as_entered(row, _last(words, (HELD, HOLD_ENDED)), logged):
            yield StoreFinding(where, "its legal hold is not the one that was put on it or ended last")
        if not _stands_as_entered(session, row, _last(words, (STANDING_CHANGED,))):
            yield StoreFinding(where, "its standing or day of death is not what the last change of it says")


def _last(words: Sequence[Named], actions: Sequence[str]) -> Named | None:
    return next((word for word in reversed(words) if word.action in actions), None)


def _is_held_as_entered(row: Patient, last: Named | None, logged: Logged) -> bool:
    if last is None or last.action == HOLD_ENDED:
        return (row.hold_reason, row.held_by, row.held_at) == ("", None, None)
    return (
        bool(row.hold_reason)
        and row.held_by == last.actor
        and row.held_at is not None
        and is_moment_of(logged.entry(last.seq), row.held_at)
    )


def _stands_as_entered(session: Session, row: Patient, last: Named | None) -> bool:
    if last is None:
        return (row.standing, row.standing_note, row.deceased_on) == ("active", "", None)
    detail = session.scalar(select(LogDetail.detail).where(LogDetail.seq == last.seq))
    if detail is None:
        # What an entry says in words can be erased; which act came last cannot.
        return True
    said = json.loads(detail)
    if "deceased_on" not in said:
        return bool(row.standing == said["after"])
    died_on = row.deceased_on.isoformat() if row.deceased_on else None
    return bool(
        (row.standing, row.standing_note, died_on) == (said["after"], said["reason"], said["deceased_on"])
    )
