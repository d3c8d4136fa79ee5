"""Keep a scanned paper or file of a person, list and read what was kept. Nothing is ever deleted."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.domain.attachments import AttachmentKind, media_type_of, problems_of_attachment
from mnclinic.domain.person_details import line_of, text_of
from mnclinic.errors import DatabaseDamaged, InvalidInput, Problem, StoreUnavailable
from mnclinic.models import Attachment, Photo, Staff, instant_text
from mnclinic.security.attachment_seal import open_attachment, seal_attachment
from mnclinic.security.envelope import DoesNotOpen
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.enter_look import enter_look
from mnclinic.services.one_person import load_person
from mnclinic.services.session import OpenClinic
from mnclinic.store.attachment_files import read_sealed, remove_attachment, write_attachment
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import Store, UnitOfWork

NOT_KEPT = "The file was not kept. Nothing was stored. Correct what is marked and try again."
GONE = (
    "This file cannot be shown: it is missing from the clinic's folder, or it is not the one that was kept. "
    "Nothing was changed. Check the store, which names it; then restore the newest backup that has it."
)


@dataclass(frozen=True)
class NewAttachment:
    """What somebody wants to keep. `content` is a whole PDF, PNG or JPEG; `dated_on` stands on the paper."""

    kind: str
    title: str
    content: bytes = field(repr=False)
    dated_on: date
    note: str = ""


@dataclass(frozen=True)
class AttachmentRow:
    """A file that was kept. `sha256` is of the bytes as they were brought, 64 hex digits."""

    attachment_id: str
    kind: AttachmentKind
    title: str
    media_type: str
    size_bytes: int
    sha256: str
    dated_on: date
    note: str
    kept_by: str
    """A user name."""
    kept_at: datetime


@dataclass(frozen=True)
class AttachmentContent:
    """A kept file and its bytes."""

    row: AttachmentRow
    content: bytes = field(repr=False)


def keep_attachment(
    clinic: OpenClinic,
    patient: str,
    new: NewAttachment,
    *,
    also: Callable[[UnitOfWork, str], None] | None = None,
) -> AttachmentRow:
    """Keep a file of a person, named by reference or record number: sealed, and entered in the log.

    `also` does in the same transaction what hangs on the file, given its id.

    Raises InvalidInput with every problem, also where there is no such person; StoreUnavailable and kin for
    the disk. Nothing is kept then.
    """
    clinic.require(RoleAct.EDIT_PATIENT)
    title, note = line_of(new.title), text_of(new.note)
    today = clinic.clock.now().date()
    problems = [*problems_of_attachment(new.content, new.kind, title, new.dated_on, note, today=today)]
    media_type = media_type_of(new.content)
    if problems or media_type is None:
        raise InvalidInput(NOT_KEPT, problems)
    attachment_id = str(uuid.uuid4())
    sealed, key = seal_attachment(attachment_id, new.content)
    name = ""
    try:
        with clinic.work() as work:
            now = clinic.clock.now()
            person = load_person(work.session, patient)[0]
            name = write_attachment(clinic.folder, sealed)
            row = Attachment(
                id=attachment_id,
                patient_ref=person.ref,
                kind=str(new.kind),
                title=title,
                media_type=media_type,
                size_bytes=len(new.content),
                sha256=sha256_hex(new.content),
                file=name,
                sealed_sha256=sha256_hex(sealed),
                seal_key=key,
                dated_on=new.dated_on,
                note=note,
                kept_by=clinic.person.staff_id,
                kept_at=now,
            )
            work.session.add(row)
            work.session.flush()
            work.log.record(
                Act(
                    "attachment.kept",
                    "C",
                    subject=person.ref,
                    object=LoggedObject("attachment", row.id, 1, attachment_bytes(row)),
                    categories=(category_of(row),),
                    detail={"kind": row.kind, "title": row.title},
                )
            )
            if also is not None:
                also(work, row.id)
            work.commit()
    except BaseException:
        if name and is_surely_absent(clinic.store, Attachment, attachment_id):
            remove_attachment(clinic.folder, name)
        raise
    return _row(row, clinic.person.user)


def list_attachments(
    clinic: OpenClinic, patient: str, kind: AttachmentKind | None = None
) -> tuple[AttachmentRow, ...]:
    """What was kept of all records of a person, newest first.

    That the chart was opened was entered by `show_patient`. Raises InvalidInput when there is no such person.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        refs = [one.ref for one in load_person(session, patient)]
        return attachments_of_person(session, refs, kind)


def attachments_of_person(
    session: Session, refs: Sequence[str], kind: AttachmentKind | None = None
) -> tuple[AttachmentRow, ...]:
    """The same within an open session, for other services."""
    found = session.scalars(select(Attachment).where(Attachment.patient_ref.in_(refs))).all()
    rows = [one for one in found if kind is None or one.kind == kind]
    users = {one.id: one.user for one in session.scalars(select(Staff))}
    # A person has a handful of files, so they are sorted here and not by the database.
    newest_first = sorted(rows, key=lambda row: (row.kept_at, row.id), reverse=True)
    return tuple(_row(row, users.get(row.kept_by, "")) for row in newest_first)


def read_attachment(clinic: OpenClinic, attachment_id: str) -> AttachmentContent:
    """One file's bytes, held against its hashes. The look is entered before anything is shown.

    Raises:
        InvalidInput: there is no such file.
        DatabaseDamaged: it is missing from the folder, or is not the one that was kept.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.work() as work:
        row = work.session.get(Attachment, attachment_id)
        if row is None:
            raise InvalidInput(
                "There is no such file. Nothing was changed. Look at the list again.",
                [Problem("attachment", "No file that was kept is called so.")],
            )
        staff = work.session.get(Staff, row.kept_by)
        content = content_of(clinic.folder, row)
        named = LoggedObject("attachment_view", row.id, 1, attachment_bytes(row))
        look = Act(
            "attachment.viewed", "R", subject=row.patient_ref, object=named, categories=(category_of(row),)
        )
        enter_look(clinic, work, look)
        return AttachmentContent(_row(row, staff.user if staff else ""), content)


def content_of(data_folder: Path, row: Attachment | Photo, *, gone: str = GONE) -> bytes:
    """The bytes of a row's file. Raises DatabaseDamaged, which says `gone`, where they are not those kept."""
    sealed = read_sealed(data_folder, row.file)
    if sealed is None:
        raise DatabaseDamaged(gone)
    try:
        content = open_attachment(row.id, row.seal_key, sealed)
    except DoesNotOpen:
        raise DatabaseDamaged(gone) from None
    if sha256_hex(content) != row.sha256:
        raise DatabaseDamaged(gone)
    return content


def attachment_bytes(row: Attachment) -> bytes:
    """The canonical bytes of a row, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.attachment/1",
            "id": row.id,
            "patient": row.patient_ref,
            "kind": row.kind,
            "title": row.title,
            "media_type": row.media_type,
            "size_bytes": row.size_bytes,
            "sha256": row.sha256,
            "file": row.file,
            "sealed_sha256": row.sealed_sha256,
            "seal_key": row.seal_key.hex(),
            "dated_on": row.dated_on.isoformat(),
            "note": row.note,
            "kept_by": row.kept_by,
            "kept_at": instant_text(row.kept_at),
        }
    )


def category_of(row: Attachment) -> str:
    """Which kind of a person's data it is, as its entry names it."""
    return "consent" if row.kind == AttachmentKind.CONSENT else "treatment"


def is_surely_absent(store: Store, table: type[Attachment | Photo], row_id: str) -> bool:
    """Whether no row names the file. What cannot be read counts as stored: an orphan is no harm."""
    try:
        with store.reading() as session:
            return session.get(table, row_id) is None
    except StoreUnavailable:
        return False


def _row(row: Attachment, user: str) -> AttachmentRow:
    return AttachmentRow(
        attachment_id=row.id,
        kind=AttachmentKind(row.kind),
        title=row.title,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        dated_on=row.dated_on,
        note=row.note,
        kept_by=user,
        kept_at=row.kept_at,
    )
