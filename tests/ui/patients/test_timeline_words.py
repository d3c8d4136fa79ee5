"""What a person's timeline says of each act about them has words, in the window's language."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from mnclinic.services.log_sentences import PHRASES
from mnclinic.services.patient_timeline import LEFT_OUT, TimelineItem
from mnclinic.ui.language import speak
from mnclinic.ui.patients.timeline_words import TimelineWords
from mnclinic.ui.words import plain

ABOUT_A_PERSON = sorted(
    {action for action, phrase in PHRASES.items() if "{patient}" in phrase.words} - set(LEFT_OUT)
    | {"paper.returned"}
)


@pytest.fixture
def spanish(qapp: QApplication) -> Iterator[None]:
    speak(qapp, "es")
    yield
    speak(qapp, "en")


@pytest.mark.parametrize("action", ABOUT_A_PERSON)
def test_no_act_about_a_person_is_told_by_its_name_in_the_log(spanish: None, action: str) -> None:
    """In Spanish nothing that has words of its own is that name by chance."""
    item = TimelineItem(seq=1, at=None, action=action, by="", visit=None, told={}, record_number="")
    (entry,) = TimelineWords().entries([item])
    assert entry.title != plain(action.replace(".", " "))
