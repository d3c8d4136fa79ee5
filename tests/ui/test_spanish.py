"""The window in Spanish: every page, Qt's own words, and the change from one language to the other."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from mnclinic.domain.person_details import Allergies, AllergyState
from mnclinic.resource_files import resource_text
from mnclinic.services.banner_facts import BannerFacts
from mnclinic.services.demo.build import DemoBuilt
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.services.read_documents import schema_names, schema_of
from mnclinic.services.session import ClockSetBack
from mnclinic.ui.keys import native_keys
from mnclinic.ui.language import ENGLISH, SPANISH, language, language_of, speak, spoken
from mnclinic.ui.looks import looks_keeper, read_looks
from mnclinic.ui.patients.banner import PersonAlerts
from mnclinic.ui.patients.timeline_words import TimelineWords
from mnclinic.ui.protocols.changes import said_value
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.today.page import TodayPage
from mnclinic.ui.words import day_words, instant_words
from tests.ui.conftest import Noon, OpenAs
from tests.ui.spanish_walk import Forgotten, Walk, texts_of

PATIENCE_MS = 60_000


@pytest.fixture
def spanish(qapp: QApplication) -> Iterator[None]:
    """The program speaks Spanish, and English again afterwards."""
    speak(qapp, SPANISH)
    yield
    speak(qapp, ENGLISH)


@pytest.fixture
def kept(qapp: QApplication, tmp_path: Path) -> Iterator[Path]:
    """The file in which the looks of this test are kept; they are forgotten afterwards."""
    file = tmp_path / "looks.json"
    looks_keeper().begin(qapp, file)
    looks_keeper().wear(mode="light", language=ENGLISH)
    yield file
    looks_keeper().begin(qapp, None)
    looks_keeper().wear(language=ENGLISH)


def test_the_keys_of_today_are_called_as_on_a_spanish_keyboard(
    spanish: None, open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("desk")
    page = cast("TodayPage", workspace.stack.currentWidget())
    qtbot.waitUntil(lambda: page.table.rows.rowCount() > 0 and not window._runner.is_busy)
    lines = [page.table.rows.row_at(at) for at in range(page.table.rows.rowCount())]
    planned = next(at for at, one in enumerate(lines) if one.planned and one.planned.state == "planned")
    page.table.selectRow(planned)
    arrives, cancels = native_keys("Space"), native_keys("Delete")
    assert (arrives, cancels) == ("Espacio", "Suprimir"), "as Qt's own Spanish has them"
    assert {"Espacio", cancels} <= {one.keys for one in page.table.told_keys()}
    in_menu = [one.text().partition("\t")[2] for one in page.table.menu_for(lines[planned]).actions()]
    assert {"Espacio", cancels} <= set(in_menu)
    tips = [one.toolTip() for one in page.chosen._buttons.values()]
    assert any(tip.endswith("(Espacio)") for tip in tips)


@pytest.mark.parametrize("user", ["okafor", "reyes"])
def test_every_page_is_spanish(user: str, spanish: None, open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as(user)
    forgotten = Forgotten()
    found = {
        f"{page}, {where}: {text}"
        for page in Walk(window, workspace, qtbot).pages()
        for where, text in texts_of(workspace)
        if forgotten.is_english(text)
    }
    assert not found, "\n".join(sorted(found))


def test_the_pages_before_the_log_in_are_spanish(
    spanish: None, demo: DemoBuilt, qtbot: QtBot, tmp_path: Path
) -> None:
    forgotten, found = Forgotten(), []
    for folder in (demo.folder, tmp_path / "empty"):
        window = ClinicWindow(folder, clock=Noon(), log_ins=demo_log_ins())
        qtbot.addWidget(window)
        window.show()
        found += [text for _, text in texts_of(window) if forgotten.is_english(text)]
        window.close()
    assert found == []


def test_qts_own_words_are_spanish(spanish: None, qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Cancelar"


def test_a_day_cannot_be_misread_in_either_language(qapp: QApplication) -> None:
    at = datetime(2026, 11, 26, 10, 42, tzinfo=UTC)
    assert day_words(date(2026, 1, 2)) == "2 Jan 2026"
    speak(qapp, SPANISH)
    try:
        assert day_words(date(2026, 1, 2)) == "2 ene 2026"
        assert instant_words(at) == "26 nov 2026, 10:42 +00:00"
    finally:
        speak(qapp, ENGLISH)
    assert instant_words(at) == "26 Nov 2026, 10:42 +00:00"


def test_what_is_not_the_programs_stays_as_it_was_typed(spanish: None) -> None:
    of_people = ("Ann Bo", "came back on 2 Nov. No pain.", "l’été", "Face from the front")
    for typed in (*of_people, "", "{name}", "a\x00b", "x" * 100_000):
        assert spoken(typed) == typed


def test_a_language_that_is_not_spoken_is_the_computers(qapp: QApplication) -> None:
    assert language_of("es") == SPANISH
    assert language_of("xx") in {ENGLISH, SPANISH}


def test_the_language_changes_at_the_log_in_and_what_is_typed_stays(
    kept: Path, demo: DemoBuilt, qtbot: QtBot
) -> None:
    window = ClinicWindow(demo.folder, clock=Noon(), log_ins=demo_log_ins())
    qtbot.addWidget(window)
    window.show()
    window.login.user.setText("okafor")
    window.login.password.setText("half a passw")
    before = window.login
    before.language.click()
    qtbot.waitUntil(lambda: window.login is not before, timeout=PATIENCE_MS)
    assert window.login.enter.text() == "Entrar"
    assert window.login.user.text() == "okafor"
    assert window.login.password.text() == "half a passw"
    kept_looks = read_looks(kept)
    assert kept_looks is not None
    assert kept_looks.language == SPANISH
    window.close()


def test_the_language_changes_in_the_settings_and_what_is_typed_elsewhere_stays(
    kept: Path, open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")
    workspace.go("patients", None)
    patients: Any = workspace.stack.currentWidget()
    patients.search.setFocus()
    cast("Any", qtbot).keyClicks(patients.search, "Mara")
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    workspace.go("settings", "looks")
    settings: Any = workspace.stack.currentWidget()
    chosen = settings.section().language
    chosen.setCurrentIndex(chosen.findData(SPANISH))
    qtbot.waitUntil(lambda: workspace.stack.currentWidget() is not settings, timeout=PATIENCE_MS)
    anew: Any = workspace.stack.currentWidget()
    assert workspace.where == ("settings", "looks")
    assert anew.section().language.currentData() == SPANISH
    assert language() == SPANISH
    workspace.go("patients", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    again: Any = workspace.stack.currentWidget()
    qtbot.waitUntil(lambda: again.search.text() == "Mara", timeout=PATIENCE_MS)


def test_the_language_changes_in_the_wizard_and_every_answer_stays(
    kept: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    window = ClinicWindow(tmp_path / "new", clock=Noon())
    qtbot.addWidget(window)
    window.show()
    before = window.ways_in.set_up()
    before.clinic.name.setText("Lakeside Skin")
    before.clinic.state.setCurrentIndex(before.clinic.state.findData("TX"))
    before.go_on()
    before.people._more("provider")
    before.people._more("front_desk")
    before.people._take_away(before.people.cards[2])
    for card in before.people.cards:
        card.name.setText(f"Person {card.role}")
        card.user.setText(card.role)
        card.password.edit.setText(f"long enough for {card.role}")
    before.people.cards[2].is_given.setChecked(True)
    answers, passwords = before.answers(), before.people.passwords()
    before.language.click()
    qtbot.waitUntil(lambda: window.centralWidget() is not before, timeout=PATIENCE_MS)
    wizard: Any = window.centralWidget()
    assert wizard.next.text() == "Siguiente"
    assert wizard.at == 1
    wizard.documents.entered()
    before.documents.entered()
    assert wizard.answers() == before.answers()
    assert wizard.answers()["staff"] == answers["staff"]
    assert wizard.people.passwords() == passwords
    assert wizard.people.given() == {"front_desk"}
    window.close()


def test_the_asepsis_steps_of_the_shipped_protocols_are_said_as_the_paper_sheet_says_them(
    spanish: None,
) -> None:
    on_paper: dict[str, str] = json.loads(resource_text("words/protocol-lines-es.json"))
    shipped = [
        step
        for name in ("face-mechanical", "face-prp")
        for step in json.loads(resource_text(f"drafts/protocols/{name}.json"))["asepsis"]
    ]
    assert len(shipped) > 5
    assert {step: spoken(step) for step in shipped} == {step: on_paper[step] for step in shipped}


def test_whatever_sentence_the_sources_join_to_others_is_said_in_spanish_among_them(spanish: None) -> None:
    said = json.loads(resource_text("translations/said_es.json"))["said"]
    joined = [one for one in said if one != one.strip() and one.strip().endswith(".")]
    assert joined
    english = []
    for one in joined:
        text = re.sub(r"\{\w+\}", "7", one.strip())
        if text in spoken(f"Nothing was changed. {text} Delete nothing."):
            english.append(one)
    assert english == []


def test_what_a_schema_says_about_a_broken_rule_is_said_in_spanish(spanish: None) -> None:
    rules = [rule for name in schema_names() for rule in _rules_of(schema_of(name))]
    sentences = {rule["x-problem"] for rule in rules if "x-problem" in rule}
    assert len(sentences) > 50
    assert {one for one in sentences if spoken(one) == one} == set()


def _rules_of(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON is anything
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _rules_of(one)


def test_user_names_that_look_alike_stay_as_they_were_typed(spanish: None) -> None:
    said = "The user names pr0vider, provider look alike. Choose another one for somebody."
    assert spoken(said) == "Los nombres de usuario pr0vider, provider se parecen. Elija otro para alguien."


def test_a_director_reads_in_spanish_that_she_was_given_a_password(spanish: None) -> None:
    assert spoken(
        "On 27 Nov 2026 M. Quillstone gave you a new password. From 30 Nov 2026 at 14:24 on a signature key "
        "can be made in that name with nobody else's word. If you did not ask for it, sign nothing and tell "
        "everybody here."
    ) == (
        "El 27 nov 2026, M. Quillstone le dio a usted una contraseña nueva. Desde el 30 nov 2026 a las 14:24 "
        "se puede crear una clave de firma a ese nombre sin la palabra de nadie más. Si usted no la pidió, "
        "no firme nada y avise a todos aquí."
    )


def test_how_long_and_when_are_said_in_spanish_within_a_sentence(spanish: None) -> None:
    back = ClockSetBack(timedelta(hours=2), datetime(2026, 11, 23, tzinfo=UTC), is_entered=False)
    assert "está 2 horas atrás" in spoken(back.sentence)
    told = "By telephone from Dr I. Okafor on 2026-11-23 at 10:27, taken and read back by T. Reyes: go ahead."
    assert "el 2026-11-23 a las 10:27" in spoken(f"{told} Not signed by the director yet.")
    assert said_value("0 percent") == "0 por ciento"
    assert said_value("2026-11-02") == "2026-11-02"


def test_what_was_picked_or_chosen_about_a_person_is_said_in_spanish_and_what_was_typed_stays(
    spanish: None, qtbot: QtBot
) -> None:
    words = TimelineWords(QObject())
    assert [words.sex_words(one) for one in ("female", "X", "unsaid")] == ["femenino", "X", "unsaid"]
    strip = PersonAlerts()
    qtbot.addWidget(strip)
    person = cast(
        "BannerFacts",
        SimpleNamespace(allergies=Allergies(AllergyState.SOME, "Penicillin; walnuts (hives)"), holds=()),
    )
    assert strip._allergies(person).words == "Alergias: Penicilina; walnuts (hives)"
