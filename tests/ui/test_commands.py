"""Ctrl+K gives every command of the menu and of the page that is shown, the sections and the looks."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.ui.commands import Command, Commands, commands_for
from mnclinic.ui.find_box import FindBox
from mnclinic.ui.keys import acts_within, line_of
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.window import Workspace
from tests.ui.conftest import PATIENCE_MS, OpenAs


@pytest.fixture
def worn_before(qapp: QApplication) -> Iterator[None]:
    """The looks as they were, once the test is over."""
    before = looks_keeper().looks
    yield
    looks_keeper().wear(mode=before.mode, text_scale=before.text_scale, language=before.language)
    qapp.processEvents()


def commands_of(workspace: Workspace) -> tuple[Command, ...]:
    """What the box would offer now."""
    everywhere = [act for part in workspace._menu_parts() for act in part]
    return Commands(workspace, workspace._desk, everywhere).all()


def found(workspace: Workspace, typed: str) -> list[str]:
    """The words of the commands that answer."""
    return [one.words for one in commands_for(commands_of(workspace), typed)]


OF_ALL = {
    "undo": "Undo what was done last",
    "lock": "Lock the screen",
    "log out": "Lock the screen",
    "dark": "Colours: Dark",
    "high contrast": "Colours: High contrast, dark",
    "spanish": "Language: Español",
    "150": "Size of text: 150 %",
    "larger text": "Larger text",
    "backup": "Back up now",
    "check": "Check the records now",
    "password": "Settings: My account",
    "go to tod": "Go to Today",
    "keys": "Keys of this page",
    "policy": "Go to Protocols",
    "consent text": "Go to Protocols",
}
OF_DESK = {
    "new pat": "New patient",
    "walk": "Walk-in",
    "close day": "Close the day",
    "print": "Print the day's list",
    "outage": "Paper sheets for a day without the program",
}
OF_DIRECTOR = {
    "export": "Make the bundle",
    "sign": "Sign what waits for the director",
    "sett people": "Settings: People",
    "staff": "Settings: People",
}


@pytest.mark.parametrize(("user", "own"), [("desk", OF_DESK), ("okafor", OF_DIRECTOR)])
def test_a_command_is_found_by_the_words_that_a_person_has_for_it(
    open_as: OpenAs, user: str, own: dict[str, str]
) -> None:
    _window, workspace = open_as(user)
    for typed, words in {**OF_ALL, **own}.items():
        assert words in found(workspace, typed), typed
    assert found(workspace, "qqq") == []


def test_the_box_has_every_act_of_the_menu_and_of_the_page_in_front(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("desk")
    for page in ("today", "patients"):
        workspace.go(page, None)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        offered = found(workspace, "")
        assert offered[0] == "Go to Today", "Enter alone undoes and prints nothing"
        menu = [act for part in workspace._menu_parts() for act in part]
        for act in (*acts_within(workspace.current_page()), *menu):
            words = line_of(act).words
            assert (words in offered) == (act.isEnabled() and words != "Find anything"), words
        buttons = [
            one.text().replace("&", "")
            for one in workspace.current_page().findChildren(QPushButton)
            if one.isVisible() and one.isEnabled() and not one.isCheckable() and one.text()
        ]
        every = {one.words for one in commands_of(workspace)}
        assert {one for one in buttons if buttons.count(one) == 1 and not one[0].islower()} <= every


@pytest.mark.parametrize(
    ("user", "offered", "kept_back"),
    [
        ("desk", {"New patient", "Walk-in"}, {"Make the bundle", "Settings: People"}),
        ("inspector", {"Check the records now", "Read the log"}, {"New patient", "Walk-in", "New visit"}),
    ],
)
def test_what_somebody_has_no_right_to_is_not_offered(
    open_as: OpenAs, qtbot: QtBot, user: str, offered: set[str], kept_back: set[str]
) -> None:
    window, workspace = open_as(user)
    workspace.go("settings", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    words = {one.words for one in commands_of(workspace)}
    assert offered <= words
    assert not kept_back & words


def test_a_command_of_another_page_goes_there_and_opens_its_sheet(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("desk")
    keys = cast("Any", qtbot)
    workspace.find_anything()
    box = cast("FindBox", window.findChild(FindBox, "find_box"))
    keys.keyClicks(box.typed, "new pat")
    qtbot.waitUntil(lambda: box.answers.currentIndex().data() == "New patient", timeout=PATIENCE_MS)
    keys.keyClick(box.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workspace.where[0] == "patients", timeout=PATIENCE_MS)
    sheets = [one for one in window.findChildren(QDialog) if one.isVisible() and one is not box]
    assert [type(one).__name__ for one in sheets] == ["NewPatientSheet"]
    sheets[0].reject()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_what_stands_in_the_menu_of_the_page_in_front_is_found_and_done(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    workspace.go("patients", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    cast("Any", workspace.current_page())._open_person("P-000001")
    qtbot.waitUntil(lambda: "More: Merge another record into this one…" in found(workspace, "merge"))
    assert found(workspace, "legal hold") == [], "not of the front desk, whose menu is without it"
    (merge,) = [one for one in commands_of(workspace) if "Merge" in one.words]
    merge.act()
    sheets = [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert [type(one).__name__ for one in sheets] == ["MergeSheet"]
    sheets[0].reject()


def test_the_sheets_for_a_day_without_the_program_are_brought_into_sight(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    wanted = "Paper sheets for a day without the program"
    next(one for one in commands_of(workspace) if one.words == wanted).act()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert workspace.where[0] == "devices"
    sheets = cast("Any", workspace.current_page()).paper_card
    qtbot.waitUntil(lambda: not sheets.visibleRegion().isEmpty(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: sheets.isAncestorOf(window.focusWidget()), timeout=PATIENCE_MS)


def test_a_thing_done_at_once_elsewhere_waits_for_a_second_enter(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("owner")
    next(one for one in commands_of(workspace) if one.words == "Back up now").act()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert workspace.where == ("settings", "backups")
    assert workspace.window().focusWidget().objectName() == "backups.now"


def test_the_duties_of_the_clinic_are_found_by_what_they_are(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("okafor")
    assert "Duties of the clinic" in found(workspace, "drill")
    next(one for one in commands_of(workspace) if one.words == "Duties of the clinic").act()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    page: Any = workspace.current_page()
    assert page.stack.currentWidget() is page.duties
    assert workspace.window().focusWidget().objectName() == "duties.back"


@pytest.mark.usefixtures("worn_before")
def test_the_looks_are_changed_from_the_box(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("desk")
    next(one for one in commands_of(workspace) if one.words == "Colours: Dark").act()
    assert looks_keeper().looks.mode == "dark"
    assert "Colours: Dark" not in found(workspace, "dark"), "what is worn is not offered"
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_other_words_for_a_command_come_after_its_own_and_not_before_three_letters() -> None:
    commands = [
        Command("Make the bundle", "", "", lambda: None, "export dark"),
        Command("Dark", "", "", lambda: None),
    ]
    assert [one.words for one in commands_for(commands, "dark")] == ["Dark", "Make the bundle"]
    assert [one.words for one in commands_for(commands, "da")] == ["Dark"]
    assert commands_for(commands, "") == []
