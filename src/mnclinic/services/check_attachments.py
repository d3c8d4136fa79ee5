"""Hold kept files and withdrawn consents against what the log entered of them, and the files' own bytes."""

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from mnclinic.domain.attachments import media_type_of
from mnclinic.domain.pictures import form_of
from mnclinic.models import Attachment, ConsentWithdrawal, Photo
from mnclinic.security.attachment_seal import open_attachment
from mnclinic.security.envelope import DoesNotOpen
from mnclinic.services.attachments import attachment_bytes
from mnclinic.services.check_kept_rows import KeptRows, rows
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.withdraw_consent import withdrawal_bytes
from mnclinic.store.attachment_files import read_sealed

OTHER_FORM = "its sealed file is of another form than it says"
KEPT_BY = "who kept it, or when, is not what the log says"
WITHDRAWALS = KeptRows(
    *(
        ConsentWithdrawal,
        "consent_withdrawal",
        lambda row_id: f"consent withdrawal {row_id[:8]}",
        "consent withdrawals",
        withdrawal_bytes,
    ),
    wrote="who wrote it down, or when, is not what the log says",
)
_ATTACHMENTS = KeptRows(
    *(Attachment, "attachment", lambda row_id: f"attachment {row_id[:8]}", "attachments", attachment_bytes),
    by="kept_by",
    at="kept_at",
    wrote=KEPT_BY,
)


def attachments(session: Session, logged: Logged, data_folder: Path | None) -> Iterator[StoreFinding]:
    """Each row is what its entry says, its sealed file lies there byte for byte, and none is missing.

    Whoever made the entry kept the file, then, and what opens is what the row says was brought. Without a
    folder the files are not looked at.
    """
    yield from rows(session, logged, _ATTACHMENTS, partial(wrong_with_file, data_folder))


def wrong_with_file(data_folder: Path | None, row: Attachment | Photo, _seq: int) -> Iterator[str]:
    """What is wrong with the sealed file of a row; nothing where no folder is looked at."""
    if data_folder is None:
        return
    sealed = read_sealed(data_folder, row.file)
    if sealed is None:
        yield "its sealed file is not in the clinic's folder"
    elif hashlib.sha256(sealed).hexdigest() != row.sealed_sha256:
        yield "its sealed file is not the one that was kept"
    else:
        try:
            content = open_attachment(row.id, row.seal_key, sealed)
        except DoesNotOpen:
            content = b""
        if (hashlib.sha256(content).hexdigest(), len(content)) != (row.sha256, row.size_bytes):
            yield "its sealed file does not open to what it says was brought"
        elif row.media_type != (form_of(content) if isinstance(row, Photo) else media_type_of(content)):
            yield OTHER_FORM
