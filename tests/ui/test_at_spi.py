"""A screen reader of Linux reads the real program: names and roles come over the accessibility bus.

The program runs on a virtual screen with buses of its own; what is read is asked of the bus over one
connection, as any screen reader would ask. Elsewhere Qt speaks to the system itself, and this cannot be
tried.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_socket

from mnclinic.services.demo.build import DemoBuilt
from mnclinic.services.list_day import list_day
from mnclinic.services.open_clinic import open_clinic
from tests.ui.conftest import PASSWORD, Noon

if sys.platform.startswith("linux"):
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.io.blocking import DBusConnection, open_dbus_connection

PATIENCE_S = 120
REST_S = 0.1
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
FIRST_CELLS = 12
ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"
PROGRAM = """
import os
import sys
from pathlib import Path
from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QAbstractButton
from mnclinic.bootstrap import SystemClock
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import new_application
from mnclinic.ui.window import Workspace
app = new_application()
looks_keeper().begin(app, None, None)
window = ClinicWindow(Path(sys.argv[1]), clock=SystemClock())
window.show()
came = QTimer(interval=50)
came.timeout.connect(lambda: to_the_roster())
def obey(line):
    deed, words = line.strip().split(" ", 1)
    {"enter": enter, "go": go, "press": press, "open": open_person, "consent": to_the_consent}[deed](words)
def go(words):
    window.centralWidget().go(words, None)
def press(name):
    # As soon as it is there and can be pressed; a sheet may run a loop of its own meanwhile.
    found = [one for one in window.findChildren(QAbstractButton, name) if one.isVisible() and one.isEnabled()]
    QTimer.singleShot(50, found[0].click if found else lambda: press(name))
def open_person(number):
    window.centralWidget().go("patients", None)
    window.centralWidget().current_page()._open_person(number)
def to_the_consent(visit):
    window.centralWidget().go("visit", visit)
    there(visit)
def there(visit):
    page = window.centralWidget().current_page()
    if page._view is None or window._runner.is_busy:
        QTimer.singleShot(50, lambda: there(visit))
    else:
        page.go("consent")
def enter(words):
    user, password = words.split(" ", 1)
    window.login.user.setText(user)
    window.login.password.setText(password)
    window.login.enter.click()
    came.start()
def to_the_roster():
    if isinstance(window.centralWidget(), Workspace):
        came.stop()
        window.centralWidget().go("patients", None)
notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
def read():
    # Past Python's buffer: a second line that came with the first would wait there, and nobody be told of it.
    told = os.read(sys.stdin.fileno(), 4096).decode()
    if not told:
        app.quit()
    for line in told.splitlines():
        obey(line)
notifier.activated.connect(read)
app.exec()
"""


@dataclass(frozen=True)
class Thing:
    """Something on the screen, as the bus tells of it."""

    role: str
    name: str


def asked(
    bus: "DBusConnection", to: str, path: str, interface: str, method: str, *words: str
) -> tuple[Any, ...]:
    """What is answered to a question with these words; nothing where that is an error."""
    address = DBusAddress(path, bus_name=to, interface=interface)
    question = new_method_call(address, method, "s" * len(words) or None, words)
    answer = bus.send_and_get_reply(question, timeout=PATIENCE_S)
    return answer.body if answer.header.message_type is MessageType.method_return else ()


class Reader:
    """Reads what a program shows, over a connection to the accessibility bus that stays while it reads."""

    def __init__(self, bus: "DBusConnection") -> None:
        self._bus = bus

    def _name_of(self, to: str, path: str) -> str:
        told = asked(self._bus, to, path, "org.freedesktop.DBus.Properties", "Get", ACCESSIBLE, "Name")
        # A value of any kind comes with its kind before it.
        return str(told[0][1]) if told else ""

    def children(self, to: str, path: str) -> list[tuple[str, str]]:
        told = asked(self._bus, to, path, ACCESSIBLE, "GetChildren")
        return told[0] if told else []

    def programs(self) -> list[tuple[str, str]]:
        return self.children("org.a11y.atspi.Registry", ROOT)

    def things(self, to: str, path: str) -> Iterator[Thing]:
        """What stands there and below, in the order of reading."""
        told = asked(self._bus, to, path, ACCESSIBLE, "GetRoleName")
        role = str(told[0]) if told else ""
        yield Thing(role, self._name_of(to, path))
        children = self.children(to, path)
        if role == "table":
            # Titles and the first lines; nobody reads a whole roster.
            for child in children[:FIRST_CELLS]:
                yield Thing("cell", self._name_of(*child))
            return
        for child in children:
            yield from self.things(*child)


if sys.platform.startswith("linux"):

    @dataclass
    class Heard:
        """The program on its screen, and a reader beside it."""

        reader: Reader
        program: "subprocess.Popen[str]"

        def say(self, line: str) -> None:
            assert self.program.stdin is not None
            self.program.stdin.write(line + "\n")
            self.program.stdin.flush()

        def until(self, wanted: set[Thing], *, over: bool = False) -> set[Thing]:
            """Read the screen until these things were come to; what was read last.

            With `over` what lies over the window alone: the page below may have a thousand things.
            """
            end, read = time.monotonic() + PATIENCE_S, set[Thing]()
            while not wanted <= read and time.monotonic() < end:
                read = set()
                for program in self.reader.programs():
                    windows = self.reader.children(*program)
                    for place in windows[1:] if over else [program]:
                        read |= set(self.reader.things(*place))
                if not wanted <= read:
                    # Whoever answers all the time gets to nothing else.
                    time.sleep(REST_S)
            return read

    def started(stack: ExitStack, words: list[str], environ: dict[str, str]) -> "subprocess.Popen[str]":
        process = subprocess.Popen(  # noqa: S603 - fixed programs
            words,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

        def ended() -> None:
            # Not until its pipes end: what it started itself may hold them a while longer.
            process.terminate()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                pipe.close()

        stack.callback(ended)
        return process

    def connected(stack: ExitStack, address: str) -> DBusConnection:
        bus = open_dbus_connection(address)
        stack.callback(bus.close)
        return bus

    def first_line(process: "subprocess.Popen[str]") -> str:
        assert process.stdout is not None
        return process.stdout.readline().strip()

    @pytest.fixture
    def heard(demo: DemoBuilt, tmp_path: Path) -> Iterator[Heard]:
        """The log-in on a virtual screen, with buses that nobody else is on."""
        launcher = next((one for one in LAUNCHERS if Path(one).exists()), None)
        tools = {name: shutil.which(name) for name in ("dbus-daemon", "Xvfb")}
        assert launcher is not None, "these tests need at-spi2-core"
        assert all(tools.values()), f"these tests need {tools}"
        environ = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        for name in ("WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "XDG_SESSION_ID"):
            environ.pop(name, None)
        environ["XDG_RUNTIME_DIR"] = str(tmp_path)
        # Buses are sockets of Unix: those alone are let through until the next test begins.
        pytest_socket.enable_socket()
        pytest_socket.disable_socket(allow_unix_socket=True)
        with ExitStack() as stack:
            screen = started(
                stack, [str(tools["Xvfb"]), "-displayfd", "1", "-screen", "0", "1400x1000x24"], environ
            )
            environ["DISPLAY"] = f":{first_line(screen)}"
            bus = started(
                stack,
                [str(tools["dbus-daemon"]), "--session", "--print-address=1", "--nofork", "--nopidfile"],
                environ,
            )
            environ["DBUS_SESSION_BUS_ADDRESS"] = first_line(bus)
            started(stack, [launcher, "--launch-immediately"], environ)
            address, end = "", time.monotonic() + PATIENCE_S
            session = connected(stack, environ["DBUS_SESSION_BUS_ADDRESS"])
            while not address and time.monotonic() < end:
                told = asked(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
                address = str(told[0]) if told else ""
            assert address, "the accessibility bus did not come"
            program = started(stack, [sys.executable, "-c", PROGRAM, str(demo.folder)], environ)
            yield Heard(Reader(connected(stack, address)), program)

    def test_a_screen_reader_reads_the_log_in_and_the_roster_with_their_roles(heard: Heard) -> None:
        log_in = {
            Thing("text", "User name"),
            Thing("text", "Password"),
            Thing("push button", "Log in"),
            Thing("push button", "Forgot your password?"),
        }
        read = heard.until(log_in)
        assert log_in <= read, read
        heard.say(f"enter desk {PASSWORD['desk']}")
        roster = {Thing("text", "Search patients"), Thing("table", "Patients"), Thing("cell", "Patient")}
        read = heard.until(roster)
        assert roster <= read, read
        assert [one for one in read if one.role == "cell" and ", " in one.name], "its people are read too"

    NEWER_PAGES = {
        "go events": {Thing("push button", "Adverse event"), Thing("table", "Open adverse events")},
        "go recalls": {Thing("push button", "Open a recall …"), Thing("push button", "Look somebody up")},
        "go recall": {
            Thing("text", "Lot, serial, UDI, device, performer or days"),
            Thing("push button", "Look up"),
        },
        "go follow-up": {Thing("check box", "Show all that is planned")},
        "go protocols": {
            Thing("table", "Policies, protocols and texts"),
            Thing("push button", "Approve and put in force"),
        },
        "go devices": {
            Thing("table", "Paper sheets for a day without the program"),
            Thing("push button", "Print sheets …"),
            Thing("table", "Lots"),
        },
    }
    """By what is asked of the program, what a screen reader finds on that page."""

    def test_a_screen_reader_reads_the_newer_pages_and_the_photographs_with_their_roles(
        heard: Heard,
    ) -> None:
        heard.until({Thing("text", "Password")})
        heard.say(f"enter okafor {PASSWORD['okafor']}")
        heard.until({Thing("table", "Patients")})
        for asked, wanted in NEWER_PAGES.items():
            heard.say(asked)
            read = heard.until(wanted)
            assert wanted <= read, (asked, read)
        heard.say("open P-000001")
        heard.say("press chart.photos")
        photos = {Thing("push button", "Back to the chart"), Thing("push button", "Bring pictures…")}
        read = heard.until(photos)
        assert photos <= read, read

    def test_a_screen_reader_reads_the_sheet_that_a_patient_signs_on(heard: Heard, demo: DemoBuilt) -> None:
        heard.until({Thing("text", "Password")})
        heard.say(f"enter reyes {PASSWORD['reyes']}")
        heard.until({Thing("table", "Patients")})
        heard.say(f"consent {without_consent(demo)}")
        heard.say("press visit.consent.hand_over")
        sheet = {
            Thing("check box", "Español"),
            Thing("radio button", "For my record only."),
            Thing("radio button", "Type my full name"),
            Thing("push button", "Give the screen back without signing"),
            Thing("push button", "I agree and sign"),
        }
        read = heard.until(sheet, over=True)
        assert sheet <= read, read

    def without_consent(demo: DemoBuilt) -> str:
        """The id of a visit that only its patient's consent is missing of."""
        clinic = open_clinic(demo.folder, "reyes", PASSWORD["reyes"], clock=Noon())
        lines = list_day(clinic, None).lines
        visits = [one.visit for one in lines if one.visit is not None and one.visit.state == "draft"]
        open_lights = {
            one.visit_id: {name for name, light in one.lights.items() if light != "passed"} for one in visits
        }
        clinic.close()
        return next(visit for visit, lights in open_lights.items() if lights == {"consent"})
