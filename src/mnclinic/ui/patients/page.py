"""The roster: find, look, add, start a visit."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from mnclinic.domain.person_details import Standing
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.add_patient import PatientAdded
from mnclinic.services.find_patients import (
    PatientCard,
    PatientRow,
    PatientsFound,
    enter_search,
    find_patients,
    roster_page,
    show_patient,
)
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    Column,
    EmptyState,
    PageHeader,
    RowTable,
    Scroller,
    SearchLine,
    button,
    column,
    counted,
    label,
    page_margin,
    row,
    scrolled_lines,
)
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button, looks_button
from mnclinic.ui.long_words import breakable
from mnclinic.ui.newest import Answered, Newest
from mnclinic.ui.patients.chart import PatientChart
from mnclinic.ui.patients.sheets import NewPatientSheet, StartVisitSheet
from mnclinic.ui.photos.room import PhotosRoom
from mnclinic.ui.stretches import STRETCH, StretchModel
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.words import day_words

PHOTOS_ROOM, BROUGHT = "photos", "brought"
LEAST_ROWS = 5
MOST_FOUND = 100
"""Of those who answer what was typed: two screens full. Whoever is not among them is found by typing on."""
REST_MS = 2000
"""Typing that rests this long was a search, which is entered; people type on within less."""


def name_words(person: PatientRow) -> str:
    """The name, how the person stands, and whether it only resembles what was typed."""
    said = [person.name]
    if person.preferred_name:
        said.append(f"“{person.preferred_name}”")
    if person.standing is not Standing.ACTIVE:
        said.append(person.standing.value)
    if person.is_near:
        said.append("similar")
    return " · ".join(said)


def record_words(person: PatientRow) -> str:
    """The record number, and the others that find the same person."""
    return ", ".join((person.record_number, *person.also_numbers))


COLUMNS = (
    Column("Patient", name_words, 8),
    Column("Record", lambda person: person.record_number, 3, is_whole=True),
    Column("Date of birth", lambda person: day_words(person.born_on), 4, is_whole=True),
    Column("Phone", lambda person: person.phone, 5, is_whole=True),
    Column("Last visit", lambda person: day_words(person.last_visit_on), 4, is_whole=True),
)

FEW_COLUMNS = (
    COLUMNS[0],
    Column("Record", lambda person: person.record_number, 4, is_whole=True),
    COLUMNS[2],
)
"""Where the text is large: the rest stands beside the list."""


class PatientsPage(QWidget):
    """A search over the roster and the person that is current."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._card: PatientCard | None = None
        self._current = ""
        self._person: PatientRow | None = None
        self._openings = 0
        """Counts who was asked for, so that only the last of them is shown."""
        self._wants_photos = False
        """Whether the photographs of whoever is opened are wanted, as they were before the lock."""
        self._photos_place: Mapping[str, Any] = {}
        """What stood in the room for photographs before the lock."""
        self._wants_keyboard = False
        self._is_from_roster = False
        self._shown_query: str | None = None
        """Whether somebody was sent for from elsewhere; what is read anew leaves the keyboard where it is."""
        self._generation = 0
        """Counts the lists that were shown, so that a stretch of an earlier one is not shown in a later."""
        whole = column(self, gap=0, margin=page_margin())
        self.rooms = QStackedWidget()
        whole.addWidget(self.rooms)
        lines = self._made_rooms()
        self._new = button(
            self.tr("New patient"), "patients.new", kind="primary", shape="user-plus", pressed=self._add
        )
        if not may(Role(desk.person.role), Act.ADD_PATIENT):
            self._new.hide()
        self._header = PageHeader(self.tr("Patients"), [self._new])
        lines.addWidget(self._header)
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        lines.addWidget(self._search_box())
        card = Card()
        columns = FEW_COLUMNS if theme().text_scale >= LARGE_TEXT else COLUMNS
        self._people = StretchModel(columns, self._fetch)
        self._people.came.connect(self._came)
        self.table = RowTable("patients.table", columns, self.tr("Patients"), self._people)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda person: self._open_found(person.ref))
        self._empty = EmptyState(
            "users", self.tr("Nobody found"), self.tr("Try fewer letters, or add a new patient.")
        )
        self.table.setMinimumHeight(theme().px(LEAST_ROWS * Size.ROW))
        card.hold_table(self.table, self._empty)
        if theme().text_scale >= LARGE_TEXT:
            # No room for a card beside the list: what can be done with somebody stands under it.
            lines.addWidget(card, 1)
            lines.addWidget(self._side())
        else:
            both = row(gap=Space.LARGE)
            both.addWidget(card, 5)
            both.addWidget(self._side(), 3)
            lines.addLayout(both, 1)

    def _made_rooms(self) -> QVBoxLayout:
        """The roster, a person's page and their photographs; the lines of the roster."""
        self._roster = QWidget()
        lines = scrolled_lines(self._roster, self.tr("Patients"))
        self.rooms.addWidget(self._roster)
        self.chart = PatientChart(self._desk)
        self.chart.left.connect(self._to_roster)
        self.chart.stale.connect(self._open_person)
        self.chart.photos_wanted.connect(self._to_photos)
        self.rooms.addWidget(self.chart)
        self.photos = PhotosRoom(self._desk)
        self.photos.left.connect(self._from_photos)
        self.rooms.addWidget(self.photos)
        return lines

    def _search_box(self) -> QLineEdit:
        self.search = SearchLine()
        self.search.setObjectName("patients.search")
        self.search.setAccessibleName(self.tr("Search patients"))
        self.search.setPlaceholderText(self.tr("Name, record number, phone digits or date of birth"))
        self._newest = Newest(self._look_up, self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._rested)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._to_table)
        return self.search

    def _side(self) -> QWidget:
        self._name = label("", Type.HEADING, wraps=True)
        self._born = label("", Type.SMALL, "muted", wraps=True)
        self._reach = label("", Type.BODY, wraps=True)
        self._start = button(
            self.tr("Start a visit"), "patients.start_visit", shape="plus", pressed=self._start_visit
        )
        self._look = button(
            self.tr("Open the record"),
            "patients.open",
            kind="primary",
            shape="folder-open",
            pressed=self._open_current,
        )
        # Allergies are part of the record, and opening that is an entry in the log.
        self._closed = label(
            self.tr("Allergies, holds and visits stand in the record. That it was opened is entered."),
            Type.SMALL,
            "muted",
            wraps=True,
        )
        self._side_card: QWidget
        actions = row()
        actions.addWidget(self._look, 1)
        actions.addWidget(self._start, 1)
        if theme().text_scale >= LARGE_TEXT:
            strip = QWidget()
            foot = row(strip)
            foot.addLayout(actions)
            foot.addLayout(self._log_ways())
            self._side_card = strip
            return strip
        side = Card()
        side.setMinimumWidth(300)
        inner = QWidget()
        lines = column(inner, gap=Space.MEDIUM)
        for one in (self._name, self._born, self._reach, self._closed):
            lines.addWidget(one)
        lines.addStretch(1)
        side.body.addWidget(Scroller(inner), 1)
        side.body.addLayout(actions)
        side.body.addLayout(self._log_ways())
        self._side_card = side
        return side

    def _way_to_history(self) -> str | None:
        return f"patient:{self._current}" if self._current else None

    def _log_ways(self) -> QHBoxLayout:
        ways = row()
        ways.addWidget(history_button(self._desk, "patients.history", self._way_to_history), 1)
        ways.addWidget(looks_button(self._desk, "patients.looks", lambda: self._current), 1)
        return ways

    def show_page(self, what: object) -> None:
        """Show the roster; `what` may be a person's reference to open."""
        if isinstance(what, str):
            # Whoever was open before is not read again: that would bring the wrong person to the front.
            self._wants_keyboard = True
            self._is_from_roster = False
            self._open_person(what)
        else:
            self.rooms.setCurrentWidget(self._roster)
        self._newest.want()
        if self.rooms.currentWidget() is self._roster:
            self.search.setFocus()

    def step_back(self) -> bool:
        """From the photographs to the record, and from a record that the roster led to, to the roster."""
        room = self.rooms.currentWidget()
        if room is self.photos:
            self._from_photos()
        elif room is self.chart and self._is_from_roster:
            self._to_roster()
        else:
            return False
        return True

    def begin_event(self) -> bool:
        """Write an adverse event down for whoever's record is in front; False where none is."""
        is_open = self.rooms.currentWidget() is self.chart
        if is_open:
            self.chart.begin_event()
        return is_open

    def place(self) -> dict[str, Any] | None:
        """The person whose record is in front."""
        if self._card is None or self.rooms.currentWidget() is self._roster:
            return None
        place: dict[str, Any] = {"person": self._card.ref}
        if self.rooms.currentWidget() is self.photos:
            place["room"] = PHOTOS_ROOM
            if brought := self.photos.place():
                place[BROUGHT] = brought
        return place

    def return_to(self, place: dict[str, Any]) -> None:
        """Open that person's record again."""
        self._wants_photos = place.get("room") == PHOTOS_ROOM
        self._photos_place = place.get(BROUGHT, {})
        self._open_person(place["person"])

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet of the roster or of the record in front again (see `lock.place.Opens`)."""
        is_open = self.rooms.currentWidget() is self.chart
        if kind == "patients.new":
            self._add()
        elif kind == "patients.start_visit" and not is_open:
            number, ref = str(about.get("number")), about.get("ref")
            self._desk.ask(
                lambda clinic: find_patients(clinic, number),
                owner=self,
                done=lambda found: self._start_again(
                    next((one for one in found.rows if one.ref == ref), None)
                ),
                failed=self._failed,
            )
        elif is_open:
            self.chart.open_sheet(kind, about)

    def _start_again(self, person: PatientRow | None) -> None:
        """Open the sheet that starts a visit for somebody who is on the roster still."""
        if person is None or self.rooms.currentWidget() is self.chart:
            return
        self.table.select(lambda one: one.ref == person.ref)
        self._chosen(person)
        if not self._start.isHidden():
            self._start_visit()

    def refresh(self) -> None:
        """Search with what is typed, and read again whoever is open."""
        if self._card is not None and self.rooms.currentWidget() is self.chart:
            self._open_person(self._card.ref)
        elif self._card is not None and self.rooms.currentWidget() is self.photos:
            self.photos.show_person(self._card.ref, self._card.name)
        self._newest.want()

    def _look_up(self, answered: Answered) -> None:
        query = self.search.text()

        def done(found: PatientsFound) -> None:
            answered()
            self._show(query, found)

        def failed(error: Exception) -> None:
            answered()
            self._failed(error)

        most = MOST_FOUND if query.strip() else STRETCH
        self._desk.ask(
            lambda clinic: find_patients(clinic, query, limit=most), owner=self, done=done, failed=failed
        )

    def _typed(self, text: str) -> None:
        self._newest.want()
        if text.strip():
            self._rest.start()
        else:
            self._rest.stop()

    def _rested(self) -> None:
        query = self.search.text()
        self._desk.ask(
            lambda clinic: enter_search(clinic, query),
            owner=self,
            done=lambda _entered: None,
            failed=self._failed,
            is_wanted=False,
        )

    def _show(self, query: str, found: PatientsFound) -> None:
        if query != self.search.text():
            return
        self._banner.say("")
        if found.is_cut:
            words = self.tr("The first {shown} are shown. Type more to find fewer.").format(
                shown=len(found.rows)
            )
        else:
            words = counted(found.total, self.tr("patient"), self.tr("patients"))
        self._header.subtitle.setText(words)
        self._generation += 1
        line = self._line_to_keep(query, found)
        place = self.table.verticalScrollBar().value()
        self.table.show_beginning(found.rows, found.total)
        if line:
            # The same list, read anew: whoever comes back to it finds it as it was left.
            self.table.selectRow(line)
            self.table.verticalScrollBar().setValue(place)
        self.table.setVisible(bool(found.rows))
        self._empty.setVisible(not found.rows)
        is_searching = bool(self.search.text().strip())
        self._empty.title.setText(self.tr("Nobody found") if is_searching else self.tr("No patients yet"))
        self._empty.words.setText(
            self.tr("Try fewer letters, or add a new patient.")
            if is_searching
            else self.tr("Whoever is added is found here. Press New patient (Ctrl+N) to add the first.")
        )

    def _line_to_keep(self, query: str, found: PatientsFound) -> int:
        """The line of whoever is current, where what is found was shown before; else the first."""
        is_same, self._shown_query = query == self._shown_query, query
        current, line = self.table.current(), self.table.currentIndex().row()
        if not is_same or current is None:
            return 0
        again = (at for at, one in enumerate(found.rows) if one.ref == current.ref)
        return next(again, line if len(found.rows) <= line < found.total else 0)

    def _fetch(self, start: int) -> None:
        """Have a stretch of the whole roster read."""
        generation = self._generation

        def came(found: PatientsFound) -> None:
            if generation == self._generation:
                self._people.give(start, found.rows)

        def failed(error: Exception) -> None:
            if generation == self._generation:
                self._people.failed(start)
            self._failed(error)

        self._desk.ask(
            lambda clinic: roster_page(clinic, limit=STRETCH, offset=start),
            owner=self,
            done=came,
            failed=failed,
        )

    def _came(self, first: int, last: int) -> None:
        if first <= self.table.currentIndex().row() <= last:
            self._chosen(self.table.current())

    def _to_table(self) -> None:
        self.table.setFocus()

    def _failed(self, error: Exception) -> None:
        self._banner.say(sentence_of(error))

    def _chosen(self, person: PatientRow | None) -> None:
        self._side_card.setVisible(person is not None)
        if person is None:
            return
        self._current, self._person = person.ref, person
        self._name.setText(breakable(name_words(person)))
        self._born.setText(
            self.tr("Born {day} · {number}").format(
                day=day_words(person.born_on) or self.tr("not recorded"), number=record_words(person)
            )
        )
        none = self.tr("not recorded")
        self._reach.setText(
            self.tr("Phone: {phone}\nLast visit: {day}").format(
                phone=person.phone or none, day=day_words(person.last_visit_on) or self.tr("none yet")
            )
        )
        self._start.setVisible(
            may(Role(self._desk.person.role), Act.START_VISIT) and person.standing is not Standing.DECEASED
        )

    def _open_current(self) -> None:
        if self._current:
            self._open_found(self._current)

    def _open_found(self, ref: str) -> None:
        """Open somebody from the list: the search that found them is entered with it."""
        self._rest.stop()
        self._is_from_roster = True
        self._open_person(ref, searched=self.search.text())

    def _open_person(self, ref: str, *, searched: str = "") -> None:
        self._openings += 1
        opening = self._openings
        self._desk.ask(
            lambda clinic: show_patient(clinic, ref, searched=searched),
            owner=self,
            done=lambda card: self._opened(card) if opening == self._openings else None,
            failed=self._failed,
        )

    def _opened(self, card: PatientCard) -> None:
        self._card = card
        self.chart.show_card(card)
        if self._wants_photos:
            self._wants_photos = False
            self._to_photos()
            self.photos.return_to(self._photos_place)
            return
        is_in_front = self.rooms.currentWidget() is self.chart
        self.rooms.setCurrentWidget(self.chart)
        if self._wants_keyboard or not is_in_front:
            self._wants_keyboard = False
            self.chart.take_focus()

    def _to_photos(self) -> None:
        if (card := self._card) is not None and may(Role(self._desk.person.role), Act.VIEW_PHOTO):
            self.rooms.setCurrentWidget(self.photos)
            self.photos.show_person(card.ref, card.name)
            self.photos.take_focus()

    def _from_photos(self) -> None:
        self.rooms.setCurrentWidget(self.chart)
        self.chart.take_focus()

    def _to_roster(self) -> None:
        self._card = None
        self.rooms.setCurrentWidget(self._roster)
        self._newest.want()
        self.search.setFocus()

    def _start_visit(self) -> None:
        if (person := self._person) is not None:
            who = f"{person.name} · {person.record_number}"
            sheet = StartVisitSheet(self.window(), self._desk, person.ref, who)
            open_named(sheet, "patients.start_visit", ref=person.ref, number=person.record_number)

    def _add(self) -> None:
        if not may(Role(self._desk.person.role), Act.ADD_PATIENT):
            return
        sheet = NewPatientSheet(self.window(), self._desk)
        sheet.added.append(self._added)
        sheet.look_alike_wanted.connect(self._open_person)
        open_named(sheet, "patients.new")

    def _added(self, added: PatientAdded) -> None:
        self._desk.tell(self.tr("{number} added").format(number=added.record_number))
        self._is_from_roster = True
        self._open_person(added.ref)
