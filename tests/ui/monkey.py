"""A monkey at the window of a demo clinic: keys, clicks, the wheel, sizes and texts, out of one seed.

    xvfb-run -a nice python -m tests.ui.monkey --events 30000 --seed 7 --user okafor

It never chooses a file or a printer: the system's dialogs answer as for somebody who presses Cancel, so that
nothing is printed, exported or read outside the folder that the clinic's lies in. It does not close the
window, and when the window locks, it is let in again. What it finds is an exception, a warning of Qt, widgets
and threads that are left behind, and memory that grows.

Left behind is what a program that is started anew on the same clinic does not show: what the monkey stored,
such as a draft or a recall that waits to be closed, has widgets of its own from then on.
"""

import argparse
import ctypes
import gc
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEvent, QMessageLogContext, QPoint, QPointF, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from mnclinic.security.roles import Role
from mnclinic.services.demo.build import build_demo
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.rail import FOOT, RAIL
from mnclinic.ui.settings.ways import section_ways
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.window import Workspace

DAY = date(2026, 11, 23)
MIB = 1 << 20
LONG_TEXT = "lorem ipsum " * (MIB // 12)
TEXTS = (
    "ma",
    "9:30 maria",
    "0.5",
    "%' OR 1=1 --",
    "😷 Nguyễn مريم",
    "a\x00b",
    "2027-02-31",
    "\t\n\r",
    "Ctrl",
    "9" * 40,
    "1\t2\t3\n4\t5\t6\n",
    "~nobody/x.pdf",
)
NAMED = "Tab Backtab Return Escape Space Up Down Left Right Home End PageUp PageDown Delete Backspace Menu"
LETTERS = "F1 F2 F10 Question Alt A B N O P T U W X Y Z 0 1 2 3 4 5 6 7 Equal Minus Plus K"
KEYS: tuple[Qt.Key, ...] = tuple(getattr(Qt.Key, f"Key_{name}") for name in f"{NAMED} {LETTERS}".split())
MODIFIERS = (
    *[Qt.KeyboardModifier.NoModifier] * 6,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
HOMES = ("HOME", "USERPROFILE")
HARMLESS = ("This plugin does not support", "propagateSizeHints")
ROUNDS = 2
SETTLE_TURNS = 10_000
ROOT = Path(__file__).resolve().parents[2]
KEPT_BYTES = MIB // 2
"""By the planted fault, at every showing of a page."""
TIMER_LINE = "timer_line"


class StoodClock:
    """A clock that stands still, so that nothing is late while the monkey is at it."""

    def now(self) -> datetime:
        """Noon of the demo's day."""
        return datetime(2026, 11, 23, 12, tzinfo=UTC)

    def monotonic_ms(self) -> int:
        """No time passes."""
        return 1


@dataclass
class Found:
    """What a run found, and its figures."""

    events: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    widgets: tuple[int, int] = (0, 0)
    """What there is to show, and that with whatever was left behind besides."""
    threads: tuple[int, int] = (0, 0)
    memory_mib: tuple[float, float] = (0.0, 0.0)
    """Of the process, before and after; among it is what the allocator keeps for the next time."""
    in_use_mib: tuple[float, float] = (0.0, 0.0)
    """Of it, what something holds."""
    curve_mib: list[tuple[int, float]] = field(default_factory=list)
    """After so many events, with every page shown anew: what is in use."""
    left: Counter[str] = field(default_factory=Counter)
    """Widgets that were not there before, by class and name."""
    log_ins: int = 0

    def as_json(self) -> str:
        """For the measurement."""
        return json.dumps(
            {
                "events": self.events,
                "log_ins": self.log_ins,
                "troubles": self.troubles,
                "widgets": self.widgets,
                "threads": self.threads,
                "left": dict(self.left),
                "memory_mib": self.memory_mib,
                "grown_mib": self.in_use_mib[1] - self.in_use_mib[0],
            }
        )

    def as_lines(self) -> str:
        """For whoever runs it."""
        return "\n".join(
            (
                f"events {self.events}: " + ", ".join(f"{kind} {n}" for kind, n in self.kinds.most_common()),
                f"log-ins {self.log_ins}",
                f"widgets after going round: {self.widgets[0]} to show, {self.widgets[1]} there",
                f"threads: {self.threads[0]} before, {self.threads[1]} after",
                f"memory in MiB: {self.memory_mib[0]:.0f} before, {self.memory_mib[1]:.0f} after",
                f"of it in use: {self.in_use_mib[0]:.0f} before, {self.in_use_mib[1]:.0f} after",
                *(f"  after {events:6} events {mib:5.0f}" for events, mib in self.curve_mib),
                *(f"LEFT {one}: {count} more" for one, count in self.left.most_common(40)),
                *(f"TROUBLE {one} ({n} times)" for one, n in Counter(self.troubles).most_common()),
                f"troubles: {len(self.troubles)}",
            )
        )


def resident_mib() -> float:
    """What the process has in memory now; where that is not told, the most it ever had."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


ALLOCATED = (
    *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
    *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
)
"""The fields of glibc's `struct mallinfo2`, in their order."""


class _Allocated(ctypes.Structure):
    """What glibc's allocator says of itself, in bytes."""

    _fields_ = [(name, ctypes.c_size_t) for name in ALLOCATED]


def in_use_mib() -> float:
    """What is allocated now and not given back; where no allocator tells it, what the process has in memory.

    A page that is made and let go of leaves gaps in the heap, so the process stays larger without anything
    that grows. Python's small objects are counted where PYTHONMALLOC=malloc gives them to the same allocator.
    """
    tell = getattr(ctypes.CDLL(None), "mallinfo2", None) if sys.platform == "linux" else None
    if tell is None:
        return resident_mib()
    tell.restype = _Allocated
    said = tell()
    return float(said.uordblks + said.hblkhd) / MIB


class Monkey:
    """Random events on one window."""

    def __init__(self, folder: Path, user: str, seed: int) -> None:
        """Open the window of the demo clinic in `folder` and log `user` in."""
        # Not for secrets: the same seed has to do the same again.
        self._random = random.Random(seed)  # noqa: S311
        self._user = user
        self._earlier = frozenset(QApplication.allWidgets())
        """Of other windows in this process."""
        self._password = {name: password for name, _, password in demo_log_ins()}[user]
        self.found = Found()
        self.window = ClinicWindow(folder, clock=StoodClock(), log_ins=demo_log_ins())
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()
        self._come_in()

    def _come_in(self) -> None:
        self.settle()
        for dialog in QApplication.topLevelWidgets():
            if dialog is not self.window and dialog.isVisible():
                dialog.close()
        if not isinstance(self.window.centralWidget(), Workspace):
            self.window.show_entry()
            self.window.login.user.setText(self._user)
            self.window.login.password.setText(self._password)
            self.window.login.enter.click()
            self.settle()
            self.found.log_ins += 1

    def settle(self) -> None:
        """Wait until nothing is asked of the store, no lock is under way and no event waits."""
        for _ in range(SETTLE_TURNS):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            if not self.window._runner.is_busy and self.window.cover is None:
                break
            QTest.qWait(2)
        QApplication.processEvents()

    def go_round(self) -> tuple[Counter[str], int]:
        """Log in anew, show every page in the usual look, and count the widgets by kind, and the threads."""
        looks_keeper().wear(mode="light", text_scale=1.0, language="en")
        for _ in range(ROUNDS):
            self._put_away()
            self.window.locking.lock()
            self.settle()
            self._come_in()
            self.window.resize(1280, 800)
            workspace: Any = self.window.centralWidget()
            # A chart or an editor that somebody left on a page comes back there with all its parts at every
            # log-in, as it should: counted are the pages as somebody finds them who left nothing.
            workspace._returning.clear()
            for entry in (*RAIL, *FOOT):
                workspace.go(entry.name, None)
                self.settle()
            # Each is made at its first visit, and the one that was left comes back after the log-in.
            for way in section_ways(Role(workspace._desk.person.role)):
                workspace.go("settings", way.name)
                self.settle()
            workspace.go("today", None)
            self.settle()
        gc.collect()
        # A treatment's timer that was started runs on through every log-in, with its line.
        everything = [one for one in QApplication.allWidgets() if one not in self._earlier]
        told = [one for one in everything if one.objectName() == TIMER_LINE]
        kinds = Counter(
            f"{type(one).__name__}#{one.objectName()}"
            for one in everything
            if not any(line is one or line.isAncestorOf(one) for line in told)
        )
        return kinds, threading.active_count()

    def leave(self) -> None:
        """Close the window, and wait until it has let go of the clinic."""
        self._put_away()
        self.window.close()
        self.settle()

    def _put_away(self) -> None:
        for _ in range(10):
            over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if over is None:
                break
            over.close()
            self.settle()

    def run(self, events: int) -> Found:
        """Do so many things."""
        acts: tuple[tuple[int, Callable[[QWidget], None]], ...] = (
            (42, self._press),
            (34, self._click),
            (8, self._type),
            (7, self._wheel),
            (3, self._paste),
            (2, self._resize),
            (4, self._wander),
        )
        weights, ways = zip(*acts, strict=True)
        for at in range(events):
            if not isinstance(self.window.centralWidget(), Workspace):
                self._come_in()
            target = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window
            act = self._random.choices(ways, weights)[0]
            self.found.kinds[act.__name__.strip("_")] += 1
            self.found.events += 1
            try:
                act(target)
                QApplication.processEvents()
            except RuntimeError as error:
                # A widget that an event of ours took away under our hand is no trouble of the program's.
                if "already deleted" not in str(error):
                    raise
            if at % 25 == 0:
                self.settle()
            if at % 400 == 399:
                self._put_away()
                self._come_in()
        self.settle()
        return self.found

    def _field(self, target: QWidget) -> QWidget:
        focus = QApplication.focusWidget()
        return focus if focus is not None and focus.window() is target.window() else target

    def _press(self, target: QWidget) -> None:
        key, modifier = self._random.choice(KEYS), self._random.choice(MODIFIERS)
        if modifier == Qt.KeyboardModifier.AltModifier and key == Qt.Key.Key_F4:
            return
        QTest.keyClick(self._field(target), key, modifier)

    def _click(self, target: QWidget) -> None:
        there = [one for one in target.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
        if isinstance(target, QMenu) or not there:
            there = [target]
        hit = self._random.choice(there)
        if hit.window() is not target.window():
            return
        place = QPoint(
            self._random.randrange(max(1, hit.width())), self._random.randrange(max(1, hit.height()))
        )
        button = Qt.MouseButton.RightButton if self._random.random() < 0.08 else Qt.MouseButton.LeftButton
        if self._random.random() < 0.1:
            QTest.mouseDClick(hit, button, pos=place)
        else:
            QTest.mouseClick(hit, button, pos=place)

    def _type(self, target: QWidget) -> None:
        text = self._random.choice(TEXTS)
        there = self._field(target)
        if text.isascii() and text.isprintable():
            QTest.keyClicks(there, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(there, event)

    def _paste(self, target: QWidget) -> None:
        is_long = self._random.random() < 0.1
        QGuiApplication.clipboard().setText(LONG_TEXT if is_long else self._random.choice(TEXTS))
        QTest.keyClick(self._field(target), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def _wheel(self, target: QWidget) -> None:
        there = [one for one in target.findChildren(QWidget) if one.isVisible()] or [target]
        hit = self._random.choice(there)
        middle = QPointF(hit.width() / 2, hit.height() / 2)
        turn = self._random.choice((-120, 120, 960, -960))
        event = QWheelEvent(
            middle,
            hit.mapToGlobal(middle),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(hit, event)

    def _resize(self, _target: QWidget) -> None:
        self.window.resize(self._random.randrange(1024, 1900), self._random.randrange(660, 1100))

    def _wander(self, _target: QWidget) -> None:
        workspace = self.window.centralWidget()
        if isinstance(workspace, Workspace) and QApplication.activeModalWidget() is None:
            workspace.go(self._random.choice((*RAIL, *FOOT)).name, None)


def run_monkey(folder: Path, *, user: str, seed: int, events: int, leg: int | None = None) -> Found:
    """Let a monkey at the demo clinic in `folder`, and tell what it found. The clinic is changed by it.

    Memory is looked at after each `leg` of the events, where that is given.
    """
    troubles: list[str] = []

    def hear(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not any(one in words for one in HARMLESS):
            troubles.append(f"Qt: {words}")

    def excepted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        told = "".join(traceback.format_exception(kind, error, trace)[-3:])
        troubles.append(told)

    before = qInstallMessageHandler(hear)
    hook, sys.excepthook = sys.excepthook, excepted
    asks = {name: getattr(QFileDialog, name) for name in ("getSaveFileName", "getOpenFileName")}
    asked_files = QFileDialog.getOpenFileNames
    QFileDialog.getOpenFileNames = staticmethod(lambda *_said, **_more: ([], ""))  # type: ignore[method-assign]
    asked_folder = QFileDialog.getExistingDirectory
    asked_printer = QPrintDialog.exec
    QPrintDialog.exec = lambda _dialog: QPrintDialog.DialogCode.Rejected.value  # type: ignore[method-assign]
    for name in asks:
        setattr(QFileDialog, name, staticmethod(lambda *_said, **_more: ("", "")))
    QFileDialog.getExistingDirectory = staticmethod(lambda *_said, **_more: "")  # type: ignore[method-assign]
    kept = {name: os.environ.get(name) for name in HOMES}
    # A file that it names by typing lies at home, which is a place of its own.
    os.environ.update(dict.fromkeys(HOMES, str(folder.parent)))
    monkey = Monkey(folder, user, seed)
    try:
        widgets, threads = monkey.go_round()
        memory, in_use = resident_mib(), in_use_mib()
        found = monkey.found
        for done in range(0, events, leg or events):
            monkey.run(min(leg or events, events - done))
            widgets_after, threads_after = monkey.go_round()
            if widgets_after - widgets:
                # A lock that was hurried brings back an older place, with its section of the settings: once.
                # What was left behind stays through every round.
                widgets_after, threads_after = monkey.go_round()
            found.curve_mib.append((found.events, in_use_mib()))
        found.memory_mib, found.in_use_mib = (memory, resident_mib()), (in_use, in_use_mib())
        found.threads = (threads, threads_after)
    finally:
        monkey.leave()
        for name, was in kept.items():
            if was is None:
                del os.environ[name]
            else:
                os.environ[name] = was
        sys.excepthook = hook
        qInstallMessageHandler(before)
        for name, ask in asks.items():
            setattr(QFileDialog, name, ask)
        QFileDialog.getOpenFileNames = asked_files  # type: ignore[method-assign]
        QFileDialog.getExistingDirectory = asked_folder  # type: ignore[method-assign]
        QPrintDialog.exec = asked_printer  # type: ignore[method-assign]
    if widgets_after - widgets:
        widgets = _widgets_of_new_process(folder, user)
    found.left = widgets_after - widgets
    found.widgets = (widgets.total(), widgets.total() + found.left.total())
    found.troubles = troubles
    return found


def _widgets_of_new_process(folder: Path, user: str) -> Counter[str]:
    """The widgets, by kind, of a program that is started on the clinic in `folder` and shows every page."""
    words = [sys.executable, "-m", "tests.ui.monkey", "--count", str(folder), "--user", user]
    counted = subprocess.run(  # noqa: S603 - this program, fixed arguments
        words, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return Counter(json.loads(counted.stdout))


def _count(folder: Path, user: str) -> str:
    """The widgets of this process, by kind, as JSON."""
    monkey = Monkey(folder, user, seed=0)
    try:
        return json.dumps(monkey.go_round()[0])
    finally:
        monkey.leave()


def _keep_pages() -> None:
    """Plant: a window that never lets go of the pages it showed."""
    kept: list[QWidget] = []
    host = ClinicWindow.host

    def keep(window: ClinicWindow, page: QWidget) -> None:
        before = window.takeCentralWidget()
        kept.extend([before] if before is not None else [])
        host(window, page)

    ClinicWindow.host = keep  # type: ignore[method-assign, assignment] # a planted fault


def _break_a_key() -> None:
    """Plant: an act of a key that raises."""

    def broken(_workspace: Workspace) -> None:
        raise LookupError

    Workspace.find_anything = broken  # type: ignore[method-assign, assignment] # a planted fault


def _keep_texts() -> None:
    """Plant: every page that is shown leaves something in memory, without a widget."""
    kept: list[bytes] = []
    show = Workspace._show

    def keep(workspace: Workspace, name: str, what: object) -> None:
        kept.append(bytes(KEPT_BYTES))
        show(workspace, name, what)

    Workspace._show = keep  # type: ignore[method-assign, assignment] # a planted fault


PLANTS: dict[str, Callable[[], None]] = {
    "kept-pages": _keep_pages,
    "kept-texts": _keep_texts,
    "broken-key": _break_a_key,
}


def main() -> int:
    """Run it from the command line; 1 when it found trouble."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("--events", type=int, default=30_000)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--user", default="okafor")
    ask.add_argument("--leg", type=int, default=2_500, help="look at the memory after so many events")
    ask.add_argument("--json", action="store_true", help="the figures as one JSON document")
    ask.add_argument("--count", type=Path, help="only count the widgets of this clinic's pages")
    ask.add_argument("--plant", choices=sorted(PLANTS), help="a fault that has to be found")
    given = ask.parse_args()
    if given.plant:
        PLANTS[given.plant]()
    app = QApplication(["monkey"])
    apply_theme(app, "light")
    if given.count:
        sys.stdout.write(_count(given.count, given.user))
        return 0
    with tempfile.TemporaryDirectory(prefix="mnclinic-monkey-") as kept:
        folder = Path(kept) / "clinic"
        build_demo(folder, patients=40, visits=60, seed=3, day=DAY)
        found = run_monkey(folder, user=given.user, seed=given.seed, events=given.events, leg=given.leg)
    sys.stdout.write((found.as_json() if given.json else found.as_lines()) + "\n")
    return 1 if found.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
