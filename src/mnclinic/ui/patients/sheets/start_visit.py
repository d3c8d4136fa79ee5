"""The sheet that starts a visit: now, or as it was treated on paper."""

from datetime import datetime

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from mnclinic.domain.instants import zone_of
from mnclinic.domain.typed_values import read_time
from mnclinic.errors import InvalidInput
from mnclinic.interchange.day_sheet import Vocabulary
from mnclinic.services.read_day_sheet import plannable
from mnclinic.services.start_visit import start_visit
from mnclinic.ui.ask_sheet import as_qdate
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import (
    Field,
    StillChoice,
    StillDay,
    column,
)
from mnclinic.ui.long_words import breakable
from mnclinic.ui.next_turn import in_next_turn
from mnclinic.ui.patients.sheets.sheet import Sheet
from mnclinic.ui.tokens import Space
from mnclinic.ui.words import service_words


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
        in_next_turn(self, self.fit)

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
                in_next_turn(self, self.fit)
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
        in_next_turn(self, self.fit)

    def _started(self, visit_id: str) -> None:
        self.accept()
        self._desk.wanted.emit("visit", visit_id)
