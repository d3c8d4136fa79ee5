"""Bring a photograph onto the screen: decoded beside the store's work, with its progress and Cancel."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap

from mnclinic.interchange.pictures.reading import read_picture
from mnclinic.services.photos import PhotoLook, PhotoRow, look_at
from mnclinic.ui.desk import Desk
from mnclinic.ui.photos.frame import picture_of
from mnclinic.ui.progress import Progress

FILES = "JPEG, PNG, HEIC, WebP (*.jpg *.jpeg *.png *.heic *.heif *.webp)"


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
