"""Pictures that were brought and are not kept yet: each asks which pose it shows, and when it was taken."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import LONGEST_BECAUSE, can_be_moment
from mnclinic.domain.told_moment import read_told_moment
from mnclinic.services.bring_photos import Brought
from mnclinic.services.photos import NewPhoto
from mnclinic.ui.elements import LARGE_TEXT, Field, StillChoice, button, clear, column, flow, label, row
from mnclinic.ui.photos.frame import PhotoFrame, picture_of
from mnclinic.ui.photos.words import pose_words
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.words import instant_words

THUMB = QSize(112, 84)
LONGEST_MOMENT = 40
WIDTHS_PX = {"pose": 300, "taken_at": 180, "taken_because": 420}


class BroughtRow(QWidget):
    """One picture. Its moment is asked for only where its camera noted none that can be."""

    left_out = Signal()
    """The person does not want it after all."""

    def __init__(self, brought: Brought, now: datetime, room: str) -> None:
        """Make it; `now` is where an unlikely moment ends, and a picture that says nothing has its file's.

        `room` begins the object names.
        """
        super().__init__()
        self.brought = brought
        # By its own id: after the lock it stands under the same name again, whatever was left out meanwhile.
        name, said = f"{room}.{brought.brought_id[:8]}", brought.path.name
        self.frame = PhotoFrame(f"{name}.frame", THUMB)
        self.frame.setAccessibleName(said)
        self.frame.show_picture(picture_of(brought.picture.jpeg))
        self._of_file = self.tr("The picture says none; this is the file's own.")
        self.is_noted = can_be_moment(brought.picture.taken_at, now)
        self.fields = fields = self._asked(name)
        for field in fields.values():
            field.control.setAccessibleName(f"{said}: {field.control.accessibleName()}")
        self.refused = label("", Type.SMALL, "stop", wraps=True)
        self.refused.setObjectName(f"{name}.refused")
        self.refused.hide()
        self.noted = label("", Type.SMALL, "muted", wraps=True)
        noted_at = brought.picture.taken_at
        if self.is_noted and noted_at is not None:
            told = self.tr("Taken {moment}, as the camera noted it")
            # One without a zone is by the clinic's clock.
            at = noted_at if noted_at.tzinfo else noted_at.replace(tzinfo=now.tzinfo)
            self.noted.setText(told.format(moment=instant_words(at)))
        else:
            self.moment.setText(f"{_moment_of(brought, now):%Y-%m-%d %H:%M}")
            self.because.setText(self._of_file)
            # From its beginning: the end alone would say the opposite.
            self.because.setCursorPosition(0)
            self.moment.textEdited.connect(self._typed)
        self.noted.setVisible(self.is_noted)
        fields["taken_at"].setHidden(self.is_noted)
        fields["taken_because"].setHidden(self.is_noted)
        self.out = button(self.tr("Leave out"), f"{name}.out", kind="quiet", pressed=self.left_out.emit)
        self.out.setAccessibleName(f"{said}: {self.out.text()}")
        asked = flow(gap=Space.MEDIUM)
        for key, field in fields.items():
            field.setMinimumWidth(theme().px(WIDTHS_PX[key]))
            asked.addWidget(field)
        beside = column(gap=Space.SMALL)
        beside.addWidget(label(said, Type.STRONG, wraps=True))
        beside.addWidget(self.noted)
        beside.addLayout(asked)
        beside.addWidget(self.refused)
        acts = flow(gap=Space.SMALL)
        acts.addWidget(self.out)
        beside.addLayout(acts)
        is_large = theme().text_scale >= LARGE_TEXT
        whole = column(self, gap=Space.SMALL) if is_large else row(self, gap=Space.LARGE)
        whole.addWidget(self.frame, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(beside, 1)

    def _asked(self, name: str) -> dict[str, Field]:
        """The fields of what is asked, by the names of a photograph's problems."""
        self.pose = StillChoice()
        self.pose.setObjectName(f"{name}.pose")
        self.moment, self.because = QLineEdit(), QLineEdit()
        self.moment.setObjectName(f"{name}.moment")
        self.moment.setMaxLength(LONGEST_MOMENT)
        self.because.setObjectName(f"{name}.because")
        self.because.setMaxLength(LONGEST_BECAUSE)
        for line in (self.moment, self.because):
            # Files that hang over it are the room's: as a text they would be a path.
            line.setAcceptDrops(False)
        return {
            "pose": Field(self.tr("What it shows"), self.pose),
            "taken_at": Field(self.tr("Taken"), self.moment),
            "taken_because": Field(self.tr("How that is known"), self.because),
        }

    def _typed(self, _text: str) -> None:
        # Another moment is known in another way, which nobody said yet.
        if self.because.text() == self._of_file:
            self.because.setText("")

    def offer(self, poses: Sequence[Pose], suggested: Pose | None) -> None:
        """Let it be one of these, where nothing is chosen yet the suggested one."""
        chosen = self.pose.currentData() or suggested
        self.pose.clear()
        self.pose.addItem(self.tr("Choose …"), None)
        for pose in poses:
            self.pose.addItem(pose_words(pose), pose)
            if pose == chosen:
                self.pose.setCurrentIndex(self.pose.count() - 1)

    def read(self, now: datetime) -> NewPhoto | None:
        """What is to be kept; None where something is missing, which is told beside its field."""
        pose: Pose | None = self.pose.currentData()
        because, at = self.because.text().strip(), None
        problems = {"pose": "" if pose is not None else self.tr("Choose what the picture shows.")}
        if not self.is_noted:
            told = read_told_moment(self.moment.text(), now)
            at = told.at if self.moment.text().strip() else None
            if at is None:
                problems["taken_at"] = told.problem or self.tr("Say when the picture was taken.")
            elif at > now:
                problems["taken_at"] = self.tr("That moment lies in the future.")
            if not because:
                problems["taken_because"] = self.tr(
                    "Say how the moment is known, such as: written on the back."
                )
        for key, field in self.fields.items():
            field.show_problem(problems.get(key, ""))
        if pose is None or any(problems.values()):
            return None
        content = self.brought.content
        return NewPhoto(pose.view, pose.when.value, content, at, taken_because=because if at else "")

    def say_refused(self, words: str) -> None:
        """Say beside it why it could not be kept; empty text clears it."""
        self.refused.setText(words)
        self.refused.setVisible(bool(words))
        self.pose.setAccessibleDescription(words)

    def first_problem(self) -> QWidget | None:
        """The first field that something is said against."""
        return next((one.control for one in self.fields.values() if one.problem.text()), None)


class BroughtPanel(QWidget):
    """Hidden until pictures are brought. Nothing of them is stored before `wanted`."""

    wanted = Signal(list)
    """Keep these: each a `NewPhoto` with its row."""

    gone = Signal(list)
    """Pictures that wait no longer, by their ids: they were kept, or are not wanted."""

    filled = Signal(bool)
    """Whether any are shown now."""

    def __init__(
        self, now: Callable[[], datetime], name: str = "visit.brought", *, is_one_each: bool = True
    ) -> None:
        """Make it empty.

        Args:
            now: Tells the present, by the clinic's zone.
            name: It begins the object names.
            is_one_each: Of each pose there is to be one picture and no more, as in a visit.
        """
        super().__init__()
        self._now, self._name, self._is_one_each = now, name, is_one_each
        self.rows: list[BroughtRow] = []
        lines = column(self, gap=Space.MEDIUM)
        lines.addWidget(label(self.tr("Not kept yet"), Type.HEADING))
        lines.addWidget(
            label(
                self.tr(
                    "Say of each picture what it shows. Until you keep them they are in nobody's record and "
                    "wait here for you alone, encrypted."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            )
        )
        holder = QWidget()
        self._lines = column(holder, gap=Space.LARGE)
        lines.addWidget(holder)
        self.keep = button(self.tr("Keep"), f"{name}.keep", kind="primary", shape="save", pressed=self._want)
        self.drop = button(self.tr("Leave all out"), f"{name}.none", kind="quiet", pressed=self.leave_all_out)
        acts = flow(gap=Space.SMALL)
        acts.addWidget(self.keep)
        acts.addWidget(self.drop)
        lines.addLayout(acts)
        self.hide()

    def show_pictures(
        self,
        brought: Sequence[Brought],
        free: Sequence[Pose],
        first: Pose | None,
        *,
        said: Mapping[str, Pose] | None = None,
    ) -> None:
        """Add these; the poses of which nothing became are suggested in their order, `first` before them.

        `said` is what some of them, by their ids, were said to show before the lock: nothing else is
        suggested then.
        """
        suggestions = [*([first] if first in free else []), *(one for one in free if one != first)]
        taken = {row_.pose.currentData() for row_ in self.rows}
        suggestions = [one for one in suggestions if one not in taken]
        now = self._now()
        for one in brought:
            made = BroughtRow(one, now, self._name)
            made.left_out.connect(partial(self.leave_out, made))
            if said is not None:
                made.offer(free, said.get(one.brought_id))
            else:
                made.offer(free, suggestions.pop(0) if suggestions else None)
            self._lines.addWidget(made)
            self.rows.append(made)
        self._stand()
        if self.rows:
            open_ones = (row_.pose for row_ in self.rows if row_.pose.currentData() is None)
            next(open_ones, self.keep).setFocus()

    def offer(self, free: Sequence[Pose]) -> None:
        """The poses changed: offer those of which nothing became."""
        for one in self.rows:
            if [one.pose.itemData(at) for at in range(1, one.pose.count())] != list(free):
                one.offer(free, None)

    def leave_out(self, one: BroughtRow) -> None:
        """Let one go: it was kept, or is not wanted."""
        if one in self.rows:
            self.rows.remove(one)
            self._lines.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._stand()
        self.gone.emit([one.brought.brought_id])

    def leave_all_out(self) -> None:
        """Let all of them go: none is wanted."""
        gone = [one.brought.brought_id for one in self.rows]
        self.empty()
        if gone:
            self.gone.emit(gone)

    def empty(self) -> None:
        """Show none any more; they go on waiting."""
        self.rows = []
        clear(self._lines)
        self._stand()

    def _stand(self) -> None:
        self.setVisible(bool(self.rows))
        self.filled.emit(bool(self.rows))

    def said(self) -> dict[str, Pose]:
        """What each is said to show, where that was said, by its id."""
        poses = {one.brought.brought_id: one.pose.currentData() for one in self.rows}
        return {brought_id: pose for brought_id, pose in poses.items() if pose is not None}

    def _want(self) -> None:
        """Keep them all, where nothing is missing of any."""
        now = self._now()
        found: list[tuple[NewPhoto, BroughtRow]] = []
        for one in self.rows:
            one.say_refused("")
            new = one.read(now)
            if self._is_one_each and new and any(_pose(new) == _pose(other) for other, _ in found):
                one.fields["pose"].show_problem(self.tr("Another picture is to be this pose."))
                new = None
            if new is not None:
                found.append((new, one))
        if len(found) == len(self.rows):
            self.wanted.emit(found)
            return
        wrong = next(field for one in self.rows if (field := one.first_problem()) is not None)
        wrong.setFocus()


def _pose(new: NewPhoto) -> tuple[str, str]:
    return new.view, new.taken_when


def _moment_of(brought: Brought, now: datetime) -> datetime:
    """When the file was written, and never after now."""
    at = brought.written_at
    return min(at.astimezone(now.tzinfo), now) if at is not None else now
