"""Reference cycles with widgets in them are taken apart on the UI thread alone."""

import gc
import threading
import weakref
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.collector import LOOK_EVERY_MS
from mnclinic.ui.tasks import TaskRunner

PATIENCE_MS = 60_000


class Told:
    """Says on which thread it went, and makes a cycle with a widget."""

    def __init__(self, went: list[str]) -> None:
        self.widget = QWidget()
        self.itself = self
        weakref.finalize(self, lambda: went.append(threading.current_thread().name))


def much_garbage() -> int:
    """Enough cycles to make Python collect several times on the thread that makes them."""
    for _ in range(50_000):
        cycle: list[Any] = []
        cycle.append(cycle)
    return len(gc.get_objects(0))


def test_a_widget_in_a_cycle_is_never_destroyed_by_a_worker(qtbot: QtBot) -> None:
    runner = TaskRunner("store")
    went: list[str] = []
    done: list[int] = []
    Told(went)
    runner.submit(much_garbage, owner=runner, done=done.append, failed=lambda _error: None)
    qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE_MS)
    assert went == [], "the worker collected nothing"
    qtbot.waitUntil(lambda: bool(went), timeout=PATIENCE_MS + LOOK_EVERY_MS)
    assert went == [threading.main_thread().name]
    runner.close()


@pytest.mark.usefixtures("qtbot")
def test_the_collector_is_given_back_when_the_last_runner_has_ended() -> None:
    was_on = gc.isenabled()
    first, second = TaskRunner("one"), TaskRunner("two")
    first.close()
    assert not gc.isenabled()
    second.close()
    second.close()
    assert gc.isenabled() is was_on
