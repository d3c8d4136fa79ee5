"""A recall drill from the start of the program to the printed call list, by the keyboard alone.

`python -m tests.bench.recall_drill [--lot LOT]` builds a demo clinic, starts the window in a process of its
own and does what somebody at the front desk does in a drill: log in, Ctrl+K, "recalls", open one of the lot
as a drill, print its call list. It prints how many keys that takes and when each step was there, counted from
the start of the process, without the time that a person needs to think or to type.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mnclinic.services.demo.build import build_demo
from mnclinic.services.demo.people import demo_log_ins
from tests.bench.find_people import say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

DAY = date(2026, 11, 23)
LOT = "DEMO-C1"
PATIENCE_S = 120
MOST_TABS = 60
STEPS = (
    "log-in painted",
    "Today with its lists",
    "sheet of the drill",
    "list of people",
    "call list printed",
)


class Hands:
    """Somebody at the keyboard of a window in this process. Every key is counted."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from mnclinic.bootstrap import SystemClock
        from mnclinic.ui.looks import looks_keeper
        from mnclinic.ui.start import ClinicWindow

        self._app = QApplication(["drill"])
        looks_keeper().begin(self._app, None, None)
        self.window = ClinicWindow(folder, clock=SystemClock())
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()
        self.keys = 0

    def until(self, is_so: Callable[[], object]) -> None:
        """Let the window work until something is so."""
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            if time.monotonic() > end:
                raise TimeoutError(f"the window did not come to it; the keyboard is in {self.at!r}")
            self._app.processEvents()
            if self._app.activeWindow() is None:
                # As a window manager does once what lay over it has closed.
                self.window.activateWindow()
            time.sleep(0.002)

    def settle(self) -> None:
        """Until nothing runs any more."""
        runner = self.window._runner  # noqa: SLF001 - the window shows its runner to nobody
        self.until(lambda: not runner.is_busy)

    @property
    def _holder(self) -> "QWidget":
        # Where nothing has the keyboard, the window itself gets the key.
        return self._app.focusWidget() or self.window

    @property
    def at(self) -> str:
        """The name of what has the keyboard."""
        holder = self._app.focusWidget()
        return holder.objectName() if holder is not None else ""

    def type(self, text: str) -> None:
        """Letter by letter into what has the keyboard."""
        from PySide6.QtTest import QTest

        for letter in text:
            cast("Any", QTest).keyClick(self._holder, letter)
        self.keys += len(text)

    def press(self, name: str, *modifiers: str) -> None:
        """A key by Qt's name of it."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= getattr(Qt.KeyboardModifier, f"{one}Modifier")
        cast("Any", QTest).keyClick(self._holder, getattr(Qt.Key, f"Key_{name}"), held)
        self.keys += 1
        self._app.processEvents()

    def tab_to(self, name: str) -> None:
        """Tab until something of this name has the keyboard."""
        for _ in range(MOST_TABS):
            if self.at == name:
                return
            self.press("Tab")
        raise TimeoutError(f"Tab does not lead to {name}")


def told(hands: Hands) -> None:
    """Print the moment and the keys so far."""
    sys.stdout.write(f"{time.monotonic_ns()} {hands.keys}\n")
    sys.stdout.flush()


def drill(folder: Path, lot: str) -> None:
    """The whole way in this process; tells each step, then how many people it is and how large the PDF."""
    hands = Hands(folder)
    hands.until(lambda: hands.window.login.isVisible() and hands.at)
    told(hands)
    log_in(hands)
    told(hands)
    open_sheet(hands)
    told(hands)
    people = open_drill(hands, lot)
    told(hands)
    size = print_list(hands)
    told(hands)
    sys.stdout.write(f"{people} {size}\n")
    hands.window.close()


def log_in(hands: Hands) -> None:
    """Name, password, Enter; until Today has all its lists."""
    from mnclinic.ui.window import Workspace

    user, _, password = next(one for one in demo_log_ins() if one[0] == "desk")
    hands.tab_to("login.user")
    hands.type(user)
    hands.tab_to("login.password")
    hands.type(password)
    hands.press("Return")
    hands.until(lambda: isinstance(hands.window.centralWidget(), Workspace))
    hands.settle()
    hands.until(lambda: hands.at.startswith("today."))


def open_sheet(hands: Hands) -> None:
    """By the box for everything to the page, and its first button."""
    hands.press("K", "Control")
    hands.until(lambda: hands.at == "find_box.typed")
    hands.type("recalls")
    hands.settle()
    hands.press("Return")
    hands.until(lambda: hands.at.startswith("recalls."))
    hands.settle()
    hands.tab_to("recalls.open")
    hands.press("Space")
    hands.until(lambda: hands.at.startswith("open_recall."))


def open_drill(hands: Hands, lot: str) -> int:
    """The lot, why, a tick; how many people are on the list then."""
    hands.tab_to("open_recall.named")
    hands.type(lot)
    hands.tab_to("open_recall.reason")
    hands.type("Drill")
    hands.tab_to("open_recall.drill")
    hands.press("Space")
    hands.tab_to("open_recall.confirm")
    hands.press("Space")
    page: Any = cast("Any", hands.window.centralWidget()).stack.currentWidget()
    hands.until(lambda: page._shown is not None)  # noqa: SLF001 - told by nothing else
    hands.settle()
    return len(page._shown.people)  # noqa: SLF001


def print_list(hands: Hands) -> int:
    """The call list, which is proposed, to the place that is proposed; how large the PDF is."""
    hands.tab_to("recalls.print")
    hands.press("Space")
    hands.until(lambda: hands.at.startswith("print_recall."))
    hands.tab_to("print_recall.confirm")
    hands.press("Space")
    home = Path.home()
    hands.until(lambda: any(home.glob("recall-*.pdf")))
    hands.settle()
    return next(home.glob("recall-*.pdf")).stat().st_size


def main(words: Sequence[str]) -> int:
    """Build, drill, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.recall_drill")
    parser.add_argument("--lot", default=LOT)
    parser.add_argument("--patients", type=int, default=200)
    parser.add_argument("--visits", type=int, default=400)
    parser.add_argument(
        "--window", type=Path, default=None, help="the clinic, for the process with the window"
    )
    options = parser.parse_args(words)
    if options.window is not None:
        drill(options.window, options.lot)
        return 0
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="mnclinic-drill-") as kept:
        folder = Path(kept) / "clinic"
        build_demo(folder, patients=options.patients, visits=options.visits, seed=3, day=DAY)
        home = Path(kept) / "home"
        home.mkdir()
        around = {**os.environ, "HOME": str(home), "USERPROFILE": str(home), "XDG_CONFIG_HOME": kept}
        command = [
            sys.executable,
            "-m",
            "tests.bench.recall_drill",
            "--lot",
            options.lot,
            "--window",
            str(folder),
        ]
        began = time.monotonic_ns()
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=around)  # noqa: S603 - our own
        *steps, found = [line.split() for line in said.stdout.decode().splitlines()]
    for name, (at, keys) in zip(STEPS, steps, strict=True):
        say(f"{name:24} {(int(at) - began) / 1e9:6.2f} s, {int(keys):3} keys so far")
    say(f"{found[0]} people on the list; a PDF of {int(found[1]):,} bytes; load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
