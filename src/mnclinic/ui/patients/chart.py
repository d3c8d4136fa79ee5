"""One person's page: who this is, everything that happened, and what is known of them."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from mnclinic.domain.person_details import Standing
from mnclinic.errors import Stopped
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.change_details import DetailsChanged, change_details
from mnclinic.services.change_standing import StandingChanged, change_standing
from mnclinic.services.find_patients import PatientCard, RecordOfPerson
from mnclinic.services.medical_history import HistoryRow
from mnclinic.services.merge_records import RecordsMerged, merge_records, unmerge_records
from mnclinic.services.patient_timeline import TimelinePage, patient_timeline
from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    EmptyState,
    Scroller,
    Timeline,
    button,
    clear,
    column,
    facts_grid,
    label,
    row,
    shrink,
)
from mnclinic.ui.elements.stops import lead_along, stops_as_read
from mnclinic.ui.events.entry import EventEntry
from mnclinic.ui.keys import keyed
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button, looks_button
from mnclinic.ui.long_words import breakable
from mnclinic.ui.patients.banner import PatientBanner
from mnclinic.ui.patients.consents_part import ConsentsPart
from mnclinic.ui.patients.events_part import EventsPart
from mnclinic.ui.patients.history_part import HistoryPart
from mnclinic.ui.patients.history_sheets import EndHistorySheet, HistorySheet
from mnclinic.ui.patients.print_chart import ask_and_print_chart, chart_progress
from mnclinic.ui.patients.sheets import DetailsSheet, HoldSheet, MergeSheet, StandingSheet, StartVisitSheet
from mnclinic.ui.patients.timeline_words import TimelineWords
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words, kept_words

PAGE = 40
HISTORY_SHEETS = ("chart.history_add", "chart.history_end")
SKIN_TYPES = ("I", "II", "III", "IV", "V", "VI")


class PatientChart(QWidget):
    """The page of one person, under a banner that never scrolls away."""

    left = Signal()
    """The person wants to go back to the roster."""

    photos_wanted = Signal()
    """The photographs of whoever is shown are wanted."""

    stale = Signal(str)
    """What is shown has changed. Carries the reference of the record to read again."""

    def __init__(self, desk: Desk) -> None:
        """Make an empty page; `show_card` fills it."""
        super().__init__()
        self._desk = desk
        self._card: PatientCard | None = None
        self._older_than: int | None = None
        self._pages: list[Timeline] = []
        self._scrollers: list[Scroller] = []
        self._words = TimelineWords(self)
        self._is_large = theme().text_scale >= LARGE_TEXT
        self._may_print = may(Role(desk.person.role), Act.PRINT_DOCUMENT)
        self._entry = EventEntry(desk, self)
        self._entry.failed.connect(self._failed)
        self._entry.none_to_name.connect(self._say_none)
        lines = column(self, gap=Space.SMALL if self._is_large else Space.MEDIUM)
        lines.addLayout(self._ways())
        self.banner = PatientBanner()
        lines.addWidget(self.banner)
        self._trouble = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._trouble)
        self._printing = chart_progress()
        lines.addWidget(self._printing)
        timeline, details = self._timeline_card(), self._details_card()
        if self._is_large:
            # One below the other, and scrolled as one.
            inner = QWidget()
            whole = column(inner, gap=Space.LARGE)
            whole.addWidget(details)
            whole.addWidget(timeline)
            whole.addStretch(1)
            lines.addWidget(self._scrolled(inner, self.tr("Details")), 1)
        else:
            both = row(gap=Space.LARGE)
            both.addWidget(timeline, 5)
            both.addWidget(details, 3)
            lines.addLayout(both, 1)
        keyed(self, self.tr("All patients"), "Esc", self.left.emit, is_inside=True)
        if self._may_print:
            words = self.tr("Print the whole chart")
            keyed(self, words, QKeySequence.StandardKey.Print, self._print, is_inside=True)

    @property
    def ref(self) -> str:
        """The person who is shown; empty where nobody is."""
        return self._card.ref if self._card is not None else ""

    def show_card(self, card: PatientCard) -> None:
        """Show one person, and read the newest page of the timeline."""
        is_another = card.ref != self.ref
        self._card = card
        self._trouble.say("")
        self.banner.show_person(card.banner)
        self._show_details(card)
        self._show_acts(card)
        if is_another:
            self._forget_timeline()
            for scroller in self._scrollers:
                scroller.verticalScrollBar().setValue(0)
        self._read_timeline(None)

    def take_focus(self) -> None:
        """Put the keyboard on what is done most."""
        (self.start if self.start.isVisibleTo(self) else self._back).setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the chart as it is read, also to what was read from the store after the rest."""
        lead_along(stops_as_read(self))
        return super().focusNextPrevChild(forward)

    def _ways(self) -> QVBoxLayout:
        whole = column(gap=Space.SMALL)
        line = row(gap=Space.SMALL)
        self._back = button(
            self.tr("All patients"), "chart.back", kind="quiet", shape="arrow-left", pressed=self.left.emit
        )
        line.addWidget(self._back)
        line.addStretch(1)
        self._add_log_ways(line)
        self._more = button(self.tr("More"), "chart.more")
        self._more.setMenu(self._menu())
        line.addWidget(self._more)
        self._edit = button(
            self.tr("Change details"), "chart.edit", shape="square-pen", pressed=self._change_details
        )
        line.addWidget(self._edit)
        self.start = button(
            self.tr("Start a visit"), "chart.start_visit", kind="primary", shape="plus", pressed=self._start
        )
        line.addWidget(self.start)
        if self._is_large:
            # All in one line: the fixed part is to leave the person's page its room.
            for one in (self._back, *self._log_ways, self._edit):
                shrink(one)
        whole.addLayout(line)
        return whole

    def _add_log_ways(self, line: QHBoxLayout) -> None:
        self._log_ways = (
            history_button(self._desk, "chart.history", lambda: f"patient:{self.ref}"),
            looks_button(self._desk, "chart.looks", lambda: self.ref),
        )
        for one in self._log_ways:
            line.addWidget(one)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self._acts: dict[str, QAction] = {}
        for name, words, chosen in (
            ("print", self.tr("Print the whole chart…"), self._print),
            ("photos", self.tr("Photographs…"), self.photos_wanted.emit),
            ("touched", self.tr("What touched this patient…"), self._look_back),
            ("merge", self.tr("Merge another record into this one…"), self._merge),
            ("active", self.tr("Mark as active…"), lambda: self._stand(Standing.ACTIVE)),
            ("inactive", self.tr("Mark as inactive…"), lambda: self._stand(Standing.INACTIVE)),
            ("deceased", self.tr("Record a death…"), lambda: self._stand(Standing.DECEASED)),
            ("hold", self.tr("Legal hold…"), self._hold),
        ):
            action = menu.addAction(words)
            action.setObjectName(f"chart.{name}")
            action.triggered.connect(lambda _checked=False, chosen=chosen: chosen())
            self._acts[name] = action
        return menu

    def _look_back(self) -> None:
        self._desk.wanted.emit("recall", f"patient:{self.ref}")

    def _timeline_card(self) -> Card:
        card = Card(self.tr("Timeline"))
        inner = QWidget()
        self._timeline = column(inner, gap=Space.LARGE)
        self._timeline.setContentsMargins(0, 0, Space.MEDIUM, 0)
        self._empty = EmptyState("history", self.tr("Nothing yet"), self.tr("What is done appears here."))
        self._empty.hide()
        self._timeline.addWidget(self._empty)
        self._older = button(
            self.tr("Show older"), "chart.older", kind="quiet", shape="history", pressed=self._show_older
        )
        self._older.hide()
        self._timeline.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)
        self._timeline.addStretch(1)
        if self._is_large:
            card.add(inner)
        else:
            card.body.addWidget(self._scrolled(inner, self.tr("Timeline")), 1)
        return card

    def _scrolled(self, inner: QWidget, name: str) -> Scroller:
        made = Scroller(inner)
        made.let_keyboard_scroll(name)
        self._scrollers.append(made)
        return made

    def _details_card(self) -> Card:
        card = Card(self.tr("Details"))
        inner = QWidget()
        self._details = column(inner, gap=Space.LARGE)
        self._details.setContentsMargins(0, 0, Space.MEDIUM, 0)
        if self._is_large:
            card.add(inner)
        else:
            card.body.addWidget(self._scrolled(inner, self.tr("Details")), 1)
        return card

    def _show_details(self, card: PatientCard) -> None:
        words = self._words
        clear(self._details)
        named = (
            ("last_name", card.last_name),
            ("first_name", card.first_name),
            ("preferred_name", card.preferred_name),
            ("phone", card.phone),
            ("email", card.email),
            ("contact", words.contact_words(card.contact)),
            ("language", card.language),
            ("address", card.address),
            ("emergency_contact", card.emergency_contact),
            ("sex", words.sex_words(card.sex)),
            ("pronouns", card.pronouns),
            ("fitzpatrick", SKIN_TYPES[card.fitzpatrick - 1] if card.fitzpatrick else ""),
        )
        facts = [(words.field_words(name), value) for name, value in named]
        if card.standing is not Standing.ACTIVE:
            said = words.standing_words(card.standing.value)
            if card.deceased_on:
                said = f"{said}, {day_words(card.deceased_on)}"
            facts.insert(0, (self.tr("Standing"), ": ".join(filter(None, (said, card.standing_note)))))
        self._details.addWidget(facts_grid([(name, breakable(value)) for name, value in facts]))
        for name, text in (("allergies", card.allergies), ("notes", card.notes)):
            self._details.addLayout(self._long(words.field_words(name), text))
        history = HistoryPart(self._desk, self._add_history, self._end_history)
        history.show_rows(card.history, may_change=may(Role(self._desk.person.role), Act.EDIT_PATIENT))
        self._details.addWidget(history)
        events = EventsPart(self._desk, self.begin_event if self._entry.may_begin else None)
        events.failed.connect(self._failed)
        events.show_person(card.ref)
        self._details.addWidget(events)
        consents = ConsentsPart(self._desk)
        consents.failed.connect(self._failed)
        consents.show_person(card.ref)
        self._details.addWidget(consents)
        if may(Role(self._desk.person.role), Act.VIEW_PHOTO):
            photos = button(
                self.tr("Photographs"), "chart.photos", shape="eye", pressed=self.photos_wanted.emit
            )
            self._details.addWidget(photos, 0, Qt.AlignmentFlag.AlignLeft)
        self._details.addWidget(label(self.tr("How long this record is kept"), Type.STRONG, wraps=True))
        self._details.addWidget(label(kept_words(card.kept), Type.BODY, wraps=True))
        if card.others:
            self._details.addWidget(label(self.tr("Other records of this person"), Type.STRONG, wraps=True))
        for number, other in enumerate(card.others):
            self._details.addWidget(self._other(other, number))
        self._details.addStretch(1)

    def _long(self, name: str, text: str) -> QVBoxLayout:
        """A field of any length, over the whole width."""
        lines = column(gap=Space.TIGHT)
        lines.addWidget(label(name, Type.SMALL, "muted"))
        words = breakable(text) or self.tr("not recorded")
        shown = label(words, Type.BODY, "" if text else "faint", wraps=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines.addWidget(shown)
        return lines

    def _other(self, other: RecordOfPerson, number: int) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=Space.SMALL)
        words = self._words
        lines.addWidget(
            facts_grid(
                [
                    (self.tr("Record"), other.record_number),
                    (self.tr("Name"), breakable(other.name)),
                    (words.field_words("born_on"), day_words(other.born_on)),
                    (words.field_words("phone"), other.phone),
                ]
            )
        )
        for name, text in (("allergies", other.allergies), ("notes", other.notes)):
            if text:
                lines.addLayout(self._long(words.field_words(name), text))
        if may(Role(self._desk.person.role), Act.MERGE_RECORDS):
            apart = button(
                self.tr("Take the merge of {number} back").format(number=other.record_number),
                f"chart.unmerge.{number}",
                kind="quiet",
                shape="undo-2",
                pressed=lambda: self._unmerge(other),
            )
            lines.addWidget(apart, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _show_acts(self, card: PatientCard) -> None:
        role = Role(self._desk.person.role)
        is_deceased = any(hold.code == "deceased" for hold in card.banner.holds)
        self.start.setVisible(may(role, Act.START_VISIT) and not is_deceased)
        self._edit.setVisible(may(role, Act.EDIT_PATIENT))
        self._acts["print"].setVisible(self._may_print)
        self._acts["photos"].setVisible(may(role, Act.VIEW_PHOTO))
        self._acts["touched"].setVisible(may(role, Act.VIEW_SUPPLIES))
        may_stand = may(role, Act.CHANGE_STANDING)
        self._acts["merge"].setVisible(may(role, Act.MERGE_RECORDS))
        self._acts["active"].setVisible(may_stand and (is_deceased or card.standing is not Standing.ACTIVE))
        self._acts["inactive"].setVisible(may_stand and card.standing is Standing.ACTIVE)
        self._acts["deceased"].setVisible(may_stand and not is_deceased)
        self._acts["hold"].setVisible(may(role, Act.HOLD_RECORD))
        held, free = self.tr("End the legal hold…"), self.tr("Put a legal hold…")
        self._acts["hold"].setText(held if card.hold_reason else free)
        self._more.setVisible(any(action.isVisible() for action in self._acts.values()))

    # --- the timeline ---------------------------------------------------------------------------

    def _forget_timeline(self) -> None:
        for page in self._pages:
            self._timeline.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = []

    def _show_older(self) -> None:
        self._read_timeline(self._older_than)

    def _read_timeline(self, older_than: int | None) -> None:
        ref = self.ref
        self._desk.ask(
            lambda clinic: patient_timeline(clinic, ref, older_than=older_than, limit=PAGE),
            owner=self,
            done=lambda page: self._show_timeline(ref, older_than, page),
            failed=self._failed,
        )

    def _show_timeline(self, ref: str, older_than: int | None, page: TimelinePage) -> None:
        if ref != self.ref:
            return
        if older_than is None:
            self._forget_timeline()
        shown = Timeline(
            f"chart.timeline.{len(self._pages)}", self.tr("Timeline"), self._words.entries(page.items)
        )
        shown.opened.connect(lambda visit: self._desk.wanted.emit("visit", visit))
        # Before the button and the stretch.
        self._timeline.insertWidget(self._timeline.count() - 2, shown)
        self._pages.append(shown)
        self._older_than = page.older_than
        self._older.setVisible(page.older_than is not None)
        self._empty.setVisible(not page.items and older_than is None)

    # --- acts -----------------------------------------------------------------------------------

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet about the person who is shown again (see `lock.place.Opens`)."""
        card = self._card
        if card is None or card.ref != about.get("ref"):
            return
        acts = {name for name, action in self._acts.items() if action.isVisible()}
        standing = about.get("standing")
        if kind == "chart.start_visit" and not self.start.isHidden():
            self._start()
        elif kind == "chart.details" and not self._edit.isHidden():
            self._change_details()
        elif kind == "chart.merge" and "merge" in acts:
            self._merge()
        elif kind == "chart.standing" and standing in acts:
            self._stand(Standing(standing))
        elif kind == "chart.hold" and "hold" in acts and about.get("is_held") is bool(card.hold_reason):
            self._hold()
        elif kind == "event.record":
            self._entry.open_again(kind, about)
        elif kind in HISTORY_SHEETS and not self._edit.isHidden():
            self._open_history_sheet(kind, card, about)

    def _open_history_sheet(self, kind: str, card: PatientCard, about: Mapping[str, Any]) -> None:
        if kind == "chart.history_add":
            self._add_history()
            return
        named = [one for one in card.history if one.history_id == about.get("entry") and not one.ended_on]
        for one in named:
            self._end_history(one)

    def _start(self) -> None:
        if (card := self._card) is not None:
            sheet = StartVisitSheet(
                self.window(), self._desk, card.ref, f"{card.name} · {card.record_number}"
            )
            open_named(sheet, "chart.start_visit", ref=card.ref)

    def _say_none(self, said: str) -> None:
        self._trouble.say(said, Tone.INFO, "info")

    def begin_event(self) -> None:
        """Write down that something happened to this person after a treatment."""
        if (card := self._card) is not None:
            self._trouble.say("")
            self._entry.begin(card.ref)

    def _print(self) -> None:
        if (card := self._card) is not None:
            self._trouble.say("")
            ask_and_print_chart(
                self,
                self._desk,
                card.ref,
                card.record_number,
                progress=self._printing,
                failed=self._failed,
            )

    def _change_details(self) -> None:
        if self._card is not None:
            sheet = DetailsSheet(self.window(), self._desk, self._card)
            sheet.changed.connect(self._details_changed)
            sheet.look_alike_wanted.connect(lambda ref: self._desk.wanted.emit("patients", ref))
            open_named(sheet, "chart.details", ref=self.ref)

    def _details_changed(self, done: DetailsChanged) -> None:
        self.stale.emit(done.ref)
        if done.changed:
            self._offer(
                self.tr("Details of {number} changed").format(number=done.record_number),
                lambda clinic: change_details(clinic, done.ref, done.before, revision=done.revision),
            )

    def _merge(self) -> None:
        if self._card is not None:
            sheet = MergeSheet(self.window(), self._desk, self._card)
            sheet.merged.connect(self._merged)
            open_named(sheet, "chart.merge", ref=self.ref)

    def _merged(self, done: RecordsMerged) -> None:
        self.stale.emit(done.kept_ref)
        words = self.tr("{number} is read under {kept} now")
        reason = self.tr("Taken back at once.")
        self._offer(
            words.format(number=done.record_number, kept=done.kept_number),
            lambda clinic: unmerge_records(clinic, done.ref, reason),
        )

    def _unmerge(self, other: RecordOfPerson) -> None:
        reason = self.tr("Taken back on the patient's page.")
        self._desk.act(
            lambda clinic: unmerge_records(clinic, other.ref, reason),
            owner=self,
            done=self._unmerged,
            failed=self._failed,
        )

    def _unmerged(self, done: RecordsMerged) -> None:
        self.stale.emit(done.kept_ref)
        words = self.tr("{number} is a record of its own again").format(number=done.record_number)
        reason = self.tr("The merge was taken back by mistake.")
        self._offer(
            words,
            lambda clinic: merge_records(clinic, done.ref, done.kept_ref, reason),
        )
        if done.visits:
            said = self.tr(
                "{number} is a record of its own again. These visits were started while the two were one; "
                "look whose they are: {visits}"
            )
            self._trouble.say(
                said.format(number=done.record_number, visits=", ".join(done.visits)),
                Tone.SOON,
                "triangle-alert",
            )

    def _stand(self, standing: Standing) -> None:
        if self._card is not None:
            sheet = StandingSheet(self.window(), self._desk, self._card, standing)
            sheet.changed.connect(self._stood)
            open_named(sheet, "chart.standing", ref=self.ref, standing=standing.value)

    def _stood(self, done: StandingChanged) -> None:
        self.stale.emit(done.ref)
        words = self.tr("{number}: {standing}").format(
            number=done.record_number, standing=self._words.standing_words(done.standing.value)
        )
        self._offer(
            words,
            lambda clinic: change_standing(
                clinic,
                done.ref,
                done.before,
                note=done.note_before,
                deceased_on=done.deceased_on_before,
            ),
        )

    def _add_history(self) -> None:
        if self._card is not None:
            ref = self._card.ref
            sheet = HistorySheet(self.window(), self._desk, ref)
            sheet.changed.connect(lambda _done: self.stale.emit(ref))
            open_named(sheet, "chart.history_add", ref=ref)

    def _end_history(self, entry: HistoryRow) -> None:
        if self._card is not None:
            ref = self._card.ref
            sheet = EndHistorySheet(self.window(), self._desk, ref, entry)
            sheet.changed.connect(lambda _done: self.stale.emit(ref))
            open_named(sheet, "chart.history_end", ref=ref, entry=entry.history_id)

    def _hold(self) -> None:
        if self._card is not None:
            sheet = HoldSheet(self.window(), self._desk, self._card)
            sheet.changed.connect(lambda done: self.stale.emit(done.ref))
            open_named(sheet, "chart.hold", ref=self.ref, is_held=bool(self._card.hold_reason))

    def _offer(self, words: str, undo: Callable[[OpenClinic], object]) -> None:
        """Tell what was done, with Undo, which is an act of its own."""
        desk = self._desk

        def take_back() -> None:
            # Owned by the desk: the person may have left this page meanwhile.
            desk.act(undo, owner=desk, done=lambda _done: desk.tell(taken_back), failed=failed)

        def failed(error: Exception) -> None:
            desk.tell(sentence_of(error))

        taken_back = self.tr("Taken back")
        desk.tell(words, undo=take_back)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self._trouble.say(sentence_of(error), Tone.INFO, "info")
        else:
            self._trouble.say(sentence_of(error), Tone.STOP, "circle-alert")
