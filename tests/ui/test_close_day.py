"""The day is closed from Today by whoever may, and the slip lies where they said."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.ui.desk import Desk
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.today.page import TodayPage
from tests.services.clinic_builder import SmallClinic
from tests.services.conftest import built_clinic, clinic
from tests.services.reading import actions_since, log_size

__all__ = ["built_clinic", "clinic"]

PATIENCE_MS = 60_000


def close_button(page: TodayPage) -> QPushButton:
    """The button that closes the day."""
    found = page.findChild(QPushButton, "today.close_day")
    assert found is not None
    return found


def test_the_desk_closes_the_day_and_is_told_where_the_slip_is(
    clinic: SmallClinic,
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apply_theme(qapp, "light")
    opened = clinic.as_user("desk")
    size = log_size(opened)
    runner = TaskRunner("store")
    desk = Desk(opened, runner)
    told: list[str] = []
    desk.told.connect(told.append)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(tmp_path / "slip.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    try:
        qtbot.waitUntil(lambda: not runner.is_busy, timeout=PATIENCE_MS)
        close_button(page).click()
        qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
        assert offered == ["day-close-2026-11-23.pdf"]
        assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
        assert told == ["Day closed. slip.pdf is written: print it for the binder. 0 visits are still open."]
        assert actions_since(opened, size) == ["day.closed", "checkpoint.prepared"]
    finally:
        runner.close()


def test_a_provider_is_offered_no_closing(clinic: SmallClinic, qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, "light")
    runner = TaskRunner("store")
    page = TodayPage(Desk(clinic.as_user("reyes"), runner))
    qtbot.addWidget(page)
    page.show()
    try:
        assert not close_button(page).isVisible()
    finally:
        runner.close()
