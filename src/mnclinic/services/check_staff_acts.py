"""Hold who somebody on the staff is against their first entry: no act changes it later.

Papers come, access ends or lasts longer, and each such act enters the whole row; so a ceiling could be raised
in passing.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import Licence, Staff
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.staff_rows import StaffForm, first_staff_bytes

LEFT, PAPER_ENTERED = "staff.left", "staff.paper_entered"
_CANNOT_BE_UNDONE = frozenset({"staff.access_extended", "staff.paper_ended"})
"""What stood there before these is known as a hash alone."""
_FORMS: tuple[StaffForm, ...] = ("mnclinic.staff/2", "mnclinic.staff/1")


def rows(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Everybody is who was added, and has left exactly where the log says so."""
    for row in session.scalars(select(Staff)).all():
        words = logged.named("staff", row.id)
        where = f"staff {row.user}"
        left = [word for word in words if word.action == LEFT]
        if not _has_left_as_entered(row, left, logged):
            yield StoreFinding(where, "whether they left, or when, is not what the log says")
        held = session.scalars(select(Licence).where(Licence.staff_id == row.id).order_by(Licence.id)).all()
        if words and not _is_as_added(row, held, words):
            yield StoreFinding(where, "an act that came later changed more than such acts change")


def _has_left_as_entered(row: Staff, left: Sequence[Named], logged: Logged) -> bool:
    if not left:
        return row.is_active and row.left_at is None
    left_at = row.left_at
    return not row.is_active and left_at is not None and is_moment_of(logged.entry(left[0].seq), left_at)


def _is_as_added(row: Staff, held: Sequence[Licence], words: Sequence[Named]) -> bool:
    if any(word.action in _CANNOT_BE_UNDONE for word in words):
        return True
    later = sum(word.action == PAPER_ENTERED for word in words)
    first = held[: len(held) - later]
    return any(words[0].names(first_staff_bytes(row, first, form=form)) for form in _FORMS)
