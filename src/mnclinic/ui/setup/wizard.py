"""The first-run wizard: six steps from nothing to a clinic whose recovery sheet was read back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mnclinic.domain.instants import Clock
from mnclinic.errors import InvalidInput, Stopped
from mnclinic.services.answers import clinic_from_screens
from mnclinic.services.set_up_clinic import ClinicReady
from mnclinic.ui.desk import sentence_of
from mnclinic.ui.elements import Stepper, button, column, counted, row
from mnclinic.ui.language_button import language_button
from mnclinic.ui.setup.clinic_step import ClinicStep
from mnclinic.ui.setup.documents_step import DocumentsStep
from mnclinic.ui.setup.make_step import MakeStep
from mnclinic.ui.setup.people_step import PeopleStep
from mnclinic.ui.setup.place_step import PlaceStep
from mnclinic.ui.setup.sheet_step import SheetStep
from mnclinic.ui.setup.step import Step
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.tokens import Space, Tone
from mnclinic.ui.typed import carry_typed


class SetUpWizard(QWidget):
    """Collects the answers that `init` takes from a file, and makes the clinic at the end."""

    given_up = Signal()
    """Back from the first step: nothing was made."""

    finished = Signal(str)
    """The clinic stands and its sheet was read back; the user name of whoever may log in first."""

    def __init__(self, folder: Path, runner: TaskRunner, *, clock: Clock) -> None:
        """Make the wizard for an empty folder."""
        super().__init__()
        self.setObjectName("page")
        self._folder, self._runner, self._clock = folder, runner, clock
        self.clinic = ClinicStep()
        self.people = PeopleStep(self._clinic_name, self._state, clock.now().date())
        self.documents = DocumentsStep(self._state, self.people.password_of_director)
        self.place = PlaceStep(folder, runner)
        self.make = MakeStep()
        self.sheet = SheetStep()
        self.sheet.read_back.connect(self._confirm)
        self._steps: list[Step] = [
            self.clinic, self.people, self.documents, self.place, self.make, self.sheet,
        ]  # fmt: skip
        self._stepper = Stepper(
            "mnclinic",
            self.tr("Set up your clinic"),
            [
                self.tr("Clinic"),
                self.tr("People"),
                self.tr("Documents"),
                self.tr("This PC"),
                self.tr("Make it"),
                self.tr("Recovery sheet"),
            ],
        )
        whole = row(self, gap=0)
        whole.addWidget(self._stepper)
        right = column(gap=Space.LARGE)
        right.setContentsMargins(Space.PAGE, Space.PAGE, Space.PAGE, Space.LARGE)
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
        right.addWidget(self._stack, 1)
        foot = row()
        self.back = button(self.tr("Back"), "setup.back", shape="arrow-left", pressed=self.go_back)
        self.next = button(self.tr("Next"), "setup.next", kind="primary", pressed=self.go_on)
        self.language = language_button("setup.language")
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.language)
        foot.addWidget(self.next)
        right.addLayout(foot)
        whole.addLayout(right, 1)
        self._show(0)

    @property
    def at(self) -> int:
        """The place of the present step, from 0."""
        return self._stack.currentIndex()

    @property
    def can_be_made_anew(self) -> bool:
        """Whether nothing runs and no clinic was made yet, so that another wizard can go on from here."""
        return self.language.isEnabled() and self._steps[self.at] is not self.sheet

    def go_on_from(self, before: "SetUpWizard") -> None:
        """Stand at the step where the wizard before this one stood, with what was typed in it."""
        carry_typed(before.clinic, self.clinic)
        self.people.go_on_from(before.people)
        self.documents.entered()
        carry_typed(before.documents, self.documents)
        carry_typed(before.place, self.place)
        self._show(before.at)

    def go_on(self) -> None:
        """Check the present step and go to the next, make the clinic, or finish."""
        step = self._steps[self.at]
        if step is self.sheet:
            self.sheet.check()
        elif step.check():
            if step is self.make:
                self._make()
            else:
                self._show(self.at + 1)

    def go_back(self) -> None:
        """Go to the step before, or give up at the first."""
        if self.at:
            self._show(self.at - 1)
        else:
            self.given_up.emit()

    def stop(self) -> None:
        """The window closes: a clinic that is being made is not, for nobody would read its recovery sheet."""
        self.make.progress.stop()

    def answers(self) -> dict[str, Any]:
        """Everything that was collected, in the form of a file of answers; passwords are apart."""
        return {
            "clinic": self.clinic.answers(),
            "staff": self.people.answers(),
            "documents": self.documents.answers(),
            "approve_at_set_up": self.documents.approve.isChecked(),
        }

    def _clinic_name(self) -> str:
        return self.clinic.name.text().strip()

    def _state(self) -> str:
        return str(self.clinic.state.currentData())

    def _show(self, place: int) -> None:
        step = self._steps[place]
        if step is self.make:
            self.make.show_facts(self._summary())
        self._stack.setCurrentIndex(place)
        self._stepper.show_step(place)
        self.back.setVisible(step is not self.sheet)
        # The sheet's code is shown nowhere twice, so this page is not made anew.
        self.language.setVisible(step is not self.sheet)
        self.next.setText(
            self.tr("Make the clinic")
            if step is self.make
            else self.tr("Finish")
            if step is self.sheet
            else self.tr("Next")
        )
        self.next.setAccessibleName(self.next.text())
        step.entered()

    def _summary(self) -> list[tuple[str, str]]:
        answers = self.answers()
        people = answers["staff"]
        others = [one for one in people if one["role"] not in {"director", "administrator"}]
        facts = [
            (self.tr("Clinic"), f"{answers['clinic']['name']}, {answers['clinic']['state']}"),
            (self.tr("Medical director"), f"{people[0]['name']}, {people[0]['credential']}"),
            (self.tr("Administrator"), people[1]["name"]),
            (self.tr("Others"), ", ".join(one["name"] for one in others) or self.tr("nobody yet")),
            (
                self.tr("Documents"),
                counted(len(answers["documents"]), self.tr("draft"), self.tr("drafts"))
                + (
                    self.tr(", approved by the medical director now")
                    if answers["approve_at_set_up"]
                    else self.tr(", to be approved later: until then nobody can be treated")
                ),
            ),
            (self.tr("Folder"), str(self._folder)),
            (
                self.tr("Log-ins"),
                self.tr("bound to this PC's keyring") if self.place.is_bound() else self.tr("by password"),
            ),
        ]
        if "solo_physician" in answers["clinic"]:
            facts.insert(1, (self.tr("Review"), self.tr("Declared solo physician: every record says so")))
        return facts

    def _make(self) -> None:
        try:
            request = clinic_from_screens(
                self.answers(), self.people.passwords(), given=self.people.given(), now=self._clock.now()
            )
        except InvalidInput as error:
            self.make.say("\n".join([error.sentence, *(one.what for one in error.problems)]))
            return
        request = replace(request, bind_to_device=self.place.is_bound())
        folder, clock, watch = self._folder, self._clock, self.make.progress.watch

        def job() -> ClinicReady:
            from mnclinic.security.kdf import calibrate
            from mnclinic.services.set_up_clinic import set_up_clinic

            return set_up_clinic(request, folder, clock=clock, cost=calibrate(), watch=watch)

        self._set_busy(True)
        self.make.say("")
        self._runner.submit(job, owner=self, done=self._made, failed=self._not_made)

    def _made(self, ready: ClinicReady) -> None:
        self._set_busy(False)
        self.documents.forget()
        self.sheet.show_clinic(self._clinic_name(), ready)
        self._show(len(self._steps) - 1)

    def _not_made(self, error: Exception) -> None:
        self._set_busy(False)
        problems = [one.what for one in error.problems] if isinstance(error, InvalidInput) else []
        tone = Tone.INFO if isinstance(error, Stopped) else Tone.STOP
        self.make.say("\n".join([sentence_of(error), *problems]), tone)

    def _set_busy(self, is_busy: bool) -> None:
        self.make.set_busy(is_busy)
        for one in (self.back, self.next, self.language):
            one.setDisabled(is_busy)

    def _confirm(self, code: str) -> None:
        """Enter in the log that the sheet was read back, in the administrator's name."""
        user = self.people.cards[1].user.text().strip()
        password = self.people.passwords()[user]
        folder, clock = self._folder, self._clock

        def job() -> None:
            from mnclinic.services.keys.recovery_sheet import read_back_recovery_sheet
            from mnclinic.services.open_clinic import open_clinic

            clinic = open_clinic(folder, user, password, clock=clock)
            try:
                read_back_recovery_sheet(clinic, code)
            finally:
                clinic.close()

        def done(_value: None) -> None:
            self.people.forget()
            self.sheet.forget()
            self.finished.emit(user)

        def failed(error: Exception) -> None:
            self.next.setDisabled(False)
            self.sheet.say(sentence_of(error))

        self.next.setDisabled(True)
        self._runner.submit(job, owner=self, done=done, failed=failed)
