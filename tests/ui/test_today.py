"""Today by keys: who is expected is typed, pasted, marked, started, taken back; a light opens its fix."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.domain.finding import Light
from mnclinic.domain.planned_life import PlanState
from mnclinic.errors import DiskFull
from mnclinic.services.list_day import DayLine
from mnclinic.services.mark_planned import mark_arrived
from mnclinic.services.plan_visits import NewPlanned, plan_visits
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet
from mnclinic.ui.desk import Desk
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.today.page import TodayPage
from mnclinic.ui.today.sheet_preview import SheetPreviewDialog
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person
from tests.services.conftest import built_clinic, clinic

__all__ = ["built_clinic", "clinic"]

PATIENCE_MS = 60_000
DAY = MONDAY.date()
FACE = "microneedling_face"
Key = Qt.Key


class Hands:
    """A person at the page, with a keyboard."""

    def __init__(self, clinic: SmallClinic, qtbot: QtBot, user: str) -> None:
        self.bot: Any = qtbot
        self.runner = TaskRunner("today")
        self.desk = Desk(clinic.as_user(user), self.runner)
        self.wanted: list[tuple[str, object]] = []
        self.told: list[str] = []
        self.undos: list[Callable[[], None]] = []
        self.withdrawn = 0
        self.page = TodayPage(self.desk)
        self.desk.wanted.connect(lambda name, what: self.wanted.append((name, what)))
        self.desk.told.connect(self.told.append)
        self.desk.done_with_undo.connect(self._told)
        self.desk.undo_over.connect(self._withdrawn)
        self.desk.changed.connect(self.page.refresh)
        qtbot.addWidget(self.page)
        self.page.resize(1180, 700)
        self.page.show()
        self.page.show_page(None)
        self.settle()

    def _told(self, words: str, undo: Callable[[], None]) -> None:
        self.told.append(words)
        self.undos.append(undo)

    def _withdrawn(self) -> None:
        self.withdrawn += 1

    def settle(self) -> None:
        self.bot.waitUntil(lambda: not self.runner.is_busy, timeout=PATIENCE_MS)

    def key(self, *keys: Qt.Key, on: QWidget | None = None) -> None:
        for key in keys:
            self.bot.keyClick(on or self.page.table, key)
        self.settle()

    def undo(self) -> None:
        self.page.activateWindow()
        # The list of an empty day is not there.
        on = self.page.table if self.page.table.isVisible() else self.page._new_visit
        on.setFocus()
        self.bot.waitUntil(on.hasFocus, timeout=PATIENCE_MS)
        self.bot.keyClick(on, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def type_line(self, words: str) -> None:
        edit = self.page.plan_line.edit
        self.bot.keyClicks(edit, words)
        self.bot.keyClick(edit, Key.Key_Return)
        self.bot.waitUntil(lambda: not edit.text() and not self.runner.is_busy, timeout=PATIENCE_MS)
        self.settle()

    def lines(self) -> list[DayLine]:
        return [self.page.table.rows.row_at(at) for at in range(self.page.table.rows.rowCount())]

    def states(self) -> list[PlanState | None]:
        return [one.planned.state if one.planned else None for one in self.lines()]

    def sheet(self) -> AskSheet:
        self.bot.waitUntil(
            lambda: any(one.isVisible() for one in self.page.window().findChildren(AskSheet)),
            timeout=PATIENCE_MS,
        )
        return next(one for one in self.page.window().findChildren(AskSheet) if one.isVisible())


Begin = Callable[..., Hands]


@pytest.fixture
def begin(clinic: SmallClinic, qtbot: QtBot, qapp: QApplication) -> Iterator[Begin]:
    """Opens Today for somebody, after planning for people of these names."""
    made: list[Hands] = []

    def start(*names: str, user: str = "desk", **changes: str) -> Hands:
        apply_theme(qapp, "light")
        desk = clinic.as_user("desk")
        values = {"service": FACE, "performer": "reyes"} | changes
        for at, name in enumerate(names):
            plan_visits(desk, [NewPlanned(add_person(desk, name), DAY, f"{at + 9:02d}:00", **values)])
        hands = Hands(clinic, qtbot, user)
        made.append(hands)
        return hands

    yield start
    for hands in made:
        hands.runner.close()


def test_space_marks_the_current_line_as_arrived_and_undo_takes_it_back(begin: Begin) -> None:
    hands = begin("Firstly", "Secondly")
    hands.key(Key.Key_Down, Key.Key_Space)
    assert hands.states() == [PlanState.ARRIVED, PlanState.PLANNED]
    assert hands.page.table.current().patient == "Secondly, Ada", "the keyboard stays with the person"
    hands.key(Key.Key_Space)
    assert hands.told[-1] == "Secondly, Ada has arrived already"
    hands.undo()
    assert hands.states() == [PlanState.PLANNED] * 2
    assert hands.told[-1] == "Undone: Secondly, Ada has arrived"
    hands.undo()
    assert hands.told[-1] == "There is nothing to undo here."


def test_who_is_marked_as_arrived_goes_up_to_those_who_are_here_and_the_keyboard_with_them(
    begin: Begin, clinic: SmallClinic
) -> None:
    hands = begin(*(f"Person{number:02}" for number in range(15)))
    hands.page.resize(1180, 500)
    table = hands.page.table

    def is_seen() -> bool:
        return table.viewport().rect().contains(table.visualRect(table.currentIndex()))

    table.selectRow(14)
    last = table.current()
    hands.key(Key.Key_Space)
    assert hands.lines()[0].key == table.current().key == last.key
    assert is_seen()
    hands.undo()
    assert hands.lines()[14].key == table.current().key == last.key
    assert is_seen()
    mark_arrived(clinic.as_user("reyes"), last.planned.plan_id, None)
    hands.page.refresh()
    hands.settle()
    assert hands.lines()[0].key == table.current().key == last.key, "marked at another window"
    assert is_seen()


def test_what_the_toast_took_back_is_not_taken_back_again_by_a_key(begin: Begin) -> None:
    hands = begin("Firstly", "Secondly")
    hands.key(Key.Key_Space)
    hands.key(Key.Key_Down, Key.Key_Space)
    hands.undos[-1]()
    hands.settle()
    hands.undos[-1]()
    hands.undo()
    assert hands.states() == [PlanState.PLANNED] * 2


def test_what_the_key_took_back_the_toast_no_longer_offers_nor_takes_back_again(begin: Begin) -> None:
    hands = begin("Firstly", "Secondly")
    hands.key(Key.Key_Space)
    hands.key(Key.Key_Down, Key.Key_Space)
    hands.undo()
    assert hands.withdrawn == 1
    hands.undos[-1]()
    hands.settle()
    assert hands.states() == [PlanState.ARRIVED, PlanState.PLANNED]
    assert hands.page._banner.isHidden(), "nothing was tried again"


def test_a_full_disk_at_undo_leaves_the_act_to_be_taken_back_later(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = begin("Firstly")
    hands.key(Key.Key_Space)

    def full(*_args: object) -> NoReturn:
        raise DiskFull("The disk is full. Make room and go on.")

    with monkeypatch.context() as at_work:
        at_work.setattr(OpenClinic, "work", full)
        hands.undo()
        assert "disk is full" in hands.page._banner.accessibleName()
    assert hands.states() == [PlanState.ARRIVED]
    hands.undo()
    assert hands.states() == [PlanState.PLANNED]
    hands.undo()
    assert hands.told[-1] == "There is nothing to undo here."


def test_what_was_done_before_a_start_is_offered_no_more_and_other_lines_still_are(begin: Begin) -> None:
    hands = begin("Firstly", "Secondly")
    hands.key(Key.Key_Space)
    hands.key(Key.Key_Down, Key.Key_Space)
    hands.key(Key.Key_Return)
    assert hands.wanted[-1][0] == "visit"
    assert hands.withdrawn == 1
    hands.undo()
    assert hands.told[-1] == "Undone: Firstly, Ada has arrived"
    assert hands.page._banner.isHidden()
    hands.undo()
    assert hands.told[-1] == "There is nothing to undo here."


def test_several_acts_on_one_line_are_undone_one_after_the_other(begin: Begin) -> None:
    hands = begin("Firstly")
    line = hands.lines()[0]
    assert line.planned is not None
    hands.key(Key.Key_Space)
    changed = NewPlanned(line.patient_ref, DAY, "16:15", FACE, "reyes", "")
    sheet = QWidget(hands.page)
    hands.page.acts.change(hands.lines()[0], changed, sheet, lambda: None, hands.page._failed)
    hands.settle()
    assert hands.lines()[0].at_time == "16:15"
    hands.undo()
    assert (hands.lines()[0].at_time, hands.states()) == ("09:00", [PlanState.ARRIVED])
    hands.undo()
    assert hands.states() == [PlanState.PLANNED]
    assert hands.page._banner.isHidden(), "nobody else changed the line"


@pytest.mark.parametrize("ended", [PlanState.NO_SHOW, PlanState.CANCELLED])
def test_expected_again_is_undone_to_what_it_was_with_its_reason(begin: Begin, ended: PlanState) -> None:
    hands = begin("Firstly")
    if ended is PlanState.NO_SHOW:
        hands.key(Key.Key_X)
    else:
        sheet = QWidget(hands.page)
        hands.page.acts.cancel(hands.lines()[0], "Called off.", sheet, lambda: None, hands.page._failed)
        hands.settle()
    hands.key(Key.Key_B)
    assert hands.states() == [PlanState.PLANNED]
    hands.undo()
    assert hands.states() == [ended]
    planned = hands.lines()[0].planned
    assert planned is not None
    assert planned.reason == ("Called off." if ended is PlanState.CANCELLED else "")


@pytest.mark.parametrize("has_come", [False, True])
def test_taking_somebody_off_the_list_is_undone_with_all_that_was_done_before(
    begin: Begin, has_come: bool
) -> None:
    hands = begin("Testerman")
    if has_come:
        hands.key(Key.Key_Space)
    before = hands.states()
    hands.page.acts.take_back(hands.lines()[0])
    hands.settle()
    assert hands.states() == []
    hands.undo()
    assert hands.states() == before
    assert hands.told[-1] == "Undone: Testerman, Ada was taken off the list"
    if has_come:
        hands.undo()
        assert hands.states() == [PlanState.PLANNED]


def test_keys_in_one_moment_are_done_one_after_the_other(begin: Begin) -> None:
    hands = begin("Testerman")
    hands.bot.keyClick(hands.page.table, Key.Key_Space)
    hands.bot.keyClick(hands.page.table, Key.Key_Return)
    hands.settle()
    assert hands.page._banner.isHidden()
    assert hands.states() == [PlanState.STARTED]
    assert [name for name, _ in hands.wanted] == ["visit"]


@pytest.mark.parametrize("is_first_done", [False, True], ids=["at once", "before the list shows it"])
def test_a_key_that_is_hit_twice_asks_once(begin: Begin, is_first_done: bool) -> None:
    hands = begin("Testerman")
    hands.desk.changed.disconnect(hands.page.refresh)
    hands.bot.keyClick(hands.page.table, Key.Key_Space)
    if is_first_done:
        hands.settle()
    hands.bot.keyClick(hands.page.table, Key.Key_Space)
    hands.settle()
    assert hands.page._banner.isHidden()
    hands.page.refresh()
    hands.settle()
    assert hands.states() == [PlanState.ARRIVED]


def test_what_was_taken_back_can_be_asked_for_again_before_the_list_shows_it(begin: Begin) -> None:
    hands = begin("Testerman")
    hands.desk.changed.disconnect(hands.page.refresh)
    hands.key(Key.Key_Space)
    hands.undo()
    hands.key(Key.Key_Space)
    assert hands.page._banner.isHidden()
    hands.page.refresh()
    hands.settle()
    assert hands.states() == [PlanState.ARRIVED]


def test_what_cannot_follow_on_ones_own_last_act_is_refused_in_words_that_stay(begin: Begin) -> None:
    hands = begin("Testerman")
    hands.bot.keyClick(hands.page.table, Key.Key_Space)
    hands.bot.keyClick(hands.page.table, Key.Key_X)
    hands.settle()
    hands.page.refresh()
    hands.settle()
    assert hands.states() == [PlanState.ARRIVED]
    assert "marked as arrived" in hands.page._banner.accessibleName()
    hands.key(Key.Key_Return)
    assert hands.page._banner.isHidden()


def test_enter_starts_the_visit_and_then_opens_it(begin: Begin) -> None:
    hands = begin("Firstly")
    hands.key(Key.Key_Return)
    (line,) = hands.lines()
    assert line.visit is not None
    assert hands.wanted == [("visit", line.visit.visit_id)]
    hands.key(Key.Key_Return)
    assert hands.wanted[-1] == ("visit", line.visit.visit_id)
    assert len(hands.lines()) == 1


def test_a_start_asks_only_for_what_the_plan_leaves_open(begin: Begin) -> None:
    hands = begin("Firstly", service="", performer="lind")
    hands.key(Key.Key_Return)
    sheet = hands.sheet()
    assert sheet.findChild(QComboBox, "start_planned.performer") is None
    service = sheet.findChild(QComboBox, "start_planned.service")
    assert isinstance(service, QComboBox)
    service.setCurrentIndex(service.findData(FACE))
    hands.key(Key.Key_Return, on=sheet.findChild(QPushButton, "start_planned.confirm"))
    hands.bot.mouseClick(sheet.findChild(QPushButton, "start_planned.confirm"), Qt.MouseButton.LeftButton)
    hands.bot.waitUntil(lambda: bool(hands.wanted), timeout=PATIENCE_MS)
    assert hands.wanted[0][0] == "visit"


def test_a_provider_starts_their_own_visit_without_being_asked_who(begin: Begin) -> None:
    hands = begin("Firstly", user="reyes", performer="")
    hands.key(Key.Key_Return)
    assert hands.wanted[0][0] == "visit"
    assert hands.lines()[0].performer_name == "T. Reyes"


def test_each_light_opens_the_step_that_mends_it_by_digit_and_by_button(begin: Begin) -> None:
    hands = begin("Firstly")
    hands.key(Key.Key_Return)
    visit = hands.lines()[0].visit
    assert visit is not None
    hands.key(Key.Key_3)
    assert hands.wanted[-1] == ("visit", f"{visit.visit_id}#exam")
    light = hands.page.chosen.lights[Light.CONSENT]
    assert light.accessibleName() == "Consent: not done. Have the consent read and signed, with a witness."
    hands.bot.mouseClick(light, Qt.MouseButton.LeftButton)
    assert hands.wanted[-1] == ("visit", f"{visit.visit_id}#consent")


def test_before_the_visit_each_light_leads_to_what_comes_first(begin: Begin) -> None:
    hands = begin("Firstly")
    person = hands.lines()[0].patient_ref
    for key in (Key.Key_1, Key.Key_2, Key.Key_3):
        hands.key(key)
        assert hands.wanted[-1] == ("patients", person)
    hands.key(Key.Key_4)
    assert hands.told[-1].startswith("The consent is read and signed in the visit")
    hands.key(Key.Key_6)
    assert hands.wanted[-1] == ("devices", None)
    hands.key(Key.Key_5)
    focused = hands.sheet().focusWidget()
    assert focused is not None
    assert focused.objectName() == "change_planned.performer", "the field that decides it"


def test_a_line_is_typed_in_few_keys_understood_while_typed_and_taken_back(begin: Begin) -> None:
    hands = begin("Firstly")
    hands.type_line("10:30 firstly ada, face, reyes, brings forms")
    assert [one.at_time for one in hands.lines()] == ["09:00", "10:30"]
    made = hands.page.table.current().planned
    assert (made.at_time, made.note, made.service) == ("10:30", "brings forms", FACE)
    assert hands.page.plan_line.edit.text() == ""
    hands.undo()
    assert [one.at_time for one in hands.lines()] == ["09:00"]


def test_a_line_that_may_mean_two_people_takes_the_one_that_is_chosen_with_the_arrows(
    begin: Begin, clinic: SmallClinic
) -> None:
    desk = clinic.as_user("desk")
    add_person(desk, "Twinson", first_name="Cy", born_on="1991-01-01")
    second = add_person(desk, "Twinson", first_name="Cy", born_on="1992-02-02")
    hands = begin()
    edit, people = hands.page.plan_line.edit, hands.page.plan_line.people
    hands.bot.keyClicks(edit, "11 cy twinson")
    hands.bot.waitUntil(lambda: people.count() == 2, timeout=PATIENCE_MS)
    hands.key(Key.Key_Return, on=edit)
    assert hands.lines() == [], "nobody is guessed"
    hands.key(Key.Key_Down, Key.Key_Down, Key.Key_Return, on=edit)
    hands.bot.waitUntil(lambda: len(hands.lines()) == 1, timeout=PATIENCE_MS)
    assert hands.lines()[0].patient_ref == second


def test_a_line_that_cannot_be_read_says_why_and_stays(begin: Begin) -> None:
    hands = begin("Firstly")
    edit = hands.page.plan_line.edit
    hands.bot.keyClicks(edit, "1:30 firstly")
    hands.bot.waitUntil(lambda: "at night" in hands.page.plan_line.says.text(), timeout=PATIENCE_MS)
    hands.key(Key.Key_Return, on=edit)
    assert edit.text() == "1:30 firstly"
    assert len(hands.lines()) == 1


def test_a_walk_in_is_entered_as_arrived_by_a_key_and_a_name(begin: Begin) -> None:
    hands = begin("Firstly")
    hands.key(Key.Key_W)
    assert hands.page.plan_line.edit.accessibleName() == "Who has come in?"
    hands.type_line("firstly ada, face")
    assert sorted(map(str, hands.states())) == ["arrived", "planned"]
    assert hands.page.plan_line.edit.accessibleName() == "Who is expected?"


def test_a_paste_of_several_lines_is_shown_line_by_line_and_taken_back_in_one_step(begin: Begin) -> None:
    hands = begin("Firstly", "Secondly")
    QGuiApplication.clipboard().setText(
        "Time\tClient\n14:00\tAda Firstly\n14:30\tNobody Atall\n15:00\tSecondly\n"
    )
    hands.bot.keyClick(hands.page.plan_line.edit, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    (sheet,) = hands.page.window().findChildren(SheetPreviewDialog)
    bring = sheet.findChild(QPushButton, "day_sheet.bring")
    hands.bot.waitUntil(lambda: len(sheet._choices) == 3, timeout=PATIENCE_MS)
    who = sheet.findChild(QComboBox, "day_sheet.who.4")
    assert isinstance(who, QComboBox)
    assert who.currentData() is None, "a name that is not written out is asked about"
    assert sheet.findChild(QComboBox, "day_sheet.who.3") is None
    who.setCurrentIndex(1)
    hands.bot.mouseClick(bring, Qt.MouseButton.LeftButton)
    hands.bot.waitUntil(lambda: len(hands.lines()) == 4, timeout=PATIENCE_MS)
    hands.settle()
    hands.undo()
    assert len(hands.lines()) == 2
    QGuiApplication.clipboard().clear()


def test_a_cancelled_line_says_why_and_undo_expects_the_person_again(begin: Begin) -> None:
    hands = begin("Firstly")
    hands.key(Key.Key_Delete)
    sheet = hands.sheet()
    reason = sheet.findChild(QLineEdit, "cancel_planned.reason")
    hands.bot.keyClicks(reason, "Called off.")
    told = {one.objectName(): one.text() for one in sheet.findChildren(QPushButton)}
    assert told["cancel_planned.cancel"] == "Leave it planned", "no word that could be either"
    assert told["cancel_planned.confirm"] == "Cancel the visit"
    hands.bot.mouseClick(sheet.findChild(QPushButton, "cancel_planned.confirm"), Qt.MouseButton.LeftButton)
    hands.bot.waitUntil(lambda: hands.states() == [PlanState.CANCELLED], timeout=PATIENCE_MS)
    assert "Called off." in hands.page.chosen._facts.text()
    hands.settle()
    hands.undo()
    assert hands.states() == [PlanState.PLANNED]
    hands.key(Key.Key_X)
    assert hands.states() == [PlanState.NO_SHOW]
    hands.key(Key.Key_B)
    assert hands.states() == [PlanState.PLANNED]


def test_a_change_of_time_is_typed_in_the_sheet_and_undone(begin: Begin) -> None:
    hands = begin("Firstly")
    hands.key(Key.Key_F2)
    sheet = hands.sheet()
    time = sheet.findChild(QLineEdit, "change_planned.time")
    assert isinstance(time, QLineEdit)
    confirm = sheet.findChild(QPushButton, "change_planned.confirm")
    for typed, is_taken in (("quarter past", False), ("4:15 pm", True)):
        time.setText(typed)
        hands.bot.mouseClick(confirm, Qt.MouseButton.LeftButton)
        hands.settle()
        assert sheet.isVisible() is not is_taken
    assert [one.at_time for one in hands.lines()] == ["16:15"]
    hands.undo()
    assert [one.at_time for one in hands.lines()] == ["09:00"]


def test_the_arrows_turn_the_day_and_t_comes_back(begin: Begin, clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    plan_visits(desk, [NewPlanned(add_person(desk, "Tomorrowson"), DAY + timedelta(days=1), "08:00")])
    hands = begin("Firstly")
    hands.key(Key.Key_Right)
    assert [one.patient for one in hands.lines()] == ["Tomorrowson, Ada"]
    assert "Tuesday" in hands.page._header.subtitle.text()
    hands.key(Key.Key_Space)
    assert hands.states() == [PlanState.PLANNED], "nobody arrives on another day"
    hands.key(Key.Key_T)
    assert [one.patient for one in hands.lines()] == ["Firstly, Ada"]


def test_an_inspector_sees_the_day_and_is_offered_nothing_to_change(begin: Begin) -> None:
    hands = begin("Firstly", user="inspector")
    hands.key(Key.Key_Space)
    hands.key(Key.Key_X)
    assert hands.states() == [PlanState.PLANNED]
    assert [act.name for act in hands.page._acts_of(hands.lines()[0])] == ["patient", "history"]
    assert not hands.page.plan_line.isVisible()


def test_an_act_on_a_line_that_was_changed_elsewhere_says_so(begin: Begin, clinic: SmallClinic) -> None:
    hands = begin("Firstly")
    line = hands.lines()[0]
    mark_arrived(clinic.as_user("desk"), line.key, None)
    hands.page.acts.no_show(line)
    hands.settle()
    assert "changed elsewhere" in hands.page._banner.accessibleName()
