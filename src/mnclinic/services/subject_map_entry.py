"""Enter the map of subjects in the log, right before a checkpoint that leaves the PC.

A stranger who holds that checkpoint can then be shown everything about one person, and that nothing was
left out, without seeing anybody else. The root and the number of people stay in the entry for ever; neither
says who they are.
"""

from collections.abc import Iterator

from sqlalchemy import func, select

from mnclinic.audit.subject_map import MAP_KIND, PREPARED, MapFacts, SubjectCount, SubjectMap
from mnclinic.models import LogEntry, LogSubject
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

KEY_ACTS = (LogEntry.action > "key.", LogEntry.action < "key/")
"""Acts whose name begins so, as the index finds them."""


def enter_subject_map(work: UnitOfWork, vault: str) -> tuple[MapFacts, SubjectMap]:
    """Enter the map of the log as it stands in this transaction, other entries of it included.

    It has to be the last entry before the checkpoint. At 100,000 people it holds other writers up for under
    a second.
    """
    work.log.flush()
    whole = SubjectMap(_rows(work))
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


def _rows(work: UnitOfWork) -> Iterator[SubjectCount]:
    for subject, count, last_leaf in work.session.execute(
        select(LogSubject.subject, LogSubject.count, LogSubject.last_leaf)
    ):
        yield SubjectCount(subject, count, last_leaf)
