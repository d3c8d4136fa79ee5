"""Hold kept photographs against what the log entered of them, and the files' own bytes."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.photos import problems_of_photo
from mnclinic.models import Photo, Visit, VisitRevision
from mnclinic.services.check_attachments import KEPT_BY, wrong_with_file
from mnclinic.services.check_kept_rows import AT_ONCE, KeptRows, rows
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_patient_acts import MERGED, TAKEN_IN
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.photos import photo_bytes

OTHER_PHOTO = "it says what no photograph that the program keeps says"
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

    Whoever made the entry kept the picture, then, and of whom its visit is. Without a folder the files are
    not looked at.
    """

    def besides(row: Photo, seq: int) -> Iterator[str]:
        visit = session.get(Visit, row.visit_id) if row.visit_id is not None else None
        if row.visit_id is not None and (visit is None or visit.patient_ref != row.patient_ref):
            yield "it is of another person than its visit"
        # Within an act the clock may have been set back by a little between what it stores and its entry.
        if seq and any(_problems(row, max(row.kept_at, datetime.fromisoformat(logged.entry(seq)["hwm"])))):
            yield OTHER_PHOTO
        yield from wrong_with_file(data_folder, row, seq)

    yield from rows(session, logged, _PHOTOS, besides)


def _problems(row: Photo, newest: datetime) -> Iterator[object]:
    """Why the program would not have taken it; `newest` is the latest time that was known by then."""
    return problems_of_photo(row.view, row.taken_when, row.taken_at, because=None, now=newest)


def named(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Every photograph that a frozen record names was kept, and of its person.

    Records that were one person's once may be two by now: whoever was ever merged is not asked for.
    """
    kept = defaultdict[str, set[str]](set)
    for sha256, ref in session.execute(select(Photo.sha256, Photo.patient_ref)):
        kept[sha256].add(ref)
    for revision in session.scalars(select(VisitRevision).execution_options(yield_per=AT_ONCE)):
        record = json.loads(revision.record)
        for one in record["document"].get("photos", ()):
            if "sha256" not in one:
                continue
            where = f"visit {record['number']} revision {revision.revision}"
            whose, ref = kept.get(one["sha256"]), record["patient"]["ref"]
            if whose is None:
                yield StoreFinding(where, f"it names a photograph that was never kept: {one['sha256'][:8]}")
            elif ref not in whose and not any(_was_merged(logged, person) for person in (ref, *whose)):
                yield StoreFinding(where, f"it names a photograph of somebody else: {one['sha256'][:8]}")


def _was_merged(logged: Logged, ref: str) -> bool:
    return any(word.action in {MERGED, TAKEN_IN} for word in logged.named("patient", ref))
