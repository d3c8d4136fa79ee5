"""What happened, in order, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.widgets.buttons import Button
from mnclinic.ui.widgets.status import SHAPES
from mnclinic.ui.widgets.surfaces import clear_layout
from mnclinic.ui.widgets.text import Text

_MARK_PX = 28


@dataclass(frozen=True)
class Entry:
    """One thing that happened: when in words, what, more about it, and what it means.

    A `key` gives the entry a button (`action`) that opens it.
    """

    when: str
    what: str
    detail: str = ""
    tone: Tone = Tone.DRAFT
    shape: str = ""
    key: str = ""
    action: str = ""


class Timeline(QWidget):
    """Entries down a line, each with its shape; text wraps. For tens of entries, not thousands."""

    entry_opened = Signal(str)
    """An entry's button was pressed. Carries the entry's key. UI thread."""

    def __init__(
        self, entries: Sequence[Entry] = (), *, label: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(label or self.tr("Timeline"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.show_entries(entries)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Replace every entry."""
        clear_layout(self._column)
        for place, entry in enumerate(entries):
            line = _EntryLine(entry, is_last=place == len(entries) - 1)
            if line.button is not None:
                line.button.clicked.connect(self._opened)
            self._column.addWidget(line)
        self._column.addStretch(1)

    def _opened(self) -> None:
        self.entry_opened.emit(str(self.sender().property("entry_key")))


class _EntryLine(QWidget):
    def __init__(self, entry: Entry, *, is_last: bool) -> None:
        super().__init__()
        self._entry, self._is_last = entry, is_last
        self.setAccessibleName(" ".join(filter(None, (entry.when, entry.what, entry.detail))))
        row = QHBoxLayout(self)
        left = theme().px(_MARK_PX) + Space.MEDIUM
        row.setContentsMargins(left, Space.HAIR, 0, 0 if is_last else Space.LARGE)
        row.setSpacing(Space.MEDIUM)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(Text(entry.what, Type.STRONG, wrap=True))
        if entry.detail:
            words.addWidget(Text(entry.detail, Type.BODY, wrap=True, selectable=True))
        words.addWidget(Text(entry.when, Type.SMALL, tint="muted", wrap=True))
        row.addLayout(words, 1)
        self.button: Button | None = None
        if entry.key:
            self.button = Button(entry.action or self.tr("Open"), "quiet", name=f"timeline.{entry.key}")
            self.button.setAccessibleName(f"{self.button.text()}: {entry.what}, {entry.when}")
            self.button.setProperty("entry_key", entry.key)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        tone = c.tones[self._entry.tone]
        side = theme().px(_MARK_PX)
        disc = QRect(0, 0, side, side)
        if not self._is_last:
            painter.fillRect(side // 2, side + 3, 1, self.height() - side - 5, QColor(c.control_line))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.background))
        painter.drawEllipse(QRectF(disc))
        inset = side // 4
        shape = self._entry.shape or SHAPES[self._entry.tone]
        paint_icon(painter, disc.adjusted(inset, inset, -inset, -inset), shape, tone.text)
