"""What the operating system says about the person at the screen, brought to one signal.

Each system is asked in its own module, imported only there. A system that says nothing (no bus, no session
manager) leaves the program with its own watch: idle time, Ctrl+L, and the jump of the clock after sleep.
"""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class SystemSignals(QObject):
    """Listens to one operating system. Each kind of leaving becomes one signal."""

    left = Signal(str)
    """The screen was locked, the computer goes to sleep, or another user took it; carries a `Left`."""

    def start(self, window: QWidget) -> None:
        """Begin to listen; `window` is what system messages are sent to. Never raises, never waits."""

    def stop(self) -> None:
        """Listen no more."""


def system_signals(parent: QObject | None = None) -> SystemSignals:
    """The listener for this operating system."""
    if sys.platform == "win32":
        from mnclinic.ui.lock.windows_signals import WindowsSignals

        return WindowsSignals(parent)
    if sys.platform == "darwin":
        from mnclinic.ui.lock.mac_signals import MacSignals

        return MacSignals(parent)
    from mnclinic.ui.lock.linux_signals import LinuxSignals, real_buses

    return LinuxSignals(real_buses, parent)
