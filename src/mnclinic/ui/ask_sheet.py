"""A sheet built from declared entries, with the person's own password typed for the act.

Used for everything that changes people or keys: it lists the facts, checks what was typed beside each
field, and closes only when told that the act was done.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from mnclinic.errors import InvalidInput, Stopped
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Banner, Field, Scroller, StillChoice, StillDay, button, column, label, row
from mnclinic.ui.elements.layout import bring_into_view_soon
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.fields import PLAIN
from mnclinic.ui.long_words import WIDE, breakable
from mnclinic.ui.named_place import place_of
from mnclinic.ui.next_turn import in_next_turn
from mnclinic.ui.password_field import Names, PasswordField
from mnclinic.ui.progress import Progress
from mnclinic.ui.scanned_keys import MODIFIERS, QUICK_MS
from mnclinic.ui.sheet_size import fit_sheet
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type

if TYPE_CHECKING:
    from mnclinic.services.session import OpenClinic

Value = TypeVar("Value")
Watch = Callable[[str, int, int], bool]
"""(step, done, of), as a long job of a service tells how far it is; False stops it."""
OWN_PASSWORD = "own_password"  # noqa: S105  the name of an entry
TICKED = "yes"
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
WIDTH = 540
TEXT_PX = 84


class Kind(Enum):
    """How an entry is typed."""

    LINE = auto()
    CHOICE = auto()
    DAY = auto()
    NEW_PASSWORD = auto()
    PASSWORD = auto()
    NEW_FILE = auto()
    FILE = auto()
    TEXT = auto()
    """Words of several lines; Tab leads on."""
    TICK = auto()
    """A box to tick: `TICKED` when it is, and an empty word else."""


@dataclass(frozen=True)
class Entry:
    """One thing to give. `name` is also the `where` of a problem that stands against it.

    `options` are (words, value) of a choice; `value` is what stands there to begin with.
    """

    name: str
    words: str
    kind: Kind = Kind.LINE
    help_text: str = ""
    is_optional: bool = False
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""


class AskSheet(QDialog):
    """Facts, entries, one's own password, and one button. Safe is the other one, which has the focus last."""

    confirmed = Signal(object)
    """Everything needed was typed: values by entry name, one's own password under `OWN_PASSWORD`."""

    def __init__(
        self,
        parent: QWidget,
        *,
        name: str,
        title: str,
        facts: Sequence[str],
        entries: Sequence[Entry],
        action: str,
        kind: str = "primary",
        names: Callable[[], Names] | None = None,
        asks_password: bool = True,
        no_way_back: str | None = None,
        later: tuple[str, str] | None = None,
        leave: str = "",
    ) -> None:
        """Make the sheet.

        Args:
            parent: The window it lies over.
            name: Begins the object names.
            title: What is about to happen.
            facts: Lines that say exactly what will happen.
            entries: What to give.
            action: The button's word.
            kind: The button's kind.
            names: Words that a new password may not be made of.
            asks_password: Whether the person's own password is typed for it.
            no_way_back: Given for an act that takes long: the step from which it can be stopped no more.
                Whoever does it calls `watched`.
            later: The step from which stopping stops less than the whole act, and the button's words then.
            leave: What the safe button says, where "Cancel" could be taken for the act itself.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setModal(True)
        self._name = name
        self._is_busy = False
        # Where an act is dangerous or takes a password, the button or the password is somebody's last word.
        self._is_plain = not asks_password and kind != "danger"
        self._typed_ms = 0
        """When the last sign was typed into a line, by the system's stamp on the key."""
        self._entries = list(entries)
        if asks_password:
            self._entries.append(
                Entry(OWN_PASSWORD, self.tr("Your own password, typed for this"), Kind.PASSWORD)
            )
        self._names = names or (lambda: Names("", ()))
        inner = QWidget()
        lines = column(inner, gap=Space.MEDIUM)
        for one in facts:
            lines.addWidget(label(breakable(one, after=WIDE), Type.BODY, "muted", wraps=True))
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        self._fields: dict[str, Field | PasswordField] = {}
        self._ticks: dict[str, QCheckBox] = {}
        for entry in self._entries:
            lines.addWidget(self._built(entry))
        lines.addStretch(1)
        whole = column(self, gap=Space.MEDIUM, margin=Space.PAGE)
        whole.addWidget(label(title, Type.TITLE, wraps=True))
        scroller = Scroller(inner)
        self._scrolled = scroller.verticalScrollBar()
        self._stays_at_end = False
        self._scrolled.rangeChanged.connect(self._stay_at_end)
        whole.addWidget(scroller, 1)
        self._progress = Progress(f"{name}.progress", no_way_back=no_way_back or "", later=later)
        whole.addWidget(self._progress)
        actions = row()
        actions.addStretch(1)
        self._cancel = button(leave or self.tr("Cancel"), f"{name}.cancel", pressed=self.reject)
        self._confirm = button(action, f"{name}.confirm", kind=kind, pressed=self._press)
        actions.addWidget(self._cancel)
        actions.addWidget(self._confirm)
        whole.addLayout(actions)
        fit_sheet(self, parent, inner, WIDTH)
        first = next(iter(self._fields.values()), None)
        if first is not None:
            control_of(first).setFocus()

    def begin_at(self, name: str) -> None:
        """Have the keyboard in the field that somebody was led here for."""
        control_of(self._fields[name]).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when a sign is typed into a line."""
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() not in ENTER | MODIFIERS:
            self._typed_ms = event.timestamp()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line of a plain sheet does what the button does; no held one, no scanner's."""
        holder = self.focusWidget()
        # A password's own line submits by itself.
        lines = [one.control for one in self._fields.values() if isinstance(one, Field)]
        is_line = isinstance(holder, QLineEdit) and holder in lines
        if not (self._is_plain and is_line and event.key() in ENTER):
            super().keyPressEvent(event)
            return
        event.accept()
        # A key without a stamp is made by a program.
        is_scanned = bool(event.timestamp()) and event.timestamp() - self._typed_ms <= QUICK_MS
        if not event.isAutoRepeat() and not is_scanned:
            self._press()

    def value(self, name: str) -> str:
        """What stands in an entry now."""
        if name in self._ticks:
            return TICKED if self._ticks[name].isChecked() else ""
        field = self._fields[name]
        if isinstance(field, PasswordField):
            return field.text()
        control = control_of(field)
        if isinstance(control, QComboBox):
            return str(control.currentData())
        if isinstance(control, QDateEdit):
            return control.date().toString("yyyy-MM-dd")
        if isinstance(control, QPlainTextEdit):
            return control.toPlainText().strip()
        return control.text().strip() if isinstance(control, QLineEdit) else ""

    def propose(self, name: str, value: str) -> None:
        """Put into a line what was found out meanwhile, unless something stands there."""
        field = self._fields[name]
        control = field.control if isinstance(field, Field) else None
        if isinstance(control, QLineEdit) and not control.text():
            control.setText(value)

    def set_busy(self, is_busy: bool) -> None:
        """Hold the buttons while it is done."""
        self._is_busy = is_busy
        self._confirm.setDisabled(is_busy)
        self._cancel.setDisabled(is_busy)

    def watched(self, words: str) -> Watch:
        """Show how far the act is, with a button that stops it; for the job, to be called from its thread.

        `words` say what is being done. It ends with `show_refusal`, or with the sheet.
        """
        # The panel takes its room from below, where the last field is, half of which would stay in sight.
        self._stays_at_end = self._scrolled.value() == self._scrolled.maximum()
        self._progress.begin(words, shuts=self._confirm)
        return self._progress.watch

    def _stay_at_end(self, _least: int, most: int) -> None:
        if self._stays_at_end:
            self._scrolled.setValue(most)

    def carry_out(
        self,
        desk: Desk,
        words: str,
        job: Callable[["OpenClinic", Watch], Value],
        done: Callable[[Value], None],
    ) -> None:
        """Do an act that takes long, with its progress shown; `words` say what is being done.

        `done` takes what came of it and closes the sheet; a refusal is shown here.
        """
        watch = self.watched(words)
        desk.act(lambda clinic: job(clinic, watch), owner=self, done=done, failed=self.show_refusal)

    def reject(self) -> None:
        """Close; while the act is under way that asks it to stop, and the sheet tells what came of it."""
        if self._progress.isVisibleTo(self):
            self._progress.stop()
        else:
            super().reject()

    def show_refusal(self, error: Exception) -> None:
        """Show why it was not done, beside the fields where they are named; what was typed stays."""
        self.set_busy(False)
        self._stays_at_end = False
        self._progress.end()
        if isinstance(error, Stopped):
            self._banner.say(sentence_of(error), Tone.INFO, "info")
            bring_into_view_soon(self._banner)
            return
        rest = [sentence_of(error)]
        wrong: list[str] = []
        if isinstance(error, InvalidInput):
            for problem in error.problems:
                if problem.where in self._fields:
                    self._fields[problem.where].show_problem(problem.what)
                    wrong.append(problem.where)
                    # It stands beside its field; what is left says that nothing was changed.
                    rest[0] = rest[0].replace(spoken(problem.what), "").strip()
                elif spoken(problem.what) not in rest[0]:
                    rest.append(spoken(problem.what))
        self._banner.say("\n".join(filter(None, rest)), Tone.STOP, "circle-alert")
        first = next((name for name in self._fields if name in wrong), None)
        if first is not None:
            control_of(self._fields[first]).setFocus()
            bring_into_view_soon(self._fields[first])
        own = self._fields.get(OWN_PASSWORD)
        if isinstance(own, PasswordField) and not isinstance(error, InvalidInput):
            own.clear()
            own.setFocus()
            in_next_turn(self, lambda: self._say_in_sight(own, " ".join(rest)))

    def _say_in_sight(self, own: PasswordField, what: str) -> None:
        """On a long sheet the banner is scrolled away where the password is: say it beside that too."""
        if self._banner.visibleRegion().isEmpty():
            own.show_problem(what)
            bring_into_view_soon(own)

    def _built(self, entry: Entry) -> QWidget:
        where = f"{self._name}.{entry.name}"
        if entry.kind is Kind.TICK:
            return self._box(entry, where)
        if entry.kind in {Kind.NEW_PASSWORD, Kind.PASSWORD}:
            names = self._names if entry.kind is Kind.NEW_PASSWORD else None
            password = PasswordField(entry.words, where, names=names, help_text=entry.help_text)
            password.submitted.connect(self._press)
            if entry.value:
                password.edit.setText(entry.value)
                password.reveal()
            self._fields[entry.name] = password
            return password
        control: QWidget
        if entry.kind is Kind.CHOICE:
            choice = StillChoice()
            # A long choice is cut in its field, whole in the list, and makes no sheet wider than it is.
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            for words, value in entry.options:
                choice.addItem(words, value)
            choice.setCurrentIndex(max(0, choice.findData(entry.value)))
            control = choice
        elif entry.kind is Kind.DAY:
            day = StillDay(as_qdate(date.fromisoformat(entry.value)))
            day.setDisplayFormat("yyyy-MM-dd")
            day.setCalendarPopup(True)
            control = day
        elif entry.kind is Kind.TEXT:
            several = QPlainTextEdit(entry.value)
            several.setTabChangesFocus(True)
            several.setFixedHeight(theme().px(TEXT_PX))
            control = several
        else:
            control = QLineEdit(entry.value)
        control.setObjectName(where)
        # What hides is a password field; "make_code.out" is a file's place.
        control.setProperty(PLAIN, True)
        field = Field(entry.words, control, entry.help_text)
        self._fields[entry.name] = field
        # What was wrong is no more what stands there, and is judged anew when the sheet is confirmed.
        if isinstance(control, QLineEdit):
            control.installEventFilter(self)
            control.textEdited.connect(lambda _text: field.show_problem(""))
        elif isinstance(control, QPlainTextEdit):
            control.textChanged.connect(lambda: field.show_problem(""))
        if entry.kind not in {Kind.NEW_FILE, Kind.FILE}:
            return field
        holder = QWidget()
        line = row(holder)
        line.addWidget(field, 1)
        pick = button(
            self.tr("Choose …"),
            f"{where}.choose",
            shape="folder-open",
            pressed=lambda: self._choose(entry, control),
        )
        beside = column(gap=0)
        beside.addSpacing(label(entry.words, Type.LABEL).sizeHint().height() + Space.TIGHT)
        beside.addWidget(pick)
        beside.addStretch(1)
        line.addLayout(beside)
        return holder

    def _box(self, entry: Entry, where: str) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=Space.TIGHT)
        box = QCheckBox(entry.words)
        box.setObjectName(where)
        box.setChecked(bool(entry.value))
        box.setAccessibleDescription(entry.help_text)
        lines.addWidget(box)
        if entry.help_text:
            lines.addWidget(label(entry.help_text, Type.SMALL, "muted", wraps=True))
        self._ticks[entry.name] = box
        return holder

    def _choose(self, entry: Entry, control: QWidget) -> None:
        if not isinstance(control, QLineEdit):
            return
        ask = QFileDialog.getSaveFileName if entry.kind is Kind.NEW_FILE else QFileDialog.getOpenFileName
        chosen, _ = ask(self, entry.words, control.text())
        if chosen:
            control.setText(chosen)

    def _press(self) -> None:
        if self._is_busy or not self._confirm.isEnabled():
            return
        self._banner.say("")
        wrong: list[Field | PasswordField] = []
        for entry in self._entries:
            if entry.kind is Kind.TICK:
                continue
            field = self._fields[entry.name]
            if isinstance(field, PasswordField) and entry.kind is Kind.NEW_PASSWORD:
                is_right = field.check()
            else:
                is_right = entry.is_optional or bool(self.value(entry.name)) or entry.kind is Kind.CHOICE
                field.show_problem("" if is_right else self.tr("Fill this in."))
            if not is_right:
                wrong.append(field)
        if wrong:
            control_of(wrong[0]).setFocus()
            return
        # Whoever is told shows what can be stopped: the keyboard goes there while the button still has it.
        self._is_busy = True
        self.confirmed.emit({entry.name: self.value(entry.name) for entry in self._entries})
        if self._is_busy:
            self.set_busy(True)


def control_of(field: Field | PasswordField) -> QWidget:
    """What is typed into."""
    return field.edit if isinstance(field, PasswordField) else field.control


def as_qdate(day: date) -> QDate:
    """A calendar day for a date field."""
    return QDate(day.year, day.month, day.day)


def optional_path(values: Mapping[str, str], name: str) -> Path | None:
    """The file that was named, or None."""
    return place_of(values[name]) if values.get(name) else None
