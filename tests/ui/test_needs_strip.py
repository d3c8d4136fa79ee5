"""One line over the day counts what needs something, leads there by keys, and leaves the day in sight."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import OPEN_TO_EDIT
from mnclinic.services.list_day import DayLine
from mnclinic.services.start_visit import start_visit
from mnclinic.ui.elements import NOT_YET, ROW_ROLE, ChipLook, light_look
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.today.day_table import lights_text
from mnclinic.ui.today.needs_strip import NeedsStrip
from mnclinic.ui.today.page import TodayPage
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.window import Workspace

OpenAs = Callable[[str], tuple[ClinicWindow, Workspace]]
PATIENCE_MS = 60_000
MONDAY = date(2026, 11, 23)
LEAST_IN_SIGHT = 8


@pytest.fixture
def today(open_as: OpenAs, qtbot: QtBot) -> TodayPage:
    """Today of the demo's own day, in the smallest window, as its director sees it."""
    window, workspace = open_as("okafor")
    window.resize(1280, 720)
    page = cast("TodayPage", workspace.stack.currentWidget())
    page._asked_day = MONDAY
    page.refresh()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    return page


def lines_of(page: TodayPage) -> list[DayLine]:
    rows = page.table.rows
    return [rows.row_at(at) for at in range(rows.rowCount())]


def part(page: TodayPage, code: str) -> QPushButton:
    found = page.needs.strip.findChild(QPushButton, f"today.need.{code}")
    assert found is not None
    return found


def test_the_parts_count_the_lines_and_each_leads_to_the_next_of_its_lines(
    today: TodayPage, qtbot: QtBot
) -> None:
    bot: Any = qtbot
    assert today.needs.needs
    today._new_visit.setFocus()
    for shown in (one for one in today.needs.buttons if one.isVisible()):
        bot.keyClick(today.focusWidget(), Qt.Key.Key_Tab)
        assert today.focusWidget() is shown, "after the header, in the order in which they are read"
    every = {line.key for line in lines_of(today)}
    for need in today.needs.needs:
        assert set(need.keys) <= every
        way = part(today, need.code)
        assert way.text().startswith(f"{len(need.keys)} ")
        for key in (*need.keys, need.keys[0]):
            way.setFocus()
            bot.keyClick(way, Qt.Key.Key_Space)
            assert today.table.current().key == key
            assert today.focusWidget() is today.table
    count = today.findChild(QLabel, "today.needs")
    assert count is not None
    lines = {key for need in today.needs.needs for key in need.keys}
    waiting = int(part(today, "queue").text().split()[0])
    told = int(part(today, "notices").text().split()[0])
    assert count.text().split()[0] == str(len(lines) + waiting + told)


def test_n_goes_from_line_to_line_that_needs_something(today: TodayPage, qtbot: QtBot) -> None:
    bot: Any = qtbot
    wanted = list(dict.fromkeys(key for need in today.needs.needs for key in need.keys))
    met = []
    today.table.setFocus()
    for _ in wanted:
        bot.keyClick(today.table, Qt.Key.Key_N)
        met.append(today.table.current().key)
    assert sorted(met) == sorted(wanted)


def test_eight_lines_of_the_day_stand_in_the_smallest_window_with_the_usual_notices(
    today: TodayPage, qtbot: QtBot
) -> None:
    assert len(lines_of(today)) >= LEAST_IN_SIGHT
    assert part(today, "notices").isVisible()
    for at, line in enumerate(lines_of(today)):
        # A chosen line with lights takes the most room below.
        if line.lights is not None:
            today.table.selectRow(at)
            break
    today.table.scrollToTop()
    qtbot.waitUntil(lambda: today.chosen.isVisible() and today.chosen.lights[Light.EXAM].isVisible())
    area = today._scroller.viewport()
    table = today.table
    row = table.visualRect(table.model().index(LEAST_IN_SIGHT - 1, 0))
    foot = table.viewport().mapTo(area, QPoint(0, row.bottom())).y()
    assert row.bottom() < table.viewport().height(), "the table itself shows it"
    assert foot < area.height()


def test_a_line_that_nobody_began_shows_six_lights_and_says_not_yet(today: TodayPage) -> None:
    planned = [one for one in lines_of(today) if not one.is_begun and one.lights is not None]
    assert planned
    for line in planned:
        assert line.lights is not None
        for light, state in line.lights.items():
            look = light_look(state, is_begun=False)
            assert (look is NOT_YET) == (state is LightState.NOT_DONE)
            assert f"{light.value}: {look.word}" in lights_text(line)
    at = lines_of(today).index(planned[0])
    index = today.table.model().index(at, today.table._lights_at)
    assert index.data(ROW_ROLE) is planned[0]
    today.table.scrollTo(index)
    drawn = today.table.viewport().grab(today.table.visualRect(index).adjusted(0, 2, -8, -2)).toImage()
    middle = drawn.height() // 2
    assert len({drawn.pixel(x, middle) for x in range(drawn.width())}) > 1, "the lights are drawn"
    today.table.selectRow(at)
    assert today.chosen.lights[Light.EXAM].isVisible()
    assert "not yet" in today.chosen.lights[Light.EXAM].accessibleName()


@pytest.mark.parametrize(
    ("digit", "leads_to"),
    [
        (Qt.Key.Key_1, "patients"),
        (Qt.Key.Key_2, "patients"),
        (Qt.Key.Key_3, "patients"),
        (Qt.Key.Key_6, "devices"),
    ],
)
def test_a_light_of_a_planned_line_opens_what_leads_up_to_it(
    today: TodayPage, qtbot: QtBot, qapp: QApplication, digit: Qt.Key, leads_to: str
) -> None:
    bot: Any = qtbot
    wanted: list[str] = []
    today._desk.wanted.disconnect()
    today._desk.wanted.connect(lambda name, _what: wanted.append(name))
    at = next(at for at, one in enumerate(lines_of(today)) if not one.is_begun and one.lights is not None)
    today.table.selectRow(at)
    bot.keyClick(today.table, digit)
    assert wanted == [leads_to]


def test_a_light_has_one_word_shape_and_colour_on_today_and_in_the_visit(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")

    def settle() -> None:
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)

    workspace.go("today", None)
    today = cast("TodayPage", workspace.stack.currentWidget())
    today._asked_day = MONDAY
    today.refresh()
    settle()
    ref = lines_of(today)[0].patient_ref
    # Nobody has saved it: its lights are of now, as the visit's own.
    failures: list[Exception] = []
    today._desk.act(
        lambda clinic: start_visit(clinic, ref, "microneedling_face", "reyes"),
        owner=today,
        done=lambda _visit_id: None,
        failed=failures.append,
    )
    settle()
    assert failures == []
    met: set[LightState] = set()
    for day in (None, MONDAY):
        today._asked_day = day
        today.refresh()
        settle()
        shown: dict[str, dict[Light, ChipLook]] = {}
        for at, line in enumerate(lines_of(today)):
            if line.visit is not None and line.visit.state in OPEN_TO_EDIT:
                today.table.selectRow(at)
                shown[line.visit.visit_id] = {one: today.chosen.lights[one]._look for one in Light}
        assert shown
        for visit_id, looks in shown.items():
            workspace.go("visit", visit_id)
            settle()
            visit = cast("VisitPage", workspace.stack.currentWidget())
            assert visit._view is not None
            assert visit._view.visit_id == visit_id
            assert {one: visit.lights[one]._look for one in Light} == looks
            met |= {visit._view.verdict.light(one) for one in Light}
        workspace.go("today", None)
        settle()
    assert met == set(LightState), "every state was met"


def test_what_is_left_open_and_what_waits_for_review_are_counted_and_lead_there(qtbot: QtBot) -> None:
    strip = NeedsStrip()
    qtbot.addWidget(strip)
    led: list[str] = []
    strip.left_over_wanted.connect(lambda: led.append("left over"))
    strip.queue_wanted.connect(lambda: led.append("queue"))
    assert strip.isHidden(), "nothing needs anything"
    strip.show_lines((), 2, 1)
    assert [one.text() for one in strip.buttons] == ["1 to review", "2 left open"]
    for way in strip.buttons:
        way.click()
    assert led == ["queue", "left over"]
    strip.show_lines((), 0, 0)
    assert strip.isHidden()


def test_where_the_text_is_large_the_parts_stand_below_once_they_are_asked_for(
    qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, "light", text_scale=2.0)
    try:
        strip = NeedsStrip()
        qtbot.addWidget(strip)
        strip.resize(1000, 300)
        strip.show_lines((), 2, 1)
        strip.show()
        more = strip.findChild(QPushButton, "today.needs.more")
        assert more is not None
        low = strip.sizeHint().height()
        assert [one.objectName() for one in strip.buttons if one.isVisible()] == ["today.needs.more"]
        more.click()
        assert all(one.isVisible() for one in strip.buttons)
        more.click()
        qtbot.waitUntil(lambda: strip.sizeHint().height() == low, timeout=PATIENCE_MS)
    finally:
        apply_theme(qapp, "light")
