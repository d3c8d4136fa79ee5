"""Boxes that the mouse's wheel never changes: who scrolls a page over one of them chooses nothing."""

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QSpinBox


class StillChoice(QComboBox):
    """A list to choose from. The wheel goes on to the page, and brings the keyboard to nothing."""

    def __init__(self) -> None:
        """Without entries."""
        super().__init__()
        # The toolkit brings the keyboard to a box under the wheel before the box hears of it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page's."""
        event.ignore()


BY_TAB = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})
STROKES = frozenset("-/.")
ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class StillDay(QDateEdit):
    """A day, with the same promise.

    It is one stop of Tab, as every other field is; the arrows lead through year, month and day. Typed as it
    is shown, 2026-11-23, each part takes its figures: a stroke after a part that is full leads no further.
    """

    def __init__(self, day: QDate | None = None) -> None:
        """At this day, or at the toolkit's own."""
        super().__init__()
        if day is not None:
            self.setDate(day)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._is_led_on = False
        """The figure before filled its part, and the toolkit went on to the next by itself."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab, from either side, begins with the first part."""
        super().focusInEvent(event)
        if event.reason() in BY_TAB:
            self._go_to(0)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab leaves the field: the toolkit would first go through its parts."""
        self.setCurrentSectionIndex(self.sectionCount() - 1 if next else 0)
        return super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and strokes lead through the parts, and no further than the first and the last."""
        is_led_on, self._is_led_on = self._is_led_on, False
        step = ARROWS.get(Qt.Key(event.key()))
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif event.text() in STROKES:
            event.accept()
            self._go_to(self.currentSectionIndex() + (0 if is_led_on else 1))
        elif step is not None and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.accept()
            self._go_to(self.currentSectionIndex() + step)
        else:
            before = self.currentSectionIndex()
            super().keyPressEvent(event)
            self._is_led_on = event.text().isdigit() and self.currentSectionIndex() > before

    def _go_to(self, part: int) -> None:
        self.setSelectedSection(self.sectionAt(min(max(0, part), self.sectionCount() - 1)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page's."""
        event.ignore()


class StillNumber(QSpinBox):
    """A number, with the same promise."""

    def __init__(self) -> None:
        """At the toolkit's own bounds."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page's."""
        event.ignore()
