"""The sheets for how a record stands: inactive, deceased, active again, and the legal hold."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mnclinic.domain.person_details import Standing
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.change_standing import StandingChanged, change_standing
from mnclinic.services.find_patients import PatientCard
from mnclinic.services.hold_records import HoldChanged, end_hold, hold_records
from mnclinic.services.session import OpenClinic
from mnclinic.services.typed_birth_date import read_typed_birth_date
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import (
    Field,
)
from mnclinic.ui.patients.sheets.sheet import Sheet


class StandingSheet(Sheet):
    """Marks somebody as inactive, deceased or active again."""

    changed = Signal(object)
    """Somebody stands otherwise now: a `StandingChanged`."""

    def __init__(self, parent: QWidget, desk: Desk, card: PatientCard, standing: Standing) -> None:
        """Make the sheet for one person and one standing."""
        titles = {
            Standing.ACTIVE: self.tr("Mark {number} as active"),
            Standing.INACTIVE: self.tr("Mark {number} as inactive"),
            Standing.DECEASED: self.tr("Record the death of {number}"),
        }
        words = {
            Standing.ACTIVE: self.tr("What was entered before stays in the history."),
            Standing.INACTIVE: self.tr("The record stays and is found as before."),
            Standing.DECEASED: self.tr("No new visit can be started. It can be taken back if it is wrong."),
        }
        title = titles[standing].format(number=card.record_number)
        super().__init__(parent, desk, title, words[standing])
        self._card, self._standing = card, standing
        self.day, self.note = QLineEdit(), QLineEdit()
        self.day.setObjectName("standing.deceased_on")
        self.note.setObjectName("standing.note")
        self._day = Field(
            self.tr("Day of death"),
            self.day,
            self.tr("Where nobody knows it, the day on which you were told."),
        )
        asked = self.tr("Who told you?") if standing is Standing.DECEASED else self.tr("Why?")
        self._note = Field(asked, self.note)
        if standing is Standing.DECEASED:
            self.body.addWidget(self._day)
        self.body.addWidget(self._note)
        self.add_actions("standing", self.tr("Save"), self._save)

    def _save(self) -> None:
        ref, standing = self._card.ref, self._standing
        day, note = self.day.text(), self.note.text()
        not_changed, no_day = self.tr("Nothing was changed."), self.tr("Write the day like 23 Apr 2026.")

        def change(clinic: OpenClinic) -> StandingChanged:
            if standing is not Standing.DECEASED:
                return change_standing(clinic, ref, standing, note=note)
            read = read_typed_birth_date(day, clinic.clock.now().date())
            if day.strip() and read.born_on is None:
                raise InvalidInput(not_changed, [Problem("deceased_on", no_day)])
            return change_standing(clinic, ref, standing, note=note, deceased_on=read.born_on)

        self._desk.act(change, owner=self, done=self._done, failed=self.failed)

    def failed(self, error: Exception) -> None:
        """Say what went wrong, and beside each field what is wrong with it."""
        super().failed(error)
        problems = {one.where: one.what for one in error.problems} if isinstance(error, InvalidInput) else {}
        self._day.show_problem(problems.get("deceased_on", ""))
        self._note.show_problem(problems.get("note", ""))
        wrong = [line for name, line in (("deceased_on", self.day), ("note", self.note)) if name in problems]
        for line in wrong[:1]:
            line.setFocus()

    def _done(self, done: StandingChanged) -> None:
        self.accept()
        self.changed.emit(done)


class HoldSheet(Sheet):
    """Puts a legal hold on somebody's records, or ends it."""

    changed = Signal(object)
    """A hold was put or ended: a `HoldChanged`."""

    def __init__(self, parent: QWidget, desk: Desk, card: PatientCard) -> None:
        """Make the sheet for one person."""
        self._is_held = bool(card.hold_reason)
        super().__init__(
            parent,
            desk,
            self.tr("End the legal hold") if self._is_held else self.tr("Put a legal hold"),
            self.tr("While it stands, nothing about {number} is ever removed.").format(
                number=card.record_number
            ),
        )
        self._ref = card.ref
        self.reason = QLineEdit()
        self.reason.setObjectName("hold.reason")
        self._reason = Field(self.tr("Why?"), self.reason)
        self.body.addWidget(self._reason)
        words = self.tr("End the hold") if self._is_held else self.tr("Put the hold")
        self.add_actions("hold", words, self._save, shape="lock-open" if self._is_held else "lock")

    def _save(self) -> None:
        ref, reason = self._ref, self.reason.text()
        act = end_hold if self._is_held else hold_records
        self._desk.act(
            lambda clinic: act(clinic, ref, reason), owner=self, done=self._done, failed=self.failed
        )

    def failed(self, error: Exception) -> None:
        """Say what went wrong, beside the reason where it is that."""
        super().failed(error)
        problems = error.problems if isinstance(error, InvalidInput) else ()
        self._reason.show_problem(problems[0].what if problems else "")
        if problems:
            self.reason.setFocus()

    def _done(self, done: HoldChanged) -> None:
        self.accept()
        self.changed.emit(done)
