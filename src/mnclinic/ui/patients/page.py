"""The roster: find, look, add, start a visit."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from mnclinic.errors import InvalidInput
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.add_patient import NewPatient, PatientAdded, add_patient
from mnclinic.services.find_patients import (
    PatientCard,
    PatientRow,
    PatientsFound,
    enter_search,
    find_patients,
    roster_page,
    show_patient,
)
from mnclinic.services.list_visits import VisitRow
from mnclinic.services.start_visit import start_visit
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    Column,
    EmptyState,
    Field,
    PageHeader,
    RowTable,
    Scroller,
    button,
    clear,
    column,
    counted,
    facts_grid,
    label,
    row,
)
from mnclinic.ui.icons import icon
from mnclinic.ui.log.ways import history_button, looks_button
from mnclinic.ui.stretches import STRETCH, StretchModel
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words, service_words, state_look

DEBOUNCE_MS = 120
REST_MS = 2000
"""Typing that rests this long was a search, which is entered; people type on within less."""


def name_words(person: PatientRow) -> str:
    """The name, and whether it only resembles what was typed."""
    return f"{person.name} · similar" if person.is_near else person.name


COLUMNS = (
    Column("Patient", name_words, 6),
    Column("Record", lambda person: person.record_number, 3),
    Column("Date of birth", lambda person: day_words(person.born_on), 4),
    Column("Phone", lambda person: person.phone, 5),
    Column("Last visit", lambda person: day_words(person.last_visit_on), 4),
)

FEW_COLUMNS = (COLUMNS[0], Column("Record", lambda person: person.record_number, 4), COLUMNS[2])
"""Where the text is large: the rest stands beside the list."""

VISITS = (
    Column("Day", lambda visit: day_words(visit.visit_on), 3),
    Column("State", lambda visit: state_look(visit).word, 5, state_look),
)


class PatientsPage(QWidget):
    """A search over the roster and the person that is current."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._card: PatientCard | None = None
        self._generation = 0
        """Counts the lists that were shown, so that a stretch of an earlier one is not shown in a later."""
        lines = column(self, gap=Space.LARGE, margin=Space.PAGE)
        self._new = button(
            self.tr("New patient"), "patients.new", kind="primary", shape="user-plus", pressed=self._add
        )
        self._new.setVisible(may(Role(desk.person.role), Act.ADD_PATIENT))
        self._header = PageHeader(self.tr("Patients"), [self._new])
        lines.addWidget(self._header)
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        self.search = QLineEdit()
        self.search.setObjectName("patients.search")
        self.search.setAccessibleName(self.tr("Search patients"))
        self.search.setPlaceholderText(self.tr("Name, record number, phone digits or date of birth"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", "text_muted"), QLineEdit.ActionPosition.LeadingPosition)
        lines.addWidget(self.search)
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._pause.timeout.connect(self.refresh)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._rested)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._to_table)
        both = row(gap=Space.LARGE)
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
        card.hold_table(self.table, self._empty)
        both.addWidget(card, 5)
        both.addWidget(self._side(), 3)
        lines.addLayout(both, 1)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._add)

    def _side(self) -> QWidget:
        side = Card()
        side.setMinimumWidth(300)
        self._name = label("", Type.HEADING, wraps=True)
        self._born = label("", Type.SMALL, "muted")
        self._alert = Banner(Tone.STOP, "triangle-alert")
        self._facts = column(gap=0)
        inner = QWidget()
        holder = column(inner, gap=Space.MEDIUM)
        holder.addLayout(self._facts)
        self._visits_title = label(self.tr("Visits"), Type.STRONG)
        holder.addWidget(self._visits_title)
        self.visits = RowTable("patients.visits", VISITS, self.tr("Visits of this patient"))
        self.visits.setMinimumHeight(150)
        self.visits.opened.connect(self._open_visit)
        holder.addWidget(self.visits, 1)
        holder.addStretch(0)
        self._start = button(
            self.tr("Start a visit"),
            "patients.start_visit",
            kind="primary",
            shape="plus",
            pressed=self._start_visit,
        )
        self._look = button(
            self.tr("Open the record"), "patients.open", shape="folder-open", pressed=self._open_current
        )
        side.add(self._name, self._born, self._alert)
        side.body.addWidget(Scroller(inner), 1)
        actions = row()
        actions.addWidget(self._start, 1)
        actions.addWidget(self._look, 1)
        side.body.addLayout(actions)
        side.body.addLayout(self._log_ways())
        self._side_card = side
        return side

    def _log_ways(self) -> QHBoxLayout:
        ways = row()
        ways.addWidget(history_button(self._desk, "patients.history", lambda: f"patient:{self._current}"), 1)
        ways.addWidget(looks_button(self._desk, "patients.looks", lambda: self._current), 1)
        return ways

    def show_page(self, what: object) -> None:
        """Show the roster; `what` may be a person's reference to open."""
        if isinstance(what, str):
            self._open_person(what)
        self.refresh()
        self.search.setFocus()

    def place(self) -> dict[str, str] | None:
        """The person whose record is open."""
        return {"person": self._card.ref} if self._card is not None else None

    def return_to(self, place: dict[str, str]) -> None:
        """Open that person's record again."""
        self._open_person(place["person"])

    def refresh(self) -> None:
        """Search with what is typed."""
        query = self.search.text()
        self._desk.ask(
            lambda clinic: find_patients(clinic, query),
            owner=self,
            done=lambda found: self._show(query, found),
            failed=self._failed,
        )

    def _typed(self, text: str) -> None:
        self._pause.start()
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
        if found.is_cut:
            words = self.tr("The first {shown} are shown. Type more to find fewer.").format(
                shown=len(found.rows)
            )
        else:
            words = counted(found.total, self.tr("patient"), self.tr("patients"))
        self._header.subtitle.setText(words)
        self._generation += 1
        self.table.show_beginning(found.rows, found.total)
        self.table.setVisible(bool(found.rows))
        self._empty.setVisible(not found.rows)

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
        self._card = None
        self._current = person.ref
        self._name.setText(person.name)
        self._born.setText(
            self.tr("Born {day} · {number}").format(
                day=day_words(person.born_on) or self.tr("not recorded"), number=person.record_number
            )
        )
        # Allergies are part of the record, and opening that is an entry in the log.
        self._alert.say("")
        clear(self._facts)
        self._facts.addWidget(facts_grid([(self.tr("Phone"), person.phone)]))
        self.visits.hide()
        self._visits_title.setText(self.tr("Open the record to see the visits."))
        self._start.setVisible(may(Role(self._desk.person.role), Act.START_VISIT))

    def _show_alert(self, allergies: str, holds: tuple[str, ...]) -> None:
        words = list(holds)
        if allergies and "no known" not in allergies.casefold() and allergies.casefold() != "none known":
            words.insert(0, self.tr("Allergy: {what}").format(what=allergies))
        self._alert.say(" · ".join(words))

    def _open_current(self) -> None:
        self._open_found(self._current)

    def _open_found(self, ref: str) -> None:
        """Open somebody from the list: the search that found them is entered with it."""
        self._rest.stop()
        self._open_person(ref, searched=self.search.text())

    def _open_person(self, ref: str, *, searched: str = "") -> None:
        self._desk.ask(
            lambda clinic: show_patient(clinic, ref, searched=searched),
            owner=self,
            done=self._opened,
            failed=self._failed,
        )

    def _opened(self, card: PatientCard) -> None:
        self._card = card
        self._current = card.ref
        self._side_card.show()
        self._name.setText(card.name)
        age = self.tr("age {age}").format(age=card.age) if card.age is not None else self.tr("age not known")
        born = day_words(card.born_on) or self.tr("not recorded")
        self._born.setText(
            self.tr("Born {born} · {age} · {number}").format(born=born, age=age, number=card.record_number)
        )
        self._show_alert(card.allergies, card.holds)
        clear(self._facts)
        phototype = f"{card.fitzpatrick}" if card.fitzpatrick else ""
        self._facts.addWidget(
            facts_grid(
                [
                    (self.tr("Phone"), card.phone),
                    (self.tr("Email"), card.email),
                    (self.tr("Address"), card.address),
                    (self.tr("Sex"), card.sex),
                    (self.tr("Phototype"), phototype),
                    (self.tr("Allergies"), card.allergies),
                ]
            )
        )
        self._visits_title.setText(
            self.tr("Visits") if card.visits else self.tr("No visits yet. Start the first one below.")
        )
        self.visits.show_rows(card.visits)
        self.visits.setVisible(bool(card.visits))

    def _open_visit(self, visit: VisitRow) -> None:
        self._desk.wanted.emit("visit", visit.visit_id)

    def _start_visit(self) -> None:
        StartVisitSheet(self.window(), self._desk, self._current).open()

    def _add(self) -> None:
        sheet = NewPatientSheet(self.window(), self._desk)
        sheet.added.append(self._added)
        sheet.open()

    def _added(self, added: PatientAdded) -> None:
        self._desk.told.emit(self.tr("{number} added").format(number=added.record_number))
        self.search.setText(added.record_number)


class StartVisitSheet(QDialog):
    """Asks for service and performer, then opens the visit."""

    def __init__(self, parent: QWidget, desk: Desk, ref: str) -> None:
        """Make the sheet for one patient."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Start a visit"))
        self.setModal(True)
        self.setMinimumWidth(420)
        self._desk = desk
        self._ref = ref
        lines = column(self, gap=Space.MEDIUM, margin=Space.PAGE)
        lines.addWidget(label(self.tr("Start a visit"), Type.TITLE))
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        self.service = QComboBox()
        self.service.setObjectName("start_visit.service")
        self.service.addItem(service_words("microneedling_face"), "microneedling_face")
        self.service.addItem(service_words("microneedling_prp"), "microneedling_prp")
        self.performer = QLineEdit(desk.person.user if desk.person.credential else "")
        self.performer.setObjectName("start_visit.performer")
        lines.addWidget(Field(self.tr("Service"), self.service))
        lines.addWidget(
            Field(
                self.tr("Performer"), self.performer, self.tr("The user name of whoever will treat and sign.")
            )
        )
        actions = row()
        actions.addStretch(1)
        actions.addWidget(button(self.tr("Cancel"), "start_visit.cancel", pressed=self.reject))
        self._go = button(
            self.tr("Start"), "start_visit.go", kind="primary", shape="plus", pressed=self._start
        )
        actions.addWidget(self._go)
        lines.addLayout(actions)

    def _start(self) -> None:
        service, performer = str(self.service.currentData()), self.performer.text().strip()
        if not performer:
            self._banner.say(self.tr("Say who will treat."))
            return
        self._desk.act(
            lambda clinic: start_visit(clinic, self._ref, service, performer),
            owner=self,
            done=self._started,
            failed=lambda error: self._banner.say(sentence_of(error)),
        )

    def _started(self, visit_id: str) -> None:
        self.accept()
        self._desk.wanted.emit("visit", visit_id)


class NewPatientSheet(QDialog):
    """The form for a new person. Every problem is shown beside its field, all at once."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """Make an empty form."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("New patient"))
        self.setModal(True)
        self.setMinimumWidth(620)
        self._desk = desk
        self.added: list = []  # type: ignore[type-arg] # handlers, called with PatientAdded
        lines = column(self, gap=Space.MEDIUM, margin=Space.PAGE)
        lines.addWidget(label(self.tr("New patient"), Type.TITLE))
        lines.addWidget(
            label(
                self.tr("Last name, first name and date of birth are needed. The rest can wait."),
                tint="muted",
            )
        )
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        self.sex = QComboBox()
        for word in ("", "female", "male", "X"):
            self.sex.addItem(word or self.tr("not asked"), word)
        self.phototype = QComboBox()
        self.phototype.addItem(self.tr("not assessed"), None)
        for number in range(1, 7):
            self.phototype.addItem(["I", "II", "III", "IV", "V", "VI"][number - 1], number)
        controls = {
            "last_name": (self.tr("Last name"), QLineEdit(), ""),
            "first_name": (self.tr("First name"), QLineEdit(), ""),
            "born_on": (self.tr("Date of birth"), QLineEdit(), self.tr("YYYY-MM-DD, for example 1990-04-23")),
            "sex": (self.tr("Sex"), self.sex, ""),
            "phone": (self.tr("Phone"), QLineEdit(), ""),
            "email": (self.tr("Email"), QLineEdit(), ""),
            "fitzpatrick": (self.tr("Phototype (Fitzpatrick)"), self.phototype, ""),
            "address": (self.tr("Address"), QLineEdit(), ""),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.MEDIUM)
        self.fields: dict[str, Field] = {}
        for number, (name, (words, control, help_text)) in enumerate(controls.items()):
            control.setObjectName(f"new_patient.{name}")
            self.fields[name] = Field(words, control, help_text)
            grid.addWidget(self.fields[name], number // 2, number % 2)
        lines.addLayout(grid)
        self.allergies = QPlainTextEdit()
        self.allergies.setObjectName("new_patient.allergies")
        self.allergies.setTabChangesFocus(True)
        self.allergies.setFixedHeight(72)
        lines.addWidget(Field(self.tr("Allergies and reactions"), self.allergies))
        actions = row()
        actions.addStretch(1)
        actions.addWidget(button(self.tr("Cancel"), "new_patient.cancel", pressed=self.reject))
        actions.addWidget(
            button(
                self.tr("Add patient"),
                "new_patient.add",
                kind="primary",
                shape="user-plus",
                pressed=self._add,
            )
        )
        lines.addLayout(actions)
        self.fields["last_name"].control.setFocus()

    def _text(self, name: str) -> str:
        control = self.fields[name].control
        return control.text().strip() if isinstance(control, QLineEdit) else ""

    def _add(self) -> None:
        new = NewPatient(
            last_name=self._text("last_name"),
            first_name=self._text("first_name"),
            born_on=self._text("born_on") or None,
            sex=str(self.sex.currentData()),
            phone=self._text("phone"),
            email=self._text("email"),
            address=self._text("address"),
            allergies=self.allergies.toPlainText().strip(),
            fitzpatrick=self.phototype.currentData(),
        )
        self._desk.act(
            lambda clinic: add_patient(clinic, new), owner=self, done=self._done, failed=self._failed
        )

    def _done(self, added: PatientAdded) -> None:
        self.accept()
        for handler in self.added:
            handler(added)

    def _failed(self, error: Exception) -> None:
        problems = {one.where: one.what for one in error.problems} if isinstance(error, InvalidInput) else {}
        for name, field in self.fields.items():
            field.show_problem(problems.get(name, ""))
        self._banner.say(sentence_of(error))
        first = next((name for name in self.fields if name in problems), None)
        if first:
            self.fields[first].control.setFocus()
