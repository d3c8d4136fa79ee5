"""Recalls in the window: opened, somebody told, a paper printed, and closed by the director's signature."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.services.demo.build import DemoBuilt
from mnclinic.ui.language import speak
from mnclinic.ui.tokens import Size, Space
from tests.services.recalling import NOTICE
from tests.ui.conftest import PASSWORD, PATIENCE_MS, OpenAs


@pytest.fixture
def demo(built_demo: DemoBuilt, tmp_path: Path) -> DemoBuilt:
    """Each test has a clinic of its own, in which nothing was called back so far."""
    return replace(built_demo, folder=shutil.copytree(built_demo.folder, tmp_path / "clinic"))


def sheet_named(window: Any, name: str) -> Any:  # noqa: ANN401 - the window under test
    """The sheet of this name that stands open."""
    return next(one for one in window.findChildren(QDialog) if one.objectName() == name and one.isVisible())


def test_a_notice_that_cannot_be_read_is_told_with_all_else_that_is_wrong(
    open_as: OpenAs, qtbot: QtBot, tmp_path: Path
) -> None:
    window, workspace = open_as("okafor")
    workspace.go("recalls", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    page: Any = workspace.stack.currentWidget()
    page.open.click()
    sheet = sheet_named(window, "open_recall")
    sheet._fields["named"].control.setText("x" * 10_000)
    sheet._fields["reason"].control.setPlainText("عائشة Nguyễn 🦋 " * 1_000)
    sheet._fields["notice"].control.setText(str(tmp_path / "none.pdf"))
    sheet.findChild(QPushButton, "open_recall.confirm").click()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    told = {name: sheet._fields[name].problem.text() for name in ("named", "reason", "notice")}
    assert all(told.values()), told
    assert told["notice"].startswith("The file cannot be read.")
    sheet.reject()
    window.close()


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
    assert page.closing.isVisible()
    assert "signature ends it" in page.closing.text(), "what is still to be done stands there"
    assert page.people.height() > page.table.height(), "the list that is worked on has the room"
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
    assert sheet._reason_field.isVisible(), "what she signs says that it is written there"
    sheet._reason.setPlainText("A drill: nobody else was called.")
    sheet._password.setText(PASSWORD["okafor"])
    sheet.confirmed.emit(PASSWORD["okafor"], sheet._reason.toPlainText())
    qtbot.waitUntil(lambda: page._shown.closed_at is not None, timeout=PATIENCE_MS)
    waits()
    assert not page.close_it.isEnabled()
    assert not page.contact.isEnabled()
    assert "Signed by Dr I. Okafor" in page.closing.text()
    assert "A drill: nobody else was called." in page.closing.text()
    window.close()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_sheet_that_opens_a_recall_is_whole_in_the_smallest_window(
    open_as: OpenAs, qtbot: QtBot, qapp: QApplication, language: str
) -> None:
    speak(qapp, language)
    try:
        window, workspace = open_as("okafor")
        window.resize(1280, 720)
        workspace.go("recalls", None)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        page: Any = workspace.stack.currentWidget()
        page.open.click()
        sheet = sheet_named(window, "open_recall")
        assert sheet._scrolled.maximum() == 0
        sheet.reject()
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        window.close()
    finally:
        speak(qapp, "en")


def test_a_recall_says_how_many_are_not_reached_and_is_closed_only_once_each_was_tried(
    open_as: OpenAs, qtbot: QtBot, tmp_path: Path
) -> None:
    window, workspace = open_as("okafor")
    workspace.go("recalls", None)
    page: Any = workspace.stack.currentWidget()
    page.open.click()
    sheet = sheet_named(window, "open_recall")
    brought = tmp_path / "notice.pdf"
    brought.write_bytes(NOTICE)
    sheet._fields["kind"].control.setCurrentIndex(sheet._fields["kind"].control.count() - 1)
    sheet._fields["named"].control.setText("SP-01")
    sheet._fields["reason"].control.setPlainText("Letter of the maker.")
    sheet._fields["notice"].control.setText(str(brought))
    sheet.findChild(QPushButton, "open_recall.confirm").click()
    qtbot.waitUntil(lambda: page._shown is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    count = len(page._shown.people)
    assert f"Not reached yet: {count} of {count}; nobody has tried to tell {count} of" in page.closing.text()
    for left in reversed(range(count)):
        assert not page.close_it.isEnabled(), "nothing is offered that is refused"
        page.people.select(lambda one: not one.contacts)
        page.contact.click()
        sheet = sheet_named(window, "recall_contact")
        sheet._fields["outcome"].control.setCurrentIndex(1)
        sheet.findChild(QPushButton, "recall_contact.confirm").click()
        qtbot.waitUntil(lambda left=left: page._shown.untried == left, timeout=PATIENCE_MS)  # type: ignore[misc]
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert page._shown.reached == 0
    assert page.close_it.isEnabled()
    assert f"Not reached yet: {count} of {count}. The director's signature closes it" in page.closing.text()
    window.close()


def test_a_lot_is_recalled_from_its_card_with_the_notice_which_can_be_written_out_again(
    open_as: OpenAs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_as("okafor")
    workspace.go("devices", None)
    devices: Any = workspace.stack.currentWidget()
    qtbot.waitUntil(lambda: devices.lots.current() is not None, timeout=PATIENCE_MS)
    devices.lots.select(lambda one: one.state == "in_use")
    lot = devices.lots.current()
    devices.lot_card.recall.click()
    sheet = sheet_named(window, "open_recall")
    assert (sheet.value("kind"), sheet.value("named")) == (lot.kind, lot.lot)
    brought = tmp_path / "notice.pdf"
    brought.write_bytes(NOTICE)
    sheet._fields["reason"].control.setPlainText("Letter of the maker.")
    sheet._fields["notice"].control.setText(str(brought))
    sheet.findChild(QPushButton, "open_recall.confirm").click()
    qtbot.waitUntil(lambda: workspace.stack.currentWidget() is not devices, timeout=PATIENCE_MS)
    page: Any = workspace.stack.currentWidget()
    qtbot.waitUntil(lambda: page._shown is not None and page._shown.named == lot.lot, timeout=PATIENCE_MS)
    assert (page._shown.kind, page._shown.named, page._shown.is_drill) == (lot.kind, lot.lot, False)
    out = tmp_path / "again.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(out), ""))
    page.notice.click()
    qtbot.waitUntil(out.exists, timeout=PATIENCE_MS)
    assert out.read_bytes() == NOTICE
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    window.close()


def open_drill(window: Any, qtbot: QtBot, page: Any, named: str) -> None:  # noqa: ANN401 - the window under test
    """Open a drill of something that was never here, which is asked for first."""
    page.open.click()
    sheet = sheet_named(window, "open_recall")
    sheet._fields["named"].control.setText(named)
    sheet._fields["reason"].control.setPlainText("A drill.")
    sheet._ticks["drill"].setChecked(True)
    sheet.findChild(QPushButton, "open_recall.confirm").click()
    qtbot.waitUntil(lambda: bool(sheet._fields["named"].problem.text()), timeout=PATIENCE_MS)
    sheet._ticks["never_here"].setChecked(True)
    sheet.findChild(QPushButton, "open_recall.confirm").click()
    qtbot.waitUntil(lambda: page._shown is not None and page._shown.named == named, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_what_the_director_may_close_stands_on_her_page_and_leads_to_the_recall(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")
    workspace.go("recalls", None)
    page: Any = workspace.stack.currentWidget()
    for named in ("NONE-6", "NONE-7"):
        open_drill(window, qtbot, page, named)
    drill = page._shown.recall_id
    assert not page.notice.isVisible(), "a drill has none"
    qtbot.waitUntil(lambda: page.sentence.mapTo(page._card, QPoint(0, 0)).y() >= Space.LARGE)
    workspace.go("director", None)
    director: Any = workspace.stack.currentWidget()
    qtbot.waitUntil(director.recalls.isVisible, timeout=PATIENCE_MS)
    workspace.go("recalls", None)
    workspace.go("director", None)
    way = director.findChild(QPushButton, f"director.recall.{drill}")
    assert "NONE-7" in way.accessibleName()
    way.click()
    qtbot.waitUntil(lambda: workspace.stack.currentWidget() is page, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert page._shown.recall_id == drill
    window.resize(1280, 2000)
    qtbot.waitUntil(lambda: page._card.height() > 1000)
    apart = page.closing.y() - page.sentence.y()
    assert apart < 6 * Size.ROW, "one below the other, however much room there is"
    lines = page.table.rows._rows
    oldest = lines[-1].recall_id
    # Whoever is listed anew while the one that is wanted is still being read is not led back to the first.
    page._shown, page._wanted = None, oldest
    page._show(lines)
    page._show(lines)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert oldest != lines[0].recall_id
    assert page._shown.recall_id == oldest
    window.close()
