"""Something that is to happen once the events that are under way have been dealt with."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def in_next_turn(owner: QObject, act: Callable[[], object]) -> None:
    """Call `act` in the next turn of the event loop, unless `owner` has gone by then. UI thread.

    The binding's own single shot keeps what it was to call for ever where its receiver goes before the turn
    comes, and a page with it. A timer that belongs to the owner goes with it.
    """
    turn = QTimer(owner, singleShot=True, interval=0)
    turn.timeout.connect(act)
    turn.timeout.connect(turn.deleteLater)
    turn.start()
