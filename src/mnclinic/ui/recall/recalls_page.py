"""Recalls as records: opened with a notice, followed person by person, printed, closed by the director."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from mnclinic.audit.closing_recall import STATEMENT
from mnclinic.domain.attachments import ENDING_OF
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.close_recall import close_recall
from mnclinic.services.copy_notice import copy_notice
from mnclinic.services.follow_recall import RecallLine, list_recalls, show_recall, write_contact
from mnclinic.services.print_recall import print_recall
from mnclinic.services.recall_rows import RecallPerson, RecallRow
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet
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
    flow,
    headed_page,
    label,
)
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.named_place import place_of
from mnclinic.ui.recall.recall_looks import (
    FEW_LISTED,
    FEW_RECALLS,
    LISTED,
    RECALLS,
    closing_words,
    contact_sentence,
)
from mnclinic.ui.recall.recall_sheets import (
    contact_sheet,
    open_sheet_of,
    open_typed,
    opened_words,
    print_sheet,
)
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.words import plain

LEAST_ROWS = 3
MOST_TRIES = 3
"""Of the tries to tell somebody, below the list."""


class RecallsPage(QWidget):
    """The recalls and drills, and the people of the current one."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self._desk = desk
        self._shown: RecallRow | None = None
        self._wanted = ""
        self._is_large = theme().text_scale >= LARGE_TEXT
        self.look_back = button(
            self.tr("Look somebody up"),
            "recalls.look_back",
            shape="search",
            pressed=lambda: self._desk.wanted.emit("recall", None),
        )
        self.open = button(
            self.tr("Open a recall …"), "recalls.open", kind="primary", shape="plus", pressed=self.ask_open
        )
        title = self.tr("Recalls")
        self._header = PageHeader(title, [self.look_back, self.open])
        lines = headed_page(self, self._header, title)
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        self._build_list(lines)
        self._build_people(lines)

    def _build_list(self, lines: QBoxLayout) -> None:
        card = Card()
        columns = FEW_RECALLS if self._is_large else RECALLS
        self.table = RowTable("recalls.list", columns, self.tr("Recalls and drills, newest first"))
        self.table.chosen.connect(self._chosen)
        self.table.stand_in(self.open, self.look_back)
        self._empty = EmptyState(
            "package",
            self.tr("No recall so far"),
            self.tr("Open one when a notice comes in, or hold a drill to see how fast the list is there."),
        )
        card.hold_table(self.table, self._empty)
        lines.addWidget(card)

    def _build_people(self, lines: QBoxLayout) -> None:
        self._card = card = Card()
        self.sentence = label("", Type.STRONG, wraps=True)
        self.sentence.setObjectName("recalls.sentence")
        self.people = RowTable(
            "recalls.people",
            FEW_LISTED if self._is_large else LISTED,
            self.tr("Whom it touched, and who knows"),
        )
        self.people.setMinimumHeight(theme().px((LEAST_ROWS + 1) * Size.ROW))
        self.people.chosen.connect(self._person_chosen)
        self.people.opened.connect(lambda one: self._desk.wanted.emit("patients", one.patient_ref))
        self.people.stand_in(self.table)
        self.details = label("", Type.SMALL, "muted", wraps=True)
        self.details.setObjectName("recalls.details")
        self.closing = label("", Type.BODY, wraps=True)
        self.closing.setObjectName("recalls.closing")
        self.contact = button(
            self.tr("Write down a contact …"), "recalls.contact", shape="square-pen", pressed=self.ask_contact
        )
        self.print = button(self.tr("Print …"), "recalls.print", shape="printer", pressed=self.ask_print)
        self.notice = button(
            self.tr("Write the notice out …"),
            "recalls.notice",
            shape="file-text",
            pressed=self.ask_notice,
        )
        self.close_it = button(self.tr("Close it …"), "recalls.close", shape="stamp", pressed=self.ask_close)
        history = history_button(self._desk, "recalls.history", self._way)
        card.hold_table(self.people)
        self._foot = foot = QWidget()
        below = column(foot, gap=Space.SMALL)
        below.setContentsMargins(Space.LARGE, 0, Space.LARGE, Space.MEDIUM)
        self._below = below
        below.addWidget(self.sentence)
        below.addWidget(self.details)
        below.addWidget(self.closing)
        ways = flow()
        for way in (self.contact, self.print, self.notice, self.close_it, history):
            ways.addWidget(way)
        below.addLayout(ways)
        card.add(foot)
        card.hide()
        lines.addWidget(card, 1)

    def _way(self) -> str | None:
        return f"recall:{self._shown.recall_id}" if self._shown else None

    def _may(self, act: Act) -> bool:
        return may(Role(self._desk.person.role), act) and self._desk.clinic.read_only is None

    def show_page(self, what: object) -> None:
        """Show the recalls, the newest or the one of this id first."""
        self._wanted = what if isinstance(what, str) else ""
        self.refresh()
        self.table.take_keyboard()

    def refresh(self) -> None:
        """Something was stored: look again."""
        self._desk.ask(list_recalls, owner=self, done=self._show, failed=self._failed)

    def _show(self, found: tuple[RecallLine, ...]) -> None:
        self._banner.say("")
        held = self._wanted or (self._shown.recall_id if self._shown else "")
        is_open = sum(one.closed_at is None for one in found)
        words = counted(len(found), self.tr("recall or drill"), self.tr("recalls and drills"))
        self._header.subtitle.setText(self.tr("{all}, {open} open").format(all=words, open=is_open))
        self.open.setVisible(self._may(Act.TAKE_OUT_OF_USE))
        self._empty.setVisible(not found)
        self.table.setVisible(bool(found))
        # As tall as the few that there are: the people below are what is worked on.
        rows = min(max(len(found), 1), LEAST_ROWS)
        self.table.setFixedHeight(theme().px((rows + 1) * Size.ROW + Space.SMALL))
        # The wanted one alone is read: a look at each person on its list is entered.
        with QSignalBlocker(self.table):
            self.table.show_rows(found)
            if held:
                self.table.select(lambda one: one.recall_id == held)
        self._chosen(self.table.current())
        if not found:
            self._card.hide()

    def _chosen(self, line: RecallLine | None) -> None:
        if line is None:
            return
        # Whatever is listed anew meanwhile, this one is read.
        self._wanted = wanted = line.recall_id
        self._desk.ask(
            lambda clinic: show_recall(clinic, wanted),
            owner=self,
            done=self._show_one,
            failed=self._failed,
        )

    def _show_one(self, shown: RecallRow) -> None:
        current = self.table.current()
        if current is None or current.recall_id != shown.recall_id:
            return
        held = self.people.current()
        self._shown = shown
        if self._wanted == shown.recall_id:
            self._wanted = ""
        self._card.show()
        self.people.show_rows(shown.people)
        self.people.setVisible(bool(shown.people))
        # The list above keeps its words off the card's edge; without one the foot does so itself.
        self._below.setContentsMargins(
            Space.LARGE, 0 if shown.people else Space.LARGE, Space.LARGE, Space.MEDIUM
        )
        # Without a list the room is the foot's, whose lines stay together at the top of it.
        together = Qt.AlignmentFlag(0) if shown.people else Qt.AlignmentFlag.AlignTop
        self._card.body.setAlignment(self._foot, together)
        if held is not None:
            self.people.select(lambda one: one.patient_ref == held.patient_ref)
        if not shown.people:
            self.sentence.setText(self.tr("No signed visit names it: there is nobody to tell."))
            self.details.setText(shown.reason)
        self.closing.setText(closing_words(shown))
        is_open = shown.closed_at is None
        self.contact.setVisible(self._may(Act.FOLLOW_RECALL) and bool(shown.people))
        self.contact.setEnabled(is_open)
        self.print.setVisible(self._may(Act.PRINT_DOCUMENT))
        self.notice.setVisible(self._may(Act.PRINT_DOCUMENT) and bool(shown.notice_sha256))
        self.close_it.setVisible(self._may(Act.CLOSE_RECALL))
        self.close_it.setEnabled(shown.may_be_closed)

    def _person_chosen(self, one: RecallPerson | None) -> None:
        if one is None or self._shown is None:
            return
        died = self.tr("deceased") if one.is_deceased else ""
        parts = (
            one.patient,
            died,
            one.record_number,
            one.phone,
            one.email,
            one.address,
            ", ".join(one.visits),
        )
        self.sentence.setText(" · ".join(part for part in parts if part))
        tries = [contact_sentence(told, self._desk.local(told.at)) for told in one.contacts[-MOST_TRIES:]]
        self.details.setText("\n".join(tries) or self.tr("Nobody has tried to tell them."))

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet again (see `lock.place.Opens`)."""
        ways: Mapping[str, tuple[QWidget, Callable[[], None]]] = {
            "recalls.open": (self.open, self.ask_open),
            "recalls.contact": (self.contact, self.ask_contact),
            "recalls.print": (self.print, self.ask_print),
            "recalls.close": (self.close_it, self.ask_close),
        }
        if kind not in ways:
            return
        way, ask = ways[kind]
        wanted = about.get("key")

        def opens() -> None:
            if way.isEnabled() and not way.isHidden():
                ask()

        if wanted is None:
            opens()
            return

        def found(shown: RecallRow) -> None:
            self.table.select(lambda one: one.recall_id == shown.recall_id)
            self._show_one(shown)
            self.people.select(lambda one: one.patient_ref == about.get("person"))
            opens()

        self._desk.ask(
            lambda clinic: show_recall(clinic, str(wanted)), owner=self, done=found, failed=self._failed
        )

    def ask_open(self) -> None:
        """Ask what is called back, by whom, and for the notice."""
        sheet = open_sheet_of(self.window())

        def opened(row: RecallRow) -> None:
            self._wanted = row.recall_id
            sheet.accept()
            self._desk.tell(opened_words(row))

        sheet.confirmed.connect(
            lambda values: self._desk.act(
                lambda clinic: open_typed(clinic, values),
                owner=sheet,
                done=opened,
                failed=sheet.show_refusal,
            )
        )
        open_named(sheet, "recalls.open")

    def ask_contact(self) -> None:
        """Ask how the current person was told, and what came of it."""
        recall, one = self._shown, self.people.current()
        if recall is None or one is None:
            return
        sheet = contact_sheet(self.window(), one)

        def job(clinic: OpenClinic, values: Mapping[str, str]) -> str:
            return write_contact(
                clinic,
                recall.recall_id,
                one.patient_ref,
                how=values["how"],
                outcome=values["outcome"],
                text=values["text"],
            )

        sheet.confirmed.connect(
            lambda values: self._do(
                sheet,
                lambda clinic: job(clinic, values),
                self.tr("Written down: {patient}.").format(patient=one.patient),
            )
        )
        open_named(sheet, "recalls.contact", key=recall.recall_id, person=one.patient_ref)

    def ask_print(self) -> None:
        """Ask which paper, and where it goes."""
        recall = self._shown
        if recall is None:
            return
        sheet = print_sheet(self.window(), recall)

        def job(clinic: OpenClinic, values: Mapping[str, str]) -> object:
            return print_recall(clinic, recall.recall_id, values["what"], place_of(values["out"]))

        sheet.confirmed.connect(
            lambda values: self._do(
                sheet, lambda clinic: job(clinic, values), self.tr("Printed. The file is not encrypted.")
            )
        )
        open_named(sheet, "recalls.print", key=recall.recall_id)

    def ask_notice(self) -> None:
        """Ask where the notice goes, and write it there as it was brought."""
        recall = self._shown
        if recall is None:
            return
        name = f"recall-{recall.recall_id[:8]}-notice.{ENDING_OF[recall.notice_type]}"
        place = str(Path.home() / name)
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Write the notice to"), place)
        if not chosen:
            return
        self._desk.act(
            lambda clinic: copy_notice(clinic, recall.recall_id, Path(chosen)),
            owner=self,
            done=lambda written: self._desk.told.emit(
                self.tr("{file} written, not encrypted").format(file=written.file.name)
            ),
            failed=self._failed,
        )

    def ask_close(self) -> None:
        """Ask the director to sign that it has ended."""
        recall, person = self._shown, self._desk.person
        if recall is None:
            return
        people = counted(len(recall.people), self.tr("person"), self.tr("people"))
        said = self.tr("{reached} of {people} reached").format(reached=recall.reached, people=people)
        is_unreached = recall.reached < len(recall.people)
        sheet = SignSheet(
            self.window(),
            title=self.tr("Close this recall"),
            who=f"{person.name}, {person.credential}",
            statement=STATEMENT,
            what=[f"{plain(recall.kind)} {recall.named}", said],
            action=self.tr("Close and sign"),
            reason_label=self.tr("What was done about whoever was not reached") if is_unreached else "",
            # What she signs says that it is written here; nobody has to be told in a drill.
            is_reason_needed=not recall.is_drill,
            key_file=self._desk.key_file,
        )

        def done(_recall_id: str) -> None:
            sheet.accept()
            self._desk.told.emit(self.tr("The recall of {named} is closed").format(named=recall.named))

        sheet.confirmed.connect(
            lambda password, reason: sheet.carry_out(
                self._desk,
                lambda clinic, by: close_recall(clinic, recall.recall_id, reason, by, shown="window"),
                password,
                done,
            )
        )
        open_named(sheet, "recalls.close", key=recall.recall_id)

    def _do(self, sheet: AskSheet, job: Callable[[OpenClinic], object], told: str) -> None:
        def done(_made: object) -> None:
            sheet.accept()
            self._desk.tell(told)

        self._desk.act(job, owner=sheet, done=done, failed=sheet.show_refusal)

    def _failed(self, error: Exception) -> None:
        self._banner.say(sentence_of(error), Tone.STOP, "circle-alert")
