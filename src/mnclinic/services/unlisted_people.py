"""Whom a recalled lot or device touched and no list of its recalls names: signed or corrected after them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import Recall
from mnclinic.services.look_back import touched_beside
from mnclinic.services.one_person import together
from mnclinic.services.recall_rows import list_of


def count_unlisted(session: Session, kind: str, named: str) -> int:
    """How many it touched who are on no list of any recall of it. Nobody is named, so it is no look."""
    asked = select(Recall.people).where(
        Recall.kind == kind, Recall.named == named, Recall.is_drill.is_(False)
    )
    listed = {ref for people in session.scalars(asked) for ref in list_of(people)}
    # A device's list has thousands, and Today asks this each time: more is read of the others alone.
    touched = [ref for ref in touched_beside(session, kind, named, listed) if ref not in listed]
    # Whoever was merged since stands on a list under another record.
    return sum(listed.isdisjoint(records) for records in together(session, touched).values())
