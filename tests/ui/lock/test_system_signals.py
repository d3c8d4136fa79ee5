"""What the three operating systems say about the person at the screen, with stand-ins for the systems."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.lock.mac_signals import ON_CONSOLE, SCREEN_IS_LOCKED, MacSignals, Session, window_server
from mnclinic.ui.lock.mac_signals import left_by as left_on_mac
from mnclinic.ui.lock.os_signals import SystemSignals, system_signals
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.lock.windows_signals import (
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_CONSOLE_DISCONNECT,
    WTS_REMOTE_DISCONNECT,
    WTS_SESSION_LOCK,
    WTS_SESSION_LOGOFF,
    WindowsSignals,
)

WM_PAINT, WTS_SESSION_UNLOCK, PBT_APMRESUMESUSPEND = 0x000F, 0x8, 0x7
OWN_SESSION = "/org/freedesktop/login1/session/_33"
OTHER_SESSION = "/org/freedesktop/login1/session/_37"


def heard(signals: SystemSignals) -> list[str]:
    """A list that fills with what the signals say."""
    said = list[str]()
    signals.left.connect(said.append)
    return said


@pytest.mark.parametrize(
    ("message", "parameter", "left"),
    [
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, Left.SYSTEM_LOCKED),
        (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT, Left.OTHER_USER),
        (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT, Left.OTHER_USER),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOGOFF, Left.OTHER_USER),
        (WM_POWERBROADCAST, PBT_APMSUSPEND, Left.SLEEP),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_UNLOCK, None),
        (WM_POWERBROADCAST, PBT_APMRESUMESUSPEND, None),
        (WM_PAINT, WTS_SESSION_LOCK, None),
    ],
)
def test_a_message_of_windows_is_read_from_memory_as_what_it_means(
    qtbot: QtBot, message: int, parameter: int, left: Left | None
) -> None:
    signals = WindowsSignals()
    said = heard(signals)
    sent = wintypes.MSG(message=message, wParam=parameter)
    signals._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(sent))
    signals._filter.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(sent))
    assert said == ([left] if left is not None else [])


@pytest.mark.parametrize(
    ("session", "left"),
    [
        ({SCREEN_IS_LOCKED: True, ON_CONSOLE: True}, Left.SYSTEM_LOCKED),
        ({ON_CONSOLE: False}, Left.OTHER_USER),
        ({ON_CONSOLE: True}, None),
        ({}, None),
        (None, None),
    ],
)
def test_an_answer_of_the_mac_window_server_is_read_as_what_it_means(
    session: Session | None, left: Left | None
) -> None:
    assert left_on_mac(session) == left


def test_a_locked_mac_is_told_once_and_again_after_it_was_unlocked(qtbot: QtBot) -> None:
    answers: list[Session | None] = [
        {ON_CONSOLE: True},
        {SCREEN_IS_LOCKED: True},
        {SCREEN_IS_LOCKED: True},
        {ON_CONSOLE: True},
        {SCREEN_IS_LOCKED: True},
    ]
    signals = MacSignals(ask=lambda: answers.pop(0))
    said = heard(signals)
    for _ in range(5):
        signals.look()
    assert said == [Left.SYSTEM_LOCKED, Left.SYSTEM_LOCKED]


if sys.platform == "linux":
    from PySide6.QtCore import SLOT, Slot
    from PySide6.QtDBus import (
        QDBusConnection,
        QDBusMessage,
        QDBusObjectPath,
        QDBusUnixFileDescriptor,
        QDBusVariant,
        QDBusVirtualObject,
    )

    from mnclinic.ui.lock.linux_signals import LOGIN, LOGIN_PATH, MANAGER, PROPERTIES, SESSION, LinuxSignals

    class Login(QDBusVirtualObject):
        """A stand-in for logind on a private bus: answers as logind does, and tells what a test wants."""

        def __init__(self, bus: QDBusConnection) -> None:
            super().__init__()
            self._bus = bus
            self.asked = list[str]()
            assert bus.registerService(LOGIN)
            assert bus.registerVirtualObject("/", self, QDBusConnection.VirtualObjectRegisterOption.SubPath)

        def introspect(self, path: str, /) -> str:
            return ""

        def handleMessage(self, message: QDBusMessage, connection: QDBusConnection, /) -> bool:  # noqa: N802
            self.asked.append(message.member())
            reply = message.createReply()
            if message.member() == "GetSession":
                assert message.arguments() == ["3"]
                reply.setArguments([QDBusObjectPath(OWN_SESSION)])
            elif message.member() == "Get":
                assert message.path() == "/org/freedesktop/login1/session/auto"
                reply.setArguments([QDBusVariant("3")])
            elif message.member() == "Inhibit":
                assert message.arguments()[0] == "sleep"
                assert message.arguments()[3] == "delay"
                ours, theirs = os.pipe()
                reply.setArguments([QDBusUnixFileDescriptor(theirs)])
                os.close(ours)
                os.close(theirs)
            return connection.send(reply)

        def tell(self, path: str, interface: str, member: str, *arguments: object) -> None:
            signal = QDBusMessage.createSignal(path, interface, member)
            signal.setArguments(list(arguments))
            assert self._bus.send(signal)

    class Fence(QObject):
        """Hears a signal that is sent after the others, so that all of those have come."""

        def __init__(self, bus: QDBusConnection) -> None:
            super().__init__()
            self.count = 0
            bus.connect(LOGIN, "/fence", "test.Fence", "Passed", self, cast("Any", SLOT("passed()")))

        @Slot()
        def passed(self) -> None:
            self.count += 1

    class Bus:
        """A private bus with a stand-in for logind, and the program's listener on it."""

        def __init__(self, address: str, qtbot: QtBot) -> None:
            self._qtbot = qtbot
            self.login_bus = QDBusConnection.connectToBus(address, "test.login")
            self.own = QDBusConnection.connectToBus(address, "test.own")
            self.own_session = QDBusConnection.connectToBus(address, "test.own.session")
            self.login = Login(self.login_bus)
            self.fence = Fence(self.own)
            self.signals = LinuxSignals(lambda: (self.own, self.own_session))
            self.said = heard(self.signals)

        def tell(self, path: str, interface: str, member: str, *arguments: object) -> list[str]:
            self.login.tell(path, interface, member, *arguments)
            before = self.fence.count
            self.login.tell("/fence", "test.Fence", "Passed")
            self._qtbot.waitUntil(lambda: self.fence.count > before)
            return self.said

    @pytest.fixture(params=["XDG_SESSION_ID", "asked"])
    def bus(qtbot: QtBot, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
        """A real bus of this test alone."""
        daemon = shutil.which("dbus-daemon")
        assert daemon is not None, "these tests need dbus-daemon"
        if request.param == "asked":
            monkeypatch.delenv("XDG_SESSION_ID", raising=False)
        else:
            monkeypatch.setenv("XDG_SESSION_ID", "3")
        process = subprocess.Popen(  # noqa: S603 - a fixed program
            [daemon, "--session", "--print-address=1", "--nofork", "--nopidfile"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        try:
            made = Bus(process.stdout.readline().strip(), qtbot)
            made.signals.start(QWidget())
            qtbot.waitUntil(lambda: made.signals.is_listening and made.signals._delay is not None)
            yield made
            made.signals.stop()
        finally:
            for name in ("test.login", "test.own", "test.own.session"):
                QDBusConnection.disconnectFromBus(name)
            process.terminate()
            process.wait()
            process.stdout.close()

    def test_a_computer_that_goes_to_sleep_is_heard_and_one_that_wakes_is_not(bus: Bus) -> None:
        assert bus.tell(LOGIN_PATH, MANAGER, "PrepareForSleep", False) == []
        assert bus.tell(LOGIN_PATH, MANAGER, "PrepareForSleep", True) == [Left.SLEEP]

    def test_the_lock_of_our_own_session_is_heard_and_of_another_is_not(bus: Bus) -> None:
        assert bus.tell(OTHER_SESSION, SESSION, "Lock") == []
        assert bus.tell(OWN_SESSION, SESSION, "Lock") == [Left.SYSTEM_LOCKED]

    def test_a_screen_that_another_user_takes_is_heard(bus: Bus) -> None:
        assert bus.tell(OWN_SESSION, PROPERTIES, "PropertiesChanged", SESSION, {"Active": True}, [""]) == []
        told = bus.tell(OWN_SESSION, PROPERTIES, "PropertiesChanged", SESSION, {"Active": False}, [""])
        assert told == [Left.OTHER_USER]
        told = bus.tell(OWN_SESSION, PROPERTIES, "PropertiesChanged", SESSION, {"LockedHint": True}, [""])
        assert told[1:] == [Left.SYSTEM_LOCKED]

    @pytest.mark.parametrize("saver", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
    def test_a_screen_saver_is_heard_when_it_comes_on(bus: Bus, qtbot: QtBot, saver: str) -> None:
        assert bus.login_bus.registerService(saver)
        path = "/" + saver.replace(".", "/")
        bus.login.tell(path, saver, "ActiveChanged", False)
        bus.login.tell(path, saver, "ActiveChanged", True)
        qtbot.waitUntil(lambda: bus.said == [Left.SYSTEM_LOCKED])

    def test_a_computer_without_a_bus_says_nothing_and_nothing_fails(qtbot: QtBot) -> None:
        signals = LinuxSignals(lambda: (None, None))
        said = heard(signals)
        signals.start(QWidget())
        signals.stop()
        assert said == []

    def test_a_bus_without_logind_says_nothing_and_nothing_fails(
        qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_SESSION_ID", "3")
        gone = QDBusConnection.connectToBus("unix:path=/nowhere", "test.nowhere")
        signals = LinuxSignals(lambda: (gone, gone))
        signals.start(QWidget())
        assert not signals.is_listening

    def test_where_there_is_no_mac_its_window_server_is_not_asked() -> None:
        assert window_server() is None

    def test_this_system_gets_its_own_listener(qtbot: QtBot) -> None:
        assert isinstance(system_signals(), LinuxSignals)
