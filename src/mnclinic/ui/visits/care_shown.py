"""What the step beside the treated areas shows besides fields: derived values, and steps to confirm."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from mnclinic.domain.derived_doses import Derived
from mnclinic.ui.elements import LARGE_TEXT, Chip, ChipLook, clear, column, label, row
from mnclinic.ui.forms.controls import KEY
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.keys import KeyLine, native_keys
from mnclinic.ui.language import spoken
from mnclinic.ui.scan_line import CodeGuard
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.visits.care_parts import asepsis_key

OVER = ChipLook("Over the limit", "triangle-alert", Tone.SOON)


class Derivation(QWidget):
    """Derived values as sentences, each with a mark where it goes over a limit."""

    def __init__(self, name: str) -> None:
        """Show nothing."""
        super().__init__()
        self.setObjectName(name)
        self._lines = column(self, gap=Space.TIGHT)
        self._shown: tuple[Derived, ...] | None = None
        self._label = ""

    def show_values(self, values: tuple[Derived, ...], besides: str = "") -> None:
        """Show these, and below them what the label says."""
        if (values, besides) == (self._shown, self._label):
            return
        self._shown, self._label = values, besides
        clear(self._lines)
        for one in values:
            line = QWidget()
            parts = row(line, gap=Space.SMALL)
            if one.is_over:
                parts.addWidget(Chip(OVER), 0, Qt.AlignmentFlag.AlignTop)
            words = " ".join(spoken(said) for said in (one.words, one.limit) if said)
            parts.addWidget(label(words, Type.STRONG if one.is_over else Type.BODY, wraps=True), 1)
            self._lines.addWidget(line)
        if besides:
            self._lines.addWidget(label(spoken(besides), Type.SMALL, "muted", wraps=True))
        self.setVisible(bool(values or besides))


class ToldLines(QWidget):
    """What the protocol says, line by line: nothing is confirmed here."""

    def __init__(self, name: str, *, is_numbered: bool = False) -> None:
        """Show nothing."""
        super().__init__()
        self.setObjectName(name)
        self._lines = column(self, gap=Space.TIGHT)
        self._is_numbered = is_numbered
        self._shown: tuple[str, ...] | None = None

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show these; nothing is seen where there is none."""
        if lines == self._shown:
            return
        self._shown = lines
        clear(self._lines)
        for number, line in enumerate(lines, 1):
            mark = f"{number}." if self._is_numbered else "–"
            self._lines.addWidget(label(f"{mark} {spoken(line)}", Type.BODY, wraps=True))
        self.setVisible(bool(lines))


class StepToConfirm(QPushButton):
    """One step against infection. Space or C confirms it, and once more takes that back."""

    moved_on = Signal()
    """It was confirmed by key: the next one is wanted."""

    def __init__(self, item: str) -> None:
        """Make it, not confirmed."""
        super().__init__()
        self.item = item
        self._guard = CodeGuard(self)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty(KEY, asepsis_key(item))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key confirms, and leads on."""
        if self._guard.takes(event):
            return
        if event.key() in {Qt.Key.Key_C, Qt.Key.Key_Space} and not event.isAutoRepeat():
            was_confirmed = self.isChecked()
            self.click()
            if not was_confirmed:
                self.moved_on.emit()
            return
        super().keyPressEvent(event)


class StepsToConfirm(QWidget):
    """The protocol's steps against infection, in its words and order."""

    def __init__(self, editing: Editing, now: Callable[[], datetime], user: str) -> None:
        """Show no step; `now` tells when one is confirmed, `user` who does."""
        super().__init__()
        self._editing, self._now, self._user = editing, now, user
        self._lines = column(self, gap=Space.SMALL)
        self._items: tuple[str, ...] = ()
        self._began_at = ""
        self.buttons: list[StepToConfirm] = []

    def keys_title(self) -> str:
        """Whose keys these are: those of every step."""
        return self.tr("On a step of asepsis")

    def told_keys(self) -> Sequence[KeyLine]:
        """What the letters do on a step."""
        keys = f"C  {native_keys('Space')}"
        return (KeyLine(keys, self.tr("Confirm the step and go on")),) if self.buttons else ()

    def show_steps(self, items: tuple[str, ...], began_at: str) -> None:
        """Show these steps, and how each stands; `began_at` is when the visit began."""
        self._began_at = began_at
        if items != self._items:
            self._items = items
            clear(self._lines)
            self.buttons = [self._made(number, item) for number, item in enumerate(items)]
        for made in self.buttons:
            self._show(made)

    def _made(self, number: int, item: str) -> StepToConfirm:
        made = StepToConfirm(item)
        made.setObjectName(f"visit.asepsis.{number}")
        made.clicked.connect(lambda _checked=False, one=made: self._turn(one))
        made.moved_on.connect(lambda at=number: self._lead_on(at))
        line = QWidget()
        if theme().text_scale >= LARGE_TEXT:
            stacked = column(line, gap=Space.TIGHT)
            stacked.addWidget(label(spoken(item), wraps=True))
            stacked.addWidget(made)
        else:
            parts = row(line, gap=Space.MEDIUM)
            made.setFixedWidth(theme().px(196))
            parts.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
            parts.addWidget(label(spoken(item), wraps=True), 1)
        self._lines.addWidget(line)
        return made

    def _show(self, made: StepToConfirm) -> None:
        held = self._editing.text(asepsis_key(made.item))
        made.setChecked(bool(held))
        words = self.tr("Confirm")
        if held:
            at = datetime.fromisoformat(json.loads(held)["confirmed_at"])
            words = self.tr("✓ Confirmed {clock}").format(clock=f"{at:%H:%M}")
        made.setText(words)
        made.setAccessibleName(f"{spoken(made.item)} {words}")
        kind = "" if held else "primary"
        if made.property("kind") != kind:
            made.setProperty("kind", kind)
            restyle(made)

    def _turn(self, made: StepToConfirm) -> None:
        key = asepsis_key(made.item)
        text = ""
        if not self._editing.text(key):
            zone = datetime.fromisoformat(self._began_at).tzinfo
            at = self._now().astimezone(zone).isoformat(timespec="seconds")
            text = json.dumps({"by": self._user, "confirmed_at": at}, sort_keys=True)
        act = QCoreApplication.translate("FieldWords", "Asepsis: {step}").format(step=spoken(made.item))
        self._editing.put({key: text}, act, key)
        self._show(made)

    def _lead_on(self, number: int) -> None:
        for made in self.buttons[number + 1 :]:
            if not made.isChecked():
                made.setFocus()
                return
