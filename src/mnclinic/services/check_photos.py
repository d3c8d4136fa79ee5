"""Hold kept photographs against what the log entered of them, and the files' own bytes."""

import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import Photo, VisitRevision
from mnclinic.services.check_attachments import wrong_with_file
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.photos import photo_bytes


def photos(session: Session, logged: Logged, data_folder: Path | None) -> Iterator[StoreFinding]:
    """Each row is what its entry says, its sealed file lies there byte for byte, and none is missing.

    Whoever made the entry kept the picture, then. Without a folder the files are not looked at.
    """
    there: set[str] = set()
    for row in session.scalars(select(Photo).execution_options(yield_per=500)):
        there.add(row.id)
        where = f"photo {row.id[:8]}"
        newest = logged.newest_named("photo", row.id)
        if newest is None:
            yield StoreFinding(where, "it was never entered in the log")
        elif not newest.names(photo_bytes(row)):
            yield StoreFinding(where, "it is not what the log entered")
        else:
            entry = logged.entry(newest.seq)
            if entry["actor"]["uid"] != row.kept_by or not is_moment_of(entry, row.kept_at):
                yield StoreFinding(where, "who kept it, or when, is not what the log says")
        if data_folder is not None and (wrong := wrong_with_file(row, data_folder)):
            yield StoreFinding(where, wrong)
    for photo_id in sorted(logged.ids("photo") - there):
        what = f"{photo_id[:8]} was entered in the log and is not there any more"
        yield StoreFinding("photos", what)


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
