"""A hand that opens every sheet of the program as a person does, locks over it, and logs in again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget

from mnclinic.services.follow_recall import list_recalls
from mnclinic.services.open_recall import NewRecall, open_recall
from mnclinic.services.session import OpenClinic
from mnclinic.ui.elements import RowTable
from mnclinic.ui.events.entry_sheet import Heard
from mnclinic.ui.handover.sheet import HandoverSheet
from mnclinic.ui.lock.place import cursor_of
from mnclinic.ui.lock.reopening import name_of
from mnclinic.ui.password_field import PasswordField
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.settings.page import SettingsPage
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.today.page import TodayPage
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.window import Workspace
from tests.services.clinic_builder import PASSWORDS

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""Each log-in takes a demo a minute on, and its day is not to end within the walk."""
Kind = TypeVar("Kind", bound=QWidget)


class MovedClock:
    """Stands where it was put."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def monotonic_ms(self) -> int:
        return 1


@dataclass(frozen=True)
class Seen:
    """A sheet as a person sees it."""

    kind: str
    about: Mapping[str, Any]
    title: str
    words: tuple[str, ...]
    page: tuple[str, Any]


class Hand:
    """One window. It waits for facts through `until`, which the test's own robot gives."""

    def __init__(self, folder: Path, clock: MovedClock, until: Callable[[Callable[[], bool]], None]) -> None:
        self.folder, self.clock = folder, clock
        self.until = until
        self.window = ClinicWindow(folder, clock=clock)
        self.window.show()
        self.user = ""

    @property
    def workspace(self) -> Workspace:
        return cast("Workspace", self.window.centralWidget())

    @property
    def page(self) -> Any:  # noqa: ANN401 - each page is of its own kind
        return self.workspace.stack.currentWidget()

    def log_in(self, user: str) -> None:
        """At the log-in, as a person does."""
        login = self.window.login
        login.user.setText(user)
        login.password.setText(PASSWORDS[user])
        QTest.keyClick(login.password, Qt.Key.Key_Return)
        self.until(lambda: isinstance(self.window.centralWidget(), Workspace))
        self.user = user
        self.settle()

    def lock(self) -> None:
        self.window.locking.lock()
        self.until(lambda: not isinstance(self.window.centralWidget(), Workspace))
        self.settle()

    def be(self, user: str) -> None:
        """Have this user logged in, with nothing lying over the window."""
        if self.user and isinstance(self.window.centralWidget(), Workspace):
            while (sheet := self.sheet()) is not None:
                if isinstance(sheet, HandoverSheet):
                    sheet.leave()
                sheet.reject()
            if self.user == user:
                return
            self.lock()
        self.log_in(user)

    def settle(self) -> None:
        """Until nothing is being read and nothing waits its turn."""
        self.until(lambda: not self.window._runner.is_busy)
        # Whoever reads next begins in a turn of its own.
        for _ in range(6):
            QApplication.processEvents()
        self.until(lambda: not self.window._runner.is_busy)

    def go(self, page: str, what: object = None) -> None:
        self.workspace.go(page, what)
        self.settle()

    def sheet(self) -> QDialog | None:
        """What lies over the window."""
        found = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return found[-1] if found else None

    def seen(self) -> Seen:
        sheet = self.sheet()
        assert sheet is not None, "a sheet is open"
        name = name_of(sheet)
        assert name is not None, "it has a name"
        # What is said of a new password follows a moment later, and it is another one each time.
        said = {one for field in sheet.findChildren(PasswordField) for one in field.findChildren(QLabel)}
        words = tuple(one.text() for one in sheet.findChildren(QLabel) if one not in said)
        return Seen(name.kind, name.about, sheet.windowTitle(), words, self.workspace.where)

    def find(self, kind: type[Kind], name: str) -> Kind:
        found = [one for one in self.window.findChildren(kind, name) if one.isVisible()]
        assert found, name
        return found[-1]

    def press(self, name: str) -> None:
        way = self.find(QAbstractButton, name)
        self.until(way.isEnabled)
        way.click()
        self.settle()

    def pick(self, table: RowTable, is_it: Callable[[Any], bool]) -> Any:  # noqa: ANN401 - rows of any kind
        """Choose the last row of which it is true, which is not the one that stands there by itself."""
        rows = [table.rows.row_at(at) for at in range(table.rows.rowCount())]
        last = [at for at, one in enumerate(rows) if one is not None and is_it(one)][-1]
        assert last > 0, "another row stands before it"
        table.selectRow(last)
        return rows[last]

    def focus(self) -> tuple[str, int]:
        """The field of the sheet that has the keyboard, and where in it."""
        sheet = self.sheet()
        holder = cast("QWidget | None", sheet.focusWidget()) if sheet is not None else None
        return (holder.objectName(), cursor_of(holder)) if holder is not None else ("", 0)

    def ask(self, job: Callable[[OpenClinic], Any]) -> Any:  # noqa: ANN401 - whatever the job returns
        """Look into the open clinic."""
        got: list[Any] = []
        self.workspace._desk.ask(job, owner=self.workspace, done=got.append, failed=_defect, is_wanted=False)
        self.until(lambda: bool(got))
        return got[0]


def _defect(error: Exception) -> None:
    raise error


@dataclass(frozen=True)
class Way:
    """A sheet, who opens it, how, and the field that is typed into; none where nothing is."""

    kind: str
    user: str
    open: Callable[[Hand], None]
    field: str = ""


def _section(name: str, button: str, choose: Callable[[Any], bool] | None = None) -> Callable[[Hand], None]:
    def open_it(hand: Hand) -> None:
        # Another section first, by the list as a person does: the way there is no part of the place's name.
        hand.go("settings", "lock")
        page = cast("SettingsPage", hand.page)
        page.list.setCurrentRow([way.name for way in page._ways].index(name))
        hand.settle()
        if choose is not None:
            hand.pick(cast("Any", page.section()).table, choose)
        hand.press(button)

    return open_it


def _older_check(hand: Hand) -> None:
    """As when today's keys open nothing of the backup."""
    hand.go("settings", "lock")
    page = cast("SettingsPage", hand.page)
    page.list.setCurrentRow([way.name for way in page._ways].index("backups"))
    hand.settle()
    section = cast("Any", page.section())
    hand.pick(section.table, lambda _one: True)
    section.ask_older_check()


def _roster(hand: Hand) -> PatientsPage:
    hand.go("patients")
    page = cast("PatientsPage", hand.page)
    if page.rooms.currentWidget() is page.chart:
        # The page was left at somebody's record before the lock.
        hand.press("chart.back")
    return page


def _start_from_roster(hand: Hand) -> None:
    hand.pick(_roster(hand).table, lambda _one: True)
    hand.press("patients.start_visit")


def _new_patient(hand: Hand) -> None:
    _roster(hand)
    hand.press("patients.new")


def _chart(act: str) -> Callable[[Hand], None]:
    def open_it(hand: Hand) -> None:
        page = _roster(hand)
        page.table.setFocus()
        hand.pick(page.table, lambda _one: True)
        hand.press("patients.open")
        if act in page.chart._acts:
            page.chart._acts[act].trigger()
            hand.settle()
        else:
            hand.press(f"chart.{act}")

    return open_it


def _history_end(hand: Hand) -> None:
    _roster(hand)._open_person("P-000001")
    hand.settle()
    hand.press("chart.history_end.0")


def _chart_event(hand: Hand) -> None:
    _roster(hand)._open_person("P-000001")
    hand.settle()
    hand.press("chart.event")


def _event_who(hand: Hand) -> None:
    hand.go("events")
    hand.press("events.new")


def _event_of_list(hand: Hand) -> None:
    hand.go("events")
    cast("Any", hand.page).entry.begin("P-000001")
    hand.settle()


def _event_of_today(hand: Hand) -> None:
    hand.go("today")
    hand.press("today.event")


def _event(act: str, state: str) -> Callable[[Hand], None]:
    def open_it(hand: Hand) -> None:
        hand.go("events")
        rows = hand.page.table.rows
        events = [rows.row_at(at) for at in range(rows.rowCount())]
        hand.go("events", next(one.event_id for one in events if one.state == state))
        hand.press(f"event.{act}")

    return open_it


def _line(key: Qt.Key, is_it: Callable[[Any], bool]) -> Callable[[Hand], None]:
    def open_it(hand: Hand) -> None:
        hand.go("today")
        page = cast("TodayPage", hand.page)
        page.table.setFocus()
        hand.pick(page.table, lambda line: line.planned is not None and is_it(line.planned))
        QTest.keyClick(page.table, key)
        hand.settle()

    return open_it


def _bring_list(hand: Hand) -> None:
    hand.go("today")
    hand.press("today.bring_list")


def _clock(hand: Hand) -> None:
    hand.go("today")
    hand.press("today.need.notices")
    hand.press("today.notice.clock_set_back")


def visit_in(hand: Hand, state: str, *, not_passed: set[str] | None = None) -> str:
    """The id of the day's last visit in a state, with just these lights not passed; None for any."""
    hand.go("today")
    rows = cast("TodayPage", hand.page).table.rows
    lines = [rows.row_at(at) for at in range(rows.rowCount())]
    visits = [one.visit for one in lines if one.visit is not None and one.visit.state == state]
    found = [
        one.visit_id
        for one in visits
        if not_passed is None
        or {name for name, light in one.lights.items() if light != "passed"} == not_passed
    ]
    return str(found[-1])


def _visit(state: str, button: str, *, not_passed: set[str] | None = None) -> Callable[[Hand], None]:
    def open_it(hand: Hand) -> None:
        hand.go("visit", visit_in(hand, state, not_passed=not_passed))
        if state in {"draft", "deferred"}:
            cast("VisitPage", hand.page).go("sign")
        hand.press(button)

    return open_it


def _exam_paper(hand: Hand) -> None:
    hand.go("visit", visit_in(hand, "draft"))
    page = cast("VisitPage", hand.page)
    page.go("exam")
    hand.press("visit.exam_elsewhere")
    hand.press("visit.exam_paper")


def _read_back(hand: Hand) -> None:
    hand.go("visit", visit_in(hand, "draft"))
    page = cast("VisitPage", hand.page)
    page.go("care")
    page.editing.put({"prp.kit_lot": "DEMO-K1"}, "kit", "prp.kit_lot")
    hand.settle()
    hand.press("visit.read_back")


def _hand_over(hand: Hand) -> None:
    hand.go("visit", visit_in(hand, "draft", not_passed={"consent"}))
    cast("VisitPage", hand.page).go("consent")
    hand.press("visit.consent.hand_over")


def _protocol(hand: Hand) -> None:
    hand.go("protocols")
    hand.pick(hand.page.table, lambda one: one.approved_at is None)
    hand.press("protocols.approve")


def _call(hand: Hand) -> None:
    hand.go("follow-up")
    hand.page.everything.setChecked(True)
    hand.settle()
    hand.pick(hand.page.table, lambda _one: True)
    hand.page.table.opened.emit(hand.page.table.current())
    hand.settle()


def _wrong(hand: Hand) -> None:
    hand.go("follow-up")
    hand.page.everything.setChecked(True)
    hand.settle()
    hand.pick(hand.page.table, lambda _one: True)
    contact = hand.page.table.current()
    hand.page._wrong.begin(contact.patient_ref, Heard(contact.visit_id, "", "follow_up"))
    hand.settle()


def _recall(hand: Hand) -> None:
    hand.go("devices")
    hand.pick(hand.page.lots, lambda one: one.state == "in_use")
    hand.press("devices.recall")


def _stop_device(hand: Hand) -> None:
    hand.go("devices")
    # The demo has one alone.
    hand.page.devices.selectRow(0)
    hand.press("devices.stop_device")


def _correct_device(hand: Hand) -> None:
    hand.go("devices")
    hand.page.devices.selectRow(0)
    hand.press("devices.change_device")


def _add_device(hand: Hand) -> None:
    hand.go("devices")
    hand.press("devices.add_device")


def _on_devices(table: str, name: str) -> Callable[[Hand], None]:
    def go(hand: Hand) -> None:
        hand.go("devices")
        getattr(hand.page, table).selectRow(0)
        hand.press(name)

    return go


def _add_lot(hand: Hand) -> None:
    hand.go("devices")
    hand.press("devices.add_lot")


def _open_recall(hand: Hand) -> None:
    hand.go("recalls")
    hand.press("recalls.open")


def _not_expected(error: Exception) -> None:
    raise error


def _on_recall(name: str) -> Callable[[Hand], None]:
    """A sheet about a drill, which is held first where there is none."""

    def go(hand: Hand) -> None:
        def held(clinic: OpenClinic) -> None:
            if not list_recalls(clinic):
                open_recall(clinic, NewRecall("device", "SP-01", "A drill.", is_drill=True))

        hand.page._desk.ask(held, owner=hand.page, done=lambda _none: None, failed=_not_expected)
        hand.settle()
        hand.go("recalls")
        hand.settle()
        hand.press(name)

    return go


def _authorise(hand: Hand) -> None:
    hand.go("protocols")
    hand.press("protocols.authorise")


def _meeting(hand: Hand) -> None:
    hand.go("protocols")
    # Another way may have left the page there already.
    hand.page._back()
    hand.press("protocols.in_force")
    hand.press("in_force.duties")
    hand.settle()
    hand.press("duties.enter.director_visit")


def _meeting_back(hand: Hand) -> None:
    _meeting(hand)
    hand.find(QLineEdit, "meeting.note").setText("Read charts.")
    hand.press("meeting.confirm")
    hand.settle()
    hand.press("duties.back.director_visit.0")


def _find(hand: Hand) -> None:
    hand.go("devices")
    hand.press("rail.find")


def _keys(hand: Hand) -> None:
    hand.go("director")
    hand.workspace.show_keys()


OPEN_PLAN = {"planned", "arrived"}

WAYS = (
    Way("window.find", "okafor", _find, "find_box.typed"),
    Way("window.keys", "okafor", _keys),
    Way("chart.details", "okafor", _chart("edit"), "details.phone"),
    Way("chart.merge", "okafor", _chart("merge"), "merge.reason"),
    Way("chart.standing", "okafor", _chart("deceased"), "standing.note"),
    Way("chart.hold", "okafor", _chart("hold"), "hold.reason"),
    Way("chart.history_add", "okafor", _chart("history_add"), "history.words"),
    Way("chart.history_end", "okafor", _history_end, "history_end.reason"),
    Way("event.record", "okafor", _chart_event, "event.event"),
    Way("event.record", "okafor", _event_of_list, "event.told_by"),
    Way("event.who", "okafor", _event_who, "event_who.search"),
    Way("event.who", "desk", _event_of_today, "event_who.search"),
    Way("events.acknowledge", "okafor", _event("acknowledge", "tell"), "sign_sheet.reason"),
    Way("events.told", "okafor", _event("told", "tell"), "event_told.text"),
    Way("events.note", "okafor", _event("note", "follow"), "event_note.text"),
    Way("events.reported", "okafor", _event("reported", "follow"), "event_reported.report_number"),
    Way("events.close", "okafor", _event("close", "follow"), "event_close.text"),
    Way("visit.approve", "okafor", _visit("in_review", "visit.approve")),
    Way("visit.return", "okafor", _visit("in_review", "visit.return"), "sign_sheet.reason"),
    Way("visit.amend", "okafor", _visit("in_review", "visit.amend.correction"), "amend.reason"),
    Way("visit.release", "okafor", _visit("deferred", "visit.release"), "sign_sheet.reason"),
    Way("devices.add_lot", "okafor", _add_lot, "add_lot.lot"),
    Way("recalls.open", "okafor", _open_recall, "open_recall.named"),
    Way("recalls.contact", "okafor", _on_recall("recalls.contact"), "recall_contact.text"),
    Way("recalls.print", "okafor", _on_recall("recalls.print")),
    Way("recalls.close", "okafor", _on_recall("recalls.close")),
    Way("devices.paper", "okafor", _on_devices("papers", "devices.spoil_paper"), "spoil_paper.reason"),
    Way("devices.print_papers", "okafor", _on_devices("lots", "devices.print_papers"), "print_papers.count"),
    Way("devices.add_device", "okafor", _add_device, "add_device.model"),
    Way("devices.device", "okafor", _correct_device, "change_facts.reason"),
    Way("devices.lot", "okafor", _recall, "open_recall.reason"),
    Way("devices.device", "okafor", _stop_device, "change_device.reason"),
    Way("follow_up.call", "okafor", _call, "follow_up.note"),
    Way("event.record", "okafor", _wrong, "event.told_by"),
    Way("protocols.approve", "okafor", _protocol),
    Way("protocols.authorise", "okafor", _authorise, "authorise.products"),
    Way("protocols.meeting", "okafor", _meeting, "meeting.note"),
    Way("protocols.meeting_back", "okafor", _meeting_back, "meeting_back.reason"),
    Way("account.password", "okafor", _section("account", "account.password")),
    Way("account.code", "okafor", _section("account", "account.code"), "make_code.out"),
    Way("account.make_key", "okafor", _section("account", "account.key"), "make_key.second_user"),
    Way("account.factor", "okafor", _section("account", "account.factor"), "set_factor.factor_out"),
    Way("account.no_factor", "lind", _section("account", "account.no_factor"), "set_factor.factor"),
    Way("patients.new", "lind", _new_patient, "new_patient.notes"),
    Way("patients.start_visit", "lind", _start_from_roster),
    Way("chart.start_visit", "lind", _chart("start_visit")),
    Way("visit.handover", "reyes", _hand_over),
    Way("visit.perform", "reyes", _visit("draft", "visit.sign", not_passed=set())),
    Way(
        "visit.telephone_order",
        "reyes",
        _visit("deferred", "visit.telephone_order"),
        "telephone_order.words",
    ),
    Way("visit.read_back", "reyes", _read_back, "read_back.last_name"),
    Way("visit.exam_paper", "reyes", _exam_paper, "exam_paper.title"),
    Way("visit.void", "reyes", _visit("draft", "visit.void"), "void.reason"),
    Way(
        "today.start",
        "reyes",
        _line(Qt.Key.Key_Return, lambda one: not one.service and one.state == "planned"),
    ),
    Way(
        "today.change",
        "desk",
        _line(Qt.Key.Key_F2, lambda one: one.state in OPEN_PLAN),
        "change_planned.note",
    ),
    Way(
        "today.cancel",
        "desk",
        _line(Qt.Key.Key_Delete, lambda one: one.state in OPEN_PLAN),
        "cancel_planned.reason",
    ),
    Way("today.bring_list", "desk", _bring_list, "day_sheet.text"),
    Way("rights.glass", "desk", _section("rights", "glass.open"), "glass.reason"),
    Way(
        "people.paper",
        "owner",
        _section("people", "people.paper", lambda one: one.role == "provider"),
        "enter_paper.number",
    ),
    Way(
        "people.end_paper",
        "owner",
        _section("people", "people.end_paper", lambda one: one.role == "provider"),
        "end_paper.reason",
    ),
    Way("people.add", "owner", _section("people", "people.add"), "add_person.name"),
    Way(
        "people.reset",
        "owner",
        _section("people", "people.reset", lambda one: one.role == "provider"),
        "reset_person.reason",
    ),
    Way(
        "people.extend",
        "owner",
        _section("people", "people.extend", lambda one: one.role == "inspector"),
        "extend_access.reason",
    ),
    Way(
        "people.end",
        "owner",
        _section("people", "people.end", lambda one: one.role == "provider"),
        "end_access.reason",
    ),
    Way("recovery.make_sheet", "owner", _section("recovery", "recovery.make_sheet"), "make_sheet.out"),
    Way(
        "recovery.revoke",
        "owner",
        _section("recovery", "recovery.revoke", lambda one: one.purpose == "signature"),
    ),
    Way("recovery.fingerprint", "owner", _section("recovery", "recovery.fingerprint"), "fingerprint.out"),
    Way("recovery.rotate", "owner", _section("recovery", "recovery.rotate"), "rotate.reason"),
    Way("recovery.device", "owner", _section("recovery", "recovery.device")),
    Way("backups.drill", "owner", _section("backups", "backups.drill", lambda _one: True), "drill.out"),
    Way(
        "backups.sheet_drill",
        "owner",
        _section("backups", "backups.sheet_drill", lambda _one: True),
        "sheet_drill.out",
    ),
    Way("backups.older_check", "owner", _older_check, "older_check.user"),
)
"""In the demo clinic."""

WAYS_OF_SMALL = (Way("today.clock", "okafor", _clock, "clock.reason"),)
"""In a clinic that tells the time by the computer's clock, which no demo does."""
