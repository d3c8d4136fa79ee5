"""What the photographs of a visit need beside its document: what is asked for, kept and allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import PhotoUse
from mnclinic.models import Photo, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.one_person import refs_of
from mnclinic.services.photo_consent import photo_consent


@dataclass(frozen=True)
class PhotosOfVisit:
    """`asked` is what the protocol wants; nothing that is missing keeps anybody from signing.

    The ids of photographs are given to nobody who may not see them, and none while the person does not allow
    photographs.
    """

    asked: tuple[Pose, ...] = ()
    is_allowed: bool = False
    """Whether the person allows photographs in the chart now."""
    may_see: bool = False
    """Whether whoever looks may see photographs, where the person allows them."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Of the photographs that the document names: the id by the SHA-256."""
    last: Mapping[str, str] = field(default_factory=dict)
    """By view, the id of the person's newest photograph of it that this document does not name."""


def photos_in_visit(
    session: Session, visit: Visit, document: Mapping[str, Any], asked: tuple[Pose, ...], role: Role
) -> PhotosOfVisit:
    """What stands about the photographs of one visit."""
    refs = refs_of(session, visit.patient_ref)
    is_allowed = photo_consent(session, refs).allows(PhotoUse.CHART)
    may_see = may(role, RoleAct.VIEW_PHOTO)
    if not (is_allowed and may_see):
        return PhotosOfVisit(asked, is_allowed, may_see)
    named = {one["sha256"] for one in document.get("photos", ()) if "sha256" in one}
    rows = session.execute(
        select(Photo.id, Photo.sha256, Photo.view).where(Photo.patient_ref.in_(refs)).order_by(Photo.taken_at)
    ).all()
    return PhotosOfVisit(
        asked,
        is_allowed,
        may_see,
        kept={row.sha256: row.id for row in rows if row.sha256 in named},
        last={row.view: row.id for row in rows if row.sha256 not in named},
    )
