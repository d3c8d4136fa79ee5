"""One question at a time, and always the newest: for answers that follow somebody's typing.

Waiting for a pause in the typing would add that pause to every answer. Here the first letter is asked about
at once; what is typed while its answer is under way is asked about when that is there, the newest alone.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

Answered = Callable[[], None]


class Newest(QObject):
    """Asks what is wanted now. `ask` begins a question and has to call what it gets when that is over."""

    def __init__(self, ask: Callable[[Answered], None], parent: QObject) -> None:
        """Ask nothing yet."""
        super().__init__(parent)
        self._ask = ask
        self._is_asking = False
        self._is_wanted_again = False

    def want(self) -> None:
        """Ask at once, or as soon as the answer that is under way has come."""
        if self._is_asking:
            self._is_wanted_again = True
            return
        self._is_asking = True
        self._ask(self._answered)

    def _answered(self) -> None:
        self._is_asking = False
        if self._is_wanted_again:
            self._is_wanted_again = False
            self.want()
