"""A person's adverse events on their page: each with where it stands, and the way to it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnclinic.services.event_rows import EventRow
from mnclinic.services.list_events import events_of_person
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Chip, button, clear, column, flow, label
from mnclinic.ui.events.words import clock_look, event_words, short_grade_words
from mnclinic.ui.log.ways import way_button
from mnclinic.ui.long_words import breakable
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.words import day_words


class EventsPart(QWidget):
    """Read once the person is shown. `add` is asked for by its button, None where nobody may."""

    failed = Signal(Exception)
    """They could not be read."""

    def __init__(self, desk: Desk, add: Callable[[], None] | None) -> None:
        """Make it, empty."""
        super().__init__()
        self._desk, self._add = desk, add
        self._ref = ""
        self._lines: QVBoxLayout = column(self, gap=Space.SMALL)

    def show_person(self, ref: str) -> None:
        """Read and show a person's events."""
        self._ref = ref
        self._desk.ask(
            lambda clinic: events_of_person(clinic, ref),
            owner=self,
            done=lambda found: self._show(ref, found),
            failed=self.failed.emit,
        )

    def _show(self, ref: str, found: tuple[EventRow, ...]) -> None:
        if ref != self._ref:
            return
        clear(self._lines)
        self._lines.addWidget(label(self.tr("Adverse events"), Type.STRONG, wraps=True))
        if not found:
            self._lines.addWidget(label(self.tr("None yet."), Type.BODY, "faint", wraps=True))
        for number, event in enumerate(found):
            self._lines.addWidget(self._event(event, number))
        if self._add is not None:
            add = button(self.tr("Adverse event …"), "chart.event", shape="heart-pulse", pressed=self._add)
            self._lines.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def _event(self, event: EventRow, number: int) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=Space.HAIR)
        words = breakable(event_words(event))
        lines.addWidget(label(words, Type.BODY, wraps=True))
        chip = flow()
        chip.addWidget(Chip(clock_look(event, self._desk.now)))
        lines.addLayout(chip)
        facts = [
            self.tr("Grade {grade}").format(grade=short_grade_words(event)),
            self.tr("noted {day}").format(day=day_words(event.noted_on)),
            event.number,
        ]
        if event.filed_under:
            facts.append(self.tr("filed under {number}").format(number=event.filed_under))
        lines.addWidget(label(" · ".join(facts), Type.SMALL, "muted", wraps=True))
        ways = flow()
        opens = button(
            self.tr("Open"),
            f"chart.event_open.{number}",
            kind="quiet",
            pressed=lambda: self._desk.wanted.emit("events", event.event_id),
        )
        opens.setAccessibleName(self.tr("Open: {what}").format(what=event_words(event)))
        history = way_button(
            self._desk, f"chart.event_log.{number}", f"adverse_event:{event.event_id}", is_quiet=True
        )
        history.setAccessibleName(self.tr("History: {what}").format(what=event_words(event)))
        ways.addWidget(opens)
        ways.addWidget(history)
        lines.addLayout(ways)
        return holder
