"""A field for a scanner, which types like a keyboard and ends with Enter."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
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


CODE_BEGINS = frozenset("0123456789]+(")
"""With one of these every code of GS1 and HIBC begins, and no key that answers or confirms."""

PAUSE_MS = 300
"""Far longer than a scanner waits between two signs."""

REST_MS = 50
"""Then signs that waited while the computer was busy come first."""


class CodeGuard(QObject):
    """Keeps a code that is scanned at the wrong place from being taken for keys.

    Where single letters answer questions or confirm steps, the letters of a lot would do so as well.
    """

    def __init__(self, parent: QObject) -> None:
        """For one widget that hears letters."""
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._rest)
        self.is_scanning = False

    def takes(self, event: QKeyEvent) -> bool:
        """Whether this key belongs to a code, which ends with Enter, Tab or a pause."""
        signs = event.text()
        if signs in {"\r", "\n", "\t"}:
            was_scanning, self.is_scanning = self.is_scanning, False
            return was_scanning and signs != "\t"
        if not signs and not is_separator(event):
            return False
        if not self.is_scanning and signs not in CODE_BEGINS:
            return False
        self.is_scanning = True
        self._pause.start(PAUSE_MS)
        return True

    def _rest(self) -> None:
        if self._pause.interval() == PAUSE_MS:
            self._pause.start(REST_MS)
        else:
            self.is_scanning = False


class ScanLine(QLineEdit):
    """Takes the separator, without which two data fields would read as one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the separator as a sign of its own; everything else as in any field."""
        if is_separator(event):
            self.insert(SEPARATOR_SHOWN)
        else:
            super().keyPressEvent(event)


class ReadAtTab(QObject):
    """Reads a code that a scanner ends with Tab, as one that it ends with Enter. The next Tab leads on."""

    def __init__(self, line: QLineEdit, read: Callable[[], object]) -> None:
        """For one field. What stands in it already needs no reading."""
        super().__init__(line)
        self._line, self._read = line, read
        self._is_typed = False
        line.textEdited.connect(self._typed)
        line.installEventFilter(self)

    def _typed(self) -> None:
        self._is_typed = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the Tab behind a code that was not read yet."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        is_code = self._is_typed and bool(self._line.text().strip())
        if event.key() != Qt.Key.Key_Tab or event.modifiers() or not is_code:
            return False
        self._is_typed = False
        self._read()
        return True
