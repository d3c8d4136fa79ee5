"""Breaking the glass in the window, its card before the director, and the table of rights."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.security.roles import ACT_WORDS, MATRIX, SUBJECTS, Act, Role
from mnclinic.services.break_glass import break_glass, list_glasses
from mnclinic.ui.desk import Desk
from mnclinic.ui.director.page import DirectorPage
from mnclinic.ui.glass_strip import GlassStrip
from mnclinic.ui.settings.glass import GlassCard, GlassSheet
from mnclinic.ui.settings.rights import Mark, RightsCard
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from tests.services.clinic_builder import SmallClinic, request, small_clinic
from tests.services.conftest import built_clinic, clinic

__all__ = ["built_clinic", "clinic"]

PATIENCE_MS = 60_000
REASON = "Ada Testerman fainted, nobody else is here."


@dataclass
class Seats:
    """Desks for several people of one clinic."""

    clinic: SmallClinic
    runners: list[TaskRunner] = field(default_factory=list)

    def desk(self, user: str) -> Desk:
        runner = TaskRunner(f"store of {user}")
        self.runners.append(runner)
        return Desk(self.clinic.as_user(user), runner)

    def are_idle(self) -> bool:
        return not any(runner.is_busy for runner in self.runners)


@pytest.fixture
def seats(clinic: SmallClinic, qapp: QApplication) -> Iterator[Seats]:
    apply_theme(qapp, "light")
    made = Seats(clinic)
    yield made
    for runner in made.runners:
        runner.close()


def _unexpected(error: Exception) -> None:
    raise error


def words_in(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def press(qtbot: QtBot, widget: QWidget, name: str) -> None:
    button = widget.findChild(QPushButton, name)
    assert button is not None, name
    cast("Any", qtbot).mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_glass_is_broken_with_a_reason_and_what_was_typed_stays_until_it_is(
    seats: Seats, qtbot: QtBot
) -> None:
    desk = seats.desk("desk")
    card = GlassCard(desk)
    qtbot.addWidget(card)
    card.show()
    assert "fill in a visit" in card.subtitle.text()
    press(qtbot, card, "glass.open")
    sheet = card.window().findChild(GlassSheet)
    assert sheet is not None
    sheet.reason.setText("help now")
    press(qtbot, sheet, "glass.confirm")
    qtbot.waitUntil(lambda: "Say in a few words" in words_in(sheet), timeout=PATIENCE_MS)
    assert (sheet.reason.text(), desk.clinic.glass) == ("help now", None)
    sheet.reason.setText(REASON)
    press(qtbot, sheet, "glass.confirm")
    qtbot.waitUntil(lambda: "The glass is broken until" in card.state.text(), timeout=PATIENCE_MS)
    assert not card.open_button.isEnabled()
    assert desk.clinic.is_glass_broken


def test_a_strip_over_every_page_says_until_when_and_gives_the_glass_back(seats: Seats, qtbot: QtBot) -> None:
    desk = seats.desk("desk")
    strip = GlassStrip(desk)
    qtbot.addWidget(strip)
    qtbot.waitUntil(seats.are_idle, timeout=PATIENCE_MS)
    assert strip.isHidden()
    desk.act(
        lambda clinic: break_glass(clinic, REASON, 30), owner=strip, done=lambda _: None, failed=_unexpected
    )
    qtbot.waitUntil(strip.isVisible, timeout=PATIENCE_MS)
    assert "R. Frontley broke the glass: wider rights until 09:30." in strip.accessibleName()
    told: list[str] = []
    desk.told.connect(told.append)
    press(qtbot, strip, "glass.give_back")
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    qtbot.waitUntil(seats.are_idle, timeout=PATIENCE_MS)
    assert (strip.isHidden(), strip.timer.isActive()) == (True, False)
    assert not desk.clinic.is_glass_broken
    (row,) = list_glasses(seats.clinic.as_user("okafor"))
    assert row.was_given_back


def test_the_strip_of_a_glass_from_before_the_lock_is_there_at_once_and_goes_with_its_end(
    seats: Seats, qtbot: QtBot
) -> None:
    break_glass(seats.clinic.as_user("desk"), REASON, 30)
    strip = GlassStrip(seats.desk("desk"))
    qtbot.addWidget(strip)
    qtbot.waitUntil(strip.isVisible, timeout=PATIENCE_MS)
    assert strip.timer.isActive()
    seats.clinic.clock.at += timedelta(minutes=30)
    strip.timer.timeout.emit()
    qtbot.waitUntil(strip.isHidden, timeout=PATIENCE_MS)


@pytest.mark.parametrize("user", ["okafor", "lind", "inspector"])
def test_whom_it_gives_nothing_is_not_offered_it(seats: Seats, qtbot: QtBot, user: str) -> None:
    card = GlassCard(seats.desk(user))
    qtbot.addWidget(card)
    assert card.isHidden()
    qtbot.waitUntil(seats.are_idle, timeout=PATIENCE_MS)


def test_the_director_sees_the_card_above_her_queue_and_lays_it_aside(seats: Seats, qtbot: QtBot) -> None:
    break_glass(seats.clinic.as_user("desk"), REASON, 30)
    desk = seats.desk("okafor")
    page = DirectorPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    qtbot.waitUntil(page.glasses.isVisible, timeout=PATIENCE_MS)
    assert REASON in words_in(page.glasses)
    assert "R. Frontley, front desk" in words_in(page.glasses)
    desk.changed.connect(page.refresh)
    (row,) = list_glasses(desk.clinic)
    press(qtbot, page, f"director.seen.{row.glass_id}")
    qtbot.waitUntil(lambda: not page.glasses.isVisible(), timeout=PATIENCE_MS)
    assert [one.seen_by for one in list_glasses(desk.clinic)] == ["Dr I. Okafor"]


def test_who_is_not_the_director_reads_the_card_and_cannot_lay_it_aside(seats: Seats, qtbot: QtBot) -> None:
    break_glass(seats.clinic.as_user("desk"), REASON, 30)
    page = DirectorPage(seats.desk("lind"))
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    qtbot.waitUntil(page.glasses.isVisible, timeout=PATIENCE_MS)
    names = [one.objectName() for one in page.glasses.findChildren(QPushButton)]
    assert [one for one in names if one.startswith("director.seen.")] == []


def test_whoever_may_not_see_the_queue_reads_why_and_no_empty_list(seats: Seats, qtbot: QtBot) -> None:
    page = DirectorPage(seats.desk("desk"))
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: "may not look at the director's queue" in words_in(page), timeout=PATIENCE_MS)
    assert not page.queue.isVisible()


def test_the_director_of_a_solo_physician_clinic_is_told_so_on_her_page(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, "light")
    alone = tuple(one for one in request().people if one.role != "provider")
    solo = Seats(small_clinic(tmp_path / "clinic", people=alone, is_solo=True))
    page = DirectorPage(solo.desk("okafor"))
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: "Declared solo-physician clinic" in words_in(page), timeout=PATIENCE_MS)
    solo.runners[0].close()
    solo.clinic.close()


def test_the_table_says_of_every_role_and_act_what_the_matrix_says(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    card = RightsCard()
    qtbot.addWidget(card)
    card.resize(1100, 900)
    card.show()
    assert card.table.isVisible()
    marks = [one.accessibleName() for one in card.table.findChildren(Mark)]
    assert len(marks) == len(set(marks)) == len(Role) * len(Act)
    assert "The front desk may start a visit" in marks
    assert "An inspector may not start a visit" in marks
    assert sum(" may not " not in mark for mark in marks) == sum(map(len, MATRIX.values()))
    shown = words_in(card)
    assert all(subject in shown for subject in SUBJECTS)


def test_where_the_columns_do_not_fit_every_act_is_told_in_words(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "light", 2.0)
    try:
        card = RightsCard()
        qtbot.addWidget(card)
        card.resize(700, 900)
        card.show()
        assert (card.table.isVisible(), card.lines.isVisible()) == (False, True)
        shown = words_in(card.lines).lower()
        assert all(words in shown for words in ACT_WORDS.values())
        assert "start a visit: front desk, provider, director." in shown
        assert "with broken glass also: administrator." in shown
        card.resize(2400, 900)
        assert card.table.isVisible()
    finally:
        apply_theme(qapp, "light")
