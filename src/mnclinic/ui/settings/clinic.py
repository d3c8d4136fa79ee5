"""What identifies this clinic and this program."""

from mnclinic import __version__
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, facts_grid
from mnclinic.ui.settings.section import Section
from mnclinic.ui.settings.whom import WhomCard
from mnclinic.ui.words import folded_key, plain


class ClinicSection(Section):
    """Name, fingerprint and ids, and whom patients call."""

    def __init__(self, desk: Desk) -> None:
        """Make the section."""
        super().__init__(desk)
        facts = desk.facts
        card = Card()
        card.add(
            facts_grid(
                [
                    (self.tr("Clinic"), facts.name),
                    (self.tr("You"), f"{desk.person.name} ({plain(desk.person.role)})"),
                    (
                        self.tr("Review"),
                        self.tr("Declared solo physician: every record says so")
                        if facts.is_solo
                        else self.tr("Nobody approves a visit that they performed"),
                    ),
                    (self.tr("Director's fingerprint"), folded_key(facts.fingerprint)),
                    (self.tr("Clinic id"), folded_key(facts.vault)),
                    (self.tr("Program"), f"mnclinic {__version__}"),
                ]
            )
        )
        self.body.addWidget(card)
        self.whom = WhomCard(self)
        self.body.addWidget(self.whom)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Look at what is set."""
        self.whom.refresh()
