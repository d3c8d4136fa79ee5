"""Which backups hold log entries that the clinic's own log lacks: what was lost may be there alone.

That is so after an older copy was restored, and for entries that were declared lost. No plan removes such a
backup. What a check found of it stands in the check's entry and stays true: both logs only grow, so where
they part they stay apart.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from mnclinic.audit.note import NotACheckpoint, parse_checkpoint
from mnclinic.models import Backup, LogDetail, LogEntry
from mnclinic.store.backup_manifest import Manifest
from mnclinic.store.log_tree import log_size_of, root_in

SAID = "is_only_copy"
"""Where the entry of a check says it: true, false, or null where nobody could tell."""

_IS_BEGINNING = "OK"
"""The verdict that only the beginning of the clinic's own log has."""


def only_copies_in(session: Session, rows: Iterable[Backup]) -> Mapping[str, bool | None]:
    """By a backup's id, whether it holds what the clinic's log lacks; None where no check could say."""
    return {
        row.id: False if row.verdict == _IS_BEGINNING else _told(session, row).get(SAID)
        for row in rows
        if row.name
    }


def is_untold(session: Session, row: Backup) -> bool:
    """Whether a backup was judged by a program that did not ask this."""
    return row.verdict not in {None, _IS_BEGINNING} and SAID not in _told(session, row)


def lacking_by_manifest(
    live: Connection, manifest: Manifest, installation: bytes, *, is_whole: bool
) -> bool | None:
    """Whether a backup holds entries that the live log lacks, by the checkpoint in its manifest.

    Args:
        live: A connection to the live database.
        manifest: The backup's.
        installation: The clinic's public installation key.
        is_whole: Take the checkpoint of a copy that was made while locked for its whole log. It may be
            behind that by what was entered just before a power cut.

    Returns None where there is no checkpoint that counts, and nobody can tell.
    """
    try:
        note = parse_checkpoint(manifest.checkpoint or b"")
    except NotACheckpoint:
        return None
    if not note.is_signed_by(installation):
        return None
    if note.size > log_size_of(live) or root_in(live, note.size) != note.root:
        return True
    return False if is_whole or manifest.signed_by is not None else None


def _told(session: Session, row: Backup) -> Mapping[str, Any]:
    """What the newest check of a backup said; nothing where it was not checked or the words were erased."""
    detail = session.scalars(
        select(LogDetail.detail)
        .join(LogEntry, LogEntry.seq == LogDetail.seq)
        .where(LogEntry.object_id == row.id, LogEntry.action == "backup.checked")
        .order_by(LogEntry.seq.desc())
        .limit(1)
    ).first()
    try:
        said = json.loads(detail or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
