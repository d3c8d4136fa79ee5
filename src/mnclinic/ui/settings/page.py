"""Looks, who is logged in, and who may do what."""

from typing import cast

from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from mnclinic import __version__
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, Field, PageHeader, Scroller, column, facts_grid
from mnclinic.ui.settings.glass import GlassCard
from mnclinic.ui.settings.rights import RightsCard
from mnclinic.ui.theme import apply_theme, theme
from mnclinic.ui.tokens import Space
from mnclinic.ui.words import plain


class SettingsPage(QWidget):
    """The few things a person may set, and the matrix of rights."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        lines = column(self, gap=Space.LARGE, margin=Space.PAGE)
        lines.addWidget(PageHeader(self.tr("Settings")))
        inner = QWidget()
        body = column(inner, gap=Space.LARGE)
        looks = Card(self.tr("Looks"))
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
        looks.add(Field(self.tr("Colours"), self.mode))
        body.addWidget(looks)
        facts = desk.facts
        about = Card(self.tr("This clinic"))
        about.add(
            facts_grid(
                [
                    (self.tr("Clinic"), facts.name),
                    (self.tr("You"), f"{desk.person.name} ({plain(desk.person.role)})"),
                    (self.tr("Director's fingerprint"), facts.fingerprint),
                    (self.tr("Clinic id"), facts.vault),
                    (self.tr("Program"), f"mnclinic {__version__}"),
                ]
            )
        )
        body.addWidget(about)
        self.glass = GlassCard(desk)
        body.addWidget(self.glass)
        body.addWidget(RightsCard())
        body.addStretch(1)
        lines.addWidget(Scroller(inner), 1)

    def show_page(self, _what: object) -> None:
        """Nothing to look up."""
        self.mode.setFocus()

    def refresh(self) -> None:
        """Something was stored: look whether the glass is broken."""
        self.glass.refresh()

    def _look(self) -> None:
        apply_theme(cast("QApplication", QApplication.instance()), str(self.mode.currentData()))
