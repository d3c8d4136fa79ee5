"""A visit names photographs that were kept of its person: asked when its document is stored or frozen."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Photo
from mnclinic.services.one_person import refs_of


def assert_photos_kept(session: Session, patient_ref: str, document: Mapping[str, Any]) -> None:
    """Raise InvalidInput where a document names a photograph that was not kept of this person.

    Every such place is told. Photographs under another record of the same person are theirs.
    """
    named = {
        number: str(one["sha256"]) for number, one in enumerate(document.get("photos", ())) if "sha256" in one
    }
    if not named:
        return
    kept = set(
        session.scalars(
            select(Photo.sha256).where(
                Photo.patient_ref.in_(refs_of(session, patient_ref)), Photo.sha256.in_(named.values())
            )
        )
    )
    problems = [
        Problem(f"photos[{number}].sha256", "No photograph of this person that was kept has this SHA-256.")
        for number, sha256 in named.items()
        if sha256 not in kept
    ]
    if problems:
        raise InvalidInput(
            "The visit names a photograph that was not kept of this person. Nothing was stored. "
            "Keep the photograph first, or take it out of the visit.",
            problems,
        )
