"""From an empty folder to a clinic whose recovery sheet was read back, in the real window."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast

import keyring
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from mnclinic.security import kdf
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.services.approve_document import list_documents
from mnclinic.services.check_store import check_store
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import clinic_is_here, open_clinic
from mnclinic.ui.login import LoginPage, WelcomePage
from mnclinic.ui.setup.wizard import SetUpWizard
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from tests.documents.reading import text_of
from tests.journeys.driving import WindowDriver
from tests.services.clinic_builder import MONDAY, PASSWORDS
from tests.services.keyring_stand_in import Keyring

GROUP = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}\b")
SHEET_GROUPS = 14


class Standing:
    """A clock that stands still at the moment of the first run."""

    def now(self) -> datetime:
        return MONDAY

    def monotonic_ms(self) -> int:
        return 1


@pytest.fixture
def driver(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[WindowDriver]:
    apply_theme(qapp, "light")
    window = ClinicWindow(tmp_path / "clinic", clock=Standing())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    yield WindowDriver(qtbot, window, "first_run")
    window.close()


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys derived at the least lawful cost: the test is not about the seconds in which they are made."""
    monkeypatch.setattr(kdf, "calibrate", lambda: FLOOR_COST)


def wizard_of(driver: WindowDriver) -> SetUpWizard:
    return cast("SetUpWizard", driver.window.centralWidget())


def fill_person(driver: WindowDriver, number: int, name: str, password: str, licence: str = "") -> None:
    driver.type_into(f"setup.person.{number}.name", name)
    if licence:
        driver.type_into(f"setup.person.{number}.licence", licence)
    driver.type_into(f"setup.person.{number}.password", password)


def to_the_last_step(driver: WindowDriver, *, is_approved: bool, absent: int | None = None) -> SetUpWizard:
    """Through every step up to the button that makes the clinic. `absent` typed no password of their own."""
    if not isinstance(driver.window.centralWidget(), SetUpWizard):
        driver.press("welcome.set_up")
    wizard = wizard_of(driver)
    driver.type_into("setup.clinic.name", "Sampleton Skin Studio")
    wizard.clinic.state.setCurrentIndex(wizard.clinic.state.findData("TX"))
    driver.press("setup.next")
    fill_person(driver, 0, "Dr I. Okafor", PASSWORDS["okafor"], "TX-MD-0001")
    fill_person(driver, 1, "M. Castellan", PASSWORDS["owner"])
    driver.press("setup.people.add_provider")
    added = wizard.people.cards[2].name
    driver.until(lambda: added.visibleRegion().boundingRect() == added.rect())
    assert wizard.window().focusWidget() is added
    fill_person(driver, 2, "T. Reyes", PASSWORDS["reyes"], "TX-RN-0003")
    if absent is not None:
        wizard.people.cards[absent].is_given.setChecked(True)
        driver.picture("02-somebody-is-absent")
    driver.press("setup.next")
    if is_approved:
        wizard.documents.approve.setChecked(True)
        driver.type_into("setup.documents.password", PASSWORDS["okafor"])
    driver.press("setup.next")
    driver.press("setup.next")
    # The folder is looked at aside, and Next waits for that.
    driver.until(lambda: wizard.at == 4)
    return wizard


def test_making_the_clinic_tells_how_far_it_is_and_cancel_leaves_nothing(
    driver: WindowDriver, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    wizard = to_the_last_step(driver, is_approved=False)
    driver.press("setup.next")
    words = driver.find(QLabel, "setup.make.progress.words")
    driver.until(lambda: "making the keys" in words.text())
    request.getfixturevalue("quick_keys")  # from here on nobody has to come in between any more
    driver.press("setup.make.progress.cancel")
    driver.until(wizard.next.isEnabled)
    assert wizard.make._banner.accessibleName().startswith("Stopped before it was finished, as you asked.")
    assert not (tmp_path / "clinic").exists()
    driver.press("setup.next")
    driver.until(lambda: wizard.at == 5)


def test_a_window_that_is_closed_while_the_clinic_is_made_leaves_none_without_a_sheet(
    driver: WindowDriver, tmp_path: Path
) -> None:
    to_the_last_step(driver, is_approved=False)
    driver.press("setup.next")
    words = driver.find(QLabel, "setup.make.progress.words")
    driver.until(lambda: "making the keys" in words.text())
    driver.window.close()
    assert not (tmp_path / "clinic").exists()


@pytest.mark.usefixtures("quick_keys")
def test_a_clinic_is_set_up_in_the_window_and_its_sheet_is_read_back_before_it_ends(
    driver: WindowDriver, tmp_path: Path
) -> None:
    assert isinstance(driver.window.centralWidget(), WelcomePage)
    driver.picture("01-welcome")
    wizard = to_the_last_step(driver, is_approved=True)
    driver.picture("05-make")
    assert not clinic_is_here(tmp_path / "clinic"), "nothing is made before the last step"
    driver.press("setup.next")
    driver.until(lambda: wizard.at == 5)
    sheet = tmp_path / "sheet.pdf"
    wizard.sheet.write(sheet)
    driver.until(lambda: not wizard.sheet.progress.is_under_way)
    assert wizard.sheet._banner._icon == "circle-check"
    groups = GROUP.findall(text_of(sheet.read_bytes()))[:SHEET_GROUPS]
    assert len(groups) == SHEET_GROUPS

    driver.press("setup.next")
    assert wizard.at == 5, "it is not finished before the sheet was read back"
    wrong = [*groups[:2], "AAAAA", *groups[3:]]
    for number, group in enumerate(wrong, start=1):
        driver.type_into(f"setup.sheet.group.{number}", group.lower())
    told = driver.find(QLabel, "setup.sheet.group.told")
    assert told.text().startswith("Group 3 is mistyped")
    driver.picture("06-mistyped")
    driver.type_into("setup.sheet.group.3", groups[2])
    driver.until(lambda: told.text() == "All 14 groups read right.")
    driver.press("setup.next")
    driver.until(lambda: bool(driver.window.findChildren(LoginPage)))
    assert driver.find(QLineEdit, "login.user").text() == "castellan"

    clinic = open_clinic(tmp_path / "clinic", "castellan", PASSWORDS["owner"], clock=Standing())
    codes = {one.code for one in notices(clinic)}
    documents = list_documents(clinic)
    verdict = check_store(clinic)
    clinic.close()
    assert "recovery_sheet_not_read_back" not in codes
    assert len(documents) == 15
    assert all(one.approved_at for one in documents)
    assert (verdict.verdict, verdict.findings) == ("OK", ())


@pytest.mark.usefixtures("quick_keys")
def test_log_ins_are_bound_to_this_pcs_keyring_where_the_box_was_ticked(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Keyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: there)
    wizard = to_the_last_step(driver, is_approved=False)
    wizard.go_back()
    driver.until(wizard.place.bind.isVisible)
    wizard.place.bind.setChecked(True)
    driver.press("setup.next")
    driver.until(lambda: wizard.at == 4)
    driver.press("setup.next")
    driver.until(lambda: wizard.at == 5)
    key_file = load_key_file(tmp_path / "clinic").keyfile
    assert key_file.device is not None
    assert all(slot.is_device_bound for slot in key_file.users)


def test_no_two_people_have_the_same_password(driver: WindowDriver) -> None:
    driver.press("welcome.set_up")
    wizard = wizard_of(driver)
    driver.type_into("setup.clinic.name", "Sampleton Skin Studio")
    wizard.clinic.state.setCurrentIndex(wizard.clinic.state.findData("TX"))
    driver.press("setup.next")
    fill_person(driver, 0, "Dr I. Okafor", PASSWORDS["okafor"], "TX-MD-0001")
    fill_person(driver, 1, "M. Castellan", PASSWORDS["okafor"])
    driver.press("setup.next")
    assert wizard.at == 1
    for card in wizard.people.cards:
        assert "Another person here has this password" in card.password.edit.accessibleDescription()
    driver.picture("02-one-password-for-two")
    fill_person(driver, 1, "M. Castellan", PASSWORDS["owner"])
    driver.press("setup.next")
    assert wizard.at == 2


@pytest.mark.usefixtures("quick_keys")
def test_whoever_was_not_there_to_type_a_password_is_asked_for_their_own(
    driver: WindowDriver, tmp_path: Path
) -> None:
    driver.press("welcome.set_up")
    wizard = wizard_of(driver)
    assert not any(card.is_given.isVisibleTo(wizard) for card in wizard.people.cards), "these two are needed"
    wizard = to_the_last_step(driver, is_approved=False, absent=2)
    driver.press("setup.next")
    driver.until(lambda: wizard.at == 5)
    driver.window.close()
    told = {}
    for user in ("okafor", "reyes"):
        clinic = open_clinic(tmp_path / "clinic", user, PASSWORDS[user], clock=Standing())
        told[user] = "password_of_set_up" in {one.code for one in notices(clinic)}
        clinic.close()
    assert told == {"okafor": False, "reyes": True}


@pytest.mark.usefixtures("quick_keys")
def test_a_window_closed_before_the_sheet_was_read_back_leaves_a_clinic_that_says_so(
    driver: WindowDriver, tmp_path: Path
) -> None:
    wizard = to_the_last_step(driver, is_approved=False)
    driver.press("setup.next")
    driver.until(lambda: wizard.at == 5)
    driver.window.close()
    clinic = open_clinic(tmp_path / "clinic", "castellan", PASSWORDS["owner"], clock=Standing())
    codes = {one.code for one in notices(clinic)}
    drafts = [one for one in list_documents(clinic) if one.approved_at is None]
    clinic.close()
    assert "recovery_sheet_not_read_back" in codes
    assert len(drafts) == 15, "without the director's password they stay drafts"


def test_each_step_tells_what_is_wrong_beside_its_field_and_stays(driver: WindowDriver) -> None:
    driver.press("welcome.set_up")
    wizard = wizard_of(driver)
    driver.press("setup.next")
    assert wizard.at == 0
    assert wizard.clinic.name.accessibleDescription() == "Give the clinic a name."
    driver.type_into("setup.clinic.name", "Sampleton Skin Studio")
    wizard.clinic.state.setCurrentIndex(wizard.clinic.state.findData("WY"))
    driver.press("setup.next")
    director = wizard.people.cards[0]
    fill_person(driver, 0, "Dr I. Okafor", "sampleton skin studio")
    fill_person(driver, 1, "Ida Okafor", "too short")
    driver.press("setup.next")
    assert wizard.at == 1
    assert "others would try" in director.password.edit.accessibleDescription()
    assert "has 9 characters" in wizard.people.cards[1].password.edit.accessibleDescription()
    assert "Another person here" in director.user.accessibleDescription(), "both are called okafor"
    driver.type_into("setup.person.1.user", "0kafor")
    driver.press("setup.next")
    assert "looks like another person's" in director.user.accessibleDescription()
    driver.type_into("setup.person.1.user", "ida.")
    driver.press("setup.next")
    assert "may stand between them" in wizard.people.cards[1].user.accessibleDescription()
    driver.type_into("setup.person.1.user", "ida")
    driver.type_into("setup.person.0.password", PASSWORDS["okafor"])
    driver.type_into("setup.person.1.password", PASSWORDS["owner"])
    driver.press("setup.next")
    assert wizard.at == 2
    wizard.documents.approve.setChecked(True)
    driver.type_into("setup.documents.password", PASSWORDS["owner"])
    driver.press("setup.next")
    assert wizard.at == 2, "the administrator cannot approve for the director"
    driver.press("setup.back")
    assert wizard.people.cards[0].password.text() == PASSWORDS["okafor"], "what was typed stays"


def test_a_state_without_a_draft_of_its_own_begins_with_the_strictest_policy(driver: WindowDriver) -> None:
    driver.press("welcome.set_up")
    wizard = wizard_of(driver)
    wizard.clinic.state.setCurrentIndex(wizard.clinic.state.findData("WY"))
    wizard.documents.entered()
    assert wizard.documents.answers()[0]["file"] == "drafts/policies/blank.json"
