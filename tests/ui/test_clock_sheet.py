"""Today asks once why the clock was set back."""

from datetime import timedelta

from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.ui.ask_sheet import AskSheet
from mnclinic.ui.desk import Desk
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.today.page import TodayPage
from tests.services.clinic_builder import SmallClinic
from tests.services.conftest import built_clinic, clinic
from tests.services.reading import actions_since, log_size

__all__ = ["built_clinic", "clinic"]

PATIENCE_MS = 60_000


def test_the_reason_is_typed_on_today_and_nobody_is_asked_again(
    clinic: SmallClinic, qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, "light")
    clinic.as_user("desk")
    clinic.clock.at -= timedelta(hours=5)
    opened = clinic.as_user("desk")
    size = log_size(opened)
    runner = TaskRunner("store")
    desk = Desk(opened, runner)
    page = TodayPage(desk)
    desk.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.show()
    page.refresh()

    def say_why() -> QPushButton | None:
        return page.findChild(QPushButton, "today.notice.clock_set_back")

    try:
        qtbot.waitUntil(lambda: say_why() is not None, timeout=PATIENCE_MS)
        ask = say_why()
        assert ask is not None
        ask.click()
        sheet = page.window().findChild(AskSheet, "clock")
        assert sheet is not None
        confirm = sheet.findChild(QPushButton, "clock.confirm")
        typed = sheet.findChild(QLineEdit)
        assert confirm is not None
        assert typed is not None
        typed.setText("It had been wrong.")
        confirm.click()
        qtbot.waitUntil(lambda: say_why() is None and not runner.is_busy, timeout=PATIENCE_MS)
        assert actions_since(opened, size)[-1] == "clock.set_back"
    finally:
        runner.close()
