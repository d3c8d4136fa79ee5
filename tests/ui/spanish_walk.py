"""Every text that the window shows to somebody, page by page."""

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

from mnclinic.services.list_visits import VisitRow
from mnclinic.ui.elements import RowTable
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace

TRANSLATIONS = Path(__file__).parents[2] / "resources" / "translations"
PATIENCE_MS = 20_000
MOST_ROWS = 40
SMALL_WORDS = re.compile(
    r"\b(the|of|and|is|are|was|were|with|by|for|from|not|you|your|this|that|it|its|to|who|what|which|nobody)\b",
    re.IGNORECASE,
)
"""English words that no Spanish sentence holds; a text with one of them was forgotten."""


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """What a widget and all below it show or read out: where, and the text."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisibleTo(root) and widget is not root:
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


def pages(window: ClinicWindow, workspace: Workspace, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Bring each page to the front in turn: the rail's, every section of the settings, a visit, a log."""

    def settled(name: str, what: object = None) -> QWidget:
        workspace.go(name, what)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        return cast("QWidget", workspace.stack.currentWidget())

    visits: set[str] = set()
    for name in ("today", "patients", "director", "devices", "protocols", "inspection", "log"):
        page = settled(name)
        for table in page.findChildren(RowTable):
            model: Any = table.model()
            if model.rowCount():
                table.setCurrentIndex(model.index(0, 0))
            rows = [model.row_at(at) for at in range(model.rowCount())]
            visits |= {row.visit_id for row in rows if isinstance(row, VisitRow)}
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        yield name, workspace
    for number, visit in enumerate(sorted(visits)):
        page = settled("visit", visit)
        yield f"visit {number}", workspace
        for step in page.findChildren(QAbstractButton):
            if step.objectName().startswith("visit.step.") and step.isVisible() and step.isEnabled():
                step.click()
                yield f"visit {number}, {step.objectName()}", workspace
    settings: Any = settled("settings")
    for at in range(settings.list.count()):
        settings.list.setCurrentRow(at)
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
        yield f"settings/{settings.list.item(at).text()}", workspace


def english_sources() -> set[str]:
    """The English of every text whose Spanish is another."""
    texts = json.loads((TRANSLATIONS / "said_es.json").read_text(encoding="utf-8"))
    return {source for part in texts.values() for source, target in part.items() if source != target}


def forgotten(text: str, sources: set[str]) -> bool:
    """Whether a text is English that the program says, and not a name or what somebody typed."""
    return bool(text) and (text in sources or SMALL_WORDS.search(text) is not None)
