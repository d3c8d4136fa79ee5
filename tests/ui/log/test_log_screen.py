"""The log in the window: sentences, pages, filters, histories, who looked, and what does not hold."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.services.attachments import NewAttachment, keep_attachment
from mnclinic.services.back_up import back_up
from mnclinic.services.break_glass import break_glass
from mnclinic.services.clinic_meetings import record_drill
from mnclinic.services.find_patients import show_patient
from mnclinic.services.record_visit import record_visit
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from mnclinic.ui.desk import Desk
from mnclinic.ui.devices.page import DevicesPage
from mnclinic.ui.director.page import DirectorPage
from mnclinic.ui.inspection.page import InspectionPage
from mnclinic.ui.log.page import LogScreen
from mnclinic.ui.log.ways import filter_of
from mnclinic.ui.patients.consents_part import ConsentsPart
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.protocols.duties import DutiesView
from mnclinic.ui.protocols.page import ProtocolsPage
from mnclinic.ui.settings.backups import BackupsSection
from mnclinic.ui.settings.lock import LockSection
from mnclinic.ui.settings.people import PeopleSection
from mnclinic.ui.settings.recovery import RecoverySection
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.words import STANDING_LOOK
from tests.services.clinic_builder import SmallClinic, document
from tests.services.conftest import Work, after_work, built_clinic, clinic_after
from tests.services.events import note_down
from tests.services.reading import actions_since, log_size
from tests.store.raw import with_database_key

__all__ = ["after_work", "built_clinic", "clinic_after"]

PATIENCE_MS = 60_000

SCAN = b"%PDF-1.7\nA page.\n%%EOF\n"


@dataclass
class Seat:
    """Somebody's desk, and the runner whose work a test waits for."""

    desk: Desk
    runner: TaskRunner
    qtbot: QtBot

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.runner.is_busy, timeout=PATIENCE_MS)

    def shown(self, page: QWidget, what: object = None) -> Any:  # noqa: ANN401 - each page has parts of its own
        self.qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        cast("Any", page).show_page(what)
        self.settle()
        return page


def _recorded(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    clinic.close()


@pytest.fixture
def recorded(clinic_after: Callable[[Work], SmallClinic]) -> SmallClinic:
    """V-000001 of Ada Testerman, recorded by T. Reyes."""
    return clinic_after(_recorded)


@pytest.fixture
def seat_of(recorded: SmallClinic, qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[str], Seat]]:
    apply_theme(qapp, "light")
    runners: list[TaskRunner] = []

    def sit_down(user: str) -> Seat:
        runner = TaskRunner(f"store of {user}")
        runners.append(runner)
        return Seat(Desk(recorded.as_user(user), runner), runner, qtbot)

    yield sit_down
    for runner in runners:
        runner.close()


def sentences(screen: LogScreen) -> list[str]:
    return [screen.table.rows.row_at(at).sentence for at in range(screen.table.rows.rowCount())]


def press(qtbot: QtBot, within: QObject, name: str) -> None:
    found = within.findChild(QPushButton, name)
    assert found is not None, name
    cast("Any", qtbot).mouseClick(found, Qt.MouseButton.LeftButton)


def wanted_by(desk: Desk) -> list[tuple[str, object]]:
    wanted: list[tuple[str, object]] = []
    desk.wanted.connect(lambda name, what: wanted.append((name, what)))
    return wanted


def test_the_log_is_shown_newest_first_and_the_chosen_entry_in_full(seat_of: Callable[[str], Seat]) -> None:
    seat = seat_of("okafor")
    screen: LogScreen = seat.shown(LogScreen(seat.desk))
    assert sentences(screen)[0] == "Dr I. Okafor, MD read the log"
    assert "T. Reyes, RN signed visit V-000001 of Ada Testerman (P-000001) as performer" in sentences(screen)
    assert screen.sentence.text() == sentences(screen)[0]
    assert screen.facts.text().startswith(f"Entry {log_size(seat.desk.clinic)} · 23 Nov 2026, 09:00:")
    assert " -06:00 · Director · " in screen.facts.text()
    assert screen.count.text() == f"{len(sentences(screen))} entries on this page"
    assert not screen.newer.isEnabled()


def test_pages_are_turned_by_the_keyboard_and_are_one_reading(
    seat_of: Callable[[str], Seat], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from mnclinic.services.read_log import open_log
    from mnclinic.ui.log import page as page_module

    monkeypatch.setattr(
        page_module, "open_log", lambda clinic, wanted: open_log(clinic, wanted, page_size=10)
    )
    seat = seat_of("owner")
    size = log_size(seat.desk.clinic)
    screen: LogScreen = seat.shown(LogScreen(seat.desk))
    first = sentences(screen)
    alt = Qt.KeyboardModifier.AltModifier
    cast("Any", qtbot).keyClick(screen.table, Qt.Key.Key_PageDown, alt)
    seat.settle()
    assert set(sentences(screen)).isdisjoint(first[:1])
    assert screen.newer.isEnabled()
    cast("Any", qtbot).keyClick(screen.table, Qt.Key.Key_PageDown, alt)
    seat.settle()
    cast("Any", qtbot).keyClick(screen.table, Qt.Key.Key_Home, alt)
    seat.settle()
    assert sentences(screen) == first
    seat.desk.changed.connect(screen.refresh)
    seat.desk.changed.emit()
    seat.settle()
    assert actions_since(seat.desk.clinic, size) == ["log.viewed"]


def test_a_filter_is_asked_for_once_and_a_wrong_one_is_told_beside_its_field(
    seat_of: Callable[[str], Seat], qtbot: QtBot
) -> None:
    seat = seat_of("owner")
    screen: LogScreen = seat.shown(LogScreen(seat.desk))
    size = log_size(seat.desk.clinic)
    form = screen.filters
    form.first.setText("23.11.2026")
    form.patient.setText("P-9")
    press(qtbot, screen, "log.show")
    seat.settle()
    assert "YYYY-MM-DD" in form.fields["from"].problem.text()
    assert form.fields["patient"].problem.text() == "No patient has this record number."
    form.first.setText("2026-11-23")
    cast("Any", qtbot).keyClick(form.patient, Qt.Key.Key_Return)
    seat.settle()
    assert form.fields["from"].problem.isHidden()
    assert form.fields["patient"].problem.text() == "No patient has this record number."
    assert log_size(seat.desk.clinic) == size
    form.patient.setText("P-000001")
    form.kind.setCurrentText("Signed or decided")
    form.person.setCurrentText("T. Reyes, RN")
    press(qtbot, screen, "log.show")
    seat.settle()
    assert sentences(screen) == [
        "T. Reyes, RN signed visit V-000001 of Ada Testerman (P-000001) as performer"
    ]
    assert form.fields["patient"].problem.isHidden()
    form.kind.setCurrentText("Backups")
    press(qtbot, screen, "log.show")
    seat.settle()
    assert (sentences(screen), screen.sentence.text()) == ([], "")
    assert not screen.export.isEnabled()
    press(qtbot, screen, "log.clear")
    seat.settle()
    assert len(sentences(screen)) > 10
    assert actions_since(seat.desk.clinic, size) == ["log.viewed"] * 3


def test_a_broken_signature_is_a_word_in_the_list_and_below_it(
    recorded: SmallClinic, seat_of: Callable[[str], Seat]
) -> None:
    with with_database_key(recorded) as connection:
        connection.exec_driver_sql(
            "UPDATE log_entry SET signature = zeroblob(64) WHERE action = 'visit.performed'"
        )
    seat = seat_of("owner")
    screen: LogScreen = seat.shown(LogScreen(seat.desk), "visit:V-000001")
    assert screen._header.title.text() == "History of visit V-000001"
    model = screen.table.rows
    words = [model.index(at, 2).data() for at in range(model.rowCount())]
    assert words == ["Holds", "Signature does not hold", "Holds"]
    screen.table.selectRow(1)
    assert screen._wrong.accessibleName() == "Signature does not hold. It is not what its author signed."
    assert "1 of them not as entered" in screen.count.text()
    screen.table.selectRow(0)
    assert screen._wrong.isHidden()


def test_what_is_wrong_with_every_part_of_a_question_covers_no_entry(
    seat_of: Callable[[str], Seat], qtbot: QtBot
) -> None:
    seat = seat_of("owner")
    screen: LogScreen = seat.shown(LogScreen(seat.desk), None)
    for line, typed in zip(
        screen.filters.findChildren(QLineEdit), ("nonsense", "2026-02-30", "P-9"), strict=True
    ):
        line.setText(typed)
    press(qtbot, screen, "log.show")
    seat.settle()
    assert not screen._banner.isHidden()
    screen.table.selectRow(0)
    QApplication.sendPostedEvents()
    # As much as a window of 1280 × 720 leaves a page, under the stripe of a demo too.
    assert cast("QLayout", screen.layout()).totalMinimumHeightForWidth(1180) <= 617
    press(qtbot, screen, "log.clear")
    seat.settle()
    assert screen._banner.isHidden()


def test_every_standing_has_its_own_word_shape_and_none_is_colour_alone() -> None:
    assert len({look.word for look in STANDING_LOOK.values()}) == len(STANDING_LOOK)
    good = STANDING_LOOK[next(iter(STANDING_LOOK))]
    assert all(look.shape != good.shape for look in list(STANDING_LOOK.values())[1:])


def test_what_is_asked_further_stays_with_the_record_until_it_is_cleared(
    seat_of: Callable[[str], Seat], qtbot: QtBot
) -> None:
    seat = seat_of("owner")
    screen: LogScreen = seat.shown(LogScreen(seat.desk), "visit:V-000001")
    screen.filters.kind.setCurrentText("Signed or decided")
    press(qtbot, screen, "log.show")
    seat.settle()
    assert sentences(screen) == [
        "T. Reyes, RN signed visit V-000001 of Ada Testerman (P-000001) as performer"
    ]
    assert screen._header.title.text() == "History of visit V-000001"
    press(qtbot, screen, "log.clear")
    seat.settle()
    assert screen._header.title.text() == "Log"


def test_who_looked_is_listed_by_sitting(seat_of: Callable[[str], Seat]) -> None:
    reyes = seat_of("lind")
    patients: PatientsPage = reyes.shown(PatientsPage(reyes.desk))
    patients._open_current()
    reyes.settle()
    seat = seat_of("okafor")
    screen: LogScreen = seat.shown(LogScreen(seat.desk), f"looks:{patients._current}")
    assert screen._header.title.text() == "Who looked at the chart of Ada Testerman (P-000001)"
    rows = [screen.sittings.rows.row_at(at) for at in range(screen.sittings.rows.rowCount())]
    assert [one.who for one in rows] == ["Dr I. Okafor, MD", "G. Lind, NP"]
    screen.sittings.selectRow(1)
    assert screen.sentence.text().startswith("G. Lind, NP opened the record of Ada Testerman")


def test_the_table_is_written_and_told(seat_of: Callable[[str], Seat], tmp_path: Path, qtbot: QtBot) -> None:
    seat = seat_of("owner")
    screen: LogScreen = seat.shown(LogScreen(seat.desk), "device:SP-01")
    told: list[str] = []
    seat.desk.told.connect(told.append)
    screen.export_to(tmp_path / "device.csv")
    seat.settle()
    assert told == ["1 entry written to device.csv"]
    with (tmp_path / "device.csv").open(encoding="utf-8", newline="") as file:
        assert [row[5] for row in csv.reader(file)] == ["what", "M. Castellan added the device SP-01"]
    screen.export_to(tmp_path / "missing" / "device.csv")
    seat.settle()
    assert "is not there" in screen._banner.accessibleName()
    assert screen.export.isEnabled()


def test_every_record_leads_to_its_history(seat_of: Callable[[str], Seat], qtbot: QtBot) -> None:
    seat = seat_of("okafor")
    wanted = wanted_by(seat.desk)
    visit: VisitPage = seat.shown(VisitPage(seat.desk), "V-000001")
    press(qtbot, visit, "visit.history")
    patients: PatientsPage = seat.shown(PatientsPage(seat.desk))
    press(qtbot, patients, "patients.history")
    press(qtbot, patients, "patients.looks")
    devices: DevicesPage = seat.shown(DevicesPage(seat.desk))
    press(qtbot, devices, "devices.device_history")
    press(qtbot, devices, "devices.lot_history")
    protocols: ProtocolsPage = seat.shown(ProtocolsPage(seat.desk))
    press(qtbot, protocols, "protocols.history")
    people = PeopleSection(seat.desk)
    qtbot.addWidget(people)
    people.show()
    people.refresh()
    seat.settle()
    press(qtbot, people, "people.history")
    press(qtbot, seat.shown(InspectionPage(seat.desk)), "inspection.log")
    ways = [str(what) for name, what in wanted if name == "log" and what is not None]
    assert [way.partition(":")[0] for way in ways] == [
        "visit",
        "patient",
        "looks",
        "device",
        "lot",
        "consent_text",
        "person",
    ]
    assert wanted[-1] == ("log", None)
    for way in ways:
        screen: LogScreen = seat.shown(LogScreen(seat.desk), way)
        assert screen._banner.isHidden(), way
        assert screen._header.title.text().startswith(("History of ", "Who looked at the chart of ")), way


def test_papers_of_a_person_and_meetings_of_the_clinic_lead_to_their_history(
    recorded: SmallClinic, seat_of: Callable[[str], Seat], qtbot: QtBot
) -> None:
    desk, owner = recorded.as_user("desk"), recorded.as_user("owner")
    keep_attachment(desk, "P-000001", NewAttachment("consent", "Consent", SCAN, date(2026, 11, 23)))
    withdraw_consent(desk, "P-000001", NewWithdrawal(withdrawn_by="Ada"))
    record_drill(owner, date(2026, 11, 23), "Anaphylaxis, everybody there.")
    seat = seat_of("okafor")
    wanted = wanted_by(seat.desk)
    part, duties = ConsentsPart(seat.desk), DutiesView(seat.desk)
    for widget in (part, duties):
        qtbot.addWidget(widget)
        widget.show()
    part.show_person(show_patient(desk, "P-000001").ref)
    duties.look()
    seat.settle()
    press(qtbot, part, "chart.withdrawal_log.0")
    press(qtbot, part, "chart.file_log.0")
    press(qtbot, duties, "duties.history.drill.0")
    ways = [str(what) for _, what in wanted]
    assert [way.partition(":")[0] for way in ways] == ["consent_withdrawal", "attachment", "meeting"]
    for way in ways:
        screen: LogScreen = seat.shown(LogScreen(seat.desk), way)
        assert screen._banner.isHidden(), way
        assert screen._header.title.text().startswith("History of "), way


def test_records_in_settings_and_on_other_pages_lead_to_their_history_too(
    recorded: SmallClinic, seat_of: Callable[[str], Seat], qtbot: QtBot
) -> None:
    with recorded.signing("reyes") as (reyes, _):
        note_down(reyes, visit_id="V-000001", event="redness", grade=1, noted_on=date(2026, 11, 23), note="")
    owner = recorded.as_user("owner")
    break_glass(owner, "Nobody else is here and the patient has to be told.")
    back_up(owner)
    owner.close()
    seat = seat_of("owner")
    wanted = wanted_by(seat.desk)
    for section, names in (
        (RecoverySection(seat.desk), ["recovery.key_history", "recovery.sheet_history"]),
        (BackupsSection(seat.desk), ["backups.history", "backups.plan_history", "backups.hold_history"]),
        (LockSection(seat.desk), ["settings.idle_lock_history"]),
    ):
        qtbot.addWidget(section)
        section.show()
        section.refresh()
        seat.settle()
        for name in names:
            press(qtbot, section, name)
    ways = [str(what) for _, what in wanted]
    director = seat_of("okafor")
    wanted = wanted_by(director.desk)
    page = director.shown(DirectorPage(director.desk))
    (button,) = [one for one in page.findChildren(QPushButton) if "director.history" in one.objectName()]
    press(qtbot, page, button.objectName())
    page = director.shown(VisitPage(director.desk), "V-000001")
    (button,) = [one for one in page.findChildren(QPushButton) if "event_history" in one.objectName()]
    press(qtbot, page, button.objectName())
    ways += [str(what) for _, what in wanted]
    kinds = ["key", "recovery_sheet", "backup", "setting", "setting", "setting", "glass", "adverse_event"]
    assert [way.partition(":")[0] for way in ways] == kinds
    for way in ways:
        screen: LogScreen = seat.shown(LogScreen(seat.desk), way)
        assert screen._banner.isHidden(), way
        assert screen._header.title.text().startswith("History of "), way
        assert (screen.table.rows.rowCount() > 0) == (not way.startswith("setting:")), way


def test_who_may_not_read_the_log_is_shown_no_way_to_it(seat_of: Callable[[str], Seat]) -> None:
    seat = seat_of("reyes")
    for page, names in (
        (VisitPage(seat.desk), ["visit.history"]),
        (PatientsPage(seat.desk), ["patients.history", "patients.looks"]),
        (DevicesPage(seat.desk), ["devices.device_history", "devices.lot_history"]),
        (ProtocolsPage(seat.desk), ["protocols.history"]),
    ):
        seat.shown(page, "V-000001" if isinstance(page, VisitPage) else None)
        for name in names:
            found = page.findChild(QPushButton, name)
            assert found is not None
            assert not found.isVisibleTo(page), name
    assert seat.shown(InspectionPage(seat.desk)).findChild(QPushButton, "inspection.log") is None
    screen: LogScreen = seat.shown(LogScreen(seat.desk))
    assert "may not look at the log" in screen._banner.accessibleName()


@pytest.mark.parametrize("what", [None, "looks"])
def test_every_control_that_takes_the_keyboard_has_a_name(
    seat_of: Callable[[str], Seat], what: str | None
) -> None:
    seat = seat_of("owner")
    screen: LogScreen = seat.shown(LogScreen(seat.desk), what and "looks:P-000001")
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in screen.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


@pytest.mark.parametrize("way", [None, "", "log", "visit:"])
def test_a_way_that_names_nothing_leads_to_the_whole_log(way: str | None) -> None:
    wanted, is_about_looks = filter_of(way)
    assert (wanted == type(wanted)(), is_about_looks) == (True, False)
