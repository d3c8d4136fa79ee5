"""Where nobody is logged in, whoever leaves the screen leaves no password and no code on it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mnclinic.ui.lock.fields import is_secret
from mnclinic.ui.lock.reasons import Left, forgotten_words
from mnclinic.ui.setup.bring_back import BringBackPage
from mnclinic.ui.start import ClinicWindow
from tests.services.clinic_builder import StoppedClock

PATIENCE_MS = 60_000
SECRET = "saddle winter marble cloud"
LEFT = [Left.ASKED, Left.SYSTEM_LOCKED, Left.SLEEP, Left.OTHER_USER]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> ClinicWindow:
    """The log-in of a folder that holds something of a clinic: nothing is opened here."""
    (tmp_path / "clinic.keys").touch()
    made = ClinicWindow(tmp_path, clock=StoppedClock(), user="reyes")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.watch._is_on_guard, timeout=PATIENCE_MS)
    return made


def log_in(_window: ClinicWindow) -> None:
    """The page that is shown first."""


def forgot(window: ClinicWindow) -> None:
    window.login.show_forgot()


def restore(window: ClinicWindow) -> None:
    window.ways_in.bring_back(from_backup=True)


def by_sheet(window: ClinicWindow) -> None:
    window.ways_in.bring_back(from_backup=False)


def secrets_in(window: ClinicWindow) -> list[QLineEdit]:
    page = window.centralWidget()
    assert page is not None
    return [
        one
        for one in page.findChildren(QLineEdit)
        if is_secret(one) and not one.objectName().endswith("key_file")
    ]


def banner_of(window: ClinicWindow) -> str:
    page = window.centralWidget()
    if isinstance(page, BringBackPage):
        return page.banner.accessibleName()
    login = window.login
    return (login.forgot.banner if login.is_at_forgot else login._banner).accessibleName()


@pytest.mark.parametrize("left", LEFT)
@pytest.mark.parametrize("go", [log_in, forgot, restore, by_sheet])
def test_it_is_forgotten_at_once_and_the_page_says_why(
    window: ClinicWindow, go: Callable[[ClinicWindow], None], left: Left
) -> None:
    go(window)
    for again in range(2):
        fields = secrets_in(window)
        assert fields
        for one in fields:
            one.setText("ABCDE")
        window.watch.say_left(left)
        assert [one.text() for one in fields if one.text()] == [], again
        assert banner_of(window) == forgotten_words(left)


def test_the_lock_key_is_heard_there(window: ClinicWindow, qtbot: QtBot) -> None:
    window.login.password.setText(SECRET)
    cast("Any", qtbot).keyClick(
        window.login.password, Qt.Key.Key_L, modifier=Qt.KeyboardModifier.ControlModifier
    )
    assert window.login.password.text() == ""
    assert window.login.user.text() == "reyes", "what is no secret stays"


def test_nothing_is_said_where_nothing_was_typed(window: ClinicWindow) -> None:
    window.watch.say_left(Left.SYSTEM_LOCKED)
    assert banner_of(window) == ""


def test_whoever_was_refused_leaves_nothing_either(window: ClinicWindow, qtbot: QtBot) -> None:
    window.login.password.setText(SECRET)
    window.login.enter.click()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    window.login.password.setText(SECRET)
    window.watch.say_left(Left.SLEEP)
    assert window.login.password.text() == ""


def test_it_is_forgotten_while_the_log_in_is_under_way(window: ClinicWindow, qtbot: QtBot) -> None:
    window.login.password.setText(SECRET)
    window.login.enter.click()
    window.watch.say_left(Left.SYSTEM_LOCKED)
    assert window.login.password.text() == ""
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
