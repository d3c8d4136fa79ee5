"""What happened, in order, down a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from mnclinic.ui.elements.layout import clear, column, row
from mnclinic.ui.elements.status import TONE_SHAPES
from mnclinic.ui.elements.words import button, label
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Space, Tone, Type

MARK_PX = 28
SHOWN_AT_FIRST = 40
"""Each entry is several widgets; a long history is shown piece by piece."""


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened.

    `when` and `title` are words; `detail` says more and may have several lines; `tone` and `shape` (an icon's
    name, else the tone's own) are its status. With an `action` it has a button of that word, and the
    timeline's `opened` carries `key`. Entries that share a `group` stand under it as a heading.
    """

    when: str
    title: str
    detail: str = ""
    tone: Tone = Tone.DRAFT
    shape: str = ""
    action: str = ""
    key: object = None
    group: str = ""


class Timeline(QWidget):
    """Entries down a line, each with its shape; all words wrap. The order is the caller's."""

    opened = Signal(object)
    """An entry's button was pressed. Carries the entry's `key`. UI thread."""

    def __init__(self, name: str, words: str, entries: Sequence[TimelineEntry] = ()) -> None:
        """Make a timeline; `name` begins the object names, `words` name it to screen readers."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._name = name
        self._lines = column(self, gap=0)
        self.show_entries(entries)

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Replace every entry. Past the first 40 a button shows the next ones."""
        clear(self._lines)
        self._entries = tuple(entries)
        self._shown = 0
        self._more = button(self.tr("Show older"), f"{self._name}.older", kind="quiet", shape="history")
        self._more.clicked.connect(lambda _checked=False: self._show_more())
        self._lines.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.addStretch(1)
        self._show_more()

    def _show_more(self) -> None:
        had_focus = self._more.hasFocus()
        until = min(len(self._entries), self._shown + SHOWN_AT_FIRST)
        first: _Line | None = None
        for number in range(self._shown, until):
            entry = self._entries[number]
            before = self._entries[number - 1].group if number else ""
            if entry.group and entry.group != before:
                self._insert(self._heading(entry.group, is_first=number == 0))
            is_last = number + 1 == len(self._entries) or self._entries[number + 1].group != entry.group
            line = _Line(entry, f"{self._name}.{number}", is_last=is_last)
            if line.action is not None:
                line.action.clicked.connect(lambda _checked=False, key=entry.key: self.opened.emit(key))
                first = first or line
            self._insert(line)
        self._shown = until
        left = len(self._entries) - until
        self._more.setVisible(left > 0)
        self._more.setText(self.tr("Show older ({count})").format(count=left))
        self._more.setAccessibleName(self._more.text())
        if had_focus and first is not None and first.action is not None:
            first.action.setFocus(Qt.FocusReason.TabFocusReason)

    def _insert(self, widget: QWidget) -> None:
        # Before the button and the stretch.
        self._lines.insertWidget(self._lines.count() - 2, widget)

    def _heading(self, words: str, *, is_first: bool) -> QLabel:
        heading = label(words, Type.COLUMN, "muted", wraps=True)
        heading.setContentsMargins(0, 0 if is_first else Space.SMALL, 0, Space.SMALL)
        return heading


class _Line(QWidget):
    def __init__(self, entry: TimelineEntry, name: str, *, is_last: bool) -> None:
        super().__init__()
        self._entry, self._is_last = entry, is_last
        self.setObjectName(name)
        self.setAccessibleName(", ".join(filter(None, (entry.when, entry.title, entry.detail))))
        line = row(self, gap=Space.MEDIUM)
        line.setContentsMargins(theme().px(MARK_PX) + Space.MEDIUM, Space.HAIR, 0, Space.LARGE)
        words = column(gap=Space.HAIR)
        words.addWidget(label(entry.title, Type.STRONG, wraps=True))
        if entry.detail:
            detail = label(entry.detail, Type.BODY, wraps=True)
            detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(detail)
        words.addWidget(label(entry.when, Type.SMALL, "muted", wraps=True))
        line.addLayout(words, 1)
        self.action = None
        if entry.action:
            self.action = button(entry.action, f"{name}.open", kind="quiet")
            self.action.setAccessibleName(f"{entry.action}: {entry.title}, {entry.when}")
            line.addWidget(self.action, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        tone = c.tones[self._entry.tone]
        side = theme().px(MARK_PX)
        disc = QRect(0, 0, side, side)
        if not self._is_last:
            thick = max(1, theme().px(1))
            left = side // 2 - thick // 2
            painter.fillRect(left, side + 3, thick, max(0, self.height() - side - 6), QColor(c.line))
        painter.setPen(QColor(tone.border))
        painter.setBrush(QColor(tone.background))
        painter.drawEllipse(QRectF(disc).adjusted(0.5, 0.5, -0.5, -0.5))
        inset = side // 4
        shape = self._entry.shape or TONE_SHAPES[self._entry.tone]
        paint_icon(painter, disc.adjusted(inset, inset, -inset, -inset), shape, tone.text)
