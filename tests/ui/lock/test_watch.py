"""When the program decides that nobody is there."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QKeySequenceEdit, QLineEdit
from pytestqt.qtbot import QtBot

from mnclinic.ui.lock.reasons import Left, left_words
from mnclinic.ui.lock.watch import LONGEST_SESSION_MS, LOOK_EVERY_MS, Watch

MINUTE_MS = 60_000


@dataclass
class Hands:
    """A clock with two hands that a test moves."""

    at: datetime = datetime(2026, 11, 23, 9, tzinfo=UTC)
    ms: int = 1_000_000

    def now(self) -> datetime:
        return self.at

    def monotonic_ms(self) -> int:
        return self.ms

    def run(self, ms: int) -> None:
        self.at += timedelta(milliseconds=ms)
        self.ms += ms


@dataclass
class Watched:
    """A watch over nobody yet, and what it said."""

    hands: Hands
    watch: Watch
    said: list[str]

    def wait(self, ms: int) -> None:
        """Let time pass as it does: one look after another."""
        for _ in range(ms // LOOK_EVERY_MS):
            self.hands.run(LOOK_EVERY_MS)
            if self.watch.is_awake:
                self.watch.look()


@pytest.fixture
def watched(qtbot: QtBot) -> Watched:
    hands, said = Hands(), list[str]()
    watch = Watch(hands)
    watch.left.connect(said.append)
    made = Watched(hands, watch, said)
    watch.begin()
    watch._looks.stop()  # the test looks itself, so that no real time counts
    return made


def test_five_minutes_without_use_lock_and_not_a_second_later(watched: Watched) -> None:
    watched.wait(5 * MINUTE_MS - LOOK_EVERY_MS)
    assert watched.said == []
    watched.wait(1000)
    assert watched.said == [Left.IDLE]


def test_leaving_is_said_once_a_stay(watched: Watched) -> None:
    watched.wait(30 * MINUTE_MS)
    watched.watch.say_left(Left.SYSTEM_LOCKED)
    assert watched.said == [Left.IDLE]
    assert not watched.watch.is_awake


@pytest.mark.parametrize(("wanted", "kept"), [(1, 1), (15, 15), (0, 1), (90, 15)])
def test_the_clinic_sets_one_to_fifteen_minutes_and_never_more(
    watched: Watched, wanted: int, kept: int
) -> None:
    watched.watch.set_idle_lock_min(wanted)
    watched.wait(kept * MINUTE_MS - 1000)
    assert watched.said == []
    watched.wait(1000)
    assert watched.said == [Left.IDLE]


def test_a_touch_starts_the_idle_time_anew(watched: Watched, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    watched.wait(4 * MINUTE_MS)
    cast("Any", qtbot).keyClicks(field, "a")
    watched.wait(4 * MINUTE_MS)
    assert watched.said == []
    watched.wait(1 * MINUTE_MS)
    assert watched.said == [Left.IDLE]


def test_one_log_in_lasts_twelve_hours_at_most(watched: Watched, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    for _ in range(LONGEST_SESSION_MS // (4 * MINUTE_MS)):
        cast("Any", qtbot).keyClicks(field, "a")
        watched.wait(4 * MINUTE_MS - LOOK_EVERY_MS)
        assert watched.said == []
        watched.wait(LOOK_EVERY_MS)
    assert watched.said == [Left.TOO_LONG]


@pytest.mark.parametrize("stands_still", [True, False])
def test_a_computer_that_slept_is_locked_when_it_wakes(watched: Watched, stands_still: bool) -> None:
    # Linux's monotonic clock stands still in sleep, Windows' goes on.
    watched.wait(10_000)
    watched.hands.at += timedelta(minutes=2)
    watched.hands.ms += 0 if stands_still else 2 * MINUTE_MS
    watched.watch.look()
    assert watched.said == [Left.SLEEP]


def test_a_clock_set_back_or_by_seconds_is_no_sleep(watched: Watched) -> None:
    watched.hands.at -= timedelta(hours=1)
    watched.watch.look()
    watched.hands.at += timedelta(seconds=20)
    watched.watch.look()
    assert watched.said == []


def test_ctrl_l_locks_in_a_field_of_a_modal_sheet_and_never_reaches_it(
    watched: Watched, qtbot: QtBot
) -> None:
    sheet = QDialog()
    field = QKeySequenceEdit(sheet)
    qtbot.addWidget(sheet)
    sheet.open()
    cast("Any", qtbot).keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert watched.said == [Left.ASKED]
    assert field.keySequence().isEmpty()


def test_the_letter_alone_and_other_keys_do_not_lock(watched: Watched, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    keys = cast("Any", qtbot)
    keys.keyClick(field, Qt.Key.Key_L)
    keys.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert watched.said == []


def test_nobody_is_watched_while_the_log_in_is_shown(watched: Watched) -> None:
    watched.watch.end()
    watched.watch.say_left(Left.SLEEP)
    assert watched.said == []


@pytest.mark.parametrize("left", [left for left in Left if left is not Left.READY])
def test_every_way_of_leaving_has_its_words(left: Left) -> None:
    assert left_words(left).startswith("Locked")


def test_behind_the_cover_sleep_is_still_seen_by_the_clocks_and_idling_is_not_said_again(
    watched: Watched,
) -> None:
    watched.wait(5 * MINUTE_MS)
    watched.watch.cover()
    watched.watch._looks.stop()
    watched.hands.run(LOOK_EVERY_MS)
    watched.watch.look()
    assert watched.said == [Left.IDLE]
    watched.hands.at += timedelta(minutes=10)
    watched.watch.look()
    watched.watch.look()
    assert watched.said == [Left.IDLE, Left.SLEEP]
