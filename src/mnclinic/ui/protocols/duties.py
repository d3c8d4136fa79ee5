"""What the policy asks of the clinic: the director's visits, drills, how long records are kept."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mnclinic.security.roles import Act, Role, may
from mnclinic.services.clinic_meetings import (
    Meeting,
    MeetingKind,
    MeetingsOfClinic,
    meetings_of_clinic,
    record_drill,
    record_site_visit,
    take_drill_back,
    take_site_visit_back,
)
from mnclinic.services.retention import KeptPeople, KeptRecords, kept_records
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    Banner,
    Card,
    PageHeader,
    Scroller,
    button,
    clear,
    column,
    facts_grid,
    flow,
    label,
)
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import way_button
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words, instant_words, kept_words

NEW = "protocols.meeting"
SHEETS = (NEW, "protocols.meeting_back")
NEWEST = 12
"""So many of each kind are shown; the log has them all."""
ACTS = {MeetingKind.DIRECTOR_VISIT: Act.RECORD_SITE_VISIT, MeetingKind.DRILL: Act.RECORD_DRILL}
RECORD: Mapping[MeetingKind, Callable[[OpenClinic, date, str], Meeting]] = {
    MeetingKind.DIRECTOR_VISIT: record_site_visit,
    MeetingKind.DRILL: record_drill,
}
TAKE_BACK: Mapping[MeetingKind, Callable[[OpenClinic, date, str], Meeting]] = {
    MeetingKind.DIRECTOR_VISIT: take_site_visit_back,
    MeetingKind.DRILL: take_drill_back,
}


class DutiesView(QWidget):
    """The director's visits and the drills, each to be entered here; the rules about keeping records."""

    left = Signal()
    """The person goes back to the list."""

    def __init__(self, desk: Desk) -> None:
        """Make it; `look` fills it."""
        super().__init__()
        self._desk = desk
        lines = column(self, gap=Space.LARGE)
        leave = self.left.emit
        self._back = button(self.tr("Back to the list"), "duties.back", shape="arrow-left", pressed=leave)
        self.header = PageHeader(self.tr("Duties of the clinic"), (self._back,))
        lines.addWidget(self.header)
        self.banner = Banner()
        lines.addWidget(self.banner)
        inner = QWidget()
        parts = column(inner, gap=Space.LARGE)
        self._held = column(gap=Space.LARGE)
        self._kept = column(gap=Space.LARGE)
        parts.addLayout(self._held)
        parts.addLayout(self._kept)
        parts.addStretch(1)
        scroller = Scroller(inner)
        scroller.setAccessibleName(self.tr("Duties of the clinic"))
        lines.addWidget(scroller, 1)

    def take_keyboard(self) -> None:
        """Have the keyboard where the page begins."""
        self._back.setFocus()

    def look(self) -> None:
        """Read everything anew."""
        self._desk.ask(meetings_of_clinic, owner=self, done=self._show_held, failed=self._failed)
        self._desk.ask(kept_records, owner=self, done=self._show_kept, failed=self._failed)

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open one of the sheets again (see `lock.place.Opens`)."""
        what = MeetingKind(about["what"])
        if not self._may_enter(what):
            return
        if kind == NEW:
            self._enter(what)
        elif about.get("day"):
            self._take_back(what, date.fromisoformat(about["day"]))

    def _may_enter(self, kind: MeetingKind) -> bool:
        return may(Role(self._desk.person.role), ACTS[kind]) and self._desk.clinic.read_only is None

    def _failed(self, error: Exception) -> None:
        self.banner.say(sentence_of(error), Tone.STOP, "circle-alert")

    # --- what is held ---------------------------------------------------------------------------

    def _show_held(self, found: MeetingsOfClinic) -> None:
        self.banner.say("")
        clear(self._held)
        for kind, title, none, enter in (
            (
                MeetingKind.DIRECTOR_VISIT,
                self.tr("The director at the clinic"),
                self.tr("No visit of the director is entered."),
                self.tr("I was at the clinic …"),
            ),
            (
                MeetingKind.DRILL,
                self.tr("Emergency drills"),
                self.tr("No drill is entered."),
                self.tr("Enter a drill …"),
            ),
        ):
            card = Card(title)
            due = found.due.get(kind)
            said = (
                self.tr("By the policy the next is due by {day}.").format(day=day_words(due))
                if due is not None
                else self.tr("The policy does not say how often.")
            )
            is_late = due is not None and due < self._desk.clinic.clock.now().date()
            card.add(
                label(said, Type.STRONG if is_late else Type.BODY, "" if is_late else "muted", wraps=True)
            )
            mine = [one for one in found.held if one.kind is kind]
            if not mine:
                card.add(label(none, Type.BODY, "muted", wraps=True))
            for number, one in enumerate(mine[:NEWEST]):
                card.body.addWidget(self._line(one, number))
            if self._may_enter(kind):
                actions = flow()
                actions.addWidget(
                    button(enter, f"duties.enter.{kind.value}", shape="plus", pressed=self._entering(kind))
                )
                card.body.addLayout(actions)
            self._held.addWidget(card)

    def _entering(self, kind: MeetingKind) -> Callable[[], None]:
        return lambda: self._enter(kind)

    def _line(self, one: Meeting, number: int) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=Space.TIGHT)
        by = self.tr("entered by {name}, {at}").format(name=one.entered_by, at=instant_words(one.entered_at))
        lines.addWidget(facts_grid([(day_words(one.held_on), f"{one.note}\n{by}".strip())]))
        history = way_button(
            self._desk,
            f"duties.history.{one.kind.value}.{number}",
            f"meeting:{one.kind.value}:{one.held_on.isoformat()}",
            is_quiet=True,
        )
        history.setAccessibleName(self.tr("History: {what}").format(what=day_words(one.held_on)))
        actions = flow()
        actions.addWidget(history)
        lines.addLayout(actions)
        if self._may_enter(one.kind):
            back = button(
                self.tr("Take back the entry of {day} …").format(day=day_words(one.held_on)),
                f"duties.back.{one.kind.value}.{number}",
                kind="quiet",
                shape="undo-2",
                pressed=lambda: self._take_back(one.kind, one.held_on),
            )
            actions.addWidget(back)
        return holder

    def _enter(self, kind: MeetingKind) -> None:
        today = self._desk.clinic.clock.now().date()
        is_drill = kind is MeetingKind.DRILL
        sheet = AskSheet(
            self.window(),
            name="meeting",
            title=self.tr("Emergency drill") if is_drill else self.tr("The director at the clinic"),
            facts=[
                self.tr("It is entered in the log in your name, with the day on which you enter it."),
            ],
            entries=[
                Entry("held_on", self.tr("Day"), Kind.DAY, value=today.isoformat()),
                Entry(
                    "note",
                    self.tr("What was practised, and who was there")
                    if is_drill
                    else self.tr("What you saw to"),
                    help_text=self.tr("No patient's name."),
                ),
            ],
            action=self.tr("Enter it"),
            asks_password=False,
        )
        self._acting(
            sheet, RECORD[kind], lambda values: (date.fromisoformat(values["held_on"]), values["note"])
        )
        open_named(sheet, "protocols.meeting", what=kind.value)

    def _take_back(self, kind: MeetingKind, held_on: date) -> None:
        sheet = AskSheet(
            self.window(),
            name="meeting_back",
            title=self.tr("Take back the entry of {day}").format(day=day_words(held_on)),
            facts=[self.tr("Both stay in the log: that it was entered, and that it was taken back.")],
            entries=[Entry("reason", self.tr("Reason"))],
            action=self.tr("Take back"),
            asks_password=False,
        )
        self._acting(sheet, TAKE_BACK[kind], lambda values: (held_on, values["reason"]))
        open_named(sheet, "protocols.meeting_back", what=kind.value, day=held_on.isoformat())

    def _acting(
        self,
        sheet: AskSheet,
        act: Callable[[OpenClinic, date, str], Meeting],
        read: Callable[[Mapping[str, str]], tuple[date, str]],
    ) -> None:
        def confirmed(values: Mapping[str, str]) -> None:
            day, words = read(values)

            def done(_meeting: Meeting) -> None:
                sheet.accept()
                self.look()

            self._desk.act(
                lambda clinic: act(clinic, day, words), owner=sheet, done=done, failed=sheet.show_refusal
            )

        sheet.confirmed.connect(confirmed)

    # --- how long records are kept --------------------------------------------------------------

    def _show_kept(self, found: KeptRecords) -> None:
        clear(self._kept)
        card = Card(
            self.tr("How long records are kept"),
            self.tr(
                "By {policy}. mnclinic deletes no record; a day says only what the policy no longer asks for."
            ).format(policy=found.policy)
            if found.policy
            else self.tr("No policy is in force, so nothing says how long. mnclinic deletes no record."),
        )
        facts = []
        for one in found.kinds:
            if one.years is None:
                words = self.tr("not known: all of it is kept")
            else:
                number = (
                    self.tr("until the age of {count}")
                    if one.code == "retention_minor_until_age"
                    else self.tr("{count} years after {what}")
                ).format(count=one.years, what=spoken(one.counted_from))
                words = self.tr("{rule} ({source}; confidence {confidence})").format(
                    rule=number, source=one.source, confidence=spoken(one.confidence)
                )
                if one.before is not None:
                    words += "\n" + self.tr("No longer asked for: what ended before {day}").format(
                        day=day_words(one.before)
                    )
            facts.append((spoken(one.words), words))
        if facts:
            card.add(facts_grid(facts))
        self._kept.addWidget(card)
        people = Card(self.tr("Patients' records"))
        people.add(facts_grid(self._people(found.people)))
        self._kept.addWidget(people)
        own = Card(self.tr("The clinic's own records"))
        rows = [(spoken(one.words), kept_words(one.kept)) for one in found.records]
        own.add(facts_grid(rows) if rows else label(self.tr("None."), Type.BODY, "muted", wraps=True))
        self._kept.addWidget(own)

    def _people(self, people: KeptPeople) -> list[tuple[str, str]]:
        return [
            (self.tr("People"), f"{people.count:,}"),
            (self.tr("On legal hold"), f"{people.held:,}"),
            (self.tr("Kept without a last day"), f"{people.without_day:,}"),
            (self.tr("No longer asked for"), f"{people.passed:,}"),
            (
                self.tr("The next of them on"),
                day_words(people.first) if people.first else self.tr("not known"),
            ),
        ]
