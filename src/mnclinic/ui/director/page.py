"""The director's desk: exceptions first, then the rest of the queue, then what waits for a release."""

from PySide6.QtWidgets import QWidget

from mnclinic.services.list_visits import Queue, VisitRow, review_queue
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Banner, Card, Column, EmptyState, PageHeader, RowTable, column, counted
from mnclinic.ui.tokens import Space, Tone
from mnclinic.ui.words import day_words, readiness_look, service_words, state_look, why

QUEUE = (
    Column("Patient", lambda visit: visit.patient, 5),
    Column("Visit", lambda visit: visit.number, 3),
    Column("Day", lambda visit: day_words(visit.visit_on), 4),
    Column("Service", lambda visit: service_words(visit.service), 4),
    Column("Performer", lambda visit: visit.performer_name, 3),
    Column("Why it is here", why, 6),
    Column("Due", lambda visit: day_words(visit.due_at.date()) if visit.due_at else "", 4),
    Column("State", lambda visit: state_look(visit).word, 5, state_look),
)

RELEASES = (
    Column("Patient", lambda visit: visit.patient, 5),
    Column("Visit", lambda visit: visit.number, 3),
    Column("Day", lambda visit: day_words(visit.visit_on), 3),
    Column("Performer", lambda visit: visit.performer_name, 3),
    Column("What stands", lambda visit: readiness_look(visit).word, 5, readiness_look),
)


class DirectorPage(QWidget):
    """What waits for the director."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        lines = column(self, gap=Space.LARGE, margin=Space.PAGE)
        self._header = PageHeader(self.tr("Director"))
        lines.addWidget(self._header)
        self._banner = Banner()
        lines.addWidget(self._banner)
        card = Card()
        self.queue = RowTable("director.queue", QUEUE, self.tr("Visits that wait for sign-off"))
        self.queue.opened.connect(self._open)
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
        self.releases = RowTable("director.releases", RELEASES, self.tr("Deferred visits"))
        self.releases.opened.connect(self._open)
        self._release_card.hold_table(self.releases)
        lines.addWidget(self._release_card, 2)

    def show_page(self, _what: object) -> None:
        """Look at the queue anew."""
        self.refresh()
        self.queue.setFocus()

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
        self._header.subtitle.setText(words)
        self._banner.say("")
        self.queue.show_rows(found.visits)
        self.queue.setVisible(bool(found.visits))
        self._empty.setVisible(not found.visits)
        self.releases.show_rows(found.releases)
        self._release_card.setVisible(bool(found.releases))

    def _failed(self, error: Exception) -> None:
        self.queue.show_rows(())
        self._release_card.hide()
        self._empty.hide()
        self._banner.say(sentence_of(error), Tone.INFO, "info")

    def _open(self, visit: VisitRow) -> None:
        self._desk.wanted.emit("visit", visit.visit_id)
