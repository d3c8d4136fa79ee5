"""A sheet that was closed, or that a lock lies over, holds no password and no code any more."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.services.consent_of_visit import ConsentText
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.handover.sheet import HandoverSheet
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.sign_sheet import SignSheet
from tests.ui.conftest import PATIENCE_MS, OpenAs

TYPED = "saddle winter marble"


def asking(window: QWidget) -> QDialog:
    """The sheet of most acts about people and keys, with a second person and a new password."""
    entries = [
        Entry("second_user", "User name of the second person"),
        Entry("second_password", "Their password", Kind.PASSWORD),
        Entry("new", "A new password", Kind.NEW_PASSWORD),
    ]
    return AskSheet(window, name="ask", title="Renew", facts=[], entries=entries, action="Renew it")


def signing(window: QWidget) -> QDialog:
    return SignSheet(window, title="Sign", who="T. Reyes", statement="I did it.", what=(), action="Sign")


def passwords_in(sheet: QWidget) -> list[QLineEdit]:
    return [one for one in sheet.findChildren(QLineEdit) if one.echoMode() == QLineEdit.EchoMode.Password]


def still_there(lines: list[QLineEdit]) -> list[str]:
    """What stands in these lines, or stands there again after Show and Undo."""
    found = [one.text() for one in lines]
    for one in lines:
        one.setEchoMode(QLineEdit.EchoMode.Normal)
        one.undo()
    return [text for text in (*found, *(one.text() for one in lines)) if text]


def by_escape(sheet: QDialog) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Escape)


def by_cancel(sheet: QDialog) -> None:
    name = "ask.cancel" if isinstance(sheet, AskSheet) else "sign_sheet.cancel"
    sheet.findChildren(QPushButton, name)[0].click()


def by_success(sheet: QDialog) -> None:
    sheet.accept()


@pytest.mark.parametrize("close", [by_escape, by_cancel, by_success])
@pytest.mark.parametrize("make", [asking, signing])
def test_a_closed_sheet_holds_nothing(
    qtbot: QtBot, make: Callable[[QWidget], QDialog], close: Callable[[QDialog], None]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = make(window)
    open_named(sheet, "sheet")
    lines = passwords_in(sheet)
    assert lines
    for one in lines:
        one.insert(TYPED)
    close(sheet)
    assert not sheet.isVisible()
    assert still_there(lines) == []


def test_behind_the_cover_no_sheet_holds_a_password_while_work_goes_on(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("owner")
    sheet = asking(window)
    open_named(sheet, "sheet")
    lines = passwords_in(sheet)
    shown = lines[0]
    shown.setEchoMode(QLineEdit.EchoMode.Normal)
    for one in lines:
        one.insert(TYPED)
    gate = Event()
    done: list[Any] = []
    window._runner.submit(
        lambda: gate.wait(60), owner=window, done=done.append, failed=done.append, is_long=True
    )
    window.watch.say_left(Left.IDLE)
    assert window.cover is not None
    assert still_there(lines) == []
    del workspace
    gate.set()
    qtbot.waitUntil(lambda: window.stay is None and window.login.isVisible(), timeout=PATIENCE_MS)


def test_the_patient_who_reads_on_finds_no_password_of_whoever_began_to_leave(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    texts = [ConsentText("m", 5, "en", "Consent", (("Risks", "Redness."),), "0" * 64, "I agree.")]
    sheet = HandoverSheet(window, texts=texts, patient="Ada Low", language="en")
    for _ in range(2):
        sheet._stop()
        sheet.password.edit.insert(TYPED)
        sheet._read_on()
        sheet._stop()
        sheet.password._toggle()
        assert still_there([sheet.password.edit]) == []
        sheet.refuse("This is not your password.")
    sheet.deleteLater()
