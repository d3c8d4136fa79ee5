"""What is done about an event that is open: each a sheet that asks, and one use-case."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from mnclinic.audit.acknowledging import STATEMENT
from mnclinic.domain.adverse_events import EventOutcome, StepKind
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.close_event import close_event
from mnclinic.services.event_rows import EventRow
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.print_documents import Printed
from mnclinic.services.print_event_worksheet import print_event_worksheet
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.events.words import event_words, grade_words, outcome_words
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.sign_sheet import SignSheet


class EventActs(QObject):
    """The acts on one event, asked for with the event as it was shown."""

    failed = Signal(object)
    """A worksheet could not be written. Carries the exception."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Open sheets over the window that `page` is in."""
        super().__init__(page)
        self._desk, self._page = desk, page

    def open(self, act: str, event: EventRow) -> None:
        """Open the sheet of an act by its name: acknowledge, told, note, reported, close or worksheet."""
        {
            "acknowledge": self.acknowledge,
            "told": self.told,
            "note": self.note,
            "reported": self.reported,
            "close": self.close,
            "worksheet": self.worksheet,
        }[act](event)

    def acknowledge(self, event: EventRow) -> None:
        """The director signs that she knows of it, with what she orders."""
        person = self._desk.person
        sheet = SignSheet(
            self._page.window(),
            title=self.tr("Sign that you know of it"),
            who=f"{person.name}, {person.credential}",
            statement=STATEMENT,
            what=self._facts(event),
            action=self.tr("Sign"),
            reason_label=self.tr("What you order; it may be empty"),
            is_reason_needed=False,
            key_file=self._desk.key_file,
        )

        def done(_step: str) -> None:
            sheet.accept()
            self._desk.tell(self.tr("Signed: you know of this event"))

        sheet.confirmed.connect(
            lambda password, text: sheet.carry_out(
                self._desk,
                lambda clinic, by: acknowledge_event(clinic, event.event_id, text, by, shown="window"),
                password,
                done,
            )
        )
        open_named(sheet, "events.acknowledge", event=event.event_id)

    def told(self, event: EventRow) -> None:
        """The director was told."""
        how = Entry(
            "text",
            self.tr("How, and what was said"),
            Kind.TEXT,
            help_text=self.tr("Such as: by telephone, she comes at four."),
            is_optional=True,
        )
        sheet = self._sheet("event_told", self.tr("The director was told"), event, [how])
        self._follow(sheet, event, lambda values: NewStep(StepKind.TOLD, values["text"]))
        open_named(sheet, "events.told", event=event.event_id)

    def note(self, event: EventRow) -> None:
        """How it goes on."""
        grades = [(grade_words(grade), str(grade)) for grade in range(event.grade + 1)]
        entries = [
            Entry("text", self.tr("What was found or done"), Kind.TEXT),
            Entry(
                "grade",
                self.tr("Grade now"),
                Kind.CHOICE,
                help_text=self.tr("What is worse than before is a new event."),
                options=((self.tr("Not judged"), ""), *grades),
            ),
        ]

        def step(values: Mapping[str, str]) -> NewStep:
            grade = int(values["grade"]) if values["grade"] else None
            return NewStep(StepKind.NOTE, values["text"], grade)

        sheet = self._sheet("event_note", self.tr("How it goes on"), event, entries)
        self._follow(sheet, event, step)
        open_named(sheet, "events.note", event=event.event_id)

    def reported(self, event: EventRow) -> None:
        """It was sent to the authority or the manufacturer, which the program itself never does."""
        today = self._desk.clinic.clock.now().date().isoformat()
        entries = [
            Entry("report_number", self.tr("Number of the submission")),
            Entry("reported_on", self.tr("Sent on"), Kind.DAY, value=today),
            Entry("text", self.tr("To whom, and what came back"), Kind.TEXT, is_optional=True),
        ]

        def step(values: Mapping[str, str]) -> NewStep:
            sent_on = date.fromisoformat(values["reported_on"])
            number = values["report_number"]
            return NewStep(StepKind.REPORTED, values["text"], report_number=number, reported_on=sent_on)

        sheet = self._sheet("event_reported", self.tr("It was reported"), event, entries)
        self._follow(sheet, event, step)
        open_named(sheet, "events.reported", event=event.event_id)

    def close(self, event: EventRow) -> None:
        """How it ended."""
        outcomes = tuple((outcome_words(one), one.value) for one in EventOutcome)
        entries = [
            Entry("outcome", self.tr("How it ended"), Kind.CHOICE, options=outcomes),
            Entry("text", self.tr("What was found at the end"), Kind.TEXT),
        ]
        sheet = self._sheet("event_close", self.tr("Close the event"), event, entries)
        self._carry_out(
            sheet,
            lambda clinic, values: close_event(clinic, event.event_id, values["outcome"], values["text"]),
        )
        open_named(sheet, "events.close", event=event.event_id)

    def worksheet(self, event: EventRow) -> None:
        """Write the worksheet for Form FDA 3500 where somebody names the place."""
        # By the event's number, so that a folder's listing names nobody.
        name = f"fda-3500-{event.event_id[:8]}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Write the worksheet to"), str(Path.home() / name), "PDF (*.pdf)"
        )
        if not chosen:
            return

        def done(made: Printed) -> None:
            words = self.tr("{file} is written, not encrypted. It is sent by nobody but you.")
            self._desk.tell(words.format(file=made.file.name))

        self._desk.act(
            lambda clinic: print_event_worksheet(clinic, event.event_id, Path(chosen)),
            owner=self,
            done=done,
            failed=self.failed.emit,
        )

    def _sheet(self, name: str, title: str, event: EventRow, entries: Sequence[Entry]) -> AskSheet:
        return AskSheet(
            self._page.window(),
            name=name,
            title=title,
            facts=self._facts(event),
            entries=entries,
            action=self.tr("Write it down"),
            asks_password=False,
        )

    def _follow(self, sheet: AskSheet, event: EventRow, step: Callable[[Mapping[str, str]], NewStep]) -> None:
        self._carry_out(sheet, lambda clinic, values: follow_event(clinic, event.event_id, step(values)))

    def _carry_out(self, sheet: AskSheet, job: Callable[[OpenClinic, Mapping[str, str]], str]) -> None:
        def done(_step: str) -> None:
            sheet.accept()
            self._desk.tell(self.tr("Written down"))

        sheet.confirmed.connect(
            lambda values: self._desk.act(
                lambda clinic: job(clinic, values), owner=sheet, done=done, failed=sheet.show_refusal
            )
        )

    @staticmethod
    def _facts(event: EventRow) -> list[str]:
        return [
            f"{event.patient} · {event.record_number} · {event.number}",
            f"{event_words(event)} · {grade_words(event.grade)}",
        ]
