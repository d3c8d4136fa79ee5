"""What was to happen in the next turn keeps nothing of a page that has gone meanwhile."""

import gc
import re
import weakref
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import mnclinic.ui
from mnclinic.ui.next_turn import in_next_turn

OF_THE_WINDOW = {"start.py"}
"""The log-in is painted before anything else is read, and the window ends with the program."""


class Page(QWidget):
    """A page that holds something."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[int] = []

    def look(self) -> None:
        self.seen.append(1)


def gone_before_its_turn() -> "weakref.ref[Page]":
    page = Page()
    in_next_turn(page, page.look)
    in_next_turn(page, lambda: page.seen.append(2))
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)
    return weakref.ref(page)


def test_a_page_that_goes_before_the_turn_comes_is_let_go_of(qapp: QApplication) -> None:
    page = gone_before_its_turn()
    qapp.processEvents()
    gc.collect()
    assert page() is None


def test_it_happens_once_and_leaves_no_timer(qtbot: QtBot) -> None:
    page = Page()
    qtbot.addWidget(page)
    in_next_turn(page, page.look)
    qtbot.waitUntil(lambda: bool(page.seen))
    qtbot.waitUntil(lambda: not page.findChildren(QTimer))
    assert page.seen == [1]


def test_no_page_asks_for_a_single_shot_of_the_binding() -> None:
    root = Path(mnclinic.ui.__file__).parent
    asked = {
        str(one.relative_to(root))
        for one in root.rglob("*.py")
        if re.search(r"\bsingleShot\(", one.read_text(encoding="utf-8"))
    }
    assert asked <= OF_THE_WINDOW
