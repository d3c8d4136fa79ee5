"""Ctrl+K: typing finds, arrows choose while the typing goes on, Enter opens."""

import sys
import threading
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnclinic.services.find_anything import MOST_OF_EACH, find_anything
from mnclinic.services.list_supplies import list_supplies
from mnclinic.ui.devices.page import DevicesPage
from mnclinic.ui.find_box import ENTRY_ROLE, FindBox
from tests.ui.conftest import PATIENCE_MS, OpenAs


def box_of(window: Any) -> FindBox:  # noqa: ANN401 - the window under test
    """The box that is open."""
    return cast("FindBox", window.findChild(FindBox, "find_box"))


def words_in(box: FindBox) -> list[str]:
    """The lines of the answer."""
    model = box.answers.model()
    return [model.index(number, 0).data() for number in range(model.rowCount())]


def test_a_person_is_found_by_the_record_number_and_opened_with_the_keyboard_alone(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    keys = cast("Any", qtbot)
    workspace.find_anything()
    box = box_of(window)
    qtbot.waitUntil(lambda: box.answers.model().rowCount() > 0, timeout=PATIENCE_MS)
    assert "Commands" in words_in(box)
    keys.keyClicks(box.typed, "p-000003")
    qtbot.waitUntil(lambda: words_in(box)[:1] == ["People"], timeout=PATIENCE_MS)
    assert box.answers.currentIndex().data(ENTRY_ROLE).act is not None, "the first answer is chosen"
    keys.keyClick(box.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workspace.where[0] == "patients", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_the_arrows_move_in_the_answers_and_the_typing_stays_where_it_is(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    keys = cast("Any", qtbot)
    workspace.find_anything()
    box = box_of(window)
    keys.keyClicks(box.typed, "go to")

    qtbot.waitUntil(lambda: "Go to Today" in words_in(box) and len(words_in(box)) > 3, timeout=PATIENCE_MS)
    first = box.answers.currentIndex().row()
    keys.keyClick(box.typed, Qt.Key.Key_Down)
    assert box.answers.currentIndex().row() == first + 1
    assert box.typed.text() == "go to"
    chosen = box.answers.currentIndex().data()
    keys.keyClick(box.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box_of(window) is None, timeout=PATIENCE_MS)
    assert chosen.endswith("Patients")
    assert workspace.where[0] == "patients"
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_that_nothing_is_called_so_stands_where_the_answers_began_and_nothing_else_moves(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    keys = cast("Any", qtbot)
    workspace.find_anything()
    box = box_of(window)
    qtbot.waitUntil(lambda: box.answers.model().rowCount() > 0, timeout=PATIENCE_MS)
    field, answers, foot = box.typed.geometry(), box.answers.geometry(), box._keys.geometry()
    keys.keyClicks(box.typed, "qqqxzz")
    qtbot.waitUntil(box._nothing.isVisible, timeout=PATIENCE_MS)
    QApplication.processEvents()
    assert (box.typed.geometry(), box._keys.geometry()) == (field, foot)
    assert box._nothing.geometry().top() == answers.top()
    assert box._nothing.alignment() & Qt.AlignmentFlag.AlignTop
    box.close()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_what_is_called_nothing_is_told_and_changes_nothing(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("desk")
    keys = cast("Any", qtbot)
    before = workspace.where
    workspace.find_anything()
    box = box_of(window)
    keys.keyClicks(box.typed, "qqqxzz")
    qtbot.waitUntil(lambda: not box.answers.isVisible(), timeout=PATIENCE_MS)
    keys.keyClick(box.typed, Qt.Key.Key_Return)
    assert box.isVisible()
    keys.keyClick(box.typed, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: box_of(window) is None, timeout=PATIENCE_MS)
    assert workspace.where == before
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_enter_right_after_typing_waits_and_opens_who_is_named_and_nobody_else(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    keys = cast("Any", qtbot)
    opened: list[tuple[str, object]] = []
    workspace.find_anything()
    box = box_of(window)
    keys.keyClicks(box.typed, "p-000003")
    qtbot.waitUntil(lambda: words_in(box)[:1] == ["People"], timeout=PATIENCE_MS)
    other = box.answers.currentIndex().data(ENTRY_ROLE)
    assert other.more.startswith("P-000003"), "this answer still stands when Enter is pressed"
    box._desk.wanted.connect(lambda page, what: opened.append((page, what)))
    box.typed.selectAll()
    keys.keyClicks(box.typed, "p-000005")
    keys.keyClick(box.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert len(opened) == 1
    page, ref = opened[0]
    assert page == "patients"
    named = find_anything(workspace._desk.clinic, "p-000005").people[0]
    assert (named.record_number, named.ref) == ("P-000005", ref)


@pytest.mark.parametrize("kind", ["lot", "device"])
def test_a_lot_or_device_that_was_found_is_the_current_line_of_its_table(
    open_as: OpenAs, qtbot: QtBot, kind: str
) -> None:
    window, workspace = open_as("desk")
    keys = cast("Any", qtbot)
    supplies = list_supplies(workspace._desk.clinic)
    # The last of its table, so that it is no line that is current anyway.
    lot, device = supplies.lots[-1], supplies.devices[-1]
    workspace.find_anything()
    box = box_of(window)
    keys.keyClicks(box.typed, lot.lot if kind == "lot" else device.serial)
    qtbot.waitUntil(lambda: words_in(box)[:1] == ["Devices and supplies"], timeout=PATIENCE_MS)
    keys.keyClick(box.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workspace.where[0] == "devices", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    page = workspace.stack.currentWidget()
    assert isinstance(page, DevicesPage)
    table, row = (page.lots, lot) if kind == "lot" else (page.devices, device)
    assert len(supplies.lots) > 1
    assert table.current() == row
    workspace._desk.changed.emit()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert table.current() == row, "it stays current when the register is read again"


class Gate:
    """Holds the answer to one text back until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: str, name: str, held: str) -> None:
        self._may_go = threading.Event()
        self.is_reached = threading.Event()
        self.asked: list[str] = []
        real = getattr(sys.modules[module], name)

        def slow(clinic: object, typed: str) -> object:
            self.asked.append(typed)
            found = real(clinic, typed)
            if typed == held:
                self.is_reached.set()
                self._may_go.wait(PATIENCE_MS / 1000)
            return found

        monkeypatch.setattr(f"{module}.{name}", slow)

    def open(self) -> None:
        """Let the answer go."""
        self._may_go.set()


def test_an_answer_to_what_was_typed_before_is_never_painted_over_what_is_typed_now(
    open_as: OpenAs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_as("desk")
    keys = cast("Any", qtbot)
    gate = Gate(monkeypatch, "mnclinic.ui.find_box", "find_anything", "p-000003")
    workspace.find_anything()
    box = box_of(window)
    box.typed.setText("p-000003")
    qtbot.waitUntil(gate.is_reached.is_set, timeout=PATIENCE_MS)
    box.typed.selectAll()
    keys.keyClicks(box.typed, "p-000005")
    shown: list[str] = []
    box.answers.model().rowsInserted.connect(
        lambda _parent, first, _last: shown.append(box.answers.model().index(first, 0).data())
    )
    gate.open()
    qtbot.waitUntil(lambda: box._answered == "p-000005", timeout=PATIENCE_MS)
    other, named = (find_anything(workspace._desk.clinic, one).people[0] for one in ("p-000003", "p-000005"))
    assert named.name in shown
    assert other.name not in shown
    assert gate.asked[-1] == "p-000005"
    box.close()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_an_answer_that_comes_when_the_box_has_gone_is_let_go(
    open_as: OpenAs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_as("desk")
    gate = Gate(monkeypatch, "mnclinic.ui.find_box", "find_anything", "p-000003")
    workspace.find_anything()
    box = box_of(window)
    shown: list[object] = []
    monkeypatch.setattr(box, "_show", lambda typed, _found: shown.append(typed))
    box.typed.setText("p-000003")
    qtbot.waitUntil(gate.is_reached.is_set, timeout=PATIENCE_MS)
    shown.clear()
    box.close()
    qtbot.waitUntil(lambda: not shiboken6.isValid(box), timeout=PATIENCE_MS)
    gate.open()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert shown == []


def test_each_kind_is_answered_with_a_few_lines_however_many_there_are(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("desk")
    for typed in ("v-", "p-", "0"):
        found = find_anything(workspace._desk.clinic, typed * 2 if typed == "0" else typed)
        assert max(map(len, (found.people, found.visits, found.things))) <= MOST_OF_EACH, typed
    assert len(find_anything(workspace._desk.clinic, "v-").visits) == MOST_OF_EACH
    assert len(find_anything(workspace._desk.clinic, "p-0").people) == MOST_OF_EACH
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
