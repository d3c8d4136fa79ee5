"""Before the looks change, pages behind the one in front that hold nothing of anybody's are let go of."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from mnclinic.ui import theme as themes
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.progress import Progress
from mnclinic.ui.put_away import is_light
from tests.ui.conftest import PATIENCE_MS, OpenAs


@pytest.fixture
def worn_before(qapp: QApplication) -> Iterator[None]:
    """The looks as they were, once the test is over."""
    before = looks_keeper().looks
    yield
    looks_keeper().wear(mode=before.mode, text_scale=before.text_scale)
    qapp.processEvents()


@pytest.mark.usefixtures("worn_before")
def test_pages_that_hold_nothing_are_gone_before_the_colours_change_and_come_back_when_shown(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")

    def show(page: str) -> QWidget:
        workspace.go(page, None)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        return workspace.current_page()

    director, devices, patients = show("director"), show("devices"), show("patients")
    assert isinstance(patients, PatientsPage)
    patients.search.insert("half typed")
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    today = show("today")
    there: list[list[bool]] = []

    def look(_after: object) -> None:
        there.append([shiboken6.isValid(one) for one in (director, devices, patients, today)])

    looks_keeper().changed.connect(look)
    try:
        looks_keeper().wear(mode="dark")
    finally:
        looks_keeper().changed.disconnect(look)
    assert there == [[False, False, True, True]], "what is typed stays, and so does what is looked at"
    assert workspace.current_page() is today
    assert show("patients") is patients
    assert patients.search.text() == "half typed"
    assert show("director") is not director


@pytest.mark.usefixtures("worn_before")
def test_pages_behind_are_gone_before_the_system_turns_dark_and_only_then(
    open_as: OpenAs, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_as("okafor")
    workspace.go("director", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    director = workspace.current_page()
    workspace.go("today", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    today = workspace.current_page()
    dressed: list[bool] = []
    sheet = themes._style_sheet

    def noted(worn: themes.Theme) -> str:
        dressed.append(isValid(director))
        return sheet(worn)

    themes.apply_theme(qapp, "system")
    monkeypatch.setattr(themes, "_style_sheet", noted)
    follower = themes._Applied.follower
    assert follower is not None
    follower._changed()
    assert (dressed, isValid(director)) == ([], True), "nothing is otherwise than before"
    monkeypatch.setattr(themes, "_system_mode", lambda _app: "dark")
    follower._changed()
    assert dressed == [False]
    assert workspace.current_page() is today
    assert themes.theme().mode == "dark"


@pytest.mark.usefixtures("worn_before")
def test_before_another_size_of_text_every_page_behind_is_gone_and_what_was_typed_comes_back(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("lind")
    workspace.go("patients", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    patients = workspace.current_page()
    assert isinstance(patients, PatientsPage)
    patients.search.insert("half typed")
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    workspace.go("today", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    today = workspace.current_page()
    looks_keeper().wear(text_scale=1.25)
    assert not shiboken6.isValid(patients)
    # The page in front is made anew at the next turn.
    qtbot.waitUntil(lambda: workspace.current_page() is not today, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    workspace.go("patients", None)
    qtbot.waitUntil(lambda: workspace.is_back and not window._runner.is_busy, timeout=PATIENCE_MS)
    again = workspace.current_page()
    assert isinstance(again, PatientsPage)
    assert again.search.text() == "half typed"


def typed() -> QWidget:
    """A field that somebody typed into."""
    field = QLineEdit()
    field.insert("typed")
    return field


def secret() -> QWidget:
    """A password that the page filled in."""
    field = QLineEdit("secret")
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def at_work() -> QWidget:
    """A job that is under way."""
    made = Progress("test")
    made.begin("Working")
    return made


def undoable() -> QWidget:
    """Something that can be taken back."""
    made = QPushButton("Undo")
    made.setObjectName("visit.undo")
    return made


@pytest.mark.parametrize("make", [typed, secret, at_work, undoable, QCheckBox])
def test_a_page_that_holds_something_is_not_light(qtbot: QtBot, make: type[QWidget]) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    QLineEdit("shown by the page", page)
    QPushButton("Do it", page)
    assert is_light(page)
    make().setParent(page)
    for one in page.children():
        if isinstance(one, QWidget):
            one.show()
    assert not is_light(page)
