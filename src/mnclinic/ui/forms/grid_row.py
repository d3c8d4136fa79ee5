"""One row of a list: its controls, what goes with it, and what stands against it or rules it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from mnclinic.ui.elements import LARGE_TEXT, button, column, label, row
from mnclinic.ui.forms.builder import AnyControl, control_of, said
from mnclinic.ui.forms.controls import KEY
from mnclinic.ui.forms.fields import Field, Kind
from mnclinic.ui.forms.parts import Rows
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Space, Type

DETAIL_COLUMNS = 3


def _stretch(field: Field) -> int:
    """How much of a row's spare width a cell takes: the longest words have the most room."""
    if field.width_px:
        return 0
    if field.kind is not Kind.CHOICE:
        return 1
    return max((len(said(one.words)) for one in field.options), default=14)


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
        self._rows = rows
        lines = column(self, gap=Space.HAIR)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.HAIR)
        is_large = theme().text_scale >= LARGE_TEXT
        columns = 2 if is_large else len(rows.fields)
        shows_titles = is_first or is_large
        for field, (line, place, span) in zip(rows.fields, _places(rows.fields, columns), strict=True):
            control = self._control(field)
            if is_large:
                control.setMinimumWidth(0)
                control.setMaximumWidth(16777215)
            if shows_titles:
                title = label(said(field.words), Type.COLUMN, "muted")
                grid.addWidget(title, line * 2, place, 1, span)
            grid.addWidget(control, line * 2 + 1, place, 1, span)
            if span == 1:
                grid.setColumnStretch(place, 1 if is_large else _stretch(field))
        self.away = button("", f"visit.{rows.name}.{number}.remove", kind="quiet", shape="x")
        self.away.setAccessibleName(self.tr("Remove line {number}").format(number=number + 1))
        self.away.setToolTip(self.away.accessibleName())
        self.away.setProperty("icon_only", True)
        self.away.setIconSize(QSize(theme().px(16), theme().px(16)))
        grid.addWidget(self.away, 1, columns)
        lines.addLayout(grid)
        self.ruled_by = ""
        """What the row says where nothing stands against it."""
        below = row()
        self.confirm = button(
            self.tr("Carried from last time: confirm"),
            f"visit.{rows.name}.{number}.confirm",
            kind="carried_one",
            shape="history",
        )
        self.confirm.setAccessibleName(self.tr("Confirm line {number}").format(number=number + 1))
        self.confirm.setToolTip(
            self.tr("This was carried from last time. Press it if it was done like this today.")
        )
        self.confirm.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.confirm.hide()
        self.says = label("", Type.SMALL, "muted", wraps=True)
        below.addWidget(self.confirm)
        below.addWidget(self.says, 1)
        below.addStretch(0)
        lines.addLayout(below)
        self.details: QWidget | None = None
        """The controls of what goes with the row and is no column, once they were wanted."""

    def stops(self) -> Sequence[QWidget]:
        """Where Tab stops: what was carried is confirmed before the row could be taken out."""
        return [*(self.cells[field.key] for field in self._rows.fields), self.confirm, self.away]

    def _control(self, field: Field) -> AnyControl:
        control = control_of(field)
        control.setObjectName(f"visit.{self._rows.key(self.number, field.key)}")
        control.setProperty(KEY, self._rows.key(self.number, field.key))
        control.setAccessibleName(f"{control.accessibleName()}, {self.number + 1}")
        # In a row of many cells the words of a choice need what is elsewhere its margin.
        control.setProperty("compact", field.kind is Kind.CHOICE)
        self.cells[field.key] = control
        return control

    def make_details(self) -> QWidget:
        """The controls of what goes with the row and is no column, each with its words above."""
        self.details = QWidget()
        grid = QGridLayout(self.details)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.HAIR)
        is_large = theme().text_scale >= LARGE_TEXT
        columns = 2 if is_large else DETAIL_COLUMNS
        for place, field in enumerate(self._rows.besides):
            control = self._control(field)
            control.setMinimumWidth(0)
            control.setMaximumWidth(16777215)
            unit = f" ({said(field.unit)})" if field.unit else ""
            title = label(f"{said(field.words)}{unit}", Type.COLUMN, "muted")
            grid.addWidget(title, place // columns * 2, place % columns)
            grid.addWidget(control, place // columns * 2 + 1, place % columns)
        for at in range(columns):
            grid.setColumnStretch(at, 1)
        return self.details

    def say(self, problem: str, words: str) -> None:
        """Say what stands against the row, or else what rules it."""
        self.ruled_by = words
        self.says.setText(problem or words)
        self.says.setVisible(bool(problem or words))
        tint = "stop" if problem else "muted"
        if self.says.property("tint") != tint:
            self.says.setProperty("tint", tint)
            restyle(self.says)

    def show_carried(self, cells: Sequence[str]) -> None:
        """Mark these cells as carried over and not confirmed."""
        self.confirm.setVisible(bool(cells))
        for name, control in self.cells.items():
            if bool(control.property("carried")) != (name in cells):
                control.setProperty("carried", name in cells)
                restyle(control)
