"""Tells a code that a scanner types from keys that a person presses, wherever no text is typed.

In a list, on a button and on a question a single letter acts. A scanner that is pulled there types a lot
number's letters, each of which would answer, confirm, start or press something, and Enter at the end.
"""

from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from mnclinic.ui.scan_line import is_separator

QUICK_MS = 35
"""A scanner waits less between two signs (1 to 20 ms), and a person may only where two fingers roll off."""

SIGNS_OF_A_CODE = 3
"""So many quick keys after each other are a code. Until then they wait, a twentieth of a second at most."""

PAUSE_MS = 100
"""What comes later than this after a code's last sign is a person's again."""

REST_MS = 15
"""Then signs that waited while the computer was busy come first."""

ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
    }
)
ACTS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


class ScannedKeys(QObject):
    """Holds a key back for as long as a scanner would take for the next two; what is a code does nothing.

    The only clock is the time that the system stamps on each key. A key without one is made by a program,
    and is let through: so is what was held back and turned out to be a person's, in its order.
    """

    came = Signal()
    """A code came where none is asked for; nothing was done."""

    def __init__(self, application: QApplication) -> None:
        """Listen to whichever window of the program has the keyboard."""
        super().__init__(application)
        self._held: list[tuple[QWindow, QKeyEvent]] = []
        self._held_on: QWidget | None = None
        """What had the keyboard when the first of them came: they are its, whoever has it by now."""
        self._taken: set[int] = set()
        """Keys of a code that are still down: that they are let go is nobody's business either."""
        self._is_code = False
        self._last_ms = 0
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._waited)
        application.focusWindowChanged.connect(self._listen)
        if (now := QGuiApplication.focusWindow()) is not None:
            self._listen(now)

    @classmethod
    def of_program(cls) -> "ScannedKeys":
        """The one that listens in this program; from the first call on there is one."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there is no window without one
        return application.findChild(cls) or cls(application)

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            # Installed anew it is moved to the front and heard once.
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold keys back, let them through, or take them away."""
        if event.type() not in KEYS or not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        if not event.timestamp() or event.key() in MODIFIERS:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._is_no_shortcut(event)
        if event.type() == QEvent.Type.KeyRelease:
            return self._is_release_taken(watched, event)
        return self._is_press_taken(watched, event)

    def _is_no_shortcut(self, event: QKeyEvent) -> bool:
        """Within a code no sign is a shortcut: it is to come as a press."""
        is_within = (self._held or self._is_code) and self._gap_ms(event) <= PAUSE_MS
        if is_within and (_is_sign(event) or event.key() in ENDS):
            event.accept()
            return True
        return False

    def _is_release_taken(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in self._taken:
            if not event.isAutoRepeat():
                self._taken.discard(event.key())
            return True
        if any(one.key() == event.key() for _, one in self._held):
            self._held.append((window, _copied(event)))
            return True
        return False

    def _is_press_taken(self, window: QWindow, event: QKeyEvent) -> bool:
        is_end = event.key() in ENDS
        gap_ms, self._last_ms = self._gap_ms(event), event.timestamp()
        if event.isAutoRepeat():
            return event.key() in self._taken
        if self._is_code and gap_ms <= PAUSE_MS and (is_end or _is_sign(event)):
            self._is_code = not is_end
            self._taken.add(event.key())
            return True
        self._is_code = False
        if self._held and (gap_ms > QUICK_MS or not (is_end or _is_sign(event))):
            self._let_go()
        if not self._held and (is_end or not _is_sign(event) or _takes_text()):
            return False
        if not self._held:
            self._held_on = QApplication.focusWidget()
        self._held.append((window, _copied(event)))
        pressed = [one.key() for _, one in self._held if one.type() == QEvent.Type.KeyPress]
        if len(pressed) >= SIGNS_OF_A_CODE:
            self._take(pressed, is_whole=is_end)
        elif is_end:
            self._let_go()
        else:
            self._wait.start(QUICK_MS)
        return True

    def _gap_ms(self, event: QKeyEvent) -> int:
        gap_ms = event.timestamp() - self._last_ms
        # Some systems count anew after seven weeks.
        return gap_ms if gap_ms >= 0 else PAUSE_MS + 1

    def _take(self, pressed: list[int], *, is_whole: bool) -> None:
        """What was held back is a code's."""
        released = {one.key() for _, one in self._held if one.type() == QEvent.Type.KeyRelease}
        self._taken |= set(pressed) - released
        self._wait.stop()
        self._held.clear()
        self._is_code = not is_whole
        self.came.emit()

    def _waited(self) -> None:
        if self._wait.interval() == QUICK_MS:
            self._wait.start(REST_MS)
        else:
            self._let_go()

    def _let_go(self) -> None:
        """What was held back is a person's, and does what it does."""
        self._wait.stop()
        meant, self._held_on = self._held_on, None
        is_left = meant is not None and meant is not QApplication.focusWidget()
        # Each may open a window with a loop of its own, in which the next key lets the rest go first.
        while self._held:
            window, event = self._held.pop(0)
            if is_left and meant is not None and shiboken6.isValid(meant):
                # The keyboard was led elsewhere meanwhile: another button is not pressed by this key.
                QCoreApplication.sendEvent(meant, event)
            elif shiboken6.isValid(window):
                QCoreApplication.sendEvent(window, event)


def _is_sign(event: QKeyEvent) -> bool:
    if is_separator(event):
        return True
    return event.text().isprintable() and bool(event.text()) and not event.modifiers() & ACTS


def _takes_text() -> bool:
    """Whether what has the keyboard is a field, where a letter does no more than stand there."""
    popup = QApplication.activePopupWidget()
    # A list of what may be meant hands its keys to the field below, where more of it is typed.
    has: Any = QApplication.focusWidget() if popup is None else popup.focusProxy()
    return isinstance(has, QLineEdit | QTextEdit | QPlainTextEdit | QAbstractSpinBox) and not has.isReadOnly()


def _copied(event: QKeyEvent) -> QKeyEvent:
    """The same key, without a time: one that is let through is not asked about again."""
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
