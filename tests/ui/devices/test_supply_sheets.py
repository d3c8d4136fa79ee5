"""A lot is added by typing or scanning, and stopped and released, on the page of devices and supplies."""

from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.ui.ask_sheet import AskSheet
from mnclinic.ui.devices.page import DevicesPage
from mnclinic.ui.devices.sheets import AddLotSheet
from tests.ui.conftest import PATIENCE_MS, OpenAs


def page_of(open_as: OpenAs, qtbot: QtBot, user: str) -> tuple[Any, DevicesPage]:
    """The page, with its rows."""
    window, workspace = open_as(user)
    workspace.go("devices", None)
    page = cast("DevicesPage", workspace.stack.currentWidget())
    qtbot.waitUntil(lambda: page.lots.current() is not None, timeout=PATIENCE_MS)
    return window, page


def give_reason(window: Any, qtbot: QtBot, name: str) -> None:  # noqa: ANN401 - the window under test
    """Type a reason and confirm."""
    (sheet,) = [one for one in window.findChildren(AskSheet, name) if one.isVisible()]
    cast("Any", qtbot).keyClicks(sheet.focusWidget(), "The seal was broken")
    sheet.findChild(QPushButton, f"{name}.confirm").click()
    qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_a_scanned_lot_fills_the_fields_and_is_added(open_as: OpenAs, qtbot: QtBot) -> None:
    window, page = page_of(open_as, qtbot, "desk")
    keys = cast("Any", qtbot)
    page.add_lot.click()
    (sheet,) = window.findChildren(AddLotSheet)
    scan = sheet._line("scan")
    qtbot.waitUntil(scan.hasFocus, timeout=PATIENCE_MS)
    keys.keyClicks(scan, "5901234123457")
    keys.keyClick(scan, Qt.Key.Key_Return)
    assert "shop item" in sheet._field("scan").problem.text()
    assert scan.text() == "5901234123457", "what was typed is kept"
    scan.clear()
    keys.keyClicks(scan, "]d201510222222333361728053110C-2291")
    keys.keyClick(scan, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    keys.keyClicks(scan, "211234")
    keys.keyClick(scan, Qt.Key.Key_Return)
    assert (sheet.value("lot"), sheet.value("expires_on")) == ("C-2291", "2028-05-31")
    qtbot.waitUntil(sheet._line("name").hasFocus, timeout=PATIENCE_MS)
    keys.keyClicks(sheet._line("name"), "cartridge")
    sheet.findChild(QPushButton, "add_lot.confirm").click()
    qtbot.waitUntil(lambda: bool(sheet._field("needle_length_mm").problem.text()), timeout=PATIENCE_MS)
    assert sheet.value("lot") == "C-2291", "what was typed is kept"
    keys.keyClicks(sheet._line("needle_length_mm"), "1.5")
    sheet.findChild(QPushButton, "add_lot.confirm").click()
    qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.lots.select(lambda one: one.lot == "C-2291"), timeout=PATIENCE_MS)


def test_a_lot_is_quarantined_and_released_with_a_reason(open_as: OpenAs, qtbot: QtBot) -> None:
    window, page = page_of(open_as, qtbot, "okafor")
    page.lots.select(lambda one: one.state == "in_use" and not one.is_expired)
    lot = page.lots.current().lot
    page.stop_lot.click()
    give_reason(window, qtbot, "change_lot")
    qtbot.waitUntil(lambda: page.lots.current().state == "quarantined", timeout=PATIENCE_MS)
    assert page.lots.current().lot == lot, "the same line is current"
    assert not page.stop_lot.isEnabled()
    page.free_lot.click()
    give_reason(window, qtbot, "change_lot")
    qtbot.waitUntil(lambda: page.lots.current().state == "in_use", timeout=PATIENCE_MS)


def test_a_device_is_stopped_by_anybody_and_released_by_those_who_answer_for_it(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, page = page_of(open_as, qtbot, "desk")
    assert page.free_device.isHidden()
    page.stop_device.click()
    give_reason(window, qtbot, "change_device")
    qtbot.waitUntil(lambda: page.devices.current().is_quarantined, timeout=PATIENCE_MS)
    assert not page.stop_device.isEnabled()
