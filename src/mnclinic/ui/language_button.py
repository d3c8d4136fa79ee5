"""The way to the other language, for pages that come before any settings."""

from functools import partial

from PySide6.QtWidgets import QPushButton

from mnclinic.ui.elements import button
from mnclinic.ui.language import ENGLISH, NAMES, SPANISH, language
from mnclinic.ui.looks import looks_keeper


def language_button(name: str) -> QPushButton:
    """A button with the other language in its own words; what is shown is made anew when it is pressed."""
    other = ENGLISH if language() == SPANISH else SPANISH
    return button(NAMES[other], name, kind="quiet", pressed=partial(looks_keeper().wear, language=other))
