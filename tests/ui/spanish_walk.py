"""Every text that the window shows to somebody, page by page, and which of them is forgotten English."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mnclinic.services.demo.people import demo_log_ins
from mnclinic.services.find_patients import PatientRow
from mnclinic.services.list_visits import VisitRow
from mnclinic.ui.elements import RowTable
from mnclinic.ui.language import NAMES
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"
PATIENCE_MS = 60_000
MOST_ROWS = 12
SHORTEST_OWN = 8
"""A text of a document or of the demo's people is known as theirs from this length on."""

PATH = re.compile(r"(?:[A-Z]:)?[\\/]\S+")
SMALL_WORDS = re.compile(
    r"\b(the|of|and|is|are|was|were|with|by|for|from|not|you|your|this|that|it|its|to|who|what|which|nobody)\b",
    re.IGNORECASE,
)
"""English words that no Spanish sentence holds; a text with one of them was forgotten."""


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """What a widget and all below it show or read out: where, and the text."""
    for widget in (root, *root.findChildren(QWidget)):
        if widget is not root and not widget.isVisibleTo(root):
            continue
        name = widget.objectName() or type(widget).__name__
        for text in (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()):
            yield name, text
        if isinstance(widget, QLabel | QAbstractButton):
            yield name, widget.text()
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield name, widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from ((name, widget.itemText(at)) for at in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from ((name, text) for text in cells_of(widget.model()))


def cells_of(model: QAbstractItemModel) -> Iterator[str]:
    """The titles and the first rows of a table or list."""
    columns = range(model.columnCount() if isinstance(model, QAbstractTableModel) else 1)
    for at in columns:
        yield str(model.headerData(at, Qt.Orientation.Horizontal) or "")
    for line in range(min(model.rowCount(), MOST_ROWS)):
        for at in columns:
            yield str(model.index(line, at).data() or "")


class Walk:
    """Brings each page of a window to the front in turn."""

    def __init__(self, window: ClinicWindow, workspace: Workspace, qtbot: QtBot) -> None:
        self._window, self._workspace, self._qtbot = window, workspace, qtbot
        self._visits: dict[str, str] = {}
        self._people: list[str] = []

    def pages(self) -> Iterator[str]:
        """The name of each: the rail's, a patient, a visit in every state with its steps, the settings."""
        for name in ("today", "patients", "director", "devices", "protocols", "inspection", "log"):
            self._go(name)
            self._look_into_tables()
            yield name
        self._go("patients", self._people[0])
        yield "a patient"
        for state, visit in self._visits.items():
            self._go("visit", visit)
            yield f"visit {state}"
            for step in self._page().findChildren(QAbstractButton):
                if step.objectName().startswith("visit.step.") and step.isVisible() and step.isEnabled():
                    step.click()
                    yield f"visit {state}, {step.objectName()}"
        self._go("settings")
        settings: Any = self._page()
        for at in range(settings.list.count()):
            settings.list.setCurrentRow(at)
            self._settle()
            yield f"settings, {settings.list.item(at).text()}"

    def _page(self) -> QWidget:
        return cast("QWidget", self._workspace.stack.currentWidget())

    def _go(self, name: str, what: object = None) -> None:
        self._workspace.go(name, what)
        self._settle()

    def _settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self._window._runner.is_busy, timeout=PATIENCE_MS)

    def _look_into_tables(self) -> None:
        """Choose the first row of each table, and remember whom and which visits there are to open."""
        for table in self._page().findChildren(RowTable):
            model: Any = table.model()
            if model.rowCount():
                table.setCurrentIndex(model.index(0, 0))
            for row in (model.row_at(at) for at in range(model.rowCount())):
                if isinstance(row, VisitRow):
                    self._visits[row.state] = row.visit_id
                elif isinstance(row, PatientRow):
                    self._people.append(row.ref)
        self._settle()


class Forgotten:
    """Tells English that the program says from names, and from what people and documents say themselves."""

    def __init__(self) -> None:
        said = json.loads((RESOURCES / "translations" / "said_es.json").read_text(encoding="utf-8"))
        pairs = [pair for part in said.values() for pair in part.items()]
        self._sources = {source for source, target in pairs if source != target}
        drafts = sorted((RESOURCES / "drafts").rglob("*.json"))
        own = {text for path in drafts for text in strings_of(json.loads(path.read_text(encoding="utf-8")))}
        for path in sorted((ROOT / "src" / "mnclinic" / "services" / "demo").glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            own |= {str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        self._users = {user for user, _, _ in demo_log_ins()}
        long_own = (text for text in own if len(text) >= SHORTEST_OWN and text not in self._sources)
        self._own = sorted(long_own, key=len, reverse=True)

    def is_english(self, text: str) -> bool:
        """Whether a text was to be Spanish and is not."""
        # A language stands in its own name wherever it is chosen.
        if text in self._users or text in NAMES.values():
            return False
        for own in self._own:
            text = text.replace(own, "")
        text = PATH.sub("", text)
        return text in self._sources or SMALL_WORDS.search(text) is not None


def strings_of(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON is anything
    """Every text of a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings_of(one)
