"""Recalls in the window: opened, somebody told, a paper printed, and closed by the director's signature."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSWORD, PATIENCE_MS, OpenAs


def sheet_named(window: Any, name: str) -> Any:  # noqa: ANN401 - the window under test
    """The sheet of this name that stands open."""
    return next(one for one in window.findChildren(QDialog) if one.objectName() == name and one.isVisible())


def test_a_drill_goes_from_the_notice_to_the_directors_signature(
    open_as: OpenAs, qtbot: QtBot, tmp_path: Path
) -> None:
    window, workspace = open_as("okafor")

    def waits() -> None:
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)

    workspace.go("recalls", None)
    waits()
    page: Any = workspace.stack.currentWidget()
    assert page._empty.isVisibleTo(page)
    page.open.click()
    sheet = sheet_named(window, "open_recall")
    sheet._fields["named"].control.setText("SP-01")
    sheet._fields["kind"].control.setCurrentIndex(sheet._fields["kind"].control.count() - 1)
    sheet._fields["reason"].control.setPlainText("A drill.")
    sheet.findChild(QPushButton, "open_recall.confirm").click()
    waits()
    assert sheet._fields["notice"].problem.text(), "only a drill has no notice"
    sheet._ticks["drill"].setChecked(True)
    sheet.findChild(QPushButton, "open_recall.confirm").click()
    qtbot.waitUntil(lambda: page.people.rows.rowCount() > 0, timeout=PATIENCE_MS)
    waits()
    page.contact.click()
    sheet = sheet_named(window, "recall_contact")
    sheet.findChild(QPushButton, "recall_contact.confirm").click()
    qtbot.waitUntil(lambda: page._shown.reached == 1, timeout=PATIENCE_MS)
    waits()
    page.print.click()
    sheet = sheet_named(window, "print_recall")
    sheet._fields["out"].control.setText(str(tmp_path / "list.pdf"))
    sheet.findChild(QPushButton, "print_recall.confirm").click()
    qtbot.waitUntil((tmp_path / "list.pdf").exists, timeout=PATIENCE_MS)
    waits()
    page.close_it.click()
    sheet = sheet_named(window, "sign_sheet")
    sheet._password.setText(PASSWORD["okafor"])
    sheet.confirmed.emit(PASSWORD["okafor"], "")
    qtbot.waitUntil(lambda: page._shown.closed_at is not None, timeout=PATIENCE_MS)
    waits()
    assert not page.close_it.isEnabled()
    assert not page.contact.isEnabled()
    window.close()
