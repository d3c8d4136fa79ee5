"""A long job says how far it is, in words and figures, and can be stopped while that leaves nothing."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.errors import ClinicError
from mnclinic.services import bundle_pages, print_documents, read_log, rotate_database_key
from mnclinic.services.find_patients import find_patients, show_patient
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.end_access import KEY_CHANGE_STOPPED
from mnclinic.store import rotation
from mnclinic.store.engine import DATABASE_NAME, salt_in_file
from mnclinic.ui.ask_sheet import OWN_PASSWORD, AskSheet
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import ProgressLine, Scroller
from mnclinic.ui.inspection.page import InspectionPage
from mnclinic.ui.log.page import LogScreen
from mnclinic.ui.login import WelcomePage
from mnclinic.ui.patients.chart import PatientChart
from mnclinic.ui.progress import Progress
from mnclinic.ui.settings.people import PeopleSection
from mnclinic.ui.settings.recovery import RecoverySection
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from tests.services.clinic_builder import PASSWORDS, SmallClinic, document
from tests.services.conftest import built_clinic, clinic
from tests.services.reading import actions_since, log_size, problems_found
from tests.ui.conftest import Noon

__all__ = ["built_clinic", "clinic"]

PATIENCE_MS = 60_000
TURNS = 10
"""Of the window's own thread; one that waits for a job makes none."""


def words_of(panel: Progress) -> str:
    (words,) = [one for one in panel.findChildren(QLabel) if one.objectName().endswith(".words")]
    return words.text()


def cancel_of(panel: Progress) -> QPushButton:
    (cancel,) = panel.findChildren(QPushButton)
    return cancel


# --- the panel ------------------------------------------------------------------------------------


@pytest.fixture
def begun(qapp: QApplication, qtbot: QtBot) -> Iterator[tuple[Progress, QPushButton]]:
    """The panel of a job, begun with the keyboard on the button above it."""
    apply_theme(qapp, "light")
    page = QWidget()
    lines = QVBoxLayout(page)
    start, panel = QPushButton("Begin"), Progress("job", no_way_back="naming")
    lines.addWidget(start)
    lines.addWidget(panel)
    lines.addWidget(QPushButton("Another"))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    start.setFocus()
    panel.begin("Copying", shuts=start)
    yield panel, start
    page.close()


def test_it_says_in_words_and_figures_how_far_the_job_is(begun: tuple[Progress, QPushButton]) -> None:
    panel, _ = begun
    bar = cast("ProgressLine", panel.findChild(ProgressLine))
    assert bar.is_waiting
    assert panel.watch("attachments", 250, 1000)
    assert words_of(panel) == "Copying: attachments, 25 %"
    assert (bar.value(), bar.accessibleName()) == (250, "Copying")
    panel._since_told.invalidate()
    assert panel.watch("attachments", 3000, 1000), "more than was expected is the whole"
    assert words_of(panel).endswith("100 %")
    panel._since_told.invalidate()
    panel.watch("hashing", 0, 0)
    assert (words_of(panel), bar.is_waiting) == ("Copying: hashing", True)


def test_the_keyboard_is_on_cancel_meanwhile_and_on_the_button_again_afterwards(
    begun: tuple[Progress, QPushButton],
) -> None:
    panel, start = begun
    assert cancel_of(panel).hasFocus()
    assert not start.isEnabled()
    panel.stop()
    assert not panel.watch("attachments", 0, 0)
    assert words_of(panel) == "Stopping …"
    start.setEnabled(True)
    panel.end()
    assert start.hasFocus()


def test_from_the_step_on_after_which_stopping_stops_less_the_button_says_what_it_stops(
    qtbot: QtBot,
) -> None:
    panel = Progress("job", no_way_back="naming", later=("ending", "Stop the change of the key"))
    qtbot.addWidget(panel)
    panel.begin("Ending")
    panel.watch("looking", 0, 0)
    assert cancel_of(panel).text() == "Cancel"
    assert panel.watch("ending", 0, 0)
    panel.watch("copying", 1, 9)
    assert (cancel_of(panel).text(), cancel_of(panel).isEnabled()) == ("Stop the change of the key", True)
    panel.watch("naming", 0, 0)
    assert not cancel_of(panel).isEnabled()
    panel.begin("Once more")
    assert cancel_of(panel).text() == "Cancel"


def test_whoever_went_elsewhere_keeps_the_keyboard_there(begun: tuple[Progress, QPushButton]) -> None:
    panel, start = begun
    (other,) = [one for one in panel.window().findChildren(QPushButton) if one.text() == "Another"]
    other.setFocus()
    start.setEnabled(True)
    panel.end()
    assert other.hasFocus()


def test_it_is_scrolled_to_where_it_would_stand_below_the_edge(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, "light", 2.0)
    inner = QWidget()
    lines = QVBoxLayout(inner)
    tall, start, panel = QWidget(), QPushButton("Begin"), Progress("job")
    tall.setFixedHeight(900)
    for one in (tall, start, panel):
        lines.addWidget(one)
    area = Scroller(inner)
    qtbot.addWidget(area)
    area.resize(600, 400)
    area.show()
    panel.begin("Copying", shuts=start)
    qtbot.waitUntil(lambda: not cancel_of(panel).visibleRegion().isEmpty(), timeout=PATIENCE_MS)


def test_past_the_point_of_no_return_the_button_says_so_and_stops_nothing(
    begun: tuple[Progress, QPushButton],
) -> None:
    panel, start = begun
    assert panel.watch("naming", 0, 0)
    cancel = cancel_of(panel)
    assert (cancel.text(), cancel.isEnabled()) == ("Can no longer be stopped", False)
    assert cancel.accessibleName() == cancel.text()
    panel.stop()
    assert panel.watch("closing", 0, 0)
    start.setEnabled(True)
    panel.end()
    panel.begin("Copying", shuts=start)
    assert (cancel.text(), cancel.isEnabled()) == ("Cancel", True)


def test_whoever_pressed_in_time_is_heard_at_that_point(begun: tuple[Progress, QPushButton]) -> None:
    panel, _ = begun
    cancel_of(panel).click()
    assert not panel.watch("naming", 0, 0)
    assert cancel_of(panel).text() == "Cancel"


def test_a_job_whose_page_has_gone_stops_unless_it_is_past_that_point(
    begun: tuple[Progress, QPushButton],
) -> None:
    panel, _ = begun
    late = Progress("late", no_way_back="naming")
    assert late.watch("naming", 0, 0)
    for one in (panel, late):
        shiboken6.delete(one)
    assert not panel.watch("attachments", 0, 0)
    assert late.watch("closing", 0, 0)


# --- the jobs -------------------------------------------------------------------------------------


class Pulse(QObject):
    """Notes each turn of the window's own thread and each time that a page is painted."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.turns = self.painted = 0
        self._page = page
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self._turn)
        self._timer.start()
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        self.painted += event.type() == QEvent.Type.Paint
        return False

    def _turn(self) -> None:
        self.turns += 1
        self._page.update()


@dataclass
class AtWork:
    """Somebody at the clinic, and a gate at which a job waits in its middle."""

    bot: QtBot
    clinic: SmallClinic
    owner: OpenClinic
    desk: Desk
    reached: Event
    gate: Event

    def until(self, fact: Callable[[], bool]) -> None:
        self.bot.waitUntil(fact, timeout=PATIENCE_MS)

    def show(self, page: QWidget) -> None:
        self.bot.addWidget(page)
        page.resize(1000, 800)
        page.show()
        page.activateWindow()
        self.until(lambda: not self.desk.runner.is_busy)

    def held(self, job: Callable[..., Any]) -> Callable[..., Any]:
        """The same, once the gate is open."""

        def waits(*args: object, **words: object) -> object:
            self.reached.set()
            assert self.gate.wait(PATIENCE_MS / 1000)
            return job(*args, **words)

        return waits

    def cancel(self, panel: Progress) -> None:
        """Press Cancel with the keyboard, and wait until the job has ended."""
        panel.activateWindow()
        cancel_of(panel).setFocus()
        cast("Any", self.bot).keyClick(cancel_of(panel), Qt.Key.Key_Space)
        assert words_of(panel) == "Stopping …"
        self.gate.set()
        self.until(lambda: not self.desk.runner.is_busy)
        assert panel.isHidden()


@pytest.fixture
def at_work(clinic: SmallClinic, qapp: QApplication, qtbot: QtBot) -> Iterator[AtWork]:
    apply_theme(qapp, "light")
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    # The database key is changed only where nobody else has the clinic open.
    clinic.close()
    owner, runner = clinic.as_user("owner"), TaskRunner("store")
    at = AtWork(qtbot, clinic, owner, Desk(owner, runner), Event(), Event())
    yield at
    at.gate.set()
    runner.close()


def test_while_a_bundle_is_made_the_window_paints_and_the_store_answers_and_cancel_leaves_nothing(
    at_work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, out = InspectionPage(at_work.desk), tmp_path / "out"
    out.mkdir()
    at_work.show(page)
    size = log_size(at_work.owner)
    page.plain.setChecked(True)
    page.out.setText(str(out / "bundle.zip"))
    monkeypatch.setattr(bundle_pages, "draw_page", at_work.held(bundle_pages.draw_page))
    page.make.click()
    at_work.until(at_work.reached.is_set)
    assert not page.make.isEnabled()
    pulse, found = Pulse(page), list[Any]()
    at_work.desk.ask(
        lambda clinic: find_patients(clinic, "testerman"), owner=page, done=found.append, failed=found.append
    )
    at_work.until(lambda: bool(found) and pulse.painted > TURNS and pulse.turns > TURNS)
    assert [one.record_number for one in found[0].rows] == ["P-000001"], "answered while the bundle is drawn"
    at_work.cancel(page.making)
    assert (log_size(at_work.owner), list(out.iterdir())) == (size, [])
    assert problems_found(at_work.owner) == []
    assert page.make.isEnabled()
    assert page._banner.accessibleName().startswith("Stopped before it was finished, as you asked.")
    page.make.click()
    at_work.until(lambda: not at_work.desk.runner.is_busy)
    assert (out / "bundle.zip").is_file()


def test_while_a_chart_is_written_the_window_paints_and_cancel_leaves_nothing(
    at_work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, out = PatientChart(at_work.desk), tmp_path / "out"
    out.mkdir()
    at_work.show(page)
    page.show_card(show_patient(at_work.owner, "P-000001"))
    at_work.until(lambda: not at_work.desk.runner.is_busy)
    size = log_size(at_work.owner)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out / "chart.pdf"), ""))
    monkeypatch.setattr(
        "mnclinic.services.print_patient_chart.visit_in_chart", at_work.held(print_documents.visit_in_chart)
    )
    page._acts["print"].trigger()
    at_work.until(at_work.reached.is_set)
    pulse = Pulse(page)
    at_work.until(lambda: pulse.painted > TURNS and pulse.turns > TURNS)
    assert words_of(page._printing).startswith("Writing the chart")
    at_work.cancel(page._printing)
    assert (log_size(at_work.owner), list(out.iterdir())) == (size, [])
    assert page._trouble.accessibleName().startswith("Stopped before it was finished, as you asked.")
    page._acts["print"].trigger()
    at_work.until(lambda: not at_work.desk.runner.is_busy)
    assert (out / "chart.pdf").is_file()
    assert page._trouble.isHidden()


def test_cancel_leaves_no_table_of_the_log(
    at_work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, out = LogScreen(at_work.desk), tmp_path / "out"
    out.mkdir()
    at_work.show(page)
    page.show_page(None)
    at_work.until(lambda: not at_work.desk.runner.is_busy)
    size = log_size(at_work.owner)
    monkeypatch.setattr(read_log, "table_of", at_work.held(read_log.table_of))
    least = page.minimumSizeHint().height()
    page.export_to(out / "log.csv")
    at_work.until(at_work.reached.is_set)
    # A layout's hints are of two times until Qt has passed its requests upwards.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert page.minimumSizeHint().height() <= least, "the window grows no higher for it"
    page.refresh()
    at_work.until(lambda: not at_work.desk.runner._short)
    assert not page.export.isEnabled(), "also after the list was read anew"
    at_work.cancel(page.exporting)
    assert (log_size(at_work.owner), list(out.iterdir())) == (size, [])
    assert page.export.isEnabled()


def test_cancel_takes_a_change_of_the_database_key_back(
    at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = RecoverySection(at_work.desk)
    at_work.show(section)
    section.refresh()
    at_work.until(lambda: not at_work.desk.runner.is_busy)
    size, salt = log_size(at_work.owner), salt_in_file(at_work.clinic.folder / DATABASE_NAME)
    copying = at_work.held(rotation.copy_under_new_key)
    monkeypatch.setattr(rotate_database_key, "copy_under_new_key", copying)

    section.ask_rotate()
    sheet = section.window().findChildren(AskSheet)[-1]
    for name, typed in (("reason", "yearly"), (OWN_PASSWORD, PASSWORDS["owner"])):
        (field,) = sheet.findChildren(QLineEdit, f"rotate.{name}")
        field.setText(typed)
    (confirm,) = sheet.findChildren(QPushButton, "rotate.confirm")
    confirm.click()
    at_work.until(at_work.reached.is_set)
    (panel,) = sheet.findChildren(Progress)
    at_work.cancel(panel)
    assert salt_in_file(at_work.clinic.folder / DATABASE_NAME) == salt
    assert actions_since(at_work.owner, size)[::2] == [
        "database_key.rotation_begun",
        "database_key.rotation_abandoned",
    ]
    assert problems_found(at_work.owner) == []
    assert sheet.isVisible(), "what came of it is told"
    assert sheet._banner.accessibleName().startswith("Stopped before it was finished, as you asked.")
    confirm.click()
    at_work.until(lambda: not at_work.desk.runner.is_busy)
    assert not sheet.isVisible()
    assert section.banner.accessibleName() == "The database key was changed. It is number 2."


def test_cancel_of_ending_an_access_stops_the_change_of_the_key_and_says_that_the_access_has_ended(
    at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = PeopleSection(at_work.desk)
    at_work.show(section)
    section.refresh()
    at_work.until(lambda: not at_work.desk.runner.is_busy)
    assert section.table.select(lambda one: one.user == "desk")
    copying = at_work.held(rotation.copy_under_new_key)
    monkeypatch.setattr(rotate_database_key, "copy_under_new_key", copying)
    section.ask_end()
    sheet = section.window().findChildren(AskSheet)[-1]
    for name, typed in (("reason", "moved away"), (OWN_PASSWORD, PASSWORDS["owner"])):
        (field,) = sheet.findChildren(QLineEdit, f"end_access.{name}")
        field.setText(typed)
    (confirm,) = sheet.findChildren(QPushButton, "end_access.confirm")
    confirm.click()
    at_work.until(at_work.reached.is_set)
    (panel,) = sheet.findChildren(Progress)
    assert not panel.isHidden()
    at_work.until(lambda: words_of(panel) != "Ending the access")
    cast("Any", at_work.bot).keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible(), "what comes of it is told"
    assert words_of(panel) == "Stopping …"
    at_work.gate.set()
    at_work.until(lambda: not at_work.desk.runner.is_busy)
    assert not sheet.isVisible()
    assert at_work.owner.key_file.slot_of("desk") is None
    said = section.banner.accessibleName()
    assert said.startswith("desk cannot log in any more.")
    assert said.endswith(KEY_CHANGE_STOPPED)
    assert problems_found(at_work.owner) == []


@pytest.fixture
def welcome(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ClinicWindow]:
    """The window where there is no clinic; what is temporary goes into a folder of the test's."""
    apply_theme(qapp, "light")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    window = ClinicWindow(tmp_path / "none", clock=Noon())
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def test_a_demo_that_is_cancelled_leaves_no_folder_and_every_way_open(
    welcome: ClinicWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = cast("WelcomePage", welcome.centralWidget())
    page._demo.click()
    qtbot.waitUntil(lambda: "visits, " in words_of(page.progress), timeout=PATIENCE_MS)
    assert words_of(page.progress).endswith(" %")
    assert not page.set_up.isEnabled()
    cancel_of(page.progress).click()
    qtbot.waitUntil(lambda: not welcome._runner.is_busy, timeout=PATIENCE_MS)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert welcome.centralWidget() is page
    assert all(one.isEnabled() for one in (page._demo, page.set_up, page.restore, page.language))
    assert page._banner.accessibleName().startswith("Stopped")


def test_a_demo_that_cannot_be_built_says_why(
    welcome: ClinicWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_words: object) -> None:
        raise ClinicError("The disk is full. Nothing was lost.")

    monkeypatch.setattr("mnclinic.services.demo.build.build_demo", full)
    page = cast("WelcomePage", welcome.centralWidget())
    page._demo.click()
    qtbot.waitUntil(lambda: not welcome._runner.is_busy, timeout=PATIENCE_MS)
    assert page._banner.accessibleName() == "The disk is full. Nothing was lost."
    assert list((tmp_path / "temporary").iterdir()) == []


def test_closing_the_window_stops_the_demo(welcome: ClinicWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = cast("WelcomePage", welcome.centralWidget())
    page._demo.click()
    qtbot.waitUntil(lambda: "visits, " in words_of(page.progress), timeout=PATIENCE_MS)
    welcome.close()
    assert list((tmp_path / "temporary").iterdir()) == []
