"""Where the key file is that a person signs with: the place used last, or a stick that is plugged in."""

from pathlib import Path

from PySide6.QtCore import QStorageInfo

from mnclinic.errors import NotPermitted
from mnclinic.services.own_account import find_key_file, key_file_name
from mnclinic.services.session import OpenClinic

STICK_ROOTS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


class KeyFilePlace:
    """One person's key file during one stay. Nothing of it is written down."""

    def __init__(self, clinic: OpenClinic) -> None:
        """Know nothing yet."""
        self._clinic = clinic
        self._place: Path | None = None

    @property
    def name(self) -> str | None:
        """The key file's name; None where the person signs with the password alone."""
        try:
            return key_file_name(self._clinic)
        except NotPermitted:
            # The signature itself says why there will be none.
            return None

    @property
    def place(self) -> Path | None:
        """The file that the next signature takes; None where there is no second factor."""
        return None if self.name is None else self._place

    def look(self) -> Path | None:
        """The file used last if it is still there, else the one on a stick that is plugged in."""
        name = self.name
        if name is not None and (self._place is None or not self._place.is_file()):
            self._place = find_key_file(name, sticks())
        return self.place

    def remember(self, file: Path | None) -> None:
        """The person named a file."""
        self._place = file


def sticks() -> tuple[Path, ...]:
    """Where removable media are mounted on this PC."""
    roots = (Path(volume.rootPath()) for volume in QStorageInfo.mountedVolumes() if volume.isReady())
    return tuple(root for root in roots if _is_stick(root))


def _is_stick(root: Path) -> bool:
    place = root.as_posix()
    is_drive = bool(root.drive) and root.drive.upper() != "C:"
    return is_drive or any(place.startswith(start) for start in STICK_ROOTS)
