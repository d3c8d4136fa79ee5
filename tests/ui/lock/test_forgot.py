"""The card of whoever forgot the password leads on by Enter, and sends once what was typed."""

from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mnclinic.security.recovery_code import PERSONAL_GROUPS, personal_code
from mnclinic.ui.forgot import ForgotCard

CODE = personal_code(bytes(range(20)))
OWN = "amber lantern seven rivers"


@pytest.fixture
def card(qtbot: QtBot) -> ForgotCard:
    made = ForgotCard()
    qtbot.addWidget(made)
    made.show()
    made.begin("")
    return made


def enter(qtbot: QtBot, line: QLineEdit) -> None:
    cast("Any", qtbot).keyClick(line, Qt.Key.Key_Return)


def test_enter_leads_from_the_name_to_the_code_to_the_password_and_sends_it(
    qtbot: QtBot, card: ForgotCard
) -> None:
    sent: list[tuple[object, ...]] = []
    card.submitted.connect(lambda *given: sent.append(given))
    card.user.setText("reyes")
    enter(qtbot, card.user)
    assert card.code.boxes[0].hasFocus()
    for box, group in zip(card.code.boxes, CODE, strict=True):
        box.setText(group)
    enter(qtbot, card.code.boxes[PERSONAL_GROUPS - 1])
    assert card.password.edit.hasFocus()
    card.password.edit.setText(OWN)
    enter(qtbot, card.password.edit)
    assert [given[:3] for given in sent] == [("reyes", "-".join(CODE), OWN)]
    enter(qtbot, card.password.edit)
    enter(qtbot, card.key_file)
    assert len(sent) == 1, "once is enough while it is being done"


def test_enter_in_the_place_of_the_key_file_sends_it_too(qtbot: QtBot, card: ForgotCard) -> None:
    sent: list[tuple[object, ...]] = []
    card.submitted.connect(lambda *given: sent.append(given))
    card.begin("reyes")
    for box, group in zip(card.code.boxes, CODE, strict=True):
        box.setText(group)
    card.password.edit.setText(OWN)
    card.key_file.setText("/stick/key")
    enter(qtbot, card.key_file)
    assert [given[3] for given in sent] == ["/stick/key"]
