"""Whatever is pressed, clicked, typed or pasted, the window stays whole."""

import sys
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from mnclinic.services.demo.build import DemoBuilt
from mnclinic.services.open_recall import NewRecall, open_recall
from mnclinic.services.recall_rows import RecallRow
from mnclinic.ui.lock.locking import Locking
from mnclinic.ui.theme import apply_theme
from tests.ui.monkey import MIB, Monkey, in_use_mib, run_monkey

EVENTS = 700
DRILL_OF_NOBODY = NewRecall("cartridge", "NEVER-HERE", "A drill.", is_drill=True, was_never_here=True)
MOST_GROWN_MIB = 60
HELD_MIB = 8


def test_random_events_raise_nothing_and_leave_no_page_sheet_or_thread_behind(
    demo: DemoBuilt, qapp: QApplication
) -> None:
    apply_theme(qapp, "light")
    found = run_monkey(demo.folder, user="okafor", seed=11, events=EVENTS)
    assert found.troubles == []
    assert found.widgets[1] <= found.widgets[0], found.left
    assert found.threads[1] <= found.threads[0]
    assert found.in_use_mib[1] - found.in_use_mib[0] < MOST_GROWN_MIB


def test_a_widget_that_each_lock_leaves_behind_is_told_and_a_line_for_what_was_stored_is_not(
    demo: DemoBuilt, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_theme(qapp, "light")
    kept: list[QLabel] = []
    lock = Locking.lock

    def leave_behind(locking: Locking) -> None:
        label = QLabel()
        label.setObjectName("left")
        kept.append(label)
        lock(locking)

    def open_a_drill(monkey: Monkey, _events: int) -> None:
        workspace: Any = monkey.window.centralWidget()
        workspace._desk.act(
            lambda clinic: open_recall(clinic, DRILL_OF_NOBODY),
            owner=workspace,
            done=told.append,
            failed=told.append,
        )
        monkey.settle()

    told: list[object] = []
    monkeypatch.setattr(Locking, "lock", leave_behind)
    monkeypatch.setattr(Monkey, "run", open_a_drill)
    found = run_monkey(demo.folder, user="okafor", seed=2, events=1)
    assert isinstance(told[0], RecallRow)
    assert set(found.left) == {"QLabel#left"}


@pytest.mark.skipif(sys.platform != "linux", reason="the allocator of Linux tells what is in use")
def test_what_is_held_counts_as_memory_in_use_and_what_was_given_back_does_not() -> None:
    before = in_use_mib()
    held = bytes(HELD_MIB * MIB)
    assert in_use_mib() - before >= HELD_MIB
    del held
    assert in_use_mib() - before < HELD_MIB
