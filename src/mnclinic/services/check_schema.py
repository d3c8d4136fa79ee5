"""Hold the database's own form, its triggers above all, against what the program makes."""

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from mnclinic.services.check_rows import StoreFinding
from mnclinic.store.schema import How, odd_objects

SAID: Mapping[How, str] = {
    How.PLANTED: "it is not mnclinic's, and somebody put it into the database",
    How.MISSING: "mnclinic made it, and it is not in the database any more",
    How.OTHER: "it is not as mnclinic made it",
}


def schema(session: Session) -> Iterator[StoreFinding]:
    """Every table, index and trigger is one that the migrations make, in their words."""
    for odd in odd_objects(session.connection()):
        yield StoreFinding(f"{odd.kind} {odd.name}", SAID[odd.how], table=odd.table)
