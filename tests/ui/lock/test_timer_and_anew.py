"""The treatment timer, and what a locked program hands to itself."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mnclinic.ui.lock import anew
from mnclinic.ui.lock.anew import Look, Resumed, interpreter_words, read_resumed, resuming_words
from mnclinic.ui.lock.entry import Entry
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.lock.timer import RunningTimer, Timers, TimerStrip, still_shown

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WHOLE = Resumed(
    left=Left.IDLE,
    geometry=(10, -20, 1280, 800),
    is_maximized=True,
    look=Look("dark", 1.5),
    is_demo=True,
    timers=(RunningTimer("reyes", NOON),),
    is_unsaved=True,
)


class Hand:
    """A clock hand that a test moves."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


def test_what_is_handed_over_is_read_back_whole() -> None:
    assert read_resumed(WHOLE.text()) == WHOLE


def test_nothing_but_place_look_timers_and_user_is_handed_over() -> None:
    assert set(json.loads(WHOLE.text())) == {
        "left", "geometry", "maximized", "look", "demo", "timers", "unsaved", "typed",
    }  # fmt: skip
    assert resuming_words(Path("/clinic"), "reyes", WHOLE) == [
        "--data-dir", "/clinic", "--resume", WHOLE.text(), "--user", "reyes",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"left": "idle"}', WHOLE.text().replace("idle", "never"),
     WHOLE.text().replace("+00:00", ""), WHOLE.text().replace("[10,-20,1280,800]", "[1,2]")],
)  # fmt: skip
def test_a_word_that_the_program_did_not_write_is_passed_over(text: str) -> None:
    assert read_resumed(text) is None


def test_the_same_interpreter_with_the_same_options_starts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["python3", "-P", "-m", "mnclinic", "demo", "--seed", "3"])
    monkeypatch.setattr(sys, "argv", ["/somewhere/__main__.py", "demo", "--seed", "3"])
    assert interpreter_words() == [sys.executable, "-P", "-m", "mnclinic"]
    monkeypatch.setattr(sys, "orig_argv", ["/venv/bin/python", "/venv/bin/mnclinic"])
    monkeypatch.setattr(sys, "argv", ["/venv/bin/mnclinic"])
    assert interpreter_words() == [sys.executable, "/venv/bin/mnclinic"]


def test_a_system_that_cannot_replace_a_process_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(OSError, match=r"nowhere|No such file"):
        anew.start_anew(["--version"])


def test_a_timer_never_runs_for_more_than_an_hour_whatever_was_handed_over() -> None:
    far = (RunningTimer("reyes", NOON + timedelta(days=3)),)
    assert still_shown(far, NOON) == (RunningTimer("reyes", NOON + timedelta(minutes=60)),)


def test_a_timer_that_rang_an_hour_ago_is_over() -> None:
    rang = (RunningTimer("reyes", NOON),)
    assert still_shown(rang, NOON + timedelta(minutes=59)) == rang
    assert still_shown(rang, NOON + timedelta(minutes=60)) == ()


def test_a_timer_counts_down_and_says_when_time_is_up(qtbot: QtBot) -> None:
    now = Hand()
    timers = Timers(now)
    strip = TimerStrip(timers, "reyes")
    qtbot.addWidget(strip)
    assert strip.isHidden()
    timers.set("reyes", 5)
    assert not strip.isHidden()
    line = strip._made["reyes"]
    assert line.accessibleName() == "5:00, Treatment timer of reyes"
    now.at += timedelta(minutes=4, seconds=1)
    timers.ticked.emit()
    assert line.accessibleName() == "0:59, Treatment timer of reyes"
    now.at += timedelta(minutes=2, seconds=59)
    timers.ticked.emit()
    assert line.accessibleName() == "Time is up, Treatment timer of reyes, 2:00 ago"


def test_each_person_has_one_timer_and_ends_only_that(qtbot: QtBot) -> None:
    timers = Timers(Hand())
    timers.set("reyes", 20)
    timers.set("lind", 10)
    timers.set("reyes", 90)
    assert [one.user for one in timers.running] == ["lind", "reyes"]
    assert timers.remaining_s(timers.running[1]) == 3600
    timers.end("lind")
    assert [one.user for one in timers.running] == ["reyes"]


def test_the_locked_screen_says_why_and_that_nothing_was_lost(qtbot: QtBot) -> None:
    entry = Entry(Timers(Hand()), Resumed(Left.IDLE, (0, 0, 1, 1)))
    qtbot.addWidget(entry)
    assert entry.why.text() == "Locked, because nobody used it for a while. What was typed is stored."
    assert entry.unsaved.isHidden()


def test_the_locked_screen_says_so_when_something_could_not_be_stored(qtbot: QtBot) -> None:
    entry = Entry(Timers(Hand()), WHOLE)
    qtbot.addWidget(entry)
    assert "may not be stored" in entry.unsaved.accessibleName()
    assert "is stored" not in entry.why.text()
