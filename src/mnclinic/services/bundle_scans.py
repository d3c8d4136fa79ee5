"""The scans of a bundle: each signed paper and outside exam that a record names, as it was kept.

A bundle about one person has every scan that was kept under the record. One that is missing from the
clinic's folder, or damaged there, is left out and counted, so that a clinic can still hand over the rest:
verifiers then miss it where a record names it.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.bundles.check_scans import papers_named
from mnclinic.bundles.content import ENDING_OF_SCAN, SCANS, SPOILT
from mnclinic.errors import DatabaseDamaged
from mnclinic.models import Attachment, Patient, Photo
from mnclinic.services.attachments import attachment_bytes, content_of
from mnclinic.services.one_person import refs_of

LEFT_OUT = "scans and files that no record in here names"
PHOTOS = "photographs as they were brought, which stay in the clinic"


def add_scans(
    session: Session,
    members: dict[str, bytes],
    folder: Path,
    records: Sequence[dict[str, Any]],
    patient: Patient | None,
) -> list[dict[str, Any]]:
    """Add the scans, and what was written down about each; what of them was withheld, why and how much.

    Args:
        session: Of the position in the log that the bundle is made at.
        members: They are added here.
        folder: The clinic's, where the sealed files lie.
        records: The frozen records in the bundle.
        patient: Whose bundle it is; None for a period's.
    """
    kept = session.scalars(select(Attachment).order_by(Attachment.id)).all()
    alike: dict[str, list[Attachment]] = {}
    for row in kept:
        alike.setdefault(row.sha256, []).append(row)
    wanted = {one.id: one for record in records for one in _named_by(session, alike, record)}
    theirs = [one for one in kept if patient is None or one.patient_ref == patient.ref]
    if patient is not None:
        wanted |= {one.id: one for one in theirs}
    spoilt = 0
    for scan, row in sorted(wanted.items()):
        try:
            content = content_of(folder, row)
        except DatabaseDamaged:
            spoilt += 1
            continue
        # The key of the sealed file stands in it too; it opens nothing but these same bytes.
        members[f"{SCANS}{scan}.json"] = attachment_bytes(row)
        members[f"{SCANS}{scan}.{ENDING_OF_SCAN[row.media_type]}"] = content
    return [
        {"what": LEFT_OUT, "count": sum(one.id not in wanted for one in theirs)},
        {"what": SPOILT, "count": spoilt},
        *_photos(session, patient),
    ]


def _photos(session: Session, patient: Patient | None) -> Iterator[dict[str, Any]]:
    """How many photographs there are of the person, or at all, where there are any."""
    asked = select(func.count()).select_from(Photo)
    if patient is not None:
        asked = asked.where(Photo.patient_ref == patient.ref)
    if count := session.scalar(asked):
        yield {"what": PHOTOS, "count": count}


def _named_by(
    session: Session, alike: Mapping[str, Sequence[Attachment]], record: dict[str, Any]
) -> Iterator[Attachment]:
    """What a record names. `alike` has the scans by their SHA-256.

    A performed one was judged to name what was kept for the person, whichever record that stood under; a
    deferred one may name somebody else's, and that stays here.
    """
    ref = record["patient"]["ref"]
    for paper in papers_named(record["document"]):
        rows = [one for one in alike.get(paper.sha256, ()) if paper.scan in {None, one.id}]
        own = [one for one in rows if one.patient_ref == ref]
        if rows and not own:
            refs = set(refs_of(session, ref))
            own = [one for one in rows if one.patient_ref in refs or record["state"] == "performed"]
        yield from own[:1]
