"""One visit travels the whole road in the real window on a real encrypted store, and leaves pictures."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.bundles.verify import verify_bundle
from mnclinic.services.demo.build import DemoBuilt, build_demo
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.ui.director.page import DirectorPage
from mnclinic.ui.inspection.page import InspectionPage
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.patients.sheets import NewPatientSheet, StartVisitSheet
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.visits.care import CareStep
from mnclinic.ui.visits.consent import ConsentStep
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.visits.screening import ScreeningStep
from mnclinic.ui.visits.treatment import TreatmentStep
from mnclinic.ui.window import Workspace

DAY = date(2026, 11, 23)
PICTURES = Path(os.environ.get("MNCLINIC_PICTURES", "pictures")) / "journey"
PASSWORD = {user: password for user, _, password in demo_log_ins()}
PATIENCE_MS = 60_000

Kind = TypeVar("Kind", bound=QWidget)


class Noon:
    """A clock that stands at noon of a day long after the demo's."""

    def now(self) -> datetime:
        return datetime(2027, 1, 15, 12, tzinfo=UTC)

    def monotonic_ms(self) -> int:
        return 1


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoBuilt:
    """A small demo clinic with every state in it."""
    return build_demo(tmp_path_factory.mktemp("demo") / "clinic", patients=30, visits=40, seed=3, day=DAY)


@dataclass
class Driver:
    """Drives the window as a person would, and waits for facts."""

    bot: QtBot
    window: ClinicWindow

    def keys(self, where: QWidget, text: str) -> None:
        cast("Any", self.bot).keyClicks(where, text)

    def key(self, where: QWidget, key: Qt.Key) -> None:
        cast("Any", self.bot).keyClick(where, key)

    def click(self, where: QWidget) -> None:
        cast("Any", self.bot).mouseClick(where, Qt.MouseButton.LeftButton)

    def draw(self, where: QWidget, points: list[tuple[int, int]]) -> None:
        mouse, left = cast("Any", self.bot), Qt.MouseButton.LeftButton
        mouse.mousePress(where, left, pos=QPoint(*points[0]))
        for x, y in points[1:]:
            mouse.mouseMove(where, QPoint(x, y))
        mouse.mouseRelease(where, left, pos=QPoint(*points[-1]))

    def until(self, fact: Callable[[], bool]) -> None:
        self.bot.waitUntil(fact, timeout=PATIENCE_MS)

    def idle(self) -> None:
        self.until(lambda: not self.window._runner.is_busy)

    def child(self, kind: type[Kind], name: str) -> Kind:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        wanted = self.child(QPushButton, name)
        self.until(lambda: wanted.isVisible() and wanted.isEnabled())
        self.click(wanted)

    def type_into(self, name: str, text: str) -> None:
        field = self.child(QLineEdit, name)
        field.setFocus()
        field.clear()
        self.keys(field, text)

    def choose(self, name: str, code: str | int) -> None:
        combo = self.child(QComboBox, name)
        at = combo.findData(code)
        assert at > 0, f"{name} does not offer {code}"
        combo.setCurrentIndex(at)

    def log_in(self, user: str) -> Workspace:
        self.type_into("login.user", user)
        self.type_into("login.password", PASSWORD[user])
        self.press("login.enter")
        self.until(lambda: isinstance(self.window.centralWidget(), Workspace))
        self.idle()
        return cast("Workspace", self.window.centralWidget())

    def page(self, kind: type[Kind]) -> Kind:
        workspace = cast("Workspace", self.window.centralWidget())
        self.until(lambda: isinstance(workspace.stack.currentWidget(), kind))
        self.idle()
        return cast("Kind", workspace.stack.currentWidget())

    def sheet(self, kind: type[Kind]) -> Kind:
        self.until(lambda: bool(self.window.findChildren(kind)))
        return self.window.findChildren(kind)[-1]

    def saved(self, page: VisitPage) -> None:
        self.until(lambda: page._saved.text().startswith("Draft saved") and page.keeper.is_settled)
        self.idle()

    def sign(self, user: str) -> None:
        sheet = self.sheet(SignSheet)
        field = sheet.findChild(QLineEdit, "sign_sheet.password")
        assert field is not None
        self.keys(field, PASSWORD[user])
        self.key(field, Qt.Key.Key_Return)
        self.until(lambda: not any(one.isVisible() for one in self.window.findChildren(SignSheet)))
        self.idle()

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        # Layouts settle in the event loop; a picture shows what a person sees after that.
        for _ in range(5):
            self.window.repaint()
            QCoreApplication.processEvents()
        self.window.grab().save(str(PICTURES / f"{name}.png"))


@pytest.fixture
def driver(demo: DemoBuilt, qtbot: QtBot, qapp: QApplication) -> Iterator[Driver]:
    """The window on the demo clinic, at its log-in."""
    apply_theme(qapp, "light")
    window = ClinicWindow(demo.folder, clock=Noon(), log_ins=demo_log_ins())
    qtbot.addWidget(window)
    window.show()
    yield Driver(qtbot, window)
    window.close()


def add_find_and_start(driver: Driver, workspace: Workspace) -> VisitPage:
    """Add a person, every problem shown at once, find her again, start a visit."""
    workspace.go("patients", None)
    driver.page(PatientsPage)
    driver.press("patients.new")
    form = driver.sheet(NewPatientSheet)
    driver.type_into("new_patient.last_name", "Roadworth")
    driver.press("new_patient.add")
    driver.until(form.fields["born_on"].problem.isVisible)
    assert form.fields["first_name"].problem.isVisible(), "every problem is shown at once"
    assert form.fields["phone"].problem.isVisible()
    driver.picture("03-new-patient-problems")
    driver.type_into("new_patient.first_name", "Ada")
    driver.type_into("new_patient.born_on", "Feb 29 1988")
    driver.type_into("new_patient.phone", "512-555-0177")
    form.person.contact.boxes["call"].setChecked(True)
    driver.key(form.fields["phone"].control, Qt.Key.Key_Return)
    driver.until(lambda: not form.isVisible())
    patients = driver.page(PatientsPage)
    driver.until(patients.chart.isVisible)
    assert patients.chart.banner.name.text() == "Ada Roadworth"
    driver.picture("03b-added")
    driver.press("chart.back")
    patients.search.clear()
    driver.keys(patients.search, "roadw")
    driver.until(lambda: patients.table.rows.rowCount() == 1)
    driver.picture("04-found")
    driver.press("patients.start_visit")
    start = driver.sheet(StartVisitSheet)
    driver.press("start_visit.go")
    driver.until(lambda: not start.isVisible())
    return driver.page(VisitPage)


def confirm_identity(driver: Driver, visit: VisitPage) -> None:
    """Identity, indication, phototype."""
    driver.choose("visit.identity", "name_and_birth_date")
    driver.choose("visit.indication", "facial_acne_scars")
    driver.choose("visit.fitzpatrick", 2)
    driver.saved(visit)
    driver.picture("05-identity")


def screen(driver: Driver, visit: VisitPage) -> None:
    """One key for each question."""
    visit.go("screening")
    screening = cast("ScreeningStep", visit.steps["screening"])
    questions = list(screening._rows.values())
    questions[0].setFocus()
    for question in questions:
        driver.key(question, Qt.Key.Key_N)
    driver.saved(visit)
    driver.picture("06-screening")


def note_exam_and_order(driver: Driver, visit: VisitPage) -> None:
    """Exam and order."""
    visit.go("exam")
    driver.choose("visit.exam.examiner", "lind")
    driver.choose("visit.exam.modality", "in_person")
    driver.choose("visit.exam.result", "approved")
    driver.choose("visit.order.ordered_by", "lind")
    for name, day in (
        ("visit.exam.examined_on", "2026-11-20"),
        ("visit.order.ordered_on", "2026-11-20"),
        ("visit.order.valid_to", "2027-05-20"),
    ):
        driver.type_into(name, day)
        driver.key(driver.child(QLineEdit, name), Qt.Key.Key_Return)
    driver.saved(visit)
    driver.picture("07-exam")


def take_consent(driver: Driver, visit: VisitPage) -> None:
    """Consent, drawn under the exact text."""
    visit.go("consent")
    consent = cast("ConsentStep", visit.steps["consent"])
    driver.until(consent.pad.isVisible)
    driver.choose("visit.precare.how", "printed")
    driver.press("visit.precare.give")
    driver.choose("visit.consent.answered_by", "reyes")
    driver.choose("visit.consent.level", "chart")
    driver.draw(consent.pad, [(40, 60), (90, 30), (140, 90), (190, 40), (260, 70)])
    driver.press("visit.consent.sign")
    driver.saved(visit)
    driver.picture("08-consent")


def treat(driver: Driver, visit: VisitPage) -> None:
    """What the protocol asks against infection, and a line that is too deep: refused, then put right."""
    visit.go("care")
    steps = cast("CareStep", visit.steps["care"]).asepsis.buttons
    steps[0].setFocus()
    for _ in steps:
        driver.key(visit.focusWidget(), Qt.Key.Key_C)
    assert all(one.isChecked() for one in steps)
    driver.child(QComboBox, "visit.aftercare_sheet").setCurrentIndex(1)
    driver.press("visit.aftercare.told_back")
    driver.saved(visit)
    driver.picture("09-confirmed")
    visit.go("treatment")
    treatment = cast("TreatmentStep", visit.steps["treatment"])
    driver.choose("visit.device", "SP-01")
    driver.choose("visit.cartridge", "DEMO-C1")
    driver.press("visit.add_line")
    driver.choose("visit.lines.0.area", "cheek")
    driver.choose("visit.lines.0.side", "right")
    driver.choose("visit.lines.0.endpoint", "pinpoint_bleeding")
    driver.keys(driver.child(QLineEdit, "visit.lines.0.passes"), "3")
    depth = driver.child(QLineEdit, "visit.lines.0.depth_mm")
    depth.setFocus()
    driver.keys(depth, "2,4")
    driver.key(depth, Qt.Key.Key_Tab)
    driver.until(lambda: "over" in treatment.grid.shown[0].says.text())
    driver.saved(visit)
    assert not visit._sign_step.sign.isEnabled(), "nobody signs a depth over the ceiling"
    driver.picture("09-too-deep")
    depth.clear()
    depth.setFocus()
    driver.keys(depth, "1.25")
    driver.key(depth, Qt.Key.Key_Tab)
    driver.until(visit._sign_step.sign.isEnabled)
    driver.saved(visit)
    driver.press("visit.ended")
    driver.saved(visit)


def sign_as_performer(driver: Driver, visit: VisitPage) -> str:
    """The performer's signature, with a wrong password first."""
    visit.go("sign")
    driver.picture("10-before-signing")
    driver.press("visit.sign")
    sheet = driver.sheet(SignSheet)
    field = sheet.findChild(QLineEdit, "sign_sheet.password")
    assert field is not None
    driver.keys(field, "not the password at all")
    driver.key(field, Qt.Key.Key_Return)
    driver.until(lambda: "password is not right" in sheet._field.problem.text())
    driver.keys(field, PASSWORD["reyes"])
    driver.key(field, Qt.Key.Key_Return)
    driver.until(lambda: visit._view is not None and visit._view.state == "in_review")
    driver.idle()
    assert visit._view is not None
    visit_id = visit._view.visit_id
    driver.picture("11-performed")
    return visit_id


def sign_off(driver: Driver, workspace: Workspace, visit_id: str) -> Workspace:
    """The director finds the visit in her queue and signs it off."""
    workspace.lock_requested.emit()
    driver.idle()
    workspace = driver.log_in("okafor")
    workspace.go("director", None)
    queue = driver.page(DirectorPage)
    driver.until(lambda: queue.queue.rows.rowCount() > 0)
    rows = [queue.queue.rows.row_at(at) for at in range(queue.queue.rows.rowCount())]
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    at = next(at for at, row in enumerate(rows) if row.visit_id == visit_id)
    driver.picture("12-queue")
    queue.queue.selectRow(at)
    driver.key(queue.queue, Qt.Key.Key_Return)
    reading = driver.page(VisitPage)
    driver.until(lambda: reading._view is not None and reading._view.visit_id == visit_id)
    driver.picture("13-review")
    driver.press("visit.approve")
    driver.sign("okafor")
    driver.until(lambda: reading._view is not None and reading._view.state == "signed")
    driver.picture("14-signed-off")
    return workspace


def make_and_verify_bundle(driver: Driver, workspace: Workspace, demo: DemoBuilt, out: Path) -> None:
    """The bundle verifies against the fingerprint, and the store checks."""
    workspace.go("inspection", None)
    inspection = driver.page(InspectionPage)
    inspection.out.setText(str(out))
    driver.press("inspection.make")
    driver.until(lambda: driver.window.findChild(QLineEdit, "inspection.passphrase") is not None)
    driver.idle()
    passphrase = driver.child(QLineEdit, "inspection.passphrase").text()
    driver.picture("15-bundle")
    verdict = verify_bundle(out, trust=demo.fingerprint, passphrase=passphrase)
    assert (verdict.verdict, verdict.findings) == ("VALID", ())
    driver.press("inspection.check")
    driver.until(lambda: inspection._verdict.accessibleName().startswith("OK"))
    driver.picture("16-check")


def test_a_visit_travels_from_the_roster_to_a_bundle_that_verifies(
    driver: Driver, demo: DemoBuilt, tmp_path: Path
) -> None:
    driver.picture("01-log-in")
    workspace = driver.log_in("reyes")
    driver.picture("02-today")
    visit = add_find_and_start(driver, workspace)
    confirm_identity(driver, visit)
    screen(driver, visit)
    note_exam_and_order(driver, visit)
    take_consent(driver, visit)
    treat(driver, visit)
    visit_id = sign_as_performer(driver, visit)
    workspace = sign_off(driver, workspace, visit_id)
    make_and_verify_bundle(driver, workspace, demo, tmp_path / "audit.zip.age")
