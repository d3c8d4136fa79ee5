"""The sheets over a person's health history: write something down, and say that it ended."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mnclinic.domain.medical_history import (
    KIND_WORDS,
    QUICK_PICKS,
    SOURCE_WORDS,
    HistoryKind,
    HistorySource,
)
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.change_medical_history import (
    HistoryChanged,
    NewHistory,
    add_medical_history,
    end_medical_history,
)
from mnclinic.services.medical_history import HistoryRow
from mnclinic.services.session import OpenClinic
from mnclinic.services.typed_birth_date import read_typed_birth_date
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Field, StillChoice
from mnclinic.ui.language import spoken
from mnclinic.ui.patients.sheets import Sheet


class HistorySheet(Sheet):
    """Writes an allergy, medicine or condition down: chosen from the quick-picks, or in words."""

    changed = Signal(object)
    """Something was written: a `HistoryChanged`."""

    def __init__(self, parent: QWidget, desk: Desk, ref: str) -> None:
        """Make the sheet, empty, for one person."""
        super().__init__(
            parent,
            desk,
            self.tr("Add to the health history"),
            self.tr("What you choose from the list is asked about at each screening until it ends."),
        )
        self._ref = ref
        self.kind, self.pick, self.source = StillChoice(), StillChoice(), StillChoice()
        self.words, self.since, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        for kind in HistoryKind:
            self.kind.addItem(spoken(KIND_WORDS[kind]), kind.value)
        for source in HistorySource:
            self.source.addItem(spoken(SOURCE_WORDS[source]), source.value)
        self._fields = {
            "kind": Field(self.tr("Kind"), self.kind),
            "code": Field(self.tr("What"), self.pick),
            "words": Field(self.tr("In words"), self.words, self.tr("Empty: as in the list.")),
            "since": Field(
                self.tr("Since"), self.since, self.tr("A year, a month or a day: 2024, 2024-05, 2024-05-31.")
            ),
            "source": Field(self.tr("Who says so"), self.source),
            "note": Field(self.tr("Note"), self.note),
        }
        for name, field in self._fields.items():
            field.control.setObjectName(f"history.{name}")
            self.body.addWidget(field)
        self.kind.currentIndexChanged.connect(self._offer)
        self._offer()
        self.add_actions("history", self.tr("Save"), self._save)

    def _offer(self) -> None:
        self.pick.clear()
        self.pick.addItem(self.tr("Not in the list: write it in words"), "")
        for one in QUICK_PICKS:
            if one.kind == self.kind.currentData():
                self.pick.addItem(spoken(one.words), one.code)
        self.pick.setCurrentIndex(1)

    def _save(self) -> None:
        ref = self._ref
        new = NewHistory(
            kind=str(self.kind.currentData()),
            code=str(self.pick.currentData() or ""),
            words=self.words.text(),
            since=self.since.text(),
            source=str(self.source.currentData()),
            note=self.note.text(),
        )
        self._desk.act(
            lambda clinic: add_medical_history(clinic, ref, new),
            owner=self,
            done=self._done,
            failed=self.failed,
        )

    def failed(self, error: Exception) -> None:
        """Say what went wrong, and beside each field what is wrong with it."""
        super().failed(error)
        problems = {one.where: one.what for one in error.problems} if isinstance(error, InvalidInput) else {}
        for name, field in self._fields.items():
            field.show_problem(problems.get(name, ""))
        self.fit()

    def _done(self, done: HistoryChanged) -> None:
        self.accept()
        self.changed.emit(done)


class EndHistorySheet(Sheet):
    """Says that an entry counts no more. It stays, with its end and the reason."""

    changed = Signal(object)
    """An entry ended: a `HistoryChanged`."""

    def __init__(self, parent: QWidget, desk: Desk, ref: str, entry: HistoryRow) -> None:
        """Make the sheet for one entry."""
        super().__init__(
            parent,
            desk,
            self.tr("End: {what}").format(what=spoken(entry.words)),
            self.tr("The entry stays in the history, with its end and the reason."),
        )
        self._ref, self._entry = ref, entry
        self.day, self.reason = QLineEdit(), QLineEdit()
        self.day.setObjectName("history_end.ended_on")
        self.reason.setObjectName("history_end.reason")
        self._day = Field(self.tr("Day from which it counts no more"), self.day, self.tr("Empty: today."))
        self._reason = Field(
            self.tr("Why?"),
            self.reason,
            self.tr("For example: entered by mistake, or ended by the prescriber."),
        )
        self.body.addWidget(self._day)
        self.body.addWidget(self._reason)
        self.add_actions("history_end", self.tr("End the entry"), self._save)

    def _save(self) -> None:
        ref, entry = self._ref, self._entry.history_id
        day, reason = self.day.text(), self.reason.text()
        not_changed, no_day = self.tr("Nothing was changed."), self.tr("Write the day like 23 Apr 2026.")

        def change(clinic: OpenClinic) -> HistoryChanged:
            today = clinic.clock.now().date()
            read = read_typed_birth_date(day, today)
            if day.strip() and read.born_on is None:
                raise InvalidInput(not_changed, [Problem("ended_on", no_day)])
            return end_medical_history(clinic, ref, entry, ended_on=read.born_on or today, reason=reason)

        self._desk.act(change, owner=self, done=self._done, failed=self.failed)

    def failed(self, error: Exception) -> None:
        """Say what went wrong, and beside each field what is wrong with it."""
        super().failed(error)
        problems = {one.where: one.what for one in error.problems} if isinstance(error, InvalidInput) else {}
        self._day.show_problem(problems.get("ended_on", ""))
        self._reason.show_problem(problems.get("reason", ""))
        self.fit()

    def _done(self, done: HistoryChanged) -> None:
        self.accept()
        self.changed.emit(done)
