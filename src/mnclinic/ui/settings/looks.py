"""Colours of the window."""

from typing import cast

from PySide6.QtWidgets import QApplication, QComboBox

from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, Field
from mnclinic.ui.settings.section import Section
from mnclinic.ui.theme import apply_theme, theme


class LooksSection(Section):
    """Light, dark or high contrast."""

    def __init__(self, desk: Desk) -> None:
        """Make the section."""
        super().__init__(desk)
        card = Card()
        self.mode = QComboBox()
        self.mode.setObjectName("settings.mode")
        for words, code in (
            (self.tr("As the system"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
            (self.tr("High contrast"), "contrast"),
        ):
            self.mode.addItem(words, code)
        self.mode.setCurrentIndex(max(0, self.mode.findData(theme().mode)))
        self.mode.currentIndexChanged.connect(self._look)
        card.add(Field(self.tr("Colours"), self.mode))
        self.body.addWidget(card)
        self.body.addStretch(1)

    def _look(self) -> None:
        app = cast("QApplication", QApplication.instance())
        apply_theme(app, str(self.mode.currentData()), theme().text_scale)
