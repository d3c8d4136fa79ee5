"""A demo clinic, and its window with somebody logged in."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnclinic.domain.instants import Clock
from mnclinic.services.demo.build import DemoBuilt, build_demo
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.window import Workspace

DAY = date(2026, 11, 23)
PASSWORD = {user: password for user, _, password in demo_log_ins()}
PATIENCE_MS = 60_000


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2027, 1, 15, 12, tzinfo=UTC)

    def monotonic_ms(self) -> int:
        return 1


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> DemoBuilt:
    """A small demo clinic, built once."""
    return build_demo(tmp_path_factory.mktemp("demo") / "clinic", patients=12, visits=12, seed=3, day=DAY)


@pytest.fixture(scope="module")
def demo(built_demo: DemoBuilt, tmp_path_factory: pytest.TempPathFactory) -> DemoBuilt:
    """The module's own copy of it."""
    folder = shutil.copytree(built_demo.folder, tmp_path_factory.mktemp("demo") / "clinic")
    return replace(built_demo, folder=folder)


@pytest.fixture
def looks_again(qapp: QApplication) -> Iterator[None]:
    """After the test the program looks as before. Ask for it before the window, and dress before it opens.

    To dress a window that is there takes seconds, and nobody looks at it any more once it is closed.
    """
    before = looks_keeper().looks
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    looks_keeper().wear(**asdict(before))


OpenAs = Callable[[str], tuple[ClinicWindow, Workspace]]


@pytest.fixture
def open_as(demo: DemoBuilt, qtbot: QtBot, qapp: QApplication) -> Iterator[OpenAs]:
    """Opens the window and logs somebody in."""
    apply_theme(qapp, "light")
    windows = []

    def log_in(user: str) -> tuple[ClinicWindow, Workspace]:
        clock: Clock = Noon()
        window = ClinicWindow(demo.folder, clock=clock, log_ins=demo_log_ins())
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        window.login.user.setText(user)
        window.login.password.setText(PASSWORD[user])
        cast("Any", qtbot).keyClick(window.login.password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Workspace), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        return window, cast("Workspace", window.centralWidget())

    yield log_in
    for window in windows:
        window.close()
