"""Which printed values a correction changes: a part is drawn unseen from both documents and compared.

So the old value can be struck through where it stands, beside the new one, whatever words, units and sums
the part makes of a field. What cannot be paired without doubt is left as it was signed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Rows = Sequence[Sequence[str]]
Place = tuple[str, int, int, int]
"""A printed value: its label or its table's titles, which of several so called, row and column."""


class Told:
    """Hears each field and table as it is drawn, and knows of no correction."""

    def field(self, label: str, value: str) -> str | None:
        """What is right where `value` was signed; None where that stands."""
        del label, value
        return None

    def table(self, titles: Sequence[str], rows: Rows) -> Mapping[tuple[int, int], str]:
        """By row and column, what is right where something else was signed."""
        del titles, rows
        return {}


@dataclass
class Heard(Told):
    """Keeps everything that a part prints."""

    tables: defaultdict[str, list[Rows]] = field(default_factory=lambda: defaultdict(list))

    def field(self, label: str, value: str) -> str | None:
        """Keep a field, as a table of one cell."""
        self.tables[label].append(((value,),))
        return None

    def table(self, titles: Sequence[str], rows: Rows) -> Mapping[tuple[int, int], str]:
        """Keep a table."""
        self.tables["\n".join(titles)].append([tuple(row) for row in rows])
        return {}


def changes(before: Heard, after: Heard) -> dict[Place, str]:
    """What is printed otherwise after the corrections, by its place; what has no counterpart is left out."""
    found: dict[Place, str] = {}
    for name, tables in before.tables.items():
        others = after.tables.get(name, [])
        if len(others) != len(tables):
            continue
        for which, (rows, new_rows) in enumerate(zip(tables, others, strict=True)):
            if len(rows) != len(new_rows):
                continue
            for at, (row, new_row) in enumerate(zip(rows, new_rows, strict=True)):
                for column, (old, new) in enumerate(zip(row, new_row, strict=True)):
                    if old != new:
                        found[name, which, at, column] = new
    return found


@dataclass
class Changed(Told):
    """Says of each value, in the order in which the part draws them, what is right instead."""

    changed: Mapping[Place, str]
    _seen: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def field(self, label: str, value: str) -> str | None:
        """As `Told`."""
        del value
        return self.changed.get((label, self._next(label), 0, 0))

    def table(self, titles: Sequence[str], rows: Rows) -> Mapping[tuple[int, int], str]:
        """As `Told`."""
        name = "\n".join(titles)
        which = self._next(name)
        places = ((at, column) for at, row in enumerate(rows) for column in range(len(row)))
        return {
            place: self.changed[name, which, *place]
            for place in places
            if (name, which, *place) in self.changed
        }

    def _next(self, name: str) -> int:
        which = self._seen[name]
        self._seen[name] += 1
        return which
