"""A hand at the real program, in a process of its own: reads one request a line, does it, answers a line.

It is started as `python -P lock_robot.py WORDS…`, so when the program starts itself anew it starts this
file again, and the hand is there again, knowing nothing of what was before.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QObject, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from mnclinic.bootstrap import start
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace


def windows() -> list[QWidget]:
    """Every window of the program, the newest last."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def find(name: str) -> QWidget | None:
    """A visible widget by its name, in any window."""
    for window in reversed(windows()):
        for found in window.findChildren(QWidget, name):
            if found.isVisible():
                return found
    return None


def main_window() -> ClinicWindow:
    """The clinic's window."""
    return next(one for one in windows() if isinstance(one, ClinicWindow))


def see() -> dict[str, Any]:
    """What is on the screen."""
    if not any(isinstance(one, ClinicWindow) for one in windows()):
        return {"page": None}
    window = main_window()
    central = window.centralWidget()
    is_in = isinstance(central, Workspace)
    over = QApplication.activeModalWidget() or window
    focus = cast("QWidget | None", over.focusWidget())
    return {
        "pid": os.getpid(),
        "page": central.where if isinstance(central, Workspace) else "login",
        "busy": window._runner.is_busy,
        "focus": focus.objectName() if focus is not None else None,
        "cursor": focus.cursorPosition() if isinstance(focus, QLineEdit) else None,
        "windows": [type(one).__name__ for one in windows()],
        "user": window.login.user.text() if not is_in else None,
        "geometry": [window.x(), window.y(), window.width(), window.height()],
        "title": window.windowTitle(),
        "notice": central.notice.accessibleName() if isinstance(central, Workspace) else None,
    }


def read(name: str) -> dict[str, Any]:
    """What a field or a line of words says."""
    widget = find(name)
    if widget is None:
        return {"text": None}
    if isinstance(widget, QPlainTextEdit):
        return {"text": widget.toPlainText()}
    text = getattr(widget, "text", None)
    return {"text": text() if text is not None else widget.accessibleName()}


def act(request: dict[str, Any]) -> dict[str, Any] | None:
    """Do one thing; None when nothing can be answered any more."""
    deed, name = request["do"], request.get("name", "")
    if deed == "see":
        return see()
    if deed == "read":
        return read(name)
    if deed == "go":
        workspace = main_window().centralWidget()
        assert isinstance(workspace, Workspace)
        workspace.go(request["page"], request.get("what"))
        return {}
    if deed == "copy":
        QGuiApplication.clipboard().setText(request["text"])
        return {}
    if deed == "picture":
        main_window().grab().save(request["file"])
        return {}
    if deed == "python":
        # A stand-in for a person's deed that has no key of its own, such as opening a box of the system.
        exec(request["code"], {"window": main_window(), "find": find})  # noqa: S102 - the test's own text
        return {}
    widget = find(name)
    if widget is None:
        return {"missing": name}
    if deed == "type":
        widget.setFocus()
        QTest.keyClicks(widget, request["text"])
    elif deed == "click":
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    elif deed == "key":
        QTest.keyClick(widget, Qt.Key(request["key"]), Qt.KeyboardModifier(request.get("modifiers", 0)))
    return {}


class Hand(QObject):
    """Reads requests as they come, also while a sheet or a menu runs a loop of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._rest = b""
        self._hears = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._hears.activated.connect(self._read)

    def _read(self) -> None:
        data = os.read(0, 65536)
        if not data:
            self._hears.setEnabled(False)
            QApplication.quit()
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._answer(line)

    def _answer(self, line: bytes) -> None:
        request = json.loads(line)
        # A box that runs its own loop answers nobody until it is closed, so say first that it was heard.
        if request.get("answer") == "before":
            tell({"heard": True})
            act(request)
            return
        tell(act(request) or {})


def tell(answer: dict[str, Any]) -> None:
    """One line to whoever asks."""
    os.write(1, json.dumps(answer).encode("ascii") + b"\n")


def run(words: list[str], start_program: Callable[[list[str]], int]) -> int:
    """Show the window with a hand at it."""
    application = QApplication(["mnclinic"])
    hand = Hand()
    status = start_program(words)
    hand.deleteLater()
    application.processEvents()
    return status


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], start))
