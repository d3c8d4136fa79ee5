"""The photographs of a person as they are looked through: what was kept, and what they allow."""

from dataclasses import dataclass

from mnclinic.domain.photos import PhotoUse
from mnclinic.security.roles import Act as RoleAct
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


def photos_of_person(clinic: OpenClinic, patient: str) -> PhotosOfPerson:
    """What was kept of all records of a person, named by reference or record number.

    That the chart was opened was entered by `show_patient`. Raises InvalidInput when there is no such person.
    """
    clinic.require(RoleAct.VIEW_PHOTO)
    kept = list_photos(clinic, patient)
    with clinic.store.reading() as session:
        consent = photo_consent(session, [one.ref for one in load_person(session, patient)])
    return PhotosOfPerson(tuple(use for use in PhotoUse if consent.allows(use)), kept)
