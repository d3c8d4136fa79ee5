"""Lock, sleep and user switch on Windows, from the messages that the session and the power manager send."""

import ctypes
import sys
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from mnclinic.ui.lock.os_signals import SystemSignals
from mnclinic.ui.lock.reasons import Left

WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1
PBT_APMSUSPEND = 0x4
WTS_CONSOLE_DISCONNECT = 0x2
WTS_REMOTE_DISCONNECT = 0x4
WTS_SESSION_LOGOFF = 0x6
WTS_SESSION_LOCK = 0x7
NOTIFY_FOR_THIS_SESSION = 0

LEFT = {
    (WM_POWERBROADCAST, PBT_APMSUSPEND): Left.SLEEP,
    (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT): Left.OTHER_USER,
    (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT): Left.OTHER_USER,
    (WM_WTSSESSION_CHANGE, WTS_SESSION_LOGOFF): Left.OTHER_USER,
    (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK): Left.SYSTEM_LOCKED,
}


def left_by(message: int, parameter: int) -> Left | None:
    """What a window message with its first parameter means for whoever sits there; None for nothing."""
    return LEFT.get((message, parameter))


class WindowsSignals(SystemSignals):
    """Has the session's messages sent to the window and reads them as they pass."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Make a listener that does not listen yet."""
        super().__init__(parent)
        self._filter = _Messages(self)
        self._window = 0

    def start(self, window: QWidget) -> None:
        """Register the window for its session's messages."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)
        self._window = int(window.winId())
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(self._window, NOTIFY_FOR_THIS_SESSION)

    def stop(self) -> None:
        """Take the window off the list."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._filter)
        if sys.platform == "win32" and self._window:
            ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(self._window)
        self._window = 0

    def read(self, address: int) -> None:
        """Read the window message at this address and tell what it means."""
        message = wintypes.MSG.from_address(address)
        left = left_by(message.message, message.wParam)
        if left is not None:
            self.left.emit(left)


class _Messages(QAbstractNativeEventFilter):
    """Sees every native message of the program, also while a system dialog runs its own loop."""

    def __init__(self, signals: WindowsSignals) -> None:
        super().__init__()
        self._signals = signals

    def nativeEventFilter(self, kind: Any, message: Any) -> Any:
        if QByteArray(kind) == b"windows_generic_MSG":
            self._signals.read(int(message))
        return False, 0
