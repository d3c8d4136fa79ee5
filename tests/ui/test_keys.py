"""Every act has its key, and the sheet and the menu tell the keys that are."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import QMetaMethod, QPoint, QRegularExpression, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import OPEN_TO_EDIT
from mnclinic.services.list_day import DayLine
from mnclinic.ui.elements import RowTable
from mnclinic.ui.elements.stops import stops_as_read
from mnclinic.ui.keys import KeyLine, acts_within, native_keys, page_keys
from mnclinic.ui.keys_sheet import KeysSheet
from mnclinic.ui.patients.sheets import NewPatientSheet
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.today.line_acts import all_acts
from mnclinic.ui.today.looks import light_sentence
from mnclinic.ui.today.page import TodayPage
from mnclinic.ui.window import Workspace
from tests.ui.conftest import PATIENCE_MS, OpenAs
from tests.ui.spanish_walk import Walk


def shown_page(workspace: Workspace) -> Any:  # noqa: ANN401 - each page is of its own kind
    return workspace.stack.currentWidget()


def test_every_key_of_the_window_is_an_act_with_words_and_none_means_two_things(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")
    wrong: list[str] = []
    for name in Walk(window, workspace, qtbot).pages():
        acts = list(acts_within(window))
        wrong += [f"{name}: no words for {one.shortcut().toString()}" for one in acts if not one.text()]
        keys = [one.toString() for act in acts for one in act.shortcuts()]
        wrong += [f"{name}: {one} twice" for one in sorted({one for one in keys if keys.count(one) > 1})]
    wrong += [f"a key without an act: {one.key().toString()}" for one in window.findChildren(QShortcut)]
    assert wrong == []


def every_page(window: ClinicWindow, workspace: Workspace, qtbot: QtBot) -> Iterator[str]:
    """The name of each page in front in turn: those of the rail, and those that a page leads to."""
    yield from Walk(window, workspace, qtbot).pages()
    for name in ("events", "follow-up", "recall", "recalls", "trace"):
        workspace.go(name, "2020-01-01..2099-12-31" if name == "recall" else None)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        yield name


class Presses:
    """Presses keys in a window whose acts do nothing but tell that they were reached."""

    def __init__(self, window: ClinicWindow) -> None:
        self._window = window
        self._heard: set[object] = set()
        self._reached: list[object] = []
        self.silent: list[str] = []
        """The keys that reached something else than was told, or nothing."""

    def press(self, name: str, keys: QKeySequence, sender: Any, *signals: Any) -> None:  # noqa: ANN401
        """Press `keys`, of which the first of its `signals` tells that they reached `sender`."""
        self._hear(sender, *signals)
        both = cast("Any", keys)[0]
        QTest.keyClick(self._window.focusWidget(), both.key(), both.keyboardModifiers())
        if self._reached != [sender]:
            self.silent.append(f"{name}: {keys.toString()} reaches {self._reached}")
        self._reached.clear()

    def _hear(self, sender: Any, *signals: Any) -> None:  # noqa: ANN401 - an act, a button or a table
        if sender in self._heard:
            return
        self._heard.add(sender)
        for one in signals:
            if sender.isSignalConnected(QMetaMethod.fromSignal(one)):
                one.disconnect()
        signals[0].connect(lambda *_said: self._reached.append(sender))


def press_all_acts(page: QWidget, name: str, presses: Presses) -> None:
    for act in acts_within(page):
        if act.shortcutContext() == Qt.ShortcutContext.WidgetWithChildrenShortcut:
            owner = cast("QWidget", act.parent())
            stops = [one for one in stops_as_read(owner) if one.isVisible() and one.isEnabled()]
            (stops or [owner])[0].setFocus()
        for keys in act.shortcuts():
            presses.press(name, keys, act, act.triggered)
    for way in page.findChildren(QAbstractButton):
        if way.isVisibleTo(page) and way.isEnabled() and not way.shortcut().isEmpty():
            presses.press(name, way.shortcut(), way, way.pressed, way.clicked)


def test_every_key_of_a_page_that_is_told_reaches_its_act(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("okafor")
    presses = Presses(window)
    for name in every_page(window, workspace, qtbot):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
        page = shown_page(workspace)
        press_all_acts(page, name, presses)
        for table in page.findChildren(RowTable):
            if table.isVisibleTo(page) and table.told_keys():
                table.setFocus()
                presses.press(name, QKeySequence("Return"), table, table.opened)
    assert len(presses._heard) > 20
    assert presses.silent == []


def test_no_key_is_told_twice_nor_without_saying_of_what_nor_where_it_does_nothing(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")
    wrong: list[str] = []
    for name in every_page(window, workspace, qtbot):
        page = shown_page(workspace)
        for group in page_keys(page):
            if not group.title:
                wrong.append(f"{name}: {group.lines} of nothing")
            wrong += [f"{name}: {one} twice" for one in set(group.lines) if group.lines.count(one) > 1]
        told = {line.words for group in page_keys(page) for line in group.lines}
        state = name.removeprefix("visit ").partition(",")[0]
        if name.startswith("visit "):
            is_open = state in {"draft", "returned", "deferred"}
            wrong += [f"{name}: {one}" for one in told & ({"Undo", "Redo"})]
            wrong += [
                f"{name}: {one}" for one in told & {"Amend the signed visit" if is_open else "Sign the visit"}
            ]
    assert wrong == []


def test_the_question_mark_opens_the_sheet_of_this_page_with_what_can_be_done_on_it(
    open_as: OpenAs, qtbot: QtBot, qapp: QApplication
) -> None:
    window, workspace = open_as("reyes")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    today = shown_page(workspace)
    qtbot.waitUntil(lambda: today.table.rows.rowCount() > 0, timeout=PATIENCE_MS)
    QTest.keyClick(today.table, Qt.Key.Key_Question)
    qtbot.waitUntil(lambda: isinstance(qapp.activeModalWidget(), KeysSheet), timeout=PATIENCE_MS)
    sheet = cast("KeysSheet", qapp.activeModalWidget())
    assert [group.title for group in sheet.groups][-1] == "On every page"
    told = {(line.keys, line.words) for group in sheet.groups for line in group.lines}
    assert {("Ctrl+K", "Find anything"), ("O", "Open the patient"), ("?  F1", "Keys of this page")} <= told
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: qapp.activeModalWidget() is None, timeout=PATIENCE_MS)


def test_a_digit_shows_the_front_desk_that_light_first_and_says_who_mends_it(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    workspace.go("today", None)
    today = shown_page(workspace)

    def is_at_rest() -> bool:
        return not window._runner.is_busy

    qtbot.waitUntil(lambda: today.table.rows.rowCount() > 0 and is_at_rest(), timeout=PATIENCE_MS)
    lines = [today.table.rows.row_at(at) for at in range(today.table.rows.rowCount())]
    drafts = [
        (at, line.visit)
        for at, line in enumerate(lines)
        if line.visit is not None
        and line.visit.state in OPEN_TO_EDIT
        and line.visit.lights[Light.CONSENT] is not LightState.PASSED
    ]
    (at, visit), *_ = drafts
    today.table.selectRow(at)
    QTest.keyClick(today.table, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: workspace.where == ("visit", f"{visit.visit_id}#consent"), timeout=PATIENCE_MS)
    page = shown_page(workspace)
    qtbot.waitUntil(lambda: page._view is not None and is_at_rest(), timeout=PATIENCE_MS)
    shown = [
        one
        for one in page.findChildren(QLabel, QRegularExpression(r"visit\.read\.light\..*"))
        if one.isVisible()
    ]
    assert len(shown) == len(Light)
    top = min(shown, key=lambda one: one.mapTo(page, QPoint(0, 0)).y())
    assert top.text() == light_sentence(Light.CONSENT, visit.lights[Light.CONSENT])
    who = page.findChild(QLabel, "visit.read.who_mends")
    assert who is not None
    assert who.isVisible()
    assert "fills in what is missing, under their own log-in" in who.text()


def test_a_question_mark_that_is_typed_into_a_field_stays_there(open_as: OpenAs, qapp: QApplication) -> None:
    _, workspace = open_as("okafor")
    workspace.go("patients", None)
    field = shown_page(workspace).search
    field.setFocus()
    QTest.keyClicks(field, "who?")
    assert field.text() == "who?"
    assert qapp.activeModalWidget() is None


def test_alt_alone_opens_the_menu_with_the_pages_acts_and_their_keys(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("okafor")
    workspace.go("patients", None)
    field = shown_page(workspace).search
    QTest.keyPress(field, Qt.Key.Key_Alt)
    QTest.keyClick(field, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(field, Qt.Key.Key_Alt)
    assert not workspace.menu.isVisible(), "Alt was held for another key"
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    workspace.go("patients", None)
    QTest.keyClick(field, Qt.Key.Key_Alt)
    assert workspace.menu.isVisible()
    shown = {one.text(): one.shortcut().toString() for one in workspace.menu.actions()}
    assert shown["Add a patient"] == "Ctrl+N"
    assert shown["Go to Devices && supplies"] == "Ctrl+4"
    assert shown["Keys of this page"] == "?"
    assert shown["Somebody has come in"] == "Ctrl+Shift+N"
    workspace.menu.close()


def test_a_new_patient_and_a_walk_in_are_begun_from_any_page(
    open_as: OpenAs, qtbot: QtBot, qapp: QApplication
) -> None:
    window, workspace = open_as("reyes")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    for page in ("today", "devices", "patients"):
        workspace.go(page, None)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        QTest.keyClick(shown_page(workspace), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        sheet = qapp.activeModalWidget()
        assert isinstance(sheet, NewPatientSheet)
        assert workspace.where[0] == "patients"
        sheet.reject()
        window.activateWindow()
        qtbot.waitUntil(lambda: qapp.activeWindow() is window, timeout=PATIENCE_MS)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for page in ("devices", "patients", "today"):
        workspace.go(page, None)
        QTest.keyClick(shown_page(workspace), Qt.Key.Key_N, both)
        edit = shown_page(workspace).plan_line.edit
        assert workspace.where[0] == "today"
        assert window.focusWidget() is edit
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        assert window.focusWidget() is edit
    # The next stay begins where this one ended.
    window.close()


def test_the_menu_has_the_acts_on_the_chosen_line_with_their_keys_greyed_where_they_cannot_be(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("reyes")
    page = shown_page(workspace)
    page._asked_day = date(2026, 11, 23)
    page.refresh()
    qtbot.waitUntil(lambda: any(not one.is_begun for one in lines_of(page)), timeout=PATIENCE_MS)
    for at, line in enumerate(lines_of(page)):
        page.table.selectRow(at)
        workspace.open_menu()
        shown = {one.text(): one.isEnabled() for one in workspace.menu.actions()}
        possible = {one.name for one in page._acts_of(line)}
        for act in all_acts():
            keys = native_keys(act.keys[0])
            assert shown[f"{act.words}\t{keys}"] is (act.name in possible), act.words
        workspace.menu.close()
    asked: list[object] = []
    page.acts.arrive = asked.append
    page._is_today = True
    at = next(at for at, one in enumerate(lines_of(page)) if not one.is_begun and one.lights is not None)
    page.table.selectRow(at)
    workspace.open_menu()
    (arrive,) = [one for one in workspace.menu.actions() if one.text().startswith("Has arrived")]
    arrive.trigger()
    workspace.menu.close()
    assert (asked == [lines_of(page)[at]]) is arrive.isEnabled()
    window.close()


def lines_of(page: TodayPage) -> list[DayLine]:
    return [page.table.rows.row_at(at) for at in range(page.table.rows.rowCount())]


def test_the_keys_told_of_the_day_all_do_something(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("reyes")
    page = shown_page(workspace)
    table = page.table
    qtbot.waitUntil(lambda: table.rows.rowCount() > 0, timeout=PATIENCE_MS)
    asked: list[object] = []
    for signal in (
        table.asked,
        table.turned,
        table.light_wanted,
        table.plan_wanted,
        table.need_wanted,
        table.opened,
    ):
        signal.disconnect()
        signal.connect(lambda *said: asked.append(said))
    idle = []
    for at in range(table.rows.rowCount()):
        table.selectRow(at)
        for line in table.told_keys():
            if line.keys.startswith("Menu"):
                continue
            before = len(asked)
            is_shifted = line.keys.startswith("Shift+")
            held = Qt.KeyboardModifier.ShiftModifier if is_shifted else Qt.KeyboardModifier.NoModifier
            for key in keys_on(line):
                QTest.keyClick(table, key, held)
            if len(asked) == before:
                idle.append(f"{line.keys}: {line.words}")
    assert idle == []
    window.close()


def keys_on(line: KeyLine) -> list[Qt.Key]:
    named = {"←": Qt.Key.Key_Left, "→": Qt.Key.Key_Right, "Enter": Qt.Key.Key_Return}
    if line.keys in named:
        return [named[line.keys]]
    if "–" in line.keys:
        first, last = (int(one) for one in line.keys.split(" – "))
        return [Qt.Key(Qt.Key.Key_0 + number) for number in range(first, last + 1)]
    keys: Any = QKeySequence(line.keys)
    return [keys[0].key()]


@pytest.mark.parametrize("mode", ["en", "es"])
def test_the_words_of_the_keys_follow_the_language(
    open_as: OpenAs, qtbot: QtBot, qapp: QApplication, mode: str
) -> None:
    from mnclinic.ui.looks import Looks, looks_keeper

    keeper = looks_keeper()
    keeper.begin(qapp, None, Looks("light", language="es" if mode == "en" else "en"))
    window, workspace = open_as("okafor")
    before = workspace.menu
    try:
        keeper.wear(language=mode)
        qtbot.waitUntil(lambda: workspace.menu is not before, timeout=PATIENCE_MS)
        words = {one.text() for one in window.findChildren(QAction)}
        assert ("Larger text" if mode == "en" else "Texto más grande") in words
        find = "Find anything" if mode == "en" else "Buscar en todo"
        qtbot.waitUntil(lambda: find in {one.text() for one in acts_within(workspace)}, timeout=PATIENCE_MS)
    finally:
        keeper.begin(qapp, None, Looks("light", language="en"))
