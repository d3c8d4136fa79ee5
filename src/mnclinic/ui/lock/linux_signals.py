"""Lock, sleep and user switch on Linux, as systemd-logind and the screen savers tell over D-Bus.

D-Bus is a local socket between programs of one computer; where there is none, nothing is said.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusError,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)
from PySide6.QtWidgets import QWidget

from mnclinic.ui.lock.os_signals import SystemSignals
from mnclinic.ui.lock.reasons import Left

LOGIN = "org.freedesktop.login1"
LOGIN_PATH = "/org/freedesktop/login1"
MANAGER = f"{LOGIN}.Manager"
SESSION = f"{LOGIN}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
OWN_SESSION_PATH = f"{LOGIN_PATH}/session/auto"
SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
ANSWER_MS = 2000

Buses = Callable[[], tuple[QDBusConnection | None, QDBusConnection | None]]
"""The system's bus and the person's own, each None where there is none."""


def real_buses() -> tuple[QDBusConnection | None, QDBusConnection | None]:
    """The buses of this computer.

    A bus is only asked for where its address is known: libdbus would start one of its own otherwise.
    """
    system = session = None
    if "DBUS_SYSTEM_BUS_ADDRESS" in os.environ or Path("/run/dbus/system_bus_socket").exists():
        system = QDBusConnection.connectToBus(QDBusConnection.BusType.SystemBus, "mnclinic.system")
    if "DBUS_SESSION_BUS_ADDRESS" in os.environ:
        session = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "mnclinic.session")
    return (
        system if system is not None and system.isConnected() else None,
        session if session is not None and session.isConnected() else None,
    )


class LinuxSignals(SystemSignals):
    """Listens to logind and to the screen savers."""

    def __init__(self, buses: Buses, parent: QObject | None = None) -> None:
        """Listen to these buses once started."""
        super().__init__(parent)
        self._buses = buses
        self._system: QDBusConnection | None = None
        self._session: QDBusConnection | None = None
        self._delay: QDBusUnixFileDescriptor | None = None
        self.is_listening = False
        """Whether logind told which session is ours, so that its locks and switches are heard."""

    def start(self, window: QWidget) -> None:
        """Ask which session this is, and listen; every answer comes through the event loop."""
        self._system, self._session = self._buses()
        if self._system is not None:
            self._system.connect(
                LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep", self, _slot("sleep_told(bool)")
            )
            self._ask(
                LOGIN_PATH, MANAGER, "Inhibit", self._delay_words(), "delay_got(QDBusUnixFileDescriptor)"
            )
            own = os.environ.get("XDG_SESSION_ID")
            if own:
                self._ask_session(own)
            else:
                self._ask(OWN_SESSION_PATH, PROPERTIES, "Get", [SESSION, "Id"], "id_got(QDBusVariant)")
        if self._session is not None:
            for saver in SCREEN_SAVERS:
                self._session.connect(saver, "", saver, "ActiveChanged", self, _slot("saver_told(bool)"))

    def _delay_words(self) -> list[str]:
        return ["sleep", "mnclinic", self.tr("Locks the clinic before the computer sleeps"), "delay"]

    def stop(self) -> None:
        """Let the buses go."""
        self._delay = None
        for bus in (self._system, self._session):
            if bus is not None:
                QDBusConnection.disconnectFromBus(bus.name())
        self._system = self._session = None

    def _ask(self, path: str, interface: str, member: str, words: list[str], answer: str) -> None:
        assert self._system is not None  # noqa: S101 - asked only after it was found
        call = QDBusMessage.createMethodCall(LOGIN, path, interface, member)
        call.setArguments(words)
        self._system.callWithCallback(
            call, self, _slot(answer), _slot("refused(QDBusError,QDBusMessage)"), ANSWER_MS
        )

    def _ask_session(self, session_id: str) -> None:
        self._ask(LOGIN_PATH, MANAGER, "GetSession", [session_id], "session_got(QDBusObjectPath)")

    @Slot("QDBusVariant")
    def id_got(self, session_id: QDBusVariant) -> None:
        """Logind says which session this process belongs to."""
        if self._system is not None:
            self._ask_session(str(session_id.variant()))

    @Slot("QDBusObjectPath")
    def session_got(self, path: QDBusObjectPath) -> None:
        """Logind says where our session tells about itself."""
        if self._system is None:
            return
        self._system.connect(LOGIN, path.path(), SESSION, "Lock", self, _slot("lock_told()"))
        self._system.connect(
            LOGIN,
            path.path(),
            PROPERTIES,
            "PropertiesChanged",
            self,
            _slot("session_told(QString,QVariantMap,QStringList)"),
        )
        self.is_listening = True

    @Slot("QDBusUnixFileDescriptor")
    def delay_got(self, delay: QDBusUnixFileDescriptor) -> None:
        """Sleep waits a moment while this is held. It goes with the process when that starts anew."""
        self._delay = delay

    @Slot("QDBusError", "QDBusMessage")
    def refused(self, _error: QDBusError, _message: QDBusMessage) -> None:
        """Nobody answers: the program's own watch has to do."""

    @Slot(bool)
    def sleep_told(self, is_going: bool) -> None:
        """The computer goes to sleep, or has come back."""
        if is_going:
            self.left.emit(Left.SLEEP)

    @Slot()
    def lock_told(self) -> None:
        """The session is to be locked."""
        self.left.emit(Left.SYSTEM_LOCKED)

    @Slot(str, "QVariantMap", "QStringList")
    def session_told(self, interface: str, changed: dict[str, object], _gone: list[str]) -> None:
        """Something about the session changed: who has the screen, or that it is locked."""
        if interface != SESSION:
            return
        if changed.get("Active") is False:
            self.left.emit(Left.OTHER_USER)
        elif changed.get("LockedHint") is True:
            self.left.emit(Left.SYSTEM_LOCKED)

    @Slot(bool)
    def saver_told(self, is_active: bool) -> None:
        """A screen saver came on, or went."""
        if is_active:
            self.left.emit(Left.SYSTEM_LOCKED)


def _slot(signature: str) -> Any:
    """A slot as the bus wants it named: the binding's own stubs say bytes, and it refuses those."""
    return SLOT(signature)
