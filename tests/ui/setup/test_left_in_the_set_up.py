"""Whoever leaves a set-up leaves no password behind, and goes on with everything else."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mnclinic.security import kdf
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import clinic_is_here, open_clinic
from mnclinic.ui.lock.fields import is_secret
from mnclinic.ui.lock.reasons import Left, forgotten_words
from mnclinic.ui.setup.finish_page import FinishPage
from mnclinic.ui.setup.wizard import SetUpWizard
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace
from tests.documents.reading import text_of
from tests.services.clinic_builder import PASSWORDS, StoppedClock

PATIENCE_MS = 60_000
GROUP = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}\b")
GROUPS = 14
PEOPLE, DOCUMENTS, MAKE, SHEET = 1, 2, 4, 5
ALL_LEFT = [one for one in Left if one is not Left.READY]


class SetUp:
    """The window on an empty folder, with the wizard in front."""

    def __init__(self, bot: QtBot, folder: Path) -> None:
        self.bot, self.folder, self.clock = bot, folder, StoppedClock()
        self.anew: list[Sequence[str]] = []
        self.window = ClinicWindow(folder, clock=self.clock, start_anew=self.anew.append)
        bot.addWidget(self.window)
        self.window.show()
        self.wizard: SetUpWizard = self.window.ways_in.set_up()

    def fill(self, *, to: int = MAKE) -> None:
        """Go through the steps as somebody does who reads nothing."""
        wizard = self.wizard
        wizard.clinic.name.setText("Sampleton Skin Studio")
        wizard.clinic.state.setCurrentIndex(wizard.clinic.state.findData("TX"))
        wizard.go_on()
        self.fill_people()
        while wizard.at < to:
            if wizard.at == DOCUMENTS:
                wizard.documents.approve.setChecked(True)
                wizard.documents.password.edit.setText(PASSWORDS["okafor"])
            at = wizard.at
            wizard.go_on()
            # The folder is looked at aside, and Next waits for that.
            self.bot.waitUntil(lambda at=at: wizard.at > at, timeout=PATIENCE_MS)  # type: ignore[misc]
        assert wizard.at == to

    def fill_people(self) -> None:
        director, administrator = self.wizard.people.cards[:2]
        director.name.setText("Dr I. Okafor")
        director.user.setText("okafor")
        director.licence.setText("TX-MD-0001")
        administrator.name.setText("M. Castellan")
        administrator.user.setText("castellan")
        self.type_passwords()

    def type_passwords(self) -> None:
        for card, user in zip(self.wizard.people.cards, ("okafor", "owner"), strict=False):
            card.password.edit.setText(PASSWORDS[user])

    def until_idle(self) -> None:
        self.bot.waitUntil(lambda: not self.window._runner.is_busy, timeout=PATIENCE_MS)

    def make(self) -> None:
        self.fill()
        self.wizard.go_on()
        self.bot.waitUntil(lambda: self.wizard.at == SHEET, timeout=PATIENCE_MS)
        self.until_idle()

    def until_locked(self) -> None:
        self.bot.waitUntil(
            lambda: bool(self.anew) and self.window.unready is None and self.window.login.isVisible(),
            timeout=PATIENCE_MS,
        )
        self.until_idle()

    def log_in(self, user: str, password: str) -> None:
        self.window.login.user.setText(user)
        self.window.login.password.setText(password)
        self.window.login.enter.click()

    def finish_page(self) -> FinishPage:
        self.log_in("castellan", PASSWORDS["owner"])
        self.bot.waitUntil(lambda: isinstance(self.window.centralWidget(), FinishPage), timeout=PATIENCE_MS)
        self.until_idle()
        page = self.window.centralWidget()
        assert isinstance(page, FinishPage)
        return page

    def notices(self) -> set[str]:
        clinic = open_clinic(self.folder, "castellan", PASSWORDS["owner"], clock=self.clock)
        found = {one.code for one in notices(clinic)}
        clinic.close()
        return found


@pytest.fixture
def set_up(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SetUp:
    # The least that a key file may ask for, as in every small clinic: how long it takes is not tried here.
    monkeypatch.setattr(kdf, "calibrate", lambda: FLOOR_COST)
    return SetUp(qtbot, tmp_path / "clinic")


def secrets_in(window: ClinicWindow) -> list[str]:
    """What stands in the fields of passwords and codes, the groups of the sheet among them."""
    return [
        one.text()
        for one in window.findChildren(QLineEdit)
        if one.text() and (is_secret(one) or ".group." in one.objectName())
    ]


def groups_of(sheet: Path) -> list[str]:
    groups = GROUP.findall(text_of(sheet.read_bytes()))[:GROUPS]
    assert len(groups) == GROUPS
    return groups


@pytest.mark.parametrize("left", ALL_LEFT)
def test_every_password_is_forgotten_and_nothing_else(set_up: SetUp, left: Left) -> None:
    set_up.fill()
    answers = set_up.wizard.answers()
    set_up.window.watch.say_left(left)
    wizard = set_up.wizard
    assert secrets_in(set_up.window) == []
    assert wizard.at == PEOPLE, "where they are typed again"
    assert wizard.people._banner.accessibleName() == forgotten_words(left)
    assert wizard.answers() == answers
    wizard.go_on()
    assert wizard.at == PEOPLE, "nobody goes on without a password"
    set_up.type_passwords()
    wizard.go_on()
    assert wizard.at == DOCUMENTS
    assert wizard.people._banner.accessibleName() == ""
    wizard.go_on()
    assert wizard.at == DOCUMENTS, "the approval needs the director's own once more"


def test_it_is_watched_again_once_somebody_came_back(set_up: SetUp) -> None:
    set_up.fill(to=PEOPLE + 1)
    for _ in range(2):
        set_up.type_passwords()
        set_up.window.watch.say_left(Left.IDLE)
        assert secrets_in(set_up.window) == []
        assert set_up.window.watch.is_awake


def test_whoever_typed_no_password_yet_is_led_nowhere(set_up: SetUp) -> None:
    set_up.wizard.clinic.name.setText("Sampleton Skin Studio")
    set_up.window.watch.say_left(Left.ASKED)
    assert set_up.wizard.at == 0
    assert set_up.wizard.people._banner.accessibleName() == ""


def test_a_clinic_that_is_being_made_when_the_screen_is_left_is_not(set_up: SetUp) -> None:
    set_up.fill()
    set_up.wizard.go_on()
    set_up.window.watch.say_left(Left.SLEEP)
    assert secrets_in(set_up.window) == []
    set_up.until_idle()
    assert not clinic_is_here(set_up.folder), "nobody would have seen its recovery sheet"
    assert set_up.wizard.at == PEOPLE
    assert set_up.wizard.people._banner.accessibleName() == forgotten_words(Left.SLEEP)


def test_a_clinic_whose_sheet_waits_locks_like_any_other_and_asks_for_the_sheet_again(
    set_up: SetUp, tmp_path: Path
) -> None:
    set_up.make()
    assert secrets_in(set_up.window) == [], "of the staff's passwords none is needed any more"
    sheet = tmp_path / "sheet.pdf"
    set_up.wizard.sheet.write(sheet)
    set_up.until_idle()
    groups = groups_of(sheet)
    set_up.wizard.sheet.boxes.boxes[0].setText(groups[0])
    step = set_up.wizard.sheet
    set_up.window.watch.say_left(Left.SYSTEM_LOCKED)
    assert step._ready is None, "the code is let go behind the cover already"
    assert secrets_in(set_up.window) == []
    set_up.until_locked()
    assert "recovery_sheet_not_read_back" in set_up.notices()

    set_up.log_in("okafor", PASSWORDS["okafor"])
    set_up.bot.waitUntil(lambda: bool(set_up.window.findChildren(Workspace)), timeout=PATIENCE_MS)
    set_up.until_idle()
    set_up.window.watch.say_left(Left.ASKED)
    set_up.bot.waitUntil(lambda: set_up.window.stay is None, timeout=PATIENCE_MS)

    for goes_back in (True, False):
        page = set_up.finish_page()
        page.boxes._edited(0, " ".join(groups))
        if goes_back:
            page.back.click()
        else:
            set_up.window.watch.say_left(Left.IDLE)
        assert secrets_in(set_up.window) == []
        set_up.until_locked()
    page = set_up.finish_page()
    page.read.click()
    assert page.boxes._told.text() == "Type every group from the paper first."
    page.boxes._edited(0, " ".join(groups))
    page.read.click()
    set_up.bot.waitUntil(lambda: bool(set_up.window.findChildren(Workspace)), timeout=PATIENCE_MS)
    set_up.until_idle()
    set_up.window.close()
    assert "recovery_sheet_not_read_back" not in set_up.notices()


def test_where_no_sheet_was_printed_before_the_lock_another_one_is_made(
    set_up: SetUp, tmp_path: Path
) -> None:
    set_up.make()
    lost = tmp_path / "lost.pdf"
    set_up.wizard.sheet.write(lost)
    set_up.until_idle()
    set_up.window.watch.say_left(Left.IDLE)
    set_up.until_locked()
    page = set_up.finish_page()
    page.own.edit.setText("nobody's password at all")
    page.make_sheet(tmp_path / "none.pdf")
    set_up.until_idle()
    assert page.banner.accessibleName()
    assert not (tmp_path / "none.pdf").exists()
    page.own.edit.setText(PASSWORDS["owner"])
    page.make_sheet(tmp_path / "another.pdf")
    assert page.own.text() == ""
    set_up.until_idle()
    page.boxes._edited(0, " ".join(groups_of(lost)))
    page.read.click()
    set_up.until_idle()
    assert set_up.window.centralWidget() is page, "it is another sheet's code"
    page.boxes._edited(0, " ".join(groups_of(tmp_path / "another.pdf")))
    page.read.click()
    set_up.bot.waitUntil(lambda: bool(set_up.window.findChildren(Workspace)), timeout=PATIENCE_MS)
    set_up.until_idle()
    set_up.window.close()
    assert "recovery_sheet_not_read_back" not in set_up.notices()
