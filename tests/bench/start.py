"""How long the program takes to a painted log-in, against an empty window of Qt in the same run.

`python -m tests.bench.start [ROUNDS]` starts each in a process of its own, in turn, and prints the medians of
the time from the start of the process to the paint, their ratio (goal 1.5), what the modules and a window
without any of them take of it, and how long a log-in then takes to a Today with all its lists: at once, and
after the time that a person needs for a password.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mnclinic.services.demo.build import build_demo
from mnclinic.services.demo.people import demo_log_ins

ROUNDS = 15
GOAL = 1.5
DAY = date(2026, 11, 23)
TYPING_MS = 3_000
"""What a password of 15 letters takes somebody who types well."""

EMPTY = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        sys.stdout.write(f"{time.monotonic_ns()} {time.process_time_ns()}")
        QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""
PROGRAM = """
import gc, sys, time
gc.disable()  # as the program does itself before it reads Qt
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from mnclinic.ui.login import LoginPage
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            sys.stdout.write(f"{time.monotonic_ns()} {time.process_time_ns()}")
            QTimer.singleShot(0, QApplication.instance().quit)
        return False
make = LoginPage.__init__
def made(page, *given):
    make(page, *given)
    page.painted = Painted()
    page.enter.installEventFilter(page.painted)
LoginPage.__init__ = made
from mnclinic.bootstrap import start
start(["--data-dir", sys.argv[1]])
"""
LOG_IN = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from mnclinic.bootstrap import SystemClock
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.start import ClinicWindow
folder, user, password, typing_ms = sys.argv[1:]
app = QApplication(sys.argv)
looks_keeper().begin(app, None, None)
window = ClinicWindow(Path(folder), clock=SystemClock())
if hasattr(window, "warm_up"):
    window.once_painted(window.warm_up)
window.show()
began = 0
def enter():
    global began
    window.login.user.setText(user)
    window.login.password.setText(password)
    began = time.monotonic_ns()
    window.login.enter.click()
    look.start()
def is_there():
    if window.stay is not None and not window._runner.is_busy:
        sys.stdout.write(str((time.monotonic_ns() - began) // 1000))
        look.stop()
        window.close()
look = QTimer(interval=1)
look.timeout.connect(is_there)
QTimer.singleShot(int(typing_ms), enter)
app.exec()
"""
SAY = "\nimport sys, time; print(time.monotonic_ns(), time.process_time_ns())"
MODULES = "import mnclinic.ui.start, mnclinic.ui.looks" + SAY
QT_ALONE = "import PySide6.QtWidgets" + SAY


def said(source: str, given: Sequence[str]) -> tuple[int, ...]:
    """The numbers that a process says."""
    command = [sys.executable, "-c", source, *given]
    words = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
    return tuple(int(word) for word in words.stdout.split())


def painted_ms(source: str, *given: str) -> tuple[float, float]:
    """From the start of a process to what it painted: on the clock, and of the processor."""
    began = time.monotonic_ns()
    at, worked = said(source, given)
    return (at - began) / 1e6, worked / 1e6


def main() -> int:
    """Print the figures; 1 when the goal is missed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # An installed program has its modules compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    times: dict[str, list[float]] = {}
    worked: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="mnclinic-start-") as kept:
        # Somebody's own looks would be measured too.
        os.environ["XDG_CONFIG_HOME"] = kept
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(kept) / "compiled")
        folder = Path(kept) / "clinic"
        build_demo(folder, patients=3, visits=3, seed=3, day=DAY)
        user, _, password = demo_log_ins()[0]
        for number in range(rounds + 1):
            for name, source, given in (
                ("empty window of Qt", EMPTY, ()),
                ("painted log-in", PROGRAM, (str(folder),)),
                ("importing Qt alone", QT_ALONE, ()),
                ("importing the window", MODULES, ()),
            ):
                passed, own = painted_ms(source, *given)
                if number:
                    # The round before the first compiles the modules.
                    times.setdefault(name, []).append(passed)
                    worked.setdefault(name, []).append(own)
        for _ in range(max(1, rounds // 3)):
            for name, typing_ms in (("log-in to Today, at once", 0), ("log-in to Today, typed", TYPING_MS)):
                (took_us,) = said(LOG_IN, (str(folder), user, password, str(typing_ms)))
                times.setdefault(name, []).append(took_us / 1000)
    for name, each in times.items():
        processor = f", of the processor {statistics.median(worked[name]):4.0f}" if name in worked else ""
        sys.stdout.write(
            f"{name:28} {statistics.median(each):6.0f} ms (fastest {min(each):.0f}){processor}\n"
        )
    ratios = [
        statistics.median(of["painted log-in"]) / statistics.median(of["empty window of Qt"])
        for of in (times, worked)
    ]
    sys.stdout.write(f"painted log-in / empty window: {ratios[0]:.2f} on the clock, {ratios[1]:.2f} of the ")
    sys.stdout.write(f"processor, which other work on the computer disturbs less (goal {GOAL})\n")
    return 0 if min(ratios) <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
