"""How many keys and how long the front desk's acts take in the real window, on a day of 60 lines.

`python -m tests.bench.today_keys` builds a demo clinic, plans the day, opens the window and presses keys. It
prints for each act the keys beside the goal, and the milliseconds from the last key until the window has
shown what came of it; and what the services take alone.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mnclinic.services.demo.build import build_demo
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.services.find_patients import find_patients
from mnclinic.services.list_day import list_day
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.plan_visits import NewPlanned, plan_visits
from mnclinic.services.read_day_sheet import preview_pasted
from mnclinic.services.session import OpenClinic

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

DAY = date(2026, 11, 23)
CENTRAL = timezone(timedelta(hours=-6))
LINES = 60
ROUNDS = 15
PATIENCE_S = 30.0
PASSWORDS = {user: password for user, _, password in demo_log_ins()}


class Morning:
    """The demo's morning, on which the time goes on."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        passed = timedelta(seconds=time.monotonic() - self._began)
        return datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=CENTRAL) + passed

    def monotonic_ms(self) -> int:
        return int(time.monotonic() * 1000)


def say(line: str) -> None:
    """A line of the answer."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def plan_the_day(clinic: OpenClinic) -> None:
    """Sixty people, ten minutes apart."""
    refs = [row.ref for row in find_patients(clinic, "").rows][:LINES]
    plan_visits(
        clinic,
        [
            NewPlanned(ref, DAY, f"{7 + at // 6:02d}:{at % 6 * 10:02d}", "microneedling_face", "reyes")
            for at, ref in enumerate(refs)
        ],
        as_batch=True,
    )


def median_ms(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of several runs, in milliseconds."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


class Desk:
    """The front desk at the real window."""

    def __init__(self, folder: Path, clock: Morning) -> None:
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        from mnclinic.ui.start import ClinicWindow
        from mnclinic.ui.theme import apply_theme
        from mnclinic.ui.window import Workspace

        self._app = cast("QApplication", QApplication.instance() or QApplication([]))
        apply_theme(self._app, "light")
        self.window = ClinicWindow(folder, clock=clock, log_ins=demo_log_ins())
        self.window.resize(1280, 720)
        self.window.show()
        self._test: Any = QTest
        self.keys = 0
        login = self.window.login
        login.user.setText("desk")
        login.password.setText(PASSWORDS["desk"])
        self.key("Return", login.password)
        self.until(lambda: isinstance(self.window.centralWidget(), Workspace))
        self.space = cast("Any", self.window.centralWidget())
        self.today = self.space.stack.currentWidget()
        self.settle()
        self.be_active()

    @property
    def is_busy(self) -> bool:
        """Whether the store's thread has anything to do."""
        return bool(self.window._runner.is_busy)  # noqa: SLF001 - the window shows its runner to nobody

    def key(self, name: str, on: "QWidget", *, control: bool = False) -> None:
        """One key that is counted."""
        from PySide6.QtCore import Qt

        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        self.keys += 1
        self._test.keyClick(on, getattr(Qt.Key, f"Key_{name}"), held)

    def type(self, words: str, on: "QWidget") -> None:
        """Letters, each of which is counted."""
        self.keys += len(words)
        self._test.keyClicks(on, words)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window work until something is so, and painted."""
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to it")
            self._app.processEvents()
            time.sleep(0.0005)
        self._app.processEvents()

    @property
    def focused(self) -> "QWidget":
        """What has the keyboard."""
        self.until(lambda: self._app.focusWidget() is not None)
        return cast("QWidget", self._app.focusWidget())

    def be_active(self) -> None:
        """Have the keyboard on the list: a window that is not active takes no shortcut."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.today.table.setFocus()

    def settle(self) -> None:
        """Until nothing runs any more."""
        self.until(lambda: not self.is_busy)

    def timed(self, name: str, goal: str, act: Callable[[], Callable[[], bool]], rounds: int) -> None:
        """Press an act's keys and say how many there were, and how long the answer took."""
        took, keys = [], []
        for _ in range(rounds):
            self.keys = 0
            is_so = act()
            began = time.perf_counter()
            self.until(is_so)
            took.append(1000 * (time.perf_counter() - began))
            keys.append(self.keys)
            self.settle()
        say(f"{name:<44} {max(keys):>3} keys (goal {goal}), {statistics.median(took):6.0f} ms to see it")


def measure(folder: Path) -> None:  # noqa: PLR0915 - one act after another
    """Everything, on a clinic that is built."""
    clock = Morning()
    clinic = open_clinic(folder, "desk", PASSWORDS["desk"], clock=clock)
    plan_the_day(clinic)
    name = list_day(clinic).lines[7].patient.split(",")[0]
    many = len(list_day(clinic).lines)
    say(f"list_day, {many} lines: {median_ms(lambda: list_day(clinic)):.1f} ms (goal 50)")
    typed = f"9:30 {name}, face, reyes, brings forms"
    say(f"preview of a typed line: {median_ms(lambda: preview_pasted(clinic, typed)):.1f} ms")
    sheet = "\n".join(f"{one.at_time}, {one.patient}, face" for one in list_day(clinic).lines if one.at_time)
    say(f"preview of a sheet of {LINES}: {median_ms(lambda: preview_pasted(clinic, sheet), 3):.0f} ms")
    clinic.close()
    desk = Desk(folder, clock)

    def find() -> Callable[[], bool]:
        from PySide6.QtWidgets import QLineEdit

        desk.space.go("today", None)
        desk.settle()
        desk.be_active()
        desk.key("K", desk.today.table, control=True)
        desk.until(lambda: any(box.isVisible() for box in boxes(desk)))
        box = next(box for box in boxes(desk) if box.isVisible())
        desk.type(name[:5], box.findChild(QLineEdit))
        desk.settle()
        desk.key("Return", box.findChild(QLineEdit))
        return lambda: desk.space.where[0] == "patients" and not desk.is_busy

    def arrive() -> Callable[[], bool]:
        desk.space.go("today", None)
        desk.settle()
        table = desk.today.table
        at = next(
            at
            for at in range(table.rows.rowCount())
            if table.rows.row_at(at).planned and table.rows.row_at(at).planned.state == "planned"
        )
        table.selectRow(at)
        key = table.current().key
        desk.key("Space", table)
        return lambda: any(
            one.key == key and one.planned.state == "arrived"
            for one in (table.rows.row_at(at) for at in range(table.rows.rowCount()))
            if one.planned
        )

    def start() -> Callable[[], bool]:
        desk.space.go("today", None)
        desk.settle()
        table = desk.today.table
        table.selectRow(
            next(
                at
                for at in range(table.rows.rowCount())
                if table.rows.row_at(at).planned and table.rows.row_at(at).planned.state == "arrived"
            )
        )
        desk.key("Return", table)
        return lambda: desk.space.where[0] == "visit" and not desk.is_busy

    news = iter(range(1, 100))

    def add() -> Callable[[], bool]:
        desk.space.go("today", None)
        desk.settle()
        desk.be_active()
        desk.key("2", desk.today.table, control=True)
        desk.settle()
        desk.key("N", desk.space.stack.currentWidget().search, control=True)
        desk.until(lambda: sheet_of(desk) is not None)
        number = next(news)
        for words in (
            f"Newperson{'abcdefghij'[number % 10]}",
            "Maria",
            f"4/{number}/1990",
            f"512555{number:04d}",
        ):
            desk.type(words, desk.focused)
            desk.key("Tab", desk.focused)
        desk.key("Space", desk.focused)
        desk.settle()
        desk.key("Return", desk.focused)
        page = desk.space.stack.currentWidget()
        return lambda: (
            sheet_of(desk) is None and page.rooms.currentWidget() is page.chart and not desk.is_busy
        )

    def back() -> Callable[[], bool]:
        desk.space.go("settings", None)
        desk.settle()
        desk.window.activateWindow()
        desk.until(desk.window.isActiveWindow)
        desk.space.setFocus()
        desk.key("1", desk.window.focusWidget(), control=True)
        return lambda: desk.space.where[0] == "today" and not desk.is_busy

    desk.timed("find a patient and open them", "8, 1000 ms", find, 5)
    desk.timed("add one, with name, birth, phone and contact", "5 fields, 45 s", add, 5)
    desk.timed("mark arrived", "1", arrive, 9)
    desk.timed("start a visit", "1", start, 5)
    desk.timed("come to Today", "1, 300 ms", back, 9)
    desk.window.close()


def sheet_of(desk: Desk) -> Any:  # noqa: ANN401 - the window's own
    """The sheet for a new patient, while it stands there."""
    from mnclinic.ui.patients.sheets import NewPatientSheet

    return next((one for one in desk.window.findChildren(NewPatientSheet) if one.isVisible()), None)


def boxes(desk: Desk) -> list[Any]:
    """The boxes for everything."""
    from mnclinic.ui.find_box import FindBox

    return list(desk.window.findChildren(FindBox))


def main() -> None:
    """Build, measure and say."""
    parser = argparse.ArgumentParser(description="keys and milliseconds of the front desk")
    parser.add_argument("--patients", type=int, default=300)
    parser.add_argument("--visits", type=int, default=120)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="mnclinic-keys-") as place:
        built = build_demo(
            Path(place) / "clinic", patients=options.patients, visits=options.visits, seed=7, day=DAY
        )
        measure(built.folder)


if __name__ == "__main__":
    main()
