"""Adverse events: those that are open with their clocks, and one opened."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from mnclinic.services.event_rows import EventRow
from mnclinic.services.list_events import show_open_events
from mnclinic.services.show_event import EventShown, show_event
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    Column,
    EmptyState,
    PageHeader,
    RowTable,
    button,
    column,
    counted,
    page_margin,
    scrolled_lines,
)
from mnclinic.ui.events.entry import EventEntry
from mnclinic.ui.events.event_room import EventRoom
from mnclinic.ui.events.words import clock_look, event_words, is_overdue, moment_words, short_grade_words
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Tone

LEAST_ROWS = 5


def columns_at(now: Callable[[], datetime]) -> tuple[Column, ...]:
    """The columns of the list; where the text is large the rest stands in the event."""

    def look(event: EventRow) -> Any:
        return clock_look(event, now())

    whole = (
        Column("Patient", lambda event: event.patient, 5),
        Column("What happened", event_words, 6),
        Column("Grade", short_grade_words, 2, is_whole=True),
        Column("Where it stands", lambda event: look(event).word, 6, look),
        Column("Due by", lambda event: moment_words(event.due_at, now()), 4, is_whole=True),
        Column("Visit", lambda event: event.number, 3, is_whole=True),
    )
    if theme().text_scale < LARGE_TEXT:
        return whole
    # Half a name says of nobody whose it is.
    return (replace(whole[0], is_whole=True), whole[1], whole[3])


class EventsPage(QWidget):
    """The list of events that are not closed, and the room of one."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._openings = 0
        """Counts which event was asked for, so that only the last of them is shown."""
        self.entry = EventEntry(desk, self)
        self.entry.failed.connect(self._failed)
        self.entry.none_to_name.connect(self._say)
        whole = column(self, gap=0, margin=page_margin())
        self.rooms = QStackedWidget()
        whole.addWidget(self.rooms)
        self._list = QWidget()
        lines = scrolled_lines(self._list, self.tr("Adverse events"))
        self.rooms.addWidget(self._list)
        self.room = EventRoom(desk)
        self.room.left.connect(self._to_list)
        self.rooms.addWidget(self.room)
        self.new = button(
            self.tr("Adverse event"),
            "events.new",
            kind="primary",
            shape="heart-pulse",
            pressed=self.entry.ask_who,
        )
        if not self.entry.may_begin:
            self.new.hide()
        self._header = PageHeader(self.tr("Adverse events"), [self.new])
        lines.addWidget(self._header)
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        card = Card()
        self.table = RowTable("events.open", columns_at(lambda: desk.now), self.tr("Open adverse events"))
        self.table.opened.connect(lambda event: self._desk.wanted.emit("events", event.event_id))
        self.table.setMinimumHeight(theme().px(LEAST_ROWS * Size.ROW))
        self._empty = EmptyState(
            "check-check",
            self.tr("No adverse event is open"),
            self.tr("Whatever happens after a treatment is written down here or on the patient's page."),
        )
        card.hold_table(self.table, self._empty)
        self.table.stand_in(self.new)
        lines.addWidget(card, 1)

    def show_page(self, what: object) -> None:
        """Show the list, or the event with this id."""
        self._say("")
        if isinstance(what, str):
            self._open(what, is_wanted=True)
        else:
            self._to_list()

    def refresh(self) -> None:
        """Something was stored: look again at what is in front."""
        if self.rooms.currentWidget() is self.room and self.room.event_id:
            self._open(self.room.event_id)
        else:
            self._read()

    def place(self) -> dict[str, str] | None:
        """The event that is in front."""
        is_open = self.rooms.currentWidget() is self.room
        return {"event": self.room.event_id} if is_open and self.room.event_id else None

    def return_to(self, place: dict[str, str]) -> None:
        """Open that event again."""
        self._open(place["event"], is_wanted=True)

    def begin_event(self) -> bool:
        """Ask whose an event is. True: this page does it itself."""
        self.entry.ask_who()
        return True

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet of the list, or of the event that is shown again (see `lock.place.Opens`)."""
        if self.entry.open_again(kind, about):
            return
        if (shown := self.room.shown) is not None and about.get("event") == self.room.event_id:
            act = kind.partition(".")[2]
            if self.rooms.currentWidget() is self.room and act in self.room.possible() - {"worksheet"}:
                self.room.acts.open(act, shown.event)

    def _to_list(self) -> None:
        self.rooms.setCurrentWidget(self._list)
        self._read()
        self.table.take_keyboard()

    def _read(self) -> None:
        self._desk.ask(show_open_events, owner=self, done=self._show, failed=self._failed)

    def _show(self, found: tuple[EventRow, ...]) -> None:
        now = self._desk.now
        over = sum(1 for one in found if is_overdue(one, now))
        words = counted(len(found), self.tr("event is open"), self.tr("events are open"))
        if over:
            words += self.tr(" · {count} overdue").format(count=over)
        self._header.subtitle.setText(words)
        self.table.show_rows(found)
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)
        if self.window().focusWidget() is self.table:
            self.table.take_keyboard()

    def _open(self, event_id: str, *, is_wanted: bool = False) -> None:
        self._openings += 1
        opening = self._openings

        def done(shown: EventShown) -> None:
            if opening != self._openings:
                return
            is_in_front = self.rooms.currentWidget() is self.room
            self.room.show_event(shown)
            self.rooms.setCurrentWidget(self.room)
            if is_wanted or not is_in_front:
                self.room.take_focus()

        self._desk.ask(
            lambda clinic: show_event(clinic, event_id), owner=self, done=done, failed=self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._say(sentence_of(error))

    def _say(self, words: str) -> None:
        for banner in (self._banner, self.room.banner):
            banner.say(words)
