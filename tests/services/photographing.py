"""People who allow photographs, and photographs of nobody, for tests."""

import json
from datetime import datetime
from typing import Any

from mnclinic.models import Visit
from mnclinic.services.approve_document import add_document_in, approve_document
from mnclinic.services.photos import NewPhoto, PhotoRow, keep_photo
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.start_visit import start_visit
from tests.domain.builders import draft
from tests.interchange.pictures.making import JPEG
from tests.services.clinic_builder import MONDAY, SmallClinic, document

VIEW = "Left cheek, 45 degrees"


def approved_form(clinic: SmallClinic) -> str:
    """The shipped form about photographs in force, by its SHA-256."""
    form = draft("consent_texts/photographs-1-en.json")
    form["effective_on"] = "2026-11-23"
    with clinic.signing("okafor") as (okafor, by):
        with okafor.work() as work:
            row = add_document_in(work, "consent_text", form, now=okafor.clock.now())
            row_id, sha256 = row.id, row.sha256
            work.commit()
        approve_document(okafor, row_id, by, shown="window")
    return sha256


def consent_with(level: str, signed_at: datetime = MONDAY, text_sha256: str = "0" * 64) -> dict[str, Any]:
    """A consent in which somebody chose what photographs may be used for."""
    addendum = {"form": "photographs", "version": 1, "language": "en", "text_sha256": text_sha256}
    signed = {"signed_at": signed_at.isoformat(timespec="seconds")}
    return {**document()["consent"], **signed, "addenda": [addendum | {"level": level}]}


def choose(clinic: OpenClinic, patient: str, level: str, signed_at: datetime = MONDAY) -> str:
    """The person's choice, in an open visit of theirs, whose id is returned."""
    visit_id = start_visit(clinic, patient, "microneedling_face", "reyes")
    with clinic.store.reading() as session:
        visit = session.get_one(Visit, visit_id)
        stored, edition = json.loads(visit.document), visit.edition
    save_visit(clinic, visit_id, edition, stored | {"consent": consent_with(level, signed_at)})
    return visit_id


def new_photo(content: bytes = JPEG, visit: str | None = None, view: str = VIEW) -> NewPhoto:
    return NewPhoto(view, "before", content, MONDAY, visit, "Written on the back.")


def a_photo(clinic: OpenClinic, patient: str, content: bytes = JPEG, visit: str | None = None) -> PhotoRow:
    """One that was kept."""
    return keep_photo(clinic, patient, new_photo(content, visit))
