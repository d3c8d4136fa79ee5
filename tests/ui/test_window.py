"""The window's own promises: one window a folder, nothing lost on leaving, every control has a name."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QLockFile, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.errors import ClinicInUse, StoreUnavailable, WrongCredentials
from mnclinic.services.demo.build import DemoBuilt
from mnclinic.services.open_clinic import OPENING
from mnclinic.store import backup_files
from mnclinic.ui.desk import OUR_DEFECT, sentence_of
from mnclinic.ui.language import speak
from mnclinic.ui.login import WelcomePage
from mnclinic.ui.open_window import LOCK_NAME, take_folder
from mnclinic.ui.progress import Progress
from mnclinic.ui.rail import FIND, FOOT, LOCK, MENU, RAIL, RAIL_MARGIN, WORDS_FLAGS, RailButton, rail_width
from mnclinic.ui.settings.page import SettingsPage
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme, theme
from mnclinic.ui.tokens import TABLES, Size, Space, Type, contrast, text_pairs
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.window import Notice, Workspace
from mnclinic.ui.words import plain
from tests.ui.conftest import PASSWORD, PATIENCE_MS, Noon, OpenAs


def test_a_second_window_on_the_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    first = take_folder(tmp_path)
    with pytest.raises(ClinicInUse) as refused:
        take_folder(tmp_path)
    assert "another window" in refused.value.sentence
    first.unlock()
    take_folder(tmp_path).unlock()


def test_a_lock_left_by_a_killed_window_does_not_keep_the_clinic_shut(tmp_path: Path) -> None:
    killed = (
        "import os, sys; from PySide6.QtCore import QLockFile; lock = QLockFile(sys.argv[1]); "
        "assert lock.tryLock(0); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", killed, str(tmp_path / LOCK_NAME)], check=False
    )
    assert ended.returncode != 0
    assert (tmp_path / LOCK_NAME).exists()
    lock = take_folder(tmp_path)
    assert isinstance(lock, QLockFile)
    lock.unlock()


@pytest.mark.skipif(os.name == "nt", reason="pipes and links are made otherwise there")
@pytest.mark.parametrize(
    "make",
    [os.mkdir, os.mkfifo, lambda path: path.symlink_to("nowhere")],
    ids=["a folder", "a pipe", "a link to nothing"],
)
def test_what_is_no_file_in_place_of_the_lock_is_named(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / LOCK_NAME)
    with pytest.raises(StoreUnavailable, match=f"{LOCK_NAME} in the clinic's folder leads to another file"):
        take_folder(tmp_path)


def an_hour_old(lock: Path) -> None:
    at = lock.stat().st_mtime - 3600
    os.utime(lock, (at, at))


@pytest.mark.parametrize(
    "left",
    [
        b"",
        b"\0" * 80,
        b"4632\nmnclinic\nold-front-desk\n0123456789abcdef0123456789abcdef\n1a2b3c4d\n",
    ],
    ids=["empty after a power cut", "never written after a power cut", "of a PC whose folder came here"],
)
def test_a_lock_that_names_nobody_here_does_not_keep_the_clinic_shut(tmp_path: Path, left: bytes) -> None:
    (tmp_path / LOCK_NAME).write_bytes(left)
    an_hour_old(tmp_path / LOCK_NAME)
    take_folder(tmp_path).unlock()


def test_a_window_that_has_been_open_for_long_keeps_its_folder(tmp_path: Path) -> None:
    held = (
        "import sys; from PySide6.QtCore import QLockFile; lock = QLockFile(sys.argv[1]); "
        "assert lock.tryLock(0); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", held, str(tmp_path / LOCK_NAME)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        an_hour_old(tmp_path / LOCK_NAME)
        with pytest.raises(ClinicInUse, match="another window"):
            take_folder(tmp_path)
        other.communicate()


def test_a_notice_is_one_line_where_the_text_is_large_until_more_is_wanted(
    qtbot: QtBot, qapp: QApplication
) -> None:
    words = "The folder lies in a place that is synchronised. Nothing is lost. " * 4
    apply_theme(qapp, "light", text_scale=2.0)
    try:
        notice = Notice()
        qtbot.addWidget(notice)
        notice.resize(1080, 100)
        notice.say(words)
        notice.show()
        low = notice.sizeHint().height()
        assert low <= theme().px(Size.CONTROL) + 4 * Space.HAIR, "it is as high as its buttons"
        assert notice.accessibleName() == words
        more = notice.findChild(QPushButton, "notice.more")
        assert more is not None
        assert more.isVisible()
        more.click()
        assert notice._words.isVisible()
        assert notice._words.text() == words
        more.click()
        assert notice.sizeHint().height() == low
        notice.say("")
        assert notice.isHidden()
    finally:
        apply_theme(qapp, "light")
    usual = Notice()
    qtbot.addWidget(usual)
    usual.say(words)
    usual.show()
    assert usual._words.isVisible()


def test_a_folder_without_a_clinic_says_what_to_do(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    window = ClinicWindow(tmp_path, clock=Noon())
    qtbot.addWidget(window)
    assert isinstance(window.centralWidget(), WelcomePage)
    window.close()


def test_a_wrong_password_is_told_on_the_page_and_the_user_name_stays(
    demo: DemoBuilt, qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, "dark")
    window = ClinicWindow(demo.folder, clock=Noon())
    qtbot.addWidget(window)
    window.show()
    window.login.user.setText("reyes")
    window.login.password.setText("certainly not this one")
    window.login.enter.click()
    told = WrongCredentials().sentence
    qtbot.waitUntil(lambda: window.login._banner.accessibleName() == told, timeout=PATIENCE_MS)
    assert window.login.user.text() == "reyes"
    assert window.login.password.text() == ""
    window.close()


def test_a_log_in_that_takes_long_shows_how_far_it_is_and_escape_stops_it(
    demo: DemoBuilt, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mnclinic.ui.login.SLOW_MS", 20)
    apply_theme(qapp, "light")
    stopped, goes_on = threading.Event(), threading.Event()
    go_on = backup_files.go_on

    def slowly(watch: backup_files.Watch, step: str, done: int = 0, of: int = 0) -> None:
        if step == OPENING and not stopped.is_set():
            goes_on.wait(PATIENCE_MS / 1000)
            stopped.set()
        go_on(watch, step, done, of)

    monkeypatch.setattr("mnclinic.services.open_clinic.go_on", slowly)
    window = ClinicWindow(demo.folder, clock=Noon())
    qtbot.addWidget(window)
    window.show()
    window.login.user.setText("desk")
    window.login.password.setText(PASSWORD["desk"])
    QTest.keyClick(window.login.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.login.findChildren(Progress)), timeout=PATIENCE_MS)
    assert window.login.findChildren(Progress)[0].isVisible()
    QTest.keyClick(window.login.password, Qt.Key.Key_Escape)
    goes_on.set()
    qtbot.waitUntil(window.login.enter.isEnabled, timeout=PATIENCE_MS)
    assert "Nothing half-done was kept" in window.login._banner.accessibleName()
    window.login.password.setText(PASSWORD["desk"])
    qtbot.waitUntil(lambda: not window.login.findChildren(Progress))
    QTest.keyClick(window.login.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Workspace), timeout=PATIENCE_MS)
    window.close()


def test_trouble_is_told_in_its_own_sentence_and_a_defect_without_its_name() -> None:
    assert sentence_of(ClinicInUse("In use elsewhere.")) == "In use elsewhere."
    assert sentence_of(KeyError("patient Roadworth")) == OUR_DEFECT


@pytest.mark.parametrize("name", [entry.name for entry in RAIL] + ["settings"])
def test_every_control_that_takes_the_keyboard_has_a_name(open_as: OpenAs, qtbot: QtBot, name: str) -> None:
    window, workspace = open_as("okafor")
    workspace.go(name, None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_what_was_typed_into_a_visit_is_stored_when_the_window_locks_at_once(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("reyes")
    today = cast("Any", workspace.stack.currentWidget())
    qtbot.waitUntil(lambda: today.table.rows.rowCount() > 0, timeout=PATIENCE_MS)
    rows = [today.table.rows.row_at(at) for at in range(today.table.rows.rowCount())]
    visit_id = next(row.visit.visit_id for row in rows if row.visit and row.visit.state == "draft")
    workspace.go("visit", visit_id)
    page = cast("VisitPage", workspace.stack.currentWidget())
    qtbot.waitUntil(lambda: page._view is not None, timeout=PATIENCE_MS)
    page.editing.type_in("note", "typed a moment before the lock", "note")
    window.locking.lock()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    window, workspace = open_as("reyes")
    workspace.go("visit", visit_id)
    page = cast("VisitPage", workspace.stack.currentWidget())
    qtbot.waitUntil(lambda: page._view is not None, timeout=PATIENCE_MS)
    assert page.editing.text("note") == "typed a moment before the lock"


LOWEST_WINDOW = 720


@pytest.mark.parametrize("mode", list(TABLES))
def test_every_text_can_be_read_on_its_ground(mode: str) -> None:
    weak = [
        pair.where
        for pair in text_pairs(TABLES[mode])
        if contrast(pair.text, pair.background) < (7.0 if pair.is_alert else 4.5)
    ]
    assert weak == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_every_way_of_the_rail_has_its_place_in_the_lowest_window(
    qtbot: QtBot, qapp: QApplication, scale: float, language: str
) -> None:
    apply_theme(qapp, "light", scale)
    speak(qapp, language)
    try:
        ways = [RailButton(entry) for entry in (MENU, FIND, *RAIL, *FOOT, LOCK)]
        for way in ways:
            qtbot.addWidget(way)
        assert sum(way.sizeHint().height() + Space.TIGHT for way in ways) <= LOWEST_WINDOW
    finally:
        speak(qapp, "en")
        apply_theme(qapp, "light")


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_no_word_of_the_rail_is_cut_at_any_size_of_text(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    apply_theme(qapp, "light", scale)
    try:
        metrics = QFontMetrics(theme().font(Type.RAIL))
        for entry in (MENU, *RAIL, FIND, *FOOT, LOCK):
            way = RailButton(entry)
            qtbot.addWidget(way)
            size = way.sizeHint()
            assert size.width() + 2 * RAIL_MARGIN == rail_width()
            room = way.words_in(size.width())
            taken = metrics.boundingRect(QRect(0, 0, room.width(), 1000), WORDS_FLAGS, entry.words)
            assert taken.width() <= room.width(), entry.words
            assert room.bottom() <= size.height(), entry.words
    finally:
        apply_theme(qapp, "light")


def test_a_code_is_shown_in_its_words_and_an_abbreviation_in_capitals() -> None:
    assert [plain(code) for code in ("upper_lip", "prp_kit", "prp", "in_use")] == [
        "Upper lip",
        "PRP kit",
        "PRP",
        "In use",
    ]


def test_the_strip_of_the_demo_says_its_day_in_the_words_for_days(open_as: OpenAs) -> None:
    _window, workspace = open_as("desk")
    strip = workspace.findChild(QWidget, "demo_strip")
    assert isinstance(strip, QWidget)
    assert "today is 23 Nov 2026" in " ".join(one.text() for one in strip.findChildren(QLabel))


def test_the_section_of_the_settings_that_is_shown_is_marked_from_the_first_look(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("owner")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    workspace.go("settings", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    page = workspace.current_page()
    assert isinstance(page, SettingsPage)
    assert [one.text() for one in page.list.selectedItems()] == ["My account"]


def test_what_the_keyboard_comes_to_is_scrolled_into_sight_on_every_page(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")
    window.resize(1280, 720)
    workspace.go("inspection", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    page = workspace.current_page()
    names = [one for one in page.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
    lowest = max(names, key=lambda one: one.mapTo(page, QPoint(0, 0)).y())
    assert lowest.visibleRegion().isEmpty(), "it lies below the smallest window"
    next(one for one in names if not one.visibleRegion().isEmpty()).setFocus()
    lowest.setFocus()
    qtbot.waitUntil(lambda: lowest.visibleRegion().boundingRect().height() == lowest.height())
