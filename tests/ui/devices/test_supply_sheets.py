"""A lot is added by typing or scanning, and stopped and released, on the page of devices and supplies."""

import re
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
    page.lot_card.add_lot.click()
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
    # A scanner ends a code with either.
    keys.keyClick(scan, Qt.Key.Key_Tab)
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


def test_an_impossible_day_is_told_with_all_else_that_is_wrong_with_a_lot(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, page = page_of(open_as, qtbot, "desk")
    page.lot_card.add_lot.click()
    (sheet,) = window.findChildren(AddLotSheet)
    typed = {"name": "عائشة 🦋 " * 1_000, "lot": "x" * 10_000, "expires_on": "2026-02-31"}
    for name, words in {**typed, "needle_length_mm": "99.5"}.items():
        sheet._line(name).setText(words)
    sheet.findChild(QPushButton, "add_lot.confirm").click()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    said = {name: sheet._field(name).problem.text() for name in (*typed, "needle_length_mm")}
    assert all(said.values()), said
    assert "28 days" in said["expires_on"]
    sheet.reject()
    window.close()


def lots_refused(page: DevicesPage) -> int:
    """How many lots the head of the page says that the gate refuses."""
    found = re.search(r"the gate refuses (\d+) lots?$", page._header.subtitle.text())
    return int(found[1]) if found else 0


def test_a_lot_is_quarantined_and_released_with_a_reason(open_as: OpenAs, qtbot: QtBot) -> None:
    window, page = page_of(open_as, qtbot, "okafor")
    page.lots.select(lambda one: one.state == "in_use" and not one.is_expired)
    lot, before = page.lots.current().lot, lots_refused(page)
    page.lot_card.stop.click()
    give_reason(window, qtbot, "change_lot")
    qtbot.waitUntil(lambda: page.lots.current().state == "quarantined", timeout=PATIENCE_MS)
    assert lots_refused(page) == before + 1, "not only what has expired"
    assert page.lots.current().lot == lot, "the same line is current"
    assert not page.lot_card.stop.isEnabled()
    page.lot_card.free.click()
    give_reason(window, qtbot, "change_lot")
    qtbot.waitUntil(lambda: page.lots.current().state == "in_use", timeout=PATIENCE_MS)


def test_a_device_is_stopped_by_anybody_and_released_by_those_who_answer_for_it(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, page = page_of(open_as, qtbot, "desk")
    assert page.device_card.free.isHidden()
    page.device_card.stop.click()
    give_reason(window, qtbot, "change_device")
    qtbot.waitUntil(lambda: page.devices.current().is_quarantined, timeout=PATIENCE_MS)
    assert not page.device_card.stop.isEnabled()


def sheet_named(window: Any, name: str) -> Any:  # noqa: ANN401
    """The sheet of this name that is open."""
    (sheet,) = [one for one in window.findChildren(AskSheet, name) if one.isVisible()]
    return sheet


def test_a_device_is_added_from_a_draft_and_a_scan_and_confirmed_from_its_label(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, page = page_of(open_as, qtbot, "okafor")
    keys = cast("Any", qtbot)
    page.device_card.add_device.click()
    sheet = sheet_named(window, "add_device")
    choice = sheet._fields["draft"].control
    choice.setCurrentIndex(choice.findData("exceed"))
    assert (sheet.value("max_depth_mm"), sheet.value("label_depth_mm")) == ("1.90", "")
    keys.keyClicks(sheet._line("device"), "EX-01")
    sheet._line("udi").setFocus()
    qtbot.waitUntil(sheet._line("udi").hasFocus, timeout=PATIENCE_MS)
    keys.keyClicks(sheet._line("udi"), "5901234123457")
    keys.keyClick(sheet._line("udi"), Qt.Key.Key_Return)
    assert "shop item" in sheet._fields["udi"].problem.text()
    sheet._line("udi").clear()
    keys.keyClicks(sheet._line("udi"), "(01)51022222233336(21)MT-881")
    keys.keyClick(sheet._line("udi"), Qt.Key.Key_Tab)
    assert sheet.value("serial") == "MT-881"
    sheet._line("depth_step_mm").setText("fine")
    confirm = sheet.findChild(QPushButton, "add_device.confirm")
    confirm.click()
    assert sheet._fields["depth_step_mm"].problem.text()
    assert sheet.value("serial") == "MT-881", "what was typed is kept"
    sheet._line("depth_step_mm").clear()
    confirm.click()
    qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.devices.select(lambda one: one.device == "EX-01"), timeout=PATIENCE_MS)
    assert not page.devices.current().is_confirmed
    page.device_card.confirm.click()
    sheet = sheet_named(window, "confirm_device")
    for name, said in (("serial", "mt-881"), ("max_depth_mm", "2.5"), ("minimum_age", "22")):
        keys.keyClicks(sheet._fields[name].control, said)
    confirm = sheet.findChild(QPushButton, "confirm_device.confirm")
    confirm.click()
    qtbot.waitUntil(lambda: bool(sheet._fields["max_depth_mm"].problem.text()), timeout=PATIENCE_MS)
    sheet._fields["max_depth_mm"].control.setText("1.9")
    confirm.click()
    qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.devices.current().is_confirmed, timeout=PATIENCE_MS)
    assert not page.device_card.confirm.isEnabled()
    page.device_card.correct.click()
    sheet = sheet_named(window, "change_facts")
    sheet._line("max_depth_mm").setText("1,8")
    assert sheet.value("topicals_on_label") == ""
    sheet._line("topicals_on_label").setText("Hydrogel, saline; hydrogel")
    keys.keyClicks(sheet._fields["reason"].control, "The label says so")
    sheet.findChild(QPushButton, "change_facts.confirm").click()
    qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not page.devices.current().is_confirmed, timeout=PATIENCE_MS)
    assert page.devices.current().facts["max_depth_mm"] == "1.80"
    assert page.devices.current().facts["topicals_on_label"] == ["Hydrogel", "saline"]
    assert "opicals on the label: Hydrogel, saline" in page.device_card.facts.text()
