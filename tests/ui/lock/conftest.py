import pytest
from PySide6.QtWidgets import QApplication

from mnclinic.ui.theme import apply_theme


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
