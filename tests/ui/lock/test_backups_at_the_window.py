"""Backups from the window: after the log-in, at closing, and while it is locked."""

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from mnclinic.errors import StoreUnavailable
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_plan import backup_notices, change_plan
from mnclinic.services.backup_rows import views
from mnclinic.services.daily_check import last_check
from mnclinic.services.session import OpenClinic
from mnclinic.services.settings import change_setting
from mnclinic.store.backup_files import unwatched
from mnclinic.ui.backup_schedule import back_up_if_due
from mnclinic.ui.lock import how_long
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace
from tests.services.clinic_builder import PASSWORDS, SmallClinic, small_clinic
from tests.services.reading import actions_since, log_size
from tests.store.raw import with_database_key

PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    return small_clinic(tmp_path_factory.mktemp("backups") / "clinic")


@pytest.fixture
def clinic(built: SmallClinic, tmp_path: Path) -> SmallClinic:
    shutil.copytree(built.folder, tmp_path / "clinic")
    return replace(built, folder=tmp_path / "clinic", opened=[])


Open = Callable[[str], ClinicWindow]


@pytest.fixture
def open_as(clinic: SmallClinic, qtbot: QtBot) -> Open:
    def log_in(user: str) -> ClinicWindow:
        window = ClinicWindow(clinic.folder, clock=clinic.clock, backs_up=True)
        window.show()
        window.login.user.setText(user)
        window.login.password.setText(PASSWORDS[user])
        window.login.enter.click()
        qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Workspace), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        return window

    return log_in


def backups_of(clinic: SmallClinic) -> list[str]:
    folder = clinic.folder / "backups"
    return sorted(one.name for one in folder.glob("mnclinic-*")) if folder.exists() else []


def test_closing_makes_a_backup_and_then_closes(clinic: SmallClinic, open_as: Open, qtbot: QtBot) -> None:
    window = open_as("owner")
    assert not window.close(), "it waits for the backup"
    # The cover of the lock may not be let go of yet.
    shown = [one.text() for one in window.findChildren(QLabel, "cover.words") if one.isVisible()]
    assert shown == ["Making a backup before closing …"]
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert len(backups_of(clinic)) == 1
    assert not (clinic.folder / "clinic.db-wal").exists()


def test_what_was_not_checked_by_closing_is_checked_then(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    window = open_as("owner")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    checked = last_check(clinic.as_user("owner"))
    assert checked is not None
    assert checked.verdict == "OK"
    size = log_size(clinic.as_user("owner"))
    clinic.close()
    window = open_as("owner")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert "store.checked" not in actions_since(clinic.as_user("owner"), size), "once a day"


def test_what_a_check_at_closing_finds_is_read_before_the_window_closes(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE clinic SET name = 'Another'"))
    window = open_as("owner")
    window.close()
    qtbot.waitUntil(lambda: cover_says(window, "ALTERED"), timeout=PATIENCE_MS)
    assert window.isVisible()
    close = window.findChildren(QPushButton, "cover.skip")[-1]
    assert close.text() == "Close"
    close.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)


def cover_says(window: ClinicWindow, word: str) -> bool:
    return any(word in one.text() for one in window.findChildren(QLabel, "cover.words"))


def test_a_backup_at_closing_can_be_skipped_and_leaves_nothing(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    window = open_as("owner")
    window.close()
    skip = window.findChild(QPushButton, "cover.skip")
    assert skip is not None
    skip.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert [name for name in backups_of(clinic) if name.endswith(".partial")] == []


def test_a_clinic_that_wants_none_at_closing_closes_at_once(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    owner = clinic.as_user("owner")
    change_setting(owner, "backup_plan", {"folder": None, "every_h": 24, "at_close": False, "keep": {}})
    clinic.close()
    window = open_as("owner")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert backups_of(clinic) == []


def test_trouble_with_the_backup_at_closing_is_told_and_the_window_can_be_closed(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    owner = clinic.as_user("owner")
    change_setting(owner, "backup_plan", {"folder": str(stick), "every_h": 24, "at_close": True, "keep": {}})
    clinic.close()
    window = open_as("owner")
    stick.rmdir()
    window.close()
    skip = window.findChild(QPushButton, "cover.skip")
    words = window.findChild(QLabel, "cover.words")
    assert skip is not None
    assert words is not None
    qtbot.waitUntil(lambda: skip.text() == "Close without it", timeout=PATIENCE_MS)
    assert "backup" in words.text()
    skip.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)


@pytest.fixture
def gate() -> Iterator[Event]:
    """A stick that hangs until it is set."""
    made = Event()
    yield made
    made.set()


def hang(monkeypatch: pytest.MonkeyPatch, gate: Event, *, trouble: bool = False) -> Event:
    """Have the backup wait for the gate, and then be made or not; returns what is set once it is begun."""
    begun = Event()

    def waiting(opened: OpenClinic, *, watch: Callable[[str, int, int], bool]) -> object:
        begun.set()
        gate.wait(60)
        if trouble:
            raise StoreUnavailable("The backup was not made: the stick is not there.")
        return back_up(opened, watch=watch)

    monkeypatch.setattr("mnclinic.services.back_up.back_up", waiting)
    return begun


def open_clinics() -> list[OpenClinic]:
    """Those that are open or still being closed: the folder is let go of last, after the log-out."""
    gc.collect()
    every = [one for one in gc.get_objects() if type(one) is OpenClinic]
    return [one for one in every if not one.is_closed or (one.folder_use and one.folder_use.is_held)]


@pytest.mark.parametrize(
    ("what", "left"),
    [("backup", Left.IDLE), ("backup", Left.SYSTEM_LOCKED), ("check", Left.IDLE), ("check", Left.SLEEP)],
)
def test_what_is_told_at_closing_keeps_no_clinic_open_that_nobody_watches(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, what: str, left: Left
) -> None:
    gate = Event()
    gate.set()
    if what == "backup":
        hang(monkeypatch, gate, trouble=True)
    else:
        with with_database_key(clinic) as connection:
            connection.execute(text("UPDATE clinic SET name = 'Another'"))
    window = open_as("owner")
    window.close()
    words = "not there" if what == "backup" else "ALTERED"
    qtbot.waitUntil(lambda: cover_says(window, words), timeout=PATIENCE_MS)
    assert window.isVisible()
    window.watch.say_left(left)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert open_clinics() == []
    assert not window.closing.hangs


def test_a_backup_at_closing_goes_on_where_nobody_is_there_and_its_trouble_keeps_nothing_open(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, gate: Event
) -> None:
    hang(monkeypatch, gate, trouble=True)
    window = open_as("owner")
    window.close()
    window.watch.say_left(Left.IDLE)
    QApplication.processEvents()
    assert window.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert open_clinics() == []


@pytest.mark.parametrize("left", [Left.IDLE, Left.SYSTEM_LOCKED])
def test_a_stick_that_hangs_at_closing_is_not_waited_for_once_nobody_is_there(
    clinic: SmallClinic,
    open_as: Open,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    gate: Event,
    left: Left,
) -> None:
    begun = hang(monkeypatch, gate)
    monkeypatch.setattr(how_long, "LONGEST_ENDING_MS", 100)
    monkeypatch.setattr(how_long, "LONGEST_WORK_MS" if left is Left.IDLE else "LONGEST_LEAVING_MS", 300)
    window = open_as("owner")
    window.close()
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE_MS)
    window.watch.say_left(Left.IDLE)
    window.watch.say_left(left)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert not gate.is_set()
    assert window.closing.hangs, "the process ends with it, and the keys with the process"
    gate.set()
    qtbot.waitUntil(lambda: open_clinics() == [], timeout=PATIENCE_MS)


def test_whoever_skips_a_backup_to_a_stick_that_hangs_gets_the_window_closed(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, gate: Event
) -> None:
    begun = hang(monkeypatch, gate)
    monkeypatch.setattr(how_long, "LONGEST_LEAVING_MS", 300)
    window = open_as("owner")
    window.close()
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE_MS)
    skip = window.findChild(QPushButton, "cover.skip")
    assert skip is not None
    skip.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert window.closing.hangs
    gate.set()
    qtbot.waitUntil(lambda: open_clinics() == [], timeout=PATIENCE_MS)


def test_a_backup_that_is_due_is_made_after_the_log_in(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    window = open_as("owner")
    assert window.backups is not None
    assert window.backups._first.isActive()
    window.backups._look()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert len(backups_of(clinic)) == 1
    window.backups._look()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert len(backups_of(clinic)) == 1, "none is due again so soon"
    window.closing.skip_backup()
    window.close()


def lock(window: ClinicWindow, qtbot: QtBot, left: Left) -> None:
    window.locking.lock(left)
    qtbot.waitUntil(lambda: not window._runner.is_busy and window.stay is None, timeout=PATIENCE_MS)
    # The cover goes a moment later.
    qtbot.waitUntil(lambda: window.findChild(QLabel, "cover.words") is None, timeout=PATIENCE_MS)


@pytest.mark.parametrize("left", [Left.ASKED, Left.IDLE])
def test_closing_while_locked_copies_the_closed_clinic_which_the_next_log_in_proves(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot, left: Left
) -> None:
    window = open_as("owner")
    lock(window, qtbot, left)
    assert not window.close(), "it waits for the backup"
    # The cover of the lock may not be let go of yet.
    shown = [one.text() for one in window.findChildren(QLabel, "cover.words") if one.isVisible()]
    assert shown == ["Making a backup before closing …"]
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert len(backups_of(clinic)) == 1
    owner = clinic.as_user("owner")
    assert back_up_if_due(owner, unwatched) is None
    assert [(one.kind, one.verdict) for one in views(owner)] == [("closed", "OK")]


def test_closing_while_it_is_locking_waits_for_the_lock_and_copies_the_closed_clinic(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    window = open_as("owner")
    window.locking.lock(Left.ASKED)
    assert not window.close(), "the lock is not done"
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert len(backups_of(clinic)) == 1
    assert not (clinic.folder / "clinic.db-wal").exists()


def test_closing_while_locked_can_be_done_without_the_backup_and_leaves_nothing(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    window = open_as("owner")
    lock(window, qtbot, Left.ASKED)
    window.close()
    skip = window.findChild(QPushButton, "cover.skip")
    assert skip is not None
    skip.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert [name for name in backups_of(clinic) if name.endswith(".partial")] == []


def test_a_clinic_that_wants_none_at_closing_makes_none_while_locked(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    change_plan(clinic.as_user("owner"), at_close=False)
    clinic.close()
    window = open_as("owner")
    lock(window, qtbot, Left.ASKED)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert backups_of(clinic) == []


def test_nobody_who_closes_a_locked_window_waits_for_a_disk_that_is_away_and_the_next_log_in_tells(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    owner = clinic.as_user("owner")
    change_plan(owner, folder=stick)
    back_up(owner)
    clinic.close()
    window = open_as("owner")
    lock(window, qtbot, Left.ASKED)
    stick.rename(tmp_path / "drawer")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    clinic.clock.at += timedelta(minutes=5)
    owner = clinic.as_user("owner")
    told = back_up_if_due(owner, unwatched)
    assert told is not None
    assert "was closed while it was locked, and no backup could be made" in told
    assert next(one.code for one in backup_notices(owner)) == "backup_failed"
    assert back_up_if_due(owner, unwatched) is None, "it is told once"
    (tmp_path / "drawer").rename(stick)
    back_up(owner)
    assert "backup_failed" not in [one.code for one in backup_notices(owner)]


def test_a_log_in_that_nobody_used_is_closed_without_a_backup(clinic: SmallClinic, qtbot: QtBot) -> None:
    window = ClinicWindow(clinic.folder, clock=clinic.clock, backs_up=True)
    window.show()
    assert window.close()
    assert backups_of(clinic) == []


def test_an_inspector_makes_no_backups(clinic: SmallClinic, open_as: Open, qtbot: QtBot) -> None:
    window = open_as("inspector")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert backups_of(clinic) == []


def test_a_locked_clinic_is_copied_when_a_backup_is_due(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    window = open_as("owner")
    window.locking.lock()
    qtbot.waitUntil(lambda: not window._runner.is_busy and window.stay is None, timeout=PATIENCE_MS)
    clinic.clock.at += timedelta(days=2)
    assert window.backups is not None
    window.backups._look()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert len(backups_of(clinic)) == 1
    window.closing.skip_backup()
    window.close()
