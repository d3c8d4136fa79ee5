"""What was typed where nobody is logged in does not stand there for whoever comes by."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui import left_fields
from mnclinic.ui.forgot import ForgotCard
from mnclinic.ui.lock.fields import is_secret
from mnclinic.ui.login import LoginPage
from mnclinic.ui.setup.bring_back import BringBackPage
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.tasks import TaskRunner
from tests.services.clinic_builder import StoppedClock


@pytest.fixture(params=["log-in", "forgot", "backup", "sheet"])
def page(request: pytest.FixtureRequest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QWidget]:
    monkeypatch.setattr(left_fields, "FORGOTTEN_AFTER_MS", 50)
    runner = TaskRunner("store")
    made: QWidget
    if request.param == "log-in":
        made = LoginPage(Path("/clinic"), (), "reyes")
    elif request.param == "forgot":
        made = ForgotCard()
    else:
        is_backup = request.param == "backup"
        made = BringBackPage(Path("/clinic"), runner, clock=StoppedClock(), from_backup=is_backup)
    qtbot.addWidget(made)
    yield made
    runner.close()


def secrets_in(page: QWidget) -> list[QLineEdit]:
    """Where passwords and codes are typed; a key file's place is none of them."""
    return [
        one
        for one in page.findChildren(QLineEdit)
        if is_secret(one) and not one.objectName().endswith("key_file")
    ]


def test_a_password_or_code_is_forgotten_when_nobody_goes_on(page: QWidget, qtbot: QtBot) -> None:
    fields = secrets_in(page)
    assert fields
    for one in fields:
        one.setText("ABCDE")
    qtbot.waitUntil(lambda: not any(one.text() for one in fields), timeout=10_000)


def test_what_was_forgotten_does_not_come_back_by_undo(page: QWidget, qtbot: QtBot) -> None:
    fields = secrets_in(page)
    for one in fields:
        one.insert("ABCDE")
    qtbot.waitUntil(lambda: not any(one.text() for one in fields), timeout=10_000)
    assert what_undo_brings_back(fields) == []


def what_undo_brings_back(fields: list[QLineEdit]) -> list[str]:
    """What stands in the fields once somebody pressed Show and then Ctrl+Z in each."""
    for one in fields:
        one.setEchoMode(QLineEdit.EchoMode.Normal)
        one.undo()
    return [one.text() for one in fields if one.text()]


def test_a_password_that_signs_nothing_does_not_come_back_by_undo(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sheet = SignSheet(window, title="Sign", who="T. Reyes", what=(), statement="I did it.", action="Sign")
    field = secrets_in(sheet)[0]
    field.insert("ABCDE")
    sheet.show_problem("This is not your password.")
    assert what_undo_brings_back([field]) == []
