"""What a list does once at a key and not at each of its cells."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnclinic.ui import theme as themes
from mnclinic.ui.elements import Column, RowTable
from mnclinic.ui.elements.tables import _advance, _style_of, _widest
from mnclinic.ui.theme import apply_theme, theme
from mnclinic.ui.tokens import Size, Type

ROWS = tuple((f"Testerman-{'W' * (number % 7)}, Wi", f"(512) 555-{number:04d}") for number in range(60))
COLUMNS = (Column("Name", lambda row: row[0], 5), Column("Phone", lambda row: row[1], 3))


def test_a_list_that_is_painted_makes_one_font_a_style_and_no_more(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_theme(qapp, "light")
    table = RowTable("table", COLUMNS, "People")
    qtbot.addWidget(table)
    table.resize(600, 500)
    table.show_rows(ROWS)
    table.grab()
    made: list[object] = []

    class Counted(QFont):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)
            if isinstance(given[0], str):
                made.append(given)

    monkeypatch.setattr(themes, "QFont", Counted)
    table.show_rows(ROWS[:30])
    table.grab()
    assert made == []


def test_a_font_that_somebody_changes_is_nobody_elses(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    mine = theme().font(Type.BODY)
    mine.setPixelSize(99)
    assert theme().font(Type.BODY).pixelSize() == theme().px(Type.BODY.size_px)
    apply_theme(qapp, "light", 2.0)
    assert theme().font(Type.BODY).pixelSize() == 2 * Type.BODY.size_px
    apply_theme(qapp, "light")


def test_the_widest_words_of_a_column_are_as_wide_as_if_each_were_measured(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    for at, one in enumerate(COLUMNS):
        words = {one.text(row) for row in ROWS}
        assert _widest(_style_of(at), words) == max(_advance(_style_of(at), each) for each in words)


def test_an_answer_with_other_widths_is_painted_once(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, "light")
    table = RowTable("table", COLUMNS, "People")
    qtbot.addWidget(table)
    table.resize(600, 500)
    table.show()
    qtbot.waitExposed(table)
    table.show_rows(ROWS[:6])
    qapp.processEvents()
    qtbot.wait(20)
    before = [table.columnWidth(at) for at in range(2)]
    painted = Painted()
    table.viewport().installEventFilter(painted)
    table.show_rows((("W" * 60, "1"),) * 6)
    qapp.processEvents()
    qtbot.wait(20)
    assert [table.columnWidth(at) for at in range(2)] != before
    assert painted.times == 1


class Painted(QObject):
    """Counts how often more of something was painted than its current line."""

    times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(event, QPaintEvent):
            self.times += event.region().boundingRect().height() > theme().px(Size.ROW)
        return False
