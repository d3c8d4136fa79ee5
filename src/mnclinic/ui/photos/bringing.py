"""Bring a photograph in or onto the screen: decoded beside the store's work, with its progress and Cancel."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from mnclinic.interchange.pictures.reading import Picture, read_picture, read_picture_file
from mnclinic.services.photos import NewPhoto, PhotoLook, PhotoRow, keep_photo, look_at
from mnclinic.ui.desk import Desk
from mnclinic.ui.language import spoken
from mnclinic.ui.photos.frame import picture_of
from mnclinic.ui.progress import Progress

FILES = "JPEG, PNG, HEIC, WebP (*.jpg *.jpeg *.png *.heic *.heif *.webp)"


def bring_photo(
    desk: Desk,
    patient: str,
    make: Callable[[bytes, Picture], NewPhoto],
    file: Path,
    progress: Progress,
    *,
    shuts: QWidget | None,
    done: Callable[[PhotoRow, QPixmap], None],
    failed: Callable[[Exception], None],
) -> None:
    """Decode a file beside the store's own work, then keep it. Nothing is kept of one that is stopped."""
    progress.begin(spoken("Opening the picture"), shuts=shuts)

    def decoded(found: tuple[bytes, Picture]) -> None:
        content, picture = found
        desk.act(
            lambda clinic: keep_photo(clinic, patient, make(content, picture), picture=picture),
            owner=progress,
            done=lambda kept: _over(progress, shuts, lambda: done(kept, picture_of(picture.jpeg))),
            failed=not_done,
        )

    def not_done(error: Exception) -> None:
        _over(progress, shuts, lambda: failed(error))

    def job() -> tuple[bytes, Picture]:
        content = read_picture_file(file)
        return content, read_picture(content, goes_on=lambda: progress.watch("", 0, 0))

    desk.ask(lambda _clinic: job(), owner=progress, done=decoded, failed=not_done, is_long=True)


def _over(progress: Progress, shuts: QWidget | None, then: Callable[[], None]) -> None:
    if shuts is not None:
        shuts.setEnabled(True)
    progress.end()
    then()


def fetch_photo(
    desk: Desk,
    photo_id: str,
    *,
    owner: QObject,
    progress: Progress | None = None,
    done: Callable[[PhotoRow, QPixmap], None],
    failed: Callable[[Exception], None],
) -> None:
    """Enter a look at a photograph that was kept, and have it drawn beside the store's own work."""

    def goes_on() -> bool:
        return progress is None or progress.watch("", 0, 0)

    def looked(look: PhotoLook) -> None:
        desk.ask(
            lambda _clinic: read_picture(look.original, goes_on=goes_on),
            owner=owner,
            done=lambda picture: done(look.row, picture_of(picture.jpeg)),
            failed=failed,
            is_long=True,
        )

    desk.ask(lambda clinic: look_at(clinic, photo_id), owner=owner, done=looked, failed=failed)
