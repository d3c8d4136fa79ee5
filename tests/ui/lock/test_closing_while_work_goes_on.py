"""A window that is closed while something asked for runs says what it is, and waits for it watched."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.errors import DiskFull, Stopped
from mnclinic.ui.lock import how_long, under_way
from mnclinic.ui.lock.cover import Cover
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.progress import Progress
from mnclinic.ui.setup.bring_back import BringBackPage
from mnclinic.ui.start import ClinicWindow
from tests.services.clinic_builder import StoppedClock
from tests.ui.conftest import PATIENCE_MS, OpenAs

MAKING = "Making the bundle"
FAILED = "The disk is full. Nothing was written. Make room and try again."


class Work:
    """A long job with its panel, as a bundle has. It looks every few milliseconds whether to go on."""

    def __init__(self, window: ClinicWindow, on: QWidget) -> None:
        self.window = window
        self.panel = Progress("bundle.progress", no_way_back="entered")
        self.panel.setParent(on)
        self.gate, self.hangs = Event(), False
        self.past, self.outcome = Event(), list[Any]()

    def begin(self, *, fails: bool = False, is_past: bool = False) -> None:
        watch = self.panel.watch

        def job() -> str:
            if is_past:
                watch("entered", 0, 0)
            self.past.set()
            while not self.gate.wait(0.01):
                if not self.hangs and not watch("entered" if is_past else "records", 1, 2):
                    raise Stopped("Stopped. Nothing was written.")
            if fails:
                raise DiskFull(FAILED)
            return "written"

        def ended(outcome: object) -> None:
            self.panel.end()
            self.outcome.append(outcome)

        self.panel.begin(MAKING)
        self.window._runner.submit(job, owner=self.panel, done=ended, failed=ended, is_long=True)
        assert self.past.wait(60)

    @property
    def cover(self) -> Cover:
        cover = self.window.cover
        assert cover is not None
        assert cover.isVisible()
        return cover


@pytest.fixture
def work(open_as: OpenAs) -> Iterator[Work]:
    window, workspace = open_as("desk")
    made = Work(window, workspace)
    yield made
    made.gate.set()
    made.window._runner.close()
    # A window that was closed while something hung waited for nothing: here the thread outlives no window.
    for worker in made.window._runner._workers:
        worker.shutdown()


Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    return lambda fact: qtbot.waitUntil(fact, timeout=PATIENCE_MS)


def is_closed(window: ClinicWindow) -> bool:
    return not window.isVisible() and window._runner._is_closed


def test_it_says_what_runs_and_closes_after_it(work: Work, until: Until) -> None:
    work.begin()
    assert not work.window.close()
    assert work.cover.words.text() == f"Still under way: {MAKING}. The window closes after it."
    assert work.window.watch.is_awake, "the clinic is open"
    assert not work.window.close(), "pressed once more it waits as before"
    work.gate.set()
    until(lambda: is_closed(work.window))
    assert work.outcome == ["written"]
    assert not work.window.closing.hangs


@pytest.mark.parametrize("left", [None, Left.SYSTEM_LOCKED])
def test_what_no_panel_shows_and_what_hangs_is_waited_for_watched_as_well(
    work: Work, until: Until, monkeypatch: pytest.MonkeyPatch, left: Left | None
) -> None:
    for name in ("LONGEST_LEAVING_MS", "LONGEST_ENDING_MS"):
        monkeypatch.setattr(how_long, name, 100)
    monkeypatch.setattr(under_way, "SHORT_MS", 50)
    work.window._runner.submit(
        lambda: work.gate.wait(60), owner=work.window, done=work.outcome.append, failed=work.outcome.append
    )
    assert not work.window.close()
    assert work.cover.words.text() == "Still under way: what you asked for last. The window closes after it."
    assert work.window.watch.is_awake, "the clinic is open"
    if left is None:
        work.cover.skip.click()
    else:
        work.window.watch.say_left(left)
    until(lambda: is_closed(work.window))
    assert work.window.closing.hangs, "the process ends with it"


def test_a_password_that_was_being_typed_does_not_wait_behind_the_cover(work: Work, until: Until) -> None:
    secret = QLineEdit(work.window.centralWidget())
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    secret.setText("teacup gravel orchard nine")
    work.begin()
    work.window.close()
    assert secret.text() == ""
    work.gate.set()
    until(lambda: is_closed(work.window))


def test_it_can_be_stopped_there(work: Work, until: Until) -> None:
    work.begin()
    work.window.close()
    assert work.cover.skip.text() == "Stop it and close"
    work.cover.skip.click()
    until(lambda: is_closed(work.window))
    assert [type(one) for one in work.outcome] == [Stopped]


def test_what_can_be_stopped_no_more_ends_first_and_says_so(work: Work, until: Until) -> None:
    work.begin(is_past=True)
    work.window.close()
    cover = work.cover
    cover.skip.click()
    assert cover.words.text() == "It can no longer be stopped. The window closes after it."
    assert not cover.skip.isVisible()
    work.gate.set()
    until(lambda: is_closed(work.window))
    assert work.outcome == ["written"]


def test_what_went_wrong_with_it_is_read_before_the_window_closes(work: Work, until: Until) -> None:
    work.begin(fails=True)
    work.window.close()
    work.gate.set()
    until(lambda: FAILED in work.cover.words.text())
    assert work.window.isVisible()
    assert work.cover.skip.text() == "Close"
    work.cover.skip.click()
    until(lambda: is_closed(work.window))
    acts = work.window.closing.last_acts
    assert acts is not None
    assert not acts.has_waited, "it has ended: nothing is left to wait for"


def test_whoever_reads_it_has_as_long_as_an_idle_screen_stays_open(work: Work, until: Until) -> None:
    work.begin(fails=True)
    work.window.close()
    watch = work.window.watch
    watch._looks.stop()
    watch._touched_ms -= watch._idle_ms
    work.gate.set()
    until(lambda: FAILED in work.cover.words.text())
    watch.look()
    assert work.window.isVisible(), "what was waited for is no part of that time"
    watch._touched_ms -= watch._idle_ms
    watch.look()
    until(lambda: is_closed(work.window))


@pytest.mark.parametrize("left", [Left.SYSTEM_LOCKED, Left.ASKED])
def test_whoever_leaves_meanwhile_leaves_no_clinic_open_for_long(
    work: Work, until: Until, monkeypatch: pytest.MonkeyPatch, left: Left
) -> None:
    monkeypatch.setattr(how_long, "LONGEST_LEAVING_MS", 100)
    work.begin()
    work.window.close()
    work.window.watch.say_left(left)
    until(lambda: is_closed(work.window))
    assert not work.window.closing.hangs, "it was stopped, and did"


def test_who_was_idle_meanwhile_finds_it_finished(work: Work, until: Until) -> None:
    work.begin()
    work.window.close()
    work.window.watch.say_left(Left.IDLE)
    assert work.window.isVisible()
    work.gate.set()
    until(lambda: is_closed(work.window))
    assert work.outcome == ["written"]


def test_what_hangs_after_it_was_stopped_is_not_waited_for(
    work: Work, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(how_long, "LONGEST_ENDING_MS", 100)
    work.hangs = True
    work.begin()
    work.window.close()
    work.cover.skip.click()
    until(lambda: not work.window.isVisible())
    assert work.window.closing.hangs, "the process has to end with it"


def test_where_the_computer_is_shut_down_nothing_is_waited_for(work: Work) -> None:
    work.begin()
    work.window.closing.skip_backup()
    assert work.window.close()
    assert not work.window.closing.hangs


def test_a_window_that_is_closed_stops_what_is_brought_back_and_a_log_in_that_takes_long(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "clinic.keys").touch()
    window = ClinicWindow(tmp_path, clock=StoppedClock())
    qtbot.addWidget(window)
    window.login._show_progress()
    logging_in = window.login._progress
    assert logging_in is not None
    window.login.stop()
    assert logging_in.is_stopped
    window.ways_in.bring_back(from_backup=True)
    page = window.centralWidget()
    assert isinstance(page, BringBackPage)
    page.progress.begin("Bringing the clinic back")
    window.close()
    assert page.progress.is_stopped
