"""People come, forget and leave; the clinic is backed up and brought back: in the real window."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QCheckBox, QDateEdit, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.errors import WrongCredentials
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.services.back_up import back_up
from mnclinic.services.check_store import check_store
from mnclinic.services.keys.list_keys import list_keys
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.own_account import own_account
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.ui.account.first_password import FirstPasswordPage
from mnclinic.ui.account.section import AccountSection
from mnclinic.ui.login import LoginPage
from mnclinic.ui.settings.backups import BackupsSection
from mnclinic.ui.settings.lock import LockSection
from mnclinic.ui.settings.people import PeopleSection, state_look
from mnclinic.ui.settings.recovery import RecoverySection
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from tests.documents.reading import text_of
from tests.journeys.driving import WindowDriver
from tests.services.clinic_builder import CENTRAL, PASSWORDS, SmallClinic, known_clinic

GROUP = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}\b")
FIRST = "teacup gravel orchard nine"
OWN = "saddle winter marble cloud"
NEWEST = "feather engine purple tide"
SHORT_SECOND_MS = 200
"""In place of one of those in which a wait counts down; there are enough of them left to be seen."""


@dataclass
class Scene:
    """The small clinic and the window on it."""

    clinic: SmallClinic
    driver: WindowDriver
    tmp: Path


@pytest.fixture
def scene(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Scene]:
    apply_theme(qapp, "light")
    clinic = known_clinic(tmp_path / "clinic")
    window = ClinicWindow(clinic.folder, clock=clinic.clock)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    yield Scene(clinic, WindowDriver(qtbot, window, "people"), tmp_path)
    window.close()
    clinic.close()


def is_whole(scene: Scene) -> bool:
    clinic = open_clinic(scene.clinic.folder, "owner", PASSWORDS["owner"], clock=scene.clinic.clock)
    verdict = check_store(clinic).verdict
    clinic.close()
    return verdict in {"OK", "EXPLAINED"}


def code_on(card: Path, groups: int = 9) -> list[str]:
    return GROUP.findall(text_of(card.read_bytes()))[:groups]


def add_nils(driver: WindowDriver) -> None:
    """The owner adds somebody; the owner's own password, mistyped at first, costs nothing typed."""
    driver.log_in("owner", PASSWORDS["owner"])
    people = cast("PeopleSection", driver.settings("people"))
    driver.picture("01-people")
    driver.press("people.add")
    driver.type_into("add_person.name", "N. Nordwell")
    driver.type_into("add_person.user", "nils")
    driver.type_into("add_person.credential", "RN")
    driver.type_into("add_person.password", FIRST)
    driver.type_into("add_person.own_password", "not the owner's at all")
    driver.press("add_person.confirm")
    driver.until(lambda: driver.find(QPushButton, "add_person.confirm").isEnabled())
    assert driver.find(QLineEdit, "add_person.name").text() == "N. Nordwell", "what was typed stays"
    driver.type_into("add_person.own_password", PASSWORDS["owner"])
    driver.press("add_person.confirm")
    driver.sheet_gone()
    assert "nils" in users(people)
    driver.lock()


def choose_first(scene: Scene, card: Path) -> None:
    """Somebody with a given password chooses one, and makes a recovery code."""
    driver = scene.driver
    driver.log_in("nils", FIRST)
    page = driver.find(FirstPasswordPage)
    driver.picture("02-first-password")
    driver.type_into("first.given", FIRST)
    driver.type_into("first.password", OWN)
    driver.press("first.choose")
    driver.until(page.make.isVisible)
    driver.picture("03-recovery-code")
    driver.type_into("first.own_password", OWN)
    page.make_code(card)
    driver.until(page.print_it.isVisible)
    driver.press("first.later")


def forget(driver: WindowDriver, card: Path, user: str = "nils", *, is_known: bool = False) -> None:
    """Somebody forgot the password and has the card."""
    driver.type_into("login.user", user)
    driver.press("login.forgot")
    driver.picture("04-forgot")
    for number, group in enumerate(code_on(card), start=1):
        driver.type_into(f"forgot.code.{number}", group)
    driver.type_into("forgot.password", NEWEST)
    if is_known:
        driver.find(QCheckBox, "forgot.may_be_known").click()
    driver.press("forgot.set")


def end_access_of_nils(driver: WindowDriver) -> None:
    """The owner ends somebody's access."""
    driver.log_in("owner", PASSWORDS["owner"])
    people = cast("PeopleSection", driver.settings("people"))
    people.table.selectRow(users(people).index("nils"))
    driver.press("people.end")
    driver.picture("05-end-access")
    driver.type_into("end_access.reason", "moved away")
    driver.type_into("end_access.own_password", PASSWORDS["owner"])
    driver.press("end_access.confirm")
    driver.sheet_gone()
    driver.picture("06-ended")
    driver.lock()


def users(people: PeopleSection) -> list[str]:
    return [people.table.rows.row_at(at).user for at in range(people.table.rows.rowCount())]


def signature_key(driver: WindowDriver) -> bytes:
    slot = driver.workspace()._desk.clinic.key_file.slot_of("nils")
    assert slot is not None
    assert slot.signature is not None
    return slot.signature.public


def test_somebody_is_added_chooses_a_password_forgets_it_and_leaves(scene: Scene) -> None:
    driver, card = scene.driver, scene.tmp / "card.pdf"
    add_nils(driver)
    choose_first(scene, card)
    before = own_account(driver.workspace()._desk.clinic)
    assert (before.has_recovery_code, before.recovery_reaches_signature) == (True, True)
    assert not before.is_temporary
    key = signature_key(driver)
    driver.lock()

    forget(driver, card)
    assert signature_key(driver) == key, "the signature key survives a forgotten password"
    driver.lock()

    end_access_of_nils(driver)
    driver.log_in("nils", NEWEST)
    told = WrongCredentials().sentence
    login = driver.find(LoginPage)
    driver.until(lambda: login._banner.accessibleName() == told)
    driver.window.close()
    assert is_whole(scene)


def has_counted_down(login: LoginPage, before_s: int) -> bool:
    return login._left_s < before_s


def test_after_five_wrong_passwords_the_wait_counts_down_and_the_field_waits_too(scene: Scene) -> None:
    driver = scene.driver
    login = driver.find(LoginPage)
    assert login._second.interval() == 1000
    login._second.setInterval(SHORT_SECOND_MS)
    for user in ("reyes", "nobody-of-that-name"):
        driver.type_into("login.user", user)
        for number in range(6):
            if not login.password.isEnabled():
                break
            driver.type_into("login.password", f"wrong for the {number}. time")
            driver.press("login.enter")
            driver.idle()
        assert not login.password.isEnabled()
        assert "can be tried in 0:" in login._banner.accessibleName()
        driver.picture(f"07-wait-{user}")
        waits = login._left_s
        driver.until(partial(has_counted_down, login, waits))
        login._left_s = 1
        driver.until(login.password.isEnabled)


def test_a_clinic_is_backed_up_checked_pinned_and_tried_out_from_the_settings(scene: Scene) -> None:
    driver = scene.driver
    driver.log_in("owner", PASSWORDS["owner"])
    section = cast("BackupsSection", driver.settings("backups"))
    driver.press("backups.now")
    driver.until(lambda: section.table.rows.rowCount() == 1 and section.now.isEnabled())
    driver.idle()
    driver.picture("08-backups")
    assert section.table.current().verdict == "OK"
    driver.press("backups.pin")
    driver.until(lambda: bool(section.table.current()) and section.table.current().is_pinned)
    driver.press("backups.check")
    driver.until(lambda: "Proven good" in section.banner.accessibleName())
    driver.idle()
    record = scene.tmp / "drill.pdf"
    driver.press("backups.drill")
    driver.type_into("drill.out", str(record))
    driver.type_into("drill.own_password", PASSWORDS["owner"])
    driver.press("drill.confirm")
    driver.until(record.is_file)
    driver.until(lambda: "can be brought back" in section.banner.accessibleName())
    driver.picture("09-drill")
    assert "Restore drill" in text_of(record.read_bytes())


def test_a_backup_of_an_earlier_key_is_checked_with_a_password_of_then(scene: Scene) -> None:
    owner = scene.clinic.as_user("owner")
    stick = scene.tmp / "stick"
    stick.mkdir()
    copy = back_up(owner, stick)
    rotate_database_key(owner, "somebody left")
    owner.close()
    driver = scene.driver
    driver.log_in("owner", PASSWORDS["owner"])
    section = cast("BackupsSection", driver.settings("backups"))
    driver.until(lambda: section.table.rows.rowCount() == 1 and section.check.isEnabled())
    driver.press("backups.check")
    driver.type_into("older_check.password", PASSWORDS["owner"])
    driver.press("older_check.confirm")
    driver.until(lambda: "Proven good" in section.banner.accessibleName())
    assert copy.backup.name == section.table.current().name


def test_the_recovery_sheet_is_made_anew_and_read_back_in_the_settings(scene: Scene) -> None:
    driver = scene.driver
    driver.log_in("owner", PASSWORDS["owner"])
    section = cast("RecoverySection", driver.settings("recovery"))
    driver.picture("10-recovery")
    sheet = scene.tmp / "sheet.pdf"
    driver.press("recovery.make_sheet")
    driver.type_into("make_sheet.out", str(sheet))
    driver.type_into("make_sheet.own_password", PASSWORDS["owner"])
    driver.press("make_sheet.confirm")
    driver.sheet_gone()
    for number, group in enumerate(code_on(sheet, 14), start=1):
        driver.type_into(f"recovery.group.{number}", group)
    driver.press("recovery.read_back")
    driver.until(lambda: "reads right" in section.banner.accessibleName())


def test_a_second_person_confirms_a_directors_new_key_and_a_key_file_brings_another_that_stays_without_it(
    scene: Scene,
) -> None:
    driver = scene.driver
    driver.log_in("okafor", PASSWORDS["okafor"])
    section = cast("AccountSection", driver.settings("account"))
    assert not section.without.isVisible()
    driver.press("account.key")
    driver.type_into("make_key.second_user", "lind")
    driver.type_into("make_key.second_password", PASSWORDS["lind"])
    driver.picture("11-directors-key")
    driver.type_into("make_key.own_password", PASSWORDS["okafor"])
    driver.press("make_key.confirm")
    driver.sheet_gone()
    driver.until(lambda: "fingerprint is now" in section.banner.accessibleName())
    workspace = driver.workspace()
    fingerprint = workspace._desk.facts.fingerprint
    assert fingerprint != scene.clinic.ready.fingerprint

    stick = scene.tmp / "stick"
    stick.mkdir()
    driver.press("account.factor")
    driver.type_into("set_factor.factor_out", str(stick / "okafor.key"))
    driver.type_into("set_factor.own_password", PASSWORDS["okafor"])
    driver.press("set_factor.confirm")
    driver.sheet_gone()
    driver.until(lambda: "okafor.key from now on" in section.banner.accessibleName())
    assert workspace._desk.key_file.name is not None
    assert workspace._desk.key_file.place == stick / "okafor.key"
    with_file = workspace._desk.facts.fingerprint
    assert with_file != fingerprint
    assert "fingerprint is now" in section.banner.accessibleName()
    driver.picture("12-account")
    driver.press("account.no_factor")
    driver.type_into("set_factor.factor", str(stick / "okafor.key"))
    driver.type_into("set_factor.own_password", PASSWORDS["okafor"])
    driver.press("set_factor.confirm")
    driver.sheet_gone()
    driver.until(lambda: "your password alone" in section.banner.accessibleName())
    assert own_account(workspace._desk.clinic).key_file_name is None
    assert workspace._desk.facts.fingerprint == with_file
    assert list_keys(workspace._desk.clinic)[-1].key == with_file


def test_another_idle_time_holds_at_once_for_whoever_sits_there(scene: Scene) -> None:
    driver = scene.driver
    driver.log_in("owner", PASSWORDS["owner"])
    section = cast("LockSection", driver.settings("lock"))
    section.minutes.setValue(12)
    driver.press("settings.idle_lock_save")
    driver.until(lambda: section.banner.accessibleName() == "Saved. It holds from now on.")
    driver.until(lambda: scene.driver.window.watch._idle_ms == 12 * 60_000)


def test_whoever_fears_that_the_old_password_is_known_has_the_keys_made_anew(scene: Scene) -> None:
    driver = scene.driver
    driver.log_in("okafor", PASSWORDS["okafor"])
    section = cast("AccountSection", driver.settings("account"))
    driver.press("account.password")
    driver.type_into("change_password.own_password", PASSWORDS["okafor"])
    driver.type_into("change_password.password", OWN)
    driver.find(QCheckBox, "change_password.may_be_known").click()
    driver.picture("14-password-may-be-known")
    driver.press("change_password.confirm")
    driver.sheet_gone()
    driver.until(lambda: "Your keys were made anew" in section.banner.accessibleName())
    driver.picture("15-keys-made-anew")
    told = section.banner.accessibleName()
    assert "fingerprint is now" in told
    assert "Have an administrator change the database key" in told
    desk = driver.workspace()._desk
    assert desk.facts.fingerprint != scene.clinic.ready.fingerprint
    assert desk.clinic.session_key.key_id in {row.key for row in list_keys(desk.clinic)}


def test_whoever_fears_that_the_code_is_known_has_the_keys_made_anew_with_the_next_and_by_it(
    scene: Scene,
) -> None:
    driver, card = scene.driver, scene.tmp / "next.pdf"
    okafor = scene.clinic.as_user("okafor")
    make_recovery_code(okafor, PASSWORDS["okafor"], scene.tmp / "card.pdf")
    scene.clinic.close()
    driver.log_in("okafor", PASSWORDS["okafor"])
    section = cast("AccountSection", driver.settings("account"))
    driver.press("account.code")
    driver.type_into("make_code.out", str(card))
    driver.find(QCheckBox, "make_code.may_be_known").click()
    driver.type_into("make_code.own_password", PASSWORDS["okafor"])
    driver.press("make_code.confirm")
    driver.sheet_gone()
    driver.until(lambda: "Your keys were made anew" in section.banner.accessibleName())
    after_code = driver.workspace()._desk.facts.fingerprint
    assert after_code != scene.clinic.ready.fingerprint
    driver.lock()

    forget(driver, card, "okafor", is_known=True)
    assert driver.workspace()._desk.facts.fingerprint not in {after_code, scene.clinic.ready.fingerprint}


def test_a_clinic_that_nobody_can_open_is_opened_with_its_sheet_and_confirmed_by_another(
    scene: Scene,
) -> None:
    driver = scene.driver
    driver.press("login.forgot")
    driver.press("forgot.sheet")
    for number, group in enumerate(scene.clinic.ready.recovery_groups, start=1):
        driver.type_into(f"bring_back.code.{number}", group)
    driver.type_into("bring_back.name", "P. Newcome")
    driver.type_into("bring_back.new_user", "newcome")
    driver.type_into("bring_back.new_password", OWN)
    driver.picture("13-by-sheet")
    driver.press("bring_back.go")
    driver.until(lambda: driver.find(QLineEdit, "login.user").text() == "newcome")
    driver.log_in("newcome", OWN)
    driver.workspace()
    driver.picture("14-read-only")
    driver.lock()
    driver.log_in("reyes", PASSWORDS["reyes"])
    driver.settings("recovery")
    driver.press("recovery.confirm")
    driver.idle()
    in_hand = driver.window.focusWidget()
    assert in_hand is not None
    assert in_hand.objectName() == "settings.sections", "and not in the rail"
    driver.window.close()
    clinic = open_clinic(scene.clinic.folder, "newcome", OWN, clock=scene.clinic.clock)
    assert clinic.read_only is None
    clinic.close()


def test_a_backup_is_brought_back_on_an_empty_pc_with_a_password_of_then(scene: Scene, qtbot: QtBot) -> None:
    driver = scene.driver
    driver.log_in("owner", PASSWORDS["owner"])
    section = cast("BackupsSection", driver.settings("backups"))
    driver.press("backups.now")
    driver.until(lambda: section.table.rows.rowCount() == 1 and section.now.isEnabled())
    backup = section.table.current().folder
    driver.idle()
    window = ClinicWindow(scene.tmp / "elsewhere", clock=scene.clinic.clock)
    qtbot.addWidget(window)
    window.show()
    other = WindowDriver(qtbot, window, "people")
    other.press("welcome.restore")
    other.type_into("bring_back.backup", str(backup))
    other.type_into("bring_back.user", "reyes")
    other.type_into("bring_back.password", "certainly not this one")
    other.press("bring_back.go")
    other.until(lambda: other.find(QPushButton, "bring_back.go").isEnabled())
    assert not (scene.tmp / "elsewhere").exists(), "nothing was made"
    other.type_into("bring_back.password", PASSWORDS["reyes"])
    other.picture("15-restore")
    other.press("bring_back.go")
    other.until(lambda: bool(window.findChildren(LoginPage)))
    other.log_in("reyes", PASSWORDS["reyes"])
    other.workspace()
    window.close()


def choose(people: PeopleSection, user: str) -> None:
    people.table.selectRow(users(people).index(user))


def test_an_administrator_resets_a_forgotten_password_and_the_person_goes_on_with_keys_of_their_own(
    scene: Scene,
) -> None:
    driver = scene.driver
    driver.log_in("owner", PASSWORDS["owner"])
    people = cast("PeopleSection", driver.settings("people"))
    choose(people, "reyes")
    driver.press("people.reset")
    driver.picture("16-reset")
    driver.type_into("reset_person.password", FIRST)
    driver.type_into("reset_person.own_password", PASSWORDS["owner"])
    driver.press("reset_person.confirm")
    driver.until(lambda: driver.find(QPushButton, "reset_person.confirm").isEnabled())
    driver.type_into("reset_person.reason", "forgot it on holiday")
    driver.press("reset_person.confirm")
    driver.sheet_gone()
    driver.until(lambda: "temporary password" in people.banner.accessibleName())
    choose(people, "reyes")
    assert "Must choose a password" in state_look(people.table.current()).word
    given = load_key_file(scene.clinic.folder).keyfile.slot_of("reyes")
    driver.lock()

    driver.log_in("reyes", PASSWORDS["reyes"])
    login = driver.find(LoginPage)
    driver.until(lambda: login._banner.accessibleName() == WrongCredentials().sentence)
    driver.log_in("reyes", FIRST)
    page = driver.find(FirstPasswordPage)
    driver.type_into("first.given", FIRST)
    driver.type_into("first.password", OWN)
    driver.press("first.choose")
    driver.until(page.make.isVisible)
    driver.press("first.later")
    clinic = driver.workspace()._desk.clinic
    assert (own_account(clinic).is_temporary, own_account(clinic).has_signature_key) == (False, True)
    assert given is not None
    assert clinic.session_key.public != given.session_public
    driver.picture("17-after-reset")
    driver.window.close()
    assert is_whole(scene)


def test_an_inspector_is_given_more_time_in_the_settings(scene: Scene) -> None:
    driver = scene.driver
    driver.log_in("owner", PASSWORDS["owner"])
    people = cast("PeopleSection", driver.settings("people"))
    choose(people, "reyes")
    assert not people.extend.isEnabled()
    choose(people, "inspector")
    driver.press("people.extend")
    driver.picture("18-more-time")
    driver.find(QDateEdit, "extend_access.until").setDate(QDate(2026, 12, 4))
    driver.type_into("extend_access.reason", "not done yet")
    driver.type_into("extend_access.own_password", PASSWORDS["owner"])
    driver.press("extend_access.confirm")
    driver.sheet_gone()
    driver.until(lambda: "may log in until the end of 4 Dec 2026" in people.banner.accessibleName())
    choose(people, "inspector")
    assert people.table.current().access_until == datetime(2026, 12, 5, tzinfo=CENTRAL)


def test_the_rail_counts_a_broken_glass_for_the_director_until_she_has_seen_it(scene: Scene) -> None:
    driver = scene.driver
    driver.log_in("desk", PASSWORDS["desk"])
    driver.settings("rights")
    driver.press("glass.open")
    driver.type_into("glass.reason", "Ada Testerman fainted, nobody else is here.")
    driver.press("glass.confirm")
    driver.until(driver.workspace().glass.isVisible)
    driver.picture("19-glass")
    driver.lock()
    driver.log_in("okafor", PASSWORDS["okafor"])
    workspace = driver.workspace()
    badge = workspace.findChild(QPushButton, "rail.director")
    assert badge is not None
    driver.until(lambda: badge.accessibleName() == "Director, 1 waiting")
    workspace.go("director", None)
    driver.idle()
    (seen,) = [
        one.objectName()
        for one in workspace.findChildren(QPushButton)
        if one.objectName().startswith("director.seen.")
    ]
    driver.press(seen)
    driver.until(lambda: badge.accessibleName() == "Director")


def test_a_backup_is_tried_out_with_the_recovery_sheet_from_the_settings(scene: Scene) -> None:
    driver = scene.driver
    driver.log_in("owner", PASSWORDS["owner"])
    section = cast("BackupsSection", driver.settings("backups"))
    driver.press("backups.now")
    driver.until(lambda: section.table.rows.rowCount() == 1 and section.now.isEnabled())
    driver.idle()
    record = scene.tmp / "drill.pdf"
    driver.press("backups.sheet_drill")
    driver.type_into("sheet_drill.out", str(record))
    driver.type_into("sheet_drill.code", "AAAAA BBBBB")
    driver.press("sheet_drill.confirm")
    driver.until(lambda: driver.find(QPushButton, "sheet_drill.confirm").isEnabled())
    driver.picture("20-drill-with-sheet")
    driver.type_into("sheet_drill.code", " ".join(scene.clinic.ready.recovery_groups).lower())
    driver.press("sheet_drill.confirm")
    driver.until(record.is_file)
    driver.until(lambda: "can be brought back" in section.banner.accessibleName())
    assert "the recovery sheet" in text_of(record.read_bytes())
