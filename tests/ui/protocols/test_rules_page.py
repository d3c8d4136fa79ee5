"""The protocols page: drafting, comparing, moving and signing rules; what was in force; who may."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.services.approve_document import DocumentRow
from mnclinic.services.shipped_drafts import newest_consent_texts, policy_presets
from mnclinic.ui.ask_sheet import AskSheet
from mnclinic.ui.language import speak
from mnclinic.ui.protocols.page import ProtocolsPage, kind_in_list
from mnclinic.ui.protocols.words import document_words
from mnclinic.ui.setup.documents_step import COLUMNS as OF_WIZARD
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace
from tests.ui.conftest import DAY, PASSWORD, PATIENCE_MS

OpenAs = Callable[[str], tuple[ClinicWindow, Workspace]]


@pytest.fixture
def page_of(open_as: OpenAs, qtbot: QtBot) -> Callable[[str], tuple[ProtocolsPage, Callable[[], None]]]:
    """The protocols page of a user, and what waits until everything has come."""

    def show(user: str) -> tuple[ProtocolsPage, Callable[[], None]]:
        window, workspace = open_as(user)

        def settle() -> None:
            qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)

        workspace.go("protocols", None)
        settle()
        page = cast("ProtocolsPage", workspace.stack.currentWidget())
        # What an earlier test left open comes back with the next log-in, as it should.
        page.editor.left.emit()
        return page, settle

    return show


PageOf = Callable[[str], tuple[ProtocolsPage, Callable[[], None]]]


def choose(page: ProtocolsPage, kind: str) -> int:
    """Choose the newest version of a kind; returns its number."""
    found = [at for at, one in enumerate(page._documents) if one.kind == kind]
    page.table.selectRow(found[0])
    return page._documents[found[0]].version


def policies(page: ProtocolsPage) -> set[int]:
    return {one.version for one in page._documents if one.kind == "policy"}


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def said(qtbot: QtBot, widget: QWidget, what: str) -> None:
    """Wait until these words stand there."""
    qtbot.waitUntil(lambda: what in words(widget), timeout=PATIENCE_MS)


def field(page: ProtocolsPage, key: str) -> QLineEdit:
    found = page.editor.findChild(QLineEdit, f"rules.{key}")
    assert found is not None, key
    return found


def show_section(page: ProtocolsPage, name: str) -> None:
    names = [one.name for one in page.editor._sections]
    page.editor.list.setCurrentRow(names.index(name))


def edit_areas(page: ProtocolsPage, settle: Callable[[], None]) -> None:
    """Begin a new version of the newest protocol, at its areas."""
    choose(page, "protocol")
    page.edit.click()
    settle()
    show_section(page, "areas")


def type_into(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    bot = cast("Any", qtbot)
    edit.setFocus()
    edit.selectAll()
    bot.keyClicks(edit, text)
    bot.keyClick(edit, Qt.Key.Key_Return)


def test_a_policy_is_edited_marked_corrected_and_saved_as_a_draft(page_of: PageOf, qtbot: QtBot) -> None:
    page, settle = page_of("okafor")
    version = choose(page, "policy")
    page.edit.click()
    settle()
    show_section(page, "intervals")
    block = field(page, "parameters.interval_block_days.value")
    type_into(qtbot, block, "60")
    said(qtbot, page.editor, "This is less than “The director decides under”, 60 days.")
    assert page.editor.list.currentItem().text() == "Days between sessions: 1 to correct"
    page.editor.save.click()
    said(qtbot, page.editor, "Nothing was stored yet")
    type_into(qtbot, block, "21")
    settle()
    page.editor.list.setCurrentRow(page.editor.list.count() - 1)
    said(qtbot, page.editor, "1 stricter, 0 looser")
    page.editor.save.click()
    qtbot.waitUntil(lambda: version + 1 in policies(page), timeout=PATIENCE_MS)
    assert page.stack.currentWidget() is page._list
    drafts = [one for one in page._documents if one.kind == "policy" and one.approved_at is None]
    assert drafts[0].version == version + 1
    figure = drafts[0].document["parameters"]["interval_block_days"]
    assert (figure["value"], figure["unit"]) == (21, "days")
    choose(page, "policy")
    page.compare.click()
    said(qtbot, page._list, "14 days")
    assert "stricter" in {one.accessibleName() for one in page._list.findChildren(QWidget)}


def test_what_is_to_be_signed_is_read_to_its_end_with_the_keyboard(page_of: PageOf, qtbot: QtBot) -> None:
    page, _ = page_of("okafor")
    choose(page, "policy")
    text = cast("QScrollArea", page.findChild(QScrollArea, "protocols.text"))
    bar = text.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=PATIENCE_MS)
    page.window().activateWindow()
    page.table.setFocus()
    bot = cast("Any", qtbot)
    for _ in range(3):
        if not text.hasFocus():
            bot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
    assert text.hasFocus()
    for _ in range(bar.maximum() // bar.pageStep() + 1):
        bot.keyClick(text, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_word_of_what_is_to_be_signed_is_cut_at_the_side(
    page_of: PageOf, qapp: QApplication, request: pytest.FixtureRequest, language: str
) -> None:
    request.addfinalizer(lambda: speak(qapp, "en"))
    speak(qapp, language)
    page, _ = page_of("okafor")
    text = cast("QScrollArea", page.findChild(QScrollArea, "protocols.text"))
    page.window().resize(1280, 720)
    kinds = set()
    for row, document in enumerate(page._documents):
        page.table.selectRow(row)
        least = [one.minimumSizeHint().width() for one in page._inner.findChildren(QWidget)]
        assert max(least) <= text.viewport().width(), document.name
        kinds.add(document.kind)
    assert {"policy", "protocol", "consent_text"} <= kinds


def test_who_saves_with_the_keyboard_in_a_wrong_field_sees_it_marked(page_of: PageOf, qtbot: QtBot) -> None:
    page, settle = page_of("okafor")
    choose(page, "policy")
    page.edit.click()
    settle()
    show_section(page, "document")
    day = field(page, "effective_on")
    page.window().activateWindow()
    day.setFocus()
    qtbot.waitUntil(day.hasFocus, timeout=PATIENCE_MS)
    day.selectAll()
    bot = cast("Any", qtbot)
    bot.keyClicks(day, "2026-13-45")
    assert "no such month" not in words(page.editor), "nobody is told in the middle of a word"
    page.editor._save()
    said(qtbot, page.editor, "There is no such month.")
    assert day.hasFocus()
    page.editor.left.emit()


def test_an_authorisation_says_what_may_be_put_on_the_skin_also_where_it_names_no_product(
    page_of: PageOf, qtbot: QtBot
) -> None:
    page, _ = page_of("okafor")
    topical = next(one for one in page._documents if one.kind == "authorisation")
    assert topical.document["flag"] == "off_label_topical"

    def shown(changes: Any) -> str:  # noqa: ANN401
        holder = QWidget()
        qtbot.addWidget(holder)
        for one in document_words(replace(topical, document={**topical.document, **changes})):
            one.setParent(holder)
        return words(holder)

    at_row = page._documents.index(topical)
    assert page.table.rows.index(at_row, 0).data() == "Off label topical · Face with PRP"
    assert "For\nFace with PRP" in shown({})
    assert "Products\nPRP" in shown({"products": []})
    assert "Products\nSaline, gel" in shown({"products": ["Saline", "gel"]})
    assert "Products" not in shown({"products": [], "flag": "off_label_age"})


def test_a_first_day_that_is_taken_is_told_beside_its_field(page_of: PageOf, qtbot: QtBot) -> None:
    page, settle = page_of("okafor")
    choose(page, "policy")
    taken = next(one.effective_on for one in page._documents if one.kind == "policy" and one.approved_at)
    before = policies(page)
    page.edit.click()
    settle()
    show_section(page, "document")
    type_into(qtbot, field(page, "effective_on"), taken.isoformat())
    settle()
    page.editor.save.click()
    said(qtbot, page.editor, "Write a later day.")
    assert "effective_on" in page.editor._problems
    page.editor.left.emit()
    page.refresh()
    settle()
    assert policies(page) == before


def test_a_taken_first_day_is_told_as_it_is_typed_beside_limits_that_contradict_each_other(
    page_of: PageOf, qtbot: QtBot
) -> None:
    page, settle = page_of("okafor")
    choose(page, "policy")
    taken = next(one.effective_on for one in page._documents if one.kind == "policy" and one.approved_at)
    page.edit.click()
    settle()
    show_section(page, "intervals")
    type_into(qtbot, field(page, "parameters.interval_block_days.value"), "60")
    show_section(page, "document")
    type_into(qtbot, field(page, "effective_on"), taken.isoformat())
    said(qtbot, page.editor, "Write a later day.")
    both = {"effective_on", "parameters.interval_warn_days.value"}
    assert both <= set(page.editor._problems)
    page.editor.save.click()
    said(qtbot, page.editor, "Nothing was stored yet")
    settle()
    assert both <= set(page.editor._problems)
    page.editor.left.emit()


@pytest.mark.parametrize("form", ["emergency", "call-script", "aftercare"])
def test_a_text_of_any_form_is_brought_in_as_a_text(
    page_of: PageOf, qtbot: QtBot, tmp_path: Path, form: str
) -> None:
    page, _ = page_of("okafor")
    text = {
        "format": f"mnclinic.{form}/{1 if form == 'call-script' else 2}",
        "form": f"own-{form}",
        "version": 1,
        "language": "en",
        "title": "Brought from another clinic",
        "effective_on": DAY.isoformat(),
        "sections": [{"heading": "First", "text": "Do this at once."}],
    }
    path = tmp_path / "text.json"
    path.write_text(json.dumps(text), encoding="utf-8")
    page.bring_in(path)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.editor, timeout=PATIENCE_MS)
    assert page.editor.composed()["title"]["en"] == "Brought from another clinic"
    page.editor.left.emit()


def test_what_is_typed_survives_a_lock(page_of: PageOf, qtbot: QtBot) -> None:
    page, settle = page_of("okafor")
    edit_areas(page, settle)
    type_into(qtbot, field(page, "areas[0].hard_max_mm"), "1.3")
    type_into(qtbot, field(page, "areas[1].hard_max_mm"), "deep")
    settle()
    place = json.loads(json.dumps(page.place()))
    page.editor.left.emit()
    assert page.place() == {"editor": None, "unsaved": False}
    page.return_to(place)
    settle()
    assert page.stack.currentWidget() is page.editor
    assert field(page, "areas[0].hard_max_mm").text() == "1.30"
    assert field(page, "areas[1].hard_max_mm").text() == "deep"
    page.editor.save.click()
    settle()
    assert page.stack.currentWidget() is page.editor, "what cannot be read keeps the draft from being stored"


def test_areas_and_credentials_are_added_and_taken_out(page_of: PageOf, qtbot: QtBot) -> None:
    page, settle = page_of("okafor")
    edit_areas(page, settle)
    type_into(qtbot, field(page, "areas[0].hard_max_mm"), "1.30")
    page.editor._add("areas", "scalp")
    settle()
    areas = page.editor.composed()["areas"]
    assert (areas[-1]["area"], areas[0]["hard_max_mm"]) == ("scalp", "1.30")
    qtbot.waitUntil(lambda: "to correct" in page.editor.list.currentItem().text(), timeout=PATIENCE_MS)
    # What was added is what is filled in next, in words for a field and not for a file.
    last = field(page, f"areas[{len(areas) - 1}].soft_min_mm")
    assert page.window().focusWidget() is last
    assert "in quotes" not in words(page.editor)
    assert "Still missing." in words(page.editor)
    take_out = page.editor.findChild(QPushButton, f"rules.take_out.areas.{len(areas) - 1}")
    assert take_out is not None
    take_out.click()
    settle()
    assert "scalp" not in {one["area"] for one in page.editor.composed()["areas"]}
    assert page.editor.composed()["areas"][0]["hard_max_mm"] == "1.30"


def test_what_cannot_be_read_stays_typed_while_rows_come_and_go_and_undo_brings_a_row_back(
    page_of: PageOf, qtbot: QtBot
) -> None:
    page, settle = page_of("okafor")
    edit_areas(page, settle)
    second = page.editor.composed()["areas"][1]
    type_into(qtbot, field(page, "areas[0].hard_max_mm"), "deep")
    type_into(qtbot, field(page, "areas[2].hard_max_mm"), "deeper")
    page.editor._add("areas", "scalp")
    settle()
    assert field(page, "areas[0].hard_max_mm").text() == "deep"
    assert field(page, "areas[2].hard_max_mm").text() == "deeper"
    take_out = page.editor.findChild(QPushButton, "rules.take_out.areas.1")
    assert take_out is not None
    take_out.click()
    settle()
    assert field(page, "areas[0].hard_max_mm").text() == "deep"
    assert field(page, "areas[1].hard_max_mm").text() == "deeper", "it moved up with its row"
    assert second not in page.editor.composed()["areas"]
    page.editor.undo.click()
    settle()
    assert page.editor.composed()["areas"][1] == second
    assert field(page, "areas[2].hard_max_mm").text() == "deeper"
    page.editor.undo.click()
    settle()
    assert "scalp" not in {one["area"] for one in page.editor.composed()["areas"]}
    assert field(page, "areas[2].hard_max_mm").text() == "deeper"
    page.editor.undo.click()
    settle()
    assert field(page, "areas[2].hard_max_mm").text() != "deeper", "what was typed before is undone then"
    assert field(page, "areas[0].hard_max_mm").text() == "deep"
    page.editor.left.emit()


@pytest.mark.parametrize("in_front", ["editor", "in_force", "duties"])
def test_whoever_comes_back_to_the_page_has_the_keyboard_in_what_is_in_front(
    open_as: OpenAs, qtbot: QtBot, in_front: str
) -> None:
    window, workspace = open_as("okafor")

    def settle() -> None:
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)

    workspace.go("protocols", None)
    settle()
    page = cast("ProtocolsPage", workspace.stack.currentWidget())
    page.editor.left.emit()
    if in_front == "editor":
        edit_areas(page, settle)
        field(page, "areas[1].hard_max_mm").setFocus()
    elif in_front == "in_force":
        page._look_at_day()
    else:
        page._look_at_duties()
    settle()
    workspace.go("today", None)
    settle()
    page.window().setFocus()
    workspace.go("protocols", None)
    settle()
    shown = page.stack.currentWidget()
    assert shown is getattr(page, in_front)
    held = page.window().focusWidget()
    assert held is not None
    assert shown is not None
    assert shown.isAncestorOf(held), held.objectName()
    if in_front == "editor":
        assert held is field(page, "areas[1].hard_max_mm")
    page.editor.left.emit()


def test_the_service_of_a_protocol_is_named_as_people_name_it(page_of: PageOf, qtbot: QtBot) -> None:
    page, settle = page_of("okafor")
    choose(page, "protocol")
    page.edit.click()
    settle()
    type_into(qtbot, field(page, "service"), "Scalp & decolletage, 2nd session")
    page.editor.list.setFocus()
    settle()
    assert page.editor.composed()["service"] == "scalp_decolletage_2nd_session"
    assert field(page, "service").text() == "scalp_decolletage_2nd_session"
    assert "to correct" not in page.editor.list.item(0).text()


def test_a_draft_from_a_preset_begins_today_and_is_signed_with_a_password(
    page_of: PageOf, qtbot: QtBot
) -> None:
    page, settle = page_of("okafor")
    preset = next(one for one in policy_presets() if one.short_name == "ca")
    page._new_asked(preset)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.editor, timeout=PATIENCE_MS)
    assert page.editor.composed()["effective_on"] == DAY.isoformat()
    page.editor.save.click()
    qtbot.waitUntil(lambda: "CA-like draft" in [one.name for one in page._documents], timeout=PATIENCE_MS)
    choose(page, "policy")
    page.approve.click()
    qtbot.waitUntil(lambda: page.window().findChild(QWidget, "sign_sheet") is not None, timeout=PATIENCE_MS)
    sheet = cast("QWidget", page.window().findChild(QWidget, "sign_sheet"))
    assert "13 of its values are not known yet" in words(sheet)
    cast("QLineEdit", sheet.findChild(QLineEdit, "sign_sheet.password")).setText(PASSWORD["okafor"])
    cast("QPushButton", sheet.findChild(QPushButton, "sign_sheet.confirm")).click()
    settle()
    qtbot.waitUntil(lambda: _in_force(page) == "CA-like draft", timeout=PATIENCE_MS)
    current = page.table.current()
    assert (current.name, current.approved_at is not None) == ("CA-like draft", True)
    assert page.table.currentIndex().row() > 0, "what was signed stays chosen, wherever it stands now"


def _in_force(page: ProtocolsPage) -> str:
    signed = [one for one in page._documents if one.kind == "policy" and one.approved_at is not None]
    return max(signed, key=lambda one: (one.effective_on, one.version)).name


def test_the_day_that_is_typed_is_looked_at(page_of: PageOf, qtbot: QtBot) -> None:
    page, settle = page_of("desk")
    page._look_at_day()
    settle()
    view = page.in_force
    said(qtbot, view, "Dr I. Okafor, MD")
    bot = cast("Any", qtbot)
    for typed, told in (
        ("2025-01-01", "No policy was in force; nobody could be treated."),
        ("01/02/2026", "This can be two days."),
    ):
        view.day.setText(typed)
        bot.keyClick(view.day, Qt.Key.Key_Return)
        settle()
        said(qtbot, view, told)


def test_nobody_consents_to_a_sheet_or_to_the_words_of_a_call(page_of: PageOf) -> None:
    page, _ = page_of("okafor")
    shown = {
        one.document["format"].partition("/")[0].removeprefix("mnclinic."): kind_in_list(one)
        for one in page._documents
        if one.kind == "consent_text"
    }
    assert shown == {
        "consent-text": "Consent",
        "precare": "Sheet",
        "aftercare": "Sheet",
        "call-script": "Call script",
    }


def test_a_draft_to_begin_with_is_named_by_its_kind_and_as_it_calls_itself(
    page_of: PageOf, qapp: QApplication
) -> None:
    page, _ = page_of("okafor")
    menu = page.new.menu()
    speak(qapp, "es")
    try:
        menu.aboutToShow.emit()
        shown = {one.text() for one in menu.actions()}
        kinds = {one.document["form"]: OF_WIZARD[1].text(one) for one in newest_consent_texts()}
    finally:
        speak(qapp, "en")
    assert {
        "Consentimiento: Addendum: your own blood (PRP)",
        "Hoja: After your microneedling",
        "Guion: Follow-up call after microneedling",
    } <= shown
    # The wizard's list of the drafts.
    assert kinds == {
        "microneedling": "Consentimiento",
        "microneedling-prp": "Consentimiento",
        "photographs": "Consentimiento",
        "microneedling-precare": "Hoja",
        "microneedling-aftercare": "Hoja",
        "microneedling-follow-up": "Guion",
    }


def test_a_text_in_force_is_called_as_it_calls_itself_in_another_language_too(
    page_of: PageOf, qtbot: QtBot, qapp: QApplication
) -> None:
    page, settle = page_of("reyes")
    speak(qapp, "es")
    try:
        page.in_force.show_day(DAY)
        settle()
        said(qtbot, page.in_force, "Anexo: su propia sangre (PRP)")
        assert "Addendum: your own blood (PRP)" in words(page.in_force)
        assert "Hojas, llamadas y emergencias" in words(page.in_force)
    finally:
        speak(qapp, "en")


def test_only_leaders_draft_and_everybody_reads(page_of: PageOf, qtbot: QtBot) -> None:
    page, _ = page_of("reyes")
    choose(page, "policy")
    assert not page.new.isVisibleTo(page)
    assert not page.edit.isVisibleTo(page)
    assert page.write.isVisibleTo(page)
    said(qtbot, page._list, "Who may do what")


def test_rules_move_as_a_file_and_a_wrong_file_is_told_line_by_line(
    page_of: PageOf, qtbot: QtBot, tmp_path: Path
) -> None:
    page, settle = page_of("okafor")
    choose(page, "policy")
    document = page.table.current()
    path = tmp_path / "policy.json"
    page.write_to(document, path)
    settle()
    assert json.loads(path.read_text(encoding="utf-8")) == document.document
    page.bring_in(path)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.editor, timeout=PATIENCE_MS)
    page.editor.left.emit()
    wrong = tmp_path / "wrong.json"
    wrong.write_text(path.read_text(encoding="utf-8").replace('"unit": "days"', '"unit": "weeks"', 1))
    page.bring_in(wrong)
    said(qtbot, page._list, "parameters.consent_valid_days.unit: Write days here.")
    assert page.stack.currentWidget() is page._list
    assert "line " in words(page._list)


def test_limits_of_an_area_that_contradict_each_other_are_each_told_beside_their_field(
    page_of: PageOf, qtbot: QtBot
) -> None:
    page, settle = page_of("okafor")
    edit_areas(page, settle)
    for name, value in (("acknowledge_above_mm", "0.10"), ("hard_max_mm", "0.05")):
        type_into(qtbot, field(page, f"areas[0].{name}"), value)
    settle()
    page.editor.save.click()
    said(qtbot, page.editor, "Nothing was stored yet")
    told = {where: what for where, what in page.editor._problems.items() if where.startswith("areas[0]")}
    assert set(told) == {"areas[0].acknowledge_above_mm", "areas[0].hard_max_mm"}
    assert "This is less than “The director above”, 0.10 mm." in words(page.editor)
    page.editor.left.emit()


def test_every_fault_of_a_protocols_file_is_told_at_once_with_its_line(
    page_of: PageOf, qtbot: QtBot, tmp_path: Path
) -> None:
    page, settle = page_of("okafor")
    choose(page, "protocol")
    path = tmp_path / "protocol.json"
    page.write_to(page.table.current(), path)
    settle()
    document = json.loads(path.read_text(encoding="utf-8"))
    document["areas"][0]["area"] = "elbow"
    del document["interval_warn_days"]["unit"]
    document["photos"].append(document["photos"][0])
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    page.bring_in(path)
    said(qtbot, page._list, "areas[0].area")
    shown = words(page._list)
    twice = f"photos[{len(document['photos']) - 1}].view: This view is asked for twice"
    for told in ("interval_warn_days.unit", twice):
        assert told in shown
    assert shown.count("line ") >= len(("area", "unit", "view"))


def test_a_director_drafts_an_off_label_authorisation_that_names_its_product(
    page_of: PageOf, qtbot: QtBot
) -> None:
    page, settle = page_of("okafor")
    page.authorise.click()
    settle()
    sheet = page.window().findChildren(AskSheet)[-1]
    products = sheet.findChild(QLineEdit, "authorise.products")
    confirm = sheet.findChild(QPushButton, "authorise.confirm")
    assert products is not None
    assert confirm is not None
    products.setText("Growth factor serum, hydrogel")
    confirm.click()
    qtbot.waitUntil(lambda: any(made(one) for one in page._documents), timeout=PATIENCE_MS)
    draft = next(one for one in page._documents if made(one))
    assert draft.approved_at is None
    assert draft.document["director"] == page._desk.person.name


def made(row: DocumentRow) -> bool:
    return row.document.get("products") == ["Growth factor serum", "hydrogel"]


def test_nobody_but_a_director_is_offered_to_authorise(page_of: PageOf) -> None:
    page, _ = page_of("lind")
    assert page.authorise.isHidden()


def test_a_text_is_edited_in_both_languages_and_saved_under_one_number(page_of: PageOf, qtbot: QtBot) -> None:
    page, settle = page_of("okafor")
    version = choose(page, "consent_text")
    form = page._documents[[one.kind for one in page._documents].index("consent_text")].document_id
    assert page.edit.isVisibleTo(page)
    page.edit.click()
    settle()
    show_section(page, "sections")
    type_into(qtbot, field(page, "sections[0].es.heading"), " ")
    said(qtbot, page.editor, "Write a name of 1 to 120 characters.")
    assert page.editor.list.currentItem().text() == "Sections: 1 to correct"
    page.editor.save.click()
    said(qtbot, page.editor, "Nothing was stored yet")
    type_into(qtbot, field(page, "sections[0].es.heading"), "Lo que se hace hoy")
    type_into(qtbot, field(page, "sections[0].en.heading"), "What is done today")
    settle()
    page.editor.list.setCurrentRow(page.editor.list.count() - 1)
    said(qtbot, page.editor, "Lo que se hace hoy")
    page.editor.save.click()

    def drafts() -> dict[str, DocumentRow]:
        return {
            one.language: one
            for one in page._documents
            if one.document_id == form and one.approved_at is None
        }

    qtbot.waitUntil(lambda: set(drafts()) == {"en", "es"}, timeout=PATIENCE_MS)
    assert {one.version for one in drafts().values()} == {version + 1}
    assert drafts()["es"].document["sections"][0]["heading"] == "Lo que se hace hoy"
    assert drafts()["en"].document["sections"][0]["heading"] == "What is done today"


def test_a_section_is_added_to_a_text_and_taken_out_and_survives_a_lock(
    page_of: PageOf, qtbot: QtBot
) -> None:
    page, settle = page_of("okafor")
    choose(page, "consent_text")
    page.edit.click()
    settle()
    show_section(page, "sections")
    before = len(page.editor.composed()["sections"])
    options = page.editor.findChild(QWidget, "rules.add.sections")
    assert options is not None
    page.editor._add("sections", "risks" if "part" in page.editor.composed()["sections"][0] else "section")
    settle()
    assert len(page.editor.composed()["sections"]) == before + 1
    type_into(qtbot, field(page, f"sections[{before}].en.heading"), "One more")
    settle()
    place = json.loads(json.dumps(page.place()))
    page.editor.left.emit()
    page.return_to(place)
    settle()
    assert page.editor.composed()["sections"][before]["en"]["heading"] == "One more"
    taken = page.editor.findChild(QPushButton, f"rules.take_out.sections.{before}")
    assert taken is not None
    taken.click()
    settle()
    assert len(page.editor.composed()["sections"]) == before
