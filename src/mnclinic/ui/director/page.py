"""The director's desk: exceptions first, then the rest of the queue, then what waits for a release."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from mnclinic.security.roles import Act, Role, may
from mnclinic.services.break_glass import GlassRow, see_break_glass
from mnclinic.services.event_rows import EventRow
from mnclinic.services.list_visits import Queue, VisitRow, review_queue
from mnclinic.services.open_recalls import OpenRecall
from mnclinic.services.see_amendment import UnseenAmendment
from mnclinic.ui.desk import Desk, sentence_of, with_value
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    Chip,
    ChipLook,
    Column,
    EmptyState,
    PageHeader,
    RowTable,
    Scroller,
    button,
    clear,
    column,
    counted,
    label,
    page_margin,
    row,
)
from mnclinic.ui.events.words import clock_look, event_words, grade_words, moment_words
from mnclinic.ui.log.ways import way_button
from mnclinic.ui.long_words import breakable
from mnclinic.ui.recall.recall_looks import named_words, recall_look
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.visits.amendments_card import LOOKS, found_line
from mnclinic.ui.words import (
    TELEPHONED,
    day_words,
    instant_words,
    plain,
    readiness_look,
    service_words,
    state_look,
    why,
)

LEAST_ROWS = 4
"""Of a table, its header among them."""

QUEUE = (
    Column("Patient", lambda visit: visit.patient, 5),
    Column("Visit", lambda visit: visit.number, 3, is_whole=True),
    Column("Day", lambda visit: day_words(visit.visit_on), 4, is_whole=True),
    Column("Service", lambda visit: service_words(visit.service), 4),
    Column("Performer", lambda visit: visit.performer_name, 3),
    Column("Why it is here", why, 5),
    Column("Due", lambda visit: day_words(visit.due_at.date()) if visit.due_at else "", 4, is_whole=True),
    Column("State", lambda visit: state_look(visit).word, 7, state_look),
)


def stands_look(visit: VisitRow) -> ChipLook:
    """What stands against a visit in the list of releases, or that it goes on by an order of hers."""
    return TELEPHONED if "telephone_order" in visit.reasons else readiness_look(visit)


RELEASES = (
    Column("Patient", lambda visit: visit.patient, 5),
    Column("Visit", lambda visit: visit.number, 3, is_whole=True),
    Column("Day", lambda visit: day_words(visit.visit_on), 3, is_whole=True),
    Column("Performer", lambda visit: visit.performer_name, 3),
    Column("What stands", lambda visit: stands_look(visit).word, 5, stands_look),
)
FEW_QUEUE = (QUEUE[0], QUEUE[5], Column("State", lambda visit: state_look(visit).word, 6, state_look))
FEW_RELEASES = (RELEASES[0], RELEASES[4])
"""Where the text is large: the rest stands in the visit."""


class DirectorPage(QWidget):
    """What waits for the director."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        whole = column(self, gap=Space.LARGE, margin=page_margin())
        self._header = PageHeader(self.tr("Director"))
        whole.addWidget(self._header)
        inner = QWidget()
        lines = column(inner, gap=Space.LARGE)
        scroller = Scroller(inner)
        scroller.setAccessibleName(self.tr("Director"))
        whole.addWidget(scroller, 1)
        self._banner = Banner()
        lines.addWidget(self._banner)
        self.glasses, self._glass_lines = _card_of_lines(
            lines,
            self.tr("Somebody broke the glass"),
            self.tr("They took wider rights for a while. What they did meanwhile is marked in the log."),
        )
        self.events, self._event_lines = _card_of_lines(
            lines,
            self.tr("Adverse events that you have not signed"),
            self.tr("Open each, read what was told, and sign that you know of it, with what you order."),
        )
        self.recalls, self._recall_lines = _card_of_lines(
            lines,
            self.tr("Recalls that you may close"),
            self.tr("Everybody on the list was tried. Open each, read it, and sign that it has ended."),
        )
        is_large = theme().text_scale >= LARGE_TEXT
        queue, releases = (FEW_QUEUE, FEW_RELEASES) if is_large else (QUEUE, RELEASES)
        self._queue_card = card = Card()
        self.queue = RowTable("director.queue", queue, self.tr("Visits that wait for sign-off"))
        self.queue.opened.connect(self._open)
        self.queue.setMinimumHeight(theme().px(LEAST_ROWS * Size.ROW))
        self._empty = EmptyState(
            "check-check", self.tr("All caught up"), self.tr("No visit waits for your signature.")
        )
        card.hold_table(self.queue, self._empty)
        lines.addWidget(card, 3)
        self._release_card = Card(
            self.tr("Deferred: may wait for your release"),
            self.tr(
                "The gate refused these. What only the director may pass can be released from the visit."
            ),
        )
        self.releases = RowTable("director.releases", releases, self.tr("Deferred visits"))
        self.releases.opened.connect(self._open)
        self.releases.setMinimumHeight(theme().px((LEAST_ROWS - 1) * Size.ROW))
        self._release_card.hold_table(self.releases)
        lines.addWidget(self._release_card, 2)
        # What was signed already waits longest: it stands below what waits for a signature.
        self.amendments, self._amendment_lines = _card_of_lines(
            lines,
            self.tr("Signed visits that were amended"),
            self.tr("Open each, read what was signed, and mark it as seen. The visit itself stays signed."),
        )
        self.queue.stand_in(self.releases, scroller)
        self.releases.stand_in(scroller)

    def show_page(self, _what: object) -> None:
        """Look at the queue anew."""
        self.refresh()
        self.queue.take_keyboard()

    def refresh(self) -> None:
        """Something was stored: look again."""
        self._desk.ask(review_queue, owner=self, done=self._show, failed=self._failed)

    def _show(self, found: Queue) -> None:
        overdue = sum(1 for visit in found.visits if visit.is_overdue)
        words = counted(
            len(found.visits), self.tr("visit waits for sign-off"), self.tr("visits wait for sign-off")
        )
        if overdue:
            words += self.tr(" · {count} overdue").format(count=overdue)
        if found.events:
            count = counted(
                len(found.events), self.tr("adverse event to sign"), self.tr("adverse events to sign")
            )
            words = f"{count} · {words}"
        if found.recalls:
            count = counted(len(found.recalls), self.tr("recall to close"), self.tr("recalls to close"))
            words = f"{count} · {words}"
        self._header.subtitle.setText(words)
        self._banner.say(self._solo_words(), Tone.DIRECTOR, "info")
        had_keyboard = self._has_keyboard()
        self._show_glasses(found.glasses)
        self._show_events(found.events)
        self._show_recalls(found.recalls)
        self._show_amendments(found.amendments)
        self._queue_card.show()
        self.queue.show_rows(found.visits)
        self.queue.setVisible(bool(found.visits))
        self._empty.setVisible(not found.visits)
        self.releases.show_rows(found.releases)
        self._release_card.setVisible(bool(found.releases))
        self._hand_the_keyboard_on(had_keyboard=had_keyboard)

    def _hand_the_keyboard_on(self, *, had_keyboard: bool) -> None:
        """A list that went with its card left the keyboard where nothing is seen.

        Or Qt took it off the page, which it does at once while the window is in front.
        """
        left = next((one for one in (self.queue, self.releases) if self.window().focusWidget() is one), None)
        if left is not None:
            left.take_keyboard()
        elif had_keyboard and not self._has_keyboard():
            self.queue.take_keyboard()

    def _has_keyboard(self) -> bool:
        return self.isAncestorOf(self.window().focusWidget())

    def _solo_words(self) -> str:
        if not self._desk.facts.is_solo:
            return ""
        return self.tr(
            "Declared solo-physician clinic: the director may approve treatments of her own, and every "
            "record says so."
        )

    def _show_glasses(self, glasses: Sequence[GlassRow]) -> None:
        clear(self._glass_lines)
        may_mark = may(Role(self._desk.person.role), Act.SEE_BREAK_GLASS)
        for glass in glasses:
            over = self.tr("Given back") if glass.was_given_back else self.tr("Over")
            look = (
                ChipLook(self.tr("Still broken"), "shield-alert", Tone.STOP)
                if glass.is_open
                else ChipLook(over, "history", Tone.SOON)
            )
            who = self.tr("{name}, {role} · {begin} until {end}").format(
                name=glass.name,
                role=plain(glass.role).lower(),
                begin=instant_words(glass.opened_at),
                end=f"{glass.until:%H:%M}",
            )
            ways: list[QWidget] = [
                way_button(self._desk, f"director.history.{glass.glass_id}", f"glass:{glass.glass_id}")
            ]
            if may_mark:
                seen = button(
                    self.tr("I have seen this"),
                    f"director.seen.{glass.glass_id}",
                    pressed=with_value(self._see, glass.glass_id),
                )
                ways.append(seen)
            self._glass_lines.addWidget(_line(look, glass.reason, [_small(who)], ways))
        self.glasses.setVisible(bool(glasses))

    def _show_events(self, events: Sequence[EventRow]) -> None:
        clear(self._event_lines)
        now = self._desk.now
        for one in events:
            title = f"{event_words(one)} · {one.patient} · {one.number}"
            due = self.tr("{grade} Due by {moment}.")
            due = due.format(grade=grade_words(one.grade), moment=moment_words(one.due_at, now))
            opens = self._opens(
                self.tr("Read and sign"), f"director.event.{one.event_id}", "events", one.event_id
            )
            opens.setAccessibleName(self.tr("Read and sign: {what}").format(what=title))
            self._event_lines.addWidget(_line(clock_look(one, now), title, [_small(due)], [opens]))
        self.events.setVisible(bool(events))

    def _show_recalls(self, recalls: Sequence[OpenRecall]) -> None:
        clear(self._recall_lines)
        for one in recalls:
            title = named_words(one.kind, one.named)
            reached = self.tr("Opened {day} · {reached} of {all} reached").format(
                day=day_words(self._desk.local(one.opened_at).date()),
                reached=one.people - one.unreached,
                all=one.people,
            )
            opens = self._opens(
                self.tr("Read and close"), f"director.recall.{one.recall_id}", "recalls", one.recall_id
            )
            opens.setAccessibleName(self.tr("Read and close: {what}").format(what=title))
            look = recall_look(is_drill=one.is_drill)
            self._recall_lines.addWidget(_line(look, breakable(title), [_small(reached)], [opens]))
        self.recalls.setVisible(bool(recalls) and may(Role(self._desk.person.role), Act.CLOSE_RECALL))

    def _show_amendments(self, amendments: Sequence[UnseenAmendment]) -> None:
        clear(self._amendment_lines)
        for one in amendments:
            title = f"{one.patient} · {one.number} · {day_words(one.visit_on)}"
            signed = self.tr("Signed {at} by {name}")
            signed = signed.format(at=instant_words(one.signed_at), name=one.signed_by)
            opens = self._opens(
                self.tr("Read"), f"director.amendment.{one.visit_id}.{one.position}", "visit", one.visit_id
            )
            opens.setAccessibleName(self.tr("Read the amendment of {number}").format(number=one.number))
            said = [_small(signed), *map(found_line, one.findings)]
            self._amendment_lines.addWidget(_line(LOOKS[one.kind], title, said, [opens]))
        self.amendments.setVisible(bool(amendments))

    def _opens(self, words: str, name: str, page: str, what: str) -> QPushButton:
        """A button that leads to where something of a line is read."""
        return button(words, name, pressed=partial(self._desk.wanted.emit, page, what))

    def _see(self, glass_id: str) -> None:
        self._desk.act(
            lambda clinic: see_break_glass(clinic, glass_id),
            owner=self,
            done=lambda row: self._desk.told.emit(
                self.tr("Marked as seen: {name}'s broken glass").format(name=row.name)
            ),
            failed=lambda error: self._banner.say(sentence_of(error), Tone.STOP, "octagon-x"),
        )

    def _failed(self, error: Exception) -> None:
        had_keyboard = self._has_keyboard()
        self.glasses.hide()
        self.events.hide()
        self.recalls.hide()
        self.amendments.hide()
        self.queue.show_rows(())
        self._queue_card.hide()
        self._release_card.hide()
        self._empty.hide()
        self._hand_the_keyboard_on(had_keyboard=had_keyboard)
        self._banner.say(sentence_of(error), Tone.INFO, "info")

    def _open(self, visit: VisitRow) -> None:
        self._desk.wanted.emit("visit", visit.visit_id)


def _card_of_lines(lines: QBoxLayout, title: str, words: str) -> tuple[Card, QVBoxLayout]:
    """A card among the others, hidden until it has lines, and where these go."""
    card, inside = Card(title, words), column(gap=Space.MEDIUM)
    card.body.addLayout(inside)
    card.hide()
    lines.addWidget(card)
    return card, inside


def _small(words: str) -> QWidget:
    return label(words, Type.SMALL, "muted", wraps=True)


def _line(look: ChipLook, title: str, said: Sequence[QWidget], ways: Sequence[QWidget]) -> QWidget:
    """One line of a card: a status, whose and what it is, what else is said, and what is pressed."""
    holder = QWidget()
    line = row(holder, gap=Space.MEDIUM)
    line.addWidget(Chip(look), 0, Qt.AlignmentFlag.AlignTop)
    words = column(gap=Space.HAIR)
    words.addWidget(label(title, Type.BODY, wraps=True))
    for one in said:
        words.addWidget(one)
    line.addLayout(words, 1)
    for way in ways:
        line.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
    return holder
