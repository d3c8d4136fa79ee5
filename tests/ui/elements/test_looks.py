"""What is chosen of the window's looks is worn at once, kept on this PC, and loses nothing that is typed."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui import theme as themes
from mnclinic.ui.looks import Looks, LooksKeeper, looks_keeper, read_looks
from mnclinic.ui.theme import apply_theme, theme
from tests.ui.conftest import PATIENCE_MS, OpenAs


@pytest.fixture
def keeper(qapp: QApplication) -> Iterator[LooksKeeper]:
    """The process's keeper, put back afterwards."""
    made = looks_keeper()
    made.begin(qapp, None, Looks("light"))
    yield made
    made.begin(qapp, None, Looks("light"))


def press(window: QWidget, keys: str) -> None:
    """Press a shortcut; a window without a screen is never the active one, so no key reaches it."""
    found = [one for one in window.findChildren(QAction) if QKeySequence(keys) in one.shortcuts()]
    assert len(found) == 1
    found[0].trigger()


def test_what_is_worn_is_kept_and_read_again(keeper: LooksKeeper, qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "of" / "this" / "pc" / "looks.json"
    keeper.begin(qapp, path)
    keeper.wear(mode="dark", text_scale=1.5)
    assert theme().mode == "dark"
    assert theme().text_scale == 1.5
    assert read_looks(path) == Looks("dark", 1.5)
    other = LooksKeeper()
    other.begin(qapp, path)
    assert other.looks == Looks("dark", 1.5)


def test_a_file_that_cannot_be_read_or_written_keeps_nobody_out(
    keeper: LooksKeeper, qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "looks.json"
    path.write_bytes(b"\xff{")
    keeper.begin(qapp, path, Looks("contrast", 2.0))
    assert theme().mode == "contrast"
    blocked = path / "looks.json"
    keeper.begin(qapp, blocked)
    keeper.wear(mode="dark")
    assert theme().mode == "dark"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"mode": "sepia", "text_scale": 1.6, "language": "es"}, Looks("system", 1.5, "es")),
        ({"mode": "light", "text_scale": 9, "language": "../es"}, Looks("light", 2.0, "system")),
        ({"mode": "contrast-dark", "text_scale": 1, "language": "es"}, Looks("contrast-dark", 1.0, "es")),
        (
            {"mode": "dark", "text_scale": 1, "language": "es", "motion": "less"},
            Looks("dark", 1.0, "es", "less"),
        ),
        ({"mode": "dark", "text_scale": 1, "language": "es", "motion": "wild"}, Looks("dark", 1.0, "es")),
        ({"mode": "light"}, None),
        ([], None),
    ],
)
def test_nonsense_in_the_file_becomes_something_that_can_be_worn(
    tmp_path: Path, written: object, read: Looks | None
) -> None:
    path = tmp_path / "looks.json"
    path.write_text(json.dumps(written))
    assert read_looks(path) == read


def test_a_file_of_nests_alone_is_as_if_there_were_none(tmp_path: Path) -> None:
    path = tmp_path / "looks.json"
    path.write_text("[" * 100_000)
    assert read_looks(path) is None


def test_a_system_that_wants_more_contrast_gets_it() -> None:
    wishes = SimpleNamespace(contrastPreference=lambda: Qt.ContrastPreference.HighContrast)
    hints = SimpleNamespace(accessibility=lambda: wishes, colorScheme=lambda: Qt.ColorScheme.Unknown)
    app = cast("QApplication", SimpleNamespace(styleHints=lambda: hints))
    assert themes._system_mode(app) == "contrast"


def test_another_size_of_text_keeps_the_page_and_what_is_typed_in_it(
    keeper: LooksKeeper, open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")
    workspace.go("inspection", None)
    patient = cast("QLineEdit", window.findChild(QLineEdit, "inspection.patient"))
    cast("Any", qtbot).keyClicks(patient, "P-0000")
    workspace.go("log", None)
    log_patient = cast("QLineEdit", window.findChild(QLineEdit, "log.patient"))
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    log_patient.setFocus()
    cast("Any", qtbot).keyClicks(log_patient, "P-000012")
    press(window, "Ctrl++")
    qtbot.waitUntil(lambda: theme().text_scale == 1.25, timeout=PATIENCE_MS)

    def is_back() -> bool:
        found = workspace.stack.findChild(QLineEdit, "log.patient")
        return isinstance(found, QLineEdit) and found is not log_patient and found.text() == "P-000012"

    qtbot.waitUntil(is_back, timeout=PATIENCE_MS)
    workspace.go("inspection", None)
    qtbot.waitUntil(
        lambda: cast("QLineEdit", window.findChild(QLineEdit, "inspection.patient")).text() == "P-0000",
        timeout=PATIENCE_MS,
    )
    press(window, "Ctrl+0")
    qtbot.waitUntil(lambda: theme().text_scale == 1.0, timeout=PATIENCE_MS)


def test_colours_and_size_are_chosen_in_the_settings(
    keeper: LooksKeeper, open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    workspace.go("settings", "looks")
    mode = cast("QComboBox", window.findChild(QComboBox, "settings.mode"))
    for wanted in ("contrast", "contrast-dark"):
        mode.setCurrentIndex(mode.findData(wanted))
        assert theme().mode == wanted
    motion = cast("QComboBox", window.findChild(QComboBox, "settings.motion"))
    motion.setCurrentIndex(motion.findData("less"))
    assert not theme().has_motion
    assert keeper.looks.motion == "less"
    scale = cast("QComboBox", window.findChild(QComboBox, "settings.text_scale"))
    scale.setCurrentIndex(scale.findData(2.0))
    qtbot.waitUntil(
        lambda: window.findChild(QComboBox, "settings.text_scale") is not scale, timeout=PATIENCE_MS
    )
    again = cast("QComboBox", window.findChild(QComboBox, "settings.text_scale"))
    assert again.currentData() == 2.0
    assert workspace.where == ("settings", "looks")
    apply_theme(cast("QApplication", QApplication.instance()), "light")
