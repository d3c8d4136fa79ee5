"""A change of the database key at the window asks and proves what the commands ask and prove."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.errors import StoreUnavailable
from mnclinic.services.backup_rows import views
from mnclinic.services.copy_closed_clinic import copy_closed_clinic
from mnclinic.services.keys.change_database_key import change_database_key
from mnclinic.services.session import OpenClinic
from mnclinic.store.engine import key_of
from mnclinic.ui.ask_sheet import OWN_PASSWORD, AskSheet
from mnclinic.ui.desk import Desk
from mnclinic.ui.settings.people import PeopleSection
from mnclinic.ui.settings.recovery import RecoverySection
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from tests.services.clinic_builder import PASSWORDS, known_clinic
from tests.services.reading import actions_since, log_size

PATIENCE_MS = 60_000


@dataclass
class Keys:
    """The administrator in the settings, and a copy of the clinic that nobody has proven."""

    bot: QtBot
    owner: OpenClinic
    desk: Desk
    copy: Path

    def idle(self) -> None:
        self.bot.waitUntil(lambda: not self.desk.runner.is_busy, timeout=PATIENCE_MS)

    def show(self, section: RecoverySection | PeopleSection) -> None:
        self.bot.addWidget(section)
        section.show()
        section.refresh()
        self.idle()

    def confirm(self, section: RecoverySection | PeopleSection, name: str, password: str) -> AskSheet:
        """Type into the sheet that is open, and press its button."""
        sheet = section.window().findChildren(AskSheet)[-1]
        for entry, typed in (("reason", "Somebody left."), (OWN_PASSWORD, password)):
            (field,) = sheet.findChildren(QLineEdit, f"{name}.{entry}")
            field.setText(typed)
        (button,) = sheet.findChildren(QPushButton, f"{name}.confirm")
        button.click()
        self.idle()
        return sheet

    def verdicts(self) -> dict[str, str | None]:
        return {one.name: one.verdict for one in views(self.owner)}


@pytest.fixture
def keys(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Keys]:
    apply_theme(qapp, "light")
    clinic = known_clinic(tmp_path / "clinic")
    copy = copy_closed_clinic(clinic.folder, clock=clinic.clock).folder
    owner, runner = clinic.as_user("owner"), TaskRunner("store")
    yield Keys(qtbot, owner, Desk(owner, runner), copy)
    runner.close()
    clinic.close()


def test_before_the_key_is_changed_every_copy_is_proven(keys: Keys) -> None:
    section = RecoverySection(keys.desk)
    keys.show(section)
    section.ask_rotate()
    sheet = keys.confirm(section, "rotate", PASSWORDS["owner"])
    assert not sheet.isVisible()
    assert section.banner.accessibleName() == "The database key was changed. It is number 2."
    assert keys.verdicts() == {keys.copy.name: "OK"}


def test_nobody_changes_it_with_another_password_and_nothing_is_proven_for_them(keys: Keys) -> None:
    section = RecoverySection(keys.desk)
    keys.show(section)
    size = log_size(keys.owner)
    section.ask_rotate()
    sheet = keys.confirm(section, "rotate", PASSWORDS["desk"])
    assert sheet.isVisible()
    assert sheet._banner.accessibleName().startswith("The password is not right.")
    assert actions_since(keys.owner, size) == []
    assert (keys.owner.key_file.epoch, keys.verdicts()) == (1, {})
    sheet.reject()


def test_before_an_access_ends_with_its_key_every_copy_is_proven_and_a_bad_one_is_named(keys: Keys) -> None:
    rmtree(keys.copy / "attachments", ignore_errors=True)
    (keys.copy / "clinic.db").write_bytes(b"x" * 4096)
    section = PeopleSection(keys.desk)
    keys.show(section)
    assert section.table.select(lambda one: one.user == "desk")
    section.ask_end()
    keys.confirm(section, "end_access", PASSWORDS["owner"])
    said = section.banner.accessibleName()
    assert "desk cannot log in any more. The database key was changed." in said
    assert said.endswith(f"The backup {keys.copy.name} was checked: ALTERED.")
    assert keys.verdicts() == {keys.copy.name: "ALTERED"}


def test_what_still_reads_with_the_key_of_before_is_not_told_that_a_disk_failed(keys: Keys) -> None:
    before = keys.owner.store.engine
    change_database_key(keys.owner, PASSWORDS["owner"], "Somebody left.")
    with pytest.raises(StoreUnavailable, match="was let go here while its key was being changed") as told:
        key_of(before)
    assert "disk" not in told.value.sentence
