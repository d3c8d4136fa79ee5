"""What stops somebody is told in their sight, however far down a page they are: small screen, large text."""

from functools import partial
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.errors import DiskFull
from mnclinic.ui.elements import Banner, Scroller
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.tokens import Tone
from tests.ui.conftest import PATIENCE_MS, OpenAs
from tests.ui.test_keys import every_page, shown_page

WIDTH_PX, HEIGHT_PX = 1280, 720
TURNS = 8
"""Of the event loop, in which a page makes room for what it says."""


def is_seen(banner: Banner) -> bool:
    return not banner.isHidden() and banner.visibleRegion().boundingRect() == banner.rect()


@pytest.mark.parametrize("scale", [1.0, 2.0], ids=["100", "200"])
def test_a_refusal_is_seen_from_the_end_of_every_page(
    looks_again: None, open_as: OpenAs, qtbot: QtBot, scale: float
) -> None:
    looks_keeper().wear(text_scale=scale)
    window, workspace = open_as("okafor")
    window.resize(WIDTH_PX, HEIGHT_PX)
    scrolled = 0
    for _ in every_page(window, workspace, qtbot):
        page = shown_page(workspace)
        banner: Banner | None = getattr(page, "_banner", None)
        if banner is None or not banner.parentWidget() or not cast("QWidget", banner.parent()).isVisible():
            continue
        banner.say("")
        QApplication.processEvents()
        for scroller in page.findChildren(Scroller):
            if scroller.isAncestorOf(banner):
                scroller.verticalScrollBar().setValue(scroller.verticalScrollBar().maximum())
                scrolled += scroller.verticalScrollBar().value() > 0
        banner.say("The clinic's data is busy. Nothing was changed.", Tone.STOP)
        qtbot.waitUntil(partial(is_seen, banner), timeout=PATIENCE_MS)
        banner.say("")
    assert scrolled > 0


@pytest.mark.parametrize("scale", [1.0, 2.0], ids=["100", "200"])
def test_what_cannot_be_done_with_a_line_far_down_today_is_told_beside_it(
    looks_again: None, open_as: OpenAs, qtbot: QtBot, scale: float
) -> None:
    looks_keeper().wear(text_scale=scale)
    window, workspace = open_as("desk")
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    page = shown_page(workspace)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() > 0, timeout=PATIENCE_MS)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_End)
    bar = page._scroller.verticalScrollBar()
    bar.setValue(bar.maximum())
    page._failed(DiskFull("The disk is full."))
    for _ in range(TURNS):
        QApplication.processEvents()
    assert is_seen(page._banner)
    assert page.table.hasFocus()
