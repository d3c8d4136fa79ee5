"""Notices that nobody is at the screen any more."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from mnclinic.domain.instants import Clock
from mnclinic.ui.lock.reasons import Left

IDLE_LOCK_MIN = 5
SHORTEST_IDLE_MIN, LONGEST_IDLE_MIN = 1, 15
LONGEST_SESSION_MS = 12 * 60 * 60 * 1000
LOOK_EVERY_MS = 500
GAP_MS = 30_000
"""A jump of the wall clock against the monotonic one, or a pause between two looks, that means sleep."""

ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


class Watch(QObject):
    """Watches one person's stay. It sees every event of the program, also over sheets, menus and boxes."""

    left = Signal(str)
    """The screen was left, once a stay, and once more behind the cover; carries a `Left`."""

    def __init__(self, clock: Clock, *, parent: QObject | None = None) -> None:
        """Make a watch that sleeps.

        Args:
            clock: Its monotonic milliseconds count the idle time; its instants show sleep.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._clock = clock
        self._idle_ms = IDLE_LOCK_MIN * 60_000
        self._looks = QTimer(self, interval=LOOK_EVERY_MS)
        self._looks.timeout.connect(self.look)
        self._is_awake = False
        self._is_covered = False
        self._is_on_guard = False
        self.touches = 0
        """How often a person touched anything, of which it only matters whether it grew."""

    @property
    def is_awake(self) -> bool:
        """Whether somebody's stay is watched now."""
        return self._is_awake

    def begin(self) -> None:
        """A person logged in: watch from now on."""
        self._is_awake, self._is_covered, self._is_on_guard = True, False, False
        self._listen()

    def guard(self) -> None:
        """Nobody is logged in, and passwords may stand in fields: hear whatever is more than idling."""
        self._is_awake, self._is_covered, self._is_on_guard = False, False, True
        self._listen()

    def _listen(self) -> None:
        self._began_ms = self._touched_ms = self._looked_ms = self._clock.monotonic_ms()
        self._looked_at = self._clock.now()
        application = QCoreApplication.instance()
        assert application is not None  # noqa: S101 - there is no window without one
        application.installEventFilter(self)
        self._looks.start()

    def end(self) -> None:
        """The person is gone: watch nothing."""
        self._is_awake = self._is_covered = self._is_on_guard = False
        self._looks.stop()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def cover(self) -> None:
        """Nobody is there and work goes on behind the cover: hear whatever is more than that, once."""
        self.end()
        self._is_covered = True
        self._looks.start()

    def set_idle_lock_min(self, minutes: int) -> None:
        """Lock after this many minutes without use; 1 to 15, others are brought into that range."""
        self._idle_ms = min(max(minutes, SHORTEST_IDLE_MIN), LONGEST_IDLE_MIN) * 60_000

    def say_left(self, left: str) -> None:
        """Somebody or something says that the screen was left.

        Heard once a stay, see `cover`; and on guard as often as it is said.
        """
        if self._is_on_guard:
            if left not in {Left.IDLE, Left.TOO_LONG}:
                self.left.emit(left)
            return
        if self._is_awake or (self._is_covered and left != Left.IDLE):
            self.end()
            self.left.emit(left)

    def look(self) -> None:
        """Look at the clocks: was it idle too long, logged in too long, or asleep?"""
        now_ms, now = self._clock.monotonic_ms(), self._clock.now()
        passed_ms = now_ms - self._looked_ms
        jumped_ms = (now - self._looked_at).total_seconds() * 1000 - passed_ms
        self._looked_ms, self._looked_at = now_ms, now
        if jumped_ms > GAP_MS or passed_ms > GAP_MS:
            # Linux's monotonic clock stands still in sleep and Windows' goes on: one of the two shows it.
            self.say_left(Left.SLEEP)
        elif now_ms - self._began_ms >= LONGEST_SESSION_MS:
            self.say_left(Left.TOO_LONG)
        elif now_ms - self._touched_ms >= self._idle_ms:
            self.say_left(Left.IDLE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a person's own touches; take Ctrl+L wherever it is pressed."""
        # Every event of the program comes by here, and asking for its type takes longest.
        if not event.spontaneous() or event.type() not in ACTIVITY:
            return False
        self._touched_ms = self._clock.monotonic_ms()
        self.touches += 1
        if isinstance(event, QKeyEvent) and is_lock_key(event):
            self.say_left(Left.ASKED)
            return True
        return False


def is_lock_key(event: QKeyEvent) -> bool:
    """Whether it is Ctrl+L (Command+L on a Mac)."""
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
