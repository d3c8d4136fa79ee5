"""Asks who an adverse event is of: type, and Enter takes the first who answers."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mnclinic.services.find_patients import PatientRow, PatientsFound, find_patients
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Column, Field, RowTable, SearchLine, label
from mnclinic.ui.newest import Answered, Newest
from mnclinic.ui.patients.sheets import Sheet
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.words import day_words

MOST_FOUND = 30
TABLE_PX, WIDTH_PX = 190, 620


class WhoSheet(Sheet):
    """A search over the roster. The arrows choose among those found, from the line itself."""

    chosen = Signal(str)
    """Somebody was taken. Carries the reference."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """Make the sheet, empty."""
        super().__init__(parent, desk, self.tr("Adverse event: whose?"))
        self.search = SearchLine()
        self.search.setObjectName("event_who.search")
        self.search.setPlaceholderText(self.tr("Name, record number, phone digits or date of birth"))
        self.body.addWidget(Field(self.tr("Patient"), self.search))
        self.table = RowTable(
            "event_who.found",
            (
                Column(self.tr("Patient"), lambda one: one.name, 5),
                Column(self.tr("Date of birth"), lambda one: day_words(one.born_on), 3, is_whole=True),
                Column(self.tr("Phone"), lambda one: one.phone, 3, is_whole=True),
            ),
            self.tr("People who were found"),
        )
        self.table.setFixedHeight(theme().px(TABLE_PX))
        self.table.chosen.connect(lambda person: self.go.setEnabled(person is not None))
        self.table.opened.connect(self._take)
        self.body.addWidget(self.table)
        self._nobody = label(self.tr("Nobody was found. Try fewer letters."), Type.BODY, "muted", wraps=True)
        self._nobody.hide()
        self.body.addWidget(self._nobody)
        self.add_actions("event_who", self.tr("Go on"), self._take_current, shape="arrow-right")
        self.go.setEnabled(False)
        self.setMinimumWidth(min(theme().px(WIDTH_PX), max(320, parent.width() - 2 * Space.PAGE)))
        self._answers: str | None = None
        """What was typed when the people who are listed were looked up."""
        self._is_wanted = False
        """Whether Enter was pressed before the answer was there."""
        self._newest = Newest(self._look_up, self)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._want)
        self.search.installEventFilter(self)
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down choose in the list while the keyboard stays in the line."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in steps:
            at = self.table.currentIndex().row() + steps[Qt.Key(event.key())]
            if 0 <= at < self.table.rows.rowCount():
                self.table.selectRow(at)
            return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._is_wanted = False
        self._newest.want()

    def _want(self) -> None:
        # Whoever types fast presses Enter before the answer: it takes the first of those who then answer.
        self._is_wanted = self._answers != self.search.text()

    def _look_up(self, answered: Answered) -> None:
        query = self.search.text()
        if not query.strip():
            self._answers = query
            self.table.show_rows(())
            self._nobody.hide()
            answered()
            return

        def done(found: PatientsFound) -> None:
            answered()
            self._show(query, found)

        def failed(error: Exception) -> None:
            answered()
            self.failed(error)

        self._desk.ask(
            lambda clinic: find_patients(clinic, query, limit=MOST_FOUND),
            owner=self,
            done=done,
            failed=failed,
        )

    def _show(self, query: str, found: PatientsFound) -> None:
        if query != self.search.text():
            return
        self._answers = query
        self.banner.say("")
        self.table.show_rows(found.rows)
        self._nobody.setVisible(not found.rows)
        if self._is_wanted and found.rows:
            self._take_current()
        self._is_wanted = False

    def _take_current(self) -> None:
        if self._answers == self.search.text():
            self._take(self.table.current())

    def _take(self, person: PatientRow | None) -> None:
        if person is not None:
            self.accept()
            self.chosen.emit(person.ref)
