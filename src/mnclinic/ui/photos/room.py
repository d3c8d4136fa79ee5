"""Everything that was kept of a person, by visit and pose, and two of them held against each other."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QPixmap
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QMenu, QSlider, QVBoxLayout, QWidget

from mnclinic.domain.photos import PhotoUse
from mnclinic.errors import Stopped
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.export_photo import export_photo
from mnclinic.services.photos import PhotoRow
from mnclinic.services.photos_of_person import PhotosOfPerson, photos_of_person
from mnclinic.services.print_documents import Printed
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    Column,
    EmptyState,
    Field,
    RowTable,
    Scroller,
    StillChoice,
    button,
    column,
    flow,
    label,
    row,
)
from mnclinic.ui.keys import keyed
from mnclinic.ui.language import spoken
from mnclinic.ui.photos.bring_in import BringIn
from mnclinic.ui.photos.bringing import fetch_photo
from mnclinic.ui.photos.compare import WHOLE, ZOOM_STEP, CompareMode, Comparer
from mnclinic.ui.photos.words import level_words, use_words, view_words, when_words
from mnclinic.ui.progress import Progress
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.words import day_words

REST_MS = 300
"""A row that is current for so long is looked at: whoever goes down the list passes by the others."""
LEAST_ROWS, LARGE_SIGHT_PX = 3, 200
MOST_HELD = 12
"""Pictures that stay drawn while somebody compares."""

COLUMNS = (
    Column("Taken", lambda one: day_words(one.taken_at.date()), 4, is_whole=True),
    Column("View", lambda one: f"{view_words(one.view)} · {when_words(one.taken_when)}", 8),
    Column("Visit", lambda one: one.visit or "", 3, is_whole=True),
)
FEW_COLUMNS = COLUMNS[:2]


def row_words(one: PhotoRow) -> str:
    """One photograph in a line."""
    return f"{day_words(one.taken_at.date())} · {view_words(one.view)} · {when_words(one.taken_when)}"


class PhotosRoom(QWidget):
    """The photographs of one person."""

    left = Signal()
    """The person wants to go back to the chart."""

    def __init__(self, desk: Desk) -> None:
        """Make it empty; `show_person` fills it."""
        super().__init__()
        self._desk = desk
        self.ref = ""
        self._found = PhotosOfPerson((), ())
        self._held: dict[str, QPixmap] = {}
        self._wanted: set[str] = set()
        self._is_beside = theme().text_scale < LARGE_TEXT
        self._may_write = may(Role(desk.person.role), Act.PRINT_DOCUMENT)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._show_pair)
        lines = column(self, gap=Space.MEDIUM if self._is_beside else Space.SMALL)
        self.bring_in = BringIn(desk, self)
        self.bring_in.shown.connect(lambda _any: self._show_right())
        self.bring_in.kept.connect(self._kept)
        self._wants_id = ""
        """What was kept last and is to be current as soon as it is listed."""
        lines.addLayout(self._ways())
        self.banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self.banner)
        self.progress = Progress("photos.progress")
        lines.addWidget(self.progress)
        lines.addWidget(self.bring_in.banner)
        lines.addWidget(self.bring_in.progress)
        columns = COLUMNS if self._is_beside else FEW_COLUMNS
        self.table = RowTable("photos.table", columns, self.tr("Photographs"))
        self.table.chosen.connect(lambda _one: self._chosen())
        self.table.opened.connect(lambda _one: self._look_at_pair())
        self._empty = EmptyState(
            "eye", self.tr("No photographs"), self.tr("They are kept in a visit's step for photographs.")
        )
        list_ = Card()
        list_.hold_table(self.table, self._empty)
        self.table.stand_in(self._back)
        self.sight = self._sight()
        lines.addLayout(self._parts(list_), 1)
        keyed(self, self.tr("Back to the chart"), "Esc", self.left.emit, is_inside=True)

    def _ways(self) -> QVBoxLayout:
        whole = column(gap=Space.TIGHT)
        line = row(gap=Space.MEDIUM)
        whole.addLayout(line)
        self._back = button(
            self.tr("Back to the chart"),
            "photos.back",
            kind="quiet",
            shape="arrow-left",
            pressed=self.left.emit,
        )
        line.addWidget(self._back)
        self.title = label("", Type.HEADING, wraps=True)
        if self._is_beside:
            line.addWidget(self.title, 1)
        else:
            # Between large buttons a name would be a narrow column.
            line.addStretch(1)
            whole.addWidget(self.title)
        self.write = button(self.tr("Write a copy"), "photos.write", shape="download")
        menu = QMenu(self)
        self._uses: dict[PhotoUse, QAction] = {}
        for use in PhotoUse:
            act = menu.addAction(use_words(use))
            act.setObjectName(f"photos.write.{use.value}")
            act.triggered.connect(partial(self._write, use))
            self._uses[use] = act
        self.write.setMenu(menu)
        line.addWidget(self.bring_in.files)
        line.addWidget(self.write)
        return whole

    def _parts(self, list_: Card) -> QHBoxLayout:
        """The list, what was brought, and the pair: beside one another where there is room."""
        both = row(gap=Space.LARGE)
        inner = QWidget()
        whole = column(inner, gap=Space.MEDIUM)
        whole.addWidget(self.bring_in)
        self._right = Scroller(inner)
        if self._is_beside:
            both.addWidget(list_, 3)
            both.addWidget(self._right, 4)
        else:
            # One below the other, and scrolled as one.
            self.table.setMinimumHeight(theme().px(LEAST_ROWS * Size.ROW))
            self.comparer.setMinimumHeight(theme().px(LARGE_SIGHT_PX))
            whole.addWidget(list_)
            self._right.let_keyboard_scroll(self.tr("Photographs"))
            both.addWidget(self._right)
        whole.addWidget(self.sight, 1)
        # Without a pair the others stay as high as they are.
        whole.addStretch(0)
        return both

    def _sight(self) -> Card:
        card = Card()
        self.level = label("", Type.SMALL, "muted", wraps=True)
        card.add(self.level)
        self.other = StillChoice()
        self.other.setObjectName("photos.other")
        self.other.activated.connect(lambda _at: self._show_pair())
        card.add(Field(self.tr("Compare with"), self.other))
        self.comparer = Comparer("photos.comparer")
        self.comparer.setAccessibleName(
            self.tr("Two photographs: + and − zoom, 0 shows all, the arrows move")
        )
        card.body.addWidget(self.comparer, 1)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("photos.slider")
        self.slider.setAccessibleName(self.tr("How much of the earlier one is seen"))
        self.slider.setRange(0, WHOLE)
        self.slider.setPageStep(WHOLE // 10)
        self.slider.setSingleStep(WHOLE // 50)
        self.slider.setValue(WHOLE // 2)
        self.slider.valueChanged.connect(self.comparer.show_share)
        self.slider.hide()
        card.add(self.slider)
        acts = flow(gap=Space.SMALL)
        group = QButtonGroup(self)
        self.modes = {}
        for mode, words in (
            (CompareMode.SIDE_BY_SIDE, self.tr("Side by side")),
            (CompareMode.SLIDER, self.tr("Slider")),
            (CompareMode.OUTLINE, self.tr("Outline")),
        ):
            made = button(words, f"photos.mode.{mode.value}", pressed=partial(self._hold, mode))
            made.setCheckable(True)
            group.addButton(made)
            self.modes[mode] = made
            acts.addWidget(made)
        for words, name, by in (
            (self.tr("Larger"), "photos.larger", ZOOM_STEP),
            (self.tr("Smaller"), "photos.smaller", 1 / ZOOM_STEP),
        ):
            acts.addWidget(button(words, name, pressed=partial(self._zoom, by)))
        acts.addWidget(button(self.tr("All of it"), "photos.whole", pressed=self.comparer.show_whole))
        card.body.addLayout(acts)
        self._hold(CompareMode.SIDE_BY_SIDE)
        return card

    def _hold(self, mode: CompareMode) -> None:
        for one, made in self.modes.items():
            made.setChecked(one is mode)
            made.setProperty("kind", "primary" if one is mode else "")
            restyle(made)
        self.slider.setVisible(mode is CompareMode.SLIDER)
        self.comparer.show_mode(mode)

    def _zoom(self, by: float) -> None:
        self.comparer.show_zoom(self.comparer.zoom * by)

    def show_person(self, ref: str, name: str) -> None:
        """List what was kept of a person; the first pair is looked at."""
        if ref != self.ref:
            self._forget()
            self.bring_in.begin(ref)
            self._wants_id = ""
        self.ref = ref
        self.title.setText(self.tr("Photographs of {name}").format(name=name))
        self.banner.say("")
        self._desk.ask(
            lambda clinic: photos_of_person(clinic, ref),
            owner=self,
            done=lambda found: self._listed(ref, found),
            failed=self._failed,
        )

    def take_focus(self) -> None:
        """Put the keyboard on the list."""
        self.table.take_keyboard()

    def _listed(self, ref: str, found: PhotosOfPerson) -> None:
        if ref != self.ref:
            return
        current = self.table.current()
        self._found = found
        if not found.uses:
            self._forget()
        self.level.setText(level_words(found.uses))
        self.table.show_rows(found.photos)
        # What was kept just now before what was current.
        is_new = any(one.photo_id == self._wants_id for one in found.photos)
        wanted = self._wants_id if is_new else current.photo_id if current is not None else ""
        self._wants_id = "" if is_new else self._wants_id
        if wanted:
            self.table.select(lambda one: one.photo_id == wanted)
        has_any = bool(found.photos)
        self._empty.words.setText(self._empty_words(is_allowed=bool(found.uses)))
        self.table.setVisible(has_any)
        self._empty.setVisible(not has_any)
        self.sight.setVisible(has_any)
        self.write.setVisible(has_any and self._may_write and bool(found.uses))
        for use, act in self._uses.items():
            act.setVisible(use in found.uses)
        self.bring_in.show_facts(found.poses, is_allowed=PhotoUse.CHART in found.uses)
        self._show_right()
        self._chosen()
        if is_new and not self.bring_in.panel.rows:
            self.table.take_keyboard()

    def _show_right(self) -> None:
        """Beside the list stands what there is; without any of it the list has the whole width."""
        self._right.setHidden(self.sight.isHidden() and self.bring_in.isHidden() and self._is_beside)

    def _empty_words(self, *, is_allowed: bool) -> str:
        if not is_allowed:
            return self.tr(
                "The patient has not agreed to photographs, so none can be kept or shown. Have them choose "
                "in the consent of a visit."
            )
        if self.bring_in.may_keep:
            return self.tr(
                "Those of a treatment are kept in the visit's step for photographs. Others you bring here: "
                "press Bring pictures…, or drop them anywhere here."
            )
        return self.tr("They are kept in a visit's step for photographs.")

    def _kept(self, rows: Sequence[PhotoRow]) -> None:
        """The newest of them is current as soon as the list, which is read after every act, has it."""
        self._wants_id = rows[0].photo_id

    def place(self) -> dict[str, Any]:
        """What was said of pictures that wait; empty without any."""
        return self.bring_in.place()

    def return_to(self, place: Mapping[str, Any]) -> None:
        """As it stood before the lock. Call it after `show_person`."""
        self.bring_in.return_to(place)

    def _chosen(self) -> None:
        """Another one is current: offer what it can be compared with, those of the same view first."""
        one: PhotoRow | None = self.table.current()
        others = [other for other in self._found.photos if one is not None and other is not one]
        others.sort(key=lambda other: (one is None or other.view != one.view, other.taken_at))
        self.other.clear()
        self.other.addItem(self.tr("Nothing"), "")
        for other in others:
            self.other.addItem(row_words(other), other.photo_id)
        if others and one is not None and others[0].view == one.view:
            self.other.setCurrentIndex(1)
        self.other.setEnabled(bool(others))
        self._rest.start()

    def _pair(self) -> tuple[PhotoRow | None, PhotoRow | None]:
        """The earlier and the later one; where there is but one, it is the later."""
        one: PhotoRow | None = self.table.current()
        wanted = self.other.currentData()
        other = next((row_ for row_ in self._found.photos if row_.photo_id == wanted), None)
        if one is not None and other is not None and other.taken_at > one.taken_at:
            one, other = other, one
        return other, one

    def _look_at_pair(self) -> None:
        """Somebody opened one: where the pair lies below the list it comes into sight, with the keyboard."""
        self._show_pair()
        if not self._is_beside:
            self.comparer.setFocus(Qt.FocusReason.OtherFocusReason)
            self._right.keep_in_sight(self.comparer)

    def _show_pair(self) -> None:
        self._rest.stop()
        if not self.isVisible() or not self._found.uses:
            self._draw()
            return
        for one in self._pair():
            if one is not None and one.photo_id not in self._held and one.photo_id not in self._wanted:
                self._fetch(one.photo_id)
        self._draw()

    def _fetch(self, photo_id: str) -> None:
        if not self._wanted:
            self.progress.begin(self.tr("Opening the picture"))
        self._wanted.add(photo_id)
        fetch_photo(
            self._desk,
            photo_id,
            owner=self,
            progress=self.progress,
            done=lambda _row, picture: self._fetched(photo_id, picture),
            failed=lambda error: self._not_fetched(photo_id, error),
        )

    def _fetched(self, photo_id: str, picture: QPixmap) -> None:
        self._over(photo_id)
        if not self.isVisible():
            return
        while len(self._held) >= MOST_HELD:
            del self._held[next(iter(self._held))]
        self._held[photo_id] = picture
        self._draw()

    def _not_fetched(self, photo_id: str, error: Exception) -> None:
        self._over(photo_id)
        self._failed(error)
        self._draw()

    def _over(self, photo_id: str) -> None:
        self._wanted.discard(photo_id)
        if not self._wanted:
            self.progress.end()

    def _draw(self) -> None:
        first, second = self._pair()
        self.comparer.waits = "" if self._wanted else self.tr("Nothing to show")
        self.comparer.show_pictures(
            self._held.get(first.photo_id, QPixmap()) if first else QPixmap(),
            self._held.get(second.photo_id, QPixmap()) if second else QPixmap(),
            (row_words(first) if first else "", row_words(second) if second else ""),
        )

    def _write(self, use: PhotoUse) -> None:
        one: PhotoRow | None = self.table.current()
        if one is None or self.progress.is_under_way:
            return
        # By its id: a folder's listing names nobody.
        name = f"{spoken('photograph')}-{one.photo_id[:8]}.jpg"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write the copy to"), str(Path.home() / name), "JPEG (*.jpg)"
        )
        if not chosen:
            return
        self.banner.say("")
        self.progress.begin(self.tr("Writing the copy"), shuts=self.write)

        def done(made: Printed) -> None:
            self._wrote()
            said = self.tr("{file} is written. It is not encrypted and shows the patient.")
            self._desk.tell(said.format(file=made.file.name))

        def failed(error: Exception) -> None:
            self._wrote()
            self._failed(error)

        self._desk.act(
            lambda clinic: export_photo(clinic, one.photo_id, use, Path(chosen)),
            owner=self,
            done=done,
            failed=failed,
            is_long=True,
        )

    def _wrote(self) -> None:
        self.write.setEnabled(True)
        self.progress.end()

    def _failed(self, error: Exception) -> None:
        is_stopped = isinstance(error, Stopped)
        self.banner.say(
            sentence_of(error),
            Tone.INFO if is_stopped else Tone.STOP,
            "info" if is_stopped else "circle-alert",
        )

    def _forget(self) -> None:
        """Nothing that was drawn stays once nobody looks at it."""
        self._held.clear()
        self.comparer.show_pictures(QPixmap(), QPixmap(), ("", ""))

    def hideEvent(self, event: QHideEvent) -> None:
        """The room goes, and its pictures with it."""
        super().hideEvent(event)
        self._rest.stop()
        self._forget()
