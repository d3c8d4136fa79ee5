"""The treatment timer: the one thing that stays visible while the program is locked.

It holds an instant and a staff user name, and nothing about a patient. Only the performer's own log-in
ends it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QPushButton

from mnclinic.ui.elements import Shape, button, column, label, row
from mnclinic.ui.icons import icon
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Size, Space, Tone, Type

CHOICES_MIN = (5, 10, 15, 20, 30, 45, 60)
LONGEST = timedelta(minutes=60)
TICK_MS = 500
SOON_S = 60

Now = Callable[[], datetime]


@dataclass(frozen=True)
class RunningTimer:
    """Whose timer it is, and when it ends."""

    user: str
    ends_at: datetime


def still_shown(timers: tuple[RunningTimer, ...], now: datetime) -> tuple[RunningTimer, ...]:
    """The timers that are worth showing.

    None runs for more than an hour, whatever the clock was set to, and one that rang an hour ago is over.
    """
    return tuple(
        RunningTimer(one.user, min(one.ends_at, now + LONGEST))
        for one in timers
        if now - one.ends_at < LONGEST
    )


def remaining_words(seconds: int) -> str:
    """Minutes and seconds, as on a kitchen timer."""
    return f"{seconds // 60}:{seconds % 60:02d}"


class Timers(QObject):
    """The timers that run in this window; at most one a person."""

    changed = Signal()
    """A timer was set, ended by its person, or is over."""

    ticked = Signal()
    """Time went on."""

    def __init__(
        self, now: Now, running: tuple[RunningTimer, ...] = (), parent: QObject | None = None
    ) -> None:
        """Go on with these timers; `now` is the computer's time."""
        super().__init__(parent)
        self._now = now
        self._running = still_shown(running, now())
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._go_on)
        if self._running:
            self._tick.start()

    @property
    def running(self) -> tuple[RunningTimer, ...]:
        """The timers, the next to end first."""
        return tuple(sorted(self._running, key=lambda one: one.ends_at))

    def remaining_s(self, timer: RunningTimer) -> int:
        """Whole seconds until it ends; 0 or less when it has."""
        left = (timer.ends_at - self._now()).total_seconds()
        return int(left) + (left > int(left))

    def set(self, user: str, minutes: int) -> None:
        """Start a person's timer, in place of an earlier one."""
        length = min(timedelta(minutes=minutes), LONGEST)
        others = tuple(one for one in self._running if one.user != user)
        self._running = (*others, RunningTimer(user, self._now() + length))
        self._tick.start()
        self.changed.emit()

    def end(self, user: str) -> None:
        """End a person's timer; asked for by that person alone, who is logged in."""
        self._running = tuple(one for one in self._running if one.user != user)
        if not self._running:
            self._tick.stop()
        self.changed.emit()

    def _go_on(self) -> None:
        shown = still_shown(self._running, self._now())
        if len(shown) != len(self._running):
            self._running = shown
            self.changed.emit()
        self.ticked.emit()


class TimerStrip(QFrame):
    """One line a timer: whose it is, what remains, and for its own person a button that ends it."""

    def __init__(self, timers: Timers, user: str | None, *, is_large: bool = False) -> None:
        """Show the timers to `user`; None where nobody is logged in, so that nobody can end one."""
        super().__init__()
        self.setObjectName("timer_strip")
        self._timers = timers
        self._user = user
        self._is_large = is_large
        self._lines = column(self, gap=Space.TIGHT)
        self._made: dict[str, _TimerLine] = {}
        timers.changed.connect(self._make)
        timers.ticked.connect(self._show)
        self._make()

    def _make(self) -> None:
        for line in self._made.values():
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._made = {}
        for one in self._timers.running:
            line = _TimerLine(one.user, is_large=self._is_large)
            if one.user == self._user:
                line.offer_end(self._timers)
            self._made[one.user] = line
            self._lines.addWidget(line)
        self.setVisible(bool(self._made))
        self._show()

    def _show(self) -> None:
        for one in self._timers.running:
            if one.user in self._made:
                self._made[one.user].show_remaining(self._timers.remaining_s(one))


class _TimerLine(QFrame):
    """A timer's words on a ground that says how urgent it is."""

    def __init__(self, user: str, *, is_large: bool) -> None:
        super().__init__()
        self.setObjectName("timer_line")
        self._who = user
        self._tone: Tone | None = None
        line = row(self, gap=Space.MEDIUM)
        line.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        self._shape = Shape()
        self._time = label("", Type.TITLE if is_large else Type.STRONG)
        self._time.setObjectName("timer.remaining")
        self._words = label("", Type.BODY if is_large else Type.SMALL, wraps=is_large)
        self._words.setObjectName("timer.words")
        line.addWidget(self._shape)
        line.addWidget(self._time)
        line.addWidget(self._words, 1)

    def offer_end(self, timers: Timers) -> None:
        """Let its own person end it."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)  # noqa: S101 - made above
        layout.addWidget(
            button(self.tr("End timer"), "timer.end", shape="check", pressed=lambda: timers.end(self._who))
        )

    def show_remaining(self, seconds: int) -> None:
        """Show what remains; at the end the ground turns and the window asks for attention, once."""
        if seconds > 0:
            self._time.setText(remaining_words(seconds))
            self._words.setText(self.tr("Treatment timer of {user}").format(user=self._who))
            tone = Tone.SOON if seconds <= SOON_S else Tone.INFO
        else:
            self._time.setText(self.tr("Time is up"))
            over = remaining_words(-seconds)
            self._words.setText(
                self.tr("Treatment timer of {user}, {over} ago").format(user=self._who, over=over)
            )
            tone = Tone.STOP
        self.setAccessibleName(f"{self._time.text()}, {self._words.text()}")
        if tone is self._tone:
            return
        self._tone = tone
        self.setProperty("tone", str(tone))
        restyle(self)
        self._shape.show_icon("clock", tone)
        if tone is Tone.STOP:
            QApplication.alert(self.window())


class TimerButton(QPushButton):
    """Sets the timer of whoever is logged in, from a menu of lengths."""

    def __init__(self, user: str) -> None:
        """Make the button; the timers are those of the window that it stands in."""
        super().__init__(self.tr("Timer"))
        self.setObjectName("timer.set")
        self.setAccessibleName(self.tr("Treatment timer"))
        self.setToolTip(self.tr("A timer that stays visible while the program is locked"))
        self.setProperty("kind", "quiet")
        self.setIcon(icon("clock", "accent_text"))
        self.setIconSize(QSize(theme().px(Size.ICON) + 6, theme().px(Size.ICON)))
        menu = QMenu(self)
        for minutes in CHOICES_MIN:
            act = menu.addAction(self.tr("{n} minutes").format(n=minutes))
            act.triggered.connect(lambda _checked=False, n=minutes: self._set(user, n))
        self.setMenu(menu)

    def _set(self, user: str, minutes: int) -> None:
        timers = self.window().findChild(Timers)
        if timers is not None:
            timers.set(user, minutes)
