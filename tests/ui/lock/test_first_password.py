"""A clinic that is open for somebody who has to choose a password first locks like any other."""

import gc
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.services.session import OpenClinic
from mnclinic.services.settings import change_setting
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.users.add_user import add_user
from mnclinic.ui.account.first_password import FirstPasswordPage
from mnclinic.ui.desk import Desk
from mnclinic.ui.lock import under_way
from mnclinic.ui.lock.entry import Entry
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace
from tests.services.clinic_builder import PASSWORDS, SmallClinic, small_clinic
from tests.services.reading import actions_since, log_size

PATIENCE_MS = 60_000
GIVEN = "teacup gravel orchard nine"
OWN = "saddle winter marble cloud"
ALL_LEFT = [one for one in Left if one is not Left.READY]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    made = small_clinic(tmp_path_factory.mktemp("first") / "clinic")
    owner = made.as_user("owner")
    add_user(owner, NewPerson("gil", "G. Gilmore", "front_desk", "", GIVEN), PASSWORDS["owner"])
    change_setting(owner, "idle_lock_min", 2)
    made.close()
    return made


@pytest.fixture
def clinic(built: SmallClinic, tmp_path: Path) -> SmallClinic:
    shutil.copytree(built.folder, tmp_path / "clinic")
    return replace(built, folder=tmp_path / "clinic", opened=[])


@dataclass
class First:
    """The window at the page where a password of one's own is chosen."""

    window: ClinicWindow
    page: FirstPasswordPage
    bot: QtBot
    anew: list[Sequence[str]]
    """How the program was asked to begin anew."""

    def idle(self) -> None:
        self.bot.waitUntil(lambda: not self.window._runner.is_busy, timeout=PATIENCE_MS)

    def choose(self, given: str = GIVEN, own: str = OWN) -> None:
        """Press the button of the first card, and wait for the answer."""
        self.page.given.edit.setText(given)
        self.page.password.edit.setText(own)
        self.page.choose.click()
        self.idle()

    def locked(self) -> None:
        self.bot.waitUntil(
            lambda: self.window.unready is None and self.window.login.isVisible(), timeout=PATIENCE_MS
        )
        self.idle()


@pytest.fixture
def first(clinic: SmallClinic, qtbot: QtBot) -> First:
    anew: list[Sequence[str]] = []
    window = ClinicWindow(clinic.folder, clock=clinic.clock, start_anew=anew.append)
    qtbot.addWidget(window)
    window.show()
    window.login.user.setText("gil")
    window.login.password.setText(GIVEN)
    window.login.enter.click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), FirstPasswordPage), timeout=PATIENCE_MS)
    page = window.centralWidget()
    assert isinstance(page, FirstPasswordPage)
    made = First(window, page, qtbot, anew)
    made.idle()
    return made


@pytest.mark.parametrize("left", [Left.SYSTEM_LOCKED, Left.IDLE])
@pytest.mark.parametrize("user", ["gil", "owner"])
def test_whoever_leaves_while_the_clinic_is_being_opened_finds_it_locked(
    clinic: SmallClinic, qtbot: QtBot, user: str, left: Left
) -> None:
    anew: list[Sequence[str]] = []
    window = ClinicWindow(clinic.folder, clock=clinic.clock, start_anew=anew.append)
    qtbot.addWidget(window)
    window.show()
    window.login.user.setText(user)
    window.login.password.setText(GIVEN if user == "gil" else PASSWORDS[user])
    window.login.enter.click()
    window.watch.say_left(left)
    qtbot.waitUntil(lambda: bool(anew) and window.login.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert open_clinics() == []
    window.login.user.setText(user)
    window.login.password.setText("nobody's password at all")
    window.login.enter.click()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert not window.watch.is_awake
    assert window.login.password.text() == ""
    window.close()


def open_clinics() -> list[OpenClinic]:
    gc.collect()
    return [one for one in gc.get_objects() if type(one) is OpenClinic and not one.is_closed]


def typed_in(page: FirstPasswordPage) -> list[str]:
    return [one.text() for one in page.findChildren(QLineEdit) if one.text()]


@pytest.mark.parametrize("is_chosen", [False, True], ids=["choosing", "at the recovery code"])
@pytest.mark.parametrize("left", ALL_LEFT)
def test_whoever_leaves_it_alone_finds_the_log_in(first: First, left: Left, is_chosen: bool) -> None:
    if is_chosen:
        first.choose()
        assert first.page.make.isVisible()
    first.window.watch.say_left(left)
    first.locked()
    assert open_clinics() == []
    assert not first.window.watch.is_awake
    resumed = first.window.resumed
    assert resumed is not None
    assert resumed.left is left
    assert [words[-1] for words in first.anew] == ["gil"], "its memory is forgotten"


def test_whoever_keeps_the_password_that_was_given_is_told_why_it_will_not_do(first: First) -> None:
    first.choose(own=GIVEN)
    told = first.page.password.edit.accessibleDescription()
    assert told == "This is the password that you have already."
    first.choose()
    assert first.page.make.isVisible()


def test_it_waits_as_long_as_the_clinic_says(first: First) -> None:
    assert first.window.watch._idle_ms == 2 * 60_000


def test_the_lock_is_entered_and_told_without_a_word_about_what_was_typed(
    first: First, clinic: SmallClinic
) -> None:
    size = log_size(clinic.as_user("owner"))
    clinic.close()
    first.window.watch.say_left(Left.IDLE)
    first.locked()
    assert first.window.login.user.text() == "gil"
    entry = first.window.centralWidget()
    assert isinstance(entry, Entry)
    assert entry.why.text() == (
        "Locked, because nobody used it for a while. Passwords are never kept: type them again."
    )
    assert "lock" in actions_since(clinic.as_user("owner"), size)


def holders() -> dict[int, object]:
    """Whatever holds an open clinic or a password, by its identity."""
    gc.collect()
    return {id(one): one for one in gc.get_objects() if type(one) in {Desk, FirstPasswordPage}}


@pytest.fixture
def of_others() -> frozenset[int]:
    """What other tests left."""
    return frozenset(holders())


def test_of_its_keys_and_passwords_nothing_outlives_the_lock(
    of_others: frozenset[int], first: First, qapp: QApplication
) -> None:
    first.choose()
    first.page.own.edit.setText(OWN)
    first.window.watch.say_left(Left.ASKED)
    assert typed_in(first.page) == [], "behind the cover already"
    first.locked()
    del first.page
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    first.bot.waitUntil(lambda: holders().keys() <= of_others, timeout=PATIENCE_MS)


def test_a_lock_while_a_password_is_being_chosen_takes_it_and_locks(first: First) -> None:
    first.page.given.edit.setText(GIVEN)
    first.page.password.edit.setText(OWN)
    first.page.choose.click()
    first.window.watch.say_left(Left.IDLE)
    first.locked()
    first.window.login.password.setText(OWN)
    first.window.login.enter.click()
    first.bot.waitUntil(lambda: isinstance(first.window.centralWidget(), Workspace), timeout=PATIENCE_MS)
    first.window.close()


def test_closing_while_something_runs_there_waits_for_it_watched(
    first: First, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_way, "SHORT_MS", 50)
    unready, gate = first.window.unready, Event()
    assert unready is not None
    unready.desk.ask(
        lambda _clinic: gate.wait(60), owner=first.page, done=lambda _: None, failed=lambda _: None
    )
    first.page.password.edit.setText(OWN)
    assert not first.window.close()
    assert typed_in(first.page) == [], "no password waits behind the cover"
    cover = first.window.cover
    assert cover is not None
    assert "Still under way" in cover.words.text()
    assert first.window.watch.is_awake
    gate.set()
    first.bot.waitUntil(lambda: first.window._runner._is_closed, timeout=PATIENCE_MS)
    assert open_clinics() == []


def test_whoever_goes_back_to_the_log_in_leaves_a_locked_program(first: First) -> None:
    first.page.given.edit.setText(GIVEN)
    back = first.page.findChild(QPushButton, "first.back")
    assert back is not None
    back.click()
    first.locked()
    assert open_clinics() == []
    assert len(first.anew) == 1


@pytest.mark.parametrize("given", ["", "not what gil was given"])
def test_a_password_of_ones_own_takes_the_given_one_once_more(first: First, given: str) -> None:
    first.choose(given)
    assert first.page.password.isVisible()
    assert first.page.given.text() == "", "a wrong one does not stay"
    first.choose()
    assert first.page.make.isVisible()
    assert typed_in(first.page) == []


def test_a_recovery_code_takes_the_password_once_more(
    first: First, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "card.pdf"
    asked: list[str] = []

    def save_to(*_args: object) -> tuple[str, str]:
        asked.append("")
        return str(out), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save_to)
    first.choose()
    page = first.page
    page.make.click()
    page.make_code(out)
    first.idle()
    assert asked == []
    assert not out.exists()
    page.own.edit.setText(GIVEN)
    page.make.click()
    first.idle()
    assert not out.exists()
    assert typed_in(page) == []
    page.own.edit.setText(OWN)
    page.make.click()
    first.idle()
    assert out.exists()
    assert typed_in(page) == []
    page.later.click()
    first.bot.waitUntil(lambda: isinstance(first.window.centralWidget(), Workspace), timeout=PATIENCE_MS)
    first.idle()
    assert first.window.watch.is_awake
    first.window.close()


def test_whoever_chooses_no_file_for_the_code_leaves_no_password_behind(
    first: First, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    first.choose()
    first.page.own.edit.setText(OWN)
    first.page.make.click()
    assert typed_in(first.page) == []


def test_a_window_that_is_closed_there_closes_the_clinic(first: First) -> None:
    assert first.window.close()
    assert open_clinics() == []
    assert not first.window.watch.is_awake
