"""The shipped checklist by keyboard: a returning patient, areas, words, both languages."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mnclinic.domain.finding import Light
from mnclinic.domain.screening import (
    Answer,
    ScreeningAnswer,
    ScreeningItem,
    screening_findings,
    screening_item_from_json,
)
from mnclinic.domain.treatment import Area
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements.layout import follow_keyboard
from mnclinic.ui.keys import page_keys
from mnclinic.ui.language import speak, spoken
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.visits.questions import QuestionRow
from mnclinic.ui.visits.screening import ScreeningStep
from tests.services.clinic_builder import MONDAY, SmallClinic, document
from tests.services.screened_before import ASKED, GOAL_KEYS, ITEMS, screened_before
from tests.ui.visits.conftest import AtVisit

SETTLED_MS = 300
"""Longer than a step takes to lay itself out anew."""
TODAY = MONDAY.date()


@pytest.fixture(scope="session")
def returning(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallClinic, str, str]:
    """A clinic under the shipped checklist, a visit with every answer no, and the same person's next one."""
    return screened_before(tmp_path_factory.mktemp("screening") / "clinic")


@pytest.fixture
def at_visit(
    returning: tuple[SmallClinic, str, str], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[AtVisit]:
    """The second visit, shown to its performer."""
    apply_theme(qapp, "light")
    made, _, second = returning
    shutil.copytree(made.folder, tmp_path / "clinic")
    clinic = replace(made, folder=tmp_path / "clinic", opened=[])
    opened = clinic.as_user("reyes")
    runner = TaskRunner("store")
    desk = Desk(opened, runner)
    page = VisitPage(desk)
    page.resize(1180, 760)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    at = AtVisit(qtbot, clinic, opened, desk, page, second)
    at.show(f"{second}#history")
    yield at
    page.flush()
    runner.close()
    clinic.close()


def question(at_visit: AtVisit, item: str) -> QuestionRow:
    return cast("ScreeningStep", at_visit.page.steps["screening"])._rows[item]


def test_a_returning_patient_with_nothing_changed_takes_at_most_twelve_keys(at_visit: AtVisit) -> None:
    editing = at_visit.page.editing
    pressed = 0

    def press(key: Qt.Key) -> None:
        nonlocal pressed
        pressed += 1
        at_visit.key(key)

    # The first question has the keyboard as soon as the step is there.
    press(Qt.Key.Key_A)
    while any(not editing.text(f"screening.{item}") for item in ASKED):
        press(Qt.Key.Key_N)
        assert pressed <= GOAL_KEYS, [one for one in ASKED if not editing.text(f"screening.{one}")]
    at_visit.kept()
    each = {item["item"] for item in ITEMS if item.get("ask_each_visit")}
    assert pressed == 1 + len(each)
    sys.stdout.write(f"\nkeys for a returning patient with nothing changed: {pressed} (goal {GOAL_KEYS})\n")
    stored = {one["item"]: one["answer"] for one in at_visit.stored()["screening"]}
    assert stored == dict.fromkeys(ASKED, "no")
    view = at_visit.page._view
    assert view is not None
    assert [one.code for one in view.verdict.findings if one.where.startswith("screening.")] == []


def test_the_keys_of_the_steps_lead_to_them_and_the_questions_hear_their_letters_at_once(
    at_visit: AtVisit,
) -> None:
    page = at_visit.page
    names, alt = list(page.steps), Qt.KeyboardModifier.AltModifier
    control = Qt.KeyboardModifier.ControlModifier

    def press(key: Qt.Key, held: Qt.KeyboardModifier) -> str:
        holder: Any = page.window().focusWidget()
        QTest.keyClick(holder, key, held)
        step = page._stack.currentWidget()
        assert step is not None
        assert step.isAncestorOf(page.window().focusWidget()), "the keyboard is in the step"
        return next(name for name, one in page.steps.items() if one is step)

    for at, name in enumerate(names):
        assert press(Qt.Key(Qt.Key.Key_1 + at), alt) == name
    met = [press(Qt.Key.Key_PageUp, control) for _ in names]
    assert met == [*reversed(names[:-1]), names[0]]
    assert press(Qt.Key.Key_PageDown, control) == "screening"
    assert question(at_visit, ASKED[0]).hasFocus()
    at_visit.key(Qt.Key.Key_N)
    assert page.editing.text(f"screening.{ASKED[0]}") == "no"
    assert press(Qt.Key.Key_PageUp, control) == "identity"
    page.lights[Light.HISTORY].click()
    assert question(at_visit, ASKED[1]).hasFocus(), "the first question that is still open"
    told = {line.words for group in page_keys(page) for line in group.lines if line.keys == "Alt+2"}
    assert told == {"2. Screening"}


def test_what_is_asked_at_each_visit_is_never_carried(at_visit: AtVisit) -> None:
    question(at_visit, "alcohol").setFocus()
    at_visit.key(Qt.Key.Key_A)
    each = {item["item"] for item in ITEMS if item.get("ask_each_visit")}
    open_now = {item for item in ASKED if not at_visit.page.editing.text(f"screening.{item}")}
    assert open_now == each
    assert question(at_visit, "shaving").hasFocus(), "the first question that is still open has the keyboard"
    at_visit.kept()


def test_the_question_that_is_left_after_nothing_changed_is_in_sight(
    at_visit: AtVisit, qapp: QApplication, qtbot: QtBot
) -> None:
    at_visit.page.resize(1180, 560)
    qapp.focusChanged.connect(follow_keyboard)
    question(at_visit, ASKED[0]).setFocus()
    at_visit.key(Qt.Key.Key_A)
    left = question(at_visit, "shaving")
    assert left.hasFocus()
    # Answers take the line about last time out above it.
    at_visit.kept()
    QTest.qWait(SETTLED_MS)
    qapp.focusChanged.disconnect(follow_keyboard)
    assert left.visibleRegion().boundingRect().height() == left.height()


def test_the_answers_of_last_time_are_shown_and_given_again_by_one_key(at_visit: AtVisit) -> None:
    row = question(at_visit, "pregnancy")
    assert row.before.text() == "Last time: No"
    row.setFocus()
    at_visit.key(Qt.Key.Key_Equal)
    assert at_visit.page.editing.text("screening.pregnancy") == "no"
    at_visit.kept()


def test_a_yes_names_its_areas_and_leaves_the_others_alone(at_visit: AtVisit) -> None:
    row = question(at_visit, "active_acne")
    row.setFocus()
    at_visit.key(Qt.Key.Key_Y)
    assert "None chosen counts as everywhere" in row.before.text()
    at_visit.press("screening.active_acne.area.cheek")
    at_visit.kept()
    answers = {one["item"]: one for one in at_visit.stored()["screening"]}
    assert answers["active_acne"] == {"item": "active_acne", "answer": "yes", "areas": ["cheek"]}
    view = at_visit.page._view
    assert view is not None
    assert [(one.area.value, one.item) for one in view.barred] == [("cheek", "active_acne")]
    assert "active_acne" not in {one.code for one in view.verdict.findings}
    at_visit.press("screening.active_acne.no")
    assert at_visit.page.editing.text("screening.active_acne.areas") == ""
    at_visit.kept()


def test_the_treatment_says_which_areas_are_left_out(at_visit: AtVisit) -> None:
    at_visit.press("screening.active_acne.yes")
    at_visit.press("screening.active_acne.area.cheek")
    at_visit.kept()
    at_visit.page.go("treatment")
    said = cast("QLabel", at_visit.control("treatment.left_out")).text()
    assert said == "Leave out today: Cheek (Active acne in the area)."


def test_words_beside_an_answer_are_stored_with_it(at_visit: AtVisit) -> None:
    row = question(at_visit, "anticoagulant")
    row.setFocus()
    at_visit.key(Qt.Key.Key_Y)
    at_visit.type_into("screening.anticoagulant.note", "Warfarin, by Dr Example")
    at_visit.kept()
    answers = {one["item"]: one for one in at_visit.stored()["screening"]}
    assert answers["anticoagulant"]["note"] == "Warfarin, by Dr Example"


def test_a_date_within_the_window_shows_the_first_allowed_day_with_its_reason(at_visit: AtVisit) -> None:
    at_visit.press("screening.isotretinoin_stopped.yes")
    at_visit.type_into("screening.isotretinoin_stopped.last_on", "2026-06-15")
    at_visit.leave()
    at_visit.kept()
    said = question(at_visit, "isotretinoin_stopped").finding.text()
    assert "161 days ago; the clinic's window is 183 days. Earliest 2026-12-15." in said
    at_visit.press("screening.aspirin.yes")
    at_visit.kept()
    said = question(at_visit, "aspirin").finding.text()
    assert said == "Aspirin: yes. Ask the prescriber, and the director decides."


def test_the_questions_stand_in_both_languages_at_one_key(at_visit: AtVisit) -> None:
    row = question(at_visit, "pregnancy")
    row.setFocus()
    at_visit.key(Qt.Key.Key_L)
    assert row.other_language.isVisible()
    assert row.other_language.text() == "¿Está embarazada o amamantando?"
    at_visit.key(Qt.Key.Key_L)
    assert not row.other_language.isVisible()


def test_the_questions_are_asked_in_the_windows_language(at_visit: AtVisit, qapp: QApplication) -> None:
    speak(qapp, "es")
    try:
        page = VisitPage(at_visit.desk)
        at_visit.bot.addWidget(page)
        page.show_page(at_visit.visit_id)
        at_visit.until(lambda: page._view is not None and not at_visit.desk.runner.is_busy)
        rows = cast("ScreeningStep", page.steps["screening"])._rows
        spanish = {item["item"]: item["spanish"]["question"] for item in ITEMS}
        assert {name: row.accessibleName() for name, row in rows.items()} == {
            name: spanish[name] for name in rows
        }
    finally:
        speak(qapp, "en")


def test_a_lesion_seen_on_the_skin_refuses_its_area_and_no_other(at_visit: AtVisit) -> None:
    question(at_visit, "alcohol").setFocus()
    at_visit.key(Qt.Key.Key_A)
    for item in ASKED:
        if not at_visit.page.editing.text(f"screening.{item}"):
            at_visit.press(f"screening.{item}.no")
    at_visit.press("visit.add_lesion")
    at_visit.choose("visit.lesions.0.area", "cheek")
    at_visit.choose("visit.lesions.0.item", "infection_or_wound")
    at_visit.kept()
    assert at_visit.stored()["skin"]["lesions"] == [{"area": "cheek", "item": "infection_or_wound"}]
    assert "infection_or_wound" not in codes_of(at_visit)
    at_visit.change_elsewhere(lines=document()["lines"])
    at_visit.page.refresh()
    at_visit.until(lambda: "infection_or_wound" in codes_of(at_visit))
    said = question(at_visit, "infection_or_wound").finding.text()
    assert said == "In the cheek: Infection, rash or open wound in the area: seen on the skin."


def codes_of(at_visit: AtVisit) -> set[str]:
    view = at_visit.page._view
    assert view is not None
    return {one.code for one in view.verdict.findings}


@pytest.mark.parametrize("item", [screening_item_from_json(one) for one in ITEMS], ids=lambda one: one.item)
def test_what_an_answer_means_is_told_whole_in_spanish(item: ScreeningItem, qapp: QApplication) -> None:
    if item.answered_by:
        return
    assert item.spanish is not None
    answers = (
        ScreeningAnswer(item.item, Answer.YES),
        ScreeningAnswer(item.item, Answer.UNKNOWN),
        ScreeningAnswer(item.item, Answer.YES, TODAY),
        ScreeningAnswer(item.item, Answer.YES, TODAY, areas=frozenset({Area.CHEEK, Area.NOSE})),
    )
    speak(qapp, "es")
    try:
        for answer in answers:
            (found,) = screening_findings(
                [item],
                {item.item: answer},
                visit_on=TODAY,
                treated=frozenset(Area),
                device_class="radiofrequency",
            )
            said = spoken(found.message)
            assert item.spanish.topic in said
            assert said.endswith(item.spanish.advice)
            assert not any(word in said for word in (" yes", "the ", "In the", "cheek", "Earliest"))
    finally:
        speak(qapp, "en")


SCANNED = "01095060001343521727053110NAYUL-77"


@pytest.mark.parametrize("begins", ["", "]d2", "+"])
def test_a_code_scanned_over_the_questions_answers_none_of_them(at_visit: AtVisit, begins: str) -> None:
    first = question(at_visit, ASKED[0])
    first.setFocus()
    QTest.keyClicks(first, begins + SCANNED)
    at_visit.key(Qt.Key.Key_Return)
    editing = at_visit.page.editing
    assert [one for one in ASKED if editing.text(f"screening.{one}")] == []
    assert first.hasFocus()
    at_visit.key(Qt.Key.Key_N)
    assert editing.text(f"screening.{ASKED[0]}") == "no", "after the code the letters answer again"
