"""One line to type who is expected, understood while it is typed. A paste of several opens the preview."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mnclinic.services.find_patients import PatientRow
from mnclinic.services.plan_visits import NewPlanned
from mnclinic.services.read_day_sheet import SheetLine, SheetPreview, preview_pasted
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import EmptiedLine, column, label
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Type
from mnclinic.ui.words import day_words, service_words

SHORT_FROM = 1.25
"""At this scale of the text the long hint has no room in a window of 1280 px."""
WAIT_MS = 80
"""Between the last key and the reading, so that no letter waits for the store."""
MOST_SHOWN = 6
LONGEST_LINE = 2_000
TURNS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
UNHELD = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
"""The toolkit calls arrows a part of the keypad on some systems."""


class _Line(EmptiedLine):
    """Takes one line; several at once are handed on."""

    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take(QGuiApplication.clipboard().text())
        else:
            super().keyPressEvent(event)

    def take(self, text: str) -> None:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1:
            self.pasted.emit(text)
        elif lines:
            self.insert(lines[0].replace("\t", ", "))


class PlanLine(QWidget):
    """What is typed, what of it was understood, and the people whom it may mean."""

    planned = Signal(object, str)
    """A line is to be added: what is planned, and the person's name."""

    walked_in = Signal(object, str)
    """The same for somebody who is here already."""

    pasted = Signal(str)
    """Several lines were pasted."""

    left = Signal()
    """Escape: back to the list."""

    turned = Signal(int)
    """Another day is wanted, as in the list: -1 the one before, 1 the next."""

    def __init__(self, desk: Desk) -> None:
        """Make an empty line for one person."""
        super().__init__()
        self._desk = desk
        self._day: date | None = None
        self._is_walk_in = False
        self._read: SheetLine | None = None
        self._read_text = ""
        self._waits_for_enter = False
        lines = column(self, gap=Space.TIGHT)
        self.edit = _Line()
        self.edit.setObjectName("today.plan.line")
        self.edit.setMaxLength(LONGEST_LINE)
        self.edit.textChanged.connect(self._typed)
        self.edit.pasted.connect(self.pasted.emit)
        self.edit.inputRejected.connect(self._no_more_fits)
        self.edit.installEventFilter(self)
        lines.addWidget(self.edit)
        self.says = label("", Type.SMALL, "muted", wraps=True)
        self.says.setObjectName("today.plan.says")
        lines.addWidget(self.says)
        self.people = QListWidget()
        self.people.setObjectName("today.plan.people")
        self.people.setAccessibleName(self.tr("Whom the line may mean"))
        self.people.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.people.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.people.itemClicked.connect(lambda _item: self._enter())
        self.people.hide()
        lines.addWidget(self.people)
        self._wait = QTimer(self, singleShot=True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._look)
        self.begin(is_walk_in=False)

    def _no_more_fits(self) -> None:
        """The toolkit left out what is longer than a line."""
        said = self.tr("At most {count} characters fit in a line. What came after them was left out.")
        self.says.setText(said.format(count=LONGEST_LINE))

    def set_day(self, day: date) -> None:
        """The day of lines that name none."""
        self._day = day

    def begin(self, *, is_walk_in: bool) -> None:
        """Be ready for the next person: one who is expected, or who is here already."""
        self._is_walk_in = is_walk_in
        words = self.tr("Who has come in?") if is_walk_in else self.tr("Who is expected?")
        self.edit.setAccessibleName(words)
        if theme().text_scale >= SHORT_FROM:
            self.edit.setPlaceholderText(words)
        elif is_walk_in:
            self.edit.setPlaceholderText(
                self.tr("Walk-in: name, service, performer. Enter puts them on the list as arrived.")
            )
        else:
            self.edit.setPlaceholderText(
                self.tr(
                    "Plan: 9:30 name, service, performer, note. Enter adds it; a whole list can be pasted."
                )
            )
        self.edit.clear()
        self._show(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter adds, up and down choose, Escape leaves; in an empty line left and right turn the day."""
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._enter()
                return True
            if key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.people.count():
                step = 1 if key == Qt.Key.Key_Down else -1
                self.people.setCurrentRow((self.people.currentRow() + step) % self.people.count())
                return True
            if key in TURNS and not self.edit.text() and event.modifiers() in UNHELD:
                self.turned.emit(TURNS[Qt.Key(key)])
                return True
            if key == Qt.Key.Key_Escape:
                self.begin(is_walk_in=False)
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self._waits_for_enter = False
        if text.strip():
            self._wait.start()
        else:
            self._wait.stop()
            self._show(None)

    def _look(self) -> None:
        text, day = self.edit.text(), self._day
        if not text.strip():
            return
        self._wait.stop()
        self._desk.ask(
            lambda clinic: preview_pasted(clinic, text, day),
            owner=self,
            done=lambda preview: self._looked(text, preview),
            failed=lambda error: self._refused(text, error),
            is_wanted=False,
        )

    def _looked(self, text: str, preview: SheetPreview) -> None:
        if text != self.edit.text():
            return
        self._read_text = text
        self._show(preview.lines[0] if preview.lines else None)
        if self._waits_for_enter:
            self._waits_for_enter = False
            self._enter()

    def _refused(self, text: str, error: Exception) -> None:
        if text == self.edit.text():
            self._waits_for_enter = False
            self._show(None)
            self._say(sentence_of(error))

    def _show(self, line: SheetLine | None) -> None:
        self._read = line
        self.people.clear()
        if line is None:
            self._say("")
            self.people.hide()
            return
        is_sure = line.chosen is not None
        for one in () if is_sure else line.people[:MOST_SHOWN]:
            item = QListWidgetItem(self._person(one))
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.people.addItem(item)
        if line.likely is not None and self.people.count():
            self.people.setCurrentRow(0)
        self.people.setVisible(self.people.count() > 0)
        height = theme().px(Size.ROW - 8)
        self.people.setFixedHeight(self.people.count() * height + 4)
        for at in range(self.people.count()):
            item = self.people.item(at)
            hint = item.sizeHint()
            hint.setHeight(height)
            item.setSizeHint(hint)
        self._say(self._understood(line))

    def _say(self, words: str) -> None:
        self.says.setText(words)
        self.says.setVisible(bool(words))
        self.edit.setAccessibleDescription(words)

    def _understood(self, line: SheetLine) -> str:
        if line.refused:
            return " ".join(map(spoken, line.refused))
        parts = [] if self._is_walk_in else [line.at_time or self.tr("no time")]
        if line.planned_on != self._day:
            parts.append(day_words(line.planned_on))
        if line.chosen is not None:
            parts.append(self._person(line.people[0]))
        parts.append(service_words(line.service) if line.service else self.tr("service open"))
        parts.append(line.performer_name or self.tr("performer open"))
        if line.note:
            parts.append(line.note)
        words = " · ".join(parts)
        if line.chosen is None:
            choose = (
                self.tr("Enter takes the first; arrows choose another.")
                if line.likely is not None
                else self.tr("Choose with the arrows.")
            )
            words = f"{words} · {choose}"
        return " ".join([words, *(f"! {spoken(one)}" for one in line.warnings)])

    def _person(self, one: PatientRow) -> str:
        born = self.tr("born {day}").format(day=day_words(one.born_on)) if one.born_on else ""
        return ", ".join(part for part in (one.name, born, one.record_number) if part)

    def _enter(self) -> None:
        if self._read_text != self.edit.text() or self._wait.isActive():
            self._waits_for_enter = bool(self.edit.text().strip())
            self._look()
            return
        line = self._read
        if line is None or line.refused:
            return
        item = self.people.currentItem()
        chosen: PatientRow | None = line.people[0] if line.chosen is not None else None
        if chosen is None and item is not None:
            chosen = item.data(Qt.ItemDataRole.UserRole)
        if chosen is None:
            return
        wanted: NewPlanned = line.as_planned(chosen.ref)
        signal = self.walked_in if self._is_walk_in else self.planned
        self._read_text = ""
        signal.emit(wanted, chosen.name)
