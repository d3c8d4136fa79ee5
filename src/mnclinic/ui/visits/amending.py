"""The sheets on which an amendment of a signed visit is signed, and the director's word that she saw one."""

from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mnclinic.domain.amendment import AMENDABLE, KEPT, STATEMENTS, AmendmentKind, value_at
from mnclinic.domain.instants import zone_of
from mnclinic.domain.typed_values import read_time
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.amend_visit import NewAmendment, VisitAmended, amend_visit
from mnclinic.services.credentials import KEPT as PASSWORD_JUDGED
from mnclinic.services.file_rightly import file_rightly
from mnclinic.services.see_amendment import see_amendment
from mnclinic.services.show_visit import VisitView
from mnclinic.services.typed_correction import as_it_stands, correctable, typed_correction
from mnclinic.ui.ask_sheet import OWN_PASSWORD, TICKED, AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.visits.document_words import card_of, value_words
from mnclinic.ui.visits.field_words import words_of

if TYPE_CHECKING:
    from mnclinic.services.session import OpenClinic, Signer

LONGEST_SHOWN = 40
"""Characters of a value in the list of fields."""


def kinds_for(view: VisitView) -> tuple[AmendmentKind, ...]:
    """The kinds that whoever looks may sign of this visit as it stands."""
    if not view.may_amend:
        return ()
    is_misfiled = any(one.kind is AmendmentKind.WRONG_PATIENT for one in view.amendments)
    return tuple(
        kind
        for kind in AmendmentKind
        if view.state in AMENDABLE[kind] and not (is_misfiled and kind is AmendmentKind.WRONG_PATIENT)
    )


class Amending(QObject):
    """Amends the visit that is shown."""

    done = Signal()
    """Something was signed or seen: the visit is to be looked at again."""

    failed = Signal(object)
    """An act without a sheet of its own failed. Carries the exception."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Open sheets over the window that `page` is in."""
        super().__init__(page)
        self._desk = desk
        self._page = page

    def ask(self, view: VisitView, kind: AmendmentKind) -> None:
        """Open the sheet of one kind."""
        titles = {
            AmendmentKind.ADDENDUM: self.tr("Addendum to visit {number}"),
            AmendmentKind.CORRECTION: self.tr("Correct visit {number}"),
            AmendmentKind.LATE_ENTRY: self.tr("Late entry to visit {number}"),
            AmendmentKind.WRONG_PATIENT: self.tr("Visit {number}: wrong patient"),
        }
        person = self._desk.person
        statement = STATEMENTS[kind]
        facts = [f"{person.name}, {person.credential}", f"{view.patient} · {view.record_number}"]
        facts.append(f"“{statement}”")
        # The statement is signed as it stands; in another language it is explained below, never replaced.
        facts += [spoken(statement)] if spoken(statement) != statement else []
        sheet = AskSheet(
            self._page.window(),
            name="amend",
            title=titles[kind].format(number=view.number),
            facts=facts,
            entries=self._entries(view, kind),
            action=self.tr("Sign"),
            kind="danger" if kind is AmendmentKind.WRONG_PATIENT else "primary",
            no_way_back=PASSWORD_JUDGED,
        )

        def act(values: Mapping[str, str]) -> None:
            def job(clinic: "OpenClinic", by: "Signer") -> VisitAmended:
                new = new_amendment(view, kind, values, zone_of(clinic.clock))
                return amend_visit(clinic, view.visit_id, new, by, shown="window", count=len(view.amendments))

            def signed(amended: VisitAmended) -> None:
                sheet.accept()
                told = self.tr("{number}: amendment {count} signed").format(
                    number=amended.number, count=amended.position
                )
                found = [spoken(one.message) for one in amended.findings]
                self._desk.told.emit(" ".join([f"{told}.", *found]) if found else told)
                self.done.emit()

            self._desk.sign(
                job,
                values[OWN_PASSWORD],
                owner=sheet,
                done=signed,
                failed=sheet.show_refusal,
                watch=sheet.watched(self.tr("Signing")),
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "visit.amend", visit=view.visit_id, amendment=kind.value)

    def _entries(self, view: VisitView, kind: AmendmentKind) -> list[Entry]:
        reason = Entry("reason", self.tr("Reason"), Kind.TEXT)
        text = Entry("text", self.tr("What is added"), Kind.TEXT)
        match kind:
            case AmendmentKind.ADDENDUM:
                return [text]
            case AmendmentKind.LATE_ENTRY:
                day = view.document["started_at"][:10]
                return [
                    Entry("day", self.tr("Day on which it happened"), Kind.DAY, value=day),
                    Entry("happened_at", self.tr("Time"), help_text=self.tr("Written such as 14:05.")),
                    text,
                    reason,
                ]
            case AmendmentKind.CORRECTION:
                return [
                    Entry("path", self.tr("Field, and what it says"), Kind.CHOICE, options=fields_of(view)),
                    Entry(
                        "new",
                        self.tr("What is right"),
                        help_text=self.tr("A time as 14:05; on another day as 2026-11-23 14:05."),
                        is_optional=True,
                    ),
                    Entry("nothing", self.tr("It is to be left empty"), Kind.TICK),
                    reason,
                ]
            case AmendmentKind.WRONG_PATIENT:
                whose = self.tr("Record number of whose visit it is")
                known = self.tr("Leave it empty where nobody knows yet. Nothing is moved or deleted.")
                return [Entry("right_patient", whose, help_text=known, is_optional=True), reason]

    def see(self, view: VisitView, position: int) -> None:
        """The director saw one amendment."""
        self._desk.act(
            lambda clinic: see_amendment(clinic, view.visit_id, position),
            owner=self,
            done=lambda _seen: self._told(self.tr("Marked as seen")),
            failed=self.failed.emit,
        )

    def begin_rightly(self, view: VisitView) -> None:
        """Begin the visit of the right patient and show it."""
        self._desk.act(
            lambda clinic: file_rightly(clinic, view.visit_id),
            owner=self,
            done=lambda visit_id: self._desk.wanted.emit("visit", visit_id),
            failed=self.failed.emit,
        )

    def _told(self, words: str) -> None:
        self._desk.told.emit(words)
        self.done.emit()


def fields_of(view: VisitView) -> tuple[tuple[str, str], ...]:
    """Every field that can be corrected: its card, its words with what it says now, and its path.

    They stand card by card, as a visit is gone through.
    """
    document = as_it_stands(view.document, view.amendments, view.revision)
    found = []
    for path in sorted(correctable(document, KEPT), key=lambda one: card_of(one)[0]):
        held = value_words(path, value_at(document, path))
        short = held if len(held) <= LONGEST_SHOWN else held[: LONGEST_SHOWN - 1] + "…"
        found.append((f"{card_of(path)[1]} · {words_of(path, view)}: {short}", path))
    return tuple(found)


def new_amendment(
    view: VisitView, kind: AmendmentKind, values: Mapping[str, str], zone: tzinfo
) -> NewAmendment:
    """What was typed on a sheet; a time of another day is by the clocks of `zone`.

    Raises InvalidInput for a time that cannot be read.
    """
    text, reason = values.get("text", ""), values.get("reason", "")
    if kind is AmendmentKind.LATE_ENTRY:
        return NewAmendment(kind, text, reason, _moment(view, values, zone))
    if kind is AmendmentKind.CORRECTION:
        document = as_it_stands(view.document, view.amendments, view.revision)
        new = None if values["nothing"] == TICKED else values["new"]
        made = typed_correction(document, values["path"], new, zone)
        return NewAmendment(kind, reason=reason, correction=made)
    return NewAmendment(kind, text, reason, right_patient=values.get("right_patient", ""))


def _moment(view: VisitView, values: Mapping[str, str], zone: tzinfo) -> datetime:
    reading = read_time(values["happened_at"])
    if not reading.is_read:
        said = reading.problem or "Write a time of day, such as 14:05."
        raise InvalidInput("The amendment was not signed. Correct the time.", [Problem("happened_at", said)])
    hour, minute = map(int, reading.value.split(":"))
    visit_at, day = datetime.fromisoformat(view.document["started_at"]), date.fromisoformat(values["day"])
    # On another day clocks may have gone by another offset than at the visit.
    return datetime.combine(day, time(hour, minute), visit_at.tzinfo if day == visit_at.date() else zone)
