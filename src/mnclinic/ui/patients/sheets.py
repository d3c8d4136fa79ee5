"""The sheets over the patients' page: add somebody, change details, start a visit, merge, standing, hold."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from mnclinic.domain.instants import zone_of
from mnclinic.domain.person_details import Standing
from mnclinic.domain.typed_values import read_time
from mnclinic.errors import InvalidInput, Problem
from mnclinic.interchange.day_sheet import Vocabulary
from mnclinic.services.add_patient import NewPatient, PatientAdded, add_patient
from mnclinic.services.change_details import DetailsChanged, change_details
from mnclinic.services.change_standing import StandingChanged, change_standing
from mnclinic.services.find_patients import PatientCard, PatientRow, PatientsFound, find_patients
from mnclinic.services.hold_records import HoldChanged, end_hold, hold_records
from mnclinic.services.merge_records import RecordsMerged, merge_records
from mnclinic.services.read_day_sheet import plannable
from mnclinic.services.session import OpenClinic
from mnclinic.services.start_visit import start_visit
from mnclinic.services.typed_birth_date import read_typed_birth_date
from mnclinic.ui.ask_sheet import as_qdate
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    Banner,
    Column,
    Field,
    RowTable,
    Scroller,
    StillChoice,
    StillDay,
    button,
    column,
    facts_grid,
    label,
    row,
)
from mnclinic.ui.long_words import breakable
from mnclinic.ui.patients.person_fields import PersonFields
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words, service_words

WIDEST_PX = 760
TALLEST_SHARE = 0.9
"""Of the window's height."""
AROUND_PX, LEAST_PX = 190, 60
"""What stands round a sheet's fields, and the least that is left for them where the text is large."""
DEBOUNCE_MS = 120


class Sheet(QDialog):
    """A sheet with a title, a place for what went wrong, and its buttons. Enter presses the last."""

    is_filled = False
    """Something in the body takes all the height there is."""

    def __init__(self, parent: QWidget, desk: Desk, title: str, words: str = "") -> None:
        """Make a sheet; put its fields into `body`."""
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(min(theme().px(460), max(320, parent.width() - 2 * Space.PAGE)))
        lines = column(self, gap=Space.MEDIUM, margin=Space.PAGE)
        lines.addWidget(label(title, Type.TITLE, wraps=True))
        if words:
            lines.addWidget(label(words, tint="muted", wraps=True))
        self.banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self.banner)
        self._inner = QWidget()
        self.body: QVBoxLayout = column(self._inner, gap=Space.MEDIUM)
        if self.is_filled:
            lines.addWidget(self._inner, 1)
        else:
            # The ring round a focused field is not cut at the edge.
            self.body.setContentsMargins(2, 2, Space.SMALL, 2)
            self._scroller = Scroller(self._inner)
            lines.addWidget(self._scroller, 1)
        self._actions = row()
        self._actions.addStretch(1)
        lines.addLayout(self._actions)

    def add_actions(self, name: str, words: str, pressed: Callable[[], None], *, shape: str = "") -> None:
        """Put Cancel and the sheet's own act at its foot."""
        if not self.is_filled:
            self.body.addStretch(1)
        self._actions.addWidget(button(self.tr("Cancel"), f"{name}.cancel", pressed=self.reject))
        self.go = button(words, f"{name}.go", kind="primary", shape=shape, pressed=pressed)
        self.go.setDefault(True)
        self._actions.addWidget(self.go)

    def failed(self, error: Exception) -> None:
        """Say what went wrong."""
        self.banner.say(sentence_of(error))

    def showEvent(self, event: QShowEvent) -> None:
        """As high as what is in it, and never higher than the window lets it be."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height that the body needs by now."""
        if self.is_filled:
            return
        inner = self._inner.layout()
        window = self.parentWidget()
        if inner is None or window is None:
            return
        width = self.width() - 2 * Space.PAGE
        room = int(window.height() * TALLEST_SHARE) - theme().px(AROUND_PX)
        if self.banner.isVisibleTo(self):
            room -= self.banner.sizeHint().height() + Space.MEDIUM
        wanted = max(inner.totalHeightForWidth(width), inner.totalMinimumSize().height())
        self._scroller.setMinimumHeight(min(wanted, max(theme().px(LEAST_PX), room)))
        self.adjustSize()


class PersonSheet(Sheet):
    """A sheet with every field of a person, as high as the window lets it be."""

    is_filled = True

    look_alike_wanted = Signal(str)
    """The record of somebody who is alike is wanted. Carries the reference."""

    def __init__(
        self, parent: QWidget, desk: Desk, title: str, words: str, prefix: str, *, but: str | None = None
    ) -> None:
        """Make the sheet with empty fields."""
        super().__init__(parent, desk, title, words)
        self.person = PersonFields(desk, prefix, but=but)
        self.person.look_alike_wanted.connect(self.look_alike_wanted)
        self.person.look_alike_wanted.connect(self.reject)
        self.fields = self.person.fields
        inner = QWidget()
        holder = column(inner)
        # The ring round a focused field is not cut at the edge.
        holder.setContentsMargins(2, 0, Space.MEDIUM, 2)
        holder.addWidget(self.person)
        self.body.addWidget(Scroller(inner), 1)
        width = min(theme().px(WIDEST_PX), max(360, parent.width() - 2 * Space.PAGE))
        self.setMinimumWidth(width)
        self.resize(width, int(max(420, parent.height() * TALLEST_SHARE)))

    def failed(self, error: Exception) -> None:
        """Say what went wrong, and beside each field what is wrong with it."""
        super().failed(error)
        self.person.show_problems(error)


class NewPatientSheet(PersonSheet):
    """The form for a new person. Every problem is shown beside its field, all at once."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """Make an empty form."""
        super().__init__(parent, desk, self.tr("New patient"), "", "new_patient")
        self.added: list[Callable[[PatientAdded], None]] = []
        self._actions.addWidget(button(self.tr("Cancel"), "new_patient.cancel", pressed=self.reject))
        self.add = button(
            self.tr("Add patient"), "new_patient.add", kind="primary", shape="user-plus", pressed=self._add
        )
        self.add.setDefault(True)
        self._actions.addWidget(self.add)
        self.fields["last_name"].control.setFocus()

    def _add(self) -> None:
        values = self.person.values()
        values["born_on"] = values["born_on"] or None
        new = NewPatient(**values)
        self.add.setEnabled(False)
        self._desk.act(
            lambda clinic: add_patient(clinic, new, at_the_desk=True),
            owner=self,
            done=self._done,
            failed=self._not_added,
        )

    def _done(self, added: PatientAdded) -> None:
        self.accept()
        for handler in self.added:
            handler(added)

    def _not_added(self, error: Exception) -> None:
        self.add.setEnabled(True)
        self.failed(error)


class DetailsSheet(PersonSheet):
    """Changes what is known of a person. Whatever was changed elsewhere meanwhile is not written over."""

    changed = Signal(object)
    """Details were changed: a `DetailsChanged`."""

    def __init__(self, parent: QWidget, desk: Desk, card: PatientCard) -> None:
        """Make the form with what stands there now."""
        super().__init__(
            parent,
            desk,
            self.tr("Change details of {number}").format(number=card.record_number),
            self.tr("Every change stands in the history with the old and the new words."),
            "details",
            but=card.ref,
        )
        self._card = card
        self.person.show_values(
            {
                **{name: getattr(card, name) for name in self.fields if name != "born_on"},
                "born_on": day_words(card.born_on),
                "contact": card.contact,
            }
        )
        self._before = self.person.values()
        self.add_actions("details", self.tr("Save"), self._save, shape="save")
        self.fields["last_name"].control.setFocus()

    def _save(self) -> None:
        ref, revision = self._card.ref, self._card.revision
        changes = {name: value for name, value in self.person.values().items() if value != self._before[name]}
        self._desk.act(
            lambda clinic: change_details(clinic, ref, changes, revision=revision),
            owner=self,
            done=self._done,
            failed=self.failed,
        )

    def _done(self, done: DetailsChanged) -> None:
        self.accept()
        self.changed.emit(done)


class StartVisitSheet(Sheet):
    """Asks for service and performer, then opens the visit: now, or when it was treated on paper."""

    def __init__(self, parent: QWidget, desk: Desk, ref: str, who: str) -> None:
        """Make the sheet for one patient; `who` is the name and number that it shows."""
        super().__init__(parent, desk, self.tr("Start a visit"), breakable(who))
        self._ref = ref
        self.service = StillChoice()
        self.service.setObjectName("start_visit.service")
        for service in ("microneedling_face", "microneedling_prp"):
            self.service.addItem(service_words(service), service)
        self.performer = StillChoice()
        self.performer.setObjectName("start_visit.performer")
        person = desk.person
        self._own = person.user if person.credential else ""
        # Whoever asks stands there at once: a sheet that comes back after the lock looks as it did.
        own_words = f"{person.name}, {person.credential}" if self._own else self.tr("Choose who treats")
        self.performer.addItem(own_words, self._own)
        self.body.addWidget(Field(self.tr("Service"), self.service))
        self.body.addWidget(Field(self.tr("Performer"), self.performer, self.tr("Who will treat and sign.")))
        self.is_earlier = QCheckBox(self.tr("It was treated earlier, on paper"))
        self.is_earlier.setObjectName("start_visit.is_earlier")
        self.body.addWidget(self.is_earlier)
        self.body.addWidget(self._earlier_part())
        self.is_earlier.toggled.connect(self._ask_when)
        self.add_actions("start_visit", self.tr("Start"), self._start, shape="plus")
        desk.ask(plannable, owner=self, done=self._offer, failed=self.failed)

    def _offer(self, words: Vocabulary) -> None:
        """Offer what is done here, and those who treat.

        Whoever asks is chosen where they do, and whoever is the only one.
        """
        for service in words.services:
            # The director's own protocols are for services that no draft is for.
            if self.service.findData(service) < 0:
                self.service.addItem(service_words(service), service)
        if self._own not in words.performers and self._own:
            self.performer.setItemText(0, self.tr("Choose who treats"))
            self.performer.setItemData(0, "")
        for user, names in words.performers.items():
            if user != self._own:
                self.performer.addItem(names[0], user)
        if len(words.performers) == 1:
            self.performer.setCurrentIndex(self.performer.count() - 1)

    def _earlier_part(self) -> QWidget:
        """When it was treated, as it stands on the sheet; hidden for a visit that begins now."""
        self.day = StillDay(as_qdate(self._desk.clinic.clock.now().date()))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setObjectName("start_visit.day")
        self.began_at = QLineEdit()
        self.began_at.setObjectName("start_visit.began_at")
        self._earlier = QWidget()
        lines = column(self._earlier, gap=Space.MEDIUM)
        lines.addWidget(Field(self.tr("Day that stands on the sheet"), self.day))
        help_text = self.tr("Written such as 14:05. Entered a day later, it is marked as a late entry.")
        self._began_field = Field(self.tr("Begun at"), self.began_at, help_text)
        self.began_at.textEdited.connect(lambda _typed: self._began_field.show_problem(""))
        lines.addWidget(self._began_field)
        self._earlier.hide()
        return self._earlier

    def _ask_when(self, is_earlier: bool) -> None:
        self._earlier.setVisible(is_earlier)
        QTimer.singleShot(0, self, self.fit)

    def _start(self) -> None:
        service, performer = str(self.service.currentData()), str(self.performer.currentData() or "")
        self.banner.say("")
        if not performer:
            self.banner.say(self.tr("Say who will treat."))
        began_at: datetime | None = None
        if self.is_earlier.isChecked():
            reading = read_time(self.began_at.text())
            problem = reading.problem or self.tr("Write a time of day, such as 14:05.")
            self._began_field.show_problem("" if reading.is_read else problem)
            if not reading.is_read:
                self.began_at.setFocus()
                QTimer.singleShot(0, self, self.fit)
                return
            began_at = self._moment(reading.value)
        if not performer:
            return
        self._desk.act(
            lambda clinic: start_visit(clinic, self._ref, service, performer, began_at=began_at),
            owner=self,
            done=self._started,
            failed=self.failed,
        )

    def _moment(self, clock: str) -> datetime:
        """A time of the day on the sheet, as clocks here showed it then."""
        hour, minute = map(int, clock.split(":"))
        day = self.day.date()
        zone = zone_of(self._desk.clinic.clock)
        return datetime(day.year(), day.month(), day.day(), hour, minute, tzinfo=zone)

    def failed(self, error: Exception) -> None:
        """Say what went wrong, a wrong moment beside its field."""
        super().failed(error)
        if isinstance(error, InvalidInput):
            for problem in error.problems:
                if problem.where == "began_at":
                    self._began_field.show_problem(problem.what)
                    self.began_at.setFocus()
        QTimer.singleShot(0, self, self.fit)

    def _started(self, visit_id: str) -> None:
        self.accept()
        self._desk.wanted.emit("visit", visit_id)


class MergeSheet(Sheet):
    """Looks the other record up and shows both side by side before anything is merged."""

    merged = Signal(object)
    """Two records are read as one: a `RecordsMerged`."""

    def __init__(self, parent: QWidget, desk: Desk, card: PatientCard) -> None:
        """Make the sheet; the record of `card` is the one that is kept."""
        super().__init__(
            parent,
            desk,
            self.tr("Merge another record into {number}").format(number=card.record_number),
            self.tr(
                "For one person who was put on the roster twice. Both numbers go on finding them, visits "
                "stay where they were signed, and it can be taken back."
            ),
        )
        self._card = card
        self._other: PatientRow | None = None
        self._returning = ""
        self.search = QLineEdit()
        self.search.setObjectName("merge.search")
        self.search.setPlaceholderText(self.tr("Name, record number, phone digits or date of birth"))
        self.body.addWidget(Field(self.tr("The other record"), self.search))
        self.table = RowTable(
            "merge.found",
            (
                Column(self.tr("Patient"), lambda one: one.name, 5),
                Column(self.tr("Record"), lambda one: one.record_number, 3),
                Column(self.tr("Date of birth"), lambda one: day_words(one.born_on), 3),
            ),
            self.tr("Records that were found"),
        )
        self.table.setFixedHeight(theme().px(150))
        self.table.chosen.connect(self._chosen)
        self.body.addWidget(self.table)
        self._nobody = label(
            self.tr("Nobody else was found. Try fewer letters, or the record number."),
            Type.BODY,
            "muted",
            wraps=True,
        )
        self._nobody.hide()
        self.body.addWidget(self._nobody)
        self._compared = column(gap=0)
        self.body.addLayout(self._compared)
        self._differs = Banner(Tone.STOP, "triangle-alert")
        self.body.addWidget(self._differs)
        self.reason = QLineEdit()
        self.reason.setObjectName("merge.reason")
        self._reason = Field(self.tr("How do you know that they are one person?"), self.reason)
        self.body.addWidget(self._reason)
        self.add_actions("merge", self.tr("Merge"), self._merge, shape="layers")
        self.go.setEnabled(False)
        self.setMinimumWidth(min(theme().px(620), max(320, parent.width() - 2 * Space.PAGE)))
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._pause.timeout.connect(self._look)
        self.search.textChanged.connect(self._pause.start)
        self.search.textEdited.connect(self._look_for_another)
        self.search.setText(card.last_name)

    def _look_for_another(self) -> None:
        self._returning = ""

    def _look(self) -> None:
        query = self.search.text()
        self._desk.ask(
            lambda clinic: find_patients(clinic, query, limit=30),
            owner=self,
            done=lambda found: self._show(query, found),
            failed=self.failed,
        )

    def _show(self, query: str, found: PatientsFound) -> None:
        if query != self.search.text():
            return
        others = [one for one in found.rows if one.ref != self._card.ref]
        self.table.show_rows(others)
        self.table.setVisible(bool(others))
        self._nobody.setVisible(not others)
        self.fit()
        if (ref := self._returning) and not self.table.select(lambda one: one.ref == ref):
            # The one that was chosen is not found any more, and no other is merged in its place.
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())

    def place(self) -> dict[str, Any]:
        """The record that is chosen."""
        return {"other": self._other.ref if self._other is not None else self._returning}

    def return_to(self, place: dict[str, Any]) -> None:
        """Choose that record again as soon as it is found."""
        self._returning = str(place["other"])
        self._look()

    def _chosen(self, other: PatientRow | None) -> None:
        self._other = other
        self.go.setEnabled(other is not None)
        while (item := self._compared.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._differs.say("")
        if other is None:
            return
        card = self._card
        facts = (
            (card.name, other.name),
            (day_words(card.born_on), day_words(other.born_on)),
            (card.phone, other.phone),
        )
        names = (self.tr("Name"), self.tr("Date of birth"), self.tr("Phone"))
        both = self.tr("{kept}  and  {other}")
        self._compared.addWidget(
            facts_grid(
                [
                    (
                        name,
                        breakable(both.format(kept=kept or "–", other=others or "–")),
                    )
                    for name, (kept, others) in zip(names, facts, strict=True)
                ]
            )
        )
        if card.born_on and other.born_on and card.born_on != other.born_on:
            self._differs.say(self.tr("The dates of birth differ. Make sure that this is one person."))
        self.fit()

    def _merge(self) -> None:
        other, reason = self._other, self.reason.text()
        if other is None:
            return
        if not reason.strip():
            self._reason.show_problem(self.tr("Say how you know."))
            self.reason.setFocus()
            return
        kept = self._card.ref
        self._desk.act(
            lambda clinic: merge_records(clinic, other.ref, kept, reason),
            owner=self,
            done=self._done,
            failed=self.failed,
        )

    def _done(self, done: RecordsMerged) -> None:
        self.accept()
        self.merged.emit(done)


class StandingSheet(Sheet):
    """Marks somebody as inactive, deceased or active again."""

    changed = Signal(object)
    """Somebody stands otherwise now: a `StandingChanged`."""

    def __init__(self, parent: QWidget, desk: Desk, card: PatientCard, standing: Standing) -> None:
        """Make the sheet for one person and one standing."""
        titles = {
            Standing.ACTIVE: self.tr("Mark {number} as active"),
            Standing.INACTIVE: self.tr("Mark {number} as inactive"),
            Standing.DECEASED: self.tr("Record the death of {number}"),
        }
        words = {
            Standing.ACTIVE: self.tr("What was entered before stays in the history."),
            Standing.INACTIVE: self.tr("The record stays and is found as before."),
            Standing.DECEASED: self.tr("No new visit can be started. It can be taken back if it is wrong."),
        }
        title = titles[standing].format(number=card.record_number)
        super().__init__(parent, desk, title, words[standing])
        self._card, self._standing = card, standing
        self.day, self.note = QLineEdit(), QLineEdit()
        self.day.setObjectName("standing.deceased_on")
        self.note.setObjectName("standing.note")
        self._day = Field(
            self.tr("Day of death"),
            self.day,
            self.tr("Where nobody knows it, the day on which you were told."),
        )
        asked = self.tr("Who told you?") if standing is Standing.DECEASED else self.tr("Why?")
        self._note = Field(asked, self.note)
        if standing is Standing.DECEASED:
            self.body.addWidget(self._day)
        self.body.addWidget(self._note)
        self.add_actions("standing", self.tr("Save"), self._save)

    def _save(self) -> None:
        ref, standing = self._card.ref, self._standing
        day, note = self.day.text(), self.note.text()
        not_changed, no_day = self.tr("Nothing was changed."), self.tr("Write the day like 23 Apr 2026.")

        def change(clinic: OpenClinic) -> StandingChanged:
            if standing is not Standing.DECEASED:
                return change_standing(clinic, ref, standing, note=note)
            read = read_typed_birth_date(day, clinic.clock.now().date())
            if day.strip() and read.born_on is None:
                raise InvalidInput(not_changed, [Problem("deceased_on", no_day)])
            return change_standing(clinic, ref, standing, note=note, deceased_on=read.born_on)

        self._desk.act(change, owner=self, done=self._done, failed=self.failed)

    def failed(self, error: Exception) -> None:
        """Say what went wrong, and beside each field what is wrong with it."""
        super().failed(error)
        problems = {one.where: one.what for one in error.problems} if isinstance(error, InvalidInput) else {}
        self._day.show_problem(problems.get("deceased_on", ""))
        self._note.show_problem(problems.get("note", ""))

    def _done(self, done: StandingChanged) -> None:
        self.accept()
        self.changed.emit(done)


class HoldSheet(Sheet):
    """Puts a legal hold on somebody's records, or ends it."""

    changed = Signal(object)
    """A hold was put or ended: a `HoldChanged`."""

    def __init__(self, parent: QWidget, desk: Desk, card: PatientCard) -> None:
        """Make the sheet for one person."""
        self._is_held = bool(card.hold_reason)
        super().__init__(
            parent,
            desk,
            self.tr("End the legal hold") if self._is_held else self.tr("Put a legal hold"),
            self.tr("While it stands, nothing about {number} is ever removed.").format(
                number=card.record_number
            ),
        )
        self._ref = card.ref
        self.reason = QLineEdit()
        self.reason.setObjectName("hold.reason")
        self._reason = Field(self.tr("Why?"), self.reason)
        self.body.addWidget(self._reason)
        words = self.tr("End the hold") if self._is_held else self.tr("Put the hold")
        self.add_actions("hold", words, self._save, shape="lock-open" if self._is_held else "lock")

    def _save(self) -> None:
        ref, reason = self._ref, self.reason.text()
        act = end_hold if self._is_held else hold_records
        self._desk.act(
            lambda clinic: act(clinic, ref, reason), owner=self, done=self._done, failed=self.failed
        )

    def failed(self, error: Exception) -> None:
        """Say what went wrong, beside the reason where it is that."""
        super().failed(error)
        problems = error.problems if isinstance(error, InvalidInput) else ()
        self._reason.show_problem(problems[0].what if problems else "")

    def _done(self, done: HoldChanged) -> None:
        self.accept()
        self.changed.emit(done)
