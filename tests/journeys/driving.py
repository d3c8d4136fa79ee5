"""Drives a window as a person would, and waits for facts."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.ask_sheet import AskSheet
from mnclinic.ui.settings.page import SettingsPage
from mnclinic.ui.settings.section import Section
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace

PICTURES = Path(os.environ.get("MNCLINIC_PICTURES", "pictures"))
PATIENCE_MS = 60_000

Kind = TypeVar("Kind", bound=QWidget)


@dataclass
class WindowDriver:
    """One window. `folder` is where its pictures go."""

    bot: QtBot
    window: ClinicWindow
    folder: str

    def until(self, fact: Callable[[], bool]) -> None:
        self.bot.waitUntil(fact, timeout=PATIENCE_MS)

    def idle(self) -> None:
        self.until(lambda: not self.window._runner.is_busy)

    def find(self, kind: type[Kind], name: str = "") -> Kind:
        """The newest visible widget of a kind, by its object name if one is given."""

        def found() -> list[Kind]:
            everything = cast(
                "list[Kind]", self.window.findChildren(kind, name) if name else self.window.findChildren(kind)
            )
            return [one for one in everything if one.isVisible()]

        self.until(lambda: bool(found()))
        return found()[-1]

    def type_into(self, name: str, text: str) -> None:
        line = self.find(QLineEdit, name)
        line.setFocus()
        line.clear()
        cast("Any", self.bot).keyClicks(line, text)

    def press(self, name: str) -> None:
        wanted = self.find(QPushButton, name)
        self.until(wanted.isEnabled)
        cast("Any", self.bot).mouseClick(wanted, Qt.MouseButton.LeftButton)

    def key(self, where: QWidget, key: Qt.Key) -> None:
        cast("Any", self.bot).keyClick(where, key)

    def log_in(self, user: str, password: str) -> None:
        self.type_into("login.user", user)
        self.type_into("login.password", password)
        self.press("login.enter")

    def workspace(self) -> Workspace:
        self.until(lambda: bool(self.window.findChildren(Workspace)))
        self.idle()
        return self.window.findChildren(Workspace)[-1]

    def settings(self, name: str) -> Section:
        """The section of the settings of this name, in front and filled."""
        workspace = self.workspace()
        workspace.go("settings", name)
        self.idle()
        section = cast("SettingsPage", workspace.stack.currentWidget()).section()
        assert section is not None
        return section

    def sheet(self) -> AskSheet:
        return self.find(AskSheet)

    def sheet_gone(self) -> None:
        self.until(lambda: not any(one.isVisible() for one in self.window.findChildren(AskSheet)))
        self.idle()

    def lock(self) -> None:
        self.window.locking.lock()
        self.until(lambda: any(one.isVisible() for one in self.window.findChildren(QLineEdit, "login.user")))
        self.idle()

    def picture(self, name: str) -> None:
        QCoreApplication.processEvents()
        target = PICTURES / self.folder
        target.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(target / f"{name}.png"))
