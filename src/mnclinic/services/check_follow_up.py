"""Hold each try at a follow-up contact against what the log entered of it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import FollowUpContact
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.follow_up_rows import contact_bytes


def contacts(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each row is what its entry says and whoever made the entry wrote it, and none is missing."""
    there: set[str] = set()
    for row in session.scalars(select(FollowUpContact).execution_options(yield_per=500)):
        there.add(row.id)
        where = f"follow-up contact {row.id[:8]}"
        newest = logged.newest_named("follow_up_contact", row.id)
        if newest is None:
            yield StoreFinding(where, "it was never entered in the log")
        elif not newest.names(contact_bytes(row)):
            yield StoreFinding(where, "it is not what the log entered", seq=newest.seq)
        else:
            entry = logged.entry(newest.seq)
            if entry["actor"]["uid"] != row.recorded_by or not is_moment_of(entry, row.recorded_at):
                what = "who entered it, or when, is not what the log says"
                yield StoreFinding(where, what, seq=newest.seq)
    for gone in sorted(logged.ids("follow_up_contact") - there):
        what = f"{gone[:8]} was entered in the log and is not there any more"
        yield StoreFinding("follow-up contacts", what)
