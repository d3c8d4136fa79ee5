"""Enter the map of subjects in the log, right before a checkpoint that leaves the PC.

A stranger who holds that checkpoint can then be shown everything about one person, and that nothing was
left out, without seeing anybody else. The root and the number of people stay in the entry for ever; neither
says who they are.
"""

from dataclasses import dataclass

from sqlalchemy import func, select

from mnclinic.audit.subject_map import MAP_KIND, PREPARED, MapFacts, SubjectCount, SubjectMap
from mnclinic.models import LogEntry, LogSubject
from mnclinic.store.log_tree import log_size_of
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import Store, UnitOfWork

KEY_ACTS = (LogEntry.action > "key.", LogEntry.action < "key/")
"""Acts whose name begins so, as the index finds them."""


@dataclass(frozen=True)
class PeopleSoFar:
    """The map of the log's first `size` entries, built while others could write."""

    size: int
    people: SubjectMap


def people_so_far(store: Store) -> PeopleSoFar:
    """Build the map of the log as it stands now: at 100,000 people a second's work, which stops nobody."""
    with store.reading() as session:
        columns = select(LogSubject.subject, LogSubject.count, LogSubject.last_leaf)
        rows = (SubjectCount(*row) for row in session.execute(columns))
        return PeopleSoFar(log_size_of(session.connection()), SubjectMap(rows))


def enter_subject_map(work: UnitOfWork, vault: str, so_far: PeopleSoFar) -> tuple[MapFacts, SubjectMap]:
    """Enter the map of the log as it stands in this transaction, other entries of it included.

    It has to be the last entry before the checkpoint. `so_far` is brought up to here, which takes a look at
    the entries after it and at whom they speak of.
    """
    work.log.flush()
    whole = so_far.people
    since = select(LogEntry.subject).where(LogEntry.seq > so_far.size, LogEntry.subject.is_not(None))
    columns = select(LogSubject.subject, LogSubject.count, LogSubject.last_leaf)
    for row in work.session.execute(columns.where(LogSubject.subject.in_(since))):
        whole.put(SubjectCount(*row))
    keys = work.session.scalar(select(func.count()).where(*KEY_ACTS, LogEntry.object_kind == "key"))
    ended = work.session.scalar(
        select(func.count()).where(
            *KEY_ACTS, (LogEntry.action == "key.revoked") | (LogEntry.object_kind == "key_revocation")
        )
    )
    facts = MapFacts(work.log.head().size, whole.size, whole.root, keys or 0, ended or 0)
    content = facts.document(vault)
    work.log.record(
        Act(PREPARED, "E", object=LoggedObject(MAP_KIND, facts.root.hex(), facts.subjects, content))
    )
    return facts, whole
