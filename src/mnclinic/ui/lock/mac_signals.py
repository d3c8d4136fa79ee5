"""Lock and user switch on macOS, by asking the window server about the session.

Sleep shows by the jump of the clock (see watch).
"""

import ctypes
import ctypes.util
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from mnclinic.ui.lock.os_signals import SystemSignals
from mnclinic.ui.lock.reasons import Left

ASK_EVERY_MS = 1000
SCREEN_IS_LOCKED = "CGSSessionScreenIsLocked"
ON_CONSOLE = "kCGSSessionOnConsoleKey"
UTF8 = 0x08000100

Session = dict[str, bool]
"""The session's two facts by their keys; a missing one is not said."""


def left_by(session: Session | None) -> Left | None:
    """What the window server's answer means; None for "somebody is there" or "no answer"."""
    if session is None:
        return None
    if session.get(SCREEN_IS_LOCKED) is True:
        return Left.SYSTEM_LOCKED
    if session.get(ON_CONSOLE) is False:
        return Left.OTHER_USER
    return None


class MacSignals(SystemSignals):
    """Asks once a second, as macOS tells such changes only to its own kinds of programs."""

    def __init__(
        self, parent: QObject | None = None, ask: Callable[[], Session | None] | None = None
    ) -> None:
        """Make a listener; `ask` reads the session, by default from the window server."""
        super().__init__(parent)
        self._ask = ask
        self._was: Left | None = None
        self._timer = QTimer(self, interval=ASK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self, window: QWidget) -> None:
        """Ask from now on; where the window server cannot be asked, never."""
        if self._ask is None:
            self._ask = window_server()
        if self._ask is not None:
            self._timer.start()

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    def look(self) -> None:
        """Ask now; each change to "nobody is there" is told once."""
        left = left_by(self._ask()) if self._ask is not None else None
        if left is not None and left is not self._was:
            self.left.emit(left)
        self._was = left


def window_server() -> Callable[[], Session | None] | None:
    """A reader of `CGSessionCopyCurrentDictionary`, or None where there is no such thing."""
    graphics_path = ctypes.util.find_library("CoreGraphics")
    foundation_path = ctypes.util.find_library("CoreFoundation")
    if graphics_path is None or foundation_path is None:
        return None
    graphics, foundation = ctypes.CDLL(graphics_path), ctypes.CDLL(foundation_path)
    pointer = ctypes.c_void_p
    _declare(graphics.CGSessionCopyCurrentDictionary, pointer)
    _declare(foundation.CFStringCreateWithCString, pointer, pointer, ctypes.c_char_p, ctypes.c_uint32)
    _declare(foundation.CFDictionaryGetValue, pointer, pointer, pointer)
    _declare(foundation.CFBooleanGetValue, ctypes.c_bool, pointer)
    _declare(foundation.CFRelease, None, pointer)

    def fact(session: Any, key: str) -> bool | None:
        name = foundation.CFStringCreateWithCString(None, key.encode("ascii"), UTF8)
        value = foundation.CFDictionaryGetValue(session, name)
        foundation.CFRelease(name)
        return bool(foundation.CFBooleanGetValue(value)) if value else None

    def ask() -> Session | None:
        session = graphics.CGSessionCopyCurrentDictionary()
        if not session:
            return None
        facts = {key: fact(session, key) for key in (SCREEN_IS_LOCKED, ON_CONSOLE)}
        foundation.CFRelease(session)
        return {key: value for key, value in facts.items() if value is not None}

    return ask


def _declare(function: Any, result: Any, *arguments: Any) -> None:
    function.restype = result
    function.argtypes = list(arguments)
