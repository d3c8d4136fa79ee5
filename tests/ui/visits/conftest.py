"""A small clinic, and the page of one open visit in it."""

import shutil
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.ui.desk import Desk
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.visits.page import VisitPage
from tests.services.clinic_builder import (
    CONSENT,
    SmallClinic,
    add_person,
    document,
    policy,
    protocol,
    small_clinic,
)

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


def _limits(area: str) -> dict[str, Any]:
    return {
        "area": area,
        "soft_min_mm": "0.25",
        "soft_max_mm": "1.50",
        "acknowledge_above_mm": "1.50",
        "hard_max_mm": "2.00",
        "pass_count_max": 6,
    }


SIX = (
    ("forehead", "midline", "0.75", 4, "pinpoint_bleeding"),
    ("cheek", "right", "1.25", 4, "pinpoint_bleeding"),
    ("cheek", "left", "1.25", 4, "pinpoint_bleeding"),
    ("nose", "midline", "0.50", 3, "erythema"),
    ("chin", "midline", "1.00", 4, "pinpoint_bleeding"),
    ("upper_lip", "midline", "0.50", 3, "erythema"),
)
"""What a returning patient had last time."""
NOT_LIMITED = {"value": 0, "unit": "days", "source": "test", "confidence": "test"}


@pytest.fixture(scope="session")
def built_returning(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallClinic, str]:
    """A clinic that treats many areas, with the second visit of somebody whose first had six, closed."""
    areas = [_limits(area) for area in ("forehead", "cheek", "nose", "chin", "upper_lip", "jaw", "hand")]
    face = protocol(areas=areas, interval_warn_days=NOT_LIMITED, interval_block_days=NOT_LIMITED)
    documents = (("policy", policy()), ("protocol", face), ("consent_text", CONSENT))
    made = small_clinic(tmp_path_factory.mktemp("returning") / "clinic", documents=documents)
    names = ("area", "side", "depth_mm", "passes", "endpoint")
    lines = [dict(zip(names, one, strict=True)) for one in SIX]
    with made.signing("reyes") as (reyes, by):
        ref = add_person(reyes)
        first = start_visit(reyes, ref, "microneedling_face", "reyes")
        who = show_visit(reyes, first, opened=False).document["patient"]
        saved = save_visit(reyes, first, 1, document(patient=who, lines=lines))
        perform_visit(reyes, first, saved.edition, by, shown="window")
        second = start_visit(reyes, ref, "microneedling_face", "reyes")
        begun = document(patient=who)
        del begun["lines"]
        save_visit(reyes, second, 1, begun)
    made.close()
    return made, second


@pytest.fixture
def at_visit(
    built: tuple[SmallClinic, str], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[AtVisit]:
    """The page of that visit, shown to its performer."""
    yield from _at(built, tmp_path, qtbot, qapp)


@pytest.fixture
def at_returning(
    built_returning: tuple[SmallClinic, str], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[AtVisit]:
    """The page of the returning patient's visit, at the treatment."""
    for at in _at(built_returning, tmp_path, qtbot, qapp):
        at.page.go("treatment")
        yield at


def _at(
    built: tuple[SmallClinic, str], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[AtVisit]:
    apply_theme(qapp, "light")
    made, visit_id = built
    shutil.copytree(made.folder, tmp_path / "clinic")
    clinic = replace(made, folder=tmp_path / "clinic", opened=[], clock=copy(made.clock))
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
