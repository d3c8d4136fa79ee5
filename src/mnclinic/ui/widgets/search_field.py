"""The search box above a list."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mnclinic.ui.icons import icon

DEBOUNCE_MS = 120
_LONGEST = 400


class SearchField(QLineEdit):
    """A line that asks for results while a person types, at most once in 120 ms.

    Line breaks, NUL and anything beyond 400 characters of a paste are left out. Escape empties it.
    """

    search_changed = Signal(str)
    """Typing paused, or the field was emptied. Carries the trimmed text, "" when empty. UI thread."""
    left_downwards = Signal()
    """Down was pressed: the list wants the focus. UI thread."""

    def __init__(self, prompt: str, *, name: str = "search", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setPlaceholderText(prompt)
        self.setAccessibleName(prompt)
        self.setMaxLength(_LONGEST)
        self.setClearButtonEnabled(True)
        self.setMinimumSize(QSize(200, 0))
        self.addAction(icon("search", "text_muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DEBOUNCE_MS)
        self._pause.timeout.connect(self._ask)
        self._asked = ""
        self.textChanged.connect(self._typed)

    def words(self) -> str:
        """What is searched for now, without control characters and outer blanks."""
        return "".join(letter for letter in self.text() if letter.isprintable()).strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        if text:
            self._pause.start()
        else:
            self._ask()

    def _ask(self) -> None:
        self._pause.stop()
        if self.words() != self._asked:
            self._asked = self.words()
            self.search_changed.emit(self._asked)
