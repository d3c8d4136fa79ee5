"""Fields in which a patient types: nothing is brought into them from elsewhere.

What staff copied last, of somebody else perhaps, would be shown by a paste. What another program put on the
clipboard is not this program's to clear, so the fields do not take it.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit


class TypedAlone(QObject):
    """Keeps whatever is on the clipboard or dragged out of a field: keys, the middle button, and drops."""

    def __init__(self, field: QLineEdit) -> None:
        """Watch a field, as long as that lives."""
        super().__init__(field)
        field.setAcceptDrops(False)
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the event brings something in, and so does nothing."""
        if isinstance(event, QKeyEvent):
            return event.matches(QKeySequence.StandardKey.Paste) or event.key() == Qt.Key.Key_Insert
        return isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.MiddleButton
