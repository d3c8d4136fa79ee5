"""The steps of a visit, down the left: where a person is and what each step still lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Space, Tone, Type
from mnclinic.ui.widgets.buttons import PaintedButton

_MARK_PX = 24
_HEIGHT_PX = 48
_MARK_LEFT_PX = 10
_LEAST_WIDTH_PX = 190


class StepState(StrEnum):
    """How a step stands."""

    TODO = "todo"
    DONE = "done"
    PROBLEM = "problem"
    LOCKED = "locked"


@dataclass(frozen=True)
class Step:
    """A step: its key, its word, how it stands, and a few words on what is missing."""

    key: str
    word: str
    state: StepState = StepState.TODO
    note: str = ""


class Stepper(QWidget):
    """Steps down the left. Up and Down go from step to step, Enter and Space open one."""

    step_chosen = Signal(str)
    """A step was chosen. Carries its key. UI thread."""

    def __init__(self, steps: Sequence[Step] = (), *, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label or self.tr("Steps"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.TIGHT)
        self._buttons: dict[str, _StepButton] = {}
        self._current = ""
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show how the steps stand. Keys that stay keep their buttons and the focus."""
        if list(self._buttons) != [step.key for step in steps]:
            for button in self._buttons.values():
                self._column.removeWidget(button)
                button.deleteLater()
            self._buttons = {step.key: _StepButton(number) for number, step in enumerate(steps, start=1)}
            for button in self._buttons.values():
                button.clicked.connect(self._clicked)
                self._column.addWidget(button)
        for place, step in enumerate(steps):
            self._buttons[step.key].show_step(
                step, is_current=step.key == self._current, is_last=place == len(steps) - 1
            )

    def set_current(self, key: str) -> None:
        """Mark the step that is open."""
        self._current = key
        for name, button in self._buttons.items():
            button.set_current(name == key)

    def current(self) -> str:
        """The key of the open step, or ""."""
        return self._current

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        buttons = list(self._buttons.values())
        focused = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        if event.key() in moves and focused is not None:
            place = max(0, min(len(buttons) - 1, focused + moves[Qt.Key(event.key())]))
            buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _clicked(self) -> None:
        self.step_chosen.emit(self.sender().objectName().removeprefix("step."))


class _StepButton(PaintedButton):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._step = Step("", "")
        self._is_current = False
        self._is_last = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_step(self, step: Step, *, is_current: bool, is_last: bool) -> None:
        self._step, self._is_last = step, is_last
        self.setObjectName(f"step.{step.key}")
        self.setToolTip(step.note)
        self.set_current(is_current)

    def set_current(self, is_current: bool) -> None:
        self._is_current = is_current
        states = {
            StepState.TODO: self.tr("not done"),
            StepState.DONE: self.tr("done"),
            StepState.PROBLEM: self.tr("needs attention"),
            StepState.LOCKED: self.tr("locked"),
        }
        here = self.tr("current step, ") if is_current else ""
        note = f". {self._step.note}" if self._step.note else ""
        self.setAccessibleName(f"{self._step.word}: {here}{states[self._step.state]}{note}")
        self.update()

    def sizeHint(self) -> QSize:
        t = theme()
        words = QFontMetrics(t.font(Type.STRONG)).horizontalAdvance(self._step.word)
        note = QFontMetrics(t.font(Type.SMALL)).horizontalAdvance(self._step.note)
        left = _MARK_LEFT_PX + t.px(_MARK_PX) + Space.MEDIUM
        wanted = left + max(words, min(note, t.px(180))) + Space.MEDIUM
        return QSize(max(t.px(_LEAST_WIDTH_PX), wanted), t.px(_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        t = theme()
        return QSize(t.px(120), t.px(_HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, t = colours(), theme()
        ground = c.selection if self._is_current else c.surface_hover if self.underMouse() else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(self.rect()), Radius.CONTROL, Radius.CONTROL)
        side = t.px(_MARK_PX)
        mark = QRect(_MARK_LEFT_PX, (self.height() - side) // 2, side, side)
        if not self._is_last:
            painter.fillRect(mark.center().x(), mark.bottom() + 4, 1, self.height(), QColor(c.control_line))
        if self._number > 1:
            painter.fillRect(mark.center().x(), 0, 1, mark.top() - 3, QColor(c.control_line))
        self._paint_mark(painter, mark)
        left = mark.right() + Space.MEDIUM
        words = QRect(left, 0, self.width() - left - Space.SMALL, self.height())
        self._paint_words(painter, words)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.accent_text), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, Radius.CONTROL, Radius.CONTROL)

    def _paint_mark(self, painter: QPainter, mark: QRect) -> None:
        c = colours()
        disc = QRectF(mark).adjusted(0.75, 0.75, -0.75, -0.75)
        tones = {StepState.DONE: Tone.COMPLETE, StepState.PROBLEM: Tone.STOP}
        if self._step.state in tones:
            tone = c.tones[tones[self._step.state]]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tone.background))
            painter.drawEllipse(disc)
            shape = "check" if self._step.state == StepState.DONE else "triangle-alert"
            inset = mark.width() // 5
            paint_icon(painter, mark.adjusted(inset, inset, -inset, -inset), shape, tone.text)
            return
        painter.setBrush(QColor(c.accent if self._is_current else c.surface))
        painter.setPen(QPen(QColor(c.accent if self._is_current else c.text_faint), 1.5))
        painter.drawEllipse(disc)
        if self._step.state == StepState.LOCKED:
            inset = mark.width() // 4
            ink = c.on_accent if self._is_current else c.text_faint
            paint_icon(painter, mark.adjusted(inset, inset, -inset, -inset), "lock", ink)
            return
        painter.setPen(QColor(c.on_accent if self._is_current else c.text_muted))
        painter.setFont(theme().font(Type.CHIP))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        c, t = colours(), theme()
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        word_font = t.font(Type.STRONG if self._is_current else Type.BODY)
        top = room
        if self._step.note:
            word_high, note_high = (
                QFontMetrics(word_font).height(),
                QFontMetrics(t.font(Type.SMALL)).height(),
            )
            first = room.y() + (room.height() - word_high - note_high) // 2
            top = QRect(room.x(), first, room.width(), word_high)
            below = QRect(room.x(), first + word_high, room.width(), note_high)
            is_problem = self._step.state == StepState.PROBLEM
            painter.setFont(t.font(Type.SMALL))
            painter.setPen(QColor(c.tones[Tone.STOP].text if is_problem else c.text_muted))
            note = painter.fontMetrics().elidedText(
                self._step.note, Qt.TextElideMode.ElideRight, below.width()
            )
            painter.drawText(below, side, note)
        painter.setFont(word_font)
        painter.setPen(QColor(c.text))
        word = painter.fontMetrics().elidedText(self._step.word, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, side, word)
