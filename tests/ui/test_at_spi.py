"""A screen reader of Linux reads the real program: names and roles come over the accessibility bus.

The program runs on a virtual screen with buses of its own; what is read is asked of the bus by `dbus-send`,
as any screen reader would ask. Elsewhere Qt speaks to the system itself, and this cannot be tried.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from mnclinic.services.demo.build import DemoBuilt
from tests.ui.conftest import PASSWORD

PATIENCE_S = 120
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
FIRST_CELLS = 12
ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QSocketNotifier, QTimer
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
    user, password = line.strip().split(" ", 1)
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
    line = sys.stdin.readline()
    if not line:
        app.quit()
    else:
        obey(line)
notifier.activated.connect(read)
app.exec()
"""


@dataclass(frozen=True)
class Thing:
    """Something on the screen, as the bus tells of it."""

    role: str
    name: str


class Reader:
    """Reads what a program shows, over the accessibility bus."""

    def __init__(self, address: str) -> None:
        self._address = address

    def _ask(self, to: str, path: str, method: str, *words: str) -> str:
        asked = subprocess.run(  # noqa: S603 - a fixed program
            [
                str(shutil.which("dbus-send")),
                f"--bus={self._address}",
                "--print-reply",
                "--reply-timeout=20000",
                f"--dest={to}",
                path,
                method,
                *words,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        return asked.stdout

    def _property(self, to: str, path: str, name: str) -> str:
        told = self._ask(
            to, path, "org.freedesktop.DBus.Properties.Get", f"string:{ACCESSIBLE}", f"string:{name}"
        )
        found = re.search(r'variant\s+string "(.*)"', told, re.DOTALL)
        return found[1] if found else ""

    def children(self, to: str, path: str) -> list[tuple[str, str]]:
        told = self._ask(to, path, f"{ACCESSIBLE}.GetChildren")
        return re.findall(r'struct \{\s+string "([^"]+)"\s+object path "([^"]+)"', told)

    def programs(self) -> list[tuple[str, str]]:
        return self.children("org.a11y.atspi.Registry", ROOT)

    def things(self, to: str, path: str) -> Iterator[Thing]:
        """What stands there and below, in the order of reading."""
        told = self._ask(to, path, f"{ACCESSIBLE}.GetRoleName")
        role = re.search(r'string "([^"]*)"', told)
        yield Thing(role[1] if role else "", self._property(to, path, "Name"))
        children = self.children(to, path)
        if role and role[1] == "table":
            # Titles and the first lines; nobody reads a whole roster.
            for child in children[:FIRST_CELLS]:
                yield Thing("cell", self._property(*child, "Name"))
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

        def until(self, wanted: set[Thing]) -> set[Thing]:
            """Read the screen until these things were come to; what was read last."""
            end, read = time.monotonic() + PATIENCE_S, set[Thing]()
            while not wanted <= read and time.monotonic() < end:
                read = set()
                for program in self.reader.programs():
                    for one in self.reader.things(*program):
                        read.add(one)
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

    def first_line(process: "subprocess.Popen[str]") -> str:
        assert process.stdout is not None
        return process.stdout.readline().strip()

    @pytest.fixture
    def heard(demo: DemoBuilt, tmp_path: Path) -> Iterator[Heard]:
        """The log-in on a virtual screen, with buses that nobody else is on."""
        launcher = next((one for one in LAUNCHERS if Path(one).exists()), None)
        tools = {name: shutil.which(name) for name in ("dbus-daemon", "dbus-send", "Xvfb")}
        assert launcher is not None, "these tests need at-spi2-core"
        assert all(tools.values()), f"these tests need {tools}"
        environ = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        for name in ("WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "XDG_SESSION_ID"):
            environ.pop(name, None)
        environ["XDG_RUNTIME_DIR"] = str(tmp_path)
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
            session = Reader(environ["DBUS_SESSION_BUS_ADDRESS"])
            while not address and time.monotonic() < end:
                told = session._ask("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
                found = re.search(r'string "([^"]+)"', told)
                address = found[1] if found else ""
            assert address, "the accessibility bus did not come"
            program = started(stack, [sys.executable, "-c", PROGRAM, str(demo.folder)], environ)
            yield Heard(Reader(address), program)

    def test_a_screen_reader_reads_the_log_in_and_the_roster_with_their_roles(heard: Heard) -> None:
        log_in = {
            Thing("text", "User name"),
            Thing("text", "Password"),
            Thing("push button", "Log in"),
            Thing("push button", "Forgot your password?"),
        }
        read = heard.until(log_in)
        assert log_in <= read, read
        heard.say(f"desk {PASSWORD['desk']}")
        roster = {Thing("text", "Search patients"), Thing("table", "Patients"), Thing("cell", "Patient")}
        read = heard.until(roster)
        assert roster <= read, read
        assert [one for one in read if one.role == "cell" and ", " in one.name], "its people are read too"
