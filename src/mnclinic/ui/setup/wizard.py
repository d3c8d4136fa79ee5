"""The first-run wizard: six steps from nothing to a clinic whose recovery sheet was read back."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mnclinic.domain.instants import Clock, now_here
from mnclinic.errors import ClinicError, InvalidInput, Stopped
from mnclinic.services.answers import clinic_from_screens
from mnclinic.services.session import OpenClinic
from mnclinic.services.set_up_clinic import ClinicReady
from mnclinic.services.staff_rows import NewPerson
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Stepper, button, column, counted, row
from mnclinic.ui.language_button import language_button
from mnclinic.ui.lock.reasons import Left, forgotten_words
from mnclinic.ui.setup.at_sheet import keep_at_sheet
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

    opened = Signal(object)
    """The clinic stands and is open for its administrator, who is to read the sheet back: an OpenClinic."""

    finished = Signal(str)
    """The clinic stands and its sheet was read back; the user name of whoever may log in first."""

    def __init__(self, folder: Path, runner: TaskRunner, *, clock: Clock) -> None:
        """Make the wizard for an empty folder."""
        super().__init__()
        self.setObjectName("page")
        self._folder, self._runner, self._clock = folder, runner, clock
        self._desk: Desk | None = None
        """Of the administrator, once the clinic stands."""
        self._is_busy = self._is_closing = False
        self.left: Left | None = None
        """Why the screen was left while the clinic was being made."""
        self.clinic = ClinicStep()
        self.people = PeopleStep(self._clinic_name, self._state, clock.now().date())
        self.documents = DocumentsStep(self._state, self.people.password_of_director)
        self.place = PlaceStep(folder, runner)
        self.place.looked.connect(self._go_on_from_place)
        self.make = MakeStep()
        self.sheet = SheetStep(runner)
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

    def _go_on_from_place(self) -> None:
        """The folder was looked at after Next was pressed, and will do."""
        if self._steps[self.at] is self.place:
            self.go_on()

    def go_back(self) -> None:
        """Go to the step before, or give up at the first."""
        if self.at:
            self._show(self.at - 1)
        else:
            self.given_up.emit()

    def stop(self) -> None:
        """The window closes: a clinic that is being made is not, for nobody would read its recovery sheet."""
        self._is_closing = True
        self.make.progress.stop()
        self.sheet.progress.stop()

    def forget(self) -> None:
        """No password stays and nothing of the recovery sheet's code."""
        self.people.forget()
        self.documents.forget()
        self.sheet.forget()

    def leave(self, left: Left) -> None:
        """The screen was left before a clinic stands: no password stays, and everything else does.

        Whoever comes back types the passwords again under People and goes on from there. A clinic that is
        being made is not, as when the window closes; one that stands by then is locked like any other.
        """
        is_typed = self.people.holds_passwords or bool(self.documents.password.text())
        self.forget()
        if self._is_busy:
            self.left = left
            self.make.progress.stop()
        elif is_typed:
            self._type_again(left)

    def _type_again(self, left: Left, before: str = "") -> None:
        place = self._steps.index(self.people)
        if self.at > place:
            self._show(place)
        self.people.say("\n".join(filter(None, [before, forgotten_words(left)])), Tone.SOON)

    def work_with(self, desk: Desk) -> None:
        """The clinic that was made is open: the sheet is read back in it."""
        self._desk = desk

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
                self.answers(), self.people.passwords(), given=self.people.given(), now=now_here(self._clock)
            )
        except InvalidInput as error:
            self.make.say("\n".join([error.sentence, *(one.what for one in error.problems)]))
            return
        request = replace(request, bind_to_device=self.place.is_bound())
        folder, clock, watch = self._folder, self._clock, self.make.progress.watch

        by = next(one for one in request.people if one.role == "administrator")

        def job() -> tuple[ClinicReady, OpenClinic | None]:
            from mnclinic.security.kdf import calibrate
            from mnclinic.services.set_up_clinic import set_up_clinic

            ready = set_up_clinic(request, folder, clock=clock, cost=calibrate(), watch=watch)
            return ready, self._opened(by)

        self.left = None
        self._set_busy(True)
        self.make.say("")
        self._runner.submit(job, owner=self, done=self._made, failed=self._not_made)

    def _opened(self, by: NewPerson) -> OpenClinic | None:
        """Open the clinic that was just made, on the store's thread. None where nobody will work in it."""
        from mnclinic.services.open_clinic import open_clinic

        try:
            clinic = open_clinic(self._folder, by.user, by.password, clock=self._clock)
        except ClinicError:
            # It stands. At the log-in it is told why it does not open, and Today asks for the sheet.
            return None
        with suppress(ClinicError):
            # Without the mark Today asks for the sheet, should nobody read it back now.
            keep_at_sheet(clinic)
        if self._is_closing:
            clinic.close()
            return None
        return clinic

    def _made(self, made: tuple[ClinicReady, OpenClinic | None]) -> None:
        ready, clinic = made
        self._set_busy(False)
        user = self.people.cards[1].user.text().strip()
        self.people.forget()
        self.documents.forget()
        if clinic is None:
            self.finished.emit(user)
            return
        if self.left is None:
            self.sheet.show_clinic(self._clinic_name(), ready)
        self._show(len(self._steps) - 1)
        self.opened.emit(clinic)

    def _not_made(self, error: Exception) -> None:
        self._set_busy(False)
        if self.left is not None:
            self._type_again(self.left, "" if isinstance(error, Stopped) else sentence_of(error))
            return
        problems = [one.what for one in error.problems] if isinstance(error, InvalidInput) else []
        tone = Tone.INFO if isinstance(error, Stopped) else Tone.STOP
        self.make.say("\n".join([sentence_of(error), *problems]), tone)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.make.set_busy(is_busy)
        for one in (self.back, self.next, self.language):
            one.setDisabled(is_busy)

    def _confirm(self, code: str) -> None:
        """Enter in the log that the sheet was read back, in the administrator's name."""
        desk = self._desk
        if desk is None:
            return

        def job(clinic: OpenClinic) -> None:
            from mnclinic.services.keys.recovery_sheet import read_back_recovery_sheet

            read_back_recovery_sheet(clinic, code)

        def done(_value: None) -> None:
            self.forget()
            self.finished.emit(desk.person.user)

        def failed(error: Exception) -> None:
            self.next.setDisabled(False)
            self.sheet.say(sentence_of(error))

        self.next.setDisabled(True)
        desk.ask(job, owner=self, done=done, failed=failed)
