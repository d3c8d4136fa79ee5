"""The follow-up contacts of a bundle: each try to speak with a patient after a treatment, as it was entered.

The log says of which person a try is and when it was written down, and not of which visit. So a period's
bundle has those that were written down in it, which its reader can count, and those of its visits.
"""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.entry import local_day_of, parse_entry
from mnclinic.bundles.content import FOLLOW_UPS_OUTSIDE, FOLLOWED, PLANNED
from mnclinic.models import FollowUpContact, LogEntry, Patient, Visit, instant_text
from mnclinic.services.bundle_pages import Claimed
from mnclinic.services.bundle_period import Period, is_in
from mnclinic.services.bundle_readable import FOLLOW_UP_UNREADABLE, that_can_be_read
from mnclinic.services.follow_up_rows import contact_bytes, contact_rows_of


def claimed_of_follow_ups(session: Session, visits: Sequence[Visit], now: datetime) -> Claimed | None:
    """The contacts that are planned after these visits and where each stands; None where none is.

    `now` is aware and brings the rules by which clocks go where the clinic is. Raises DatabaseDamaged where a
    try or a record cannot be read: nothing was written.
    """
    with that_can_be_read(FOLLOW_UP_UNREADABLE):
        rows = contact_rows_of(session, now, [one.id for one in visits])
    if not rows:
        return None
    said = {
        "format": "mnclinic.follow-ups-planned/1",
        "at": instant_text(now),
        "contacts": [
            {
                "visit": one.visit_id,
                "step": one.step,
                "due_at": instant_text(one.due_at),
                "state": one.state,
                "condition": one.condition,
            }
            for one in rows
        ],
    }
    return Claimed(PLANNED, canonical_bytes(said))


def add_follow_ups(
    session: Session,
    members: dict[str, bytes],
    *,
    period: Period,
    visits: Sequence[Visit],
    patient: Patient | None,
    size: int = sys.maxsize,
) -> list[dict[str, Any]]:
    """Add the tries; what of them is withheld.

    Args:
        session: Of the position in the log that the bundle is made at.
        members: They are added here.
        period: The days whose tries it is to hold.
        visits: The visits in the bundle.
        patient: Whose bundle it is; None for a period's.
        size: How many entries of the log are in the bundle; what was entered later is not.

    Raises DatabaseDamaged where an entry or a try cannot be read: nothing was written.
    """
    asked = (
        select(FollowUpContact, LogEntry.entry)
        .join(LogEntry, LogEntry.object_id == FollowUpContact.id)
        # By the act, of which there is an index, as with adverse events.
        .where(LogEntry.action == "follow_up.recorded", LogEntry.seq <= size)
        .order_by(LogEntry.seq)
    )
    if patient is not None:
        asked = asked.where(LogEntry.subject == patient.ref)
    inside = {one.id for one in visits}
    absent = 0
    for row, entry in session.execute(asked):
        with that_can_be_read(FOLLOW_UP_UNREADABLE):
            day, content = local_day_of(parse_entry(entry)), contact_bytes(row)
        if row.visit_id in inside or is_in(period, day):
            members[f"{FOLLOWED}{row.id}.json"] = content
        else:
            absent += 1
    return [{"what": FOLLOW_UPS_OUTSIDE, "count": absent}]
