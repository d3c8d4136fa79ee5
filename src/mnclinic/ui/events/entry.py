"""The way from "somebody is on the telephone" to an event that is written down, over whichever page."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mnclinic.security.roles import Act, Role, may
from mnclinic.services.consent_of_visit import ConsentText
from mnclinic.services.emergency_steps import emergency_steps
from mnclinic.services.record_adverse_event import AdverseEventRecorded
from mnclinic.services.visits_for_event import VisitsForEvent, visits_for_event
from mnclinic.ui.desk import Desk
from mnclinic.ui.events.entry_sheet import NOTHING_HEARD, EventSheet, Heard
from mnclinic.ui.events.who_sheet import WhoSheet
from mnclinic.ui.events.words import moment_words
from mnclinic.ui.language import language
from mnclinic.ui.lock.reopening import open_named

PAGE = "events"


class EventEntry(QObject):
    """Opens the sheets over the window that a page is in; what is written down is opened on its own page."""

    failed = Signal(object)
    """The person could not be read, or nothing can be written down about them. Carries the exception."""

    none_to_name = Signal(str)
    """The person has no visit that an event could be after. Carries the sentence."""

    def __init__(self, desk: Desk, page: QWidget, *, leads_on: bool = True) -> None:
        """Work for a page, which has the sheets open again by `open_again`.

        `leads_on`: whoever wrote an event down is led to its page, and does not stay on this one.
        """
        super().__init__(page)
        self._desk, self._page, self._leads_on = desk, page, leads_on

    @property
    def may_begin(self) -> bool:
        """Whether this person writes events down."""
        return may(Role(self._desk.person.role), Act.RECORD_ADVERSE_EVENT)

    def ask_who(self) -> None:
        """Ask whose it is."""
        if self.may_begin:
            sheet = WhoSheet(self._page.window(), self._desk)
            sheet.chosen.connect(self.begin)
            open_named(sheet, "event.who")

    def begin(self, ref: str, heard: Heard = NOTHING_HEARD) -> None:
        """Read the person's visits and ask the rest."""
        if self.may_begin:
            spoken_now = language()
            self._desk.ask(
                lambda clinic: (visits_for_event(clinic, ref), emergency_steps(clinic, spoken_now)),
                owner=self,
                done=lambda read: self._open(*read, heard),
                failed=self.failed.emit,
            )

    def open_again(self, kind: str, about: Mapping[str, Any]) -> bool:
        """Open one of the two sheets again (see `lock.place.Opens`); False where it is another."""
        if kind == "event.who":
            self.ask_who()
        elif kind == "event.record" and isinstance(ref := about.get("ref"), str):
            self.begin(ref, Heard(str(about.get("visit") or ""), "", str(about.get("how") or "")))
        return kind.startswith("event.")

    def _open(self, whose: VisitsForEvent, steps: tuple[ConsentText, ...], heard: Heard) -> None:
        if not whose.visits:
            said = self.tr(
                "{patient} has no visit here, and an adverse event is one after a visit. Nothing was "
                "written down."
            )
            self.none_to_name.emit(said.format(patient=whose.patient))
            return
        sheet = EventSheet(self._page.window(), self._desk, whose, steps, heard)
        sheet.recorded.connect(self._recorded)
        # Not with the words: what was typed comes back by itself.
        about = {"ref": whose.patient_ref, "visit": heard.visit_id, "how": heard.told_how}
        open_named(sheet, "event.record", **{key: said for key, said in about.items() if said})

    def _recorded(self, done: AdverseEventRecorded) -> None:
        by = moment_words(done.tell_by, self._desk.now)
        said = self.tr("Written down. The director is to be told by {moment}.").format(moment=by)
        if done.is_held_now:
            said = self.tr("Written down, and the records are held. Tell the director now.")
        self._desk.tell(said)
        if self._leads_on:
            self._desk.wanted.emit(PAGE, done.event_id)
