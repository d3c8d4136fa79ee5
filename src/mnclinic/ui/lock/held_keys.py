"""Keeps a key that was pressed for the log-in from doing what lies under it afterwards.

Whoever logs in presses Enter, and a finger may still lie on it when the page and its sheets are back with the
keyboard where it was: on "Stop their treatment", or on a line of Today that Enter begins.
"""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QTextEdit, QWidget

from mnclinic.ui.lock.place import topmost

LOOK_EVERY_MS = 20
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
ACTING = ENTER | {Qt.Key.Key_Space}
"""The keys that press what has the keyboard."""

HELD_BESIDE = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
"""With one of these Enter is another key."""

MODIFIERS = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
)
"""Whoever presses one of these does nothing yet."""

PRESSES = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
HEARD = PRESSES | {QEvent.Type.KeyRelease, QEvent.Type.ApplicationDeactivate}


class _Way(Enum):
    OPEN = auto()
    """Keys do what they do."""
    GOING = auto()
    """Somebody is logging in."""
    COMING_BACK = auto()
    """They are in, and the place and its sheets come back."""
    RELEASE = auto()
    """All is back, and a key is still held."""


class HeldKeys(QObject):
    """Takes Enter and Space away from a log-in's beginning until all is back and the key was let go.

    At any time it takes away what a held key repeats, but for the letters that it types. A letter that is
    typed anew it never takes. Whoever presses another key where all that comes back stands already has gone
    on by themselves, and their Enter is for what they went on to.
    """

    def __init__(self, parent: QObject) -> None:
        """Listen to the whole program from now on."""
        super().__init__(parent)
        self._held: set[int] = set()
        self._way = _Way.OPEN
        self._is_back: Callable[[], bool] = bool
        self._stands: Callable[[], bool] = bool
        self._looks = QTimer(self, interval=LOOK_EVERY_MS)
        self._looks.timeout.connect(self._look)
        application = QCoreApplication.instance()
        assert application is not None  # noqa: S101 - there is no window without one
        application.installEventFilter(self)

    def hold(self) -> None:
        """Somebody is logging in: from now on the keys wait."""
        self._looks.stop()
        self._way = _Way.GOING

    def hold_until(self, is_back: Callable[[], bool], *, stands: Callable[[], bool] = bool) -> None:
        """They are in, or were refused: the keys wait until this is true, and for what is held then.

        Args:
            is_back: Whether all is back, and nothing is read for it any more.
            stands: Whether nothing more comes up by itself, though something may still be read.
        """
        self._is_back, self._stands = is_back, stands
        self._way = _Way.COMING_BACK
        self._looks.start()

    def _look(self) -> None:
        if self._way is _Way.COMING_BACK and self._is_back():
            self._looks.stop()
            self._let_go()
        if self._way is _Way.RELEASE and not self._held:
            self._way = _Way.OPEN

    def _let_go(self) -> None:
        # What they ask has a stay in it, which is not to outlive its lock.
        self._is_back = self._stands = bool
        self._way = _Way.RELEASE

    def _go_on(self) -> None:
        """Another key was pressed."""
        if self._way is _Way.COMING_BACK and self._stands():
            self._looks.stop()
            self._let_go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what is pressed and let go; take away what nobody pressed for this."""
        kind = event.type()
        if kind not in HEARD:
            return False
        if kind == QEvent.Type.ApplicationDeactivate:
            # The key may be let go over another program, which tells this one nothing. Where keys wait, the
            # next press and its end tell that.
            if self._way is _Way.OPEN:
                self._held.clear()
        elif isinstance(event, QKeyEvent) and isinstance(watched, QWidget) and not self._is_anothers(watched):
            if event.key() in ACTING:
                return self._is_taken(watched, event) or _presses(watched, event)
            if kind == QEvent.Type.KeyPress and not event.isAutoRepeat() and event.key() not in MODIFIERS:
                self._go_on()
        return False

    def _is_anothers(self, watched: QWidget) -> bool:
        """Whether it is in another window of this kind, with a log-in of its own."""
        mine, top = self.parent(), topmost(watched)
        return top is not mine and isinstance(top, type(mine))

    def _is_taken(self, watched: QWidget, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.KeyRelease:
            if not event.isAutoRepeat():
                self._held.discard(event.key())
            return False
        self._look()
        is_waiting = self._way is not _Way.OPEN
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._held.add(event.key())
        # A key that is pressed anew where it types does no act, whatever comes back just then.
        is_typing = not _is_act(watched, event) and not (is_waiting and event.isAutoRepeat())
        if is_typing or not (is_waiting or event.isAutoRepeat()):
            return False
        # Of a key that might be a shortcut this says that it is none, so that it comes as a press.
        event.accept()
        return True


def _presses(watched: QWidget, event: QKeyEvent) -> bool:
    """Press the button that has the keyboard with Enter, as Space does."""
    is_enter = event.type() == QEvent.Type.KeyPress and event.key() in ENTER and not event.isAutoRepeat()
    if not is_enter or not isinstance(watched, QPushButton) or event.modifiers() & HELD_BESIDE:
        return False
    watched.click()
    return True


def _is_act(watched: QWidget, event: QKeyEvent) -> bool:
    """Whether a key would do more here than type."""
    if isinstance(watched, QPlainTextEdit | QTextEdit):
        return False
    return not (isinstance(watched, QLineEdit) and event.key() == Qt.Key.Key_Space)
