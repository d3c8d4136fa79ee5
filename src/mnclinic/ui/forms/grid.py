"""A list of rows of the same fields: typed, added, removed, carried over, and pasted from a table.

Enter goes down as in a table of figures: to the row below, in the column where the last run of Tabs began,
and from the last row to a new one.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QWidget

from mnclinic.ui.elements import column
from mnclinic.ui.elements.layout import bring_into_view_soon
from mnclinic.ui.forms.builder import AnyControl, said
from mnclinic.ui.forms.controls import ChoiceControl, LineControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.fields import Field, Kind, Option, State
from mnclinic.ui.forms.grid_row import GridRow
from mnclinic.ui.forms.parts import Rows
from mnclinic.ui.forms.pasted import cells_of, is_table, rows_of
from mnclinic.ui.keys import KeyLine, keyed, native_keys
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import restyle
from mnclinic.ui.tokens import Space

RowWords = Callable[[int], str]
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
TABBED = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Grid(QWidget):
    """The rows of a list, bound to what is being edited."""

    refused = Signal(str)
    """A pasted table does not fit: a sentence that says why. Nothing was pasted."""

    moved = Signal(int, str)
    """The keyboard came into a cell of this row and this field."""

    stepped = Signal(int, str, int)
    """Up (1) or Down (-1) was pressed in a number: its row and its field."""

    def __init__(self, rows: Rows, editing: Editing, *, most: int, row_words: RowWords) -> None:
        """Show no row. `most` is how many there may be; `row_words` name a row in a sentence."""
        super().__init__()
        self._run = rows.fields[0].key
        """The column where the keyboard began to go on by Tab."""
        self.current = 0
        """The row that the keyboard was in last."""
        keyed(self, self.tr("Remove this line"), "Ctrl+Shift+Delete", self.remove_current, is_inside=True)
        self._rows, self._editing, self._most, self._row_words = rows, editing, most, row_words
        self._options: dict[str, tuple[Option, ...]] = {}
        self._lines = column(self, gap=Space.SMALL)
        self.shown: list[GridRow] = []

    def offer(self, choices: Mapping[str, tuple[Option, ...]]) -> None:
        """Offer the clinic's own lists, by the name that a field gives under `choices`."""
        for field in self._rows.every_field:
            if field.choices in choices:
                self._options[field.key] = choices[field.choices]
        for line in self.shown:
            self._offer_in(line)

    def _offer_in(self, line: GridRow) -> None:
        for key, options in self._options.items():
            control = line.cells.get(key)
            if isinstance(control, ChoiceControl):
                control.offer(options)

    def show_state(
        self,
        findings: Callable[[int], Mapping[str, Sequence[str]]],
        rules: RowWords,
        hints: Callable[[int], Mapping[str, str]],
    ) -> None:
        """Show the rows; beside each what stands against its cells, or else the words that rule it.

        `findings` are sentences by field for a row, `hints` what an empty cell says.
        """
        count = self._rows.count(self._editing.state)
        while len(self.shown) > count:
            gone = self.shown.pop()
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
            if gone.details is not None:
                gone.details.hide()
                gone.details.deleteLater()
        while len(self.shown) < count:
            self.shown.append(self._made(len(self.shown)))
        rows = self._rows.rows(self._editing.state)
        for line in self.shown:
            against = findings(line.number)
            for hinted, hint in hints(line.number).items():
                cell = line.cells.get(hinted)
                if isinstance(cell, LineControl):
                    cell.setPlaceholderText(hint)
            problems: list[str] = []
            for field in self._rows.every_field:
                problems += self._show_cell(line, field, against.get(field.key, ()))
            line.say("\n".join(problems), spoken(rules(line.number)))
            line.show_carried(self._rows.carried_cells(rows[line.number]))

    def _show_cell(self, line: GridRow, field: Field, found: Sequence[str]) -> list[str]:
        """Show a cell, and return what stands against it."""
        key = self._rows.key(line.number, field.key)
        control = line.cells.get(field.key)
        trouble = self._editing.trouble(key)
        is_typing = False
        if control is not None:
            control.show_text(self._editing.text(key))
            # Nobody is told in the middle of a word that it is none.
            is_typing = (
                control.hasFocus()
                and field.kind is not Kind.CHOICE
                and not field.read(control.text()).is_told_at_once
            )
        is_unread = trouble is not None and bool(trouble.what) and not is_typing
        mine = [spoken(one) for one in ([trouble.what] if trouble and is_unread else found)]
        if control is not None:
            if bool(control.property("problem")) != bool(mine):
                control.setProperty("problem", bool(mine))
                restyle(control)
            control.setAccessibleDescription(" ".join(mine))
        return [f"{said(field.words)}: {one}" for one in mine] if is_unread else mine

    def _made(self, number: int) -> GridRow:
        line = GridRow(self._rows, number, is_first=number == 0)
        self._offer_in(line)
        for field in self._rows.fields:
            self._bind(line, field)
        line.confirm.clicked.connect(lambda _checked=False, at=number: self.confirm([at]))
        line.away.clicked.connect(lambda _checked=False, at=number: self.remove(at))
        self._lines.addWidget(line)
        # The toolkit would show it with the next event, and the key after this one would pass it by.
        line.show()
        # A widget that comes into the window later is put anywhere in the order of the keyboard.
        before = [self.shown[-1].away] if self.shown else []
        for one, other in itertools.pairwise([*before, *line.cells.values(), line.confirm, line.away]):
            QWidget.setTabOrder(one, other)
        return line

    def _bind(self, line: GridRow, field: Field) -> None:
        control, number = line.cells[field.key], line.number
        control.installEventFilter(self)
        control.typed.connect(lambda text, one=field: self._typed(number, one, text))
        control.left.connect(lambda one=field: self._left(number, one))

    def details_of(self, number: int) -> QWidget:
        """The controls of what goes with a row and is no column."""
        line = self.shown[number]
        if line.details is None:
            line.make_details()
            for field in self._rows.besides:
                self._bind(line, field)
                self._show_cell(line, field, ())
            self._offer_in(line)
            line.show_carried(self._rows.carried_cells(self._rows.rows(self._editing.state)[number]))
        assert line.details is not None  # noqa: S101 - made above
        return line.details

    def _words(self, number: int, field: Field) -> str:
        row = self._row_words(number)
        return self.tr("{field} of {row}").format(field=said(field.act), row=row) if row else said(field.act)

    def _typed(self, number: int, field: Field, text: str) -> None:
        key, words = self._rows.key(number, field.key), self._words(number, field)
        touched = self._touched(number, field)
        if field.kind is Kind.CHOICE:
            self._editing.choose_in(key, text, words, touched)
        else:
            self._editing.type_in(key, text, words, touched)
            self._tell_at_once(number, field, text)
            if touched:
                rows = self._rows.rows(self._editing.state)
                self.shown[number].show_carried(self._rows.carried_cells(rows[number]))

    def put_into(self, number: int, field: Field, text: str) -> None:
        """Put a value into a cell as its person does who is in it."""
        self.shown[number].cells[field.key].show_text(text)
        self._typed(number, field, text)

    def _touched(self, number: int, field: Field) -> State:
        """What becomes of a row's mark when somebody puts something into one of its cells themselves."""
        cells = self._rows.carried_cells(self._rows.rows(self._editing.state)[number])
        if field.key not in cells:
            return {}
        rest = ",".join(one for one in cells if one != field.key)
        return {self._rows.key(number, self._rows.carried): rest}

    def carried_rows(self) -> list[int]:
        """The rows with cells that were carried over and that nobody confirmed."""
        rows = self._rows.rows(self._editing.state)
        return [number for number, one in enumerate(rows) if self._rows.carried_cells(one)]

    def confirm(self, numbers: Sequence[int]) -> None:
        """Take what was carried into these rows as done today, as one act."""
        if not numbers:
            return
        words = (
            self.tr("{count} areas confirmed").format(count=len(numbers))
            if len(numbers) > 1
            else self.tr("{row} confirmed").format(row=self._row_words(numbers[0]) or self.tr("a line"))
        )
        for number in numbers:
            line = self.shown[number]
            if line.confirm.hasFocus():
                # It goes away; the next stop would be the one that takes the row out.
                line.cells[self._rows.fields[-1].key].setFocus()
        at = self._rows.key(numbers[0], self._rows.fields[0].key)
        marks = {self._rows.key(number, self._rows.carried): "" for number in numbers}
        self._editing.put(marks, words, at)

    def _tell_at_once(self, number: int, field: Field, text: str) -> None:
        """Say while it is typed that a text is longer than the record holds, and that it no longer is."""
        line = self.shown[number]
        problem = field.read(text).problem if field.read(text).is_told_at_once else ""
        control = line.cells[field.key]
        if problem:
            line.say(f"{said(field.words)}: {spoken(problem)}", line.ruled_by)
        elif control.property("problem"):
            line.say("", line.ruled_by)
        if bool(control.property("problem")) != bool(problem):
            control.setProperty("problem", bool(problem))
            restyle(control)

    def _left(self, number: int, field: Field) -> None:
        if number >= len(self.shown):
            return
        control = self.shown[number].cells[field.key]
        typed = control.text()
        reading = field.read(typed)
        text = reading.value if reading.is_read else typed
        control.show_text(text)
        self._editing.leave(self._rows.key(number, field.key), text)

    def add(self) -> None:
        """Add an empty row, and put the keyboard into it."""
        rows = self._rows.rows(self._editing.state)
        if len(rows) >= self._most:
            self.refused.emit(
                self.tr("There are {most} lines, which is all that fit.").format(most=self._most)
            )
            return
        fresh = {field.key: field.default for field in self._rows.fields if field.default}
        self._replace([*rows, fresh], self.tr("a line added"), len(rows))
        self.shown[-1].cells[self._rows.fields[0].key].setFocus()

    def add_with(self, texts: Mapping[str, str], words: str, field: str) -> None:
        """Add a row that begins with these texts, in place of one in which nothing stands yet."""
        rows = self._rows.rows(self._editing.state)
        kept = [one for one in rows if not self._rows.is_empty(one)]
        if len(kept) >= self._most:
            self.add()
            return
        self._replace([*kept, texts], words, len(kept))
        self.focus(len(kept), field)

    def bring(self, rows: Sequence[Mapping[str, str]], words: str) -> None:
        """Put these rows in place of those there are, as one act named by `words`."""
        self._replace(rows, words, 0)

    def remove_current(self) -> None:
        """Take the row out that the keyboard is in, and put the keyboard into the one in its place."""
        count = len(self.shown)
        if self.current >= count:
            return
        number, field = self.current, self._run
        self.remove(number)
        if count > 1:
            self.focus(min(number, count - 2), field)

    def remove(self, number: int) -> None:
        """Take a row out."""
        rows = self._rows.rows(self._editing.state)
        words = self._row_words(number) or self.tr("a line")
        del rows[number]
        self._replace(rows, self.tr("{row} removed").format(row=words), max(0, number - 1))

    def _replace(self, rows: Sequence[Mapping[str, str]], words: str, at: int) -> None:
        fresh = self._rows.of_rows(rows)
        old = [key for key in self._editing.state if key.startswith(f"{self._rows.name}.")]
        changes: State = dict.fromkeys([*old, self._rows.name], "") | fresh
        self._editing.put(changes, words, self._rows.key(at, self._rows.fields[0].key))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A table that is pasted into a cell fills cells, from that one on; Enter goes down."""
        kind = event.type()
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self._came_to(watched, event.reason())
        elif kind == QEvent.Type.FocusOut and isinstance(watched, QComboBox):
            self._editing.close_act()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            is_up = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            is_other = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if not is_other and (place := self._cell_of(watched)) is not None:
                self._drop(place[0], by=-1 if is_up else 1)
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in STEPS:
            place = self._cell_of(watched)
            kinds = {one.key: one.kind for one in self._rows.every_field}
            if place is not None and kinds[place[1]] is Kind.NUMBER:
                self.stepped.emit(*place, STEPS[Qt.Key(event.key())])
                return True
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            text = QGuiApplication.clipboard().text()
            at = self._place_of(watched)
            if at is not None and (is_table(text) or isinstance(watched, ChoiceControl)):
                self.paste(text, *at)
                return True
        return super().eventFilter(watched, event)

    def _cell_of(self, control: QObject) -> tuple[int, str] | None:
        for line in self.shown:
            for name, one in line.cells.items():
                if one is control:
                    return line.number, name
        return None

    def _came_to(self, control: QObject, reason: Qt.FocusReason) -> None:
        place = self._cell_of(control)
        if place is None or reason is Qt.FocusReason.PopupFocusReason:
            return
        if reason not in TABBED or place[0] != self.current:
            self._run = place[1]
        self.current = place[0]
        self.moved.emit(*place)

    def _drop(self, number: int, *, by: int) -> None:
        """Up or down, in the column where the run of Tabs began; below the last row to a new one."""
        at = number + by
        if at < 0:
            return
        if at < len(self.shown):
            self.focus(at, self._run)
        elif not self._rows.is_empty(self._rows.rows(self._editing.state)[number]):
            self.add()

    def told_keys(self) -> Sequence[KeyLine]:
        """What keys do in a cell."""
        if not self.shown:
            return ()
        return (
            KeyLine(native_keys("Return"), self.tr("To the line below, or to a new one")),
            KeyLine(native_keys("Shift+Return"), self.tr("To the line above")),
        )

    def keys_title(self) -> str:
        """The name of these keys on the sheet of keys."""
        return self.tr("In the lines")

    def _place_of(self, control: QObject) -> tuple[int, int] | None:
        for line in self.shown:
            for at, field in enumerate(self._rows.every_field):
                if line.cells.get(field.key) is control:
                    return line.number, at
        return None

    def paste(self, text: str, row: int, field: int) -> None:
        """Fill cells from a table, from a cell on, as one act. A table that does not fit is refused whole."""
        cells = cells_of(text)
        fields = self._rows.every_field[field:]
        titles = [said(one.words).casefold() for one in fields]
        if cells and [one.casefold() for one in cells[0]] == titles[: len(cells[0])]:
            cells = cells[1:]
        if not cells:
            return
        widest = max(map(len, cells))
        if widest > len(fields) or row + len(cells) > self._most:
            self.refused.emit(
                self.tr(
                    "The table has {rows} lines of {columns} cells, and from here {most} lines of {room} "
                    "cells fit. Nothing was pasted, and what you copied is still copied."
                ).format(rows=len(cells), columns=widest, most=self._most - row, room=len(fields))
            )
            return
        rows = self._rows.rows(self._editing.state)
        for number, pasted in enumerate(rows_of(cells, fields, self._all_options()), start=row):
            if number == len(rows):
                rows.append({one.key: one.default for one in self._rows.every_field})
            rows[number] |= pasted
        words = self.tr("{count} lines pasted").format(count=len(cells))
        self._replace(rows, words, row)

    def _all_options(self) -> dict[str, tuple[Option, ...]]:
        own = {
            field.key: tuple(Option(one.code, said(one.words)) for one in field.options)
            for field in self._rows.every_field
            if field.kind is Kind.CHOICE
        }
        return own | self._options

    def reach(self, number: int, field: str) -> AnyControl | None:
        """The control of a cell, brought into sight; None where there is no such row."""
        if not 0 <= number < len(self.shown):
            return None
        if field in {one.key for one in self._rows.besides}:
            self.details_of(number)
            self.current = number
            self.moved.emit(number, field)
        return self.shown[number].cells.get(field)

    def focus(self, number: int, field: str) -> None:
        """Put the keyboard into a cell, with what stands there selected."""
        cell = self.reach(number, field)
        if cell is not None:
            cell.setFocus(Qt.FocusReason.OtherFocusReason)
            # Once rows that have just been made are laid out.
            bring_into_view_soon(cell)
            if isinstance(cell, LineControl):
                cell.selectAll()
