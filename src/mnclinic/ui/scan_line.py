"""A field for a scanner, which types like a keyboard and ends with Enter."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_SEPARATOR, SEPARATOR_SHOWN = "\x1d", "\u241d"
"""Between the data fields of a GS1 code. A scanner types it as a key that no field takes."""


def is_separator(event: QKeyEvent) -> bool:
    """Whether a key is the separator of GS1, which scanners type as Ctrl+]; some systems give it no text."""
    is_its_key = event.key() == Qt.Key.Key_BracketRight
    return event.text() == _SEPARATOR or (
        is_its_key and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )


class ScanLine(QLineEdit):
    """Takes the separator, without which two data fields would read as one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the separator as a sign of its own; everything else as in any field."""
        if is_separator(event):
            self.insert(SEPARATOR_SHOWN)
        else:
            super().keyPressEvent(event)
