"""What was done is told with a way back, and a history reads down a line."""

from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import Timeline, TimelineEntry, Toast
from mnclinic.ui.elements.timelines import SHOWN_AT_FIRST
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.tokens import Tone
from tests.ui.conftest import PATIENCE_MS, OpenAs

LONG = "Maria Fernanda Castellanos de la Fuente-Okonkwo is marked as arrived for her treatment at 10:45 today"


@pytest.fixture
def host(qtbot: QtBot, qapp: QApplication) -> QWidget:
    apply_theme(qapp, "light")
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_undo_is_called_once_and_the_toast_goes(host: QWidget, qtbot: QtBot) -> None:
    taken_back: list[str] = []
    toast = Toast.show_over(host, "Marked as arrived", lambda: taken_back.append("arrived"))
    toast.undo_button.click()
    toast.take_back()
    assert taken_back == ["arrived"]
    assert not toast.isVisible()


def test_a_newer_toast_takes_the_place_of_an_older(host: QWidget) -> None:
    older = Toast.show_over(host, "First", lambda: None)
    newer = Toast.show_over(host, "Second")
    assert not older.isVisible()
    assert newer.isVisible()
    assert not newer.undo_button.isVisible()


def test_a_toast_goes_when_its_time_is_up_and_waits_for_a_hand_on_its_button(
    host: QWidget, qtbot: QtBot
) -> None:
    toast = Toast.show_over(host, "Marked as arrived", lambda: None)
    host.activateWindow()
    toast.undo_button.setFocus()
    qtbot.waitUntil(toast.undo_button.hasFocus, timeout=PATIENCE_MS)
    toast._time.timeout.emit()
    assert toast.isVisible()
    toast.undo_button.clearFocus()
    toast._time.timeout.emit()
    assert not toast.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_long_toast_wraps_inside_a_narrow_window(
    qapp: QApplication, qtbot: QtBot, host: QWidget, scale: float
) -> None:
    apply_theme(qapp, "light", scale)
    try:
        host.resize(500, 600)
        toast = Toast.show_over(host, LONG, lambda: None)
        assert host.rect().contains(toast.geometry())
        qtbot.waitUntil(lambda: toast.words.width() > 50, timeout=PATIENCE_MS)
        assert toast.words.height() >= toast.words.heightForWidth(toast.words.width())
    finally:
        apply_theme(qapp, "light")


def test_the_desk_shows_undo_over_the_workspace_and_it_goes_with_it(open_as: OpenAs, qtbot: QtBot) -> None:
    _window, workspace = open_as("okafor")
    desk = workspace._desk
    taken_back: list[int] = []
    desk.tell("Visit planned")
    assert workspace.findChildren(Toast) == []
    desk.tell("Visit cancelled", lambda: taken_back.append(1))
    toast = workspace.findChild(Toast)
    assert toast is not None
    assert toast.accessibleName() == "Visit cancelled"
    cast("Any", qtbot).mouseClick(toast.undo_button, Qt.MouseButton.LeftButton)
    assert taken_back == [1]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_an_undo_that_is_offered_lies_over_nothing_and_goes_with_the_page(
    open_as: OpenAs, qapp: QApplication, qtbot: QtBot, scale: float
) -> None:
    window, workspace = open_as("desk")
    try:
        apply_theme(qapp, "light", scale)
        workspace.make_anew()
        workspace.go("today", None)
        workspace._desk.tell(LONG, lambda: None)
        toast = workspace.findChild(Toast)
        assert toast is not None
        qtbot.waitUntil(lambda: toast.words.height() >= toast.words.heightForWidth(toast.words.width()))

        def place_of(one: QWidget) -> QRect:
            return one.visibleRegion().boundingRect().translated(one.mapTo(workspace, QPoint(0, 0)))

        lies = place_of(toast)
        assert workspace.rect().contains(lies)
        assert not lies.intersects(place_of(workspace.stack)), "the page is not under it"
        beside = [one for one in workspace.findChildren(QWidget) if not toast.isAncestorOf(one)]
        covered = [
            one.objectName() or one.text()
            for one in beside
            if isinstance(one, QPushButton | QLabel) and one.isVisible() and place_of(one).intersects(lies)
        ]
        assert covered == []
        workspace._desk.tell("Newer", lambda: None)
        workspace._desk.undo_over.emit()
        assert [one.accessibleName() for one in workspace.findChildren(Toast) if one.isVisible()] == []
        workspace._desk.tell("Visit cancelled", lambda: None)
        workspace.go("patients", None)
        assert [one.accessibleName() for one in workspace.findChildren(Toast) if one.isVisible()] == []
        assert workspace._who.isVisible(), "who is logged in stands there again"
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    finally:
        apply_theme(qapp, "light")


def entries(count: int) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            f"{day + 1} Nov 2026",
            f"Visit {day}",
            LONG,
            Tone.COMPLETE,
            action="Open",
            key=day,
            group="2026" if day < count // 2 else "2025",
        )
        for day in range(count)
    ]


def test_a_timeline_opens_the_entry_that_was_pressed(host: QWidget, qtbot: QtBot) -> None:
    timeline = Timeline("history", "Everything", entries(3))
    qtbot.addWidget(timeline)
    opened: list[object] = []
    timeline.opened.connect(opened.append)
    pressed = timeline.findChild(QPushButton, "history.1.open")
    assert pressed is not None
    assert pressed.accessibleName() == "Open: Visit 1, 2 Nov 2026"
    pressed.click()
    assert opened == [1]


def test_a_long_timeline_shows_the_rest_when_asked(host: QWidget, qtbot: QtBot) -> None:
    timeline = Timeline("history", "Everything", entries(SHOWN_AT_FIRST + 5))
    qtbot.addWidget(timeline)
    timeline.show()

    def shown() -> int:
        return sum(one.objectName().endswith(".open") for one in timeline.findChildren(QPushButton))

    assert shown() == SHOWN_AT_FIRST
    more = timeline.findChild(QPushButton, "history.older")
    assert more is not None
    assert "5" in more.text()
    more.click()
    assert shown() == SHOWN_AT_FIRST + 5
    assert not more.isVisible()


def test_groups_are_told_once_each(host: QWidget, qtbot: QtBot) -> None:
    timeline = Timeline("history", "Everything", entries(6))
    qtbot.addWidget(timeline)
    words = [one.text() for one in timeline.findChildren(QLabel)]
    assert words.count("2026") == 1
    assert words.count("2025") == 1
