"""Whoever listens hears a name and a kind for everything, and Tab leads through all of it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import CHIP_ROLE, Chip, Scroller, column
from mnclinic.ui.language import spoken
from mnclinic.ui.rail import FOOT, RAIL
from mnclinic.ui.signature_pad import SignaturePad
from mnclinic.ui.window import Workspace
from tests.ui.conftest import PATIENCE_MS, OpenAs
from tests.ui.spanish_walk import Walk

MOST_ROWS = 5
PARTS_OF_A_DAY = 3
"""Tab goes through the day, month and year of a date before it leaves the field."""
NOTHING_SAID = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane}
"""The kinds that Qt gives to a widget that nobody said anything about."""


def takes_keyboard(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def unsaid(root: QWidget) -> Iterator[str]:
    """What a screen reader would be silent or vague about, in a widget and all below it."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        called = f"{type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, Chip) and not QAccessible.queryAccessibleInterface(widget).text(
            QAccessible.Text.Name
        ):
            yield f"{called} says no word"
        if not takes_keyboard(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if not told.text(QAccessible.Text.Name).strip():
            yield f"{called} has no name"
        is_of_another = isinstance(widget.parent(), QAbstractSpinBox)
        if told.role() in NOTHING_SAID and not is_of_another:
            yield f"{called} has no kind"
        if isinstance(widget, QAbstractItemView):
            yield from silent_cells(widget, called)


def silent_cells(view: QAbstractItemView, called: str) -> Iterator[str]:
    """Cells that show something and say nothing, or a status whose word is not heard."""
    model: Any = view.model()
    told = QAccessible.queryAccessibleInterface(view)
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    for line in range(min(model.rowCount(), MOST_ROWS)):
        for at in range(columns):
            index = model.index(line, at)
            chip, shown = index.data(CHIP_ROLE), str(index.data() or "")
            heard = cell_of(told, view, line, at, columns).text(QAccessible.Text.Name)
            if shown.strip() and not heard.strip():
                yield f"{called}, cell {line}:{at} says nothing of “{shown}”"
            word = spoken(chip.word) if chip is not None and hasattr(chip, "word") else ""
            if word not in heard:
                yield f"{called}, cell {line}:{at} does not say “{word}”"


def cell_of(
    told: QAccessibleInterface, view: QAbstractItemView, line: int, at: int, columns: int
) -> QAccessibleInterface:
    if not isinstance(view, QTableView):
        return told.child(line)
    # Qt counts the titles above and beside as cells too.
    return told.child((line + 1) * (columns + 1) + at + 1)


@pytest.mark.parametrize("user", ["okafor", "desk", "owner", "inspector"])
def test_everything_that_takes_the_keyboard_says_its_name_and_kind(
    open_as: OpenAs, qtbot: QtBot, user: str
) -> None:
    window, workspace = open_as(user)
    found: list[str] = []
    for name in stops(window, workspace, qtbot, user):
        found += [f"{name}: {one}" for one in unsaid(window)]
    assert "\n".join(sorted(set(found))) == ""


def stops(window: Any, workspace: Workspace, qtbot: QtBot, user: str) -> Iterator[str]:  # noqa: ANN401
    """Every page, patient, visit and step for the director; for the others what their rail leads to."""
    if user == "okafor":
        yield from Walk(window, workspace, qtbot).pages()
        return
    for entry in (*RAIL, *FOOT):
        workspace.go(entry.name, None)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        yield entry.name


def test_a_pad_and_what_is_scrolled_say_their_kind(qtbot: QtBot) -> None:
    pad, inner = SignaturePad(), QWidget()
    column(inner)
    scroller = Scroller(inner)
    for widget, role in ((pad, QAccessible.Role.Canvas), (scroller, QAccessible.Role.Grouping)):
        qtbot.addWidget(widget)
        widget.show()
        assert QAccessible.queryAccessibleInterface(widget).role() is role


def test_the_sheets_say_their_names_and_kinds_too(open_as: OpenAs, qtbot: QtBot, qapp: QApplication) -> None:
    window, workspace = open_as("okafor")
    page: Any = workspace.stack.currentWidget()
    workspace.find_anything()
    workspace.show_keys()
    workspace.go("patients", None)
    page = workspace.stack.currentWidget()
    page._add()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    sheets = [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert len(sheets) == 3
    found = [f"{sheet.objectName()}: {one}" for sheet in sheets for one in unsaid(sheet)]
    for sheet in sheets:
        sheet.close()
    assert found == []


BESIDE_THE_RAIL = ("events", "follow-up", "recall", "recalls", "trace")
"""Pages that something on another page leads to."""


@pytest.mark.parametrize("user", ["okafor", "reyes"])
def test_tab_leads_through_everything_in_the_order_of_reading_and_back_to_where_it_began(
    open_as: OpenAs, qtbot: QtBot, qapp: QApplication, user: str
) -> None:
    window, workspace = open_as(user)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    wrong: list[str] = []
    for name in (*(entry.name for entry in (*RAIL, *FOOT)), *BESIDE_THE_RAIL):
        workspace.go(name, None)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        wrong += not_as_read(name, window, workspace, qtbot)
    assert "\n".join(sorted(wrong)) == ""


def test_tab_leads_through_a_patient_and_every_step_and_record_of_a_visit_as_they_are_read(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")
    wrong: list[str] = []
    for name in Walk(window, workspace, qtbot).pages():
        if name == "a patient" or name.startswith("visit"):
            wrong += not_as_read(name, window, workspace, qtbot)
    assert "\n".join(sorted(set(wrong))) == ""


def not_as_read(name: str, window: Any, workspace: Workspace, qtbot: QtBot) -> list[str]:  # noqa: ANN401
    """Where Tab goes through the page in front otherwise than it is read, or leaves something out."""
    wrong: list[str] = []
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    page = workspace.stack.currentWidget()
    assert page is not None
    begin = next(one for one in page.findChildren(QWidget) if takes_keyboard(one))
    begin.setFocus()
    been = tabbed_through(begin)
    if QApplication.focusWidget() is not begin:
        wrong.append(f"{name}: Tab is held by {called(QApplication.focusWidget())}")
    inside = [one for one in been if page.isAncestorOf(one)]
    wrong += [
        f"{name}: {called(one)} comes before {called(other)}, which stands before it"
        for one, other in pairwise(inside)
        # What holds the other comes first, however far what it holds is scrolled.
        if not one.isAncestorOf(other) and stands_before(place_in(page, other), place_in(page, one))
    ]
    missed = {one for one in page.findChildren(QWidget) if takes_keyboard(one)} - set(been)
    missed = {one for one in missed if not isinstance(one.parent(), QAbstractSpinBox)}
    wrong += [f"{name}: Tab never comes to {called(one)}" for one in missed if not is_one_of_several(one)]
    return wrong


def tabbed_through(begin: QWidget) -> list[QWidget]:
    """What Tab leads to from here on, until it comes back, or to nothing new."""
    been: list[QWidget] = [begin]
    stayed = 0
    while stayed <= PARTS_OF_A_DAY:
        QTest.keyClick(been[-1], Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or (now in been and now is not been[-1]):
            break
        stayed = stayed + 1 if now is been[-1] else 0
        if not stayed:
            been.append(now)
    return been


def called(widget: QWidget | None) -> str:
    return f"{type(widget).__name__} {widget.objectName()}" if widget is not None else "nothing"


def is_one_of_several(widget: QWidget) -> bool:
    """Whether the arrows lead to it from another of its group, as among answers that exclude one another."""
    group = widget.group() if hasattr(widget, "group") else None
    return bool(getattr(widget, "autoExclusive", bool)()) or (group is not None and group.exclusive())


def place_in(page: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint()), widget.size())


def stands_before(one: QRect, other: QRect) -> bool:
    """Whether `one` is read before `other`: above it in the same column, or left of it in the same line."""
    is_above = one.bottom() < other.top() and one.left() <= other.right() and one.right() >= other.left()
    is_left = one.right() < other.left() and one.top() <= other.bottom() and one.bottom() >= other.top()
    return is_above or is_left
