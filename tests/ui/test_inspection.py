"""A bundle about one person is asked for on the Inspection page by record number."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from mnclinic.bundles.verify import verify_bundle
from mnclinic.services.record_visit import record_visit
from mnclinic.ui.desk import Desk
from mnclinic.ui.inspection.page import InspectionPage
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from tests.services.clinic_builder import SmallClinic, document
from tests.services.conftest import built_clinic, clinic

__all__ = ["built_clinic", "clinic"]

PATIENCE_MS = 60_000


def test_a_record_number_makes_a_bundle_about_that_person(
    clinic: SmallClinic, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    apply_theme(qapp, "light")
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    runner = TaskRunner("store")
    page = InspectionPage(Desk(clinic.as_user("owner"), runner))
    qtbot.addWidget(page)
    page.show()
    out = tmp_path / "one.zip"
    patient, plain = page.findChild(QLineEdit, "inspection.patient"), page.findChild(QCheckBox)
    assert patient is not None
    assert plain is not None
    try:
        plain.setChecked(True)
        page.out.setText(str(out))
        patient.setText("P-999999")
        page.make.click()
        qtbot.waitUntil(lambda: page.make.isEnabled() and not runner.is_busy, timeout=PATIENCE_MS)
        assert not out.exists()
        patient.setText("P-000001")
        page.make.click()
        qtbot.waitUntil(lambda: page.make.isEnabled() and out.exists(), timeout=PATIENCE_MS)
        said = " ".join(one.text() for one in page.findChildren(QLabel))
        assert "1 visit of one person, and all " in said
        verdict = verify_bundle(out, trust=clinic.ready.fingerprint)
        assert (verdict.verdict, verdict.patients, verdict.scope["format"]) == (
            "VALID",
            1,
            "mnclinic.bundle/12",
        )
    finally:
        runner.close()


def test_a_place_in_the_home_of_nobody_is_refused_in_words(
    clinic: SmallClinic, qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, "light")
    runner = TaskRunner("store")
    page = InspectionPage(Desk(clinic.as_user("owner"), runner))
    qtbot.addWidget(page)
    page.show()
    try:
        page.out.setText("~nobody-of-this-pc/one.zip.age")
        page.make.click()
        qtbot.waitUntil(lambda: page.make.isEnabled() and not runner.is_busy, timeout=PATIENCE_MS)
        assert page._banner.accessibleName().startswith("The folder that this file is to go to is not there.")
    finally:
        runner.close()


def test_the_passphrase_is_shown_before_the_bundle_is_made_and_a_page_made_anew_says_that_it_is_gone(
    clinic: SmallClinic, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    apply_theme(qapp, "light")
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    runner = TaskRunner("store")
    page = InspectionPage(Desk(clinic.as_user("owner"), runner))
    after = InspectionPage(Desk(clinic.as_user("owner"), runner))
    qtbot.addWidget(page)
    qtbot.addWidget(after)
    out = tmp_path / "closed.zip.age"
    try:
        page.out.setText(str(out))
        assert page.place() is None
        page.show()
        page.activateWindow()
        page.make.setFocus()
        qtbot.waitUntil(page.make.hasFocus, timeout=PATIENCE_MS)
        page.make.click()
        shown = page.findChild(QLineEdit, "inspection.passphrase")
        assert shown is not None
        assert page.focusWidget() is shown, "what is to be noted, and not the button that stops it"
        assert not out.exists()
        place = page.place()
        assert place is not None
        assert shown.text() not in str(place)
        after.return_to(place)
        after.show()
        assert not after.grab().isNull()
        assert "closed.zip.age" in after._banner.accessibleName()
        assert "make the bundle again" in after._banner.accessibleName()
        qtbot.waitUntil(lambda: page.make.isEnabled() and out.exists(), timeout=PATIENCE_MS)
        verdict = verify_bundle(out, trust=clinic.ready.fingerprint, passphrase=shown.text())
        assert verdict.verdict == "VALID"
        page.patient.setText("P-999999")
        page.make.click()
        qtbot.waitUntil(lambda: page.make.isEnabled() and not runner.is_busy, timeout=PATIENCE_MS)
        assert page.place() is None, "nothing was made, so no passphrase is shown"
    finally:
        runner.close()
