"""What is typed is stored while it is typed: a program that ends at once has lost two seconds of it at most.

Each test has a user of its own: what one of them left comes back at the next log-in.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.errors import DiskFull
from mnclinic.services.screen_state import keep_screen
from mnclinic.services.session import OpenClinic
from mnclinic.ui.lock import stay as module
from mnclinic.ui.lock.stay import KEEP_EVERY_MS, KEEP_LEFT_MS, LOOKS_AFTER
from mnclinic.ui.protocols.page import ProtocolsPage
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace
from tests.ui.conftest import PATIENCE_MS, OpenAs

STORING_MS = 500
"""What storing a screen may take on a slow computer."""


class Store:
    """Stands before the store, and knows what reached it."""

    def __init__(self, keep: Callable[[OpenClinic, dict[str, Any]], bool]) -> None:
        self._keep = keep
        self.kept: dict[str, Any] = {}
        self.is_full = False
        self.refused = 0

    def __call__(self, clinic: OpenClinic, state: dict[str, Any]) -> bool:
        if self.is_full:
            self.refused += 1
            raise DiskFull("The disk is full.")
        is_kept = self._keep(clinic, state)
        self.kept = state
        return is_kept


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    made = Store(keep_screen)
    monkeypatch.setattr(module, "keep_screen", made)
    yield made
    made.is_full = False


def new_patient(qtbot: QtBot, window: ClinicWindow, workspace: Workspace) -> QWidget:
    """The sheet for somebody new."""
    workspace.add_patient()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.stay is not None and window.stay.stands(), timeout=PATIENCE_MS)
    return window


def type_into(window: QWidget, name: str, words: str) -> QLineEdit:
    field = next(one for one in window.findChildren(QLineEdit, name) if one.isVisible())
    field.setFocus()
    QTest.keyClicks(field, words)
    return field


def holds(store: Store, words: str) -> Callable[[], bool]:
    return lambda: any(words in one["fields"].values() for one in store.kept.get("sheets", []))


def test_no_letter_waits_longer_than_two_seconds_for_the_store() -> None:
    assert KEEP_EVERY_MS + STORING_MS <= 2000
    assert KEEP_LEFT_MS < KEEP_EVERY_MS


def test_a_field_of_a_sheet_is_stored_when_it_is_left(open_as: OpenAs, qtbot: QtBot, store: Store) -> None:
    window, workspace = open_as("desk")
    over = new_patient(qtbot, window, workspace)
    cast("Any", window.stay)._keeping.setInterval(PATIENCE_MS * 10)
    field = type_into(over, "new_patient.last_name", "Underhill")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    qtbot.waitUntil(holds(store, "Underhill"), timeout=PATIENCE_MS)


def test_the_field_that_has_the_keyboard_is_stored_with_what_was_typed(
    open_as: OpenAs, qtbot: QtBot, store: Store
) -> None:
    window, workspace = open_as("lind")
    over = new_patient(qtbot, window, workspace)
    field = type_into(over, "new_patient.last_name", "Underhill")
    qtbot.waitUntil(holds(store, "Underhill"), timeout=PATIENCE_MS)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    qtbot.waitUntil(
        lambda: store.kept["sheets"][-1]["focus"] == "new_patient.first_name#0", timeout=PATIENCE_MS
    )


def test_a_version_of_a_protocol_is_stored_while_it_is_written(
    open_as: OpenAs, qtbot: QtBot, store: Store
) -> None:
    window, workspace = open_as("okafor")
    workspace.go("protocols", None)
    page = cast("ProtocolsPage", workspace.current_page())
    qtbot.waitUntil(lambda: page.table.rows.rowCount() > 0, timeout=PATIENCE_MS)
    page.table.selectRow(0)
    page._edit_asked()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.editor, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    fields = page.editor.findChildren(QPlainTextEdit)
    field = next(one for one in fields if one.isVisible() and not one.isReadOnly())
    field.setFocus()
    QTest.keyClicks(field, "penumbra")

    def own() -> dict[str, Any]:
        pages = store.kept.get("place", {}).get("pages", {})
        return dict(pages.get("protocols", {}).get("own") or {})

    qtbot.waitUntil(lambda: "penumbra" in str(own().get("editor")), timeout=PATIENCE_MS)
    assert own()["unsaved"] is True


def test_what_could_not_be_stored_is_told_and_tried_again(
    open_as: OpenAs, qtbot: QtBot, store: Store
) -> None:
    window, workspace = open_as("reyes")
    over = new_patient(qtbot, window, workspace)
    store.is_full = True
    type_into(over, "new_patient.last_name", "Underhill")
    qtbot.waitUntil(lambda: workspace._desk.has_unsaved, timeout=PATIENCE_MS)
    refused = store.refused
    # Nobody touches anything meanwhile.
    qtbot.waitUntil(lambda: store.refused > refused, timeout=PATIENCE_MS)
    store.is_full = False
    qtbot.waitUntil(holds(store, "Underhill"), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not workspace._desk.has_unsaved, timeout=PATIENCE_MS)


def test_a_screen_that_nobody_touches_is_not_read_again_and_again(
    open_as: OpenAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _ = open_as("desk")
    stay = cast("Any", window.stay)
    stay._keeping.stop()
    read: list[int] = []
    monkeypatch.setattr(stay, "_keep", lambda: read.append(1))
    for _ in range(LOOKS_AFTER + 3):
        stay._look()
    looked = len(read)
    assert looked <= LOOKS_AFTER
    QTest.keyClick(window, Qt.Key.Key_Shift)
    stay._look()
    assert len(read) == looked + 1
