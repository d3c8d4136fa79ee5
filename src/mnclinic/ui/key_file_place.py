"""Where the key file is that a person signs with: the place used last, or a stick that is plugged in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStorageInfo

from mnclinic.errors import NotPermitted
from mnclinic.services.own_account import find_key_file, key_file_name
from mnclinic.services.session import OpenClinic
from mnclinic.ui.named_place import place_of
from mnclinic.ui.tasks import TaskRunner

STICK_ROOTS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


class KeyFilePlace:
    """One person's key file during one stay. Nothing of it is written down."""

    def __init__(self, clinic: OpenClinic, runner: TaskRunner) -> None:
        """Know nothing yet."""
        self._clinic, self._runner = clinic, runner
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

    def look(self, typed: str, *, owner: QObject, done: Callable[[str, bool], None]) -> None:
        """Look whether the file that was typed is there, and for one on the sticks where none was.

        A stick may hang and a share be away, so the look is aside from everything else. `done` takes, on the
        UI thread, the file's name as it should stand in its field and whether it is there; it is not called
        once `owner` has gone.
        """
        name, known = self.name, self._place

        def job() -> tuple[Path | None, bool]:
            if typed:
                return None, is_file(place_of(typed))
            found = known if known is not None and is_file(known) else None
            if found is None and name is not None:
                found = find_key_file(name, sticks())
            return found, found is not None

        def looked(seen: tuple[Path | None, bool]) -> None:
            found, is_there = seen
            if not typed and name is not None:
                self._place = found
            done(typed or str(found or ""), is_there)

        self._runner.submit(
            job,
            owner=owner,
            done=looked,
            failed=lambda _error: done(typed, False),
            is_aside=True,
            is_wanted=False,
        )

    def remember(self, file: Path | None) -> None:
        """The person named a file."""
        self._place = file


def is_file(place: Path) -> bool:
    """Whether there is such a file; not so where its folder cannot be read."""
    try:
        return place.is_file()
    except (OSError, ValueError):
        return False


def sticks() -> tuple[Path, ...]:
    """Where removable media are mounted on this PC."""
    roots = (Path(volume.rootPath()) for volume in QStorageInfo.mountedVolumes() if volume.isReady())
    return tuple(root for root in roots if _is_stick(root))


def _is_stick(root: Path) -> bool:
    place = root.as_posix()
    is_drive = bool(root.drive) and root.drive.upper() != "C:"
    return is_drive or any(place.startswith(start) for start in STICK_ROOTS)
