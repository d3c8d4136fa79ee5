"""What the cards of the page of devices and supplies have in common: a table, its acts, and its history."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from mnclinic.security.roles import Act, Role, may
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, RowTable, flow, row
from mnclinic.ui.tokens import Size, Space

MOST_ROWS = 8
"""A table of a page that is scrolled has no bar of its own until it is longer than this."""


class RegisterCard(Card):
    """A table with what can be done about its current line below it."""

    def __init__(self, title: str, desk: Desk, table: RowTable) -> None:
        """Make the card; `hold_acts` adds what is below the table."""
        super().__init__(title)
        self._desk = desk
        self.table = table
        table.rows.modelReset.connect(self._fit_table)
        self._fit_table()
        self.hold_table(table)
        table.chosen.connect(lambda _row: self.show_ways())

    def hold_acts(self, acts: Sequence[QWidget], *below: QWidget) -> None:
        """Buttons in a flow, and what else stands under the table."""
        for one in below:
            edge = row()
            edge.setContentsMargins(Size.CELL_PADDING, 0, Size.CELL_PADDING, 0)
            edge.addWidget(one, 1)
            self.body.addLayout(edge)
        holder = QWidget()
        ways = flow()
        holder.setLayout(ways)
        for one in acts:
            ways.addWidget(one)
        edge = row()
        edge.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.MEDIUM)
        edge.addWidget(holder, 1)
        self.body.addLayout(edge)

    def _fit_table(self) -> None:
        """As high as its lines: no half of one is seen, and nothing empty below the last."""
        side = self.table.verticalHeader().defaultSectionSize()
        top = self.table.horizontalHeader().height() + 2 * self.table.frameWidth()
        lines = max(1, self.table.rows.rowCount())
        self.table.setMinimumHeight(top + min(lines, MOST_ROWS) * side)
        self.table.setMaximumHeight(top + lines * side)

    def show_ways(self) -> None:
        """Show what this person may do about the current line."""

    def may(self, act: Act) -> bool:
        """Whether this person's role has the right."""
        return may(Role(self._desk.person.role), act)

    def show_way(self, way: QPushButton, *, is_allowed: bool, can: bool) -> None:
        """Show a button to whoever may, shut where it means nothing or the clinic is read-only."""
        way.setVisible(is_allowed)
        way.setEnabled(can and self._desk.clinic.read_only is None)

    def do(self, sheet: AskSheet, job: Callable[[OpenClinic], object], told: str) -> None:
        """Do what a sheet asked for; it closes when that is done, or shows why it was not."""

        def done(_row: object) -> None:
            sheet.accept()
            self._desk.tell(told)

        self._desk.act(job, owner=sheet, done=done, failed=sheet.show_refusal)
