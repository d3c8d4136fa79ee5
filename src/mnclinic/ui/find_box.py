"""One box for everything (Ctrl+K): people, visits, lots, serial numbers and what the program can do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mnclinic.services.find_anything import Found, FoundThing, find_anything
from mnclinic.services.find_patients import PatientRow, enter_search
from mnclinic.services.find_visits import FoundVisit
from mnclinic.ui.commands import Command, commands_for
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Banner, Index, SearchLine, column, label
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.language import spoken
from mnclinic.ui.newest import Answered, Newest
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words, plain

WIDTH = 640
HEIGHT = 460
REST_MS = 2000
LINE = 46
HEADING = 28
ROOM_BESIDE_PX = 80

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class _Entry:
    """A line of the answer. A heading has no `act`."""

    words: str
    more: str = ""
    shape: str = ""
    at_the_end: str = ""
    act: Callable[[], Any] | None = None


class FindBox(QDialog):
    """A line to type in and the answers under it. Up and Down choose, Enter opens, Esc leaves."""

    def __init__(self, parent: QWidget, desk: Desk, commands: Sequence[Command]) -> None:
        """Make the box; nothing is asked before it is shown."""
        super().__init__(parent)
        self.setObjectName("find_box")
        self.setWindowTitle(self.tr("Find anything"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._commands = tuple(commands)
        self._answered: str | None = None
        self._opens_when_answered = False
        room = parent.window().size()
        self.resize(
            min(theme().px(WIDTH), room.width() - ROOM_BESIDE_PX),
            min(theme().px(HEIGHT), room.height() - ROOM_BESIDE_PX),
        )
        lines = column(self, gap=Space.SMALL, margin=Space.MEDIUM)
        self.typed = SearchLine()
        self.typed.setObjectName("find_box.typed")
        self.typed.setAccessibleName(self.tr("Find a person, a visit, a lot, a serial number or a command"))
        self.typed.setPlaceholderText(self.tr("Person, visit, lot, serial number or command"))
        self.typed.setFont(theme().font(Type.HEADING))
        self.typed.installEventFilter(self)
        lines.addWidget(self.typed)
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        self.answers = QListView()
        self.answers.setObjectName("find_box.answers")
        self.answers.setAccessibleName(self.tr("What was found"))
        self.answers.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = QStandardItemModel(self)
        self.answers.setModel(self._model)
        self.answers.setItemDelegate(_EntryDelegate(self.answers))
        self.answers.clicked.connect(self._open)
        lines.addWidget(self.answers, 1)
        self._nothing = label(
            self.tr("Nothing is called so. Try fewer letters, or the record number."),
            Type.BODY,
            "muted",
            wraps=True,
        )
        # In the room of the answers, at their beginning: what is below stays where it was.
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.hide()
        lines.addWidget(self._nothing, 1)
        self._keys = label(self.tr("Up and Down choose · Enter opens · Esc closes"), Type.SMALL, "muted")
        lines.addWidget(self._keys)
        self._newest = Newest(self._ask, self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._enter_search)
        self.finished.connect(self._rest.stop)
        self.typed.textChanged.connect(self._typed)
        self.typed.returnPressed.connect(self._open_current)
        self._newest.want()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and the page keys move in the answers while the typing goes on."""
        moves = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in moves:
            self.answers.event(event)
            return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._opens_when_answered = False
        self._newest.want()
        self._rest.start()

    def _ask(self, answered: Answered) -> None:
        typed = self.typed.text()

        def done(found: Found) -> None:
            answered()
            self._show(typed, found)

        def failed(error: Exception) -> None:
            answered()
            self._banner.say(sentence_of(error))

        self._desk.ask(lambda clinic: find_anything(clinic, typed), owner=self, done=done, failed=failed)

    def _show(self, typed: str, found: Found) -> None:
        if typed != self.typed.text():
            return
        people = self.tr("People") if typed.strip() else self.tr("Opened last")
        groups = [
            (people, [self._person(one) for one in found.people]),
            (self.tr("Visits"), [self._visit(one) for one in found.visits]),
            (self.tr("Devices and supplies"), [self._thing(one) for one in found.things]),
        ]
        commands = (self.tr("Commands"), self._commands_for(typed))
        # "dark" is a command; nobody should have Mark's record opened because he is one letter from it.
        is_command_surer = all(one.is_near for one in found.people) and not (found.visits or found.things)
        groups.insert(0 if typed.strip() and is_command_surer else len(groups), commands)
        self._model.clear()
        for heading, entries in groups:
            if entries:
                self._add(_Entry(heading))
            for entry in entries:
                self._add(entry)
        is_empty = not self._model.rowCount()
        self._nothing.setVisible(is_empty)
        self.answers.setVisible(not is_empty)
        if not is_empty:
            self.answers.setCurrentIndex(self._model.index(1, 0))
        self._answered = typed
        if self._opens_when_answered:
            self._opens_when_answered = False
            self._open(self.answers.currentIndex())

    def _add(self, entry: _Entry) -> None:
        item = QStandardItem(entry.words)
        item.setData(entry, ENTRY_ROLE)
        item.setData(
            ", ".join(one for one in (entry.words, entry.more) if one), Qt.ItemDataRole.AccessibleTextRole
        )
        if entry.act is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._model.appendRow(item)

    def _person(self, person: PatientRow) -> _Entry:
        known = [person.record_number, day_words(person.born_on), person.phone]
        return _Entry(
            person.name,
            " · ".join(one for one in known if one),
            "user-round",
            self.tr("similar name") if person.is_near else "",
            lambda: self._open_person(person.ref),
        )

    def _open_person(self, ref: str) -> None:
        self._enter_search()
        self._desk.wanted.emit("patients", ref)

    def _enter_search(self) -> None:
        """Have the log say what was looked for: once typing rests, or somebody is opened."""
        typed = self.typed.text()
        self._desk.ask(
            lambda clinic: enter_search(clinic, typed),
            owner=self,
            done=lambda _entered: None,
            failed=lambda error: self._banner.say(sentence_of(error)),
        )

    def _visit(self, visit: FoundVisit) -> _Entry:
        return _Entry(
            f"{visit.number} · {visit.patient}",
            f"{day_words(visit.visit_on)} · {plain(visit.state)}",
            "clipboard-list",
            "",
            lambda: self._open_visit(visit.visit_id),
        )

    def _open_visit(self, visit_id: str) -> None:
        self._enter_search()
        self._desk.wanted.emit("visit", visit_id)

    def _thing(self, thing: FoundThing) -> _Entry:
        return _Entry(
            spoken(thing.what),
            thing.name,
            "package",
            plain(thing.state),
            lambda: self._desk.wanted.emit("devices", thing.key),
        )

    def _commands_for(self, typed: str) -> list[_Entry]:
        return [
            _Entry(one.words, "", one.shape, one.keys, one.act) for one in commands_for(self._commands, typed)
        ]

    def _open_current(self) -> None:
        # What stands there may answer what was typed before; Enter waits for the answer to this.
        if self._answered == self.typed.text():
            self._open(self.answers.currentIndex())
            return
        self._opens_when_answered = True

    def _open(self, index: Index) -> None:
        entry = index.data(ENTRY_ROLE) if index.isValid() else None
        if entry is None or entry.act is None:
            return
        self.accept()
        entry.act()


class _EntryDelegate(QStyledItemDelegate):
    """Paints a heading, or an icon with one or two lines of words and a word at the end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: _Entry = index.data(ENTRY_ROLE)
        return QSize(option.rect.width(), theme().px(HEADING if entry.act is None else LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: _Entry = index.data(ENTRY_ROLE)
        c, rect = colours(), QRect(option.rect)
        if entry.act is None:
            painter.setFont(theme().font(Type.SMALL))
            painter.setPen(QColor(c.text_muted))
            inner = rect.adjusted(Space.SMALL, 0, 0, -2)
            painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, entry.words)
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(c.selection))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(c.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(c.surface_hover))
        side = theme().px(18)
        shape = QRect(rect.x() + Space.MEDIUM, rect.y() + (rect.height() - side) // 2, side, side)
        paint_icon(painter, shape, entry.shape, c.text_muted)
        inner = rect.adjusted(Space.MEDIUM * 2 + side, 2, -Space.MEDIUM, -2)
        painter.setFont(theme().font(Type.SMALL))
        painter.setPen(QColor(c.text_muted))
        end = painter.fontMetrics().horizontalAdvance(entry.at_the_end)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.at_the_end)
        inner.adjust(0, 0, -(end + Space.SMALL), 0)
        half = inner.height() // 2
        if entry.more:
            more = painter.fontMetrics().elidedText(entry.more, Qt.TextElideMode.ElideRight, inner.width())
            lower = QRect(inner.x(), inner.y() + half, inner.width(), half)
            painter.drawText(lower, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, more)
            inner.setHeight(half)
        painter.setFont(theme().font(Type.LABEL))
        painter.setPen(QColor(c.text))
        words = painter.fontMetrics().elidedText(entry.words, Qt.TextElideMode.ElideRight, inner.width())
        upright = Qt.AlignmentFlag.AlignBottom if entry.more else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, upright | Qt.AlignmentFlag.AlignLeft, words)
