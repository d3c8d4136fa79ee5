"""A small clinic, and the page of one open visit in it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.ui.desk import Desk
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.visits.page import VisitPage
from tests.services.clinic_builder import SmallClinic, add_person, document, small_clinic

PATIENCE_MS = 60_000


@dataclass
class AtVisit:
    """A visit's page, and hands at it."""

    bot: QtBot
    clinic: SmallClinic
    opened: OpenClinic
    desk: Desk
    page: VisitPage
    visit_id: str

    @cached_property
    def lind(self) -> OpenClinic:
        """Somebody at another window."""
        return self.clinic.as_user("lind")

    def until(self, fact: Callable[[], bool]) -> None:
        self.bot.waitUntil(fact, timeout=PATIENCE_MS)

    def show(self, visit_id: str = "") -> None:
        """Open the visit, or another."""
        self.page.show_page(visit_id or self.visit_id)
        self.until(lambda: self.page._view is not None and not self.desk.runner.is_busy)

    def control(self, name: str) -> QWidget:
        found = [one for one in self.page.findChildren(QWidget, name) if not one.isHidden()]
        assert found, name
        return found[-1]

    def type_into(self, name: str, text: str) -> None:
        """Put the keyboard into a field, to the end of what stands there, and type."""
        field = self.control(name)
        step = next((one for one in self.page.steps.items() if one[1].isAncestorOf(field)), None)
        if step is not None:
            self.page.go(step[0])
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.end(False)
        cast("Any", self.bot).keyClicks(field, text)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        cast("Any", self.bot).keyClick(self.page.window().focusWidget(), key, modifiers)

    def leave(self) -> None:
        """Put the keyboard elsewhere."""
        self.control("visit.back").setFocus()

    def choose(self, name: str, code: str) -> None:
        combo = cast("QComboBox", self.control(name))
        combo.setCurrentIndex(combo.findData(code))

    def press(self, name: str) -> None:
        cast("QPushButton", self.control(name)).click()

    def text(self, name: str) -> str:
        field = self.control(name)
        if isinstance(field, QPlainTextEdit):
            return field.toPlainText()
        if isinstance(field, QComboBox):
            return str(field.currentData() or "")
        assert isinstance(field, QLineEdit | QLabel)
        return field.text()

    def kept(self) -> None:
        """Wait until all that is typed is kept."""
        self.until(lambda: self.page.keeper.is_settled and not self.desk.runner.is_busy)

    def stored(self) -> dict[str, Any]:
        """The document as it is stored."""
        return show_visit(self.lind, self.visit_id, opened=False).document

    def change_elsewhere(self, **changes: object) -> None:
        """Somebody else stores the visit with changes; None takes a part out."""
        view = show_visit(self.lind, self.visit_id, opened=False)
        changed = {name: value for name, value in (view.document | changes).items() if value is not None}
        save_visit(self.lind, self.visit_id, view.edition, changed)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallClinic, str]:
    """A clinic with a visit against which nothing stands, closed."""
    made = small_clinic(tmp_path_factory.mktemp("visits") / "clinic")
    reyes = made.as_user("reyes")
    ref = add_person(reyes)
    visit_id = start_visit(reyes, ref, "microneedling_face", "reyes")
    view = show_visit(reyes, visit_id, opened=False)
    save_visit(reyes, visit_id, 1, document(patient=view.document["patient"]))
    made.close()
    return made, visit_id


@pytest.fixture
def at_visit(
    built: tuple[SmallClinic, str], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[AtVisit]:
    """The page of that visit, shown to its performer."""
    apply_theme(qapp, "light")
    made, visit_id = built
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
    at = AtVisit(qtbot, clinic, opened, desk, page, visit_id)
    at.show()
    yield at
    page.flush()
    runner.close()
    clinic.close()
