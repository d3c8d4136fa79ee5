"""Fourth step: where the clinic's data lives."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from mnclinic.services.new_folder import folder_problem, has_keyring
from mnclinic.ui.desk import sentence_of
from mnclinic.ui.elements import Banner, Card, facts_grid, label
from mnclinic.ui.setup.step import Step
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.tokens import Tone, Type


class PlaceStep(Step):
    """The folder, and whether it will do."""

    looked = Signal()
    """Whoever pressed Next before the folder was looked at can go on: it will do."""

    def __init__(self, folder: Path, runner: TaskRunner) -> None:
        """Make the step for the folder that the program was started on."""
        super().__init__(
            self.tr("This PC"),
            self.tr(
                "Everything stays on this PC, encrypted. Nothing is sent anywhere and no account is needed."
            ),
        )
        self._folder, self._runner = folder, runner
        self._is_looking = self._will_do = False
        self._is_wanted = False
        """Whether somebody pressed Next and waits for what is seen."""
        card = Card(self.tr("Where the records live"))
        card.add(facts_grid([(self.tr("Folder"), str(folder))]))
        self._verdict = Banner()
        card.add(self._verdict)
        card.add(
            label(
                self.tr(
                    "Another folder on this PC: close this window and start the program with "
                    "--data-dir FOLDER, for example in its shortcut. A network share or a folder that is "
                    "kept in sync by another program damages databases and is refused."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            )
        )
        self.body.addWidget(card)
        self._keyring = Card(self.tr("This PC's keyring"))
        self.bind = QCheckBox(self.tr("Bind log-ins to this PC"))
        self.bind.setObjectName("setup.place.bind")
        self._keyring.add(
            self.bind,
            label(
                self.tr(
                    "A secret in this PC's keyring is then mixed into every password: a stolen copy of "
                    "the folder cannot even be guessed at elsewhere. The recovery sheet and the personal "
                    "recovery codes always open without it. It can be changed later under Settings."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            ),
        )
        # Offered only where there is a keyring that keeps secrets encrypted.
        self._keyring.hide()
        self.body.addWidget(self._keyring)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Look at the folder anew, and whether there is a keyring. A share may take its time, so aside."""
        self._will_do, self._is_wanted = False, False
        self._verdict.say(self.tr("Looking at the folder …"), Tone.INFO, "info")
        self._look()
        self._runner.submit(
            has_keyring, owner=self, done=self._keyring.setVisible, failed=lambda _error: self._keyring.hide()
        )

    def is_bound(self) -> bool:
        """Whether log-ins are to be bound to this PC."""
        return self._keyring.isVisibleTo(self) and self.bind.isChecked()

    def check(self) -> bool:
        """Whether a clinic can be made in the folder, as far as it was looked at; if not it looks again."""
        if not self._will_do:
            self._is_wanted = True
            self._look()
        return self._will_do

    def _look(self) -> None:
        if self._is_looking:
            return
        self._is_looking = True
        folder = self._folder
        self._runner.submit(
            lambda: folder_problem(folder),
            owner=self,
            done=self._show,
            failed=lambda error: self._show(sentence_of(error)),
            is_aside=True,
        )

    def _show(self, problem: str) -> None:
        self._is_looking, self._will_do = False, not problem
        if problem:
            self._verdict.say(problem, Tone.STOP, "circle-alert")
        else:
            self._verdict.say(
                self.tr("This folder will do: it is on this PC and can be written."),
                Tone.COMPLETE,
                "circle-check",
            )
        is_wanted, self._is_wanted = self._is_wanted, False
        if is_wanted and self._will_do:
            self.looked.emit()
