"""Every test here runs in the light theme, as the program does after its first line."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from mnclinic.ui.theme import apply_theme


@pytest.fixture(autouse=True)
def _light_theme(qapp: QApplication) -> None:
    # Widgets of the test before wait for a turn of the event loop to go; each would be styled anew.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    apply_theme(qapp, "light")
