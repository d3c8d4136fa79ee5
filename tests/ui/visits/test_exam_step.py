"""The step of the exam: what it clears, an exam done elsewhere, and who is offered an order by telephone."""

from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from mnclinic.services.attachments import list_attachments
from mnclinic.services.show_visit import show_visit
from mnclinic.ui.ask_sheet import AskSheet
from mnclinic.ui.elements import Field
from tests.services.clinic_builder import document
from tests.ui.visits.conftest import AtVisit

PAPER = b"%PDF-1.7\n% an invented exam\n%%EOF\n"


def test_an_area_that_is_chosen_is_the_only_one_that_the_exam_clears(at_visit: AtVisit) -> None:
    at_visit.page.go("exam")
    at_visit.press("visit.exam_area.cheek")
    at_visit.kept()
    assert at_visit.stored()["exam"]["areas"] == ["cheek"]
    at_visit.press("visit.exam_area.cheek")
    at_visit.kept()
    assert "areas" not in at_visit.stored()["exam"]


def test_services_and_kinds_of_device_that_the_exam_clears_are_chosen_and_not_typed(
    at_visit: AtVisit,
) -> None:
    at_visit.page.go("exam")
    for name in ("exam_service.microneedling_face", "exam_class.mechanical", "order_device.SP-01"):
        at_visit.press(f"visit.{name}")
    at_visit.kept()
    exam, order = at_visit.stored()["exam"], at_visit.stored()["order"]
    assert (exam["services"], exam["device_classes"]) == (["microneedling_face"], ["mechanical"])
    assert order["devices"] == ["SP-01"]
    at_visit.press("visit.exam_service.microneedling_face")
    at_visit.kept()
    assert "services" not in at_visit.stored()["exam"]


def test_what_an_exam_does_not_clear_is_told_in_its_step(at_visit: AtVisit) -> None:
    at_visit.page.go("exam")
    at_visit.press("visit.exam_service.microneedling_face")
    at_visit.press("visit.exam_class.radiofrequency")
    at_visit.kept()

    def told() -> str:
        return " ".join(one.text() for one in at_visit.page._exam_step.findings.findChildren(QLabel))

    at_visit.until(lambda: "clears radiofrequency devices" in told())


def test_an_exam_of_a_day_without_a_licence_is_refused_beside_its_examiner(at_visit: AtVisit) -> None:
    """The examiner's licence begins on 1 January 2026; the day is too long ago as well."""
    at_visit.page.go("exam")
    day = cast("QLineEdit", at_visit.control("visit.exam.examined_on"))
    day.clear()
    at_visit.type_into("visit.exam.examined_on", "2025-11-22")
    at_visit.leave()
    at_visit.kept()
    boxes = {key: box for one in at_visit.page.steps["exam"].sets for key, box in one.boxes.items()}
    at_visit.until(lambda: not boxes["exam.examiner"].problem.isHidden())
    said = "G. Lind had no valid licence on 2025-11-22, the day of the exam."
    assert boxes["exam.examiner"].problem.text() == said
    assert "366 days old" in boxes["exam.examined_on"].problem.text()
    assert not at_visit.page._sign_step.sign.isEnabled()
    day.clear()
    at_visit.type_into("visit.exam.examined_on", "2026-01-01")
    at_visit.leave()
    at_visit.kept()
    at_visit.until(boxes["exam.examiner"].problem.isHidden)
    at_visit.until(at_visit.page._sign_step.sign.isEnabled)


def test_the_paper_of_an_exam_done_elsewhere_is_kept_and_named_in_the_visit(
    at_visit: AtVisit, tmp_path: Path
) -> None:
    file = tmp_path / "exam.pdf"
    file.write_bytes(PAPER)
    at_visit.page.go("exam")
    at_visit.press("visit.exam_elsewhere")
    for name, text in (
        ("name", "Dr A. Elsewhere"),
        ("credential", "MD"),
        ("licence", "TX-MD-9"),
        ("licence_state", "TX"),
        ("licence_valid_to", "2027-01-31"),
        ("accepted_on", "2026-11-20"),
    ):
        at_visit.type_into(f"visit.exam.outside.{name}", text)
    at_visit.leave()
    at_visit.kept()
    at_visit.press("visit.exam_paper")
    sheet = at_visit.page.window().findChildren(AskSheet)[-1]
    cast("QLineEdit", sheet.findChild(QLineEdit, "exam_paper.file")).setText(str(file))
    cast("QPushButton", sheet.findChild(QPushButton, "exam_paper.confirm")).click()
    at_visit.until(lambda: bool(at_visit.page.editing.text("exam.outside.paper_sha256")))
    at_visit.kept()
    patient = show_visit(at_visit.lind, at_visit.visit_id, opened=False).patient_ref
    kept = list_attachments(at_visit.lind, patient)
    assert at_visit.stored()["exam"]["outside"]["paper_sha256"] == kept[0].sha256
    at_visit.until(lambda: at_visit.text("visit.exam.outside.paper_sha256") == kept[0].sha256)


def test_a_file_that_cannot_be_read_is_told_beside_its_field(at_visit: AtVisit, tmp_path: Path) -> None:
    at_visit.page._exam_step.ask_for_paper()
    sheet = at_visit.page.window().findChildren(AskSheet)[-1]
    cast("QLineEdit", sheet.findChild(QLineEdit, "exam_paper.file")).setText(str(tmp_path / "nothing.pdf"))
    cast("QPushButton", sheet.findChild(QPushButton, "exam_paper.confirm")).click()
    field = cast("Field", sheet._fields["file"])
    at_visit.until(lambda: "cannot be read" in field.problem.text())
    sheet.reject()


def test_no_order_by_telephone_is_offered_where_the_policy_has_none(at_visit: AtVisit) -> None:
    at_visit.choose("visit.exam.result", "defer_to_director")
    at_visit.kept()
    at_visit.page.go("sign")
    assert at_visit.page._sign_step.telephone.isHidden()


def test_an_exam_and_an_order_that_still_count_are_taken_over_by_one_press_and_given_back_by_one(
    at_returning: AtVisit,
) -> None:
    at = at_returning
    at.change_elsewhere(exam=None, order=None)
    at.page.refresh()
    at.kept()
    at.page.go("exam")
    before = document()
    assert at.text("visit.exam.earlier") == (
        "Exam of 2 Sep 2026, valid until 2 Sep 2027. Order of 2 Sep 2026, valid until 2 Mar 2027."
    )
    at.press("visit.exam.carry")
    at.kept()
    assert (at.stored()["exam"], at.stored()["order"]) == (before["exam"], before["order"])
    assert not at.page._exam_step._carry_card.isVisible()
    assert at.text("visit.exam.counts_to") == "This exam counts until 2 Sep 2027."
    assert at.page.window().focusWidget() is at.control("visit.exam.examiner")
    at.press("visit.undo")
    at.kept()
    assert "exam" not in at.stored()
    assert "order" not in at.stored()
    assert at.page._exam_step._carry_card.isVisible()


def test_where_nothing_counts_from_before_nothing_is_offered(at_visit: AtVisit) -> None:
    at_visit.change_elsewhere(exam=None, order=None)
    at_visit.page.go("exam")
    assert not at_visit.page._exam_step._carry_card.isVisible()
