"""Lines to look something up with: their marks grow with the text, and the cross empties them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import SearchLine
from mnclinic.ui.forms.grid_row import GridRow
from mnclinic.ui.theme import apply_theme, theme
from mnclinic.ui.visits.forms import LESIONS


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_glass_and_cross_are_as_large_as_the_text(qapp: QApplication, qtbot: QtBot, scale: float) -> None:
    apply_theme(qapp, "light", scale)
    line = SearchLine()
    qtbot.addWidget(line)
    line.resize(600, line.sizeHint().height())
    line.show()
    bare = line.grab().toImage()
    ink = [
        x
        for x in range(4, line.textMargins().left() + 8)
        if any(bare.pixelColor(x, y).lightness() < 180 for y in range(6, line.height() - 6))
    ]
    assert ink[-1] - ink[0] >= 12 * scale
    cross = line.findChildren(QToolButton)[0]
    assert not cross.isVisible()
    typed: list[str] = []
    line.textEdited.connect(typed.append)
    QTest.keyClicks(line, "road")
    assert cross.isVisible()
    assert cross.iconSize().width() == theme().px(16)
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert (line.text(), typed[-1], cross.isVisible()) == ("", "", False)
    apply_theme(qapp, "light")


def test_where_the_text_is_large_what_is_seen_on_the_skin_has_a_line_of_its_own(
    qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, "light", 2.0)
    row = GridRow(LESIONS, 0, is_first=True)
    qtbot.addWidget(row)
    row.resize(900, 600)
    row.show()
    area, seen, note = (row.cells[one] for one in ("area", "item", "note"))
    assert area.y() < seen.y() < note.y()
    assert seen.width() > 700
    assert {one.x() for one in row.findChildren(QLabel) if one.text() in {"Area", "What is seen"}} == {
        area.x()
    }
    apply_theme(qapp, "light")
