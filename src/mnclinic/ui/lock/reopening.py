"""How a sheet was opened, and opening it again the same way after the lock."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from mnclinic.ui.tasks import TaskRunner

OPENS_WITHIN_MS = 2000
"""A sheet that shows later than this after somebody pressed something was not opened by that."""
WAITS_MS = 10_000
"""So long a sheet may take to open again, such as when its facts have to be read."""
_PRESSES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select})
_INPUT = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.KeyPress})


OPENS_SHEET = "opens_sheet"


def opens_sheet(way: QObject) -> None:
    """Declare that pressing this button or key does nothing but open its sheet, whatever is on the screen.

    Only such a way is pressed again after the lock, without anybody's hand: most others act on what is
    chosen at that moment, which may be another person by then.
    """
    way.setProperty(OPENS_SHEET, True)


@dataclass(frozen=True)
class Opener:
    """What the person pressed: a button by its object name, or the keys of a shortcut."""

    button: str = ""
    keys: str = ""

    def as_json(self) -> dict[str, str]:
        """For the screen that is kept."""
        return {"button": self.button, "keys": self.keys}


class LastPressed:
    """The button or shortcut that a person used last, unless they did something else since."""

    def __init__(self) -> None:
        """Nothing was pressed yet."""
        self._opener: Opener | None = None
        self._since = QElapsedTimer()

    def see(self, watched: QObject, event: QEvent) -> None:
        """Take any event of the program."""
        kind = event.type()
        if kind == QEvent.Type.Shortcut and isinstance(watched, QAction):
            if not watched.property(OPENS_SHEET):
                self._opener = None
                return
            self._pressed(Opener(keys=watched.shortcut().toString(QKeySequence.SequenceFormat.PortableText)))
        elif kind in _INPUT and isinstance(watched, QWidget):
            is_press = not isinstance(event, QKeyEvent) or event.key() in _PRESSES
            is_way = isinstance(watched, QAbstractButton) and bool(watched.property(OPENS_SHEET))
            if is_way and is_press and watched.objectName():
                self._pressed(Opener(button=watched.objectName()))
            else:
                self._opener = None

    def opener(self) -> Opener | None:
        """What opened a sheet that shows at this moment; None where that cannot be told."""
        if self._opener is None or self._since.elapsed() > OPENS_WITHIN_MS:
            return None
        return self._opener

    def _pressed(self, opener: Opener) -> None:
        self._opener = opener
        self._since.start()


class Reopening(QObject):
    """Presses what opened a sheet, once the page is back and nothing is being read any more."""

    def __init__(
        self, window: QWidget, opener: Opener, runner: TaskRunner, failed: Callable[[], None]
    ) -> None:
        """Begin. `failed` is called where there is nothing to press, or no sheet of that kind shows."""
        super().__init__(window)
        self._window, self._opener, self._runner, self._failed = window, opener, runner, failed
        self._is_over = self._was_pressed = False
        self._waits = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._waits.timeout.connect(self.give_up)
        self._waits.start()
        runner.busy_changed.connect(self._soon)
        self._soon()

    def give_up(self) -> None:
        """It does not come."""
        if not self._is_over:
            self._end()
            self._failed()

    def succeed(self) -> None:
        """The sheet is there."""
        if not self._is_over:
            self._end()

    def _end(self) -> None:
        self._is_over = True
        self._waits.stop()
        self.deleteLater()

    def _soon(self) -> None:
        if not self._is_over and not self._runner.is_busy:
            # After the page has its fields and its keyboard back.
            QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._go))

    def _go(self) -> None:
        if self._is_over or self._was_pressed or self._runner.is_busy:
            return
        self._was_pressed = True
        press = self._way()
        if press is None:
            self.give_up()
        else:
            press()

    def _way(self) -> Callable[[], Any] | None:
        if self._opener.button:
            for button in self._window.findChildren(QAbstractButton, self._opener.button):
                if button.isVisible() and button.isEnabled() and button.property(OPENS_SHEET):
                    return button.click
        for action in self._window.findChildren(QAction) if self._opener.keys else ():
            parent = action.parent()
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
            is_shown = isinstance(parent, QWidget) and parent.isVisible()
            if keys == self._opener.keys and is_shown and action.property(OPENS_SHEET):
                return action.trigger
        return None
