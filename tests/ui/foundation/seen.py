"""What a person or a screen reader finds on a widget."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget


def focus_stops(root: QWidget) -> list[QWidget]:
    """Every visible widget that Tab can reach."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def spoken_name(widget: QWidget) -> str:
    """The name that a screen reader says."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def nameless(root: QWidget) -> list[str]:
    """Class and object name of every focus stop that a screen reader would not name."""
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in focus_stops(root)
        if not spoken_name(widget).strip()
    ]


def cut_texts(root: QWidget) -> list[str]:
    """Every visible label whose words need more room than it has."""
    return [
        label.text()
        for label in root.findChildren(QLabel)
        if label.isVisible() and label.text() and _is_cut(label)
    ]


def _is_cut(label: QLabel) -> bool:
    needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    too_narrow = not label.wordWrap() and label.sizeHint().width() > label.width() + 1
    return needed > label.height() + 1 or too_narrow
