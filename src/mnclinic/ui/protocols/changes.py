"""What changed between two versions, in words and colour: a chip says stricter or looser."""

import re
from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mnclinic.domain.rule_changes import Change
from mnclinic.ui.elements import LARGE_TEXT, Card, Chip, ChipLook, clear, column, label
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type

LOOKS = {
    "stricter": ChipLook("stricter", "shield-check", Tone.COMPLETE),
    "looser": ChipLook("looser", "triangle-alert", Tone.STOP),
    "": ChipLook("changed", "circle-dot", Tone.INFO),
}


_FIGURE = re.compile(r"(-?\d+(?:\.\d+)?) ([a-z]+)")
"""A figure with its unit, as a change says it."""


def said_value(value: str) -> str:
    """What a version holds, in the language that is spoken."""
    figure = _FIGURE.fullmatch(value)
    return f"{figure[1]} {spoken(figure[2])}" if figure is not None else spoken(value)


class ChangesView(QWidget):
    """Every change in the order of the document, in cards by what it belongs to."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._lines = column(self, gap=Space.LARGE)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Show these."""
        clear(self._lines)
        if not changes:
            self._lines.addWidget(label(self.tr("Nothing differs."), Type.BODY, "muted", wraps=True))
            self._lines.addStretch(1)
            return
        counts = {way: sum(one.direction == way for one in changes) for way in LOOKS}
        said = self.tr("{stricter} stricter, {looser} looser, {other} changed otherwise").format(
            stricter=counts["stricter"], looser=counts["looser"], other=counts[""]
        )
        self._lines.addWidget(label(said, Type.STRONG, wraps=True))
        for group, of_group in groupby(changes, key=lambda one: one.group):
            card = Card(spoken(group))
            card.add(_rows(tuple(of_group)))
            self._lines.addWidget(card)
        self._lines.addStretch(1)


def _rows(changes: Sequence[Change]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.LARGE)
    grid.setVerticalSpacing(Space.MEDIUM)
    is_large = theme().text_scale >= LARGE_TEXT
    grid.setColumnStretch(0, 1)
    for number, change in enumerate(changes):
        words = column(gap=Space.HAIR)
        words.addWidget(label(spoken(change.words), Type.LABEL, wraps=True))
        # A sign before a figure would be read as part of it.
        if change.old:
            words.addWidget(
                label(f"{spoken('Before:')} {said_value(change.old)}", Type.BODY, "muted", wraps=True)
            )
        if change.new:
            words.addWidget(label(f"{spoken('Now:')} {said_value(change.new)}", Type.BODY, wraps=True))
        grid.addLayout(words, 2 * number, 0)
        chip = Chip(LOOKS[change.direction])
        if is_large:
            grid.addWidget(chip, 2 * number + 1, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            grid.addWidget(chip, 2 * number, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
    return holder
