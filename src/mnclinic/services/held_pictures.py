"""Pictures that somebody brought and has not kept yet: a draft of theirs, which no lock or power cut loses.

Each lies sealed beside the attachments, under a key of its own that stands with the person's screen in the
database. It is in nobody's record, no backup has it, and it goes as soon as it is kept or left out. Nothing
is entered in the log: keeping a picture is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from mnclinic.audit.canonical import sha256_hex
from mnclinic.domain.photos import PhotoUse
from mnclinic.domain.visit_life import OPEN_TO_EDIT
from mnclinic.errors import InvalidInput
from mnclinic.interchange.pictures.reading import read_picture
from mnclinic.models import Photo, Visit
from mnclinic.security.attachment_seal import open_attachment, seal_attachment
from mnclinic.security.envelope import DoesNotOpen
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.bring_photos import OPENING, Brought, Opened
from mnclinic.services.one_person import load_person
from mnclinic.services.photo_consent import photo_consent, refuse_unless_allowed
from mnclinic.services.screen_state import brought_pictures, every_brought_picture, put_brought_pictures
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, go_on
from mnclinic.store.brought_files import brought_names, read_brought, remove_brought, write_brought
from mnclinic.store.unit_of_work import UnitOfWork

TOO_MANY = (
    "Too many pictures are brought and not kept yet. Nothing that was stored before is lost. Keep some or "
    "leave some out: until then these stand only in this window."
)
Row = dict[str, str]


@dataclass(frozen=True)
class HeldPicture:
    """A picture as it was brought. `name` is its file's."""

    held_id: str
    name: str
    content: bytes = field(repr=False)
    written_at: datetime | None


@dataclass(frozen=True)
class HeldPictures:
    """What was brought and waits. `lost` is how many lie there no more, such as after a restore."""

    pictures: tuple[HeldPicture, ...]
    lost: int = 0


def hold_pictures(clinic: OpenClinic, patient: str, of: str, brought: Sequence[Brought]) -> None:
    """Hold what was brought to a visit or a person until it is kept or left out.

    Args:
        clinic: The open clinic.
        patient: By reference or record number.
        of: The id of the visit, or the person's reference where there is no visit.
        brought: What was opened.

    Raises ActionRefused where the person has not agreed to photographs, InvalidInput where too many are held,
    StoreUnavailable and kin for the disk. Nothing more is held then than before.
    """
    clinic.require(RoleAct.KEEP_PHOTO)
    written: list[str] = []
    try:
        with clinic.work() as work:
            refs = [one.ref for one in load_person(work.session, patient)]
            refuse_unless_allowed(work.session, refs, PhotoUse.CHART)
            gone = _sweep(work, clinic)
            held = brought_pictures(work, clinic)
            for one in brought:
                sealed, key = seal_attachment(one.brought_id, one.content)
                written.append(write_brought(clinic.folder, sealed))
                held.setdefault(of, []).append(_row(one, written[-1], key, clinic.clock.now()))
            _put(work, clinic, held)
            work.commit()
    except BaseException:
        # Where the commit's fate is not known the row may name them; they are told as lost then.
        remove_brought(clinic.folder, written)
        raise
    remove_brought(clinic.folder, gone)


def held_pictures(clinic: OpenClinic, patient: str, of: str) -> HeldPictures:
    """What this person brought there and nobody kept yet.

    What was kept meanwhile is let go, and all of it where the person no longer agrees.
    """
    clinic.require(RoleAct.KEEP_PHOTO)
    with clinic.work() as work:
        rows = brought_pictures(work, clinic).get(of, [])
        if not rows:
            return HeldPictures(())
        refs = [one.ref for one in load_person(work.session, patient)]
        is_allowed = photo_consent(work.session, refs).allows(PhotoUse.CHART)
        newest = select(Photo.sha256, func.max(Photo.kept_at)).where(Photo.patient_ref.in_(refs))
        kept = {sha256: at for sha256, at in work.session.execute(newest.group_by(Photo.sha256))}
    found: list[HeldPicture] = []
    lost: list[Row] = []
    # The same picture may be brought again after it was kept, as another pose.
    kept_rows = [one for one in rows if not is_allowed or _is_kept(one, kept.get(one["sha256"]))]
    for row in rows:
        if row in kept_rows:
            continue
        content = _content(clinic.folder, row)
        if content is None:
            lost.append(row)
        else:
            at = datetime.fromisoformat(row["written_at"]) if row["written_at"] else None
            found.append(HeldPicture(row["id"], row["name"], content, at))
    if gone := [one["id"] for one in (*kept_rows, *lost)]:
        let_go(clinic, of, gone)
    return HeldPictures(tuple(found), len(lost))


def count_held(clinic: OpenClinic, of: str) -> int:
    """How many this person brought to a visit or a person and nobody kept yet."""
    clinic.require(RoleAct.KEEP_PHOTO)
    with clinic.work() as work:
        return len(brought_pictures(work, clinic).get(of, []))


def open_held(held: Sequence[HeldPicture], watch: Watch) -> Opened:
    """Decode each anew, beside the store's work. Raises Stopped where the watch wants no more.

    All of them stay held then.
    """
    opened = []
    for done, one in enumerate(held):
        go_on(watch, OPENING, done, len(held))
        picture = read_picture(one.content, goes_on=partial(watch, OPENING, done, len(held)))
        opened.append(Brought(Path(one.name), picture, one.content, one.written_at, one.held_id))
    return Opened(tuple(opened), ())


def let_go(clinic: OpenClinic, of: str, held_ids: Sequence[str]) -> None:
    """These were kept, or nobody wants them. One that is not held is passed over."""
    clinic.require(RoleAct.KEEP_PHOTO)
    with clinic.work() as work:
        held = brought_pictures(work, clinic)
        gone = [one for one in held.get(of, []) if one["id"] in held_ids]
        if not gone:
            return
        held[of] = [one for one in held[of] if one not in gone]
        put_brought_pictures(work, clinic, held)
        work.commit()
    remove_brought(clinic.folder, [one["file"] for one in gone])


def _put(work: UnitOfWork, clinic: OpenClinic, held: dict[str, list[Row]]) -> None:
    if not put_brought_pictures(work, clinic, held):
        raise InvalidInput(TOO_MANY)


def _is_kept(row: Row, kept_at: datetime | None) -> bool:
    return kept_at is not None and kept_at >= datetime.fromisoformat(row["brought_at"])


def _row(one: Brought, file: str, key: bytes, now: datetime) -> Row:
    return {
        "id": one.brought_id,
        # A name that is no text on this computer is told as far as it is one.
        "name": one.path.name.encode(errors="replace").decode(),
        "file": file,
        "key": key.hex(),
        "sha256": sha256_hex(one.content),
        "brought_at": now.isoformat(),
        "written_at": one.written_at.isoformat() if one.written_at else "",
    }


def _content(folder: Path, row: Row) -> bytes | None:
    sealed = read_brought(folder, row["file"])
    if sealed is None:
        return None
    try:
        return open_attachment(row["id"], bytes.fromhex(row["key"]), sealed)
    except DoesNotOpen:
        return None


def _sweep(work: UnitOfWork, clinic: OpenClinic) -> list[str]:
    """Forget what was brought to visits that are not open any more: one that was signed takes no picture.

    Returns the files that nobody's screen names then.
    """
    held = brought_pictures(work, clinic)
    visits = select(Visit.id, Visit.state).where(Visit.id.in_(list(held)))
    is_open = {one.value for one in OPEN_TO_EDIT}
    over = [visit_id for visit_id, state in work.session.execute(visits) if state not in is_open]
    if over:
        put_brought_pictures(work, clinic, {of: rows for of, rows in held.items() if of not in over})
    named = {one["file"] for one in every_brought_picture(work)}
    return [name for name in brought_names(clinic.folder) if name not in named]
