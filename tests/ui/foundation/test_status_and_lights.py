import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import VisitState
from mnclinic.ui.tokens import Tone
from mnclinic.ui.widgets import ReadinessLights, Status, StatusChip, visit_status
from mnclinic.ui.widgets.lights import light_state_word, light_word

from .seen import spoken_name


def test_the_six_lights_have_their_names_in_their_order() -> None:
    assert [light_word(light) for light in Light] == [
        "Identity",
        "History",
        "Exam",
        "Consent",
        "Authority",
        "Supplies",
    ]


def test_each_state_of_a_light_has_a_word() -> None:
    words = [light_state_word(state) for state in (*LightState, None)]
    assert words == ["Passed", "Needs a reason", "Stopped", "Not done", "Not needed"]


def test_every_visit_state_has_a_word_a_shape_and_a_meaning() -> None:
    shown = {state: visit_status(state) for state in VisitState}
    assert len({status.word for status in shown.values()}) == len(VisitState)
    assert shown[VisitState.IN_REVIEW].tone == Tone.DIRECTOR
    assert shown[VisitState.RETURNED].tone == Tone.SOON
    assert shown[VisitState.DEFERRED].tone == Tone.STOP


def test_a_chip_keeps_its_own_size(qtbot: QtBot) -> None:
    chip = StatusChip(Status("Signed", Tone.COMPLETE))
    qtbot.addWidget(chip)
    before = chip.sizeHint()
    chip.show_status(Status("With the director", Tone.DIRECTOR))
    assert chip.sizeHint().width() > before.width()
    assert chip.sizeHint().height() == before.height()
    assert spoken_name(chip) == "With the director"


@pytest.mark.parametrize("cards", [False, True])
def test_a_light_says_its_state_and_reason_and_can_be_pressed(qtbot: QtBot, cards: bool) -> None:
    lights = ReadinessLights(cards=cards)
    qtbot.addWidget(lights)
    lights.show_lights(
        {Light.EXAM: LightState.FAILED, Light.IDENTITY: LightState.PASSED}, {Light.EXAM: "It expired."}
    )
    exam = lights.button(Light.EXAM)
    assert spoken_name(exam) == "Exam: stopped. It expired."
    assert spoken_name(lights.button(Light.SUPPLIES)) == "Supplies: not needed"
    lights.show()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(lights.light_clicked) as pressed:
            QTest.keyClick(exam, key)
        assert pressed.args == [Light.EXAM]


def test_light_cards_stand_in_as_many_columns_as_fit(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    lights = ReadinessLights(cards=True)
    QVBoxLayout(holder).addWidget(lights)
    lights.show_lights(dict.fromkeys(Light, LightState.NOT_DONE))

    def columns(width: int) -> int:
        holder.resize(width, 700)
        holder.grab()
        return len({lights.button(light).x() for light in Light})

    assert [columns(width) for width in (900, 480, 300)] == [3, 2, 1]
