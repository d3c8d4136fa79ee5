"""How the program starts: what is read before the log-in is painted, and what after."""

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.bootstrap import looks_file, window_words
from mnclinic.cli.parser import parse
from mnclinic.services.demo.build import DemoBuilt
from mnclinic.ui import qt_numbers
from mnclinic.ui import theme as themes
from mnclinic.ui.looks import LooksKeeper
from mnclinic.ui.start import ClinicWindow, first_size
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.warm_up import ON_THE_STORES_THREAD, ON_THE_WINDOWS_THREAD, WarmUp
from tests.ui.conftest import PATIENCE_MS, Noon

PAINTED = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from mnclinic.bootstrap import start
from mnclinic.ui.login import LoginPage
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not said:
            said.extend(sorted(name for name in sys.modules if name.startswith("mnclinic")))
            print(*said, *(name for name in sys.argv[2:] if name in sys.modules))
            if "Qt" in vars(sys.modules["PySide6.QtCore"]):
                print("PySide6.QtCore.Qt")
            QTimer.singleShot(0, QApplication.instance().quit)
        return False
said = []
from PySide6.QtWidgets import QApplication
make = LoginPage.__init__
def made(page, *given):
    make(page, *given)
    page.painted = Painted()
    page.enter.installEventFilter(page.painted)
LoginPage.__init__ = made
start(["--data-dir", sys.argv[1]])
"""
READ_TO_PAINT_THE_LOG_IN = (
    "mnclinic",
    "mnclinic.bootstrap",
    "mnclinic.resource_files",
    "mnclinic.security",
    "mnclinic.security.password_lengths",
    "mnclinic.ui",
    "mnclinic.ui.collector",
    "mnclinic.ui.elements",
    "mnclinic.ui.elements.cards",
    "mnclinic.ui.elements.fields",
    "mnclinic.ui.elements.layout",
    "mnclinic.ui.elements.notes",
    "mnclinic.ui.elements.words",
    "mnclinic.ui.icons",
    "mnclinic.ui.kinds",
    "mnclinic.ui.language",
    "mnclinic.ui.language_button",
    "mnclinic.ui.left_fields",
    "mnclinic.ui.lock",
    "mnclinic.ui.lock.entry",
    "mnclinic.ui.lock.reasons",
    "mnclinic.ui.login",
    "mnclinic.ui.looks",
    "mnclinic.ui.open_window",
    "mnclinic.ui.password_field",
    "mnclinic.ui.qt_numbers",
    "mnclinic.ui.start",
    "mnclinic.ui.tasks",
    "mnclinic.ui.theme",
    "mnclinic.ui.tokens",
)
QT_ALONE = "import sys, PySide6.QtWidgets; print(*(one for one in sys.argv[1:] if one in sys.modules))"
SLOW = (
    "argparse",
    "sqlalchemy",
    "sqlcipher3",
    "cryptography",
    "reportlab",
    "jsonschema_rs",
    "asyncio",
    "platformdirs",
    "json",
    "hashlib",
    "decimal",
    "concurrent.futures",
    "PySide6.QtPdf",
    "PySide6.QtPrintSupport",
)


def test_the_log_in_is_painted_before_anything_else_of_the_program_is_read(
    demo: DemoBuilt, tmp_path: Path
) -> None:
    # Somebody's own looks on this computer are a file, and reading it takes a module more.
    nobodys = dict.fromkeys(
        ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"), str(tmp_path)
    )
    ended = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", PAINTED, str(demo.folder), *SLOW],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | nobodys,
    )
    qt_alone = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", QT_ALONE, *SLOW], check=True, capture_output=True, text=True
    )
    assert set(ended.stdout.split()) - set(qt_alone.stdout.split()) <= set(READ_TO_PAINT_THE_LOG_IN)


def test_the_numbers_that_are_said_to_the_toolkit_are_its_own(qapp: QApplication, qtbot: QtBot) -> None:
    words, area, button = QLabel("<b>a</b>"), QScrollArea(), QPushButton()
    for one in (words, area, button):
        qtbot.addWidget(one)
    qt_numbers.take_as_it_stands(words)
    qt_numbers.let_mouse_select(words)
    qt_numbers.set_in_the_middle(words)
    assert words.textFormat() == Qt.TextFormat.PlainText
    assert words.textInteractionFlags() == Qt.TextInteractionFlag.TextSelectableByMouse
    assert words.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask == Qt.AlignmentFlag.AlignHCenter
    qt_numbers.set_from_the_left(words)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
    assert words.alignment() == left | Qt.AlignmentFlag.AlignVCenter
    qt_numbers.scroll_upright_only(area)
    assert area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus
    qt_numbers.show_hand(button)
    assert button.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert int(Qt.TextFlag.TextWordWrap) == qt_numbers.TEXT_WORD_WRAP


@pytest.mark.parametrize(
    ("ground", "ink", "mode"),
    [
        ("#efefef", "#000000", "light"),
        ("#1e1e1e", "#ffffff", "dark"),
        ("#ffffff", "#000000", "contrast"),
        ("#000000", "#ffffff", "contrast-dark"),
    ],
)
def test_before_the_first_paint_the_systems_wish_is_read_from_its_colours_and_then_asked_for(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, ground: str, ink: str, mode: str
) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, ground)
    palette.setColor(QPalette.ColorRole.Text, ink)
    monkeypatch.setattr(themes._Applied, "has_palette", False)
    qapp.setPalette(palette)
    keeper = LooksKeeper()
    keeper.begin(qapp, None, is_painted_soon=True)
    assert themes.theme().mode == mode
    keeper.ask_the_system()
    assert themes.theme().mode == themes._system_mode(qapp)


def test_every_part_of_the_elements_is_found_in_its_room() -> None:
    from mnclinic.ui import elements

    assert sorted(elements._ROOM_OF) == sorted(elements.__all__)
    assert [name for name in elements.__all__ if not hasattr(elements, name)] == []
    with pytest.raises(AttributeError):
        _ = elements.nothing_of_that_name


def test_what_is_left_for_after_the_paint_is_made_then_or_when_it_is_asked_for(
    qtbot: QtBot, qapp: QApplication, demo: DemoBuilt
) -> None:
    window = ClinicWindow(demo.folder, clock=Noon(), backs_up=True)
    qtbot.addWidget(window)
    done: list[str] = []
    window.once_painted(lambda: done.append("painted"))
    assert "watch" not in vars(window)
    window.show()
    qtbot.waitUntil(lambda: done == ["painted"])
    assert {"watch", "timers", "clipboard", "backups", "_scale_keys"} <= set(vars(window))
    window.close()


def parsed(words: list[str]) -> dict[str, object]:
    options = {name: value for name, value in vars(parse(words)).items() if name != "command"}
    return options if parse(words).command is None else {}


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--data-dir", "clinic"],
        ["--user", "reyes", "--data-dir", "a folder"],
        ["--data-dir", "clinic", "--resume", '{"left":"idle"}', "--user", "reyes"],
    ],
)
def test_words_that_open_the_window_are_read_as_the_parser_reads_them(words: list[str]) -> None:
    assert window_words(words) == parsed(words)


@pytest.mark.parametrize(
    "words",
    [
        ["today"],
        ["--data-dir"],
        ["--data-dir", ""],
        ["--data-dir", "--json"],
        ["--data-dir", "a", "--data-dir", "b"],
        ["--data-dir", "clinic", "check"],
        ["--gallery"],
        ["--data-dir=clinic"],
    ],
)
def test_all_other_words_are_left_to_the_parser(words: list[str]) -> None:
    assert window_words(words) is None


@pytest.mark.parametrize("given", ["/somewhere/else", "", None])
def test_the_looks_are_kept_where_the_system_keeps_such_files(
    monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    if given is not None:
        monkeypatch.setenv("XDG_CONFIG_HOME", given)
    assert looks_file() == Path(platformdirs.user_config_dir("mnclinic", appauthor=False)) / "looks.json"


def test_what_the_first_log_in_needs_is_read_while_the_password_is_typed(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    runner = TaskRunner("store")
    parent = QWidget()
    qtbot.addWidget(parent)
    warm_up = WarmUp(runner, parent)
    warm_up.begin()
    with qtbot.waitSignal(warm_up.destroyed, timeout=PATIENCE_MS):
        pass
    runner.close()
    assert [one for one in (*ON_THE_STORES_THREAD, *ON_THE_WINDOWS_THREAD) if one not in sys.modules] == []


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ((1920, 1050), (1280, 800)),
        ((1280, 720), (1280, 680)),
        ((1366, 728), (1280, 688)),
        ((1100, 900), (1100, 800)),
        ((800, 600), (1280, 800)),
    ],
)
def test_the_window_opens_no_larger_than_the_screen(room: tuple[int, int], size: tuple[int, int]) -> None:
    assert first_size(*room) == size
