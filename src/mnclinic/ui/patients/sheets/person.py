"""The sheets with every field of a person: somebody new, and changed details."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mnclinic.services.add_patient import NewPatient, PatientAdded, add_patient
from mnclinic.services.change_details import DetailsChanged, change_details
from mnclinic.services.find_patients import PatientCard
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import (
    Scroller,
    button,
    column,
)
from mnclinic.ui.patients.person_fields import PersonFields
from mnclinic.ui.patients.sheets.sheet import TALLEST_SHARE, Sheet
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space
from mnclinic.ui.words import day_words

WIDEST_PX = 760


class PersonSheet(Sheet):
    """A sheet with every field of a person, as high as the window lets it be."""

    is_filled = True

    look_alike_wanted = Signal(str)
    """The record of somebody who is alike is wanted. Carries the reference."""

    def __init__(
        self, parent: QWidget, desk: Desk, title: str, words: str, prefix: str, *, but: str | None = None
    ) -> None:
        """Make the sheet with empty fields."""
        super().__init__(parent, desk, title, words)
        self.person = PersonFields(desk, prefix, but=but)
        self.person.look_alike_wanted.connect(self.look_alike_wanted)
        self.person.look_alike_wanted.connect(self.reject)
        self.fields = self.person.fields
        inner = QWidget()
        holder = column(inner)
        # The ring round a focused field is not cut at the edge.
        holder.setContentsMargins(2, 0, Space.MEDIUM, 2)
        holder.addWidget(self.person)
        self.body.addWidget(Scroller(inner), 1)
        width = min(theme().px(WIDEST_PX), max(360, parent.width() - 2 * Space.PAGE))
        self.setMinimumWidth(width)
        self.resize(width, int(max(420, parent.height() * TALLEST_SHARE)))

    def failed(self, error: Exception) -> None:
        """Say what went wrong, and beside each field what is wrong with it."""
        super().failed(error)
        self.person.show_problems(error)


class NewPatientSheet(PersonSheet):
    """The form for a new person. Every problem is shown beside its field, all at once."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """Make an empty form."""
        super().__init__(parent, desk, self.tr("New patient"), "", "new_patient")
        self.added: list[Callable[[PatientAdded], None]] = []
        self._actions.addWidget(button(self.tr("Cancel"), "new_patient.cancel", pressed=self.reject))
        self.add = button(
            self.tr("Add patient"), "new_patient.add", kind="primary", shape="user-plus", pressed=self._add
        )
        self.add.setDefault(True)
        self._actions.addWidget(self.add)
        self.fields["last_name"].control.setFocus()

    def _add(self) -> None:
        values = self.person.values()
        values["born_on"] = values["born_on"] or None
        new = NewPatient(**values)
        self.add.setEnabled(False)
        self._desk.act(
            lambda clinic: add_patient(clinic, new, at_the_desk=True),
            owner=self,
            done=self._done,
            failed=self._not_added,
        )

    def _done(self, added: PatientAdded) -> None:
        self.accept()
        for handler in self.added:
            handler(added)

    def _not_added(self, error: Exception) -> None:
        self.add.setEnabled(True)
        self.failed(error)


class DetailsSheet(PersonSheet):
    """Changes what is known of a person. Whatever was changed elsewhere meanwhile is not written over."""

    changed = Signal(object)
    """Details were changed: a `DetailsChanged`."""

    def __init__(self, parent: QWidget, desk: Desk, card: PatientCard) -> None:
        """Make the form with what stands there now."""
        super().__init__(
            parent,
            desk,
            self.tr("Change details of {number}").format(number=card.record_number),
            self.tr("Every change stands in the history with the old and the new words."),
            "details",
            but=card.ref,
        )
        self._card = card
        self.person.show_values(
            {
                **{name: getattr(card, name) for name in self.fields if name != "born_on"},
                "born_on": day_words(card.born_on),
                "contact": card.contact,
            }
        )
        self._before = self.person.values()
        self.add_actions("details", self.tr("Save"), self._save, shape="save")
        self.fields["last_name"].control.setFocus()

    def _save(self) -> None:
        ref, revision = self._card.ref, self._card.revision
        changes = {name: value for name, value in self.person.values().items() if value != self._before[name]}
        self._desk.act(
            lambda clinic: change_details(clinic, ref, changes, revision=revision),
            owner=self,
            done=self._done,
            failed=self.failed,
        )

    def _done(self, done: DetailsChanged) -> None:
        self.accept()
        self.changed.emit(done)
