"""Hold kept photographs against what the log entered of them, and the files' own bytes."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import Photo, VisitRevision
from mnclinic.services.check_attachments import KEPT_BY, wrong_with_file
from mnclinic.services.check_kept_rows import KeptRows, rows
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.photos import photo_bytes

_PHOTOS = KeptRows(
    Photo,
    "photo",
    lambda row_id: f"photo {row_id[:8]}",
    "photos",
    photo_bytes,
    by="kept_by",
    at="kept_at",
    wrote=KEPT_BY,
)


def photos(session: Session, logged: Logged, data_folder: Path | None) -> Iterator[StoreFinding]:
    """Each row is what its entry says, its sealed file lies there byte for byte, and none is missing.

    Whoever made the entry kept the picture, then. Without a folder the files are not looked at.
    """
    yield from rows(session, logged, _PHOTOS, partial(wrong_with_file, data_folder))


def named(session: Session) -> Iterator[StoreFinding]:
    """Every photograph that a frozen record names was kept."""
    kept = set(session.scalars(select(Photo.sha256)))
    for revision in session.scalars(select(VisitRevision).execution_options(yield_per=500)):
        record = json.loads(revision.record)
        for one in record["document"].get("photos", ()):
            if "sha256" in one and one["sha256"] not in kept:
                yield StoreFinding(
                    f"visit {record['number']} revision {revision.revision}",
                    f"it names a photograph that was never kept: {one['sha256'][:8]}",
                )
