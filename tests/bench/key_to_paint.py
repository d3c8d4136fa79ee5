"""From a key in the search field to the painted list, among many people, beside the driver alone.

`python -m tests.bench.key_to_paint --patients 100000` builds a clinic of invented people, opens the real
window on it and types names letter by letter, in the list of patients and in the box for everything (Ctrl+K).
Each key is timed to the paint of the list that answers exactly what stands in the field then. The same is
asked of the driver in the same run.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from mnclinic.domain.names import fold
from mnclinic.ui.find_box import FindBox
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.window import Workspace
from tests.bench.find_people import BY_BEGINNING, built, p95, say
from tests.services.clinic_builder import PASSWORDS, StoppedClock

NAMES = 12
LETTERS = 5
PATIENCE_S = 120
POKE_MS = 500
FRAME_MS = 1000 / 60
Took = tuple[float, float]
"""Milliseconds on the clock, and of this process on the processor."""


class Paints(QObject):
    """Notes when a widget was painted last."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.at = self.worked = 0.0
        self._watched = watched
        watched.installEventFilter(self)

    @property
    def is_hidden(self) -> bool:
        """Whether there is nothing to paint."""
        return not self._watched.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Let Qt paint, then look at the clock."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QApplication.sendEvent(watched, event)
            watched.installEventFilter(self)
            self.at, self.worked = time.perf_counter(), time.process_time()
            return True
        return False


class Seat:
    """Somebody at the front desk, at the real window."""

    def __init__(self, folder: Path) -> None:
        self._app = cast("QApplication", QApplication.instance() or QApplication(["bench"]))
        apply_theme(self._app, "light")
        # Where nothing happens at all there is nothing to wait for either.
        self._poke = QTimer(interval=POKE_MS)
        self.window = ClinicWindow(folder, clock=StoppedClock())
        self.window.resize(1280, 800)
        self.window.show()
        self.window.login.user.setText("desk")
        self.window.login.password.setText(PASSWORDS["desk"])
        self.window.login.enter.click()
        self.until(lambda: isinstance(self.window.centralWidget(), Workspace))
        self.space = cast("Workspace", self.window.centralWidget())
        self.settle()
        self.window.activateWindow()

    def until(self, is_so: Callable[[], object]) -> None:
        """Let the window work until something is so.

        It sleeps until there is something to do, as it does under somebody's hands: looking again and again
        would take the processor and the interpreter from the thread that looks for the answer.
        """
        end = time.monotonic() + PATIENCE_S
        self._poke.start()
        while not is_so():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to it")
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._poke.stop()

    def settle(self) -> None:
        """Until nothing runs any more."""
        runner = self.window._runner  # noqa: SLF001 - the window shows its runner to nobody
        self.until(lambda: not runner.is_busy)
        self._app.processEvents()

    def typed(self, field: QLineEdit, paints: Paints, shown: "Shown", text: str) -> list[Took]:
        """Type a text; each letter's milliseconds from the key to the paint of its own answer."""
        took = []
        for letter in text:
            began, worked = time.perf_counter(), time.process_time()
            QTest.keyClicks(field, letter)
            self.until(lambda: shown.text == field.text() and (paints.at > shown.at or paints.is_hidden))
            if not paints.is_hidden:
                # A letter that nobody answers to hides the list.
                took.append(((paints.at - began) * 1000, (paints.worked - worked) * 1000))
        return took


class Shown:
    """What a page showed an answer to last, and when."""

    def __init__(self, page: "PatientsPage | FindBox") -> None:
        self.text, self.at = "", 0.0
        self._show = cast("Callable[[str, object], None]", page._show)  # noqa: SLF001 - told by nothing else
        setattr(page, "_show", self._note)  # noqa: B010 - in the place of the page's own

    def _note(self, text: str, found: object) -> None:
        self._show(text, found)
        self.text, self.at = text, time.perf_counter()


def main(words: Sequence[str]) -> int:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.key_to_paint")
    parser.add_argument("--patients", type=int, default=100_000)
    options = parser.parse_args(words)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "clinic"
        desk, rows = built(folder, options.patients)
        raw = desk.store.engine.raw_connection()
        cursor = raw.cursor()
        rng = random.Random(5)  # noqa: S311 - invented people
        names = [fold(str(rng.choice(rows)[2]))[:LETTERS] for _ in range(NAMES)]
        driver = []
        for name in names:
            for count in range(1, len(name) + 1):
                values = (name[:count], name[:count] + "\U0010ffff")
                began = time.perf_counter()
                cursor.execute(BY_BEGINNING, values).fetchall()
                driver.append((time.perf_counter() - began) * 1000)
        raw.close()
        folder = desk.folder
        desk.close()
        seat = Seat(folder)
        ways = {"the list of patients": in_the_list(seat, names), "the box, Ctrl+K": in_the_box(seat, names)}
        say(f"{'ms from key to paint':34} {'median':>7} {'p95':>7}   {NAMES} names, {LETTERS} letters each")
        say(f"{'driver alone, no window':34} {statistics.median(driver):7.2f} {p95(driver):7.2f}")
        for name, took in ways.items():
            for clock, each in zip(("clock", "processor"), zip(*took, strict=True), strict=True):
                ratio = statistics.median(each) / statistics.median(driver)
                in_time = sum(one <= FRAME_MS for one in each) / len(each)
                say(
                    f"{name + ', ' + clock:34} {statistics.median(each):7.1f} {p95(each):7.1f}   "
                    f"{ratio:.0f} x the driver; {in_time:.0%} within a frame of {FRAME_MS:.1f} ms"
                )
        seat.window.close()
    say(f"load {os.getloadavg()[0]:.1f}")
    return 0


def in_the_list(seat: Seat, names: Sequence[str]) -> list[Took]:
    """Typed into the search field over the list of patients."""
    seat.space.go("patients", None)
    seat.settle()
    page = cast("PatientsPage", seat.space.stack.currentWidget())
    shown, paints = Shown(page), Paints(page.table.viewport())
    took: list[Took] = []
    for name in names:
        took += seat.typed(page.search, paints, shown, name)
        page.search.clear()
        seat.settle()
    return took


def in_the_box(seat: Seat, names: Sequence[str]) -> list[Took]:
    """Typed into the box for everything, opened by its keys."""
    seat.space.find_anything()
    seat.until(lambda: seat.window.findChild(FindBox) is not None)
    box = cast("FindBox", seat.window.findChild(FindBox))
    seat.settle()
    shown, paints = Shown(box), Paints(box.answers.viewport())
    took: list[Took] = []
    for name in names:
        took += seat.typed(box.typed, paints, shown, name)
        box.typed.clear()
        seat.settle()
    box.close()
    return took


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
