"""Backups from the window: after the log-in, at closing, and while it is locked."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.services.settings import change_setting
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace
from tests.services.clinic_builder import PASSWORDS, SmallClinic, small_clinic

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
    words = window.findChild(QLabel, "cover.words")
    assert words is not None
    assert words.text() == "Making a backup before closing …"
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert len(backups_of(clinic)) == 1
    assert not (clinic.folder / "clinic.db-wal").exists()


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


def test_a_backup_that_is_due_is_made_after_the_log_in(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    window = open_as("owner")
    assert window._backups is not None
    assert window._backups._first.isActive()
    window._backups._look()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert len(backups_of(clinic)) == 1
    window._backups._look()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert len(backups_of(clinic)) == 1, "none is due again so soon"
    window.skip_backup()
    window.close()


def test_an_inspector_makes_no_backups(clinic: SmallClinic, open_as: Open, qtbot: QtBot) -> None:
    window = open_as("inspector")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert backups_of(clinic) == []


def test_a_locked_clinic_is_copied_when_a_backup_is_due(
    clinic: SmallClinic, open_as: Open, qtbot: QtBot
) -> None:
    window = open_as("owner")
    window.lock()
    qtbot.waitUntil(lambda: not window._runner.is_busy and window._stay is None, timeout=PATIENCE_MS)
    clinic.clock.at += timedelta(days=2)
    assert window._backups is not None
    window._backups._look()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert len(backups_of(clinic)) == 1
    window.close()
