"""What was done to a device, how many of a lot are left and sheets of paper, on the page of devices."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.ui.devices.register_card import MOST_ROWS
from tests.ui.conftest import PATIENCE_MS, OpenAs
from tests.ui.devices.test_supply_sheets import page_of, sheet_named


def press(window: Any, name: str) -> Any:  # noqa: ANN401 - the window under test
    """Confirm the sheet of this name, which is given back."""
    sheet = sheet_named(window, name)
    sheet.findChild(QPushButton, f"{name}.confirm").click()
    return sheet


def closes(window: Any, qtbot: QtBot, sheet: Any) -> None:  # noqa: ANN401
    """Wait until what the sheet asked for is done."""
    qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_a_device_that_did_not_pass_is_quarantined_and_a_lot_is_counted(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, page = page_of(open_as, qtbot, "desk")
    page.device_card.service.click()
    sheet = sheet_named(window, "enter_service")
    sheet._ticks["failed"].setChecked(True)
    closes(window, qtbot, press(window, "enter_service"))
    qtbot.waitUntil(lambda: page.devices.current().is_quarantined, timeout=PATIENCE_MS)
    assert page.device_card.service.isEnabled(), "an entry about a quarantined device is always possible"
    page.lots.select(lambda one: one.state == "in_use" and not one.is_expired)
    before = page.lots.current().stock.on_hand
    page.lot_card.count.click()
    sheet = sheet_named(window, "move_lot")
    sheet._fields["quantity"].control.setText("one")
    what = sheet._fields["what"].control
    what.setCurrentIndex(what.findData("discarded"))
    press(window, "move_lot")
    qtbot.waitUntil(lambda: bool(sheet._fields["quantity"].problem.text()), timeout=PATIENCE_MS)
    assert sheet._fields["reason"].problem.text(), "all reasons at once"
    assert sheet.value("quantity") == "one", "what was typed is kept"
    what.setCurrentIndex(what.findData("received"))
    sheet._fields["quantity"].control.setText("24")
    closes(window, qtbot, press(window, "move_lot"))
    qtbot.waitUntil(lambda: page.lots.current().stock.on_hand == before + 24, timeout=PATIENCE_MS)


def test_sheets_are_printed_missed_and_spoiled(open_as: OpenAs, qtbot: QtBot, tmp_path: Path) -> None:
    window, page = page_of(open_as, qtbot, "desk")
    card = page.paper_card
    assert card.current() is not None, "the demo has one that is out"
    card.print.click()
    sheet = sheet_named(window, "print_papers")
    sheet._fields["count"].control.setText("two")
    sheet._fields["out"].control.setText(str(tmp_path / "not there" / "sheet.pdf"))
    press(window, "print_papers")
    qtbot.waitUntil(lambda: bool(sheet._fields["count"].problem.text()), timeout=PATIENCE_MS)
    assert "not there" in sheet._fields["out"].problem.text(), "all reasons at once"
    sheet._fields["count"].control.setText("2")
    sheet._fields["out"].control.setText(str(tmp_path / "sheet.pdf"))
    closes(window, qtbot, press(window, "print_papers"))
    qtbot.waitUntil(lambda: card.table.select(lambda one: one.number == "PB-000003"), timeout=PATIENCE_MS)
    assert len([*tmp_path.glob("sheet-PB-*.pdf")]) == 2
    card.bring.click()
    sheet = sheet_named(window, "return_paper")
    sheet._fields["visit"].control.setText("V-000001")
    sheet._fields["scan"].control.setText(str(tmp_path / "nothing.pdf"))
    press(window, "return_paper")
    qtbot.waitUntil(lambda: bool(sheet._fields["scan"].problem.text()), timeout=PATIENCE_MS)
    sheet.reject()
    card.spoil.click()
    sheet = sheet_named(window, "spoil_paper")
    sheet._fields["reason"].control.setText("Coffee")
    closes(window, qtbot, press(window, "spoil_paper"))
    qtbot.waitUntil(lambda: card.table.select(lambda one: one.state == "spoiled"), timeout=PATIENCE_MS)
    assert not card.spoil.isEnabled()


def test_no_register_cuts_a_line_or_leaves_room_below_its_last(open_as: OpenAs, qtbot: QtBot) -> None:
    _window, page = page_of(open_as, qtbot, "desk")
    for table in (page.devices, page.lots, page.papers):
        qtbot.waitUntil(table.isVisible, timeout=PATIENCE_MS)
        lines = table.rows.rowCount()
        assert 0 < lines <= MOST_ROWS
        last = table.visualRect(table.rows.index(lines - 1, 0))
        assert last.bottom() <= table.viewport().height() <= last.bottom() + 2
        assert table.verticalScrollBar().maximum() == 0
    rows = [page.lots.rows.row_at(0)] * (MOST_ROWS + 4)
    page.lot_card.show_rows(rows)
    qtbot.waitUntil(lambda: page.lots.height() >= MOST_ROWS * page.lots.rowHeight(0), timeout=PATIENCE_MS)
    assert page.lots.viewport().height() % page.lots.rowHeight(0) <= 2


@pytest.mark.parametrize(("user", "may_set"), [("desk", False), ("owner", True)])
def test_from_how_many_on_a_stock_is_low_is_set_beside_its_count_by_who_may(
    open_as: OpenAs, qtbot: QtBot, user: str, may_set: bool
) -> None:
    window, page = page_of(open_as, qtbot, user)
    page.lots.select(lambda one: one.lot == "DEMO-K1")
    left = page.lots.current().stock.on_hand
    page.lot_card.count.click()
    sheet = sheet_named(window, "move_lot")
    what = sheet._fields["what"].control
    assert (what.findData("low") >= 0) is may_set
    if not may_set:
        return
    what.setCurrentIndex(what.findData("low"))
    sheet._fields["quantity"].control.setText(str(left + 1))
    closes(window, qtbot, press(window, "move_lot"))
    qtbot.waitUntil(lambda: page.lots.current().is_low, timeout=PATIENCE_MS)
    assert page.lots.current().stock.on_hand == left, "nothing was counted"
