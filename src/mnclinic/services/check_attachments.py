"""Hold kept files and withdrawn consents against what the log entered of them, and the files' own bytes."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import Attachment, ConsentWithdrawal, Photo
from mnclinic.security.attachment_seal import open_attachment
from mnclinic.security.envelope import DoesNotOpen
from mnclinic.services.attachments import attachment_bytes
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.withdraw_consent import withdrawal_bytes
from mnclinic.store.attachment_files import read_sealed


def attachments(session: Session, logged: Logged, data_folder: Path | None) -> Iterator[StoreFinding]:
    """Each row is what its entry says, its sealed file lies there byte for byte, and none is missing.

    Whoever made the entry kept the file, then, and what opens is what the row says was brought. Without a
    folder the files are not looked at.
    """
    there: set[str] = set()
    for row in session.scalars(select(Attachment).execution_options(yield_per=500)):
        there.add(row.id)
        where = f"attachment {row.id[:8]}"
        newest = logged.newest_named("attachment", row.id)
        if newest is None:
            yield StoreFinding(where, "it was never entered in the log")
        elif not newest.names(attachment_bytes(row)):
            yield StoreFinding(where, "it is not what the log entered")
        elif not _is_of(logged.entry(newest.seq), row.kept_by, row.kept_at):
            yield StoreFinding(where, "who kept it, or when, is not what the log says")
        if data_folder is not None and (wrong := wrong_with_file(row, data_folder)):
            yield StoreFinding(where, wrong)
    for attachment_id in sorted(logged.ids("attachment") - there):
        what = f"{attachment_id[:8]} was entered in the log and is not there any more"
        yield StoreFinding("attachments", what)


def wrong_with_file(row: Attachment | Photo, data_folder: Path) -> str:
    """What is wrong with the sealed file of a row, or nothing."""
    sealed = read_sealed(data_folder, row.file)
    if sealed is None:
        return "its sealed file is not in the clinic's folder"
    if hashlib.sha256(sealed).hexdigest() != row.sealed_sha256:
        return "its sealed file is not the one that was kept"
    try:
        content = open_attachment(row.id, row.seal_key, sealed)
    except DoesNotOpen:
        content = b""
    if (hashlib.sha256(content).hexdigest(), len(content)) != (row.sha256, row.size_bytes):
        return "its sealed file does not open to what it says was brought"
    return ""


def withdrawals(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each is what its entry says, and none that was entered is missing."""
    there: set[str] = set()
    for row in session.scalars(select(ConsentWithdrawal).execution_options(yield_per=500)):
        there.add(row.id)
        where = f"consent withdrawal {row.id[:8]}"
        newest = logged.newest_named("consent_withdrawal", row.id)
        if newest is None:
            yield StoreFinding(where, "it was never entered in the log")
        elif not newest.names(withdrawal_bytes(row)):
            yield StoreFinding(where, "it is not what the log entered")
        elif not _is_of(logged.entry(newest.seq), row.recorded_by, row.recorded_at):
            yield StoreFinding(where, "who wrote it down, or when, is not what the log says")
    for withdrawal_id in sorted(logged.ids("consent_withdrawal") - there):
        what = f"{withdrawal_id[:8]} was entered in the log and is not there any more"
        yield StoreFinding("consent withdrawals", what)


def _is_of(entry: Mapping[str, Any], staff_id: str, at: datetime) -> bool:
    return entry["actor"]["uid"] == staff_id and is_moment_of(entry, at)
