"""The photographs of a person as they are looked through: what was kept, and what they allow."""

from dataclasses import dataclass

from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import PhotoUse, TakenWhen
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.in_force import in_force_on
from mnclinic.services.one_person import load_person
from mnclinic.services.photo_consent import photo_consent
from mnclinic.services.photos import PhotoRow, list_photos
from mnclinic.services.session import OpenClinic


@dataclass(frozen=True)
class PhotosOfPerson:
    """`uses` is what they may be used for now, from the least; none: none of them is shown or written out."""

    uses: tuple[PhotoUse, ...]
    photos: tuple[PhotoRow, ...]
    """Newest taken first. It shows no picture."""
    poses: tuple[Pose, ...] = ()
    """What another one is likely to show: the views that were kept, newest first, then those that the
    protocols in force today ask for, each before, after and later."""


def photos_of_person(clinic: OpenClinic, patient: str) -> PhotosOfPerson:
    """What was kept of all records of a person, named by reference or record number.

    That the chart was opened was entered by `show_patient`. Raises InvalidInput when there is no such person.
    """
    clinic.require(RoleAct.VIEW_PHOTO)
    kept = list_photos(clinic, patient)
    with clinic.store.reading() as session:
        consent = photo_consent(session, [one.ref for one in load_person(session, patient)])
    protocols = [found.document.document for found in in_force_on(clinic).protocols]
    asked = [one["view"] for protocol in protocols for one in protocol.get("photos", ())]
    views = dict.fromkeys((*(one.view for one in kept), *asked))
    return PhotosOfPerson(
        tuple(use for use in PhotoUse if consent.allows(use)),
        kept,
        tuple(Pose(view, when) for view in views for when in TakenWhen),
    )
