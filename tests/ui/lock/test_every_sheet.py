"""After the lock every sheet lies over its page again: the same thing, its text, its field and cursor."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import keyring
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from mnclinic.models import LogEntry
from mnclinic.services.approve_document import add_document_in
from mnclinic.services.back_up import back_up
from mnclinic.services.change_details import change_details
from mnclinic.services.demo.build import DemoBuilt
from mnclinic.services.demo.clinic import draft
from mnclinic.services.find_patients import roster_page, show_patient
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.late_entries import READING
from mnclinic.services.merge_records import merge_records
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.paper_bridge import print_paper_sheets
from mnclinic.services.pin_backup import pin_backup
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.users.end_access import end_access
from mnclinic.services.void_visit import void_visit
from mnclinic.ui.lock.fields import is_secret
from mnclinic.ui.lock.kept_strip import KeptStrip
from mnclinic.ui.patients.sheets import MergeSheet
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.today.page import TodayPage
from mnclinic.ui.today.sheet_preview import SheetPreviewDialog
from tests.services.clinic_builder import PASSWORDS, SmallClinic
from tests.services.conftest import built_clinic, clinic
from tests.services.keyring_stand_in import Keyring
from tests.ui.conftest import PATIENCE_MS
from tests.ui.lock.walk_sheets import NOON, WAYS, WAYS_OF_SMALL, Hand, MovedClock, Seen, Way

__all__ = ["built_clinic", "clinic"]

TYPED = "Half a sentence"
CURSOR = 6
COMING_AND_GOING = READING | {"lock", "login", "clock.set_back", "clock.stepped"}
"""Entries that nobody's act makes: who came and went, and what was looked at."""


def prepare(folder: Path, sticks: Path) -> None:
    """Two backups, a second draft, a paper sheet and a key file: what a demo has not."""
    clock = MovedClock(NOON - timedelta(hours=1))
    for user in ("owner", "lind"):
        clinic = open_clinic(folder, user, PASSWORDS[user], clock=clock)
        if user == "owner":
            sheet = sticks.parent / "sheet.pdf"
            print_paper_sheets(clinic, "face-mechanical", count=1, language="en", out=sheet)
            pin_backup(clinic, back_up(clinic).backup.name, is_pinned=True)
            clock.at += timedelta(minutes=10)
            back_up(clinic)
        else:
            sticks.mkdir()
            set_second_factor(clinic, PASSWORDS[user], sticks / "lind.key")
            later = draft("protocols/face-prp.json") | {"version": 2, "effective_on": "2026-12-24"}
            with clinic.work() as work:
                add_document_in(work, "protocol", later, now=clock.now())
                work.commit()
        clinic.close()


@pytest.fixture(scope="module")
def seat(
    built_demo: DemoBuilt, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication
) -> Iterator[Hand]:
    """One window on a clinic of its own, for all sheets."""
    there = tmp_path_factory.mktemp("sheets")
    folder = shutil.copytree(built_demo.folder, there / "clinic")
    with pytest.MonkeyPatch.context() as patch:
        kept = Keyring()
        patch.setattr(keyring, "get_keyring", lambda: kept)
        prepare(folder, there / "stick")
        apply_theme(qapp, "light")
        made = Hand(folder, MovedClock(), lambda _fact: None)
        yield made
        made.window.close()
        # Closed it would go on listening to the keys of every later test.
        made.window.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def hand(seat: Hand, qtbot: QtBot) -> Hand:
    """That window, with the patience of this test."""
    # A window that closes puts away whatever else of the program is on the screen.
    seat.window.show()
    seat.until = lambda fact: qtbot.waitUntil(fact, timeout=PATIENCE_MS)
    return seat


def entered(clinic: OpenClinic) -> list[str]:
    """Every act in the log."""
    with clinic.store.reading() as session:
        return list(session.scalars(select(LogEntry.action).order_by(LogEntry.seq)))


def type_into(hand: Hand, name: str, text: str = TYPED) -> None:
    """Type as a person does, and go back into the middle of it."""
    sheet = hand.sheet()
    assert sheet is not None
    field = sheet.findChild(QWidget, name)
    assert isinstance(field, QLineEdit | QPlainTextEdit), name
    field.setFocus()
    QTest.keyClicks(field, text)
    for _ in range(CURSOR):
        QTest.keyClick(field, Qt.Key.Key_Left)


def text_of(hand: Hand, name: str) -> str:
    sheet = hand.sheet()
    assert sheet is not None
    field = sheet.findChild(QWidget, name)
    assert isinstance(field, QLineEdit | QPlainTextEdit), name
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def secrets_of(hand: Hand) -> list[str]:
    sheet = hand.sheet()
    assert sheet is not None
    return [one.text() for one in sheet.findChildren(QLineEdit) if one.isVisible() and is_secret(one)]


def kept_screen_of(hand: Hand) -> str:
    return json.dumps(cast("Any", hand.window).stay._sheets.texts())


def is_open_again(hand: Hand, way: Way) -> None:
    """Open the sheet by hand, type, lock, log in, and find everything as it was."""
    hand.be(way.user)
    way.open(hand)
    if way.field:
        type_into(hand, way.field)
    else:
        for field in cast("QWidget", hand.sheet()).findChildren(QLineEdit):
            if field.isVisible() and is_secret(field):
                QTest.keyClicks(field, "typed before the lock")
    hand.settle()
    before, focus = hand.seen(), hand.focus()
    text = text_of(hand, way.field) if way.field else ""
    assert before.kind == way.kind
    assert "typed before the lock" not in kept_screen_of(hand)
    log = hand.ask(entered)
    hand.lock()
    hand.log_in(way.user)
    hand.until(lambda: hand.sheet() is not None)
    hand.settle()
    assert hand.seen() == before
    if way.field:
        hand.until(lambda: text_of(hand, way.field) == text)
        assert TYPED in text
        assert hand.focus() == focus
        assert focus == (way.field, text.index(TYPED) + len(TYPED) - CURSOR)
    else:
        assert hand.focus() == (focus[0], 0)
        assert not any(secrets_of(hand)), "a password is typed anew"
    since = hand.ask(entered)[len(log) :]
    assert set(since) <= COMING_AND_GOING


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.kind)
def test_every_sheet_is_open_again_about_the_same_thing_and_nothing_was_done(hand: Hand, way: Way) -> None:
    is_open_again(hand, way)


@pytest.mark.parametrize("way", WAYS_OF_SMALL, ids=lambda way: way.kind)
def test_so_is_the_one_that_asks_about_the_clock(clinic: SmallClinic, qtbot: QtBot, way: Way) -> None:
    clinic.as_user(way.user)
    clinic.close()
    clock = MovedClock(clinic.clock.at - timedelta(hours=5))
    hand = Hand(clinic.folder, clock, lambda fact: qtbot.waitUntil(fact, timeout=PATIENCE_MS))
    is_open_again(hand, way)
    hand.window.close()


def back_from_the_lock(hand: Hand, user: str, meanwhile: Callable[[OpenClinic], Any] | None = None) -> None:
    """Lock; have somebody else do something at another window; log in."""
    hand.settle()
    hand.lock()
    if meanwhile is not None:
        other = open_clinic(hand.folder, "okafor", PASSWORDS["okafor"], clock=hand.clock)
        meanwhile(other)
        other.close()
    hand.log_in(user)


def way_to(kind: str) -> Way:
    return next(way for way in WAYS if way.kind == kind)


def opened(hand: Hand, kind: str) -> tuple[Way, Seen]:
    """The sheet, opened by hand and typed into."""
    way = way_to(kind)
    hand.be(way.user)
    way.open(hand)
    type_into(hand, way.field)
    return way, hand.seen()


def notice(hand: Hand) -> str:
    return hand.workspace.notice.accessibleName()


def test_another_person_who_logs_in_gets_nothing_of_it_and_the_first_finds_it_later(hand: Hand) -> None:
    way, _ = opened(hand, "patients.new")
    back_from_the_lock(hand, "reyes")
    assert hand.sheet() is None
    assert notice(hand) == ""
    assert TYPED not in kept_screen_of(hand)
    back_from_the_lock(hand, "lind")
    assert hand.sheet() is None, "somebody was here meanwhile"
    assert "“New patient”" in notice(hand)
    way.open(hand)
    hand.until(lambda: text_of(hand, way.field) == TYPED)


def test_a_sheet_about_a_visit_that_was_voided_meanwhile_stays_closed_and_what_was_typed_is_kept(
    hand: Hand,
) -> None:
    way, before = opened(hand, "visit.void")
    visit_id = before.about["visit"]

    def meanwhile(other: OpenClinic) -> None:
        view = show_visit(other, visit_id)
        void_visit(other, visit_id, view.edition, "Entered twice.")

    back_from_the_lock(hand, way.user, meanwhile)
    hand.until(lambda: "“Void a visit”" in notice(hand))
    assert hand.sheet() is None
    assert TYPED in kept_screen_of(hand)
    # Nor on the next visit's sheet.
    way.open(hand)
    hand.settle()
    assert hand.seen().about != before.about
    assert text_of(hand, way.field) == ""
    cast("QDialog", hand.sheet()).reject()
    hand.settle()


def test_a_sheet_about_somebody_who_left_meanwhile_does_not_open_about_the_next_in_the_list(
    hand: Hand,
) -> None:
    way, before = opened(hand, "people.end")

    def meanwhile(_other: OpenClinic) -> None:
        owner = open_clinic(hand.folder, "owner", PASSWORDS["owner"], clock=hand.clock)
        end_access(owner, before.about["user"], PASSWORDS["owner"], reason="Moved away.", hand_over_to="lind")
        owner.close()

    back_from_the_lock(hand, way.user, meanwhile)
    hand.until(lambda: "“End the access of" in notice(hand))
    assert hand.sheet() is None


def test_what_was_changed_elsewhere_is_not_written_over_by_what_comes_back(hand: Hand) -> None:
    way, before = opened(hand, "chart.details")

    def meanwhile(other: OpenClinic) -> None:
        card = show_patient(other, before.about["ref"])
        change_details(other, card.ref, {"email": "new@example.org"}, revision=card.revision)

    back_from_the_lock(hand, way.user, meanwhile)
    hand.until(lambda: hand.sheet() is not None and TYPED in text_of(hand, way.field))
    assert text_of(hand, "details.email") == "new@example.org"

    def same_field(other: OpenClinic) -> None:
        card = show_patient(other, before.about["ref"])
        change_details(other, card.ref, {"phone": "512-555-0199"}, revision=card.revision)

    back_from_the_lock(hand, way.user, same_field)
    hand.until(lambda: hand.sheet() is not None)
    hand.settle()
    sheet = cast("QDialog", hand.sheet())
    assert text_of(hand, way.field) == "512-555-0199"
    assert "has changed since you typed" in sheet.findChildren(KeptStrip)[0].accessibleName()
    hand.press("sheet_kept.put_in")
    assert TYPED in text_of(hand, way.field)


def test_the_record_that_was_chosen_to_be_merged_is_chosen_again_and_never_another(hand: Hand) -> None:
    way = way_to("chart.merge")
    hand.be(way.user)
    way.open(hand)
    sheet = cast("MergeSheet", hand.sheet())
    sheet.search.selectAll()
    QTest.keyClick(sheet.search, Qt.Key.Key_Delete)
    hand.until(lambda: sheet.table.rows.rowCount() > 2)
    other = hand.pick(sheet.table, lambda _one: True)
    type_into(hand, way.field)
    back_from_the_lock(hand, way.user)
    hand.until(lambda: hand.sheet() is not None and text_of(hand, way.field) == TYPED)
    again = cast("MergeSheet", hand.sheet())
    hand.until(lambda: again.search.text() == "" and again.table.rows.rowCount() > 2)
    assert again.place() == {"other": other.ref}
    assert again.table.current().ref == other.ref

    def merged_elsewhere(opened_again: OpenClinic) -> None:
        merge_records(opened_again, other.ref, sheet_about["ref"], "One person, seen twice.")

    sheet_about = hand.seen().about
    back_from_the_lock(hand, way.user, merged_elsewhere)
    hand.until(lambda: hand.sheet() is not None and text_of(hand, way.field) == TYPED)
    gone = cast("MergeSheet", hand.sheet())
    hand.until(lambda: gone.table.rows.rowCount() > 1)
    hand.settle()
    assert gone.table.current() is None
    assert not gone.go.isEnabled()


def test_a_days_list_is_read_again_with_the_same_choices(hand: Hand) -> None:
    hand.be("desk")
    name = "Nobodywick, Sami"
    way_to("today.bring_list").open(hand)
    sheet = cast("SheetPreviewDialog", hand.sheet())
    people = [one.name for one in hand.ask(lambda clinic: roster_page(clinic, limit=2)).rows]
    sheet._paste.setPlainText(f"10:40, {people[0]}\n10:50, {people[1]}\n11:05, {name}")
    hand.press("day_sheet.read")
    hand.until(lambda: len(sheet._choices) == 3)
    second = sheet._choices[1][1]
    assert second is not None
    assert second.currentData() is not None
    second.setCurrentIndex(0)
    second.setFocus()
    before = sheet.place()
    back_from_the_lock(hand, "desk")
    hand.until(lambda: hand.sheet() is not None)
    again = cast("SheetPreviewDialog", hand.sheet())
    hand.until(lambda: len(again._choices) == 3 and again.place() == before)
    assert hand.focus()[0] == "day_sheet.who.2"
    assert [one.as_planned("x").at_time for one, _ in again._choices] == ["10:40", "10:50", "11:05"]


def test_a_password_that_was_made_up_is_another_one_and_it_is_said(hand: Hand) -> None:
    way, _ = opened(hand, "people.add")
    (before,) = filter(None, secrets_of(hand))
    back_from_the_lock(hand, way.user)
    hand.until(lambda: "is another now" in notice(hand))
    assert before not in secrets_of(hand)
    assert any(secrets_of(hand))


def test_another_day_than_today_is_shown_again(hand: Hand) -> None:
    hand.be("desk")
    hand.go("today")
    hand.press("today.day_after")
    day = cast("TodayPage", hand.page)._day
    back_from_the_lock(hand, "desk")
    hand.until(lambda: cast("TodayPage", hand.page)._day == day)
    assert day == (NOON + timedelta(days=1)).date()
