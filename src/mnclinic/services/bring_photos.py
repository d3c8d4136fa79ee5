"""Bring several files at once: each is decoded, bad ones are told, good ones are kept one by one."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from mnclinic.errors import ClinicError, InvalidInput, Problem, Stopped
from mnclinic.interchange.pictures.reading import Picture, read_picture, read_picture_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.photos import NewPhoto, PhotoRow, keep_photo
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, go_on

MOST_AT_ONCE = 12
"""Each is held whole until it is kept."""
OPENING, KEEPING = "opening the pictures", "keeping the photographs"


@dataclass(frozen=True)
class Brought:
    """A file that is a picture. `written_at` is when the file was last written, where the disk says it."""

    path: Path
    picture: Picture
    content: bytes = field(repr=False)
    written_at: datetime | None = None
    brought_id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True)
class Opened:
    """What came of several files: the pictures, and of each other file its name and why it was not taken."""

    pictures: tuple[Brought, ...]
    refused: tuple[tuple[str, Sequence[Problem]], ...]


@dataclass(frozen=True)
class Kept:
    """What came of keeping several: those that are kept by their number, and why others are not."""

    rows: dict[int, PhotoRow]
    refused: dict[int, ClinicError]
    is_stopped: bool = False


def open_several(paths: Sequence[Path], watch: Watch) -> Opened:
    """Decode each in turn. Raises Stopped where the watch wants no more: then nothing was taken."""
    pictures, refused = [], []
    for done, path in enumerate(paths):
        go_on(watch, OPENING, done, len(paths))
        try:
            content = read_picture_file(path)
            picture = read_picture(content, goes_on=_goes_on(watch, done, len(paths)))
        except InvalidInput as error:
            refused.append((path.name, error.problems))
        else:
            pictures.append(Brought(path, picture, content, _written_at(path)))
    return Opened(tuple(pictures), tuple(refused))


def _written_at(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    except (OSError, ValueError, OverflowError):
        return None


def _goes_on(watch: Watch, done: int, of: int) -> Callable[[], bool]:
    return lambda: watch(OPENING, done, of)


def keep_photos(
    clinic: OpenClinic, patient: str, wanted: Sequence[tuple[NewPhoto, Picture]], watch: Watch
) -> Kept:
    """Keep each by itself: what is wrong with one, or with the disk, leaves the others kept.

    A watch that wants no more ends it before the next one; what is kept by then stays.
    """
    clinic.require(RoleAct.KEEP_PHOTO)
    rows: dict[int, PhotoRow] = {}
    refused: dict[int, ClinicError] = {}
    for number, (new, picture) in enumerate(wanted):
        try:
            go_on(watch, KEEPING, number, len(wanted))
        except Stopped:
            return Kept(rows, refused, is_stopped=True)
        try:
            rows[number] = keep_photo(clinic, patient, new, picture=picture)
        except ClinicError as error:
            refused[number] = error
    return Kept(rows, refused)
