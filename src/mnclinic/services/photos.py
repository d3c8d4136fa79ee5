"""Keep a photograph of a person, list and look at what was kept. Nothing is ever deleted.

The original is kept to the byte, sealed. What is shown is a copy that a process of its own drew from it.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.domain.instants import zone_of
from mnclinic.domain.person_details import line_of
from mnclinic.domain.photos import PhotoUse, TakenWhen, problems_of_photo
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import InvalidInput, Problem
from mnclinic.interchange.pictures.reading import Picture, read_picture
from mnclinic.models import Patient, Photo, Staff, Visit, instant_text
from mnclinic.security.attachment_seal import seal_attachment
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.attachments import content_of, is_surely_absent
from mnclinic.services.enter_look import enter_look, enter_looks
from mnclinic.services.one_person import load_person
from mnclinic.services.photo_consent import refuse_unless_allowed
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.store.attachment_files import remove_attachment, write_attachment
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

NOT_KEPT = "The photograph was not kept. Nothing was stored. Correct what is marked and try again."
GONE = (
    "This photograph cannot be shown: it is missing from the clinic's folder, or it is not the one that was "
    "kept. Nothing was changed. Check the store, which names it; then restore the newest backup that has it."
)


@dataclass(frozen=True)
class NewPhoto:
    """What somebody wants to keep. `content` is a whole JPEG, PNG, HEIC or WebP.

    `taken_at` None: as the camera noted it, by the clinic's clock where it noted no zone. Else it was typed,
    and `taken_because` says how it is known; the entry holds that.
    """

    view: str
    taken_when: str
    content: bytes = field(repr=False)
    taken_at: datetime | None = None
    visit: str | None = None
    """By id or number."""
    taken_because: str = ""


@dataclass(frozen=True)
class PhotoRow:
    """A photograph that was kept. `sha256` is of the file as it was brought, 64 hex digits."""

    photo_id: str
    visit: str | None
    """The visit's number."""
    view: str
    taken_when: TakenWhen
    taken_at: datetime
    media_type: str
    width_px: int
    height_px: int
    size_bytes: int
    sha256: str
    kept_by: str
    """A user name."""
    kept_at: datetime


@dataclass(frozen=True)
class PhotoLook:
    """A photograph whose look was entered, and its original, which is still to be drawn by `read_picture`."""

    row: PhotoRow
    original: bytes = field(repr=False)


@dataclass(frozen=True)
class PhotoShown:
    """A photograph and a copy of it as a JPEG, upright, without what the camera wrote beside it."""

    row: PhotoRow
    jpeg: bytes = field(repr=False)


def keep_photo(
    clinic: OpenClinic, patient: str, new: NewPhoto, *, picture: Picture | None = None
) -> PhotoRow:
    """Keep a photograph of a person, named by reference or record number: sealed, and entered in the log.

    `picture` is what `read_picture` gave of the same content; without it that is done here.

    Raises:
        InvalidInput: every problem, also where there is no such person or visit.
        ActionRefused: the person has not agreed to photographs.
        StoreUnavailable and kin: the disk. Nothing is kept then, whatever is raised.
    """
    clinic.require(RoleAct.KEEP_PHOTO)
    picture = picture or _read(new)
    view, taken_at = line_of(new.view), _taken_at(clinic, new, picture)
    because = line_of(new.taken_because) if new.taken_at is not None else None
    now = clinic.clock.now()
    _assert_taken(view, new.taken_when, taken_at, because, now)
    assert taken_at is not None  # noqa: S101 - asked above
    photo_id = str(uuid.uuid4())
    sealed, key = seal_attachment(photo_id, new.content)
    name = ""
    try:
        with clinic.work() as work:
            person = load_person(work.session, patient)
            visit = _visit_of(work, person, new.visit)
            refuse_unless_allowed(work.session, [one.ref for one in person], PhotoUse.CHART)
            now = clinic.clock.now()
            # While the picture was sealed the clock may have been set back.
            latest = max(now, work.log.newest_time() or now)
            _assert_taken(view, new.taken_when, taken_at, because, latest)
            name = write_attachment(clinic.folder, sealed)
            row = Photo(
                id=photo_id,
                patient_ref=visit.patient_ref if visit else person[0].ref,
                visit_id=visit.id if visit else None,
                view=view,
                taken_when=new.taken_when,
                taken_at=taken_at,
                media_type=picture.form.value,
                width_px=picture.width_px,
                height_px=picture.height_px,
                size_bytes=len(new.content),
                sha256=sha256_hex(new.content),
                file=name,
                sealed_sha256=sha256_hex(sealed),
                seal_key=key,
                kept_by=clinic.person.staff_id,
                kept_at=now,
            )
            work.session.add(row)
            work.session.flush()
            work.log.record(
                Act(
                    "photo.kept",
                    "C",
                    subject=row.patient_ref,
                    object=LoggedObject("photo", row.id, 1, photo_bytes(row)),
                    categories=("photo",),
                    detail={"view": row.view, "when": row.taken_when}
                    | ({"taken_because": because} if because is not None else {}),
                )
            )
            work.commit()
    except BaseException:
        if name and is_surely_absent(clinic.store, Photo, photo_id):
            remove_attachment(clinic.folder, name)
        raise
    return _row(clinic, row, clinic.person.user, visit.number if visit else None)


def list_photos(clinic: OpenClinic, patient: str) -> tuple[PhotoRow, ...]:
    """What was kept of all records of a person, newest taken first. It shows no picture.

    Nothing is entered: whoever shows the list asks `open_photos`. Raises InvalidInput when there is no such
    person.
    """
    clinic.require(RoleAct.VIEW_PHOTO)
    with clinic.store.reading() as session:
        return tuple(_row(clinic, *one) for one in _kept(session, patient))


def open_photos(clinic: OpenClinic, patient: str, *, visit: str | None = None) -> tuple[PhotoRow, ...]:
    """The same to be shown, or those of one visit by its number: the look is entered, once a sitting.

    It names photographs as what was looked at, under each record that has some; nothing is entered where
    there are none. Raises InvalidInput when there is no such person, StoreUnavailable and kin when the look
    cannot be entered: then nothing is shown.
    """
    clinic.require(RoleAct.VIEW_PHOTO)
    with clinic.work() as work:
        kept = [one for one in _kept(work.session, patient) if visit is None or one[2] == visit]
        records = sorted({photo.patient_ref for photo, *_ in kept})
        looks = [Act("patient.viewed", "R", subject=one, categories=("photo",)) for one in records]
        rows = tuple(_row(clinic, *one) for one in kept)
        enter_looks(clinic, work, looks)
    return rows


def _kept(session: Session, patient: str) -> list[tuple[Photo, str, str | None]]:
    """Photographs of all records of a person, each with who kept it and the number of its visit."""
    refs = [one.ref for one in load_person(session, patient)]
    asked = (
        select(Photo, Staff.user, Visit.number)
        .join(Staff, Staff.id == Photo.kept_by)
        .outerjoin(Visit, Visit.id == Photo.visit_id)
        .where(Photo.patient_ref.in_(refs))
        .order_by(Photo.taken_at.desc(), Photo.id)
    )
    return [(photo, user, number) for photo, user, number in session.execute(asked)]


def show_photo(clinic: OpenClinic, photo_id: str) -> PhotoShown:
    """One photograph to be looked at. The look is entered before anything is shown. Raises as `look_at`."""
    look = look_at(clinic, photo_id)
    return PhotoShown(look.row, read_picture(look.original).jpeg)


def look_at(clinic: OpenClinic, photo_id: str) -> PhotoLook:
    """Enter a look at one photograph and hand over its original, to be drawn beside the store's own work.

    Raises:
        InvalidInput: there is no such photograph.
        ActionRefused: the person has not agreed to photographs, or took it back.
        DatabaseDamaged: it is missing from the folder, or is not the one that was kept.
    """
    clinic.require(RoleAct.VIEW_PHOTO)
    with clinic.work() as work:
        row = allowed_photo(work.session, photo_id, PhotoUse.CHART)
        content = content_of(clinic.folder, row, gone=GONE)
        named = LoggedObject("photo_view", row.id, 1, photo_bytes(row))
        enter_look(
            clinic,
            work,
            Act("photo.viewed", "R", subject=row.patient_ref, object=named, categories=("photo",)),
        )
        staff = work.session.get(Staff, row.kept_by)
        visit = work.session.get(Visit, row.visit_id) if row.visit_id else None
        shown = _row(clinic, row, staff.user if staff else "", visit.number if visit else None)
    return PhotoLook(shown, content)


def allowed_photo(session: Session, photo_id: str, use: PhotoUse) -> Photo:
    """The row, where its person allows that use. Raises InvalidInput and ActionRefused."""
    row = session.get(Photo, photo_id)
    if row is None:
        raise InvalidInput(
            "There is no such photograph. Nothing was changed. Look at the list again.",
            [Problem("photo", "No photograph that was kept is called so.")],
        )
    refuse_unless_allowed(session, [one.ref for one in load_person(session, row.patient_ref)], use)
    return row


def photo_bytes(row: Photo) -> bytes:
    """The canonical bytes of a row, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.photo/1",
            "id": row.id,
            "patient": row.patient_ref,
            "visit": row.visit_id,
            "view": row.view,
            "when": row.taken_when,
            "taken_at": instant_text(row.taken_at),
            "media_type": row.media_type,
            "width_px": row.width_px,
            "height_px": row.height_px,
            "size_bytes": row.size_bytes,
            "sha256": row.sha256,
            "file": row.file,
            "sealed_sha256": row.sealed_sha256,
            "seal_key": row.seal_key.hex(),
            "kept_by": row.kept_by,
            "kept_at": instant_text(row.kept_at),
        }
    )


def _read(new: NewPhoto, reads: Callable[[bytes], Picture] = read_picture) -> Picture:
    try:
        return reads(new.content)
    except InvalidInput as refused:
        raise InvalidInput(NOT_KEPT, refused.problems) from None


def _assert_taken(
    view: str, taken_when: str, taken_at: datetime | None, because: str | None, now: datetime
) -> None:
    problems = [*problems_of_photo(view, taken_when, taken_at, because=because, now=now)]
    if problems:
        raise InvalidInput(NOT_KEPT, problems)


def _taken_at(clinic: OpenClinic, new: NewPhoto, picture: Picture) -> datetime | None:
    at = new.taken_at or picture.taken_at
    if at is None or (at.tzinfo is None and new.taken_at is not None):
        return at
    return (at if at.tzinfo else at.replace(tzinfo=zone_of(clinic.clock))).astimezone(UTC)


def _visit_of(work: UnitOfWork, person: Sequence[Patient], named: str | None) -> Visit | None:
    if named is None:
        return None
    visit, _ = load_visit(work, named)
    if visit.patient_ref not in {one.ref for one in person} or visit.state == VisitState.VOIDED.value:
        raise InvalidInput(NOT_KEPT, [Problem("visit", "This is no visit of this person, or it was voided.")])
    return visit


def _row(clinic: OpenClinic, row: Photo, user: str, visit: str | None) -> PhotoRow:
    zone = zone_of(clinic.clock)
    return PhotoRow(
        photo_id=row.id,
        visit=visit,
        view=row.view,
        taken_when=TakenWhen(row.taken_when),
        # As the clinic's clocks showed it: one of the evening is of that day, not of the next one of UTC.
        taken_at=row.taken_at.astimezone(zone),
        media_type=row.media_type,
        width_px=row.width_px,
        height_px=row.height_px,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        kept_by=user,
        kept_at=row.kept_at.astimezone(zone),
    )
