"""How long the program takes to a painted log-in, against an empty window of Qt in the same run.

`python -m tests.bench.start [ROUNDS]` starts each in a process of its own, in turn, and prints the medians,
their ratio (goal 1.5), and how much of it is the importing of the modules alone.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from mnclinic.services.demo.build import build_demo

ROUNDS = 15
GOAL = 1.5
EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""
LOG_IN = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from mnclinic.bootstrap import SystemClock
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.start import ClinicWindow
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, app.quit)
        return False
app = QApplication(sys.argv)
looks_keeper().begin(app, None, None)
window = ClinicWindow(Path(sys.argv[1]), clock=SystemClock())
painted = Painted()
window.login.enter.installEventFilter(painted)
window.show()
app.exec()
"""
MODULES = "import mnclinic.ui.start, mnclinic.ui.looks"
QT_ALONE = "import PySide6.QtWidgets"


def taken_ms(source: str, *given: str) -> float:
    """A process from its start to its end."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", source, *given], check=True, capture_output=True)  # noqa: S603
    return (time.perf_counter() - began) * 1000


def main() -> int:
    """Print the figures; 1 when the goal is missed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory(prefix="mnclinic-start-") as kept:
        folder = Path(kept) / "clinic"
        build_demo(folder, patients=3, visits=3, seed=3, day=date(2026, 11, 23))
        times: dict[str, list[float]] = {}
        for _ in range(rounds):
            for name, source, given in (
                ("empty window of Qt", EMPTY, ()),
                ("painted log-in", LOG_IN, (str(folder),)),
                ("importing Qt alone", QT_ALONE, ()),
                ("importing the program", MODULES, ()),
            ):
                times.setdefault(name, []).append(taken_ms(source, *given))
    medians = {name: statistics.median(each) for name, each in times.items()}
    for name, median in medians.items():
        sys.stdout.write(f"{name:24} {median:7.0f} ms\n")
    ratio = medians["painted log-in"] / medians["empty window of Qt"]
    sys.stdout.write(f"{'ratio':24} {ratio:7.2f} times (goal {GOAL})\n")
    return 0 if ratio <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
