"""The form that asks for entries: days, kind, person, patient."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from mnclinic.domain.log_topic import Topic
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.log_sentences import TOPIC_WORDS
from mnclinic.services.read_log import LogPerson
from mnclinic.ui.elements import LARGE_TEXT, Card, Field, StillChoice, button, row
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space


class FilterCard(Card):
    """What is wanted of the log. Nothing is asked before Show is pressed: each asking is entered."""

    asked = Signal(object)
    """Entries are wanted. Carries the `LogFilter`, without a record."""

    def __init__(self) -> None:
        """Make an open form: everything is wanted."""
        super().__init__()
        self.first = QLineEdit()
        self.last = QLineEdit()
        self.kind = StillChoice()
        self.person = StillChoice()
        self.patient = QLineEdit()
        for day in (self.first, self.last):
            day.setPlaceholderText(self.tr("YYYY-MM-DD"))
        self.patient.setPlaceholderText(self.tr("P-000012"))
        self.kind.addItem(self.tr("Every kind"), None)
        for topic, words in TOPIC_WORDS.items():
            self.kind.addItem(spoken(words), topic)
        self.person.addItem(self.tr("Everybody"), None)
        self.fields = {
            "from": Field(self.tr("From"), self.first),
            "to": Field(self.tr("To, this day included"), self.last),
            "kind": Field(self.tr("Kind"), self.kind),
            "person": Field(self.tr("Done by"), self.person),
            "patient": Field(self.tr("Record number of a patient"), self.patient),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.SMALL)
        columns = 2 if theme().text_scale >= LARGE_TEXT else 3
        for number, (name, field) in enumerate(self.fields.items()):
            field.control.setObjectName(f"log.{name}")
            grid.addWidget(field, number // columns, number % columns)
        # Under an empty label, the buttons stand in line with the controls beside them at every size.
        last = len(self.fields)
        grid.addWidget(Field("", self._actions()), last // columns, last % columns)
        for place in range(columns):
            grid.setColumnStretch(place, 1)
        self.body.addLayout(grid)
        for line in (self.first, self.last, self.patient):
            line.returnPressed.connect(self.ask)

    def _actions(self) -> QWidget:
        holder = QWidget()
        line = row(holder)
        self.show_button = button(
            self.tr("Show"), "log.show", kind="primary", shape="search", pressed=self.ask
        )
        self.clear_button = button(self.tr("Clear"), "log.clear", kind="quiet", pressed=self.clear_and_ask)
        line.addWidget(self.show_button, 1)
        line.addWidget(self.clear_button)
        return holder

    def show_people(self, people: Sequence[LogPerson]) -> None:
        """Offer these people, keeping the choice."""
        chosen = self.person.currentData()
        while self.person.count() > 1:
            self.person.removeItem(1)
        for one in people:
            self.person.addItem(one.name, one.staff_id)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))

    def show_filter(self, wanted: LogFilter, patient_words: str = "") -> None:
        """Show a filter that was asked from elsewhere."""
        self.first.setText(wanted.first.isoformat() if wanted.first else "")
        self.last.setText(wanted.last.isoformat() if wanted.last else "")
        self.kind.setCurrentIndex(max(0, self.kind.findData(wanted.kind)))
        self.person.setCurrentIndex(max(0, self.person.findData(wanted.person)))
        self.patient.setText(patient_words)
        self.show_problems({})

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show what is wrong beside each control; the first of them gets the keyboard."""
        for name, field in self.fields.items():
            field.show_problem(problems.get(name, ""))
        wrong = next((field for name, field in self.fields.items() if name in problems), None)
        if wrong is not None:
            wrong.control.setFocus()

    def take_failure(self, error: Exception) -> None:
        """Show the problems that a failure names beside their controls."""
        if isinstance(error, InvalidInput):
            self.show_problems({one.where: one.what for one in error.problems})

    def ask(self) -> None:
        """Ask for what the form says. What cannot be read of it is refused with all that is wrong."""
        unread: list[Problem] = []
        days: dict[str, date | None] = {}
        for name, line in (("from", self.first), ("to", self.last)):
            typed = line.text().strip()
            try:
                days[name] = date.fromisoformat(typed) if typed else None
            except ValueError:
                days[name] = None
                what = self.tr("Write the day as YYYY-MM-DD, for example 2026-11-23.")
                unread.append(Problem(name, what))
        self.show_problems({})
        topic = self.kind.currentData()
        self.asked.emit(
            LogFilter(
                first=days["from"],
                last=days["to"],
                person=self.person.currentData(),
                patient=self.patient.text().strip() or None,
                kind=Topic(topic) if topic else None,
                unread=tuple(unread),
            )
        )

    def clear_and_ask(self) -> None:
        """Ask for the whole log."""
        self.show_filter(LogFilter())
        self.ask()
