"""Hold every map of subjects that was entered against the log as it was at that place."""

import json
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import salted_digest
from mnclinic.audit.subject_map import MAP_KIND, PREPARED, MapsOfLog
from mnclinic.models import LogEntry
from mnclinic.services.check_rows import StoreFinding

ROWS_AT_ONCE = 2_000


def maps(session: Session, vault: str, counts: dict[str, int]) -> Iterator[StoreFinding]:
    """Read the log once, up to the newest map, and work each map out anew.

    What is read are the columns, which other parts hold against the signed bytes. Memory is for the people,
    not for the entries.
    """
    newest = session.scalar(select(func.max(LogEntry.seq)).where(LogEntry.action == PREPARED))
    counts["subject maps"] = 0
    if newest is None:
        return
    so_far = MapsOfLog()
    rows = session.execute(
        select(LogEntry.leaf, LogEntry.subject, LogEntry.action, LogEntry.object_kind, LogEntry.seq)
        .where(LogEntry.seq <= newest)
        .order_by(LogEntry.seq)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for leaf, subject, action, kind, seq in rows:
        if action == PREPARED:
            counts["subject maps"] += 1
            entry = session.scalar(select(LogEntry.entry).where(LogEntry.seq == seq))
            if entry is None or not is_map_of(so_far, entry, vault):
                yield StoreFinding(f"log entry {seq}", "its map of people is not that of the log before it")
        so_far.take(leaf, subject, action, kind)


def is_map_of(so_far: MapsOfLog, entry: bytes, vault: str) -> bool:
    """Whether an entry enters the map of the log that was read so far."""
    facts = so_far.facts()
    fields = json.loads(entry)
    thing = fields["obj"]
    return thing is not None and (thing["t"], thing["id"], thing["rev"], thing["h"]) == (
        MAP_KIND,
        facts.root.hex(),
        facts.subjects,
        salted_digest(bytes.fromhex(fields["salt"]), facts.document(vault)),
    )
