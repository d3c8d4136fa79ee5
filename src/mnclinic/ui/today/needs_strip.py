"""One line over the day that counts what needs something; each part leads to the first line that does."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from mnclinic.services.list_day import DayLine
from mnclinic.services.notice import Notice
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    OneLine,
    Shape,
    button,
    clear,
    column,
    counted,
    flow,
    label,
    row,
)
from mnclinic.ui.icons import icon
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.today.needs import Need, lines_in_need, needs_of
from mnclinic.ui.tokens import Space, Tone, Type

translate = QCoreApplication.translate

CLOCK_SET_BACK = "clock_set_back"


class NeedsStrip(QWidget):
    """It is hidden while nothing needs anything. Notices about the clinic fold into it."""

    line_wanted = Signal(str)
    """A part was pressed: the key of the next line that it is about."""

    left_over_wanted = Signal()
    """The visits that are still open from earlier days are to be shown."""

    queue_wanted = Signal()
    """The director's queue is to be shown."""

    page_wanted = Signal(str, object)
    """Where a notice is put right: the page, and the part of it."""

    made_anew = Signal()
    """Its buttons are others now; whoever hosts it says where the keyboard meets them."""

    clock_wanted = Signal(str)
    """Somebody is to say why the clock was set back. Carries the notice's sentence."""

    def __init__(self) -> None:
        """Make it, counting nothing."""
        super().__init__()
        self._needs: tuple[Need, ...] = ()
        self._notices: tuple[Notice, ...] = ()
        self._left_over = self._waiting = 0
        self._at: dict[str, int] = {}
        self._is_open = False
        whole = column(self, gap=Space.TIGHT)
        self.strip = QFrame()
        self.strip.setObjectName("banner")
        inner = column(self.strip, gap=Space.HAIR)
        inner.setContentsMargins(Space.MEDIUM, Space.HAIR, Space.SMALL, Space.TIGHT)
        line = row(gap=Space.SMALL)
        self._shape = Shape()
        self._count = label("", Type.STRONG)
        self._count.setObjectName("today.needs")
        self._worst = OneLine(Type.BODY)
        self._worst.setObjectName("today.needs.worst")
        line.addWidget(self._shape)
        line.addWidget(self._count)
        # Large text has no room for the parts: they stand below, once they are asked for.
        self._box = QWidget()
        self._parts = flow(gap=0)
        self._box.setLayout(self._parts)
        is_large = theme().text_scale >= LARGE_TEXT
        if is_large:
            self._more = button(
                "", "today.needs.more", kind="quiet", shape="chevron-down", pressed=self._turn_parts
            )
            line.addWidget(self._worst, 1)
            line.addWidget(self._more)
            self._show_parts(is_open=False)
        else:
            line.addWidget(self._box, 1)
        inner.addLayout(line)
        inner.addWidget(self._box if is_large else self._worst)
        whole.addWidget(self.strip)
        self._listed = QWidget()
        self._list = column(self._listed, gap=Space.TIGHT)
        self._listed.hide()
        whole.addWidget(self._listed)
        self.hide()

    @property
    def buttons(self) -> list[QPushButton]:
        """What can be pressed, in its order: the parts, then what the notices lead to."""
        return [
            *self.strip.findChildren(QPushButton),
            *self._listed.findChildren(QPushButton),
        ]

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the lines need."""
        return self._needs

    def show_lines(self, lines: Sequence[DayLine], left_over: int, waiting: int) -> None:
        """Count anew; `left_over` visits of earlier days are open, `waiting` are for this person's review."""
        told = (needs_of(lines), left_over, waiting)
        if told != (self._needs, self._left_over, self._waiting):
            self._needs, self._left_over, self._waiting = told
            self._at = {}
            self._show()

    def show_notices(self, found: tuple[Notice, ...]) -> None:
        """What the clinic itself needs; the most pressing first."""
        if found != self._notices:
            self._notices = found
            clear(self._list)
            for one in found:
                self._list.addWidget(self._strip_of(one))
            self._show()

    def next_key(self, current: str) -> str | None:
        """The line after the current one that needs something, in the order of the needs; None without."""
        keys = list(dict.fromkeys(key for need in self._needs for key in need.keys))
        if not keys:
            return None
        return keys[(keys.index(current) + 1) % len(keys)] if current in keys else keys[0]

    def _show(self) -> None:
        held = self._focused()
        clear(self._parts)
        count = len(lines_in_need(self._needs)) + self._left_over + self._waiting + len(self._notices)
        self.setVisible(count > 0)
        pressing = [one for one in self._notices if one.is_pressing]
        tones = {need.tone for need in self._needs} | ({Tone.STOP} if pressing else set())
        tone = Tone.STOP if Tone.STOP in tones else Tone.SOON
        self.strip.setProperty("tone", str(tone))
        restyle(self.strip)
        self._shape.show_icon("octagon-x" if tone is Tone.STOP else "triangle-alert", tone)
        words = counted(count, self.tr("needs something"), self.tr("need something"))
        self._count.setText(words)
        self._worst.say(spoken(pressing[0].sentence) if pressing else "")
        for need in self._needs:
            self._add(need.code, need_words(need), need.shape, partial(self._lead, need))
        if self._waiting:
            words = counted(self._waiting, self.tr("to review"), self.tr("to review"))
            self._add("queue", words, "stamp", self.queue_wanted.emit)
        if self._left_over:
            words = counted(self._left_over, self.tr("left open"), self.tr("left open"))
            self._add("left_over", words, "history", self.left_over_wanted.emit)
        if self._notices:
            words = counted(len(self._notices), self.tr("notice"), self.tr("notices"))
            self._add("notices", words, "chevron-down", self._turn_notices)
        self._fold(is_open=self._is_open and bool(self._notices))
        self.made_anew.emit()
        if held and (back := self.strip.findChild(QPushButton, held)) is not None:
            back.setFocus()

    def _focused(self) -> str:
        holder: QWidget | None = self.window().focusWidget()
        if holder is None:
            return ""
        return holder.objectName() if self.strip.isAncestorOf(holder) else ""

    def _add(self, code: str, words: str, shape: str, pressed: Callable[[], None]) -> QPushButton:
        made = button(words, f"today.need.{code}", kind="quiet", shape=shape, pressed=pressed)
        # So that all of them stand in one line on a small screen.
        made.setStyleSheet(f"padding: 0 {Space.SMALL}px;")
        self._parts.addWidget(made)
        return made

    def _turn_parts(self) -> None:
        self._show_parts(is_open=self._box.isHidden())

    def _show_parts(self, *, is_open: bool) -> None:
        self._box.setVisible(is_open)
        words = self.tr("Show less") if is_open else self.tr("Show what")
        self._more.setIcon(icon("chevron-up" if is_open else "chevron-down", "accent_text"))
        self._more.setToolTip(words)
        self._more.setAccessibleName(words)

    def _lead(self, need: Need) -> None:
        """To the first line; pressed again, to the one after it."""
        at = self._at.get(need.code, -1) + 1
        self._at = {need.code: at}
        self.line_wanted.emit(need.keys[at % len(need.keys)])

    def _turn_notices(self) -> None:
        self._fold(is_open=not self._is_open)

    def _fold(self, *, is_open: bool) -> None:
        """Show each notice with the way to where it is put right, or none."""
        self._is_open = is_open
        self._listed.setVisible(is_open)
        self._worst.setVisible(not is_open and bool(self._worst.accessibleName()))
        fold = self.strip.findChild(QPushButton, "today.need.notices")
        if fold is not None:
            fold.setIcon(icon("chevron-up" if is_open else "chevron-down", "accent_text"))
            fold.setAccessibleDescription(self.tr("Open") if is_open else self.tr("Folded"))

    def _strip_of(self, one: Notice) -> Banner:
        strip = Banner(Tone.STOP if one.is_pressing else Tone.SOON, "bell")
        # It is shown by its words: without a place by then it would open as a window of its own.
        strip.setParent(self)
        strip.make_low()
        name, _, section = one.page.partition("/")
        if one.code == CLOCK_SET_BACK:
            words, pressed = self.tr("Say why"), partial(self.clock_wanted.emit, one.sentence)
        else:
            words, pressed = self.tr("Put it right"), partial(self.page_wanted.emit, name, section or None)
        if one.code == CLOCK_SET_BACK or one.page:
            way = button(words, f"today.notice.{one.code}", kind="quiet", pressed=pressed)
            way.setAccessibleDescription(spoken(one.sentence))
            strip.action_row.addWidget(way, 0, Qt.AlignmentFlag.AlignVCenter)
        strip.say(one.sentence)
        return strip


def need_words(need: Need) -> str:
    """How many lines need it, in the words of its part."""
    one, many = {
        "stopped": (translate("Today", "with a stop"), translate("Today", "with a stop")),
        "exam": (translate("Today", "exam expired"), translate("Today", "exams expired")),
        "supplies": (translate("Today", "unfit supply"), translate("Today", "unfit supplies")),
        "director": (translate("Today", "unanswered"), translate("Today", "unanswered")),
        "returned": (translate("Today", "visit returned"), translate("Today", "visits returned")),
        "consent": (translate("Today", "consent missing"), translate("Today", "consents missing")),
        "ask": (translate("Today", "to be asked"), translate("Today", "to be asked")),
    }[need.code]
    return counted(len(need.keys), one, many)
