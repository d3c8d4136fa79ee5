"""`photo`: keep photographs of a person, list them, write one out."""

from typing import Any

from mnclinic.cli.answer import Answer, counted
from mnclinic.cli.request import Request
from mnclinic.domain.photos import PhotoUse
from mnclinic.errors import InvalidInput, Problem
from mnclinic.interchange.pictures.reading import read_picture_file
from mnclinic.services.export_photo import export_photo
from mnclinic.services.find_patients import show_patient
from mnclinic.services.photos import NewPhoto, PhotoRow, keep_photo, list_photos, open_photos


def add(request: Request) -> Answer:
    """Keep a photograph; the file stays as it is."""
    options = request.options
    new = NewPhoto(
        options.view,
        options.when,
        read_picture_file(options.file),
        options.taken_at,
        options.visit,
        options.taken_because,
    )
    with request.clinic() as (clinic, _):
        kept = keep_photo(clinic, options.patient, new)
        card = show_patient(clinic, options.patient)
    answer = {"record_number": card.record_number, "photo": _photo(kept), "error": None}
    return Answer(answer, [f"{card.record_number}: kept", _line(kept)])


def list_all(request: Request) -> Answer:
    """The photographs of a person, without showing one; the looks at the record and at them are entered."""
    options = request.options
    with request.clinic() as (clinic, _):
        card = show_patient(clinic, options.patient)
        found = open_photos(clinic, options.patient)
    lines = [f"{card.record_number}: {counted(len(found), 'photograph')}", *(_line(one) for one in found)]
    answer = {"record_number": card.record_number, "photos": [_photo(one) for one in found], "error": None}
    return Answer(answer, lines)


def export(request: Request) -> Answer:
    """Write a photograph out for what its person allows."""
    options = request.options
    with request.clinic() as (clinic, _):
        found = list_photos(clinic, options.patient)
        named = [one for one in found if one.photo_id.startswith(options.photo)]
        if len(named) != 1:
            raise InvalidInput(
                "Nothing was written. Name one photograph of this person by its id.",
                [Problem("photo", "This does not name one photograph.")],
            )
        made = export_photo(clinic, named[0].photo_id, PhotoUse(options.use), options.out)
    answer = {"photo": named[0].photo_id, "file": str(made.file), "error": None}
    return Answer(answer, [f"Written to {made.file}; it is not encrypted."])


def _photo(one: PhotoRow) -> dict[str, Any]:
    return {
        "id": one.photo_id,
        "visit": one.visit,
        "view": one.view,
        "when": one.taken_when.value,
        "taken_at": one.taken_at.isoformat(),
        "media_type": one.media_type,
        "width_px": one.width_px,
        "height_px": one.height_px,
        "size_bytes": one.size_bytes,
        "sha256": one.sha256,
        "kept_by": one.kept_by,
    }


def _line(one: PhotoRow) -> str:
    return (
        f"  {one.photo_id[:8]}  {one.taken_at:%Y-%m-%d %H:%M}  {one.view}, {one.taken_when.replace('_', ' ')}"
        f"{f', {one.visit}' if one.visit else ''} ({one.width_px} × {one.height_px})"
    )
