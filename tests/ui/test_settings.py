"""The settings: every section for every role, by name and by keyboard, in every look."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.services.recover_clinic import enrol_administrator_by_sheet
from mnclinic.services.staff_rows import NewPerson
from mnclinic.ui.account.first_password import FirstPasswordPage
from mnclinic.ui.ask_sheet import AskSheet
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Scroller
from mnclinic.ui.language import speak
from mnclinic.ui.password_field import PasswordField
from mnclinic.ui.settings.page import SettingsPage
from mnclinic.ui.settings.people import state_look
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from tests.services.clinic_builder import PASSWORDS, SmallClinic, request, small_clinic
from tests.services.conftest import built_clinic, clinic

__all__ = ["built_clinic", "clinic"]

PATIENCE_MS = 60_000
SECTIONS = {
    "okafor": ["account", "people", "recovery", "backups", "lock", "looks", "rights", "clinic"],
    "owner": ["account", "people", "recovery", "backups", "lock", "looks", "rights", "clinic"],
    "reyes": ["account", "recovery", "backups", "lock", "looks", "rights", "clinic"],
    "desk": ["account", "recovery", "backups", "lock", "looks", "rights", "clinic"],
    "inspector": ["account", "lock", "looks", "rights", "clinic"],
}


class Seat:
    """One person's settings."""

    def __init__(self, clinic: SmallClinic, user: str, qtbot: QtBot) -> None:
        self.runner = TaskRunner("store")
        self.desk = Desk(clinic.as_user(user), self.runner)
        self.page = SettingsPage(self.desk)
        self._qtbot = qtbot
        self.desk.changed.connect(self.page.refresh)
        qtbot.addWidget(self.page)
        self.page.resize(1180, 720)
        self.page.show()

    def show(self, name: str) -> Any:  # noqa: ANN401 - each section has its own fields
        self.page.show_page(name)
        self._qtbot.waitUntil(lambda: not self.runner.is_busy, timeout=PATIENCE_MS)
        return self.page.section()


@pytest.fixture
def seats(clinic: SmallClinic, qapp: QApplication, qtbot: QtBot) -> Iterator[dict[str, Seat]]:
    apply_theme(qapp, "light")
    made: dict[str, Seat] = {}

    class Seats(dict[str, Seat]):
        def __missing__(self, user: str) -> Seat:
            made[user] = self[user] = Seat(clinic, user, qtbot)
            return made[user]

    yield Seats()
    for seat in made.values():
        seat.runner.close()


@pytest.mark.parametrize("user", list(SECTIONS))
def test_each_role_sees_its_sections_and_every_one_opens_without_trouble(
    seats: dict[str, Seat], user: str
) -> None:
    seat = seats[user]
    assert [way.name for way in seat.page._ways] == SECTIONS[user]
    for name in SECTIONS[user]:
        section = seat.show(name)
        told = section.banner.accessibleName()
        assert told == "", (name, told)


@pytest.mark.parametrize("user", ["okafor", "owner"])
def test_every_control_of_every_section_has_a_name(seats: dict[str, Seat], user: str) -> None:
    seat = seats[user]
    nameless = [
        f"{name}: {type(widget).__name__} {widget.objectName()}"
        for name in SECTIONS[user]
        for widget in seat.show(name).findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


@pytest.mark.parametrize(("mode", "scale"), [("light", 2.0), ("dark", 1.0), ("contrast", 1.5)])
def test_no_section_is_wider_than_the_window_gives_it(
    seats: dict[str, Seat], qapp: QApplication, mode: str, scale: float
) -> None:
    apply_theme(qapp, mode, scale)
    seat = seats["okafor"]
    too_wide = []
    for name in SECTIONS["okafor"]:
        section = seat.show(name)
        if section.minimumSizeHint().width() > seat.page._stack.width():
            too_wide.append((name, section.minimumSizeHint().width(), seat.page._stack.width()))
    apply_theme(qapp, "light", 1.0)
    assert too_wide == []


def test_the_idle_lock_is_saved_and_shown_again(seats: dict[str, Seat], qtbot: QtBot) -> None:
    seat = seats["owner"]
    section = seat.show("lock")
    minutes = section.minutes
    assert minutes.value() == 5
    minutes.setValue(9)
    section.save.click()
    qtbot.waitUntil(lambda: not seat.runner.is_busy, timeout=PATIENCE_MS)
    assert seats["reyes"].show("lock").findChild(QWidget, "settings.idle_lock_min").isEnabled() is False
    assert seats["reyes"].show("lock").minutes.value() == 9


def test_whom_patients_call_is_saved_and_what_is_no_number_is_told_beside_its_field(
    seats: dict[str, Seat], qtbot: QtBot
) -> None:
    seat = seats["owner"]
    whom = seat.show("clinic").whom
    whom.phone.setText("ask Ada")
    whom.after_hours.setText("512-555-0199")
    whom.save.click()
    qtbot.waitUntil(lambda: not seat.runner.is_busy, timeout=PATIENCE_MS)
    assert "digits" in whom.fields["phone"].problem.text()
    assert whom.fields["after_hours"].problem.text() == ""
    assert whom.after_hours.text() == "512-555-0199", "what was typed stays"
    whom.phone.setText("512-555-0100")
    whom.save.click()
    qtbot.waitUntil(lambda: not seat.runner.is_busy, timeout=PATIENCE_MS)
    assert whom.fields["phone"].problem.text() == ""
    read = seats["reyes"].show("clinic").whom
    assert (read.phone.text(), read.after_hours.text()) == ("512-555-0100", "512-555-0199")
    assert read.phone.isReadOnly()
    assert not read.save.isVisible()


def test_the_plan_for_backups_is_saved_and_what_is_wrong_with_a_place_is_told(
    seats: dict[str, Seat], qtbot: QtBot, tmp_path: Path
) -> None:
    seat = seats["owner"]
    section = seat.show("backups")
    stick = tmp_path / "stick"
    section.folder.setText(str(stick))
    section.daily.setValue(3)
    section.save.click()
    qtbot.waitUntil(lambda: not seat.runner.is_busy, timeout=PATIENCE_MS)
    banner = section.banner
    assert "not" in banner.accessibleName()
    assert section.folder.text() == str(stick), "what was typed stays"
    stick.mkdir()
    section.save.click()
    qtbot.waitUntil(lambda: not seat.runner.is_busy, timeout=PATIENCE_MS)
    assert banner.accessibleName() == "The plan is saved."
    assert section._own_disk.isVisible(), "another folder on the same disk is lost with this PC too"


def test_the_rights_are_read_to_their_end_with_the_keyboard(seats: dict[str, Seat], qtbot: QtBot) -> None:
    seat = seats["inspector"]
    section = seat.show("rights")
    scroller = section.parentWidget().parentWidget()
    assert isinstance(scroller, Scroller)
    assert scroller.focusPolicy() & Qt.FocusPolicy.TabFocus
    bar = scroller.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=PATIENCE_MS)
    for _ in range(20):
        cast("Any", qtbot).keyClick(scroller, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()


def test_whoever_has_the_first_password_of_the_set_up_is_told_so_and_not_that_they_must_choose(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, "light")
    people = tuple(replace(one, is_password_given=one.user == "reyes") for one in request().people)
    clinic = small_clinic(tmp_path / "given", people=people)
    owner, reyes = Seat(clinic, "owner", qtbot), Seat(clinic, "reyes", qtbot)
    section = owner.show("people")
    rows = [section.table.rows.row_at(at) for at in range(section.table.rows.rowCount())]
    assert {one.user: state_look(one).word for one in rows}["reyes"] == "First password still"
    account = reyes.show("account")
    qtbot.waitUntil(
        lambda: account._password._state.accessibleName() == "Made by somebody else", timeout=PATIENCE_MS
    )
    for one in (owner, reyes):
        one.runner.close()
    clinic.close()


def test_whoever_may_not_see_the_keys_has_no_list_of_them_and_no_button_that_would_fail(
    seats: dict[str, Seat],
) -> None:
    section = seats["reyes"].show("recovery")
    assert not section.table.isVisible()
    assert not section.revoke.isVisible()
    assert not section.device.isVisible()
    assert section.fingerprint.isEnabled()
    assert seats["owner"].show("recovery").table.isVisible()


def test_while_an_opening_with_the_sheet_waits_nothing_is_offered_that_would_fail(
    clinic: SmallClinic, seats: dict[str, Seat]
) -> None:
    enrol_administrator_by_sheet(
        clinic.folder,
        " ".join(clinic.ready.recovery_groups),
        NewPerson("nadm", "N. Newcomer", "administrator", "", "granite willow seventeen hats"),
        clock=clinic.clock,
        source="data folder",
    )
    seat = seats["owner"]
    section = seat.show("recovery")
    assert not any(one.isEnabled() for one in (section.make, section.read_it_back, section.rotate))
    people = seat.show("people")
    assert not people.add.isEnabled()
    account = seat.show("account")
    assert not any(
        one.isEnabled()
        for one in account.findChildren(QPushButton)
        if one.objectName() in {"account.key", "account.factor"}
    )


def test_a_paper_is_entered_and_ended_in_the_settings(seats: dict[str, Seat], qtbot: QtBot) -> None:
    seat = seats["owner"]
    people = seat.show("people")

    def numbers() -> list[str]:
        rows = people.papers.table.rows
        return [rows.row_at(at).number for at in range(rows.rowCount())]

    def confirmed(name: str, **typed: str) -> None:
        sheet = people.window().findChildren(AskSheet, name)[-1]
        for entry, text in {"own_password": PASSWORDS["owner"], **typed}.items():
            sheet.findChild(QLineEdit, f"{name}.{entry}").setText(text)
        sheet.findChild(QPushButton, f"{name}.confirm").click()

    people.table.selectRow([one.user for one in people._people].index("reyes"))
    assert numbers() == ["L-1"]
    people.papers.ask_enter()
    confirmed("enter_paper", number="L-2")
    qtbot.waitUntil(lambda: "L-2" in people.banner.accessibleName(), timeout=PATIENCE_MS)
    people.refresh()
    qtbot.waitUntil(lambda: not seat.desk.runner.is_busy, timeout=PATIENCE_MS)
    assert people.table.current().user == "reyes", "who was current is so after an act too"
    people = seat.show("people")
    people.table.selectRow([one.user for one in people._people].index("reyes"))
    assert numbers() == ["L-1", "L-2"]
    people.papers.table.selectRow(0)
    people.papers.ask_end()
    confirmed("end_paper", reason="Given up.")
    qtbot.waitUntil(lambda: "L-1" in people.banner.accessibleName(), timeout=PATIENCE_MS)


def test_a_provider_sees_no_way_to_enter_a_paper(seats: dict[str, Seat]) -> None:
    assert "people" not in SECTIONS["reyes"]
    director = seats["okafor"].show("people")
    director.table.selectRow(0)
    assert not director.papers.enter.isHidden()


def test_a_password_that_was_made_up_is_read_whole_in_the_smallest_window(
    seats: dict[str, Seat], qtbot: QtBot, qapp: QApplication
) -> None:
    speak(qapp, "es")
    try:
        people = seats["owner"].show("people")
        people.window().resize(1280, 720)
        people.table.selectRow([one.user for one in people._people].index("reyes"))
        people.ask_reset()
        (sheet,) = people.window().findChildren(AskSheet)
        field = sheet._fields["password"]
        assert isinstance(field, PasswordField)
        longest = "umbrella vocation youthful thunder syndrome platinum mountain district"
        field.edit.setText(longest)
        whole = sheet.findChild(QLabel, "reset_person.password.whole")
        assert whole is not None
        qtbot.waitUntil(lambda: whole.isVisible() and whole.width() <= field.width(), timeout=PATIENCE_MS)
        assert whole.text() == longest
        field.edit.setText("short words here")
        assert not whole.isVisible(), "the line shows all of it"
        field.edit.setText(longest)
        field._show.click()
        assert not whole.text(), "hidden is hidden"
        qtbot.addWidget(sheet)
    finally:
        speak(qapp, "en")


def test_no_meter_calls_the_names_of_colleagues_a_good_password(seats: dict[str, Seat], qtbot: QtBot) -> None:
    people, account = seats["owner"].show("people"), seats["reyes"].show("account")
    first = FirstPasswordPage(seats["reyes"].desk)
    qtbot.addWidget(first)
    people.ask_add()
    people.table.selectRow([one.user for one in people._people].index("reyes"))
    people.ask_reset()
    account.change_password()
    fields = [first.password]
    for window in (people.window(), account.window()):
        for sheet in window.findChildren(AskSheet):
            fields += [
                one
                for one in sheet.findChildren(PasswordField)
                if one.edit.objectName().endswith("password") and one._strength is not None
            ]
            qtbot.addWidget(sheet)
    assert len(fields) == 4
    for field in fields:
        field.edit.setText("castellan frontley okafor")
        assert not field.check(), field.edit.objectName()
        field.judge()
        strength = field._strength
        assert strength is not None
        assert "Easily guessed" in strength.accessibleName(), field.edit.objectName()
