"""The consent on the screen: the people around it, the screen handed over, a paper scanned back."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.services.consent_of_visit import ConsentText
from mnclinic.services.save_visit import save_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.ui.handover.curtain import Curtain
from mnclinic.ui.handover.sheet import HandoverSheet
from mnclinic.ui.lock.cover import put_away
from mnclinic.ui.signature_pad import SignaturePad
from tests.domain.builders import draft
from tests.services.clinic_builder import (
    MONDAY,
    PASSWORDS,
    SmallClinic,
    add_person,
    document,
    policy,
    protocol,
    small_clinic,
)
from tests.ui.visits.conftest import AtVisit

NAMES = [
    f"{one}-{code}"
    for one in ("microneedling-5", "photographs-1", "microneedling-precare-2")
    for code in ("en", "es")
]
TEXTS = {name: draft(f"consent_texts/{name}.json") for name in NAMES}
SHA = {name: sha256_hex(canonical_bytes(text)) for name, text in TEXTS.items()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallClinic, str]:
    """A visit that lacks nothing but its consent, in a clinic that works under texts of the second form."""
    documents = [("policy", policy()), ("protocol", protocol())]
    documents += [("consent_text", one) for one in TEXTS.values()]
    made = small_clinic(tmp_path_factory.mktemp("consent") / "clinic", documents=tuple(documents))
    reyes = made.as_user("reyes")
    visit_id = start_visit(reyes, add_person(reyes), "microneedling_face", "reyes")
    view = show_visit(reyes, visit_id, opened=False)
    whole = document(patient=view.document["patient"])
    for name in ("consent", "lines", "ended_at"):
        whole.pop(name)
    save_visit(reyes, visit_id, 1, whole)
    made.close()
    return made, visit_id


@pytest.fixture
def at(at_visit: AtVisit) -> AtVisit:
    return at_visit


def stored(at: AtVisit) -> dict[str, Any]:
    at.kept()
    return at.stored()


def draw(at: AtVisit, pad: QWidget) -> None:
    mouse = cast("Any", at.bot)
    mouse.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    mouse.mouseMove(pad, QPoint(60, 50))
    mouse.mouseMove(pad, QPoint(90, 20))
    mouse.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(90, 20))


def at_consent(at: AtVisit) -> None:
    at.page.go("consent")


def handed(at: AtVisit) -> HandoverSheet:
    at_consent(at)
    at.press("visit.consent.hand_over")
    at.until(lambda: at.page.findChild(HandoverSheet) is not None or bool(sheets()))
    return sheets()[-1]


def sheets() -> list[HandoverSheet]:
    return [
        one for one in QApplication.topLevelWidgets() if isinstance(one, HandoverSheet) and one.isVisible()
    ]


def on(sheet: QDialog, name: str) -> Any:  # noqa: ANN401 - a control of any kind
    found = [one for one in sheet.findChildren(QWidget, name) if one.isVisibleTo(sheet)]
    assert found, name
    return found[-1]


def press(sheet: QDialog, name: str) -> None:
    cast("QPushButton", on(sheet, name)).click()


def type_on(
    at: AtVisit,
    sheet: QDialog,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key where the keyboard is on the sheet, and on the sheet itself."""
    for target in (QApplication.focusWidget(), sheet):
        assert target is not None
        cast("Any", at.bot).keyClick(target, key, modifiers)


def consent_codes(at: AtVisit) -> set[str]:
    verdict = show_visit(at.lind, at.visit_id, opened=False).verdict
    return {one.code for one in verdict.findings if one.light.value == "consent"}


def test_nothing_is_taken_before_questions_photographs_and_signature(at: AtVisit) -> None:
    at_consent(at)
    step = at.page.steps["consent"]
    at.press("visit.consent.sign")
    assert "consent" not in stored(at)
    draw(at, cast("Any", step).pad)
    at.press("visit.consent.sign")
    assert "consent" not in stored(at)
    at.choose("visit.consent.answered_by", "reyes")
    at.choose("visit.consent.level", "chart")
    at.press("visit.consent.sign")
    consent = stored(at)["consent"]
    assert consent["text_sha256"] == SHA["microneedling-5-en"]
    assert consent["questions"] == {"answered_by": "reyes"}
    assert [one["level"] for one in consent["addenda"]] == ["chart"]
    assert consent_codes(at) == {"precare_missing"}


def test_enter_again_on_what_took_a_consent_does_not_undo_it(at: AtVisit) -> None:
    at_consent(at)
    draw(at, cast("Any", at.page.steps["consent"]).pad)
    at.choose("visit.consent.answered_by", "reyes")
    at.choose("visit.consent.level", "chart")
    at.control("visit.consent.sign").setFocus()
    at.key(Qt.Key.Key_Space)
    at.kept()
    assert "consent" in stored(at)
    at.key(Qt.Key.Key_Space)
    at.kept()
    assert "consent" in stored(at)


def test_the_sheet_about_preparing_is_written_down_with_how_and_by_whom(at: AtVisit) -> None:
    at_consent(at)
    at.choose("visit.precare.how", "printed")
    at.press("visit.precare.give")
    given = stored(at)["precare"]
    assert (given["given_by"], given["how"], given["language"]) == ("reyes", "printed", "en")


def test_the_sheet_about_preparing_of_a_visit_of_an_earlier_day_was_given_that_day(
    at: AtVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at.clinic.clock, "at", at.clinic.clock.at + timedelta(days=2))
    at.show()
    at_consent(at)
    assert cast("QPushButton", at.control("visit.precare.give")).text() == "It was given that day"
    at.choose("visit.precare.how", "printed")
    at.press("visit.precare.give")
    document = stored(at)
    assert document["precare"]["given_at"] == document["started_at"]


def test_a_visit_without_an_area_says_why_it_cannot_be_signed_and_voids_nothing_by_a_key(at: AtVisit) -> None:
    at.page.enter("sign")
    step = at.page._sign_step
    assert "The gate refuses this visit" in step.says.text()
    assert not step.sign.isEnabled()
    mends = step.findings.first_to_do()
    assert at.page.window().focusWidget() is mends, "not on what voids the visit or puts it off"
    cast("QPushButton", mends).click()
    assert at.page.steps["consent"].isAncestorOf(at.page.window().focusWidget())


def test_the_keyboard_is_on_the_consent_and_not_on_taking_back_a_sheet_that_was_given(at: AtVisit) -> None:
    at.page.enter("consent")
    assert at.page.window().focusWidget() is not at.control("visit.consent.language")
    at.choose("visit.precare.how", "aloud")
    at.press("visit.precare.give")
    at.page.enter("consent")
    assert at.page.window().focusWidget() is at.control("visit.consent.language")


def test_a_small_window_hands_the_whole_screen_over_even_where_nobody_manages_windows(at: AtVisit) -> None:
    window = QWidget()
    at.bot.addWidget(window)
    window.setGeometry(40, 40, 300, 200)
    window.show()
    sheet = HandoverSheet(window, texts=(), patient="Ada Testerman", language="en")
    # Where no window manager runs, what a window asks for with its state is what nobody gives it.
    assert sheet.geometry() == window.screen().geometry()


def test_nothing_is_signed_while_guardian_or_interpreter_are_half_said(at: AtVisit) -> None:
    """Once it is signed nobody can add them, so the signature would be for nothing."""
    at_consent(at)
    step = cast("Any", at.page.steps["consent"])
    at.choose("visit.consent.answered_by", "reyes")
    at.choose("visit.consent.level", "chart")
    draw(at, step.pad)
    step.people.interpreter.setText("Li Demo")
    at.choose("visit.consent.interpreted_how", "phone")
    at.choose("visit.consent.signer", "guardian")
    step.people.guardian.setText("Bea Testerman")
    for control in ("visit.consent.sign", "visit.consent.hand_over"):
        at.press(control)
        assert "consent" not in stored(at)
        assert not sheets()
        said = step._problem.accessibleName()
        assert "how they are related" in said
        assert "Say who interprets" in said
    step.people.relation.setText("mother")
    at.choose("visit.consent.into", "zh")
    at.press("visit.consent.sign")
    consent = stored(at)["consent"]
    assert consent["guardian"] == {"name": "Bea Testerman", "relation": "mother"}
    assert consent["interpreter"] == {"name": "Li Demo", "language": "zh", "how": "phone"}


def test_a_window_whose_frame_reaches_beyond_the_screen_leaves_none_of_the_screen_uncovered(
    at: AtVisit,
) -> None:
    """As the frame of a window that fills the screen does on Windows, and of a small screen's elsewhere."""
    window = QWidget()
    at.bot.addWidget(window)
    screen = window.screen().geometry()
    window.setGeometry(screen.x() + 2, screen.y() + 40, screen.width(), screen.height() - 40)
    window.show()
    sheet = HandoverSheet(window, texts=(), patient="Ada Testerman", language="en")
    assert sheet.geometry() == screen
    assert sheet.isFullScreen()


def test_behind_the_screen_that_is_handed_over_nothing_of_the_window_is_to_be_seen(at: AtVisit) -> None:
    """A window manager puts any sheet aside; the chart behind it is no patient's to read."""
    window = at.page.window()
    before = window.focusWidget()

    def top() -> QWidget:
        return cast("QWidget", window.childAt(window.rect().center()))

    sheet = handed(at)
    assert isinstance(top(), Curtain)
    sheet.setWindowState(Qt.WindowState.WindowMinimized)
    window.resize(window.width() + 60, window.height() + 40)
    assert top().geometry() == window.rect()
    put_away(window)
    at.until(lambda: not isinstance(top(), Curtain))
    sheet.show()
    assert isinstance(top(), Curtain)
    sheet.leave()
    at.until(lambda: not isinstance(top(), Curtain))
    assert window.focusWidget() is before or window.focusWidget() is at.control("visit.consent.hand_over")


def test_what_is_left_of_a_curtain_that_goes_down_with_its_window_hears_events_in_silence(
    qtbot: QtBot,
) -> None:
    window, sheet = QWidget(), QDialog()
    for one in (window, sheet):
        qtbot.addWidget(one)
    curtain = Curtain(window, sheet)
    # As the collector leaves it when window, sheet and curtain have become unreachable together.
    vars(curtain).clear()
    for kind in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
        assert curtain.eventFilter(sheet, QEvent(kind)) is False
        assert curtain.eventFilter(window, QEvent(kind)) is False


def test_what_staff_copied_last_is_shown_to_no_patient(at: AtVisit) -> None:
    sheet = handed(at)
    on(sheet, "handover.way.typed").setChecked(True)
    QGuiApplication.clipboard().setText("Otherwise, Zed")
    keys = [(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)]
    keys += [(Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)]
    for key, held in keys:
        cast("Any", at.bot).keyClick(on(sheet, "handover.name"), key, held)
    assert on(sheet, "handover.name").text() == ""
    press(sheet, "handover.not_now")
    # A password that is shown in letters would tell it as well.
    for key, held in keys:
        cast("Any", at.bot).keyClick(on(sheet, "handover.password"), key, held)
    assert on(sheet, "handover.password").text() == ""


def test_every_word_of_the_screen_that_is_handed_over_is_in_the_language_that_was_chosen(at: AtVisit) -> None:
    sheet = handed(at)
    pad = cast("SignaturePad", on(sheet, "handover.pad"))
    assert (pad.below, pad.accessibleName()) == ("Sign here", "Sign here with a finger, a pen or the mouse")
    press(sheet, "handover.language.es")
    pad = cast("SignaturePad", on(sheet, "handover.pad"))
    assert (pad.below, pad.accessibleName()) == ("Firme aquí", "Firme aquí con el dedo, un lápiz o el ratón")


def test_the_patient_chooses_the_language_reads_chooses_and_signs(at: AtVisit) -> None:
    sheet = handed(at)
    press(sheet, "handover.language.es")
    assert sheet.language == "es"
    press(sheet, "handover.agree")
    on(sheet, "handover.level.none").setChecked(True)
    press(sheet, "handover.agree")
    assert not sheet._is_signed, "nothing is drawn"
    draw(at, on(sheet, "handover.pad"))
    press(sheet, "handover.agree")
    consent = stored(at)["consent"]
    assert (consent["language"], consent["read_by"]) == ("es", "handover")
    assert consent["text_sha256"] == SHA["microneedling-5-es"]
    assert consent["addenda"][0]["level"] == "none"
    on(sheet, "handover.password").setText(PASSWORDS["reyes"])
    press(sheet, "handover.leave")
    at.until(lambda: not sheets())
    at.choose("visit.consent.answered_by", "reyes")
    at.choose("visit.precare.how", "aloud")
    at.press("visit.precare.give")
    stored(at)
    assert consent_codes(at) == set()


def test_nobody_is_thanked_for_what_the_gate_would_not_take_as_signed(at: AtVisit) -> None:
    sheet = handed(at)
    given: list[dict[str, Any]] = []
    sheet.signed.connect(given.append)
    on(sheet, "handover.level.none").setChecked(True)
    on(sheet, "handover.pad").show_strokes([[[5000, 5000], [5060, 5000]], [[100, 100]]], locked=False)
    press(sheet, "handover.agree")
    assert given == [], "a slip of the finger"
    assert sheet._problem.accessibleName() == sheet.words["lack_signature"]
    on(sheet, "handover.way.typed").setChecked(True)
    on(sheet, "handover.name").setText("Ada")
    press(sheet, "handover.agree")
    assert given == [], "half a name"
    assert sheet._problem.accessibleName() == sheet.words["other_name"]
    on(sheet, "handover.name").setText("ADA testerman")
    press(sheet, "handover.agree")
    assert [one["signature"]["name"] for one in given] == ["ADA testerman"]
    sheet.leave()


def test_the_own_name_is_typed_and_agreed_to(at: AtVisit) -> None:
    sheet = handed(at)
    on(sheet, "handover.way.typed").setChecked(True)
    on(sheet, "handover.level.marketing").setChecked(True)
    press(sheet, "handover.agree")
    assert not sheet._is_signed
    on(sheet, "handover.name").setText(" Ada  Testerman")
    press(sheet, "handover.agree")
    signature = stored(at)["consent"]["signature"]
    assert signature == {"kind": "typed", "name": "Ada Testerman", "agreed": True}
    sheet.leave()


@pytest.mark.parametrize(
    "act",
    [
        lambda at, sheet: type_on(at, sheet, Qt.Key.Key_Escape),
        lambda at, sheet: type_on(at, sheet, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
        lambda at, sheet: type_on(at, sheet, Qt.Key.Key_F10),
        lambda at, sheet: type_on(at, sheet, Qt.Key.Key_Question),
        lambda at, sheet: type_on(at, sheet, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        lambda at, sheet: type_on(at, sheet, Qt.Key.Key_Return),
        lambda at, sheet: sheet.reject(),
        lambda at, sheet: sheet.close(),
    ],
    ids=["escape", "find", "menu", "keys", "back", "enter", "reject", "close"],
)
def test_no_key_leads_out_and_closing_locks(at: AtVisit, act: Callable[[AtVisit, QDialog], object]) -> None:
    locks: list[bool] = []
    at.desk.lock_wanted.connect(lambda: locks.append(True))
    sheet = handed(at)
    assert sheet.isModal()
    assert sheet.geometry().contains(at.page.window().geometry())
    closes = act.__code__.co_names[-1] == "close"
    act(at, sheet)
    assert sheets() == [sheet]
    assert QApplication.activeModalWidget() is sheet
    assert bool(locks) == closes
    sheet.leave()


def test_the_password_that_is_being_checked_can_be_stopped_and_typed_again(at: AtVisit) -> None:
    sheet = handed(at)
    press(sheet, "handover.not_now")
    on(sheet, "handover.password").setText(PASSWORDS["reyes"])
    goes_on = threading.Event()
    at.desk.ask(
        lambda _clinic: goes_on.wait(), owner=sheet, done=lambda _done: None, failed=lambda _error: None
    )
    press(sheet, "handover.leave")
    assert not on(sheet, "handover.leave").isEnabled()
    press(sheet, "handover.progress.cancel")
    goes_on.set()
    at.until(lambda: on(sheet, "handover.leave").isEnabled())
    assert sheets() == [sheet], "the screen is the patient's still"
    assert on(sheet, "handover.password").text() == PASSWORDS["reyes"]
    press(sheet, "handover.leave")
    at.until(lambda: not sheets())


def test_another_password_keeps_the_screen_with_the_patient(at: AtVisit) -> None:
    sheet = handed(at)
    press(sheet, "handover.not_now")
    press(sheet, "handover.leave")
    on(sheet, "handover.password").setText("willow bridge nine pebbels")
    press(sheet, "handover.leave")
    at.until(lambda: not at.desk.runner.is_busy)
    assert sheets() == [sheet]
    assert on(sheet, "handover.password").text() == ""
    on(sheet, "handover.password").setText(PASSWORDS["reyes"])
    press(sheet, "handover.leave")
    at.until(lambda: not sheets())
    assert "consent" not in stored(at)


def test_what_was_drawn_and_chosen_comes_back_after_a_lock(at: AtVisit) -> None:
    sheet = handed(at)
    press(sheet, "handover.language.es")
    on(sheet, "handover.level.teaching").setChecked(True)
    draw(at, on(sheet, "handover.pad"))
    place = sheet.place()
    sheet.leave()
    at.press("visit.consent.hand_over")
    again = sheets()[-1]
    again.return_to(place)
    assert again.place() == place
    assert (again.language, again.level) == ("es", "teaching")
    again.leave()


def test_a_guardian_signs_for_a_minor_and_an_interpreter_is_named(at: AtVisit) -> None:
    at_consent(at)
    at.choose("visit.consent.signer", "guardian")
    at.type_into("visit.consent.guardian", "Bea Testerman")
    at.choose("visit.consent.answered_by", "lind")
    at.choose("visit.consent.level", "none")
    draw(at, cast("Any", at.page.steps["consent"]).pad)
    at.press("visit.consent.sign")
    assert "consent" not in stored(at), "how they are related is not said"
    at.type_into("visit.consent.relation", "mother")
    at.press("visit.consent.interpreted")
    at.type_into("visit.consent.interpreter", "Cy Wordly")
    at.choose("visit.consent.into", "vi")
    at.choose("visit.consent.interpreted_how", "phone")
    at.press("visit.consent.sign")
    consent = stored(at)["consent"]
    assert consent["guardian"] == {"name": "Bea Testerman", "relation": "mother"}
    assert consent["interpreter"] == {"name": "Cy Wordly", "language": "vi", "how": "phone"}
    assert consent["signed_by"] == "guardian"


def test_a_paper_is_scanned_back(at: AtVisit, tmp_path: Path) -> None:
    at_consent(at)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7\nsigned\n%%EOF\n")
    at.choose("visit.consent.answered_by", "reyes")
    at.choose("visit.consent.level", "chart")
    step = cast("Any", at.page.steps["consent"])
    step.acts.keep(at.page._view, scan, MONDAY.date())
    at.until(lambda: bool(at.page.editing.text("consent")))
    consent = stored(at)["consent"]
    assert consent["signature"]["kind"] == "paper"
    assert consent["signature"]["seen_by"] == "reyes"
    assert consent_codes(at) == {"precare_missing"}
    scan.write_bytes(b"no scan")
    step.acts.keep(at.page._view, scan, MONDAY.date())
    at.until(lambda: not at.desk.runner.is_busy)
    assert "no whole PDF" in step._problem.accessibleName()


def test_a_paper_of_another_season_was_signed_at_noon_by_the_clocks_of_its_day(
    at: AtVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at.clinic.clock, "zone", ZoneInfo("America/Chicago"), raising=False)
    at_consent(at)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7\nsigned\n%%EOF\n")
    moments: list[str] = []
    step = cast("Any", at.page.steps["consent"])
    step.acts.scanned.connect(lambda _signature, signed_at: moments.append(signed_at.isoformat()))
    step.acts.keep(at.page._view, scan, date(2026, 10, 30))
    at.until(lambda: bool(moments))
    assert moments == ["2026-10-30T12:00:00-05:00"]


def test_a_paper_of_the_day_of_a_visit_that_is_entered_later_was_signed_before_it_began(
    at: AtVisit, tmp_path: Path
) -> None:
    at_consent(at)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7\nsigned\n%%EOF\n")
    view = at.page._view
    assert view is not None
    began_at = datetime.fromisoformat(view.document["started_at"])
    assert began_at.hour < 12
    at.clinic.clock.at += timedelta(days=2)
    moments: list[datetime] = []
    step = cast("Any", at.page.steps["consent"])
    step.acts.scanned.connect(lambda _signature, signed_at: moments.append(signed_at))
    step.acts.keep(view, scan, began_at.date())
    at.until(lambda: bool(moments))
    assert moments == [began_at]


def test_agreeing_is_an_act_of_its_own_when_a_name_is_typed(at: AtVisit) -> None:
    at_consent(at)
    at.choose("visit.consent.answered_by", "reyes")
    at.choose("visit.consent.level", "chart")
    at.choose("visit.consent.way", "typed")
    at.type_into("visit.consent.name", "Ada Testerman")
    at.press("visit.consent.sign")
    assert "consent" not in stored(at)
    cast("QCheckBox", at.control("visit.consent.agreed")).setChecked(True)
    at.press("visit.consent.sign")
    assert stored(at)["consent"]["signature"]["agreed"] is True


def test_a_withdrawal_stops_the_visit_at_once(at: AtVisit) -> None:
    at_consent(at)
    at.choose("visit.consent.answered_by", "reyes")
    at.choose("visit.consent.level", "chart")
    draw(at, cast("Any", at.page.steps["consent"]).pad)
    at.press("visit.consent.sign")
    stored(at)
    at.press("visit.withdrawal")
    at.press("visit.withdrawal.write")
    at.until(lambda: not at.desk.runner.is_busy)
    assert "consent_withdrawn" not in consent_codes(at), "nobody is named"
    fields = cast("Any", at.page.steps["consent"]).withdrawal._fields
    assert "Say how: spoken, written or by telephone." in fields["how"].problem.text()
    at.until(lambda: len({one.y() for one in fields.values()}) == 1)
    at.type_into("visit.withdrawal.by", "Ada Testerman")
    at.choose("visit.withdrawal.how", "spoken")
    at.press("visit.withdrawal.write")
    at.kept()
    assert "consent_withdrawn" in consent_codes(at)
    assert cast("QLineEdit", at.control("visit.withdrawal.by")).text() == "", (
        "or it would be written down twice"
    )
    assert at.page.window().focusWidget() is at.control("visit.withdrawal")


def test_the_policys_words_about_delegation_are_read_before_anybody_signs(at: AtVisit) -> None:
    told = "A nurse treats you. Dr. Okafor delegates it to her."
    texts = [ConsentText("m", 5, "en", "Consent", (("Risks", "Redness."),), "0" * 64, "I agree.")]
    sheet = HandoverSheet(at.page, texts=texts, patient="Ada Low", language="en", delegation=told)
    shown = [one.text() for one in sheet.findChildren(QLabel)]
    assert shown.index("Who delegates this treatment") < shown.index(told) < shown.index(sheet.words["how"])
    sheet.deleteLater()
    step = cast("Any", at.page.steps["consent"])
    view = step.view
    step.view = replace(view, consent=replace(view.consent, delegation=told))
    step._show_text()
    assert step.text.toPlainText().endswith(f"Who delegates this treatment\n{told}")
