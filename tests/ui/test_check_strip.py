"""How the newest check ended stands on Today, and leads to what was found."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from mnclinic.services.daily_check import LastCheck, last_check
from mnclinic.services.print_documents import print_fingerprint_sheet
from mnclinic.ui.check_schedule import CheckSchedule
from mnclinic.ui.desk import Desk
from mnclinic.ui.inspection.page import InspectionPage
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.today.page import TodayPage
from tests.documents.scanning import scanned
from tests.services.clinic_builder import SmallClinic
from tests.services.conftest import built_clinic, clinic
from tests.services.reading import actions_since, log_size
from tests.store.raw import with_database_key

__all__ = ["built_clinic", "clinic"]

PATIENCE_MS = 60_000


def said(page: TodayPage | InspectionPage) -> str:
    """Every word that is shown."""
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def test_the_schedule_checks_and_today_tells_first_quietly_then_loudly_with_a_way_to_the_findings(
    clinic: SmallClinic, qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, "light")
    opened = clinic.as_user("desk")
    runner = TaskRunner("store")
    desk = Desk(opened, runner)
    page = TodayPage(desk)
    inspection = InspectionPage(desk)
    desk.changed.connect(page.refresh)
    wanted: list[tuple[str, object]] = []
    desk.wanted.connect(lambda name, what: wanted.append((name, what)))
    qtbot.addWidget(page)
    qtbot.addWidget(inspection)
    page.show()
    schedule = CheckSchedule(desk, parent=desk)
    try:
        schedule.look()
        qtbot.waitUntil(lambda: "everything is as it was entered" in said(page), timeout=PATIENCE_MS)
        button = page.findChild(QPushButton, "today.check.findings")
        assert button is not None
        assert not button.isVisibleTo(page)
        with with_database_key(clinic) as connection:
            connection.execute(text("UPDATE clinic SET name = 'Another'"))
        clinic.clock.at += timedelta(days=1)
        schedule.look()
        qtbot.waitUntil(lambda: "ALTERED" in said(page), timeout=PATIENCE_MS)
        button.click()
        ((name, what),) = wanted
        assert name == "inspection"
        assert isinstance(what, LastCheck)
        inspection.show_page(what)
        assert "its name or kind is not what the log entered" in said(inspection)
    finally:
        schedule.end()
        runner.close()


def test_a_check_that_a_person_asks_for_shows_how_far_it_is_and_is_entered(
    clinic: SmallClinic, qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, "light")
    opened = clinic.as_user("desk")
    runner = TaskRunner("store")
    page = InspectionPage(Desk(opened, runner))
    qtbot.addWidget(page)
    page.show()
    size = log_size(opened)
    try:
        page.check.click()
        assert page.progress.isVisibleTo(page)
        page.progress.stop()
        qtbot.waitUntil(lambda: "Nothing half-done was kept" in said(page), timeout=PATIENCE_MS)
        assert actions_since(opened, size) == []
        page.check.click()
        qtbot.waitUntil(lambda: "OK: everything is as it was entered" in said(page), timeout=PATIENCE_MS)
        assert not page.progress.isVisibleTo(page)
        assert actions_since(opened, size) == ["store.checked"]
        assert last_check(opened) is not None
    finally:
        runner.close()


def test_a_checkpoint_off_a_printed_page_is_compared_in_the_window(
    clinic: SmallClinic, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    apply_theme(qapp, "light")
    opened = clinic.as_user("desk")
    print_fingerprint_sheet(clinic.as_user("owner"), tmp_path / "sheet.pdf")
    (paper,) = [one for one in scanned((tmp_path / "sheet.pdf").read_bytes()) if one.startswith("mnclinic/")]
    runner = TaskRunner("store")
    page = InspectionPage(Desk(opened, runner))
    qtbot.addWidget(page)
    page.show()
    try:
        # A scanner types what it reads, on a keyboard that has no dash.
        for line in paper.replace("\u2014", "-").splitlines():
            QTest.keyClicks(page.given, line)
            QTest.keyClick(page.given, Qt.Key.Key_Return)
        page.check.click()
        qtbot.waitUntil(lambda: "goes on from the checkpoint given" in said(page), timeout=PATIENCE_MS)
        page.given.setPlainText(f"mnclinic/other\n{paper}")
        page.check.click()
        qtbot.waitUntil(lambda: "UNREADABLE" in said(page), timeout=PATIENCE_MS)
        assert "The store by itself is OK" in said(page)
        last = last_check(opened)
        assert last is not None
        assert last.verdict == "OK", "a bad page says nothing of the store"
        page.given.setPlainText("nothing is here.txt")
        page.check.click()
        qtbot.waitUntil(lambda: "No checkpoint can be read there" in said(page), timeout=PATIENCE_MS)
    finally:
        runner.close()
