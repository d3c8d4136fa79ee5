"""Answers that follow somebody's typing: at once, one at a time, and the newest text alone."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnclinic.ui.newest import Newest


class Slow:
    """Something that answers when the test says so."""

    def __init__(self) -> None:
        self.typed = ""
        self.asked: list[str] = []
        self.waiting: list[Callable[[], None]] = []

    def ask(self, answered: Callable[[], None]) -> None:
        self.asked.append(self.typed)
        self.waiting.append(answered)


def test_the_first_letter_is_asked_about_at_once(qtbot: QtBot) -> None:
    parent, slow = QObject(), Slow()
    newest = Newest(slow.ask, parent)
    slow.typed = "m"
    newest.want()
    assert slow.asked == ["m"]


def test_of_what_is_typed_while_an_answer_is_under_way_only_the_newest_is_asked_about(qtbot: QtBot) -> None:
    parent, slow = QObject(), Slow()
    newest = Newest(slow.ask, parent)
    for text in ("m", "ma", "mar", "mari"):
        slow.typed = text
        newest.want()
    assert slow.asked == ["m"]
    slow.waiting.pop()()
    assert slow.asked == ["m", "mari"]
    slow.waiting.pop()()
    assert slow.asked == ["m", "mari"], "nothing new was typed"
    slow.typed = "maria"
    newest.want()
    assert slow.asked == ["m", "mari", "maria"]
