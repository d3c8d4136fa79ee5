"""Somebody's photographs in front, and hands at them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.services.photos import NewPhoto, PhotoRow, keep_photo
from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.photos.room import PhotosRoom
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from tests.interchange.pictures.making import encoded
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person, known_clinic
from tests.services.photographing import VIEW, choose

PATIENCE_MS = 60_000


@dataclass
class InRoom:
    """The page of patients with somebody's photographs in front, and hands at it."""

    bot: QtBot
    clinic: SmallClinic
    opened: OpenClinic
    desk: Desk
    page: PatientsPage
    ref: str
    kept: list[PhotoRow]

    @property
    def room(self) -> PhotosRoom:
        return self.page.photos

    def until(self, fact: Callable[[], bool]) -> None:
        self.bot.waitUntil(fact, timeout=PATIENCE_MS)

    def enter(self) -> None:
        """By the button on the person's page."""
        self.page._open_person(self.ref)
        self.until(lambda: self.page.chart.isVisible() and not self.desk.runner.is_busy)
        self.page.chart.findChildren(QPushButton, "chart.photos")[-1].click()
        self.until(lambda: self.room.isVisible() and not self.desk.runner.is_busy)

    def seen(self) -> None:
        """Wait until both are drawn."""
        self.until(lambda: not any(one.isNull() for one in self.room.comparer.pictures))

    def key(self, key: Qt.Key, *, at: QWidget | None = None) -> None:
        cast("Any", self.bot).keyClick(at or self.room.comparer, key)

    def said(self) -> str:
        return " ".join(one.text() for one in self.room.banner.findChildren(QLabel))


@pytest.fixture
def in_room(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, request: pytest.FixtureRequest
) -> Iterator[InRoom]:
    """Of somebody with two photographs of one view and one of another, in text as large as a parameter."""
    scale: float = getattr(request, "param", 1.0)
    apply_theme(qapp, "light", scale)
    made = known_clinic(tmp_path / "clinic")
    nurse = made.as_user("reyes")
    ref = add_person(nurse)
    choose(nurse, ref, "chart")
    kept = []
    for number, (view, when, ink) in enumerate(
        ((VIEW, "before", "red"), ("Chin", "before", "green"), (VIEW, "follow_up", "blue"))
    ):
        content = encoded("JPEG", Image.new("RGB", (40, 30), ink))
        new = NewPhoto(view, when, content, MONDAY - timedelta(days=9 - number), taken_because="Said so.")
        kept.append(keep_photo(nurse, ref, new))
    runner = TaskRunner("store")
    desk = Desk(nurse, runner)
    page = PatientsPage(desk)
    # At 200 % the room that is left of a window of 1280 by 720.
    page.resize(*((1180, 700) if scale == 1.0 else (1047, 594)))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield InRoom(qtbot, made, nurse, desk, page, ref, kept)
    runner.close()
    made.close()
