"""The pages, as people meet them, hold to what pictures are held to.

Every page in every look is seen by the command `packaging/dev.py pictures`.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.services.demo.build import DemoBuilt
from mnclinic.ui.theme import apply_theme
from tests.pictures.findings import findings_of
from tests.pictures.rounds import HEIGHT_PX, WIDTH_PX
from tests.ui.conftest import PATIENCE_MS, OpenAs

PAGES = (
    "today",
    "patients",
    "director",
    "events",
    "follow-up",
    "devices",
    "protocols",
    "inspection",
    "log",
    "settings",
)
TURNS = 4


@pytest.fixture(autouse=True)
def put_back(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, "light")


class Opened(QObject):
    """Writes down what opens as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(watched.objectName() or type(watched).__name__)
        return False


@pytest.mark.parametrize("user", ["reyes", "okafor"])
def test_no_part_of_a_page_opens_as_a_window_while_the_page_is_made(
    open_as: OpenAs, qtbot: QtBot, qapp: QApplication, user: str
) -> None:
    opened = Opened()
    qapp.installEventFilter(opened)
    try:
        window, workspace = open_as(user)
        for page in PAGES:
            workspace.go(page, None)
            qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    finally:
        qapp.removeEventFilter(opened)
    assert [one for one in opened.names if one != "window"] == []


@pytest.mark.parametrize(("mode", "scale"), [("light", 1.0), ("contrast-dark", 2.0)])
def test_nothing_is_cut_covered_or_faint(
    demo: DemoBuilt, open_as: OpenAs, qtbot: QtBot, qapp: QApplication, mode: str, scale: float
) -> None:
    window, workspace = open_as("okafor")
    window.resize(WIDTH_PX, HEIGHT_PX)
    apply_theme(qapp, mode, scale)
    workspace.make_anew()
    found = []
    for name in PAGES:
        workspace.go(name, None)
        for _ in range(TURNS):
            qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
            qapp.processEvents()
        found += [f"{name}: {one}" for one in findings_of(window, window.grab().toImage())]
    assert found == []


def test_a_planted_cut_is_found(open_as: OpenAs, qtbot: QtBot, qapp: QApplication) -> None:
    window, workspace = open_as("okafor")
    workspace.go("inspection", None)
    make = window.findChild(QPushButton, "inspection.make")
    assert isinstance(make, QPushButton)
    make.setFixedWidth(60)
    qapp.processEvents()
    assert "cut: QPushButton inspection.make: Make the bundle" in [str(one) for one in findings_of(window)]
