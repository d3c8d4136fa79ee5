"""What a readiness light leads to is in sight, whole and with the keyboard: small screen, large text."""

from typing import Any, cast

import pytest
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.domain.finding import Light
from mnclinic.services.list_visits import todays_visits
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.visits.care_parts import ASEPSIS, SPINS, TOPICALS
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.visits.parts import AFTERCARE
from mnclinic.ui.window import Workspace
from tests.ui.conftest import DAY, PATIENCE_MS, OpenAs

OPEN = frozenset({"draft", "deferred"})
WIDTH_PX, HEIGHT_PX = 1280, 720
OTHERS = (AFTERCARE, ASEPSIS, TOPICALS, SPINS, "consent", "precare", "lines", "photos")
FEWEST = 40
TURNS = 5
"""Of the event loop, in which a step that comes to the front is laid out."""


class Window:
    """The window of a provider, small, at a visit."""

    def __init__(self, window: ClinicWindow, qtbot: QtBot, app: QApplication) -> None:
        self.window, self._bot, self._app = window, qtbot, app
        window.resize(WIDTH_PX, HEIGHT_PX)
        self.settle()

    @property
    def workspace(self) -> Workspace:
        return cast("Workspace", self.window.centralWidget())

    @property
    def page(self) -> VisitPage:
        return cast("VisitPage", self.workspace.stack.currentWidget())

    def settle(self) -> None:
        self._bot.waitUntil(lambda: not self.window._runner.is_busy, timeout=PATIENCE_MS)
        for _ in range(TURNS):
            self._app.processEvents()

    def drafts(self) -> list[str]:
        """The visits of the day that are worked on."""
        got: list[str] = []
        self.workspace._desk.ask(
            lambda clinic: [one.visit_id for one in todays_visits(clinic, DAY).visits if one.state in OPEN],
            owner=self.window,
            done=got.extend,
            failed=lambda error: got.append(str(error)),
        )
        self.settle()
        assert got
        return got

    def open(self, what: str) -> None:
        self.workspace.go("today", None)
        self.settle()
        self.workspace.go("visit", what)
        self.settle()

    def unseen(self) -> str:
        """What of the thing with the keyboard is out of sight; empty where nothing is."""
        holder: QWidget | None = self.window.focusWidget()
        if holder is None:
            return "nothing has the keyboard"
        rest = QRegion(holder.rect()).subtracted(holder.visibleRegion()).boundingRect()
        if not self.page.isAncestorOf(holder):
            return f"the keyboard is at {holder.objectName()}"
        return "" if rest.isEmpty() else f"{holder.objectName()}: {rest.height()} of {holder.height()} px"


@pytest.fixture(params=[1.0, 2.0], ids=["100", "200"])
def small(
    looks_again: None, open_as: OpenAs, qtbot: QtBot, qapp: QApplication, request: pytest.FixtureRequest
) -> Window:
    looks_keeper().wear(text_scale=request.param)
    window, _ = open_as("reyes")
    return Window(window, qtbot, qapp)


def test_each_light_leads_into_sight(small: Window) -> None:
    wrong: list[str] = []
    for visit in small.drafts()[:2]:
        for light in Light:
            small.open(f"{visit}#{light.value}")
            wrong += [f"{visit} {light.value}: {one}" for one in [small.unseen()] if one]
    assert wrong == []


def test_each_field_that_a_light_may_lead_to_is_led_into_sight(small: Window) -> None:
    small.open(small.drafts()[0])
    form = cast("Any", small.page)._form
    wrong: list[str] = []
    seen = 0
    for name, step in form.steps.items():
        form.enter("identity" if name != "identity" else "sign")
        for key in (*OTHERS, *(one for fields in step.sets for one in fields.boxes)):
            target: QWidget | None = step.widget_of(key)
            if target is None or not target.isVisibleTo(step) or not target.isEnabled():
                continue
            step.scroller.verticalScrollBar().setValue(0)
            form.lead_to(key)
            small.settle()
            holder: QWidget | None = small.window.focusWidget()
            seen += holder is target or (holder is not None and target.isAncestorOf(holder))
            wrong += [f"{name} {key}: {one}" for one in [small.unseen()] if one]
    assert seen > FEWEST
    assert wrong == []
