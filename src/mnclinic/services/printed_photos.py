"""The pictures that a printed chart shows: of its visits, as far as the person allows photographs there."""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.documents.visit_photos import Pictures
from mnclinic.domain.photos import PhotoUse
from mnclinic.errors import DatabaseDamaged, InvalidInput
from mnclinic.interchange.pictures.reading import read_picture
from mnclinic.models import Photo, Visit, VisitRevision
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.attachments import content_of
from mnclinic.services.one_person import refs_of
from mnclinic.services.photo_consent import photo_consent
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, go_on, unwatched

PICTURES = "drawing the photographs"
"""The step that a watch hears of."""


def allowed_pictures(clinic: OpenClinic, refs: Sequence[str], *, watch: Watch = unwatched) -> Pictures:
    """The pictures that charts of a person with these records may show, by the SHA-256 of the original.

    None where whoever prints may not see photographs, or the person does not allow them. One that is missing
    from the folder or damaged there is left out: the chart names it by its hash. Nothing is entered here.

    Raises Stopped where the watch wanted no more, StoreUnavailable where no picture can be opened.
    """
    if not may(Role(clinic.person.role), RoleAct.VIEW_PHOTO):
        return {}
    with clinic.store.reading() as session:
        if not are_allowed(session, refs):
            return {}
        kept = _signed(session, refs)
        originals = {}
        for row in kept:
            try:
                originals[row.sha256] = content_of(clinic.folder, row)
            except DatabaseDamaged:
                continue
    pictures = {}
    for done, (sha256, original) in enumerate(originals.items()):
        go_on(watch, PICTURES, done, len(originals))
        try:
            picture = read_picture(original)
        except InvalidInput:
            continue
        pictures[sha256] = (picture.jpeg, picture.width_px, picture.height_px)
    return pictures


def are_allowed(session: Session, refs: Sequence[str]) -> bool:
    """Whether the person allows photographs in the chart now; asked again before anything is printed."""
    return photo_consent(session, refs).allows(PhotoUse.CHART)


def allowed_of_visit(clinic: OpenClinic, visit_id: str, *, watch: Watch = unwatched) -> Pictures:
    """As `allowed_pictures`, for the person of one visit, named by id or number; none where there is none."""
    with clinic.store.reading() as session:
        found = select(Visit.patient_ref).where((Visit.id == visit_id) | (Visit.number == visit_id))
        ref = session.scalar(found)
        refs = refs_of(session, ref) if ref else ()
    return allowed_pictures(clinic, refs, watch=watch) if refs else {}


def shows_pictures(record: bytes, pictures: Pictures) -> bool:
    """Whether the chart of a record shows any of these, so that its entry names them."""
    return any(one.get("sha256") in pictures for one in json.loads(record)["document"].get("photos", ()))


def _signed(session: Session, refs: Sequence[str]) -> list[Photo]:
    """The photographs that the newest records of a person name."""
    records = session.scalars(
        select(VisitRevision.record)
        .join(Visit, (Visit.id == VisitRevision.visit_id) & (Visit.revision == VisitRevision.revision))
        .where(Visit.patient_ref.in_(refs))
    )
    named = {
        one["sha256"]
        for record in records
        for one in json.loads(record)["document"].get("photos", ())
        if "sha256" in one
    }
    if not named:
        return []
    rows = session.scalars(
        select(Photo).where(Photo.patient_ref.in_(refs), Photo.sha256.in_(named)).order_by(Photo.id)
    ).all()
    return [*{row.sha256: row for row in rows}.values()]
