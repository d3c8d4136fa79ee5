"""A visit on the screen: read as it is typed, kept whatever it is, undone as a person thinks of it."""

import threading
from dataclasses import replace
from typing import Any, NoReturn, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from mnclinic.domain.finding import Finding, Light, Outcome, PassedBy, refused, undone, warned
from mnclinic.errors import DiskFull
from mnclinic.services.keep_visit_draft import DraftKept, keep_visit_draft, kept_visit_draft
from mnclinic.services.save_visit import save_visit
from mnclinic.services.show_visit import VisitView, show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.ui.forms.builder import FieldSet
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.visits import page as page_module
from mnclinic.ui.visits.care import CareStep
from mnclinic.ui.visits.exam_fields import EXAM
from mnclinic.ui.visits.findings import _FindingRow
from mnclinic.ui.visits.page import VisitPage
from tests.ui.visits.conftest import AtVisit

DEPTH = "visit.lines.0.depth_mm"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LONGEST_WAIT_MS = 1500
FULL = "The disk is full. Make room and go on."


def test_a_depth_with_a_comma_is_that_depth_and_stands_in_its_own_form(at_visit: AtVisit) -> None:
    at_visit.page.go("treatment")
    field = cast("QLineEdit", at_visit.control(DEPTH))
    field.setFocus()
    field.selectAll()
    cast("Any", at_visit.bot).keyClicks(field, "1,5")
    at_visit.leave()
    at_visit.kept()
    assert at_visit.text(DEPTH) == "1.50"
    assert at_visit.stored()["lines"][0]["depth_mm"] == "1.50"


def test_what_is_no_depth_is_told_beside_it_kept_and_never_signed(at_visit: AtVisit) -> None:
    at_visit.type_into(DEPTH, "x")
    at_visit.leave()
    at_visit.kept()
    grid = cast("Any", at_visit.page.steps["treatment"]).grid
    assert grid.shown[0].says.text().startswith("Depth: Write a number in mm")
    assert at_visit.text("visit.saved").startswith("Draft saved")
    assert "lines" not in at_visit.stored()
    sign = at_visit.page._sign_step
    assert not sign.sign.isEnabled()
    assert "Depth, line 1" in sign.unread.text()
    at_visit.show()
    assert at_visit.text(DEPTH) == "1.25x", "the letters are there again"
    cast("QLineEdit", at_visit.control(DEPTH)).clear()
    at_visit.type_into(DEPTH, ".8")
    at_visit.leave()
    at_visit.kept()
    assert at_visit.stored()["lines"][0]["depth_mm"] == "0.80"
    assert sign.sign.isEnabled()


def test_all_reasons_stand_beside_their_fields_at_once(at_visit: AtVisit) -> None:
    at_visit.choose("visit.exam.examiner", "")
    for name, text in (("visit.exam.examined_on", "x"), ("visit.order.ordered_on", "x")):
        at_visit.type_into(name, text)
    at_visit.leave()
    boxes = {key: box for fields in at_visit.page.steps["exam"].sets for key, box in fields.boxes.items()}
    told = {key: box.problem.text() for key, box in boxes.items() if not box.problem.isHidden()}
    assert told == {
        "exam.examiner": "Still missing.",
        "exam.examined_on": "Write the day as 2026-11-23 or 23 Nov 2026.",
        "order.ordered_on": "Write the day as 2026-11-23 or 23 Nov 2026.",
    }


def test_a_finding_of_the_gate_stands_beside_the_field_that_led_to_it(at_visit: AtVisit) -> None:
    at_visit.choose("visit.exam.result", "defer_to_director")
    at_visit.kept()
    boxes = at_visit.page.steps["exam"].sets[0].boxes
    at_visit.until(lambda: not boxes["exam.result"].problem.isHidden())
    found = [one.message for one in at_visit.page._view.verdict.refused]  # type: ignore[union-attr] # shown
    assert boxes["exam.result"].problem.text() in found


def shown_with(at_visit: AtVisit, *findings: Finding) -> None:
    """The visit as the gate would judge it if it found these."""
    view = at_visit.page._view
    assert view is not None
    at_visit.page._show(replace(view, verdict=replace(view.verdict, findings=findings)))


def test_a_light_leads_to_the_field_that_mends_it_where_that_is_on_another_step(at_visit: AtVisit) -> None:
    sheet = warned("aftercare_not_recorded", Light.CONSENT, "give the sheet.", "aftercare_sheet")
    shown_with(at_visit, sheet)
    at_visit.page.lights[Light.CONSENT].click()
    care = at_visit.page.steps["care"]
    assert at_visit.page._stack.currentWidget() is care
    assert at_visit.page.window().focusWidget() is care.widget_of("aftercare_sheet")
    shown_with(at_visit, sheet, undone("consent_missing", Light.CONSENT, "take the consent.", "consent"))
    at_visit.page.lights[Light.CONSENT].click()
    assert at_visit.page._stack.currentWidget() is at_visit.page.steps["consent"], "its own step is first"


def test_what_stands_before_a_signature_leads_to_where_it_is_mended(at_visit: AtVisit) -> None:
    page, step = at_visit.page, at_visit.page._sign_step
    shown_with(
        at_visit,
        undone("performer_missing", Light.AUTHORITY, "say who performs.", "performer"),
        refused("policy_not_in_force", Light.AUTHORITY, "no policy is in force.", ""),
        refused("too_deep", Light.SUPPLIES, "too deep.", "lines[0].depth_mm"),
    )
    page.enter("sign")
    ways = [one for one in step.findings.findChildren(QPushButton) if not one.isHidden()]
    assert [one.accessibleName() for one in ways] == ["Go there: Say who performs.", "Go there: Too deep."]
    assert page.window().focusWidget() is ways[0], "what mends it comes before what puts the visit off"
    ways[1].click()
    assert page.window().focusWidget() is page.steps["treatment"].widget_of("lines.0.depth_mm")


def test_what_is_said_of_a_topicals_lot_stands_beside_its_row_and_leads_to_its_product(
    at_visit: AtVisit,
) -> None:
    """A lot of a row is chosen with its product: there is no field of its own to lead to."""
    view = at_visit.page._view
    assert view is not None
    put_on = {"name": "hydrogel", "lot": "T-1", "expires_on": "2027-05-31"}
    made = view.document | {"topicals": [put_on]}
    save_visit(at_visit.clinic.as_user("lind"), view.visit_id, view.edition, made)
    at_visit.show()
    care = cast("CareStep", at_visit.page.steps["care"])
    at_visit.page.enter("care")
    assert "T-1 is not in the register" in care.topicals.shown[0].says.text()
    at_visit.page.lights[Light.SUPPLIES].click()
    product = care.topicals.shown[0].cells["product"]
    assert at_visit.page._stack.currentWidget() is care
    assert at_visit.page.window().focusWidget() is product


def test_a_reason_that_is_asked_for_has_the_keyboard_before_the_ways_to_put_a_visit_off(
    at_visit: AtVisit,
) -> None:
    shown_with(at_visit, warned("bruising", Light.HISTORY, "aspirin is taken.", ""))
    at_visit.page.enter("sign")
    assert at_visit.page.window().focusWidget() is at_visit.control("reason.bruising")


def test_while_another_visit_is_read_the_page_names_nobody(
    at_visit: AtVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, gate = at_visit.page, threading.Event()
    banner = cast("Any", page._who)
    state, alerts = banner._state, banner._alerts

    def slow(*args: Any, **words: Any) -> VisitView:  # noqa: ANN401 - passed on as they are
        gate.wait(20)
        return show_visit(*args, **words)

    def names() -> str:
        return " ".join(one.text() for one in banner.findChildren(QLabel) if not one.isHidden())

    page.show()
    at_visit.until(page.isVisible)
    named = page._view.patient  # type: ignore[union-attr] # shown
    before = page._modes.geometry()
    assert named in names()
    monkeypatch.setattr(page_module, "show_visit", slow)
    page.show_page(at_visit.visit_id)
    assert "Opening the visit" in names()
    assert named not in names()
    assert state.isHidden()
    assert alerts.isHidden()
    assert banner.geometry().bottom() < before.top(), "nothing grows into the room of what is read"
    gate.set()
    at_visit.until(lambda: named in names())
    assert not state.isHidden()
    assert not alerts.isHidden()


def test_a_visit_that_cannot_be_read_leaves_no_name_behind(
    at_visit: AtVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_words: object) -> NoReturn:
        raise DiskFull(FULL)

    monkeypatch.setattr(page_module, "show_visit", full)
    at_visit.page.show_page(at_visit.visit_id)
    at_visit.until(lambda: not at_visit.desk.runner.is_busy)
    said = [one.text() for one in at_visit.page.findChildren(QLabel) if not one.isHidden() and one.text()]
    assert FULL in said
    assert not any("Opening" in one for one in said)


def test_typing_without_a_pause_is_kept_within_two_seconds(at_visit: AtVisit) -> None:
    at_visit.page.go("treatment")
    note = cast("QPlainTextEdit", at_visit.control("visit.note"))
    note.setFocus()
    soon = at_visit.page.keeper._soon
    left: list[int] = []
    fired: list[int] = []
    soon.timeout.connect(lambda: fired.append(len(left)))

    def typed_on() -> bool:
        cast("Any", at_visit.bot).keyClicks(note, "n")
        if not fired:
            left.append(soon.remainingTime())
        return bool(fired) or is_put_off()

    def is_put_off() -> bool:
        return left != sorted(left, reverse=True)

    assert not soon.isActive()
    cast("Any", at_visit.bot).keyClicks(note, "n")
    began_with = soon.interval()
    assert 0 < began_with <= LONGEST_WAIT_MS, "the rest of the two seconds is for the storing itself"
    at_visit.until(typed_on)
    assert len(left) > 1, "letters were typed while it ran"
    assert not is_put_off(), "the time runs from the first letter"
    at_visit.until(lambda: "note" in at_visit.page._view.document)  # type: ignore[union-attr] # shown
    held = kept_visit_draft(at_visit.opened, at_visit.visit_id)
    assert held is not None


def test_at_most_one_save_is_under_way_and_the_newest_waits(
    at_visit: AtVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, notes = threading.Event(), []

    def slow(*args: Any, **words: Any) -> DraftKept:  # noqa: ANN401 - passed on as they are
        notes.append(args[3].get("note"))
        gate.wait(20)
        return keep_visit_draft(*args, **words)

    monkeypatch.setattr(page_module, "keep_visit_draft", slow)
    at_visit.page.go("treatment")
    at_visit.type_into("visit.note", "a")
    at_visit.leave()
    at_visit.until(lambda: notes == ["a"])
    for letter in "bcd":
        at_visit.type_into("visit.note", letter)
        at_visit.leave()
        QCoreApplication.processEvents()
    assert at_visit.text("visit.saved") == "Saving …"
    assert at_visit.control("visit.note").isEnabled(), "the window is not held up"
    gate.set()
    at_visit.kept()
    assert len(notes) == 2
    assert sorted(notes[1]) == list("abcd")
    assert at_visit.stored()["note"] == notes[1]


def test_a_full_disk_is_told_with_the_last_saving_and_saving_goes_on_by_itself(
    at_visit: AtVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_visit.page.keeper._again.setInterval(10)
    tries = 0

    def full(*_args: object, **_words: object) -> NoReturn:
        nonlocal tries
        tries += 1
        raise DiskFull(FULL)

    monkeypatch.setattr(page_module, "keep_visit_draft", full)
    at_visit.type_into("visit.note", "kept in the window")
    at_visit.leave()
    at_visit.until(lambda: tries > 2)
    said = at_visit.text("visit.saved")
    assert said.startswith("Not saved since ")
    assert said.endswith(FULL)
    assert at_visit.text("visit.note") == "kept in the window"
    monkeypatch.setattr(page_module, "keep_visit_draft", keep_visit_draft)
    at_visit.kept()
    at_visit.until(lambda: at_visit.text("visit.saved").startswith("Draft saved"))
    assert at_visit.stored()["note"] == "kept in the window"


def test_what_a_full_disk_refused_is_stored_later_though_the_page_shows_another_visit(
    at_visit: AtVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_visit.page.keeper._again.setInterval(10)

    def full(*_args: object, **_words: object) -> NoReturn:
        raise DiskFull(FULL)

    monkeypatch.setattr(page_module, "keep_visit_draft", full)
    at_visit.type_into("visit.note", "kept in the window")
    at_visit.page.show_page("no such visit")
    at_visit.until(lambda: at_visit.text("visit.saved").startswith("Not saved since "))
    assert not at_visit.page.keeper.is_settled
    monkeypatch.setattr(page_module, "keep_visit_draft", keep_visit_draft)
    at_visit.kept()
    assert at_visit.stored()["note"] == "kept in the window"


def test_a_note_of_10_000_characters_is_neither_cut_nor_lost(at_visit: AtVisit) -> None:
    long = "The skin was thin. " * 527
    at_visit.page.go("treatment")
    note = cast("QPlainTextEdit", at_visit.control("visit.note"))
    QGuiApplication.clipboard().setText(long)
    note.setFocus()
    note.paste()
    at_visit.leave()
    at_visit.kept()
    assert at_visit.text("visit.note") == long
    boxes = at_visit.page.steps["treatment"].sets[-1].boxes
    assert "10,012 characters" in boxes["note"].problem.text()
    at_visit.show()
    assert at_visit.text("visit.note") == long


def test_a_note_that_grows_too_long_is_told_while_it_is_typed_and_no_longer_when_it_is_shorter(
    at_visit: AtVisit,
) -> None:
    at_visit.page.go("treatment")
    note = cast("QPlainTextEdit", at_visit.control("visit.note"))
    note.setFocus()
    QGuiApplication.clipboard().setText("x" * 2000)
    note.selectAll()
    note.paste()
    box = at_visit.page.steps["treatment"].sets[-1].boxes["note"]
    assert box.problem.text() == ""
    cast("Any", at_visit.bot).keyClicks(note, "y")
    assert note.hasFocus()
    assert "2,001 characters, and the record holds 2,000" in box.problem.text()
    at_visit.kept()
    assert "2,001 characters" in box.problem.text(), "also after the draft was saved"
    at_visit.key(Qt.Key.Key_Backspace)
    assert box.problem.text() == ""
    at_visit.leave()
    at_visit.kept()
    assert at_visit.stored()["note"] == "x" * 2000


def test_a_cell_that_grows_too_long_is_told_below_its_row_while_it_is_typed(at_visit: AtVisit) -> None:
    at_visit.page.go("treatment")
    cell = cast("QLineEdit", at_visit.control("visit.lines.0.note"))
    cell.setFocus()
    cell.setText("x" * 2000)
    cell.end(False)
    cast("Any", at_visit.bot).keyClicks(cell, "y")
    row = cast("Any", at_visit.page.steps["treatment"]).grid.shown[0]
    assert "2,001 characters" in row.says.text()
    at_visit.kept()
    assert "2,001 characters" in row.says.text(), "also after the draft was saved"
    at_visit.key(Qt.Key.Key_Backspace)
    assert "characters" not in row.says.text()


def test_undo_names_what_it_takes_back_and_leads_to_it(at_visit: AtVisit) -> None:
    at_visit.type_into(DEPTH, "9")
    at_visit.leave()
    at_visit.choose("visit.exam.result", "pending")
    undo = cast("QPushButton", at_visit.control("visit.undo"))
    assert undo.toolTip() == "Undo: result of the exam (Ctrl+Z)"
    at_visit.key(Qt.Key.Key_Z, CTRL)
    assert at_visit.text("visit.exam.result") == "approved"
    assert undo.toolTip() == "Undo: depth of cheek (Ctrl+Z)"
    assert at_visit.page._stack.currentWidget() is at_visit.page.steps["exam"]
    at_visit.key(Qt.Key.Key_Z, CTRL)
    assert at_visit.text(DEPTH) == "1.25"
    assert at_visit.page.window().focusWidget().objectName() == DEPTH
    assert undo.toolTip() == "Nothing to undo"
    at_visit.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert at_visit.text(DEPTH) == "1.259"
    at_visit.kept()


def test_a_field_that_is_being_typed_into_undoes_its_own_letters(at_visit: AtVisit) -> None:
    at_visit.choose("visit.exam.result", "pending")
    at_visit.type_into(DEPTH, "9")
    at_visit.key(Qt.Key.Key_Z, CTRL)
    assert at_visit.text(DEPTH) == "1.25"
    assert at_visit.text("visit.exam.result") == "pending"
    at_visit.key(Qt.Key.Key_Z, CTRL)
    assert at_visit.text("visit.exam.result") == "approved", "then the form's acts are undone"
    at_visit.kept()


def test_a_field_that_was_left_is_one_act_of_the_form_also_when_the_keyboard_is_back_in_it(
    at_visit: AtVisit,
) -> None:
    at_visit.type_into(DEPTH, "9")
    at_visit.leave()
    at_visit.control(DEPTH).setFocus()
    at_visit.key(Qt.Key.Key_Z, CTRL)
    assert at_visit.text(DEPTH) == "1.25"
    assert at_visit.page.editing.to_redo is not None, "the form took it back, and not the field alone"
    at_visit.kept()


def test_a_row_added_and_a_row_removed_are_acts(at_visit: AtVisit) -> None:
    at_visit.page.go("treatment")
    at_visit.press("visit.add_line")
    assert at_visit.page.window().focusWidget().objectName() == "visit.lines.1.area"
    assert at_visit.text("visit.lines.1.passes") == "", "nothing is filled in that nobody said"
    at_visit.press("visit.lines.0.remove")
    assert at_visit.text("visit.lines.0.area") == ""
    assert cast("QPushButton", at_visit.control("visit.undo")).toolTip() == "Undo: cheek removed (Ctrl+Z)"
    at_visit.press("visit.undo")
    assert (at_visit.text("visit.lines.0.area"), at_visit.text(DEPTH)) == ("cheek", "1.25")
    at_visit.press("visit.undo")
    assert at_visit.page.editing.text("lines") == "1"
    at_visit.kept()
    assert len(at_visit.stored()["lines"]) == 1


def test_a_pasted_table_fills_cells_from_the_keyboards_on_as_one_act(at_visit: AtVisit) -> None:
    at_visit.page.go("treatment")
    QGuiApplication.clipboard().setText("Cheek\tLeft\t1,0\t4\nCheek\tRight\t.75\tmany\n")
    at_visit.control("visit.lines.0.area").setFocus()
    at_visit.key(Qt.Key.Key_V, CTRL)
    assert at_visit.page.editing.text("lines") == "2"
    assert (at_visit.text("visit.lines.0.side"), at_visit.text(DEPTH)) == ("left", "1.00")
    assert at_visit.text("visit.lines.0.endpoint") == "pinpoint_bleeding", "cells beside the table stay"
    assert at_visit.text("visit.lines.1.passes") == "many", "what cannot be read stays as it was pasted"
    assert "2 lines pasted" in cast("QPushButton", at_visit.control("visit.undo")).toolTip()
    at_visit.press("visit.undo")
    assert (at_visit.page.editing.text("lines"), at_visit.text(DEPTH)) == ("1", "1.25")
    at_visit.kept()


def test_a_table_that_does_not_fit_is_refused_whole_with_a_sentence(at_visit: AtVisit) -> None:
    at_visit.page.go("treatment")
    step = cast("Any", at_visit.page.steps["treatment"])
    for text in ("a\n" * 61, "1.0" + "\t3" * 10 + "\n"):
        QGuiApplication.clipboard().setText(text)
        at_visit.control(DEPTH).setFocus()
        at_visit.key(Qt.Key.Key_V, CTRL)
        assert "Nothing was pasted" in step._refused.accessibleName()
        assert at_visit.text(DEPTH) == "1.25"
        step._refused.say("")


def test_nothing_changed_answers_for_all_as_one_act(at_visit: AtVisit) -> None:
    reyes = at_visit.clinic.as_user("reyes")
    ref = at_visit.page._view.patient_ref  # type: ignore[union-attr] # shown
    second = start_visit(reyes, ref, "microneedling_face", "reyes")
    at_visit.show(second)
    at_visit.page.go("screening")
    pregnancy = "screening.pregnancy"
    at_visit.press(f"{pregnancy}.unknown")
    at_visit.press("screening.nothing_changed")
    editing = at_visit.page.editing
    assert editing.text(pregnancy) == "unknown", "what was answered stays"
    assert editing.text("screening.topical_retinoid") == "no"
    at_visit.press("visit.undo")
    assert editing.text("screening.topical_retinoid") == ""
    row = cast("Any", at_visit.page.steps["screening"])._rows["topical_retinoid"]
    row.setFocus()
    at_visit.key(Qt.Key.Key_Equal)
    assert editing.text("screening.topical_retinoid") == "no"
    at_visit.press(f"{pregnancy}.yes")
    assert (
        "last time it was No"
        in cast("Any", at_visit.page.steps["screening"])._rows["pregnancy"].before.text()
    )
    at_visit.kept()


def test_what_was_changed_elsewhere_alone_is_taken_and_told(at_visit: AtVisit) -> None:
    at_visit.change_elsewhere(note="Theirs.")
    at_visit.choose("visit.exam.result", "pending")
    at_visit.kept()
    at_visit.until(lambda: at_visit.text("visit.note") == "Theirs.")
    strip = at_visit.page._strip
    assert not strip.isHidden()
    assert strip.says.accessibleName().endswith("Taken over from there: Note.")
    at_visit.kept()
    stored = at_visit.stored()
    assert (stored["note"], stored["exam"]["result"]) == ("Theirs.", "pending")
    at_visit.press("visit.undo")
    assert at_visit.text("visit.exam.result") == "approved", "what was done here can still be undone"
    assert at_visit.text("visit.note") == "Theirs."
    at_visit.press("visit.changed_elsewhere.read")
    assert strip.isHidden()


def test_fields_that_both_changed_are_chosen_one_by_one_and_nothing_is_stored_before(
    at_visit: AtVisit,
) -> None:
    at_visit.change_elsewhere(note="Theirs.", last_session_on="2026-02-02")
    at_visit.type_into("visit.note", "Mine.")
    at_visit.type_into("visit.last_session_on", "2026-03-03")
    at_visit.leave()
    at_visit.until(lambda: not at_visit.page._strip.isHidden())
    at_visit.kept()
    assert at_visit.text("visit.note") == "Mine."
    stored = at_visit.stored()
    assert (stored["note"], stored["last_session_on"]) == ("Theirs.", "2026-02-02")
    assert not at_visit.page._sign_step.sign.isEnabled()
    at_visit.press("visit.changed_elsewhere.note.mine")
    at_visit.kept()
    assert at_visit.stored()["note"] == "Theirs.", "not before every field is chosen"
    at_visit.press("visit.changed_elsewhere.last_session_on.theirs")
    at_visit.kept()
    stored = at_visit.stored()
    assert (stored["note"], stored["last_session_on"]) == ("Mine.", "2026-02-02")
    assert at_visit.text("visit.last_session_on") == "2026-02-02"
    assert at_visit.page._strip.isHidden()


def test_an_open_visit_that_nobody_types_into_shows_what_was_stored_elsewhere(at_visit: AtVisit) -> None:
    at_visit.change_elsewhere(note="Theirs.")
    at_visit.page._look_aside()
    at_visit.until(lambda: at_visit.text("visit.note") == "Theirs.")


def test_signing_right_after_typing_signs_what_was_typed(at_visit: AtVisit) -> None:
    at_visit.type_into("visit.note", "typed a moment before")
    at_visit.key(Qt.Key.Key_Return, CTRL)
    at_visit.until(lambda: bool(at_visit.page.window().findChildren(SignSheet)))
    assert at_visit.stored()["note"] == "typed a moment before"
    at_visit.page.window().findChildren(SignSheet)[-1].reject()


def test_the_sheet_for_signing_shows_every_area_that_will_be_locked_and_what_differs_from_last_time(
    at_visit: AtVisit,
) -> None:
    view = show_visit(at_visit.lind, at_visit.visit_id, opened=False)
    line = view.document["lines"][0]
    other = line | {"area": "forehead", "side": "midline", "depth_mm": "0.50"}
    warned = Finding("bruising", Light.HISTORY, PassedBy.PERFORMER, "Aspirin is taken.").passed(
        Outcome.REASON_GIVEN, "Bruising was explained."
    )
    shown = replace(
        view,
        document=view.document | {"lines": [line, other]},
        last_lines=(line | {"depth_mm": "1.00"}, other),
        verdict=replace(view.verdict, findings=(warned,)),
    )
    at_visit.page._signing.perform(shown)
    sheet = at_visit.page.window().findChildren(SignSheet)[-1]
    said = [one.text().replace("\u200b", "") for one in sheet.findChildren(QLabel)]
    assert (
        "Cheek, Right side: 1.25 mm × 4, Pinpoint bleeding (last time: 1.00 mm × 4, Pinpoint bleeding)"
        in said
    )
    assert "Forehead, Midline: 0.50 mm × 4, Pinpoint bleeding" in said
    assert any(one.startswith("2 treated areas, deepest 1.25 mm") for one in said)
    assert "Passed: Aspirin is taken. Reason: Bruising was explained." in said
    sheet.reject()


def test_the_keyboard_goes_through_a_form_in_its_order(at_visit: AtVisit) -> None:
    at_visit.page.go("exam")
    fields = at_visit.page.steps["exam"].sets[0]
    assert list(fields.boxes) == [field.key for field in EXAM]
    inputs: list[QWidget] = [box.input for box in fields.boxes.values()]
    inputs[0].setFocus()
    for wanted in inputs[1:]:
        at_visit.key(Qt.Key.Key_Tab)
        assert at_visit.page.window().focusWidget() is wanted


def test_a_wheel_over_a_page_changes_no_choice(at_visit: AtVisit) -> None:
    at_visit.page.go("exam")
    combo = cast("QComboBox", at_visit.control("visit.exam.result"))
    assert combo.focusPolicy() == Qt.FocusPolicy.StrongFocus, "the toolkit gives it no keyboard under a wheel"
    combo.setFocus()
    at = QPointF(5, 5)
    turned = QWheelEvent(
        at, at, QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QGuiApplication.sendEvent(combo, turned)
    assert combo.currentData() == "approved"


class Shown(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_no_part_of_the_page_is_a_window_of_its_own_for_a_moment(
    at_visit: AtVisit, qapp: QApplication
) -> None:
    shown = Shown()
    qapp.installEventFilter(shown)
    try:
        other = VisitPage(at_visit.desk)
        at_visit.bot.addWidget(other)
        other.show_page(at_visit.visit_id)
        at_visit.until(lambda: other._view is not None and not at_visit.desk.runner.is_busy)
        at_visit.page.go("treatment")
        at_visit.press("visit.add_line")
        at_visit.kept()
    finally:
        qapp.removeEventFilter(shown)
    assert shown.windows == []


def test_a_form_can_be_read_only(at_visit: AtVisit) -> None:
    fields = FieldSet(EXAM, at_visit.page.editing)
    at_visit.bot.addWidget(fields)
    fields.set_read_only(True)
    assert not any(box.input.isEnabled() for key, box in fields.boxes.items() if key == "exam.result")
    assert cast("QLineEdit", fields.boxes["exam.examined_on"].input).isReadOnly()


def test_after_the_lock_a_person_is_where_they_were_whatever_light_once_led_them_there(
    at_visit: AtVisit,
) -> None:
    led = f"{at_visit.visit_id}#consent"
    at_visit.show(led)
    at_visit.page.enter("treatment")
    place = at_visit.page.place()
    assert place is not None
    assert place["step"] == "treatment"
    at_visit.show(led)
    assert at_visit.page.steps["consent"].isVisible()
    at_visit.page.return_to(place)
    at_visit.show(led)
    assert at_visit.page.steps["treatment"].isVisible()


@pytest.mark.parametrize("is_after_a_lock", [False, True])
def test_whoever_comes_back_to_an_open_visit_is_in_the_step_that_they_left_and_not_where_they_typed_last(
    at_visit: AtVisit, is_after_a_lock: bool
) -> None:
    """By the box for everything, from another page, or after the lock."""
    page = at_visit.page
    at_visit.show()
    at_visit.type_into("visit.note", "Calm skin.")
    at_visit.kept()
    page.enter("consent")
    keyboard = page.window().focusWidget()
    assert keyboard is not None
    place = page.place()
    if is_after_a_lock and place is not None:
        at_visit.show(start_visit(at_visit.opened, "P-000001", "microneedling_face", "reyes"))
        page.return_to(place)
    at_visit.show()
    assert page.steps["consent"].isVisible()
    now: QWidget | None = page.window().focusWidget()
    assert now is not None
    assert now.objectName() == keyboard.objectName()


def test_a_finding_stands_on_one_line_with_its_status_and_the_way_to_it(at_visit: AtVisit) -> None:
    page = at_visit.page
    at_visit.show(start_visit(at_visit.opened, "P-000001", "microneedling_face", "reyes"))
    page.resize(1100, 700)
    page.show()
    page.go("sign")
    ways = [
        one
        for one in page.findChildren(QPushButton)
        if one.objectName().startswith("visit.finding.") and one.isVisible()
    ]
    at_visit.until(lambda: bool(ways) and ways[0].height() > 0)
    for way in ways:
        line = cast("_FindingRow", way.parentWidget())
        assert line._chip is not None
        words = line._message
        first = words.mapTo(line, QPoint(0, words.fontMetrics().lineSpacing() // 2)).y()
        middles = [one.geometry().center().y() for one in (way, line._chip)]
        assert max(*middles, first) - min(*middles, first) <= 2, (line._message.text(), middles, first)
