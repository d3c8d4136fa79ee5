"""First step: what the clinic is called, where it is, and whether one physician works alone."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from mnclinic.errors import InvalidInput
from mnclinic.services.read_documents import check_document
from mnclinic.ui.elements import Card, Field, StillChoice, label
from mnclinic.ui.setup.states import STATES
from mnclinic.ui.setup.step import Step, told
from mnclinic.ui.tokens import Type


class ClinicStep(Step):
    """Name, state and the declaration of a solo physician."""

    def __init__(self) -> None:
        """Make the step."""
        super().__init__(
            self.tr("Your clinic"),
            self.tr("It takes about ten minutes. Nothing is made until the last step, so you can go back."),
        )
        self.name = QLineEdit()
        self.name.setObjectName("setup.clinic.name")
        self.name.setMaxLength(120)
        self.state = StillChoice()
        self.state.setObjectName("setup.clinic.state")
        self.state.addItem(self.tr("Choose the state"), "")
        for code, words in STATES.items():
            self.state.addItem(f"{words} ({code})", code)
        self._name_field = Field(
            self.tr("Name of the clinic"),
            self.name,
            self.tr("It stands on every record and every printed page."),
        )
        self._state_field = Field(
            self.tr("State"), self.state, self.tr("It decides which draft of the policy you begin with.")
        )
        card = Card()
        card.add(self._name_field, self._state_field)
        self.body.addWidget(card)
        solo = Card(self.tr("Who reviews whom"))
        self.solo = QCheckBox(self.tr("Solo physician clinic"))
        self.solo.setObjectName("setup.clinic.solo")
        self.solo.toggled.connect(self._show_consequence)
        self._consequence = label("", Type.SMALL, "muted", wraps=True)
        solo.add(self.solo, self._consequence)
        self.body.addWidget(solo)
        self.body.addStretch(1)
        self._show_consequence(False)

    def entered(self) -> None:
        """Begin with the name."""
        self.name.setFocus()

    def answers(self) -> dict[str, Any]:
        """The clinic, in the form of a file of answers."""
        clinic: dict[str, Any] = {"name": self.name.text().strip(), "state": self.state.currentData()}
        if self.solo.isChecked():
            clinic["solo_physician"] = True
        return clinic

    def check(self) -> bool:
        """Show what is wrong with name or state."""
        try:
            check_document("clinic", {"clinic": self.answers(), "staff": [_SOMEBODY]})
        except InvalidInput as error:
            problems = error.problems
        else:
            problems = ()
        state_problem = told(problems, "clinic.state") and self.tr("Choose the state.")
        self._name_field.show_problem(told(problems, "clinic.name") and self.tr("Give the clinic a name."))
        self._state_field.show_problem(state_problem)
        if problems:
            self.bring_into_view(self.state if not told(problems, "clinic.name") else self.name)
        return not problems

    def _show_consequence(self, is_solo: bool) -> None:
        self._consequence.setText(
            self.tr(
                "The medical director may then approve visits that she performed herself, and every record, "
                "print and bundle of this clinic says so. Only possible while nobody else treats."
            )
            if is_solo
            else self.tr(
                "Not solo: nobody approves a visit that they performed. Choose this only where one physician "
                "treats alone and there is nobody else to review her."
            )
        )


_SOMEBODY = {"user": "somebody", "name": "Somebody", "role": "administrator"}
