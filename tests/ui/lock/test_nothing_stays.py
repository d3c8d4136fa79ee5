"""A lock in the same process: of the stay before it nothing is left that holds a key or a patient."""

import gc
from collections.abc import Iterator
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk
from mnclinic.ui.lock.kept_strip import KeptStrip
from mnclinic.ui.lock.reopening import Reopening
from mnclinic.ui.lock.sheets import SheetKeeper, SheetText
from mnclinic.ui.lock.stay import Stay
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.rail import FOOT, RAIL
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace
from tests.ui.conftest import PASSWORD, PATIENCE_MS, OpenAs

KINDS = (OpenClinic, Desk, Stay, Workspace, SheetKeeper, SheetText, Reopening, KeptStrip)
NOTES = "new_patient.notes"
TYPED = "Half a sentence"


def alive() -> Iterator[Any]:
    gc.collect()
    return (one for one in gc.get_objects() if type(one) in KINDS or isinstance(one, QDialog))


@pytest.mark.parametrize("user", ["reyes", "owner"])
def test_a_lock_lets_go_of_the_clinic_the_desk_and_every_page(
    open_as: OpenAs, qtbot: QtBot, qapp: QApplication, user: str
) -> None:
    before = {id(one) for one in alive()}
    window, workspace = open_as(user)
    for entry in (*RAIL, *FOOT):
        workspace.go(entry.name, None)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    del workspace
    window.locking.lock()
    qtbot.waitUntil(lambda: window.stay is None and not window._runner.is_busy, timeout=PATIENCE_MS)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: not [one for one in alive() if id(one) not in before], timeout=PATIENCE_MS)


def sheet_of(window: ClinicWindow) -> QDialog | None:
    found = [one for one in window.findChildren(QDialog) if one.isVisible()]
    return found[-1] if found else None


def notes_of(window: ClinicWindow) -> QPlainTextEdit:
    sheet = sheet_of(window)
    field = sheet.findChild(QPlainTextEdit, NOTES) if sheet is not None else None
    assert field is not None
    return field


def lock(window: ClinicWindow, qtbot: QtBot) -> None:
    window.locking.lock()
    qtbot.waitUntil(lambda: window.stay is None and not window._runner.is_busy, timeout=PATIENCE_MS)


def log_in(window: ClinicWindow, qtbot: QtBot) -> None:
    window.login.user.setText("lind")
    window.login.password.setText(PASSWORD["lind"])
    QTest.keyClick(window.login.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Workspace), timeout=PATIENCE_MS)


@pytest.mark.parametrize("turns", [None, 1, 2, 3, 5], ids=lambda turns: f"after {turns or 'no'} turns")
def test_a_second_lock_before_the_sheet_is_back_leaves_nothing_either_and_keeps_its_text(
    open_as: OpenAs, qtbot: QtBot, qapp: QApplication, turns: int | None
) -> None:
    before = {id(one) for one in alive()}
    window, workspace = open_as("lind")
    workspace.go("patients", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    cast("PatientsPage", workspace._current)._add()
    qtbot.waitUntil(lambda: sheet_of(window) is not None, timeout=PATIENCE_MS)
    QTest.keyClicks(notes_of(window), TYPED)
    del workspace
    lock(window, qtbot)
    log_in(window, qtbot)
    if turns is not None:
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        for _ in range(turns):
            qapp.processEvents()
    lock(window, qtbot)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: not [one for one in alive() if id(one) not in before], timeout=PATIENCE_MS)
    log_in(window, qtbot)
    qtbot.waitUntil(lambda: sheet_of(window) is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: notes_of(window).toPlainText() == TYPED, timeout=PATIENCE_MS)
    shown = sheet_of(window)
    assert shown is not None
    shown.reject()
