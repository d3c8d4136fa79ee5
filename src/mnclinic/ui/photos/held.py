"""Pictures that were brought and are not kept yet wait for whoever brought them, also over a lock."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import TakenWhen
from mnclinic.errors import Stopped
from mnclinic.services.bring_photos import Brought, Opened
from mnclinic.services.held_pictures import (
    HeldPictures,
    held_pictures,
    hold_pictures,
    let_go,
    open_held,
)
from mnclinic.ui.desk import Desk
from mnclinic.ui.photos.brought import BroughtPanel
from mnclinic.ui.progress import Progress


class HeldBack(QObject):
    """Stores what a panel shows of one visit or person, and hands it back when that is shown again."""

    back = Signal(list)
    """These were brought before: each a `Brought`, to be shown in the panel."""

    lost = Signal(int)
    """So many were brought before and are not in the clinic's folder any more."""

    failed = Signal(object)
    """Something could not be stored or read: the error."""

    def __init__(self, desk: Desk, progress: Progress, panel: BroughtPanel) -> None:
        """Belong to the panel."""
        super().__init__(panel)
        self._desk, self._progress, self._panel = desk, progress, panel
        self._of = self._patient = ""
        self._is_asked = False
        self.waiting = 0
        """How many wait that the panel does not show yet, as far as anybody counted them."""
        self.said: dict[str, Pose] = {}
        """What those that wait were said to show before the lock, by their ids."""
        panel.gone.connect(self._let_go)

    def begin(self, of: str, patient: str) -> None:
        """Another visit or person is shown: `of` is its id, or the person's reference."""
        self._of, self._patient = of, patient
        self._is_asked = False
        self.waiting, self.said = 0, {}

    def hold(self, brought: Sequence[Brought]) -> None:
        """Store these, which the panel shows now."""
        of, patient = self._of, self._patient
        if brought and self._desk.clinic.read_only is None:
            self._desk.ask(
                lambda clinic: hold_pictures(clinic, patient, of, brought),
                owner=self,
                done=_nothing,
                failed=self.failed.emit,
            )

    def _let_go(self, gone: Sequence[str]) -> None:
        of = self._of
        self._desk.ask(
            lambda clinic: let_go(clinic, of, gone), owner=self, done=_nothing, failed=self.failed.emit
        )

    def bring_back(self) -> None:
        """Ask once for what waits. It is opened anew beside the store's work, with a progress and Cancel."""
        if self._is_asked or not self._of or self._progress.is_under_way:
            return
        self._is_asked = True
        of, patient = self._of, self._patient
        self._desk.ask(
            lambda clinic: held_pictures(clinic, patient, of),
            owner=self,
            done=lambda found: self._found(of, found),
            failed=self.failed.emit,
        )

    def _found(self, of: str, found: HeldPictures) -> None:
        if of != self._of:
            return
        self.waiting = 0
        if found.lost:
            self.lost.emit(found.lost)
        shown = {one.brought.brought_id for one in self._panel.rows}
        pictures = [one for one in found.pictures if one.held_id not in shown]
        if not pictures:
            return
        self.waiting = len(pictures)
        self._progress.begin(self.tr("Opening the pictures"))
        self._desk.ask(
            lambda _clinic: open_held(pictures, self._progress.watch),
            owner=self,
            done=lambda opened: self._opened(of, opened),
            failed=self._not_opened,
            is_long=True,
        )

    def _opened(self, of: str, opened: Opened) -> None:
        self._progress.end()
        if of == self._of:
            self.waiting = 0
            self.back.emit(list(opened.pictures))

    def _not_opened(self, error: Exception) -> None:
        self._progress.end()
        # They go on waiting, and are asked for again when the place is shown again.
        self._is_asked = not isinstance(error, Stopped)
        self.failed.emit(error)

    def place(self) -> list[list[str]]:
        """What each is said to show: id, view and when, for `return_to`."""
        said = self.said | self._panel.said()
        return [[held_id, pose.view, pose.when.value] for held_id, pose in said.items()]

    def return_to(self, place: Sequence[Sequence[str]]) -> None:
        """What they were said to show before the lock."""
        self.said = {held_id: Pose(view, TakenWhen(when)) for held_id, view, when in place}


def poses_as_json(poses: Sequence[Pose]) -> list[list[str]]:
    """Poses, for the place that is gone back to."""
    return [[one.view, one.when.value] for one in poses]


def poses_of_json(place: Mapping[str, Any], key: str) -> list[Pose]:
    """What `poses_as_json` gave."""
    return [Pose(view, TakenWhen(when)) for view, when in place.get(key, ())]


def _nothing(_value: object) -> None:
    """Nobody waits for this outcome."""
