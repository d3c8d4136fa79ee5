"""The kind that a widget of our own says to screen readers, where the toolkit has none for its class."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLES: dict[str, QAccessible.Role] = {}


def say_kind(widget: QWidget, role: QAccessible.Role) -> None:
    """Have every widget of this one's class say that it is a `role`. Call it when one is made."""
    if not _ROLES:
        QAccessible.installFactory(_made)
    _ROLES[type(widget).__name__] = role


def _made(kind: str, widget: QObject) -> QAccessibleInterface | None:
    """What the toolkit asks for by the name of a class, the most special first."""
    role = _ROLES.get(kind)
    return QAccessibleWidget(widget, role) if role is not None and isinstance(widget, QWidget) else None
