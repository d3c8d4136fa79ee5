"""No page waits for the store, a stick or a printer: what asks one is on another thread."""

import ast
import io
import os
import shutil
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, cast

import pytest
from PySide6.QtCore import QStorageInfo
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.pool import Pool

from mnclinic.services.demo.build import DemoBuilt
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.open_clinic import open_clinic
from mnclinic.ui import key_file_place
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import EmptyState
from mnclinic.ui.sign_sheet import SignSheet
from tests.ui.conftest import PASSWORD, PATIENCE_MS, OpenAs
from tests.ui.lock.walk_sheets import Hand, MovedClock
from tests.ui.spanish_walk import Walk
from tests.ui.test_keys import every_page, shown_page


class Asked:
    """Where connections to a database were taken while it listened."""

    def __init__(self) -> None:
        self.here: list[str] = []
        self.elsewhere = 0

    def take(self, *_given: object) -> None:
        """A connection is taken, on this thread."""
        if threading.current_thread() is threading.main_thread():
            self.here.append("".join(traceback.format_stack(limit=12)))
        else:
            self.elsewhere += 1


@pytest.fixture
def asked() -> Iterator[Asked]:
    found = Asked()
    event.listen(Pool, "checkout", found.take)
    yield found
    event.remove(Pool, "checkout", found.take)


@pytest.mark.parametrize("user", ["okafor", "owner"])
def test_no_page_asks_the_store_on_the_windows_thread(
    open_as: OpenAs, qtbot: QtBot, asked: Asked, user: str
) -> None:
    window, workspace = open_as(user)
    seen = sum(1 for _ in every_page(window, workspace, qtbot))
    assert seen > len(("today", "patients", "director", "devices", "protocols", "inspection", "settings"))
    assert asked.elsewhere > seen
    assert asked.here == []


def test_a_list_that_waits_for_the_store_does_not_say_that_there_is_nothing(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")
    go_on = threading.Event()
    window._runner.submit(go_on.wait, owner=window, done=lambda _done: None, failed=lambda _error: None)
    said: dict[str, list[str]] = {}
    try:
        for name in ("patients", "director", "events", "follow-up", "recalls", "trace", "log"):
            workspace.go(name, None)
            page = shown_page(workspace)
            shown = [one.title.text() for one in page.findChildren(EmptyState) if one.isVisibleTo(page)]
            said |= {name: shown} if shown else {}
    finally:
        go_on.set()
    assert said == {}
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_a_page_that_asks_it_there_is_found(
    open_as: OpenAs, qtbot: QtBot, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_as("okafor")
    asks = Desk.ask

    def ask_at_once(desk: Desk, job: object, **given: object) -> None:
        with desk.clinic.store.reading():
            asks(desk, job, **given)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(Desk, "ask", ask_at_once)
    next(Walk(window, workspace, qtbot).pages())
    assert asked.here


PROGRAM = Path(key_file_place.__file__).parents[1]
OWN = tuple(str(one) for one in (PROGRAM.parents[1], sys.prefix, sys.base_prefix))
"""The program's own files are on this PC, and so is the data folder: another one is refused."""

WAYS_TO_A_FILE = (
    *((os, name) for name in ("stat", "listdir", "scandir", "mkdir", "unlink", "rename", "replace", "open")),
    (io, "open"),
)


class Touched:
    """Which files and folders outside the program and the data folder were touched, by which thread."""

    def __init__(self, patch: pytest.MonkeyPatch, *local: Path) -> None:
        self.here: list[str] = []
        self.elsewhere: list[str] = []
        self._local = (*OWN, *map(str, local))
        for module, name in WAYS_TO_A_FILE:
            patch.setattr(module, name, self._noting(name, getattr(module, name)))
        volumes = QStorageInfo.mountedVolumes
        patch.setattr(QStorageInfo, "mountedVolumes", self._noting("mountedVolumes", volumes))

    def _noting(self, name: str, does: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the system's own takes it
            place = str(given[0]) if given else ""
            asker = _asker() if not place.startswith(self._local) else ""
            if asker:
                is_here = threading.current_thread() is threading.main_thread()
                (self.here if is_here else self.elsewhere).append(f"{name} {place} from {asker}")
            return does(*given, **named)

        return noted


def _asker() -> str:
    """The place in the program that asks; empty where Python or a test does."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(str(PROGRAM)):
            return f"{Path(file).name}:{frame.f_code.co_name}"
        frame = frame.f_back
    return ""


@pytest.fixture
def with_key_file(demo: DemoBuilt, tmp_path: Path) -> Path:
    """A clinic of its own one of whose providers signs with a key file on a stick; its folder."""
    folder = shutil.copytree(demo.folder, tmp_path / "clinic")
    clinic = open_clinic(folder, "lind", PASSWORD["lind"], clock=MovedClock())
    (tmp_path / "stick").mkdir()
    set_second_factor(clinic, PASSWORD["lind"], tmp_path / "stick" / "lind.key")
    clinic.close()
    return folder


def test_no_page_touches_a_file_elsewhere_on_the_windows_thread(
    demo: DemoBuilt, open_as: OpenAs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_as("owner")
    touched = Touched(monkeypatch, demo.folder)
    seen = sum(1 for _ in every_page(window, workspace, qtbot))
    assert seen > len(("today", "patients", "director", "devices", "protocols", "inspection", "settings"))
    assert touched.here == []


def test_no_sheet_that_asks_for_a_key_file_touches_one_on_the_windows_thread(
    with_key_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = Hand(with_key_file, MovedClock(), lambda fact: qtbot.waitUntil(fact, timeout=PATIENCE_MS))
    qtbot.addWidget(hand.window)
    hand.log_in("lind")
    key = with_key_file.parent / "stick" / "lind.key"
    touched = Touched(monkeypatch, with_key_file)
    desk = hand.workspace._desk
    sheet = SignSheet(
        hand.window, title="Sign", who="", statement="", what=(), action="Sign", key_file=desk.key_file
    )
    sheet.open()
    hand.settle()
    assert "Plug in the stick" in sheet.place.accessibleDescription()
    signed: list[str] = []
    sheet.confirmed.connect(lambda password, _reason: signed.append(password))
    cast("Any", sheet)._password.setText(PASSWORD["lind"])
    sheet.place.setText(str(key))
    cast("Any", sheet)._confirm.click()
    hand.until(lambda: bool(signed))
    sheet.close()
    for way in ("account.password", "account.code", "account.key", "account.no_factor"):
        hand.workspace.go("settings", "account")
        hand.settle()
        button = hand.window.findChild(QPushButton, way)
        assert button is not None, way
        button.click()
        hand.settle()
        asked = hand.sheet()
        assert asked is not None, way
        (place,) = [one for one in asked.findChildren(QLineEdit) if one.objectName().endswith(".factor")]
        assert place.text() == str(key), "the place used last"
        asked.reject()
        hand.settle()
    assert touched.here == []
    assert any("mountedVolumes" in one for one in touched.elsewhere)
    hand.window.close()


def test_a_file_that_is_touched_there_is_found(
    demo: DemoBuilt, open_as: OpenAs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _window, workspace = open_as("owner")
    touched = Touched(monkeypatch, demo.folder)
    key_file_place.sticks()
    key_file_place.is_file(tmp_path / "away.key")
    assert [one.split()[0] for one in touched.here] == ["mountedVolumes", "stat"]
    assert workspace.isVisible()


TOUCHES = {
    "exists", "is_file", "is_dir", "iterdir", "glob", "rglob", "read_text", "read_bytes", "write_text",
    "write_bytes", "stat", "mkdir", "unlink", "rmtree", "mkdtemp", "mountedVolumes", "QPrinter", "QFileInfo",
    "beginning_of",
}  # fmt: skip
"""What asks a file system or a printer."""

KNOWN = {
    "backup_schedule.py": "the data folder",
    "consent_acts.py": "in a job",
    "icons.py": "the program's own",
    "key_file_place.py": "in a job",
    "linux_signals.py": "where the system keeps its bus",
    "looks.py": "the person's own settings, before there is a thread",
    "named_place.py": "in a job",
    "open_window.py": "the data folder, before there is a window",
    "paper.py": "the printer's name for the system's own sheet; the rest in a job",
    "sheet_step.py": "in a job",
    "start.py": "the data folder",
    "ways_in.py": "the system's place for what is thrown away",
}
"""The modules of the window that may, and why nobody waits for it."""


def test_whoever_asks_a_file_system_in_the_window_is_known() -> None:
    asks = {
        source.name
        for source in (PROGRAM / "ui").rglob("*.py")
        for one in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(one, ast.Call) and _called(one) in TOUCHES
    }
    assert asks == set(KNOWN)


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
