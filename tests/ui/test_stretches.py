"""A list of 100,000 people under a true scroll bar: only what is looked at is here."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import Column
from mnclinic.ui.stretches import MOST_KEPT, STRETCH, StretchModel
from mnclinic.ui.theme import apply_theme

TOTAL = 100_000
COLUMNS = (Column("Number", str, 1), Column("Twice", lambda number: str(2 * number), 1))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """The program's own start, which also makes up for what its Qt loses count of."""
    apply_theme(qapp, "light")


class Roster:
    """Gives stretches of numbers when asked, and remembers for which it was."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.model = StretchModel(COLUMNS, self.asked.append)
        self.model.show_beginning(range(STRETCH), TOTAL)

    def answer(self) -> None:
        """Give everything that was asked for."""
        for start in self.asked:
            self.model.give(start, range(start, min(start + STRETCH, TOTAL)))


def test_every_row_is_counted_and_a_row_that_is_not_here_is_an_ellipsis_until_it_comes(qtbot: QtBot) -> None:
    roster = Roster()
    model = roster.model
    assert model.rowCount() == TOTAL
    assert (model.data(model.index(5, 0)), model.data(model.index(5, 1))) == ("5", "10")
    last = model.index(TOTAL - 1, 0)
    assert (model.data(last), model.data(model.index(TOTAL - 1, 1)), roster.asked) == ("…", None, [])
    qtbot.waitUntil(lambda: roster.asked == [TOTAL // STRETCH * STRETCH])
    with qtbot.waitSignal(model.came) as came:
        roster.answer()
    assert came.args == [TOTAL // STRETCH * STRETCH, TOTAL - 1]
    assert model.data(last) == str(TOTAL - 1)


def test_a_scroll_over_everything_asks_for_what_it_rests_on_and_keeps_little(qtbot: QtBot) -> None:
    roster = Roster()
    model = roster.model
    for number in range(0, TOTAL, 40):
        model.data(model.index(number, 0))
    qtbot.waitUntil(lambda: bool(roster.asked))
    assert len(roster.asked) <= 2
    for start in range(0, (MOST_KEPT + 20) * STRETCH, STRETCH):
        if model.row_at(start) is None:
            qtbot.waitUntil(lambda start=start: start in roster.asked)  # type: ignore[misc] # waited for at once
            model.give(start, range(start, start + STRETCH))
    assert model.row_at((MOST_KEPT + 19) * STRETCH) == (MOST_KEPT + 19) * STRETCH
    assert len(model._kept) == MOST_KEPT


def test_a_stretch_that_failed_is_asked_for_again_when_it_is_looked_at_again(qtbot: QtBot) -> None:
    roster = Roster()
    model = roster.model
    assert model.row_at(STRETCH) is None
    qtbot.waitUntil(lambda: roster.asked == [STRETCH])
    model.failed(STRETCH)
    assert model.row_at(STRETCH) is None
    qtbot.waitUntil(lambda: roster.asked == [STRETCH, STRETCH])


def test_what_comes_for_an_earlier_list_is_dropped(qtbot: QtBot) -> None:
    roster = Roster()
    model = roster.model
    assert model.row_at(5000) is None
    qtbot.waitUntil(lambda: bool(roster.asked))
    model.show_rows([7])
    roster.answer()
    assert (model.rowCount(), model.row_at(0)) == (1, 7)


def test_a_row_that_is_looked_at_again_and_again_is_fetched_all_the_same(qtbot: QtBot) -> None:
    roster = Roster()

    def looks() -> bool:
        """Asked more often than the pause is long."""
        roster.model.row_at(TOTAL - 1)
        return bool(roster.asked)

    qtbot.waitUntil(looks)
    assert roster.asked == [TOTAL // STRETCH * STRETCH]
