"""What is wrong about the people of a new clinic is told beside its field, in the language spoken."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mnclinic.ui.language import ENGLISH, SPANISH, speak
from mnclinic.ui.setup.people_step import PeopleStep
from tests.services.clinic_builder import PASSWORDS


@pytest.fixture
def spanish(qapp: QApplication) -> Iterator[None]:
    speak(qapp, SPANISH)
    yield
    speak(qapp, ENGLISH)


@pytest.fixture
def step(qtbot: QtBot) -> PeopleStep:
    made = PeopleStep(lambda: "Sampleton Skin Studio", lambda: "TX", date(2026, 11, 23))
    qtbot.addWidget(made)
    made.show()
    return made


def told(step: PeopleStep) -> list[list[str]]:
    """What stands in red beside the fields of each person."""
    return [
        [line.text() for line in card.findChildren(QLabel) if line.property("tint") == "stop" and line.text()]
        for card in step.cards
    ]


@pytest.mark.usefixtures("spanish")
def test_each_field_says_in_spanish_what_it_lacks(step: PeopleStep) -> None:
    step.cards[0].credential.setCurrentText("")
    for card in step.cards:
        card.password.edit.setText(PASSWORDS["okafor"] if card.role == "director" else PASSWORDS["owner"])
    assert not step.check()
    of_both = [
        "Dé el nombre completo de la persona.",
        "Un nombre de usuario tiene de 1 a 64 letras y dígitos; entre ellos puede haber puntos, guiones, "
        "_ y @.",
    ]
    assert told(step) == [
        [*of_both, "Un profesional o una dirección necesita una credencial, como RN o MD."],
        of_both,
    ]


def test_a_user_name_is_what_it_may_be_later_too(step: PeopleStep) -> None:
    for card, user in zip(step.cards, ("Inés.Ríos", "9_castellan@studio"), strict=True):
        card.name.setText("A. Person")
        card.user.setText(user)
        card.password.edit.setText(PASSWORDS["okafor"] if card.role == "director" else PASSWORDS["owner"])
    assert step.check(), told(step)
