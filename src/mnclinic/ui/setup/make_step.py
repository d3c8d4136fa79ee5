"""Fifth step: what will be made, and the button that makes it."""

from collections.abc import Sequence

from mnclinic.services.set_up_clinic import STANDS
from mnclinic.ui.elements import Card, clear, column, facts_grid, label
from mnclinic.ui.progress import Progress
from mnclinic.ui.setup.step import Step
from mnclinic.ui.tokens import Space, Type


class MakeStep(Step):
    """A summary of every step."""

    def __init__(self) -> None:
        """Make the step."""
        super().__init__(
            self.tr("Make the clinic"),
            self.tr("Look through it once more. You can still go back and change anything."),
        )
        card = Card()
        self._facts = column(gap=Space.SMALL)
        card.body.addLayout(self._facts)
        self.body.addWidget(card)
        self.progress = Progress("setup.make.progress", no_way_back=STANDS)
        self._words = label("", Type.SMALL, "muted", wraps=True)
        self.body.addWidget(self.progress)
        self.body.addWidget(self._words)
        self.body.addStretch(1)
        self.set_busy(False)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show what will be made."""
        clear(self._facts)
        self._facts.addWidget(facts_grid(facts))

    def set_busy(self, is_busy: bool) -> None:
        """Show that the clinic is being made."""
        if is_busy:
            self.progress.begin(self.tr("Making the clinic"))
        else:
            self.progress.end()
        self._words.setText(
            self.tr(
                "Making keys and the encrypted records. It takes one to two seconds for each person on "
                "purpose: that is what makes a stolen copy useless."
            )
            if is_busy
            else ""
        )
