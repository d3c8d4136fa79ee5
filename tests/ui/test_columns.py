"""In the smallest window the words that tell lines apart stand whole, in Spanish too."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import RowTable
from mnclinic.ui.elements.tables import _advance, _style_of
from mnclinic.ui.language import speak
from mnclinic.ui.protocols.page import ProtocolsPage
from mnclinic.ui.today.page import TodayPage
from mnclinic.ui.tokens import Size, Space
from tests.ui.conftest import PATIENCE_MS, OpenAs

WHOLE = {"today.visits": (0, 2, 3, 4), "protocols.table": (1, 2, 3, 4)}
"""By table, its columns without names and notes, which may end in dots."""


@pytest.fixture
def spanish(qapp: QApplication) -> Iterator[None]:
    speak(qapp, "es")
    yield
    speak(qapp, "en")


def cut(table: RowTable) -> list[str]:
    """What of these columns does not stand whole."""
    found = []
    for at in WHOLE[table.objectName()]:
        room = table.columnWidth(at) - Size.CELL_PADDING - Space.TIGHT
        title = str(table.rows.headerData(at, cast("Any", table.horizontalHeader()).orientation()))
        if table.horizontalHeader().sectionSizeHint(at) > table.columnWidth(at):
            found.append(title)
        for row in range(table.rows.rowCount()):
            words = str(table.rows.index(row, at).data() or "")
            if table._columns[at].chip is None and _advance(_style_of(at), words) > room:
                found.append(words)
    return found


@pytest.mark.usefixtures("spanish")
def test_no_column_of_today_and_protocols_is_cut_in_spanish(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("okafor")
    window.resize(1280, 720)
    today = cast("TodayPage", workspace.stack.currentWidget())
    today._asked_day = date(2026, 11, 23)
    today.refresh()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert today.table.rows.rowCount() > 0
    assert cut(today.table) == []
    workspace.go("protocols", None)
    protocols = cast("ProtocolsPage", workspace.stack.currentWidget())
    table = protocols.table
    qtbot.waitUntil(lambda: table.rows.rowCount() > 0, timeout=PATIENCE_MS)
    assert cut(table) == []
    window.close()


def test_the_first_column_is_as_large_as_the_others() -> None:
    assert _style_of(0).size_px == _style_of(1).size_px
