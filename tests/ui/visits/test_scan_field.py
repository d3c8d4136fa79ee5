"""A code that is scanned at the treatment fills the fields of its lot, or is refused beside the field."""

from dataclasses import replace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mnclinic.services.change_lot import recall_lot
from mnclinic.ui.visits.care_shown import StepToConfirm
from tests.ui.visits.conftest import AtVisit


def scan(at_visit: AtVisit, code: str, end: Qt.Key = Qt.Key.Key_Return) -> Any:  # noqa: ANN401 - the field
    """Type a code as a scanner does; the field, once it was answered."""
    at_visit.page.go("treatment")
    line = cast("QLineEdit", at_visit.control("visit.scan"))
    line.setFocus()
    line.clear()
    for part in code.split("\x1d"):
        if line.text():
            cast("Any", at_visit.bot).keyClick(
                line, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier
            )
        cast("Any", at_visit.bot).keyClicks(line, part)
    cast("Any", at_visit.bot).keyClick(line, end)
    field = cast("Any", at_visit.page.steps["treatment"]).scan
    at_visit.until(lambda: not line.text() or not field.field.problem.isHidden())
    return field


def test_a_scan_fills_lot_and_serial_in_one_act_that_is_undone_as_one(at_visit: AtVisit) -> None:
    scan(at_visit, "]d217270531" + "10LOT-1\x1d217")
    at_visit.kept()
    assert at_visit.stored()["cartridge"]["serial"] == "7"
    assert at_visit.stored()["cartridge"]["lot"] == "LOT-1"
    at_visit.page.editing.undo()
    at_visit.kept()
    assert "serial" not in at_visit.stored()["cartridge"]


def test_a_scanner_may_end_a_code_with_tab(at_visit: AtVisit) -> None:
    field = scan(at_visit, "5901234123457", Qt.Key.Key_Tab)
    assert "shop item" in field.field.problem.text()
    assert field.line.hasFocus(), "the next code comes into the same field"
    scan(at_visit, "LOT-1", Qt.Key.Key_Tab)
    at_visit.kept()
    assert at_visit.stored()["cartridge"]["lot"] == "LOT-1"
    assert field.field.problem.isHidden()
    scan(at_visit, "LOT-77", Qt.Key.Key_Tab)
    cast("Any", at_visit.bot).keyClick(field.line, Qt.Key.Key_Tab)
    assert not field.line.hasFocus(), "a second Tab leads on"


@pytest.mark.parametrize(
    ("code", "said"),
    [("LOT-77", "not in the register"), ("5901234123457", "shop item"), ("(17)260131(10)LOT-1", "expired")],
)
def test_what_may_not_be_used_is_told_beside_the_field_and_stays_typed(
    at_visit: AtVisit, code: str, said: str
) -> None:
    field = scan(at_visit, code)
    assert said in field.field.problem.text()
    assert field.line.text() == code


def test_a_recalled_lot_is_refused_at_the_scan(at_visit: AtVisit) -> None:
    recall_lot(at_visit.opened, "cartridge", "LOT-1", reason="A letter.")
    field = scan(at_visit, "LOT-1")
    assert field.field.problem.text() == "The lot LOT-1 is recalled."


def test_a_code_scanned_over_a_step_against_infection_confirms_nothing(qtbot: QtBot) -> None:
    step = StepToConfirm("Open a sterile cartridge in front of the patient.")
    qtbot.addWidget(step)
    QTest.keyClicks(step, "01095060001343521727053110C-77")
    QTest.keyClick(step, Qt.Key.Key_Return)
    assert not step.isChecked()
    QTest.keyClicks(step, "c")
    assert step.isChecked()


def test_a_code_that_was_scanned_for_one_visit_is_not_there_at_another(at_visit: AtVisit) -> None:
    field = scan(at_visit, "LOT-77")
    assert at_visit.page._view is not None
    field.show_visit(at_visit.page._view)
    assert field.line.text() == "LOT-77", "what was typed is kept while it is this visit"
    field.show_visit(replace(at_visit.page._view, visit_id="another"))
    assert (field.line.text(), field.field.problem.isHidden()) == ("", True)
