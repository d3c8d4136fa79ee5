"""One box: whom a lot, a device, a performer or days touched; and everything that touched one patient."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from mnclinic.domain.back_trace import Factor
from mnclinic.errors import InvalidInput, Stopped
from mnclinic.services.look_back import FoundPeople, begin_look_back, more_people
from mnclinic.services.session import OpenClinic
from mnclinic.services.touched_patient import TouchedPatient, what_touched
from mnclinic.services.touched_people import TouchedPerson, Use
from mnclinic.services.trace_events import people_of_factor
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    EmptyState,
    Field,
    PageHeader,
    RowTable,
    SearchLine,
    button,
    column,
    counted,
    flow,
    headed_page,
    label,
    row,
)
from mnclinic.ui.progress import Progress
from mnclinic.ui.recall.looks import (
    FEW_PEOPLE,
    FEW_USES,
    PEOPLE,
    USES,
    days_of,
    event_sentence,
    use_sentence,
    visits_words,
    worth_words,
)
from mnclinic.ui.stretches import STRETCH, StretchModel
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.words import plain

PATIENT = "patient:"
"""Begins the way to what touched one patient; their reference or record number follows."""
EVENTS = "events:"
"""Begins the way to whom events befell; days, factor and value follow: `2026-01-01..2026-12-31:lot:L-1`."""
LONGEST_QUERY = 200
MOST_LINES = 4
"""Of what one person's visits used, below the list."""
LEAST_ROWS = 4
SLOW_MS = 300
"""A look that takes longer shows how far it is; a shorter one would only flicker."""


class RecallPage(QWidget):
    """The box, and what it found."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self._desk = desk
        self._asked = ""
        self._asks = 0
        self._found = FoundPeople(0, 0, ())
        self._is_large = theme().text_scale >= LARGE_TEXT
        self.recalls = button(
            self.tr("Recalls"),
            "recall.recalls",
            shape="clipboard-list",
            pressed=lambda: self._desk.wanted.emit("recalls", None),
        )
        self.trace = button(
            self.tr("Visits with events"),
            "recall.trace",
            shape="list-checks",
            pressed=lambda: self._desk.wanted.emit("trace", None),
        )
        title = self.tr("Recall and look-back")
        self._header = PageHeader(title, [self.trace, self.recalls])
        # Where the text is large the parts do not fit.
        lines = headed_page(self, self._header, title, is_scrolled=self._is_large)
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        lines.addWidget(self._box())
        self.looking = Progress("recall.progress")
        lines.addWidget(self.looking)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._show_progress)
        lines.addWidget(self._list_card(), 1)
        self._say_nothing_asked()

    def _box(self) -> QWidget:
        self.named = SearchLine()
        self.named.setObjectName("recall.named")
        self.named.setMaxLength(LONGEST_QUERY)
        self.named.returnPressed.connect(self._look_up)
        self.field = Field(
            self.tr("Lot, serial, UDI, device, performer or days"),
            self.named,
            self.tr("Days as 2026-11-01..2026-11-20, alone or behind the rest. A scanner may type here."),
        )
        self.go = button(
            self.tr("Look up"), "recall.go", kind="primary", shape="search", pressed=self._look_up
        )
        holder = QWidget()
        if self._is_large:
            lines = column(holder, gap=Space.SMALL)
            lines.addWidget(self.field)
            lines.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
            return holder
        line = row(holder, gap=Space.MEDIUM)
        line.addWidget(self.field, 1)
        beside = column(gap=0)
        # In line with the box, below its label.
        beside.addSpacing(self.field.label.sizeHint().height() + Space.TIGHT)
        beside.addWidget(self.go)
        beside.addStretch(1)
        line.addLayout(beside)
        return holder

    def _list_card(self) -> QWidget:
        card = Card()
        columns = FEW_PEOPLE if self._is_large else PEOPLE
        # A device may have touched thousands: whoever is not looked at is neither read nor entered.
        self._rows = StretchModel(columns, self._fetch)
        self._rows.came.connect(self._came)
        self.people = RowTable("recall.people", columns, self.tr("Whom it touched, by name"), self._rows)
        self.people.chosen.connect(self._person_chosen)
        self.people.opened.connect(lambda one: self._desk.wanted.emit("patients", one.patient_ref))
        self.uses = RowTable(
            "recall.uses", FEW_USES if self._is_large else USES, self.tr("What touched this patient")
        )
        self.uses.chosen.connect(self._use_chosen)
        self.uses.opened.connect(lambda one: self._desk.wanted.emit("visit", one.visit_id))
        self._lists = QStackedWidget()
        for table in (self.people, self.uses):
            table.stand_in(self.named)
            self._lists.addWidget(table)
        self._lists.setMinimumHeight(theme().px(LEAST_ROWS * Size.ROW))
        self._empty = EmptyState("package", "", "")
        card.hold_table(self._lists, self._empty)
        card.body.setStretchFactor(self._lists, 1)
        self._foot = QWidget()
        lines = column(self._foot, gap=Space.SMALL)
        lines.setContentsMargins(Space.LARGE, 0, Space.LARGE, Space.MEDIUM)
        self.sentence = label("", Type.STRONG, wraps=True)
        self.sentence.setObjectName("recall.sentence")
        self.details = label("", Type.SMALL, "muted", wraps=True)
        self.details.setObjectName("recall.details")
        lines.addWidget(self.sentence)
        lines.addWidget(self.details)
        self.open = button(self.tr("Open the record"), "recall.open", shape="arrow-right", pressed=self._open)
        self.reverse = button(
            self.tr("What touched them"), "recall.reverse", shape="history", pressed=self._reverse
        )
        ways = flow()
        for way in (self.open, self.reverse):
            ways.addWidget(way)
        lines.addLayout(ways)
        card.add(self._foot)
        return card

    def show_page(self, what: object) -> None:
        """Look something up at once where the way here names it: `patient:` with a record, or a lot."""
        if isinstance(what, str) and what:
            self._ask(what)
        self.named.setFocus()

    def refresh(self) -> None:
        """Nothing is read again by itself: each look-up is entered in the log."""

    def place(self) -> dict[str, Any] | None:
        """What is shown; it is looked up again after the lock."""
        return {"asked": self._asked} if self._asked else None

    def return_to(self, place: dict[str, Any]) -> None:
        """Show it again."""
        self._ask(str(place["asked"]))

    def _look_up(self) -> None:
        self._ask(self.named.text())

    def _ask(self, wanted: str) -> None:
        self._banner.say("")
        self.field.show_problem("")
        self._asks += 1
        number, watch = self._asks, self.looking.watch
        # The panel may have been stopped the last time.
        self._slow.start()

        def done(found: FoundPeople | TouchedPatient) -> None:
            self._ended(number)
            if number == self._asks:
                self._asked = wanted
                self._show(wanted, found)

        def failed(error: Exception) -> None:
            self._ended(number)
            if number == self._asks:
                self._failed(error)

        if wanted.startswith(PATIENT):
            record = wanted.removeprefix(PATIENT)
            self._desk.ask(lambda clinic: what_touched(clinic, record), owner=self, done=done, failed=failed)
            return
        if wanted.startswith(EVENTS):
            self._desk.ask(
                lambda clinic: _of_events(clinic, wanted), owner=self, done=done, failed=failed, is_long=True
            )
            return
        if self.named.text() != wanted:
            self.named.setText(wanted)
        self._desk.ask(
            lambda clinic: begin_look_back(clinic, wanted, most=STRETCH, watch=watch),
            owner=self,
            done=done,
            failed=failed,
            is_long=True,
        )

    def _show_progress(self) -> None:
        self.looking.begin(self.tr("Looking through the visits"), shuts=self.go)

    def _ended(self, number: int) -> None:
        if number != self._asks:
            return
        self._slow.stop()
        self.go.setDisabled(False)
        if self.looking.is_under_way:
            self.looking.end()

    def _fetch(self, start: int) -> None:
        """Have a stretch of the people read, and the looks at them entered."""
        found = self._found

        def came(people: Sequence[TouchedPerson]) -> None:
            if found is self._found:
                self._rows.give(start, people)

        def failed(error: Exception) -> None:
            if found is self._found:
                self._rows.failed(start)
                self._failed(error)

        self._desk.ask(
            lambda clinic: more_people(clinic, found, start, STRETCH), owner=self, done=came, failed=failed
        )

    def _came(self, first: int, last: int) -> None:
        if first <= self.people.currentIndex().row() <= last:
            self._person_chosen(self.people.current())

    def _show(self, wanted: str, found: FoundPeople | TouchedPatient) -> None:
        if isinstance(found, TouchedPatient):
            self._show_patient(found)
            return
        self._lists.setCurrentWidget(self.people)
        self._found = found
        self.people.show_beginning(found.rows, found.people)
        if wanted.startswith(EVENTS):
            wanted = _factor_words(wanted, found.rows)
            self.named.setText("")
        people = counted(found.people, self.tr("person"), self.tr("people"))
        self._header.subtitle.setText(
            self.tr("{asked}: {people} in {visits}. Signed visits alone count.").format(
                asked=wanted.strip(),
                people=people,
                visits=counted(found.visits, self.tr("visit"), self.tr("visits")),
            )
            if wanted.strip()
            else ""
        )
        if wanted.strip():
            self._show_list(
                bool(found.people),
                self.tr("It touched nobody"),
                self.tr("No signed visit names it. Look at the box again: a letter or a digit may be off."),
            )
        else:
            self._say_nothing_asked()

    def _show_patient(self, found: TouchedPatient) -> None:
        self._lists.setCurrentWidget(self.uses)
        self.named.setText("")
        self.uses.show_rows(found.uses)
        self._header.subtitle.setText(
            self.tr("What touched {patient}, {record}: the oldest first.").format(
                patient=found.patient, record=found.record_number
            )
        )
        self._show_list(
            bool(found.uses),
            self.tr("Nothing yet"),
            self.tr("No visit of this patient was signed so far."),
        )

    def _say_nothing_asked(self) -> None:
        self._show_list(
            False,
            self.tr("Nobody is looked up yet"),
            self.tr("Type or scan what is on the box, and press Enter. Every look-up is entered in the log."),
        )

    def _show_list(self, is_shown: bool, title: str, words: str) -> None:
        self._empty.title.setText(title)
        self._empty.words.setText(words)
        self._lists.setVisible(is_shown)
        self._foot.setVisible(is_shown)
        self._empty.setVisible(not is_shown)
        if is_shown:
            table = self.uses if self._lists.currentWidget() is self.uses else self.people
            table.setFocus()
        else:
            self.named.setFocus()

    def _person_chosen(self, one: TouchedPerson | None) -> None:
        if one is None:
            return
        parts = [one.patient, one.record_number, one.phone, one.email, one.address]
        self.sentence.setText(" · ".join(part for part in parts if part))
        uses = [use_sentence(use) for use in one.uses]
        said = [f"{visits_words(one)}: {days_of(one)}"] if self._is_large else []
        said += [*map(event_sentence, one.events), *uses]
        more = len(said) - MOST_LINES
        said = said[:MOST_LINES] + ([self.tr("and {n} more").format(n=more)] if more > 0 else [])
        self.details.setText("\n".join(said))
        self.reverse.show()

    def _use_chosen(self, one: Use | None) -> None:
        if one is None:
            return
        self.sentence.setText(use_sentence(one))
        self.details.setText("")
        self.reverse.hide()

    def _open(self) -> None:
        table = self._lists.currentWidget()
        if isinstance(table, RowTable) and (one := table.current()) is not None:
            table.opened.emit(one)

    def _reverse(self) -> None:
        one = self.people.current()
        if one is not None:
            self._ask(f"{PATIENT}{one.patient_ref}")

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InvalidInput) and error.problems:
            self.field.show_problem(error.problems[0].what)
        tone = Tone.INFO if isinstance(error, Stopped) else Tone.STOP
        self._banner.say(sentence_of(error), tone, "info" if tone is Tone.INFO else "circle-alert")


def _factor_words(way: str, found: Sequence[TouchedPerson]) -> str:
    """Which factor the people of a count were opened by, and its value, as the count had them."""
    _, factor, value = way.removeprefix(EVENTS).split(":", 2)
    if factor == Factor.PERFORMER:
        names = (use.performer_name for one in found for use in one.uses if use.performer == value)
        value = next(names, value)
    return f"{plain(factor)} {worth_words(Factor(factor), value)}"


def _of_events(clinic: OpenClinic, way: str) -> FoundPeople:
    days, factor, value = way.removeprefix(EVENTS).split(":", 2)
    first, last = days.split("..")
    people = people_of_factor(
        clinic, Factor(factor), value, first=date.fromisoformat(first), last=date.fromisoformat(last)
    )
    return FoundPeople(len(people), len({use.visit_id for one in people for use in one.uses}), people)
