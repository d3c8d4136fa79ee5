import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.widgets import ConfirmSheet, PasswordPrompt, Sheet, Toast, close_sheets

from .seen import cut_texts, spoken_name


class Host(QWidget):
    """A window with one field, which has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.content = QWidget(self)
        self.field = QLineEdit()
        column = QVBoxLayout(self.content)
        column.addWidget(self.field)
        QVBoxLayout(self).addWidget(self.content)
        self.resize(900, 700)


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    made = Host()
    qtbot.addWidget(made)
    made.show()
    made.field.setFocus()
    return made


def prompt() -> PasswordPrompt:
    return PasswordPrompt(
        "Sign this visit",
        signer="Dana Reyes, RN",
        facts=[("Patient", "Okafor, Adaeze")],
        statement="I performed this treatment as recorded here.",
        action="Sign visit",
    )


def line_of(sheet: Sheet) -> QLineEdit:
    line = sheet.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    return line


def test_a_sheet_switches_the_window_off_and_on_again(qtbot: QtBot, host: Host) -> None:
    sheet = prompt()
    sheet.open_over(host.field)
    assert not host.content.isEnabled()
    assert host.focusWidget() is line_of(sheet)
    with qtbot.waitSignal(sheet.cancelled):
        QTest.keyClick(line_of(sheet), Qt.Key.Key_Escape)
    assert host.content.isEnabled()
    assert host.focusWidget() is host.field


def test_tab_stays_inside_a_sheet(qtbot: QtBot, host: Host) -> None:
    sheet = prompt()
    sheet.open_over(host)
    visited = []
    for _ in range(5):
        focused = host.focusWidget()
        assert focused is not None
        visited.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert visited == [
        "sheet.password",
        "sheet.password.show",
        "sheet.cancel",
        "sheet.confirm",
        "sheet.password",
    ]


def test_signing_hands_the_password_on_once_and_keeps_none(qtbot: QtBot, host: Host) -> None:
    sheet = prompt()
    sheet.open_over(host)
    QTest.keyClicks(line_of(sheet), "secret words")
    with qtbot.waitSignal(sheet.confirmed) as confirmed:
        QTest.keyClick(line_of(sheet), Qt.Key.Key_Return)
    assert confirmed.args == ["secret words"]
    assert line_of(sheet).text() == ""
    assert not sheet.confirm_button.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    sheet.show_problem("That is not your password. Nothing was signed.")
    assert sheet.confirm_button.isEnabled()
    assert host.focusWidget() is line_of(sheet)
    sheet.close_sheet()


def test_signing_without_a_password_is_not_signing(qtbot: QtBot, host: Host) -> None:
    sheet = prompt()
    sheet.open_over(host)
    with qtbot.assertNotEmitted(sheet.confirmed):
        sheet.confirm_button.click()
    assert line_of(sheet).accessibleDescription() == "Type your password to sign."
    sheet.close_sheet()


def test_a_confirmation_lists_facts_and_focuses_the_safe_button(qtbot: QtBot, host: Host) -> None:
    sheet = ConfirmSheet(
        "Close the recall?", "Twelve people were told.", "Close it", facts=[("Lot", "NC-2291")]
    )
    sheet.open_over(host)
    assert host.focusWidget() is sheet.cancel_button
    with qtbot.waitSignal(sheet.confirmed):
        QTest.keyClick(sheet.confirm_button, Qt.Key.Key_Return)
    assert host.content.isEnabled()


@pytest.mark.parametrize("size", [(1280, 720), (560, 420)])
def test_nothing_in_a_sheet_is_cut(qtbot: QtBot, host: Host, size: tuple[int, int]) -> None:
    host.resize(*size)
    sheet = prompt()
    sheet.open_over(host)
    sheet.show_problem("That is not your password. Nothing was signed. Type it again. " * 2)
    qtbot.waitUntil(lambda: cut_texts(sheet) == [])
    sheet.close_sheet()


def test_the_lock_closes_every_sheet(host: Host) -> None:
    sheet = prompt()
    sheet.open_over(host)
    close_sheets(host)
    assert not sheet.isVisible()
    assert host.content.isEnabled()


def test_a_toast_takes_no_focus_and_can_be_undone(qtbot: QtBot, host: Host) -> None:
    toast = Toast.show_over(host.field, "Marked as arrived.", "Undo")
    assert host.focusWidget() is host.field
    assert spoken_name(toast) == "Marked as arrived."
    with qtbot.waitSignal(toast.undo_requested):
        toast.undo.click()
    assert toast.isHidden()


def test_a_newer_toast_takes_the_place_of_an_older(host: Host) -> None:
    older = Toast.show_over(host, "One.")
    newer = Toast.show_over(host, "Two.")
    assert older.isHidden()
    assert newer.isVisible()
