"""A clinic that is open for somebody who does not work in it yet: it locks like any other."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk
from mnclinic.ui.lock.cover import Cover, put_away
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.lock.stay import idle_lock_min_of
from mnclinic.ui.lock.watch import Watch


class Unready(QObject):
    """From the opening to the workspace, where something has to be done before: how it is left."""

    locked = Signal()
    """The clinic is closed, or was waited for long enough."""

    def __init__(
        self, desk: Desk, page: QWidget, window: QWidget, watch: Watch, *, forget: Callable[[], None]
    ) -> None:
        """The clinic is open and the page stands in the window: watch it from now on.

        `forget` leaves nothing secret on the page.
        """
        super().__init__(window)
        self.desk = desk
        self._page, self._window, self._watch, self._forget = page, window, watch, forget
        self.hidden: Sequence[QWidget] = ()
        """What else of this program was on the screen then."""
        watch.begin()
        desk.ask(idle_lock_min_of, owner=self, done=watch.set_idle_lock_min, failed=_nothing, is_wanted=False)

    def lock(self, left: Left, longest_ms: int) -> Cover:
        """Lock: what is under way ends or is waited for so long, and no password is kept. Its cover."""
        self._watch.end()
        self._page.setEnabled(False)
        cover = Cover(self._window, self.tr("Locking …"))
        self.hidden = put_away(self._window)
        self._forget()
        hurry = QTimer(self, singleShot=True, interval=longest_ms)
        hurry.timeout.connect(self.locked)
        hurry.start()
        self._close(lambda clinic: clinic.close(locked=left.value), self.locked.emit)
        return cover

    def close(self, done: Callable[[], None]) -> None:
        """Close the clinic, with nobody locked out; `done` comes after it."""
        self._watch.end()
        self._close(OpenClinic.close, done)

    def _close(self, job: Callable[[OpenClinic], None], done: Callable[[], None]) -> None:
        def ended(_outcome: object) -> None:
            done()

        self.desk.ask(job, owner=self, done=ended, failed=ended, is_last=True)


def _nothing(_value: object) -> None:
    """Without it the usual time holds."""
