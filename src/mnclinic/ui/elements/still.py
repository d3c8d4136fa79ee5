"""Boxes that the mouse's wheel never changes: who scrolls a page over one of them chooses nothing."""

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QWheelEvent
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


class StillDay(QDateEdit):
    """A day, with the same promise."""

    def __init__(self, day: QDate | None = None) -> None:
        """At this day, or at the toolkit's own."""
        super().__init__()
        if day is not None:
            self.setDate(day)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

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
