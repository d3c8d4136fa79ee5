"""Facts in two shapes: names beside values, and figures side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.widgets.surfaces import clear_layout
from mnclinic.ui.widgets.text import Text


class KeyValueList(QWidget):
    """Names at the left, values at the right, one fact a line. A missing value says so in words."""

    def __init__(self, facts: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(Space.SMALL)
        self._grid.setColumnStretch(1, 1)
        self._facts: tuple[tuple[str, str], ...] = ()
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Replace every fact."""
        clear_layout(self._grid)
        self._facts = tuple(facts)
        for row, (name, value) in enumerate(self._facts):
            said = Text(name, Type.BODY, tint="muted")
            shown = Text(
                value or self.tr("not recorded"),
                Type.BODY,
                tint="" if value else "faint",
                wrap=True,
                selectable=True,
            )
            self._grid.addWidget(said, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row, 1)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is shown."""
        return self._facts


class FactGrid(QWidget):
    """Figures side by side: a small name over a large value, and a word under it if there is one."""

    def __init__(
        self,
        facts: Sequence[tuple[str, str] | tuple[str, str, str]] = (),
        *,
        columns: int = 4,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.PAGE)
        self._grid.setVerticalSpacing(Space.LARGE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str] | tuple[str, str, str]]) -> None:
        """Replace every fact: (name, value) or (name, value, remark)."""
        clear_layout(self._grid)
        for place, (name, value, *remark) in enumerate(facts):
            cell = QVBoxLayout()
            cell.setSpacing(Space.HAIR)
            cell.addWidget(Text(name, Type.SMALL, tint="muted", wrap=True))
            cell.addWidget(Text(value, Type.TITLE, wrap=True))
            if remark:
                cell.addWidget(Text(remark[0], Type.SMALL, tint="muted", wrap=True))
            cell.addStretch(1)
            row, column = divmod(place, self._columns)
            self._grid.addLayout(cell, row, column)
