"""A lock in the same process: of the stay before it nothing is left that holds a key or a patient."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk
from mnclinic.ui.lock.stay import Stay
from mnclinic.ui.rail import FOOT, RAIL
from mnclinic.ui.window import Workspace
from tests.ui.conftest import PATIENCE_MS, OpenAs

KINDS = (OpenClinic, Desk, Stay, Workspace)


def alive() -> Iterator[Any]:
    gc.collect()
    return (one for one in gc.get_objects() if type(one) in KINDS)


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
    window.lock()
    qtbot.waitUntil(lambda: window._stay is None and not window._runner.is_busy, timeout=PATIENCE_MS)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: not [one for one in alive() if id(one) not in before], timeout=PATIENCE_MS)
