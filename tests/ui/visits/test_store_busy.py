"""The store is held by another process: the window lives on, says so in words, and nothing typed is lost."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any, NoReturn, cast

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from mnclinic.errors import DiskFull
from mnclinic.services.keep_visit_draft import keep_visit_draft
from mnclinic.services.show_visit import show_visit
from mnclinic.ui.forms.keeper import DraftKeeper
from mnclinic.ui.lock.timer import Timers
from mnclinic.ui.pages import page_makers
from mnclinic.ui.tasks import SLOW_MS, TaskRunner
from mnclinic.ui.visits import page as page_module
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.window import Workspace
from tests.services.clinic_builder import PASSWORDS
from tests.ui.visits.conftest import PATIENCE_MS, AtVisit

HOLD = """
import sys
from pathlib import Path
from mnclinic.services.open_clinic import open_clinic
from tests.services.clinic_builder import StoppedClock
clinic = open_clinic(Path(sys.argv[1]), "owner", sys.argv[2], clock=StoppedClock())
raw = clinic.store.engine.raw_connection()
raw.cursor().execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
raw.rollback()
print("let go", flush=True)
sys.stdin.readline()
raw.close()
clinic.close()
"""
TURNS = 20
"""Of the window's own thread, while the store is held; a window that waits for it makes none."""


@contextmanager
def held(at_visit: AtVisit) -> Iterator["subprocess.Popen[str]"]:
    """Another process has the clinic's write lock, until a line is written to it."""
    words = [sys.executable, "-c", HOLD, str(at_visit.clinic.folder), PASSWORDS["owner"]]
    with subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        try:
            yield other
        finally:
            other.communicate("\n\n")


def let_go(other: "subprocess.Popen[str]") -> None:
    assert other.stdin is not None
    assert other.stdout is not None
    other.stdin.write("\n")
    other.stdin.flush()
    assert other.stdout.readline() == "let go\n"


class Pulse(QObject):
    """Notes each turn of the window's own thread and each time that a widget is painted."""

    def __init__(self, watched: QLabel) -> None:
        super().__init__(watched)
        self.turns = self.painted = 0
        self._timer = QTimer(self, interval=20)
        self._timer.timeout.connect(self._turn)
        self._timer.start()
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        self.painted += event.type() == QEvent.Type.Paint
        return False

    def _turn(self) -> None:
        self.turns += 1


def test_a_store_held_by_another_process_stops_neither_window_nor_typing_and_nothing_is_lost(
    at_visit: AtVisit,
) -> None:
    workspace = Workspace(at_visit.desk, page_makers(), Timers(at_visit.clinic.clock.now))
    at_visit.bot.addWidget(workspace)
    workspace.resize(1280, 800)
    workspace.show()
    workspace.go("visit", at_visit.visit_id)
    page = cast("VisitPage", workspace.stack.currentWidget())
    at_visit.page = page
    at_visit.until(lambda: page._view is not None and not at_visit.desk.runner.is_busy)
    told = cast("QLabel", workspace.findChild(QLabel, "foot.told"))
    page.go("treatment")
    note = cast("QPlainTextEdit", at_visit.control("visit.note"))
    with held(at_visit) as other:
        at_visit.type_into("visit.note", "before,")
        at_visit.leave()
        pulse = Pulse(told)
        at_visit.until(lambda: "busy" in told.text())
        at_visit.until(lambda: pulse.painted > 0 and pulse.turns > TURNS)
        note.setFocus()
        cast("Any", at_visit.bot).keyClicks(note, " meanwhile")
        assert note.toPlainText() == "before, meanwhile", "typing goes on where it was"
        assert "Draft saved" not in at_visit.text("visit.saved")
        let_go(other)
        at_visit.leave()
        at_visit.until(
            lambda: not at_visit.desk.runner.is_busy and "Draft saved" in at_visit.text("visit.saved")
        )
    assert told.text() == "All changes saved"
    stored = show_visit(at_visit.opened, at_visit.visit_id).document
    assert "before, meanwhile" in stored["note"]


def test_a_job_is_called_slow_after_a_second_and_no_longer_when_it_is_done(
    qtbot: QtBot,
) -> None:
    runner, owner, gate = TaskRunner("store"), QObject(), Event()
    said: list[bool] = []
    runner.slow_changed.connect(said.append)
    runner._patience.setInterval(30)
    done: list[Any] = []
    runner.submit(lambda: gate.wait(20), owner=owner, done=done.append, failed=done.append)
    runner.submit(lambda: 2, owner=owner, done=done.append, failed=done.append)
    qtbot.waitUntil(lambda: said == [True], timeout=PATIENCE_MS)
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2, timeout=PATIENCE_MS)
    assert said == [True, False]
    assert SLOW_MS == 1000
    # What nobody asked for, and what shows itself how far it is, is not called slow.
    gate.clear()
    runner.submit(lambda: gate.wait(20), owner=owner, done=done.append, failed=done.append, is_wanted=False)
    runner.submit(lambda: gate.wait(20), owner=owner, done=done.append, failed=done.append, is_long=True)
    assert not runner._patience.isActive()
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 4, timeout=PATIENCE_MS)
    runner.close()


def test_the_foot_does_not_say_that_all_is_saved_while_something_is_not(
    at_visit: AtVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(at_visit.desk, page_makers(), Timers(at_visit.clinic.clock.now))
    at_visit.bot.addWidget(workspace)
    workspace.resize(1280, 800)
    workspace.show()
    workspace.go("visit", at_visit.visit_id)
    page = cast("VisitPage", workspace.stack.currentWidget())
    at_visit.page = page
    page.keeper._again.setInterval(10)
    at_visit.until(lambda: page._view is not None and not at_visit.desk.runner.is_busy)
    told = cast("QLabel", workspace.findChild(QLabel, "foot.told"))
    assert told.text() == "All changes saved"

    def full(*_args: object, **_words: object) -> NoReturn:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr(page_module, "keep_visit_draft", full)
    at_visit.type_into("visit.note", "kept in the window")
    at_visit.leave()
    at_visit.until(lambda: at_visit.text("visit.saved").startswith("Not saved since "))
    assert told.text() == "Not everything is saved; it is tried again"
    assert told.property("tint") == "stop"
    # Words that stand for a while give way to the same again, and so does a store that was slow.
    at_visit.desk.tell("Printed")
    assert (told.text(), told.property("tint")) == ("Printed", "muted")
    workspace._told_timer.timeout.emit()
    workspace._told_timer.stop()
    assert told.text() == "Not everything is saved; it is tried again"
    workspace._say_slow(True)
    workspace._say_slow(False)
    assert told.text() == "Not everything is saved; it is tried again"
    # Also of a visit that is no longer shown.
    page.show_page("no such visit")
    at_visit.until(lambda: bool(page.keeper._owed))
    assert told.text() == "Not everything is saved; it is tried again"
    monkeypatch.setattr(page_module, "keep_visit_draft", keep_visit_draft)
    at_visit.until(lambda: page.keeper.is_settled and not at_visit.desk.runner.is_busy)
    assert told.text() == "All changes saved"
    assert told.property("tint") == "muted"


def test_what_is_owed_of_another_visit_counts_as_unsaved_until_it_is_stored(at_visit: AtVisit) -> None:
    is_full = True

    def store(_clinic: object) -> None:
        if is_full:
            raise DiskFull("The disk is full.")

    page, desk = QObject(), at_visit.desk
    keeper = DraftKeeper(desk, lambda: store, page)
    keeper._again.setInterval(1_000_000)
    said: list[bool] = []
    desk.unsaved_changed.connect(lambda: said.append(desk.has_unsaved))
    keeper.touch()
    keeper.flush()
    at_visit.until(lambda: said == [True])
    keeper.begin()
    assert desk.has_unsaved, "another visit is shown, of which nothing is typed yet"
    is_full = False
    keeper.keep_now()
    assert desk.has_unsaved, "not before it is stored"
    at_visit.until(lambda: said == [True, False])
    assert keeper.is_settled
    is_full = True
    keeper.touch()
    keeper.flush()
    at_visit.until(lambda: said == [True, False, True])
    shiboken6.delete(keeper)
    assert not desk.has_unsaved, "who is no more holds nothing"


def test_a_save_that_fails_after_the_page_went_on_is_owed_and_tried_again(
    at_visit: AtVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_on = threading.Event()

    def slow_and_full(*_args: object, **_words: object) -> NoReturn:
        went_on.wait()
        raise DiskFull("The disk is full.")

    monkeypatch.setattr(page_module, "keep_visit_draft", slow_and_full)
    keeper = at_visit.page.keeper
    keeper._again.setInterval(10)
    at_visit.type_into("visit.note", "typed before the page went on")
    at_visit.leave()
    at_visit.until(lambda: keeper._is_under_way and not keeper.is_dirty)
    at_visit.page.show_page("no such visit")
    went_on.set()
    at_visit.until(lambda: bool(keeper._owed))
    monkeypatch.setattr(page_module, "keep_visit_draft", keep_visit_draft)
    at_visit.until(lambda: keeper.is_settled and not at_visit.desk.runner.is_busy)
    assert at_visit.stored()["note"].endswith("typed before the page went on")
