"""The sheet that merges two records of one person."""

from typing import Any

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mnclinic.services.find_patients import PatientCard, PatientRow, PatientsFound, find_patients
from mnclinic.services.merge_records import RecordsMerged, merge_records
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import (
    Banner,
    Column,
    Field,
    RowTable,
    column,
    facts_grid,
    label,
)
from mnclinic.ui.long_words import breakable
from mnclinic.ui.patients.sheets.sheet import Sheet
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words

DEBOUNCE_MS = 120


class MergeSheet(Sheet):
    """Looks the other record up and shows both side by side before anything is merged."""

    merged = Signal(object)
    """Two records are read as one: a `RecordsMerged`."""

    def __init__(self, parent: QWidget, desk: Desk, card: PatientCard) -> None:
        """Make the sheet; the record of `card` is the one that is kept."""
        super().__init__(
            parent,
            desk,
            self.tr("Merge another record into {number}").format(number=card.record_number),
            self.tr(
                "For one person who was put on the roster twice. Both numbers go on finding them, visits "
                "stay where they were signed, and it can be taken back."
            ),
        )
        self._card = card
        self._other: PatientRow | None = None
        self._returning = ""
        self.search = QLineEdit()
        self.search.setObjectName("merge.search")
        self.search.setPlaceholderText(self.tr("Name, record number, phone digits or date of birth"))
        self.body.addWidget(Field(self.tr("The other record"), self.search))
        self.table = RowTable(
            "merge.found",
            (
                Column(self.tr("Patient"), lambda one: one.name, 5),
                Column(self.tr("Record"), lambda one: one.record_number, 3),
                Column(self.tr("Date of birth"), lambda one: day_words(one.born_on), 3),
            ),
            self.tr("Records that were found"),
        )
        self.table.setFixedHeight(theme().px(150))
        self.table.chosen.connect(self._chosen)
        self.body.addWidget(self.table)
        self._nobody = label(
            self.tr("Nobody else was found. Try fewer letters, or the record number."),
            Type.BODY,
            "muted",
            wraps=True,
        )
        self._nobody.hide()
        self.body.addWidget(self._nobody)
        self._compared = column(gap=0)
        self.body.addLayout(self._compared)
        self._differs = Banner(Tone.STOP, "triangle-alert")
        self.body.addWidget(self._differs)
        self.reason = QLineEdit()
        self.reason.setObjectName("merge.reason")
        self._reason = Field(self.tr("How do you know that they are one person?"), self.reason)
        self.body.addWidget(self._reason)
        self.add_actions("merge", self.tr("Merge"), self._merge, shape="layers")
        self.go.setEnabled(False)
        self.setMinimumWidth(min(theme().px(620), max(320, parent.width() - 2 * Space.PAGE)))
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._pause.timeout.connect(self._look)
        self.search.textChanged.connect(self._pause.start)
        self.search.textEdited.connect(self._look_for_another)
        self.search.setText(card.last_name)
        # Nobody types yet, so nobody has to be waited for.
        self._pause.stop()
        self._look()

    def _look_for_another(self) -> None:
        self._returning = ""

    def _look(self) -> None:
        query = self.search.text()
        self._desk.ask(
            lambda clinic: find_patients(clinic, query, limit=30),
            owner=self,
            done=lambda found: self._show(query, found),
            failed=self.failed,
        )

    def _show(self, query: str, found: PatientsFound) -> None:
        if query != self.search.text():
            return
        others = [one for one in found.rows if one.ref != self._card.ref]
        self.table.show_rows(others)
        self.table.setVisible(bool(others))
        self._nobody.setVisible(not others)
        self.fit()
        if (ref := self._returning) and not self.table.select(lambda one: one.ref == ref):
            # The one that was chosen is not found any more, and no other is merged in its place.
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())

    def place(self) -> dict[str, Any]:
        """The record that is chosen."""
        return {"other": self._other.ref if self._other is not None else self._returning}

    def return_to(self, place: dict[str, Any]) -> None:
        """Choose that record again as soon as it is found."""
        self._returning = str(place["other"])
        self._look()

    def _chosen(self, other: PatientRow | None) -> None:
        self._other = other
        self.go.setEnabled(other is not None)
        while (item := self._compared.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._differs.say("")
        if other is None:
            return
        card = self._card
        facts = (
            (card.name, other.name),
            (day_words(card.born_on), day_words(other.born_on)),
            (card.phone, other.phone),
        )
        names = (self.tr("Name"), self.tr("Date of birth"), self.tr("Phone"))
        both = self.tr("{kept}  and  {other}")
        self._compared.addWidget(
            facts_grid(
                [
                    (
                        name,
                        breakable(both.format(kept=kept or "–", other=others or "–")),
                    )
                    for name, (kept, others) in zip(names, facts, strict=True)
                ]
            )
        )
        if card.born_on and other.born_on and card.born_on != other.born_on:
            self._differs.say(self.tr("The dates of birth differ. Make sure that this is one person."))
        self.fit()

    def _merge(self) -> None:
        other, reason = self._other, self.reason.text()
        if other is None:
            return
        if not reason.strip():
            self._reason.show_problem(self.tr("Say how you know."))
            self.reason.setFocus()
            return
        kept = self._card.ref
        self._desk.act(
            lambda clinic: merge_records(clinic, other.ref, kept, reason),
            owner=self,
            done=self._done,
            failed=self.failed,
        )

    def _done(self, done: RecordsMerged) -> None:
        self.accept()
        self.merged.emit(done)
