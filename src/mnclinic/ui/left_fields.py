"""Passwords and codes that stand in a field where nobody is logged in, so that no lock forgets them."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

FORGOTTEN_AFTER_MS = 5 * 60_000
"""As long as an open clinic stays open without use, where it does not say otherwise."""


def forget_when_left(owner: QObject, lines: Iterable[QLineEdit], forget: Callable[[], None]) -> QTimer:
    """Call `forget` when for a while nothing more was typed into lines that are not empty. UI thread."""
    lines = tuple(lines)
    waiting = QTimer(owner, singleShot=True, interval=FORGOTTEN_AFTER_MS)

    def typed() -> None:
        if any(line.text() for line in lines):
            waiting.start()
        else:
            waiting.stop()

    for line in lines:
        line.textChanged.connect(typed)
    waiting.timeout.connect(forget)
    return waiting


def forget_secrets(root: QWidget) -> None:
    """Empty the fields below `root` into which passwords and recovery codes are typed. UI thread."""
    from mnclinic.ui.password_field import PasswordField
    from mnclinic.ui.read_back import ReadBack

    for field in root.findChildren(PasswordField):
        field.clear()
    for boxes in root.findChildren(ReadBack):
        boxes.clear()
    for line in root.findChildren(QLineEdit):
        if line.echoMode() != QLineEdit.EchoMode.Normal:
            empty(line)


def empty(line: QLineEdit) -> None:
    """Empty a line in which a secret stood. What `clear` takes away comes back by Undo; this does not."""
    line.setText("")
