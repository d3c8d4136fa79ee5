"""A signed visit on the screen: its amendments are read before the care, and each kind has its sheet."""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from mnclinic.domain.amendment import AmendmentKind, Correction
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.record_visit import record_visit
from mnclinic.services.show_visit import EventView, show_visit
from mnclinic.ui.ask_sheet import AskSheet
from mnclinic.ui.keys import acts_within
from mnclinic.ui.language import speak
from mnclinic.ui.patients.banner import PersonAlerts
from mnclinic.ui.visits.amending import fields_of
from mnclinic.ui.visits.document_words import value_words
from mnclinic.ui.visits.summary import summary_cards
from mnclinic.ui.words import instant_words
from tests.services.amending import of_kind
from tests.services.clinic_builder import PASSWORDS, document
from tests.ui.visits.conftest import AtVisit

OTHER = {"last_name": "Signedson", "first_name": "Bo", "born_on": "1985-01-02"}


def _signed(at_visit: AtVisit, note: str = "") -> str:
    with at_visit.clinic.signing("reyes") as (reyes, by):
        # Not at the moment of the visit that Testerman has.
        made = document(patient=OTHER, started_at="2026-11-23T08:58:00-06:00")
        if note:
            made["lines"] = [{**one, "note": note} for one in made["lines"]]
            made["note"] = note
        visit = record_visit(reyes, made, by, shown="window").visit_id
    at_visit.show(visit)
    return visit


def _sheet() -> AskSheet:
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, AskSheet) and one.isVisible()
    )


def _in(sheet: AskSheet, name: str) -> QWidget:
    found = sheet.findChild(QWidget, f"amend.{name}")
    assert found is not None, name
    return found


def _sign(at_visit: AtVisit, sheet: AskSheet) -> None:
    cast("QLineEdit", _in(sheet, "own_password")).setText(PASSWORDS["reyes"])
    cast("QPushButton", _in(sheet, "confirm")).click()
    at_visit.until(lambda: not at_visit.desk.runner.is_busy)


def _words(at_visit: AtVisit) -> list[QLabel]:
    return [one for one in at_visit.page._reading.findChildren(QLabel) if one.text()]


def test_a_correction_is_signed_on_its_sheet_and_shown_with_the_old_value_struck_through(
    at_visit: AtVisit,
) -> None:
    visit = _signed(at_visit)
    at_visit.press("visit.amend.correction")
    sheet = _sheet()
    path = cast("QComboBox", _in(sheet, "path"))
    path.setCurrentIndex(path.findData("lines[0].depth_mm"))
    assert path.currentText() == "Treatment · Depth, line 1: 1.25 mm"
    cast("QLineEdit", _in(sheet, "new")).setText("15")
    cast("QPlainTextEdit", _in(sheet, "reason")).setPlainText("Read off the wrong dial.")
    _sign(at_visit, sheet)
    assert sheet.isVisible(), "a depth of 15 is refused beside the field, and what was typed stays"
    assert any("more than 0 and at most 5.00" in one.text() for one in sheet.findChildren(QLabel))
    assert cast("QPlainTextEdit", _in(sheet, "reason")).toPlainText() == "Read off the wrong dial."
    cast("QLineEdit", _in(sheet, "new")).setText("1,0")
    _sign(at_visit, sheet)
    at_visit.until(lambda: len(at_visit.page._view.amendments if at_visit.page._view else ()) == 1)
    struck = [one.text() for one in _words(at_visit) if one.font().strikeOut()]
    assert struck == ["1.25 mm"]
    assert "1.0 mm" in [one.text() for one in _words(at_visit)]
    (made,) = show_visit(at_visit.lind, visit, opened=False).amendments
    assert (made.name, made.reason) == ("T. Reyes", "Read off the wrong dial.")


def test_the_key_leads_to_the_ways_and_a_wrong_patient_marks_the_visit(at_visit: AtVisit) -> None:
    visit = _signed(at_visit)
    (amend,) = [one for one in acts_within(at_visit.page) if one.shortcut() == QKeySequence("Ctrl+M")]
    amend.trigger()
    focused = at_visit.page.window().focusWidget()
    assert focused is not None
    assert focused.objectName() == "visit.amend.addendum"
    at_visit.press("visit.amend.wrong_patient")
    sheet = _sheet()
    cast("QLineEdit", _in(sheet, "right_patient")).setText("P-000001")
    cast("QPlainTextEdit", _in(sheet, "reason")).setPlainText("Two names alike.")
    _sign(at_visit, sheet)
    at_visit.until(lambda: bool(at_visit.page._view and at_visit.page._view.amendments))
    shown = " ".join(one.text() for one in _words(at_visit))
    assert "It belongs to Testerman, Ada, P-000001." in shown
    first = next(one for one in at_visit.page.findChildren(PersonAlerts) if one.isVisible())
    assert first.accessibleName().startswith("Filed to the wrong patient. "), (
        "before all else about the person"
    )
    names = [one.objectName() for one in at_visit.page._reading.findChildren(QPushButton)]
    assert "visit.amend.wrong_patient" not in names
    wanted: list[tuple[str, object]] = []
    at_visit.desk.wanted.connect(lambda page, what: wanted.append((page, what)))
    at_visit.press("visit.file_rightly")
    at_visit.until(lambda: bool(wanted))
    made = show_visit(at_visit.lind, str(wanted[0][1]), opened=False)
    assert (made.record_number, made.visit_id != visit) == ("P-000001", True)


def test_markup_in_an_amendment_is_shown_as_it_was_typed(at_visit: AtVisit) -> None:
    visit = _signed(at_visit)
    new = of_kind(AmendmentKind.ADDENDUM)
    with at_visit.clinic.signing("reyes") as (reyes, by):
        amend_visit(reyes, visit, type(new)(new.kind, "<b>Bold</b> & <img src=x>"), by, shown="window")
    at_visit.show(visit)
    (label,) = [one for one in _words(at_visit) if "Bold" in one.text()]
    assert label.text() == "<b>Bold</b> & <img src=x>"
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_every_field_of_the_record_that_can_be_wrong_can_be_chosen(at_visit: AtVisit) -> None:
    visit = _signed(at_visit)
    view = show_visit(at_visit.lind, visit, opened=False)
    paths = dict((path, words) for words, path in fields_of(view))
    assert paths["cartridge.lot"].endswith(": LOT-1")
    assert paths["started_at"].endswith(
        f": {instant_words(datetime.fromisoformat(view.document['started_at']))}"
    )
    assert not view.may_amend, "who did not perform it is offered nothing"
    assert "visit.amend.addendum" in [
        one.objectName() for one in at_visit.page._reading.findChildren(QPushButton)
    ]


def test_a_step_of_the_shipped_protocols_is_chosen_in_the_language_that_is_spoken(
    at_visit: AtVisit, qapp: QApplication
) -> None:
    view = show_visit(at_visit.lind, _signed(at_visit), opened=False)
    step = "Wash hands; put on fresh gloves."
    held = replace(view, document={**view.document, "asepsis": [{"item": step}], "note": step})
    speak(qapp, "es")
    try:
        offered = {path: words for words, path in fields_of(held)}
    finally:
        speak(qapp, "en")
    assert offered["asepsis[0].item"].endswith(": Lavarse las manos; ponerse guantes nuev…")
    assert offered["note"].endswith(f": {step}"), "what somebody typed stays theirs"


def test_a_corrected_step_and_a_corrected_answer_are_shown_in_the_language_that_is_spoken(
    qapp: QApplication,
) -> None:
    step = json.dumps("Wash hands; put on fresh gloves.")
    speak(qapp, "es")
    try:
        assert value_words("asepsis[0].item", step) == "Lavarse las manos; ponerse guantes nuevos."
        assert [value_words("prp.leftover_discarded", one) for one in ("true", "false", None)] == [
            "sí",
            "no",
            "",
        ]
        assert value_words("screening[0].answer", '"yes"') == "sí"
        assert value_words("note", '"yes"') == "yes", "what somebody typed stays theirs"
        assert value_words("lines[0].depth_mm", '"0.50"') == "0.50 mm"
        assert value_words("vitals[0].pulse_per_min", "72") == "72 por min"
        assert value_words("prp.g_force", None) == ""
        assert value_words("ended_at", '"2026-11-23T20:00:00-06:00"') == "23 nov 2026, 20:00 -06:00"
    finally:
        speak(qapp, "en")


def test_the_card_of_a_correction_says_its_values_as_its_sheet_does(
    at_visit: AtVisit, qapp: QApplication
) -> None:
    visit = _signed(at_visit)
    new = NewAmendment(
        AmendmentKind.CORRECTION,
        reason="Read off the wrong clock.",
        correction=Correction("ended_at", '"2026-11-23T10:00:00-06:00"', '"2026-11-23T10:05:00-06:00"'),
    )
    with at_visit.clinic.signing("reyes") as (reyes, by):
        amend_visit(reyes, visit, new, by, shown="window")
    at_visit.show(visit)
    struck = [one.text() for one in _words(at_visit) if one.font().strikeOut()]
    assert struck == ["23 Nov 2026, 10:00 -06:00"]
    assert "23 Nov 2026, 10:05 -06:00" in [one.text() for one in _words(at_visit)]


def test_what_happened_is_read_in_the_language_spoken(at_visit: AtVisit, qapp: QApplication) -> None:
    assert at_visit.page._view is not None
    event = EventView("e-1", "Fainting", 2, date(2026, 11, 23), "She sat down.")
    speak(qapp, "es")
    try:
        first = summary_cards(replace(at_visit.page._view, events=(event,)), at_visit.desk)[0]
        said = " ".join(one.text() for one in first.findChildren(QLabel))
    finally:
        speak(qapp, "en")
    assert "Desmayo" in said
    assert "She sat down." in said, "what somebody typed stays as it is"


def test_a_long_text_and_a_long_word_of_an_amendment_are_seen_whole(at_visit: AtVisit) -> None:
    visit = _signed(at_visit, note="n" * 300)
    note = Correction("exam.note", None, json.dumps("Spared one papule on the left. " * 12))
    long = (
        NewAmendment(AmendmentKind.CORRECTION, reason="r" * 300, correction=note),
        NewAmendment(AmendmentKind.ADDENDUM, text="x" * 300),
    )
    with at_visit.clinic.signing("reyes") as (reyes, by):
        for new in long:
            amend_visit(reyes, visit, new, by, shown="window")
    at_visit.page.window().resize(1280, 720)
    at_visit.page.window().show()
    at_visit.show(visit)
    shown = [
        one for one in _words(at_visit) if any(part in one.text() for part in ("papule", "rrr", "xxx", "nnn"))
    ]
    assert len(shown) >= 4
    at_visit.until(lambda: all(one.isVisible() for one in shown))
    for one in shown:
        room = one.mapTo(at_visit.page, one.rect().topRight()).x()
        assert room <= at_visit.page.width(), f"beyond the page: {one.text()[:20]}"
        # Where it may break it is as wide as it is told to be; what may not break has to fit as it is.
        longest = one.text() if not one.wordWrap() else max(re.split(r"[\s\u200b]", one.text()), key=len)
        assert one.fontMetrics().horizontalAdvance(longest) <= one.width(), f"cut: {one.text()[:20]}"
        assert one.height() >= one.heightForWidth(one.width()), f"cut below: {one.text()[:20]}"
