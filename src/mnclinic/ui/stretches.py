"""A table over more rows than anybody would hold: only the stretches that are looked at are fetched.

The scroll bar is true, because the model knows how many rows there are. A row that is not there yet is
shown as an ellipsis, asked for, and painted when it comes.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from mnclinic.ui.elements import Column, RowModel

STRETCH = 128
MOST_KEPT = 16
PAUSE_MS = 15
"""A wheel or a dragged bar runs past rows; only where it rests for this long is anything fetched."""


class StretchModel(RowModel):
    """Rows by number, some of them here.

    `fetch` is called with the number of the first row of a stretch that is wanted; whoever has it gives it
    back with `give`, and drops what it has for a list that is not shown any more.
    """

    came = Signal(int, int)
    """Rows came: the first and the last one's number."""

    def __init__(self, columns: Sequence[Column], fetch: Callable[[int], None]) -> None:
        """Make an empty model."""
        super().__init__(columns)
        self._fetch = fetch
        self._total = 0
        self._kept: OrderedDict[int, tuple[Any, ...]] = OrderedDict()
        self._wanted: list[int] = []
        self._asked: set[int] = set()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show rows that are all here."""
        self.show_beginning(rows, len(rows))

    def show_beginning(self, rows: Sequence[Any], total: int) -> None:
        """Show `total` rows, of which the first ones are here. What was asked for before is dropped."""
        self.beginResetModel()
        self._total = total
        self._kept.clear()
        self._asked.clear()
        self._wanted.clear()
        for start in range(0, len(rows), STRETCH):
            part = tuple(rows[start : start + STRETCH])
            if len(part) == STRETCH or start + len(part) >= total:
                self._kept[start] = part
        self.endResetModel()

    def give(self, start: int, rows: Sequence[Any]) -> None:
        """A stretch that was asked for; it is dropped if nobody waits for it any more."""
        if start not in self._asked:
            return
        self._asked.discard(start)
        self._kept[start] = tuple(rows)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        if rows:
            last = min(start + len(rows), self._total) - 1
            self.dataChanged.emit(self.index(start, 0), self.index(last, self.columnCount() - 1))
            self.came.emit(start, last)

    def failed(self, start: int) -> None:
        """A stretch could not be had: it is asked for again when it is looked at again."""
        self._asked.discard(start)

    def row_at(self, number: int) -> Any:
        """The frozen row of a line, or None while it is being fetched."""
        start = number - number % STRETCH
        rows = self._kept.get(start)
        if rows is None:
            self._want(start)
            return None
        self._kept.move_to_end(start)
        at = number - start
        return rows[at] if at < len(rows) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows there are, here or not."""
        return 0 if parent.isValid() else self._total

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """As of any row; an ellipsis where it is still being fetched."""
        if index.isValid() and self.row_at(index.row()) is None:
            is_words = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return "…" if is_words and index.column() == 0 else None
        return super().data(index, role)

    def _want(self, start: int) -> None:
        if start in self._asked:
            return
        if start in self._wanted:
            # It is looked at again, and no other beside it: the pause goes on, or it would never end.
            self._wanted.remove(start)
            self._wanted.append(start)
            return
        self._wanted.append(start)
        # Two stretches at most are in sight at once.
        del self._wanted[:-2]
        self._pause.start()

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, []
        for start in wanted:
            self._asked.add(start)
            self._fetch(start)
