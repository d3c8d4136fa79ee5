"""One adverse event opened: where it stands, what was told, its visit, and what was done about it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.event_clock import ClockState
from mnclinic.security.roles import Act
from mnclinic.services.event_rows import EventRow
from mnclinic.services.show_event import EventShown
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    Chip,
    ChipLook,
    Scroller,
    Timeline,
    beside,
    button,
    clear,
    column,
    facts_grid,
    flow,
    label,
    row,
    shrink,
)
from mnclinic.ui.events.acts import EventActs
from mnclinic.ui.events.words import (
    clock_look,
    event_words,
    full_moment_words,
    grade_words,
    how_words,
    is_overdue,
    moment_words,
    relatedness_words,
    seriousness_words,
    step_entry,
)
from mnclinic.ui.keys import keyed
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.long_words import breakable
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.visits.summary import line_words
from mnclinic.ui.words import day_words, plain, service_words


class EventRoom(QWidget):
    """An event with everything that is known of it, and the acts that are possible now."""

    left = Signal()
    """Back to the list."""

    def __init__(self, desk: Desk) -> None:
        """Make it, empty."""
        super().__init__()
        self._desk = desk
        self._shown: EventShown | None = None
        self._buttons: list[QPushButton] = []
        self.acts = EventActs(desk, self)
        is_large = theme().text_scale >= LARGE_TEXT
        lines = column(self, gap=Space.SMALL if is_large else Space.MEDIUM)
        lines.addLayout(self._made_ways())
        self.banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self.banner)
        self.acts.failed.connect(self._failed)
        inner = QWidget()
        self._inner = column(inner, gap=Space.LARGE)
        self._scroller = Scroller(inner)
        self._scroller.let_keyboard_scroll(self.tr("Adverse event"))
        lines.addWidget(self._scroller, 1)
        keyed(self, self.tr("All open events"), "Esc", self.left.emit, is_inside=True)

    @property
    def event_id(self) -> str:
        """The event that is shown; empty where none is."""
        return self._shown.event.event_id if self._shown is not None else ""

    @property
    def shown(self) -> EventShown | None:
        """What is shown."""
        return self._shown

    def _made_ways(self) -> QHBoxLayout:
        line = row(gap=Space.SMALL)
        self.back = button(
            self.tr("All open events"), "event.back", kind="quiet", shape="arrow-left", pressed=self.left.emit
        )
        line.addWidget(self.back)
        line.addStretch(1)
        record = button(
            self.tr("Open the record"), "event.patient", shape="folder-open", pressed=self._open_record
        )
        visit = button(
            self.tr("Open the visit"), "event.open_visit", shape="file-text", pressed=self._open_visit
        )
        history = history_button(
            self._desk,
            "event.history",
            lambda: f"adverse_event:{self.event_id}" if self.event_id else None,
        )
        for one in (history, record, visit):
            if theme().text_scale >= LARGE_TEXT:
                shrink(one)
            line.addWidget(one)
        if theme().text_scale >= LARGE_TEXT:
            shrink(self.back)
        return line

    def show_event(self, shown: EventShown) -> None:
        """Show one event; of the one that was shown already, where the person is in it stays."""
        is_another = shown.event.event_id != self.event_id
        held: QWidget | None = self.window().focusWidget()
        name = held.objectName() if held is not None and self._is_within(held) else ""
        self._shown = shown
        self.banner.say("")
        clear(self._inner)
        event = shown.event
        self._inner.addWidget(self._head(event))
        both = beside()
        both.addWidget(self._account_card(shown), 5)
        both.addWidget(self._steps_card(event), 4)
        self._inner.addLayout(both)
        self._inner.addStretch(1)
        if is_another:
            self._scroller.verticalScrollBar().setValue(0)
        for again in self.findChildren(QPushButton, name) if name else ():
            again.setFocus()
        if name and self.window().focusWidget() is None:
            self.take_focus()

    def _is_within(self, widget: QWidget) -> bool:
        content = self._scroller.widget()
        return content is not None and content.isAncestorOf(widget)

    def take_focus(self) -> None:
        """Put the keyboard on what is done next, else on the way back."""
        first = next((one for one in self._buttons if one.isVisibleTo(self)), self.back)
        first.setFocus()

    def _head(self, event: EventRow) -> QWidget:
        now = self._desk.now
        holder = QWidget()
        lines = column(holder, gap=Space.SMALL)
        lines.addWidget(label(breakable(event_words(event)), Type.TITLE, wraps=True))
        who = [event.patient, event.record_number]
        if event.phone:
            who.append(event.phone)
        lines.addWidget(label(breakable(" · ".join(who)), Type.STRONG, wraps=True))
        chips = flow()
        chips.addWidget(Chip(clock_look(event, now)))
        grade = self.tr("Grade {grade}").format(grade=event.grade_now)
        tone = Tone.STOP if event.grade_now >= 3 else Tone.SOON  # noqa: PLR2004 - severe and worse
        chips.addWidget(Chip(ChipLook(grade, "heart-pulse", tone)))
        lines.addLayout(chips)
        if event.due_at is not None:
            lines.addWidget(label(self._due_words(event), Type.BODY, "muted", wraps=True))
        for said in (*self._whose(event), *self._broken(event)):
            lines.addWidget(label(said, Type.BODY, "stop", wraps=True))
        ways = flow()
        self._buttons = self._made_buttons(event)
        for one in self._buttons:
            ways.addWidget(one)
        lines.addLayout(ways)
        return holder

    def _due_words(self, event: EventRow) -> str:
        now = self._desk.now
        at = moment_words(event.due_at, now)
        is_over = is_overdue(event, now)
        if event.state is ClockState.TELL:
            said = (
                self.tr("The director should have been told by {moment}.")
                if is_over
                else self.tr("The director is to be told by {moment}.")
            )
        else:
            said = (
                self.tr("The director should have signed by {moment} that she knows of it.")
                if is_over
                else self.tr("The director is to sign by {moment} that she knows of it.")
            )
        return said.format(moment=at)

    def _whose(self, event: EventRow) -> list[str]:
        if event.is_misfiled:
            return [self.tr("Its visit was filed to the wrong patient, and nobody has said whose it is.")]
        if event.filed_under:
            said = self.tr("Its visit was filed to the wrong patient and stands under {number}.")
            return [said.format(number=event.filed_under)]
        return []

    def _broken(self, event: EventRow) -> list[str]:
        if not event.has_broken_acknowledgement:
            return []
        return [
            self.tr(
                "What stands here as a director's signature does not hold, and nothing can be signed beside "
                "it. Check the store, and write the event down anew to sign for it."
            )
        ]

    def _made_buttons(self, event: EventRow) -> list[QPushButton]:
        state = event.state
        may_write = self._desk.can(Act.RECORD_ADVERSE_EVENT)
        may_sign = self._desk.can(Act.ACKNOWLEDGE_EVENT) and not event.has_broken_acknowledgement
        is_told = bool(event.done & {StepKind.TOLD, StepKind.ACKNOWLEDGED})
        is_known, is_open = event.facts.is_acknowledged, state is not ClockState.CLOSED
        may_close = self._desk.can(Act.CLOSE_EVENT) and is_open and is_known
        possible = (
            ("acknowledge", self.tr("Sign that you know …"), "stamp", may_sign and is_open and not is_known),
            ("told", self.tr("Director told …"), "bell", may_write and is_open and not is_told),
            ("note", self.tr("Write a note …"), "notebook-pen", may_write and is_open),
            ("reported", self.tr("Reported …"), "upload", may_write),
            ("worksheet", self.tr("FDA 3500 worksheet …"), "printer", self._desk.can(Act.PRINT_DOCUMENT)),
            ("close", self.tr("Close …"), "circle-check", may_close),
        )
        made: list[QPushButton] = []
        for act, words, shape, is_possible in possible:
            if is_possible:
                kind = "primary" if not made else ""
                one = button(words, f"event.{act}", kind=kind, shape=shape, pressed=partial(self._ask, act))
                made.append(one)
        return made

    def possible(self) -> set[str]:
        """The names of the acts that are possible now."""
        return {one.objectName().removeprefix("event.") for one in self._buttons}

    def _ask(self, act: str) -> None:
        if self._shown is not None:
            self.acts.open(act, self._shown.event)

    def _account_card(self, shown: EventShown) -> Card:
        event, now = shown.event, self._desk.now
        card = Card(self.tr("What was told"))
        began = full_moment_words(event.onset_at, now)
        expected = {True: self.tr("Expected after needling"), False: self.tr("Not expected"), None: ""}
        told = ", ".join(filter(None, (event.told_by, how_words(event.told_how or "").lower())))
        by = self.tr("{name}, {moment}")
        facts = [
            (self.tr("Grade"), grade_words(event.grade)),
            (self.tr("Began"), began),
            (self.tr("Told by"), told),
            (self.tr("Expected or not"), expected[event.is_expected]),
            (self.tr("The treatment as its cause"), relatedness_words(event.relatedness or "")),
            (
                self.tr("Serious, because of"),
                ", ".join(map(seriousness_words, event.seriousness)) or self.tr("not serious"),
            ),
            (self.tr("What was done about it"), event.treatment),
            (self.tr("Note"), event.note),
            (
                self.tr("Written down"),
                by.format(name=event.recorded_by, moment=full_moment_words(event.recorded_at, now)),
            ),
        ]
        card.add(facts_grid([(name, breakable(value)) for name, value in facts]))
        card.add(label(self.tr("The visit before it"), Type.STRONG, wraps=True))
        card.add(label(self._visit_words(shown), Type.BODY, wraps=True))
        if shown.photos:
            card.add(label(self.tr("Photographs of that visit"), Type.STRONG, wraps=True))
            for one in shown.photos:
                said = f"{one.view} · {plain(one.taken_when)} · {day_words(one.taken_at.date())}"
                card.add(label(breakable(said), Type.BODY, wraps=True))
        card.body.addStretch(1)
        return card

    @staticmethod
    def _visit_words(shown: EventShown) -> str:
        visit, event = shown.visit, shown.event
        service = str(visit.document.get("service", ""))
        first = " · ".join((event.number, day_words(event.visit_on), service_words(service)))
        return "\n".join((first, *(line_words(one) for one in visit.document.get("lines", ()))))

    def _steps_card(self, event: EventRow) -> Card:
        now = self._desk.now
        card = Card(self.tr("What was done"))
        if event.steps:
            entries = [step_entry(one, now) for one in reversed(event.steps)]
            card.add(Timeline("event.steps", self.tr("What was done"), entries))
        else:
            card.add(label(self.tr("Nothing yet."), Type.BODY, "faint", wraps=True))
        card.body.addStretch(1)
        return card

    def _failed(self, error: Exception) -> None:
        self.banner.say(sentence_of(error))

    def _open_record(self) -> None:
        if self._shown is not None:
            self._desk.wanted.emit("patients", self._shown.event.patient_ref)

    def _open_visit(self) -> None:
        if self._shown is not None:
            self._desk.wanted.emit("visit", self._shown.event.visit_id)
