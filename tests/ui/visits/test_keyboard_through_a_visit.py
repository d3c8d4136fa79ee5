"""A visit by keys alone: Tab goes as the page is read, and what has the keyboard is in sight."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.domain.visit_life import VisitState
from mnclinic.ui.elements import label
from mnclinic.ui.elements.layout import follow_keyboard
from mnclinic.ui.visits.questions import QuestionRow
from tests.ui.visits.conftest import AtVisit

MOST_STOPS = 120
SETTLED_MS = 300
"""Longer than a step takes to lay itself out."""
SMALL = (1180, 640)
"""The room of a visit in the smallest window."""


@pytest.fixture
def in_front(at_visit: AtVisit, qapp: QApplication, qtbot: QtBot) -> Iterator[AtVisit]:
    """The visit in a window as small as it may be, which has the keyboard and follows it."""
    at_visit.show()
    at_visit.page.window().resize(*SMALL)
    at_visit.page.window().activateWindow()
    qtbot.waitUntil(at_visit.page.window().isActiveWindow)
    qapp.focusChanged.connect(follow_keyboard)
    yield at_visit
    qapp.focusChanged.disconnect(follow_keyboard)


def focused(at: AtVisit) -> QWidget:
    found = at.page.window().focusWidget()
    assert found is not None
    return found


def stops(at: AtVisit, step: str) -> list[QWidget]:
    """What Tab stops at in a step, from its beginning until it leaves it."""
    at.page.enter(step)
    found: list[QWidget] = []
    while at.page.steps[step].isAncestorOf(focused(at)) and len(found) < MOST_STOPS:
        found.append(focused(at))
        at.key(Qt.Key.Key_Tab)
    return found


def names(widgets: list[QWidget]) -> list[str]:
    return [one.objectName() for one in widgets]


def is_seen(widget: QWidget) -> bool:
    """No line of it is scrolled away."""
    return widget.visibleRegion().boundingRect().height() == widget.height()


def test_tab_goes_through_the_questions_before_what_stands_below_them(in_front: AtVisit) -> None:
    found = stops(in_front, "screening")
    rows = [isinstance(one, QuestionRow) for one in found]
    assert rows[:3] == [True, True, True]
    assert names(found)[-1] == "visit.add_lesion"


def test_tab_stops_at_the_chips_of_an_exam_between_the_fields_they_stand_between(in_front: AtVisit) -> None:
    found = names(stops(in_front, "exam"))
    at = found.index("visit.exam.valid_to")
    assert found[at + 1].startswith("visit.exam_service.")
    assert found.index("visit.exam_area.cheek") < found.index("visit.order.ordered_by")
    assert found.index("visit.order_area.cheek") > found.index("visit.order.max_sessions")


def test_tab_comes_from_the_scan_into_the_first_area_and_on_to_what_adds_another(in_front: AtVisit) -> None:
    in_front.page.editing.put({"lines": "1", "lines.0.area": "cheek"}, "an area", "lines.0.area")
    found = names(stops(in_front, "treatment"))
    at = found.index("visit.scan")
    assert found[at + 1] == "visit.lines.0.area"
    assert found.index("visit.lines.0.remove") < found.index("visit.add_line")


def test_whatever_tab_stops_at_in_a_visit_is_in_sight(in_front: AtVisit, qtbot: QtBot) -> None:
    for step in in_front.page.steps:
        in_front.page.enter(step)
        for _ in range(MOST_STOPS):
            now = focused(in_front)
            if not in_front.page.steps[step].isAncestorOf(now):
                break
            qtbot.waitUntil(partial(is_seen, now))
            in_front.key(Qt.Key.Key_Tab)


def test_a_step_that_is_entered_from_below_shows_what_has_the_keyboard(
    in_front: AtVisit, qtbot: QtBot
) -> None:
    in_front.page.enter("exam")
    undo = in_front.control("visit.undo")
    undo.setEnabled(True)
    undo.setFocus()
    QTest.keyClick(undo, Qt.Key.Key_Backtab)
    last = focused(in_front)
    assert in_front.page.steps["exam"].isAncestorOf(last)
    qtbot.waitUntil(lambda: is_seen(last))


def test_a_step_that_is_entered_again_while_it_is_scrolled_down_shows_its_first_field(
    in_front: AtVisit, qtbot: QtBot
) -> None:
    in_front.page.enter("exam")
    step = in_front.page.steps["exam"]
    in_front.control("visit.undo").setFocus()
    bar = step.scroller.verticalScrollBar()
    bar.setValue(bar.maximum())
    in_front.page.enter("exam")
    qtbot.waitUntil(lambda: is_seen(focused(in_front)))
    assert bar.value() == 0, "with its heading"


def test_a_press_of_the_mouse_moves_nothing_from_under_it(in_front: AtVisit, qtbot: QtBot) -> None:
    in_front.page.enter("exam")
    step = in_front.page.steps["exam"]
    field = in_front.control("visit.order.ordered_on")
    bar = step.scroller.verticalScrollBar()
    # Only its upper half is in sight.
    top = field.mapTo(cast("QWidget", step.scroller.widget()), field.rect().center()).y()
    bar.setValue(top - step.scroller.viewport().height())
    before = bar.value()
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=field.rect().topLeft() + field.rect().center() / 4)
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton)
    assert field.hasFocus()
    assert bar.value() == before


def test_confirming_a_line_by_key_never_leaves_the_keyboard_where_the_line_is_taken_out(
    in_front: AtVisit,
) -> None:
    carried = {
        "lines": "1",
        "lines.0.area": "cheek",
        "lines.0.depth_mm": "0.50",
        "lines.0.carried": "depth_mm",
    }
    in_front.page.editing.put(carried, "as last time", "lines.0.area")
    in_front.page.enter("treatment")
    confirm = in_front.control("visit.lines.0.confirm")
    confirm.setFocus()
    in_front.key(Qt.Key.Key_Space)
    assert focused(in_front).objectName() == "visit.lines.0.endpoint"


def test_what_is_said_above_a_field_while_it_is_filled_in_does_not_push_it_out_of_sight(
    in_front: AtVisit, qtbot: QtBot
) -> None:
    in_front.page.editing.put({"lines": "1", "lines.0.area": "cheek"}, "an area", "lines.0.area")
    in_front.page.enter("treatment")
    step = in_front.page.steps["treatment"]
    cell = in_front.control("visit.lines.0.depth_mm")
    cell.setFocus()
    qtbot.waitUntil(lambda: is_seen(cell))
    QTest.qWait(SETTLED_MS)
    before = cell.mapTo(in_front.page, cell.rect().topLeft()).y()
    inner = step.scroller.widget()
    assert inner is not None
    at = cell.mapTo(inner, cell.rect().topLeft()).y()
    # As where the gate says why, in a card above.
    step.body.insertWidget(0, label("It needs a reason. " * 60, wraps=True))
    qtbot.waitUntil(lambda: cell.mapTo(inner, cell.rect().topLeft()).y() > at)
    qtbot.waitUntil(lambda: cell.mapTo(in_front.page, cell.rect().topLeft()).y() == before)


def test_after_a_signature_the_keyboard_is_on_the_record_and_scrolls_it_to_its_end(
    in_front: AtVisit, qtbot: QtBot
) -> None:
    in_front.page.enter("sign")
    sign = in_front.control("visit.sign")
    sign.setFocus()
    view = in_front.page._view
    assert view is not None
    in_front.page._show(replace(view, is_open=False, state=VisitState.PERFORMED))
    record = focused(in_front)
    assert in_front.page.steps["sign"].isHidden() or not in_front.page.steps["sign"].isVisible()
    assert in_front.page.isAncestorOf(record)
    assert record.isVisible()
    bar = in_front.page._reading_scroller.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    in_front.key(Qt.Key.Key_Down)
    assert bar.value() > 0
    # Once more, as after an approval: what was shown is made anew.
    QTest.keyClick(record, Qt.Key.Key_Tab)
    on = focused(in_front)
    assert on is not record
    in_front.page._show(replace(view, is_open=False, state=VisitState.PERFORMED))
    assert focused(in_front) is record
