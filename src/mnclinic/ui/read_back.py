"""Typing a recovery code back: a box for each group, checked one by one as it is filled."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from mnclinic.errors import InvalidInput
from mnclinic.ui.elements import LARGE_TEXT, column, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.left_fields import empty
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Size, Space, Type

COLUMNS = 4
COLUMNS_OF_LARGE_TEXT = 2
GROUP_CHARACTERS = 5
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_.,/]+")
_EMPTY = "?" * GROUP_CHARACTERS
"""Stands for a group that is not typed yet: no code has these characters, so it never reads as right."""


class ReadBack(QWidget):
    """The groups of a recovery code, typed, pasted into any box, or scanned into the first."""

    changed = Signal()
    """A group was typed; ask `is_complete`."""

    submitted = Signal()
    """Enter was pressed in the last group."""

    def __init__(self, name: str, groups: int, read: Callable[[str], object]) -> None:
        """Make the boxes.

        Args:
            name: Begins the object names.
            groups: How many groups the code has.
            read: Reads a whole code; raises InvalidInput that names each mistyped group ("group 3").
        """
        super().__init__()
        self._read = read
        lines = column(self, gap=Space.SMALL)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.SMALL)
        columns = COLUMNS if theme().text_scale < LARGE_TEXT else COLUMNS_OF_LARGE_TEXT
        self.boxes: list[QLineEdit] = []
        for place in range(groups):
            grid.addLayout(self._box(name, place), place // columns, place % columns)
        grid.setColumnStretch(columns, 1)
        lines.addLayout(grid)
        self._told = label(self.tr("Nothing typed yet."), Type.SMALL, "muted", wraps=True)
        self._told.setObjectName(f"{name}.told")
        lines.addWidget(self._told)
        self.setFocusProxy(self.boxes[0])

    def _box(self, name: str, place: int) -> QHBoxLayout:
        line = row(gap=Space.TIGHT)
        number = label(str(place + 1), Type.SMALL, "muted")
        number.setFixedWidth(theme().px(20))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box = QLineEdit()
        box.setObjectName(f"{name}.{place + 1}")
        box.setAccessibleName(self.tr("Group {number}").format(number=place + 1))
        font = theme().font(Type.STRONG)
        font.setFamilies(["JetBrains Mono", "DejaVu Sans Mono", "Consolas", "Menlo", "monospace"])
        box.setFont(font)
        box.setFixedWidth(theme().px(88))
        box.setMinimumHeight(theme().px(Size.CONTROL))
        box.textEdited.connect(partial(self._edited, place))
        box.returnPressed.connect(partial(self._entered, place))
        box.installEventFilter(self)
        number.setBuddy(box)
        self.boxes.append(box)
        line.addWidget(number)
        line.addWidget(box)
        return line

    def code(self) -> str:
        """The groups as they stand, joined by dashes."""
        return "-".join(box.text().strip() for box in self.boxes)

    def is_complete(self) -> bool:
        """Whether every group is there and the whole reads as a code."""
        return all(box.text() for box in self.boxes) and not self._wrong()

    def clear(self) -> None:
        """Forget what was typed."""
        for box in self.boxes:
            empty(box)
        self._judge()

    def show_problem(self, what: str) -> None:
        """Say what the whole code lacks, or which groups are mistyped, and put the keyboard there."""
        wrong = self._wrong()
        self._tell(self._what_is_wrong(wrong) if wrong else what, "stop")
        at = next((at for at, box in enumerate(self.boxes) if at in wrong or not box.text()), 0)
        self.boxes[at].setFocus()
        if at in wrong:
            self.boxes[at].selectAll()

    def _edited(self, place: int, text: str) -> None:
        pieces = [piece for piece in _SEPARATORS.split(text.strip()) if piece]
        joined = "".join(pieces)
        if len(joined) > GROUP_CHARACTERS or len(pieces) > 1:
            self._spread(place, joined)
        elif text != joined.upper():
            self.boxes[place].setText(joined.upper())
        if len(self.boxes[place].text()) == GROUP_CHARACTERS and place + 1 < len(self.boxes):
            self._next_to_type(place)
        self._judge()

    def _spread(self, place: int, joined: str) -> None:
        """More than one group came into one box, pasted or scanned: a whole code starts at the first."""
        start = 0 if len(joined) >= GROUP_CHARACTERS * len(self.boxes) else place
        pieces = [joined[at : at + GROUP_CHARACTERS] for at in range(0, len(joined), GROUP_CHARACTERS)]
        for box, piece in zip(self.boxes[start:], pieces, strict=False):
            box.setText(piece.upper())

    def _next_to_type(self, place: int) -> None:
        wrong = self._wrong()
        later = (
            at
            for at in range(place + 1, len(self.boxes))
            if at in wrong or len(self.boxes[at].text()) < GROUP_CHARACTERS
        )
        at = next(later, len(self.boxes) - 1)
        target = self.boxes[at]
        target.setFocus()
        if at in wrong:
            # What is typed next takes the place of what was mistyped.
            target.selectAll()
        else:
            target.end(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace in an empty box goes on in the one before: the cursor left that one by itself."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            place = next((at for at, box in enumerate(self.boxes) if box is watched), 0)
            if event.key() == Qt.Key.Key_Backspace and place > 0 and not self.boxes[place].text():
                before = self.boxes[place - 1]
                before.setFocus()
                before.end(False)
                before.backspace()
                return True
        return super().eventFilter(watched, event)

    def _entered(self, place: int) -> None:
        if place + 1 == len(self.boxes):
            self.submitted.emit()
        else:
            self.boxes[place + 1].setFocus()

    def _wrong(self) -> dict[int, str]:
        """What is wrong by place; -1 is the whole. Groups that are still empty are not wrong."""
        groups = [box.text().strip() for box in self.boxes]
        text = "-".join(group or _EMPTY for group in groups)
        try:
            self._read(text)
        except InvalidInput as error:
            found = {}
            for problem in error.problems:
                number = problem.where.removeprefix("group ")
                place = int(number) - 1 if number.isdigit() else -1
                if place < 0 or len(groups[place]) >= GROUP_CHARACTERS:
                    found[place] = spoken(problem.what)
            return found
        return {}

    def _judge(self) -> None:
        wrong = self._wrong()
        filled = 0
        for place, box in enumerate(self.boxes):
            is_full = len(box.text()) >= GROUP_CHARACTERS
            filled += is_full and place not in wrong
            box.setProperty("problem", place in wrong)
            state = self.tr("mistyped") if place in wrong else self.tr("reads right") if is_full else ""
            box.setAccessibleDescription(state)
            restyle(box)
        if wrong:
            self._tell(self._what_is_wrong(wrong), "stop")
        elif filled == len(self.boxes):
            self._tell(self.tr("All {count} groups read right.").format(count=filled), "complete")
        else:
            self._tell(
                self.tr("{filled} of {count} groups read right.").format(
                    filled=filled, count=len(self.boxes)
                ),
                "muted",
            )
        self.changed.emit()

    def _what_is_wrong(self, wrong: Mapping[int, str]) -> str:
        if len(wrong) == 1 or -1 in wrong:
            return " ".join(what for _, what in sorted(wrong.items()))
        numbers = ", ".join(str(place + 1) for place in sorted(wrong))
        return self.tr("Mistyped: groups {numbers}. Compare them with the paper.").format(numbers=numbers)

    def _tell(self, words: str, tint: str) -> None:
        self._told.setText(words)
        self._told.setProperty("tint", tint)
        restyle(self._told)
