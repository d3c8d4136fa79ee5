"""Every test here runs in the light theme, as the program does after its first line."""

import pytest
from PySide6.QtWidgets import QApplication

from mnclinic.ui.theme import apply_theme


@pytest.fixture(autouse=True)
def _light_theme(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
