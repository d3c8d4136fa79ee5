"""Buttons of one group as one stop of Tab, in which the arrows lead from one to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

ON = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down})
BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})
PRESSES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class OneStop(QObject):
    """Leads the keyboard through buttons that stand for one question, of which any number may be pressed.

    Tab comes to the one that had the keyboard last, or to the first. Arrows, Home and End go on from there
    and press nothing; Space and Enter press. Answers that exclude one another need none of this: the toolkit
    does it for an exclusive `QButtonGroup`.
    """

    def __init__(self, owner: QWidget) -> None:
        """Lead through nothing; `owner` holds the buttons."""
        super().__init__(owner)
        self._buttons: tuple[QAbstractButton, ...] = ()

    def hold(self, buttons: Sequence[QAbstractButton]) -> None:
        """Lead through these from now on, in this order."""
        self._buttons = tuple(buttons)
        for one in self._buttons:
            one.installEventFilter(self)
        if self._buttons:
            self._stop_at(self._buttons[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where the keyboard is, there Tab comes back to; keys lead on."""
        if not isinstance(watched, QAbstractButton) or watched not in self._buttons:
            return False
        if event.type() == QEvent.Type.FocusIn:
            self._stop_at(watched)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(watched, event)
        return False

    def _stop_at(self, stop: QAbstractButton) -> None:
        for one in self._buttons:
            # The mouse comes to each of them.
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is stop else Qt.FocusPolicy.ClickFocus)

    def _take_key(self, at: QAbstractButton, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held:
            return False
        key = Qt.Key(event.key())
        if key in PRESSES:
            if not event.isAutoRepeat():
                at.click()
            return True
        open_ones = [one for one in self._buttons if one.isEnabled() and not one.isHidden()]
        place = open_ones.index(at)
        last = len(open_ones) - 1
        if key in ON:
            wanted = min(place + 1, last)
        elif key in BACK:
            wanted = max(place - 1, 0)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            wanted = 0 if key == Qt.Key.Key_Home else last
        else:
            return False
        open_ones[wanted].setFocus(Qt.FocusReason.OtherFocusReason)
        return True
