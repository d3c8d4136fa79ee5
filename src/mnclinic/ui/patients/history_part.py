"""A person's allergies, medicines and conditions on their page: what counts, and what ended."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnclinic.domain.medical_history import KIND_WORDS, SOURCE_WORDS
from mnclinic.services.medical_history import HistoryRow
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import button, clear, column, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.log.ways import way_button
from mnclinic.ui.long_words import breakable
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.words import day_words


class HistoryPart(QWidget):
    """The entries of one person. `add` and `end` are asked for by its buttons."""

    def __init__(self, desk: Desk, add: Callable[[], None], end: Callable[[HistoryRow], None]) -> None:
        """Make it, empty."""
        super().__init__()
        self._desk, self._add, self._end = desk, add, end
        self._lines: QVBoxLayout = column(self, gap=Space.SMALL)

    def show_rows(self, rows: tuple[HistoryRow, ...], *, may_change: bool) -> None:
        """Show the entries, in their order; who may not change them sees no buttons."""
        clear(self._lines)
        self._lines.addWidget(label(self.tr("Health history"), Type.STRONG, wraps=True))
        if not rows:
            self._lines.addWidget(
                label(self.tr("Nothing is written down yet."), Type.BODY, "faint", wraps=True)
            )
        for number, one in enumerate(rows):
            self._lines.addWidget(self._entry(one, number, may_change=may_change and one.ended_on is None))
        if may_change:
            add = button(self.tr("Add to the history"), "chart.history_add", shape="plus", pressed=self._add)
            self._lines.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def _entry(self, one: HistoryRow, number: int, *, may_change: bool) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=Space.HAIR)
        line = row(gap=Space.SMALL)
        words = self.tr("{kind}: {what}").format(
            kind=spoken(KIND_WORDS[one.kind]), what=breakable(spoken(one.words))
        )
        line.addWidget(label(words, Type.BODY, "faint" if one.ended_on else "", wraps=True), 1)
        if may_change:
            end = button(
                self.tr("End …"), f"chart.history_end.{number}", kind="quiet", pressed=lambda: self._end(one)
            )
            end.setAccessibleName(self.tr("End: {what}").format(what=spoken(one.words)))
            line.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(line)
        facts = [spoken(SOURCE_WORDS[one.source])]
        if one.since:
            facts.insert(0, self.tr("since {day}").format(day=one.since))
        if one.ended_on is not None:
            ended = self.tr("ended {day}: {reason}")
            facts.append(ended.format(day=day_words(one.ended_on), reason=breakable(one.ended_reason)))
        if one.note:
            facts.append(breakable(one.note))
        below = row(gap=Space.SMALL)
        below.addWidget(label(" · ".join(facts), Type.SMALL, "muted", wraps=True), 1)
        history = way_button(
            self._desk, f"chart.history_log.{number}", f"medical_history:{one.history_id}", is_quiet=True
        )
        history.setAccessibleName(self.tr("History: {what}").format(what=spoken(one.words)))
        below.addWidget(history, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(below)
        return holder
