"""Follow-up calls at the window: the list, one call with its script, each outcome by a key."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mnclinic.services.change_details import change_details
from mnclinic.services.list_events import open_events
from mnclinic.services.list_follow_ups import follow_ups
from mnclinic.ui.events.entry_sheet import EventSheet
from mnclinic.ui.follow_up.call_sheet import CallSheet
from mnclinic.ui.follow_up.page import FollowUpPage
from mnclinic.ui.follow_up.words import wishes_words
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.window import Workspace
from tests.services.clinic_builder import PASSWORDS, SmallClinic, known_clinic
from tests.services.follow_ups import DOCUMENTS, pass_time, treated
from tests.ui.conftest import PATIENCE_MS

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[SmallClinic]:
    """A clinic with a script, and somebody to be called today."""
    made = known_clinic(tmp_path / "scripted", documents=DOCUMENTS)
    treated(made)
    made.close()
    made.opened.clear()
    pass_time(made, hours=49)
    yield made
    made.let_go()


@pytest.fixture
def page(scripted: SmallClinic, qtbot: QtBot, qapp: QApplication) -> Iterator[FollowUpPage]:
    """The page, as the desk sees it."""
    apply_theme(qapp, "light")
    window = ClinicWindow(scripted.folder, clock=scripted.clock)
    qtbot.addWidget(window)
    window.show()
    window.login.user.setText("desk")
    window.login.password.setText(PASSWORDS["desk"])
    QTest.keyClick(window.login.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Workspace), timeout=PATIENCE_MS)
    workspace = cast("Workspace", window.centralWidget())
    workspace.go("follow-up", None)
    shown = cast("FollowUpPage", workspace.stack.currentWidget())
    qtbot.waitUntil(lambda: shown.table.current() is not None, timeout=PATIENCE_MS)
    yield shown
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    window.close()


def _sheet(page: FollowUpPage, qtbot: QtBot, kind: type) -> Any:  # noqa: ANN401 - sheets of two kinds
    def there() -> list[Any]:
        return [one for one in cast("Any", page.window()).findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(there()), timeout=PATIENCE_MS)
    return there()[0]


def _call(page: FollowUpPage, qtbot: QtBot) -> CallSheet:
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    sheet = cast("CallSheet", _sheet(page, qtbot, CallSheet))
    qtbot.waitUntil(sheet.isActiveWindow, timeout=PATIENCE_MS)
    return sheet


def test_a_call_in_which_all_is_well_takes_three_keys_and_leaves_the_list(
    page: FollowUpPage, qtbot: QtBot, scripted: SmallClinic
) -> None:
    sheet = _call(page, qtbot)
    assert sheet.script is not None
    assert [one.answer for one in sheet.script.questions] == [None, None]
    QTest.keyClick(sheet, Qt.Key.Key_N, ALT)
    QTest.keyClick(sheet, Qt.Key.Key_1, ALT)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 0, timeout=PATIENCE_MS)
    assert page._empty.isVisible()
    assert follow_ups(scripted.as_user("desk")) == ()


@pytest.fixture
def unwilling(scripted: SmallClinic) -> None:
    """Whoever is to be called asked not to be."""
    change_details(scripted.as_user("desk"), "P-000001", {"contact": ("none",)})
    scripted.close()
    scripted.opened.clear()


@pytest.mark.usefixtures("unwilling")
def test_whoever_asked_not_to_be_contacted_is_told_as_that_before_anybody_calls(
    page: FollowUpPage, qtbot: QtBot
) -> None:
    asked = "Asked not to be contacted"
    assert page.table.rows.index(0, 1).data() == asked
    sheet = _call(page, qtbot)
    assert asked in [one.text() for one in sheet.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (("call", "post"), "Call · Post · no message may be left"),
        (("text", "message"), "Text message · a message may be left"),
        ((), ""),
    ],
)
def test_how_somebody_may_be_reached_says_whether_a_message_may_be_left(
    scripted: SmallClinic, codes: tuple[str, ...], words: str
) -> None:
    (row,) = follow_ups(scripted.as_user("desk"))
    assert wishes_words(replace(row, contact=frozenset(codes))) == words


def test_what_is_missing_stands_beside_its_field_and_nothing_is_written(
    page: FollowUpPage, qtbot: QtBot, scripted: SmallClinic
) -> None:
    sheet = _call(page, qtbot)
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet._fields["outcome"].problem.text()), timeout=PATIENCE_MS)
    QTest.keyClick(sheet, Qt.Key.Key_1, ALT)
    sheet.go.click()
    qtbot.waitUntil(lambda: "1, 2" in sheet._answers.text(), timeout=PATIENCE_MS)
    assert sheet._answers.isVisible()
    assert sheet._fields["outcome"].problem.text() == ""
    assert follow_ups(scripted.as_user("desk"))[0].tries == ()


def test_answers_do_not_count_where_nobody_was_reached(
    page: FollowUpPage, qtbot: QtBot, scripted: SmallClinic
) -> None:
    sheet = _call(page, qtbot)
    QTest.keyClick(sheet, Qt.Key.Key_N, ALT)
    QTest.keyClick(sheet, Qt.Key.Key_4, ALT)
    sheet.go.click()
    qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=PATIENCE_MS)
    (contact,) = follow_ups(scripted.as_user("desk"))
    assert [(one.outcome.value, one.answers) for one in contact.tries] == [("no_answer", {})]


def test_something_wrong_leads_to_the_adverse_event_with_the_directors_clock(
    page: FollowUpPage, qtbot: QtBot, scripted: SmallClinic
) -> None:
    sheet = _call(page, qtbot)
    assert sheet.script is not None
    sheet.script.questions[1].yes.setChecked(True)
    QTest.keyClick(sheet, Qt.Key.Key_2, ALT)
    sheet.note.setText("Fever since last night.")
    sheet.go.click()
    wrong = cast("EventSheet", _sheet(page, qtbot, EventSheet))
    typed = wrong.typed()
    assert (typed.kind, typed.words, typed.told_how) == ("other", "Fever since last night.", "follow_up")
    assert typed.visit_id == follow_ups(scripted.as_user("desk"), with_all=True)[0].visit_id
    wrong.grade.setText("9")
    wrong.go.click()
    qtbot.waitUntil(lambda: bool(wrong._fields["grade"].problem.text()), timeout=PATIENCE_MS)
    wrong.kind.setCurrentIndex(wrong.kind.findData("infection"))
    wrong.grade.setText("3")
    wrong.go.click()
    qtbot.waitUntil(lambda: not wrong.isVisible(), timeout=PATIENCE_MS)
    (event,) = open_events(scripted.as_user("desk"))
    assert (event.event, event.grade, event.told_how) == ("Fever since last night.", 3, "follow_up")
    assert event.tell_by is not None
    assert page.isVisible(), "whoever calls goes on with the list"
