"""Colours of the window, size of its text, whether it moves, and its language."""

from PySide6.QtCore import QCoreApplication

from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, Field, StillChoice
from mnclinic.ui.language import NAMES
from mnclinic.ui.looks import SYSTEM, TEXT_SCALES, looks_keeper
from mnclinic.ui.settings.section import Section
from mnclinic.ui.theme import FULL_MOTION, LESS_MOTION, SYSTEM_MOTION


def mode_words() -> tuple[tuple[str, str], ...]:
    """The colours that can be chosen: words and code."""
    return (
        (QCoreApplication.translate("LooksSection", "As the system"), SYSTEM),
        (QCoreApplication.translate("LooksSection", "Light"), "light"),
        (QCoreApplication.translate("LooksSection", "Dark"), "dark"),
        (QCoreApplication.translate("LooksSection", "High contrast, light"), "contrast"),
        (QCoreApplication.translate("LooksSection", "High contrast, dark"), "contrast-dark"),
    )


class LooksSection(Section):
    """Light, dark or high contrast, how large the text is, how much moves, and which language."""

    def __init__(self, desk: Desk) -> None:
        """Make the section."""
        super().__init__(desk)
        worn = looks_keeper().looks
        card = Card()
        self.mode = StillChoice()
        self.mode.setObjectName("settings.mode")
        for words, code in mode_words():
            self.mode.addItem(words, code)
        self.mode.setCurrentIndex(max(0, self.mode.findData(worn.mode)))
        self.mode.currentIndexChanged.connect(lambda _at: looks_keeper().wear(mode=self.mode.currentData()))
        card.add(Field(self.tr("Colours"), self.mode))
        self.scale = StillChoice()
        self.scale.setObjectName("settings.text_scale")
        for scale in TEXT_SCALES:
            self.scale.addItem(self.tr("{percent} %").format(percent=round(scale * 100)), scale)
        self.scale.setCurrentIndex(max(0, self.scale.findData(worn.text_scale)))
        self.scale.currentIndexChanged.connect(
            lambda _at: looks_keeper().wear(text_scale=self.scale.currentData())
        )
        card.add(
            Field(
                self.tr("Size of text"),
                self.scale,
                self.tr("Anywhere, also at the log-in: Ctrl and + or −, and Ctrl+0 for the usual size."),
            )
        )
        self.motion = StillChoice()
        self.motion.setObjectName("settings.motion")
        for words, code in (
            (self.tr("As the system"), SYSTEM_MOTION),
            (self.tr("Less motion"), LESS_MOTION),
            (self.tr("All motion"), FULL_MOTION),
        ):
            self.motion.addItem(words, code)
        self.motion.setCurrentIndex(max(0, self.motion.findData(worn.motion)))
        self.motion.currentIndexChanged.connect(
            lambda _at: looks_keeper().wear(motion=self.motion.currentData())
        )
        card.add(
            Field(
                self.tr("Motion"),
                self.motion,
                self.tr("Less motion: nothing slides, fades or blinks. What has to be read stays as long."),
            )
        )
        self.language = StillChoice()
        self.language.setObjectName("settings.language")
        self.language.addItem(self.tr("As the system"), SYSTEM)
        for code, words in NAMES.items():
            self.language.addItem(words, code)
        self.language.setCurrentIndex(max(0, self.language.findData(worn.language)))
        self.language.currentIndexChanged.connect(
            lambda _at: looks_keeper().wear(language=self.language.currentData())
        )
        card.add(
            Field(
                self.tr("Language"),
                self.language,
                self.tr("The records, the log and what is printed stay in the language they were made in."),
            )
        )
        self.body.addWidget(card)
        self.body.addStretch(1)
