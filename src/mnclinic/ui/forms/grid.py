"""A list of rows of the same fields: typed, added, removed, and pasted from a table."""

import itertools
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from mnclinic.ui.elements import LARGE_TEXT, button, column, label
from mnclinic.ui.forms.builder import AnyControl, control_of, said
from mnclinic.ui.forms.controls import KEY, ChoiceControl, LineControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.fields import Field, Kind, Option, State
from mnclinic.ui.forms.parts import Rows
from mnclinic.ui.forms.pasted import cells_of, is_table, rows_of
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Space, Type

RowWords = Callable[[int], str]


def _stretch(field: Field) -> int:
    """How much of a row's spare width a cell takes: choices have the longest words."""
    if field.width_px:
        return 0
    return 2 if field.kind is Kind.CHOICE else 1


def _places(fields: Sequence[Field], columns: int) -> list[tuple[int, int, int]]:
    """Line, column and how many columns each field has, where that many stand beside each other."""
    places, line, place = [], 0, 0
    for field in fields:
        is_alone = field.is_long and columns < len(fields)
        if place and is_alone:
            line, place = line + 1, 0
        places.append((line, place, columns if is_alone else 1))
        place += columns if is_alone else 1
        if place >= columns:
            line, place = line + 1, 0
    return places


class GridRow(QWidget):
    """One row: its controls, a way to take it out, and one line for what stands against it or rules it."""

    def __init__(self, rows: Rows, number: int, *, is_first: bool) -> None:
        """Make it, empty."""
        super().__init__()
        self.number = number
        self.cells: dict[str, AnyControl] = {}
        lines = column(self, gap=Space.HAIR)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.HAIR)
        is_large = theme().text_scale >= LARGE_TEXT
        columns = 2 if is_large else len(rows.fields)
        shows_titles = is_first or is_large
        for field, (line, place, span) in zip(rows.fields, _places(rows.fields, columns), strict=True):
            control = control_of(field)
            control.setObjectName(f"visit.{rows.key(number, field.key)}")
            control.setProperty(KEY, rows.key(number, field.key))
            control.setAccessibleName(f"{control.accessibleName()}, {number + 1}")
            if is_large:
                control.setMinimumWidth(0)
                control.setMaximumWidth(16777215)
            if shows_titles:
                title = label(said(field.words), Type.COLUMN, "muted")
                grid.addWidget(title, line * 2, place, 1, span)
            grid.addWidget(control, line * 2 + 1, place, 1, span)
            if span == 1:
                grid.setColumnStretch(place, 1 if is_large else _stretch(field))
            self.cells[field.key] = control
        self.away = button("", f"visit.{rows.name}.{number}.remove", kind="quiet", shape="x")
        self.away.setAccessibleName(self.tr("Remove line {number}").format(number=number + 1))
        self.away.setToolTip(self.away.accessibleName())
        self.away.setProperty("icon_only", True)
        self.away.setIconSize(QSize(theme().px(16), theme().px(16)))
        grid.addWidget(self.away, 1, columns)
        lines.addLayout(grid)
        self.ruled_by = ""
        """What the row says where nothing stands against it."""
        self.says = label("", Type.SMALL, "muted", wraps=True)
        lines.addWidget(self.says)
        controls = [*self.cells.values(), self.away]
        for one, other in itertools.pairwise(controls):
            QWidget.setTabOrder(one, other)

    def say(self, problem: str, words: str) -> None:
        """Say what stands against the row, or else what rules it."""
        self.ruled_by = words
        self.says.setText(problem or words)
        self.says.setVisible(bool(problem or words))
        tint = "stop" if problem else "muted"
        if self.says.property("tint") != tint:
            self.says.setProperty("tint", tint)
            restyle(self.says)


class Grid(QWidget):
    """The rows of a list, bound to what is being edited."""

    refused = Signal(str)
    """A pasted table does not fit: a sentence that says why. Nothing was pasted."""

    def __init__(self, rows: Rows, editing: Editing, *, most: int, row_words: RowWords) -> None:
        """Show no row. `most` is how many there may be; `row_words` name a row in a sentence."""
        super().__init__()
        self._rows, self._editing, self._most, self._row_words = rows, editing, most, row_words
        self._options: dict[str, tuple[Option, ...]] = {}
        self._lines = column(self, gap=Space.SMALL)
        self.shown: list[GridRow] = []

    def offer(self, choices: Mapping[str, tuple[Option, ...]]) -> None:
        """Offer the clinic's own lists, by the name that a field gives under `choices`."""
        for field in self._rows.fields:
            if field.choices in choices:
                self._options[field.key] = choices[field.choices]
        for line in self.shown:
            self._offer_in(line)

    def _offer_in(self, line: GridRow) -> None:
        for key, options in self._options.items():
            control = line.cells[key]
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
        while len(self.shown) < count:
            self.shown.append(self._made(len(self.shown)))
        for line in self.shown:
            against = findings(line.number)
            for hinted, hint in hints(line.number).items():
                cell = line.cells[hinted]
                if isinstance(cell, LineControl):
                    cell.setPlaceholderText(hint)
            problems: list[str] = []
            for field in self._rows.fields:
                key = self._rows.key(line.number, field.key)
                control = line.cells[field.key]
                control.show_text(self._editing.text(key))
                trouble = self._editing.trouble(key)
                # Nobody is told in the middle of a word that it is none.
                is_typing = (
                    control.hasFocus()
                    and field.kind is not Kind.CHOICE
                    and not field.read(control.text()).is_told_at_once
                )
                is_unread = trouble is not None and bool(trouble.what) and not is_typing
                found = [trouble.what] if trouble and is_unread else against.get(field.key, ())
                mine = [spoken(one) for one in found]
                named = [f"{said(field.words)}: {one}" for one in mine] if is_unread else mine
                problems += named
                if bool(control.property("problem")) != bool(mine):
                    control.setProperty("problem", bool(mine))
                    restyle(control)
                control.setAccessibleDescription(" ".join(mine))
            line.say("\n".join(problems), spoken(rules(line.number)))

    def _made(self, number: int) -> GridRow:
        line = GridRow(self._rows, number, is_first=number == 0)
        self._offer_in(line)
        for field in self._rows.fields:
            control = line.cells[field.key]
            control.installEventFilter(self)
            control.typed.connect(lambda text, at=number, one=field: self._typed(at, one, text))
            control.left.connect(lambda at=number, one=field: self._left(at, one))
        line.away.clicked.connect(lambda _checked=False, at=number: self.remove(at))
        self._lines.addWidget(line)
        return line

    def _words(self, number: int, field: Field) -> str:
        row = self._row_words(number)
        return self.tr("{field} of {row}").format(field=said(field.act), row=row) if row else said(field.act)

    def _typed(self, number: int, field: Field, text: str) -> None:
        key = self._rows.key(number, field.key)
        if field.kind is Kind.CHOICE:
            self._editing.put({key: text}, self._words(number, field), key)
        else:
            self._editing.type_in(key, text, self._words(number, field))
            self._tell_at_once(number, field, text)

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

    def bring(self, rows: Sequence[Mapping[str, str]], words: str) -> None:
        """Put these rows in place of those there are, as one act named by `words`."""
        self._replace(rows, words, 0)

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
        """A table that is pasted into a cell fills cells, from that one on."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            text = QGuiApplication.clipboard().text()
            place = self._place_of(watched)
            if place is not None and (is_table(text) or isinstance(watched, ChoiceControl)):
                self.paste(text, *place)
                return True
        return super().eventFilter(watched, event)

    def _place_of(self, control: QObject) -> tuple[int, int] | None:
        for line in self.shown:
            for at, one in enumerate(line.cells.values()):
                if one is control:
                    return line.number, at
        return None

    def paste(self, text: str, row: int, field: int) -> None:
        """Fill cells from a table, from a cell on, as one act. A table that does not fit is refused whole."""
        cells = cells_of(text)
        fields = self._rows.fields[field:]
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
                rows.append({one.key: one.default for one in self._rows.fields})
            rows[number] |= pasted
        words = self.tr("{count} lines pasted").format(count=len(cells))
        self._replace(rows, words, row)

    def _all_options(self) -> dict[str, tuple[Option, ...]]:
        own = {
            field.key: tuple(Option(one.code, said(one.words)) for one in field.options)
            for field in self._rows.fields
            if field.kind is Kind.CHOICE
        }
        return own | self._options

    def focus(self, number: int, field: str) -> None:
        """Put the keyboard into a cell."""
        if number < len(self.shown):
            self.shown[number].cells[field].setFocus(Qt.FocusReason.OtherFocusReason)
