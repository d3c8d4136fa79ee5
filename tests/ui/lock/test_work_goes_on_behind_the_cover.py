"""Nobody is there and what they asked for still runs: the screen is covered at once, and the work ends."""

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.lock import how_long
from mnclinic.ui.lock.cover import Cover
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.start import ClinicWindow
from tests.ui.conftest import PATIENCE_MS, OpenAs


@pytest.fixture
def gate() -> Iterator[Event]:
    """Holds the work up until it is set."""
    made = Event()
    yield made
    made.set()


def asked_for(window: ClinicWindow, gate: Event, done: Callable[[Any], None]) -> None:
    """A long job, such as a bundle."""
    window._runner.submit(lambda: gate.wait(60), owner=window, done=done, failed=done, is_long=True)


def test_the_cover_is_there_at_once_and_what_is_under_way_is_not_cut_off(
    open_as: OpenAs, qtbot: QtBot, gate: Event
) -> None:
    window, workspace = open_as("desk")
    done: list[Any] = []
    asked_for(window, gate, done.append)
    window.watch.say_left(Left.IDLE)
    cover = window.cover
    assert cover is not None
    assert cover.isVisible()
    assert "goes on to its end" in cover.words.text()
    assert window.locking.hurry.interval() > 60_000
    late = QDialog(window)
    late.show()
    qtbot.waitUntil(lambda: not late.isVisible(), timeout=PATIENCE_MS)
    assert window.stay is not None
    assert done == []
    del workspace
    gate.set()
    qtbot.waitUntil(lambda: window.stay is None and window.login.isVisible(), timeout=PATIENCE_MS)
    assert done == [True]


def test_whoever_comes_back_need_not_wait_for_it(open_as: OpenAs, qtbot: QtBot, gate: Event) -> None:
    window, workspace = open_as("desk")
    asked_for(window, gate, lambda _done: None)
    window.watch.say_left(Left.IDLE)
    cover = window.cover
    assert cover is not None
    assert cover.skip.text() == "Lock without waiting"
    del workspace
    QTest.keyClick(cast("Any", cover.skip), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.stay is None and window.login.isVisible(), timeout=PATIENCE_MS)
    gate.set()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_a_cover_hides_no_sheet_of_another_window_and_none_once_its_own_is_closed(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    cover = Cover(window, "Locking …")
    sheets = [QDialog(other), QDialog(window)]
    for sheet in sheets:
        sheet.show()
    qtbot.waitUntil(lambda: not sheets[1].isVisible(), timeout=PATIENCE_MS)
    assert sheets[0].isVisible()
    del workspace
    cover.hide()
    sheets[1].show()
    QApplication.processEvents()
    assert sheets[1].isVisible()


@pytest.mark.parametrize("left", [Left.SLEEP, Left.SYSTEM_LOCKED, Left.OTHER_USER])
def test_a_computer_that_is_left_behind_the_cover_gets_only_the_time_of_any_lock(
    open_as: OpenAs, qtbot: QtBot, gate: Event, monkeypatch: pytest.MonkeyPatch, left: Left
) -> None:
    monkeypatch.setattr(how_long, "LONGEST_LEAVING_MS", 300)
    window, workspace = open_as("desk")
    asked_for(window, gate, lambda _done: None)
    window.watch.say_left(Left.IDLE)
    window.watch.say_left(Left.IDLE)
    assert window.locking.hurry.interval() > 60_000
    window.watch.say_left(left)
    del workspace
    qtbot.waitUntil(lambda: window.stay is None and window.login.isVisible(), timeout=PATIENCE_MS)
    assert not gate.is_set()
    assert window.resumed is not None
    assert window.resumed.left is left
    assert not window.watch.is_awake
    gate.set()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


@pytest.mark.parametrize("is_skipped", [True, False])
def test_what_waits_behind_other_work_when_the_lock_does_not_wait_is_told_at_the_log_in(
    open_as: OpenAs, qtbot: QtBot, gate: Event, is_skipped: bool
) -> None:
    window, workspace = open_as("okafor")
    workspace.go("inspection", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    field = workspace.findChild(QLineEdit, "inspection.patient")
    assert field is not None
    window._runner.submit(lambda: gate.wait(60), owner=window, done=_nothing, failed=_nothing)
    field.setFocus()
    QTest.keyClicks(cast("Any", field), "7")
    window.watch.say_left(Left.IDLE)
    cover = window.cover
    assert cover is not None
    if is_skipped:
        QTest.keyClick(cast("Any", cover.skip), Qt.Key.Key_Space)
    else:
        gate.set()
    del workspace, field
    qtbot.waitUntil(lambda: window.stay is None and window.login.isVisible(), timeout=PATIENCE_MS)
    assert window.resumed is not None
    assert window.resumed.is_unsaved is is_skipped
    gate.set()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def _nothing(_outcome: object) -> None:
    """Nobody waits for this outcome."""


@pytest.mark.parametrize("is_typed", [True, False])
def test_where_nothing_can_be_stored_only_what_was_typed_is_told_as_lost(
    open_as: OpenAs, qtbot: QtBot, is_typed: bool
) -> None:
    # What the tests before typed comes back for whoever typed it.
    window, workspace = open_as("okafor" if is_typed else "lapsley")
    workspace.go("inspection" if is_typed else "today", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert window.stay is not None
    done: list[object] = []
    window.stay.desk.ask(
        lambda clinic: setattr(clinic, "read_only", "It is open for reading alone."),
        owner=window,
        done=done.append,
        failed=done.append,
    )
    qtbot.waitUntil(lambda: done == [None], timeout=PATIENCE_MS)
    if is_typed:
        field = workspace.findChild(QLineEdit, "inspection.patient")
        assert field is not None
        field.setFocus()
        QTest.keyClicks(cast("Any", field), "7")
    del workspace
    window.watch.say_left(Left.IDLE)
    qtbot.waitUntil(lambda: window.stay is None and window.login.isVisible(), timeout=PATIENCE_MS)
    assert window.resumed is not None
    assert window.resumed.is_unsaved is is_typed
