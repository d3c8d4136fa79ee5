"""What the protocol says stands where it is needed: its method, what is told before and after, its sheets."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QStyle, QStyleOptionFrame
from pytestqt.qtbot import QtBot

from mnclinic.resource_files import resource_text
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Fold
from mnclinic.ui.language import speak, spoken
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.visits.care import CareStep
from mnclinic.ui.visits.page import VisitPage
from tests.domain.builders import draft
from tests.services.clinic_builder import SmallClinic, add_person
from tests.services.test_sheets_of_the_protocol import clinic_under, method
from tests.ui.visits.conftest import AtVisit

SPANISH = json.loads(resource_text("words/protocol-lines-es.json"))


@pytest.fixture(scope="session")
def under_own_sheet(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallClinic, str]:
    """A clinic whose protocol names the clinic's own aftercare sheet, and an open visit."""
    made = clinic_under(tmp_path_factory.mktemp("method"), aftercare_form="own-aftercare")
    reyes = made.as_user("reyes")
    visit = start_visit(reyes, add_person(reyes), "microneedling_face", "reyes")
    made.close()
    return made, visit


@pytest.fixture
def at_visit(
    under_own_sheet: tuple[SmallClinic, str], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[AtVisit]:
    """The visit, shown to its performer."""
    apply_theme(qapp, "light")
    made, visit = under_own_sheet
    shutil.copytree(made.folder, tmp_path / "clinic")
    clinic = replace(made, folder=tmp_path / "clinic", opened=[])
    opened = clinic.as_user("reyes")
    runner = TaskRunner("store")
    desk = Desk(opened, runner)
    page = VisitPage(desk)
    page.resize(1180, 760)
    qtbot.addWidget(page)
    page.show()
    at = AtVisit(qtbot, clinic, opened, desk, page, visit)
    at.show()
    yield at
    page.flush()
    runner.close()
    clinic.close()


def shown_in(at_visit: AtVisit, name: str) -> list[str]:
    return [one.text() for one in at_visit.control(name).findChildren(QLabel)]


def test_the_protocols_method_is_folded_and_opens_with_its_steps_in_order(at_visit: AtVisit) -> None:
    at_visit.page.go("care")
    steps = method()["steps"]
    fold = cast("Any", at_visit.control("visit.method"))
    assert isinstance(fold, Fold)
    lines = cast("Any", at_visit.page).findChildren(QLabel)
    first = next(one for one in lines if one.text() == f"1. {steps[0]}")
    assert not first.isVisible()
    fold.click()
    assert first.isVisible()
    told = shown_in(at_visit, "visit.method_lines")
    assert told == [f"{number}. {step}" for number, step in enumerate(steps, 1)]


def test_what_is_told_before_and_after_stands_beside_the_sheets(at_visit: AtVisit) -> None:
    at_visit.page.go("consent")
    assert shown_in(at_visit, "visit.told_before") == [f"– {one}" for one in method()["precare"]]
    at_visit.page.go("care")
    assert shown_in(at_visit, "visit.told_after") == [f"– {one}" for one in method()["aftercare"]]


def test_every_line_of_the_shipped_protocols_is_said_in_spanish_and_a_clinics_own_stays(
    qapp: QApplication,
) -> None:
    speak(qapp, "es")
    try:
        for name in ("face-mechanical", "face-prp"):
            shipped = draft(f"protocols/{name}.json")
            for part in ("steps", "asepsis", "precare", "aftercare"):
                known = {line: spoken(line) for line in shipped[part]}
                assert [line for line, said in known.items() if said == SPANISH[line]] == shipped[part]
        assert spoken("Count the swabs twice.") == "Count the swabs twice."
    finally:
        speak(qapp, "en")


def test_the_protocols_own_aftercare_sheet_is_chosen_and_stored(at_visit: AtVisit) -> None:
    at_visit.page.go("care")
    box = at_visit.control("visit.aftercare_sheet")
    assert isinstance(box, QComboBox)
    assert [box.itemData(one) for one in range(box.count())] == ["", "own-aftercare-en v1"]
    box.setCurrentIndex(1)
    at_visit.page.flush()
    at_visit.until(
        lambda: (
            show_visit(at_visit.opened, at_visit.visit_id, opened=False).document.get("aftercare_sheet")
            == "own-aftercare-en v1"
        )
    )


def test_that_the_sheet_was_given_is_entered_with_its_hash_and_taken_back(at_visit: AtVisit) -> None:
    def stored() -> Any:  # noqa: ANN401 - a part of the document
        at_visit.page.flush()
        return show_visit(at_visit.opened, at_visit.visit_id, opened=False).document.get("aftercare")

    at_visit.page.go("care")
    step = cast("CareStep", at_visit.page.steps["care"])
    step.given_after.told_back.click()
    assert "Choose above" in step.given_after._problem.accessibleName()
    box = at_visit.control("visit.aftercare_sheet")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(1)
    step.given_after.told_back.click()
    at_visit.until(lambda: bool(stored()))
    given = stored()
    assert (given["given_by"], given["taught_back"], len(given["text_sha256"])) == ("reyes", True, 64)
    at_visit.until(lambda: step.given_after.take_back.isVisibleTo(step))
    step.given_after.take_back.click()
    at_visit.until(lambda: stored() is None)


def test_after_saying_that_the_sheet_was_given_the_keyboard_is_not_on_undo(at_visit: AtVisit) -> None:
    at_visit.page.go("care")
    step = cast("CareStep", at_visit.page.steps["care"])
    box = at_visit.control("visit.aftercare_sheet")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(1)
    for pressed, then in (
        (step.given_after.told_back, step.given_after.take_back),
        (step.given_after.take_back, step.given_after.told_back),
    ):
        pressed.setFocus()
        QTest.keyClick(pressed, Qt.Key.Key_Space)
        at_visit.until(partial(then.isVisibleTo, step))
        assert at_visit.page.window().focusWidget() is then


def test_a_line_that_goes_away_below_moves_nothing_under_the_mouse(at_visit: AtVisit) -> None:
    at_visit.page.resize(1180, 640)
    at_visit.page.go("care")
    step = cast("CareStep", at_visit.page.steps["care"])
    step.given_after.give.click()
    problem, box = step.given_after._problem, at_visit.control("visit.aftercare_sheet")
    assert isinstance(box, QComboBox)
    box.setFocus()
    bar, content = step.scroller.verticalScrollBar(), step.scroller.widget()
    assert content is not None

    def is_whole() -> bool:
        bar.setValue(bar.maximum())
        return (
            content.height() > cast("Any", content.layout()).totalHeightForWidth(content.width()) - 1
            and bar.value() > 0
        )

    at_visit.until(lambda: problem.isVisible() and is_whole())
    at, tall = box.mapTo(at_visit.page, QPoint(0, 0)).y(), problem.height()
    box.setCurrentIndex(1)
    at_visit.page.flush()
    at_visit.kept()
    at_visit.until(lambda: not problem.isVisible())
    QTest.qWait(0)
    assert tall > 0
    assert box.mapTo(at_visit.page, QPoint(0, 0)).y() == at
    bar.setValue(0)
    box.setCurrentIndex(0)
    at_visit.page.flush()
    at_visit.kept()
    at_visit.until(
        lambda: content.height() == cast("Any", content.layout()).totalHeightForWidth(content.width())
    )


def test_the_hour_in_a_row_of_many_cells_shows_its_hint_whole(at_visit: AtVisit) -> None:
    at_visit.page.resize(1180, 640)
    at_visit.page.go("care")
    step = cast("CareStep", at_visit.page.steps["care"])
    step.fold.setChecked(True)
    step.spins.add()
    at_visit.until(lambda: bool(step.spins.shown))
    hour = cast("QLineEdit", step.spins.shown[0].cells["spun_at"])
    at_visit.until(hour.isVisible)
    option = QStyleOptionFrame()
    hour.initStyleOption(option)
    room = hour.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, hour).width()
    # The toolkit keeps two pixels at either side of the text.
    assert hour.fontMetrics().horizontalAdvance(hour.placeholderText()) <= room - 4
