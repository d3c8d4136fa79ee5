"""Bring photographs of a person that belong to no open visit: by file or drop, each asked about."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mnclinic.domain.photo_poses import Pose
from mnclinic.errors import InvalidInput, Stopped
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.bring_photos import MOST_AT_ONCE, Brought, Kept, Opened, keep_photos, open_several
from mnclinic.services.photos import NewPhoto, PhotoRow
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    Banner,
    Card,
    button,
    column,
    counted,
)
from mnclinic.ui.language import spoken
from mnclinic.ui.photos.asking import AnotherView, chosen_pictures
from mnclinic.ui.photos.brought import BroughtPanel, BroughtRow
from mnclinic.ui.photos.drop import Drops
from mnclinic.ui.photos.held import HeldBack, poses_as_json, poses_of_json
from mnclinic.ui.photos.words import lost_words, refused_words, too_many_words
from mnclinic.ui.progress import Progress
from mnclinic.ui.tokens import Tone


class BringIn(Card):
    """What was brought of one person and is not kept yet; hidden while there is nothing of that kind.

    Whoever holds it places `files`, `banner` and `progress` where they are always seen.
    """

    kept = Signal(list)
    """These were kept: each a `PhotoRow`, the newest taken first."""

    shown = Signal(bool)
    """Whether any picture waits here now."""

    def __init__(self, desk: Desk, room: QWidget) -> None:
        """Make it empty; files that are dropped anywhere on the room are brought."""
        super().__init__()
        self._desk = desk
        self._of = ""
        self._poses: list[Pose] = []
        self._besides: list[Pose] = []
        self._is_allowed = False
        self.may_keep = may(Role(desk.person.role), Act.KEEP_PHOTO)
        self.banner = Banner(Tone.SOON, "circle-alert")
        self.progress = Progress("photos.bring.progress")
        self.files = button(
            self.tr("Bring pictures…"), "photos.bring", shape="folder-open", pressed=self._ask_for_files
        )
        if not self.may_keep:
            self.files.hide()
        self.panel = BroughtPanel(lambda: desk.now, "photos.brought", is_one_each=False)
        self.panel.wanted.connect(self._keep)
        self.panel.filled.connect(self._filled)
        self.panel.gone.connect(lambda _gone: self._give_keyboard_back())
        self.held = HeldBack(desk, self.progress, self.panel)
        self.held.back.connect(self._came_back)
        self.held.lost.connect(lambda count: self.banner.say(lost_words(count)))
        self.held.failed.connect(self._failed)
        self.drops = Drops(room, self.tr("Drop the pictures anywhere here"), self._can_take)
        self.drops.dropped.connect(self.bring)
        self.add(self.panel, self._another())
        self.hide()

    def _another(self) -> QWidget:
        another = AnotherView("photos.brought", self)
        another.wanted.connect(self._add)
        self.view_line, self.when = another.line, another.when
        self.view_line.setAcceptDrops(False)
        holder = QWidget()
        column(holder, gap=0).addLayout(another.row)
        return holder

    def begin(self, ref: str) -> None:
        """Another person is shown, by reference; what was brought of the last one goes on waiting."""
        self._of, self._poses, self._besides = ref, [], []
        self._is_allowed = False
        self.panel.empty()
        self.held.begin(ref, ref)
        self.banner.say("")
        self._show_way()

    def show_facts(self, poses: Sequence[Pose], *, is_allowed: bool) -> None:
        """Offer these poses; where the person allows no photographs, nothing is brought or waits."""
        self._poses, self._is_allowed = list(poses), is_allowed
        self._show_way()
        if not self.may_keep:
            return
        if not is_allowed:
            # It was taken back meanwhile: what was brought is not shown either.
            self.panel.leave_all_out()
        self.panel.offer(self._offered())
        # Asked also where nothing is allowed any more: what waits goes then.
        self.held.bring_back()

    def _show_way(self) -> None:
        self.files.setEnabled(self._can_bring and not self.progress.is_under_way)

    @property
    def _can_bring(self) -> bool:
        return self._is_allowed and self._desk.clinic.read_only is None

    def _can_take(self) -> bool:
        return self.may_keep and self.files.isEnabled()

    def _offered(self) -> list[Pose]:
        return list(dict.fromkeys((*self._besides, *self._poses)))

    def _ask_for_files(self) -> None:
        if chosen := chosen_pictures(self):
            self.bring(chosen)

    def _add(self, pose: Pose) -> None:
        """Offer another view, as what the first picture shows of which nothing is said yet."""
        if pose not in self._besides:
            self._besides.append(pose)
        self.panel.offer(self._offered())
        open_one = next((one for one in self.panel.rows if one.pose.currentData() is None), None)
        if open_one is not None:
            at = self._offered().index(pose)
            open_one.pose.setCurrentIndex(at + 1)
            open_one.pose.setFocus()

    def bring(self, paths: Sequence[str]) -> None:
        """Open these files beside the store's work; each that is a picture is asked about."""
        if not self._can_take():
            return
        self.banner.say("")
        if len(paths) > MOST_AT_ONCE:
            self.banner.say(too_many_words())
            return
        ref, files = self._of, [Path(one) for one in paths]
        self.progress.begin(self.tr("Opening the pictures"), shuts=self.files)
        self._desk.ask(
            lambda _clinic: open_several(files, self.progress.watch),
            owner=self.progress,
            done=lambda opened: self._opened(ref, opened),
            failed=self._not_done,
            is_long=True,
        )

    def _opened(self, ref: str, opened: Opened) -> None:
        self._over()
        if ref != self._of:
            return
        if refused := refused_words(opened):
            self.banner.say(refused, Tone.STOP)
        if opened.pictures:
            # Nothing is suggested: what a picture shows no protocol says here.
            self.panel.show_pictures(opened.pictures, self._offered(), None, said={})
            self.held.hold(opened.pictures)

    def _came_back(self, pictures: Sequence[Brought]) -> None:
        self._show_way()
        self.panel.show_pictures(pictures, self._offered(), None, said=self.held.said)

    def _keep(self, wanted: Sequence[tuple[NewPhoto, BroughtRow]]) -> None:
        if self.progress.is_under_way:
            return
        self.banner.say("")
        ref, asked = self._of, [(new, row.brought.picture) for new, row in wanted]
        self.progress.begin(self.tr("Keeping the photographs"), shuts=self.panel.keep)
        self._show_way()
        self._desk.act(
            lambda clinic: keep_photos(clinic, ref, asked, self.progress.watch),
            owner=self.progress,
            done=lambda kept: self._kept(ref, wanted, kept),
            failed=self._not_done,
        )

    def _kept(self, ref: str, wanted: Sequence[tuple[NewPhoto, BroughtRow]], kept: Kept) -> None:
        self._over()
        if ref != self._of:
            return
        for number, error in kept.refused.items():
            wanted[number][1].say_refused(_reasons(error))
        for number in kept.rows:
            self.panel.leave_out(wanted[number][1])
        if kept.is_stopped:
            said = self.tr("Stopped, as you asked. What still stands here is not kept.")
            self.banner.say(said, Tone.INFO, "info")
        elif kept.refused:
            said = self.tr("What still stands here is not kept; the reason stands beside each picture.")
            self.banner.say(said, Tone.STOP, "circle-alert")
        rows: list[PhotoRow] = sorted(kept.rows.values(), key=lambda one: one.taken_at, reverse=True)
        if rows:
            said = self.tr("Kept: {count}")
            count = counted(len(rows), self.tr("photograph"), self.tr("photographs"))
            self._desk.tell(said.format(count=count))
            self.kept.emit(rows)

    def _over(self) -> None:
        # What began it can be pressed again before the keyboard is given back to it.
        self.panel.keep.setEnabled(True)
        self.files.setEnabled(self._can_bring)
        self.progress.end()

    def _not_done(self, error: Exception) -> None:
        self._over()
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._show_way()
        is_stopped = isinstance(error, Stopped)
        self.banner.say(
            _reasons(error),
            Tone.INFO if is_stopped else Tone.STOP,
            "info" if is_stopped else "circle-alert",
        )

    def _filled(self, is_any: bool) -> None:
        self.setVisible(is_any)
        self.shown.emit(is_any)

    def _give_keyboard_back(self) -> None:
        if not self.panel.rows and self.files.isEnabled():
            self.files.setFocus()

    def place(self) -> dict[str, Any]:
        """The views that were added, and what the pictures that wait are said to show; empty without any."""
        said, besides = self.held.place(), poses_as_json(self._besides)
        return {"besides": besides, "said": said} if said or besides else {}

    def return_to(self, place: Mapping[str, Any]) -> None:
        """As it stood before the lock."""
        self._besides = poses_of_json(place, "besides")
        self.held.return_to(place.get("said", ()))


def _reasons(error: Exception) -> str:
    """What a refusal says, with every reason."""
    problems = error.problems if isinstance(error, InvalidInput) else ()
    return " ".join((sentence_of(error), *(spoken(one.what) for one in problems)))
