"""Follow-up calls: who is to be called today, one contact at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from mnclinic.domain.adverse_events import ToldHow
from mnclinic.domain.follow_up import ContactOutcome, ContactState
from mnclinic.services.follow_up_rows import ContactRow
from mnclinic.services.list_follow_ups import OpenContact, follow_ups, open_contact
from mnclinic.services.record_follow_up import FollowUpRecorded
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    EmptyState,
    PageHeader,
    RowTable,
    button,
    column,
    counted,
    page_margin,
)
from mnclinic.ui.events.entry import EventEntry
from mnclinic.ui.events.entry_sheet import Heard
from mnclinic.ui.follow_up.call_sheet import CallSheet
from mnclinic.ui.follow_up.words import CONTACTS, FEW_CONTACTS
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone


class FollowUpPage(QWidget):
    """The call list, what is over first."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        # Whoever calls goes on with the list.
        self._wrong = EventEntry(desk, self, leads_on=False)
        self._wrong.failed.connect(self._refused)
        whole = column(self, gap=Space.LARGE, margin=page_margin())
        self.everything = button(self.tr("Show all that is planned"), "follow_up.all")
        self.everything.setCheckable(True)
        self.everything.toggled.connect(lambda _is_on: self.refresh())
        self._header = PageHeader(self.tr("Follow-up calls"), [self.everything])
        whole.addWidget(self._header)
        self._banner = Banner()
        whole.addWidget(self._banner)
        columns = FEW_CONTACTS if theme().text_scale >= LARGE_TEXT else CONTACTS
        card = Card()
        self.table = RowTable("follow_up.contacts", columns, self.tr("Follow-up calls"))
        self.table.opened.connect(lambda row: self._open(row.visit_id, row.step))
        self._empty = EmptyState(
            "check-check",
            self.tr("Nobody is to be called today"),
            self.tr("Contacts come onto this list on their day, by the schedule of each visit's protocol."),
        )
        card.hold_table(self.table, self._empty)
        whole.addWidget(card, 1)
        self.table.stand_in(self.everything)

    def show_page(self, _what: object) -> None:
        """Look at the list anew."""
        self.refresh()
        self.table.take_keyboard()

    def refresh(self) -> None:
        """Something was stored: look again."""
        with_all = self.everything.isChecked()
        self._desk.ask(
            lambda clinic: follow_ups(clinic, with_all=with_all),
            owner=self,
            done=self._show,
            failed=self._failed,
        )

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet again (see `lock.place.Opens`)."""
        visit, step = about.get("visit"), about.get("step")
        if kind == "follow_up.call" and isinstance(visit, str) and isinstance(step, str):
            self._open(visit, step)
        else:
            self._wrong.open_again(kind, about)

    def _show(self, rows: Sequence[ContactRow]) -> None:
        self._banner.say("")
        over = sum(1 for one in rows if one.state is ContactState.OVER)
        due = sum(1 for one in rows if one.state is ContactState.DUE)
        words = counted(due, self.tr("contact is due today"), self.tr("contacts are due today"))
        if over:
            words += self.tr(" · {count} overdue").format(count=over)
        self._header.subtitle.setText(words)
        held = self.table.current()
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if held is not None:
            self.table.select(lambda one: (one.visit_id, one.step) == (held.visit_id, held.step))

    def _failed(self, error: Exception) -> None:
        self.table.show_rows(())
        self.table.hide()
        self._empty.hide()
        self._banner.say(sentence_of(error), Tone.INFO, "info")

    def _refused(self, error: Exception) -> None:
        self._banner.say(sentence_of(error), Tone.STOP, "circle-alert")

    def _open(self, visit_id: str, step: str) -> None:
        self._desk.ask(
            lambda clinic: open_contact(clinic, visit_id, step),
            owner=self,
            done=self._opened,
            failed=self._refused,
        )

    def _opened(self, opened: OpenContact) -> None:
        sheet = CallSheet(self.window(), self._desk, opened)
        sheet.recorded.connect(self._recorded)
        open_named(sheet, "follow_up.call", visit=opened.row.visit_id, step=opened.row.step)

    def _recorded(self, done: FollowUpRecorded) -> None:
        row = done.row
        self._desk.tell(self.tr("Written down: {patient}").format(patient=row.patient))
        if row.tries[-1].outcome is ContactOutcome.WRONG:
            heard = Heard(row.visit_id, row.tries[-1].note, ToldHow.FOLLOW_UP.value)
            self._wrong.begin(row.patient_ref, heard)
