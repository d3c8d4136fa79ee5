"""The photographs of an open visit: a row for each pose, with its picture or why there is none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from mnclinic.domain.photo_poses import NotTaken, PhotoNote, Pose, poses_of_visit
from mnclinic.domain.photos import TakenWhen, can_be_moment
from mnclinic.errors import Stopped
from mnclinic.services.bring_photos import MOST_AT_ONCE, Brought, Kept, Opened, keep_photos, open_several
from mnclinic.services.photos import NewPhoto
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    Field,
    Flow,
    button,
    clear,
    column,
    flow,
    label,
    row,
)
from mnclinic.ui.forms.controls import KEY
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.language import spoken
from mnclinic.ui.photos.asking import AnotherView, chosen_pictures
from mnclinic.ui.photos.bringing import FILES, fetch_photo
from mnclinic.ui.photos.brought import BroughtPanel, BroughtRow
from mnclinic.ui.photos.drop import Drops
from mnclinic.ui.photos.frame import PhotoFrame, picture_of
from mnclinic.ui.photos.held import HeldBack, poses_as_json, poses_of_json
from mnclinic.ui.photos.words import lost_words, pose_words, refused_words, too_many_words
from mnclinic.ui.progress import Progress
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.visits.photo_parts import PHOTOS, not_taken_text, note_of, photo_key, pose_of, taken_text
from mnclinic.ui.visits.photo_words import became_words
from mnclinic.ui.visits.steps import Step

LONGEST_REASON = 2000
THUMB = QSize(168, 126)


class PoseRow(QWidget):
    """One pose: its picture, what became of it, and what can be done about it."""

    brought = Signal(object, list)
    """Files for the pose: the pose and the paths. Of several the first is offered as this pose."""

    def __init__(self, pose: Pose, number: int, editing: Editing) -> None:
        """Make it, with nothing yet."""
        super().__init__()
        self.pose, self.key, self._editing = pose, photo_key(pose), editing
        name = f"visit.photo.{number}"
        words = pose_words(pose)
        self.frame = PhotoFrame(f"{name}.frame", THUMB, takes_files=True)
        self.frame.setAccessibleName(words)
        self.frame.dropped.connect(self._dropped)
        self.state = label("", Type.SMALL, "muted", wraps=True)
        self.state.setObjectName(f"{name}.state")
        self.choose = button(
            self.tr("Choose a file …"), f"{name}.choose", shape="folder-open", pressed=self.ask_for_file
        )
        self.declined = button(self.tr("Declined"), f"{name}.declined", pressed=lambda: self._say("declined"))
        self.unable = button(self.tr("Unable"), f"{name}.unable", pressed=lambda: self._say("unable"))
        self.clear = button(self.tr("Take out"), f"{name}.clear", kind="quiet", pressed=self._clear)
        for one in (self.choose, self.declined, self.unable, self.clear):
            one.setAccessibleName(f"{words}: {one.text()}")
            one.setProperty(KEY, self.key)
        for one in (self.declined, self.unable):
            one.setCheckable(True)
        self.reason = QLineEdit()
        self.reason.setObjectName(f"{name}.reason")
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason.setProperty(KEY, self.key)
        self._reason_field = Field(self.tr("Why"), self.reason)
        self.reason.setAccessibleName(f"{words}: {self.tr('Why')}")
        self.reason.textEdited.connect(self._typed)
        self.reason.editingFinished.connect(self._left)
        acts = flow(gap=Space.SMALL)
        for made in (self.choose, self.declined, self.unable, self.clear):
            acts.addWidget(made)
        beside = column(gap=Space.SMALL)
        beside.addWidget(label(words, Type.STRONG, wraps=True))
        beside.addWidget(self.state)
        beside.addLayout(acts)
        beside.addWidget(self._reason_field)
        beside.addStretch(1)
        if theme().text_scale >= LARGE_TEXT:
            stacked = column(self, gap=Space.SMALL)
            stacked.addWidget(self.frame)
            stacked.addLayout(beside)
        else:
            line = row(self, gap=Space.LARGE)
            line.addWidget(self.frame, 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(beside, 1)

    @property
    def note(self) -> PhotoNote | None:
        """What became of the pose, as it is being edited."""
        return note_of(self.key, self._editing.text(self.key))

    def show_state(self, *, can_bring: bool) -> None:
        """Show what stands there now."""
        note = self.note
        self.state.setText(became_words(note))
        self.choose.setEnabled(can_bring)
        self.choose.setVisible(note is None or not note.sha256)
        # Where it has one, what is dropped on it is the room's.
        self.frame.setAcceptDrops(can_bring and (note is None or not note.sha256))
        self.clear.setVisible(note is not None)
        is_none = note is not None and note.not_taken is not None
        self._reason_field.setVisible(is_none)
        for why, made in ((NotTaken.DECLINED, self.declined), (NotTaken.UNABLE, self.unable)):
            is_it = note is not None and note.not_taken is why
            made.setVisible(note is None or not note.sha256)
            made.setChecked(is_it)
            if made.property("kind") != ("primary" if is_it else ""):
                made.setProperty("kind", "primary" if is_it else "")
                restyle(made)
        if note is not None and is_none and self.reason.text() != note.reason:
            self.reason.setText(note.reason)

    def ask_for_file(self) -> None:
        """Ask for the file of this pose."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, pose_words(self.pose), str(Path.home()), self.tr("Pictures") + f": {FILES}"
        )
        if chosen:
            self.brought.emit(self.pose, [chosen])

    def _dropped(self, paths: list[str]) -> None:
        if self.choose.isEnabled() and not self.choose.isHidden():
            self.brought.emit(self.pose, paths)

    def _act(self) -> str:
        return self.tr("photograph: {pose}").format(pose=pose_words(self.pose))

    def _say(self, why: str) -> None:
        note = self.note
        reason = note.reason if note is not None else ""
        self._editing.put({self.key: not_taken_text(why, reason)}, self._act(), self.key)
        self.reason.setFocus()

    def _clear(self) -> None:
        self._editing.put({self.key: ""}, self._act(), self.key)
        (self.choose if self.choose.isEnabled() else self.declined).setFocus()

    def _typed(self, text: str) -> None:
        note = self.note
        if note is not None and note.not_taken is not None:
            self._editing.type_in(self.key, not_taken_text(note.not_taken.value, text), self._act())

    def _left(self) -> None:
        note = self.note
        if note is not None and note.not_taken is not None:
            text = not_taken_text(note.not_taken.value, self.reason.text().strip())
            self._editing.leave(self.key, text)


class PhotosStep(Step):
    """The photographs that the protocol asks for, and others. None of them keeps anybody from signing."""

    kept = Signal()
    """A photograph was kept: the visit stands otherwise now."""

    def __init__(self, editing: Editing, now: Callable[[], datetime], desk: Desk) -> None:
        """Make the step; `now` tells when a picture was taken that does not say it."""
        super().__init__(editing)
        self._desk, self._now = desk, now
        self._pictures: dict[str, QPixmap] = {}
        """By SHA-256 of what was kept, and by id of what was kept before; of this visit alone."""
        self._wanted: set[str] = set()
        self._of = ""
        self._besides: list[Pose] = []
        self.rows: dict[Pose, PoseRow] = {}
        card = Card(
            self.tr("Photographs"),
            self.tr(
                "What the protocol asks for. None of them keeps you from signing. Choose a file, or drop it "
                "on its frame; drop several anywhere here. Where the camera noted no moment, you are asked."
            ),
        )
        self.banner = Banner(Tone.SOON, "circle-alert")
        self.not_agreed = label(
            self.tr(
                "The patient has not agreed to photographs, so none can be kept or shown. Have them "
                "choose in the consent, or say that they declined."
            ),
            Type.STRONG,
            wraps=True,
        )
        self.not_agreed.setObjectName("visit.photo.not_agreed")
        self.progress = Progress("visit.photo.progress")
        self.files = button(
            self.tr("Choose several files …"),
            "visit.photo.files",
            shape="folder-open",
            pressed=self._ask_for_files,
        )
        self._shut = self.files
        """What began the job that is under way; the keyboard goes back to it."""
        self.panel = BroughtPanel(self._now)
        self.panel.wanted.connect(self._keep_wanted)
        self.held = HeldBack(desk, self.progress, self.panel)
        self.held.back.connect(self._came_back)
        self.held.lost.connect(self._say_lost)
        self.held.failed.connect(self._failed)
        drops = Drops(
            self, self.tr("Drop the pictures here, or on the frame of a pose"), self.files.isEnabled
        )
        drops.dropped.connect(self.bring)
        self.outlines = QCheckBox(self.tr("Outline of the last one over each"))
        self.outlines.setObjectName("visit.photo.outlines")
        self.outlines.toggled.connect(lambda _on: self._show_rows())
        holder = QWidget()
        self._lines = column(holder, gap=Space.LARGE)
        self._nothing = label(self.tr("The protocol asks for none."), Type.BODY, "muted", wraps=True)
        above = flow(gap=Space.MEDIUM)
        above.addWidget(self.files)
        above.addWidget(self.outlines)
        card.add(self.not_agreed, self.banner, self.progress)
        card.body.addLayout(above)
        card.add(self.panel, self._nothing, holder)
        card.body.addLayout(self._another())
        self.body.addWidget(card)
        self.body.addStretch(1)

    def _another(self) -> Flow:
        another = AnotherView("visit.photo", self)
        another.wanted.connect(self._add)
        self.view_line, self.when, self.view_field = another.line, another.when, another.field
        return another.row

    def _ask_for_files(self) -> None:
        if chosen := chosen_pictures(self):
            self.bring(chosen)

    def _add(self, pose: Pose) -> None:
        if pose not in self._besides:
            self._besides.append(pose)
        self._show_rows()
        self.rows[pose].choose.setFocus()

    def fill(self, view: VisitView) -> None:
        """Show a row for each pose, and what speaks against bringing one."""
        if view.visit_id != self._of:
            self._of, self._besides, self._wanted = view.visit_id, [], set()
            self._pictures.clear()
            self.panel.empty()
            self.held.begin(view.visit_id, view.patient_ref)
            self.banner.say("")
        self._show_rows()

    def _show_rows(self) -> None:
        view = self.view
        if view is None:
            return
        named = [note for key, text in self.editing.state.items() if (note := _note(key, text)) is not None]
        poses = dict.fromkeys((*poses_of_visit(view.photos.asked, named), *self._besides))
        if list(poses) != list(self.rows):
            self._build(list(poses))
        self._nothing.setVisible(not poses)
        self.outlines.setVisible(any(one.view in view.photos.last for one in poses))
        facts = view.photos
        self.not_agreed.setVisible(not facts.is_allowed)
        can_bring = self._can_bring(view) and not self.progress.is_under_way
        for one in self.rows.values():
            one.show_state(can_bring=can_bring)
            self._show_picture(one)
        self.files.setEnabled(can_bring)
        if not self._can_bring(view):
            # It was taken back meanwhile: what was brought is not shown either.
            self.panel.leave_all_out()
        self.panel.offer(self._free())
        if self.isVisible() and view.is_open and view.photos.may_see:
            self.held.bring_back()

    def _build(self, poses: list[Pose]) -> None:
        clear(self._lines)
        self.rows = {}
        for number, pose in enumerate(poses):
            made = PoseRow(pose, number, self.editing)
            made.brought.connect(lambda pose_, files: self.bring(files, pose_))
            self._lines.addWidget(made)
            self.rows[pose] = made

    def _show_picture(self, one: PoseRow) -> None:
        view = self.view
        assert view is not None  # noqa: S101 - asked by the caller
        note = one.note
        sha256 = note.sha256 if note is not None else ""
        picture = self._picture(sha256, view.photos.kept.get(sha256, "")) if sha256 else QPixmap()
        last = view.photos.last.get(one.pose.view, "")
        over = self._picture(last, last) if self.outlines.isChecked() and last else QPixmap()
        one.frame.show_picture(picture, over)

    def _picture(self, name: str, photo_id: str) -> QPixmap:
        """What was fetched; else nothing yet, and it is fetched where the step is in front, as a look."""
        if name in self._pictures:
            return self._pictures[name]
        if photo_id and name not in self._wanted and self.isVisible():
            self._wanted.add(name)
            of = self._of
            fetch_photo(
                self._desk,
                photo_id,
                owner=self,
                done=lambda _row, picture: self._fetched(of, name, picture),
                failed=self._failed,
            )
        return QPixmap()

    def _fetched(self, of: str, name: str, picture: QPixmap) -> None:
        if of == self._of:
            self._pictures[name] = picture
            self._show_rows()

    def showEvent(self, event: QShowEvent) -> None:
        """The step comes to the front: its pictures are wanted now."""
        super().showEvent(event)
        self._show_rows()

    def bring(self, paths: Sequence[str], pose: Pose | None = None) -> None:
        """Open these files; one of a pose whose moment its camera noted is kept at once, others are asked."""
        view = self.view
        if view is None or self.progress.is_under_way or not self._can_bring(view):
            return
        self.banner.say("")
        if len(paths) > MOST_AT_ONCE:
            self.banner.say(too_many_words())
            return
        visit_id, files = view.visit_id, [Path(one) for one in paths]
        self._begin(
            self.tr("Opening the pictures"), self.rows[pose].choose if pose in self.rows else self.files
        )
        self._desk.ask(
            lambda _clinic: open_several(files, self.progress.watch),
            owner=self.progress,
            done=lambda opened: self._opened(visit_id, pose, opened),
            failed=self._not_opened,
            is_long=True,
        )
        self._show_rows()

    def _begin(self, words: str, shuts: QPushButton) -> None:
        self._shut = shuts
        self.progress.begin(words, shuts=shuts)

    def _opened(self, visit_id: str, pose: Pose | None, opened: Opened) -> None:
        self._over()
        self._show_rows()
        if visit_id != self._of:
            return
        self._say_refused(opened)
        now, pictures = self._now(), opened.pictures
        is_sure = pose is not None and len(pictures) == 1 and not self.panel.rows
        if is_sure and pose is not None and can_be_moment(pictures[0].picture.taken_at, now):
            self._keep([(NewPhoto(pose.view, pose.when.value, pictures[0].content), pictures[0], None)])
        else:
            self._ask_of(pictures, pose)

    def _ask_of(self, pictures: Sequence[Brought], pose: Pose | None) -> None:
        """Ask of each what it shows. Until that is said they wait, also over a lock."""
        self.panel.show_pictures(pictures, self._free(), pose)
        self.held.hold(pictures)

    def _came_back(self, pictures: Sequence[Brought]) -> None:
        self._show_rows()
        self.panel.show_pictures(pictures, self._free(), None, said=self.held.said)

    def _say_lost(self, count: int) -> None:
        self.banner.say(lost_words(count))

    @property
    def waits(self) -> bool:
        """Whether pictures were brought of which nothing became yet."""
        return bool(self.panel.rows or self.held.waiting)

    def ask_about_waiting(self) -> None:
        """Say that they have to be kept or left out first."""
        self.banner.say(
            self.tr(
                "Keep the pictures that you brought, or leave them out, then sign. After the signature none "
                "can be added to the visit."
            ),
            Tone.INFO,
            "info",
        )
        if self.panel.rows:
            self.panel.keep.setFocus()

    def place(self) -> dict[str, Any]:
        """The views that were added, and what the pictures that wait are said to show."""
        return {"besides": poses_as_json(self._besides), "said": self.held.place()}

    def return_to(self, place: Mapping[str, Any]) -> None:
        """As it stood before the lock."""
        self._besides = poses_of_json(place, "besides")
        self.held.return_to(place.get("said", ()))
        self._show_rows()

    def _say_refused(self, opened: Opened) -> None:
        """Each file that was not taken, by its name, with its reason."""
        if said := refused_words(opened):
            self.banner.say(said, Tone.STOP)

    def _keep_wanted(self, wanted: Sequence[tuple[NewPhoto, BroughtRow]]) -> None:
        self._keep([(new, one.brought, one) for new, one in wanted])

    def _keep(self, wanted: Sequence[tuple[NewPhoto, Brought, BroughtRow | None]]) -> None:
        view = self.view
        if view is None or self.progress.is_under_way:
            return
        visit_id = view.visit_id
        asked = [(replace(new, visit=visit_id), brought.picture) for new, brought, _ in wanted]
        begun = self.panel.keep if self.panel.rows else self._shut
        self._begin(self.tr("Keeping the photographs"), begun)
        self._desk.act(
            lambda clinic: keep_photos(clinic, view.patient_ref, asked, self.progress.watch),
            owner=self.progress,
            done=lambda kept: self._brought(visit_id, wanted, kept),
            failed=self._not_opened,
        )
        self._show_rows()

    def _brought(
        self, visit_id: str, wanted: Sequence[tuple[NewPhoto, Brought, BroughtRow | None]], kept: Kept
    ) -> None:
        self._over()
        if visit_id != self._of:
            return
        changes, poses = {}, []
        for number, row_ in kept.rows.items():
            new, brought, asked = wanted[number]
            pose = Pose(new.view, TakenWhen(new.taken_when))
            self._pictures[row_.sha256] = picture_of(brought.picture.jpeg)
            changes[photo_key(pose)] = taken_text(row_.sha256)
            poses.append(pose)
            if asked is not None:
                self.panel.leave_out(asked)
        if poses:
            words = "; ".join(pose_words(one) for one in poses)
            self.editing.put(changes, words, photo_key(poses[0]))
            self._desk.told.emit(self.tr("Kept: {poses}").format(poses=words))
        self._show_rows()
        self._say_not_kept(wanted, kept)
        if poses and poses[0] in self.rows and not self.panel.rows:
            self.rows[poses[0]].clear.setFocus()
        if poses:
            self.kept.emit()

    def _say_not_kept(
        self, wanted: Sequence[tuple[NewPhoto, Brought, BroughtRow | None]], kept: Kept
    ) -> None:
        if kept.is_stopped:
            said = self.tr("Stopped, as you asked. What is not among the poses yet is not kept.")
            self.banner.say(said, Tone.INFO, "info")
        for number, error in kept.refused.items():
            self._failed(error)
            _, brought, asked = wanted[number]
            if asked is None:
                pose = Pose(wanted[number][0].view, TakenWhen(wanted[number][0].taken_when))
                self._ask_of([brought], pose)

    def _over(self) -> None:
        if isValid(self._shut):
            self._shut.setEnabled(True)
        self.progress.end()

    def _not_opened(self, error: Exception) -> None:
        self._over()
        self._failed(error)

    def _can_bring(self, view: VisitView) -> bool:
        return view.photos.is_allowed and view.photos.may_see

    def _free(self) -> list[Pose]:
        """The poses that have no picture yet."""
        return [pose for pose, one in self.rows.items() if one.note is None or not one.note.sha256]

    def _failed(self, error: Exception) -> None:
        problems = getattr(error, "problems", ())
        said = " ".join((sentence_of(error), *(spoken(one.what) for one in problems)))
        is_stopped = isinstance(error, Stopped)
        self.banner.say(
            said, Tone.INFO if is_stopped else Tone.STOP, "info" if is_stopped else "circle-alert"
        )
        self._show_rows()

    def enter(self) -> None:
        """Put the keyboard on the first pose of which nothing became."""
        for one in self.rows.values():
            if one.note is None:
                (one.choose if one.choose.isEnabled() else one.declined).setFocus()
                return
        self.view_line.setFocus()

    def widget_of(self, key: str) -> QWidget | None:
        """The row of a pose, by its key."""
        if not key.startswith(f"{PHOTOS}."):
            return super().widget_of(key)
        found = self.rows.get(pose_of(key)) if key.count(".") > 1 else None
        if found is None:
            return self.view_line
        note = found.note
        if note is not None and note.not_taken is not None:
            return found.reason
        return found.clear if note is not None else found.declined

    def open_poses(self) -> list[str]:
        """The poses that the protocol asks for in this visit and that nothing became of, in words."""
        every = self.view.photos.asked if self.view is not None else ()
        asked = [one for one in every if one.when is not TakenWhen.FOLLOW_UP]
        return [pose_words(one) for one in asked if not self.editing.text(photo_key(one))]


def _note(key: str, text: str) -> PhotoNote | None:
    return note_of(key, text) if key.startswith(f"{PHOTOS}.") else None
